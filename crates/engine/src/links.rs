//! Links to other peers: one [`Session`] each, and what is known of them.
//!
//! Frames that a turn produces wait in `outbox` until the turn's commit: see [`crate::core`].

mod crowd;
mod gathered;
mod keeping;
mod linking;
mod places;
mod presence;
mod reach;
mod reaching;

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::sync::mpsc::Receiver;
use tresse_model::{DeviceId, DocId, NetworkId};
use tresse_net::{Contact, Credit, LinkId, Net, NetConfig, NetEvent, Purpose};
use tresse_sync::{CloseReason, Effect, JoinRefusal, JoinRequest, Role, Session};

pub(crate) use gathered::Came;
use keeping::{dialable, lan_view, wanted};
pub use reach::is_address;

use crate::{
    ComingView, CommandError, Cost, EngineError, Event, JoinView, Moment, NetOptions,
    PeerNetworkView, PeerView, Replica, StatusView,
    joins::Join,
    linking::Current,
    moment::Clock,
    replica::{Changes, HostAt},
};

/// Links to other peers.
pub(crate) struct Links {
    net: Option<Net>,
    /// How it was asked to talk to others; `None`: not at all.
    options: Option<NetOptions>,
    time: Clock,
    internet: bool,
    /// The relay of one's own that is in use; `None`: the public ones, or none at all.
    relay: Option<String>,
    links: BTreeMap<LinkId, Link>,
    outbox: Vec<Outgoing>,
    joins: Vec<Join>,
    /// The one linking of a machine that is shown.
    linking: Option<Current>,
    addresses: Vec<SocketAddr>,
    kept: Vec<Contact>,
    presence: presence::Presence,
    /// What some of many links are not told at once.
    crowd: crowd::Crowd,
    /// Where others are, as members say.
    places: places::Places,
    /// Addresses that were given to this process.
    reaching: reaching::Reaching,
    /// Files are given from the network side that is open.
    serves: bool,
    /// Of whom it was told that they speak a later version (`true`) or an older one.
    told: BTreeSet<(DeviceId, bool)>,
}

struct Link {
    device: DeviceId,
    session: Session,
    remote: Option<SocketAddr>,
    /// What all went through when there was no direct path yet.
    relay: Option<String>,
    way: Way,
    dialled: bool,
    proven: bool,
    in_step: BTreeSet<NetworkId>,
    cost: Cost,
    /// What was told over it of where others are.
    passed: places::Passed,
    /// This side sent something since it last heard: the next frame ends a round trip.
    asked: bool,
}

/// By which way all goes on a link now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Direct,
    Relayed,
}

impl From<bool> for Way {
    fn from(relayed: bool) -> Self {
        if relayed { Self::Relayed } else { Self::Direct }
    }
}

enum Outgoing {
    Frame(LinkId, Vec<u8>),
    Close(LinkId, CloseReason),
}

impl Links {
    /// Opens the network side, or none.
    pub(crate) async fn start(
        replica: &mut Replica,
        options: Option<NetOptions>,
        time: Clock,
    ) -> Result<(Self, Option<Receiver<NetEvent>>), EngineError> {
        let mut links = Self {
            net: None,
            options,
            time,
            internet: false,
            relay: None,
            links: BTreeMap::new(),
            outbox: Vec::new(),
            joins: Vec::new(),
            linking: None,
            addresses: Vec::new(),
            kept: Vec::new(),
            presence: presence::Presence::new(),
            crowd: crowd::Crowd::default(),
            places: places::Places::default(),
            reaching: reaching::Reaching::default(),
            serves: false,
            told: BTreeSet::new(),
        };
        links.resume_linking(replica);
        let events = links.open(replica).await?;
        Ok((links, events))
    }

    /// Whether the person switched the internet on or off, or chose another relay, since the network side was opened.
    pub(crate) fn wants_restart(&self, replica: &Replica) -> bool {
        let options = self.options.as_ref().filter(|_| self.net.is_some());
        options
            .is_some_and(|options| wanted(options, replica) != (self.internet, self.relay.clone()))
    }

    /// Closes the network side and opens it anew, as the profile wants it now.
    pub(crate) async fn restart(
        &mut self,
        replica: &mut Replica,
    ) -> Result<Option<Receiver<NetEvent>>, EngineError> {
        self.links.clear();
        self.linking_restarts(replica);
        self.outbox.clear();
        self.kept.clear();
        self.presence.restart();
        if let Some(net) = self.net.take() {
            net.shutdown().await;
        }
        self.open(replica).await
    }

