//! Acts of governance from the hand of a peer made by hand: honest ones and others.

use tresse_model::{DeviceId, MemberId, NetworkId};
use tresse_trust::{
    ActId, ActSet, Body, Consent, Cut, Cuts, LinkConsent, Membership, Ticket, VerifiedAct, evaluate,
};

use super::{Crafted, LIFE};

impl Crafted {
    /// The acts known here.
    pub fn acts(&self, network: &NetworkId) -> &ActSet {
        &self.house.networks[network].acts
    }

    /// What follows from them.
    pub fn membership(&self, network: &NetworkId) -> Membership {
        evaluate(self.acts(network))
    }

    /// Says something after everything known here, within the rules or against them.
    pub fn says(&mut self, network: &NetworkId, body: &Body) -> VerifiedAct {
        let key = self.key();
        let known = self.house.networks.get_mut(network).unwrap();
        let membership = evaluate(&known.acts);
        let act = known.acts.sign(&membership, &key, 1, body).unwrap();
        known.acts.insert(act.clone()).unwrap();
        act
    }

    /// Says something as if nothing but these acts were known.
    pub fn says_after(&mut self, network: &NetworkId, after: &[ActId], body: &Body) -> VerifiedAct {
        let act = VerifiedAct::sign(&self.key(), *network, after.to_vec(), 1, body).unwrap();
        self.is_told(network, act.clone());
        act
    }

    /// Is handed an act, wherever it comes from.
    pub fn is_told(&mut self, network: &NetworkId, act: VerifiedAct) {
        let known = self.house.networks.get_mut(network).unwrap();
        known.acts.insert(act).unwrap();
    }

    /// The newest acts that hold, as this device would name them.
    pub fn newest(&self, network: &NetworkId) -> Vec<ActId> {
        // What an act that is signed now comes after.
        let body = Body::Leave {
            cuts: Cuts::default(),
        };
        let acts = self.acts(network);
        let act = acts.sign(&evaluate(acts), &self.key(), 1, &body).unwrap();
        act.act().after.clone()
    }

    /// What somebody signs who wants to come in with a ticket.
    pub fn consents(&self, ticket: &Ticket) -> Consent {
        let (key, me) = (self.key(), self.member());
        Consent::sign(ticket.network, &ticket.secret, &key, me, self.name())
    }

    /// What this device signs to become another one of somebody's.
    pub fn offers_itself(&self, network: &NetworkId, member: MemberId) -> LinkConsent {
        LinkConsent::sign(*network, member, &self.key())
    }

    /// "I consent that this member be removed": their work counts as far as it is known here.
    pub fn removes(&mut self, network: &NetworkId, member: &MemberId) -> VerifiedAct {
        let membership = self.membership(network);
        let in_by = membership.member(member).map(|member| member.act);
        let devices: Vec<_> = membership
            .devices_of(member)
            .map(|one| one.device)
            .collect();
        let body = Body::Remove {
            member: *member,
            stay: in_by.unwrap(),
            cuts: self.cuts(network, &devices),
        };
        self.says(network, &body)
    }

    /// How far the chains of these devices are known here.
    pub fn cuts(&self, network: &NetworkId, devices: &[DeviceId]) -> Cuts {
        let known = &self.house.networks[network];
        let seals = known
            .docs
            .values()
            .flat_map(|copy| copy.seals().map(|seal| (copy.id(), seal)));
        let theirs = seals.filter(|(_, seal)| devices.contains(seal.device()));
        let cuts = theirs.map(|(doc, seal)| Cut {
            doc,
            actor: *seal.actor(),
            seq: seal.seq(),
            hash: *seal.tip(),
        });
        Cuts::new(cuts.collect()).unwrap()
    }

    /// The same person's second machine: it gets a copy of everything once the first has linked it.
    #[must_use]
    pub fn links(&mut self, network: &NetworkId, name: &str) -> Self {
        let mut other = Self::named(name);
        let me = self.membership(network).member_of(&self.device());
        let consent = other.offers_itself(network, me.unwrap());
        self.says(network, &Body::Link { consent });
        let known = self.house.networks[network].clone();
        other.house.networks.insert(*network, known);
        debug_assert!(other.membership(network).is_member_device(&other.device()));
        other
    }

    /// The secret of a network, in the hands of somebody else.
    pub fn betrays(&self, network: &NetworkId, to: &mut Self) {
        let known = self.house.networks[network].clone();
        to.house.networks.insert(*network, known);
    }

    /// The life in which it writes.
    pub const fn life() -> tresse_trust::Incarnation {
        LIFE
    }
}
