//! The acts in an order in which everything stands after what it comes after.

use std::collections::{BTreeMap, BTreeSet};

use crate::{ActId, ActSet, VerifiedAct};

/// A set of places in an [`Order`].
#[derive(Clone)]
pub(super) struct Places(Vec<u64>);

impl Places {
    pub(super) fn none(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    pub(super) fn contains(&self, place: usize) -> bool {
        self.0[place / 64] & (1u64 << (place % 64)) != 0
    }

    pub(super) fn insert(&mut self, place: usize) {
        self.0[place / 64] |= 1u64 << (place % 64);
    }

    /// Whether all of these are among the others.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        let words = self.0.iter().zip(&other.0);
        words.into_iter().all(|(word, other)| word & !other == 0)
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }
}

/// The acts whose whole past is known, each after everything it comes after, ties by id; with each
/// one's past.
///
/// The places of two acts among the acts before both of them do not change when more acts come: the order of any
/// set that holds the past of each of its acts is the order of the whole, with the rest left out.
pub(super) struct Order<'a> {
    pub(super) acts: Vec<&'a VerifiedAct>,
    pasts: Vec<Places>,
    places: BTreeMap<ActId, usize>,
}

impl<'a> Order<'a> {
    pub(super) fn of(set: &'a ActSet) -> Self {
        let mut waits_for: BTreeMap<ActId, usize> = BTreeMap::new();
        let mut followers: BTreeMap<ActId, Vec<ActId>> = BTreeMap::new();
        let mut ready = BTreeSet::new();
        for act in set.iter() {
            let after = &act.act().after;
            if after.is_empty() {
                ready.insert(act.id());
            }
            waits_for.insert(act.id(), after.len());
            for earlier in after {
                followers.entry(*earlier).or_default().push(act.id());
            }
        }
        let mut order = Self {
            acts: Vec::with_capacity(set.len()),
            pasts: Vec::with_capacity(set.len()),
            places: BTreeMap::new(),
        };
        while let Some(id) = ready.pop_first() {
            let Some(act) = set.get(&id) else { continue };
            let past = order.past_of(act, set.len());
            order.places.insert(id, order.acts.len());
            order.acts.push(act);
            order.pasts.push(past);
            for follower in followers.get(&id).into_iter().flatten() {
                if let Some(missing) = waits_for.get_mut(follower) {
                    *missing -= 1;
                    if *missing == 0 {
                        ready.insert(*follower);
                    }
                }
            }
        }
        order
    }

    fn past_of(&self, act: &VerifiedAct, count: usize) -> Places {
        let mut past = Places::none(count);
        for earlier in &act.act().after {
            if let Some(&place) = self.places.get(earlier) {
                // What another named act knew is known already.
                if !past.contains(place) {
                    past.add(&self.pasts[place]);
                    past.insert(place);
                }
            }
        }
        past
    }

    pub(super) fn len(&self) -> usize {
        self.acts.len()
    }

    /// Whether the act at `earlier` stands before the act at `at`.
    pub(super) fn stands_before(&self, earlier: usize, at: usize) -> bool {
        self.pasts[at].contains(earlier)
    }

    /// The same, or it is the act at `at` itself.
    pub(super) fn is_known_at(&self, earlier: usize, at: usize) -> bool {
        earlier == at || self.stands_before(earlier, at)
    }

    pub(super) fn past(&self, at: usize) -> &Places {
        &self.pasts[at]
    }

    /// Where the act with this name stands, if its whole past is known.
    pub(super) fn place(&self, id: &ActId) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// Where the act with this name stands, if that is before `at`.
    pub(super) fn place_before(&self, id: &ActId, at: usize) -> Option<usize> {
        self.place(id)
            .filter(|place| self.stands_before(*place, at))
    }
}
