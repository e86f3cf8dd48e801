//! What the caller hears.

use std::{fmt, net::SocketAddr};

use tokio::sync::OwnedSemaphorePermit;
use tresse_model::DeviceId;

use crate::{LanStatus, Purpose, Topic};

/// One link, from its beginning to its end. Never given twice by one [`crate::Net`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkId(pub(crate) u64);

impl fmt::Display for LinkId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "link {}", self.0)
    }
}

/// The room that a received frame takes. While it lives, the link reads no more than its bound
/// allows: drop it once the frame has been dealt with, not when it was merely taken.
#[derive(Debug)]
#[must_use = "dropping the credit lets the other device send more"]
pub struct Credit {
    pub(crate) _permit: OwnedSemaphorePermit,
}

/// What happened on the network.
///
/// About one link the order is always [`Linked`](Self::Linked), its frames and ways, then
/// [`Closed`](Self::Closed). One device never has two links at once.
#[derive(Debug)]
#[non_exhaustive]
pub enum NetEvent {
    /// Where this endpoint can be dialled changed: all addresses, the widest first.
    Addresses(Vec<SocketAddr>),
    /// The relay through which this device can be reached changed; `None`: through none now.
    Relay(Option<String>),
    /// How it stands with announcing this device on local networks changed.
    Lan(LanStatus),
    /// A device is connected. It proved that it holds its key, nothing more.
    Linked {
        /// The new link.
        link: LinkId,
        /// The device at its other end.
        device: DeviceId,
        /// This side dialled.
        dialled: bool,
        /// Bytes that only the two ends of this very connection know; equal on both.
        exporter: [u8; 32],
        /// The purpose of the dial that was asked for, if one was waiting for this device
        /// (whichever side's connection won).
        purpose: Option<Purpose>,
        /// The address of the other end, unless it is reached through a relay.
        remote: Option<SocketAddr>,
        /// The relay that all went through when the link began, as a URL, if there was no direct path yet.
        relay: Option<String>,
    },
    /// By which way all goes on a link now: told when it begins, and at each change.
    Way {
        /// The link.
        link: LinkId,
        /// Through a relay; else directly.
        relayed: bool,
    },
    /// A dial was asked for, but the device has a link already: here it is.
    AlreadyLinked {
        /// The existing link.
        link: LinkId,
        /// The device at its other end.
        device: DeviceId,
        /// The purpose given with the dial.
        purpose: Purpose,
    },
    /// A frame came.
    Frame {
        /// The link it came on.
        link: LinkId,
        /// The frame, whole.
        bytes: Vec<u8>,
        /// Keep until the frame has been dealt with.
        credit: Credit,
    },
    /// A link ended. Nothing more comes from it.
    Closed {
        /// The link.
        link: LinkId,
        /// The device that was at its other end.
        device: DeviceId,
        /// Why, in English, for a log.
        reason: String,
    },
    /// A dial that was asked for did not reach the device. Dials on behalf of kept contacts are
    /// tried again in silence.
    DialFailed {
        /// The device.
        device: DeviceId,
        /// The purpose given with the dial.
        purpose: Purpose,
        /// Why, in English, for a log.
        reason: String,
    },
    /// A word that somebody said in a topic reached this device, passed on by others. Nothing is proved of who said it; where much else
    /// is to be done it is left out.
    Gossip {
        /// The topic.
        topic: Topic,
        /// The word.
        bytes: Vec<u8>,
    },
    /// There is somebody who passes on what this device says in a topic, after there was nobody.
    InTopic {
        /// The topic.
        topic: Topic,
    },
    /// A device of this program is on a local network.
    Discovered {
        /// The device.
        device: DeviceId,
    },
}

/// How much gossip there was, since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traffic {
    /// Messages sent, those about neighbours included.
    pub sent: u64,
    /// Their bytes, before encryption.
    pub sent_bytes: u64,
    /// Messages received.
    pub received: u64,
    /// Their bytes.
    pub received_bytes: u64,
    /// Neighbours now, in the topic that has most.
    pub neighbours: u64,
}
