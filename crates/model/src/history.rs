//! Who changed a document, and when.

use automerge::{Automerge, ChangeHash};

use crate::GENESIS_ACTOR;

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

/// Every change but the genesis, each after those it builds on. Reads no change's content.
pub fn changes(doc: &Automerge) -> Vec<ChangeMeta> {
    let all = doc.get_changes_meta(&[]).into_iter();
    let made = all.filter(|meta| meta.seq != 1 || meta.actor.to_bytes() != GENESIS_ACTOR);
    made.map(|meta| ChangeMeta {
        hash: meta.hash,
        actor: meta.actor.to_bytes().to_vec(),
        seq: meta.seq,
        time_ms: meta.timestamp,
        deps: meta.deps,
    })
    .collect()
}
