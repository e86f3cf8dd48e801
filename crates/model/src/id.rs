//! Names of things: networks, members, devices, documents and the items inside documents.
//!
//! Every name is a fixed number of bytes with one text form (lower-case base32 without
//! padding after a short prefix; devices use the hexadecimal form that iroh prints), so that a
//! name read from a file, a command line or a peer is either well formed or refused whole.

use std::{fmt, str::FromStr};

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A text that is not the name it was taken for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("« {text} » is not a {what}")]
pub struct IdError {
    /// What was expected, in words (`network id`, `page id`…).
    pub what: &'static str,
    /// What was given, cut to 80 characters.
    pub text: String,
}

impl IdError {
    fn new(what: &'static str, text: &str) -> Self {
        Self {
            what,
            text: text.chars().take(80).collect(),
        }
    }
}

macro_rules! byte_id {
    ($(#[$doc:meta])* $name:ident, $len:literal, $prefix:literal, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; $len]);

        impl $name {
            /// How many bytes the name has.
            pub const LEN: usize = $len;

            /// The name made of exactly these bytes.
            pub const fn from_bytes(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }

            /// The name's bytes, as they lie in files and on the wire.
            pub const fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}{}", $prefix, encode(&self.0))
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                text.strip_prefix($prefix)
                    .and_then(decode)
                    .map(Self)
                    .ok_or_else(|| IdError::new($what, text))
            }
        }

        text_form!($name, $what);
    };
}

/// Serde, JSON Schema and `Debug` through the text form.
macro_rules! text_form {
    ($name:ident, $what:literal) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(D::Error::custom)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "description": $what })
            }
        }
    };
}

byte_id!(
    /// A network: the hash of its founding act, so that it cannot be founded twice.
    NetworkId, 20, "net-", "network id"
);
byte_id!(
    /// A person: the hash of their first device's key. The same in every network of theirs.
    MemberId, 20, "mem-", "member id"
);
byte_id!(
    /// One thing inside a document (an objective, an action, an indicator, a value…).
    ItemId, 10, "", "item id"
);
byte_id!(
    /// One ballot as it was cast: the hash of what it says, so that it cannot be altered and keep its name.
    CastId, 20, "cast-", "ballot id"
);
byte_id!(
    /// One record of which ballots count: the hash of what it says.
    CountId, 20, "count-", "count id"
);

byte_id!(
    /// What a file's ciphertext is called: its BLAKE3 hash, so that whoever gets it can tell whether it is whole.
    BlobId, 32, "blob-", "blob id"
);

impl ItemId {
    /// What an agenda item is called in the meetings that it is carried on to from this one: so two who carry it on apart
    /// carry it on once.
    #[must_use]
    pub fn carried(&self, from: &DocId) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("tresse 2026 carried agenda item");
        hasher.update(&from.to_bytes()).update(&self.0);
        let mut bytes = [0; Self::LEN];
        hasher.finalize_xof().fill(&mut bytes);
        Self(bytes)
    }
}

/// One machine of a member: its Ed25519 public key, which is also its iroh endpoint id.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeviceId([u8; 32]);

impl DeviceId {
    /// The device whose public key is exactly these bytes (not checked to be a curve point here).
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The public key's bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first ten hexadecimal digits: enough for a person to tell devices apart in a log.
    pub fn short(&self) -> String {
        HEXLOWER.encode(&self.0[..5])
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl FromStr for DeviceId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        HEXLOWER
            .decode(text.as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or_else(|| IdError::new("device id", text))
    }
}

text_form!(DeviceId, "device id");

/// What a document holds; it decides who may write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum DocKind {
    /// The network itself: name, purposes, kind, review date. Every active member writes.
    Network = 1,
    /// The charter. Every active member writes.
    Charter = 2,
    /// Roadmap and action plan. Every active member writes.
    Plan = 3,
    /// A page of the library. Every active member writes.
    Page = 4,
    /// A member's own notebook. Only that member's devices write; all members read.
    Notebook = 5,
    /// A meeting: when and where, its agenda, its minutes. Every active member writes.
    Meeting = 6,
    /// Something to decide: the question, the options, what came of it. Every active member writes; ballots lie in notebooks.
    Decision = 7,
    /// What was seen outside in one calendar year. Every active member writes.
    Watch = 8,
    /// What members offer and need, and what is lent of it. Every active member writes.
    Resources = 9,
}

