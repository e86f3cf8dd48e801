//! Where others write in the same text: their carets and what they selected, with their names.
//!
//! A name stands at the end of the row, so that it covers no words; where there is no room there, above the caret.

use egui::{Color32, Painter, Rect, pos2, vec2};

use super::stage::{Stage, cursor};
use crate::theme::{self, Face};

/// How wide somebody's caret is, in points.
const WIDTH: f32 = 2.0;

/// Somebody else who writes in this text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// Their name.
    pub name: String,
    /// How many characters stand before their caret.
    pub head: usize,
    /// The other end of what they selected; the same where nothing is.
    pub tail: usize,
}

impl Stage<'_> {
    /// What others selected, behind the words.
    pub(super) fn paint_selected_by_others(&mut self, painter: &Painter) {
        let others = self.core.others.clone();
        for (line, top, galley) in self.seen() {
            let here = self.core.buffer.range_of(line);
            for other in &others {
                let from = other.head.min(other.tail).max(here.start);
                let to = other.head.max(other.tail).min(here.end);
                if from >= to {
                    continue;
                }
                let color = theme::strand_color(self.ui, &other.name).gamma_multiply(0.25);
                let first = galley.layout_from_cursor(cursor(from - here.start, false));
                let last = galley.layout_from_cursor(cursor(to - here.start, true));
                for row in first.row..=last.row {
                    let Some(placed) = galley.rows.get(row) else {
                        break;
                    };
                    let edge = |at: bool, column| if at { placed.x_offset(column) } else { 0.0 };
                    let start = edge(row == first.row, first.column);
                    let end = if row == last.row {
                        placed.x_offset(last.column)
                    } else {
                        placed.size.x
                    };
                    let rect = placed.rect();
                    let left = self.view.left();
                    let behind = Rect::from_min_max(
                        pos2(left + start, top + rect.top()),
                        pos2(left + end, top + rect.bottom()),
                    );
                    painter.rect_filled(behind, 0.0, color);
                }
            }
        }
    }

    /// Others' carets and names, over the words. Answers where those are that are seen.
    pub(super) fn paint_others(&mut self, painter: &Painter) -> Vec<(String, Rect)> {
        let others = self.core.others.clone();
        let mut seen = Vec::new();
        let mut names: Vec<Rect> = Vec::new();
        for (line, top, galley) in self.seen() {
            let here = self.core.buffer.range_of(line);
            for other in &others {
                if !(here.start..=here.end).contains(&other.head) {
                    continue;
                }
                let at = cursor(other.head - here.start, false);
                let caret = galley.pos_from_cursor(at);
                let caret = caret.translate(vec2(self.view.left(), top));
                let row = galley.layout_from_cursor(at).row;
                let wide = galley.rows.get(row).map_or(0.0, |row| row.size.x);
                let color = theme::strand_color(self.ui, &other.name);
                let slim = Rect::from_min_max(
                    pos2(caret.left() - WIDTH / 2.0, caret.top()),
                    pos2(caret.left() + WIDTH / 2.0, caret.bottom()),
                );
                painter.rect_filled(slim, 0.0, color);
                let flag = self.flag(painter, &other.name, color, slim, wide, &names);
                names.push(flag);
                seen.push((other.name.clone(), slim.union(flag)));
            }
        }
        seen
    }

    /// A name beside a row, or above the caret.
    fn flag(
        &self,
        painter: &Painter,
        name: &str,
        color: Color32,
        caret: Rect,
        row: f32,
        taken: &[Rect],
    ) -> Rect {
        let t = self.t;
        let ink = t.color.paper;
        let font = Face::Strong.at(t.text.small * 0.85);
        let name = theme::one_row(self.ui, name, &font, t.size.column * 0.4);
        let text = painter.layout_no_wrap(name, font, ink);
        let inside = vec2(t.space.xs, 0.0);
        let size = text.size() + 2.0 * inside;
        let middle = caret.center().y - size.y / 2.0;
        let beside = pos2(self.view.left() + row + t.space.s, middle);
        let mut flag = Rect::from_min_size(beside, size);
        while let Some(other) = taken.iter().find(|other| other.intersects(flag)) {
            flag = flag.translate(vec2(other.right() + t.space.xs - flag.left(), 0.0));
        }
        if flag.right() > self.view.right() {
            let left = caret.left().min(self.view.right() - size.x);
            flag = Rect::from_min_size(pos2(left, caret.top() - size.y), size);
        }
        painter.rect_filled(flag, t.radius.s, color);
        painter.galley(flag.min + inside, text, ink);
        flag
    }
}
