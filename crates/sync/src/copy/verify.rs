//! Checking what a peer sent, before anything of it is kept.
//!
//! 1. Read it: only uncompressed changes, or one saved document.
//! 2. Every change keeps the rules of an honest chain ([`crate::chain`]).
//! 3. Every change that is not known here lies on a chain whose end is sealed by a device that may write this document.
//! 4. What counts of all known is worked out ([`super::recount`]), where that is not plainly all.
//! 5. It is tried on a copy ([`crate::trial`]).
//!
//! One change that fails, and nothing of the message is taken: an honest peer sends none.

#[cfg(feature = "unsealed")]
mod unsealed;

use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

use automerge::{
    Automerge, Change, ChangeHash, ChangeMetadata, LoadOptions, OnPartialLoad, ReadDoc,
};
use foldhash::fast::RandomState;
use tresse_model::{DocId, NetworkId, genesis_hash};
use tresse_trust::{DeviceStanding, Membership, ReadSeal, Seal, prove};

use super::{Copy, Shown, Verified, begins};
use crate::{
    DocRefusal, Incoming,
    chain::{Checks, Link, OneTaken, Taken},
    clock::knows,
    document::plain_change,
    trial,
    unfolded::{MOST_THINGS, Unfolded},
    wire::{Body, Bytes},
};

/// What came whole is kept in the bytes in which it came, up to this length. Beyond, it is saved anew: whoever sent it chose how tightly it is packed.
const AS_IT_CAME: usize = 256 * 1024;

impl Copy {
    /// Checks what a peer sent of this document, changing nothing.
    ///
    /// # Errors
    /// [`DocRefusal`]: nothing of it may be taken.
    pub fn verify(
        &self,
        incoming: &Incoming,
        members: &Membership,
    ) -> Result<Verified, DocRefusal> {
        let arrived = Arrived::read(incoming, self)?;
        let met = arrived.met(self);
        let mut checks = Checks::new(Some(self), met.len() + arrived.new.len());
        for meta in &met {
            let link = Link::of_meta(meta);
            arrived.bounds(&link)?;
            checks.take(&link)?;
        }
        for change in &arrived.new {
            let link = Link::of_change(change);
            link.bounds()?;
            checks.take(&link)?;
        }
        if checks.taken().is_empty() {
            return Ok(self.nothing());
        }
        let seals = self.vouched(&mut checks, incoming, members)?;
        let actors = checks.actors().filter_map(|actor| actor.try_into().ok());
        let actors = actors.collect();
        let ended = seals
            .iter()
            .any(|seal| members.standing(seal.device()) != DeviceStanding::Active);
        let plain = !checks.forks() && !ended && self.aside.changes.is_empty();
        let unfolded = arrived.unfolded;
        drop(checks);
        drop(met);
        let mut verified = if plain {
            self.grown(arrived, incoming)?
        } else {
            self.count(arrived.changes(self), &seals, members)?
        };
        verified.seals = seals;
        verified.actors = actors;
        verified.unfolded = unfolded;
        Ok(verified)
    }

    /// The same, when it is this document's turn: what was found before ([`crate::Coming::check`]) is used if nothing is otherwise now.
    ///
    /// # Errors
    /// [`DocRefusal`]: nothing of it may be taken.
    pub fn verify_in_turn(
        &self,
        mut incoming: Incoming,
        members: &Arc<Membership>,
    ) -> Result<Verified, DocRefusal> {
        let early = incoming.early.take();
        let found = early.and_then(|early| early.still(self, members));
        found.unwrap_or_else(|| self.verify(&incoming, members))
    }

    /// Whether nothing came to this document or was written in it since its beginning.
    pub(crate) fn is_untouched(&self) -> bool {
        let unwritten = self.seals.is_empty() && self.unsealed.is_none();
        unwritten && self.aside.changes.is_empty()
    }

    /// The document with all that arrived, where all of it counts.
    fn grown(&self, arrived: Arrived, incoming: &Incoming) -> Result<Verified, DocRefusal> {
        let covers = |whole: &Automerge| {
            self.doc.get_heads().iter().all(|head| knows(whole, head)) && arrived.new.is_empty()
        };
        if arrived.whole.as_deref().is_some_and(covers)
            && let Body::Whole(saved) = &incoming.body
        {
            let short = saved.0.len() <= AS_IT_CAME;
            let whole = |whole| Shown::Whole(whole, short.then(|| saved.0.clone()));
            return Ok(Verified {
                change: arrived.whole.map_or(Shown::Same, whole),
                ..self.nothing()
            });
        }
        let changes = arrived.changes(self);
        Ok(Verified {
            change: self.more(changes)?,
            ..self.nothing()
        })
    }

    /// Nothing to take.
    pub(super) fn nothing(&self) -> Verified {
        Verified {
            on: self.doc.get_heads(),
            change: Shown::Same,
            aside: None,
            seals: Vec::new(),
            actors: BTreeSet::new(),
            forgotten: Vec::new(),
            unfolded: 0,
        }
    }

