//! Plots of evaluation: answers from 1 to 5 over time, and the triangle of wanting, being able to and knowing how.
//!
//! Place and numbers say everything; colour only helps.

use std::f32::consts::TAU;

use egui::{Align2, Color32, Painter, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo};

use crate::{
    theme::{self, Face, Tokens},
    views::parts::sideways,
};

/// Answers of one period.
pub(super) struct Bars {
    /// The period in few words.
    pub(super) name: String,
    /// What is said under it: mean and number of answers.
    pub(super) below: String,
    /// How many answered 1 to 5; `None`: too few to be broken down.
    pub(super) counts: Option<[usize; 5]>,
}

/// Answers of several periods side by side, at first the newest. `period` gives one by its place, and is asked only for those in
/// sight; `label` says it all in words.
pub(super) fn bars(
    ui: &mut Ui,
    salt: &str,
    count: usize,
    period: impl Fn(usize) -> Bars,
    label: impl Fn() -> String,
) {
    let t = theme::tokens(ui);
    let line = t.text.small * t.text.line;
    let each = t.size.column * 0.52;
    let high = 2.0 * line + t.size.column * 0.26 + line;
    sideways(ui, ("bars", salt))
        .auto_shrink([false, true])
        .stick_to_right(true)
        .show_viewport(ui, |ui, seen| {
            let size = Vec2::new(each * count as f32, high);
            let (whole, response) = ui.allocate_exact_size(size, Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, label()));
            if !ui.is_rect_visible(whole) {
                return;
            }
            let first = (seen.left() / each).floor().max(0.0) as usize;
            let end = ((seen.right() / each).ceil().max(0.0) as usize).min(count);
            for number in first..end {
                let left = whole.left() + each * number as f32;
                let cell = Rect::from_min_size(Pos2::new(left, whole.top()), Vec2::new(each, high));
                let cell = cell.shrink2(Vec2::new(t.space.xs, 0.0));
                one(ui.painter(), t, cell, &period(number), line);
            }
        });
}

fn one(painter: &Painter, t: &Tokens, cell: Rect, period: &Bars, line: f32) {
    let font = Face::Text.at(t.text.small);
    let mut place = cell;
    place.max.y -= 3.0 * line;
    place.min.y += line;
    let base = place.bottom();
    painter.hline(
        place.x_range(),
        base,
        Stroke::new(t.size.line, t.color.edge),
    );
    if let Some(counts) = period.counts {
        let most = counts.iter().copied().max().unwrap_or(1).max(1) as f32;
        let wide = place.width() / counts.len() as f32;
        for (score, count) in counts.into_iter().enumerate() {
            let middle = place.left() + wide * (score as f32 + 0.5);
            let top = base - place.height() * count as f32 / most;
            let bar = Rect::from_min_max(
                Pos2::new(middle - wide * 0.36, top),
                Pos2::new(middle + wide * 0.36, base),
            );
            painter.rect_filled(bar, t.radius.s / 2, t.color.accent);
            if count > 0 {
                let at = Pos2::new(middle, top);
                painter.text(
                    at,
                    Align2::CENTER_BOTTOM,
                    count.to_string(),
                    font.clone(),
                    t.color.ink,
                );
            }
            let at = Pos2::new(middle, base);
            let score = (score + 1).to_string();
            painter.text(at, Align2::CENTER_TOP, score, font.clone(), t.color.muted);
        }
    }
    let middle = cell.center().x;
    for (row, (text, color)) in [(&period.name, t.color.ink), (&period.below, t.color.muted)]
        .into_iter()
        .enumerate()
    {
        let at = Pos2::new(middle, base + line * (row as f32 + 1.0));
        painter.text(at, Align2::CENTER_TOP, text, font.clone(), color);
    }
}

