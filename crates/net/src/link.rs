//! One link: frames in both directions until it ends.
//!
//! A frame is its length in four bytes, then its bytes. A link that is closed on purpose ends
//! with the length [`GOODBYE`] instead, a code and a reason: the other side reads it after
//! everything that was sent before, and then drops the connection.

use std::{
    net::IpAddr,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use iroh::endpoint::{
    Connection, ConnectionError, LocalTransportAddr, Path, RecvStream, SendStream, VarInt,
};
use n0_future::StreamExt as _;
use tokio::{
    sync::{Semaphore, mpsc},
    task::JoinHandle,
    time::timeout,
};
use tresse_model::DeviceId;

use crate::{
    Credit, Files, LinkId, MAX_FRAME, NetEvent, Purpose, files::give, greet::Greeted, greet::code,
};

/// Stands where a length would, before the code and the reason of a closing.
const GOODBYE: u32 = u32::MAX;
/// The longest reason, in bytes.
const MAX_REASON: usize = 512;
/// How long a write may make no progress at all.
const STALL: Duration = Duration::from_mins(1);
/// How long the other side may take to read what was sent before a closing.
const LINGER: Duration = Duration::from_secs(10);
/// What even the smallest frame costs of a link's room.
const SMALLEST: usize = 256;
/// The room of a stranger's frames that were read and not dealt with: one frame.
const STRANGER_ROOM: usize = MAX_FRAME;
/// The room that a proven device gets on top of it.
const PROVEN_ROOM: usize = 4 * 1024 * 1024;
/// How many bytes may wait to be sent to a stranger, and to a proven device.
const STRANGER_QUEUE: usize = 4 * 1024 * 1024;
const PROVEN_QUEUE: usize = 256 * 1024 * 1024;
/// What a proven device may have under way towards us, in bytes.
const PROVEN_WINDOW: u32 = 2 * 1024 * 1024;

/// What the driver holds of a link.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) device: DeviceId,
    pub(crate) connection: Connection,
    queue: mpsc::UnboundedSender<Out>,
    queued: Arc<AtomicUsize>,
    room: Arc<Semaphore>,
    given_up: Arc<OnceLock<&'static str>>,
    proven: bool,
}

/// What waits for the writer.
enum Out {
    Frame(Vec<u8>),
    Present(Purpose),
    Goodbye(u32, String),
}

/// What the tasks of a link share.
struct Ends {
    link: LinkId,
    device: DeviceId,
    events: mpsc::Sender<NetEvent>,
    queued: Arc<AtomicUsize>,
    room: Arc<Semaphore>,
    given_up: Arc<OnceLock<&'static str>>,
}

/// How a link begins.
pub(crate) struct Start {
    pub(crate) link: LinkId,
    /// Of the dial that was asked for, if any.
    pub(crate) purpose: Option<Purpose>,
    /// This side decides, and has to tell the other.
    pub(crate) choose: bool,
    /// Ends when the link that this one replaces has ended.
    pub(crate) former: Option<JoinHandle<()>>,
}

impl Link {
    /// Begins a link on a connection that was chosen. Its future runs it to the end; it sends
    /// [`NetEvent::Linked`] first and [`NetEvent::Closed`] last.
    pub(crate) fn begin(
        greeted: Greeted,
        start: Start,
        events: mpsc::Sender<NetEvent>,
    ) -> (Self, impl Future<Output = ()> + Send) {
        let (queue, outs) = mpsc::unbounded_channel();
        let ends = Ends {
            link: start.link,
            device: greeted.device,
            events,
            queued: Arc::default(),
            room: Arc::new(Semaphore::new(STRANGER_ROOM)),
            given_up: Arc::default(),
        };
        let held = Self {
            device: greeted.device,
            connection: greeted.connection.clone(),
            queue,
            queued: ends.queued.clone(),
            room: ends.room.clone(),
            given_up: ends.given_up.clone(),
            proven: false,
        };
        (held, ends.run(greeted, start, outs))
    }

    /// Queues a frame, or gives the link up when the other side reads too slowly.
    pub(crate) fn send(&self, frame: Vec<u8>) {
        if frame.len() > MAX_FRAME {
            tracing::error!(length = frame.len(), "a frame too long to send");
            self.give_up(code::BROKEN, "a frame too long to send");
            return;
        }
        let bound = if self.proven {
            PROVEN_QUEUE
        } else {
            STRANGER_QUEUE
        };
        let size = frame.len();
        if self.queued.fetch_add(size, Ordering::Relaxed) + size > bound {
            self.give_up(code::SLOW, "the other side reads too slowly");
            return;
        }
        self.put(Out::Frame(frame));
    }

