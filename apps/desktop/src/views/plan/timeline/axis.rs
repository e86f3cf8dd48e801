//! The days across: how wide one is, which are named, and the strip above that names them.

use egui::{Align2, Painter, Pos2, Rect, Stroke};
use jiff::{Span, civil::Date};

use crate::{
    app::dates,
    i18n::{Args, I18n},
    theme::{Face, Tokens},
    tr,
    views::plan::days::{day_of, number_of},
};

/// How much time is in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Zoom {
    /// Weeks.
    Weeks,
    /// Months.
    #[default]
    Months,
    /// Quarters of years.
    Quarters,
}

impl Zoom {
    pub(super) const ALL: [Self; 3] = [Self::Weeks, Self::Months, Self::Quarters];

    pub(super) fn name(self, words: &I18n) -> String {
        match self {
            Self::Weeks => tr!(words, "timeline-weeks"),
            Self::Months => tr!(words, "timeline-months"),
            Self::Quarters => tr!(words, "timeline-quarters"),
        }
    }

    /// Points a day.
    pub(super) const fn day(self) -> f64 {
        match self {
            Self::Weeks => 16.0,
            Self::Months => 4.0,
            Self::Quarters => 1.4,
        }
    }

    /// By how many days one goes forth or back.
    pub(super) const fn leap(self) -> i64 {
        match self {
            Self::Weeks => 7,
            Self::Months => 30,
            Self::Quarters => 91,
        }
    }

    /// By how many days a key moves an action.
    pub(super) const fn nudge(self) -> i64 {
        match self {
            Self::Weeks => 1,
            Self::Months => 7,
            Self::Quarters => 30,
        }
    }

    /// The beginning of the unit in which a day lies.
    fn begin(self, day: Date) -> Date {
        match self {
            Self::Weeks => {
                let back = i64::from(day.weekday().to_monday_zero_offset());
                day.checked_sub(Span::new().days(back)).unwrap_or(day)
            }
            Self::Months => day.first_of_month(),
            Self::Quarters => {
                let month = (day.month() - 1) / 3 * 3 + 1;
                Date::new(day.year(), month, 1).unwrap_or(day)
            }
        }
    }

    fn next(self, begin: Date) -> Option<Date> {
        let span = match self {
            Self::Weeks => Span::new().days(7),
            Self::Months => Span::new().months(1),
            Self::Quarters => Span::new().months(3),
        };
        begin.checked_add(span).ok()
    }

    fn label(self, words: &I18n, begin: Date) -> String {
        match self {
            Self::Weeks => begin.day().to_string(),
            Self::Months => words
                .find(&format!("month-short-{}", begin.month()), &Args::new())
                .unwrap_or_default(),
            Self::Quarters => {
                tr!(
                    words,
                    "timeline-quarter",
                    number = (begin.month() - 1) / 3 + 1
                )
            }
        }
    }

    /// The larger unit above: months over weeks, years over the others.
    fn begin_above(self, day: Date) -> Date {
        match self {
            Self::Weeks => day.first_of_month(),
            _ => day.first_of_year(),
        }
    }

    fn next_above(self, begin: Date) -> Option<Date> {
        let span = match self {
            Self::Weeks => Span::new().months(1),
            _ => Span::new().years(1),
        };
        begin.checked_add(span).ok()
    }

    fn label_above(self, words: &I18n, begin: Date) -> String {
        match self {
            Self::Weeks => dates::month_and_year(words, begin),
            _ => begin.year().to_string(),
        }
    }
}

/// Days against points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Axis {
    pub(super) zoom: Zoom,
    /// The day at the left edge, and a part of it.
    pub(super) left: f64,
    /// Where the chart lies across.
    pub(super) from: f32,
    pub(super) to: f32,
}

impl Axis {
    /// Where a day begins.
    pub(super) fn x(&self, day: i64) -> f32 {
        self.from + ((day as f64 - self.left) * self.zoom.day()) as f32
    }

    /// The first and last day in sight.
    pub(super) fn in_sight(&self) -> (i64, i64) {
        let width = f64::from(self.to - self.from) / self.zoom.day();
        (self.left.floor() as i64, (self.left + width).ceil() as i64)
    }

