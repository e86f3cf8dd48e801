//! Roles and piloting: what to look at, each role with who holds it and whom it passes to, and what the facilitation and the
//! piloting say to each other.

mod before;
mod hand_over;
mod rotation;
mod swap;
mod threads;
mod warnings;

use std::sync::Arc;

use egui::{Context, Ui};
use tresse_engine::{
    PilotingAsked, PilotingView, RoleView,
    model::{DocId, DocKind, ItemId, Turn, Warning},
};

pub(in crate::views) use rotation::term_words;
pub(super) use threads::ThreadsUi;

use super::{Decision, decide::Forms, mandates::role_name};
use crate::{
    app::asks::{Ask, Dialogue},
    i18n::I18n,
    theme::{self, Icon},
    tr,
    views::{Cx, parts},
};

/// The roles that are shown whether or not anybody holds them.
const ALWAYS: [&str; 2] = ["pilot", "facilitator"];
/// Roles shown at first, in a column.
const ROLES: usize = 20;
/// Holders of a role shown at first.
const HOLDERS: usize = 12;
/// A role's avatar is this much smaller than a member's.
const FACE: f32 = 0.8;

/// What is being filled in, in dialogues of roles.
#[derive(Default)]
pub(super) struct RoleForms {
    swap: Option<usize>,
    objective: threads::ObjectiveDraft,
}

/// A place among the roles that something else leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// A role, by its name.
    Role(String),
    /// A conversation between facilitation and piloting.
    Thread(ItemId),
}

/// How many things there are to look at.
pub(super) fn to_look_at(piloting: &PilotingView) -> usize {
    piloting.warnings.len() + piloting.asked.len()
}

/// Paints it.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, threads: &mut ThreadsUi, spot: Option<&Spot>) {
    let t = theme::tokens(ui);
    let view = Arc::clone(&cx.net.piloting);
    theme::muted(ui, tr!(cx.words, "roles-explained"));
    // What roles are there for and how they go round lies in the network's own document.
    let network = DocId::singleton(&cx.id(), DocKind::Network);
    if theme::quiet_icon_button(
        ui,
        Icon::ClockCounterClockwise,
        tr!(cx.words, "network-past"),
    )
    .clicked()
    {
        cx.ask(Ask::Show(Dialogue::History(cx.id(), network)));
    }
    ui.add_space(t.space.m);
    warnings::ui(ui, cx, &view);
    let empty: Vec<RoleView> = ALWAYS
        .into_iter()
        .filter(|role| view.role(role).is_none())
        .map(blank)
        .collect();
    let now = view
        .roles
        .iter()
        .filter(|role| !role.past || ALWAYS.contains(&role.facts.role.as_str()));
    let mut roles: Vec<&RoleView> = now.chain(&empty).collect();
    roles.sort_by_cached_key(|role| tresse_engine::model::role_rank(&role.facts.role));
    let wide = ui.available_width() > 2.4 * t.size.column;
    if wide {
        parts::columns(ui, 2, |ui, column| {
            let roles: Vec<_> = roles.iter().copied().skip(column).step_by(2).collect();
            cards(ui, cx, &view, (&roles, column), spot);
        });
    } else {
        cards(ui, cx, &view, (&roles, 0), spot);
    }
    before::roles(ui, cx, &view);
    if !cx.locked(false)
        && theme::quiet_icon_button(ui, Icon::Plus, tr!(cx.words, "mandate-give")).clicked()
    {
        ask(cx, Decision::GiveMandate);
    }
    ui.add_space(t.space.l);
    threads.ui(ui, cx, &view, spot);
}

/// Roles one below the other, in a column. One that is looked for is shown, however far down it is.
fn cards(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &PilotingView,
    (roles, column): (&[&RoleView], usize),
    spot: Option<&Spot>,
) {
    let wanted = |role: &&RoleView| is_wanted(role, spot);
    let at = (ROLES, roles.iter().position(wanted));
    let (words, salt) = (cx.words, ("roles", cx.id(), column));
    super::more::bounded_to(ui, words, salt, at, roles.len(), |ui, place| {
        card(ui, cx, view, roles[place], spot);
        ui.add_space(theme::tokens(ui).space.s);
    });
}

fn is_wanted(role: &RoleView, spot: Option<&Spot>) -> bool {
    matches!(spot, Some(Spot::Role(wanted)) if *wanted == role.facts.name)
}

