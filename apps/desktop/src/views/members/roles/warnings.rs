//! Where a rule of working together is broken, or something waits: said kindly, each with what one can do.

use egui::Ui;
use tresse_engine::{
    Command, PilotingView,
    model::{Warning, WarningCode},
};

use super::{Decision, ask, role_name};
use crate::{
    theme::{self, Tone},
    tr,
    views::Cx,
};

/// Paints them, if there are any.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &PilotingView) {
    let t = theme::tokens(ui);
    for (place, warning) in view.warnings.iter().enumerate() {
        ui.push_id(("warning", place), |ui| {
            let said = sentence(cx, view, warning);
            theme::message(ui, Tone::Warn, said, |ui| act(ui, cx, view, warning));
        });
        ui.add_space(t.space.xs);
    }
    if !view.warnings.is_empty() {
        ui.add_space(t.space.s);
    }
}

pub(super) fn sentence(cx: &Cx<'_>, view: &PilotingView, warning: &Warning) -> String {
    use WarningCode as W;
    let words = cx.words;
    let known = view.role(&warning.role);
    let role = known.map_or(warning.role.as_str(), |known| known.facts.name.as_str());
    let role = role_name(words, role);
    let name = warning.member.map(|member| view.name_of(&member));
    let name = name.unwrap_or_default();
    let day = words.date(&warning.day);
    match warning.code {
        W::FacilitatorIsPilot => tr!(words, "warn-facilitator-is-pilot", name = name),
        W::NamedByPilotAlone => tr!(words, "warn-named-by-pilot-alone", name = name),
        W::NobodyFacilitates => tr!(words, "warn-nobody-facilitates"),
        W::MandateEnded => {
            tr!(
                words,
                "warn-mandate-ended",
                name = name,
                role = role,
                day = day
            )
        }
        W::HolderLeft => tr!(words, "warn-holder-left", name = name, role = role),
        W::EndsBeforeStart => tr!(words, "warn-ends-before-start", name = name, role = role),
        W::RotationEmpty => tr!(words, "warn-rotation-empty", role = role),
        W::RotationUndated => tr!(words, "warn-rotation-undated", role = role),
        W::HandOverDue => {
            tr!(
                words,
                "warn-hand-over-due",
                name = name,
                role = role,
                day = day
            )
        }
    }
}

/// What one can do about it.
fn act(ui: &mut Ui, cx: &mut Cx<'_>, view: &PilotingView, warning: &Warning) {
    use WarningCode as W;
    if cx.locked(false) {
        return;
    }
    let known = view.role(&warning.role);
    let role = known.map_or_else(|| warning.role.clone(), |known| known.facts.name.clone());
    match warning.code {
        W::FacilitatorIsPilot | W::NobodyFacilitates => {
            if theme::quiet_button(ui, tr!(cx.words, "warn-give")).clicked() {
                ask(cx, Decision::GiveMandate);
            }
        }
        W::NamedByPilotAlone => stand_for(ui, cx, view, warning),
        W::MandateEnded | W::HolderLeft | W::EndsBeforeStart => {
            if let Some(mandate) = &warning.mandate
                && theme::quiet_button(ui, tr!(cx.words, "warn-end")).clicked()
            {
                ask(cx, Decision::EndMandate(mandate.clone()));
            }
        }
        W::RotationEmpty | W::RotationUndated => {
            if theme::quiet_button(ui, tr!(cx.words, "warn-arrange")).clicked() {
                ask(cx, Decision::Role(role));
            }
        }
        W::HandOverDue => {
            if theme::quiet_button(ui, tr!(cx.words, "warn-hand-over")).clicked() {
                ask(cx, Decision::HandOver(role));
            }
        }
    }
}

/// Who does not pilot may record the same mandate: then it is not the pilot's choice alone.
fn stand_for(ui: &mut Ui, cx: &mut Cx<'_>, view: &PilotingView, warning: &Warning) {
    let me = cx.app.me.member;
    let mut pilots = view
        .role("pilot")
        .into_iter()
        .flat_map(|pilot| &pilot.facts.holders);
    if pilots.any(|one| one.member == me) {
        return;
    }
    let Some(role) = view.role(&warning.role) else {
        return;
    };
    let holding = role
        .facts
        .holders
        .iter()
        .find(|one| Some(one.member) == warning.member);
    if let Some(holding) = holding
        && theme::quiet_button(ui, tr!(cx.words, "warn-stand-for")).clicked()
    {
        cx.send(Command::MandateGive {
            network: cx.id(),
            role: role.facts.name.clone(),
            holder: holding.member,
            from: holding.from.clone(),
            to: holding.to.clone(),
        });
    }
}
