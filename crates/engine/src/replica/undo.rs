//! Undo and redo of one's own edits, per network.
//!
//! [`Stacks`] knows how to reverse each edit, field by field and letter by letter, so that undoing never
//! takes back what others did since. Here edits become *steps* as a person counts them: letters
//! typed one after the other in one document are one step. The history lasts as long as the
//! process.

use automerge::Automerge;
use tresse_model::{DocId, EditError, Stacks, Undo, Undone};

/// Letters typed within this many milliseconds of each other are one step.
const ONE_BREATH: i64 = 1_200;
/// How many letters make a step at the most.
const LONGEST: usize = 200;

/// One step, as a person counts them.
#[derive(Debug, Clone, Copy)]
struct Step {
    edits: usize,
    typed: Option<(DocId, i64)>,
}

/// What can be undone and redone in one network.
#[derive(Debug, Default)]
pub(super) struct UndoHistory {
    stacks: Stacks<DocId>,
    undo: Vec<Step>,
    redo: Vec<Step>,
}

/// Which way to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Undo,
    Redo,
}

impl UndoHistory {
    /// Notes an edit just made. What was undone before it can no longer be redone.
    pub(super) fn did(&mut self, doc: DocId, undo: Undo) {
        self.stacks.record(doc, undo);
        self.redo.clear();
        self.undo.push(Step {
            edits: 1,
            typed: None,
        });
    }

    /// Notes letters just typed at `now` (milliseconds): they join the step before if it is the
    /// same breath.
    pub(super) fn typed(&mut self, doc: DocId, undo: Undo, now: i64) {
        self.stacks.record(doc, undo);
        self.redo.clear();
        if let Some(Step {
            edits,
            typed: Some((last_doc, last)),
        }) = self.undo.last_mut()
            && *last_doc == doc
            && (0..=ONE_BREATH).contains(&(now - *last))
            && *edits < LONGEST
        {
            *edits += 1;
            *last = now;
            return;
        }
        self.undo.push(Step {
            edits: 1,
            typed: Some((doc, now)),
        });
    }

    /// The document that the next step this way changes, and how many edits it has.
    pub(super) fn next(&self, way: Way) -> Option<(DocId, usize)> {
        let (step, doc) = match way {
            Way::Undo => (self.undo.last()?, self.stacks.next_undo()?),
            Way::Redo => (self.redo.last()?, self.stacks.next_redo()?),
        };
        Some((*doc, step.edits))
    }

    /// Takes back (or makes again) one edit of the step, in the document of [`UndoHistory::next`].
    pub(super) fn one(
        &mut self,
        way: Way,
        doc: &mut Automerge,
        now: i64,
    ) -> Result<Option<Undone>, EditError> {
        match way {
            Way::Undo => self.stacks.undo(doc, now),
            Way::Redo => self.stacks.redo(doc, now),
        }
    }

    /// The step is done: it can now be gone the other way.
    pub(super) fn finish(&mut self, way: Way) {
        let (from, to) = match way {
            Way::Undo => (&mut self.undo, &mut self.redo),
            Way::Redo => (&mut self.redo, &mut self.undo),
        };
        if let Some(step) = from.pop() {
            to.push(Step {
                typed: None,
                ..step
            });
        }
    }

    /// How many steps can be undone, and how many redone.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.undo.len(), self.redo.len())
    }
}
