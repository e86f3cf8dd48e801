//! The replica as a sync session sees it.

use std::collections::BTreeMap;

use tresse_model::{DeviceId, DocId, MemberId, NetworkId};
use tresse_sync::{
    Coming, Copy, DocRefusal, Heads, Host, HostError, Incoming, LinkOffer, LinkRefusal, Linked,
    Standing, Stored, Welcome,
};
use tresse_trust::{
    ActSet, Consent, DeviceStanding, InviteKey, JoinRefusal, LinkConsent, NetworkSecret,
    VerifiedAct, evaluate,
};

use super::{Replica, network::waiting_key, taking::does_not_read, writes::Write};
use crate::{CommandError, Moment};

/// A replica at one moment: what a session works on.
pub(crate) struct HostAt<'a> {
    pub(crate) replica: &'a mut Replica,
    pub(crate) moment: &'a Moment,
}

impl Host for HostAt<'_> {
    fn networks(&self) -> Vec<(NetworkId, NetworkSecret)> {
        let networks = self.replica.networks.iter();
        networks
            .map(|(id, network)| (*id, network.secret.clone()))
            .collect()
    }

    fn invitations(&self) -> Vec<(NetworkId, InviteKey)> {
        let networks = self.replica.networks.iter();
        networks
            .flat_map(|(id, network)| {
                network
                    .membership
                    .invitations()
                    .map(|invitation| (*id, invitation.key))
            })
            .collect()
    }

    fn acts(&self, network: &NetworkId) -> Option<&ActSet> {
        self.replica
            .networks
            .get(network)
            .map(|network| &network.acts)
    }

    fn add_acts(&mut self, network: &NetworkId, acts: Vec<VerifiedAct>) -> Result<(), HostError> {
        self.replica
            .take_acts(network, acts, self.moment)
            .and_then(|()| self.replica.say_again(network, self.moment))
            .map_err(host_error)
    }

    fn standing(&self, network: &NetworkId, device: &DeviceId) -> Standing {
        let network = self.replica.networks.get(network);
        match network.map(|network| network.membership.standing(device)) {
            Some(DeviceStanding::Active) => Standing::Member,
            Some(DeviceStanding::Ended) => Standing::Removed,
            Some(DeviceStanding::Unknown) | None => Standing::Unknown,
        }
    }

    fn heads(&self, network: &NetworkId) -> Option<&BTreeMap<DocId, Heads>> {
        self.replica
            .networks
            .get(network)
            .map(|network| &network.heads)
    }

    fn read(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        look: &mut dyn FnMut(&Copy),
    ) -> Result<bool, HostError> {
        if !self.replica.has_document(network, doc) {
            return Ok(false);
        }
        self.replica.seal(network, doc);
        match self.replica.copy(network, doc) {
            Ok(copy) => look(copy),
            Err(error) if does_not_read(&error) => return Ok(false),
            Err(error) => return Err(host_error(error)),
        }
        Ok(true)
    }

    fn stored(&mut self, network: &NetworkId, doc: &DocId) -> Option<Stored> {
        self.replica.as_stored(network, doc)
    }

    fn ahead(&mut self, coming: &mut [Coming]) {
        self.replica.check_ahead(coming);
    }

    fn apply(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        incoming: Incoming,
    ) -> Result<(), DocRefusal> {
        self.replica.receive(network, doc, incoming, self.moment)
    }

    fn admit(&mut self, network: &NetworkId, consent: &Consent) -> Result<(), JoinRefusal> {
        self.replica.let_in(network, consent, self.moment)
    }

    fn welcomed(&mut self, welcome: Welcome) -> Result<(), HostError> {
        let mut acts = ActSet::new(welcome.network);
        for act in welcome.acts {
            acts.insert(act)
                .map_err(|error| HostError(error.to_string()))?;
        }
        let Some(me) = evaluate(&acts).member_of(&self.replica.device()) else {
            return Err(HostError(
                "the acts received do not let this device in".into(),
            ));
        };
        if self.replica.networks.contains_key(&welcome.network) {
            return self.add_acts(&welcome.network, acts.iter().cloned().collect());
        }
        self.replica.add_network(welcome.secret, acts);
        if me != self.replica.own_person() {
            // A further machine of somebody's: their notebook is there already, and comes.
            return Ok(());
        }
        self.replica
            .sign_in(&welcome.network, self.moment)
            .map_err(host_error)
    }

    fn offers(&self) -> Vec<InviteKey> {
        self.replica.offer_keys()
    }

    fn link_claimed(
        &mut self,
        ticket: &InviteKey,
        device: &DeviceId,
    ) -> Result<LinkOffer, LinkRefusal> {
        self.replica.link_claimed(ticket, device, self.moment)
    }

    fn link(
        &mut self,
        ticket: &InviteKey,
        consents: &[LinkConsent],
    ) -> Result<Linked, LinkRefusal> {
        self.replica.link(ticket, consents, self.moment)
    }

    fn link_waits(&self, ticket: &InviteKey, device: &DeviceId) -> bool {
        self.replica.link_waits(ticket, device)
    }

    fn may_become(&self, networks: &[(NetworkId, MemberId)]) -> Result<(), LinkRefusal> {
        self.replica.may_become(networks)
    }

    fn memory(&self, network: &NetworkId, peer: &DeviceId) -> Option<Vec<u8>> {
        self.replica.memory(network, peer)
    }

    fn save_memory(&mut self, network: &NetworkId, peer: &DeviceId, memory: Vec<u8>) {
        self.replica.pending.push(Write::Memory {
            network: *network,
            peer: *peer,
            bytes: memory,
        });
    }
}

