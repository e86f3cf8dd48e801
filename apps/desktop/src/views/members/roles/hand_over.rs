//! What is handed over with a role: when and to whom, what is under way, where things are.

use egui::{Context, Ui};
use tresse_engine::{ActionBrief, Command, ObjectiveProgress, PilotingView, RoleView};

use super::role_name;
use crate::{
    app::asks::Ask,
    theme::{self, Tone},
    tr,
    views::{Cx, members::near, parts},
};

/// Paints the dialogue; true when it is over.
pub(super) fn dialogue(
    ctx: &Context,
    cx: &mut Cx<'_>,
    view: &PilotingView,
    role: &RoleView,
) -> bool {
    let name = role_name(cx.words, &role.facts.name);
    let title = tr!(cx.words, "role-hand-over-of", role = name.clone());
    parts::wide_dialogue(ctx, "hand over", title.clone(), |ui| {
        let t = theme::tokens(ui);
        when(ui, cx, view, role);
        ui.add_space(t.space.m);
        open(ui, cx, role);
        ui.add_space(t.space.m);
        objectives(ui, cx, role);
        ui.add_space(t.space.m);
        page(ui, cx, role, name);
        ui.add_space(t.space.m);
        ui.horizontal_wrapped(|ui| {
            if theme::primary_button(ui, tr!(cx.words, "done-button")).clicked() {
                cx.ask(Ask::Close);
            }
            if theme::quiet_button(ui, tr!(cx.words, "hand-over-save")).clicked() {
                let text = as_text(cx, view, role, &title);
                let name = tr!(cx.words, "hand-over-file");
                cx.ask(Ask::SaveText { name, text });
            }
        });
    })
}

/// The turn that has begun and is not recorded.
fn due(role: &RoleView) -> Option<&tresse_engine::model::Turn> {
    let turn = role.facts.rotation.as_ref()?.current.as_ref()?;
    let mut holders = role.facts.holders.iter();
    (!holders.any(|one| one.member == turn.member)).then_some(turn)
}

fn when_words(cx: &Cx<'_>, view: &PilotingView, role: &RoleView) -> String {
    match role.hand_over.to {
        Some(to) => {
            let (on, name) = (cx.words.date(&role.hand_over.on), view.name_of(&to));
            tr!(cx.words, "hand-over-when", on = on, name = name)
        }
        None => tr!(cx.words, "hand-over-undated"),
    }
}

fn when(ui: &mut Ui, cx: &mut Cx<'_>, view: &PilotingView, role: &RoleView) {
    let Some(turn) = due(role) else {
        theme::paragraph(ui, when_words(cx, view, role));
        return;
    };
    let (on, name) = (cx.words.date(&turn.from), view.name_of(&turn.member));
    let said = tr!(cx.words, "hand-over-due", on = on, name = name);
    theme::message(ui, Tone::Warn, said, |ui| {
        let record = tr!(cx.words, "hand-over-record");
        if !cx.locked(false) && theme::primary_button(ui, record).clicked() {
            cx.send(Command::RotationHandOver {
                network: cx.id(),
                role: role.facts.name.clone(),
            });
        }
    });
    theme::caption(ui, tr!(cx.words, "hand-over-record-what"));
}

fn open(ui: &mut Ui, cx: &mut Cx<'_>, role: &RoleView) {
    theme::subheading(ui, tr!(cx.words, "hand-over-open"));
    if role.hand_over.open.is_empty() {
        theme::muted(ui, tr!(cx.words, "hand-over-open-none"));
    }
    let (salt, row) = (
        ("handed over", &role.facts.role),
        theme::tokens(ui).size.icon,
    );
    near(ui, salt, role.hand_over.open.len(), row, |ui, place| {
        let action = &role.hand_over.open[place];
        parts::line(ui, |ui| {
            if ui.link(action.title.as_str()).clicked() {
                cx.ask(Ask::Close);
                cx.ask(Ask::OpenAction(cx.id(), action.id));
            }
            if let Some(due) = &action.due {
                let day = cx.words.date_short(due);
                theme::caption(ui, tr!(cx.words, "hand-over-due-on", day = day));
            }
            if action.late {
                theme::status_chip(ui, Tone::Bad, tr!(cx.words, "hand-over-late"));
            } else if action.blocked {
                theme::status_chip(ui, Tone::Warn, tr!(cx.words, "hand-over-blocked"));
            }
        });
    });
}

