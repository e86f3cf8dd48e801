//! A network's work by hand: one file for a USB stick, for whoever is not reached by any network.
//!
//! A bundle holds what a connection would carry: acts, and of each document what the receiver lacks, with
//! its seals, in the messages of the wire. Whoever takes it checks each exactly as if a peer had just sent it, so
//! taking one twice, late, or in the wrong order is harmless.
//!
//! ```text
//!   16   "tresse bundle 1\n"
//!   24   salt, random
//!   32   mark: shows those who know the network's secret that it is this network's, and nobody else anything
//!   then, one for each message and one more of nothing at the end:
//!    4   length (little-endian)
//!    …   the message, encrypted (AES-256-GCM) under a key of this file; the nonce is its number and whether it
//!        is the last, so none can be left out, repeated, moved or cut off unnoticed
//! ```
//!
//! What it promises: without the network's secret it tells its length and nothing more; a damaged or cut file is refused whole,
//! before anything of it is taken.

mod packing;
mod records;
mod unpacking;

use std::collections::BTreeSet;

use tresse_model::{DeviceId, DocId, NetworkId};
use tresse_trust::NetworkSecret;

pub use self::{packing::Packing, unpacking::Unpacking};
use crate::{DocRefusal, Host, HostError, wire::MAX_MESSAGE};
#[cfg(fuzzing)]
use records::{Key, Records};

/// A bundle that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many documents it holds something of.
    pub documents: usize,
    /// Documents that could not be read here, or not sent.
    pub left_out: Vec<(DocId, DocRefusal)>,
}

/// What came of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpacked {
    /// Which network it is of.
    pub network: NetworkId,
    /// How many of its acts were new here.
    pub acts: usize,
    /// The documents that changed here.
    pub documents: Vec<DocId>,
    /// How many changes came to them.
    pub changes: usize,
    /// The devices that wrote those.
    pub authors: BTreeSet<DeviceId>,
    /// Documents of which nothing was taken, and why.
    pub refused: Vec<(DocId, DocRefusal)>,
}

/// Why a bundle is not made or not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// Not a file of this kind.
    #[error("this file is not a bundle of Tresse")]
    NotABundle,
    /// Of another version.
    #[error("this bundle was made by a newer version of Tresse: update this one to take it in")]
    NewerVersion,
    /// Of a network that is not here.
    #[error(
        "this bundle is not of a network that is on this device: join the network first, with an invitation"
    )]
    Foreign,
    /// Cut short or altered.
    #[error("the bundle is damaged, so nothing of it was taken: copy it once more")]
    Damaged,
    /// The device that it would be for is not a member's.
    #[error("the device that the bundle would be for is not a member's")]
    NotAMember,
    /// The network is not here.
    #[error("there is no such network here")]
    NoNetwork,
    /// This device could not keep it, or not read what to put into it.
    #[error(transparent)]
    Host(#[from] HostError),
}

impl BundleError {
    /// A stable word for this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotABundle => "bundle-unreadable",
            Self::NewerVersion => "bundle-newer-version",
            Self::Foreign => "bundle-foreign",
            Self::Damaged => "bundle-damaged",
            Self::NotAMember => "bundle-not-a-member",
            Self::NoNetwork => "no-network",
            Self::Host(_) => "bundle-not-kept",
        }
    }
}

/// Makes a bundle of all that a member's device is not known to have; with no device named, of everything. The salt is random.
///
/// # Errors
/// [`BundleError`] where the network is not here, or the device is not a member's.
pub fn pack(
    host: &mut dyn Host,
    network: &NetworkId,
    device: Option<&DeviceId>,
    salt: [u8; 24],
) -> Result<Packed, BundleError> {
    let mut packing = Packing::begin(host, network, device, salt)?;
    while packing.step(host)? {}
    packing.end(host)
}

/// Takes a bundle in: what is sound and allowed of it, as if a peer had sent it.
///
/// # Errors
/// [`BundleError`]: nothing of it was taken. ([`BundleError::Host`]: not all of it could be kept.)
pub fn unpack(host: &mut dyn Host, bytes: &[u8]) -> Result<Unpacked, BundleError> {
    let mut unpacking = Unpacking::open(&host.networks(), bytes)?;
    while unpacking.step(host)? {}
    Ok(unpacking.end())
}

fn secret_of(host: &dyn Host, network: &NetworkId) -> Option<NetworkSecret> {
    let mut networks = host.networks().into_iter();
    let found = networks.find(|(id, _)| id == network);
    found.map(|(_, secret)| secret)
}

/// A bundle of any records.
#[cfg(fuzzing)]
pub(crate) fn of_records(secret: &NetworkSecret, salt: [u8; 24], all: &[Vec<u8>]) -> Vec<u8> {
    let mut records = Records::begin(secret, salt);
    for record in all {
        records.add(record);
    }
    records.end()
}

/// The records of a bundle.
#[cfg(fuzzing)]
pub(crate) fn records_of(secret: &NetworkSecret, file: &[u8]) -> Result<Vec<Vec<u8>>, BundleError> {
    let opened = records::open(file)?;
    opened.records(&Key::of(secret, &opened.salt))
}
