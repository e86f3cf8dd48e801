//! Painting: selection behind, words, caret; and where an input method puts its window.

use egui::{Painter, Rect, pos2, text_selection::visuals::paint_text_cursor, vec2};

use super::stage::{Stage, cursor};

impl Stage<'_> {
    /// Paints what is seen.
    pub(super) fn paint(&mut self, painter: &Painter, focused: bool) {
        let range = self.core.selection.range();
        let left = self.view.left();
        for (line, top, galley) in self.seen() {
            let here = self.core.buffer.range_of(line);
            if self.core.buffer.in_code(line) {
                let height = galley.size().y;
                let ground = Rect::from_min_size(pos2(left, top), vec2(self.view.width(), height));
                painter.rect_filled(ground, 0.0, self.t.color.shade);
            }
            let selected = !range.is_empty() && range.start <= here.end && range.end > here.start;
            let newline = range.start <= here.end && range.end > here.end;
            if selected || newline {
                let from = range.start.max(here.start) - here.start;
                let to = range.end.min(here.end) - here.start;
                let first = galley.layout_from_cursor(cursor(from, false));
                let last = galley.layout_from_cursor(cursor(to, true));
                for row in first.row..=last.row {
                    let Some(placed) = galley.rows.get(row) else {
                        break;
                    };
                    let start = if row == first.row {
                        placed.x_offset(first.column)
                    } else {
                        0.0
                    };
                    let end = if row == last.row {
                        let tail = if newline { self.t.space.s } else { 0.0 };
                        placed.x_offset(last.column) + tail
                    } else {
                        placed.size.x
                    };
                    let rect = placed.rect();
                    let behind = Rect::from_min_max(
                        pos2(left + start, top + rect.top()),
                        pos2(left + end, top + rect.bottom()),
                    );
                    let color = if focused {
                        self.t.color.selection
                    } else {
                        self.t.color.hover
                    };
                    painter.rect_filled(behind, 0.0, color);
                }
            }
            painter.galley(pos2(left, top), galley, self.t.color.ink);
        }
    }

    /// The caret's rectangle on the screen, if it is in the view.
    pub(super) fn caret_on_screen(&mut self) -> Option<Rect> {
        let (line, rect) = self.caret();
        let (_, top, _) = self.seen().into_iter().find(|(seen, ..)| *seen == line)?;
        let rect = rect.translate(vec2(self.view.left(), top));
        (rect.bottom() > self.view.top() && rect.top() < self.view.bottom()).then_some(rect)
    }

    /// Paints the caret and tells the input method where it is.
    pub(super) fn paint_caret(&mut self, painter: &Painter, id: egui::Id, since: f64) {
        let Some(caret) = self.caret_on_screen() else {
            return;
        };
        if self.ui.input(|input| input.focused) {
            let slim =
                Rect::from_center_size(caret.center(), vec2(caret.width(), self.t.text.body * 1.2));
            paint_text_cursor(self.ui, painter, slim, since);
        }
        if self.ui.memory(|memory| memory.owns_ime_events(id)) {
            let ctx = self.ui.ctx();
            let to_global = ctx
                .layer_transform_to_global(self.ui.layer_id())
                .unwrap_or_default();
            let rect = to_global * self.view;
            let cursor_rect = to_global * caret;
            self.ui.output_mut(|output| {
                output.ime = Some(egui::output::IMEOutput {
                    purpose: egui::IMEPurpose::Normal,
                    rect,
                    cursor_rect,
                    should_interrupt_composition: false,
                });
            });
        }
    }
}
