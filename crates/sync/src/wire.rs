//! The messages, their bytes and their bounds.
//!
//! Every message is postcard, in its only form (but for how [`packed`] changes are pressed). Ids go as raw bytes. What is read here is well formed and
//! within bounds; whether it comes at the right moment is for the session to judge.

pub(crate) mod packed;

use std::{fmt, marker::PhantomData, net::SocketAddr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use tresse_model::{DocId, MemberId, NetworkId};
use tresse_trust::{
    ActId, Consent, InviteKey, JoinRefusal, LinkConsent, LinkRefusal, MAX_NAME_BYTES,
    NetworkSecret, Nonce, Signature, Tag,
};

use crate::{ChangeHash, CloseReason, Heads, MAX_PLACE_ADDRESSES, MAX_PLACES};

/// The protocol's version, in the first message of either side. What both speak is the lower of the two.
pub const VERSION: u16 = 2;
/// The oldest that is understood.
pub(crate) const OLDEST: u16 = 1;
/// How many messages this version knows: what has a higher number was added by a later one.
const KINDS: u32 = 24;
/// The longest message once something in common is proved.
pub(crate) const MAX_MESSAGE: usize = 64 * 1024 * 1024;
/// The longest message before that.
pub(crate) const MAX_GREETING: usize = 48 * 1024;
/// The most tags in a greeting.
pub(crate) const MAX_TAGS: usize = 1024;
/// The most heads that a document may have.
pub(crate) const MAX_HEADS: usize = 4096;
/// The most actors in a document's clock.
pub(crate) const MAX_ACTORS: usize = 65_536;
/// The longest actor id.
const MAX_ACTOR: usize = 64;
/// The most memories a side may offer.
pub(crate) const MAX_TOKENS: usize = 2;
/// The most seals with one message.
const MAX_SEALS: usize = 65_536;
/// The most networks that one device ticket is for.
const MAX_LINKED: usize = 256;
/// The longest name of a device, in bytes of UTF-8.
pub const MAX_LABEL_BYTES: usize = 64;

/// Shorter than any act, change or seal.
const SHORTEST_PIECE: usize = 32;

/// Names the state of a network's documents that both sides remember.
pub(crate) type Token = [u8; 16];
type RawNetwork = [u8; NetworkId::LEN];
type RawMember = [u8; MemberId::LEN];
type RawDoc = [u8; DocId::LEN];
type RawHash = [u8; 32];
type RawDevice = [u8; 32];

/// Bytes that are copied whole, not one by one.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Bytes(pub(crate) Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Bytes;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }
            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }
        }
        deserializer.deserialize_bytes(Visitor)
    }
}

/// Reads a list of acts, changes or seals. What is shorter than any of these is refused at once: a list of
/// nothings would take many times as much memory as it has bytes.
fn pieces<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Bytes>, D::Error> {
    struct Visitor;
    impl<'de> de::Visitor<'de> for Visitor {
        type Value = Vec<Bytes>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "pieces of at least {SHORTEST_PIECE} bytes")
        }
        fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<Bytes>, A::Error> {
            let mut pieces = Vec::new();
            while let Some(piece) = seq.next_element::<Bytes>()? {
                if piece.0.len() < SHORTEST_PIECE {
                    return Err(de::Error::invalid_length(piece.0.len(), &self));
                }
                pieces.push(piece);
            }
            Ok(pieces)
        }
    }
    deserializer.deserialize_seq(Visitor)
}

/// Reads a list of at most `MOST` items; a longer one is refused before it is read.
fn few<'de, D, T, const MOST: usize>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct Visitor<T, const MOST: usize>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>, const MOST: usize> de::Visitor<'de> for Visitor<T, MOST> {
        type Value = Vec<T>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "at most {MOST}")
        }
        fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
            let mut items = Vec::new();
            while let Some(item) = seq.next_element()? {
                if items.len() == MOST {
                    return Err(de::Error::invalid_length(MOST + 1, &self));
                }
                items.push(item);
            }
            Ok(items)
        }
    }
    deserializer.deserialize_seq(Visitor::<T, MOST>(PhantomData))
}

