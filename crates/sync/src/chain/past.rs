//! Whether a change comes after another, found without walking through all between them.
//!
//! History is mostly runs: one change after the other, each after the one before and nothing else. Whoever comes after one of a
//! run comes after all before it in the run. So what is walked through is runs, not changes: two hundred people who write by turns
//! make one run, in which everybody's last change lies two hundred changes back.

use std::collections::HashSet;

use automerge::ChangeHash;
use foldhash::fast::RandomState;

use super::{End, Steps, Taken};
use crate::{Copy, DocRefusal};

/// The runs of the changes of one message.
#[derive(Default)]
pub(super) struct Past {
    runs: Vec<Run>,
    /// For each change of the message, its run and where it stands in it.
    stands: Vec<(usize, usize)>,
    searches: usize,
}

struct Run {
    /// The place of its first change.
    first: usize,
    length: usize,
    /// The search that went through it last.
    searched: usize,
}

impl Past {
    /// Puts the next change of the message in its run.
    pub(super) fn add(&mut self, taken: &Taken<'_>, place: usize, deps: &[ChangeHash]) {
        let before = match deps {
            [only] => taken.place(only),
            _ => None,
        };
        let goes_on = before.and_then(|before| {
            let (run, at) = self.stands[before];
            (at + 1 == self.runs[run].length).then_some(run)
        });
        if let Some(run) = goes_on {
            self.stands.push((run, self.runs[run].length));
            self.runs[run].length += 1;
            return;
        }
        self.stands.push((self.runs.len(), 0));
        self.runs.push(Run {
            first: place,
            length: 1,
            searched: 0,
        });
    }

    /// Whether what has these dependencies comes after `end`.
    pub(super) fn reaches(
        &mut self,
        here: Option<&Copy>,
        taken: &Taken<'_>,
        deps: &[ChangeHash],
        end: &End,
        steps: &mut Steps,
    ) -> Result<bool, DocRefusal> {
        if deps.contains(&end.hash) {
            return Ok(true);
        }
        self.searches += 1;
        let goal = end.place.map(|place| self.stands[place]);
        let mut seen: HashSet<ChangeHash, RandomState> = HashSet::default();
        let mut next = deps.to_vec();
        while let Some(hash) = next.pop() {
            steps.take(1)?;
            if hash == end.hash {
                return Ok(true);
            }
            let Some(place) = taken.place(&hash) else {
                let fresh = seen.insert(hash);
                if let Some(here) = here.filter(|_| fresh) {
                    // Operations are numbered on from those before: what has lower numbers comes before the goal.
                    let later = |seen: &super::Seen<'_>| {
                        (seen.max_op >= end.max_op).then(|| seen.deps.to_vec())
                    };
                    next.extend(here.look(&hash, later).flatten().unwrap_or_default());
                }
                continue;
            };
            let (run, at) = self.stands[place];
            if goal.is_some_and(|(goal, stands)| goal == run && stands <= at) {
                return Ok(true);
            }
            let first = &taken.changes()[self.runs[run].first];
            let searched = std::mem::replace(&mut self.runs[run].searched, self.searches);
            if searched != self.searches && first.max_op >= end.max_op {
                next.extend(first.deps);
            }
        }
        Ok(false)
    }
}
