//! The three corners of the triangle over time: three lines that differ by how they are drawn and marked, and that bear their
//! names where they end.

use egui::{Align2, Color32, Painter, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo};

use crate::theme::{self, Face, Tokens};

/// How it stood on a day.
pub(super) struct Moment {
    /// How far the day lies from the first, in days.
    pub(super) day: f32,
    /// The day in few words.
    pub(super) name: String,
    /// Want, can, know: from 1 to 5; `None` where it is not shown.
    pub(super) corners: [Option<f32>; 3],
}

/// The lowest and the highest score.
const ENDS: [f32; 2] = [1.0, 5.0];

/// Paints it, the oldest first. `ends` are the corners' names with their newest values, said where the lines end; `label` says it all in words.
pub(super) fn ui(ui: &mut Ui, ends: &[String; 3], moments: &[Moment], label: &str) {
    let t = theme::tokens(ui);
    let line = t.text.small * t.text.line;
    let size = Vec2::new(
        ui.available_width().min(t.size.form),
        t.size.column * 0.5 + 2.0 * line,
    );
    let (whole, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, label));
    if !ui.is_rect_visible(whole) {
        return;
    }
    let painter = ui.painter();
    let font = Face::Strong.at(t.text.small);
    let laid = |words: &String| painter.layout_no_wrap(words.clone(), font.clone(), t.color.ink);
    let widest = ends.iter().map(|words| laid(words).size().x);
    let aside = widest.fold(0.0, f32::max) + t.space.m;
    let mut place = whole;
    place.min += Vec2::new(2.0 * t.text.small, 0.5 * line);
    place.max -= Vec2::new(aside, 1.5 * line);
    axes(painter, t, place, moments);
    let days = moments.last().map_or(0.0, |last| last.day).max(1.0);
    let at = |day: f32, score: f32| {
        let x = place.left() + place.width() * day / days;
        Pos2::new(x, height(place, score))
    };
    let mut last: Vec<(usize, f32)> = Vec::new();
    for corner in 0..3 {
        let points = moments
            .iter()
            .map(|one| Some(at(one.day, one.corners[corner]?)));
        let points: Vec<Option<Pos2>> = points.collect();
        draw(painter, t, corner, &points);
        last.extend(points.last().copied().flatten().map(|end| (corner, end.y)));
    }
    for (corner, y) in apart(last, line, place) {
        let at = Pos2::new(place.right() + t.space.s, y);
        painter.text(
            at,
            Align2::LEFT_CENTER,
            &ends[corner],
            font.clone(),
            t.color.ink,
        );
    }
}

fn height(place: Rect, score: f32) -> f32 {
    let [low, high] = ENDS;
    place.bottom() - place.height() * (score - low) / (high - low)
}

/// The scale at the left, and the first and the last day below.
fn axes(painter: &Painter, t: &Tokens, place: Rect, moments: &[Moment]) {
    let font = Face::Text.at(t.text.small);
    for score in [1_u8, 3, 5] {
        let y = height(place, f32::from(score));
        painter.hline(place.x_range(), y, Stroke::new(t.size.line, t.color.line));
        let at = Pos2::new(place.left() - t.space.s, y);
        let words = score.to_string();
        painter.text(at, Align2::RIGHT_CENTER, words, font.clone(), t.color.muted);
    }
    let below = place.bottom() + t.space.xs;
    for (moment, x, align) in [
        (moments.first(), place.left(), Align2::LEFT_TOP),
        (moments.last(), place.right(), Align2::RIGHT_TOP),
    ] {
        if let Some(moment) = moment {
            let at = Pos2::new(x, below);
            painter.text(at, align, &moment.name, font.clone(), t.color.muted);
        }
    }
}

/// One line with its marks; it breaks where nothing is shown.
fn draw(painter: &Painter, t: &Tokens, corner: usize, points: &[Option<Pos2>]) {
    let color = t.color.strands[corner];
    let stroke = Stroke::new(t.size.focus, color);
    for run in points.split(Option::is_none) {
        let path: Vec<Pos2> = run.iter().copied().flatten().collect();
        let dashes = |dash, gap| Shape::dashed_line(&path, stroke, dash, gap);
        match corner {
            _ if path.len() < 2 => {}
            0 => {
                painter.add(Shape::line(path.clone(), stroke));
            }
            1 => painter.extend(dashes(t.space.s, t.space.xs)),
            _ => painter.extend(dashes(t.size.focus, t.space.xs)),
        }
        marks(painter, t, corner, &path, color);
    }
}

/// What marks the days: discs, squares, triangles.
fn marks(painter: &Painter, t: &Tokens, corner: usize, path: &[Pos2], color: Color32) {
    let half = t.size.focus * 2.2;
    for point in path {
        match corner {
            0 => painter.circle_filled(*point, half, color),
            1 => {
                let square = Rect::from_center_size(*point, Vec2::splat(1.8 * half));
                painter.rect_filled(square, 0, color)
            }
            _ => {
                let corners = [
                    Vec2::new(0.0, -1.2),
                    Vec2::new(1.1, 0.9),
                    Vec2::new(-1.1, 0.9),
                ];
                let corners = corners.map(|way| *point + half * way).to_vec();
                painter.add(Shape::convex_polygon(corners, color, Stroke::NONE))
            }
        };
    }
}

/// Heights for names beside the ends of lines: as near as they can be without one over another.
fn apart(mut ends: Vec<(usize, f32)>, line: f32, place: Rect) -> Vec<(usize, f32)> {
    ends.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut free = f32::NEG_INFINITY;
    for (_, y) in &mut ends {
        *y = y.max(free);
        free = *y + line;
    }
    // What was pushed out below goes up again, and pushes what is above it.
    let mut most = place.bottom() + 0.5 * line;
    for (_, y) in ends.iter_mut().rev() {
        *y = y.min(most);
        most = *y - line;
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_lines_that_end_together_do_not_lie_over_each_other() {
        let place = Rect::from_min_max(Pos2::ZERO, Pos2::new(100.0, 100.0));
        let put = apart(vec![(0, 96.0), (1, 97.0), (2, 20.0)], 15.0, place);
        let order: Vec<usize> = put.iter().map(|one| one.0).collect();
        assert_eq!(order, [2, 0, 1]);
        assert!((put[0].1 - 20.0).abs() < 0.1);
        for pair in put.windows(2) {
            assert!(pair[1].1 - pair[0].1 >= 14.9, "{put:?}");
        }
        assert!(put[2].1 <= 107.6, "{put:?}");
    }
}
