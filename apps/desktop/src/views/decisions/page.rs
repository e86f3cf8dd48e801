//! One decision: its head, then what there is to do where it has come to.

use std::sync::Arc;

use egui::{ScrollArea, Ui};
use tresse_engine::{
    Command, DecisionCommand, DecisionView, Phase,
    model::{DecisionField, DocId, Method},
};

use super::{
    DecisionsUi, about, at_once, meeting, method_name, outcome, register, result, rules,
    say::method_for, send,
};
use crate::{
    app::asks::Ask,
    theme::{self, Icon, Tone},
    tr,
    views::{Cx, authored, history, home::read_only, parts},
};

pub(super) fn ui(state: &mut DecisionsUi, ui: &mut Ui, cx: &mut Cx<'_>, alone: bool) {
    let Some(id) = state.open else {
        nothing_open(ui, cx);
        return;
    };
    let net = Arc::clone(cx.net);
    let Some(view) = net.decision(&id) else {
        if alone {
            back(state, ui, cx);
        }
        theme::muted(ui, tr!(cx.words, "page-opening"));
        return;
    };
    let locked = cx.locked(view.read_only || view.content.binned);
    read_only(ui, cx, view.read_only);
    if view.content.binned {
        let again = tr!(cx.words, "page-take-out");
        theme::message(ui, Tone::Warn, tr!(cx.words, "decision-in-bin"), |ui| {
            if !cx.locked(view.read_only) && theme::quiet_button(ui, again).clicked() {
                remove(cx, id, true);
            }
        });
    }
    head(state, ui, cx, view, alone, locked);
    ui.horizontal(|ui| {
        let (ballot, text) = (
            tr!(cx.words, "decision-tab"),
            tr!(cx.words, "decision-text-tab"),
        );
        if theme::tab(ui, ballot, !state.text).clicked() {
            state.text = false;
        }
        if theme::tab(ui, text, state.text).clicked() {
            state.text = true;
        }
    });
    ui.add_space(theme::tokens(ui).space.s);
    if state.text {
        writing(state, ui, cx, view, locked);
        return;
    }
    ScrollArea::vertical()
        .id_salt(("decision", id))
        .auto_shrink(false)
        .show(ui, |ui| {
            let t = theme::tokens(ui);
            ui.set_max_width(ui.available_width().min(t.size.reading * 1.2));
            body(state, ui, cx, view, locked);
            ui.add_space(t.space.xl);
        });
}

fn nothing_open(ui: &mut Ui, cx: &mut Cx<'_>) {
    if !cx.net.decisions.decisions.is_empty() {
        let (title, hint) = (
            tr!(cx.words, "decision-none"),
            tr!(cx.words, "decision-none-hint"),
        );
        parts::empty(ui, title, hint, None);
        return;
    }
    let make = (!cx.locked(false)).then(|| tr!(cx.words, "decision-first"));
    let (title, hint) = (
        tr!(cx.words, "decisions-empty"),
        tr!(cx.words, "decisions-empty-hint"),
    );
    if parts::empty(ui, title, hint, make) {
        cx.ask(Ask::Show(crate::app::asks::Dialogue::NewDecision(cx.id())));
    }
}

fn back(state: &mut DecisionsUi, ui: &mut Ui, cx: &mut Cx<'_>) {
    if theme::icon_button(ui, Icon::ArrowLeft, tr!(cx.words, "decision-back")).clicked() {
        let mut commands = Vec::new();
        state.close(cx.id(), &mut commands);
        cx.asks.extend(commands.into_iter().map(Ask::Send));
    }
}

fn remove(cx: &mut Cx<'_>, decision: DocId, restore: bool) {
    let network = cx.id();
    send(
        cx,
        DecisionCommand::Remove {
            network,
            decision,
            restore,
        },
    );
}

