//! The rules that every honest change keeps: it depends on changes that are there, its numbers
//! follow theirs, and it comes after its own actor's change before it.
//!
//! They are what makes one seal vouch for a whole chain and a number per actor enough to tell what
//! somebody has ([`crate::clock`]), and what Automerge relies on without checking. No change of an actor may come after both
//! branches of its own fork.

use std::collections::{HashMap, HashSet, VecDeque};

use automerge::{Change, ChangeHash, ChangeMetadata};

use crate::{Copy, DocRefusal};

/// How many operations one change may have: some more than it takes to replace the longest text by another.
const MAX_OPERATIONS: u64 = 2_500_000;
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

    /// Numbers go on without a gap: a saved document does not tell where a change begins, and
    /// who loads it takes it to be just there. (An empty change has no operation of its own: its numbers
    /// stop one short of its beginning.)
    fn counts_on_from(&self, highest: u64) -> bool {
        self.start_op == highest.saturating_add(1)
            && self.max_op + 1 >= self.start_op
            && u32::try_from(self.max_op).is_ok()
    }

    /// How many operations it has.
    pub(crate) const fn operations(&self) -> u64 {
        (self.max_op + 1).saturating_sub(self.start_op)
    }

    /// A few bytes can say millions of operations.
    const fn is_bounded(&self) -> bool {
        self.operations() <= MAX_OPERATIONS
    }
}

/// What is checked so far of one message, change after change.
pub(crate) struct Checks<'a> {
    here: Option<&'a Copy>,
    taken: HashMap<ChangeHash, Taken<'a>>,
    chains: HashMap<&'a [u8], Chain>,
    forks: bool,
    steps: usize,
}

/// What the message holds of one actor's chain.
struct Chain {
    count: usize,
    first: u64,
    last: u64,
}

/// A change of the message that keeps the rules.
pub(crate) struct Taken<'a> {
    pub(crate) actor: &'a [u8],
    pub(crate) seq: u64,
    pub(crate) deps: &'a [ChangeHash],
    /// The actor's change before it.
    pub(crate) previous: Option<ChangeHash>,
    max_op: u64,
}

impl<'a> Checks<'a> {
    /// Nothing checked yet; `here` is the document that the changes come to.
    pub(crate) fn new(here: Option<&'a Copy>) -> Self {
        Self {
            here,
            taken: HashMap::new(),
            chains: HashMap::new(),
            forks: false,
            steps: 0,
        }
    }

    /// Takes the next change, if it keeps the rules.
    pub(crate) fn take(&mut self, change: &Link<'a>) -> Result<(), DocRefusal> {
        let mut highest = 0;
        for dep in change.deps {
            let max_op = if let Some(taken) = self.taken.get(dep) {
                taken.max_op
            } else {
                let here = self
                    .here
                    .and_then(|here| here.look(dep, |seen| seen.max_op));
                here.ok_or(DocRefusal::Incomplete)?
            };
            highest = highest.max(max_op);
        }
        if change.claims_author || change.seq == 0 || !change.counts_on_from(highest) {
            return Err(DocRefusal::Malformed);
        }
        if !change.is_bounded() {
            return Err(DocRefusal::TooLarge);
        }
        self.place(change);
        let previous = self.own_before(change)?;
        if previous.is_none() && change.seq > 1 {
            return Err(DocRefusal::Incomplete);
        }
        if self.is_forked(change.actor) && self.joins_branches(change)? {
            return Err(DocRefusal::Malformed);
        }
        let taken = Taken {
            actor: change.actor,
            seq: change.seq,
            deps: change.deps,
            previous,
            max_op: change.max_op,
        };
        self.taken.insert(change.hash, taken);
        Ok(())
    }

    /// Puts the change in its actor's chain; notices if its place is not just after the last.
    fn place(&mut self, change: &Link<'a>) {
        if let Some(chain) = self.chains.get_mut(change.actor) {
            self.forks |= change.seq != chain.last + 1;
            chain.count += 1;
            chain.first = chain.first.min(change.seq);
            chain.last = chain.last.max(change.seq);
            return;
        }
        let chain = Chain {
            count: 1,
            first: change.seq,
            last: change.seq,
        };
        self.chains.insert(change.actor, chain);
    }

