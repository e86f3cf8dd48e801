//! The charter: what the network agrees on, in fields that others can count on, and in its own words.

use std::sync::Arc;

use egui::{Frame, Margin, Panel, ScrollArea, Ui};
use tresse_engine::{
    CharterView, Command,
    model::{CharterField, Method, NetworkId},
};

use super::{
    Cx, charter_stated, charter_versions,
    decisions::{method_name, say},
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
            charter_stated::purposes(ui, cx);
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
            ui.add_space(t.space.l);
            charter_stated::added_values(ui, cx);
            ui.add_space(t.space.xl);
        });
}

fn fields(ui: &mut Ui, cx: &mut Cx<'_>, charter: &CharterView) {
    let t = theme::tokens(ui);
    let (network, words, content) = (cx.id(), cx.words, &charter.content);
    let set = |field| set(network, field);
    field(
        cx,
        charter,
        CharterField::ExchangeRules,
        tr!(words, "charter-exchange-rules"),
        &content.exchange_rules,
    )
    .hint(tr!(words, "charter-exchange-rules-hint"))
    .lines(ui, cx, 4, set(CharterField::ExchangeRules));
    ui.add_space(t.space.s);
    field(
        cx,
        charter,
        CharterField::DecisionRule,
        tr!(words, "charter-decision-rule"),
        &content.decision_rule,
    )
    .hint(tr!(words, "charter-decision-rule-hint"))
    .lines(ui, cx, 3, set(CharterField::DecisionRule));
    ui.add_space(t.space.s);
    voting(ui, cx, charter);
    ui.add_space(t.space.s);
    field(
        cx,
        charter,
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
        cx,
        charter,
        CharterField::ReviewDate,
        tr!(words, "charter-review"),
        &content.review_date,
    )
    .hint(tr!(words, "date-hint"))
    .date(ui, cx, set(CharterField::ReviewDate));
}

fn set(network: NetworkId, field: CharterField) -> impl Fn(&str) -> Command + 'static {
    move |text: &str| Command::CharterSet {
        network,
        field,
        value: (!text.is_empty()).then(|| text.to_owned()),
    }
}

/// A field with few values: its name, what it holds, what is offered and how that is said.
type Pick<'a> = (
    CharterField,
    String,
    &'a String,
    &'a [&'a str],
    &'a dyn Fn(&str) -> String,
);

/// The rule that new decisions take over.
fn voting(ui: &mut Ui, cx: &mut Cx<'_>, charter: &CharterView) {
    use CharterField as F;
    let (words, content) = (cx.words, &charter.content);
    theme::subheading(ui, tr!(words, "charter-voting"));
    theme::caption(ui, tr!(words, "charter-voting-hint"));
    let methods: Vec<&str> = Method::ALL.iter().map(|one| one.word()).collect();
    let method = |word: &str| {
        Method::from_word(word).map_or_else(|| word.to_owned(), |one| method_name(words, one))
    };
    let picks: [Pick<'_>; 4] = [
        (
            F::Method,
            tr!(words, "charter-method"),
            &content.method,
            &methods,
            &method,
        ),
        (
            F::Threshold,
            tr!(words, "charter-threshold"),
            &content.threshold,
            &say::THRESHOLDS,
            &|value| say::threshold_words(words, value),
        ),
        (
            F::ThresholdOf,
            tr!(words, "rule-of"),
            &content.threshold_of,
            &["cast", "members"],
            &|value| say::threshold_of_words(words, value),
        ),
        (
            F::Abstentions,
            tr!(words, "rule-abstain"),
            &content.abstentions,
            &["aside", "cast"],
            &|value| say::abstentions_words(words, value),
        ),
    ];
    for (key, label, value, offered, say) in picks {
        field(cx, charter, key, label, value)
            .hint(tr!(words, "left-open"))
            .pick(
                ui,
                cx,
                // Nothing is left open, and not what it would mean without a rule.
                &|value| {
                    if value.is_empty() {
                        String::new()
                    } else {
                        say(value)
                    }
                },
                &|| {
                    let offered = offered.iter().map(|word| (*word).to_owned());
                    let mut all: Vec<String> =
                        std::iter::once(String::new()).chain(offered).collect();
                    if !all.contains(value) {
                        all.push(value.clone());
                    }
                    all
                },
                set(cx.id(), key),
            );
    }
    field(
        cx,
        charter,
        F::Quorum,
        tr!(words, "rule-quorum"),
        &content.quorum,
    )
    .hint(tr!(words, "rule-quorum-hint"))
    .line(ui, cx, set(cx.id(), F::Quorum));
}

/// A field of the charter.
fn field<'a>(
    cx: &Cx<'_>,
    charter: &'a CharterView,
    key: CharterField,
    label: String,
    value: &'a str,
) -> Field<'a> {
    Field::new((cx.id(), "charter", key.key()), label, value)
        .locked(cx.locked(charter.read_only))
        .conflict(&charter.content.conflicts, key.key())
}
