//! Seals: by whom a chain of changes was written.
//!
//! Automerge links changes by their hashes, but signs nothing, and an actor id is only a claim. A seal says:
//! "this device wrote, in this document of this network, under the actor that follows from its key
//! and this incarnation, a chain of so many changes, and this is the hash of the last". That hash covers all
//! the change says and the hashes of what it depends on, among which (by a rule that every receiver
//! checks) is the writer's own change before it. So one signature over the newest vouches for the
//! whole chain: keeping and checking seals grows with devices, not with changes.
//!
//! ```text
//! on disk and on the wire, inside a message or row that names network and document:
//!   version  1      1 byte
//!   device          32
//!   incarnation     8, little-endian
//!   seq             8, little-endian
//!   tip             32   the hash of the change `seq` of the actor
//!   signature       64   over: network 20, document 17, actor 16, incarnation 8, seq 8, tip 32
//! ```
//!
//! The length is fixed, so a seal has one form only. Signatures are checked as ZIP 215 defines it, since then checking
//! many together ([`crate::prove`]) and each by itself come to the same at every peer, which is not so for stricter rules. An actor id is 16 bytes of a hash over network,
//! device, document and incarnation ([`crate::actor_id`]): who wants to write under another's actor
//! needs a second key with the same hash.

use std::fmt;

use tresse_model::{DeviceId, DocId, NetworkId};

use crate::{ACTOR_LEN, DeviceKey, Incarnation, Signature, actor_id, proved::Claim};

/// How many bytes a seal has.
pub const SEAL_LEN: usize = 1 + 32 + 8 + 8 + 32 + 64;

const VERSION: u8 = 1;
pub(crate) const CONTEXT: &str = "tresse 2026 seal";

/// How many bytes are signed.
pub(crate) const SAID_LEN: usize = NetworkId::LEN + DocId::LEN + ACTOR_LEN + 8 + 8 + 32;

/// What is signed.
pub(crate) type Said = [u8; SAID_LEN];

/// A seal whose signature was checked: only signing, [`ReadSeal::verify`] and this device's own store make one.
#[derive(Clone, PartialEq, Eq)]
pub struct Seal {
    device: DeviceId,
    incarnation: Incarnation,
    actor: [u8; ACTOR_LEN],
    seq: u64,
    tip: [u8; 32],
    signature: Signature,
}

/// A seal as it came, well formed and not checked: it vouches for nothing yet.
#[derive(Debug, Clone)]
pub struct ReadSeal {
    seal: Seal,
    said: Said,
    /// Its signature was checked together with others ([`crate::prove`]).
    proved: bool,
}

/// Why bytes are not a seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Not the bytes of a seal.
    #[error("the bytes are not a seal")]
    Malformed,
    /// Written by a version of Tresse whose seals this one cannot check.
    #[error("the seal is of version {0}, which this version cannot check: update Tresse")]
    NewerVersion(u8),
    /// Not signed by the device it names, for this network and document.
    #[error("the seal is not signed by the device it names, for this document")]
    Signature,
}

impl SealError {
    /// A stable word for this error.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "seal-malformed",
            Self::NewerVersion(_) => "seal-newer-version",
            Self::Signature => "seal-signature",
        }
    }
}

impl Seal {
    /// Vouches for the first `seq` changes of this device's chain in a document; `tip` is the hash of the last.
    pub fn sign(
        key: &DeviceKey,
        network: &NetworkId,
        doc: &DocId,
        incarnation: Incarnation,
        seq: u64,
        tip: [u8; 32],
    ) -> Self {
        let device = key.id();
        let actor = actor_id(network, &device, doc, incarnation);
        let said = said(network, doc, &actor, incarnation, seq, &tip);
        Self {
            device,
            incarnation,
            actor,
            seq,
            tip,
            signature: key.sign(CONTEXT, &said),
        }
    }

