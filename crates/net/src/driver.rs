//! The one task that knows every link and every contact.
//!
//! Everything that happens comes to it as a message: what the engine asks, who called, who was
//! heard on a local network, what changed about the machine's own addresses. It never waits for
//! the engine; what it has to say goes through tasks of their own.

mod awake;
mod dials;
mod nearby;
mod table;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    hash::{BuildHasher, RandomState},
    net::SocketAddr,
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant, SystemTime},
};

use iroh::Endpoint;
use n0_watcher::Watcher as _;
use tokio::{
    sync::{mpsc, oneshot, watch},
    task::JoinHandle,
    time::{sleep_until, timeout},
};
use tresse_model::DeviceId;

use crate::{
    LinkId, NetConfig, NetError, NetEvent, Purpose, Topic, accept, arbiter, endpoint,
    gossip::{self, Ask, Count},
    greet::{GreetError, Greeted, Memory, code},
    keeper::Keeper,
    lan,
    net::{Net, NetCommand, Shared},
    wakeful::{self, Wakeful},
};
use dials::Dial;
use table::Table;

/// How long links may take to end in a shutdown.
const FLUSH: Duration = Duration::from_secs(5);
/// And then the endpoint. It waits until who was told of the end says nothing more, three times as long as they take to answer: nothing for
/// anybody near, and for who does not answer at all (a machine that is off, dialled just now) three seconds. Whoever waits less leaves the
/// ports taken behind, which the next endpoint of this process wants.
const CLOSE: Duration = Duration::from_secs(4);

/// What the driver's own tasks tell it.
pub(crate) enum Inside {
    /// A connection on which both greeted, for this side to decide on.
    Greeted(Box<Greeted>),
    /// The other side's word that a connection is the link.
    Chosen(Box<Greeted>),
    /// The dial of this number came to nothing.
    Refused(DeviceId, u64, GreetError),
    /// Time has passed since a dial gave way to another connection.
    Settled(DeviceId),
    /// A link's tasks have ended.
    Ended(LinkId),
    /// A stranger's time is over.
    Overdue(LinkId),
    /// Time has passed since this machine woke: so many packets had come on the link then.
    Silent(LinkId, u64),
}

struct Driver {
    endpoint: Endpoint,
    internet: bool,
    shared: Arc<Shared>,
    memory: Arc<Memory>,
    book: lan::Book,
    nics: watch::Receiver<Vec<lan::Nic>>,
    nearby: nearby::Nearby,
    keeper: Keeper,
    table: Table,
    dials: HashMap<DeviceId, Dial>,
    dialled: u64,
    /// Dials that were asked for and are not answered yet.
    asked: HashMap<DeviceId, Vec<Purpose>>,
    /// Tasks that hold the endpoint.
    helpers: Vec<JoinHandle<()>>,
    inside: mpsc::UnboundedSender<Inside>,
    outbox: mpsc::UnboundedSender<NetEvent>,
    gossip: mpsc::UnboundedSender<Ask>,
}

/// Opens the endpoint and starts the driver and its helpers.
pub(crate) async fn start(
    config: NetConfig,
    events: mpsc::Sender<NetEvent>,
) -> Result<Net, NetError> {
    let endpoint = endpoint::open(&config).await?;
    let me = DeviceId::from_bytes(*endpoint.id().as_bytes());
    let book = lan::Book::new();
    if let Ok(services) = endpoint.address_lookup() {
        services.add(book.clone());
    }
    let (nics_sender, nics) = watch::channel(lan::look().await);
    tokio::spawn(lan::follow(nics_sender));
    let mut helpers = Vec::new();
    let memory = Arc::new(Memory::new(RandomState::new().hash_one(me)));
    let (inside, inbox) = mpsc::unbounded_channel();
    let accepting = accept::accept(endpoint.clone(), memory.clone(), inside.clone());
    helpers.push(tokio::spawn(accepting));
    let (outbox, outgoing) = mpsc::unbounded_channel();
    tokio::spawn(deliver(outgoing, events.clone()));
    let (commands, queue) = mpsc::unbounded_channel();
    let (gossip, asks) = mpsc::unbounded_channel();
    let count = Arc::new(Count::default());
    let gossiping = gossip::run(me, asks, events.clone(), count.clone());
    helpers.push(tokio::spawn(gossiping));
    let shared = Arc::new(Shared {
        device: me,
        addresses: RwLock::default(),
        relay: RwLock::default(),
        lan: RwLock::default(),
        gossip: count,
    });
    let mut driver = Driver {
        internet: config.internet,
        shared: shared.clone(),
        memory,
        book,
        nics,
        nearby: nearby::Nearby::default(),
        keeper: Keeper::new(me),
        table: Table::new(events, inside.clone()),
        dials: HashMap::new(),
        dialled: 0,
        asked: HashMap::new(),
        helpers,
        inside,
        outbox,
        gossip,
        endpoint,
    };
    driver.publish_addresses();
    driver.listen_nearby(config.lan);
    tokio::spawn(driver.run(queue, inbox));
    Ok(Net { commands, shared })
}