fn objectives(ui: &mut Ui, cx: &Cx<'_>, role: &RoleView) {
    theme::subheading(ui, tr!(cx.words, "hand-over-objectives"));
    if role.hand_over.objectives.is_empty() {
        theme::muted(ui, tr!(cx.words, "hand-over-objectives-none"));
    }
    let salt = ("objectives handed over", &role.facts.role);
    let (count, row) = (role.hand_over.objectives.len(), theme::tokens(ui).size.icon);
    near(ui, salt, count, row, |ui, place| {
        let objective = &role.hand_over.objectives[place];
        parts::line(ui, |ui| {
            ui.label(objective.title.as_str());
            if let Some(due) = &objective.deadline {
                let day = cx.words.date_short(due);
                theme::caption(ui, tr!(cx.words, "hand-over-due-on", day = day));
            }
            if objective.late {
                theme::status_chip(ui, Tone::Bad, tr!(cx.words, "hand-over-late"));
            }
        });
    });
}

fn page(ui: &mut Ui, cx: &mut Cx<'_>, role: &RoleView, name: String) {
    theme::subheading(ui, tr!(cx.words, "hand-over-where"));
    theme::caption(ui, tr!(cx.words, "hand-over-where-hint"));
    match role.hand_over.page {
        Some(page) => {
            if theme::quiet_button(ui, tr!(cx.words, "hand-over-page-open")).clicked() {
                cx.ask(Ask::Close);
                cx.ask(Ask::OpenPage(cx.id(), page));
            }
        }
        None if cx.locked(false) => {}
        None => {
            if theme::quiet_button(ui, tr!(cx.words, "hand-over-page-begin")).clicked() {
                cx.send(Command::HandOverPage {
                    network: cx.id(),
                    role: role.facts.name.clone(),
                    title: Some(tr!(cx.words, "hand-over-page-title", role = name)),
                });
            }
        }
    }
}

/// The same as Markdown, to print or to send.
fn as_text(cx: &Cx<'_>, view: &PilotingView, role: &RoleView, title: &str) -> String {
    let words = cx.words;
    let mut text = format!("# {title}\n\n{}\n", when_words(cx, view, role));
    if !role.remit.is_empty() {
        text.extend(["\n", &role.remit, "\n"]);
    }
    let due = |day: &Option<String>| {
        let day = day.as_deref().map(|day| words.date(day));
        day.map(|day| format!(" ({})", tr!(words, "hand-over-due-on", day = day)))
            .unwrap_or_default()
    };
    let late = |late: bool| {
        let late = late.then(|| tr!(words, "hand-over-late"));
        late.map(|late| format!(" – {late}")).unwrap_or_default()
    };
    let actions = role.hand_over.open.iter();
    let actions = actions.map(|one: &ActionBrief| (&one.title, due(&one.due), late(one.late)));
    let objectives = role.hand_over.objectives.iter();
    let objectives =
        objectives.map(|one: &ObjectiveProgress| (&one.title, due(&one.deadline), late(one.late)));
    let sections = [
        (
            tr!(words, "hand-over-open"),
            actions.collect::<Vec<_>>(),
            tr!(words, "hand-over-open-none"),
        ),
        (
            tr!(words, "hand-over-objectives"),
            objectives.collect(),
            tr!(words, "hand-over-objectives-none"),
        ),
    ];
    for (heading, lines, none) in sections {
        text.extend(["\n## ", &heading, "\n\n"]);
        if lines.is_empty() {
            text.extend([none.as_str(), "\n"]);
        }
        for (title, due, late) in lines {
            text.extend(["- ", title, &due, &late, "\n"]);
        }
    }
    text
}