    /// The actor's change before this one, which must be among those that this one comes after.
    /// (Of the actor's changes there, the nearest is met first; one for another place is wrong.)
    fn own_before(&mut self, change: &Link<'a>) -> Result<Option<ChangeHash>, DocRefusal> {
        let mut seen = HashSet::new();
        let mut next: VecDeque<ChangeHash> = change.deps.iter().copied().collect();
        if change.seq == 1 && self.is_first(change.actor) {
            return Ok(None);
        }
        while let Some(hash) = next.pop_front() {
            self.steps += 1;
            if self.steps > MAX_STEPS {
                return Err(DocRefusal::Malformed);
            }
            if !seen.insert(hash) {
                continue;
            }
            let own = if let Some(taken) = self.taken.get(&hash) {
                let own = (taken.actor == change.actor).then_some(taken.seq);
                if own.is_none() {
                    next.extend(taken.deps);
                }
                own
            } else {
                let look = |seen: &Seen<'_>| {
                    let own = (seen.actor == change.actor).then_some(seen.seq);
                    let deps = if own.is_none() {
                        seen.deps.to_vec()
                    } else {
                        Vec::new()
                    };
                    (own, deps)
                };
                let found = self.here.and_then(|here| here.look(&hash, look));
                let (own, deps) = found.unwrap_or_default();
                next.extend(deps);
                own
            };
            match own {
                Some(seq) if seq + 1 == change.seq => return Ok(Some(hash)),
                // Its own later change is among those it comes after.
                Some(seq) if seq >= change.seq => return Err(DocRefusal::Malformed),
                _ => {}
            }
        }
        Ok(None)
    }

    /// Whether this actor has two changes in one place, here or in the message.
    fn is_forked(&self, actor: &[u8]) -> bool {
        let branches = self.here.map_or(0, |here| here.branches(actor));
        let written = self.here.map_or(0, |here| here.written(actor));
        let twice = |chain: &Chain| {
            written >= chain.first || chain.count as u64 > chain.last - chain.first + 1
        };
        branches > 1 || self.chains.get(actor).is_some_and(twice)
    }

    /// Whether the change comes after both branches of its own actor's fork: then the seal
    /// at its end would vouch for one of them only, and peers would not agree on which.
    fn joins_branches(&mut self, change: &Link<'a>) -> Result<bool, DocRefusal> {
        let mut places: HashMap<u64, ChangeHash> = HashMap::new();
        let mut seen = HashSet::new();
        let mut next: Vec<ChangeHash> = change.deps.to_vec();
        while let Some(hash) = next.pop() {
            self.steps += 1;
            if self.steps > MAX_STEPS {
                return Err(DocRefusal::Malformed);
            }
            if !seen.insert(hash) {
                continue;
            }
            let own = if let Some(taken) = self.taken.get(&hash) {
                next.extend(taken.deps);
                (taken.actor == change.actor).then_some(taken.seq)
            } else {
                let mut own = None;
                let found = self.here.and_then(|here| {
                    here.look(&hash, |seen| {
                        own = (seen.actor == change.actor).then_some(seen.seq);
                        seen.deps.to_vec()
                    })
                });
                next.extend(found.unwrap_or_default());
                own
            };
            if own.is_some_and(|seq| places.insert(seq, hash).is_some()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether nothing of this actor was there before this change.
    fn is_first(&self, actor: &[u8]) -> bool {
        let in_message = self.chains.get(actor).is_some_and(|chain| chain.count > 1);
        !in_message && self.here.is_none_or(|here| here.written(actor) == 0)
    }

    /// The changes that keep the rules.
    pub(crate) const fn taken(&self) -> &HashMap<ChangeHash, Taken<'a>> {
        &self.taken
    }

    /// Whether one of them stands in a place that another stands in, here or in the message.
    pub(crate) fn forks(&self) -> bool {
        let taken = |(actor, chain): (&&[u8], &Chain)| {
            self.here
                .is_some_and(|here| here.written(actor) >= chain.first)
        };
        self.forks || self.chains.iter().any(taken)
    }
}

/// A change that is known, as far as the rules look at it.
pub(crate) struct Seen<'a> {
    pub(crate) actor: &'a [u8],
    pub(crate) seq: u64,
    pub(crate) max_op: u64,
    pub(crate) deps: &'a [ChangeHash],
}
