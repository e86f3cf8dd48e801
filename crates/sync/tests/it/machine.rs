//! One person's machine: the reference [`Host`], in memory.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{ActorId, Automerge, ROOT, ReadDoc, transaction::Transactable};
use tresse_model::{DeviceId, DocId, DocKind, MemberId, NetworkId};
use tresse_sync::{
    DocRefusal, Heads, Host, HostError, Incoming, LinkOffer, LinkRefusal, Linked, Standing, Stored,
    Welcome,
};
use tresse_trust::{
    ActSet, Body, CaseState, Consent, Cuts, DeviceKey, Incarnation, InviteKey, InviteSecret,
    JoinRefusal, LinkConsent, Membership, NetworkSecret, VerifiedAct, actor_id, evaluate,
    member_id,
};

/// One network as it lies on a machine.
#[derive(Clone)]
pub(crate) struct Shelf {
    pub(crate) secret: NetworkSecret,
    pub(crate) acts: ActSet,
    pub(crate) membership: Membership,
    pub(crate) docs: BTreeMap<DocId, tresse_sync::Copy>,
    pub(crate) heads: BTreeMap<DocId, Heads>,
}

/// What changed on a machine during one call, for its other sessions.
#[derive(Clone, Default)]
pub(crate) struct Touched {
    pub(crate) docs: BTreeMap<NetworkId, BTreeSet<DocId>>,
    pub(crate) acts: BTreeSet<NetworkId>,
    pub(crate) networks: bool,
}

#[derive(Clone)]
pub(crate) struct Machine {
    pub(crate) name: String,
    pub(crate) key: DeviceKey,
    pub(crate) now_ms: u64,
    pub(crate) networks: BTreeMap<NetworkId, Shelf>,
    pub(crate) memories: BTreeMap<(NetworkId, DeviceId), Vec<u8>>,
    pub(crate) touched: Touched,
    /// Which of its lives this machine writes in.
    pub(crate) life: Incarnation,
    /// How often a document was looked into.
    pub(crate) reads: usize,
    /// Documents this machine refuses to take from anybody.
    pub(crate) refuses: BTreeSet<DocId>,
    pub(crate) removed: BTreeSet<DeviceId>,
    /// Documents whose bytes on this disk do not read any more.
    pub(crate) damaged: BTreeSet<DocId>,
    /// Device tickets made here.
    pub(crate) offers: BTreeMap<InviteKey, Offer>,
}

/// A device ticket made on a machine.
#[derive(Clone)]
pub(crate) struct Offer {
    pub(crate) networks: Vec<(NetworkId, MemberId)>,
    pub(crate) expires_ms: u64,
    /// Which device it serves, once one came.
    pub(crate) device: Option<DeviceId>,
    /// Both persons confirmed.
    pub(crate) waits: bool,
    pub(crate) done: bool,
}

impl Machine {
    pub(crate) fn new(name: &str, seed: u8) -> Self {
        Self {
            name: name.to_owned(),
            key: DeviceKey::from_seed([seed; 32]),
            now_ms: 1_000,
            networks: BTreeMap::new(),
            memories: BTreeMap::new(),
            touched: Touched::default(),
            life: Incarnation(0),
            reads: 0,
            refuses: BTreeSet::new(),
            removed: BTreeSet::new(),
            damaged: BTreeSet::new(),
            offers: BTreeMap::new(),
        }
    }

    pub(crate) fn device(&self) -> DeviceId {
        self.key.id()
    }

    pub(crate) fn member(&self) -> MemberId {
        member_id(&self.key.id())
    }

    pub(crate) fn found(&mut self, salt: u8) -> NetworkId {
        let acts = ActSet::found(&self.key, self.now_ms, &self.name, [salt; 16]).unwrap();
        let network = acts.network();
        let secret = NetworkSecret::from_bytes([salt; 32]);
        self.keep(secret, acts);
        network
    }

    fn keep(&mut self, secret: NetworkSecret, acts: ActSet) {
        let copy = Shelf {
            secret,
            membership: evaluate(&acts),
            docs: BTreeMap::new(),
            heads: BTreeMap::new(),
            acts,
        };
        self.networks.insert(copy.acts.network(), copy);
        self.touched.networks = true;
    }

    pub(crate) fn copy(&self, network: &NetworkId) -> &Shelf {
        &self.networks[network]
    }

