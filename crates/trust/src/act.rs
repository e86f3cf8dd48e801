//! Acts: what is said about who is in a network, signed by the device that says it.
//!
//! On the wire an act is an envelope `(version, content, signature)`; its content names the
//! network, the acts it comes after, the claimed time, the device, the kind and the kind's own bytes.
//! An act of a kind that only a newer version knows verifies, is kept and passed on, and is not
//! evaluated ([`Body::Unknown`]): a network with old and new peers holds the same set everywhere.
//!
//! `after` names the acts that the author knew and that no other known act came after. So acts
//! form a graph in which "knew of" is a fact and not a claim about time: every rule of
//! [`crate::evaluate`] speaks of what stands before an act, never of clocks.

use std::fmt;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use tresse_model::{DeviceId, NetworkId};

use crate::{
    Body, ConsentError, DeviceKey, Signature, key, member_id,
    wire::{self, device, network},
};

/// The longest an act may be, in bytes. Checked before anything is decoded.
pub const MAX_ACT_BYTES: usize = 1024 * 1024;

/// The longest an act may be that carries no cuts, in bytes. Checked before its body is decoded.
pub const MAX_SHORT_ACT_BYTES: usize = 16 * 1024;

/// The longest a person's name may be in an act, in bytes of UTF-8.
pub const MAX_NAME_BYTES: usize = 256;

/// How many acts an act may name as those it comes after.
pub(crate) const MAX_AFTER: usize = 64;

const VERSION: u8 = 1;
const CONTEXT: &str = "tresse 2026 act";

/// Names an act: the hash of its content. Two signatures over one content are one act.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ActId([u8; 32]);

impl ActId {
    /// The act named by these bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The name's bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for ActId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for ActId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0[..5]))
    }
}

/// What an act says, who says it, and what they knew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// The network it is about.
    pub network: NetworkId,
    /// The newest acts its author knew, sorted. Empty for the founding act only.
    pub after: Vec<ActId>,
    /// When its author says it was, in milliseconds since 1970. Shown, never relied on.
    pub at_ms: u64,
    /// The device that signed it.
    pub device: DeviceId,
    /// What it says.
    pub body: Body,
}

/// Why bytes are not an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ActError {
    /// Longer than an act of its kind may be.
    #[error(
        "the act is longer than {MAX_SHORT_ACT_BYTES} bytes, or with cuts than {MAX_ACT_BYTES}"
    )]
    TooLong,
    /// Written by a version of Tresse whose envelope this one cannot check.
    #[error("the act is written in version {0}, which this version cannot check: update Tresse")]
    NewerVersion(u8),
    /// Not the bytes of an act, or not in an act's only form.
    #[error("the bytes are not an act")]
    Malformed,
    /// Not signed by the device it names.
    #[error("the act is not signed by the device it names")]
    Signature,
    /// It lets in a person or a device that did not say so.
    #[error("the act lets in a person or a device that did not sign for it: {0}")]
    Consent(#[from] ConsentError),
    /// It founds a network with another's id.
    #[error("the founding act does not have the hash that the network is named by")]
    WrongNetwork,
}

impl ActError {
    /// A stable word for this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLong => "act-too-long",
            Self::NewerVersion(_) => "act-newer-version",
            Self::Malformed => "act-malformed",
            Self::Signature => "act-signature",
            Self::Consent(_) => "act-consent",
            Self::WrongNetwork => "act-wrong-network",
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    version: u8,
    content: Vec<u8>,
    signature: Signature,
}

#[derive(Serialize, Deserialize)]
struct Content {
    #[serde(with = "network")]
    network: NetworkId,
    #[serde(deserialize_with = "wire::at_most::<_, _, MAX_AFTER>")]
    after: Vec<ActId>,
    at_ms: u64,
    #[serde(with = "device")]
    device: DeviceId,
    kind: u16,
    body: Vec<u8>,
}

