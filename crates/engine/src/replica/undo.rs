//! Undo and redo of one's own edits, per network.
//!
//! [`Stacks`] knows how to reverse each edit, field by field and letter by letter, so that undoing never
//! takes back what others did since. Letters typed one after the other in one text or field
//! are one step, as a person counts. The history lasts as long as the process.

use automerge::Automerge;
use tresse_model::{DocId, EditError, Stacks, Undo, Undone};

/// Letters typed within this many milliseconds of each other are one step.
const ONE_BREATH: i64 = 1_200;
/// How many letters make a step at the most.
const LONGEST: usize = 200;

/// What can be undone and redone in one network.
#[derive(Debug, Default)]
pub(super) struct UndoHistory {
    stacks: Stacks<DocId>,
    typing: Option<Typing>,
}

/// The step under way, if the last thing done was typing.
#[derive(Debug)]
struct Typing {
    doc: DocId,
    /// The field, or empty for the document's text.
    field: String,
    at: i64,
    letters: usize,
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
        self.typing = None;
        self.stacks.record(doc, undo);
    }

    /// Notes edits that one command made, in the order in which they were made: they are undone as one, and forgotten as one.
    pub(super) fn did_together(&mut self, edits: Vec<(DocId, Undo)>) {
        self.typing = None;
        self.stacks.record_together(edits);
    }

    /// The documents that the next step this way changes, in order.
    pub(super) fn next_together(&self, way: Way) -> Vec<DocId> {
        let docs = match way {
            Way::Undo => self.stacks.together_undone(),
            Way::Redo => self.stacks.together_redone(),
        };
        docs.into_iter().copied().collect()
    }

    /// Leaves out the next step this way.
    pub(super) fn forget_next(&mut self, way: Way) {
        self.typing = None;
        match way {
            Way::Undo => self.stacks.forget_next_undo(),
            Way::Redo => self.stacks.forget_next_redo(),
        }
    }

    /// Notes letters just typed at `now` (milliseconds) in a field, or in the text (`field` empty):
    /// they join the step before if it is the same breath.
    pub(super) fn typed(&mut self, doc: DocId, field: String, undo: Undo, now: i64) {
        let same_breath = self.typing.as_ref().is_some_and(|typing| {
            typing.doc == doc
                && typing.field == field
                && typing.letters < LONGEST
                && now >= typing.at
                && now.abs_diff(typing.at) <= ONE_BREATH.unsigned_abs()
        });
        let letters = self
            .typing
            .as_ref()
            .filter(|_| same_breath)
            .map_or(1, |t| t.letters + 1);
        if same_breath {
            self.stacks.join(doc, undo);
        } else {
            self.stacks.record(doc, undo);
        }
        self.typing = Some(Typing {
            doc,
            field,
            at: now,
            letters,
        });
    }

    /// Takes back (or makes again) the next edit this way, in the first document of [`UndoHistory::next_together`]; `joined`: it is not
    /// the first of a step.
    pub(super) fn step(
        &mut self,
        way: Way,
        doc: &mut Automerge,
        joined: bool,
        now: i64,
    ) -> Result<Option<Undone>, EditError> {
        self.typing = None;
        match way {
            Way::Undo => self.stacks.undo(doc, joined, now),
            Way::Redo => self.stacks.redo(doc, joined, now),
        }
    }

    /// How many steps can be undone, and how many redone.
    pub(super) fn counts(&self) -> (usize, usize) {
        self.stacks.counts()
    }
}
