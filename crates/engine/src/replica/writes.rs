//! What waits to be made durable, and the commit that does it.

use std::collections::HashMap;

use automerge::{Change, ChangeHash};
use tresse_model::{DeviceId, DocId, NetworkId};
use tresse_store::{Batch, Covers, NewChange, Remembered, StoreError, Summary};
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
    /// What a document says as it is stored by now.
    Remembered {
        network: NetworkId,
        doc: DocId,
        said: Remembered,
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
            Self::Remembered { network, doc, said } => batch.remember(network, doc, said),
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

/// The same, with what a later write overwrites left out, and what is appended to one document joined: while somebody types, each
/// keystroke asks for the same entries anew.
fn in_fewer(writes: Vec<Write>) -> Vec<Write> {
    let mut fewer: Vec<Option<Write>> = Vec::with_capacity(writes.len());
    // Where the newest value of each entry stands, and the newest changes of each document that nothing else came after.
    let mut values: HashMap<String, usize> = HashMap::new();
    let mut summaries: HashMap<(NetworkId, DocId), usize> = HashMap::new();
    let mut appended: HashMap<(NetworkId, DocId), usize> = HashMap::new();
    for write in writes {
        let here = fewer.len();
        let before = match &write {
            Write::Meta { key, .. } | Write::Forget { key } => values.insert(key.clone(), here),
            Write::Summary { network, doc, .. } => summaries.insert((*network, *doc), here),
            Write::Changes { network, doc, .. } => {
                let at = appended.get(&(*network, *doc)).copied();
                if let Some(Some(Write::Changes { changes, heads, .. })) =
                    at.and_then(|at| fewer.get_mut(at))
                    && let Write::Changes {
                        changes: more,
                        heads: newest,
                        ..
                    } = write
                {
                    changes.extend(more);
                    *heads = newest;
                    continue;
                }
                appended.insert((*network, *doc), here);
                None
            }
            Write::Snapshot { network, doc, .. }
            | Write::Aside { network, doc, .. }
            // What comes after it takes it away.
            | Write::Remembered { network, doc, .. }
            | Write::TakeBack { network, doc, .. } => {
                appended.remove(&(*network, *doc));
                None
            }
            Write::Network { .. }
            | Write::Act { .. }
            | Write::Seals { .. }
            | Write::Text { .. }
            | Write::Memory { .. } => None,
        };
        if let Some(overwritten) = before.and_then(|at| fewer.get_mut(at)) {
            *overwritten = None;
        }
        fewer.push(Some(write));
    }
    fewer.into_iter().flatten().collect()
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
        self.list_typed();
        self.seal_all();
        if self.pending.is_empty() {
            return Ok(());
        }
        self.pending = in_fewer(std::mem::take(&mut self.pending));
        let writes = &self.pending;
        self.store
            .batch(|batch| writes.iter().try_for_each(|write| write.put(batch)))?;
        self.pending.clear();
        for network in self.networks.values_mut() {
            network.unstored.clear();
        }
        Ok(())
    }

    /// Where the files are gone, what waits cannot be saved and stays called unsaved; but it goes along with a backup.
    pub(super) fn put_for_backup(&mut self) -> Result<(), StoreError> {
        let writes = &self.pending;
        self.store
            .batch_for_backup(|batch| writes.iter().try_for_each(|write| write.put(batch)))
    }

    /// How many things wait for [`Replica::commit`].
    pub fn uncommitted(&self) -> usize {
        self.pending.len()
    }
}

#[cfg(test)]
mod tests {
    use automerge::{Automerge, ROOT, transaction::Transactable};

    use super::*;

    const NETWORK: NetworkId = NetworkId::from_bytes([1; 20]);
    const DOC: DocId = DocId::page([2; 16]);
    const OTHER: DocId = DocId::page([3; 16]);

    fn changes(doc: DocId, changes: &[Change]) -> Write {
        let heads = changes.iter().map(Change::hash).collect();
        Write::Changes {
            network: NETWORK,
            doc,
            changes: changes.to_vec(),
            heads,
        }
    }

    fn summary(title: &str) -> Write {
        Write::Summary {
            network: NETWORK,
            doc: DOC,
            summary: Summary {
                title: title.into(),
                ..Summary::default()
            },
        }
    }

    /// In a word each: what is kept of which values.
    fn told(writes: Vec<Write>) -> Vec<String> {
        let told = writes.into_iter().map(|write| match write {
            Write::Meta { key, value } => format!("{key}={}", value[0]),
            Write::Forget { key } => format!("no {key}"),
            Write::Summary { summary, .. } => summary.title,
            Write::Changes { doc, changes, .. } => {
                format!(
                    "{}{}",
                    if doc == DOC { "+" } else { "other+" },
                    changes.len()
                )
            }
            Write::Snapshot { .. } => "whole".into(),
            _ => "something else".into(),
        });
        told.collect()
    }

    #[test]
    fn what_a_later_write_overwrites_is_not_written_and_changes_of_a_document_are_joined() {
        let mut doc = Automerge::new();
        let made: Vec<Change> = (0..5)
            .map(|number| {
                let mut transaction = doc.transaction();
                transaction.put(ROOT, "k", number).unwrap();
                transaction.commit();
                doc.get_last_local_change().unwrap()
            })
            .collect();
        let whole = Write::Snapshot {
            network: NETWORK,
            doc: DOC,
            bytes: Vec::new(),
            heads: Vec::new(),
        };
        let writes = vec![
            Write::meta("waiting", &[1]),
            summary("un"),
            changes(DOC, &made[..1]),
            Write::meta("behind", &[1]),
            Write::meta("waiting", &[2]),
            changes(OTHER, &made[..1]),
            changes(DOC, &made[1..3]),
            summary("deux"),
            whole,
            changes(DOC, &made[3..4]),
            Write::Forget {
                key: "behind".into(),
            },
            changes(DOC, &made[4..]),
        ];
        let fewer = in_fewer(writes);
        let Some(Write::Changes { heads, .. }) = fewer.first() else {
            panic!("the first changes were not kept");
        };
        assert_eq!(*heads, [made[1].hash(), made[2].hash()]);
        assert_eq!(
            told(fewer),
            [
                "+3",
                "waiting=2",
                "other+1",
                "deux",
                "whole",
                "+2",
                "no behind"
            ]
        );
    }
}
