//! What a pass of the editor works with: the text, the layouts, the place of the view, and how to turn a
//! place in the text into a point and back.

use std::sync::Arc;

use egui::{
    Galley, Pos2, Rect, Ui, pos2,
    text::{CCursor, CharIndex},
    vec2,
};

use super::{
    core::Core,
    layout::{Layouts, Preedit, row_height},
};
use crate::{scroll::Place, theme::Tokens};

/// One pass over one editor.
pub(super) struct Stage<'a> {
    pub(super) ui: &'a Ui,
    pub(super) t: &'static Tokens,
    pub(super) core: &'a mut Core,
    pub(super) layouts: &'a mut Layouts,
    pub(super) place: &'a mut Place,
    pub(super) preedit: Option<Preedit>,
    /// Where text is painted.
    pub(super) view: Rect,
}

/// A caret as a cursor of its line's galley.
pub(super) fn cursor(column: usize, row_end: bool) -> CCursor {
    CCursor {
        index: CharIndex(column),
        prefer_next_row: !row_end,
    }
}

impl Stage<'_> {
    /// Ends what an input method composes, text unchanged.
    pub(super) fn drop_preedit(&mut self) {
        if self.preedit.take().is_some() {
            self.layouts.forget_pass();
        }
    }

    pub(super) fn lines(&self) -> usize {
        self.core.buffer.lines()
    }

    /// A line's layout.
    pub(super) fn galley(&mut self, line: usize) -> Arc<Galley> {
        let text = (&self.core.buffer, self.core.revision);
        let preedit = self.preedit.as_ref();
        self.layouts.line(self.ui, self.t, text, line, preedit)
    }

    pub(super) fn height(&mut self, line: usize) -> f32 {
        self.galley(line).size().y.max(row_height(self.t))
    }

    /// Runs one of the view's motions, which need the heights of lines.
    pub(super) fn motion(
        &mut self,
        run: impl FnOnce(&mut Place, usize, &mut dyn FnMut(usize) -> f32),
    ) {
        let mut place = *self.place;
        let lines = self.lines();
        run(&mut place, lines, &mut |line| self.height(line));
        *self.place = place;
    }

    /// The lines that are seen, each with its top.
    pub(super) fn line_under(&mut self, at: egui::Pos2) -> Option<usize> {
        let lines = self.seen();
        let under = lines.iter().rev().find(|(_, top, _)| *top <= at.y);
        let (line, top, galley) = under?;
        (at.y <= top + galley.size().y).then_some(*line)
    }

    pub(super) fn seen(&mut self) -> Vec<(usize, f32, Arc<Galley>)> {
        let mut top = self.view.top() - self.place.above;
        let mut seen = Vec::new();
        for line in self.place.line..self.lines() {
            if top >= self.view.bottom() {
                break;
            }
            let galley = self.galley(line);
            let height = self.height(line);
            seen.push((line, top, galley));
            top += height;
        }
        seen
    }

    /// The place in the text under a point, and whether it is at the end of a wrapped row.
    pub(super) fn place_at(&mut self, point: Pos2) -> (usize, bool) {
        let seen = self.seen();
        let found = seen
            .iter()
            .rev()
            .find(|(_, top, _)| *top <= point.y)
            .or_else(|| seen.first());
        let Some((line, top, galley)) = found else {
            return (0, false);
        };
        let inside = vec2(point.x - self.view.left(), point.y - top);
        self.place_in(*line, galley, inside)
    }

    /// The place in a line under a point relative to its top left.
    pub(super) fn place_in(
        &self,
        line: usize,
        galley: &Galley,
        inside: egui::Vec2,
    ) -> (usize, bool) {
        let found = galley.cursor_from_pos(inside);
        let range = self.core.buffer.range_of(line);
        let at = (range.start + found.index.0).min(range.end);
        let snapped = self.core.buffer.snap(at);
        (snapped, snapped == at && !found.prefer_next_row)
    }

    /// The caret's line, and its rectangle relative to the line's top left.
    pub(super) fn caret(&mut self) -> (usize, Rect) {
        let head = self.core.selection.head;
        let line = self.core.buffer.line_of(head);
        let mut column = head - self.core.buffer.start_of(line);
        if let Some(preedit) = &self.preedit
            && preedit.line == line
        {
            column += preedit.text.chars().count();
        }
        let row_end = self.core.selection.row_end;
        let rect = self.galley(line).pos_from_cursor(cursor(column, row_end));
        let height = rect.height().max(row_height(self.t));
        let rect = Rect::from_min_max(rect.min, pos2(rect.max.x, rect.min.y + height));
        (line, rect)
    }

    /// Brings the caret into the view.
    pub(super) fn show_caret(&mut self) {
        let (line, rect) = self.caret();
        let height = self.view.height();
        self.motion(|place, lines, heights| {
            place.show(line, (rect.top(), rect.bottom()), height, lines, heights);
        });
    }
}
