//! Taking in what others wrote, and vouching for what was written here.

use automerge::{ActorId, Automerge, ChangeHash};
use tresse_model::{DocId, NetworkId, body_text, minimal_splices, text_splices};
use tresse_sync::{Actor, DocRefusal, Incoming, Landed, Landing, Verified};
use tresse_trust::Incarnation;

use super::{DAMAGED, Replica, documents::not_open, meta, writes::Write};
use crate::{CommandError, Moment};

impl Replica {
    /// Checks what a peer sent of a document and takes it in.
    pub(super) fn receive(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        incoming: Incoming,
        moment: &Moment,
    ) -> Result<(), DocRefusal> {
        let aside = self.make_ready(network, doc, &incoming, moment)?;
        self.seal(network, doc);
        let state = self.networks.get(network);
        let state = state.ok_or_else(|| DocRefusal::NotKept("no such network".into()))?;
        let loaded = state
            .loaded
            .get(doc)
            .ok_or_else(|| not_kept(not_open(doc)))?;
        let verified = match loaded.copy.verify_in_turn(incoming, &state.membership) {
            Ok(verified) => verified,
            Err(refusal) => {
                self.forget_unless_kept(network, doc);
                return Err(refusal);
            }
        };
        if verified.is_nothing() {
            let begun = !state.heads.contains_key(doc) && !loaded.copy.heads().is_empty();
            // All that came is the beginning that every document of its kind has.
            let kept = if begun {
                self.landed(network, doc, Landing::Whole)
            } else {
                Ok(())
            };
            return kept.map_err(not_kept);
        }
        self.take(network, doc, verified, moment)?;
        if let Some(aside) = aside {
            self.write_from_aside(network, doc, &aside, moment)
                .map_err(not_kept)?;
        }
        self.digesting.came(network, doc);
        Ok(())
    }

    /// A document of which only refused things came is not kept in memory.
    fn forget_unless_kept(&mut self, network: &NetworkId, doc: &DocId) {
        if let Some(state) = self.networks.get_mut(network)
            && !state.heads.contains_key(doc)
        {
            state.loaded.remove(doc);
        }
    }

    /// Takes in what was verified: queues it for the store, tells editors, and re-applies what was written here
    /// if it fell with the losing branch of a fork.
    fn take(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        verified: Verified,
        moment: &Moment,
    ) -> Result<(), DocRefusal> {
        let state = self.network_mut(network).map_err(not_kept)?;
        let loaded = state
            .loaded
            .get_mut(doc)
            .ok_or_else(|| not_kept(not_open(doc)))?;
        let followed = loaded.text.is_some();
        let heads = loaded.copy.doc().get_heads();
        let mut landed = loaded.copy.take(verified)?;
        let doc_now = loaded.copy.doc();
        let splices = match &landed.before {
            _ if !followed => Vec::new(),
            None => match landed.splices.take() {
                Some(told) => told,
                None => text_splices(doc_now, &heads, &doc_now.get_heads()),
            },
            Some(before) => minimal_splices(&body_text(before), &body_text(doc_now)),
        };
        let landing = std::mem::take(&mut landed.document);
        self.keep_landed(network, doc, &mut landed);
        self.landed(network, doc, landing).map_err(not_kept)?;
        self.text_landed(network, doc, &splices);
        self.look_for_a_twin(network, doc, &landed, moment);
        if let Some(before) = landed.before {
            self.write_again(network, doc, &before, moment)
                .map_err(not_kept)?;
        }
        // What came in stands, whatever becomes of this.
        if let Err(error) = self.tidy_headings(network, doc, moment) {
            tracing::warn!(%doc, code = %error.code, "suggested headings stand twice");
        }
        Ok(())
    }

    /// Queues seals and what was set aside or taken back.
    fn keep_landed(&mut self, network: &NetworkId, doc: &DocId, landed: &mut Landed) {
        let (network, doc) = (*network, *doc);
        for (actor, bytes) in std::mem::take(&mut landed.seals) {
            self.keep_seals(network, doc, actor, bytes);
        }
        if !landed.set_aside.is_empty() {
            self.pending.push(Write::Aside {
                network,
                doc,
                changes: landed.set_aside.clone(),
            });
        }
        if !landed.taken_back.is_empty() {
            self.pending.push(Write::TakeBack {
                network,
                doc,
                hashes: landed.taken_back.clone(),
            });
        }
        self.note_aside(&network, &doc);
    }

    /// Somebody else writes as this device in its present life (a copied profile), or what it wrote was set
    /// aside: it goes on under new names.
    fn look_for_a_twin(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        landed: &Landed,
        moment: &Moment,
    ) {
        let mine = self.actor(network, doc);
        let written = landed.actors.iter().any(|actor| actor == mine.to_bytes());
        let aside = landed
            .set_aside
            .iter()
            .any(|change| *change.actor_id() == mine);
        if written || aside {
            tracing::warn!(%doc, "somebody else writes as this device");
            self.begin_anew(moment);
        }
    }

