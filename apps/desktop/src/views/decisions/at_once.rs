//! Where a decision's stage, its step or its end was set in two ways at once: both, and what chooses between them.

use egui::Ui;
use tresse_engine::{
    Command, DecisionCommand, DecisionView, Phase,
    model::{DecisionField, Stage},
};

use super::{phase_name, rules};
use crate::{
    theme, tr,
    views::{Cx, choosing, fields::conflict_of},
};

/// Paints what is to be chosen, if anything.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, locked: bool) {
    stage(ui, cx, view, locked);
    if matches!(view.phase, Phase::Collecting | Phase::Open) {
        step(ui, cx, view, locked);
    }
    // A count has written down by which end it went.
    if !matches!(view.phase, Phase::Counted | Phase::Concluded) {
        closes(ui, cx, view, locked);
    }
}

/// Put to the members by one, given up by another.
fn stage(ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, locked: bool) {
    let Some(conflict) = conflict_of(&view.content.conflicts, DecisionField::Stage.key()) else {
        return;
    };
    let (network, decision) = (cx.id(), view.id);
    let words = cx.words;
    let stage = |word: &str| Stage::from_word(word).unwrap_or_default();
    let say = |word: &str| match stage(word) {
        Stage::Draft => phase_name(words, Phase::Draft),
        Stage::Open => tr!(words, "at-once-open"),
        Stage::Withdrawn => match view.content.why.as_str() {
            "" => tr!(words, "at-once-withdrawn"),
            why => tr!(words, "at-once-withdrawn-why", why = why.to_owned()),
        },
    };
    let counted = matches!(view.phase, Phase::Counted | Phase::Concluded);
    let choose = |word: &str| match stage(word) {
        _ if locked => None,
        Stage::Draft => None,
        Stage::Open => Some(DecisionCommand::Start {
            network,
            decision,
            closes: None,
        }),
        // What was counted is not given up: what comes of it is stated instead.
        Stage::Withdrawn if counted => None,
        Stage::Withdrawn => Some(DecisionCommand::Withdraw {
            network,
            decision,
            why: Some(view.content.why.clone()).filter(|why| !why.is_empty()),
        }),
    };
    let choose = |word: &str| choose(word).map(Command::Decision);
    let text = tr!(words, "at-once-stage");
    choosing::ui(ui, cx, text, conflict, &say, &choose);
    ui.add_space(theme::tokens(ui).space.s);
}

/// Criteria are weighed by one, and still collected by another.
fn step(ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, locked: bool) {
    let field = DecisionField::Step;
    let Some(conflict) = conflict_of(&view.content.conflicts, field.key()) else {
        return;
    };
    let words = cx.words;
    let say = |word: &str| match word {
        "confront" => tr!(words, "at-once-confront"),
        _ => tr!(words, "at-once-collect"),
    };
    let set = rules::set(cx.id(), view.id, field);
    let choose = |word: &str| (!locked).then(|| set(word));
    let text = tr!(words, "at-once-step");
    choosing::ui(ui, cx, text, conflict, &say, &choose);
    ui.add_space(theme::tokens(ui).space.s);
}

/// Two ends. One that has passed is not set again: it holds, or another is chosen.
fn closes(ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, locked: bool) {
    let field = DecisionField::Closes;
    let Some(conflict) = conflict_of(&view.content.conflicts, field.key()) else {
        return;
    };
    let (words, now) = (cx.words, cx.now);
    let at = |value: &str| {
        let at = value.parse::<jiff::Timestamp>().ok();
        at.map(jiff::Timestamp::as_millisecond)
    };
    let say = |value: &str| match at(value) {
        Some(at) => words.moment(at),
        None => tr!(words, "decision-closes-none"),
    };
    let set = rules::set(cx.id(), view.id, field);
    let choose = |value: &str| {
        let ahead = at(value).is_none_or(|at| at > now);
        (ahead && !locked).then(|| set(value))
    };
    let text = tr!(words, "at-once-closes");
    choosing::ui(ui, cx, text, conflict, &say, &choose);
    ui.add_space(theme::tokens(ui).space.s);
}
