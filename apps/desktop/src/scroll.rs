//! Where the view of a long text stands: a line (or a block) and how far its top is above the view's top.
//!
//! Heights of lines outside the view are not known and not needed: moving goes from line to line, laying out those that are
//! passed; the bar at the side goes by how much there is to read. So nothing is estimated, and nothing
//! jumps when a text changes elsewhere.

use std::ops::Range;

use egui::{Id, Key, Rect, Response, Sense, Ui, vec2};

use crate::theme::{Tokens, tokens};

/// The view's place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Place {
    /// The first line that is seen.
    pub(crate) line: usize,
    /// How much of it is above the view.
    pub(crate) above: f32,
}

impl Place {
    /// Moves down by so many points (up when negative). `height` gives a line's height.
    pub(crate) fn by(&mut self, points: f32, lines: usize, mut height: impl FnMut(usize) -> f32) {
        self.line = self.line.min(lines - 1);
        self.above += points;
        while self.above < 0.0 && self.line > 0 {
            self.line -= 1;
            self.above += height(self.line);
        }
        self.above = self.above.max(0.0);
        while self.line + 1 < lines {
            let here = height(self.line);
            if self.above < here {
                break;
            }
            self.above -= here;
            self.line += 1;
        }
    }

    /// Takes back what would leave the view's bottom empty though there is text above.
    pub(crate) fn settle(&mut self, view: f32, lines: usize, mut height: impl FnMut(usize) -> f32) {
        self.line = self.line.min(lines - 1);
        let mut below = -self.above;
        for line in self.line..lines {
            below += height(line);
            if below >= view {
                return;
            }
        }
        self.by(below - view, lines, height);
    }

    /// Moves as little as needed to bring a row (`top..bottom` inside its line) into the view.
    pub(crate) fn show(
        &mut self,
        line: usize,
        (top, bottom): (f32, f32),
        view: f32,
        lines: usize,
        mut height: impl FnMut(usize) -> f32,
    ) {
        if line < self.line || (line == self.line && top < self.above) {
            *self = Self { line, above: top };
            return;
        }
        // How far the row's bottom is from the view's top; far is enough to know.
        let mut bottom_at = bottom - self.above;
        for between in self.line..line {
            bottom_at += height(between);
            if bottom_at > 2.0 * view {
                break;
            }
        }
        if bottom_at > view {
            let mut place = Self {
                line,
                above: bottom,
            };
            place.by(-view, lines, height);
            *self = place;
        }
    }
}

/// A bar at the right edge of `field` that shows which part of a whole is seen; where a drag sends it, if one does.
pub(crate) fn scroll_bar(
    ui: &Ui,
    t: &Tokens,
    field: Rect,
    id: Id,
    seen: Range<f32>,
) -> Option<f32> {
    let track = Rect::from_min_max(
        field.right_top() + vec2(-t.space.m, t.space.xs),
        field.right_bottom() - vec2(t.space.xs / 2.0, t.space.xs),
    );
    let part = (seen.end - seen.start).clamp(0.0, 1.0);
    let handle = (track.height() * part).max(t.space.xl).min(track.height());
    let room = (track.height() - handle).max(1.0);
    let most = (1.0 - part).max(f32::EPSILON);
    let at = (seen.start / most).clamp(0.0, 1.0);
    let response = ui.interact(track, id, Sense::drag());
    let bar = Rect::from_min_size(
        track.min + vec2(0.0, room * at),
        vec2(track.width(), handle),
    );
    let color = if response.hovered() || response.dragged() {
        t.color.muted
    } else {
        t.color.edge
    };
    let slim = bar.shrink2(vec2(track.width() / 4.0, 0.0));
    ui.painter()
        .rect_filled(slim, track.width() / 4.0, color.gamma_multiply(0.7));
    let point = response.interact_pointer_pos()?;
    let to = (point.y - track.top() - handle / 2.0) / room;
    Some(to.clamp(0.0, 1.0) * most)
}

/// How far the wheel asks to go while the pointer is over a text, in points.
pub(crate) fn wheel(ui: &Ui, response: &Response) -> f32 {
    if response.contains_pointer() {
        -ui.input(|input| input.smooth_scroll_delta().y)
    } else {
        0.0
    }
}

/// What keys ask of a text.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    /// How far to go, in points.
    pub(crate) points: f32,
    home: bool,
    end: bool,
}

impl Keys {
    /// Where they jump in a text of so many lines or blocks.
    pub(crate) fn jump(&self, blocks: usize) -> Option<Place> {
        // Beyond the last block's foot: settling brings it to the view's.
        let end = Place {
            line: blocks - 1,
            above: f32::from(u16::MAX),
        };
        (self.home || self.end).then(|| if self.end { end } else { Place::default() })
    }
}

/// Keys move a text while it has the keyboard.
pub(crate) fn keys(ui: &Ui, id: Id, view: f32) -> Keys {
    if !ui.memory(|memory| memory.has_focus(id)) {
        return Keys::default();
    }
    let filter = egui::EventFilter {
        vertical_arrows: true,
        ..egui::EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let page = view * 0.9;
    let step = tokens(ui).space.xxl;
    ui.input(|input| Keys {
        home: input.key_pressed(Key::Home),
        end: input.key_pressed(Key::End),
        points: [
            (Key::ArrowDown, step),
            (Key::ArrowUp, -step),
            (Key::PageDown, page),
            (Key::PageUp, -page),
            (Key::Space, page),
        ]
        .into_iter()
        .filter(|&(key, _)| input.key_pressed(key))
        .map(|(_, points)| points)
        .sum(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: usize = 100;

    fn height(line: usize) -> f32 {
        if line.is_multiple_of(3) { 50.0 } else { 20.0 }
    }

    #[test]
    fn going_down_and_up_again_comes_back() {
        let mut place = Place::default();
        place.by(333.0, LINES, height);
        assert_eq!((place.line, place.above), (10, 13.0));
        place.by(-333.0, LINES, height);
        assert_eq!(place, Place::default());
        place.by(-50.0, LINES, height);
        assert_eq!(place, Place::default());
    }

    #[test]
    fn the_end_stays_at_the_views_bottom() {
        let mut place = Place::default();
        place.by(1.0e6, LINES, height);
        place.settle(100.0, LINES, height);
        // Lines 97, 98 and 99 are 20, 20 and 50 high; ten points of line 96 are seen.
        assert_eq!((place.line, place.above), (96, 40.0));
    }

    #[test]
    fn a_row_is_brought_in_with_the_least_motion() {
        let mut place = Place {
            line: 10,
            above: 0.0,
        };
        place.show(11, (0.0, 20.0), 200.0, LINES, height);
        assert_eq!(place.line, 10);
        place.show(50, (0.0, 20.0), 200.0, LINES, height);
        let seen: f32 = (place.line..=50).map(height).sum::<f32>() - place.above;
        assert!(
            (seen - 200.0).abs() < 0.01,
            "the row ends at the view's bottom"
        );
        place.show(3, (0.0, 20.0), 200.0, LINES, height);
        assert_eq!(
            place,
            Place {
                line: 3,
                above: 0.0
            }
        );
    }
}