/// Hands the driver's events to the engine at the engine's pace.
async fn deliver(mut outgoing: mpsc::UnboundedReceiver<NetEvent>, events: mpsc::Sender<NetEvent>) {
    while let Some(event) = outgoing.recv().await {
        if events.send(event).await.is_err() {
            break;
        }
    }
}

impl Driver {
    async fn run(
        mut self,
        mut queue: mpsc::UnboundedReceiver<NetCommand>,
        mut inbox: mpsc::UnboundedReceiver<Inside>,
    ) {
        let mut own = self.endpoint.watch_addr();
        let (mut own_lives, mut nics_live) = (true, true);
        let mut wakeful = Wakeful::new(Instant::now(), SystemTime::now());
        let done = loop {
            self.dial_due();
            let next = self.keeper.next(|contact| self.reachable(contact));
            let look = Instant::now() + wakeful::LOOK;
            let wake = next.map_or(look, |next| next.min(look));
            tokio::select! {
                command = queue.recv() => match command {
                    Some(NetCommand::Shutdown(done)) => break Some(done),
                    Some(command) => self.obey(command),
                    None => break None,
                },
                Some(news) = inbox.recv() => self.learn(news),
                news = self.nearby.next() => self.hear_nearby(news),
                changed = self.nics.changed(), if nics_live => {
                    nics_live = changed.is_ok();
                    if nics_live {
                        self.moved();
                    }
                }
                changed = own.updated(), if own_lives => {
                    own_lives = changed.is_ok();
                    self.publish_addresses();
                }
                () = sleep_until(wake.into()) => {}
            }
            if wakeful.slept(Instant::now(), SystemTime::now()) {
                self.awake();
            }
        };
        drop(own);
        self.stop(inbox, done).await;
    }

    fn obey(&mut self, command: NetCommand) {
        match command {
            NetCommand::Send(link, frame) => self.table.with(link, |link| link.send(frame)),
            NetCommand::Close(link, code, reason) => {
                self.table.with(link, |link| link.close(code, reason));
            }
            NetCommand::Proven(link) => self.table.prove(link),
            NetCommand::Keep(contacts) => {
                let linked = |device| self.table.of(device).is_some();
                self.keeper.keep(contacts, Instant::now(), linked);
            }
            NetCommand::Dial(contact, purpose) => self.dial_asked(contact, purpose),
            NetCommand::Lan(on) => self.listen_nearby(on),
            NetCommand::Topics(topics) => self.listen(topics),
            NetCommand::Gossip(topic, word) => self.ask(Ask::Say(topic, word)),
            NetCommand::Serve(files) => self.table.serve(files),
            NetCommand::Connection(device, answer) => {
                if answer.send(self.table.proven_connection(device)).is_err() {
                    tracing::trace!("nobody waits for the connection any more");
                }
            }
            // Answered by the loop.
            NetCommand::Shutdown(_) => {}
        }
    }

    fn listen(&self, topics: BTreeMap<Topic, BTreeSet<LinkId>>) {
        let links: BTreeSet<_> = topics.values().flatten().copied().collect();
        let known = links.into_iter().filter_map(|link| self.table.proven(link));
        self.ask(Ask::Topics(topics, known.collect()));
    }

    fn ask(&self, ask: Ask) {
        if self.gossip.send(ask).is_err() {
            tracing::debug!("gossip has ended");
        }
    }

