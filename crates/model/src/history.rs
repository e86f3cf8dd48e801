//! Who changed a document, and when.

use std::collections::{BTreeSet, HashMap, HashSet};

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

/// Every change but the genesis, each after those it builds on, in the one order that all have who have the same changes, however these
/// came to them: an author goes on as long as what they did next claims to be no further than `together` milliseconds from what they
/// did before; then comes the change that claims the earliest time.
pub fn timeline(doc: &Automerge, together: u64) -> Vec<ChangeMeta> {
    let all = changes(doc);
    let places: HashMap<ChangeHash, usize> = all
        .iter()
        .enumerate()
        .map(|(place, change)| (change.hash, place))
        .collect();
    let mut waits: Vec<usize> = Vec::with_capacity(all.len());
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); all.len()];
    for (place, change) in all.iter().enumerate() {
        // The genesis is not among them.
        let deps = change.deps.iter().filter_map(|dep| places.get(dep));
        waits.push(deps.map(|dep| after[*dep].push(place)).count());
    }
    let key = |place: usize| (all[place].time_ms, all[place].hash, place);
    let first = (0..all.len()).filter(|place| waits[*place] == 0);
    let mut ready: BTreeSet<(i64, ChangeHash, usize)> = first.map(key).collect();
    let mut order = Vec::with_capacity(all.len());
    let mut goes_on = None;
    while let Some(next) = goes_on.take().or_else(|| ready.first().copied()) {
        ready.remove(&next);
        let (now, _, place) = next;
        for later in &after[place] {
            waits[*later] -= 1;
            if waits[*later] > 0 {
                continue;
            }
            let key = key(*later);
            ready.insert(key);
            let same = all[*later].actor == all[place].actor;
            if same && key.0.abs_diff(now) <= together && goes_on.is_none_or(|other| key < other) {
                goes_on = Some(key);
            }
        }
        order.push(place);
    }
    let mut all: Vec<Option<ChangeMeta>> = all.into_iter().map(Some).collect();
    order
        .into_iter()
        .filter_map(|place| all[place].take())
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