    pub(crate) fn says(&mut self, network: &NetworkId, body: &Body) {
        let copy = self.copy(network);
        let act = copy
            .acts
            .sign(&copy.membership, &self.key, self.now_ms, body);
        self.add(network, act.unwrap());
    }

    pub(crate) fn invites(&mut self, network: &NetworkId, ticket: u8, uses: u32) -> InviteSecret {
        let secret = InviteSecret::from_seed([ticket; 32]);
        let body = Body::Invite {
            invite: secret.key(),
            uses,
            expires_ms: 1_000_000,
        };
        self.says(network, &body);
        secret
    }

    /// A ticket for a device of somebody, in these networks.
    pub(crate) fn offers_link(
        &mut self,
        ticket: u8,
        networks: Vec<(NetworkId, MemberId)>,
    ) -> InviteSecret {
        let secret = InviteSecret::from_seed([ticket; 32]);
        let offer = Offer {
            networks,
            expires_ms: 100_000,
            device: None,
            waits: false,
            done: false,
        };
        self.offers.insert(secret.key(), offer);
        secret
    }

    /// What this device signs to be who it is offered to be.
    pub(crate) fn consents(&self, networks: &[(NetworkId, MemberId)]) -> Vec<LinkConsent> {
        let sign = |(network, member): &(NetworkId, MemberId)| {
            LinkConsent::sign(*network, *member, &self.key)
        };
        networks.iter().map(sign).collect()
    }

    /// Says what lets a device be that person's, or that it may come back as them.
    pub(crate) fn vouches(&mut self, consent: &LinkConsent) -> Linked {
        let (network, member) = (consent.network, consent.member);
        let membership = &self.copy(&network).membership;
        if membership.member_of(&consent.device) == Some(member) {
            return Linked::Done;
        }
        let consent = consent.clone();
        if membership.member_of(&self.device()) == Some(member) {
            self.says(&network, &Body::Link { consent });
            return Linked::Done;
        }
        let stay = membership.member(&member).map(|member| member.act);
        let former = membership.former().find(|former| former.id == member);
        let stay = stay.or(former.map(|former| former.act)).unwrap();
        let me = membership.member_of(&self.device()).unwrap();
        let mine = membership.readmissions().iter().any(|one| {
            one.device == consent.device && one.case.consents.iter().any(|said| said.by == me)
        });
        if !mine {
            let body = Body::Readmit {
                member,
                stay,
                consent: consent.clone(),
                cuts: Cuts::default(),
            };
            self.says(&network, &body);
        }
        let cases = self.copy(&network).membership.readmissions();
        let case = cases.iter().find(|one| one.device == consent.device);
        let case = &case.unwrap().case;
        if case.state == CaseState::Complete {
            return Linked::Done;
        }
        Linked::Pending {
            have: case.consents.len() as u16,
            need: case.need as u16,
        }
    }

    fn add(&mut self, network: &NetworkId, act: VerifiedAct) {
        let copy = self.networks.get_mut(network).unwrap();
        if copy.acts.insert(act).unwrap() {
            copy.membership = evaluate(&copy.acts);
            self.touched.acts.insert(*network);
        }
    }

