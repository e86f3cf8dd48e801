//! Words that pass from one device to the next until all who listen have heard them, and are kept by nobody.
//!
//! Who listens to a *topic* speaks with few neighbours only (HyParView chooses them, five at most), and each word goes along a
//! tree of them (Plumtree). So a word reaches a device that has no link with the one it comes from, and nobody says it to all.
//!
//! Both protocols are those of iroh-gossip, as state machines. They run over the links that there are, on one stream of
//! their own in each direction, instead of over connections of their own: who may speak in a topic is then decided
//! for each topic and each link by whoever proved membership on that link ([`crate::Net::topics`]), nobody is dialled on a word's
//! account, and a stranger cannot even open the stream. `docs/network.md` tells more.

mod count;
mod line;
#[cfg(test)]
mod tests;
mod times;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use iroh::endpoint::Connection;
use iroh_gossip::proto::{
    Command, Event, InEvent, Message, OutEvent, PeerData, Scope, State, Timer, TopicId,
    state::MessageKind,
};
use n0_future::time::Instant;
use rand10::{RngExt, SeedableRng, rngs::StdRng};
use serde::{Deserialize, Serialize};
use tokio::{
    sync::{mpsc, oneshot},
    time::{MissedTickBehavior, interval, sleep_until, timeout},
};
use tresse_model::DeviceId;

pub(crate) use self::count::Count;
use self::line::Line;
use crate::{LinkId, NetEvent, Topic};

/// The longest message of the protocols, in bytes.
const MAX_MESSAGE: usize = 2048;
/// With fewer neighbours than this a device asks for more by itself, one at each look. Not at once for as many as it may
/// have: whoever is asked and has enough lets go of another for it, who would then ask in turn.
const FEW: usize = 3;
/// How often that is looked at.
const LOOK: Duration = Duration::from_secs(5);
/// The longest pause before a device that did not become a neighbour is asked again: it may not listen at all.
const RARELY: Duration = Duration::from_mins(5);
/// After how many bytes about neighbours a topic is begun anew: what the protocol remembers of what it is
/// told has no bound of its own. (Honest devices say this much in weeks.)
const ANEW: usize = 4 * 1024 * 1024;
/// How many messages of all lines wait to be dealt with; lines wait beyond it.
const INBOX: usize = 256;
/// How long the last words may take.
const FINISH: Duration = Duration::from_millis(500);

/// A device, as the protocols name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
struct Peer([u8; 32]);

impl From<DeviceId> for Peer {
    fn from(device: DeviceId) -> Self {
        Self(*device.as_bytes())
    }
}

/// What the driver asks.
pub(crate) enum Ask {
    /// The topics to listen to, each with the links that may speak in it, in place of the former ones; and those links that may be new.
    Topics(BTreeMap<Topic, BTreeSet<LinkId>>, Vec<Known>),
    /// A word of this device.
    Say(Topic, Vec<u8>),
    /// Says what is left to say, and ends.
    Finish(oneshot::Sender<()>),
}

/// A link as the driver knows it.
pub(crate) struct Known {
    pub(crate) link: LinkId,
    pub(crate) device: DeviceId,
    pub(crate) connection: Connection,
}

/// What comes from lines.
enum Inbound {
    Message(LinkId, Box<Message<Peer>>, usize),
    Ended(LinkId),
}

/// One topic. It has a protocol of its own, so that what a device is in one topic says nothing in another.
struct Circle {
    state: State<Peer, StdRng>,
    links: BTreeSet<LinkId>,
    neighbours: BTreeSet<Peer>,
    /// Who was asked to be one and is none: when to ask again, and after which pause from then on.
    asked: BTreeMap<Peer, (Instant, Duration)>,
    /// Tells its timers from those of a former one of the same name.
    number: u64,
    /// Bytes about neighbours that were heard.
    control: usize,
}

