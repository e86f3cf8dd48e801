//! The version of the charter that a decision is about: what it would change, and what came of it.

use egui::Ui;
use tresse_engine::{AboutVersion, Command, DecisionView, VersionCommand};

use crate::{
    app::{
        asks::{Ask, Dialogue},
        place::{Place, Tab},
    },
    theme::{self, Icon, Tone},
    tr,
    views::{Cx, charter_votes::came_of, differences::Comparison},
};

/// Paints it; nothing where a decision is about something else.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, locked: bool) {
    let Some(about) = &view.about else { return };
    let t = theme::tokens(ui);
    let came = came_of(cx.words, &about.state, about.said_by.as_deref());
    let came = came.filter(|_| about.state != "open");
    let text = came.unwrap_or_else(|| tr!(cx.words, "decision-about-charter"));
    let tone = match &*about.state {
        "adopted" => Tone::Good,
        "other-terms" | "overtaken" => Tone::Warn,
        _ => Tone::Neutral,
    };
    theme::message(ui, tone, text, |_| {});
    ui.horizontal_wrapped(|ui| {
        if about.state == "to-record"
            && !locked
            && theme::primary_icon_button(ui, Icon::Scroll, tr!(cx.words, "decision-about-record"))
                .clicked()
        {
            let (network, decision) = (cx.id(), view.id);
            cx.send(Command::Version(VersionCommand::Record {
                network,
                decision,
            }));
        }
        look(ui, cx, about);
    });
    ui.add_space(t.space.s);
}

fn look(ui: &mut Ui, cx: &mut Cx<'_>, about: &AboutVersion) {
    if about.here {
        if theme::quiet_button(ui, tr!(cx.words, "charter-compare")).clicked() {
            let (from, to) = (Some(about.replaces.clone()), Some(about.version.clone()));
            let wanted = Comparison { from, to };
            cx.ask(Ask::Show(Dialogue::Differences(cx.id(), wanted)));
        }
    } else {
        theme::caption(ui, tr!(cx.words, "charter-not-here"));
    }
    if ui.link(tr!(cx.words, "decision-about-go")).clicked() {
        cx.ask(Ask::Go(Place::Network(cx.id(), Tab::Charter)));
    }
}
