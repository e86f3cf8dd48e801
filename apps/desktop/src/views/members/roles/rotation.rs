//! What a role is for, and how it goes round.

use egui::{Context, Ui};
use tresse_engine::{
    Command, PilotingView, RoleView,
    model::{MemberId, RoleField, Term},
};

use super::{role_name, turn_words};
use crate::{
    app::asks::Ask,
    i18n::I18n,
    theme::{self, Icon},
    tr,
    views::{Cx, fields::Field, parts},
};

/// Lengths of a turn that are offered; any other stays as it is.
const TERMS: [&str; 8] = [
    "",
    "4 weeks",
    "8 weeks",
    "3 months",
    "4 months",
    "6 months",
    "12 months",
    "24 months",
];

/// Paints the dialogue; true when it is over. What is changed in it is changed at once, and undone like everything else.
pub(super) fn dialogue(
    ctx: &Context,
    cx: &mut Cx<'_>,
    view: &PilotingView,
    role: &RoleView,
) -> bool {
    let title = role_name(cx.words, &role.facts.name);
    parts::dialogue(ctx, "role", title, |ui| {
        let t = theme::tokens(ui);
        remit(ui, cx, role);
        ui.add_space(t.space.m);
        theme::subheading(ui, tr!(cx.words, "rotation-title"));
        theme::caption(ui, tr!(cx.words, "rotation-explained"));
        ui.add_space(t.space.xs);
        parts::columns(ui, 2, |ui, column| match column {
            0 => start(ui, cx, role),
            _ => term(ui, cx, role),
        });
        ui.add_space(t.space.s);
        order(ui, cx, view, role);
        ui.add_space(t.space.s);
        coming(ui, cx, view, role);
        ui.add_space(t.space.m);
        if theme::primary_button(ui, tr!(cx.words, "done-button")).clicked() {
            cx.ask(Ask::Close);
        }
    })
}

/// A field of a role.
fn field<'a>(
    cx: &Cx<'_>,
    role: &'a RoleView,
    key: RoleField,
    label: String,
    value: &'a str,
) -> Field<'a> {
    Field::new(
        (cx.id(), "role", role.facts.role.clone(), key.key()),
        label,
        value,
    )
    .locked(cx.locked(false))
    .conflict(&role.conflicts, key.key())
}

