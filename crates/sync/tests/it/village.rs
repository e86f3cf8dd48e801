//! The village: machines, connections between them, and a throw of the dice for what arrives next.

use std::collections::{BTreeMap, VecDeque};

use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use tresse_model::{DocId, NetworkId};
use tresse_sync::{CloseReason, Effect, Host, JoinRequest, LinkRequest, NetStatus, Role, Session};
use tresse_trust::{Consent, InviteSecret};

use crate::machine::{Machine, Touched};

/// One connection between two machines: `ends[0]` dialled.
pub(crate) struct Connection {
    pub(crate) ends: [usize; 2],
    sessions: [Session; 2],
    /// Frames on their way *to* that end.
    to: [VecDeque<Vec<u8>>; 2],
    /// The end has closed; what is on its way from it still arrives.
    closed: Option<CloseReason>,
    pub(crate) traffic: Traffic,
}

/// What went over a connection.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Traffic {
    pub(crate) frames: usize,
    pub(crate) bytes: usize,
}

pub(crate) struct Village {
    pub(crate) machines: Vec<Machine>,
    pub(crate) connections: Vec<Connection>,
    pub(crate) rng: ChaCha8Rng,
    /// Effects by machine, but frames.
    pub(crate) heard: BTreeMap<usize, Vec<Effect>>,
    /// How often, of a hundred times, whoever hears something by way of one peer waits before they tell another.
    pub(crate) patient: u8,
    /// How many frames that came one after the other are dealt with together at most.
    pub(crate) together: usize,
    /// Copies of disks as they once were.
    kept: BTreeMap<usize, Machine>,
}

impl Village {
    pub(crate) fn new(seed: u64, names: &[&str]) -> Self {
        let machine = |(i, name): (usize, &&str)| Machine::new(name, 1 + i as u8);
        Self {
            machines: names.iter().enumerate().map(machine).collect(),
            connections: Vec::new(),
            rng: ChaCha8Rng::seed_from_u64(seed),
            heard: BTreeMap::new(),
            patient: 0,
            together: 1,
            kept: BTreeMap::new(),
        }
    }

    /// A village of members of one network, all known to all.
    pub(crate) fn of_members(seed: u64, names: &[&str]) -> (Self, NetworkId) {
        let mut village = Self::new(seed, names);
        let network = village.machines[0].found(1);
        for i in 1..names.len() {
            let ticket = village.machines[0].invites(&network, 100 + i as u8, 1);
            let consent = village.consent(i, network, &ticket);
            village.machines[0].admit(&network, &consent).unwrap();
        }
        let copy = village.machines[0].copy(&network).clone();
        for machine in &mut village.machines {
            machine.networks.insert(network, copy.clone());
            machine.touched = Touched::default();
        }
        (village, network)
    }

    pub(crate) fn consent(&self, i: usize, network: NetworkId, ticket: &InviteSecret) -> Consent {
        let machine = &self.machines[i];
        let member = machine.member();
        Consent::sign(network, ticket, &machine.key, member, &machine.name)
    }

    pub(crate) fn request(
        &self,
        i: usize,
        network: NetworkId,
        ticket: &InviteSecret,
    ) -> JoinRequest {
        JoinRequest {
            network,
            secret: ticket.clone(),
            consent: self.consent(i, network, ticket),
        }
    }

    /// Two machines connect, the first of them dials.
    pub(crate) fn meet(&mut self, dialer: usize, listener: usize) {
        self.meet_with(dialer, listener, None);
    }

    pub(crate) fn meet_with(&mut self, dialer: usize, listener: usize, join: Option<JoinRequest>) {
        self.connect(dialer, listener, join, None);
    }

    /// Two machines connect; the first of them dials, with a device ticket.
    pub(crate) fn meet_to_link(&mut self, dialer: usize, listener: usize, link: LinkRequest) {
        self.connect(dialer, listener, None, Some(link));
    }

    fn connect(
        &mut self,
        dialer: usize,
        listener: usize,
        join: Option<JoinRequest>,
        link: Option<LinkRequest>,
    ) {
        let exporter = self.rng.random();
        let (a, b) = (
            self.machines[dialer].device(),
            self.machines[listener].device(),
        );
        let mut new =
            |role, me, peer, join| Session::new(role, exporter, me, peer, self.rng.random(), join);
        let sessions = [
            new(Role::Dialer, a, b, join),
            new(Role::Listener, b, a, None),
        ];
        let patient = self.patient;
        let sessions = sessions.map(|session| {
            if self.rng.random_range(0..100) < patient {
                session.patient()
            } else {
                session
            }
        });
        self.connections.push(Connection {
            ends: [dialer, listener],
            sessions,
            to: [VecDeque::new(), VecDeque::new()],
            closed: None,
            traffic: Traffic::default(),
        });
        let at = self.connections.len() - 1;
        if let Some(link) = link {
            self.with_session(at, 0, |session, machine| session.link(machine, link));
        }
        for end in [0, 1] {
            self.with_session(at, end, |session, machine| session.start(machine));
        }
    }

