//! Which acts that came belong in a set.

use std::collections::{BTreeMap, BTreeSet};

use tresse_model::DeviceId;

use super::{ActRefusal, DeviceStanding, Membership, judge::judge};
use crate::{ActId, ActSet, Body, VerifiedAct};

/// Acts that came, told apart.
#[derive(Debug, Default)]
pub struct Sifted {
    /// Everything they come after is known, and each is signed by a device that was let in by that. They are in an
    /// order in which each comes after those of them that it names.
    pub belong: Vec<VerifiedAct>,
    /// Something that they come after is not known.
    pub wait: Vec<VerifiedAct>,
    /// Signed by a device that nobody had let in, or said after such an act: nobody keeps them.
    pub strange: BTreeSet<ActId>,
}

/// Tells apart which of these acts belong in the set; those signed by devices that nobody had let in are named only. Whether
/// an act belongs depends on the act and on what it comes after, and on nothing
/// else: every peer keeps the same, in whatever order acts come. (What a device says that was put out belongs: it may
/// have been said before. It does not hold.)
pub fn sift(acts: &ActSet, came: Vec<VerifiedAct>) -> Sifted {
    let mut sifted = Sifted::default();
    let closed = with_whole_past(acts, came, &mut sifted.wait);
    let (closed, mut strange) = without_strangers(acts, closed);
    if closed.is_empty() {
        sifted.strange = strange;
        return sifted;
    }
    let mut whole = acts.clone();
    for act in &closed {
        // An act about another network is about nothing here.
        if whole.insert(act.clone()).is_err() {
            strange.insert(act.id());
        }
    }
    let judged = judge(&whole);
    let invalid = judged.invalid.iter();
    let strangers = invalid.filter(|(_, refusal)| *refusal == ActRefusal::NotAMember);
    strange.extend(strangers.map(|(at, _)| judged.order.acts[*at].id()));
    for act in closed {
        // What comes after a stranger's act comes after something that nobody keeps.
        let after = &act.act().after;
        if strange.contains(&act.id()) || after.iter().any(|earlier| strange.contains(earlier)) {
            strange.insert(act.id());
        } else {
            sifted.belong.push(act);
        }
    }
    sifted.strange = strange;
    sifted
}

/// Without the acts of devices that nothing names, in the set or among those before: to see that costs nothing. Says which acts that leaves out.
fn without_strangers(acts: &ActSet, came: Vec<VerifiedAct>) -> (Vec<VerifiedAct>, BTreeSet<ActId>) {
    let mut strange = BTreeSet::new();
    if came.is_empty() {
        return (came, strange);
    }
    let mut named: BTreeSet<DeviceId> = acts.iter().filter_map(lets_in).collect();
    let mut of_named = Vec::new();
    for act in came {
        let lets_in = lets_in(&act);
        // Whoever founds is let in by that.
        let device = act.act().device;
        if lets_in == Some(device) || named.contains(&device) {
            named.extend(lets_in);
            of_named.push(act);
        } else {
            strange.insert(act.id());
        }
    }
    (of_named, strange)
}

/// The device that an act would let in.
fn lets_in(act: &VerifiedAct) -> Option<DeviceId> {
    let act = act.act();
    match &act.body {
        Body::Found { .. } => Some(act.device),
        Body::Admit { consent } => Some(consent.device),
        Body::Link { consent } | Body::Readmit { consent, .. } => Some(consent.device),
        _ => None,
    }
}

/// Those acts of which the whole past is in the set or among them, in order; the others go to `wait`.
fn with_whole_past(
    acts: &ActSet,
    came: Vec<VerifiedAct>,
    wait: &mut Vec<VerifiedAct>,
) -> Vec<VerifiedAct> {
    let mut lacks: BTreeMap<ActId, usize> = BTreeMap::new();
    let mut followers: BTreeMap<ActId, Vec<ActId>> = BTreeMap::new();
    let mut rest: BTreeMap<ActId, VerifiedAct> = BTreeMap::new();
    for act in came {
        let unknown = act.act().after.iter().filter(|id| !acts.contains(id));
        let unknown: Vec<ActId> = unknown.copied().collect();
        if acts.contains(&act.id()) || rest.contains_key(&act.id()) {
            continue;
        }
        lacks.insert(act.id(), unknown.len());
        for earlier in unknown {
            followers.entry(earlier).or_default().push(act.id());
        }
        rest.insert(act.id(), act);
    }
    let ready = lacks.iter().filter(|(_, lacks)| **lacks == 0);
    let mut ready: Vec<ActId> = ready.map(|(id, _)| *id).collect();
    let mut closed = Vec::new();
    while let Some(id) = ready.pop() {
        closed.extend(rest.remove(&id));
        for follower in followers.remove(&id).unwrap_or_default() {
            if let Some(lacks) = lacks.get_mut(&follower) {
                *lacks -= 1;
                if *lacks == 0 {
                    ready.push(follower);
                }
            }
        }
    }
    wait.extend(rest.into_values());
    closed
}

impl Membership {
    /// The acts by which a device came in: the one that let it in, the one that let in the device that signed
    /// that, and so on to the founding. Whoever knows one of those devices as a member's can tell from these alone that it is no
    /// stranger's.
    pub fn credentials(&self, device: &DeviceId) -> Vec<ActId> {
        let mut acts = Vec::new();
        let mut next = Some(*device);
        while let Some(device) = next {
            let owner = self.owner(&device);
            let mut records = owner.iter().flat_map(|owner| self.devices_of(owner));
            let record = records.find(|record| record.device == device);
            let Some(record) = record.filter(|record| !acts.contains(&record.since)) else {
                break;
            };
            acts.push(record.since);
            next = record.linked_by;
        }
        acts
    }

    /// Whether acts that came alone, without all that they come after, show that a member's device let this device in, or let in one that did.
    /// A device that was put out shows nothing.
    pub fn vouches<'a>(
        &self,
        device: &DeviceId,
        acts: impl IntoIterator<Item = &'a VerifiedAct>,
    ) -> bool {
        let ended = |device: &DeviceId| self.standing(device) == DeviceStanding::Ended;
        let mut let_in: BTreeMap<DeviceId, Vec<DeviceId>> = BTreeMap::new();
        for act in acts {
            if let Some(device) = lets_in(act).filter(|device| !ended(device)) {
                let_in.entry(act.act().device).or_default().push(device);
            }
        }
        let by = let_in.keys().filter(|by| self.is_member_device(by));
        let mut next: Vec<DeviceId> = by.copied().collect();
        while let Some(by) = next.pop() {
            for vouched in let_in.remove(&by).unwrap_or_default() {
                if vouched == *device {
                    return true;
                }
                next.push(vouched);
            }
        }
        false
    }
}
