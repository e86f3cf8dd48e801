//! Reading the plan.

use automerge::ROOT;

use super::{At, AuthorOf, Row};
use crate::{
    Action, ActionField, Check, Group, GroupField, Indicator, IndicatorField, ItemId, Measure,
    Objective, ObjectiveField, Orientation, OrientationField, PlanContent, Recurrence, Scale,
    Status, Twins, keys, recurrence, twins::shown,
};

/// Reads the plan.
pub fn read_plan<'a>(at: impl Into<At<'a>>, authors: &'a dyn AuthorOf) -> PlanContent {
    let row = Row::new(at.into(), ROOT, authors);
    let (objectives, twins) = objectives(&row);
    let mut actions = row.items(keys::ACTIONS, action);
    for action in &mut actions {
        // It serves what is shown for the objective it names.
        if let Some(named) = &mut action.objective
            && let Some(shown) = twins.get(named)
        {
            *named = *shown;
        }
    }
    PlanContent {
        orientations: row.items(keys::ORIENTATIONS, orientation),
        objectives,
        actions,
        groups: row.items(keys::GROUPS, group),
        twins,
    }
}

/// The objectives that show; and for which of them others, taken up of the same suggestion, do not.
pub(super) fn objectives(row: &Row<'_>) -> (Vec<Objective>, Twins) {
    shown(row.items(keys::OBJECTIVES, |id, row| {
        let taken = row.taken();
        (objective(id, row), taken)
    }))
}

fn orientation(id: ItemId, mut row: Row<'_>) -> Orientation {
    Orientation {
        id,
        title: row.text(OrientationField::Title.key()),
        words: row.text(OrientationField::Words.key()),
        conflicts: row.conflicts,
    }
}

fn objective(id: ItemId, mut row: Row<'_>) -> Objective {
    Objective {
        id,
        title: row.text(ObjectiveField::Title.key()),
        orientation: row.text(ObjectiveField::Orientation.key()).parse().ok(),
        deadline: row.text(ObjectiveField::Deadline.key()),
        means: row.text(ObjectiveField::Means.key()),
        learned: row.text(ObjectiveField::Learned.key()),
        indicators: row.items(keys::INDICATORS, indicator),
        suggestion: row.taken().suggestion,
        conflicts: row.conflicts,
    }
}

fn indicator(id: ItemId, mut row: Row<'_>) -> Indicator {
    let mut measures = row.items(keys::MEASURES, measure);
    // Of one day, in the order in which they were added: that is the same everywhere.
    measures.sort_by(|a, b| a.date.cmp(&b.date));
    let set = row.text(IndicatorField::Current.key());
    Indicator {
        id,
        name: row.text(IndicatorField::Name.key()),
        unit: row.text(IndicatorField::Unit.key()),
        baseline: row.text(IndicatorField::Baseline.key()),
        target: row.text(IndicatorField::Target.key()),
        current: measures.last().map_or(set, |newest| newest.value.clone()),
        measures,
        conflicts: row.conflicts,
    }
}

fn measure(id: ItemId, mut row: Row<'_>) -> Measure {
    Measure {
        id,
        date: row.text("date"),
        value: row.text("value"),
        note: row.text("note"),
        conflicts: row.conflicts,
    }
}

fn action(id: ItemId, mut row: Row<'_>) -> Action {
    let due = row.text(ActionField::Due.key());
    let every = Recurrence::from_word(&row.text(ActionField::Every.key()));
    let done_on: Vec<String> = row.marks(keys::DONE_ON);
    Action {
        id,
        title: row.text(ActionField::Title.key()),
        objective: row.text(ActionField::Objective.key()).parse().ok(),
        owners: row.set(keys::OWNERS),
        start: row.text(ActionField::Start.key()),
        next_due: next_due(&due, every, &done_on).unwrap_or_else(|| due.clone()),
        due,
        every,
        done_on,
        territory: row.text(ActionField::Territory.key()),
        territory_scale: Scale::from_word(&row.text(ActionField::TerritoryScale.key())),
        status: Status::from_word(&row.text(ActionField::Status.key())).unwrap_or_default(),
        effort: row.text(ActionField::Effort.key()),
        depends_on: row.set(keys::DEPENDS_ON),
        checklist: row.items(keys::CHECKLIST, check),
        working_group: row.text(ActionField::WorkingGroup.key()).parse().ok(),
        group: row.text(ActionField::Group.key()),
        conflicts: row.conflicts,
    }
}

/// When a recurring action is due next.
fn next_due(due: &str, every: Option<Recurrence>, done_on: &[String]) -> Option<String> {
    let newest = done_on
        .iter()
        .filter_map(|day| recurrence::parse(day))
        .max();
    let next = every?.next(recurrence::parse(due)?, newest)?;
    Some(next.to_string())
}

fn check(id: ItemId, mut row: Row<'_>) -> Check {
    Check {
        id,
        text: row.text(keys::TEXT),
        done: row.mark(keys::DONE),
        conflicts: row.conflicts,
    }
}

fn group(id: ItemId, mut row: Row<'_>) -> Group {
    Group {
        id,
        name: row.text(GroupField::Name.key()),
        remit: row.text(GroupField::Remit.key()),
        members: row.set(keys::MEMBERS),
        start: row.text(GroupField::Start.key()),
        planned_end: row.text(GroupField::PlannedEnd.key()),
        closed: row.text(GroupField::Closed.key()),
        conflicts: row.conflicts,
    }
}