    async fn open(
        &mut self,
        replica: &mut Replica,
    ) -> Result<Option<Receiver<NetEvent>>, EngineError> {
        let Some(options) = &self.options else {
            return Ok(None);
        };
        (self.internet, self.relay) = wanted(options, replica);
        let config = NetConfig {
            seed: replica.seed(),
            listen: options.listen,
            preferred_port: replica
                .last_port()
                .map_err(|error| EngineError::Damaged(error.message))?,
            lan: options.lan && replica.profile().lan,
            internet: self.internet,
            relay: self.relay.clone(),
        };
        let (net, events) = Net::start(config).await?;
        self.addresses = net.addresses();
        self.net = Some(net);
        self.serves = false;
        replica.remember_own(&self.addresses);
        self.keep(replica);
        Ok(Some(events))
    }

    /// Keeps what each session is worth remembering, before the last commit.
    pub(crate) fn end_all(&mut self, replica: &mut Replica) {
        let moment = self.time.moment();
        for link in self.links.values_mut() {
            link.session.ended(&mut HostAt {
                replica,
                moment: &moment,
            });
        }
    }

    pub(crate) async fn shutdown(self) {
        if let Some(net) = self.net {
            net.shutdown().await;
        }
    }

    /// Asks the members named in a ticket to let this device in.
    pub(crate) fn join(
        &mut self,
        replica: &Replica,
        ticket: &str,
        moment: &Moment,
    ) -> Result<(Value, Vec<Event>), CommandError> {
        // Who is in already is looking for the others.
        if let (Some(ticket), true) = (replica.ticket_again(ticket), self.net.is_some()) {
            return self.meet_again(replica, &ticket);
        }
        let (ticket, request) = replica.join_request(ticket, moment)?;
        let Some(net) = &self.net else {
            return Err(CommandError::new(
                "needs-network",
                "joining needs the link to other peers: it is switched off here",
            ));
        };
        self.joins.retain(|join| join.network() != ticket.network);
        let others = ticket
            .contacts
            .iter()
            .filter(|contact| contact.device != replica.device());
        let join = Join::new(request, others.map(dialable).collect());
        for contact in join.to_reach() {
            net.dial(contact, Purpose(0));
        }
        self.joins.push(join);
        self.keep(replica);
        Ok((json!({ "network": ticket.network }), Vec::new()))
    }

    /// How each ticket fares.
    pub(crate) fn joins(&self) -> Vec<JoinView> {
        self.joins.iter().map(Join::view).collect()
    }

    /// Asks over a link that stands already for what this process has tickets for.
    fn ask(&mut self, replica: &mut Replica, id: LinkId) -> Vec<Event> {
        let mut news = self.ask_to_join(replica, id);
        news.extend(self.ask_to_link(replica, id));
        news
    }

    fn ask_to_join(&mut self, replica: &mut Replica, id: LinkId) -> Vec<Event> {
        let device = self.links.get(&id).map(|link| link.device);
        let request = device.and_then(|device| self.request_for(&device));
        let Some(request) = request else {
            return Vec::new();
        };
        let moment = self.time.moment();
        self.with_session(replica, id, |session, replica| {
            session.join(
                &mut HostAt {
                    replica,
                    moment: &moment,
                },
                request,
            )
        })
    }

    /// The ticket that a device could let us in by.
    fn request_for(&self, device: &DeviceId) -> Option<JoinRequest> {
        self.joins.iter().find_map(|join| join.request_for(device))
    }

    /// Takes what came of the network side; answers what subscribers should hear.
    pub(crate) fn hear(&mut self, replica: &mut Replica, came: Came) -> Vec<Event> {
        match came {
            Came::Frames(link, frames) => self.frames(replica, link, &frames),
            Came::Other(event) => self.hear_event(replica, *event),
        }
    }

