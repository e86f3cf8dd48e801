//! What makes a network legible at a glance: what it is for, which networks it stands beside, and its people's faces.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::NetworkId;

words!(
    /// What a network can be for; any mix of them, or none.
    NetworkKind {
        /// To act together by making things in common.
        Produce = "produce",
        /// To act together for a common interest.
        Defend = "defend",
        /// To share ways of working.
        SharePractice = "share-practice",
        /// To pool means.
        PoolMeans = "pool-means",
        /// To support each other and learn from each other.
        MutualLearning = "mutual-learning",
    }
);
words!(
    /// How a network stands to another.
    RelationKind {
        /// It is part of the other.
        PartOf = "part-of",
        /// The other is part of it.
        HasPart = "has-part",
        /// They work together as equals.
        Partner = "partner",
    }
);

/// Another network that this one says it is tied to. Whoever reads this need not be a member there: nothing
/// of the other network is known by it but its id and the name that was written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Relation {
    /// The other network.
    pub other: NetworkId,
    /// How this one stands to it.
    pub kind: RelationKind,
    /// Its name, as the member who wrote this knew it.
    pub name: String,
    /// What else is to be said of it; may be empty.
    pub words: String,
}

impl Relation {
    /// Which field of the tie to `other` a conflict of the network's document ([`crate::Conflict::field`]) is of: `kind`, `name` or `words`.
    pub fn field_of<'f>(other: &NetworkId, field: &'f str) -> Option<&'f str> {
        let rest = field.strip_prefix(crate::keys::RELATION)?;
        let rest = rest.strip_prefix(other.to_string().as_str())?;
        rest.strip_prefix('/')
    }
}

/// A small square picture of a person: a JPEG or PNG file of at most [`crate::PHOTO_MAX`] bytes.
///
/// It was written by its owner's machine, so its bytes are to be decoded with bounds like anything that comes from others.
#[derive(Clone, PartialEq, Eq)]
pub struct Photo(Arc<[u8]>);

impl Photo {
    /// These bytes, if they can be a photo: small enough, and beginning as a JPEG or PNG file does.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let picture = bytes.starts_with(&[0xff, 0xd8, 0xff]) || bytes.starts_with(b"\x89PNG");
        (picture && bytes.len() <= crate::PHOTO_MAX).then(|| Self(bytes.into()))
    }

    /// Its bytes, as they stand in a file.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// What to put into a page's `src`: the picture itself, as text.
    pub fn data_uri(&self) -> String {
        let sort = if self.0.starts_with(b"\x89PNG") {
            "png"
        } else {
            "jpeg"
        };
        let text = data_encoding::BASE64.encode(&self.0);
        format!("data:image/{sort};base64,{text}")
    }
}

/// Its length only: pictures do not belong into logs.
impl std::fmt::Debug for Photo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Photo({} bytes)", self.0.len())
    }
}

impl Serialize for Photo {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.data_uri())
    }
}

impl<'de> Deserialize<'de> for Photo {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let encoded = text.split_once(";base64,").map(|(_, encoded)| encoded);
        let bytes = encoded.and_then(|text| data_encoding::BASE64.decode(text.as_bytes()).ok());
        bytes
            .and_then(|bytes| Self::new(&bytes))
            .ok_or_else(|| D::Error::custom("this is no photo"))
    }
}
