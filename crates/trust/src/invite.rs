//! Invitations: a one-use key pair. Its public half stands in the network's acts, its secret half
//! travels in a ticket, and whoever holds it signs with it that they want in.

use std::{fmt, str::FromStr};

use data_encoding::BASE32_NOPAD;
use serde::{Deserialize, Serialize};
use tresse_model::{DeviceId, IdError, MemberId, NetworkId};

use crate::{
    DeviceKey, MAX_NAME_BYTES, Signature, key,
    wire::{self, device, member, network},
};

const BY_DEVICE: &str = "tresse 2026 consent by device";
const BY_INVITE: &str = "tresse 2026 consent by invite";
const PRESENT: &str = "tresse 2026 ticket in hand";

/// The public half of an invitation: names it in acts and views.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct InviteKey([u8; 32]);

impl InviteKey {
    /// The invitation named by these bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The public key's bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether the holder of the ticket signed `exporter`: they are on this connection now.
    pub fn is_present(&self, exporter: &[u8; 32], signature: &Signature) -> bool {
        key::verify(&self.0, PRESENT, exporter, signature)
    }
}

impl fmt::Display for InviteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = BASE32_NOPAD.encode(&self.0).to_ascii_lowercase();
        write!(f, "inv-{text}")
    }
}

impl fmt::Debug for InviteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for InviteKey {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        text.strip_prefix("inv-")
            .filter(|rest| !rest.bytes().any(|byte| byte.is_ascii_uppercase()))
            .and_then(|rest| {
                BASE32_NOPAD
                    .decode(rest.to_ascii_uppercase().as_bytes())
                    .ok()
            })
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or_else(|| IdError {
                what: "invitation id",
                text: text.chars().take(80).collect(),
            })
    }
}

/// The secret half of an invitation: it lies in the ticket and nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct InviteSecret([u8; 32]);

impl InviteSecret {
    /// The invitation that grows from these thirty-two random bytes.
    pub const fn from_seed(seed: [u8; 32]) -> Self {
        Self(seed)
    }

    /// The bytes that go into the ticket.
    pub const fn seed(&self) -> &[u8; 32] {
        &self.0
    }

    /// The public half.
    pub fn key(&self) -> InviteKey {
        InviteKey(*self.signer().id().as_bytes())
    }

    /// Signs the connection's exporter: only a holder of the ticket can, and only here and now.
    pub fn present(&self, exporter: &[u8; 32]) -> Signature {
        self.signer().sign(PRESENT, exporter)
    }

    fn signer(&self) -> DeviceKey {
        DeviceKey::from_seed(self.0)
    }
}

impl fmt::Debug for InviteSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InviteSecret(of {})", self.key())
    }
}

/// What a person who joins says and signs, twice: with their device's key and with the
/// invitation's. The member who admits them passes it on unaltered or not at all.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Consent {
    /// The network they join.
    #[serde(with = "network")]
    pub network: NetworkId,
    /// The invitation they use.
    pub invite: InviteKey,
    /// Who they are.
    #[serde(with = "member")]
    pub member: MemberId,
    /// The device they join with.
    #[serde(with = "device")]
    pub device: DeviceId,
    /// The name they give, at most [`MAX_NAME_BYTES`] bytes.
    pub name: String,
    by_device: Signature,
    by_invite: Signature,
}

/// Why a consent does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConsentError {
    /// The name is empty or too long.
    #[error("the name is empty or longer than {MAX_NAME_BYTES} bytes")]
    Name,
    /// One of the two signatures is not theirs.
    #[error("a signature of the person who joins is not valid")]
    Signature,
}

impl Consent {
    /// Says with both keys: I, `member`, want to join with this device, under this name.
    pub fn sign(
        network: NetworkId,
        invite: &InviteSecret,
        device: &DeviceKey,
        member: MemberId,
        name: &str,
    ) -> Self {
        let mut consent = Self {
            network,
            invite: invite.key(),
            member,
            device: device.id(),
            name: name.to_owned(),
            by_device: Signature::from_bytes([0; 64]),
            by_invite: Signature::from_bytes([0; 64]),
        };
        let said = consent.said();
        consent.by_device = device.sign(BY_DEVICE, &said);
        consent.by_invite = invite.signer().sign(BY_INVITE, &said);
        consent
    }

    /// Whether both signatures are theirs and the name is one.
    pub fn verify(&self) -> Result<(), ConsentError> {
        if self.name.trim().is_empty() || self.name.len() > MAX_NAME_BYTES {
            return Err(ConsentError::Name);
        }
        let said = self.said();
        let signed = key::verify(self.device.as_bytes(), BY_DEVICE, &said, &self.by_device)
            && key::verify(self.invite.as_bytes(), BY_INVITE, &said, &self.by_invite);
        signed.then_some(()).ok_or(ConsentError::Signature)
    }

    /// What both keys sign.
    fn said(&self) -> Vec<u8> {
        wire::encode(&(
            self.network.as_bytes(),
            self.invite.as_bytes(),
            self.member.as_bytes(),
            self.device.as_bytes(),
            &self.name,
        ))
    }
}