/// One message. The order of the variants is the wire's numbering: new ones go last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Message {
    /// Proofs of networks and, joining, of an invitation; with random ones among them, sorted.
    Hello { version: u16, tags: Vec<Tag> },
    /// Proofs of those of a hello's secrets that the answering side knows too.
    Answer { version: u16, tags: Vec<Tag> },
    /// What the person who joins signed, and a signature over this connection by the ticket's key.
    Claim {
        consent: Box<Consent>,
        present: Box<Signature>,
    },
    /// The person is in.
    Welcome {
        network: RawNetwork,
        secret: NetworkSecret,
        #[serde(deserialize_with = "pieces")]
        acts: Vec<Bytes>,
    },
    /// The person is not let in.
    Refused { refusal: JoinRefusal },
    /// A network is opened on this connection: the digest of the acts known.
    Open { network: RawNetwork, acts: RawHash },
    /// The names of all acts known.
    ActIds {
        network: RawNetwork,
        ids: Vec<ActId>,
    },
    /// Acts the other is not known to have.
    Acts {
        network: RawNetwork,
        #[serde(deserialize_with = "pieces")]
        acts: Vec<Bytes>,
    },
    /// The digest of the documents, and the memories of earlier meetings.
    Docs {
        network: RawNetwork,
        digest: RawHash,
        tokens: Vec<Token>,
    },
    /// Documents and their heads: those that changed since a memory, or all.
    List {
        network: RawNetwork,
        since: Option<Token>,
        /// Asks for the other's whole list in return.
        answer: bool,
        docs: Vec<(RawDoc, Vec<RawHash>)>,
    },
    /// Which changes of a document are here: for each actor, how many and the last one.
    Clock {
        network: RawNetwork,
        doc: RawDoc,
        entries: Vec<ClockEntry>,
        /// What came did not fit: nothing is to be taken to be here but what these name.
        strict: bool,
    },
    /// Changes of a document.
    Changes {
        network: RawNetwork,
        doc: RawDoc,
        /// Who has these changes and all that was sent before has everything up to here.
        heads: Vec<RawHash>,
        body: Body,
        /// Changes that do not count where they come from, each after those it depends on.
        #[serde(deserialize_with = "pieces")]
        aside: Vec<Bytes>,
        #[serde(deserialize_with = "pieces")]
        seals: Vec<Bytes>,
    },
    /// So many `Changes` have been dealt with, and are durable.
    Ack { seen: u64 },
    /// A document's changes were refused: send no more of it.
    Unwanted { network: RawNetwork, doc: RawDoc },
    /// Nothing more to say for now: the digests of acts and documents as they are, and how many
    /// of the other's `Changes` they include.
    Digest {
        network: RawNetwork,
        acts: RawHash,
        docs: RawHash,
        seen: u64,
    },
    /// The network is no longer served on this connection.
    Shut { network: RawNetwork },
    /// "I hold this device ticket": a signature over this connection by the ticket's key, this device's
    /// name, and what binds its sender to the number that it drew.
    LinkClaim {
        ticket: InviteKey,
        present: Box<Signature>,
        label: String,
        commitment: [u8; 32],
    },
    /// "You would be this person's device": who that is in which network, the person's name, the
    /// answering device's, and the number that it drew.
    LinkOffer {
        name: String,
        label: String,
        nonce: Nonce,
        networks: Vec<(RawNetwork, RawMember)>,
    },
    /// The number that the claim was bound to. Both show the code now.
    LinkReveal { nonce: Nonce },
    /// The person at the claiming device saw the right code; what its device signs.
    LinkConfirm { consents: Vec<LinkConsent> },
    /// "We compared before, and you told me to wait."
    LinkResume {
        ticket: InviteKey,
        present: Box<Signature>,
        consents: Vec<LinkConsent>,
    },
    /// Further members must consent: so many have, so many are needed.
    LinkPending { have: u16, need: u16 },
    /// It comes to nothing. Said by either.
    LinkRefused { refusal: LinkRefusal },
    /// Where devices of the network's members are. Since version 2.
    Places {
        network: RawNetwork,
        #[serde(deserialize_with = "few::<_, _, MAX_PLACES>")]
        places: Vec<RawPlace>,
    },
}

/// A device, and where it can be dialled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RawPlace {
    pub(crate) device: RawDevice,
    #[serde(deserialize_with = "few::<_, _, MAX_PLACE_ADDRESSES>")]
    pub(crate) addresses: Vec<SocketAddr>,
}

/// The changes themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Body {
    /// The whole document, saved.
    Whole(Bytes),
    /// Single changes, uncompressed, each after those it depends on.
    Changes(#[serde(deserialize_with = "pieces")] Vec<Bytes>),
    /// The same, pressed together: [`packed`].
    Packed(Bytes),
}

impl Body {
    /// The bytes of which it consists.
    pub(crate) fn pieces(&self) -> &[Bytes] {
        match self {
            Self::Whole(bytes) | Self::Packed(bytes) => std::slice::from_ref(bytes),
            Self::Changes(changes) => changes,
        }
    }
}

/// One actor's part in a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ClockEntry {
    pub(crate) actor: Bytes,
    pub(crate) seq: u64,
    pub(crate) last: RawHash,
}

