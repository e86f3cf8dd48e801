//! The charter: what the network agrees on, in fields that others can count on, and in its own words.

use std::sync::Arc;

use egui::{Frame, Margin, Panel, ScrollArea, Ui};
use tresse_engine::{CharterView, Command, model::CharterField};

use super::{
    Cx, charter_versions,
    fields::Field,
    here, history,
    home::read_only,
    lines::{Lines, lines},
    writing::Writing,
};
use crate::{theme, tr};

/// What the charter's view remembers of one network.
#[derive(Default)]
pub struct CharterUi {
    writing: Writing,
    text: bool,
}

impl CharterUi {
    /// The text that is being written.
    pub fn writing(&mut self) -> &mut Writing {
        &mut self.writing
    }

    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        let charter = Arc::clone(&cx.net.charter);
        let margin = Margin::symmetric(t.space.xl as i8, t.space.l as i8);
        let both = ui.available_width() >= 3.8 * t.size.column;
        if both {
            Panel::left("charter fields")
                .resizable(true)
                .default_size(1.5 * t.size.column)
                .size_range(t.size.column..=2.0 * t.size.column)
                .frame(Frame::new().inner_margin(margin))
                .show(ui, |ui| {
                    ui.horizontal(|ui| {
                        theme::title(ui, tr!(cx.words, "tab-charter"));
                        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                            history::button(ui, cx, charter.doc);
                            here::at(ui, cx, &charter.doc);
                        });
                    });
                    read_only(ui, cx, charter.read_only);
                    agreed(ui, cx, &charter);
                });
            Frame::new().inner_margin(margin).show(ui, |ui| {
                theme::heading(ui, tr!(cx.words, "charter-text"));
                ui.add_space(t.space.xs);
                self.text(ui, cx, &charter);
            });
            return;
        }
        Frame::new().inner_margin(margin).show(ui, |ui| {
            read_only(ui, cx, charter.read_only);
            ui.horizontal(|ui| {
                theme::title(ui, tr!(cx.words, "tab-charter"));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    history::button(ui, cx, charter.doc);
                    here::at(ui, cx, &charter.doc);
                    if theme::tab(ui, tr!(cx.words, "charter-text"), self.text).clicked() {
                        self.text = true;
                    }
                    if theme::tab(ui, tr!(cx.words, "charter-agreed"), !self.text).clicked() {
                        self.text = false;
                    }
                });
            });
            ui.add_space(t.space.s);
            if self.text {
                self.text(ui, cx, &charter);
            } else {
                agreed(ui, cx, &charter);
            }
        });
    }

    fn text(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, charter: &CharterView) {
        let (network, locked) = (cx.id(), cx.locked(charter.read_only));
        let writing = self.writing.of(charter.doc);
        writing.ui(ui, cx, &charter.body, locked, move |edit| {
            Command::CharterEdit { network, edit }
        });
    }
}

/// The structured fields.
fn agreed(ui: &mut Ui, cx: &mut Cx<'_>, charter: &CharterView) {
    let t = theme::tokens(ui);
    let locked = cx.locked(charter.read_only);
    ScrollArea::vertical()
        .id_salt("charter fields")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.set_max_width(ui.available_width().min(t.size.reading));
            charter_versions::ui(ui, cx);
            ui.add_space(t.space.l);
            theme::subheading(ui, tr!(cx.words, "values"));
            lines(
                ui,
                cx,
                &charter.content.values,
                &Lines {
                    salt: "value",
                    locked,
                    empty: tr!(cx.words, "values-empty"),
                    add: tr!(cx.words, "value-add"),
                    add_hint: tr!(cx.words, "value-hint"),
                    one: tr!(cx.words, "value"),
                    remove: tr!(cx.words, "value-remove"),
                    on_add: |network, text| Command::ValueAdd { network, text },
                    on_set: |network, value, text| Command::ValueSet {
                        network,
                        value,
                        text,
                    },
                    on_remove: |network, value, restore| Command::ValueRemove {
                        network,
                        value,
                        restore,
                    },
                },
            );
            ui.add_space(t.space.l);
            fields(ui, cx, charter);
            ui.add_space(t.space.xl);
        });
}

fn fields(ui: &mut Ui, cx: &mut Cx<'_>, charter: &CharterView) {
    let t = theme::tokens(ui);
    let (network, words, content) = (cx.id(), cx.words, &charter.content);
    let locked = cx.locked(charter.read_only);
    let set = move |field: CharterField| {
        move |text: &str| Command::CharterSet {
            network,
            field,
            value: (!text.is_empty()).then(|| text.to_owned()),
        }
    };
    let field = |key: CharterField, label: String, value| {
        Field::new((network, "charter", key.key()), label, value)
            .locked(locked)
            .conflict(&content.conflicts, key.key())
    };
    field(
        CharterField::ExchangeRules,
        tr!(words, "charter-exchange-rules"),
        &content.exchange_rules,
    )
    .hint(tr!(words, "charter-exchange-rules-hint"))
    .lines(ui, cx, 4, set(CharterField::ExchangeRules));
    ui.add_space(t.space.s);
    field(
        CharterField::DecisionRule,
        tr!(words, "charter-decision-rule"),
        &content.decision_rule,
    )
    .hint(tr!(words, "charter-decision-rule-hint"))
    .lines(ui, cx, 3, set(CharterField::DecisionRule));
    ui.add_space(t.space.s);
    field(
        CharterField::Language,
        tr!(words, "charter-language"),
        &content.language,
    )
    .hint(tr!(words, "left-open"))
    .pick(
        ui,
        cx,
        &|word| match word {
            "fr" => tr!(words, "language-fr"),
            "en" => tr!(words, "language-en"),
            other => other.to_owned(),
        },
        &|| ["", "fr", "en"].map(str::to_owned).into(),
        set(CharterField::Language),
    );
    ui.add_space(t.space.s);
    field(
        CharterField::ReviewDate,
        tr!(words, "charter-review"),
        &content.review_date,
    )
    .hint(tr!(words, "date-hint"))
    .date(ui, cx, set(CharterField::ReviewDate));
}
