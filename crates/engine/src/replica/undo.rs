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
    /// Two steps that one command made in two documents: how many steps there are with both done, and with both undone.
    both: Vec<usize>,
    both_undone: Vec<usize>,
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
        self.recorded();
    }

    /// Notes two edits that one command made: they are undone as one.
    pub(super) fn did_both(&mut self, first: (DocId, Undo), second: (DocId, Undo)) {
        self.did(first.0, first.1);
        self.did(second.0, second.1);
        let (steps, _) = self.stacks.counts();
        // Where old steps fall out, the counts say nothing any more.
        if steps < Stacks::<DocId>::LIMIT {
            self.both.push(steps);
        }
    }

    /// What can no longer be redone, or was undone before this, goes with nothing.
    fn recorded(&mut self) {
        let (steps, _) = self.stacks.counts();
        self.both_undone.clear();
        self.both
            .retain(|at| *at < steps && steps < Stacks::<DocId>::LIMIT);
    }

    /// Whether the next step this way is one of two that go together.
    pub(super) fn goes_with_another(&self, way: Way) -> bool {
        let (undo, redo) = self.stacks.counts();
        match way {
            Way::Undo => self.both.last() == Some(&undo),
            Way::Redo => self.both_undone.last() == Some(&redo),
        }
    }

    /// Both went this way.
    pub(super) fn went_with_another(&mut self, way: Way) {
        let (undo, redo) = self.stacks.counts();
        match way {
            Way::Undo => {
                self.both.pop();
                self.both_undone.push(redo);
            }
            Way::Redo => {
                self.both_undone.pop();
                self.both.push(undo);
            }
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
            self.recorded();
        }
        self.typing = Some(Typing {
            doc,
            field,
            at: now,
            letters,
        });
    }

    /// The document that the next step this way changes.
    pub(super) fn next(&self, way: Way) -> Option<DocId> {
        match way {
            Way::Undo => self.stacks.next_undo().copied(),
            Way::Redo => self.stacks.next_redo().copied(),
        }
    }

    /// Takes back (or makes again) one step, in the document of [`UndoHistory::next`].
    pub(super) fn step(
        &mut self,
        way: Way,
        doc: &mut Automerge,
        now: i64,
    ) -> Result<Option<Undone>, EditError> {
        self.typing = None;
        match way {
            Way::Undo => self.stacks.undo(doc, now),
            Way::Redo => self.stacks.redo(doc, now),
        }
    }

    /// How many steps can be undone, and how many redone.
    pub(super) fn counts(&self) -> (usize, usize) {
        self.stacks.counts()
    }
}