    /// Reads a seal and checks that its device signed it for this document of this network.
    ///
    /// # Errors
    /// [`SealError`]: the seal vouches for nothing.
    pub fn verify(bytes: &[u8], network: &NetworkId, doc: &DocId) -> Result<Self, SealError> {
        ReadSeal::read(bytes, network, doc)?.verify()
    }

    /// Reads a seal back from this device's own encrypted store, into which only verified ones go, under
    /// the actor whose row it lies in.
    ///
    /// # Errors
    /// [`SealError::Malformed`] where the bytes are damaged.
    pub fn stored(bytes: &[u8], actor: &[u8; ACTOR_LEN]) -> Result<Self, SealError> {
        Self::read(bytes, |_, _| *actor)
    }

    /// The bytes to store and to send.
    pub fn bytes(&self) -> [u8; SEAL_LEN] {
        let mut bytes = [0; SEAL_LEN];
        bytes[0] = VERSION;
        bytes[1..33].copy_from_slice(self.device.as_bytes());
        bytes[33..41].copy_from_slice(&self.incarnation.0.to_le_bytes());
        bytes[41..49].copy_from_slice(&self.seq.to_le_bytes());
        bytes[49..81].copy_from_slice(&self.tip);
        bytes[81..].copy_from_slice(self.signature.as_bytes());
        bytes
    }

    /// The device that signed.
    pub const fn device(&self) -> &DeviceId {
        &self.device
    }

    /// The incarnation in which it wrote.
    pub const fn incarnation(&self) -> Incarnation {
        self.incarnation
    }

    /// The actor under which it wrote.
    pub const fn actor(&self) -> &[u8; ACTOR_LEN] {
        &self.actor
    }

    /// How many changes the chain has.
    pub const fn seq(&self) -> u64 {
        self.seq
    }

    /// The hash of the chain's last change.
    pub const fn tip(&self) -> &[u8; 32] {
        &self.tip
    }

    fn read(
        bytes: &[u8],
        actor: impl FnOnce(&DeviceId, Incarnation) -> [u8; ACTOR_LEN],
    ) -> Result<Self, SealError> {
        match bytes.first() {
            Some(&VERSION) => {}
            Some(&version) if version > VERSION => return Err(SealError::NewerVersion(version)),
            _ => return Err(SealError::Malformed),
        }
        let bytes: &[u8; SEAL_LEN] = bytes.try_into().map_err(|_| SealError::Malformed)?;
        let (_, rest) = bytes.split_at(1);
        let (device, rest) = part::<32>(rest)?;
        let (incarnation, rest) = part::<8>(rest)?;
        let (seq, rest) = part::<8>(rest)?;
        let (tip, rest) = part::<32>(rest)?;
        let (signature, _) = part::<64>(rest)?;
        let device = DeviceId::from_bytes(device);
        let incarnation = Incarnation(u64::from_le_bytes(incarnation));
        Ok(Self {
            device,
            incarnation,
            actor: actor(&device, incarnation),
            seq: u64::from_le_bytes(seq),
            tip,
            signature: Signature::from_bytes(signature),
        })
    }
}

impl ReadSeal {
    /// Reads what may be a seal for this document of this network.
    ///
    /// # Errors
    /// [`SealError`] where it is none.
    pub fn read(bytes: &[u8], network: &NetworkId, doc: &DocId) -> Result<Self, SealError> {
        let actor = |device: &DeviceId, incarnation| actor_id(network, device, doc, incarnation);
        let seal = Seal::read(bytes, actor)?;
        if seal.seq == 0 {
            return Err(SealError::Signature);
        }
        let said = said(
            network,
            doc,
            &seal.actor,
            seal.incarnation,
            seal.seq,
            &seal.tip,
        );
        Ok(Self {
            seal,
            said,
            proved: false,
        })
    }

    /// The actor, the number and the hash that it claims to vouch for.
    pub const fn claim(&self) -> (&[u8; ACTOR_LEN], u64, &[u8; 32]) {
        (&self.seal.actor, self.seal.seq, &self.seal.tip)
    }

