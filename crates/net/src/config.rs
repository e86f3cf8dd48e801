//! What the caller says: how to listen, whom to reach.

use std::net::SocketAddr;

use tresse_model::DeviceId;

/// How this device listens and how far it looks for others.
#[derive(Clone, Default)]
pub struct NetConfig {
    /// The Ed25519 secret key of this device; its public half is the device's name.
    pub seed: [u8; 32],
    /// Listen at exactly this address, or fail. `None` listens on every interface.
    pub listen: Option<SocketAddr>,
    /// With `listen: None`, the port to try first, so that addresses in tickets stay good from
    /// one start to the next. When it is taken another one is used.
    pub preferred_port: Option<u16>,
    /// Announce this device on local networks and look for others there (mDNS); [`crate::Net::lan`] changes it.
    pub lan: bool,
    /// Allow relays and the look-up of devices over the internet. When `false` nothing leaves
    /// the local networks, except to the addresses that the caller gives.
    pub internet: bool,
    /// With `internet`, the relay to use in place of the default ones, as a URL.
    pub relay: Option<String>,
}

impl std::fmt::Debug for NetConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NetConfig")
            .field("listen", &self.listen)
            .field("preferred_port", &self.preferred_port)
            .field("lan", &self.lan)
            .field("internet", &self.internet)
            .field("relay", &self.relay)
            .finish_non_exhaustive()
    }
}

/// A device and where it may be reached. Empty addresses are fine: discovery may find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The device.
    pub device: DeviceId,
    /// Addresses it was seen or said to be at.
    pub addrs: Vec<SocketAddr>,
    /// The relay it was last known to use, as a URL. Used only when the internet is allowed.
    pub relay: Option<String>,
}

impl Contact {
    /// A device of which nothing but its name is known.
    pub const fn new(device: DeviceId) -> Self {
        Self {
            device,
            addrs: Vec::new(),
            relay: None,
        }
    }
}

/// Why a dial was asked for: a number of the caller's own, handed back in the events about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Purpose(pub u64);

/// What words that pass from one device to the next are about: who listens to it hears them. Whoever does not know it cannot guess it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Topic(pub [u8; 32]);
