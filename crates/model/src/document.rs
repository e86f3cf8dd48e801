//! Making and opening documents.
//!
//! Every document begins with a *genesis change* that depends on nothing but its kind: a fixed
//! actor, time 0, the root objects, `schema` and `kind`. Two people who never met make the very
//! same change, byte for byte, so what each then writes merges into one document.
//!
//! Positions in texts count Unicode code points, here and after every load.

use automerge::{
    ActorId, Automerge, ChangeHash, LoadOptions, ROOT, ReadDoc, ScalarValue, TextEncoding, Value,
    transaction::CommitOptions, transaction::Transactable,
};

use crate::DocKind;
use crate::keys;

/// The newest schema that this version reads and writes whole.
pub const SCHEMA: u32 = 1;

/// The actor of every genesis change; no device's actor id can equal it, since those are hashes.
pub const GENESIS_ACTOR: &[u8] = b"tresse genesis 1";

/// A document that could not be opened or made.
#[derive(Debug, thiserror::Error)]
pub enum DocError {
    /// The bytes are not an Automerge document, or are cut short or altered.
    #[error("the document cannot be read: {0}")]
    Unreadable(#[source] automerge::AutomergeError),
    /// There is nothing in it.
    #[error("the document is empty")]
    Empty,
}

impl DocError {
    /// A stable word for the error, for scripts and translations.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "document-unreadable",
            Self::Empty => "document-empty",
        }
    }
}

/// Whether this version may write a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Yes.
    Editable,
    /// No: a newer Tresse has written it with this schema. It is shown, kept and passed on untouched.
    ReadOnly {
        /// The schema it was written with.
        schema: u32,
    },
}

/// A document of this kind with nothing in it but the genesis change.
///
/// Its actor is random: set your own before you edit.
pub fn genesis(kind: DocKind) -> Automerge {
    let mut doc = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint)
        .with_actor(ActorId::from(GENESIS_ACTOR));
    let mut tx = doc.transaction();
    // None of these can fail on an empty map; were one to, the constant hashes below would tell.
    let written = keys::roots(kind)
        .iter()
        .try_for_each(|(key, kind)| tx.put_object(ROOT, *key, *kind).map(drop))
        .and_then(|()| tx.put(ROOT, keys::SCHEMA, ScalarValue::Uint(u64::from(SCHEMA))))
        .and_then(|()| tx.put(ROOT, keys::KIND, kind.word()));
    debug_assert!(written.is_ok(), "the genesis change is always writable");
    tx.commit_with(CommitOptions::default().with_time(0));
    doc.with_actor(ActorId::random())
}

/// Opens a saved document. A save followed by later incremental saves or changes, end to end, is
/// one document too.
pub fn load(bytes: &[u8]) -> Result<Automerge, DocError> {
    if bytes.is_empty() {
        return Err(DocError::Empty);
    }
    let options = LoadOptions::new().text_encoding(TextEncoding::UnicodeCodePoint);
    Automerge::load_with_options(bytes, options).map_err(DocError::Unreadable)
}

/// The hash of the genesis change of this kind.
pub fn genesis_hash(kind: DocKind) -> ChangeHash {
    let heads = genesis(kind).get_heads();
    heads.first().copied().unwrap_or(ChangeHash([0; 32]))
}

/// Whether this version may write the document.
pub fn access(doc: &Automerge) -> Access {
    let newest = doc
        .get_all(ROOT, keys::SCHEMA)
        .unwrap_or_default()
        .iter()
        .filter_map(|(value, _)| match value {
            Value::Scalar(value) => value.as_u64(),
            Value::Object(_) => None,
        })
        .max()
        .unwrap_or(u64::from(SCHEMA));
    if newest > u64::from(SCHEMA) {
        Access::ReadOnly {
            schema: u32::try_from(newest).unwrap_or(u32::MAX),
        }
    } else {
        Access::Editable
    }
}

/// What the document says it holds, if this version knows it.
pub fn kind(doc: &Automerge) -> Option<DocKind> {
    let (value, _) = doc.get(ROOT, keys::KIND).ok()??;
    let word = value.as_str()?;
    DocKind::ALL.into_iter().find(|kind| kind.word() == word)
}