impl Replica {
    pub(super) fn has_document(&self, network: &NetworkId, doc: &DocId) -> bool {
        self.networks
            .get(network)
            .is_some_and(|network| network.heads.contains_key(doc))
    }

    /// A document as the store has it, where it lies there as one saved document: nothing is loaded or saved for it. If changes lie
    /// beside what was saved and nobody has it open here, it is read this time, and lies whole for the next who comes. What is amiss with it is found by reading it.
    fn as_stored(&mut self, network: &NetworkId, doc: &DocId) -> Option<Stored> {
        let state = self.networks.get(network)?;
        let heads = state.heads.get(doc)?;
        if state.unstored.contains(doc) {
            return None;
        }
        let stored = self.store.load_whole(network, doc);
        let stored = stored.inspect_err(|error| {
            tracing::warn!(
                code = error.code(),
                "{doc} does not read as it lies: {error}"
            );
        });
        let Some(stored) = stored.ok()? else {
            // What is written in now would not lie whole for long.
            if !state.loaded.contains_key(doc) {
                self.given.insert((*network, *doc));
            }
            return None;
        };
        let same = stored.heads.iter().eq(heads.iter().map(|head| &head.0));
        (same && stored.aside.is_empty()).then_some(Stored {
            saved: stored.snapshot?,
            seals: stored.seals,
            heads: heads.clone(),
        })
    }

    /// What was last saved for a peer, committed or not.
    fn memory(&self, network: &NetworkId, peer: &DeviceId) -> Option<Vec<u8>> {
        let pending = self.pending.iter().rev().find_map(|write| match write {
            Write::Memory {
                network: n,
                peer: p,
                bytes,
            } if n == network && p == peer => Some(bytes.clone()),
            _ => None,
        });
        pending.or_else(|| match self.store.memory(network, peer) {
            Ok(memory) => memory,
            Err(error) => {
                tracing::warn!(
                    code = error.code(),
                    "a peer's sync memory does not read: {error}"
                );
                None
            }
        })
    }

    /// Both copies are equal now: what was made here is no longer only here.
    pub(crate) fn in_step(&mut self, id: &NetworkId) {
        let Some(network) = self.networks.get_mut(id) else {
            return;
        };
        if network.waiting > 0 {
            network.waiting = 0;
            self.pending
                .push(Write::meta(&waiting_key(id), &0u64.to_be_bytes()));
        }
    }
}

fn host_error(error: CommandError) -> HostError {
    HostError(error.message)
}
