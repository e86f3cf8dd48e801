//! The table of weighted criteria.

use egui::{Grid, ScrollArea, Ui};
use tresse_engine::model::{Cell, Table};

use crate::{
    i18n::{I18n, Lang},
    theme, tr,
};

/// A number with one decimal, as the language writes it.
fn number(words: &I18n, value: Option<f64>) -> String {
    let text = value.map_or_else(|| "–".to_owned(), |value| format!("{value:.1}"));
    if words.lang() == Lang::Fr {
        text.replace('.', ",")
    } else {
        text
    }
}

/// A mean, and where people differ, that and how far.
fn cell(words: &I18n, cell: &Cell) -> String {
    let mean = number(words, cell.mean);
    if cell.differ {
        tr!(
            words,
            "table-differ",
            mean = mean,
            least = cell.least,
            most = cell.most
        )
    } else {
        mean
    }
}

/// Paints it: a line a criterion, a column an option.
pub(super) fn ui(ui: &mut Ui, words: &I18n, table: &Table) {
    let t = theme::tokens(ui);
    if table.equal_weights && !table.criteria.is_empty() {
        theme::muted(ui, tr!(words, "table-equal"));
    }
    ScrollArea::horizontal()
        .id_salt("criteria table")
        .show(ui, |ui| {
            Grid::new("criteria table")
                .striped(true)
                .spacing([t.space.l, t.space.xs])
                .show(ui, |ui| {
                    // A word is not broken: the table scrolls where it has no room.
                    ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Extend);
                    theme::strong(ui, tr!(words, "decision-criterion"));
                    theme::strong(ui, tr!(words, "table-weight"));
                    theme::strong(ui, tr!(words, "table-spread"));
                    theme::strong(ui, tr!(words, "table-people"));
                    for option in &table.options {
                        theme::strong(ui, option.option.label.as_str());
                    }
                    ui.end_row();
                    for (at, one) in table.criteria.iter().enumerate() {
                        ui.label(one.criterion.label.as_str());
                        ui.label(cell(words, &one.weight));
                        ui.label(number(words, one.weight.mean.map(|_| one.weight.spread)));
                        ui.label(one.weight.people.to_string());
                        for option in &table.options {
                            let score = option.scores.get(at).copied().unwrap_or_default();
                            ui.label(cell(words, &score));
                        }
                        ui.end_row();
                    }
                    if table.options.is_empty() {
                        return;
                    }
                    theme::strong(ui, tr!(words, "table-value"));
                    for _ in 0..3 {
                        ui.label("");
                    }
                    for option in &table.options {
                        theme::strong(ui, number(words, option.value));
                    }
                    ui.end_row();
                });
        });
    theme::caption(ui, tr!(words, "table-explained"));
}