/// One outline in the triangle.
pub(super) struct Outline {
    /// Want, can, know: from 1 to 5.
    pub(super) corners: [Option<f32>; 3],
    /// How far answers lie from it.
    pub(super) spread: Option<[f32; 3]>,
    /// Dashed instead of drawn through: the network's, or an earlier one.
    pub(super) dashed: bool,
    /// Its colour.
    pub(super) color: Color32,
}

/// The triangle: want above, can at the right, know at the left. `names` stand at the corners; `label` says it all in words.
pub(super) fn triangle(ui: &mut Ui, names: &[String; 3], outlines: &[Outline], label: &str) {
    let t = theme::tokens(ui);
    let across = ui.available_width().min(t.size.column * 1.5);
    let line = t.text.small * t.text.line;
    let size = Vec2::new(
        ui.available_width().min(t.size.form),
        across * 0.75 + 3.2 * line,
    );
    let (whole, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, label));
    if !ui.is_rect_visible(whole) {
        return;
    }
    let painter = ui.painter();
    let radius = across * 0.5;
    let middle = Pos2::new(whole.center().x, whole.top() + 1.4 * line + radius);
    let at = |corner: usize, score: f32| {
        let angle = TAU * (corner as f32 / 3.0 - 0.25);
        middle + Vec2::angled(angle) * radius * (score / 5.0)
    };
    for ring in 1..=5 {
        let points = (0..3).map(|corner| at(corner, ring as f32)).collect();
        let stroke = Stroke::new(t.size.line, t.color.line);
        painter.add(Shape::closed_line(points, stroke));
    }
    let font = Face::Text.at(t.text.small);
    for (corner, name) in names.iter().enumerate() {
        let axis = [middle, at(corner, 5.0)];
        painter.line_segment(axis, Stroke::new(t.size.line, t.color.line));
        let (align, shift) = if corner == 0 {
            (Align2::CENTER_BOTTOM, -t.space.xs)
        } else {
            (Align2::CENTER_TOP, t.space.xs)
        };
        let shift = Vec2::new(0.0, shift);
        let place = at(corner, 5.0) + shift;
        let strong = Face::Strong.at(t.text.small);
        painter.text(place, align, name, strong, t.color.ink);
    }
    // The scale, along the first axis.
    for score in [1, 3, 5] {
        let place = at(0, score as f32) + Vec2::new(t.space.xs, 0.0);
        painter.text(
            place,
            Align2::LEFT_CENTER,
            score.to_string(),
            font.clone(),
            t.color.muted,
        );
    }
    for outline in outlines {
        draw(painter, t, outline, &at);
    }
}

fn draw(painter: &Painter, t: &Tokens, outline: &Outline, at: &dyn Fn(usize, f32) -> Pos2) {
    let points: Vec<(usize, f32)> = (0..3)
        .filter_map(|corner| Some((corner, outline.corners[corner]?)))
        .collect();
    let stroke = Stroke::new(t.size.focus, outline.color);
    let mut path: Vec<Pos2> = points
        .iter()
        .map(|(corner, score)| at(*corner, *score))
        .collect();
    if let Some(spread) = outline.spread {
        for (corner, score) in &points {
            let low = at(*corner, (score - spread[*corner]).max(0.0));
            let high = at(*corner, (score + spread[*corner]).min(5.0));
            painter.line_segment(
                [low, high],
                Stroke::new(t.size.focus * 2.5, outline.color.gamma_multiply(0.35)),
            );
        }
    }
    for point in &path {
        if outline.dashed {
            let square = Rect::from_center_size(*point, Vec2::splat(t.size.focus * 4.0));
            painter.rect_filled(square, 0, outline.color);
        } else {
            painter.circle_filled(*point, t.size.focus * 2.2, outline.color);
        }
    }
    if path.len() == 3 {
        path.push(path[0]);
    }
    if path.len() > 1 {
        if outline.dashed {
            painter.extend(Shape::dashed_line(&path, stroke, t.space.s, t.space.xs));
        } else {
            painter.add(Shape::line(path, stroke));
        }
    }
}
