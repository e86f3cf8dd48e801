//! What a device says that becomes a person's.

use serde::{Deserialize, Serialize};
use tresse_model::{DeviceId, MemberId, NetworkId};

use crate::{
    DeviceKey, Signature, key,
    wire::{self, device, member, network},
};

const BY_DEVICE: &str = "tresse 2026 link consent by device";

/// "I am a device of this person in this network", signed by the device that says it. A member's act
/// ([`crate::Body::Link`], [`crate::Body::Readmit`]) passes it on unaltered or not at all.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LinkConsent {
    /// The network.
    #[serde(with = "network")]
    pub network: NetworkId,
    /// Whose device it becomes.
    #[serde(with = "member")]
    pub member: MemberId,
    /// The device.
    #[serde(with = "device")]
    pub device: DeviceId,
    by_device: Signature,
}

impl LinkConsent {
    /// Says with the device's key: I am a device of `member`.
    pub fn sign(network: NetworkId, member: MemberId, device: &DeviceKey) -> Self {
        Self {
            network,
            member,
            device: device.id(),
            by_device: device.sign(BY_DEVICE, &said(&network, &member, &device.id())),
        }
    }

    /// Whether the device signed it.
    pub fn verify(&self) -> bool {
        let said = said(&self.network, &self.member, &self.device);
        key::verify(self.device.as_bytes(), BY_DEVICE, &said, &self.by_device)
    }
}

fn said(network: &NetworkId, member: &MemberId, device: &DeviceId) -> Vec<u8> {
    wire::encode(&(network.as_bytes(), member.as_bytes(), device.as_bytes()))
}
