//! The handle that the engine holds.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    sync::{Arc, PoisonError, RwLock},
};

use iroh::endpoint::Connection;
use tokio::sync::{mpsc, oneshot};
use tresse_model::DeviceId;

use crate::{
    Contact, Files, LanStatus, LinkId, NetConfig, NetError, NetEvent, Purpose, Topic, Traffic,
    driver, gossip::Count,
};

/// How many events wait for the caller before links stop reading.
const EVENT_QUEUE: usize = 256;

/// The network as the engine sees it. Cloning is cheap; every method but
/// [`shutdown`](Self::shutdown) can be called from any thread and returns at once.
#[derive(Clone)]
pub struct Net {
    pub(crate) commands: mpsc::UnboundedSender<NetCommand>,
    pub(crate) shared: Arc<Shared>,
}

/// What the driver publishes for the handle to read.
pub(crate) struct Shared {
    pub(crate) device: DeviceId,
    pub(crate) addresses: RwLock<Vec<SocketAddr>>,
    pub(crate) relay: RwLock<Option<String>>,
    pub(crate) lan: RwLock<LanStatus>,
    pub(crate) gossip: Arc<Count>,
}

/// What the handle asks of the driver.
pub(crate) enum NetCommand {
    Send(LinkId, Vec<u8>),
    Close(LinkId, u32, String),
    Proven(LinkId),
    Keep(Vec<Contact>),
    Dial(Contact, Purpose),
    Lan(bool),
    Topics(BTreeMap<Topic, BTreeSet<LinkId>>),
    Gossip(Topic, Vec<u8>),
    Serve(Files),
    Connection(DeviceId, oneshot::Sender<Option<Connection>>),
    Shutdown(oneshot::Sender<()>),
}

impl Net {
    /// Opens the endpoint and starts its tasks on the running tokio runtime. Does not wait for
    /// any network: without one it starts just the same and notices when one appears.
    pub async fn start(config: NetConfig) -> Result<(Self, mpsc::Receiver<NetEvent>), NetError> {
        let (events, receiver) = mpsc::channel(EVENT_QUEUE);
        let net = driver::start(config, events).await?;
        Ok((net, receiver))
    }

    /// This device's name.
    pub fn device(&self) -> DeviceId {
        self.shared.device
    }

    /// Queues a frame, at most [`crate::MAX_FRAME`] bytes; frames of a link arrive whole and in
    /// order, or the link closes. A link that has ended already drops it.
    pub fn send(&self, link: LinkId, frame: Vec<u8>) {
        self.tell(NetCommand::Send(link, frame));
    }

    /// Closes a link after what was queued before has been sent. The other side's
    /// [`NetEvent::Closed`] carries the reason.
    pub fn close(&self, link: LinkId, code: u32, reason: &str) {
        self.tell(NetCommand::Close(link, code, reason.to_owned()));
    }

    /// Says that the device behind this link has proved to be a member: it is no longer a
    /// stranger, of whom only few are let in, for a short time and with little room.
    pub fn proven(&self, link: LinkId) {
        self.tell(NetCommand::Proven(link));
    }

    /// The devices to stay connected with, in place of the former set. They are dialled with
    /// growing pauses, and at once when they are discovered or when this machine's own
    /// addresses change. Links with devices that are no longer in the set stay.
    pub fn keep(&self, contacts: Vec<Contact>) {
        self.tell(NetCommand::Keep(contacts));
    }

    /// Dials once, now. Answered by [`NetEvent::Linked`], [`NetEvent::AlreadyLinked`] or
    /// [`NetEvent::DialFailed`] with this purpose.
    pub fn dial(&self, contact: Contact, purpose: Purpose) {
        self.tell(NetCommand::Dial(contact, purpose));
    }

    /// Announces this device on local networks and hears others there from now on, or no more. Links stay.
    pub fn lan(&self, on: bool) {
        self.tell(NetCommand::Lan(on));
    }

    /// The topics to listen to, each with the links whose devices may speak in it, in place of the former ones. A link that was not
    /// said to be [`proven`](Self::proven) counts for nothing.
    pub fn topics(&self, topics: BTreeMap<Topic, BTreeSet<LinkId>>) {
        self.tell(NetCommand::Topics(topics));
    }

    /// Says a word in a topic that this device listens to, to be passed on to all who do. It may get lost, or come late; who
    /// listens later does not hear it.
    pub fn gossip(&self, topic: Topic, word: Vec<u8>) {
        self.tell(NetCommand::Gossip(topic, word));
    }

    /// How much gossip there was until now.
    pub fn traffic(&self) -> Traffic {
        self.shared.gossip.read()
    }

    /// Gives files from this folder to proven devices, as the folder allows them.
    pub fn serve(&self, files: Files) {
        self.tell(NetCommand::Serve(files));
    }

    /// The connection of a device that is linked and proven.
    pub(crate) async fn connection(&self, device: &DeviceId) -> Option<Connection> {
        let (answer, answered) = oneshot::channel();
        self.tell(NetCommand::Connection(*device, answer));
        answered.await.ok().flatten()
    }

    /// Where this endpoint can be dialled now: the machine's own addresses with the bound port,
    /// those of local networks first, loopback last.
    pub fn addresses(&self) -> Vec<SocketAddr> {
        let addresses = self.shared.addresses.read();
        addresses.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The relay through which this device can be reached now, if any.
    pub fn relay(&self) -> Option<String> {
        let relay = self.shared.relay.read();
        relay.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How it stands with announcing this device on local networks.
    pub fn lan_status(&self) -> LanStatus {
        let status = self.shared.lan.read();
        *status.unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends what is queued, closes every link, and ends: the address is free for another
    /// endpoint. Other clones become inert.
    pub async fn shutdown(self) {
        let (done, ended) = oneshot::channel();
        self.tell(NetCommand::Shutdown(done));
        if ended.await.is_err() {
            tracing::debug!("the network had ended already");
        }
    }

    /// After the driver has ended there is nobody to tell, and nothing to do about it.
    fn tell(&self, command: NetCommand) {
        if self.commands.send(command).is_err() {
            tracing::trace!("the network has ended");
        }
    }
}
