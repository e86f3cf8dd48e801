//! A document whose bytes here do not read any more: it is put aside, and taken anew from whoever has it.
//!
//! Its bytes are kept under another name, for whoever can read more out of them. What this device had written in it and shown to one
//! peer only may be missing in what another gives; so that no number of a chain is ever used twice, it goes on under new actor names.

use tresse_model::{DocId, NetworkId};
use tresse_sync::DocRefusal;

use super::{DAMAGED, Replica, meta, taking::not_kept};
use crate::{CommandError, EngineError, Moment};

impl Replica {
    /// Loads a document for what a peer sent of it. One that does not read here makes room for it.
    pub(super) fn make_ready(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        moment: &Moment,
    ) -> Result<(), DocRefusal> {
        let Err(error) = self.copy(network, doc) else {
            return Ok(());
        };
        if error.code != DAMAGED {
            return Err(not_kept(error));
        }
        let put_aside = self.put_aside(network, doc, moment);
        put_aside.map_err(|error| not_kept(CommandError::from(error)))?;
        self.copy(network, doc).map(drop).map_err(not_kept)
    }

    /// Nothing here says any more how far this document goes: peers give all of it.
    pub(super) fn ask_anew(&mut self, network: &NetworkId, doc: &DocId) {
        let network = self.networks.get_mut(network);
        if let Some(heads) = network.and_then(|network| network.heads.get_mut(doc)) {
            heads.clear();
        }
    }

    /// Takes a document out of use: the next peer gives it anew. Its bytes are kept beside, as far as they can be had.
    pub(super) fn put_aside(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        moment: &Moment,
    ) -> Result<(), EngineError> {
        let stored = self.store.load(network, doc).unwrap_or_else(|error| {
            tracing::warn!(%doc, "nothing of it can be kept beside: {error}");
            None
        });
        let bytes = stored
            .map(|stored| stored.concatenated())
            .unwrap_or_default();
        self.begin_anew(moment);
        let life = self.incarnation.0.to_be_bytes();
        self.store.batch(|batch| {
            batch.set_meta(meta::INCARNATION, &life)?;
            batch.quarantine(network, doc, &bytes)
        })?;
        if let Some(network) = self.networks.get_mut(network) {
            network.forget(doc);
        }
        Ok(())
    }

    /// Takes every document out of use that does not read or does not prove itself.
    pub(crate) fn put_aside_unproved(&mut self, moment: &Moment) -> Result<(), EngineError> {
        for id in self.network_ids() {
            for row in self.store.documents(&id)? {
                if let Err(what) = self.check_document(&id, &row) {
                    tracing::warn!(doc = %row.doc, "a document is taken out of use: {what}");
                    self.put_aside(&id, &row.doc, moment)?;
                }
            }
        }
        Ok(())
    }
}