struct Gossip {
    me: Peer,
    circles: BTreeMap<Topic, Circle>,
    lines: HashMap<LinkId, Line>,
    timers: BTreeMap<(Instant, u64), (Topic, u64, Timer<Peer>)>,
    numbers: u64,
    rng: StdRng,
    count: Arc<Count>,
    events: mpsc::Sender<NetEvent>,
    inbox: mpsc::Sender<Inbound>,
}

/// Runs the gossip until it is told to finish or the driver is gone.
pub(crate) async fn run(
    me: DeviceId,
    mut asks: mpsc::UnboundedReceiver<Ask>,
    events: mpsc::Sender<NetEvent>,
    count: Arc<Count>,
) {
    let (inbox, mut inbound) = mpsc::channel(INBOX);
    let mut gossip = Gossip {
        me: me.into(),
        circles: BTreeMap::new(),
        lines: HashMap::new(),
        timers: BTreeMap::new(),
        numbers: 0,
        rng: StdRng::from_rng(&mut rand10::rng()),
        count,
        events,
        inbox,
    };
    let mut look = interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let done = loop {
        let timer = gossip.timers.first_key_value().map(|((at, _), _)| *at);
        let due = async {
            match timer {
                Some(at) => sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            ask = asks.recv() => match ask {
                Some(Ask::Topics(topics, known)) => gossip.listen(topics, known),
                Some(Ask::Say(topic, word)) => gossip.say(topic, word),
                Some(Ask::Finish(done)) => break Some(done),
                None => break None,
            },
            Some(inbound) = inbound.recv() => gossip.hear(inbound),
            () = due => gossip.time(),
            _ = look.tick() => gossip.look(),
        }
    };
    gossip.finish().await;
    if done.is_some_and(|done| done.send(()).is_err()) {
        tracing::trace!("nobody waits for the last words");
    }
}

impl Gossip {
    fn listen(&mut self, topics: BTreeMap<Topic, BTreeSet<LinkId>>, known: Vec<Known>) {
        for Known {
            link,
            device,
            connection,
        } in known
        {
            self.lines
                .entry(link)
                .or_insert_with(|| Line::open(link, device.into(), connection, self.inbox.clone()));
        }
        let left: Vec<_> = self.circles.keys().copied().collect();
        for topic in left.into_iter().filter(|topic| !topics.contains_key(topic)) {
            self.leave(topic);
        }
        for (topic, mut links) in topics {
            links.retain(|link| self.lines.contains_key(link));
            self.set_links(topic, &links);
        }
        self.count_neighbours();
    }

    fn set_links(&mut self, topic: Topic, links: &BTreeSet<LinkId>) {
        let former = if let Some(circle) = self.circles.get_mut(&topic) {
            std::mem::replace(&mut circle.links, links.clone())
        } else {
            let circle = self.begin(links.clone());
            self.circles.insert(topic, circle);
            // The protocol knows the topic from here on.
            let command = Command::Join(Vec::new());
            self.handle(topic, InEvent::Command(id(topic), command));
            BTreeSet::new()
        };
        for gone in former.difference(links) {
            if let Some(peer) = self.lines.get(gone).map(|line| line.peer) {
                self.lost(topic, peer);
            }
        }
        for new in links.difference(&former) {
            self.meet(topic, *new, links.len());
        }
    }

    fn begin(&mut self, links: BTreeSet<LinkId>) -> Circle {
        let rng = StdRng::from_rng(&mut self.rng);
        self.numbers += 1;
        Circle {
            state: State::new(self.me, PeerData::default(), times::config(), rng),
            links,
            neighbours: BTreeSet::new(),
            asked: BTreeMap::new(),
            number: self.numbers,
            control: 0,
        }
    }

    /// A link is new in a topic. Whoever has enough neighbours mostly leaves it at that; but now and then they join
    /// it, so that two groups that have just met do not stay two.
    fn meet(&mut self, topic: Topic, link: LinkId, links: usize) {
        let peer = self.lines.get(&link).map(|line| line.peer);
        let (Some(circle), Some(peer)) = (self.circles.get(&topic), peer) else {
            return;
        };
        let few = circle.neighbours.len() < FEW;
        if few || self.rng.random_range(0..links.max(1)) < 2 {
            self.join(topic, peer);
        }
    }

    fn join(&mut self, topic: Topic, peer: Peer) {
        let command = Command::Join(vec![peer]);
        self.handle(topic, InEvent::Command(id(topic), command));
    }

    /// Whoever has too few neighbours asks one more device to be one.
    fn look(&mut self) {
        let mut join = Vec::new();
        let now = Instant::now();
        for (topic, circle) in &mut self.circles {
            if circle.neighbours.len() >= FEW {
                continue;
            }
            let peers = circle.links.iter().filter_map(|link| self.lines.get(link));
            let not_now = |peer: &Peer| {
                let asked = circle.asked.get(peer);
                circle.neighbours.contains(peer) || asked.is_some_and(|(again, _)| *again > now)
            };
            let others: Vec<_> = peers
                .map(|line| line.peer)
                .filter(|peer| !not_now(peer))
                .collect();
            if !others.is_empty() {
                let chosen = others[self.rng.random_range(0..others.len())];
                let before = circle.asked.get(&chosen);
                let pause = before.map_or(LOOK, |(_, pause)| (*pause * 2).min(RARELY));
                circle.asked.insert(chosen, (now + pause, pause));
                join.push((*topic, chosen));
            }
        }
        for (topic, peer) in join {
            self.join(topic, peer);
        }
    }

    fn say(&mut self, topic: Topic, word: Vec<u8>) {
        let command = Command::Broadcast(word.into(), Scope::Swarm);
        self.handle(topic, InEvent::Command(id(topic), command));
    }

    fn leave(&mut self, topic: Topic) {
        self.handle(topic, InEvent::Command(id(topic), Command::Quit));
        self.circles.remove(&topic);
    }

    fn lost(&mut self, topic: Topic, peer: Peer) {
        if let Some(circle) = self.circles.get_mut(&topic) {
            circle.asked.remove(&peer);
        }
        self.handle(topic, InEvent::PeerDisconnected(peer));
    }

    fn hear(&mut self, inbound: Inbound) {
        match inbound {
            Inbound::Message(link, message, bytes) => self.take(link, *message, bytes),
            Inbound::Ended(link) => {
                let Some(Line { peer, .. }) = self.lines.remove(&link) else {
                    return;
                };
                let topics: Vec<_> = self.circles.keys().copied().collect();
                for topic in topics {
                    let circle = self.circles.get_mut(&topic);
                    if circle.is_some_and(|circle| circle.links.remove(&link)) {
                        self.lost(topic, peer);
                    }
                }
                self.count_neighbours();
            }
        }
    }

    fn take(&mut self, link: LinkId, message: Message<Peer>, bytes: usize) {
        self.count.received(bytes);
        let Some(peer) = self.lines.get(&link).map(|line| line.peer) else {
            return;
        };
        let Some(topic) = topic_of(&message) else {
            return;
        };
        // Nobody is answered in a topic in which they may not speak: not even that it is known here.
        let circle = self.circles.get_mut(&topic);
        let Some(circle) = circle.filter(|circle| circle.links.contains(&link)) else {
            return;
        };
        if matches!(message.kind(), MessageKind::Control) {
            circle.control += bytes;
        }
        let anew = circle.control > ANEW;
        self.handle(topic, InEvent::RecvMessage(peer, message));
        if anew {
            self.begin_anew(topic);
        }
        self.count_neighbours();
    }

    fn begin_anew(&mut self, topic: Topic) {
        let Some(links) = self.circles.get(&topic).map(|circle| circle.links.clone()) else {
            return;
        };
        tracing::warn!("much was said about neighbours: a topic begins anew");
        self.leave(topic);
        self.set_links(topic, &links);
    }

    fn time(&mut self) {
        let now = Instant::now();
        while let Some(entry) = self.timers.first_entry() {
            if entry.key().0 > now {
                break;
            }
            let (topic, number, timer) = entry.remove();
            let circle = self.circles.get(&topic);
            if circle.is_some_and(|circle| circle.number == number) {
                self.handle(topic, InEvent::TimerExpired(timer));
            }
        }
        self.count_neighbours();
    }

    /// Gives the protocol of a topic something to deal with, and does what it asks for.
    fn handle(&mut self, topic: Topic, event: InEvent<Peer>) {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            let Some(circle) = self.circles.get_mut(&topic) else {
                return;
            };
            let now = Instant::now();
            let outs: Vec<_> = circle.state.handle(event, now, None).collect();
            for out in outs {
                let reached = self.out(topic, out, now);
                // Who has no link here that may speak in this topic is nobody to the protocol.
                events.extend(reached.err().map(InEvent::PeerDisconnected));
            }
        }
    }

    fn out(&mut self, topic: Topic, out: OutEvent<Peer>, now: Instant) -> Result<(), Peer> {
        let Some(circle) = self.circles.get_mut(&topic) else {
            return Ok(());
        };
        match out {
            OutEvent::SendMessage(peer, message) => {
                let of =
                    |link: &&LinkId| self.lines.get(link).is_some_and(|line| line.peer == peer);
                let line = circle.links.iter().find(of);
                let line = line.and_then(|link| self.lines.get(link)).ok_or(peer)?;
                if let Some(bytes) = line.send(&message) {
                    self.count.sent(bytes);
                }
            }
            OutEvent::EmitEvent(_, Event::Received(word)) => {
                let event = NetEvent::Gossip {
                    topic,
                    bytes: word.content.into(),
                };
                // It need not be heard, and must not wait: the next word comes soon.
                if self.events.try_send(event).is_err() {
                    tracing::debug!("a word was not heard: too much else is to be done");
                }
            }
            OutEvent::EmitEvent(_, Event::NeighborUp(peer)) => {
                let alone = circle.neighbours.is_empty();
                circle.neighbours.insert(peer);
                circle.asked.remove(&peer);
                if alone && self.events.try_send(NetEvent::InTopic { topic }).is_err() {
                    tracing::debug!("too much else is to be done");
                }
            }
            OutEvent::EmitEvent(_, Event::NeighborDown(peer)) => {
                circle.neighbours.remove(&peer);
            }
            OutEvent::ScheduleTimer(pause, timer) => {
                self.numbers += 1;
                let at = (now + pause, self.numbers);
                self.timers.insert(at, (topic, circle.number, timer));
            }
            // The link stays: it is there for more than this. And where devices are is no matter of gossip.
            OutEvent::DisconnectPeer(_) | OutEvent::PeerData(..) => {}
        }
        Ok(())
    }

    fn count_neighbours(&self) {
        let most = self.circles.values().map(|circle| circle.neighbours.len());
        self.count.neighbours(most.max().unwrap_or(0));
    }

    async fn finish(mut self) {
        let topics: Vec<_> = self.circles.keys().copied().collect();
        for topic in topics {
            self.leave(topic);
        }
        let lines = self.lines.drain().map(|(_, line)| line.finish());
        let all = n0_future::join_all(lines);
        if timeout(FINISH, all).await.is_err() {
            tracing::debug!("not all last words were said in time");
        }
    }
}

fn id(topic: Topic) -> TopicId {
    TopicId::from_bytes(topic.0)
}

/// The topic of a message, which only its bytes tell: they begin with it.
fn topic_of(message: &Message<Peer>) -> Option<Topic> {
    let bytes = postcard::to_stdvec(message).ok()?;
    bytes.first_chunk::<32>().map(|topic| Topic(*topic))
}
