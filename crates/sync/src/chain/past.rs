//! Whether a change comes after another, found without walking through all between them.
//!
//! History is mostly runs: one change after the other, each after the one before and nothing else. Whoever comes after one of a
//! run comes after all before it in the run. So what is walked through is runs, not changes: two hundred people who write by turns
//! make one run, in which everybody's last change lies two hundred changes back.

use std::collections::HashSet;

use automerge::ChangeHash;
use foldhash::fast::RandomState;

use super::{ELSEWHERE, End, Seen, Steps, Taken};
use crate::{Copy, DocRefusal};

/// The runs of the changes of one message.
#[derive(Default)]
pub(super) struct Past {
    runs: Vec<Run>,
    /// For each change of the message, its run and where it stands in it.
    stands: Vec<(usize, usize)>,
    searches: usize,
    /// What a search has still to look at: places in the message.
    next: Vec<usize>,
}

struct Run {
    /// The place of its first change.
    first: usize,
    length: usize,
    /// The search that went through it last.
    searched: usize,
}

impl Past {
    /// For about so many changes.
    pub(super) fn of_about(count: usize) -> Self {
        Self {
            stands: Vec::with_capacity(count),
            ..Self::default()
        }
    }

    /// Puts the next change of the message, which depends on those in these places, in its run.
    pub(super) fn add(&mut self, place: usize, before: &[usize]) {
        if let [only] = before
            && let Some((run, at)) = self.stands.get(*only).copied()
            && at + 1 == self.runs[run].length
        {
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

    /// Whether what has these dependencies (and from where in [`Taken::before`] they stand) comes after `end`.
    pub(super) fn reaches(
        &mut self,
        here: Option<&Copy>,
        taken: &Taken<'_>,
        (deps, before): (&[ChangeHash], usize),
        end: &End,
        steps: &mut Steps,
    ) -> Result<bool, DocRefusal> {
        let at_once = match end.place {
            Some(place) => taken.before[before..].contains(&place),
            None => deps.contains(&end.hash),
        };
        if at_once {
            return Ok(true);
        }
        self.searches += 1;
        let goal = end.place.map(|place| self.stands[place]);
        let mut elsewhere = Vec::new();
        self.next.clear();
        self.go_to(deps, &taken.before[before..], &mut elsewhere);
        while let Some(place) = self.next.pop() {
            steps.take(1)?;
            let (run, at) = self.stands[place];
            if goal.is_some_and(|(goal, stands)| goal == run && stands <= at) {
                return Ok(true);
            }
            let searched = std::mem::replace(&mut self.runs[run].searched, self.searches);
            let first = &taken.changes[self.runs[run].first];
            // Operations are numbered on from those before: what has lower numbers comes before the goal.
            if searched != self.searches && first.max_op >= end.max_op {
                self.go_to(first.deps, &taken.before[first.before..], &mut elsewhere);
            }
        }
        // What did not come with the message depends on nothing that did.
        let sought = goal.is_none().then_some(here).flatten();
        sought.map_or(Ok(false), |here| reaches_here(here, elsewhere, end, steps))
    }

    /// Looks next at what stands in these places.
    fn go_to(&mut self, deps: &[ChangeHash], places: &[usize], elsewhere: &mut Vec<ChangeHash>) {
        for (dep, place) in deps.iter().zip(places) {
            if *place == ELSEWHERE {
                elsewhere.push(*dep);
            } else {
                self.next.push(*place);
            }
        }
    }
}

/// Whether one of these changes, all known here, is `end` or comes after it.
fn reaches_here(
    here: &Copy,
    mut next: Vec<ChangeHash>,
    end: &End,
    steps: &mut Steps,
) -> Result<bool, DocRefusal> {
    let mut seen: HashSet<ChangeHash, RandomState> = HashSet::default();
    while let Some(hash) = next.pop() {
        steps.take(1)?;
        if hash == end.hash {
            return Ok(true);
        }
        if seen.insert(hash) {
            let later = |seen: &Seen<'_>| (seen.max_op >= end.max_op).then(|| seen.deps.to_vec());
            next.extend(here.look(&hash, later).flatten().unwrap_or_default());
        }
    }
    Ok(false)
}
