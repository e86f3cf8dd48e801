//! Changes tried on a copy, since Automerge takes some that it should not.
//!
//! A change may be well formed, hashed and sealed and still refer to objects, elements or operations
//! that are not where it says. Depending on which, Automerge 0.12 panics, or takes it and forgets part of
//! it; then the saved document does not load any more. Both show on a copy: by the panic, or by
//! asking it for the changes back and finding other bytes. Not all that is wrong shows so: operations of a
//! form that nobody writes are refused for their form, and since marks can be in an order that only loading
//! notices, a document that gets marks is saved and loaded.

mod levels;
mod shown;

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{
    Automerge, Change, ChangeHash, LoadOptions, OnPartialLoad, PatchLog, TextEncoding,
    legacy::{Key, ObjectId, Op, OpType},
};
use tresse_model::{Splice, has_text, patched_splices};

use self::levels::Levels;
use crate::{
    DocRefusal,
    unfolded::{MOST_LEVELS, Unfolded},
};

/// Reads one change of a peer. (Automerge panics on numbers that are too large for it.)
pub(crate) fn read(bytes: &[u8]) -> Result<Change, DocRefusal> {
    attempt(|| Change::try_from(bytes).ok())
}

/// Loads a whole document of a peer, and tells how many bytes it unfolded to.
pub(crate) fn load(bytes: &[u8], options: LoadOptions<'_>) -> Result<(Automerge, u64), DocRefusal> {
    let unfolded = Unfolded::of_document(bytes)?;
    let document = attempt(|| {
        let document = Automerge::load_with_options(bytes, options).ok()?;
        shown::all(&document, unfolded.is_plain())?;
        Some(document)
    })?;
    Ok((document, unfolded.bytes()))
}

/// Of so many changes at most it is asked what they do to a text as they are applied: as many as somebody types while one looks. Of more it takes less time
/// to compare the texts.
const FOLLOWED: usize = 64;

/// What a document became.
#[derive(Debug)]
pub(crate) struct Grown {
    pub(crate) document: Automerge,
    /// What happened to its text, where that was asked and is nothing but letters.
    pub(crate) splices: Option<Vec<Splice>>,
}

/// What `here` becomes by these changes, each after those it depends on, where they come back out as they went in.
pub(crate) fn grown(here: &Automerge, changes: &[Change]) -> Result<Grown, DocRefusal> {
    let followed = changes.len() <= FOLLOWED && has_text(here);
    let with = |log: &mut PatchLog| {
        let mut grown = here.clone();
        grown
            .apply_changes_log_patches(changes.iter().cloned(), log)
            .ok()?;
        holds(&grown, &here.get_heads(), changes).then_some(grown)
    };
    let told = || {
        let mut log = PatchLog::active();
        let document = with(&mut log)?;
        let patches = document.make_patches(&mut log);
        let splices = patched_splices(here, &document, patches);
        Some(Grown { document, splices })
    };
    if followed && let Ok(grown) = attempt(told) {
        return Ok(grown);
    }
    // What cannot be told is no reason to refuse it.
    attempt(|| {
        let document = with(&mut PatchLog::inactive())?;
        Some(Grown {
            document,
            splices: None,
        })
    })
}

/// A document of just these changes, each after those it depends on.
pub(crate) fn build(encoding: TextEncoding, changes: &[Change]) -> Result<Automerge, DocRefusal> {
    attempt(|| {
        let mut document = Automerge::new_with_encoding(encoding);
        document.apply_changes(changes.iter().cloned()).ok()?;
        holds(&document, &[], changes).then_some(document)
    })
}

/// Whether just these changes came to what was there `before`, and all of it can be saved.
fn holds(document: &Automerge, before: &[ChangeHash], changes: &[Change]) -> bool {
    let mut back = document.get_changes(before);
    let mut given: Vec<&Change> = changes.iter().collect();
    back.sort_by_key(Change::hash);
    given.sort_by_key(|change| change.hash());
    let same = back.len() == given.len()
        && back
            .iter()
            .zip(given)
            .all(|(back, given)| back.raw_bytes() == given.raw_bytes());
    let mut levels = Levels::of(document);
    let mut kind = Kind::Plain;
    for change in changes {
        let operations = change.decode().operations;
        if !same || !levels.add(change, &operations) {
            return false;
        }
        kind = operations.iter().map(kind_of).fold(kind, Kind::max);
    }
    match kind {
        Kind::Plain => same,
        Kind::Marks => survives_saving(document),
        Kind::Odd => false,
    }
}

/// What an operation is like, and of a change the worst of its operations.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Such as applying it judges.
    Plain,
    /// Among them are marks, whose order only loading judges.
    Marks,
    /// Such as nobody writes. Applied, it would be lost in saving, be shown as what it is not, or come to
    /// lie elsewhere depending on what comes with it.
    Odd,
}

/// What a change is like. (Automerge panics on one that names an author whom it does not list.)
pub(crate) fn kind(change: &Change) -> Kind {
    let worst = attempt(|| {
        let operations = change.decode().operations;
        Some(operations.iter().map(kind_of).max().unwrap_or(Kind::Plain))
    });
    worst.unwrap_or(Kind::Odd)
}

fn kind_of(operation: &Op) -> Kind {
    let names_nothing = operation.pred.is_empty();
    let fits = match (&operation.key, operation.insert) {
        // A new element, after another or at the beginning, instead of nothing.
        (Key::Seq(_), true) => names_nothing && operation.obj != ObjectId::Root,
        // An element that is there, by name.
        (Key::Seq(element), false) => {
            element.not_head() && !names_nothing && operation.obj != ObjectId::Root
        }
        (Key::Map(_), insert) => !insert,
    };
    let kind = match operation.action {
        OpType::MarkBegin(_) | OpType::MarkEnd(_) if operation.insert => Kind::Marks,
        OpType::MarkBegin(_) | OpType::MarkEnd(_) => Kind::Odd,
        OpType::Delete | OpType::Increment(_) if names_nothing => Kind::Odd,
        OpType::Delete | OpType::Increment(_) if operation.insert => Kind::Odd,
        _ => Kind::Plain,
    };
    if fits { kind } else { Kind::Odd }
}

fn survives_saving(document: &Automerge) -> bool {
    let options = LoadOptions::new()
        .text_encoding(document.text_encoding())
        .on_partial_load(OnPartialLoad::Error);
    drop(document.hydrate(None));
    load(&document.save_nocompress(), options)
        .is_ok_and(|(loaded, _)| loaded.get_heads() == document.get_heads())
}

/// The result of something that may panic on hostile input. Nothing that it touched is used after a panic.
fn attempt<T>(act: impl FnOnce() -> Option<T>) -> Result<T, DocRefusal> {
    catch_unwind(AssertUnwindSafe(act))
        .ok()
        .flatten()
        .ok_or(DocRefusal::Malformed)
}
