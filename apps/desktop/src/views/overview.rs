//! The network at a glance: what it is for, who is in it, who holds which mandate until when, how objectives stand, what closed
//! lately, which networks it stands beside.

mod directory;
mod ties;

use egui::Ui;
use tresse_engine::{
    ClosedId, ClosedSort, ClosedThing, ObjectiveProgress, OverviewView,
    model::{ItemId, MemberId, Photo},
};

pub use ties::TieForm;
pub(super) use ties::kind_name as tie_name;

use super::{
    Cx, members,
    parts::{columns, stack},
    plan::Question,
};
use crate::{
    app::{
        asks::Ask,
        place::{Place, Tab},
    },
    start::kinds,
    theme::{self, Icon, Tone},
    tr,
};

/// Most things that closed lately shown at first.
const FIRST: usize = 8;
/// Most of any other list shown at first.
const MANY: usize = 12;

/// Paints it, below the head that it shares with the first page.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let view = std::sync::Arc::clone(&cx.net.overview);
    let t = theme::tokens(ui);
    if ui.available_width() >= 2.0 * t.size.column + t.space.xl {
        columns(ui, 2, |ui, number| {
            let parts: &[Part] = if number == 0 {
                &[what_for, meetings, objectives]
            } else {
                &[mandates, closed, ties::ui]
            };
            stack(ui, parts, |ui, part| part(ui, cx, &view));
        });
    } else {
        let parts: &[Part] = &[what_for, meetings, objectives, mandates, closed, ties::ui];
        stack(ui, parts, |ui, part| part(ui, cx, &view));
    }
    directory::ui(ui, cx, &view);
}

/// One section of the page.
type Part = fn(&mut Ui, &mut Cx<'_>, &OverviewView);

/// What the network is for, as tags.
pub(super) fn kind_tags(ui: &mut Ui, cx: &Cx<'_>) {
    let view = &cx.net.overview;
    for kind in &view.kinds {
        theme::tag(ui, kinds::name(cx.words, kind.word()));
    }
    if !view.kind_words.is_empty() {
        theme::tag(ui, crate::app::text::cut(&view.kind_words, 60));
    }
}

fn what_for(ui: &mut Ui, cx: &mut Cx<'_>, view: &OverviewView) {
    theme::card(ui, |ui| {
        let t = theme::tokens(ui);
        theme::heading(ui, tr!(cx.words, "purposes"));
        if view.purposes.is_empty() {
            theme::muted(ui, tr!(cx.words, "overview-purposes-empty"));
        }
        let salt = ("purposes at a glance", cx.id());
        let count = view.purposes.len();
        members::bounded(ui, cx.words, salt, MANY, count, |ui, place| {
            ui.add_space(t.space.xs);
            theme::paragraph(ui, view.purposes[place].text.as_str());
        });
        let mut said = Vec::new();
        match view.membership.as_str() {
            "open" => said.push(tr!(cx.words, "overview-open")),
            "closed" => said.push(tr!(cx.words, "overview-closed")),
            _ => {}
        }
        if !view.review_date.is_empty() {
            let date = cx.words.date_short(&view.review_date);
            said.push(tr!(cx.words, "overview-review", date = date));
        }
        if !said.is_empty() {
            ui.add_space(t.space.s);
            theme::caption(ui, said.join(" · "));
        }
    });
}

/// The next meeting, and what waits to be decided.
fn meetings(ui: &mut Ui, cx: &mut Cx<'_>, view: &OverviewView) {
    if let Some(next) = &view.next_meeting {
        theme::card(ui, |ui| {
            theme::heading(ui, tr!(cx.words, "next-meeting"));
            super::home::meeting::one(ui, cx, next);
        });
    }
    if view.open_decisions.is_empty() {
        return;
    }
    ui.add_space(theme::tokens(ui).space.s);
    theme::card(ui, |ui| {
        theme::heading(ui, tr!(cx.words, "overview-to-decide"));
        let (words, salt) = (cx.words, ("decisions at a glance", cx.id()));
        let count = view.open_decisions.len();
        members::bounded(ui, words, salt, MANY, count, |ui, place| {
            let decision = &view.open_decisions[place];
            let title = shown(cx, &decision.title);
            if ui.add(egui::Link::new(title)).clicked() {
                cx.ask(Ask::OpenDecision(cx.id(), decision.id));
            }
        });
    });
}

fn objectives(ui: &mut Ui, cx: &mut Cx<'_>, view: &OverviewView) {
    theme::card(ui, |ui| {
        let t = theme::tokens(ui);
        theme::heading(ui, tr!(cx.words, "objectives"));
        if view.objectives.is_empty() {
            theme::muted(ui, tr!(cx.words, "overview-objectives-empty"));
        }
        let (words, salt) = (cx.words, ("objectives at a glance", cx.id()));
        let count = view.objectives.len();
        members::bounded(ui, words, salt, MANY, count, |ui, place| {
            let objective = &view.objectives[place];
            ui.add_space(t.space.s);
            let title = shown(cx, &objective.title);
            if ui.add(egui::Link::new(title)).clicked() {
                open_objective(cx, objective.id);
            }
            progress(ui, cx, objective);
        });
    });
}

/// How far an objective is, as a bar and in words.
pub(super) fn progress(ui: &mut Ui, cx: &Cx<'_>, objective: &ObjectiveProgress) {
    let done = tr!(
        cx.words,
        "objective-progress",
        done = objective.done,
        total = objective.total
    );
    let said = match objective.percent {
        Some(percent) => tr!(cx.words, "overview-percent", percent = percent),
        None => done.clone(),
    };
    let part = f32::from(objective.percent.unwrap_or(0)) / 100.0;
    theme::progress_bar(ui, part, ui.available_width(), said.as_str());
    if objective.late {
        theme::status_chip(ui, Tone::Bad, tr!(cx.words, "objective-late"));
    }
    let mut parts = vec![said];
    if objective.percent.is_some() && objective.total > 0 {
        parts.push(done);
    }
    if let Some(deadline) = &objective.deadline {
        let date = cx.words.date_short(deadline);
        parts.push(tr!(cx.words, "objective-deadline-short", date = date));
    }
    theme::caption(ui, parts.join(" · "));
}

fn open_objective(cx: &mut Cx<'_>, id: ItemId) {
    let question = Question {
        objective: Some(id),
        ..Question::default()
    };
    cx.ask(Ask::OpenPlan(cx.id(), question));
}

fn mandates(ui: &mut Ui, cx: &mut Cx<'_>, view: &OverviewView) {
    theme::card(ui, |ui| {
        let t = theme::tokens(ui);
        theme::heading(ui, tr!(cx.words, "overview-mandates"));
        if view.mandates.is_empty() {
            theme::muted(ui, tr!(cx.words, "overview-mandates-empty"));
        }
        let (words, salt) = (cx.words, ("mandates at a glance", cx.id()));
        let count = view.mandates.len();
        members::bounded(ui, words, salt, MANY, count, |ui, place| {
            let mandate = &view.mandates[place];
            ui.add_space(t.space.xs);
            ui.horizontal_top(|ui| {
                let photo = photo_of(view, mandate.holder);
                theme::portrait(ui, &mandate.name, photo, t.size.avatar);
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    theme::strong(ui, mandate.name.as_str());
                    let role = members::role_name(cx.words, &mandate.role);
                    let until = if mandate.to.is_empty() {
                        tr!(cx.words, "overview-no-end")
                    } else {
                        let date = cx.words.date_short(&mandate.to);
                        tr!(cx.words, "overview-until", date = date)
                    };
                    theme::caption(ui, format!("{role} · {until}"));
                });
            });
        });
        if view.mandates.is_empty() {
            ui.add_space(t.space.xs);
            let go = tr!(cx.words, "overview-mandates-go");
            if theme::quiet_icon_button(ui, Icon::Users, go).clicked() {
                cx.ask(Ask::Go(Place::Network(cx.id(), Tab::Members)));
            }
        }
    });
}