    fn hear_event(&mut self, replica: &mut Replica, event: NetEvent) -> Vec<Event> {
        match event {
            NetEvent::Linked {
                link,
                device,
                dialled,
                exporter,
                remote,
                relay,
                ..
            } => self.linked(replica, link, device, dialled, exporter, (remote, relay)),
            NetEvent::Way { link, relayed } => self.way(link, relayed).into_iter().collect(),
            NetEvent::AlreadyLinked { link, .. } => self.ask(replica, link),
            NetEvent::Closed {
                link,
                device,
                reason,
            } => {
                tracing::debug!(device = %device.short(), "link closed: {reason}");
                self.closed(replica, link, &reason)
            }
            NetEvent::DialFailed {
                device,
                purpose,
                reason,
            } => {
                tracing::debug!(device = %device.short(), "not reached: {reason}");
                let told = self.reach_failed(&device, Some(purpose), false);
                told.into_iter().collect()
            }
            NetEvent::Addresses(addresses) => {
                replica.remember_own(&addresses);
                self.addresses.clone_from(&addresses);
                // What is beside this machine is another thing now.
                self.keep(replica);
                let addresses = addresses.iter().map(ToString::to_string).collect();
                vec![Event::Addresses { addresses }]
            }
            NetEvent::Gossip { topic, bytes } => {
                self.hear_presence(replica, topic, &bytes);
                Vec::new()
            }
            NetEvent::InTopic { topic } => {
                self.presence_joined(topic);
                Vec::new()
            }
            NetEvent::Relay(relay) => vec![Event::Relay { relay }],
            NetEvent::Lan(status) => vec![Event::Lan(lan_view(status))],
            _ => Vec::new(),
        }
    }

    /// By which way all goes on a link now; what to tell where that is news of a member's device.
    fn way(&mut self, id: LinkId, relayed: bool) -> Option<Event> {
        let link = self.links.get_mut(&id)?;
        let changed = std::mem::replace(&mut link.way, relayed.into()) != relayed.into();
        let device = link.device;
        (changed && link.proven).then_some(Event::Way { device, relayed })
    }

    fn linked(
        &mut self,
        replica: &mut Replica,
        id: LinkId,
        device: DeviceId,
        dialled: bool,
        exporter: [u8; 32],
        (remote, relay): (Option<SocketAddr>, Option<String>),
    ) -> Vec<Event> {
        let moment = self.time.moment();
        let role = if dialled {
            Role::Dialer
        } else {
            Role::Listener
        };
        let join = self.request_for(&device).filter(|_| dialled);
        let me = replica.device();
        let mut session = Session::new(role, exporter, me, device, moment.random(), join);
        if let Some(version) = self.options.as_ref().and_then(|options| options.protocol) {
            session = session.speaking(version);
        }
        let beside = self.links.values().filter(|link| link.proven).count();
        if crowd::begins_patiently(beside) {
            session = session.patient();
        }
        let mut host = HostAt {
            replica,
            moment: &moment,
        };
        let link_request = self.linking.as_mut().filter(|_| dialled);
        let mut effects = Vec::new();
        if let Some(current) = link_request
            && let Some(request) = current.request_for(&device)
        {
            (current.link, current.shown_first) = (Some(id), true);
            effects = session.link(&mut host, request);
        }
        effects.extend(session.start(&mut host));
        let link = Link {
            device,
            session,
            remote,
            way: relay.is_some().into(),
            relay,
            dialled,
            proven: false,
            in_step: BTreeSet::new(),
            cost: Cost::default(),
            passed: places::Passed::new(Instant::now()),
            asked: false,
        };
        self.links.insert(id, link);
        self.effects(replica, id, effects)
    }

    fn frames(
        &mut self,
        replica: &mut Replica,
        id: LinkId,
        frames: &[(Vec<u8>, Credit)],
    ) -> Vec<Event> {
        let Some(link) = self.links.get_mut(&id) else {
            return Vec::new();
        };
        let size: usize = frames.iter().map(|(bytes, _)| bytes.len()).sum();
        link.cost.received_bytes += size as u64;
        if std::mem::take(&mut link.asked) {
            link.cost.round_trips += 1;
        }
        let moment = self.time.moment();
        let effects = link.session.receive_all(
            &mut HostAt {
                replica,
                moment: &moment,
            },
            frames.iter().map(|(bytes, _)| bytes.as_slice()),
        );
        self.effects(replica, id, effects)
    }

    fn closed(&mut self, replica: &mut Replica, id: LinkId, reason: &str) -> Vec<Event> {
        let Some(mut link) = self.links.remove(&id) else {
            return Vec::new();
        };
        let mut news = self.linking_closed(replica, id, reason);
        let sent_away = !link.session.is_closed() && reason == CloseReason::NothingShared.code();
        let moment = self.time.moment();
        link.session.ended(&mut HostAt {
            replica,
            moment: &moment,
        });
        let device = link.device;
        self.presence_unlinked(&device);
        news.extend(self.reach_failed(&device, None, sent_away));
        if link.proven {
            news.push(Event::PeerGone { device });
        } else if sent_away {
            let code = reason.to_owned();
            news.push(Event::Refused { device, code });
        }
        news
    }