impl DocKind {
    /// Every kind that this version knows, in the order of its byte.
    pub const ALL: [Self; 9] = [
        Self::Network,
        Self::Charter,
        Self::Plan,
        Self::Page,
        Self::Notebook,
        Self::Meeting,
        Self::Decision,
        Self::Watch,
        Self::Resources,
    ];

    /// The word that begins the document's text form.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Charter => "charter",
            Self::Plan => "plan",
            Self::Page => "page",
            Self::Notebook => "notebook",
            Self::Meeting => "meeting",
            Self::Decision => "decision",
            Self::Watch => "watch",
            Self::Resources => "resources",
        }
    }

    /// The kind with this byte, if this version knows it.
    pub fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as u8 == byte)
    }
}

/// From this byte on kinds are personal documents, so that this version guards those of newer ones.
const PERSONAL: u8 = 128;

/// One document of a network: its kind, then sixteen bytes.
///
/// A network has one network document, one charter, one plan and one document of resources, whose keys follow from the
/// network's id; a notebook's key follows from network and member. So peers that never met agree
/// on these names, and nobody can claim another's notebook. The key of a page, a decision or a meeting is random; that of a
/// meeting which a rule foresees follows from the network, the rule and the day, so that two who prepare it at once
/// prepare one; and that of a year's watch from the year, so that two who begin it apart begin one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocId {
    kind: u8,
    key: [u8; 16],
}

/// The years of which a network has a watch. There is an end to them, so that nobody can add documents without end to what every
/// member reads when the network is opened.
pub const WATCH_YEARS: std::ops::RangeInclusive<i16> = 1970..=2200;

impl DocId {
    /// How many bytes [`DocId::to_bytes`] gives.
    pub const LEN: usize = 17;

    /// The network's one document of this kind.
    pub fn singleton(network: &NetworkId, kind: DocKind) -> Self {
        Self {
            kind: kind as u8,
            key: derive(kind as u8, network, &[]),
        }
    }

    /// A member's notebook in a network.
    pub fn notebook(network: &NetworkId, member: &MemberId) -> Self {
        let kind = DocKind::Notebook;
        Self {
            kind: kind as u8,
            key: derive(kind as u8, network, member.as_bytes()),
        }
    }

    /// A page, from sixteen random bytes.
    pub const fn page(random: [u8; 16]) -> Self {
        Self {
            kind: DocKind::Page as u8,
            key: random,
        }
    }

    /// A meeting, from sixteen random bytes.
    pub const fn meeting(random: [u8; 16]) -> Self {
        Self {
            kind: DocKind::Meeting as u8,
            key: random,
        }
    }

    /// The meeting that a rule foresees on a day (ISO 8601).
    pub fn occurrence(network: &NetworkId, rule: &ItemId, day: &str) -> Self {
        let kind = DocKind::Meeting as u8;
        let owner = [rule.as_bytes(), day.as_bytes()].concat();
        Self {
            kind,
            key: derive(kind, network, &owner),
        }
    }

    /// Something to decide, from sixteen random bytes.
    pub const fn decision(random: [u8; 16]) -> Self {
        Self {
            kind: DocKind::Decision as u8,
            key: random,
        }
    }

    /// The watch of a calendar year.
    pub fn watch(network: &NetworkId, year: i16) -> Self {
        let kind = DocKind::Watch as u8;
        Self {
            kind,
            key: derive(kind, network, &year.to_be_bytes()),
        }
    }

    /// The watch of every year that a network can have one of ([`WATCH_YEARS`]).
    pub fn watches(network: &NetworkId) -> impl Iterator<Item = Self> {
        WATCH_YEARS.map(|year| Self::watch(network, year))
    }

    /// What the document holds, or `None` for a kind that only a newer version knows: such a
    /// document is kept and passed on, never opened.
    pub fn kind(&self) -> Option<DocKind> {
        DocKind::from_byte(self.kind)
    }

