//! The table of weighted criteria.

use egui::{Grid, Label, Response, RichText, Ui};
use tresse_engine::model::{Cell, Table};

use crate::{
    i18n::{I18n, Lang},
    theme::{self, Face},
    tr,
    views::parts,
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
    parts::sideways(ui, "criteria table").show(ui, |ui| {
        Grid::new("criteria table")
            .striped(true)
            .spacing([t.space.m, t.space.xs])
            .show(ui, |ui| {
                // A word is not broken: the table scrolls where it has no room.
                ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Extend);
                whole(ui, tr!(words, "decision-criterion"));
                whole(ui, tr!(words, "table-weight"));
                whole(ui, tr!(words, "table-spread"));
                whole(ui, tr!(words, "table-people"));
                for option in &table.options {
                    let short = short(ui, &option.option.label);
                    whole(ui, short).on_hover_text(option.option.label.as_str());
                }
                ui.end_row();
                for (at, one) in table.criteria.iter().enumerate() {
                    ui.label(short(ui, &one.criterion.label))
                        .on_hover_text(&one.criterion.label);
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
                whole(ui, tr!(words, "table-value"));
                for _ in 0..3 {
                    ui.label("");
                }
                for option in &table.options {
                    whole(ui, number(words, option.value));
                }
                ui.end_row();
            });
    });
    theme::caption(ui, tr!(words, "table-explained"));
}

/// As much of a name as leaves room for the table.
fn short(ui: &Ui, name: &str) -> String {
    let t = theme::tokens(ui);
    theme::one_row(ui, name, &Face::Strong.at(t.text.body), 0.8 * t.size.column)
}

/// Words of more weight that are never broken.
fn whole(ui: &mut Ui, words: impl Into<String>) -> Response {
    let t = theme::tokens(ui);
    let words = RichText::new(words)
        .font(Face::Strong.at(t.text.body))
        .color(t.color.ink);
    ui.add(Label::new(words).extend())
}