    /// Changes a document, which begins here if it is not known.
    pub(crate) fn edit(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        edit: impl FnOnce(&mut automerge::transaction::Transaction<'_>),
    ) {
        let actor = actor_id(network, &self.key.id(), doc, self.life);
        let network_here = self.networks.get_mut(network).unwrap();
        let copy = network_here
            .docs
            .entry(*doc)
            .or_insert_with(|| tresse_sync::Copy::new(*network, *doc, genesis()));
        let automerge = copy.edit();
        automerge.set_actor(ActorId::from(&actor[..]));
        let mut transaction = automerge.transaction();
        edit(&mut transaction);
        transaction.commit();
        // Putting what stands there already is no change.
        if let Some(change) = automerge.get_last_local_change() {
            copy.edited(&change);
        }
        copy.seal(&self.key, self.life);
        network_here.heads.insert(*doc, copy.heads());
        self.touch(network, doc);
    }

    /// Writes in a copy of a document that has no seals, and keeps that copy in its place.
    pub(crate) fn holds_unsealed(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        mut automerge: Automerge,
        title: &str,
    ) {
        let mut transaction = automerge.transaction();
        transaction.put(ROOT, "title", title).unwrap();
        transaction.commit();
        let copy = tresse_sync::Copy::new(*network, *doc, automerge);
        let here = self.networks.get_mut(network).unwrap();
        here.heads.insert(*doc, copy.heads());
        here.docs.insert(*doc, copy);
        self.touch(network, doc);
    }

    pub(crate) fn put(&mut self, network: &NetworkId, doc: &DocId, key: &str, value: &str) {
        self.edit(network, doc, |transaction| {
            transaction.put(ROOT, key, value).unwrap();
        });
    }

    pub(crate) fn write(&mut self, network: &NetworkId, doc: &DocId, at: usize, text: &str) {
        self.edit(network, doc, |transaction| {
            let (_, body) = transaction.get(ROOT, "body").unwrap().unwrap();
            let at = at.min(transaction.length(&body));
            transaction.splice_text(&body, at, 0, text).unwrap();
        });
    }

    pub(crate) fn text(&self, network: &NetworkId, doc: &DocId) -> String {
        let automerge = self.copy(network).docs[doc].doc();
        let (_, body) = automerge.get(ROOT, "body").unwrap().unwrap();
        automerge.text(&body).unwrap()
    }

    pub(crate) fn value(&self, network: &NetworkId, doc: &DocId, key: &str) -> Option<String> {
        let automerge = self.copy(network).docs.get(doc)?.doc();
        let (value, _) = automerge.get(ROOT, key).unwrap()?;
        Some(value.as_str().unwrap().to_owned())
    }

    fn touch(&mut self, network: &NetworkId, doc: &DocId) {
        self.touched.docs.entry(*network).or_default().insert(*doc);
    }
}

/// The beginning of every page, the same on every machine.
pub(crate) fn genesis() -> Automerge {
    tresse_model::genesis(DocKind::Page)
}

impl Host for Machine {
    fn networks(&self) -> Vec<(NetworkId, NetworkSecret)> {
        let networks = self.networks.iter();
        networks
            .map(|(id, copy)| (*id, copy.secret.clone()))
            .collect()
    }

    fn invitations(&self) -> Vec<(NetworkId, InviteKey)> {
        let invitations = self.networks.iter().flat_map(|(id, copy)| {
            let all = copy.membership.invitations();
            all.map(|invitation| (*id, invitation.key))
        });
        invitations.collect()
    }

    fn acts(&self, network: &NetworkId) -> Option<&ActSet> {
        self.networks.get(network).map(|copy| &copy.acts)
    }

    fn add_acts(&mut self, network: &NetworkId, acts: Vec<VerifiedAct>) -> Result<(), HostError> {
        for act in acts {
            self.add(network, act);
        }
        Ok(())
    }

    fn standing(&self, network: &NetworkId, device: &DeviceId) -> Standing {
        let member = self
            .networks
            .get(network)
            .is_some_and(|copy| copy.membership.is_member_device(device));
        if self.removed.contains(device) {
            Standing::Removed
        } else if member {
            Standing::Member
        } else {
            Standing::Unknown
        }
    }

    fn heads(&self, network: &NetworkId) -> Option<&BTreeMap<DocId, Heads>> {
        self.networks.get(network).map(|copy| &copy.heads)
    }

    fn read(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        look: &mut dyn FnMut(&tresse_sync::Copy),
    ) -> Result<bool, HostError> {
        self.reads += 1;
        if self.damaged.contains(doc) {
            return Ok(false);
        }
        let copy = &self.networks[network];
        let found = copy.docs.get(doc);
        if let Some(copy) = found {
            look(copy);
        }
        Ok(found.is_some())
    }

    /// Every second document lies on the disk as it was saved last.
    fn stored(&mut self, network: &NetworkId, doc: &DocId) -> Option<Stored> {
        if doc.to_bytes()[1].is_multiple_of(2) {
            return None;
        }
        let copy = self.networks[network].docs.get(doc)?;
        let mut saved = copy.doc().save();
        if self.damaged.contains(doc) {
            let middle = saved.len() / 2;
            saved[middle] ^= 1;
        }
        let mut seals: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
        for seal in copy.seals() {
            let of_actor = seals.entry(seal.actor().to_vec()).or_default();
            of_actor.extend_from_slice(&seal.bytes());
        }
        copy.aside().is_empty().then(|| Stored {
            saved,
            seals: seals.into_iter().collect(),
            heads: copy.heads(),
        })
    }

