//! The rules that every honest change keeps: it depends on changes that are there, its numbers
//! follow theirs, and it comes after its own actor's change before it.
//!
//! They are what makes one seal vouch for a whole chain and a number per actor enough to tell what
//! somebody has ([`crate::clock`]), and what Automerge relies on without checking. No change of an actor may come after both
//! branches of its own fork.
//!
//! Nearly always the change before is where the chain ends so far, and what is left to see is that the new one comes after it
//! ([`Past`]). Only where a chain forks must be found out on which branch a change lies ([`Tangle`]).

mod past;
mod tangle;

use std::collections::HashMap;

use automerge::{Change, ChangeHash, ChangeMetadata};
use foldhash::fast::RandomState;

use self::{past::Past, tangle::Tangle};
use crate::{Copy, DocRefusal};

/// How many operations one change may have: some more than it takes to replace the longest text by another.
const MAX_OPERATIONS: u64 = 2_500_000;
/// How many steps through history the checks of one message may take. A document of 100,000 changes may
/// have 150 chains that fork, and each change of it may look past 150 concurrent ones for its own chain.
const MAX_STEPS: usize = 16_000_000;

/// A change as a link of its actor's chain.
pub(crate) struct Link<'a> {
    pub(crate) hash: ChangeHash,
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

    /// What no change of a stranger may be, whoever vouches for it: a few bytes can say millions of operations, and an author is a
    /// claim that nobody signs.
    pub(crate) const fn bounds(&self) -> Result<(), DocRefusal> {
        if self.claims_author {
            return Err(DocRefusal::Malformed);
        }
        if self.operations() > MAX_OPERATIONS {
            return Err(DocRefusal::TooLarge);
        }
        Ok(())
    }
}

/// What is checked so far of one message, change after change.
pub(crate) struct Checks<'a> {
    here: Option<&'a Copy>,
    taken: Taken<'a>,
    chains: Chains<'a>,
    past: Past,
    /// How the chains that fork lie, once there is one.
    tangle: Option<Tangle>,
    forks: bool,
    steps: Steps,
}

/// The changes of the message that keep the rules, in the order in which they came.
#[derive(Default)]
pub(crate) struct Taken<'a> {
    changes: Vec<OneTaken<'a>>,
    /// Where the first of them stand, by name.
    places: HashMap<ChangeHash, usize, RandomState>,
    /// How many these are.
    named: usize,
    /// Of all changes, one after the other, where each that they depend on stands. ([`ELSEWHERE`]: not in the message.)
    before: Vec<usize>,
}

/// How many changes are looked through one by one, which takes less than to put each of them in a table: twenty people who each write a few
/// times, all at once.
const NEAR: usize = 128;
/// The place of a change that did not come with the message.
const ELSEWHERE: usize = usize::MAX;

/// A change of the message that keeps the rules.
pub(crate) struct OneTaken<'a> {
    pub(crate) hash: ChangeHash,
    pub(crate) actor: &'a [u8],
    pub(crate) seq: u64,
    pub(crate) deps: &'a [ChangeHash],
    /// The place of the actor's change before it, if that came with the message too.
    pub(crate) previous: Option<usize>,
    max_op: u64,
    /// From where in [`Taken::before`] those that it depends on stand.
    before: usize,
}

/// The chains that get changes, and which of them got the last.
#[derive(Default)]
struct Chains<'a> {
    all: Vec<Chain>,
    places: HashMap<&'a [u8], usize, RandomState>,
    last: Option<(&'a [u8], usize)>,
}

/// What is known of one actor's chain, here and in the message.
struct Chain {
    /// Of the message: how many changes, the lowest and the highest number.
    count: usize,
    first: u64,
    last: u64,
    /// Of this copy: how many changes the longest branch has, and how many branches there are.
    written: u64,
    branches: usize,
    /// Where it ends so far.
    end: Option<End>,
}

/// The end of a chain that does not fork.
#[derive(Clone, Copy)]
struct End {
    hash: ChangeHash,
    seq: u64,
    max_op: u64,
    /// Its place in the message, if it is there.
    place: Option<usize>,
}

/// How many steps are left.
struct Steps(usize);

