//! One action with all its fields, in a dialogue; and how its fields are read and set, which table and
//! board share.

use egui::Ui;
use tresse_engine::{
    Command, MembersView, PlanView,
    model::{Action, ActionField, ItemId, NetworkId},
};

use super::{
    Column,
    rows::objective_title,
    status::{STATUSES, status_name, status_of, status_word},
};
use crate::{
    app::asks::Ask,
    theme::{self, Tone},
    tr,
    views::{Cx, fields::Field, parts::columns},
};

/// The command that sets a field of an action to a text.
pub(super) fn set(network: NetworkId, action: ItemId, field: ActionField, text: &str) -> Command {
    Command::ActionSet {
        network,
        action,
        field,
        value: (!text.is_empty()).then(|| text.to_owned()),
    }
}

/// What a column shows of an action, as a command would set it.
pub(super) fn value(action: &Action, column: Column) -> String {
    match column {
        Column::Title => action.title.clone(),
        Column::Status => status_word(action.status).to_owned(),
        Column::Owner => action
            .owners
            .first()
            .map(ToString::to_string)
            .unwrap_or_default(),
        Column::Due => action.due.clone(),
        Column::Objective => action
            .objective
            .map(|id| id.to_string())
            .unwrap_or_default(),
        Column::Territory => action.territory.clone(),
        Column::Group => action.group.clone(),
    }
}

/// The name of the member with this id, as text.
pub(super) fn owner_name(members: &MembersView, id: &str) -> String {
    id.parse()
        .map(|id| members.name_of(&id))
        .unwrap_or_default()
}

/// Nobody, then every member.
pub(super) fn owner_options(members: &MembersView) -> Vec<String> {
    let ids = members.members.iter().map(|member| member.id.to_string());
    std::iter::once(String::new()).chain(ids).collect()
}

/// The title of the objective with this id, as text.
pub(super) fn objective_name(plan: &PlanView, id: &str) -> String {
    id.parse()
        .ok()
        .and_then(|id| objective_title(plan, &id))
        .unwrap_or_default()
        .to_owned()
}

/// None, then every objective.
pub(super) fn objective_options(plan: &PlanView) -> Vec<String> {
    let ids = plan
        .content
        .objectives
        .iter()
        .map(|objective| objective.id.to_string());
    std::iter::once(String::new()).chain(ids).collect()
}

/// Paints the dialogue's inside. False when the action is no longer there.
pub fn dialogue(ui: &mut Ui, cx: &mut Cx<'_>, id: ItemId) -> bool {
    let plan = std::sync::Arc::clone(&cx.net.plan);
    let Some(action) = plan.content.actions.iter().find(|action| action.id == id) else {
        return false;
    };
    let t = theme::tokens(ui);
    let (words, locked) = (cx.words, cx.locked(plan.read_only));
    if plan.read_only {
        theme::message(ui, Tone::Warn, tr!(words, "read-only-banner"), |_| {});
    }
    let rows: [&[Column]; 4] = [
        &[Column::Title],
        &[Column::Status, Column::Owner],
        &[Column::Due, Column::Objective],
        &[Column::Territory, Column::Group],
    ];
    for pair in rows {
        columns(ui, pair.len(), |ui, number| {
            one(ui, cx, action, pair[number], locked);
        });
        ui.add_space(t.space.xs);
    }
    ui.add_space(t.space.s);
    ui.horizontal(|ui| {
        if theme::primary_button(ui, tr!(words, "done-button")).clicked() {
            cx.ask(Ask::Close);
        }
        if !locked && theme::danger_button(ui, tr!(words, "to-bin")).clicked() {
            super::table::remove(cx, action);
            cx.ask(Ask::Close);
        }
    });
    true
}

fn one(ui: &mut Ui, cx: &mut Cx<'_>, action: &Action, column: Column, locked: bool) {
    let (network, id, words) = (cx.id(), action.id, cx.words);
    let (key, value) = (column.field(), value(action, column));
    let send = move |text: &str| set(network, id, key, text);
    let field = Field::new(
        (network, id, key.key(), "dialogue"),
        column.name(words),
        &value,
    )
    .locked(locked)
    .conflict(&action.conflicts, key.key());
    match column {
        Column::Title => field.needed().lines(ui, cx, 2, send),
        Column::Territory => field
            .hint(tr!(words, "action-territory-hint"))
            .line(ui, cx, send),
        Column::Group => field
            .hint(tr!(words, "action-group-hint"))
            .line(ui, cx, send),
        Column::Due => field.hint(tr!(words, "date-hint")).date(ui, cx, send),
        Column::Status => field.pick(
            ui,
            cx,
            &|word| {
                status_of(word)
                    .map(|status| status_name(words, status))
                    .unwrap_or_default()
            },
            &|| STATUSES.map(|status| status_word(status).to_owned()).into(),
            send,
        ),
        Column::Owner => {
            let members = std::sync::Arc::clone(&cx.net.members);
            field.hint(tr!(words, "owner-nobody")).pick(
                ui,
                cx,
                &|id| owner_name(&members, id),
                &|| owner_options(&members),
                send,
            )
        }
        Column::Objective => {
            let plan = std::sync::Arc::clone(&cx.net.plan);
            field.hint(tr!(words, "objective-none")).pick(
                ui,
                cx,
                &|id| objective_name(&plan, id),
                &|| objective_options(&plan),
                send,
            )
        }
    };
}
