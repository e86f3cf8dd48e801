//! One connection: its stages, and the networks that both ends share.

mod ahead;
mod giving;
mod greet;
mod linking;
mod places;
mod taking;

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, VecDeque},
};

use tresse_model::{DeviceId, DocId, NetworkId};
use tresse_trust::InviteKey;

use self::{
    ahead::{Ahead, Next},
    giving::Giving,
    taking::Taking,
};

use crate::{
    CloseReason, Coming, Effect, Host, JoinRequest, NetStatus, Role, Standing,
    greeting::Ends,
    line::{Context, Line},
    link::Link,
    stream::Inbox,
    wire::{self, MAX_GREETING, MAX_MESSAGE, Message, VERSION},
};

/// The protocol on one connection.
#[derive(Debug)]
pub struct Session {
    ends: Ends,
    inbox: Inbox,
    ahead: Ahead,
    line: Line,
    stage: Stage,
    /// Which version of the protocol this side speaks.
    version: u16,
    /// Which one the other says that it speaks; `None` before it is acquainted.
    theirs: Option<u16>,
    links: BTreeMap<NetworkId, Link>,
    /// This side lets the other begin with documents.
    patient: bool,
    /// Networks that were shared on this connection and are no longer.
    shut: BTreeSet<NetworkId>,
    /// Networks whose secret was shown in a hello.
    offered: BTreeSet<NetworkId>,
    /// Hellos without an answer so far: which tickets each showed.
    asked: VecDeque<Shown>,
    /// What this side asks for with a ticket.
    join: Option<JoinRequest>,
    /// The claim is out.
    claimed: bool,
    /// Invitations the peer showed that it knows, until it claims one.
    invites: Vec<(NetworkId, InviteKey)>,
    /// Device tickets made here that the peer showed that it knows, until it claims one.
    offers: Vec<InviteKey>,
    /// This device asks to be linked, with a ticket of the peer's.
    taking: Option<Taking>,
    /// The peer asks to be linked, with a ticket made here.
    giving: Option<Giving>,
}

/// Which tickets a hello showed.
#[derive(Debug, Clone, Copy)]
struct Shown {
    join: bool,
    link: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing in common is proved.
    Strangers,
    /// Something is.
    Acquainted,
    Closed,
}

impl Session {
    /// A session that has said nothing yet.
    ///
    /// `exporter` is key material that only the two ends of this TLS connection share; `peer` is
    /// whom TLS authenticated; `seed` is thirty-two random bytes for this session alone. Either side may ask to join: a listener
    /// does so once the dialer has shown that it shares something.
    pub fn new(
        role: Role,
        exporter: [u8; 32],
        me: DeviceId,
        peer: DeviceId,
        seed: [u8; 32],
        join: Option<JoinRequest>,
    ) -> Self {
        Self {
            ends: Ends::new(role, exporter, me, peer, seed),
            inbox: Inbox::default(),
            ahead: Ahead::default(),
            line: Line::default(),
            stage: Stage::Strangers,
            version: VERSION,
            theirs: None,
            links: BTreeMap::new(),
            patient: false,
            shut: BTreeSet::new(),
            offered: BTreeSet::new(),
            asked: VecDeque::new(),
            join,
            claimed: false,
            invites: Vec::new(),
            offers: Vec::new(),
            taking: None,
            giving: None,
        }
    }

    /// Says that this side speaks another version than [`VERSION`]: how a session of a later one looks to this one, for tests of networks whose
    /// members do not change on the same day.
    #[must_use]
    pub const fn speaking(mut self, version: u16) -> Self {
        self.version = version;
        self
    }

    /// Which version of the protocol the other side speaks, and how it compares to this side's; `None` before something in common is proved.
    pub fn version_of_peer(&self) -> Option<(u16, Ordering)> {
        let theirs = self.theirs.filter(|_| self.stage == Stage::Acquainted)?;
        Some((theirs, theirs.cmp(&self.version)))
    }

    /// Whom the session talks to.
    pub const fn peer(&self) -> DeviceId {
        self.ends.peer()
    }

    /// Whether the session is over.
    pub fn is_closed(&self) -> bool {
        self.stage == Stage::Closed
    }