impl<'a> Checks<'a> {
    /// Nothing checked yet; `here` is the document that the changes come to, `count` about how many they are.
    pub(crate) fn new(here: Option<&'a Copy>, count: usize) -> Self {
        Self {
            here,
            taken: Taken::of_about(count),
            chains: Chains::default(),
            past: Past::of_about(count),
            tangle: None,
            forks: false,
            steps: Steps(MAX_STEPS),
        }
    }

    /// Takes the next change, if it keeps the rules.
    pub(crate) fn take(&mut self, change: &Link<'a>) -> Result<(), DocRefusal> {
        let before = self.taken.before.len();
        let highest = self.look_before(change.deps)?;
        if change.seq == 0 || !change.counts_on_from(highest) {
            return Err(DocRefusal::Malformed);
        }
        let chain = self.place(change);
        let previous = self.own_before(change, before, chain)?;
        let place = self.taken.changes.len();
        self.past.add(place, &self.taken.before[before..]);
        if let Some(tangle) = &mut self.tangle {
            tangle.add(change.hash, change.actor, change.seq, change.deps);
        }
        self.chains.all[chain].end = Some(End {
            hash: change.hash,
            seq: change.seq,
            max_op: change.max_op,
            place: Some(place),
        });
        self.taken.changes.push(OneTaken {
            hash: change.hash,
            actor: change.actor,
            seq: change.seq,
            deps: change.deps,
            previous,
            max_op: change.max_op,
            before,
        });
        Ok(())
    }

    /// Looks up once what a change depends on. Gives the highest number of an operation that it comes after.
    fn look_before(&mut self, deps: &[ChangeHash]) -> Result<u64, DocRefusal> {
        let mut highest = 0;
        for dep in deps {
            let taken = self.taken.place(dep);
            let highest_here = || self.here?.look(dep, |seen| seen.max_op);
            let max_op =
                taken.map_or_else(highest_here, |place| Some(self.taken.changes[place].max_op));
            let (place, max_op) = (
                taken.unwrap_or(ELSEWHERE),
                max_op.ok_or(DocRefusal::Incomplete)?,
            );
            self.taken.before.push(place);
            highest = highest.max(max_op);
        }
        Ok(highest)
    }

    /// Puts the change in its actor's chain, and says which that is; notices if its place is not just after the last.
    fn place(&mut self, change: &Link<'a>) -> usize {
        if let Some(place) = self.chains.find(change.actor) {
            let chain = &mut self.chains.all[place];
            self.forks |= change.seq != chain.last + 1;
            chain.count += 1;
            chain.first = chain.first.min(change.seq);
            chain.last = chain.last.max(change.seq);
            return place;
        }
        let end = |here: &Copy| {
            let (seq, hash) = here.end(change.actor)?;
            let max_op = here.look(&hash, |seen| seen.max_op)?;
            Some(End {
                hash,
                seq,
                max_op,
                place: None,
            })
        };
        self.chains.add(
            change.actor,
            Chain {
                count: 1,
                first: change.seq,
                last: change.seq,
                written: self.here.map_or(0, |here| here.written(change.actor)),
                branches: self.here.map_or(0, |here| here.branches(change.actor)),
                end: self.here.and_then(end),
            },
        )
    }

    /// The actor's change before this one, which must be among those that this one comes after: its place, if it
    /// came with the message. `before` is from where in [`Taken::before`] those stand that it depends on.
    fn own_before(
        &mut self,
        change: &Link<'a>,
        before: usize,
        chain: usize,
    ) -> Result<Option<usize>, DocRefusal> {
        let chain = &self.chains.all[chain];
        if chain.forks() {
            return self.before_on_its_branch(change);
        }
        let Some(end) = chain.end else {
            let begins = change.seq == 1;
            return begins.then_some(None).ok_or(DocRefusal::Incomplete);
        };
        let (past, steps) = (&mut self.past, &mut self.steps);
        let follows = end.seq + 1 == change.seq
            && past.reaches(self.here, &self.taken, (change.deps, before), &end, steps)?;
        follows.then_some(end.place).ok_or(DocRefusal::Incomplete)
    }