    /// Checks that its device signed it, for the document it was read for, unless it was proved with others.
    ///
    /// # Errors
    /// [`SealError::Signature`]: it vouches for nothing.
    pub fn verify(&self) -> Result<Seal, SealError> {
        let sound = self.proved || self.signed().verify();
        let seal = sound.then(|| self.seal.clone());
        seal.ok_or(SealError::Signature)
    }

    /// Whether its signature was checked together with others.
    pub const fn is_proved(&self) -> bool {
        self.proved
    }

    /// It was, and is sound.
    pub(crate) const fn proved(&mut self) {
        self.proved = true;
    }

    pub(crate) const fn signed(&self) -> Claim<'_> {
        Claim {
            device: self.seal.device.as_bytes(),
            said: &self.said,
            signature: &self.seal.signature,
        }
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Seal({} up to {})", self.device.short(), self.seq)
    }
}

fn part<const N: usize>(bytes: &[u8]) -> Result<([u8; N], &[u8]), SealError> {
    let (part, rest) = bytes.split_first_chunk().ok_or(SealError::Malformed)?;
    Ok((*part, rest))
}

fn said(
    network: &NetworkId,
    doc: &DocId,
    actor: &[u8; ACTOR_LEN],
    incarnation: Incarnation,
    seq: u64,
    tip: &[u8; 32],
) -> Said {
    let mut said = [0; SAID_LEN];
    let parts: [&[u8]; 6] = [
        network.as_bytes(),
        &doc.to_bytes(),
        actor,
        &incarnation.0.to_le_bytes(),
        &seq.to_le_bytes(),
        tip,
    ];
    let mut rest = &mut said[..];
    for part in parts {
        let (here, after) = rest.split_at_mut(part.len());
        here.copy_from_slice(part);
        rest = after;
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tresse_model::DocKind;

    const NETWORK: NetworkId = NetworkId::from_bytes([3; 20]);

    fn plan() -> DocId {
        DocId::singleton(&NETWORK, DocKind::Plan)
    }

    proptest! {
        #[test]
        fn a_seal_counts_for_its_network_and_document_and_as_it_was_signed_only(
            seed: [u8; 32], incarnation: u64, seq in 1..u64::MAX, tip: [u8; 32], flip in 0..SEAL_LEN * 8,
        ) {
            let key = DeviceKey::from_seed(seed);
            let seal = Seal::sign(&key, &NETWORK, &plan(), Incarnation(incarnation), seq, tip);
            let bytes = seal.bytes();
            prop_assert_eq!(&Seal::verify(&bytes, &NETWORK, &plan()).unwrap(), &seal);
            let elsewhere = DocId::singleton(&NETWORK, DocKind::Charter);
            prop_assert!(Seal::verify(&bytes, &NETWORK, &elsewhere).is_err());
            let other = NetworkId::from_bytes([4; 20]);
            prop_assert!(Seal::verify(&bytes, &other, &plan()).is_err());
            let mut altered = bytes;
            altered[flip / 8] ^= 1 << (flip % 8);
            prop_assert!(Seal::verify(&altered, &NETWORK, &plan()).is_err());
            prop_assert!(Seal::verify(&bytes[..SEAL_LEN - 1], &NETWORK, &plan()).is_err());
        }

        #[test]
        fn arbitrary_bytes_are_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(Seal::verify(&bytes, &NETWORK, &plan()).is_err());
        }
    }

    #[test]
    fn a_seal_of_nothing_is_none() {
        let key = DeviceKey::from_seed([1; 32]);
        let seal = Seal::sign(&key, &NETWORK, &plan(), Incarnation(0), 0, [0; 32]);
        assert_eq!(
            Seal::verify(&seal.bytes(), &NETWORK, &plan()),
            Err(SealError::Signature)
        );
    }
}
