//! Who is in: one function from the *set* of acts to the membership.
//!
//! An act *stands before* another if the other names it, directly or through others, in `after`. An
//! act is looked at once everything it comes after is known (until then it waits, and nothing that
//! comes after it counts). Then, with "before" always meaning just that:
//!
//! - **Found** counts if its hash is the network's id and its member is its device's. There is one.
//! - **Invite** counts if its author's device belongs to a member by the acts before it. If
//!   several name one invitation key, it has the uses and the time of the most generous.
//! - **Revoke** counts if its author is a member by the acts before it.
//! - **Admit** counts if its author is a member by the acts before it; the invitation
//!   stands before it and counts; no revocation of it stands before it; fewer *other persons* than its uses were
//!   admitted by it before; the person is the one their first device names; and both of the
//!   person's signatures hold (checked when the act was verified).
//!
//! Every condition looks only at what stands before an act. So more acts can add to the
//! membership and never take from it: nobody who was let in and worked for a year is put out because
//! an old act comes to light. The price: when two villages, out of reach of each other, use the
//! last place of one invitation for two persons, both are in ([`Invitation::overused`] says so and both
//! admissions name their sponsors). Letting the lower id win would close that and open
//! something worse: whoever holds an old invitation's secret could make, years later, a
//! competing admission with a lower id and so expel the person it once let in. Expelling is
//! for the members to decide. It gives nobody a new power: any member can invite.
//!
//! Claimed times decide nothing: expiry is checked by [`Membership::may_admit`] against the
//! clock of the peer that is asked to admit somebody.

use std::collections::{BTreeMap, BTreeSet};

use tresse_model::{DeviceId, MemberId, NetworkId};

use super::{Invitation, Member, Membership};
use crate::{ActId, ActSet, Body, Consent, InviteKey, member_id};

/// The membership that follows from a set of acts. The page above says by which rules.
pub fn evaluate(acts: &ActSet) -> Membership {
    let order = Order::of(acts);
    let mut reached = Reached::new(acts.network());
    for at in 0..order.acts.len() {
        reached.look_at(&order, at);
    }
    reached.finish()
}

/// The acts whose whole past is known, each after everything it comes after, ties by id; with each
/// one's past as a set of bits.
struct Order<'a> {
    acts: Vec<&'a crate::VerifiedAct>,
    before: Vec<Vec<u64>>,
}