fn set(cx: &Cx<'_>, role: &RoleView, field: RoleField) -> impl Fn(&str) -> Command + 'static {
    let (network, role) = (cx.id(), role.facts.name.clone());
    move |text: &str| Command::RoleSet {
        network,
        role: role.clone(),
        field,
        value: (!text.is_empty()).then(|| text.to_owned()),
    }
}

fn remit(ui: &mut Ui, cx: &mut Cx<'_>, role: &RoleView) {
    let set = set(cx, role, RoleField::Remit);
    let label = tr!(cx.words, "role-remit");
    field(cx, role, RoleField::Remit, label, &role.remit)
        .hint(tr!(cx.words, "role-remit-hint"))
        .lines(ui, cx, 3, set);
}

fn start(ui: &mut Ui, cx: &mut Cx<'_>, role: &RoleView) {
    let set = set(cx, role, RoleField::Start);
    let label = tr!(cx.words, "rotation-start");
    field(cx, role, RoleField::Start, label, &role.start)
        .hint(tr!(cx.words, "date-hint"))
        .date(ui, cx, set);
}

fn term(ui: &mut Ui, cx: &mut Cx<'_>, role: &RoleView) {
    let set = set(cx, role, RoleField::Term);
    let (label, words) = (tr!(cx.words, "rotation-term"), cx.words);
    let offered = || {
        let mut terms: Vec<String> = TERMS.map(str::to_owned).into();
        if !terms.contains(&role.term) {
            terms.push(role.term.clone());
        }
        terms
    };
    field(cx, role, RoleField::Term, label, &role.term)
        .hint(tr!(words, "rotation-term-none"))
        .pick(ui, cx, &|term| term_words(words, term), &offered, set);
}

/// How long a turn is, in words.
pub(in crate::views) fn term_words(words: &I18n, term: &str) -> String {
    match term.parse() {
        Ok(Term::Weeks(count)) => tr!(words, "term-weeks", count = count),
        Ok(Term::Months(count)) => tr!(words, "term-months", count = count),
        Err(()) => term.to_owned(),
    }
}

fn order(ui: &mut Ui, cx: &mut Cx<'_>, view: &PilotingView, role: &RoleView) {
    theme::strong(ui, tr!(cx.words, "rotation-order"));
    let round = role.facts.rotation.clone().unwrap_or_default();
    if round.order.is_empty() && round.gone.is_empty() {
        theme::muted(ui, tr!(cx.words, "rotation-nobody"));
    }
    let locked = cx.locked(false);
    for (place, member) in round.order.iter().enumerate() {
        let name = view.name_of(member);
        let ahead = place.checked_sub(1).map(|before| round.order[before]);
        let behind = (place + 1 < round.order.len()).then(|| round.order.get(place + 2).copied());
        row(ui, format!("{}. {name}", place + 1), |ui| {
            if locked {
                return;
            }
            let out = tr!(cx.words, "rotation-out", name = name.clone());
            if theme::icon_button(ui, Icon::X, out).clicked() {
                turn(cx, role, *member, None, true);
            }
            let down = tr!(cx.words, "rotation-down", name = name.clone());
            let down = ui.add_enabled_ui(behind.is_some(), |ui| {
                theme::icon_button(ui, Icon::ArrowDown, down)
            });
            if let Some(before) = behind
                && down.inner.clicked()
            {
                turn(cx, role, *member, before, false);
            }
            let up = tr!(cx.words, "rotation-up", name = name);
            let up = ui.add_enabled_ui(ahead.is_some(), |ui| {
                theme::icon_button(ui, Icon::ArrowUp, up)
            });
            if ahead.is_some() && up.inner.clicked() {
                turn(cx, role, *member, ahead, false);
            }
        });
    }
    for member in &round.gone {
        let name = view.name_of(member);
        row(
            ui,
            tr!(cx.words, "rotation-gone", name = name.clone()),
            |ui| {
                let out = tr!(cx.words, "rotation-out", name = name);
                if !locked && theme::icon_button(ui, Icon::X, out).clicked() {
                    turn(cx, role, *member, None, true);
                }
            },
        );
    }
    if !locked {
        add(ui, cx, role, &round.order);
    }
}

/// A line with buttons at its end.
fn row(ui: &mut Ui, text: String, buttons: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            buttons(ui);
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(egui::Label::new(text).truncate());
            });
        });
    });
}

fn add(ui: &mut Ui, cx: &mut Cx<'_>, role: &RoleView, order: &[MemberId]) {
    let members = cx.net.members.members.iter();
    let mut others: Vec<(Option<MemberId>, String)> = members
        .filter(|member| !order.contains(&member.id))
        .map(|member| (Some(member.id), member.name.clone()))
        .collect();
    if others.is_empty() {
        return;
    }
    others.insert(0, (None, tr!(cx.words, "rotation-add-hint")));
    let mut chosen = None;
    theme::wide_choice(ui, tr!(cx.words, "rotation-add"), &mut chosen, &others);
    if let Some(member) = chosen {
        turn(cx, role, member, None, false);
    }
}

fn turn(cx: &mut Cx<'_>, role: &RoleView, member: MemberId, before: Option<MemberId>, off: bool) {
    cx.send(Command::RotationTurn {
        network: cx.id(),
        role: role.facts.name.clone(),
        member,
        before,
        off,
    });
}

/// What comes of it.
fn coming(ui: &mut Ui, cx: &Cx<'_>, view: &PilotingView, role: &RoleView) {
    let Some(round) = role
        .facts
        .rotation
        .as_ref()
        .filter(|round| round.next.is_some())
    else {
        return;
    };
    theme::strong(ui, tr!(cx.words, "role-coming"));
    for turn in &round.coming {
        theme::caption(ui, turn_words(cx.words, view, turn));
    }
    theme::caption(ui, tr!(cx.words, "rotation-count-on"));
}