fn head(
    state: &mut DecisionsUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &DecisionView,
    alone: bool,
    locked: bool,
) {
    let (network, id) = (cx.id(), view.id);
    ui.horizontal(|ui| {
        if alone {
            back(state, ui, cx);
        }
        parts::document_title(
            ui,
            cx,
            id,
            tr!(cx.words, "decision-title"),
            (&view.content.title, &view.content.conflicts),
            (1, locked),
            rules::set(network, id, DecisionField::Title),
        );
        history::button(ui, cx, id);
        if !locked
            && theme::icon_button(ui, Icon::Trash, tr!(cx.words, "decision-to-bin")).clicked()
        {
            remove(cx, id, false);
        }
    });
    parts::line(ui, |ui| {
        register::chip(ui, cx.words, view.phase);
        theme::tag(ui, method_name(cx.words, view.content.method));
        if let Some(closes) = view.terms.closes.filter(|_| view.phase != Phase::Draft) {
            let on = cx.words.moment(closes);
            let said = if closes > cx.now {
                tr!(cx.words, "decision-until", on = on)
            } else {
                tr!(cx.words, "decision-closed-on", on = on)
            };
            theme::caption(ui, said);
        }
    });
    authors(ui, cx, view);
}

/// Who put it to the members, and who changed it last.
fn authors(ui: &mut Ui, cx: &Cx<'_>, view: &DecisionView) {
    let put = view.name(view.content.put_by);
    let put = put.map(|name| tr!(cx.words, "decision-put-by", name = name));
    // To answer is to change the decision: beside a result that has just moved, it would say who said what.
    let row = cx.net.decisions.get(&view.id);
    let row = row.filter(|_| !view.content.hides_names());
    let changed = row.map(|row| (row.author.as_str(), row.changed));
    authored::changed_by(ui, cx, put, changed);
}

fn body(state: &mut DecisionsUi, ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, locked: bool) {
    let t = theme::tokens(ui);
    if view.phase != Phase::Draft && view.terms.question != view.content.title {
        theme::heading(ui, view.terms.question.as_str());
    }
    theme::muted(ui, method_for(cx.words, view.content.method));
    ui.add_space(t.space.s);
    about::ui(ui, cx, view, locked);
    meeting::ui(ui, cx, view, locked);
    at_once::ui(ui, cx, view, locked);
    rules::departs(ui, cx, view, locked);
    match view.phase {
        Phase::Draft => rules::draft(&mut state.forms.of(view.id).rules, ui, cx, view, locked),
        Phase::Withdrawn => {
            let why = match view.content.why.as_str() {
                "" => tr!(cx.words, "decision-withdrawn"),
                why => tr!(cx.words, "decision-withdrawn-why", why = why.to_owned()),
            };
            theme::message(ui, Tone::Neutral, why, |_| {});
            rules::draft(&mut state.forms.of(view.id).rules, ui, cx, view, locked);
        }
        _ => {}
    }
    if view.phase == Phase::Collecting {
        rules::collecting(&mut state.forms.of(view.id).rules, ui, cx, view, locked);
    }
    if matches!(view.phase, Phase::Open) {
        state.forms.of(view.id).ballot.ui(ui, cx, view, locked);
    }
    let begun = !matches!(
        view.phase,
        Phase::Draft | Phase::Withdrawn | Phase::Collecting
    );
    if begun && view.content.method.has_ballots() {
        ui.add_space(t.space.s);
        result::ui(ui, cx, view, locked, &mut state.forms.of(view.id).outcome);
    }
    if view.phase != Phase::Draft || view.content.method == Method::Noted {
        ui.add_space(t.space.s);
        outcome::ui(&mut state.forms.of(view.id).outcome, ui, cx, view, locked);
    }
    if matches!(view.phase, Phase::Open | Phase::Collecting) && !locked {
        rules::under_way(&mut state.forms.of(view.id).rules, ui, cx, view);
    }
}

fn writing(
    state: &mut DecisionsUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &DecisionView,
    locked: bool,
) {
    let (network, decision) = (cx.id(), view.id);
    let Some(writing) = state.writing() else {
        return;
    };
    writing
        .of(decision)
        .ui(ui, cx, &view.body, locked, move |edit| {
            Command::Decision(DecisionCommand::Edit {
                network,
                decision,
                edit,
            })
        });
}