    /// Goes on under new actor names.
    pub(super) fn begin_anew(&mut self, moment: &Moment) {
        self.seal_all();
        self.incarnation = Incarnation(u64::from_be_bytes(moment.random()));
        let bytes = self.incarnation.0.to_be_bytes();
        self.pending.push(Write::meta(meta::INCARNATION, &bytes));
        let loaded: Vec<(NetworkId, DocId)> = self
            .networks
            .iter()
            .flat_map(|(id, network)| network.loaded.keys().map(|doc| (*id, *doc)))
            .collect();
        for (network, doc) in loaded {
            let actor = self.actor(&network, &doc);
            let state = self.networks.get_mut(&network);
            if let Some(loaded) = state.and_then(|state| state.loaded.get_mut(&doc)) {
                loaded.copy.edit().set_actor(actor);
            }
        }
    }

    /// What was written here and fell with the losing branch of a fork is written once more.
    fn write_again(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        before: &Automerge,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        if self.may_write(network, doc).is_err() {
            return Ok(());
        }
        let me = self.device();
        let state = self.network_ref(network)?;
        let loaded = state.loaded.get(doc).ok_or_else(|| not_open(doc))?;
        let mine = |actor: &ActorId| loaded.copy.author(actor.to_bytes()) == Some(me);
        let fallen: Vec<ChangeHash> = before
            .get_changes_meta(&[])
            .into_iter()
            .filter(|meta| mine(&meta.actor))
            .filter(|meta| {
                loaded
                    .copy
                    .doc()
                    .get_change_meta_by_hash(&meta.hash)
                    .is_none()
            })
            .map(|meta| meta.hash)
            .collect();
        if fallen.is_empty() {
            return Ok(());
        }
        self.begin_anew(moment);
        self.replay(network, doc, before, &fallen, moment)
    }

    /// Writes into a document what some changes visibly did in another state of it.
    pub(super) fn replay(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        old: &Automerge,
        which: &[ChangeHash],
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let copy = self.copy(network, doc)?;
        let replayed = tresse_model::replay(old, which, copy.edit(), moment.now)?;
        if replayed.changed {
            self.own_change(network, doc)?;
            self.text_landed(network, doc, &replayed.splices);
        }
        if replayed.left_out > 0 {
            tracing::warn!(%doc, left_out = replayed.left_out, "not all could be written again");
        }
        Ok(())
    }

    /// Works out anew what counts where acts may have changed it.
    pub(super) fn recount(
        &mut self,
        network: &NetworkId,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        for doc in self.network_ref(network)?.concerned_by_endings() {
            self.copy(network, &doc)?;
            self.seal(network, &doc);
            let state = self.network_ref(network)?;
            let Some(loaded) = state.loaded.get(&doc) else {
                continue;
            };
            let verified = loaded.copy.recount(&state.membership);
            if let Some(verified) = verified.map_err(|refusal| refused(&refusal))? {
                self.take(network, &doc, verified, moment)
                    .map_err(|refusal| refused(&refusal))?;
            }
        }
        Ok(())
    }

    /// Vouches for what was written here in one document.
    pub(super) fn seal(&mut self, network: &NetworkId, doc: &DocId) {
        if !self.unsealed.remove(&(*network, *doc)) {
            return;
        }
        let state = self.networks.get_mut(network);
        let loaded = state.and_then(|state| state.loaded.get_mut(doc));
        let sealed = loaded.and_then(|loaded| loaded.copy.seal(&self.key, self.incarnation));
        if let Some((actor, bytes)) = sealed {
            self.keep_seals(*network, *doc, actor, bytes);
        }
    }

    /// Vouches for everything written here.
    pub(super) fn seal_all(&mut self) {
        for (network, doc) in self.unsealed.clone() {
            self.seal(&network, &doc);
        }
    }

    /// Queues a chain's seals, and knows by them whose it is.
    fn keep_seals(&mut self, network: NetworkId, doc: DocId, actor: Actor, bytes: Vec<u8>) {
        if let Some(state) = self.networks.get_mut(&network) {
            state.know_author(&doc, &actor, &bytes);
        }
        self.pending.push(Write::Seals {
            network,
            doc,
            actor,
            bytes,
        });
    }
}

/// A refusal of one's own document, as a command's error.
pub(super) fn refused(refusal: &DocRefusal) -> CommandError {
    CommandError::new(refusal.code(), refusal.to_string())
}

/// Whether a document does not read: its bytes, or the page of the database in which they lie.
pub(super) fn does_not_read(error: &CommandError) -> bool {
    [DAMAGED, "profile-damaged"].contains(&error.code.as_str())
}

pub(super) fn not_kept(error: CommandError) -> DocRefusal {
    if does_not_read(&error) {
        return DocRefusal::DamagedHere;
    }
    DocRefusal::NotKept(error.message)
}