    /// The document with these changes, which count, tried.
    pub(super) fn more(&self, changes: Vec<Change>) -> Result<Shown, DocRefusal> {
        if changes.is_empty() {
            return Ok(Shown::Same);
        }
        let grown = trial::grown(&self.doc, &changes)?;
        Ok(Shown::More(changes, Box::new(grown)))
    }

    /// The seals that vouch for the new changes: every one of these lies before a sealed end of its own
    /// chain, sealed by a device that may write here.
    fn vouched(
        &self,
        checks: &mut Checks<'_>,
        incoming: &Incoming,
        members: &Membership,
    ) -> Result<Vec<Seal>, DocRefusal> {
        let seals = incoming.read_seals(&self.network, &self.id);
        let seals = seals.map_err(|_| DocRefusal::Unsealed)?;
        let tip = |seal: &ReadSeal| {
            let (actor, _, tip) = seal.claim();
            checks.place_of_tip(actor, &ChangeHash(*tip))
        };
        let tips: Vec<Option<usize>> = seals.iter().map(tip).collect();
        let taken = checks.taken();
        let mut places: Vec<usize> = Vec::new();
        let mut read = Vec::new();
        let mut covered = Covered::none(taken);
        for (seal, place) in seals.iter().zip(tips) {
            let (actor, seq, _) = seal.claim();
            // What it vouches for is known, or did not come: it is of no use now.
            let Some(place) = place else {
                continue;
            };
            let end = &taken.changes()[place];
            if end.actor != actor || end.seq != seq {
                return Err(DocRefusal::Unsealed);
            }
            if covered.up_to(place) {
                places.push(place);
                read.push(seal);
            }
        }
        let seals = self.checked(&read, members)?;
        let unvouched = (0..taken.changes().len()).any(|place| {
            !covered.has(place) && !self.is_beginning(&taken.changes()[place], &covered)
        });
        if unvouched {
            return Err(DocRefusal::Unsealed);
        }
        let sealed = places.into_iter().zip(seals);
        Ok(sealed
            .filter(|(place, _)| covered.ends_at(*place))
            .map(|(_, seal)| seal)
            .collect())
    }

    /// The same seals, checked: those that were not proved before with others, now together.
    fn checked(&self, read: &[&ReadSeal], members: &Membership) -> Result<Vec<Seal>, DocRefusal> {
        let check = |seal: &ReadSeal| {
            let seal = seal.verify().map_err(|_| DocRefusal::Unsealed)?;
            may_write(&self.network, &self.id, &seal, members)?;
            Ok(seal)
        };
        if read.iter().all(|seal| seal.is_proved()) {
            return read.iter().copied().map(check).collect();
        }
        let mut together: Vec<ReadSeal> = read.iter().copied().cloned().collect();
        prove(&mut together);
        together.iter().map(check).collect()
    }

    /// Whether it is the change that every document of this kind begins with. Of a kind that only a newer
    /// version knows, it is the first of that name and place on which somebody built, who answers for it.
    fn is_beginning(&self, change: &OneTaken<'_>, covered: &Covered<'_>) -> bool {
        let first = begins(change.actor) && change.seq == 1 && change.deps.is_empty();
        first
            && self.id.kind().map_or_else(
                || covered.build_on(&change.hash),
                |kind| genesis_hash(kind) == change.hash,
            )
    }
}

/// Which of the changes that came lie before a sealed end of their chain.
struct Covered<'a> {
    taken: &'a Taken<'a>,
    stands: Vec<Stands>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// No seal vouches for it.
    Alone,
    /// At a sealed end.
    AtEnd,
    /// Before one.
    Before,
}

impl<'a> Covered<'a> {
    fn none(taken: &'a Taken<'a>) -> Self {
        Self {
            taken,
            stands: vec![Stands::Alone; taken.changes().len()],
        }
    }

    /// Vouched for up to this change. `false`: that was so already.
    fn up_to(&mut self, end: usize) -> bool {
        if self.stands[end] != Stands::Alone {
            return false;
        }
        self.stands[end] = Stands::AtEnd;
        let mut next = self.taken.changes()[end].previous;
        while let Some(place) = next.filter(|place| self.stands[*place] != Stands::Before) {
            self.stands[place] = Stands::Before;
            next = self.taken.changes()[place].previous;
        }
        true
    }

    fn has(&self, place: usize) -> bool {
        self.stands[place] != Stands::Alone
    }

    fn ends_at(&self, place: usize) -> bool {
        self.stands[place] == Stands::AtEnd
    }

    /// Whether one of them depends on this change.
    fn build_on(&self, hash: &ChangeHash) -> bool {
        let changes = self.taken.changes().iter().enumerate();
        let mut covered = changes.filter(|(place, _)| self.has(*place));
        covered.any(|(_, change)| change.deps.contains(hash))
    }
}

/// Whether the device that sealed may write, or once might, in this document.
fn may_write(
    network: &NetworkId,
    doc: &DocId,
    seal: &Seal,
    members: &Membership,
) -> Result<(), DocRefusal> {
    let owner = members.owner(seal.device()).ok_or(DocRefusal::NotAllowed)?;
    let allowed = !doc.is_personal() || doc.belongs_to(network, &owner);
    allowed.then_some(()).ok_or(DocRefusal::NotAllowed)
}

