//! Documents that are needed together, read on all processors: as when a profile is opened, whose first page takes in everybody's notebook.
//!
//! The core thread waits for it. What is found is what it would find by itself, one after the other; what does not read is left for its turn, which says so.

use std::{
    num::NonZero,
    sync::{Mutex, PoisonError},
    thread,
};

use tresse_model::{DocId, DocKind, NetworkId};
use tresse_store::StoredDocument;
use tresse_sync::Copy;

use super::{Replica, documents::stored_copy};

/// Fewer than so many are as fast one by one.
const WORTH_WHILE: usize = 4;

impl Replica {
    /// Puts those of these documents in memory that are here and not there yet.
    pub(super) fn load_together(&mut self, id: &NetworkId, docs: impl Iterator<Item = DocId>) {
        let processors = thread::available_parallelism().map_or(1, NonZero::get);
        let Some(network) = self.networks.get(id) else {
            return;
        };
        let here =
            |doc: &DocId| network.heads.contains_key(doc) && !network.loaded.contains_key(doc);
        let shown = |doc: &DocId| match doc.kind() {
            Some(DocKind::Page | DocKind::Meeting | DocKind::Decision) => {
                network.open.contains(doc)
            }
            _ => true,
        };
        let wanted: Vec<DocId> = docs.filter(|doc| here(doc) && shown(doc)).collect();
        if processors == 1 || wanted.len() < WORTH_WHILE {
            return;
        }
        let mut stored: Vec<(DocId, StoredDocument)> = Vec::new();
        for doc in wanted {
            if let Ok(Some(one)) = self.store.load(id, &doc) {
                stored.push((doc, one));
            }
        }
        for (doc, mut copy) in read(*id, stored, processors) {
            let actor = self.actor(id, &doc);
            copy.edit().set_actor(actor);
            if let Some(network) = self.networks.get_mut(id) {
                network.keep(doc, copy);
            }
        }
    }
}

/// Reads them, each thread the next one that nobody has begun with, the longest first.
fn read(
    network: NetworkId,
    mut stored: Vec<(DocId, StoredDocument)>,
    threads: usize,
) -> Vec<(DocId, Copy)> {
    stored.sort_by_key(|(_, one)| {
        one.snapshot.as_ref().map_or(0, Vec::len) + one.bytes_since_snapshot()
    });
    let left = Mutex::new(stored);
    let next = || left.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let work = || {
        let mut read = Vec::new();
        while let Some((doc, one)) = next() {
            if let Ok(copy) = stored_copy(network, doc, &one) {
                read.push((doc, copy));
            }
        }
        read
    };
    thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut read = work();
        for other in others {
            // A panic of one is left for its document's turn.
            read.extend(other.join().unwrap_or_default());
        }
        read
    })
}
