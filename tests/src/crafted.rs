//! A member made by hand from the library crates, who can write what no Tresse writes today; and a
//! stranger who records everything that is said to it.

use std::collections::BTreeMap;

use automerge::{
    ActorId, Automerge,
    transaction::{CommitOptions, Transaction},
};
use tokio::{runtime::Runtime, sync::mpsc::Receiver, time::timeout};
use tresse_model::{DeviceId, DocId, NetworkId};
use tresse_net::{Contact, LinkId, Net, NetConfig, NetEvent, Purpose};
use tresse_sync::{
    Decoded, DocRefusal, Effect, Heads, Host, HostError, Incoming, JoinRefusal, JoinRequest, Role,
    Session, Standing, Welcome,
};
use tresse_trust::{
    ActSet, Body, Consent, DeviceKey, InviteKey, InviteSecret, NetworkSecret, Ticket, VerifiedAct,
    actor_id, evaluate, member_id,
};

use crate::PATIENCE;

/// A peer made by hand.
#[derive(Debug)]
pub struct Crafted {
    key: DeviceKey,
    name: String,
    house: House,
}

/// Everything that was said to a stranger.
#[derive(Debug, PartialEq, Eq)]
pub struct Overheard {
    /// Frame by frame.
    pub frames: Vec<Vec<u8>>,
    /// Why the link was closed.
    pub reason: String,
}

/// What a stranger says first.
#[derive(Debug, Clone)]
pub enum Knock {
    /// These frames.
    Bytes(Vec<Vec<u8>>),
    /// A well-formed greeting that proves nothing.
    Greeting,
    /// A well-formed greeting with a ticket that opens nothing here.
    Ticket(Box<Ticket>),
}

impl Crafted {
    /// Somebody of this name, with a key that follows from the name.
    pub fn named(name: &str) -> Self {
        let mut seed = [0; 32];
        for (byte, letter) in seed.iter_mut().zip(name.bytes().cycle()) {
            *byte = letter;
        }
        let key = DeviceKey::from_seed(seed);
        let house = House {
            device: key.id(),
            networks: BTreeMap::new(),
        };
        Self {
            key,
            name: name.to_owned(),
            house,
        }
    }

    /// The device.
    pub fn device(&self) -> DeviceId {
        self.key.id()
    }

    /// Joins with a ticket by way of `DEVICE@ADDR:PORT`; returns once in step.
    ///
    /// # Errors
    /// Why a member refused.
    pub fn joins(&mut self, ticket: &str, contact: &str) -> Result<NetworkId, JoinRefusal> {
        let ticket: Ticket = ticket.parse().unwrap();
        let request = self.request(&ticket);
        self.converse(contact, Some(request))?;
        Ok(ticket.network)
    }

    /// Meets a member; returns once in step.
    pub fn meets(&mut self, contact: &str) {
        self.converse(contact, None).unwrap();
    }

    /// A document as it is here.
    pub fn document(&self, network: &NetworkId, doc: &DocId) -> &Automerge {
        &self.house.networks[network].docs[doc]
    }

    /// Writes anything at all into a document, as this device.
    pub fn writes(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        write: impl FnOnce(&mut Transaction<'_>),
    ) {
        let actor = actor_id(network, &self.key.id(), doc, 0);
        let known = self.house.networks.get_mut(network).unwrap();
        let document = known.docs.get_mut(doc).unwrap();
        document.set_actor(ActorId::from(&actor[..]));
        let mut transaction = document.transaction();
        write(&mut transaction);
        transaction.commit_with(CommitOptions::default().with_time(1_790_000_000_000));
        known.heads.insert(*doc, document.get_heads());
    }

    /// Makes an invitation with an end of one's own choosing, the past too. The ticket claims
    /// another end.
    pub fn invites(&mut self, network: &NetworkId, ends_ms: u64, claims_ms: u64) -> Ticket {
        let secret = InviteSecret::from_seed([0x5a; 32]);
        let body = Body::Invite {
            invite: secret.key(),
            uses: 1,
            expires_ms: ends_ms,
        };
        let known = self.house.networks.get_mut(network).unwrap();
        let act = known.acts.sign(&self.key, 1, &body).unwrap();
        known.acts.insert(act).unwrap();
        Ticket {
            network: *network,
            secret,
            expires_ms: claims_ms,
            contacts: Vec::new(),
        }
    }

    /// Knocks at a door, says something, and records what comes back until the link is closed.
    pub fn knocks(&mut self, contact: &str, knock: Knock) -> Overheard {
        Runtime::new().unwrap().block_on(async {
            let (net, mut events) = self.dials(contact).await;
            let (link, device, exporter) = linked(&mut events).await;
            let join = match &knock {
                Knock::Ticket(ticket) => Some(self.request(ticket)),
                Knock::Bytes(_) | Knock::Greeting => None,
            };
            let frames = match knock {
                Knock::Bytes(frames) => frames,
                Knock::Greeting | Knock::Ticket(_) => {
                    let mut session = self.session(device, exporter, join);
                    frames(session.start(&mut self.house))
                }
            };
            for frame in frames {
                net.send(link, frame);
            }
            let overheard = overhear(&mut events).await;
            net.shutdown().await;
            overheard
        })
    }

    fn request(&self, ticket: &Ticket) -> JoinRequest {
        let me = member_id(&self.key.id());
        JoinRequest {
            network: ticket.network,
            secret: ticket.secret.clone(),
            consent: Consent::sign(ticket.network, &ticket.secret, &self.key, me, &self.name),
        }
    }

    fn session(&self, peer: DeviceId, exporter: [u8; 32], join: Option<JoinRequest>) -> Session {
        let me = self.key.id();
        Session::new(Role::Dialer, exporter, me, peer, [9; 32], join)
    }

    async fn dials(&self, contact: &str) -> (Net, Receiver<NetEvent>) {
        let config = NetConfig {
            seed: self.key.seed(),
            listen: Some(([127, 0, 0, 1], 0).into()),
            ..NetConfig::default()
        };
        let (net, events) = Net::start(config).await.unwrap();
        let (device, address) = contact.split_once('@').unwrap();
        let contact = Contact {
            device: device.parse().unwrap(),
            addrs: vec![address.parse().unwrap()],
            relay: None,
        };
        net.dial(contact, Purpose(1));
        (net, events)
    }

    fn converse(
        &mut self,
        contact: &str,
        mut join: Option<JoinRequest>,
    ) -> Result<(), JoinRefusal> {
        Runtime::new().unwrap().block_on(async {
            let (net, mut events) = self.dials(contact).await;
            let (link, device, exporter) = linked(&mut events).await;
            let mut session = self.session(device, exporter, join.take());
            let mut effects = session.start(&mut self.house);
            let outcome = 'meeting: loop {
                for effect in effects {
                    match effect {
                        Effect::Send(frame) => net.send(link, frame),
                        Effect::Shared(_) => net.proven(link),
                        Effect::InStep(_) => break 'meeting Ok(()),
                        Effect::JoinRefused(refusal) => break 'meeting Err(refusal),
                        Effect::Close(reason) => panic!("{}: {reason}", self.name),
                        _ => {}
                    }
                }
                effects = match next(&mut events).await {
                    NetEvent::Frame { bytes, .. } => session.receive(&mut self.house, &bytes),
                    NetEvent::Closed { reason, .. } => panic!("{}: {reason}", self.name),
                    _ => Vec::new(),
                };
            };
            session.ended(&mut self.house);
            net.shutdown().await;
            outcome
        })
    }
}

