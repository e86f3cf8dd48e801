//! Working out what counts of all that is known, where that is not plainly all of it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use automerge::{Automerge, Change, ChangeHash};
use tresse_model::DeviceId;
use tresse_trust::{Counted, DeviceStanding, Fork, Link, Membership, Seal, Voice, count};

use super::{Actor, Copy, Shown, Verified, begins};
use crate::{DocRefusal, trial};

impl Copy {
    /// Works out anew what counts, by acts that changed. `None`: what counted counts, and nothing else.
    ///
    /// # Errors
    /// [`DocRefusal`] where what counts cannot be put together, which would be a fault of this program.
    pub fn recount(&self, members: &Membership) -> Result<Option<Verified>, DocRefusal> {
        let concerned = !self.aside.changes.is_empty()
            || self
                .seals()
                .any(|seal| members.standing(seal.device()) != DeviceStanding::Active);
        if !concerned {
            return Ok(None);
        }
        let verified = self.count(Vec::new(), &[], members)?;
        Ok(if verified.is_nothing() {
            None
        } else {
            Some(verified)
        })
    }

    /// Places where one chain has two continuations.
    pub fn forks(&self, members: &Membership) -> Vec<Fork> {
        if self.aside.changes.is_empty() {
            return Vec::new();
        }
        let known = self.known(Vec::new());
        self.weigh(&known, &[], members).forks
    }

    /// How far a chain counts: the number and hash of its last change in the document shown.
    pub fn counted_end(&self, actor: &Actor) -> Option<(u64, ChangeHash)> {
        let changes = self.doc.get_changes_meta(&[]);
        let own = changes.iter().filter(|meta| meta.actor.to_bytes() == actor);
        own.max_by_key(|meta| meta.seq)
            .map(|meta| (meta.seq, meta.hash))
    }

    /// What a device wrote that is set aside, branch by branch: the document as it was on that branch, and
    /// which changes of the device in it are aside.
    ///
    /// # Errors
    /// [`DocRefusal`] where a branch cannot be put together, which would be a fault of this program.
    pub fn branches_of(
        &self,
        device: &DeviceId,
    ) -> Result<Vec<(Automerge, Vec<ChangeHash>)>, DocRefusal> {
        let theirs = |change: &&Change| self.author(change.actor_id().to_bytes()) == Some(*device);
        let own: Vec<&Change> = self.aside.changes.iter().filter(theirs).collect();
        let mut ends: BTreeSet<ChangeHash> = own.iter().map(|change| change.hash()).collect();
        for change in &own {
            if ends.contains(&change.hash()) {
                for before in self.past(change.hash()) {
                    ends.remove(&before);
                }
            }
        }
        let mut branches = Vec::new();
        for end in ends {
            let mut past = self.past(end);
            past.insert(end);
            let known = self.known(Vec::new());
            let branch: Vec<Change> = known
                .into_iter()
                .filter(|change| past.contains(&change.hash()))
                .collect();
            let which: Vec<ChangeHash> = own
                .iter()
                .map(|change| change.hash())
                .filter(|hash| past.contains(hash))
                .collect();
            branches.push((trial::build(self.doc.text_encoding(), &branch)?, which));
        }
        Ok(branches)
    }

    /// Everything that a change comes after.
    fn past(&self, of: ChangeHash) -> BTreeSet<ChangeHash> {
        let mut past = BTreeSet::new();
        let mut next = self.deps(&of);
        while let Some(hash) = next.pop() {
            if past.insert(hash) {
                next.extend(self.deps(&hash));
            }
        }
        past
    }

    /// What counts of all that is known and of `new`.
    pub(super) fn count(
        &self,
        new: Vec<Change>,
        seals: &[Seal],
        members: &Membership,
    ) -> Result<Verified, DocRefusal> {
        // What is set aside is tried only when it comes to count.
        if new
            .iter()
            .any(|change| trial::kind(change) == trial::Kind::Odd)
        {
            return Err(DocRefusal::Malformed);
        }
        let known = self.known(new);
        let Counted {
            counts, worthless, ..
        } = self.weigh(&known, seals, members);
        let shown: HashSet<ChangeHash> = self
            .doc
            .get_changes_meta(&[])
            .iter()
            .map(|meta| meta.hash)
            .collect();
        let mut counting = Vec::new();
        let mut aside = Vec::new();
        let mut forgotten = Vec::new();
        for ((change, counts), worthless) in known.into_iter().zip(counts).zip(worthless) {
            if counts {
                counting.push(change);
            } else if worthless {
                forgotten.push(change.hash());
            } else {
                aside.push(change);
            }
        }
        let still = counting
            .iter()
            .filter(|change| shown.contains(&change.hash()))
            .count();
        let change = if still == shown.len() {
            counting.retain(|change| !shown.contains(&change.hash()));
            self.more(counting)?
        } else {
            Shown::Anew(Box::new(trial::build(self.doc.text_encoding(), &counting)?))
        };
        let same = aside.len() == self.aside.changes.len()
            && aside
                .iter()
                .all(|change| self.aside.places.contains_key(&change.hash()));
        Ok(Verified {
            change,
            aside: (!same).then_some(aside),
            forgotten,
            ..self.nothing()
        })
    }

    /// Everything known and `new`, each after those it depends on.
    fn known(&self, new: Vec<Change>) -> Vec<Change> {
        let mut known = self.doc.get_changes(&[]);
        known.extend(self.aside.changes.iter().cloned());
        known.extend(new);
        known
    }

    fn weigh(&self, known: &[Change], seals: &[Seal], members: &Membership) -> Counted {
        let mut devices: BTreeMap<&Actor, &Seal> = BTreeMap::new();
        devices.extend(self.seals().map(|seal| (seal.actor(), seal)));
        devices.extend(seals.iter().map(|seal| (seal.actor(), seal)));
        let voice = |actor: &Actor| {
            if begins(actor) {
                return Voice::Genesis;
            }
            let device = devices.get(actor).map(|seal| seal.device());
            let owner = device.and_then(|device| Some((device, members.owner(device)?)));
            match owner {
                Some((device, owner)) if members.standing(device) == DeviceStanding::Active => {
                    Voice::Active(owner)
                }
                Some((_, owner)) => Voice::Ended(owner, members.cuts(&self.id, actor)),
                // Known once, by acts that count no longer: nothing of it counts by itself.
                None => Voice::Ended(tresse_model::MemberId::from_bytes([0; 20]), Vec::new()),
            }
        };
        let links: Vec<Link> = known.iter().map(link).collect();
        count(&links, voice)
    }
}

fn link(change: &Change) -> Link {
    let mut actor = Actor::default();
    let bytes = change.actor_id().to_bytes();
    if bytes.len() == actor.len() {
        actor.copy_from_slice(bytes);
    }
    Link {
        hash: change.hash().0,
        actor,
        seq: change.seq(),
        deps: change.deps().iter().map(|dep| dep.0).collect(),
    }
}
