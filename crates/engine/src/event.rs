//! What happens with other peers, as a stream: for always-on peers, scripts and tests.

use serde::Serialize;
use tresse_model::{DeviceId, DocId, NetworkId};

use crate::{LanView, LinkingView};

/// Something happened with another peer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// Where this device can be dialled changed.
    Addresses {
        /// `IP:PORT` each.
        addresses: Vec<String>,
    },
    /// The relay through which this device can be reached over the internet changed.
    Relay {
        /// Its URL; none while there is no such relay.
        relay: Option<String>,
    },
    /// A member's machine answered at an address that was given (`net.meet`).
    Reached {
        /// Which address, as `net.meet` answered.
        number: u64,
        /// The machine.
        device: DeviceId,
        /// Its owner's name, as known here.
        name: String,
    },
    /// Nobody answered at an address that was given. It is tried again now and then.
    NotReached {
        /// Which address, as `net.meet` answered.
        number: u64,
        /// Why: a stable code.
        code: String,
        /// Why, in English.
        message: String,
    },
    /// How it stands with finding others on local networks changed.
    Lan(LanView),
    /// A member's device proved that it shares a network with this one.
    PeerConnected {
        /// The device.
        device: DeviceId,
        /// The network.
        network: NetworkId,
        /// Its owner's name, as known here.
        name: String,
    },
    /// A member's device speaks another version of the protocol; what both know goes on. Once for each device.
    OtherVersion {
        /// The device.
        device: DeviceId,
        /// Its owner's name, as known here.
        name: String,
        /// A later version than this one's; else an older one.
        newer: bool,
    },
    /// A connected device is reached by another way than before.
    Way {
        /// The device.
        device: DeviceId,
        /// Through a relay; else directly.
        relayed: bool,
    },
    /// A device that shared a network is no longer connected.
    PeerGone {
        /// The device.
        device: DeviceId,
    },
    /// Both copies of a network are known to be equal.
    InStep {
        /// The device.
        device: DeviceId,
        /// The network.
        network: NetworkId,
        /// Documents of the network here.
        documents: usize,
        /// What the meeting cost so far.
        #[serde(flatten)]
        cost: Cost,
    },
    /// This device was let into a network; its documents are coming.
    Joined {
        /// The network.
        network: NetworkId,
    },
    /// A member refused the ticket.
    JoinRefused {
        /// The network.
        network: NetworkId,
        /// Why: a stable code.
        code: String,
        /// Why, in English.
        message: String,
    },
    /// A person was let in by this device.
    Admitted {
        /// The network.
        network: NetworkId,
        /// Their device.
        device: DeviceId,
    },
    /// What another machine sent of a document was refused.
    DocumentRefused {
        /// The machine that passed it on.
        device: DeviceId,
        /// Its owner's name, as known here.
        name: String,
        /// The network.
        network: NetworkId,
        /// The document.
        document: DocId,
        /// Why: a stable code.
        code: String,
    },
    /// A machine on its way to become a person's is a step further.
    Linking(LinkingView),
    /// A connection was closed because of what the other side sent, or because it shares nothing.
    Refused {
        /// The device.
        device: DeviceId,
        /// Why: a stable code.
        code: String,
    },
}

/// What meeting one peer cost, since the link began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Cost {
    /// Bytes sent in frames.
    pub sent_bytes: u64,
    /// Bytes received in frames.
    pub received_bytes: u64,
    /// How often this side waited for an answer.
    pub round_trips: u64,
}