/// A role of which nothing is said yet.
fn blank(role: &str) -> RoleView {
    RoleView {
        facts: tresse_engine::model::RoleFacts {
            role: role.to_owned(),
            name: role.to_owned(),
            holders: Vec::new(),
            rotation: None,
        },
        remit: String::new(),
        start: String::new(),
        term: String::new(),
        hand_over: tresse_engine::HandOverView::default(),
        before: Vec::new(),
        past: false,
        conflicts: Vec::new(),
    }
}

fn card(ui: &mut Ui, cx: &mut Cx<'_>, view: &PilotingView, role: &RoleView, spot: Option<&Spot>) {
    let t = theme::tokens(ui);
    let name = role_name(cx.words, &role.facts.name);
    let wanted = is_wanted(role, spot);
    let shown = theme::card(ui, |ui| {
        ui.push_id(("role", &role.facts.role), |ui| {
            parts::line(ui, |ui| {
                theme::subheading(ui, name.clone());
                if role.facts.holders.len() > 1 {
                    theme::tag(ui, tr!(cx.words, "role-shared"));
                }
                if role.facts.rotation.is_some() {
                    theme::tag(ui, tr!(cx.words, "role-in-turn"));
                }
            });
            if !role.remit.is_empty() {
                theme::paragraph(ui, role.remit.as_str());
            }
            ui.add_space(t.space.xs);
            holders(ui, cx, view, role);
            turns(ui, cx, view, role);
            before::of_role(ui, cx, view, role);
            ui.add_space(t.space.xs);
            ui.horizontal_wrapped(|ui| {
                let edit = tr!(cx.words, "role-edit");
                let label = tr!(cx.words, "role-edit-of", role = name.clone());
                if !cx.locked(false)
                    && theme::quiet_button(ui, edit)
                        .accessible_name(label)
                        .clicked()
                {
                    ask(cx, Decision::Role(role.facts.name.clone()));
                }
                let hand_over = tr!(cx.words, "role-hand-over");
                let label = tr!(cx.words, "role-hand-over-of", role = name);
                let button = theme::quiet_button(ui, hand_over).accessible_name(label);
                if wanted {
                    button.request_focus();
                }
                if button.clicked() {
                    ask(cx, Decision::HandOver(role.facts.name.clone()));
                }
            });
        });
    });
    if wanted {
        shown.response.scroll_to_me(Some(egui::Align::Center));
    }
}

fn holders(ui: &mut Ui, cx: &mut Cx<'_>, view: &PilotingView, role: &RoleView) {
    let t = theme::tokens(ui);
    if role.facts.holders.is_empty() {
        theme::muted(ui, tr!(cx.words, "role-nobody"));
    }
    let (words, salt) = (cx.words, ("holders", cx.id(), &role.facts.role));
    let count = role.facts.holders.len();
    super::more::bounded(ui, words, salt, HOLDERS, count, |ui, place| {
        let one = &role.facts.holders[place];
        let name = view.name_of(&one.member);
        let from = cx.words.date_short(&one.from);
        ui.horizontal(|ui| {
            theme::avatar(ui, &name, FACE * t.size.control);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                theme::strong(ui, name.clone());
                let days = if let Some(to) = &one.to {
                    let to = cx.words.date_short(to);
                    tr!(cx.words, "role-since-until", from = from, to = to)
                } else {
                    tr!(cx.words, "role-since", from = from)
                };
                theme::caption(
                    ui,
                    format!("{days} · {}", before::noted(cx.words, view, &one.by)),
                );
            });
        });
    });
}

/// Whom it passes to, and the turns after.
fn turns(ui: &mut Ui, cx: &mut Cx<'_>, view: &PilotingView, role: &RoleView) {
    let t = theme::tokens(ui);
    let Some(round) = &role.facts.rotation else {
        return;
    };
    if let Some(next) = &round.next {
        ui.add_space(t.space.xs);
        let (on, name) = (cx.words.date(&next.from), view.name_of(&next.member));
        theme::paragraph(ui, tr!(cx.words, "role-next", on = on, name = name));
    }
    for swap in &round.swaps {
        swap::line(ui, cx, view, &role.facts.name, swap);
    }
    if round.coming.len() < 2 {
        return;
    }
    ui.add_space(t.space.xs);
    theme::caption(ui, tr!(cx.words, "role-coming"));
    ui.scope(|ui| {
        // Lines to read, no higher than they are.
        ui.spacing_mut().interact_size.y = t.size.icon;
        for turn in &round.coming {
            coming(ui, cx, view, role, turn);
        }
    });
}

