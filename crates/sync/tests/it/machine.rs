//! One person's machine: the reference [`Host`], in memory.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{ActorId, Automerge, ObjType, ROOT, ReadDoc, transaction::Transactable};
use tresse_model::{DeviceId, DocId, MemberId, NetworkId};
use tresse_sync::{Decoded, DocRefusal, Heads, Host, HostError, Incoming, Standing, Welcome};
use tresse_trust::{
    ActSet, Body, Consent, DeviceKey, InviteKey, InviteSecret, JoinRefusal, Membership,
    NetworkSecret, VerifiedAct, actor_id, evaluate, member_id,
};

/// One network as it lies on a machine.
#[derive(Clone)]
pub(crate) struct Copy {
    pub(crate) secret: NetworkSecret,
    pub(crate) acts: ActSet,
    pub(crate) membership: Membership,
    pub(crate) docs: BTreeMap<DocId, Automerge>,
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
    pub(crate) networks: BTreeMap<NetworkId, Copy>,
    pub(crate) memories: BTreeMap<(NetworkId, DeviceId), Vec<u8>>,
    pub(crate) touched: Touched,
    /// How often a document was looked into.
    pub(crate) reads: usize,
    /// Documents this machine refuses to take from anybody.
    pub(crate) refuses: BTreeSet<DocId>,
    pub(crate) removed: BTreeSet<DeviceId>,
    /// Documents whose bytes on this disk do not read any more.
    pub(crate) damaged: BTreeSet<DocId>,
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
            reads: 0,
            refuses: BTreeSet::new(),
            removed: BTreeSet::new(),
            damaged: BTreeSet::new(),
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
        let copy = Copy {
            secret,
            membership: evaluate(&acts),
            docs: BTreeMap::new(),
            heads: BTreeMap::new(),
            acts,
        };
        self.networks.insert(copy.acts.network(), copy);
        self.touched.networks = true;
    }

    pub(crate) fn copy(&self, network: &NetworkId) -> &Copy {
        &self.networks[network]
    }

    pub(crate) fn says(&mut self, network: &NetworkId, body: &Body) {
        let act = self.copy(network).acts.sign(&self.key, self.now_ms, body);
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
        let actor = actor_id(network, &self.key.id(), doc, 0);
        let copy = self.networks.get_mut(network).unwrap();
        let automerge = copy.docs.entry(*doc).or_insert_with(genesis);
        automerge.set_actor(ActorId::from(&actor[..]));
        let mut transaction = automerge.transaction();
        edit(&mut transaction);
        transaction.commit();
        copy.heads.insert(*doc, automerge.get_heads());
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
        let automerge = &self.copy(network).docs[doc];
        let (_, body) = automerge.get(ROOT, "body").unwrap().unwrap();
        automerge.text(&body).unwrap()
    }

    pub(crate) fn value(&self, network: &NetworkId, doc: &DocId, key: &str) -> Option<String> {
        let automerge = self.copy(network).docs.get(doc)?;
        let (value, _) = automerge.get(ROOT, key).unwrap()?;
        Some(value.as_str().unwrap().to_owned())
    }

    fn touch(&mut self, network: &NetworkId, doc: &DocId) {
        self.touched.docs.entry(*network).or_default().insert(*doc);
    }
}

/// The first change of every document, the same on every machine.
pub(crate) fn genesis() -> Automerge {
    let mut automerge = Automerge::new().with_actor(ActorId::from(&[0u8; 16][..]));
    let mut transaction = automerge.transaction();
    transaction.put_object(ROOT, "body", ObjType::Text).unwrap();
    transaction.commit_with(automerge::transaction::CommitOptions::default().with_time(0));
    automerge
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
        look: &mut dyn FnMut(&Automerge),
    ) -> Result<bool, HostError> {
        self.reads += 1;
        if self.damaged.contains(doc) {
            return Ok(false);
        }
        let copy = &self.networks[network];
        let found = copy.docs.get(doc);
        if let Some(automerge) = found {
            look(automerge);
        }
        Ok(found.is_some())
    }

    fn seals(&mut self, _: &NetworkId, doc: &DocId) -> Vec<Vec<u8>> {
        vec![doc.to_bytes().to_vec()]
    }

    fn apply(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        incoming: Incoming,
    ) -> Result<(), DocRefusal> {
        let sealed = incoming.seals == [doc.to_bytes().to_vec()];
        if !sealed || self.refuses.contains(doc) {
            return Err(DocRefusal::NotAllowed);
        }
        if self.damaged.contains(doc) {
            return Err(DocRefusal::DamagedHere);
        }
        let copy = self.networks.get_mut(network).unwrap();
        let automerge = match incoming.decode(copy.docs.get(doc))? {
            Decoded::Nothing => return Ok(()),
            Decoded::Replace(automerge) => *automerge,
            Decoded::Append(changes) => {
                let mut automerge = copy.docs.remove(doc).unwrap_or_default();
                automerge.apply_changes(changes).unwrap();
                automerge
            }
        };
        copy.heads.insert(*doc, automerge.get_heads());
        copy.docs.insert(*doc, automerge);
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
        if !self.networks.contains_key(&welcome.network) {
            self.keep(welcome.secret, acts);
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
