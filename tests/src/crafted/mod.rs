//! A member made by hand from the library crates, who can write and say what no Tresse does; and a
//! stranger who records everything that is said to it.
//!
//! ```text
//!   Crafted ── joins, meets ──► an honest Session over House, whatever it was handed to say
//!           ├─ calls ─────────► Call: an honest beginning, then any Message, any bytes
//!           ├─ rings ─────────► Call: nothing said yet
//!           ├─ founds, hosts ─► a network of its own, to which others come
//!           ├─ says ──────────► acts of governance, honest and otherwise
//!           └─ forge ─────────► changes and seals of every kind of falsehood
//! ```

mod call;
mod forge;
mod hosting;
mod house;
mod says;
mod wire;

use std::collections::BTreeMap;

use automerge::{
    ActorId, Automerge,
    transaction::{CommitOptions, Transaction},
};
use tokio::{runtime::Runtime, sync::mpsc::Receiver, time::timeout};
use tresse_model::{DeviceId, DocId, MemberId, NetworkId};
use tresse_net::{Contact, LinkId, Net, NetConfig, NetEvent, Purpose};
use tresse_sync::{Copy, Effect, JoinRefusal, JoinRequest, Role, Session};
use tresse_trust::{
    Body, Consent, DeviceKey, Incarnation, InviteSecret, Ticket, actor_id, member_id,
};

use self::house::House;
pub use self::{
    call::{Call, changes, clock, one, whole},
    forge::{Forger, SealPart, entries, folded, many_in_few, patched},
    wire::{Body as WireBody, Entry, Message, Raw},
};
use crate::PATIENCE;

/// The one life that a peer made by hand has.
pub(crate) const LIFE: Incarnation = Incarnation(0);

/// A peer made by hand. A clone is a twin: the same key on two machines.
#[derive(Debug, Clone)]
pub struct Crafted {
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

/// What somebody was told who kept to the protocol.
#[derive(Debug)]
pub struct Told {
    /// Message by message.
    pub messages: Vec<Message>,
    /// `in-step`, or why it was shut out.
    pub end: String,
}

impl Told {
    /// Whether anything of any document was among it: its name, its heads, its content.
    pub fn of_documents(&self) -> bool {
        self.messages.iter().any(|message| {
            use Message::{Changes, Clock, Digest, Docs, List};
            matches!(
                message,
                Docs { .. } | List { .. } | Clock { .. } | Changes { .. } | Digest { .. }
            )
        })
    }
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
        Self {
            name: name.to_owned(),
            house: House {
                seed,
                networks: BTreeMap::new(),
            },
        }
    }

    /// Its key.
    pub fn key(&self) -> DeviceKey {
        self.house.key()
    }

    /// The device.
    pub fn device(&self) -> DeviceId {
        self.key().id()
    }

    /// The person, as one who came in with this device.
    pub fn member(&self) -> MemberId {
        member_id(&self.device())
    }

    /// Their name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name under which this device writes in a document.
    pub fn actor(&self, network: &NetworkId, doc: &DocId) -> [u8; 16] {
        actor_id(network, &self.device(), doc, LIFE)
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
        self.copy(network, doc).doc()
    }

    /// Whether a document is here.
    pub fn has(&self, network: &NetworkId, doc: &DocId) -> bool {
        self.house.networks[network].docs.contains_key(doc)
    }

    /// A document with its seals.
    pub fn copy(&self, network: &NetworkId, doc: &DocId) -> &Copy {
        &self.house.networks[network].docs[doc]
    }

    /// Puts any copy at all in the place of a document: it is sent as it is.
    pub fn holds(&mut self, network: &NetworkId, copy: Copy) {
        let known = self.house.networks.get_mut(network).unwrap();
        known.heads.insert(copy.id(), copy.heads());
        known.docs.insert(copy.id(), copy);
    }

    /// Has never heard of a document.
    pub fn forgets(&mut self, network: &NetworkId, doc: &DocId) {
        let known = self.house.networks.get_mut(network).unwrap();
        known.heads.remove(doc);
        known.docs.remove(doc);
    }

    /// Writes anything at all into a document, as this device.
    pub fn writes(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        write: impl FnOnce(&mut Transaction<'_>),
    ) {
        let actor = self.actor(network, doc);
        let key = self.key();
        let known = self.house.networks.get_mut(network).unwrap();
        let copy = known.docs.get_mut(doc).unwrap();
        let document = copy.edit();
        document.set_actor(ActorId::from(&actor[..]));
        let mut transaction = document.transaction();
        write(&mut transaction);
        transaction.commit_with(CommitOptions::default().with_time(1_790_000_000_000));
        let change = document.get_last_local_change().unwrap();
        copy.edited(&change);
        copy.seal(&key, LIFE);
        known.heads.insert(*doc, copy.heads());
    }

    /// Makes an invitation with an end of one's own choosing, the past too. The ticket claims
    /// another end.
    pub fn invites(&mut self, network: &NetworkId, ends_ms: u64, claims_ms: u64) -> Ticket {
        let made = self.house.networks[network].acts.len();
        let secret = InviteSecret::from_seed([made as u8; 32]);
        let body = Body::Invite {
            invite: secret.key(),
            uses: 1,
            expires_ms: ends_ms,
        };
        self.says(network, &body);
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
        let me = self.member();
        JoinRequest {
            network: ticket.network,
            secret: ticket.secret.clone(),
            consent: Consent::sign(ticket.network, &ticket.secret, &self.key(), me, &self.name),
        }
    }

    fn session(&self, peer: DeviceId, exporter: [u8; 32], join: Option<JoinRequest>) -> Session {
        let me = self.device();
        Session::new(Role::Dialer, exporter, me, peer, [9; 32], join)
    }

    async fn dials(&self, contact: &str) -> (Net, Receiver<NetEvent>) {
        let config = NetConfig {
            seed: self.house.seed,
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

pub(crate) async fn next(events: &mut Receiver<NetEvent>) -> NetEvent {
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
