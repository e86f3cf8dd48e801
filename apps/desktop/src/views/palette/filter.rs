//! What narrows « Aller à… » to texts of one kind, by one person, of one time.

use egui::{Response, Ui};
use jiff::{civil::Date, tz::TimeZone};
use tresse_engine::{Search, model::DocKind};

use crate::{
    app::dates,
    i18n::I18n,
    theme::{self, Tokens},
    tr,
};

/// The kinds of documents whose texts are searched, in the order in which they are offered.
const KINDS: [DocKind; 9] = [
    DocKind::Page,
    DocKind::Meeting,
    DocKind::Decision,
    DocKind::Charter,
    DocKind::Plan,
    DocKind::Watch,
    DocKind::Resources,
    DocKind::Notebook,
    DocKind::Network,
];

/// What is asked for beside words. The default asks for nothing.
#[derive(Default)]
pub(super) struct Filter {
    /// It is shown; what is hidden narrows nothing.
    pub(super) shown: bool,
    kind: Option<DocKind>,
    author: String,
    since: String,
    until: String,
    /// It was just shown: one goes on at its first field.
    entered: bool,
}

impl Filter {
    /// Shows or hides it.
    pub(super) fn toggle(&mut self) {
        self.shown = !self.shown;
        self.entered = self.shown;
    }

    /// Whether it narrows anything.
    pub(super) fn is_set(&self) -> bool {
        let texts = [&self.author, &self.since, &self.until];
        self.shown && (self.kind.is_some() || texts.iter().any(|text| !text.trim().is_empty()))
    }

    /// What is looked for: these words, and what is asked for here. A day that is not understood narrows nothing.
    pub(super) fn search(&self, words: &str, today: Date) -> Search {
        let words = words.to_owned();
        if !self.is_set() {
            return Search {
                words,
                ..Search::default()
            };
        }
        let after = dates::parse_past(&self.until, today).and_then(|day| day.tomorrow().ok());
        Search {
            words,
            network: None,
            kinds: self.kind.into_iter().collect(),
            author: self.author.trim().to_owned(),
            from: dates::parse_past(&self.since, today).and_then(begins),
            until: after.and_then(begins),
        }
    }

    /// So much height it takes, in points.
    pub(super) fn height(&self, t: &Tokens) -> f32 {
        if self.shown {
            2.0 * (2.0 * t.size.control + t.space.s)
        } else {
            0.0
        }
    }

    /// Paints it.
    pub(super) fn ui(&mut self, ui: &mut Ui, words: &I18n, today: Date) {
        if !self.shown {
            return;
        }
        let t = theme::tokens(ui);
        let width = (ui.available_width() - t.space.m) / 2.0;
        let kinds = KINDS.map(|kind| (Some(kind), name(words, kind)));
        let any = (None, tr!(words, "palette-any-kind"));
        let kinds: Vec<_> = std::iter::once(any).chain(kinds).collect();
        ui.add_space(t.space.s);
        let author = two(
            ui,
            width,
            |ui| {
                theme::choice(ui, tr!(words, "palette-kind"), &mut self.kind, &kinds);
            },
            |ui| line(ui, tr!(words, "palette-author"), &mut self.author, None),
        );
        if std::mem::take(&mut self.entered) {
            author.request_focus();
        }
        let hint = tr!(words, "palette-day-hint");
        two(
            ui,
            width,
            |ui| {
                let field = line(
                    ui,
                    tr!(words, "palette-since"),
                    &mut self.since,
                    Some(&hint),
                );
                say_if_wrong(ui, words, &field, &self.since, today);
            },
            |ui| {
                let field = line(
                    ui,
                    tr!(words, "palette-until"),
                    &mut self.until,
                    Some(&hint),
                );
                say_if_wrong(ui, words, &field, &self.until, today);
            },
        );
    }
}

/// Two fields side by side.
fn two<R>(
    ui: &mut Ui,
    width: f32,
    first: impl FnOnce(&mut Ui),
    second: impl FnOnce(&mut Ui) -> R,
) -> R {
    let t = theme::tokens(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = t.space.m;
        let part = |ui: &mut Ui| ui.set_width(width);
        ui.vertical(|ui| {
            part(ui);
            first(ui);
        });
        ui.vertical(|ui| {
            part(ui);
            second(ui)
        })
        .inner
    })
    .inner
}

fn line(ui: &mut Ui, label: String, value: &mut String, hint: Option<&str>) -> Response {
    theme::text_field(ui, label, value, hint.unwrap_or_default())
}

/// A day that is not understood is said under its field, once it is written.
fn say_if_wrong(ui: &mut Ui, words: &I18n, field: &Response, text: &str, today: Date) {
    let wrong = !text.trim().is_empty() && dates::parse_past(text, today).is_none();
    if wrong && !field.has_focus() {
        theme::caption(ui, tr!(words, "date-not-understood"));
    }
}

/// The moment at which a day begins here, in milliseconds since 1970, UTC.
fn begins(day: Date) -> Option<i64> {
    let zoned = day.to_zoned_datetime(TimeZone::system()).ok()?;
    Some(zoned.timestamp().as_millisecond())
}

/// What a kind of document is called.
fn name(words: &I18n, kind: DocKind) -> String {
    match kind {
        DocKind::Meeting => tr!(words, "palette-meeting"),
        DocKind::Decision => tr!(words, "palette-decision"),
        DocKind::Charter => tr!(words, "palette-charter"),
        DocKind::Watch => tr!(words, "palette-watch"),
        DocKind::Resources => tr!(words, "tab-resources"),
        DocKind::Plan => tr!(words, "tab-plan"),
        DocKind::Network => tr!(words, "palette-network"),
        DocKind::Notebook => tr!(words, "palette-member"),
        DocKind::Page => tr!(words, "palette-page"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_is_hidden_or_not_understood_narrows_nothing() {
        let today = date(2026, 11, 24);
        let mut filter = Filter {
            author: " Bo ".into(),
            since: "jadis".into(),
            until: "24/11".into(),
            ..Filter::default()
        };
        assert!(!filter.is_set());
        assert_eq!(
            filter.search("pont", today),
            Search {
                words: "pont".into(),
                ..Search::default()
            }
        );
        filter.toggle();
        let search = filter.search("pont", today);
        assert_eq!((search.author.as_str(), search.from), ("Bo", None));
        assert_eq!(search.until, begins(date(2026, 11, 25)), "the whole day");
    }
}