    fn apply(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        incoming: Incoming,
    ) -> Result<(), DocRefusal> {
        if self.refuses.contains(doc) {
            return Err(DocRefusal::NotAllowed);
        }
        if self.damaged.contains(doc) {
            return Err(DocRefusal::DamagedHere);
        }
        let network_here = self.networks.get_mut(network).unwrap();
        let nothing = || {
            tresse_sync::Copy::new(
                *network,
                *doc,
                Automerge::new_with_encoding(automerge::TextEncoding::UnicodeCodePoint),
            )
        };
        let mut copy = network_here.docs.remove(doc).unwrap_or_else(nothing);
        let verified = copy.verify(&incoming, &network_here.membership);
        let landed = verified.and_then(|verified| copy.take(verified));
        if !copy.heads().is_empty() {
            network_here.heads.insert(*doc, copy.heads());
            network_here.docs.insert(*doc, copy);
        }
        let mine = actor_id(network, &self.key.id(), doc, self.life);
        let landed = landed?;
        let fell = landed
            .set_aside
            .iter()
            .any(|change| change.actor_id().to_bytes() == mine);
        if fell || landed.actors.contains(&mine) {
            // Somebody writes as this device, or what it wrote fell with a branch: it goes on under another
            // name.
            self.life.0 += 1;
        }
        self.touch(network, doc);
        Ok(())
    }

    fn admit(&mut self, network: &NetworkId, consent: &Consent) -> Result<(), JoinRefusal> {
        let membership = &self.copy(network).membership;
        membership.may_admit(consent, self.now_ms)?;
        if !membership.is_member_device(&consent.device) {
            let consent = consent.clone();
            self.says(network, &Body::Admit { consent });
        }
        Ok(())
    }

    fn welcomed(&mut self, welcome: Welcome) -> Result<(), HostError> {
        let mut acts = ActSet::new(welcome.network);
        for act in welcome.acts {
            acts.insert(act).unwrap();
        }
        if self.networks.contains_key(&welcome.network) {
            return self.add_acts(&welcome.network, acts.iter().cloned().collect());
        }
        self.keep(welcome.secret, acts);
        Ok(())
    }

    fn offers(&self) -> Vec<InviteKey> {
        self.offers.keys().copied().collect()
    }

    fn link_claimed(
        &mut self,
        ticket: &InviteKey,
        device: &DeviceId,
    ) -> Result<LinkOffer, LinkRefusal> {
        let offer = self.offers.get_mut(ticket).ok_or(LinkRefusal::Unknown)?;
        if offer.done || *offer.device.get_or_insert(*device) != *device {
            return Err(LinkRefusal::Used);
        }
        if self.now_ms >= offer.expires_ms {
            return Err(LinkRefusal::Expired);
        }
        Ok(LinkOffer {
            name: self.name.clone(),
            label: format!("{}'s desk", self.name),
            networks: offer.networks.clone(),
        })
    }

    fn link(
        &mut self,
        ticket: &InviteKey,
        consents: &[LinkConsent],
    ) -> Result<Linked, LinkRefusal> {
        let mut outcome = Linked::Done;
        for consent in consents {
            if let pending @ Linked::Pending { .. } = self.vouches(consent) {
                outcome = pending;
            }
        }
        let offer = self.offers.get_mut(ticket).unwrap();
        offer.waits = true;
        offer.done = outcome == Linked::Done;
        Ok(outcome)
    }

    fn link_waits(&self, ticket: &InviteKey, device: &DeviceId) -> bool {
        let offer = self.offers.get(ticket);
        offer.is_some_and(|offer| offer.waits && offer.device == Some(*device))
    }

    fn may_become(&self, networks: &[(NetworkId, MemberId)]) -> Result<(), LinkRefusal> {
        let other = |(network, member): &(NetworkId, MemberId)| {
            let known = self.networks.get(network);
            let me = known.and_then(|known| known.membership.owner(&self.device()));
            me.is_some_and(|me| me != *member)
        };
        if networks.iter().any(other) {
            return Err(LinkRefusal::SomebodyElse);
        }
        Ok(())
    }

    fn memory(&self, network: &NetworkId, peer: &DeviceId) -> Option<Vec<u8>> {
        self.memories.get(&(*network, *peer)).cloned()
    }

    fn save_memory(&mut self, network: &NetworkId, peer: &DeviceId, memory: Vec<u8>) {
        self.memories.insert((*network, *peer), memory);
    }
}
