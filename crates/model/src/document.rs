//! Making and opening documents.
//!
//! Every document begins with a *genesis change* that depends on nothing but its kind: a fixed
//! actor, time 0, the root objects, `schema` and `document` (its kind). Two people who never met
//! make the very same change, byte for byte, so what each then writes merges into one document.
//!
//! A later schema that needs more root objects makes them by a second such change, on top of the
//! first, so that two who go over to it at once still agree; it never alters the first.
//!
//! Positions in texts count Unicode code points, here and after every load.

use std::sync::LazyLock;

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
    /// No: a newer Tresse has written it with this schema. It is shown, kept and passed on
    /// untouched.
    ReadOnly {
        /// The schema it was written with.
        schema: u32,
    },
}

/// A document of this kind with nothing in it but the genesis change.
///
/// Its actor is random: set your own before you edit.
pub fn genesis(kind: DocKind) -> Automerge {
    // A newcomer begins thousands of documents, each of which is copied in a fraction of the time that writing it takes.
    static WRITTEN: LazyLock<Vec<(DocKind, Automerge)>> =
        LazyLock::new(|| DocKind::ALL.map(|kind| (kind, written(kind))).into());
    let known = WRITTEN.iter().find(|(known, _)| *known == kind);
    let doc = known.map_or_else(|| written(kind), |(_, doc)| doc.clone());
    doc.with_actor(ActorId::random())
}

fn written(kind: DocKind) -> Automerge {
    let mut doc = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint)
        .with_actor(ActorId::from(GENESIS_ACTOR));
    let mut tx = doc.transaction();
    // None of these can fail on an empty map; were one to, the constant hashes below would tell.
    let written = keys::roots(kind)
        .iter()
        .try_for_each(|(key, kind)| tx.put_object(ROOT, *key, *kind).map(drop))
        .and_then(|()| tx.put(ROOT, keys::SCHEMA, ScalarValue::Uint(u64::from(SCHEMA))))
        .and_then(|()| tx.put(ROOT, keys::DOCUMENT, kind.word()));
    debug_assert!(written.is_ok(), "the genesis change is always writable");
    tx.commit_with(CommitOptions::default().with_time(0));
    doc
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
pub const fn genesis_hash(kind: DocKind) -> ChangeHash {
    // Written down, not computed: were a genesis to change, a test would say so.
    ChangeHash(hex(match kind {
        DocKind::Network => b"a57f9609dcaa63cb7099c96ca804369ee9fc892e339dd4f022bf8251c262ce7b",
        DocKind::Charter => b"1bc5285a69793872347570301a59df94bdc6997a0fea328ecf9b700da9b2e57b",
        DocKind::Plan => b"f9728ebc861af6ab11dc4bbea6729b7c2a559e7af4de49b3e95d4e74ac740b99",
        DocKind::Page => b"cc0b295c97c28beb5cad817902a432dfed21ca54872f8980f9fc2089238a22c8",
        DocKind::Notebook => b"1f1a6e1aa6ac1f4d6703e90c274149932b6e3b36aaa902251e4c84e25b2be07e",
        DocKind::Meeting => b"547cfb56488516239dbfe32a8b50733483dd1acb74fda6693224f8d6e0f103f3",
        DocKind::Decision => b"6afb118edc585cb89b31f4f6d53b0719f371828fbdb3790eb323cb88ccda543f",
        DocKind::Watch => b"79e3a8a33f85bc59d7dfc4b37bc9d2f8034dcb6a119b549377b028eb05e11786",
        DocKind::Resources => b"9b4bb758cdfbc552d04f90d8fd3d33dfdb1bcfa7e9fc861d42a34be5ab37dd12",
    }))
}

const fn hex(digits: &[u8; 64]) -> [u8; 32] {
    const fn digit(byte: u8) -> u8 {
        if byte.is_ascii_digit() {
            byte - b'0'
        } else {
            byte - b'a' + 10
        }
    }
    let mut bytes = [0; 32];
    let mut at = 0;
    while at < 32 {
        bytes[at] = digit(digits[2 * at]) * 16 + digit(digits[2 * at + 1]);
        at += 1;
    }
    bytes
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

/// What the document holds, if this version knows it: by the genesis change it begins with, which
/// nobody can take out or write over; else by what it says itself.
pub fn kind(doc: &Automerge) -> Option<DocKind> {
    let begins = |kind: &DocKind| doc.get_change_meta_by_hash(&genesis_hash(*kind)).is_some();
    DocKind::ALL.into_iter().find(begins).or_else(|| {
        let (value, _) = doc.get(ROOT, keys::DOCUMENT).ok()??;
        let word = value.as_str()?;
        DocKind::ALL.into_iter().find(|kind| kind.word() == word)
    })
}