    /// Passes what changed here to every session.
    pub(crate) fn pass_on(&mut self, replica: &mut Replica, changes: &Changes) -> Vec<Event> {
        let mut news = Vec::new();
        if !changes.acts.is_empty() || changes.networks {
            self.keep(replica);
        }
        self.presence_changes(replica, changes);
        if self.links.is_empty() {
            return news;
        }
        let moment = self.time.moment();
        let ids: Vec<_> = self.links.keys().copied().collect();
        let ring = |network: &NetworkId| (*network, self.told_at_once(replica, network));
        let at_once: BTreeMap<NetworkId, BTreeSet<DeviceId>> =
            changes.documents.keys().map(ring).collect();
        for id in ids {
            if changes.networks {
                news.extend(self.with_session(replica, id, |session, replica| {
                    session.networks_changed(&mut HostAt {
                        replica,
                        moment: &moment,
                    })
                }));
            }
            for network in &changes.acts {
                news.extend(self.with_session(replica, id, |session, replica| {
                    session.acts_changed(
                        &mut HostAt {
                            replica,
                            moment: &moment,
                        },
                        network,
                    )
                }));
            }
            for (network, docs) in &changes.documents {
                let at_once = &at_once[network];
                news.extend(self.pass_documents_on(replica, id, network, docs, (changes, at_once)));
            }
        }
        news
    }

    /// Tells one link what changed in a network: at once what was written here; of what came from elsewhere, as [`crowd`] says.
    fn pass_documents_on(
        &mut self,
        replica: &mut Replica,
        id: LinkId,
        network: &NetworkId,
        docs: &BTreeSet<DocId>,
        (changes, at_once): (&Changes, &BTreeSet<DeviceId>),
    ) -> Vec<Event> {
        let link = self.links.get(&id);
        let Some(link) = link.filter(|link| link.session.shared().any(|one| one == network)) else {
            return Vec::new();
        };
        let at_once = at_once.contains(&link.device);
        let own = |doc: &DocId| changes.own.contains(&(*network, *doc));
        let (now, later): (Vec<DocId>, Vec<DocId>) =
            docs.iter().partition(|doc| at_once || own(doc));
        if !later.is_empty() {
            self.crowd.keeps_back(*network, Instant::now());
        }
        let moment = self.time.moment();
        self.with_session(replica, id, |session, replica| {
            let mut host = HostAt {
                replica,
                moment: &moment,
            };
            let mut effects = Vec::new();
            if !later.is_empty() {
                effects.extend(session.changed_elsewhere(&mut host, network, &later));
            }
            if !now.is_empty() {
                effects.extend(session.changed(&mut host, network, &now));
            }
            effects
        })
    }

    /// Of those linked in a network, the devices that are told at once.
    fn told_at_once(&self, replica: &Replica, network: &NetworkId) -> BTreeSet<DeviceId> {
        let linked = self.devices_in(network).into_iter().collect();
        crowd::told_at_once(replica.device(), &linked)
    }

    /// A network came to be shared on a link that may have been waiting to begin.
    fn begins_in(&mut self, replica: &mut Replica, id: LinkId, network: &NetworkId) -> Vec<Event> {
        let at_once = self.told_at_once(replica, network);
        if self
            .links
            .get(&id)
            .is_some_and(|link| at_once.contains(&link.device))
        {
            return self.goes_on(replica, id, network, crowd::Due::CatchUp);
        }
        self.crowd.keeps_back(*network, Instant::now());
        Vec::new()
    }

    fn goes_on(
        &mut self,
        replica: &mut Replica,
        id: LinkId,
        network: &NetworkId,
        due: crowd::Due,
    ) -> Vec<Event> {
        let moment = self.time.moment();
        self.with_session(replica, id, |session, replica| {
            let mut host = HostAt {
                replica,
                moment: &moment,
            };
            match due {
                crowd::Due::Compare => session.compare(&mut host, network),
                crowd::Due::CatchUp => session.catch_up(&mut host, network),
            }
        })
    }

