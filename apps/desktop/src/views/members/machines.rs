//! A person's machines, one a line.

use egui::Ui;
use tresse_engine::MachineView;

use super::{Decision, more::bounded, on_day};
use crate::{
    app::asks::{Ask, Dialogue},
    i18n::I18n,
    theme::{self, Icon, Tone},
    tr,
    views::{Cx, parts::line},
};

/// Most machines shown at first.
const FIRST: usize = 4;

/// Paints them, those that are in before those that are not any more; `mine` adds what one can do with one's own.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, machines: &[MachineView], mine: bool) {
    let (inside, ended): (Vec<_>, Vec<_>) =
        machines.iter().partition(|machine| machine.ended.is_none());
    // Of one machine alone the person's own mark says whether it is connected.
    let several = inside.len() > 1;
    let all: Vec<&MachineView> = inside.into_iter().chain(ended).collect();
    let Some(first) = all.first() else { return };
    let salt = ("machines", cx.id(), *first.device.as_bytes());
    let words = cx.words;
    bounded(ui, words, salt, FIRST, all.len(), |ui, place| {
        let machine = all[place];
        if mine && machine.ended.is_none() && !machine.is_this && cx.net.members.writable {
            ui.horizontal_wrapped(|ui| {
                mark(ui, machine);
                one(ui, cx, machine, several);
                lost(ui, cx, machine);
            });
        } else {
            ui.horizontal_top(|ui| {
                mark(ui, machine);
                line(ui, |ui| one(ui, cx, machine, several));
            });
        }
    });
}

fn mark(ui: &mut Ui, machine: &MachineView) {
    let t = theme::tokens(ui);
    let ink = match machine.ended {
        None => t.color.ink,
        Some(_) => t.color.muted,
    };
    Icon::Laptop.show_beside(ui, t.text.body, t.text.small, ink);
}

fn one(ui: &mut Ui, cx: &Cx<'_>, machine: &MachineView, several: bool) {
    theme::caption(ui, described(cx, machine));
    if machine.is_this {
        theme::tag(ui, tr!(cx.words, "machine-this"));
    } else if machine.ended.is_none() && several && machine.here {
        theme::status_chip(ui, Tone::Good, tr!(cx.words, "machine-here"));
    }
}

fn lost(ui: &mut Ui, cx: &mut Cx<'_>, machine: &MachineView) {
    let short = machine.device.short();
    let name = tr!(cx.words, "machine-lost-name", machine = short);
    let lost = theme::quiet_button(ui, tr!(cx.words, "machine-lost")).accessible_name(name);
    if lost.clicked() {
        let decision = Decision::LoseMachine(machine.device);
        cx.ask(Ask::Show(Dialogue::Decide(cx.id(), decision)));
    }
}

/// What a machine is called: by its person, where that is known here, and by its short name.
pub(in crate::views) fn name(words: &I18n, machine: &MachineView) -> String {
    let short = machine.device.short();
    if machine.label.is_empty() {
        return short;
    }
    let label = machine.label.clone();
    tr!(words, "machine-named", label = label, machine = short)
}

fn described(cx: &Cx<'_>, machine: &MachineView) -> String {
    let words = cx.words;
    let short = name(words, machine);
    let Some(ended) = &machine.ended else {
        let when = on_day(words, cx.today, machine.since);
        return tr!(words, "machine-line", machine = short, when = when);
    };
    let when = on_day(words, cx.today, ended.at);
    match ended.how.as_str() {
        "revoked" => tr!(words, "machine-revoked", machine = short, when = when),
        "left" => tr!(words, "machine-left", machine = short, when = when),
        "readmitted" => tr!(words, "machine-readmitted", machine = short, when = when),
        _ => tr!(words, "machine-removed", machine = short, when = when),
    }
}
