//! What a peer made by hand has, as an honest session sees it.

use std::collections::BTreeMap;

use automerge::{Automerge, TextEncoding};
use tresse_model::{DeviceId, DocId, NetworkId};
use tresse_sync::{Copy, DocRefusal, Heads, Host, HostError, Incoming, Standing, Welcome};
use tresse_trust::{
    ActSet, Body, Consent, DeviceKey, InviteKey, JoinRefusal, NetworkSecret, VerifiedAct, evaluate,
};

#[derive(Debug, Clone)]
pub(super) struct House {
    pub(super) seed: [u8; 32],
    pub(super) networks: BTreeMap<NetworkId, Known>,
}

impl House {
    pub(super) fn key(&self) -> DeviceKey {
        DeviceKey::from_seed(self.seed)
    }
}

#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) secret: NetworkSecret,
    pub(super) acts: ActSet,
    pub(super) docs: BTreeMap<DocId, Copy>,
    pub(super) heads: BTreeMap<DocId, Heads>,
}

impl Host for House {
    fn networks(&self) -> Vec<(NetworkId, NetworkSecret)> {
        let networks = self.networks.iter();
        networks
            .map(|(id, known)| (*id, known.secret.clone()))
            .collect()
    }

    fn invitations(&self) -> Vec<(NetworkId, InviteKey)> {
        let networks = self.networks.iter();
        networks
            .flat_map(|(id, known)| {
                let membership = evaluate(&known.acts);
                let keys: Vec<_> = membership.invitations().map(|made| made.key).collect();
                keys.into_iter().map(|key| (*id, key))
            })
            .collect()
    }

    fn acts(&self, network: &NetworkId) -> Option<&ActSet> {
        self.networks.get(network).map(|known| &known.acts)
    }

    fn add_acts(&mut self, network: &NetworkId, acts: Vec<VerifiedAct>) -> Result<(), HostError> {
        let known = self.networks.get_mut(network).unwrap();
        for act in acts {
            known.acts.insert(act).unwrap();
        }
        Ok(())
    }

    fn standing(&self, network: &NetworkId, device: &DeviceId) -> Standing {
        let known = self.networks.get(network);
        if known.is_some_and(|known| evaluate(&known.acts).is_member_device(device)) {
            Standing::Member
        } else {
            Standing::Unknown
        }
    }

    fn heads(&self, network: &NetworkId) -> Option<&BTreeMap<DocId, Heads>> {
        self.networks.get(network).map(|known| &known.heads)
    }

    fn read(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        look: &mut dyn FnMut(&Copy),
    ) -> Result<bool, HostError> {
        let doc = self.networks[network].docs.get(doc);
        Ok(doc.map(look).is_some())
    }

    fn apply(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        incoming: Incoming,
    ) -> Result<(), DocRefusal> {
        let known = self.networks.get_mut(network).unwrap();
        let nothing = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint);
        let mut copy = known
            .docs
            .remove(doc)
            .unwrap_or_else(|| Copy::new(*network, *doc, nothing));
        let verified = copy.verify(&incoming, &evaluate(&known.acts));
        let taken = verified.and_then(|verified| copy.take(verified));
        known.heads.insert(*doc, copy.heads());
        known.docs.insert(*doc, copy);
        taken?;
        Ok(())
    }

    fn admit(&mut self, network: &NetworkId, consent: &Consent) -> Result<(), JoinRefusal> {
        let key = self.key();
        let known = self.networks.get_mut(network).unwrap();
        let membership = evaluate(&known.acts);
        membership.may_admit(consent, 1)?;
        let body = Body::Admit {
            consent: consent.clone(),
        };
        let act = known.acts.sign(&membership, &key, 1, &body).unwrap();
        known.acts.insert(act).unwrap();
        Ok(())
    }

    fn welcomed(&mut self, welcome: Welcome) -> Result<(), HostError> {
        let mut acts = ActSet::new(welcome.network);
        for act in welcome.acts {
            acts.insert(act).unwrap();
        }
        assert!(evaluate(&acts).is_member_device(&self.key().id()));
        let known = Known {
            secret: welcome.secret,
            acts,
            docs: BTreeMap::new(),
            heads: BTreeMap::new(),
        };
        self.networks.insert(welcome.network, known);
        Ok(())
    }

    fn memory(&self, _network: &NetworkId, _peer: &DeviceId) -> Option<Vec<u8>> {
        None
    }

    fn save_memory(&mut self, _network: &NetworkId, _peer: &DeviceId, _memory: Vec<u8>) {}
}
