//! From commands of the plan to its edits: a table.

use tresse_model::{ActionField, DocKind, Edit, GroupField, ItemId, NetworkId};

use super::edits::Planned;
use crate::{Command, Moment};

fn of(network: NetworkId, edit: Edit) -> Planned {
    Planned::of(network, DocKind::Plan, edit)
}

fn new_item(moment: &Moment) -> ItemId {
    ItemId::from_bytes(moment.random())
}

/// Orientations, objectives, indicators, measures.
#[allow(clippy::too_many_lines)] // One arm a command: splitting it would hide the table.
pub(super) fn roadmap(command: Command, moment: &Moment) -> Result<Planned, Box<Command>> {
    Ok(match command {
        Command::OrientationAdd {
            network,
            title,
            words,
        } => {
            let id = new_item(moment);
            of(network, Edit::AddOrientation { id, title, words }).answering("orientation", &id)
        }
        Command::OrientationSet {
            network,
            orientation: id,
            field,
            value,
        } => of(network, Edit::SetOrientation { id, field, value }),
        Command::OrientationRemove {
            network,
            orientation: id,
            restore,
        } => of(network, Edit::RemoveOrientation { id, restore }),
        Command::ObjectiveAdd {
            network,
            title,
            deadline,
            means,
            orientation,
        } => {
            let id = new_item(moment);
            let edit = Edit::AddObjective {
                id,
                title,
                deadline,
                means,
                orientation,
            };
            of(network, edit).answering("objective", &id)
        }
        Command::ObjectiveSet {
            network,
            objective: id,
            field,
            value,
        } => of(network, Edit::SetObjective { id, field, value }),
        Command::ObjectiveRemove {
            network,
            objective: id,
            restore,
        } => of(network, Edit::RemoveObjective { id, restore }),
        Command::IndicatorAdd {
            network,
            objective,
            name,
            target,
            unit,
            baseline,
        } => {
            let id = new_item(moment);
            let edit = Edit::AddIndicator {
                objective,
                id,
                name,
                target,
                unit,
                current: None,
                baseline,
            };
            of(network, edit).answering("indicator", &id)
        }
        Command::IndicatorSet {
            network,
            objective,
            indicator: id,
            field,
            value,
        } => of(
            network,
            Edit::SetIndicator {
                objective,
                id,
                field,
                value,
            },
        ),
        Command::IndicatorRemove {
            network,
            objective,
            indicator: id,
            restore,
        } => of(
            network,
            Edit::RemoveIndicator {
                objective,
                id,
                restore,
            },
        ),
        Command::MeasureAdd {
            network,
            objective,
            indicator,
            date,
            value,
            note,
        } => {
            let id = new_item(moment);
            let edit = Edit::AddMeasure {
                objective,
                indicator,
                id,
                date,
                value,
                note,
            };
            of(network, edit).answering("measure", &id)
        }
        Command::MeasureRemove {
            network,
            objective,
            indicator,
            measure: id,
            restore,
        } => of(
            network,
            Edit::RemoveMeasure {
                objective,
                indicator,
                id,
                restore,
            },
        ),
        command => return Err(Box::new(command)),
    })
}

#[allow(clippy::too_many_lines)] // One arm a command: splitting it would hide the table.
pub(super) fn actions(command: Command, moment: &Moment) -> Result<Planned, Box<Command>> {
    use ActionField as A;
    Ok(match command {
        Command::ActionAdd {
            network,
            title,
            objective,
            owner,
            due,
            territory,
            status,
            group,
            working_group,
            start,
            effort,
            every,
            territory_scale,
        } => {
            let id = new_item(moment);
            let said = [
                (A::Objective, objective.map(|id| id.to_string())),
                (A::Owner, owner.map(|id| id.to_string())),
                (A::Due, due),
                (A::Territory, territory),
                (A::Status, status),
                (A::Group, group),
                (A::WorkingGroup, working_group.map(|id| id.to_string())),
                (A::Start, start),
                (A::Effort, effort),
                (A::Every, every),
                (A::TerritoryScale, territory_scale),
            ];
            let said = said.into_iter();
            let fields = said.filter_map(|(field, value)| Some((field, value?)));
            let edit = Edit::AddAction {
                id,
                title,
                fields: fields.collect(),
            };
            of(network, edit).answering("action", &id)
        }
        Command::ActionSet {
            network,
            action: id,
            field,
            value,
        } => of(network, Edit::SetAction { id, field, value }),
        Command::ActionSetMany {
            network,
            actions: ids,
            field,
            value,
        } => of(network, Edit::SetActions { ids, field, value }),
        Command::ActionMove {
            network,
            action: id,
            start,
            due,
        } => of(network, Edit::MoveAction { id, start, due }),
        Command::ActionOwner {
            network,
            action: id,
            member,
            off,
        } => of(network, Edit::OwnAction { id, member, off }),
        Command::ActionDepend {
            network,
            action: id,
            on,
            off,
        } => of(network, Edit::DependAction { id, on, off }),
        Command::ActionDone {
            network,
            action: id,
            occurrence: day,
            off,
        } => of(network, Edit::DoneAction { id, day, off }),
        Command::ActionRemove {
            network,
            action: id,
            restore,
        } => of(network, Edit::RemoveAction { id, restore }),
        Command::CheckAdd {
            network,
            action,
            text,
        } => {
            let id = new_item(moment);
            of(network, Edit::AddCheck { action, id, text }).answering("check", &id)
        }
        Command::CheckSet {
            network,
            action,
            check: id,
            text,
            done,
        } => of(
            network,
            Edit::SetCheck {
                action,
                id,
                text,
                done,
            },
        ),
        Command::CheckRemove {
            network,
            action,
            check: id,
            restore,
        } => of(
            network,
            Edit::RemoveCheck {
                action,
                id,
                restore,
            },
        ),
        command => return Err(Box::new(command)),
    })
}

pub(super) fn groups(command: Command, moment: &Moment) -> Result<Planned, Box<Command>> {
    Ok(match command {
        Command::GroupAdd {
            network,
            name,
            remit,
            start,
            planned_end,
        } => {
            let id = new_item(moment);
            let said = [
                (GroupField::Remit, remit),
                (GroupField::Start, start),
                (GroupField::PlannedEnd, planned_end),
            ];
            let said = said.into_iter();
            let fields = said.filter_map(|(field, value)| Some((field, value?)));
            let edit = Edit::AddGroup {
                id,
                name,
                fields: fields.collect(),
            };
            of(network, edit).answering("group", &id)
        }
        Command::GroupSet {
            network,
            group: id,
            field,
            value,
        } => of(network, Edit::SetGroup { id, field, value }),
        Command::GroupMember {
            network,
            group: id,
            member,
            off,
        } => of(network, Edit::JoinGroup { id, member, off }),
        Command::GroupRemove {
            network,
            group: id,
            restore,
        } => of(network, Edit::RemoveGroup { id, restore }),
        command => return Err(Box::new(command)),
    })
}
