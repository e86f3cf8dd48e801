//! A document whose bytes here do not read any more: it is put aside, and taken anew from whoever has it.
//!
//! Nothing is put aside before what came proves itself. Its bytes are kept under another name, for whoever can read more out of them; where
//! they read after all (it was only a seal that did not), what this device wrote last and the other does not have is written again. What this
//! device had shown to one peer only may still be missing in what another gives; so that no number of a chain is ever used twice, it goes
//! on under new actor names.
//!
//! A bad page of the database itself is not mended so: SQLite refuses to touch it. It is told, and the others go on.

use automerge::ActorId;
use tresse_model::{DocId, NetworkId};
use tresse_sync::{Copy, DocRefusal, Incoming};

use super::{DAMAGED, Replica, documents::beginning, meta, taking::not_kept};
use crate::{CommandError, EngineError, Moment};

/// What was put aside.
pub(super) struct Aside {
    bytes: Vec<u8>,
    /// As whom this device wrote in it last.
    mine: ActorId,
}

impl Replica {
    /// Loads a document for what a peer sent of it. One that does not read here makes room, if what came proves itself.
    pub(super) fn make_ready(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        incoming: &Incoming,
        moment: &Moment,
    ) -> Result<Option<Aside>, DocRefusal> {
        let Err(error) = self.copy(network, doc) else {
            return Ok(None);
        };
        if error.code != DAMAGED {
            return Err(not_kept(error));
        }
        let members = self.network_ref(network).map_err(not_kept)?;
        let anew = Copy::new(*network, *doc, beginning(doc));
        if anew.verify(incoming, &members.membership)?.is_nothing() {
            return Err(DocRefusal::DamagedHere);
        }
        let aside = self.put_aside(network, doc, moment);
        let aside = aside.map_err(|error| not_kept(CommandError::from(error)))?;
        self.copy(network, doc).map_err(not_kept)?;
        Ok(Some(aside))
    }

    /// Nothing here says any more how far this document goes: peers give all of it.
    pub(super) fn ask_anew(&mut self, network: &NetworkId, doc: &DocId) {
        let network = self.networks.get_mut(network);
        if let Some(heads) = network.and_then(|network| network.heads.get_mut(doc)) {
            heads.clear();
        }
    }

    /// Takes a document out of use: the next peer gives it anew. Its bytes are kept beside; where they cannot be had, it is left as it is.
    pub(super) fn put_aside(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        moment: &Moment,
    ) -> Result<Aside, EngineError> {
        let stored = self.store.load(network, doc)?;
        let bytes = stored.map_or_else(Vec::new, |stored| stored.concatenated());
        let mine = self.actor(network, doc);
        self.begin_anew(moment);
        let life = self.incarnation.0.to_be_bytes();
        self.store.batch(|batch| {
            batch.set_meta(meta::INCARNATION, &life)?;
            batch.quarantine(network, doc, &bytes)
        })?;
        if let Some(network) = self.networks.get_mut(network) {
            network.forget(doc);
        }
        Ok(Aside { bytes, mine })
    }

    /// Writes again what this device had written in what was put aside, as far as it reads and is not in what came.
    pub(super) fn write_from_aside(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        aside: &Aside,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let Ok(old) = tresse_model::load(&aside.bytes) else {
            return Ok(());
        };
        if self.may_write(network, doc).is_err() {
            return Ok(());
        }
        let here = self.document(network, doc)?;
        let fell: Vec<_> = old
            .get_changes_meta(&[])
            .into_iter()
            .filter(|meta| *meta.actor == aside.mine)
            .filter(|meta| here.get_change_meta_by_hash(&meta.hash).is_none())
            .map(|meta| meta.hash)
            .collect();
        if fell.is_empty() {
            return Ok(());
        }
        self.replay(network, doc, &old, &fell, moment)
    }

    /// Takes every document out of use that does not read or does not prove itself. One whose bytes cannot even be had stays, and is named by a
    /// check.
    pub(crate) fn put_aside_unproved(&mut self, moment: &Moment) -> Result<(), EngineError> {
        for id in self.network_ids() {
            for row in self.store.documents(&id)? {
                let Err(what) = self.check_document(&id, &row) else {
                    continue;
                };
                match self.put_aside(&id, &row.doc, moment) {
                    Ok(_) => {
                        tracing::warn!(doc = %row.doc, "a document is taken out of use: {what}");
                    }
                    Err(error) => tracing::warn!(doc = %row.doc, "it stays as it is: {error}"),
                }
            }
        }
        Ok(())
    }
}