/// An act whose signatures were all checked. Nothing but [`VerifiedAct::decode`] and signing makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedAct {
    id: ActId,
    act: Act,
    bytes: Vec<u8>,
}

impl VerifiedAct {
    /// Founds a network: the act's hash is the network's id.
    pub fn found(
        key: &DeviceKey,
        at_ms: u64,
        name: &str,
        salt: [u8; 16],
    ) -> Result<Self, ActError> {
        let body = Body::Found {
            member: member_id(&key.id()),
            name: name.to_owned(),
            salt,
        };
        let (kind, bytes) = body.write();
        let network = founded_network(at_ms, &key.id(), kind, &bytes);
        Self::sign(key, network, Vec::new(), at_ms, &body)
    }

    /// Signs an act as the device of `key`. ([`crate::ActSet::sign`] fills in network and `after`.)
    pub fn sign(
        key: &DeviceKey,
        network: NetworkId,
        mut after: Vec<ActId>,
        at_ms: u64,
        body: &Body,
    ) -> Result<Self, ActError> {
        after.sort_unstable();
        after.dedup();
        let (kind, bytes) = body.write();
        let content = wire::encode(&Content {
            network,
            after,
            at_ms,
            device: key.id(),
            kind,
            body: bytes,
        });
        let envelope = Envelope {
            version: VERSION,
            signature: key.sign(CONTEXT, &content),
            content,
        };
        // Read back like anybody's: what this device signs is held to the same rules.
        let signed = Self::decode(&wire::encode(&envelope))?;
        if body.is_newer() && signed.act.body != *body {
            return Err(ActError::Malformed);
        }
        Ok(signed)
    }

    /// Reads an act and checks every signature in it.
    pub fn decode(bytes: &[u8]) -> Result<Self, ActError> {
        if bytes.len() > MAX_ACT_BYTES {
            return Err(ActError::TooLong);
        }
        match bytes.first() {
            Some(&VERSION) => {}
            Some(&version) if version > VERSION => return Err(ActError::NewerVersion(version)),
            _ => return Err(ActError::Malformed),
        }
        let envelope: Envelope = wire::decode(bytes).ok_or(ActError::Malformed)?;
        let content: Content = wire::decode(&envelope.content).ok_or(ActError::Malformed)?;
        if bytes.len() > MAX_SHORT_ACT_BYTES && !Body::carries_cuts(content.kind) {
            return Err(ActError::TooLong);
        }
        if !key::verify(
            content.device.as_bytes(),
            CONTEXT,
            &envelope.content,
            &envelope.signature,
        ) {
            return Err(ActError::Signature);
        }
        if !content.after.windows(2).all(|pair| pair[0] < pair[1]) {
            return Err(ActError::Malformed);
        }
        let body = Body::read(content.kind, &content.body).ok_or(ActError::Malformed)?;
        let id = blake3::derive_key("tresse 2026 act id", &envelope.content);
        let act = Act {
            network: content.network,
            after: content.after,
            at_ms: content.at_ms,
            device: content.device,
            body,
        };
        act.check()?;
        Ok(Self {
            id: ActId(id),
            act,
            bytes: bytes.to_vec(),
        })
    }

    /// The act's name.
    pub const fn id(&self) -> ActId {
        self.id
    }

    /// What it says.
    pub const fn act(&self) -> &Act {
        &self.act
    }

    /// The bytes to store and to send: [`VerifiedAct::decode`] takes them.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// The id of the network that this founding act founds: the hash of its claimed time, device, kind
/// and body (of everything in it but the id itself and `after`, which is empty).
pub(crate) fn founded_network(at_ms: u64, device: &DeviceId, kind: u16, body: &[u8]) -> NetworkId {
    let said = wire::encode(&(at_ms, device.as_bytes(), kind, body));
    let mut hasher = blake3::Hasher::new_derive_key("tresse 2026 network id");
    hasher.update(&said);
    let mut id = [0; NetworkId::LEN];
    hasher.finalize_xof().fill(&mut id);
    NetworkId::from_bytes(id)
}