    /// Tells those whom nothing was told yet, where it is time. What subscribers should hear, if anything was.
    pub(crate) fn tend_crowd(&mut self, replica: &mut Replica) -> Option<Vec<Event>> {
        let due = self.crowd.due(Instant::now());
        if due.is_empty() {
            return None;
        }
        let mut news = Vec::new();
        let ids: Vec<LinkId> = self.links.keys().copied().collect();
        for (network, due) in due {
            for id in &ids {
                news.extend(self.goes_on(replica, *id, &network, due));
            }
        }
        Some(news)
    }

    /// How long until then.
    pub(crate) fn crowd_wait(&self) -> Option<Duration> {
        self.crowd.wait(Instant::now())
    }

    fn with_session(
        &mut self,
        replica: &mut Replica,
        id: LinkId,
        work: impl FnOnce(&mut Session, &mut Replica) -> Vec<Effect>,
    ) -> Vec<Event> {
        let Some(link) = self.links.get_mut(&id) else {
            return Vec::new();
        };
        let effects = work(&mut link.session, replica);
        self.effects(replica, id, effects)
    }

    fn effects(&mut self, replica: &mut Replica, id: LinkId, effects: Vec<Effect>) -> Vec<Event> {
        let mut news = Vec::new();
        let mut refuse = None;
        let mut shared = Vec::new();
        let mut places = Vec::new();
        let mut reached = false;
        for effect in effects {
            let Some(link) = self.links.get_mut(&id) else {
                break;
            };
            let device = link.device;
            match effect {
                Effect::Send(frame) => {
                    link.cost.sent_bytes += frame.len() as u64;
                    link.asked = true;
                    self.outbox.push(Outgoing::Frame(id, frame));
                }
                Effect::Shared(network) => shared.push(network),
                Effect::Syncing(network) => {
                    reached = true;
                    news.extend(self.connected(replica, id, network));
                }
                Effect::InStep(network) => {
                    link.in_step.insert(network);
                    let cost = link.cost;
                    replica.in_step(&network);
                    for join in &mut self.joins {
                        join.arrived(&network);
                    }
                    let documents = replica.documents(&network);
                    news.push(Event::InStep {
                        device,
                        network,
                        documents,
                        cost,
                    });
                }
                Effect::OutOfStep(network) | Effect::Unshared(network) => {
                    link.in_step.remove(&network);
                }
                Effect::Joined(network) => {
                    for join in &mut self.joins {
                        join.admitted(&network);
                    }
                    news.push(Event::Joined { network });
                }
                Effect::JoinRefused(refusal) => {
                    news.extend(self.join_refused(device, refusal));
                }
                Effect::Linking(step) => {
                    let (told, refusal) = self.on_linking(replica, id, step);
                    news.extend(told);
                    refuse = refuse.or(refusal);
                }
                Effect::Admitted(network, _) => {
                    news.push(Event::Admitted { network, device });
                }
                Effect::DocumentRefused { network, doc, code } => {
                    tracing::warn!(device = %device.short(), %doc, code, "a document was refused");
                    replica.note_refusal(&network, doc, device, code, &self.time.moment());
                    news.push(Event::DocumentRefused {
                        device,
                        name: replica.device_owner_name(&network, &device),
                        network,
                        document: doc,
                        code: code.to_owned(),
                    });
                }
                Effect::Places(_, told) => places.extend(told),
                Effect::Close(reason) => {
                    self.outbox.push(Outgoing::Close(id, reason));
                    if reason != CloseReason::Finished {
                        news.push(Event::Refused {
                            device,
                            code: reason.code().to_owned(),
                        });
                    }
                }
            }
        }
        // What they say comes after what was said to bring them about.
        for network in shared {
            news.extend(self.prove(replica, id));
            news.extend(self.begins_in(replica, id, &network));
        }
        if reached {
            self.places.stir(Instant::now());
            news.extend(self.reach_answered(replica, id));
        }
        if !places.is_empty() {
            self.hear_places(replica, id, places);
        }
        if let Some(refusal) = refuse {
            news.extend(self.refuse_to_link(replica, id, refusal));
        }
        news
    }

    /// The other side is a member's device, and documents are exchanged with it.
    fn connected(&mut self, replica: &Replica, id: LinkId, network: NetworkId) -> Vec<Event> {
        let Some(link) = self.links.get(&id) else {
            return Vec::new();
        };
        let device = link.device;
        let name = replica.device_owner_name(&network, &device);
        let mut news = Vec::new();
        if let Some(newer) = other_version(&link.session)
            && self.told.insert((device, newer))
        {
            let name = name.clone();
            news.push(Event::OtherVersion {
                device,
                name,
                newer,
            });
        }
        news.push(Event::PeerConnected {
            device,
            network,
            name,
        });
        news
    }