fn photo_of(view: &OverviewView, member: MemberId) -> Option<&[u8]> {
    let people = view.directory.iter().flat_map(|one| &one.people);
    let mut found = people.filter(|person| person.member == member);
    found.next()?.photo.as_ref().map(Photo::bytes)
}

fn closed(ui: &mut Ui, cx: &mut Cx<'_>, view: &OverviewView) {
    if view.closed.is_empty() {
        return;
    }
    theme::card(ui, |ui| {
        theme::heading(ui, tr!(cx.words, "overview-finished"));
        let (words, salt) = (cx.words, ("closed", cx.id()));
        members::bounded(ui, words, salt, FIRST, view.closed.len(), |ui, place| {
            one_closed(ui, cx, &view.closed[place]);
        });
    });
}

fn one_closed(ui: &mut Ui, cx: &mut Cx<'_>, thing: &ClosedThing) {
    let t = theme::tokens(ui);
    let (icon, sort) = match thing.what {
        ClosedSort::Action => (Icon::Check, tr!(cx.words, "overview-finished-action")),
        ClosedSort::Objective => (Icon::Target, tr!(cx.words, "overview-finished-objective")),
        ClosedSort::Group => (Icon::UsersThree, tr!(cx.words, "overview-finished-group")),
        ClosedSort::Decision => (Icon::Gavel, tr!(cx.words, "overview-finished-decision")),
        ClosedSort::Meeting => (
            Icon::CalendarBlank,
            tr!(cx.words, "overview-finished-meeting"),
        ),
    };
    ui.add_space(t.space.xs);
    ui.horizontal_top(|ui| {
        icon.show_beside(ui, t.size.icon, t.text.body, t.color.good);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let title = shown(cx, &thing.title);
            if thing.what == ClosedSort::Group {
                theme::paragraph(ui, title);
            } else if ui.add(egui::Link::new(title)).clicked() {
                let network = cx.id();
                match (thing.what, thing.id) {
                    (ClosedSort::Action, ClosedId::Item(id)) => {
                        cx.ask(Ask::OpenAction(network, id));
                    }
                    (ClosedSort::Decision, ClosedId::Document(id)) => {
                        cx.ask(Ask::OpenDecision(network, id));
                    }
                    (_, ClosedId::Document(id)) => cx.ask(Ask::OpenMeeting(network, id)),
                    (_, ClosedId::Item(id)) => open_objective(cx, id),
                }
            }
            let date = cx.words.date_short(&thing.on);
            let mut said = vec![sort, tr!(cx.words, "overview-on", date = date)];
            if !thing.who.is_empty() {
                said.push(thing.who.clone());
            }
            theme::caption(ui, said.join(" · "));
        });
    });
}

fn shown(cx: &Cx<'_>, title: &str) -> String {
    if title.trim().is_empty() {
        tr!(cx.words, "untitled")
    } else {
        title.to_owned()
    }
}
