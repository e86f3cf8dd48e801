//! What travels of a document, and how it is checked before it is applied.
//!
//! Automerge trusts the changes it is given. Some that no honest peer makes stop the program, and some
//! are taken and leave a document that saves to bytes which do not load. So everything is tried first on a
//! copy of the document as it is here ([`crate::trial`]), and only what holds is handed on. Senders leave out nothing that
//! the receiver lacks, so what does not fit at once is refused, never kept waiting.

use std::collections::BTreeSet;

use automerge::{Automerge, Change, ChangeHash, LoadOptions, OnPartialLoad, ReadDoc, TextEncoding};

use crate::{
    Heads,
    chain::{Checks, Link},
    clock::{Clock, Forked, knows},
    trial,
    wire::{Body, Bytes, MAX_MESSAGE},
};

/// From how many bytes of changes on they go in several messages.
const BATCH: usize = 1024 * 1024;
/// Below so many bytes of changes the saved document is not tried.
const SMALL: usize = 4 * 1024;
/// The longest body of one message, leaving room for the rest of it.
const MAX_BODY: usize = MAX_MESSAGE - 4 * 1024 * 1024;

/// What a peer sent of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    body: Body,
    /// The seals that came with it.
    pub seals: Vec<Vec<u8>>,
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
    /// One change of it is too large to be sent at all.
    #[error("a change of this document is too large to be sent")]
    TooLarge,
    /// The copy on this device is damaged: it takes and sends nothing of this document.
    #[error("the copy of this document on this device is damaged")]
    DamagedHere,
    /// It could not be stored. This ends the session.
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
            Self::TooLarge => "document-too-large",
            Self::DamagedHere => "document-damaged-here",
            Self::NotKept(_) => "document-not-kept",
        }
    }
}

/// What to send of one document.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub(crate) body: Body,
    /// What the receiver has everything up to, once it has this.
    pub(crate) heads: Heads,
    /// There is more to send after this.
    pub(crate) more: bool,
}

impl From<Forked> for DocRefusal {
    fn from(_: Forked) -> Self {
        Self::Fork
    }
}

/// What the receiver lacks of `doc`: everything but what leads up to `has` and what `clock` covers.
pub(crate) fn outgoing(
    doc: &Automerge,
    has: &[ChangeHash],
    clock: Option<&Clock>,
) -> Result<Option<Outgoing>, DocRefusal> {
    let nothing_there = has.is_empty() && clock.is_none();
    if nothing_there && let Some(whole) = saved(doc, MAX_BODY) {
        return Ok(Some(whole));
    }
    let changes = match clock {
        Some(clock) => clock.lacks(doc, has)?,
        None => doc.get_changes(has),
    };
    if changes.is_empty() {
        return Ok(None);
    }
    let size: usize = changes.iter().map(|change| change.raw_bytes().len()).sum();
    let much = changes.len() as u64 * 3 > doc.stats().num_changes;
    if size > SMALL
        && much
        && let Some(whole) = saved(doc, size.min(MAX_BODY))
    {
        return Ok(Some(whole));
    }
    batch(doc, changes).map(Some)
}

/// The whole document, if it is no longer than `most`.
fn saved(doc: &Automerge, most: usize) -> Option<Outgoing> {
    let bytes = doc.save();
    (bytes.len() <= most).then(|| Outgoing {
        body: Body::Whole(Bytes(bytes)),
        heads: doc.get_heads(),
        more: false,
    })
}

/// As many of the changes as go in one message.
fn batch(doc: &Automerge, changes: Vec<Change>) -> Result<Outgoing, DocRefusal> {
    let count = changes.len();
    let mut size = 0;
    let mut taken = Vec::new();
    let mut newest = BTreeSet::new();
    for change in changes {
        let bytes = change.raw_bytes();
        if bytes.len() > MAX_BODY {
            return Err(DocRefusal::TooLarge);
        }
        if size + bytes.len() > BATCH && !taken.is_empty() {
            break;
        }
        size += bytes.len();
        for dep in change.deps() {
            newest.remove(dep);
        }
        newest.insert(change.hash());
        taken.push(Bytes(bytes.to_vec()));
    }
    let more = taken.len() < count;
    Ok(Outgoing {
        body: Body::Changes(taken),
        heads: if more {
            newest.into_iter().collect()
        } else {
            doc.get_heads()
        },
        more,
    })
}

impl Incoming {
    pub(crate) fn new(body: Body, seals: Vec<Bytes>) -> Self {
        Self {
            body,
            seals: seals.into_iter().map(|seal| seal.0).collect(),
        }
    }

    /// Decodes and checks against the document as it is here (`None`: not known here), changing
    /// nothing. What comes back applies, and leaves a document that saves and loads.
    pub fn decode(&self, here: Option<&Automerge>) -> Result<Decoded, DocRefusal> {
        match &self.body {
            Body::Whole(bytes) => whole(&bytes.0, here),
            Body::Changes(changes) => append(changes, here),
        }
    }
}

fn whole(bytes: &[u8], here: Option<&Automerge>) -> Result<Decoded, DocRefusal> {
    let encoding = here.map_or_else(TextEncoding::platform_default, Automerge::text_encoding);
    let options = LoadOptions::new()
        .text_encoding(encoding)
        .on_partial_load(OnPartialLoad::Error);
    let theirs = trial::load(bytes, options)?;
    let mut checks = Checks::new(None);
    for change in theirs.get_changes_meta(&[]) {
        checks.take(&Link::of_meta(&change))?;
    }
    let Some(here) = here.filter(|here| !here.get_heads().is_empty()) else {
        return Ok(if theirs.get_heads().is_empty() {
            Decoded::Nothing
        } else {
            Decoded::Replace(Box::new(theirs))
        });
    };
    if theirs.get_heads().iter().all(|head| knows(here, head)) {
        return Ok(Decoded::Nothing);
    }
    if here.get_heads().iter().all(|head| knows(&theirs, head)) {
        return Ok(Decoded::Replace(Box::new(theirs)));
    }
    fitting(here.get_changes_added(&theirs), Some(here))
}

fn append(changes: &[Bytes], here: Option<&Automerge>) -> Result<Decoded, DocRefusal> {
    let mut new = Vec::new();
    for bytes in changes {
        let change = plain_change(&bytes.0)?;
        if !here.is_some_and(|here| knows(here, &change.hash())) {
            new.push(change);
        }
    }
    fitting(new, here)
}

/// One uncompressed change. (A compressed one could unfold to anything.)
fn plain_change(bytes: &[u8]) -> Result<Change, DocRefusal> {
    const KIND: usize = 8;
    const PLAIN: u8 = 1;
    if bytes.get(KIND) != Some(&PLAIN) {
        return Err(DocRefusal::Malformed);
    }
    let change = Change::try_from(bytes).map_err(|_| DocRefusal::Malformed)?;
    // The header's checksum is the beginning of the hash; it is not checked by reading.
    let sound = bytes.get(4..8) == Some(&change.hash().0[..4]) && change.raw_bytes() == bytes;
    sound.then_some(change).ok_or(DocRefusal::Malformed)
}

/// The new changes, if every one of them fits onto what is here.
fn fitting(new: Vec<Change>, here: Option<&Automerge>) -> Result<Decoded, DocRefusal> {
    let mut checks = Checks::new(here);
    for change in &new {
        checks.take(&Link::of_change(change))?;
    }
    checks.no_fork()?;
    trial::prove(here, &new)?;
    Ok(if new.is_empty() {
        Decoded::Nothing
    } else {
        Decoded::Append(new)
    })
}

#[cfg(test)]
mod tests;