    fn learn(&mut self, news: Inside) {
        match news {
            Inside::Greeted(greeted) => self.decide(greeted),
            Inside::Chosen(greeted) => self.link(greeted, false),
            Inside::Refused(device, number, error) => self.refused(device, number, error),
            Inside::Settled(device) => self.unanswered(
                device,
                "the other device keeps another connection, which does not come about",
            ),
            Inside::Ended(link) => {
                if let Some((device, token)) = self.table.ended(link) {
                    self.memory.ended(device, token);
                    if self.table.of(device).is_none() {
                        self.keeper.unlinked(device, Instant::now());
                    }
                }
            }
            Inside::Overdue(link) => self.table.overdue(link),
            Inside::Silent(link, heard) => self.table.give_up_if_silent(link, heard),
        }
    }

    /// Decides on a connection on which both sides have greeted.
    fn decide(&mut self, greeted: Box<Greeted>) {
        let device = greeted.device;
        if arbiter::replaces(self.table.present(device), greeted.hello) {
            self.link(greeted, true);
        } else {
            let reason = b"there is another connection";
            greeted.connection.close(code::DUPLICATE, reason);
        }
    }

    fn link(&mut self, greeted: Box<Greeted>, choose: bool) {
        let device = greeted.device;
        self.keeper.linked(device, Instant::now());
        if let Some(dial) = self.dials.remove(&device) {
            dial.task.abort();
        }
        let mut purposes = self.asked.remove(&device).unwrap_or_default().into_iter();
        let known = self.keeper.contact(device).is_some();
        let link = self.table.begin(greeted, purposes.next(), choose, known);
        for purpose in purposes {
            self.table.with(link, |link| link.present(purpose));
        }
    }

    /// The machine's interfaces or addresses changed.
    fn moved(&mut self) {
        self.publish_addresses();
        let nics = self.nics.borrow().clone();
        let ours = |ip| nics.iter().any(|nic| nic.has(ip));
        self.table.give_up_stranded(ours);
        self.redial();
        self.keeper.moved(Instant::now());
        let endpoint = self.endpoint.clone();
        tokio::spawn(async move { endpoint.network_change().await });
    }

    fn publish_addresses(&mut self) {
        let own = self.endpoint.addr();
        let wide: Vec<SocketAddr> = own.ip_addrs().copied().collect();
        let now = {
            let nics = self.nics.borrow_and_update();
            lan::dialled_at(&nics, &self.endpoint.bound_sockets(), &wide)
        };
        let relay = own.relay_urls().next().map(ToString::to_string);
        let through = std::mem::replace(
            &mut *self
                .shared
                .relay
                .write()
                .unwrap_or_else(PoisonError::into_inner),
            relay.clone(),
        );
        if through != relay {
            self.say(NetEvent::Relay(relay));
        }
        let mut then = self
            .shared
            .addresses
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if *then != now {
            then.clone_from(&now);
            drop(then);
            self.say(NetEvent::Addresses(now));
        }
    }

    /// Queues an event; when the engine is gone, the driver soon is too.
    fn say(&self, event: NetEvent) {
        if self.outbox.send(event).is_err() {
            tracing::trace!("nobody listens to the network");
        }
    }

    /// Ends every link after what is queued, then the endpoint.
    async fn stop(
        mut self,
        mut inbox: mpsc::UnboundedReceiver<Inside>,
        done: Option<oneshot::Sender<()>>,
    ) {
        self.helpers.extend(self.nearby.stop());
        for (_, dial) in self.dials.drain() {
            dial.task.abort();
        }
        let (said, last) = oneshot::channel();
        self.ask(Ask::Finish(said));
        if timeout(FLUSH, last).await.is_err() {
            tracing::debug!("the last words were not said in time");
        }
        self.table.close_all("the other device went away");
        let flush = async {
            while !self.table.is_empty() {
                match inbox.recv().await {
                    Some(Inside::Ended(link)) => drop(self.table.ended(link)),
                    Some(_) => {}
                    None => break,
                }
            }
        };
        if timeout(FLUSH, flush).await.is_err() {
            tracing::debug!("some links did not end in time");
        }
        let bound = self.endpoint.bound_sockets();
        if timeout(CLOSE, self.endpoint.close()).await.is_err() {
            tracing::debug!("the endpoint did not close in time");
        }
        // The port is free again only when nobody holds the endpoint any more.
        for helper in std::mem::take(&mut self.helpers) {
            helper.abort();
            if let Err(error) = helper.await
                && error.is_panic()
            {
                tracing::error!(%error, "a helper of the network failed");
            }
        }
        drop(self);
        endpoint::wait_until_free(&bound).await;
        if done.is_some_and(|done| done.send(()).is_err()) {
            tracing::trace!("nobody waits for the end");
        }
    }
}
