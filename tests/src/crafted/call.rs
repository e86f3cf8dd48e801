//! A connection on which anything at all can be said.

use automerge::Change;
use tokio::{runtime::Runtime, sync::mpsc::Receiver};
use tresse_model::{DeviceId, DocId, NetworkId};
use tresse_net::{LinkId, Net, NetEvent};
use tresse_sync::Effect;

use super::{
    Crafted, Told, frames, linked, next,
    wire::{Body, Entry, Message, Raw},
};

/// How long a frame may be.
const FRAME: usize = 64 * 1024;

/// A connection to an honest peer, without a [`tresse_sync::Session`] that would keep to the rules.
#[derive(Debug)]
pub struct Call {
    pub(super) runtime: Runtime,
    pub(super) net: Line,
    pub(super) inbox: Vec<u8>,
    /// Every frame that was sent.
    pub sent: Vec<Vec<u8>>,
    /// Every message that came since the honest part of the call was over.
    pub heard: Vec<Message>,
    pub(super) closed: Option<String>,
}

pub(super) struct Line {
    pub(super) net: Net,
    pub(super) events: Receiver<NetEvent>,
    pub(super) link: LinkId,
    pub(super) device: DeviceId,
    pub(super) exporter: [u8; 32],
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} with {}", self.link, self.device.short())
    }
}

impl Call {
    /// Whom it is with.
    pub const fn peer(&self) -> DeviceId {
        self.net.device
    }

    /// What only the two ends of this connection know.
    pub const fn exporter(&self) -> &[u8; 32] {
        &self.net.exporter
    }

    /// Says a message, whatever its length.
    pub fn says(&mut self, message: &Message) {
        self.says_bytes(&message.encode());
    }

    /// Says bytes that may or may not be messages.
    pub fn says_bytes(&mut self, bytes: &[u8]) {
        for frame in bytes.chunks(FRAME) {
            self.says_frame(frame.to_vec());
        }
    }

    /// Says one frame.
    pub fn says_frame(&mut self, frame: Vec<u8>) {
        self.sent.push(frame.clone());
        self.net.net.send(self.net.link, frame);
    }

    /// Waits for a message.
    pub fn hears(&mut self, what: &str, mut wanted: impl FnMut(&Message) -> bool) -> Message {
        loop {
            while let Some(message) = Message::take(&mut self.inbox) {
                self.heard.push(message.clone());
                if wanted(&message) {
                    return message;
                }
            }
            let heard = self.listens();
            assert!(heard, "{what}: the link was closed: {:?}", self.closed);
        }
    }

    /// Waits until a document is refused on this connection.
    pub fn hears_it_is_unwanted(&mut self, doc: &DocId) {
        let doc = doc.to_bytes();
        self.hears("the document is unwanted", |message| {
            matches!(message, Message::Unwanted { doc: unwanted, .. } if *unwanted == doc)
        });
    }

    /// Waits until the other side says where it stands after everything it was sent.
    pub fn hears_where_it_stands(&mut self, seen: u64) {
        self.hears(
            "it has dealt with what it was sent",
            |message| matches!(message, Message::Ack { seen: now } if *now >= seen),
        );
    }

    /// Waits until the other side closes the link; answers why.
    pub fn is_closed(&mut self) -> String {
        while self.listens() {}
        self.closed.clone().unwrap()
    }

    /// Frames that have come and were not read as messages, once the link is closed.
    pub fn unread(&self) -> &[u8] {
        &self.inbox
    }

    /// Ends it.
    pub fn hangs_up(self) {
        self.runtime.block_on(self.net.net.shutdown());
    }

    /// The next thing that happens; `false` once the link is closed.
    fn listens(&mut self) -> bool {
        if self.closed.is_some() {
            return false;
        }
        match self.runtime.block_on(next(&mut self.net.events)) {
            NetEvent::Frame { bytes, .. } => self.inbox.extend_from_slice(&bytes),
            NetEvent::Closed { reason, .. } => self.closed = Some(reason),
            _ => {}
        }
        true
    }
}

