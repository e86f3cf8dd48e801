//! What was measured, drawn over time: from the first day to the last, with where it began and where it should get to.

use egui::{Align2, Painter, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2, emath::remap};
use jiff::civil::Date;
use tresse_engine::model::{Indicator, number};

use crate::{
    theme::{self, Face, Tokens},
    tr,
    views::Cx,
};

/// What can be drawn of an indicator.
struct Course {
    /// Days since the first, and values.
    points: Vec<(f32, f64)>,
    target: Option<f64>,
    /// The lowest and the highest value that is drawn.
    range: (f64, f64),
}

impl Course {
    fn of(indicator: &Indicator) -> Option<Self> {
        let measured: Vec<(Date, f64)> = indicator
            .measures
            .iter()
            .filter_map(|one| Some((one.date.parse().ok()?, number(&one.value)?)))
            .collect();
        let first = measured.first()?.0;
        let points = measured.iter().map(|(date, value)| {
            let days = first.duration_until(*date).as_hours() / 24;
            (days as f32, *value)
        });
        let (target, baseline) = (number(&indicator.target), number(&indicator.baseline));
        let values = measured.iter().map(|one| one.1);
        let range = values.chain(target).chain(baseline);
        let range = range.fold((f64::MAX, f64::MIN), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        Some(Self {
            points: points.collect(),
            target,
            range,
        })
    }

    /// Where a point lies in a place.
    fn at(&self, place: Rect, (day, value): (f32, f64)) -> Pos2 {
        let last = self.points.last().map_or(1.0, |point| point.0).max(1.0);
        let (low, high) = self.range;
        // Where all is level, or beyond what can be reckoned with, it lies in the middle.
        let part = (value - low) / (high - low);
        let part = if part.is_finite() { part } else { 0.5 };
        Pos2::new(
            remap(day, 0.0..=last, place.x_range()),
            place.bottom() - place.height() * part as f32,
        )
    }

    fn level(&self, place: Rect, value: f64) -> [Pos2; 2] {
        let y = self.at(place, (0.0, value)).y;
        [Pos2::new(place.left(), y), Pos2::new(place.right(), y)]
    }

    fn draw(&self, painter: &Painter, place: Rect, t: &Tokens) {
        if let Some(target) = self.target {
            let stroke = Stroke::new(t.size.line, t.color.good);
            let line = self.level(place, target);
            painter.extend(Shape::dashed_line(&line, stroke, t.space.xs, t.space.xs));
        }
        let points: Vec<Pos2> = self.points.iter().map(|one| self.at(place, *one)).collect();
        let dots = points.clone();
        painter.add(Shape::line(
            points,
            Stroke::new(t.size.focus, t.color.accent),
        ));
        for dot in dots {
            painter.circle_filled(dot, t.size.focus * 1.5, t.color.accent);
        }
    }
}

/// A line's height of it, or how far it is, where there is no course to draw.
pub(super) fn small(ui: &Ui, place: Rect, indicator: &Indicator) {
    let t = theme::tokens(ui);
    if !ui.is_rect_visible(place) {
        return;
    }
    match Course::of(indicator) {
        Some(course) if course.points.len() > 1 => {
            course.draw(ui.painter(), place.shrink(t.space.xs), t);
        }
        _ => {
            let Some(part) = indicator.way() else { return };
            let bar = Rect::from_center_size(place.center(), Vec2::new(place.width(), t.size.bar));
            let radius = t.size.bar / 2.0;
            ui.painter().rect_filled(bar, radius, t.color.hover);
            let width = (bar.width() * f32::from(part) / 100.0).max(t.size.bar);
            if part > 0 {
                let done = Rect::from_min_size(bar.min, Vec2::new(width, bar.height()));
                let color = if part >= 100 {
                    t.color.good
                } else {
                    t.color.accent
                };
                ui.painter().rect_filled(done, radius, color);
            }
        }
    }
}

/// It with its days and its target in words.
pub(in crate::views) fn large(ui: &mut Ui, cx: &Cx<'_>, indicator: &Indicator) {
    let t = theme::tokens(ui);
    let Some(course) = Course::of(indicator) else {
        return;
    };
    if course.points.len() < 2 {
        return;
    }
    let size = Vec2::new(ui.available_width(), t.size.column * 0.4);
    let (whole, response) = ui.allocate_exact_size(size, Sense::hover());
    let said = tr!(
        cx.words,
        "indicator-course",
        name = indicator.name.clone(),
        count = indicator.measures.len(),
        way = super::indicator::way(cx, indicator)
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, said.as_str()));
    if !ui.is_rect_visible(whole) {
        return;
    }
    let strip = t.text.small * t.text.line;
    let aside = t.size.column * 0.35;
    let mut place = whole.shrink(t.space.s);
    place.max.y -= strip;
    place.max.x -= aside;
    course.draw(ui.painter(), place, t);
    let font = Face::Text.at(t.text.small);
    let painter = ui.painter();
    if let Some(target) = course.target {
        let at = course.level(place, target)[1] + Vec2::new(t.space.s, 0.0);
        let words = tr!(
            cx.words,
            "indicator-aimed",
            value = indicator.target.clone()
        );
        painter.text(at, Align2::LEFT_CENTER, words, font.clone(), t.color.good);
    }
    let (first, last) = (indicator.measures.first(), indicator.measures.last());
    let below = place.bottom() + t.space.xs;
    if let Some(first) = first {
        let at = Pos2::new(place.left(), below);
        let date = cx.words.date_short(&first.date);
        painter.text(at, Align2::LEFT_TOP, date, font.clone(), t.color.muted);
    }
    if let Some(last) = last {
        let at = Pos2::new(place.right(), below);
        let date = cx.words.date_short(&last.date);
        painter.text(at, Align2::RIGHT_TOP, date, font, t.color.muted);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tresse_engine::model::{ItemId, Measure};

    fn measured(values: &[(&str, &str)]) -> Indicator {
        let measures = values.iter().zip(0_u8..);
        Indicator {
            id: ItemId::from_bytes([9; 10]),
            name: "Prêts".into(),
            unit: String::new(),
            baseline: "20".into(),
            target: "60".into(),
            current: String::new(),
            measures: measures
                .map(|((date, value), at)| Measure {
                    id: ItemId::from_bytes([at; 10]),
                    date: (*date).into(),
                    value: (*value).into(),
                    note: String::new(),
                    conflicts: Vec::new(),
                })
                .collect(),
            conflicts: Vec::new(),
        }
    }

    #[test]
    fn a_course_goes_from_the_first_day_to_the_last_and_up_to_the_target() {
        let course = Course::of(&measured(&[("2026-01-01", "20"), ("2026-01-11", "40")]));
        let course = course.unwrap();
        let place = Rect::from_min_size(Pos2::ZERO, Vec2::new(100.0, 40.0));
        assert_eq!(course.at(place, course.points[0]), Pos2::new(0.0, 40.0));
        assert_eq!(course.at(place, course.points[1]), Pos2::new(100.0, 20.0));
        assert!(course.level(place, 60.0)[0].y.abs() < 0.01);
    }

    #[test]
    fn what_is_no_number_is_left_out() {
        let course = Course::of(&measured(&[
            ("2026-01-01", "beaucoup"),
            ("2026-01-11", "40"),
        ]));
        assert_eq!(course.unwrap().points, [(0.0, 40.0)]);
        assert!(Course::of(&measured(&[("2026-01-01", "beaucoup")])).is_none());
    }
}