    /// A member asked to let this device in refused.
    fn join_refused(&mut self, device: DeviceId, refusal: JoinRefusal) -> Option<Event> {
        let join = self.joins.iter_mut().find(|join| join.asks(&device))?;
        let code = refusal.code().to_owned();
        Some(if join.refused_by(device, refusal) {
            Event::JoinRefused {
                network: join.network(),
                code,
                message: refusal.to_string(),
            }
        } else {
            Event::Refused { device, code }
        })
    }

    /// The other side knows a network of ours: it is no stranger, and worth remembering.
    fn prove(&mut self, replica: &mut Replica, id: LinkId) -> Vec<Event> {
        let Some(link) = self.links.get_mut(&id) else {
            return Vec::new();
        };
        if std::mem::replace(&mut link.proven, true) {
            return Vec::new();
        }
        if let Some(net) = &self.net {
            net.proven(id);
        }
        replica.remember_reached(&link.device, link.remote, link.relay.clone());
        // Who was dialled has been asked from the start.
        if link.dialled {
            Vec::new()
        } else {
            self.ask(replica, id)
        }
    }

    /// Lets the turn's frames go: what they claim is durable now.
    pub(crate) fn flush(&mut self) {
        let Some(net) = &self.net else { return };
        for outgoing in self.outbox.drain(..) {
            match outgoing {
                Outgoing::Frame(link, frame) => net.send(link, frame),
                Outgoing::Close(link, reason) => {
                    net.close(link, reason.number(), reason.code());
                }
            }
        }
    }

    /// The network side, if it is open.
    pub(crate) fn net(&self) -> Option<Net> {
        self.net.clone()
    }

    /// Whether files are not given yet from the network side that is open; from now on they are.
    pub(crate) const fn begin_to_serve(&mut self) -> bool {
        !std::mem::replace(&mut self.serves, true)
    }

    /// The devices of members that are linked.
    pub(crate) fn devices(&self) -> BTreeSet<DeviceId> {
        let links = self.links.values().filter(|link| link.proven);
        links.map(|link| link.device).collect()
    }

    /// Those of one network.
    pub(crate) fn devices_in(&self, network: &NetworkId) -> Vec<DeviceId> {
        let links = self.links.values().filter(|link| link.proven);
        let shares = links.filter(|link| link.session.shared().any(|shared| shared == network));
        shares.map(|link| link.device).collect()
    }

    /// How many there are of each network.
    pub(crate) fn reachable(&self) -> BTreeMap<NetworkId, usize> {
        let links = self.links.values().filter(|link| link.proven);
        let mut counts = BTreeMap::new();
        for network in links.flat_map(|link| link.session.shared()) {
            *counts.entry(*network).or_default() += 1;
        }
        counts
    }

    /// How saving aside, things stand.
    pub(crate) fn status(&self, replica: &Replica) -> StatusView {
        let peers = self
            .links
            .values()
            .filter(|link| link.proven)
            .filter_map(|link| {
                let shared: Vec<_> = link.session.shared().copied().collect();
                let name = replica.device_owner_name(shared.first()?, &link.device);
                let networks = shared
                    .iter()
                    .filter_map(|network| {
                        let status = link.session.status(network);
                        let status = status.filter(|status| status.syncing)?;
                        Some(PeerNetworkView {
                            network: *network,
                            in_step: link.in_step.contains(network),
                            coming: ComingView::of(&status),
                        })
                    })
                    .collect::<Vec<_>>();
                (!networks.is_empty()).then_some(PeerView {
                    device: link.device,
                    name,
                    networks,
                    newer: other_version(&link.session),
                    relayed: link.way == Way::Relayed,
                })
            })
            .collect();
        StatusView {
            unsaved: 0,
            unread: 0,
            online: self.net.is_some(),
            internet: self.internet,
            relay: self.net.as_ref().and_then(Net::relay),
            addresses: self.addresses.iter().map(ToString::to_string).collect(),
            lan: self
                .net
                .as_ref()
                .map(Net::lan_status)
                .map(lan_view)
                .unwrap_or_default(),
            peers,
        }
    }
}

/// Whether the other side speaks a later version of the protocol, or an older one; `None`: the same.
fn other_version(session: &Session) -> Option<bool> {
    match session.version_of_peer()?.1 {
        std::cmp::Ordering::Equal => None,
        other => Some(other.is_gt()),
    }
}
