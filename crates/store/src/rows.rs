//! What the store gives back: plain data.

use tresse_model::{DocId, NetworkId};

use crate::Mark;

/// A network of the profile.
#[derive(Clone, PartialEq, Eq)]
pub struct NetworkRow {
    /// The network.
    pub id: NetworkId,
    /// What its members know and nobody else.
    pub secret: [u8; 32],
}

impl std::fmt::Debug for NetworkRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NetworkRow")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// What is known of a document without opening it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Its title as shown in lists.
    pub title: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its first words.
    pub excerpt: String,
    /// When it last changed, as its author's clock claimed: milliseconds since 1970, UTC.
    pub changed_ms: i64,
    /// The actor of that change.
    pub changed_actor: Vec<u8>,
    /// It is in the bin.
    pub binned: bool,
    /// The working group it belongs to, as its id in words; empty: none.
    pub group: String,
    /// What else lists show of it, in a form that its kind decides (JSON); empty: nothing. The store does not read it.
    pub facts: String,
}

/// One line of the list of documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// The document.
    pub doc: DocId,
    /// The hashes of its newest changes, as last given.
    pub heads: Vec<[u8; 32]>,
    /// What lists show of it.
    pub summary: Summary,
}

/// An actor's newest seals in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealsRow {
    /// The document.
    pub doc: DocId,
    /// Whose chain of changes they vouch for.
    pub actor: Vec<u8>,
    /// The seals, in bytes that the store does not read.
    pub bytes: Vec<u8>,
}

/// What a document said when it was last read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remembered {
    /// The network's acts at that time, as a hash, where something of it follows from them; empty: nothing does.
    pub acts: Vec<u8>,
    /// By what whoever wrote it knows that all of it is still so.
    pub proof: Vec<u8>,
    /// What it said, in bytes that the store does not read.
    pub bytes: Vec<u8>,
}

/// A document's bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoredDocument {
    /// The compacted save, if there is one.
    pub snapshot: Option<Vec<u8>>,
    /// The changes appended since, oldest first.
    pub changes: Vec<Vec<u8>>,
    /// Each actor and that actor's newest seals, in bytes that the store does not read.
    pub seals: Vec<(Vec<u8>, Vec<u8>)>,
    /// The changes that are known and do not count at present, in order of their number.
    pub aside: Vec<Vec<u8>>,
    /// The heads as last given.
    pub heads: Vec<[u8; 32]>,
    /// Up to where changes were appended: what a snapshot made of this covers.
    pub mark: Mark,
}

impl StoredDocument {
    /// Snapshot and changes in one run of bytes, as `Automerge::load` takes them.
    pub fn concatenated(&self) -> Vec<u8> {
        let snapshot = self.snapshot.as_deref().unwrap_or_default();
        let mut bytes = Vec::with_capacity(snapshot.len() + self.bytes_since_snapshot());
        bytes.extend_from_slice(snapshot);
        for change in &self.changes {
            bytes.extend_from_slice(change);
        }
        bytes
    }

    /// How many bytes of changes lie beside the snapshot.
    pub fn bytes_since_snapshot(&self) -> usize {
        self.changes.iter().map(Vec::len).sum()
    }
}

/// When a document is worth compacting: as soon as either bound is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threshold {
    /// This many changes lie beside the snapshot.
    pub changes: u32,
    /// The changes weigh more than this, and more than the snapshot itself: so that all the
    /// compacting of a document's life writes a small multiple of what its edits wrote.
    pub bytes: u32,
}

impl Default for Threshold {
    fn default() -> Self {
        Self {
            changes: 1000,
            bytes: 64 * 1024,
        }
    }
}
