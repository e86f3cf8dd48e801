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

mod records;

use tresse_model::{DeviceId, DocId, NetworkId};
use tresse_trust::{NetworkSecret, sift};

use self::records::{Key, Records};
use crate::{
    DocRefusal, Host, HostError, Incoming, Standing,
    document::outgoing,
    link::{acts_messages, read_act},
    memory::Memory,
    wire::{MAX_MESSAGE, Message},
};

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
    let secret = secret_of(host, network).ok_or(BundleError::NoNetwork)?;
    if device.is_some_and(|device| host.standing(network, device) != Standing::Member) {
        return Err(BundleError::NotAMember);
    }
    let memory = device
        .and_then(|device| host.memory(network, device))
        .and_then(|bytes| Memory::read(network, &bytes))
        .unwrap_or_default();
    let mut records = Records::begin(&secret, salt);
    let acts = host.acts(network).ok_or(BundleError::NoNetwork)?;
    for message in acts_messages(network, acts.iter()) {
        records.add(&message.encode());
    }
    let heads = host.heads(network).ok_or(BundleError::NoNetwork)?;
    let mut differing = memory.differing(heads);
    differing.retain(|doc| heads.contains_key(doc));
    let mut packed = Packed {
        bytes: Vec::new(),
        documents: 0,
        left_out: Vec::new(),
    };
    for doc in differing {
        let has = memory.heads(&doc).cloned().unwrap_or_default();
        let mut out = Ok(None);
        let found = host.read(network, &doc, &mut |copy| out = outgoing(copy, &has, None))?;
        match out {
            _ if !found => packed.left_out.push((doc, DocRefusal::DamagedHere)),
            Ok(Some(out)) => {
                records.add(&out.message(network, doc).encode());
                packed.documents += 1;
            }
            Ok(None) => {}
            Err(refusal) => packed.left_out.push((doc, refusal)),
        }
    }
    packed.bytes = records.end();
    Ok(packed)
}

/// Takes a bundle in: what is sound and allowed of it, as if a peer had sent it.
///
/// # Errors
/// [`BundleError`]: nothing of it was taken. ([`BundleError::Host`]: not all of it could be kept.)
pub fn unpack(host: &mut dyn Host, bytes: &[u8]) -> Result<Unpacked, BundleError> {
    let opened = records::open(bytes)?;
    let networks = host.networks();
    let found = networks.iter().find(|(_, secret)| opened.is_of(secret));
    let (network, secret) = found.ok_or(BundleError::Foreign)?;
    let messages = read(network, &opened.records(&Key::of(secret, &opened.salt))?)?;
    let mut taken = Unpacked {
        network: *network,
        acts: 0,
        documents: Vec::new(),
        refused: Vec::new(),
    };
    let mut acts = Vec::new();
    for message in &messages {
        if let Message::Acts { acts: came, .. } = message {
            for act in came {
                acts.push(read_act(network, &act.0).map_err(|_| BundleError::Damaged)?);
            }
        }
    }
    let known = host.acts(network).ok_or(BundleError::NoNetwork)?;
    let belong = sift(known, acts).belong;
    taken.acts = belong.len();
    if !belong.is_empty() {
        host.add_acts(network, belong)?;
    }
    for message in messages {
        if let Message::Changes {
            doc,
            body,
            aside,
            seals,
            ..
        } = message
        {
            let doc = DocId::from_bytes(doc);
            take(host, doc, Incoming::new(body, aside, seals), &mut taken)?;
        }
    }
    Ok(taken)
}

fn take(
    host: &mut dyn Host,
    doc: DocId,
    incoming: Incoming,
    taken: &mut Unpacked,
) -> Result<(), BundleError> {
    let network = taken.network;
    let heads = |host: &dyn Host| host.heads(&network).and_then(|all| all.get(&doc).cloned());
    let before = heads(host);
    match host.apply(&network, &doc, incoming) {
        Ok(()) if heads(host) != before => taken.documents.push(doc),
        Ok(()) => {}
        Err(DocRefusal::NotKept(why)) => return Err(HostError(why).into()),
        Err(refusal) => taken.refused.push((doc, refusal)),
    }
    Ok(())
}

/// The messages, of this network all of them, or the file is none that Tresse wrote.
fn read(network: &NetworkId, records: &[Vec<u8>]) -> Result<Vec<Message>, BundleError> {
    let one = |bytes: &Vec<u8>| {
        let message = Message::decode(bytes).map_err(|_| BundleError::Damaged)?;
        match &message {
            Message::Acts { network: of, .. } | Message::Changes { network: of, .. }
                if of == network.as_bytes() =>
            {
                Ok(message)
            }
            _ => Err(BundleError::Damaged),
        }
    };
    records.iter().map(one).collect()
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
