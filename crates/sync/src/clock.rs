//! Which changes of a document somebody has.
//!
//! An actor's changes form a chain, and whoever has one has all before it. So for each actor a
//! number tells which of its changes are there, and the hash of the last one tells whether both speak of
//! the same chain. (Of a chain that forks, it tells of the longest branch only: see [`Clock::covers`].)

use std::collections::BTreeMap;

use automerge::{Automerge, Change, ChangeHash};

use crate::{
    Copy, Heads,
    wire::{Bytes, ClockEntry},
};

/// For each actor, how many of its changes and the hash of the last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Clock(BTreeMap<Vec<u8>, (u64, ChangeHash)>);

impl Clock {
    /// The clock of everything known of a document.
    pub(crate) fn of(copy: &Copy) -> Self {
        let mut clock: BTreeMap<Vec<u8>, (u64, ChangeHash)> = BTreeMap::new();
        let mut note = |actor: &[u8], seq: u64, hash: ChangeHash| {
            if let Some(last) = clock.get_mut(actor) {
                if seq > last.0 {
                    *last = (seq, hash);
                }
            } else {
                clock.insert(actor.to_vec(), (seq, hash));
            }
        };
        for change in copy.doc().get_changes_meta(&[]) {
            note(change.actor.to_bytes(), change.seq, change.hash);
        }
        for change in copy.aside() {
            note(change.actor_id().to_bytes(), change.seq(), change.hash());
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

    /// About how many bytes it is on its way.
    pub(crate) fn size(&self) -> usize {
        let entries = self.0.keys().map(|actor| actor.len() + 35);
        entries.sum()
    }

    /// The last change of each actor, sorted.
    pub(crate) fn tips(&self) -> Heads {
        let mut tips: Heads = self.0.values().map(|(_, last)| *last).collect();
        tips.sort_unstable();
        tips.dedup();
        tips
    }

    /// Those of its last changes that are known here: whoever has them has all they depend on.
    pub(crate) fn known(&self, copy: &Copy) -> Heads {
        self.tips()
            .into_iter()
            .filter(|tip| copy.knows(tip))
            .collect()
    }

    /// Tells the changes that the owner of this clock is taken to have, for being further along the
    /// same chain. Where that is wrong (a fork), heads differ at rest, and whole lists put it right.
    pub(crate) fn covers<'a>(&'a self, copy: &'a Copy) -> impl Fn(&Change) -> bool + use<'a> {
        let mine = if self.0.values().all(|(_, last)| copy.knows(last)) {
            Self::default()
        } else {
            Self::of(copy)
        };
        move |change| {
            let actor = change.actor_id().to_bytes();
            let Some((seq, last)) = self.0.get(actor) else {
                return false;
            };
            let behind = mine.0.get(actor).is_some_and(|(here, _)| here < seq);
            behind && !copy.knows(last)
        }
    }
}

/// Whether a change is in `doc`.
pub(crate) fn knows(doc: &Automerge, hash: &ChangeHash) -> bool {
    doc.get_change_meta_by_hash(hash).is_some()
}

/// Those of `hashes` that are known here, sorted.
pub(crate) fn known_among(copy: &Copy, hashes: &[ChangeHash]) -> Heads {
    let known = hashes.iter().filter(|hash| copy.knows(hash));
    let mut known: Heads = known.copied().collect();
    known.sort_unstable();
    known.dedup();
    known
}
