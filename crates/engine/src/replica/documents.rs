//! Documents in memory: loaded when needed, changed by edits, their new changes queued for the store.

use automerge::{ActorId, Automerge, TextEncoding};
use tresse_model::{
    Access, Applied, DocId, DocKind, Edit, NetworkId, Splice, TextSession, Undone, access,
    body_text, genesis,
};
use tresse_store::StoredDocument;
use tresse_sync::{Copy, Landing};
use tresse_trust::actor_id;

use super::{DAMAGED, Network, Replica, network::waiting_key, undo::Way, writes::Write};
use crate::{CommandError, Moment};

impl Replica {
    /// One edit of one document: changed in memory, queued for the store, shown as changed.
    pub(super) fn apply(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        edit: &Edit,
        moment: &Moment,
    ) -> Result<Applied, CommandError> {
        // What a member has looked at or read they note in a closed network as well.
        if !matches!(edit, Edit::MarkSeen { .. } | Edit::WatchReading(_)) {
            self.is_open(network)?;
        }
        self.may_write(network, doc)?;
        let copy = self.copy(network, doc)?;
        let applied = tresse_model::apply(copy.edit(), edit, moment.now)?;
        if applied.changed {
            self.only_typed(network, doc, edit.is_of_text());
            self.own_change(network, doc)?;
        }
        Ok(applied)
    }

    /// Several edits that are one deed, each of another document: all, or none. Undone as one.
    pub(super) fn apply_together(
        &mut self,
        network: &NetworkId,
        edits: &[(DocId, Edit)],
        moment: &Moment,
    ) -> Result<Vec<Applied>, CommandError> {
        self.is_open(network)?;
        // What could be refused is refused before anything is written.
        for (doc, edit) in edits {
            self.may_write(network, doc)?;
            tresse_model::try_out(self.copy(network, doc)?.edit(), edit)?;
        }
        let mut all = Vec::with_capacity(edits.len());
        for (doc, edit) in edits {
            all.push(self.apply(network, doc, edit, moment)?);
        }
        let undo = &mut self.network_mut(network)?.undo;
        let steps = edits.iter().zip(&all);
        undo.did_together(
            steps
                .map(|((doc, _), applied)| (*doc, applied.undo.clone()))
                .collect(),
        );
        Ok(all)
    }

    /// Takes back, or makes again, the newest edit of the undo history, which is one of `doc`; `joined`: together with the one
    /// just before.
    pub(super) fn reverse(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        (way, joined): (Way, bool),
        moment: &Moment,
    ) -> Result<Option<Undone>, CommandError> {
        self.copy(network, doc)?;
        let state = self.network_mut(network)?;
        let Some(loaded) = state.loaded.get_mut(doc) else {
            return Ok(None);
        };
        let before = loaded.copy.doc().get_heads();
        let undone = state
            .undo
            .step(way, loaded.copy.edit(), joined, moment.now)?;
        if loaded.copy.doc().get_heads() != before {
            self.own_change(network, doc)?;
        }
        if let Some(undone) = &undone {
            self.text_landed(network, doc, &undone.splices);
        }
        Ok(undone)
    }

    /// Whether this device is a member's, and the document one that this member writes: what others refuse is not begun.
    pub(super) fn may_write(&self, network: &NetworkId, doc: &DocId) -> Result<(), CommandError> {
        let members = &self.network_ref(network)?.membership;
        let Some(me) = members.member_of(&self.device()) else {
            return Err(CommandError::new(
                "not-a-member",
                "this device is no longer one of a member of this network: it can read what it has, and write nothing",
            ));
        };
        if doc.is_personal() && !doc.belongs_to(network, &me) {
            return Err(CommandError::new(
                "not-yours",
                "this notebook is another member's",
            ));
        }
        Ok(())
    }

    /// Queues the change just made here, and counts it as waiting for a peer.
    pub(super) fn own_change(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
    ) -> Result<(), CommandError> {
        let id = *network;
        let network = self.network_mut(&id)?;
        let loaded = network.loaded.get_mut(doc).ok_or_else(|| not_open(doc))?;
        let change = loaded.copy.doc().get_last_local_change();
        if let Some(change) = &change {
            loaded.copy.edited(change);
        }
        network.waiting += 1;
        let waiting = Write::meta(&waiting_key(&id), &network.waiting.to_be_bytes());
        self.pending.push(waiting);
        self.unsealed.insert((id, *doc));
        self.own_changed.insert((id, *doc));
        self.landed(&id, doc, Landing::More(change.into_iter().collect()))
    }

    /// Makes a document that every network has exist here, empty as it is.
    pub(super) fn begin_document(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
    ) -> Result<(), CommandError> {
        self.copy(network, doc)?;
        self.landed(network, doc, Landing::Whole)
    }

