//! Documents in memory: loaded when needed, changed by edits, their new changes queued for the store.

use automerge::{ActorId, Automerge, ChangeHash, TextEncoding};
use tresse_model::{
    Access, Applied, DocId, DocKind, Edit, NetworkId, Splice, TextSession, Undone, access,
    body_text, genesis,
};
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
        let document = self.document(network, doc)?;
        let applied = tresse_model::apply(document, edit, moment.now)?;
        if applied.changed {
            self.own_change(network, doc)?;
        }
        Ok(applied)
    }

    /// Takes back, or makes again, the newest edit of the undo history, which is one of `doc`.
    pub(super) fn reverse(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        way: Way,
        moment: &Moment,
    ) -> Result<Option<Undone>, CommandError> {
        self.document(network, doc)?;
        let state = self.network_mut(network)?;
        let Some(loaded) = state.loaded.get_mut(doc) else {
            return Ok(None);
        };
        let before = loaded.doc.get_heads();
        let undone = state.undo.step(way, &mut loaded.doc, moment.now)?;
        if loaded.doc.get_heads() != before {
            self.own_change(network, doc)?;
        }
        if let Some(undone) = &undone {
            self.text_landed(network, doc, &undone.splices);
        }
        Ok(undone)
    }

    /// Queues the change just made here, and counts it as waiting for a peer.
    fn own_change(&mut self, network: &NetworkId, doc: &DocId) -> Result<(), CommandError> {
        let id = *network;
        let network = self.network_mut(&id)?;
        let loaded = network.loaded.get(doc).ok_or_else(|| not_open(doc))?;
        let landing = Landing::Changes(loaded.doc.get_last_local_change().into_iter().collect());
        network.waiting += 1;
        let waiting = Write::meta(&waiting_key(&id), &network.waiting.to_be_bytes());
        self.pending.push(waiting);
        self.landed(&id, doc, landing)?;
        Ok(())
    }

    /// Makes a document that every network has exist here, empty as it is.
    pub(super) fn begin_document(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
    ) -> Result<(), CommandError> {
        let bytes = self.document(network, doc)?.save();
        self.landed(network, doc, Landing::Whole(bytes))?;
        Ok(())
    }

    /// Takes a document in place of the one here, all of which it holds.
    pub(super) fn replace(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        mut document: Automerge,
    ) -> Result<(), CommandError> {
        document.set_actor(self.actor(network, doc));
        let bytes = document.save();
        let state = self.network_mut(network)?;
        let mut splices = Vec::new();
        if let Some(loaded) = state.loaded.get_mut(doc) {
            if loaded.text.is_some() {
                let before = loaded.doc.get_heads();
                splices = tresse_model::text_splices(&document, &before, &document.get_heads());
            }
            loaded.doc = document;
        } else {
            state.keep(*doc, document);
        }
        self.landed(network, doc, Landing::Whole(bytes))?;
        self.text_landed(network, doc, &splices);
        Ok(())
    }

    /// Queues what is in the document now, and marks what shows it. A document that the store does
    /// not have yet is stored whole, genesis and all.
    fn landed(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        landing: Landing,
    ) -> Result<(), CommandError> {
        let state = self.network_mut(network)?;
        let loaded = state.loaded.get(doc).ok_or_else(|| not_open(doc))?;
        let heads = loaded.doc.get_heads();
        let landing = match landing {
            Landing::Changes(_) if !state.heads.contains_key(doc) => {
                state.views.dirty_list();
                Landing::Whole(loaded.doc.save())
            }
            landing => landing,
        };
        state.heads.insert(*doc, heads.clone());
        state.unstored.insert(*doc);
        state.views.dirty(doc);
        self.changed.entry(*network).or_default().insert(*doc);
        let (network, doc) = (*network, *doc);
        self.pending.push(match landing {
            Landing::Whole(bytes) => Write::Snapshot {
                network,
                doc,
                bytes,
                heads,
            },
            Landing::Changes(changes) => {
                self.appended += changes.len();
                Write::Changes {
                    network,
                    doc,
                    changes,
                    heads,
                }
            }
        });
        self.summarise_soon(&network, &doc);
        Ok(())
    }

    /// The document, loaded; a document not yet here begins at its kind's genesis.
    pub(super) fn document(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
    ) -> Result<&mut Automerge, CommandError> {
        let actor = self.actor(network, doc);
        if !self.network_ref(network)?.loaded.contains_key(doc) {
            let mut document = match self.store.load(network, doc)? {
                Some(stored) => tresse_model::load(&stored.concatenated()).map_err(|error| {
                    CommandError::new(DAMAGED, format!("{doc} does not read back: {error}"))
                })?,
                None => match doc.kind() {
                    Some(kind) => genesis(kind),
                    None => Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint),
                },
            };
            document.set_actor(actor);
            self.network_mut(network)?.keep(*doc, document);
        }
        let network = self.network_mut(network)?;
        network.touch(doc);
        match network.loaded.get_mut(doc) {
            Some(loaded) => Ok(&mut loaded.doc),
            None => Err(not_open(doc)),
        }
    }

    /// The actor this device writes as in a document: nobody else's key gives it.
    fn actor(&self, network: &NetworkId, doc: &DocId) -> ActorId {
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
                let doc = &loaded.doc;
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

    /// What happened to a text since some heads, if an editor follows it.
    fn splices_since(
        &self,
        network: &NetworkId,
        doc: &DocId,
        before: &[ChangeHash],
    ) -> Vec<Splice> {
        let loaded = self
            .networks
            .get(network)
            .and_then(|network| network.loaded.get(doc));
        loaded
            .filter(|loaded| loaded.text.is_some())
            .map_or_else(Vec::new, |loaded| {
                tresse_model::text_splices(&loaded.doc, before, &loaded.doc.get_heads())
            })
    }

    /// Others' changes are in the document: everything between `before` and now is queued and shown.
    pub(super) fn received(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        before: &[ChangeHash],
    ) -> Result<usize, CommandError> {
        let document = self.document(network, doc)?;
        let after = document.get_heads();
        if after == before {
            return Ok(0);
        }
        let changes = document.get_changes(before);
        let count = changes.len();
        let splices = self.splices_since(network, doc, before);
        self.landed(network, doc, Landing::Changes(changes))?;
        self.text_landed(network, doc, &splices);
        Ok(count)
    }
}

fn not_open(doc: &DocId) -> CommandError {
    CommandError::new("internal", format!("{doc} is not open"))
}

/// What of a document is to be stored.
enum Landing {
    /// All of it: it was not here before, or came whole.
    Whole(Vec<u8>),
    /// What is new.
    Changes(Vec<automerge::Change>),
}

impl Network {
    /// Whether a loaded document may only be read here.
    pub(super) fn read_only(&self, doc: &DocId) -> bool {
        self.loaded
            .get(doc)
            .is_some_and(|loaded| matches!(access(&loaded.doc), Access::ReadOnly { .. }))
    }
}

/// The one document of each kind that a new network begins with.
pub(super) const FIRST: [DocKind; 3] = [DocKind::Network, DocKind::Charter, DocKind::Plan];
