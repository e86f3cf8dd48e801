//! The editor without a window: text, selection, and the protocol with the engine.
//!
//! Every change of the text is one splice for the engine. The engine's own text is taken over only when
//! it holds all that was sent from here.

use std::ops::Range;

use tresse_engine::{Place, TextEdit, TextView};

use super::{
    adopt::Changes,
    buffer::Buffer,
    lists::{Lead, STEP},
    others::Other,
};

/// What is selected: from `anchor` to `head`, where the caret stands.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Selection {
    pub(super) anchor: usize,
    pub(super) head: usize,
    /// Where up and down want to be across.
    pub(super) goal: Option<f32>,
    /// At a wrapped row's edge the caret stands at the end of the upper row.
    pub(super) row_end: bool,
}

impl Selection {
    pub(super) fn at(place: usize) -> Self {
        Self {
            anchor: place,
            head: place,
            ..Self::default()
        }
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.anchor.min(self.head)..self.anchor.max(self.head)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.anchor == self.head
    }

    /// Moves the caret, leaving the anchor when `extend`.
    pub(super) fn go(&mut self, place: usize, extend: bool) {
        self.head = place;
        if !extend {
            self.anchor = place;
        }
        self.goal = None;
        self.row_end = false;
    }
}

/// Text, selection and what the engine knows of them.
#[derive(Debug)]
pub(super) struct Core {
    pub(super) buffer: Buffer,
    pub(super) selection: Selection,
    base: u64,
    seq: u64,
    outbox: Vec<TextEdit>,
    /// Grows with each change of the text.
    pub(super) revision: u64,
    /// Who else writes in it, and where in this text.
    pub(super) others: Vec<Other>,
}

impl Core {
    pub(super) fn new(view: &TextView) -> Self {
        Self {
            buffer: Buffer::new(&view.text),
            selection: Selection::default(),
            base: view.version,
            seq: view.acked,
            outbox: Vec::new(),
            revision: 0,
            others: Vec::new(),
        }
    }

    /// Where the person writes, for the engine to tell others.
    pub(super) fn place(&self) -> Place {
        Place {
            base: self.base,
            head: self.selection.head,
            tail: self.selection.anchor,
        }
    }

    /// Takes over who else writes in the engine's text, if this is that text. Else they stay, moved with what changed here.
    pub(super) fn take_others(&mut self, view: &TextView, others: &[Other]) {
        if view.version == self.base && self.settled(view) {
            self.others = others.to_vec();
        }
    }

    /// Whether the engine has all that was sent.
    pub(super) fn settled(&self, view: &TextView) -> bool {
        self.outbox.is_empty() && view.acked == self.seq
    }

    /// Splices that the engine must get, in order.
    pub(super) fn take_edits(&mut self) -> Vec<TextEdit> {
        std::mem::take(&mut self.outbox)
    }

    /// Replaces a range and leaves the caret after what came in.
    pub(super) fn replace(&mut self, range: Range<usize>, insert: &str) {
        let end = range.start + insert.chars().count();
        self.splice(range, insert);
        self.selection = Selection::at(end);
    }

    /// Replaces a range; the selection stays with the words it was on.
    pub(super) fn splice(&mut self, range: Range<usize>, insert: &str) {
        if range.is_empty() && insert.is_empty() {
            return;
        }
        let count = insert.chars().count();
        let moved = |place: usize| {
            if place < range.start || (place == range.start && range.is_empty()) {
                place
            } else if place < range.end {
                range.start + (place - range.start).min(count)
            } else {
                place - range.len() + count
            }
        };
        let selection = self.selection;
        self.selection.anchor = moved(selection.anchor);
        self.selection.head = moved(selection.head);
        for other in &mut self.others {
            other.head = moved(other.head);
            other.tail = moved(other.tail);
        }
        self.seq += 1;
        self.revision += 1;
        self.outbox.push(TextEdit {
            at: Some(range.start),
            delete: Some(range.len()),
            insert: Some(insert.to_owned()),
            base: Some(self.base),
            seq: Some(self.seq),
            ..TextEdit::default()
        });
        self.buffer.replace(range, insert);
    }

    /// Puts text in place of what is selected.
    pub(super) fn insert(&mut self, text: &str) {
        self.replace(self.selection.range(), text);
    }

    /// Takes over the engine's text if it is newer and holds all that was sent; what changed is answered.
    pub(super) fn adopt(&mut self, view: &TextView) -> Option<Changes> {
        if view.version == self.base || !self.settled(view) {
            return None;
        }
        self.base = view.version;
        if self.buffer.is(&view.text) {
            return None;
        }
        let old = self.buffer.text();
        let changes = Changes::between(&old, &view.text);
        for change in changes.iter().rev() {
            let insert: String = view
                .text
                .chars()
                .skip(change.new.start)
                .take(change.new.len())
                .collect();
            self.buffer.replace(change.old.clone(), &insert);
        }
        debug_assert!(self.buffer.is(&view.text));
        self.revision += 1;
        self.selection.anchor = self.buffer.snap(changes.map(self.selection.anchor));
        self.selection.head = self.buffer.snap(changes.map(self.selection.head));
        for other in &mut self.others {
            other.head = changes.map(other.head);
            other.tail = changes.map(other.tail);
        }
        (!changes.is_empty()).then_some(changes)
    }

