//! The mouse: placing the caret, selecting by dragging, words by two clicks, lines by three; the wheel and the bar.

use std::ops::Range;

use egui::{Pos2, Rect, Response, Ui, pos2};

use super::{core::Selection, stage::Stage};
use crate::scroll::{Place, scroll_bar};

/// What the mouse is about, from pass to pass.
#[derive(Debug, Default)]
pub(super) struct Mouse {
    drag: Option<Drag>,
    last_press: Option<(f64, Pos2)>,
    presses: u32,
}

impl Mouse {
    /// Counts presses that follow each other at one point.
    fn press(&mut self, ui: &Ui, point: Pos2) -> u32 {
        let now = ui.input(|input| input.time);
        let (delay, reach) = ui.ctx().options(|options| {
            let input = &options.input_options;
            (input.max_double_click_delay, input.max_click_dist)
        });
        let again = self
            .last_press
            .is_some_and(|(at, before)| now - at < delay && before.distance(point) < reach);
        self.presses = if again { self.presses + 1 } else { 1 };
        self.last_press = Some((now, point));
        self.presses
    }
}

/// What a drag selects at a time, and where it began.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Drag {
    unit: Unit,
    from: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Character,
    Word,
    Line,
}

impl Stage<'_> {
    /// Selects by the mouse; true when the selection was touched.
    pub(super) fn pointer(&mut self, response: &Response, mouse: &mut Mouse) -> bool {
        let Some(point) = response.interact_pointer_pos() else {
            mouse.drag = None;
            return false;
        };
        let (pressed, down, shift) = self.ui.input(|input| {
            let pointer = &input.pointer;
            (
                pointer.primary_pressed(),
                pointer.primary_down(),
                input.modifiers.shift,
            )
        });
        if pressed && response.contains_pointer() {
            let unit = match mouse.press(self.ui, point) {
                1 => Unit::Character,
                2 => Unit::Word,
                _ => Unit::Line,
            };
            let (at, row_end) = self.place_at(point);
            let from = if shift {
                self.core.selection.anchor..self.core.selection.anchor
            } else {
                self.unit_at(unit, at)
            };
            let drag = Drag { unit, from };
            self.extend_to(at, row_end, &drag);
            mouse.drag = Some(drag);
            return true;
        }
        let Some(drag) = mouse.drag.as_ref().filter(|_| down) else {
            return false;
        };
        self.follow(point);
        let (at, row_end) = self.place_at(self.inside(point));
        self.extend_to(at, row_end, drag);
        true
    }

    fn inside(&self, point: Pos2) -> Pos2 {
        pos2(
            point.x,
            point.y.clamp(self.view.top(), self.view.bottom() - 1.0),
        )
    }

    /// A drag beyond the view's edge moves the view, faster the further it is.
    fn follow(&mut self, point: Pos2) {
        let beyond = if point.y < self.view.top() {
            point.y - self.view.top()
        } else {
            (point.y - self.view.bottom()).max(0.0)
        };
        if beyond != 0.0 {
            let points = beyond.clamp(-200.0, 200.0) * 0.25;
            self.motion(|place, lines, height| place.by(points, lines, height));
            self.ui.ctx().request_repaint();
        }
    }

    fn unit_at(&self, unit: Unit, at: usize) -> Range<usize> {
        let buffer = &self.core.buffer;
        match unit {
            Unit::Character => at..at,
            Unit::Word => buffer.word_at(at),
            Unit::Line => {
                let line = buffer.line_of(at);
                let end = if line + 1 < buffer.lines() {
                    buffer.start_of(line + 1)
                } else {
                    buffer.len()
                };
                buffer.start_of(line)..end
            }
        }
    }

    fn extend_to(&mut self, at: usize, row_end: bool, drag: &Drag) {
        let here = self.unit_at(drag.unit, at);
        let (anchor, head) = if here.start < drag.from.start {
            (drag.from.end, here.start)
        } else {
            (drag.from.start, here.end.max(drag.from.end))
        };
        self.core.selection = Selection {
            anchor,
            head: if drag.unit == Unit::Character {
                at
            } else {
                head
            },
            goal: None,
            row_end: row_end && drag.unit == Unit::Character,
        };
    }

    /// The wheel over the editor moves it, unless it is at its end.
    pub(super) fn wheel(&mut self, response: &Response) {
        if !response.contains_pointer() {
            return;
        }
        let points = self.ui.input(|input| input.smooth_scroll_delta().y);
        if points == 0.0 {
            return;
        }
        let before = *self.place;
        let view = self.view.height();
        self.motion(|place, lines, height| {
            place.by(-points.clamp(-4.0 * view, 4.0 * view), lines, &mut *height);
            place.settle(view, lines, height);
        });
        if *self.place != before {
            // It is used up: what lies around the editor must not move too.
            self.ui
                .ctx()
                .input_mut(|input| input.smooth_scroll_delta.y = 0.0);
            self.ui.ctx().request_repaint();
        }
    }

    /// The bar at the side: how far down the view is, by characters; dragging it goes there.
    pub(super) fn bar(&mut self, field: Rect, id: egui::Id) {
        let view = self.view.height();
        let mut end = *self.place;
        let lines = self.lines();
        end.by(view, lines, |line| self.height(line));
        let fits = *self.place == Place::default()
            && end.line + 1 == lines
            && end.above >= self.height(end.line);
        if fits {
            return;
        }
        let seen = self.part(*self.place)..self.part(end);
        if let Some(part) = scroll_bar(self.ui, self.t, field, id, seen) {
            let at = (part * self.core.buffer.len() as f32) as usize;
            let line = self.core.buffer.line_of(at);
            let range = self.core.buffer.range_of(line);
            let inside = (at - range.start).min(range.len()) as f32 / range.len().max(1) as f32;
            *self.place = Place {
                line,
                above: inside * self.height(line),
            };
            self.motion(|place, lines, height| place.settle(view, lines, height));
        }
    }

    /// Which part of the text is above a place, by characters.
    fn part(&mut self, place: Place) -> f32 {
        let height = self.height(place.line).max(1.0);
        let range = self.core.buffer.range_of(place.line);
        let inside = (place.above / height).clamp(0.0, 1.0) * range.len() as f32;
        (range.start as f32 + inside) / self.core.buffer.len().max(1) as f32
    }
}