    /// The same, where the chain has several branches: the change must lie on one of them, at its end.
    fn before_on_its_branch(&mut self, change: &Link<'a>) -> Result<Option<usize>, DocRefusal> {
        let tangle = self.tangle.get_or_insert_with(|| {
            let mut tangle = Tangle::of(self.here);
            for taken in &self.taken.changes {
                tangle.add(taken.hash, taken.actor, taken.seq, taken.deps);
            }
            tangle
        });
        match tangle.before(change.actor, change.deps, &mut self.steps)? {
            None if change.seq == 1 => Ok(None),
            Some((hash, seq)) if seq + 1 == change.seq => Ok(self.taken.place(&hash)),
            // Its own later change is among those it comes after.
            Some((_, seq)) if seq >= change.seq => Err(DocRefusal::Malformed),
            _ => Err(DocRefusal::Incomplete),
        }
    }

    /// The changes that keep the rules.
    pub(crate) const fn taken(&self) -> &Taken<'a> {
        &self.taken
    }

    /// Where the change stands in the message which is said to be the newest of this actor's, if it came with it.
    pub(crate) fn place_of_tip(&mut self, actor: &[u8], tip: &ChangeHash) -> Option<usize> {
        let chain = self.chains.find(actor);
        let end = chain.and_then(|chain| self.chains.all[chain].end);
        match end {
            Some(end) if end.hash == *tip => end.place,
            _ => self.taken.place(tip),
        }
    }

    /// Those who made them.
    pub(crate) fn actors(&self) -> impl Iterator<Item = &'a [u8]> {
        self.chains.places.keys().copied()
    }

    /// Whether one of them stands in a place that another stands in, here or in the message.
    pub(crate) fn forks(&self) -> bool {
        let twice = |chain: &Chain| chain.written >= chain.first;
        self.forks || self.chains.all.iter().any(twice)
    }
}

impl<'a> Chains<'a> {
    fn find(&mut self, actor: &[u8]) -> Option<usize> {
        if let Some((last, place)) = self.last
            && last == actor
        {
            return Some(place);
        }
        let (actor, place) = self.places.get_key_value(actor)?;
        self.last = Some((actor, *place));
        Some(*place)
    }

    fn add(&mut self, actor: &'a [u8], chain: Chain) -> usize {
        let place = self.all.len();
        self.all.push(chain);
        self.places.insert(actor, place);
        self.last = Some((actor, place));
        place
    }
}

impl<'a> Taken<'a> {
    fn of_about(count: usize) -> Self {
        Self {
            changes: Vec::with_capacity(count),
            places: HashMap::default(),
            named: 0,
            before: Vec::with_capacity(count),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// In the order in which they came.
    pub(crate) fn changes(&self) -> &[OneTaken<'a>] {
        &self.changes
    }

    /// Where a change stands. Nearly always that is asked for one of the last that came, on which the next one builds, so all of them are put
    /// in order by name only where another is asked for.
    fn place(&mut self, hash: &ChangeHash) -> Option<usize> {
        let before = self.changes.len().saturating_sub(NEAR);
        let near = self.changes[before..].iter();
        if let Some(at) = near.rev().position(|change| change.hash == *hash) {
            return Some(self.changes.len() - 1 - at);
        }
        if before == 0 {
            return None;
        }
        // All that came will be named sooner or later: room for it is made once.
        if self.named == 0 {
            self.places.reserve(self.changes.capacity());
        }
        let others = self.changes.iter().enumerate().skip(self.named);
        self.places
            .extend(others.map(|(place, change)| (change.hash, place)));
        self.named = self.changes.len();
        self.places.get(hash).copied()
    }
}

impl Chain {
    /// Whether two of its changes stand in one place, here or in the message.
    const fn forks(&self) -> bool {
        let twice = self.count as u64 > self.last - self.first + 1;
        self.branches > 1 || self.written >= self.first || twice
    }
}

impl Steps {
    fn take(&mut self, steps: usize) -> Result<(), DocRefusal> {
        self.0 = self.0.checked_sub(steps).ok_or(DocRefusal::Malformed)?;
        Ok(())
    }
}

/// A change that is known, as far as the rules look at it.
pub(crate) struct Seen<'a> {
    pub(crate) max_op: u64,
    pub(crate) deps: &'a [ChangeHash],
}