impl<'a> Order<'a> {
    fn of(set: &'a ActSet) -> Self {
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
        let words = set.len().div_ceil(64);
        let mut order = Self {
            acts: Vec::new(),
            before: Vec::new(),
        };
        let mut position = BTreeMap::new();
        while let Some(id) = ready.pop_first() {
            let Some(act) = set.get(&id) else { continue };
            let mut past = vec![0u64; words];
            for earlier in &act.act().after {
                if let Some(&at) = position.get(earlier) {
                    for (word, other) in past.iter_mut().zip::<&Vec<u64>>(&order.before[at]) {
                        *word |= other;
                    }
                    past[at / 64] |= 1u64 << (at % 64);
                }
            }
            position.insert(id, order.acts.len());
            order.acts.push(act);
            order.before.push(past);
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

    /// Whether the act at `earlier` stands before the act at `at`.
    fn stands_before(&self, earlier: usize, at: usize) -> bool {
        self.before[at][earlier / 64] & (1u64 << (earlier % 64)) != 0
    }
}

/// What counts among the acts looked at so far. Numbers are places in [`Order`].
struct Reached {
    network: NetworkId,
    /// How each person came in: the counted admissions, in order.
    entries: Vec<Entry>,
    invites: BTreeMap<InviteKey, Invited>,
}

struct Entry {
    at: usize,
    by: Option<MemberId>,
    invite: Option<InviteKey>,
    member: MemberId,
    device: DeviceId,
    name: String,
    act: ActId,
    at_ms: u64,
}

struct Invited {
    /// Every counted act that makes this invitation, and for how many uses.
    made: Vec<(usize, u32)>,
    revoked: Vec<usize>,
    shown: Invitation,
}

impl Reached {
    const fn new(network: NetworkId) -> Self {
        Self {
            network,
            entries: Vec::new(),
            invites: BTreeMap::new(),
        }
    }

    fn look_at(&mut self, order: &Order<'_>, at: usize) {
        let verified = order.acts[at];
        let act = verified.act();
        if let Body::Found { member, name, .. } = &act.body {
            if *member == member_id(&act.device) {
                self.entries.push(Entry {
                    at,
                    by: None,
                    invite: None,
                    member: *member,
                    device: act.device,
                    name: name.clone(),
                    act: verified.id(),
                    at_ms: act.at_ms,
                });
            }
            return;
        }
        let Some(author) = self.author(order, at, &act.device) else {
            return;
        };
        match &act.body {
            Body::Invite {
                invite,
                uses,
                expires_ms,
            } => {
                let invited = self.invites.entry(*invite).or_insert_with(|| Invited {
                    made: Vec::new(),
                    revoked: Vec::new(),
                    shown: Invitation {
                        key: *invite,
                        by: author,
                        uses: *uses,
                        used_by: Vec::new(),
                        expires_ms: *expires_ms,
                        at_ms: act.at_ms,
                        revoked: false,
                    },
                });
                invited.made.push((at, *uses));
                let shown = &mut invited.shown;
                shown.uses = shown.uses.max(*uses);
                shown.expires_ms = shown.expires_ms.max(*expires_ms);
            }
            Body::RevokeInvite { invite } => {
                if let Some(invited) = self.invites.get_mut(invite) {
                    invited.revoked.push(at);
                }
            }
            Body::Admit { consent } => {
                if self.admits(order, at, consent) {
                    self.entries.push(Entry {
                        at,
                        by: Some(author),
                        invite: Some(consent.invite),
                        member: consent.member,
                        device: consent.device,
                        name: consent.name.clone(),
                        act: verified.id(),
                        at_ms: act.at_ms,
                    });
                }
            }
            Body::Found { .. } | Body::Unknown { .. } => {}
        }
    }

    /// The member whose device this is, by the acts that stand before `at`.
    fn author(&self, order: &Order<'_>, at: usize, device: &DeviceId) -> Option<MemberId> {
        self.entries
            .iter()
            .find(|entry| entry.device == *device && order.stands_before(entry.at, at))
            .map(|entry| entry.member)
    }

    fn admits(&self, order: &Order<'_>, at: usize, consent: &Consent) -> bool {
        let Some(invited) = self.invites.get(&consent.invite) else {
            return false;
        };
        let before = |place: usize| order.stands_before(place, at);
        let uses = invited
            .made
            .iter()
            .filter(|(place, _)| before(*place))
            .map(|(_, uses)| *uses as usize)
            .max();
        let others: BTreeSet<MemberId> = self
            .entries
            .iter()
            .filter(|entry| entry.invite == Some(consent.invite) && before(entry.at))
            .map(|entry| entry.member)
            .filter(|member| *member != consent.member)
            .collect();
        consent.member == member_id(&consent.device)
            && !invited.revoked.iter().any(|place| before(*place))
            && uses.is_some_and(|uses| others.len() < uses)
    }

    fn finish(self) -> Membership {
        let mut membership = Membership {
            network: self.network,
            members: BTreeMap::new(),
            devices: BTreeMap::new(),
            invitations: BTreeMap::new(),
        };
        let mut used_by: BTreeMap<InviteKey, BTreeSet<MemberId>> = BTreeMap::new();
        for entry in self.entries {
            if let Some(invite) = entry.invite {
                used_by.entry(invite).or_default().insert(entry.member);
            }
            membership.devices.insert(entry.device, entry.member);
            membership.members.entry(entry.member).or_insert(Member {
                id: entry.member,
                name: entry.name,
                devices: vec![entry.device],
                admitted_by: entry.by,
                act: entry.act,
                at_ms: entry.at_ms,
            });
        }
        for (key, invited) in self.invites {
            let mut invitation = invited.shown;
            invitation.revoked = !invited.revoked.is_empty();
            if let Some(used) = used_by.remove(&key) {
                invitation.used_by = used.into_iter().collect();
            }
            membership.invitations.insert(key, invitation);
        }
        membership
    }
}