    fn units(
        &self,
        begin: impl Fn(Date) -> Date,
        next: impl Fn(Date) -> Option<Date>,
    ) -> Vec<(Date, f32)> {
        let (first, last) = self.in_sight();
        let mut units = Vec::new();
        let mut at = Some(begin(day_of(first)));
        while let Some(day) = at {
            let number = number_of(day);
            if number > last {
                break;
            }
            units.push((day, self.x(number)));
            at = next(day).filter(|next| *next > day);
        }
        units
    }

    /// The strip above the chart: two lines of names.
    pub(super) fn strip(&self, painter: &Painter, place: Rect, words: &I18n, t: &Tokens) {
        let painter = painter.with_clip_rect(painter.clip_rect().intersect(place));
        let middle = place.center().y;
        let small = Face::Text.at(t.text.small);
        let above = self.units(
            |day| self.zoom.begin_above(day),
            |day| self.zoom.next_above(day),
        );
        for (at, (day, x)) in above.iter().enumerate() {
            let end = above.get(at + 1).map_or(f32::INFINITY, |next| next.1);
            let name = self.zoom.label_above(words, *day);
            let galley = painter.layout_no_wrap(name, Face::Strong.at(t.text.small), t.color.ink);
            // The name of what began before stays in sight as long as there is room for it.
            let x = x
                .max(place.left())
                .min(end - galley.size().x - 2.0 * t.space.s)
                + t.space.xs;
            let y = place.top() + (middle - place.top() - galley.size().y) / 2.0;
            painter.galley(Pos2::new(x, y), galley, t.color.ink);
        }
        for (day, x) in self.units(|day| self.zoom.begin(day), |day| self.zoom.next(day)) {
            let at = Pos2::new(x + t.space.xs, f32::midpoint(middle, place.bottom()));
            let name = self.zoom.label(words, day);
            painter.text(at, Align2::LEFT_CENTER, name, small.clone(), t.color.muted);
        }
        let line = Stroke::new(t.size.line, t.color.line);
        painter.hline(place.x_range(), place.bottom(), line);
    }

    /// The lines behind the bars, and today's.
    pub(super) fn grid(&self, painter: &Painter, place: Rect, today: Date, t: &Tokens) {
        let line = Stroke::new(t.size.line, t.color.line);
        for (_, x) in self.units(|day| self.zoom.begin(day), |day| self.zoom.next(day)) {
            painter.vline(x, place.y_range(), line);
        }
        let today = self.x(number_of(today)) + (self.zoom.day() / 2.0) as f32;
        painter.vline(
            today,
            place.y_range(),
            Stroke::new(t.size.focus, t.color.strands[0]),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn axis(zoom: Zoom) -> Axis {
        Axis {
            zoom,
            left: number_of(date(2090, 5, 17)) as f64,
            from: 100.0,
            to: 900.0,
        }
    }

    #[test]
    fn units_begin_where_people_say_they_do_and_cover_what_is_in_sight() {
        for (zoom, first) in [
            (Zoom::Weeks, date(2090, 5, 15)),
            (Zoom::Months, date(2090, 5, 1)),
            (Zoom::Quarters, date(2090, 4, 1)),
        ] {
            let axis = axis(zoom);
            let units = axis.units(|day| zoom.begin(day), |day| zoom.next(day));
            assert_eq!(units[0].0, first, "{zoom:?}");
            assert!(units[0].1 <= axis.from, "{zoom:?}");
            let last = units.last().unwrap();
            assert!(zoom.next(last.0).map(number_of).unwrap() >= axis.in_sight().1);
            assert!(units.len() < 20, "{zoom:?} names {}", units.len());
        }
    }

    #[test]
    fn a_day_lies_as_far_right_as_it_is_later() {
        let axis = axis(Zoom::Weeks);
        assert!((axis.x(number_of(date(2090, 5, 17))) - 100.0).abs() < 0.01);
        assert!((axis.x(number_of(date(2090, 5, 27))) - 260.0).abs() < 0.01);
    }
}