    pub(crate) fn present(&self, purpose: Purpose) {
        self.put(Out::Present(purpose));
    }

    pub(crate) fn close(&self, code: u32, reason: String) {
        self.put(Out::Goodbye(code, reason));
    }

    /// Ends the link now, whatever is queued.
    pub(crate) fn give_up(&self, code: VarInt, reason: &'static str) {
        self.given_up.get_or_init(|| reason);
        self.connection.close(code, reason.as_bytes());
    }

    /// How many packets have come on it.
    pub(crate) fn packets_heard(&self) -> u64 {
        self.connection.stats().udp_rx.datagrams
    }

    /// Whether every way to the other device leaves from an address that is no longer ours.
    pub(crate) fn is_stranded(&self, ours: impl Fn(IpAddr) -> bool) -> bool {
        let lost = |path: Path<'_>| match path.local_addr() {
            LocalTransportAddr::Ip(Some(ip)) => !ours(ip.to_canonical()),
            _ => false,
        };
        let paths = self.connection.paths();
        !paths.is_empty() && paths.iter().all(lost)
    }

    /// Whether the device proved that it is a member's.
    pub(crate) const fn is_proven(&self) -> bool {
        self.proven
    }

    /// The device is no stranger any more: it gets room. `false`: it was none before.
    pub(crate) fn prove(&mut self) -> bool {
        if self.proven {
            return false;
        }
        self.proven = true;
        self.room.add_permits(PROVEN_ROOM);
        self.connection.set_receive_window(PROVEN_WINDOW.into());
        true
    }

    /// Lets the device ask for files, until the link ends. Only of one that is proven: a stranger has no stream but the link's own.
    pub(crate) fn give(&self, files: Files) {
        let streams = 1 + give::AT_ONCE;
        self.connection
            .set_max_concurrent_bi_streams(VarInt::from_u32(streams));
        tokio::spawn(give::give(files, self.connection.clone(), self.device));
    }

    /// A link whose tasks have ended has nothing to send.
    fn put(&self, out: Out) {
        if self.queue.send(out).is_err() {
            tracing::trace!("the link has ended");
        }
    }
}

impl Ends {
    async fn run(self, mut greeted: Greeted, start: Start, outs: mpsc::UnboundedReceiver<Out>) {
        let word = if start.choose {
            greeted.choose().await
        } else {
            Ok(())
        };
        if let Some(former) = start.former
            && let Err(error) = former.await
        {
            tracing::error!(%error, "a link failed");
        }
        let linked = NetEvent::Linked {
            link: self.link,
            device: self.device,
            dialled: greeted.dialled,
            exporter: greeted.exporter,
            purpose: start.purpose,
            remote: greeted.remote(),
            relay: greeted.relay(),
        };
        self.tell(linked).await;
        let Greeted {
            connection,
            send,
            recv,
            ..
        } = greeted;
        let reason = match word {
            // Both sides may part at once: then each gives its own reason.
            Ok(()) => tokio::select! {
                reason = self.write(send, outs, &connection) => reason,
                reason = self.read(recv, &connection) => reason,
                reason = self.follow_way(&connection) => reason,
            },
            Err(error) => error.to_string(),
        };
        let reason = match self.given_up.get() {
            Some(reason) => (*reason).to_owned(),
            None => reason,
        };
        connection.close(code::END, b"");
        self.tell(NetEvent::Closed {
            link: self.link,
            device: self.device,
            reason,
        })
        .await;
    }

    /// When nobody takes events any more, the engine is gone, and soon so is the driver.
    async fn tell(&self, event: NetEvent) {
        if self.events.send(event).await.is_err() {
            tracing::trace!("nobody listens to the network");
        }
    }
}

impl Ends {
    /// Tells by which way all goes, at each change; that the link ended, and why, others say.
    async fn follow_way(&self, connection: &Connection) -> String {
        let mut told = None;
        let mut changes = connection.paths_stream();
        while let Some(paths) = changes.next().await {
            let selected = paths.iter().find(Path::is_selected);
            let relayed = selected.map(|path| path.is_relay());
            drop(paths);
            if let Some(now) = relayed.filter(|_| relayed != told) {
                told = relayed;
                self.tell(NetEvent::Way {
                    link: self.link,
                    relayed: now,
                })
                .await;
            }
        }
        std::future::pending().await
    }