impl Message {
    /// The message's bytes.
    pub(crate) fn encode(&self) -> Vec<u8> {
        // Plain data into a growing vector: there is no way to fail.
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// Whether these bytes are of a message that this version does not know.
    pub(crate) fn is_unknown(bytes: &[u8]) -> bool {
        postcard::take_from_bytes::<u32>(bytes).is_ok_and(|(kind, _)| kind >= KINDS)
    }

    /// Reads one message that fills `bytes` and keeps every bound.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, CloseReason> {
        let (message, rest) =
            postcard::take_from_bytes::<Self>(bytes).map_err(|_| CloseReason::Malformed)?;
        if !rest.is_empty() {
            return Err(CloseReason::Malformed);
        }
        message.check()?;
        Ok(message)
    }

    fn check(&self) -> Result<(), CloseReason> {
        match self {
            Self::Hello { tags, .. } | Self::Answer { tags, .. } => {
                at_most(tags.len(), MAX_TAGS)?;
                sorted(tags)
            }
            Self::ActIds { ids, .. } => sorted(ids),
            Self::Docs { tokens, .. } => at_most(tokens.len(), MAX_TOKENS),
            Self::List { docs, .. } => {
                let ids: Vec<_> = docs.iter().map(|(doc, _)| doc).collect();
                sorted(&ids)?;
                docs.iter().try_for_each(|(_, heads)| check_heads(heads))
            }
            Self::Clock { entries, .. } => {
                at_most(entries.len(), MAX_ACTORS)?;
                for entry in entries {
                    at_most(entry.actor.0.len(), MAX_ACTOR)?;
                }
                let actors: Vec<_> = entries.iter().map(|entry| &entry.actor.0).collect();
                sorted(&actors)
            }
            Self::Changes { heads, seals, .. } => {
                at_most(seals.len(), MAX_SEALS)?;
                check_heads(heads)
            }
            Self::LinkClaim { label, .. } => words(label, MAX_LABEL_BYTES),
            Self::LinkOffer {
                name,
                label,
                networks,
                ..
            } => {
                at_most(networks.len(), MAX_LINKED)?;
                let ids: Vec<_> = networks.iter().map(|(network, _)| network).collect();
                sorted(&ids)?;
                words(name, MAX_NAME_BYTES)?;
                words(label, MAX_LABEL_BYTES)
            }
            Self::LinkConfirm { consents } | Self::LinkResume { consents, .. } => {
                at_most(consents.len(), MAX_LINKED)?;
                let ids: Vec<_> = consents.iter().map(|consent| consent.network).collect();
                sorted(&ids)
            }
            Self::Places { places, .. } => {
                let devices: Vec<_> = places.iter().map(|place| place.device).collect();
                sorted(&devices)
            }
            Self::LinkReveal { .. }
            | Self::LinkPending { .. }
            | Self::LinkRefused { .. }
            | Self::Claim { .. }
            | Self::Welcome { .. }
            | Self::Refused { .. }
            | Self::Open { .. }
            | Self::Acts { .. }
            | Self::Ack { .. }
            | Self::Unwanted { .. }
            | Self::Digest { .. }
            | Self::Shut { .. } => Ok(()),
        }
    }
}

fn at_most(count: usize, most: usize) -> Result<(), CloseReason> {
    (count <= most).then_some(()).ok_or(CloseReason::TooLarge)
}

/// One line of text.
fn words(text: &str, most: usize) -> Result<(), CloseReason> {
    at_most(text.len(), most)?;
    let plain = !text.chars().any(char::is_control);
    plain.then_some(()).ok_or(CloseReason::Malformed)
}

fn sorted<T: Ord>(items: &[T]) -> Result<(), CloseReason> {
    let rising = items.windows(2).all(|pair| pair[0] < pair[1]);
    rising.then_some(()).ok_or(CloseReason::Malformed)
}

fn check_heads(heads: &[RawHash]) -> Result<(), CloseReason> {
    at_most(heads.len(), MAX_HEADS)?;
    sorted(heads)
}

pub(crate) fn network(id: &NetworkId) -> RawNetwork {
    *id.as_bytes()
}

pub(crate) fn member(id: &MemberId) -> RawMember {
    *id.as_bytes()
}

pub(crate) fn raw(heads: &[ChangeHash]) -> Vec<RawHash> {
    let mut raw: Vec<_> = heads.iter().map(|head| head.0).collect();
    raw.sort_unstable();
    raw.dedup();
    raw
}

pub(crate) fn heads(raw: Vec<RawHash>) -> Heads {
    raw.into_iter().map(ChangeHash).collect()
}

#[cfg(test)]
mod tests;