/// What came, read.
struct Arrived {
    whole: Option<Box<Automerge>>,
    /// How many bytes that unfolded to.
    unfolded: u64,
    /// Changes not known here that came one by one, each after those it depends on.
    new: Vec<Change>,
}

impl Arrived {
    fn read(incoming: &Incoming, here: &Copy) -> Result<Self, DocRefusal> {
        let (mut whole, mut unfolded, mut single) = (None, 0, [].as_slice());
        match &incoming.body {
            Body::Whole(bytes) => {
                let (loaded, bytes) = load(&bytes.0, here)?;
                (whole, unfolded) = (Some(Box::new(loaded)), bytes);
            }
            Body::Changes(changes) => single = changes.as_slice(),
            // It was unpacked where it came in.
            Body::Packed(_) => return Err(DocRefusal::Malformed),
        }
        let mut new = Vec::new();
        let mut counted = Unfolded::default();
        // What came twice came once.
        let mut came: HashSet<ChangeHash, RandomState> = HashSet::default();
        let in_whole = |hash: &ChangeHash| whole.as_ref().is_some_and(|whole| knows(whole, hash));
        for bytes in single.iter().chain(&incoming.aside) {
            let change = plain_change(&bytes.0, &mut counted)?;
            let hash = change.hash();
            if !here.knows(&hash) && !in_whole(&hash) && came.insert(hash) {
                new.push(change);
            }
        }
        Ok(Self {
            whole,
            unfolded,
            new,
        })
    }

    /// The changes of the whole document that are not known here.
    fn met(&self, here: &Copy) -> Vec<ChangeMetadata<'_>> {
        let Some(whole) = &self.whole else {
            return Vec::new();
        };
        let shared = shared(whole, here);
        let mut met = whole.get_changes_meta(&shared);
        // Where it holds all that is known here, nothing that is left is known.
        if shared.len() < here.doc.get_heads().len() || !here.aside.changes.is_empty() {
            met.retain(|meta| !here.knows(&meta.hash));
        }
        met
    }

    /// Checks that a change of the whole document is no larger than it might be if it had come by itself.
    fn bounds(&self, change: &Link<'_>) -> Result<(), DocRefusal> {
        change.bounds()?;
        if change.operations() > MOST_THINGS {
            self.measure(&change.hash)?;
        }
        Ok(())
    }

    fn measure(&self, hash: &ChangeHash) -> Result<(), DocRefusal> {
        let whole = self.whole.as_deref();
        let change = whole.and_then(|whole| whole.get_change_by_hash(hash));
        let change = change.ok_or(DocRefusal::Malformed)?;
        Unfolded::default().add_change(change.raw_bytes())
    }

    /// All changes not known here, each after those it depends on.
    fn changes(self, here: &Copy) -> Vec<Change> {
        let Some(whole) = &self.whole else {
            return self.new;
        };
        let mut changes = whole.get_changes(&shared(whole, here));
        changes.retain(|change| !here.knows(&change.hash()));
        changes.extend(self.new);
        changes
    }
}

fn load(bytes: &[u8], here: &Copy) -> Result<(Automerge, u64), DocRefusal> {
    let options = LoadOptions::new()
        .text_encoding(here.doc.text_encoding())
        .on_partial_load(OnPartialLoad::Error);
    trial::load(bytes, options)
}

/// Heads here that the other document has too: all before them is shared.
fn shared(whole: &Automerge, here: &Copy) -> Vec<ChangeHash> {
    let heads = here.doc.get_heads();
    heads
        .into_iter()
        .filter(|head| knows(whole, head))
        .collect()
}

impl Verified {
    /// Whether there is nothing to take.
    pub fn is_nothing(&self) -> bool {
        matches!(self.change, Shown::Same)
            && self.aside.is_none()
            && self.seals.is_empty()
            && self.forgotten.is_empty()
    }

    /// How many bytes the whole document unfolded to, if one came: about what it takes in memory until it is taken.
    pub(crate) const fn unfolded(&self) -> u64 {
        self.unfolded
    }
}

impl Copy {
    /// Proves this copy as if a peer had sent it: every seal, every rule, and that it shows what counts.
    ///
    /// # Errors
    /// What fails.
    pub fn prove(&self, members: &Membership) -> Result<(), DocRefusal> {
        let seals = self.seals().map(|seal| seal.bytes().to_vec());
        let incoming = Incoming {
            body: Body::Whole(Bytes(self.doc.save())),
            aside: self
                .aside
                .changes
                .iter()
                .map(|change| Bytes(change.raw_bytes().to_vec()))
                .collect(),
            seals: seals.collect(),
            read: None,
            early: None,
        };
        let empty = Automerge::new_with_encoding(self.doc.text_encoding());
        let mut anew = Self::new(self.network, self.id, empty);
        let verified = anew.verify(&incoming, members)?;
        anew.take(verified)?;
        let same = anew.doc.get_heads() == self.doc.get_heads() && anew.heads() == self.heads();
        same.then_some(()).ok_or(DocRefusal::Miscounted)
    }
}