    /// Whether one member alone writes it: a notebook, or a kind of a newer version whose byte is 128 or more.
    pub const fn is_personal(&self) -> bool {
        self.kind == DocKind::Notebook as u8 || self.kind >= PERSONAL
    }

    /// Whether it is a personal document of this member: its key follows from network and member.
    pub fn belongs_to(&self, network: &NetworkId, member: &MemberId) -> bool {
        self.is_personal() && self.key == derive(self.kind, network, member.as_bytes())
    }

    /// The kind's byte, then the key.
    pub fn to_bytes(&self) -> [u8; Self::LEN] {
        let mut bytes = [0; Self::LEN];
        bytes[0] = self.kind;
        bytes[1..].copy_from_slice(&self.key);
        bytes
    }

    /// The document named by the bytes of [`DocId::to_bytes`].
    pub fn from_bytes(bytes: [u8; Self::LEN]) -> Self {
        let mut key = [0; 16];
        key.copy_from_slice(&bytes[1..]);
        Self {
            kind: bytes[0],
            key,
        }
    }
}

impl fmt::Display for DocId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            Some(kind) => write!(f, "{}-{}", kind.word(), encode(&self.key)),
            None => write!(f, "kind{}-{}", self.kind, encode(&self.key)),
        }
    }
}

impl FromStr for DocId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let parse = || {
            let (word, key) = text.split_once('-')?;
            let known = DocKind::ALL.into_iter().find(|kind| kind.word() == word);
            let kind = if let Some(kind) = known {
                kind as u8
            } else {
                let byte = word.strip_prefix("kind")?.parse().ok()?;
                if DocKind::from_byte(byte).is_some() {
                    return None;
                }
                byte
            };
            Some(Self {
                kind,
                key: decode(key)?,
            })
        };
        parse().ok_or_else(|| IdError::new("document id", text))
    }
}

text_form!(DocId, "document id");

fn derive(kind: u8, network: &NetworkId, owner: &[u8]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new_derive_key("tresse 2026 document key");
    hasher
        .update(&[kind])
        .update(network.as_bytes())
        .update(owner);
    let mut key = [0; 16];
    hasher.finalize_xof().fill(&mut key);
    key
}

fn encode(bytes: &[u8]) -> String {
    BASE32_NOPAD.encode(bytes).to_ascii_lowercase()
}

fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let bytes = BASE32_NOPAD
        .decode(text.to_ascii_uppercase().as_bytes())
        .ok()?;
    bytes.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_name_reads_back_from_its_text(a: [u8; 20], b: [u8; 10], c: [u8; 32], d: [u8; 17]) {
            let network = NetworkId::from_bytes(a);
            prop_assert_eq!(network.to_string().parse::<NetworkId>().unwrap(), network);
            let item = ItemId::from_bytes(b);
            prop_assert_eq!(item.to_string().parse::<ItemId>().unwrap(), item);
            let device = DeviceId::from_bytes(c);
            prop_assert_eq!(device.to_string().parse::<DeviceId>().unwrap(), device);
            let doc = DocId::from_bytes(d);
            prop_assert_eq!(doc.to_string().parse::<DocId>().unwrap(), doc);
        }

        #[test]
        fn arbitrary_text_never_panics_and_never_has_two_forms(text in ".{0,60}") {
            if let Ok(doc) = text.parse::<DocId>() {
                prop_assert_eq!(doc.to_string(), text.clone());
            }
            if let Ok(network) = text.parse::<NetworkId>() {
                prop_assert_eq!(network.to_string(), text);
            }
        }
    }

    #[test]
    fn two_members_never_share_a_notebook() {
        let network = NetworkId::from_bytes([7; 20]);
        let ana = DocId::notebook(&network, &MemberId::from_bytes([1; 20]));
        let bo = DocId::notebook(&network, &MemberId::from_bytes([2; 20]));
        assert_ne!(ana, bo);
        assert_eq!(ana.kind(), Some(DocKind::Notebook));
        assert!(ana.belongs_to(&network, &MemberId::from_bytes([1; 20])));
        assert!(!ana.belongs_to(&network, &MemberId::from_bytes([2; 20])));
        assert!(!DocId::page([0; 16]).is_personal());
    }
}
