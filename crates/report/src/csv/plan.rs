//! The plan's tables. Where a cell names several things, a space stands between their ids.

use std::fmt::Display;

use tresse_model::{Action, Recurrence, Scale};

use super::Table;
use crate::{ExportFile, NetworkExport};

pub(super) fn tables(export: &NetworkExport) -> Vec<ExportFile> {
    vec![
        actions(export),
        objectives(export),
        indicators(export),
        orientations(export),
        measures(export),
        groups(export),
    ]
}

fn id(id: Option<impl Display>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

fn ids(ids: &[impl Display]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    ids.join(" ")
}

fn actions(export: &NetworkExport) -> ExportFile {
    let mut table = Table::new(&[
        "id",
        "title",
        "objective",
        "objective_title",
        "owner",
        "owner_name",
        "due",
        "territory",
        "status",
        "group",
        "working_group",
        "territory_scale",
        "start",
        "next_due",
        "every",
        "done_on",
        "effort",
        "depends_on",
        "checked",
    ]);
    for action in &export.plan.actions {
        table.row(&[
            &action.id.to_string(),
            &action.title,
            &id(action.objective),
            export.objective(action),
            &ids(&action.owners),
            &export.owner(action),
            &action.due,
            &action.territory,
            action.status.word(),
            export.group(action),
            &id(action.working_group),
            action.territory_scale.map_or("", Scale::word),
            &action.start,
            &action.next_due,
            action.every.map_or("", Recurrence::word),
            &action.done_on.join(" "),
            &action.effort,
            &ids(&action.depends_on),
            &checked(action),
        ]);
    }
    table.file("actions.csv")
}

/// How many parts are done, of how many.
fn checked(action: &Action) -> String {
    if action.checklist.is_empty() {
        return String::new();
    }
    let done = action.checklist.iter().filter(|part| part.done).count();
    format!("{done}/{}", action.checklist.len())
}

fn objectives(export: &NetworkExport) -> ExportFile {
    let mut table = Table::new(&[
        "id",
        "title",
        "deadline",
        "means",
        "orientation",
        "orientation_title",
        "learned",
    ]);
    for objective in &export.plan.objectives {
        table.row(&[
            &objective.id.to_string(),
            &objective.title,
            &objective.deadline,
            &objective.means,
            &id(objective.orientation),
            export.orientation(objective),
            &objective.learned,
        ]);
    }
    table.file("objectives.csv")
}

fn indicators(export: &NetworkExport) -> ExportFile {
    let mut table = Table::new(&[
        "id",
        "objective",
        "objective_title",
        "name",
        "unit",
        "target",
        "current",
        "baseline",
    ]);
    for objective in &export.plan.objectives {
        for indicator in &objective.indicators {
            table.row(&[
                &indicator.id.to_string(),
                &objective.id.to_string(),
                &objective.title,
                &indicator.name,
                &indicator.unit,
                &indicator.target,
                &indicator.current,
                &indicator.baseline,
            ]);
        }
    }
    table.file("indicators.csv")
}

fn orientations(export: &NetworkExport) -> ExportFile {
    let mut table = Table::new(&["id", "title", "words"]);
    for orientation in &export.plan.orientations {
        table.row(&[
            &orientation.id.to_string(),
            &orientation.title,
            &orientation.words,
        ]);
    }
    table.file("orientations.csv")
}

fn measures(export: &NetworkExport) -> ExportFile {
    let mut table = Table::new(&[
        "id",
        "indicator",
        "indicator_name",
        "date",
        "value",
        "unit",
        "note",
    ]);
    let objectives = export.plan.objectives.iter();
    for indicator in objectives.flat_map(|objective| &objective.indicators) {
        for measure in &indicator.measures {
            table.row(&[
                &measure.id.to_string(),
                &indicator.id.to_string(),
                &indicator.name,
                &measure.date,
                &measure.value,
                &indicator.unit,
                &measure.note,
            ]);
        }
    }
    table.file("measures.csv")
}

fn groups(export: &NetworkExport) -> ExportFile {
    let mut table = Table::new(&[
        "id",
        "name",
        "remit",
        "members",
        "members_names",
        "start",
        "planned_end",
        "closed",
    ]);
    for group in &export.plan.groups {
        table.row(&[
            &group.id.to_string(),
            &group.name,
            &group.remit,
            &ids(&group.members),
            &export.names(&group.members),
            &group.start,
            &group.planned_end,
            &group.closed,
        ]);
    }
    table.file("groups.csv")
}
