//! What travels of a document, and how it is checked before it is applied.

use automerge::{Automerge, Change, ChangeHash};

/// What a peer sent of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    pub(crate) payload: Payload,
    /// The seals that came with it.
    pub seals: Vec<Vec<u8>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Payload {
    /// The whole document, saved.
    Whole(Vec<u8>),
    /// Changes, each after those it depends on.
    Changes(Vec<Vec<u8>>),
}

/// What came, decoded and checked but not applied.
#[derive(Debug)]
pub enum Decoded {
    /// All of it is known here.
    Nothing,
    /// The peer's document holds everything that is here and more: take it in place of one's own.
    Replace(Box<Automerge>),
    /// Changes not known here, each after those it depends on: apply them.
    Append(Vec<Change>),
}

/// Why a document's changes are not taken from this peer. Other documents go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocRefusal {
    /// Not changes of an Automerge document.
    #[error("the changes cannot be read")]
    Malformed,
    /// Changes that others depend on were left out.
    #[error("changes that these depend on are missing")]
    Incomplete,
    /// Another change stands where this one would: a copied profile, or a cheat.
    #[error("a different change of the same author is already here")]
    Fork,
    /// The person may not write this document, or a seal is missing or false.
    #[error("not written by somebody who may write here")]
    NotAllowed,
    /// It could not be stored.
    #[error("the changes could not be kept: {0}")]
    NotKept(String),
}

impl DocRefusal {
    /// A stable word for this refusal.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "document-malformed",
            Self::Incomplete => "document-incomplete",
            Self::Fork => "document-fork",
            Self::NotAllowed => "document-not-allowed",
            Self::NotKept(_) => "document-not-kept",
        }
    }
}

impl Incoming {
    /// Decodes and checks against the document as it is here (`None`: not known here), applying nothing.
    pub fn decode(&self, here: Option<&Automerge>) -> Result<Decoded, DocRefusal> {
        let encoding = here.map_or_else(automerge::TextEncoding::platform_default, |doc| {
            doc.text_encoding()
        });
        match &self.payload {
            Payload::Whole(bytes) => whole(bytes, encoding, here),
            Payload::Changes(changes) => append(changes, here),
        }
    }
}

fn whole(
    _bytes: &[u8],
    _encoding: automerge::TextEncoding,
    _here: Option<&Automerge>,
) -> Result<Decoded, DocRefusal> {
    Err(DocRefusal::Malformed)
}

fn append(_changes: &[Vec<u8>], here: Option<&Automerge>) -> Result<Decoded, DocRefusal> {
    let _knows =
        |hash: &ChangeHash| here.is_some_and(|doc| doc.get_change_meta_by_hash(hash).is_some());
    Err(DocRefusal::Malformed)
}