    /// A new line; in a list the next item, and an empty item ends the list.
    pub(super) fn new_line(&mut self) {
        let range = self.selection.range();
        let line = self.buffer.line_of(range.start);
        let text = self.buffer.line(line);
        let start = self.buffer.start_of(line);
        let lead = (!self.buffer.in_code(line))
            .then(|| Lead::read(&text))
            .flatten()
            .filter(|lead| range.start >= start + lead.len());
        let Some(lead) = lead else {
            self.insert("\n");
            return;
        };
        if text.chars().count() == lead.len() && range.is_empty() {
            self.replace(start..start + lead.len(), "");
        } else {
            self.insert(&format!("\n{}{}", lead.indent, lead.next));
        }
    }

    /// Whether the caret's line is a list's item, where Tab moves it deeper.
    pub(super) fn in_list(&self) -> bool {
        let line = self.buffer.line_of(self.selection.head);
        !self.buffer.in_code(line)
            && Lead::read(&self.buffer.line(line)).is_some_and(|lead| lead.is_item)
    }

    /// Moves the selected lines one step deeper or shallower.
    pub(super) fn indent(&mut self, deeper: bool) {
        for line in self.selected_lines().rev() {
            let start = self.buffer.start_of(line);
            let text = self.buffer.line(line);
            if deeper && !text.is_empty() {
                self.put_before_line(start, STEP);
            } else if !deeper {
                let spaces = text
                    .chars()
                    .take(STEP.len())
                    .take_while(|&c| c == ' ')
                    .count();
                let tab = usize::from(spaces == 0 && text.starts_with('\t'));
                self.splice(start..start + spaces + tab, "");
            }
        }
    }

    /// The lines that the selection touches; one whose very start ends it is left out.
    pub(super) fn selected_lines(&self) -> std::ops::RangeInclusive<usize> {
        let range = self.selection.range();
        let first = self.buffer.line_of(range.start);
        let mut last = self.buffer.line_of(range.end);
        if last > first && self.buffer.start_of(last) == range.end {
            last -= 1;
        }
        first..=last
    }

    /// Puts a sign at a line's start; a caret that stands there comes after it.
    pub(super) fn put_before_line(&mut self, start: usize, sign: &str) {
        let Selection { anchor, head, .. } = self.selection;
        self.splice(start..start, sign);
        let count = sign.chars().count();
        if anchor == start {
            self.selection.anchor = anchor + count;
        }
        if head == start {
            self.selection.head = head + count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(text: &str, version: u64, acked: u64) -> TextView {
        TextView {
            text: text.into(),
            version,
            acked,
        }
    }

    #[test]
    fn edits_are_numbered_and_say_what_they_stand_on() {
        let mut core = Core::new(&view("pain", 7, 2));
        core.selection = Selection::at(4);
        core.insert("s");
        core.insert(" chauds");
        let edits = core.take_edits();
        assert_eq!(edits.len(), 2);
        assert_eq!((edits[0].at, edits[0].delete), (Some(4), Some(0)));
        assert_eq!((edits[0].base, edits[0].seq), (Some(7), Some(3)));
        assert_eq!((edits[1].at, edits[1].seq), (Some(5), Some(4)));
        assert_eq!(core.buffer.text(), "pains chauds");
    }

    #[test]
    fn a_newer_text_waits_until_it_holds_what_was_typed() {
        let mut core = Core::new(&view("un", 1, 0));
        core.selection = Selection::at(2);
        core.insert("e");
        assert_eq!(core.adopt(&view("Bo: un", 2, 0)), None);
        assert_eq!(core.buffer.text(), "une");
        core.take_edits();
        assert!(core.adopt(&view("Bo: une", 3, 1)).is_some());
        assert_eq!(core.buffer.text(), "Bo: une");
        assert_eq!(core.selection.head, 7, "the caret stays after its letter");
    }

    #[test]
    fn enter_goes_on_with_a_list_and_ends_it() {
        let mut core = Core::new(&view("- pain", 1, 0));
        core.selection = Selection::at(6);
        core.new_line();
        assert_eq!(core.buffer.text(), "- pain\n- ");
        core.new_line();
        assert_eq!(core.buffer.text(), "- pain\n");
        core.new_line();
        assert_eq!(core.buffer.text(), "- pain\n\n");
    }

    #[test]
    fn tab_moves_items_deeper_and_back_with_the_selection_on_them() {
        let mut core = Core::new(&view("- a\n- b\n", 1, 0));
        core.selection = Selection {
            anchor: 2,
            head: 7,
            ..Selection::default()
        };
        core.indent(true);
        assert_eq!(core.buffer.text(), "  - a\n  - b\n");
        assert_eq!(core.buffer.slice(core.selection.range()), "a\n  - b");
        core.indent(false);
        core.indent(false);
        assert_eq!(core.buffer.text(), "- a\n- b\n");
        assert_eq!(core.buffer.slice(core.selection.range()), "a\n- b");
    }
}
