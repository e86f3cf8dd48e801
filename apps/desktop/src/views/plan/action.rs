//! One action with all its fields, in a dialogue; and how its fields are read and set, which table and
//! board share.

use egui::Ui;
use tresse_engine::{
    Command, MembersView, PlanView,
    model::{Action, ActionField, ItemId, NetworkId, Recurrence, Scale},
};

use super::{
    Column, parts,
    rows::objective_title,
    status::{STATUSES, status_name, status_of, status_word},
};
use crate::{
    app::asks::Ask,
    i18n::I18n,
    theme::{self, Tone},
    tr,
    views::{Cx, fields::Field, hands, parts::columns},
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
    one(ui, cx, action, Column::Title, locked);
    ui.add_space(t.space.xs);
    columns(ui, 2, |ui, number| {
        one(
            ui,
            cx,
            action,
            [Column::Status, Column::Objective][number],
            locked,
        );
    });
    ui.add_space(t.space.xs);
    named(ui, tr!(words, "action-owners"));
    parts::owners(ui, cx, action, locked);
    ui.add_space(t.space.xs);
    let rows = [
        [Row::Other(ActionField::Start), Row::Column(Column::Due)],
        [
            Row::Other(ActionField::Every),
            Row::Other(ActionField::Effort),
        ],
        [
            Row::Column(Column::Territory),
            Row::Other(ActionField::TerritoryScale),
        ],
    ];
    for pair in rows {
        columns(ui, 2, |ui, number| match pair[number] {
            Row::Column(column) => one(ui, cx, action, column, locked),
            Row::Other(field) => other(ui, cx, &plan, action, field, locked),
        });
        ui.add_space(t.space.xs);
    }
    parts::again(ui, cx, action, locked);
    other(ui, cx, &plan, action, ActionField::WorkingGroup, locked);
    ui.add_space(t.space.xs);
    if !action.group.is_empty() {
        one(ui, cx, action, Column::Group, locked);
        ui.add_space(t.space.xs);
    }
    named(ui, tr!(words, "action-waits"));
    parts::waits(ui, cx, &plan, action, locked);
    ui.add_space(t.space.xs);
    named(ui, tr!(words, "action-checklist"));
    parts::checklist(ui, cx, action, locked);
    ui.add_space(t.space.s);
    hands::caption(ui, cx, id);
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

/// A field that the table has too, or another.
#[derive(Clone, Copy)]
enum Row {
    Column(Column),
    Other(ActionField),
}

/// The name of a part that is no single field.
fn named(ui: &mut Ui, name: String) {
    let t = theme::tokens(ui);
    ui.label(
        egui::RichText::new(name)
            .font(theme::Face::Strong.at(t.text.small))
            .color(t.color.muted),
    );
}

/// A field that the table does not show.
fn other(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    plan: &PlanView,
    action: &Action,
    key: ActionField,
    locked: bool,
) {
    let (network, id, words) = (cx.id(), action.id, cx.words);
    let (name, value) = match key {
        ActionField::Start => (tr!(words, "action-start"), action.start.clone()),
        ActionField::Effort => (tr!(words, "action-effort"), action.effort.clone()),
        ActionField::Every => {
            let every = action.every.map_or("", Recurrence::word);
            (tr!(words, "action-every"), every.to_owned())
        }
        ActionField::TerritoryScale => {
            let scale = action.territory_scale.map_or("", Scale::word);
            (tr!(words, "action-scale"), scale.to_owned())
        }
        _ => {
            let group = action.working_group.map(|group| group.to_string());
            (
                tr!(words, "action-working-group"),
                group.unwrap_or_default(),
            )
        }
    };
    let send = move |text: &str| set(network, id, key, text);
    let field = Field::new((network, id, key.key(), "dialogue"), name, &value)
        .locked(locked)
        .conflict(&action.conflicts, key.key());
    match key {
        ActionField::Start => drop(field.hint(tr!(words, "date-hint")).date(ui, cx, send)),
        ActionField::Effort => drop(
            field
                .hint(tr!(words, "action-effort-hint"))
                .line(ui, cx, send),
        ),
        ActionField::Every => {
            let all = Recurrence::ALL.iter().map(|every| every.word().to_owned());
            let all: Vec<String> = std::iter::once(String::new()).chain(all).collect();
            let field = field.hint(tr!(words, "every-never"));
            field.pick(
                ui,
                cx,
                &|word| every_name(words, word),
                &|| all.clone(),
                send,
            );
        }
        ActionField::TerritoryScale => {
            let all = Scale::ALL.iter().map(|scale| scale.word().to_owned());
            let all: Vec<String> = std::iter::once(String::new()).chain(all).collect();
            let field = field.hint(tr!(words, "left-open"));
            field.pick(
                ui,
                cx,
                &|word| scale_name(words, word),
                &|| all.clone(),
                send,
            );
        }
        _ => {
            let groups = &plan.content.groups;
            let say = |id: &str| {
                let found = groups.iter().find(|group| group.id.to_string() == id);
                found.map_or_else(String::new, |group| group.name.clone())
            };
            let all = groups.iter().map(|group| group.id.to_string());
            let all: Vec<String> = std::iter::once(String::new()).chain(all).collect();
            let field = field.hint(tr!(words, "group-none"));
            field.pick(ui, cx, &say, &|| all.clone(), send);
        }
    }
}

/// How often something comes again, in words.
pub fn every_name(words: &I18n, word: &str) -> String {
    match word {
        "weekly" => tr!(words, "every-weekly"),
        "monthly" => tr!(words, "every-monthly"),
        "quarterly" => tr!(words, "every-quarterly"),
        "yearly" => tr!(words, "every-yearly"),
        _ => String::new(),
    }
}

/// How large a territory is, in words.
pub fn scale_name(words: &I18n, word: &str) -> String {
    match word {
        "region" => tr!(words, "scale-region"),
        "department" => tr!(words, "scale-department"),
        "employment-area" => tr!(words, "scale-employment-area"),
        "town" => tr!(words, "scale-town"),
        _ => String::new(),
    }
}

fn one(ui: &mut Ui, cx: &mut Cx<'_>, action: &Action, column: Column, locked: bool) {
    let (network, id, words) = (cx.id(), action.id, cx.words);
    let (key, value) = (column.field(), value(action, column));
    let send = move |text: &str| set(network, id, key, text);
    let name = match column {
        // Written before there were working groups, and shown beside the working group.
        Column::Group => tr!(words, "action-group-words"),
        _ => column.name(words),
    };
    let field = Field::new((network, id, key.key(), "dialogue"), name, &value)
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
