//! The rules that every honest change keeps: it depends on changes that are there, its numbers
//! follow theirs, and it comes after its own actor's change before it.
//!
//! They are what makes a number per actor enough to tell what somebody has ([`crate::clock`]), and what
//! Automerge relies on without checking.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use automerge::{Automerge, Change, ChangeHash, ChangeMetadata};

use crate::DocRefusal;

/// How many steps back in history the checks of one message may take.
const MAX_STEPS: usize = 4_000_000;

/// A change as a link of its actor's chain.
pub(crate) struct Link<'a> {
    hash: ChangeHash,
    actor: &'a [u8],
    seq: u64,
    deps: &'a [ChangeHash],
    start_op: u64,
    max_op: u64,
    claims_author: bool,
}

impl<'a> Link<'a> {
    pub(crate) fn of_change(change: &'a Change) -> Self {
        Self {
            hash: change.hash(),
            actor: change.actor_id().to_bytes(),
            seq: change.seq(),
            deps: change.deps(),
            start_op: change.start_op().get(),
            max_op: change.max_op(),
            claims_author: change.author().is_some(),
        }
    }

    pub(crate) fn of_meta(change: &'a ChangeMetadata<'_>) -> Self {
        Self {
            hash: change.hash,
            actor: change.actor.to_bytes(),
            seq: change.seq,
            deps: &change.deps,
            start_op: change.start_op,
            max_op: change.max_op,
            claims_author: change.author.is_some(),
        }
    }

    /// An empty change has no operation of its own: its numbers stop one short of its beginning.
    fn counts_on_from(&self, highest: u64) -> bool {
        self.start_op > highest
            && self.max_op + 1 >= self.start_op
            && u32::try_from(self.max_op).is_ok()
    }
}

/// What is checked so far of one message, change after change.
pub(crate) struct Checks<'a> {
    here: Option<&'a Automerge>,
    taken: HashMap<ChangeHash, Taken>,
    chains: HashMap<Vec<u8>, Chain>,
    /// Changes here that new ones depend on.
    onto: BTreeSet<ChangeHash>,
    steps: usize,
}

/// What the message holds of one actor's chain.
struct Chain {
    number: usize,
    first: u64,
    last: u64,
}

/// A change of the message. Its actor is a number, to be small.
struct Taken {
    actor: usize,
    seq: u64,
    max_op: u64,
    deps: Vec<ChangeHash>,
}

impl<'a> Checks<'a> {
    /// Nothing checked yet; `here` is the document that the changes come to.
    pub(crate) fn new(here: Option<&'a Automerge>) -> Self {
        Self {
            here,
            taken: HashMap::new(),
            chains: HashMap::new(),
            onto: BTreeSet::new(),
            steps: 0,
        }
    }

    /// Takes the next change, if it keeps the rules.
    pub(crate) fn take(&mut self, change: &Link<'_>) -> Result<(), DocRefusal> {
        let mut highest = 0;
        for dep in change.deps {
            let max_op = if let Some(taken) = self.taken.get(dep) {
                taken.max_op
            } else {
                let here = self.here.and_then(|here| here.get_change_meta_by_hash(dep));
                self.onto.insert(*dep);
                here.ok_or(DocRefusal::Incomplete)?.max_op
            };
            highest = highest.max(max_op);
        }
        if change.claims_author || change.seq == 0 || !change.counts_on_from(highest) {
            return Err(DocRefusal::Malformed);
        }
        let number = self.place(change)?;
        if change.seq > 1 && !self.follows_own(change, number)? {
            return Err(DocRefusal::Incomplete);
        }
        let taken = Taken {
            actor: number,
            seq: change.seq,
            max_op: change.max_op,
            deps: change.deps.to_vec(),
        };
        self.taken.insert(change.hash, taken);
        Ok(())
    }

    /// Puts the change at the end of its actor's chain; says the actor's number.
    fn place(&mut self, change: &Link<'_>) -> Result<usize, DocRefusal> {
        if let Some(chain) = self.chains.get_mut(change.actor) {
            if change.seq != chain.last + 1 {
                return Err(DocRefusal::Fork);
            }
            chain.last = change.seq;
            return Ok(chain.number);
        }
        let number = self.chains.len();
        let chain = Chain {
            number,
            first: change.seq,
            last: change.seq,
        };
        self.chains.insert(change.actor.to_vec(), chain);
        Ok(number)
    }

    /// Whether the actor's change before this one is among those that this one comes after.
    fn follows_own(&mut self, change: &Link<'_>, actor: usize) -> Result<bool, DocRefusal> {
        let mut seen = HashSet::new();
        let mut next: VecDeque<ChangeHash> = change.deps.iter().copied().collect();
        while let Some(hash) = next.pop_front() {
            self.steps += 1;
            if self.steps > MAX_STEPS {
                return Err(DocRefusal::Malformed);
            }
            if !seen.insert(hash) {
                continue;
            }
            let (own, seq) = if let Some(taken) = self.taken.get(&hash) {
                let own = taken.actor == actor;
                if !own {
                    next.extend(&taken.deps);
                }
                (own, taken.seq)
            } else if let Some(meta) = self
                .here
                .and_then(|here| here.get_change_meta_by_hash(&hash))
            {
                let own = meta.actor.to_bytes() == change.actor;
                if !own {
                    next.extend(&meta.deps);
                }
                (own, meta.seq)
            } else {
                continue;
            };
            if own && seq + 1 == change.seq {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// No change of `here` that the new ones do not come after stands in a place that they take.
    pub(crate) fn no_fork(&self) -> Result<(), DocRefusal> {
        let Some(here) = self.here.filter(|_| !self.taken.is_empty()) else {
            return Ok(());
        };
        let onto: Vec<_> = self.onto.iter().copied().collect();
        let forks = here.get_changes_meta(&onto).iter().any(|change| {
            self.chains
                .get(change.actor.to_bytes())
                .is_some_and(|chain| change.seq >= chain.first)
        });
        if forks { Err(DocRefusal::Fork) } else { Ok(()) }
    }
}
