//! Where the view stands: a line and how far its top is above the view's top.
//!
//! Heights of lines outside the view are not known and not needed: moving goes from line to line, laying out those that are
//! passed; the bar at the side goes by characters. So nothing is estimated, and nothing jumps when a
//! text changes elsewhere.

use super::buffer::Buffer;

/// The view's place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Place {
    /// The first line that is seen.
    pub(super) line: usize,
    /// How much of it is above the view.
    pub(super) above: f32,
}

impl Place {
    /// Moves down by so many points (up when negative). `height` gives a line's height.
    pub(super) fn by(&mut self, points: f32, lines: usize, mut height: impl FnMut(usize) -> f32) {
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
    pub(super) fn settle(&mut self, view: f32, lines: usize, mut height: impl FnMut(usize) -> f32) {
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
    pub(super) fn show(
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

    /// Which part of the text is above the view, by characters.
    pub(super) fn part(self, buffer: &Buffer, height: f32) -> f32 {
        if buffer.is_empty() {
            return 0.0;
        }
        let range = buffer.range_of(self.line);
        let inside = (self.above / height.max(1.0)).clamp(0.0, 1.0) * range.len() as f32;
        (range.start as f32 + inside) / buffer.len() as f32
    }

    /// The place at a part of the text.
    pub(super) fn at_part(part: f32, buffer: &Buffer, height: impl FnOnce(usize) -> f32) -> Self {
        let at = (part.clamp(0.0, 1.0) * buffer.len() as f32) as usize;
        let line = buffer.line_of(at);
        let range = buffer.range_of(line);
        let inside = (at - range.start).min(range.len()) as f32 / range.len().max(1) as f32;
        Self {
            line,
            above: inside * height(line),
        }
    }
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
