//! What waits to be made durable, and the commit that does it.

use automerge::{Change, ChangeHash};
use tresse_model::{DeviceId, DocId, NetworkId};
use tresse_store::{Batch, Covers, NewChange, StoreError, Summary};
use tresse_sync::Actor;
use tresse_trust::VerifiedAct;

use super::Replica;

/// One thing to store.
pub(super) enum Write {
    Network {
        id: NetworkId,
        secret: [u8; 32],
    },
    Act {
        network: NetworkId,
        id: [u8; 32],
        bytes: Vec<u8>,
    },
    Snapshot {
        network: NetworkId,
        doc: DocId,
        bytes: Vec<u8>,
        heads: Vec<ChangeHash>,
    },
    Changes {
        network: NetworkId,
        doc: DocId,
        changes: Vec<Change>,
        heads: Vec<ChangeHash>,
    },
    /// An actor's newest seals.
    Seals {
        network: NetworkId,
        doc: DocId,
        actor: Actor,
        bytes: Vec<u8>,
    },
    /// Changes that do not count at present.
    Aside {
        network: NetworkId,
        doc: DocId,
        changes: Vec<Change>,
    },
    /// Changes that are aside no longer.
    TakeBack {
        network: NetworkId,
        doc: DocId,
        hashes: Vec<ChangeHash>,
    },
    Summary {
        network: NetworkId,
        doc: DocId,
        summary: Summary,
    },
    Text {
        network: NetworkId,
        doc: DocId,
        title: String,
        body: String,
    },
    Memory {
        network: NetworkId,
        peer: DeviceId,
        bytes: Vec<u8>,
    },
    Meta {
        key: String,
        value: Vec<u8>,
    },
    Forget {
        key: String,
    },
}

impl Write {
    pub(super) fn meta(key: &str, value: &[u8]) -> Self {
        Self::Meta {
            key: key.to_owned(),
            value: value.to_vec(),
        }
    }

    pub(super) fn act(network: NetworkId, act: &VerifiedAct) -> Self {
        Self::Act {
            network,
            id: *act.id().as_bytes(),
            bytes: act.bytes().to_vec(),
        }
    }

    fn put(&self, batch: &mut Batch<'_>) -> Result<(), StoreError> {
        match self {
            Self::Network { id, secret } => batch.add_network(id, secret),
            Self::Act { network, id, bytes } => batch.add_act(network, id, bytes).map(drop),
            Self::Changes {
                network,
                doc,
                changes,
                heads,
            } => batch
                .append(network, doc, &rows(changes), &raw(heads))
                .map(drop),
            Self::Snapshot {
                network,
                doc,
                bytes,
                heads,
            } => batch.replace_snapshot(network, doc, bytes, Covers::All, &raw(heads)),
            Self::Seals {
                network,
                doc,
                actor,
                bytes,
            } if bytes.is_empty() => batch.remove_seals(network, doc, actor),
            Self::Seals {
                network,
                doc,
                actor,
                bytes,
            } => batch.put_seals(network, doc, actor, bytes),
            Self::Aside {
                network,
                doc,
                changes,
            } => batch.set_aside(network, doc, &rows(changes)),
            Self::TakeBack {
                network,
                doc,
                hashes,
            } => batch.take_back(network, doc, &raw(hashes)),
            Self::Summary {
                network,
                doc,
                summary,
            } => batch.set_summary(network, doc, summary),
            Self::Text {
                network,
                doc,
                title,
                body,
            } => batch.index_text(network, doc, title, body),
            Self::Memory {
                network,
                peer,
                bytes,
            } => batch.save_memory(network, peer, bytes),
            Self::Meta { key, value } => batch.set_meta(key, value),
            Self::Forget { key } => batch.remove_meta(key),
        }
    }
}

fn rows(changes: &[Change]) -> Vec<NewChange<'_>> {
    changes
        .iter()
        .map(|change| NewChange {
            hash: change.hash().0,
            actor: change.actor_id().to_bytes(),
            seq: change.seq(),
            bytes: change.raw_bytes(),
        })
        .collect()
}

fn raw(heads: &[ChangeHash]) -> Vec<[u8; 32]> {
    heads.iter().map(|head| head.0).collect()
}

impl Replica {
    /// Makes everything done so far durable, in one transaction.
    ///
    /// # Errors
    /// Where the store refuses (no room, say), nothing of the batch is stored and all of it waits
    /// for the next try: what is on the screen stays there, and is not called saved.
    pub fn commit(&mut self) -> Result<(), StoreError> {
        self.seal_all();
        if self.pending.is_empty() {
            return Ok(());
        }
        let writes = &self.pending;
        self.store
            .batch(|batch| writes.iter().try_for_each(|write| write.put(batch)))?;
        self.pending.clear();
        for network in self.networks.values_mut() {
            network.unstored.clear();
        }
        Ok(())
    }

    /// How many things wait for [`Replica::commit`].
    pub fn uncommitted(&self) -> usize {
        self.pending.len()
    }
}