    pub(crate) fn are_connected(&self, a: usize, b: usize) -> bool {
        let pair = |c: &Connection| c.ends == [a, b] || c.ends == [b, a];
        self.connections.iter().any(pair)
    }

    /// The connection between two machines breaks; what was on its way is lost.
    pub(crate) fn part(&mut self, a: usize, b: usize) {
        let machines = &mut self.machines;
        self.connections.retain_mut(|connection| {
            let between = connection.ends == [a, b] || connection.ends == [b, a];
            if between {
                for end in [0, 1] {
                    connection.sessions[end].ended(&mut machines[connection.ends[end]]);
                }
            }
            !between
        });
    }

    pub(crate) fn part_all(&mut self) {
        while let Some(connection) = self.connections.first() {
            let [a, b] = connection.ends;
            self.part(a, b);
        }
    }

    /// Does something on a machine, as its person or its program would.
    pub(crate) fn does<T>(&mut self, i: usize, act: impl FnOnce(&mut Machine) -> T) -> T {
        let result = act(&mut self.machines[i]);
        self.spread(i, None);
        result
    }

    /// Runs one call of one session, and all that it entails on the same machine.
    pub(crate) fn with_session(
        &mut self,
        at: usize,
        end: usize,
        call: impl FnOnce(&mut Session, &mut Machine) -> Vec<Effect>,
    ) {
        let connection = &mut self.connections[at];
        let i = connection.ends[end];
        let effects = call(&mut connection.sessions[end], &mut self.machines[i]);
        self.take(at, end, effects);
        self.spread(i, Some(at));
    }

    fn take(&mut self, at: usize, end: usize, effects: Vec<Effect>) {
        let connection = &mut self.connections[at];
        for effect in effects {
            match effect {
                Effect::Send(frame) => {
                    connection.traffic.frames += 1;
                    connection.traffic.bytes += frame.len();
                    connection.to[1 - end].push_back(frame);
                }
                other => {
                    if let Effect::Close(reason) = other {
                        connection.closed = Some(reason);
                    }
                    let heard = self.heard.entry(connection.ends[end]).or_default();
                    heard.push(other);
                }
            }
        }
    }

    /// Tells a machine's other sessions what changed on it.
    fn spread(&mut self, i: usize, but: Option<usize>) {
        let touched = std::mem::take(&mut self.machines[i].touched);
        for at in 0..self.connections.len() {
            for end in [0, 1] {
                if self.connections[at].ends[end] != i || but == Some(at) {
                    continue;
                }
                let connection = &mut self.connections[at];
                let (session, machine) = (&mut connection.sessions[end], &mut self.machines[i]);
                let mut effects = Vec::new();
                if touched.networks {
                    effects.extend(session.networks_changed(machine));
                }
                for network in &touched.acts {
                    effects.extend(session.acts_changed(machine, network));
                }
                for (network, docs) in &touched.docs {
                    let docs: Vec<DocId> = docs.iter().copied().collect();
                    effects.extend(
                        if but.is_some() && self.rng.random_range(0..100) < self.patient {
                            session.changed_elsewhere(machine, network, &docs)
                        } else {
                            session.changed(machine, network, &docs)
                        },
                    );
                }
                self.take(at, end, effects);
            }
        }
    }

    /// Delivers one frame, or a few where that is allowed, whichever the dice say. `false` if nothing is on its way.
    pub(crate) fn step(&mut self) -> bool {
        let mut ready = Vec::new();
        for (at, connection) in self.connections.iter().enumerate() {
            for end in [0, 1] {
                if !connection.to[end].is_empty() {
                    ready.push((at, end));
                }
            }
        }
        let Some(&(at, end)) = ready.choose(&mut self.rng) else {
            return false;
        };
        let together = self.connections[at].to[end].len().min(self.together);
        let frames: Vec<_> = self.connections[at].to[end].drain(..together).collect();
        self.with_session(at, end, |session, machine| {
            session.receive_all(machine, frames.iter().map(Vec::as_slice))
        });
        true
    }

    /// Alters the last byte of the next frame on its way to this end of the first connection.
    pub(crate) fn alter_next(&mut self, end: usize) {
        let frame = self.connections[0].to[end].front_mut().unwrap();
        *frame.last_mut().unwrap() ^= 1;
    }

    /// A copy of the next frame on its way to an end of a connection.
    pub(crate) fn next_to(&self, at: usize, end: usize) -> Vec<u8> {
        self.connections[at].to[end].front().unwrap().clone()
    }

    /// Puts this frame in the place of all that is on its way to an end of a connection.
    pub(crate) fn replace_all(&mut self, at: usize, end: usize, frame: Vec<u8>) {
        self.connections[at].to[end] = VecDeque::from([frame]);
    }

    /// Whether nothing is on its way.
    pub(crate) fn is_quiet(&self) -> bool {
        let mut queues = self.connections.iter().flat_map(|c| &c.to);
        queues.all(VecDeque::is_empty)
    }

