//! What a closing says: how the network ends, in what words, and by which decision.

use std::fmt;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use tresse_model::{DocId, NetworkId};

use crate::{MAX_NAME_BYTES, wire};

/// The longest the words of a closing or of a reopening may be, in bytes of UTF-8.
pub const MAX_CLOSING_BYTES: usize = 4 * 1024;

/// What becomes of a network that closes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Its purpose is met.
    PurposeMet,
    /// It is no longer needed.
    NoLongerNeeded,
    /// It goes on in another network.
    MergedInto(Successor),
}

impl Outcome {
    /// A stable word for this outcome.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::PurposeMet => "purpose-met",
            Self::NoLongerNeeded => "no-longer-needed",
            Self::MergedInto(_) => "merged",
        }
    }
}

/// The network that another one goes on in, as far as whoever closes knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Successor {
    /// Its name: not empty, one line, at most [`MAX_NAME_BYTES`] bytes.
    pub name: String,
    /// Its id, if whoever closes is a member there. Nothing is checked: that network need not know.
    #[serde(with = "maybe_network")]
    pub network: Option<NetworkId>,
}

/// How a network ends. Members consent to all of it at once: other words are another closing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// What becomes of it.
    pub outcome: Outcome,
    /// What the members say of it: at most [`MAX_CLOSING_BYTES`] bytes, may be empty.
    pub words: String,
    /// The decision that this follows, if it was made in the network.
    #[serde(with = "maybe_doc")]
    pub decision: Option<DocId>,
}

impl Closing {
    /// Its name: a hash of all that it says.
    pub fn id(&self) -> ClosingId {
        let mut hasher = blake3::Hasher::new_derive_key("tresse 2026 closing");
        hasher.update(&wire::encode(self));
        let mut name = [0; 16];
        hasher.finalize_xof().fill(&mut name);
        ClosingId(name)
    }

    /// Whether it keeps within its bounds.
    pub fn is_sound(&self) -> bool {
        let named = match &self.outcome {
            Outcome::PurposeMet | Outcome::NoLongerNeeded => true,
            Outcome::MergedInto(into) => {
                !into.name.trim().is_empty()
                    && into.name.len() <= MAX_NAME_BYTES
                    && !into.name.chars().any(char::is_control)
            }
        };
        named && self.words.len() <= MAX_CLOSING_BYTES
    }
}

/// Names what a closing says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClosingId([u8; 16]);

impl fmt::Display for ClosingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for ClosingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClosingId({self})")
    }
}

mod maybe_network {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use tresse_model::NetworkId;

    #[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref)]
    pub(super) fn serialize<S: Serializer>(
        id: &Option<NetworkId>,
        s: S,
    ) -> Result<S::Ok, S::Error> {
        id.as_ref().map(|id| *id.as_bytes()).serialize(s)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        d: D,
    ) -> Result<Option<NetworkId>, D::Error> {
        let bytes = Option::<[u8; NetworkId::LEN]>::deserialize(d)?;
        Ok(bytes.map(NetworkId::from_bytes))
    }
}

mod maybe_doc {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use tresse_model::DocId;

    #[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref)]
    pub(super) fn serialize<S: Serializer>(id: &Option<DocId>, s: S) -> Result<S::Ok, S::Error> {
        id.as_ref().map(DocId::to_bytes).serialize(s)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<DocId>, D::Error> {
        Ok(Option::<[u8; DocId::LEN]>::deserialize(d)?.map(DocId::from_bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(name: &str) -> Closing {
        Closing {
            outcome: Outcome::MergedInto(Successor {
                name: name.to_owned(),
                network: None,
            }),
            words: String::new(),
            decision: None,
        }
    }

    #[test]
    fn a_closing_is_named_by_all_that_it_says() {
        let one = merged("Ensemble");
        let mut others = vec![merged("Ensemble !"), one.clone(), one.clone(), one.clone()];
        others[1].outcome = Outcome::PurposeMet;
        others[2].words = "Merci à tous.".to_owned();
        others[3].decision = Some(DocId::from_bytes([7; DocId::LEN]));
        for other in others {
            assert_ne!(one.id(), other.id());
        }
        assert_eq!(one.id(), one.clone().id());
    }

    #[test]
    fn it_names_what_it_goes_on_in_and_keeps_within_its_bounds() {
        assert!(merged("Ensemble").is_sound());
        for name in ["", "  ", "two\nlines"] {
            assert!(!merged(name).is_sound());
        }
        assert!(!merged(&"e".repeat(MAX_NAME_BYTES + 1)).is_sound());
        let long = Closing {
            words: "e".repeat(MAX_CLOSING_BYTES + 1),
            ..merged("Ensemble")
        };
        assert!(!long.is_sound());
    }
}