fn frames(effects: Vec<Effect>) -> Vec<Vec<u8>> {
    let frame = |effect| match effect {
        Effect::Send(frame) => Some(frame),
        _ => None,
    };
    effects.into_iter().filter_map(frame).collect()
}

async fn next(events: &mut Receiver<NetEvent>) -> NetEvent {
    let next = timeout(PATIENCE, events.recv()).await;
    next.expect("something happens in time")
        .expect("the network goes on")
}

async fn linked(events: &mut Receiver<NetEvent>) -> (LinkId, DeviceId, [u8; 32]) {
    loop {
        match next(events).await {
            NetEvent::Linked {
                link,
                device,
                exporter,
                ..
            } => return (link, device, exporter),
            NetEvent::DialFailed { reason, .. } => panic!("not reached: {reason}"),
            _ => {}
        }
    }
}

async fn overhear(events: &mut Receiver<NetEvent>) -> Overheard {
    let mut frames = Vec::new();
    loop {
        match next(events).await {
            NetEvent::Frame { bytes, .. } => frames.push(bytes),
            NetEvent::Closed { reason, .. } => return Overheard { frames, reason },
            _ => {}
        }
    }
}

#[derive(Debug)]
struct House {
    device: DeviceId,
    networks: BTreeMap<NetworkId, Known>,
}

#[derive(Debug)]
struct Known {
    secret: NetworkSecret,
    acts: ActSet,
    docs: BTreeMap<DocId, Automerge>,
    heads: BTreeMap<DocId, Heads>,
}

impl Host for House {
    fn networks(&self) -> Vec<(NetworkId, NetworkSecret)> {
        let networks = self.networks.iter();
        networks
            .map(|(id, known)| (*id, known.secret.clone()))
            .collect()
    }

    fn invitations(&self) -> Vec<(NetworkId, InviteKey)> {
        Vec::new()
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
        look: &mut dyn FnMut(&Automerge),
    ) -> Result<bool, HostError> {
        let doc = self.networks[network].docs.get(doc);
        Ok(doc.map(look).is_some())
    }

    fn seals(&mut self, _network: &NetworkId, _doc: &DocId) -> Vec<Vec<u8>> {
        Vec::new()
    }

    fn apply(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        incoming: Incoming,
    ) -> Result<(), DocRefusal> {
        let known = self.networks.get_mut(network).unwrap();
        match incoming.decode(known.docs.get(doc))? {
            Decoded::Nothing => {}
            Decoded::Replace(document) => {
                known.docs.insert(*doc, *document);
            }
            Decoded::Append(changes) => {
                let document = known.docs.entry(*doc).or_default();
                document.apply_changes(changes).unwrap();
            }
        }
        if let Some(document) = known.docs.get(doc) {
            known.heads.insert(*doc, document.get_heads());
        }
        Ok(())
    }

    fn admit(&mut self, _network: &NetworkId, _consent: &Consent) -> Result<(), JoinRefusal> {
        Err(JoinRefusal::Unavailable)
    }

    fn welcomed(&mut self, welcome: Welcome) -> Result<(), HostError> {
        let mut acts = ActSet::new(welcome.network);
        for act in welcome.acts {
            acts.insert(act).unwrap();
        }
        assert!(evaluate(&acts).is_member_device(&self.device));
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