    /// Delivers everything that is on its way to this end of the first connection.
    pub(crate) fn deliver_to(&mut self, end: usize) -> bool {
        let frames = std::mem::take(&mut self.connections[0].to[end]);
        for frame in &frames {
            self.with_session(0, end, |session, machine| session.receive(machine, frame));
        }
        !frames.is_empty()
    }

    /// A machine stops in the middle of taking its next frame (nothing of that call is kept or
    /// sent), or just where it is, and all its connections break.
    pub(crate) fn crash(&mut self, i: usize) {
        let waiting = self.connections.iter().enumerate().find_map(|(at, c)| {
            let end = c.ends.iter().position(|end| *end == i)?;
            (!c.to[end].is_empty()).then_some((at, end))
        });
        let kept = self.machines[i].clone();
        if let Some((at, end)) = waiting
            && let Some(frame) = self.connections[at].to[end].pop_front()
        {
            let connection = &mut self.connections[at];
            drop(connection.sessions[end].receive(&mut self.machines[i], &frame));
        }
        self.becomes(i, kept);
    }

    /// Keeps a copy of a machine's disk; or puts the copy kept back, so that the machine goes on from there
    /// and knows nothing of what it did since.
    pub(crate) fn copy_disk(&mut self, i: usize) {
        if let Some(kept) = self.kept.remove(&i) {
            self.becomes(i, kept);
        } else {
            self.kept.insert(i, self.machines[i].clone());
        }
    }

    fn becomes(&mut self, i: usize, machine: Machine) {
        self.machines[i] = machine;
        let machines = &mut self.machines;
        self.connections.retain_mut(|connection| {
            let Some(end) = connection.ends.iter().position(|end| *end == i) else {
                return true;
            };
            let other = connection.ends[1 - end];
            connection.sessions[1 - end].ended(&mut machines[other]);
            false
        });
    }

    /// Delivers until nothing is on its way and nobody keeps anything back; drops connections that were closed.
    pub(crate) fn settle(&mut self) {
        self.come_to_rest();
        if self.patient > 0 {
            self.everywhere(Session::compare);
            self.come_to_rest();
            // What comes of it may be kept back again.
            for _ in 0..self.machines.len() {
                self.everywhere(Session::catch_up);
                self.come_to_rest();
            }
        }
    }

    fn everywhere(&mut self, call: fn(&mut Session, &mut dyn Host, &NetworkId) -> Vec<Effect>) {
        for at in 0..self.connections.len() {
            for end in [0, 1] {
                let shared = self.connections[at].sessions[end].shared();
                for network in shared.copied().collect::<Vec<_>>() {
                    self.with_session(at, end, |session, machine| call(session, machine, &network));
                }
            }
        }
    }

    fn come_to_rest(&mut self) {
        for _ in 0..200_000 {
            if !self.step() {
                let machines = &mut self.machines;
                self.connections.retain_mut(|connection| {
                    if connection.closed.is_some() {
                        for end in [0, 1] {
                            connection.sessions[end].ended(&mut machines[connection.ends[end]]);
                        }
                    }
                    connection.closed.is_none()
                });
                return;
            }
        }
        panic!("the village never comes to rest");
    }

    /// How one end of the connection between two machines stands.
    pub(crate) fn in_step(&self, a: usize, b: usize, network: &NetworkId) -> bool {
        let connection = self
            .connections
            .iter()
            .find(|c| c.ends == [a, b] || c.ends == [b, a]);
        connection.is_some_and(|connection| {
            connection.sessions.iter().all(|session| {
                let status = session.status(network);
                status.is_some_and(|status| status.in_step && status.pending == 0)
            })
        })
    }

    /// How a network stands at one machine with another that it is connected to.
    pub(crate) fn status(&self, at: usize, with: usize, network: &NetworkId) -> Option<NetStatus> {
        let mut connections = self.connections.iter();
        let between = connections.find(|one| one.ends == [at, with] || one.ends == [with, at])?;
        let end = usize::from(between.ends[1] == at);
        between.sessions[end].status(network)
    }

    pub(crate) fn assert_equal(&self, network: &NetworkId, who: &[usize]) {
        let first = self.machines[who[0]].copy(network);
        for i in &who[1..] {
            let other = self.machines[*i].copy(network);
            assert_eq!(
                first.heads, other.heads,
                "heads of {}",
                self.machines[*i].name
            );
            assert_eq!(first.acts.digest(), other.acts.digest());
            for (doc, automerge) in &first.docs {
                let shown = |copy: &tresse_sync::Copy| copy.doc().hydrate(None);
                assert_eq!(shown(automerge), shown(&other.docs[doc]));
            }
        }
    }

    pub(crate) fn heard(&self, i: usize) -> &[Effect] {
        self.heard.get(&i).map_or(&[], Vec::as_slice)
    }
}

pub(crate) fn page(i: u32) -> DocId {
    let mut key = [0; 16];
    key[..4].copy_from_slice(&i.to_be_bytes());
    DocId::page(key)
}
