//! What assistive tools see: a text field of several lines with its name and text, the visible rows as runs, and the
//! selection in them; and what they may ask: set the text, replace the selection, select.

use std::collections::HashMap;

use egui::{
    Id, Rect, Sense, Ui,
    accesskit::{
        self, Action, ActionData, ActionRequest, NodeId, Role, TextDirection, TextPosition,
        TextSelection,
    },
};

use super::{Options, core::Selection, stage::Stage};

/// A run's lengths are bytes, so it cannot be longer.
const LONGEST: usize = 255;

/// Where each run of the last pass starts in the text.
pub(super) type Runs = HashMap<NodeId, usize>;

impl Stage<'_> {
    /// Describes the editor, when somebody listens.
    /// `runs_ui` is a child of the editor in the tree of accessibility.
    pub(super) fn describe(&mut self, runs_ui: &Ui, id: Id, options: &Options<'_>) -> Runs {
        let ctx = self.ui.ctx();
        let core = &self.core;
        let listens = ctx.accesskit_node_builder(id, |node| {
            node.set_role(Role::MultilineTextInput);
            node.set_label(options.label);
            node.set_value(core.buffer.text());
            node.set_placeholder(options.placeholder);
            if options.read_only {
                node.set_read_only();
            } else {
                node.add_action(Action::SetValue);
                node.add_action(Action::ReplaceSelectedText);
            }
            node.add_action(Action::SetTextSelection);
        });
        if listens.is_none() {
            return Runs::new();
        }
        let mut runs = Vec::new();
        self.describe_rows(runs_ui, id, &mut runs);
        let selection = self.core.selection;
        if let (Some(anchor), Some(focus)) = (
            position(&runs, selection.anchor),
            position(&runs, selection.head),
        ) {
            ctx.accesskit_node_builder(id, |node| {
                node.set_text_selection(TextSelection { anchor, focus });
            });
        }
        runs.into_iter().map(|run| (run.node, run.start)).collect()
    }

    fn describe_rows(&mut self, ui: &Ui, id: Id, runs: &mut Vec<Run>) {
        let left = self.view.left();
        for (line, top, galley) in self.seen() {
            let mut at = self.core.buffer.start_of(line);
            let last_line = line + 1 == self.lines();
            let last_row = galley.rows.len().saturating_sub(1);
            for (row, placed) in galley.rows.iter().enumerate() {
                let mut letters: Vec<(char, f32, f32)> = placed
                    .glyphs
                    .iter()
                    .map(|glyph| (glyph.chr, glyph.pos.x, glyph.advance_width))
                    .collect();
                if row == last_row && !last_line {
                    letters.push(('\n', placed.size.x, 0.0));
                }
                let rect = placed.rect().translate(egui::vec2(left, top));
                let pieces = letters.chunks(LONGEST).collect::<Vec<_>>();
                let empty: &[&[(char, f32, f32)]] = &[&[]];
                let pieces = if pieces.is_empty() { empty } else { &pieces };
                for (piece, letters) in pieces.iter().enumerate() {
                    let run = id.with(("run", line, row, piece));
                    describe_run(ui, run, rect, letters);
                    runs.push(Run {
                        node: run.accesskit_id(),
                        start: at,
                        length: letters.len(),
                    });
                    at += letters.len();
                }
            }
        }
    }

    /// Does what an assistive tool asks; true when it was for this editor.
    pub(super) fn asked(
        &mut self,
        request: &ActionRequest,
        id: Id,
        runs: &Runs,
        read_only: bool,
    ) -> bool {
        if request.target_node != id.accesskit_id() {
            return false;
        }
        match (&request.action, &request.data) {
            (Action::ReplaceSelectedText, Some(ActionData::Value(text))) if !read_only => {
                self.core.insert(text);
            }
            (Action::SetValue, Some(ActionData::Value(text))) if !read_only => {
                self.core.replace(0..self.core.buffer.len(), text);
            }
            (Action::SetTextSelection, Some(ActionData::SetTextSelection(selection))) => {
                let place = |position: &TextPosition| {
                    let start = runs.get(&position.node)?;
                    Some(self.core.buffer.snap(start + position.character_index))
                };
                let (Some(anchor), Some(head)) =
                    (place(&selection.anchor), place(&selection.focus))
                else {
                    return false;
                };
                self.core.selection = Selection {
                    anchor,
                    head,
                    ..Selection::default()
                };
            }
            _ => return false,
        }
        true
    }
}

struct Run {
    node: NodeId,
    start: usize,
    length: usize,
}

fn position(runs: &[Run], at: usize) -> Option<TextPosition> {
    let run = runs
        .iter()
        .rev()
        .find(|run| run.start <= at && at <= run.start + run.length)?;
    Some(TextPosition {
        node: run.node,
        character_index: at - run.start,
    })
}

fn describe_run(ui: &Ui, id: Id, rect: Rect, letters: &[(char, f32, f32)]) {
    ui.interact(rect, id, Sense::hover());
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::TextRun);
        node.set_text_direction(TextDirection::LeftToRight);
        let first = letters.first().map_or(0.0, |(_, x, _)| *x);
        let last = letters.last().map_or(0.0, |(_, x, width)| x + width);
        node.set_bounds(accesskit::Rect {
            x0: f64::from(rect.left() + first),
            y0: f64::from(rect.top()),
            x1: f64::from(rect.left() + last),
            y1: f64::from(rect.bottom()),
        });
        node.set_value(
            letters
                .iter()
                .map(|(letter, ..)| letter)
                .collect::<String>(),
        );
        node.set_character_lengths(
            letters
                .iter()
                .map(|(letter, ..)| letter.len_utf8() as u8)
                .collect::<Vec<_>>(),
        );
        node.set_character_positions(
            letters
                .iter()
                .map(|(_, x, _)| x - first)
                .collect::<Vec<_>>(),
        );
        node.set_character_widths(letters.iter().map(|(.., width)| *width).collect::<Vec<_>>());
        let mut before = false;
        let mut words = Vec::new();
        for (index, (letter, ..)) in letters.iter().enumerate() {
            let word = letter.is_alphanumeric();
            if word && !before {
                words.push(index as u8);
            }
            before = word;
        }
        node.set_word_starts(words);
    });
}
