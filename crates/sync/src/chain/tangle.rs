//! How the branches of a chain that forks lie: which of its changes something comes after.
//!
//! Every change, of whomever, comes after none of a chain's changes, or after those of one branch up to one of them, or after
//! several branches. That is worked out once for all changes, each from those it depends on, for each chain that forks.

use std::collections::HashMap;

use automerge::ChangeHash;
use foldhash::fast::RandomState;

use super::Steps;
use crate::{Copy, DocRefusal};

/// All changes known here and taken from the message, with how they depend on each other.
pub(super) struct Tangle {
    changes: Vec<Knot>,
    places: HashMap<ChangeHash, usize, RandomState>,
    actors: HashMap<Vec<u8>, usize, RandomState>,
    lines: HashMap<usize, Line, RandomState>,
}

struct Knot {
    hash: ChangeHash,
    actor: usize,
    seq: u64,
    deps: Vec<usize>,
}

/// For one chain, what each change comes after of it.
#[derive(Default)]
struct Line {
    after: Vec<After>,
    /// For the chain's own changes, the one before.
    before: HashMap<usize, usize, RandomState>,
}

/// What something comes after, of one chain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    Nothing,
    /// The change in this place and those before it (and it is that one itself).
    One(usize),
    /// Changes of several branches.
    Several,
}

impl Tangle {
    /// With all that is known here.
    pub(super) fn of(here: Option<&Copy>) -> Self {
        let mut tangle = Self {
            changes: Vec::new(),
            places: HashMap::default(),
            actors: HashMap::default(),
            lines: HashMap::default(),
        };
        if let Some(here) = here {
            for change in here.doc().get_changes_meta(&[]) {
                let actor = change.actor.to_bytes();
                tangle.add(change.hash, actor, change.seq, &change.deps);
            }
            for change in here.aside() {
                let actor = change.actor_id().to_bytes();
                tangle.add(change.hash(), actor, change.seq(), change.deps());
            }
        }
        tangle
    }

    /// The next change, after those that it depends on.
    pub(super) fn add(&mut self, hash: ChangeHash, actor: &[u8], seq: u64, deps: &[ChangeHash]) {
        let known = self.actors.len();
        let actor = match self.actors.get(actor) {
            Some(actor) => *actor,
            None => *self.actors.entry(actor.to_vec()).or_insert(known),
        };
        let deps = deps.iter().filter_map(|dep| self.places.get(dep).copied());
        let knot = Knot {
            hash,
            actor,
            seq,
            deps: deps.collect(),
        };
        self.places.insert(hash, self.changes.len());
        self.changes.push(knot);
    }

    /// The last change of an actor's chain that something with these dependencies comes after.
    ///
    /// # Errors
    /// [`DocRefusal::Malformed`] if it comes after several branches: then the seal at its end would vouch for one of
    /// them only, and peers would not agree on which.
    pub(super) fn before(
        &mut self,
        actor: &[u8],
        deps: &[ChangeHash],
        steps: &mut Steps,
    ) -> Result<Option<(ChangeHash, u64)>, DocRefusal> {
        let Some(actor) = self.actors.get(actor).copied() else {
            return Ok(None);
        };
        let line = self.lines.entry(actor).or_default();
        line.go_on(actor, &self.changes, steps)?;
        let deps = deps.iter().filter_map(|dep| self.places.get(dep).copied());
        match line.after_all(deps, &self.changes, steps)? {
            After::Nothing => Ok(None),
            After::One(place) => {
                let knot = &self.changes[place];
                Ok(Some((knot.hash, knot.seq)))
            }
            After::Several => Err(DocRefusal::Malformed),
        }
    }
}

impl Line {
    /// Works it out for the changes that were added since the last time.
    fn go_on(
        &mut self,
        actor: usize,
        changes: &[Knot],
        steps: &mut Steps,
    ) -> Result<(), DocRefusal> {
        for (place, knot) in changes.iter().enumerate().skip(self.after.len()) {
            steps.take(1)?;
            let mut after = self.after_all(knot.deps.iter().copied(), changes, steps)?;
            if knot.actor == actor {
                if let After::One(before) = after {
                    self.before.insert(place, before);
                }
                after = After::One(place);
            }
            self.after.push(after);
        }
        Ok(())
    }

    fn after_all(
        &self,
        deps: impl Iterator<Item = usize>,
        changes: &[Knot],
        steps: &mut Steps,
    ) -> Result<After, DocRefusal> {
        let mut all = After::Nothing;
        for dep in deps {
            all = match (all, self.after[dep]) {
                (After::Nothing, one) | (one, After::Nothing) => one,
                (After::One(one), After::One(other)) if one != other => {
                    let later = changes[one].seq > changes[other].seq;
                    let (later, sooner) = if later { (one, other) } else { (other, one) };
                    let seq = changes[sooner].seq;
                    if self.back_to(later, seq, changes, steps)? == Some(sooner) {
                        After::One(later)
                    } else {
                        After::Several
                    }
                }
                (same @ After::One(_), After::One(_)) => same,
                _ => After::Several,
            };
        }
        Ok(all)
    }

    /// The change with this number on the way back from another.
    fn back_to(
        &self,
        from: usize,
        seq: u64,
        changes: &[Knot],
        steps: &mut Steps,
    ) -> Result<Option<usize>, DocRefusal> {
        let mut at = Some(from);
        while let Some(place) = at.filter(|place| changes[*place].seq > seq) {
            steps.take(1)?;
            at = self.before.get(&place).copied();
        }
        Ok(at)
    }
}
