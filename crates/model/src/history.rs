//! Who changed a document, and when.

use automerge::{Automerge, ChangeHash};

/// One change of a document, without what it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeMeta {
    /// Names the change.
    pub hash: ChangeHash,
    /// The actor who made it.
    pub actor: Vec<u8>,
    /// The actor's count of changes, from 1.
    pub seq: u64,
    /// When, as the author's clock claimed: milliseconds since 1970, UTC.
    pub time_ms: i64,
    /// The changes it builds on.
    pub deps: Vec<ChangeHash>,
}

/// Every change but the genesis, each after those it builds on.
pub fn changes(doc: &Automerge) -> Vec<ChangeMeta> {
    doc.get_changes_meta(&[])
        .into_iter()
        .filter(|meta| meta.actor.to_bytes() != crate::document::GENESIS_ACTOR)
        .map(|meta| ChangeMeta {
            hash: meta.hash,
            actor: meta.actor.to_bytes().to_vec(),
            seq: meta.seq,
            time_ms: meta.timestamp,
            deps: meta.deps,
        })
        .collect()
}
