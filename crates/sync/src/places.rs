//! Where devices are, as members tell each other.

use std::net::SocketAddr;

use tresse_model::DeviceId;

/// How many devices one message tells of at the most.
pub const MAX_PLACES: usize = 32;
/// How many addresses of one device.
pub const MAX_PLACE_ADDRESSES: usize = 4;

/// A device, and where it can be dialled as somebody says. What answers there has still to prove that device's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The device.
    pub device: DeviceId,
    /// Its addresses, the likeliest first.
    pub addresses: Vec<SocketAddr>,
}