/// One turn to come; if it is mine, with a way to swap it.
fn coming(ui: &mut Ui, cx: &mut Cx<'_>, view: &PilotingView, role: &RoleView, turn: &Turn) {
    let t = theme::tokens(ui);
    let others = role.facts.rotation.as_ref();
    let others = others.is_some_and(|round| round.order.len() > 1);
    let mine = turn.member == cx.app.me.member && others && !cx.locked(false);
    ui.horizontal(|ui| {
        let room = if mine { t.size.control } else { 0.0 };
        let width = ui.available_width() - room - ui.spacing().item_spacing.x;
        let height = if mine { t.size.control } else { t.size.icon };
        let along = egui::Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(egui::vec2(width, height), along, |ui| {
            ui.set_width(width);
            ui.label(turn_words(cx.words, view, turn));
        });
        let label = tr!(
            cx.words,
            "swap-mine",
            from = cx.words.date_short(&turn.from)
        );
        if mine && theme::icon_button(ui, Icon::ArrowsClockwise, label).clicked() {
            let (role, day) = (role.facts.name.clone(), turn.from.clone());
            ask(cx, Decision::Swap(role, day));
        }
    });
}

fn turn_words(words: &I18n, view: &PilotingView, turn: &Turn) -> String {
    let (from, to) = (words.date_short(&turn.from), words.date_short(&turn.until));
    let name = view.name_of(&turn.member);
    let line = tr!(words, "role-turn", from = from, to = to, name = name);
    if turn.by_swap {
        format!("{line} · {}", tr!(words, "role-turn-swapped"))
    } else {
        line
    }
}

/// Paints the dialogue of a role; true when it is over.
pub(super) fn dialogue(
    ctx: &Context,
    cx: &mut Cx<'_>,
    forms: &mut Forms,
    decision: &Decision,
) -> bool {
    let view = Arc::clone(&cx.net.piloting);
    let known = |role: &str| view.role(role).cloned().unwrap_or_else(|| blank(role));
    match decision {
        Decision::Role(role) => rotation::dialogue(ctx, cx, &view, &known(role)),
        Decision::HandOver(role) => hand_over::dialogue(ctx, cx, &view, &known(role)),
        Decision::Swap(role, day) => {
            swap::dialogue(ctx, cx, &view, (&known(role), day), &mut forms.roles.swap)
        }
        Decision::FeedbackObjective(thread) => {
            threads::objective(ctx, cx, *thread, &mut forms.roles.objective)
        }
        _ => true,
    }
}

/// What a role asks of me, in a sentence, and where that is.
pub(super) fn asked(cx: &Cx<'_>, asked: &PilotingAsked) -> (String, Spot) {
    let (words, view) = (cx.words, &cx.net.piloting);
    let sentence = match asked {
        PilotingAsked::HandOver {
            role,
            on,
            to,
            mine,
            due,
        } => {
            let (role, on) = (role_name(words, role), words.date(on));
            match (mine, due) {
                (true, true) => tr!(words, "asked-hand-over-mine-due", role = role, on = on),
                (true, false) => tr!(words, "asked-hand-over-mine", role = role, on = on),
                (false, _) => {
                    let name = view.name_of(to);
                    tr!(
                        words,
                        "asked-hand-over-give",
                        role = role,
                        name = name,
                        on = on
                    )
                }
            }
        }
        PilotingAsked::MandateEnds { role, on } => {
            let (role, on) = (role_name(words, role), words.date(on));
            tr!(words, "asked-mandate-ends", role = role, on = on)
        }
        PilotingAsked::Swap { role, by, .. } => {
            let (role, name) = (role_name(words, role), view.name_of(by));
            tr!(words, "asked-swap", role = role, name = name)
        }
        PilotingAsked::Feedback { by, .. } => {
            tr!(words, "asked-feedback", name = view.name_of(by))
        }
    };
    let spot = match asked {
        PilotingAsked::HandOver { role, .. }
        | PilotingAsked::MandateEnds { role, .. }
        | PilotingAsked::Swap { role, .. } => Spot::Role(role.clone()),
        PilotingAsked::Feedback { thread, .. } => Spot::Thread(*thread),
    };
    (sentence, spot)
}

/// What is to be looked at in a role, in a sentence, and where that is.
pub(super) fn warning(cx: &Cx<'_>, warning: &Warning) -> (String, Spot) {
    let said = warnings::sentence(cx, &cx.net.piloting, warning);
    (said, Spot::Role(warning.role.clone()))
}

fn ask(cx: &mut Cx<'_>, decision: Decision) {
    cx.ask(Ask::Show(Dialogue::Decide(cx.id(), decision)));
}
