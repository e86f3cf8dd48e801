//! What the tests share: names, changes, and a picture of all that a profile holds.

use std::{collections::BTreeMap, path::Path};

use tempfile::TempDir;
use tresse_model::{DeviceId, DocId, NetworkId};
use tresse_store::{
    Batch, COPIED, Covers, NewChange, Store, StoreError, StoredDocument, Summary, restore,
    vault::{Cost, DatabaseKey, MemoryKeyring, Protection, Secret, Vault},
};

pub(crate) const NETWORK: NetworkId = NetworkId::from_bytes([1; 20]);
pub(crate) const PEER: DeviceId = DeviceId::from_bytes([9; 32]);

/// The key of these tests' profiles.
pub(crate) fn key() -> DatabaseKey {
    DatabaseKey::from_bytes([5; 32])
}

pub(crate) fn open(dir: &Path) -> Result<Store, StoreError> {
    Store::open(dir, &key())
}

/// A connection beside the store, to see or spoil what it wrote.
pub(crate) fn beside(dir: &Path) -> rusqlite::Connection {
    let connection = rusqlite::Connection::open(dir.join("tresse.db")).unwrap();
    let hex = "05".repeat(32);
    connection
        .execute_batch(&format!("PRAGMA key = \"x'{hex}'\""))
        .unwrap();
    connection
}

/// A profile that holds one network.
pub(crate) fn profile() -> (TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let first = |tx: &mut Batch<'_>| tx.add_network(&NETWORK, &[7; 32]);
    let store = Store::create_with(dir.path(), &key(), first).unwrap();
    (dir, store)
}

pub(crate) fn page(number: u8) -> DocId {
    DocId::page([number; 16])
}

pub(crate) fn hash(bytes: &[u8]) -> [u8; 32] {
    *blake3::hash(bytes).as_bytes()
}

/// A passphrase at next to no cost.
pub(crate) fn cheap(passphrase: &str) -> Protection {
    Protection::Passphrase(Secret::new(passphrase), Cost::NEXT_TO_NOTHING)
}

/// A profile with a key file that opens by this, and the key in hand.
pub(crate) fn protected(protection: &Protection) -> (TempDir, Store, Vault) {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::new(protection).unwrap();
    let store = Store::create_with(dir.path(), vault.key(), |tx| {
        vault.write_new(dir.path())?;
        fill(tx)
    })
    .unwrap();
    (dir, store, vault)
}

/// Opens a profile by its key file, as a person who knows this passphrase.
pub(crate) fn open_as(dir: &Path, passphrase: &str) -> Result<Store, StoreError> {
    let secret = Secret::new(passphrase);
    Store::open_with(dir, || {
        let vault = Vault::unlock_in(dir, Some(&secret), &MemoryKeyring::default())?;
        Ok(vault.key().clone())
    })
}

/// Restores a backup, as a person who knows this passphrase.
pub(crate) fn restore_as(file: &Path, dir: &Path, passphrase: &str) -> Result<(), StoreError> {
    let secret = Secret::new(passphrase);
    restore(file, dir, |keys| {
        Vault::unlock(keys, Some(&secret), &MemoryKeyring::default())
    })
}

/// Byte strings as the changes of one actor, numbered from `seq`.
pub(crate) fn changes<'a>(seq: u64, changes: &[&'a [u8]]) -> Vec<NewChange<'a>> {
    (seq..)
        .zip(changes)
        .map(|(seq, bytes)| NewChange {
            hash: hash(bytes),
            actor: b"ana",
            seq,
            bytes,
        })
        .collect()
}

/// Appends byte strings as the changes of one actor, numbered from `seq`.
pub(crate) fn append(
    tx: &mut Batch<'_>,
    doc: &DocId,
    seq: u64,
    bytes: &[&[u8]],
) -> Result<(), StoreError> {
    let changes = changes(seq, bytes);
    let heads: Vec<_> = changes
        .last()
        .map(|change| change.hash)
        .into_iter()
        .collect();
    tx.append(&NETWORK, doc, &changes, &heads).map(|_| ())
}

/// Sets byte strings aside as the changes of one actor, numbered from `seq`.
pub(crate) fn set_aside(
    tx: &mut Batch<'_>,
    doc: &DocId,
    seq: u64,
    bytes: &[&[u8]],
) -> Result<(), StoreError> {
    tx.set_aside(&NETWORK, doc, &changes(seq, bytes))
}

/// A profile with something in each table.
pub(crate) fn full_profile() -> (TempDir, Store) {
    let (dir, mut store) = profile();
    store.batch(fill).unwrap();
    (dir, store)
}

fn fill(tx: &mut Batch<'_>) -> Result<(), StoreError> {
    tx.add_network(&NETWORK, &[7; 32])?;
    tx.set_meta("device", b"key")?;
    tx.add_act(&NETWORK, b"act 1", b"found")?;
    tx.add_act(&NETWORK, b"act 2", b"invite")?;
    append(tx, &page(1), 1, &[b"one", b"two", b"three"])?;
    append(tx, &page(2), 1, &[b"uno"])?;
    tx.replace_snapshot(&NETWORK, &page(2), b"UNO", Covers::All, &[hash(b"uno")])?;
    append(tx, &page(2), 2, &[b"due"])?;
    tx.put_seals(&NETWORK, &page(1), b"ana", b"seal")?;
    set_aside(tx, &page(2), 3, &[b"tre"])?;
    tx.set_summary(&NETWORK, &page(1), &summary())?;
    tx.index_text(&NETWORK, &page(1), "Charte", "Une charte élaborée ensemble")?;
    tx.save_memory(&NETWORK, &PEER, b"met")
}

pub(crate) fn summary() -> Summary {
    Summary {
        title: "Charte".to_owned(),
        tags: vec!["été".to_owned(), "a \"b\"\n".to_owned()],
        excerpt: "Une charte".to_owned(),
        changed_ms: 1_790_000_000_000,
        changed_actor: b"ana".to_vec(),
        binned: false,
        group: "accueil".to_owned(),
        facts: r#"{"on":"2026-12-01"}"#.to_owned(),
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
        found: store
            .search(Some(&NETWORK), "elabor", 10, |_| true)
            .unwrap(),
    }
}

pub(crate) fn is_copy(store: &Store) -> bool {
    store.meta(COPIED).unwrap().is_some()
}