    /// Hands frames on until the link ends, and says why it did.
    async fn read(&self, mut recv: RecvStream, connection: &Connection) -> String {
        loop {
            let mut head = [0; 4];
            if let Err(error) = recv.read_exact(&mut head).await {
                return ended(connection, &error);
            }
            let length = u32::from_be_bytes(head);
            if length == GOODBYE {
                return goodbye(recv).await;
            }
            let Some(length) = usize::try_from(length).ok().filter(|n| *n <= MAX_FRAME) else {
                connection.close(code::BROKEN, b"a frame too long");
                return "the other device sent a frame too long".to_owned();
            };
            let room = length.clamp(SMALLEST, MAX_FRAME) as u32;
            let permit = tokio::select! {
                permit = self.room.clone().acquire_many_owned(room) => permit,
                error = connection.closed() => return ended(connection, &error),
            };
            let Ok(permit) = permit else {
                return "the link was given up".to_owned();
            };
            let mut bytes = vec![0; length];
            if let Err(error) = recv.read_exact(&mut bytes).await {
                return ended(connection, &error);
            }
            self.tell(NetEvent::Frame {
                link: self.link,
                bytes,
                credit: Credit { _permit: permit },
            })
            .await;
        }
    }

    /// Sends what is queued until the link ends, and says why it did.
    async fn write(
        &self,
        mut send: SendStream,
        mut outs: mpsc::UnboundedReceiver<Out>,
        connection: &Connection,
    ) -> String {
        while let Some(out) = outs.recv().await {
            let written = match out {
                Out::Present(purpose) => {
                    self.tell(NetEvent::AlreadyLinked {
                        link: self.link,
                        device: self.device,
                        purpose,
                    })
                    .await;
                    Ok(())
                }
                Out::Frame(frame) => {
                    let head = (frame.len() as u32).to_be_bytes();
                    let written = put(&mut send, &head).await;
                    let written = match written {
                        Ok(()) => put(&mut send, &frame).await,
                        Err(error) => Err(error),
                    };
                    self.queued.fetch_sub(frame.len(), Ordering::Relaxed);
                    written
                }
                Out::Goodbye(code, reason) => {
                    return part(&mut send, connection, code, reason).await;
                }
            };
            match written {
                Ok(()) => {}
                Err(Stuck::Stalled) => {
                    connection.close(code::SLOW, b"you read too slowly");
                    return "the other device reads nothing".to_owned();
                }
                // The reader tells why, and may have frames to hand on before.
                Err(Stuck::Lost) => std::future::pending().await,
            }
        }
        // The driver is gone, and with it whoever could say more.
        "the network was stopped".to_owned()
    }
}

/// Why a write did not happen.
enum Stuck {
    Stalled,
    Lost,
}

async fn put(send: &mut SendStream, mut bytes: &[u8]) -> Result<(), Stuck> {
    while !bytes.is_empty() {
        match timeout(STALL, send.write(bytes)).await {
            Ok(Ok(written)) => bytes = &bytes[written..],
            Ok(Err(_)) => return Err(Stuck::Lost),
            Err(_) => return Err(Stuck::Stalled),
        }
    }
    Ok(())
}

/// Says goodbye and waits until the other side has read it.
async fn part(
    send: &mut SendStream,
    connection: &Connection,
    code: u32,
    mut reason: String,
) -> String {
    while reason.len() > MAX_REASON {
        reason.pop();
    }
    let mut last = Vec::with_capacity(10 + reason.len());
    last.extend_from_slice(&GOODBYE.to_be_bytes());
    last.extend_from_slice(&code.to_be_bytes());
    last.extend_from_slice(&(reason.len() as u16).to_be_bytes());
    last.extend_from_slice(reason.as_bytes());
    let said = put(send, &last).await.is_ok() && send.finish().is_ok();
    if !said || timeout(LINGER, connection.closed()).await.is_err() {
        tracing::debug!("the other device did not read the end of the link");
    }
    connection.close(code.into(), reason.as_bytes());
    reason
}

/// Reads the rest of a goodbye.
async fn goodbye(mut recv: RecvStream) -> String {
    let mut head = [0; 6];
    let mut reason = Vec::new();
    if recv.read_exact(&mut head).await.is_ok() {
        let length = usize::from(u16::from_be_bytes([head[4], head[5]]));
        reason = vec![0; length.min(MAX_REASON)];
        if recv.read_exact(&mut reason).await.is_err() {
            reason.clear();
        }
    }
    if reason.is_empty() {
        return "the other device closed the link".to_owned();
    }
    String::from_utf8_lossy(&reason).into_owned()
}

/// Why reading ended: what closed the connection, or else the error itself.
fn ended(connection: &Connection, error: &dyn std::fmt::Display) -> String {
    match connection.close_reason() {
        Some(ConnectionError::ApplicationClosed(close)) if !close.reason.is_empty() => {
            String::from_utf8_lossy(&close.reason).into_owned()
        }
        Some(ConnectionError::LocallyClosed) | None => error.to_string(),
        Some(cause) => cause.to_string(),
    }
}
