//! Which changes of a document somebody has.
//!
//! An actor's changes form a chain, and whoever has one has all before it. So for each actor a
//! number tells which of its changes are there, and the hash of the last one tells whether both speak of
//! the same chain.

use std::collections::BTreeMap;

use automerge::{Automerge, Change, ChangeHash};

use crate::{
    Heads,
    wire::{Bytes, ClockEntry},
};

/// For each actor, how many of its changes and the hash of the last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Clock(BTreeMap<Vec<u8>, (u64, ChangeHash)>);

/// Two different changes stand in one place of an actor's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Forked;

impl Clock {
    /// The clock of everything in a document.
    pub(crate) fn of(doc: &Automerge) -> Self {
        let mut clock = BTreeMap::new();
        for change in doc.get_changes_meta(&[]) {
            let actor = change.actor.to_bytes().to_vec();
            let last = clock.entry(actor).or_insert((0, change.hash));
            if change.seq > last.0 {
                *last = (change.seq, change.hash);
            }
        }
        Self(clock)
    }

    pub(crate) fn from_entries(entries: Vec<ClockEntry>) -> Self {
        let entries = entries
            .into_iter()
            .map(|entry| (entry.actor.0, (entry.seq, ChangeHash(entry.last))));
        Self(entries.collect())
    }

    pub(crate) fn entries(&self) -> Vec<ClockEntry> {
        self.0
            .iter()
            .map(|(actor, (seq, last))| ClockEntry {
                actor: Bytes(actor.clone()),
                seq: *seq,
                last: last.0,
            })
            .collect()
    }

    /// The last change of each actor, sorted.
    pub(crate) fn tips(&self) -> Heads {
        let mut tips: Heads = self.0.values().map(|(_, last)| *last).collect();
        tips.sort_unstable();
        tips.dedup();
        tips
    }

    fn covers(&self, actor: &[u8], seq: u64) -> bool {
        self.0.get(actor).is_some_and(|(last, _)| seq <= *last)
    }

    /// The changes of `doc` that the owner of this clock lacks, leaving out those up to `sent`;
    /// each after those it depends on.
    pub(crate) fn lacks(
        &self,
        doc: &Automerge,
        sent: &[ChangeHash],
    ) -> Result<Vec<Change>, Forked> {
        let known = known_among(doc, &self.tips());
        if self.forks_from(doc, &known) {
            return Err(Forked);
        }
        let from: Heads = known.into_iter().chain(sent.iter().copied()).collect();
        let mut changes = doc.get_changes(&from);
        changes.retain(|change| !self.covers(change.actor_id().to_bytes(), change.seq()));
        Ok(changes)
    }

    /// Whether an actor's last change in this clock is not the one that stands there in `doc`.
    fn forks_from(&self, doc: &Automerge, known: &[ChangeHash]) -> bool {
        let strange = |last: &ChangeHash| known.binary_search(last).is_err();
        if self.0.values().all(|(_, last)| !strange(last)) {
            return false;
        }
        let here = Self::of(doc);
        self.0.iter().any(|(actor, (seq, last))| {
            strange(last) && here.0.get(actor).is_some_and(|(mine, _)| mine >= seq)
        })
    }
}

/// Whether a change is in `doc`.
pub(crate) fn knows(doc: &Automerge, hash: &ChangeHash) -> bool {
    doc.get_change_meta_by_hash(hash).is_some()
}

/// Those of `hashes` that are changes of `doc`, sorted.
pub(crate) fn known_among(doc: &Automerge, hashes: &[ChangeHash]) -> Heads {
    let known = hashes.iter().filter(|hash| knows(doc, hash));
    let mut known: Heads = known.copied().collect();
    known.sort_unstable();
    known.dedup();
    known
}
