//! What comes of a decision: the words, when it is looked at again, the actions made of it, the table that is published.

use egui::Ui;
use tresse_engine::{
    Command, DecisionCommand, DecisionView, Phase,
    model::{CastId, DecisionField, Method},
};

use super::{linking, rules, send};
use crate::{
    app::asks::Ask,
    theme::{self, Icon},
    tr,
    views::{
        Cx, choosing,
        fields::{Field, conflict_of},
        tall::Heights,
    },
};

/// What is being typed.
#[derive(Default)]
pub(super) struct Form {
    outcome: Option<String>,
    actions: linking::Form,
    pub(super) reason: String,
    pub(super) reply: String,
    pub(super) replying: Option<CastId>,
    /// How high the ballots are.
    pub(super) heights: Heights,
}

/// Paints it.
pub(super) fn ui(form: &mut Form, ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, locked: bool) {
    let t = theme::tokens(ui);
    let method = view.content.method;
    let ready = match view.phase {
        Phase::Counted | Phase::Concluded => true,
        Phase::Draft => !method.has_ballots(),
        Phase::Open | Phase::ToCount => !method.is_counted(),
        Phase::Collecting | Phase::Withdrawn => false,
    };
    if !ready && view.content.outcome.is_empty() {
        return;
    }
    theme::card(ui, |ui| {
        theme::heading(ui, tr!(cx.words, "outcome"));
        words(form, ui, cx, view, locked);
        ui.add_space(t.space.s);
        let (network, id) = (cx.id(), view.id);
        Field::new(
            (network, id, "review"),
            tr!(cx.words, "outcome-review"),
            &view.content.review,
        )
        .hint(tr!(cx.words, "date-hint"))
        .locked(locked)
        .conflict(&view.content.conflicts, DecisionField::Review.key())
        .date(ui, cx, rules::set(network, id, DecisionField::Review));
        let due = &view.content.review;
        let taken = matches!(view.phase, Phase::Counted | Phase::Concluded);
        if taken && !due.is_empty() && *due <= cx.today.to_string() {
            theme::caption(ui, tr!(cx.words, "outcome-review-due"));
        }
        if method == Method::Criteria {
            ui.add_space(t.space.s);
            publish(ui, cx, view, locked);
        }
        ui.add_space(t.space.s);
        linking::ui(&mut form.actions, ui, cx, view, locked);
    });
}

fn words(form: &mut Form, ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, locked: bool) {
    let (network, decision) = (cx.id(), view.id);
    if let Some(typed) = &mut form.outcome {
        theme::field(ui, tr!(cx.words, "outcome-words"), |ui| {
            let width = ui.available_width();
            ui.add(
                egui::TextEdit::multiline(typed)
                    .desired_rows(3)
                    .desired_width(width),
            )
        });
        let mut over = false;
        ui.horizontal(|ui| {
            if theme::primary_button(ui, tr!(cx.words, "outcome-save")).clicked() {
                let outcome = Some(typed.trim().to_owned());
                let review = None;
                send(
                    cx,
                    DecisionCommand::Outcome {
                        network,
                        decision,
                        outcome,
                        review,
                    },
                );
                over = true;
            }
            over |= theme::quiet_button(ui, tr!(cx.words, "cancel")).clicked();
        });
        if over {
            form.outcome = None;
        }
        return;
    }
    stated(ui, cx, view, locked);
    let label = if view.content.outcome.is_empty() {
        tr!(cx.words, "outcome-state")
    } else {
        tr!(cx.words, "outcome-change")
    };
    if !locked && theme::quiet_icon_button(ui, Icon::Gavel, label).clicked() {
        form.outcome = Some(view.content.outcome.clone());
    }
}

/// What was stated, by whom and when; all of it, where several did so at once.
fn stated(ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, locked: bool) {
    let content = &view.content;
    let (network, decision) = (cx.id(), view.id);
    if let Some(conflict) = conflict_of(&content.conflicts, DecisionField::Outcome.key()) {
        let choose = |value: &str| {
            let outcome = DecisionCommand::Outcome {
                network,
                decision,
                outcome: (!value.is_empty()).then(|| value.to_owned()),
                review: None,
            };
            (!locked).then_some(Command::Decision(outcome))
        };
        let text = tr!(cx.words, "at-once-outcome");
        choosing::ui(ui, cx, text, conflict, &str::to_owned, &choose);
        return;
    }
    if content.outcome.is_empty() {
        theme::muted(ui, tr!(cx.words, "outcome-none"));
        return;
    }
    theme::paragraph(ui, content.outcome.as_str());
    let on = cx.words.date(&content.outcome_on);
    let said = if let Some(name) = view.name(content.outcome_by) {
        tr!(cx.words, "outcome-by", name = name, on = on)
    } else {
        tr!(cx.words, "outcome-on", on = on)
    };
    theme::caption(ui, said).on_hover_text(tr!(cx.words, "sealed-author"));
}

fn publish(ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, locked: bool) {
    let (network, decision) = (cx.id(), view.id);
    if let Some(page) = view.content.published
        && theme::quiet_icon_button(ui, Icon::FileText, tr!(cx.words, "criteria-page")).clicked()
    {
        cx.ask(Ask::OpenPage(network, page));
    }
    ui.horizontal_wrapped(|ui| {
        let over = matches!(view.phase, Phase::Counted | Phase::Concluded);
        let label = tr!(cx.words, "criteria-publish");
        if over && !locked && theme::quiet_icon_button(ui, Icon::Export, label).clicked() {
            send(cx, DecisionCommand::Publish { network, decision });
        }
        let table = view.tally.as_ref().and_then(|tally| tally.table.as_ref());
        if let Some(table) = table
            && theme::quiet_icon_button(ui, Icon::Table, tr!(cx.words, "criteria-csv")).clicked()
        {
            let french = cx.words.lang() == crate::i18n::Lang::Fr;
            cx.ask(Ask::SaveText {
                name: format!("{}.csv", tr!(cx.words, "criteria-file")),
                text: tresse_engine::criteria_csv(table, french),
            });
        }
    });
}
