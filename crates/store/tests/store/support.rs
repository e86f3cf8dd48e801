//! What the tests share: names, changes, and a picture of all that a profile holds.

use std::collections::BTreeMap;

use tempfile::TempDir;
use tresse_model::{DeviceId, DocId, NetworkId};
use tresse_store::{Batch, COPIED, Covers, NewChange, Store, StoreError, StoredDocument, Summary};

pub(crate) const NETWORK: NetworkId = NetworkId::from_bytes([1; 20]);
pub(crate) const PEER: DeviceId = DeviceId::from_bytes([9; 32]);

/// A profile that holds one network.
pub(crate) fn profile() -> (TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::create_with(dir.path(), |tx| tx.add_network(&NETWORK, &[7; 32])).unwrap();
    (dir, store)
}

pub(crate) fn page(number: u8) -> DocId {
    DocId::page([number; 16])
}

pub(crate) fn hash(bytes: &[u8]) -> [u8; 32] {
    *blake3::hash(bytes).as_bytes()
}

/// Appends byte strings as the changes of one actor, numbered from `seq`.
pub(crate) fn append(
    tx: &mut Batch<'_>,
    doc: &DocId,
    seq: u64,
    changes: &[&[u8]],
) -> Result<(), StoreError> {
    let changes: Vec<NewChange<'_>> = (seq..)
        .zip(changes)
        .map(|(seq, bytes)| NewChange {
            hash: hash(bytes),
            actor: b"ana",
            seq,
            bytes,
        })
        .collect();
    let heads: Vec<_> = changes
        .last()
        .map(|change| change.hash)
        .into_iter()
        .collect();
    tx.append(&NETWORK, doc, &changes, &heads).map(|_| ())
}

/// A profile with something in each table.
pub(crate) fn full_profile() -> (TempDir, Store) {
    let (dir, mut store) = profile();
    store
        .batch(|tx| {
            tx.set_meta("device", b"key")?;
            tx.add_act(&NETWORK, b"act 1", b"found")?;
            tx.add_act(&NETWORK, b"act 2", b"invite")?;
            append(tx, &page(1), 1, &[b"one", b"two", b"three"])?;
            append(tx, &page(2), 1, &[b"uno"])?;
            tx.replace_snapshot(&NETWORK, &page(2), b"UNO", Covers::All, &[hash(b"uno")])?;
            append(tx, &page(2), 2, &[b"due"])?;
            tx.add_seal(&NETWORK, &page(1), b"ana", 3, b"seal")?;
            tx.set_summary(&NETWORK, &page(1), &summary())?;
            tx.index_text(&NETWORK, &page(1), "Charte", "Une charte élaborée ensemble")?;
            tx.save_memory(&NETWORK, &PEER, b"met")
        })
        .unwrap();
    (dir, store)
}

pub(crate) fn summary() -> Summary {
    Summary {
        title: "Charte".to_owned(),
        tags: vec!["été".to_owned(), "a \"b\"\n".to_owned()],
        excerpt: "Une charte".to_owned(),
        changed_ms: 1_790_000_000_000,
        changed_actor: b"ana".to_vec(),
        binned: false,
    }
}

/// All that a profile says through its reading side.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    networks: Vec<([u8; 20], [u8; 32])>,
    acts: Vec<Vec<u8>>,
    documents: Vec<tresse_store::DocumentRow>,
    loaded: BTreeMap<DocId, StoredDocument>,
    device: Option<Vec<u8>>,
    memory: Option<Vec<u8>>,
    found: Vec<tresse_store::Hit>,
}

pub(crate) fn picture(store: &Store) -> Picture {
    let documents = store.documents(&NETWORK).unwrap();
    Picture {
        networks: store
            .networks()
            .unwrap()
            .into_iter()
            .map(|row| (*row.id.as_bytes(), row.secret))
            .collect(),
        acts: store.acts(&NETWORK).unwrap(),
        loaded: documents
            .iter()
            .map(|row| (row.doc, store.load(&NETWORK, &row.doc).unwrap().unwrap()))
            .collect(),
        documents,
        device: store.meta("device").unwrap(),
        memory: store.memory(&NETWORK, &PEER).unwrap(),
        found: store.search(&NETWORK, "elabor", 10).unwrap(),
    }
}

pub(crate) fn is_copy(store: &Store) -> bool {
    store.meta(COPIED).unwrap().is_some()
}
