//! Who changed a document, and when.

use std::collections::{BTreeSet, HashSet};

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

/// The document as it was at a time (milliseconds since 1970, UTC), by its heads: every change that claims no later time,
/// and neither do those it builds on. None: nobody had written yet.
///
/// What somebody wrote apart counts from when they wrote it, not from when it arrived.
pub fn heads_until(doc: &Automerge, until_ms: i64) -> Vec<ChangeHash> {
    let mut later: HashSet<ChangeHash> = HashSet::new();
    let mut heads: BTreeSet<ChangeHash> = BTreeSet::new();
    for change in changes(doc) {
        if change.time_ms > until_ms || change.deps.iter().any(|dep| later.contains(dep)) {
            later.insert(change.hash);
            continue;
        }
        for dep in &change.deps {
            heads.remove(dep);
        }
        heads.insert(change.hash);
    }
    heads.into_iter().collect()
}
