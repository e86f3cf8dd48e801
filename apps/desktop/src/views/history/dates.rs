//! Two dates between which a document is compared: typed in many ways, or picked from a month's leaf.

use egui::{Id, Ui};
use jiff::{civil::Date, tz::TimeZone};
use tresse_engine::When;

use crate::{
    app::dates,
    theme, tr,
    views::{
        Cx,
        fields::{Picked, leaf},
    },
};

/// What was typed, and what it means.
#[derive(Default)]
pub(super) struct Dates {
    from: One,
    to: One,
    begun: bool,
}

#[derive(Default)]
struct One {
    typed: String,
    date: Option<Date>,
}

impl Dates {
    /// From the first day's beginning to the second day's end, if both are dates.
    pub(super) fn chosen(&self) -> Option<(When, When)> {
        let (from, to) = (self.from.date?, self.to.date?);
        let (from, to) = (from.min(to), from.max(to));
        let begins = |day: Date| {
            let zoned = day.to_zoned_datetime(TimeZone::system()).ok()?;
            Some(zoned.timestamp().as_millisecond())
        };
        Some((
            When::Until(begins(from)? - 1),
            When::Until(begins(to.tomorrow().ok()?)? - 1),
        ))
    }

    /// Paints both; at first they span the last month.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if !std::mem::replace(&mut self.begun, true) {
            let today = cx.today;
            let before = today
                .checked_sub(jiff::Span::new().months(1))
                .unwrap_or(today);
            self.from.set(cx, before);
            self.to.set(cx, today);
        }
        let (from, to) = (tr!(cx.words, "past-from"), tr!(cx.words, "past-to"));
        ui.horizontal_wrapped(|ui| {
            self.from.ui(ui, cx, "past from", &from);
            ui.add_space(theme::tokens(ui).space.m);
            self.to.ui(ui, cx, "past to", &to);
        });
    }
}

impl One {
    fn set(&mut self, cx: &Cx<'_>, date: Date) {
        self.typed = cx.words.date(&date.to_string());
        self.date = Some(date);
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, salt: &str, label: &str) {
        let t = theme::tokens(ui);
        let wrong = self.date.is_none() && !self.typed.trim().is_empty();
        ui.label(label);
        let mut edit = egui::TextEdit::singleline(&mut self.typed)
            .align(egui::Align2::LEFT_CENTER)
            .desired_width(0.7 * t.size.column)
            .hint_text(tr!(cx.words, "date-hint"));
        if wrong {
            edit = edit.text_color(t.color.bad);
        }
        let mut response = ui.add(edit).accessible_name(label);
        if wrong {
            response = response.on_hover_text(tr!(cx.words, "date-not-understood"));
        }
        if response.changed() {
            self.date = dates::parse(&self.typed, cx.today);
        }
        if response.lost_focus()
            && let Some(date) = self.date
        {
            self.set(cx, date);
        }
        let name = tr!(cx.words, "date-pick", field = label.to_owned());
        if let Picked::Day(date) = leaf(ui, cx, Id::unique(salt), name, self.date, false) {
            self.set(cx, date);
        }
    }
}
