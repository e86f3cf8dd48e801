//! Changes tried on a copy, since Automerge takes some that it should not.
//!
//! A change may be well formed, hashed and sealed and still refer to objects, elements or operations
//! that are not where it says. Depending on which, Automerge 0.12 panics, or takes it and forgets part of
//! it; then the saved document does not load any more. Both show on a copy: by the panic, or by
//! asking it for the changes back and finding other bytes. (Marks can be in an order that only loading
//! notices, so a document that gets marks is saved and loaded.)

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{Automerge, Change, LoadOptions, legacy::OpType};

use crate::DocRefusal;

/// Loads a whole document of a peer.
pub(crate) fn load(bytes: &[u8], options: LoadOptions<'_>) -> Result<Automerge, DocRefusal> {
    attempt(|| {
        let document = Automerge::load_with_options(bytes, options).ok()?;
        drop(document.hydrate(None));
        Some(document)
    })
}

/// Whether the changes can be applied to `here` and come back out as they went in.
pub(crate) fn prove(here: Option<&Automerge>, changes: &[Change]) -> Result<(), DocRefusal> {
    if changes.is_empty() {
        return Ok(());
    }
    attempt(|| {
        let mut copy = here.cloned().unwrap_or_default();
        let before = copy.get_heads();
        copy.apply_changes(changes.iter().cloned()).ok()?;
        let mut back = copy.get_changes(&before);
        let mut given: Vec<&Change> = changes.iter().collect();
        back.sort_by_key(Change::hash);
        given.sort_by_key(|change| change.hash());
        let same = back.len() == given.len()
            && back
                .iter()
                .zip(given)
                .all(|(back, given)| back.raw_bytes() == given.raw_bytes());
        (same && (!changes.iter().any(has_marks) || survives_saving(&copy))).then_some(())
    })
}

fn has_marks(change: &Change) -> bool {
    let mut operations = change.decode().operations.into_iter();
    operations
        .any(|operation| matches!(operation.action, OpType::MarkBegin(_) | OpType::MarkEnd(_)))
}

fn survives_saving(document: &Automerge) -> bool {
    drop(document.hydrate(None));
    Automerge::load(&document.save()).is_ok_and(|loaded| loaded.get_heads() == document.get_heads())
}

/// The result of something that may panic on hostile input. Nothing that it touched is used after a panic.
fn attempt<T>(act: impl FnOnce() -> Option<T>) -> Result<T, DocRefusal> {
    catch_unwind(AssertUnwindSafe(act))
        .ok()
        .flatten()
        .ok_or(DocRefusal::Malformed)
}