impl Crafted {
    /// Reaches somebody and says nothing yet.
    pub fn rings(&self, contact: &str) -> Call {
        let runtime = Runtime::new().unwrap();
        let line = runtime.block_on(async {
            let (net, mut events) = self.dials(contact).await;
            let (link, device, exporter) = linked(&mut events).await;
            Line {
                net,
                events,
                link,
                device,
                exporter,
            }
        });
        Call {
            runtime,
            net: line,
            inbox: Vec::new(),
            sent: Vec::new(),
            heard: Vec::new(),
            closed: None,
        }
    }

    /// Meets a member as an honest peer does until both are in step; what follows is up to the scenario.
    pub fn calls(&mut self, contact: &str) -> Call {
        let mut call = self.rings(contact);
        let mut session = self.session(call.net.device, call.net.exporter, None);
        let mut effects = session.start(&mut self.house);
        loop {
            let mut in_step = false;
            for effect in effects {
                match effect {
                    Effect::Send(frame) => call.says_frame(frame),
                    Effect::Shared(_) => call.net.net.proven(call.net.link),
                    Effect::InStep(_) => in_step = true,
                    Effect::Close(reason) => panic!("{}: {reason}", self.name),
                    _ => {}
                }
            }
            if in_step {
                return call;
            }
            effects = match call.runtime.block_on(next(&mut call.net.events)) {
                NetEvent::Frame { bytes, .. } => session.receive(&mut self.house, &bytes),
                NetEvent::Closed { reason, .. } => panic!("{}: {reason}", self.name),
                _ => Vec::new(),
            };
        }
    }

    /// Says what an honest session says and records what it is told, until it is in step or shut out.
    pub fn is_told_by(&mut self, contact: &str) -> Told {
        let mut call = self.rings(contact);
        let mut session = self.session(call.net.device, call.net.exporter, None);
        let mut effects = session.start(&mut self.house);
        let mut bytes = Vec::new();
        let end = 'told: loop {
            for effect in effects {
                match effect {
                    Effect::Send(frame) => call.says_frame(frame),
                    Effect::InStep(_) => break 'told "in-step".to_owned(),
                    Effect::Close(reason) => break 'told reason.code().to_owned(),
                    _ => {}
                }
            }
            effects = match call.runtime.block_on(next(&mut call.net.events)) {
                NetEvent::Frame { bytes: frame, .. } => {
                    bytes.extend_from_slice(&frame);
                    session.receive(&mut self.house, &frame)
                }
                NetEvent::Closed { reason, .. } => break 'told reason,
                _ => Vec::new(),
            };
        };
        call.hangs_up();
        let messages = std::iter::from_fn(|| Message::take(&mut bytes));
        Told {
            messages: messages.collect(),
            end,
        }
    }

    /// The frames with which an honest session over a given connection would begin.
    pub fn greeting(&mut self, peer: DeviceId, exporter: [u8; 32]) -> Vec<Vec<u8>> {
        let mut session = self.session(peer, exporter, None);
        frames(session.start(&mut self.house))
    }
}

/// Changes, as they are sent.
pub fn changes(
    network: &NetworkId,
    doc: &DocId,
    heads: Vec<Raw>,
    changes: Vec<Vec<u8>>,
    seals: Vec<Vec<u8>>,
) -> Message {
    Message::Changes {
        network: *network.as_bytes(),
        doc: doc.to_bytes(),
        heads,
        body: Body::Changes(changes),
        aside: Vec::new(),
        seals,
    }
}

/// One change, as it is sent.
pub fn one(network: &NetworkId, doc: &DocId, change: &Change, seals: Vec<Vec<u8>>) -> Message {
    changes(
        network,
        doc,
        vec![change.hash().0],
        vec![change.raw_bytes().to_vec()],
        seals,
    )
}

/// A saved document, as it is sent.
pub fn whole(
    network: &NetworkId,
    doc: &DocId,
    heads: Vec<Raw>,
    saved: Vec<u8>,
    seals: Vec<Vec<u8>>,
) -> Message {
    Message::Changes {
        network: *network.as_bytes(),
        doc: doc.to_bytes(),
        heads,
        body: Body::Whole(saved),
        aside: Vec::new(),
        seals,
    }
}

/// "This is what I have of the document."
pub fn clock(network: &NetworkId, doc: &DocId, mut entries: Vec<Entry>, strict: bool) -> Message {
    entries.sort();
    Message::Clock {
        network: *network.as_bytes(),
        doc: doc.to_bytes(),
        entries,
        strict,
    }
}