    /// The networks shared on this connection.
    pub fn shared(&self) -> impl Iterator<Item = &NetworkId> {
        self.links.keys()
    }

    /// How a network stands; `None` if it is not shared here.
    pub fn status(&self, network: &NetworkId) -> Option<NetStatus> {
        self.links.get(network).map(Link::status)
    }

    /// Begins: the dialer says what it can prove, the listener waits.
    pub fn start(&mut self, host: &mut dyn Host) -> Vec<Effect> {
        self.run(host, |session, host| {
            if session.ends.role() == Role::Dialer {
                session.hello(host);
            }
            Ok(())
        })
    }

    /// Takes a frame that arrived. Faults of the peer become [`Effect::Close`].
    pub fn receive(&mut self, host: &mut dyn Host, frame: &[u8]) -> Vec<Effect> {
        self.receive_all(host, [frame])
    }

    /// Takes frames that arrived one after the other. That comes to the same as taking each by itself; but the documents in all of them are
    /// shown to the host together ([`Host::ahead`]), and many signatures checked at once take half the time of few.
    pub fn receive_all<'a>(
        &mut self,
        host: &mut dyn Host,
        frames: impl IntoIterator<Item = &'a [u8]>,
    ) -> Vec<Effect> {
        self.run(host, |session, host| {
            // What came before one that is too long still came.
            let put = frames
                .into_iter()
                .try_for_each(|frame| session.inbox.put(frame));
            while let Some(next) = session.next(host)? {
                match next {
                    Next::Changes(coming) => session.take_changes(*coming, host)?,
                    Next::Message(message) => session.take(message, host)?,
                }
            }
            put
        })
    }

    /// Documents of a network changed here, by this person or by way of another peer.
    pub fn changed(
        &mut self,
        host: &mut dyn Host,
        network: &NetworkId,
        docs: &[DocId],
    ) -> Vec<Effect> {
        self.run(host, |session, _| {
            if let Some(link) = session.links.get_mut(network) {
                link.changed(docs);
            }
            Ok(())
        })
    }

    /// Of networks that come to be shared, this side says nothing of documents until [`Self::compare`] or [`Self::catch_up`], or until the other does: for whoever
    /// has many links and will soon have from a few what all have.
    #[must_use]
    pub const fn patient(mut self) -> Self {
        self.patient = true;
        self
    }

    /// Documents of a network changed here by way of another peer, who may be telling this one as well: nothing is said of them before
    /// [`Self::compare`]. Where both come to have the same meanwhile, nothing will be.
    pub fn changed_elsewhere(
        &mut self,
        host: &mut dyn Host,
        network: &NetworkId,
        docs: &[DocId],
    ) -> Vec<Effect> {
        self.run(host, |session, host| {
            session.on_link(network, host, |link, context| {
                link.changed_elsewhere(docs, context);
                Ok(())
            })
        })
    }

    /// Says how this side stands in a network, where something was kept back, and hears so how the other does.
    pub fn compare(&mut self, host: &mut dyn Host, network: &NetworkId) -> Vec<Effect> {
        self.run(host, |session, host| {
            session.on_link(network, host, Link::compare)?;
            session.gate(network, host)
        })
    }

    /// Sends what was kept back, as far as the other is not known to have it by now.
    pub fn catch_up(&mut self, host: &mut dyn Host, network: &NetworkId) -> Vec<Effect> {
        self.run(host, |session, host| {
            if let Some(link) = session.links.get_mut(network) {
                link.catch_up();
            }
            session.gate(network, host)
        })
    }

    /// The acts of a network changed here.
    pub fn acts_changed(&mut self, host: &mut dyn Host, network: &NetworkId) -> Vec<Effect> {
        self.run(host, |session, host| {
            session.on_link(network, host, Link::acts_changed)?;
            session.gate(network, host)?;
            let member = host.standing(network, &session.peer()) == Standing::Member;
            if member && session.shut.contains(network) && !session.links.contains_key(network) {
                session.offered.remove(network);
                session.offer_new(host);
            }
            session.give_what_waits(host)
        })
    }

    /// This profile has a network more or less than before: the new ones are proved on this same
    /// connection, those left are shut.
    pub fn networks_changed(&mut self, host: &mut dyn Host) -> Vec<Effect> {
        self.run(host, |session, host| {
            let here = host.networks();
            let left: Vec<_> = session
                .links
                .keys()
                .filter(|network| !here.iter().any(|(other, _)| other == *network))
                .copied()
                .collect();
            for network in left {
                session.shut(network);
            }
            session.offer_new(host);
            Ok(())
        })
    }

    /// Asks to be let into a network by the peer on this connection, which stands already.
    pub fn join(&mut self, host: &mut dyn Host, request: JoinRequest) -> Vec<Effect> {
        self.run(host, |session, host| {
            session.join = Some(request);
            session.claimed = false;
            session.hello_if_begun(host);
            Ok(())
        })
    }

    /// Says again what this side can prove, unless it has not begun to.
    fn hello_if_begun(&mut self, host: &mut dyn Host) {
        if self.stage == Stage::Acquainted || !self.asked.is_empty() {
            self.hello(host);
        }
    }

    /// The connection is over, however it ended: saves what is worth remembering of it.
    pub fn ended(&mut self, host: &mut dyn Host) {
        self.stage = Stage::Closed;
        for link in std::mem::take(&mut self.links).values_mut() {
            link.ended(&mut context(host, &mut self.line, &self.ends));
        }
    }

    /// Does one thing, then all that follows from it.
    fn run(
        &mut self,
        host: &mut dyn Host,
        act: impl FnOnce(&mut Self, &mut dyn Host) -> Result<(), CloseReason>,
    ) -> Vec<Effect> {
        if self.is_closed() {
            return Vec::new();
        }
        let result = act(self, host).and_then(|()| self.settle(host));
        let mut effects = std::mem::take(&mut self.line.events);
        effects.extend(self.line.outbox.frames().into_iter().map(Effect::Send));
        if let Err(reason) = result {
            // Before anything in common is proved, every fault looks the same.
            let told = match self.stage {
                Stage::Strangers => CloseReason::NothingShared,
                Stage::Acquainted | Stage::Closed => reason,
            };
            effects.push(Effect::Close(told));
            self.ended(host);
        }
        effects
    }

    /// Sends what can be sent, then compares where both stand, until there is nothing to do.
    fn settle(&mut self, host: &mut dyn Host) -> Result<(), CloseReason> {
        loop {
            let mut more = false;
            for step in [Link::pump, Link::rest] {
                for link in self.links.values_mut() {
                    let mut context = context(host, &mut self.line, &self.ends);
                    more |= step(link, &mut context)?;
                }
            }
            if !more {
                break;
            }
        }
        self.line.acknowledge();
        Ok(())
    }

    /// The next message that came, if it is whole.
    fn next(&mut self, host: &mut dyn Host) -> Result<Option<Next>, CloseReason> {
        let limit = self.limit();
        let links = &self.links;
        let shared = |network: &NetworkId| links.contains_key(network);
        self.ahead.next(&mut self.inbox, limit, shared, host)
    }

    /// How long the next message may be.
    fn limit(&self) -> usize {
        if self.links.is_empty() && !self.claimed && !self.trusts_peer() {
            MAX_GREETING
        } else {
            MAX_MESSAGE
        }
    }

    fn take(&mut self, message: Message, host: &mut dyn Host) -> Result<(), CloseReason> {
        match message {
            Message::Hello { version, tags } => self.on_hello(version, &tags, host),
            Message::Answer { version, tags } => self.on_answer(version, &tags, host),
            Message::Claim { consent, present } => self.on_claim(&consent, &present, host),
            Message::Welcome {
                network,
                secret,
                acts,
            } => self.on_welcome(NetworkId::from_bytes(network), secret, &acts, host),
            Message::Refused { refusal } => self.on_refused(refusal),
            message @ (Message::LinkClaim { .. }
            | Message::LinkOffer { .. }
            | Message::LinkReveal { .. }
            | Message::LinkConfirm { .. }
            | Message::LinkResume { .. }
            | Message::LinkPending { .. }
            | Message::LinkRefused { .. }) => self.about_linking(message, host),
            Message::Ack { seen } => {
                for flight in self.line.landed(seen)? {
                    self.on_link(&flight.network.clone(), host, |link, context| {
                        link.landed(&flight, context);
                        Ok(())
                    })?;
                }
                Ok(())
            }
            // Read as what it is ([`Ahead`]).
            Message::Changes { .. } => Err(CloseReason::OutOfPlace),
            Message::Shut { network } => self.on_shut(NetworkId::from_bytes(network)),
            Message::Places { network, places } => {
                self.on_places(NetworkId::from_bytes(network), places, host)
            }
            Message::Open { network, .. }
            | Message::ActIds { network, .. }
            | Message::Acts { network, .. }
            | Message::Docs { network, .. }
            | Message::List { network, .. }
            | Message::Clock { network, .. }
            | Message::Unwanted { network, .. }
            | Message::Digest { network, .. } => {
                self.about_network(NetworkId::from_bytes(network), message, host)
            }
        }
    }

    fn about_network(
        &mut self,
        network: NetworkId,
        message: Message,
        host: &mut dyn Host,
    ) -> Result<(), CloseReason> {
        if !self.links.contains_key(&network) {
            // After this side shut a network, what was on its way still comes.
            if !self.shut.contains(&network) {
                return Err(CloseReason::OutOfPlace);
            }
            return Ok(());
        }
        self.on_link(&network, host, |link, context| link.take(message, context))?;
        self.gate(&network, host)
    }

    /// Takes changes of a document.
    fn take_changes(&mut self, coming: Coming, host: &mut dyn Host) -> Result<(), CloseReason> {
        let network = coming.network();
        if !self.links.contains_key(&network) {
            if !self.shut.contains(&network) {
                return Err(CloseReason::OutOfPlace);
            }
            self.line.seen += 1;
            return Ok(());
        }
        self.on_link(&network, host, |link, context| {
            link.take_changes(coming, context)
        })?;
        self.gate(&network, host)
    }

    /// Does something with the network's link, if it is shared.
    fn on_link(
        &mut self,
        network: &NetworkId,
        host: &mut dyn Host,
        act: impl FnOnce(&mut Link, &mut Context<'_>) -> Result<(), CloseReason>,
    ) -> Result<(), CloseReason> {
        let Some(link) = self.links.get_mut(network) else {
            return Ok(());
        };
        let mut context = context(host, &mut self.line, &self.ends);
        act(link, &mut context)
    }

    /// Lets the network go on as far as what the peer is in it allows.
    fn gate(&mut self, network: &NetworkId, host: &mut dyn Host) -> Result<(), CloseReason> {
        let mut open = true;
        self.on_link(network, host, |link, context| {
            open = link.gate(context)?;
            Ok(())
        })?;
        if !open {
            self.shut(*network);
        }
        Ok(())
    }

    /// Stops serving a network.
    fn shut(&mut self, network: NetworkId) {
        self.links.remove(&network);
        self.shut.insert(network);
        self.line.send(&Message::Shut {
            network: wire::network(&network),
        });
        self.line.tell(Effect::Unshared(network));
    }

    fn on_shut(&mut self, network: NetworkId) -> Result<(), CloseReason> {
        if self.links.remove(&network).is_some() {
            self.shut.insert(network);
            self.line.tell(Effect::Unshared(network));
        } else if !self.shut.contains(&network) {
            return Err(CloseReason::OutOfPlace);
        }
        self.finished_if_idle()
    }

    /// With nothing shared and nothing asked, there is nothing more to do here.
    fn finished_if_idle(&self) -> Result<(), CloseReason> {
        let waits = self.join.is_some()
            || !self.invites.is_empty()
            || !self.asked.is_empty()
            || self.taking.is_some()
            || self.giving.is_some()
            || !self.offers.is_empty();
        if self.links.is_empty() && !waits {
            Err(CloseReason::Finished)
        } else {
            Ok(())
        }
    }
}

/// What a network's part of the session works with.
fn context<'a>(host: &'a mut dyn Host, line: &'a mut Line, ends: &Ends) -> Context<'a> {
    Context {
        host,
        line,
        me: ends.me(),
        peer: ends.peer(),
        dialer: ends.role() == Role::Dialer,
    }
}
