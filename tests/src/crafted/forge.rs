//! Changes and seals of every kind of falsehood.

use std::collections::BTreeMap;

use automerge::{
    ActorId, Author, Automerge, Change, ChangeHash, ExpandedChange,
    transaction::{CommitOptions, Transaction},
};
use sha2::{Digest as _, Sha256};
use tresse_model::{DocId, NetworkId};
use tresse_sync::Copy;
use tresse_trust::{DeviceKey, Incarnation, SEAL_LEN, Seal};

use super::{Crafted, Entry, LIFE, Raw};

/// A cheat at work on one document.
#[derive(Debug)]
pub struct Forger {
    key: DeviceKey,
    network: NetworkId,
    doc: DocId,
    copy: Copy,
}

/// A part of a seal's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealPart {
    /// The device.
    Device,
    /// The incarnation.
    Incarnation,
    /// The number of changes.
    Seq,
    /// The hash of the last.
    Tip,
    /// The signature.
    Signature,
}

impl Crafted {
    /// Sits down to forge in a document that is known here.
    pub fn forges(&self, network: &NetworkId, doc: &DocId) -> Forger {
        Forger {
            key: self.key(),
            network: *network,
            doc: *doc,
            copy: self.copy(network, doc).clone(),
        }
    }
}

impl Forger {
    /// The document.
    pub const fn document(&self) -> &Automerge {
        self.copy.doc()
    }

    /// The document and its seals.
    pub const fn copy(&self) -> &Copy {
        &self.copy
    }

    /// The name under which this cheat writes honestly.
    pub fn actor(&self) -> [u8; 16] {
        tresse_trust::actor_id(&self.network, &self.key.id(), &self.doc, LIFE)
    }

    /// A change on top of what is there, under any actor at all.
    pub fn writes(&self, actor: &[u8], write: impl FnOnce(&mut Transaction<'_>)) -> Change {
        let mut doc = self.copy.doc().clone().with_actor(ActorId::from(actor));
        let mut transaction = doc.transaction();
        write(&mut transaction);
        transaction.commit_with(CommitOptions::default().with_time(1_790_000_000_000));
        doc.get_last_local_change().unwrap()
    }

    /// A change of one's own that says of itself that somebody else wrote it.
    pub fn claims(&self, author: &[u8], write: impl FnOnce(&mut Transaction<'_>)) -> Change {
        let author = Author::from(author.to_vec());
        let doc = self.copy.doc().clone().with_author(Some(author));
        let mut doc = doc.with_actor(ActorId::from(&self.actor()[..]));
        let mut transaction = doc.transaction();
        write(&mut transaction);
        transaction.commit();
        doc.get_last_local_change().unwrap()
    }

    /// The document with such a change in it.
    pub fn with(&self, change: &Change) -> Automerge {
        let mut doc = self.copy.doc().clone();
        doc.apply_changes([change.clone()]).unwrap();
        doc
    }

    /// A change altered in its own language.
    pub fn alters(change: &Change, alter: impl FnOnce(&mut ExpandedChange)) -> Change {
        let mut expanded = change.decode();
        expanded.hash = None;
        alter(&mut expanded);
        Change::from(expanded)
    }

    /// The seal that an honest device would put on this change.
    pub fn seals(&self, change: &Change) -> Vec<u8> {
        self.seals_as(&self.network, &self.doc, LIFE, change.seq(), change)
    }

    /// A seal that says anything about a change.
    pub fn seals_as(
        &self,
        network: &NetworkId,
        doc: &DocId,
        life: Incarnation,
        seq: u64,
        change: &Change,
    ) -> Vec<u8> {
        let seal = Seal::sign(&self.key, network, doc, life, seq, change.hash().0);
        seal.bytes().to_vec()
    }

    /// The bytes of another device's newest seal here.
    pub fn seal_of(&self, device: &tresse_model::DeviceId) -> Vec<u8> {
        let mut seals = self.copy.seals();
        let seal = seals.find(|seal| seal.device() == device);
        seal.unwrap().bytes().to_vec()
    }
}

/// A seal's bytes with one part exchanged.
pub fn patched(seal: &[u8], part: SealPart, bytes: &[u8]) -> Vec<u8> {
    let range = match part {
        SealPart::Device => 1..33,
        SealPart::Incarnation => 33..41,
        SealPart::Seq => 41..49,
        SealPart::Tip => 49..81,
        SealPart::Signature => 81..SEAL_LEN,
    };
    let mut patched = seal.to_vec();
    patched[range].copy_from_slice(bytes);
    patched
}

/// What somebody tells who has all of this document.
pub fn entries(copy: &Copy) -> Vec<Entry> {
    let mut clock: BTreeMap<Vec<u8>, (u64, Raw)> = BTreeMap::new();
    for meta in copy.doc().get_changes_meta(&[]) {
        let last = clock.entry(meta.actor.to_bytes().to_vec()).or_default();
        if meta.seq > last.0 {
            *last = (meta.seq, meta.hash.0);
        }
    }
    clock
        .into_iter()
        .map(|(actor, (seq, last))| Entry { actor, seq, last })
        .collect()
}

/// A change of very many operations in very few bytes: each column says once what holds for all of them.
/// (It puts nothing under one key, again and again.)
pub fn many_in_few(
    actor: &[u8],
    seq: u64,
    start_op: u64,
    deps: &[ChangeHash],
    operations: u64,
) -> Vec<u8> {
    const KEY: u64 = 0x15;
    const INSERT: u64 = 0x34;
    const ACTION: u64 = 0x42;
    const VALUE: u64 = 0x56;
    const BEFORE: u64 = 0x70;
    let run = |value: &[u8]| {
        let mut column = signed(operations.cast_signed());
        column.extend_from_slice(value);
        column
    };
    let columns = [
        (KEY, run(&[1, b'x'])),
        (INSERT, unsigned(operations)),
        (ACTION, run(&[1])),
        (VALUE, run(&[0])),
        (BEFORE, run(&[0])),
    ];
    let mut body = unsigned(deps.len() as u64);
    for dep in deps {
        body.extend_from_slice(&dep.0);
    }
    body.extend(unsigned(actor.len() as u64));
    body.extend_from_slice(actor);
    body.extend(unsigned(seq));
    body.extend(unsigned(start_op));
    body.extend([0, 0, 0]);
    body.extend(unsigned(columns.len() as u64));
    for (name, column) in &columns {
        body.extend(unsigned(*name));
        body.extend(unsigned(column.len() as u64));
    }
    body.extend(columns.iter().flat_map(|(_, column)| column));
    chunk(1, &body)
}

/// A change, folded as Automerge folds long ones on disk.
pub fn folded(change: &Change) -> Vec<u8> {
    let mut change = change.clone();
    change.bytes().to_vec()
}

/// Bytes as a chunk of this kind, with their checksum.
fn chunk(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut hashed = vec![kind];
    hashed.extend(unsigned(body.len() as u64));
    hashed.extend_from_slice(body);
    let mut bytes = vec![0x85, 0x6f, 0x4a, 0x83];
    bytes.extend_from_slice(&Sha256::digest(&hashed)[..4]);
    bytes.extend(hashed);
    bytes
}

fn unsigned(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

fn signed(mut number: i64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        let done = (number == 0 && low & 0x40 == 0) || (number == -1 && low & 0x40 != 0);
        bytes.push(if done { low } else { low | 0x80 });
        if done {
            return bytes;
        }
    }
}