    /// Queues what is in the document now, and marks what shows it. A document that the store does
    /// not have yet is stored whole, genesis and all.
    pub(super) fn landed(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        landing: Landing,
    ) -> Result<(), CommandError> {
        let state = self.network_mut(network)?;
        let loaded = state.loaded.get(doc).ok_or_else(|| not_open(doc))?;
        let heads = loaded.copy.heads();
        let new = !state.heads.contains_key(doc);
        let (saved, changes) = match landing {
            Landing::Saved(bytes) => (Some(bytes), Vec::new()),
            Landing::Whole => (Some(loaded.copy.doc().save()), Vec::new()),
            Landing::More(_) | Landing::Same if new => (Some(loaded.copy.doc().save()), Vec::new()),
            Landing::More(changes) => (None, changes),
            Landing::Same => (None, Vec::new()),
        };
        let write = if let Some(bytes) = saved {
            if new {
                state.views.dirty_list(doc);
            }
            Write::Snapshot {
                network: *network,
                doc: *doc,
                bytes,
                heads: heads.clone(),
            }
        } else {
            self.appended += changes.len();
            Write::Changes {
                network: *network,
                doc: *doc,
                changes,
                heads: heads.clone(),
            }
        };
        let state = self.network_mut(network)?;
        state.heads.insert(*doc, heads);
        state.unstored.insert(*doc);
        state.views.dirty(doc);
        self.changed.entry(*network).or_default().insert(*doc);
        self.pending.push(write);
        self.summarise_soon(network, doc);
        Ok(())
    }

    /// The document as it is shown, loaded; one not yet here begins at its kind's genesis.
    pub(super) fn document(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
    ) -> Result<&Automerge, CommandError> {
        self.copy(network, doc).map(|copy| copy.doc())
    }

    /// The document with its seals and what is set aside of it, loaded.
    pub(super) fn copy(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
    ) -> Result<&mut Copy, CommandError> {
        let actor = self.actor(network, doc);
        if !self.network_ref(network)?.loaded.contains_key(doc) {
            let mut copy = match self.store.load(network, doc)? {
                Some(stored) => stored_copy(*network, *doc, &stored)
                    .inspect_err(|_| self.ask_anew(network, doc))
                    .map_err(|what| CommandError::new(DAMAGED, format!("{doc}: {what}")))?,
                None => Copy::new(*network, *doc, beginning(doc)),
            };
            copy.edit().set_actor(actor);
            self.network_mut(network)?.keep(*doc, copy);
        }
        let network = self.network_mut(network)?;
        network.touch(doc);
        match network.loaded.get_mut(doc) {
            Some(loaded) => Ok(&mut loaded.copy),
            None => Err(not_open(doc)),
        }
    }

    /// The actor this device writes as in a document: nobody else's key gives it.
    pub(super) fn actor(&self, network: &NetworkId, doc: &DocId) -> ActorId {
        ActorId::from(&actor_id(network, &self.device(), doc, self.incarnation)[..])
    }

    /// The text as this process's editor follows it.
    pub(super) fn text_session(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
    ) -> Result<&mut TextSession, CommandError> {
        self.document(network, doc)?;
        match self.network_mut(network)?.loaded.get_mut(doc) {
            Some(loaded) => {
                let doc = loaded.copy.doc();
                Ok(loaded
                    .text
                    .get_or_insert_with(|| TextSession::new(1, body_text(doc).chars().count())))
            }
            None => Err(not_open(doc)),
        }
    }

    /// Tells the editor's side that others' splices (or an undo's) are in the text.
    pub(super) fn text_landed(&mut self, network: &NetworkId, doc: &DocId, splices: &[Splice]) {
        let session = self
            .networks
            .get_mut(network)
            .and_then(|network| network.loaded.get_mut(doc))
            .and_then(|loaded| loaded.text.as_mut());
        if let Some(session) = session
            && !splices.is_empty()
        {
            session.remote(splices);
        }
    }
}

/// What a document of this kind begins with, or nothing for a kind that only a newer version knows.
pub(super) fn beginning(doc: &DocId) -> Automerge {
    match doc.kind() {
        Some(kind) => genesis(kind),
        None => Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint),
    }
}

/// A stored document, read back.
pub(super) fn stored_copy(
    network: NetworkId,
    doc: DocId,
    stored: &StoredDocument,
) -> Result<Copy, String> {
    let document = tresse_model::load(&stored.concatenated())
        .map_err(|error| format!("it does not read back: {error}"))?;
    Copy::load(network, doc, document, &stored.aside, &stored.seals)
        .map_err(|error| format!("it does not read back: {error}"))
}

pub(super) fn not_open(doc: &DocId) -> CommandError {
    CommandError::new("internal", format!("{doc} is not open"))
}

impl Network {
    /// Whether a loaded document may only be read here.
    pub(super) fn read_only(&self, doc: &DocId) -> bool {
        self.loaded
            .get(doc)
            .is_some_and(|loaded| matches!(access(loaded.copy.doc()), Access::ReadOnly { .. }))
    }
}

/// The one document of each kind that a new network begins with.
pub(super) const FIRST: [DocKind; 3] = [DocKind::Network, DocKind::Charter, DocKind::Plan];
