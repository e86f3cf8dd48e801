//! Commands of the plan and of working groups, as edits. What the model cannot know is looked at here: whether
//! somebody is a member, and whether what a notebook or page links to stands in the plan.

use tresse_model::{
    ActionField, DocId, DocKind, Edit, GroupField, ItemId, MemberId, NetworkId, PlanContent,
    read_plan,
};

use super::{Replica, edits::Planned};
use crate::{Command, CommandError, Moment};

impl Replica {
    /// `None`: it is a command of another sort.
    pub(super) fn planned_plan(
        &mut self,
        command: Command,
        moment: &Moment,
    ) -> Option<Result<Planned, CommandError>> {
        if let Some((network, member)) = named(&command)
            && let Err(error) = self.known_member(&network, &member)
        {
            return Some(Err(error));
        }
        let command = match roadmap(command, moment) {
            Ok(planned) => return Some(Ok(planned)),
            Err(command) => *command,
        };
        let command = match actions(command, moment) {
            Ok(planned) => return Some(Ok(planned)),
            Err(command) => *command,
        };
        let command = match groups(command, moment) {
            Ok(planned) => return Some(Ok(planned)),
            Err(command) => *command,
        };
        self.own_objectives(command, moment)
    }

    fn own_objectives(
        &mut self,
        command: Command,
        moment: &Moment,
    ) -> Option<Result<Planned, CommandError>> {
        let (network, edit, new) = match command {
            Command::OwnObjectiveAdd {
                network,
                text,
                objective,
            } => {
                let id = ItemId::from_bytes(moment.random());
                let edit = Edit::AddOwnObjective {
                    id,
                    text,
                    objective,
                };
                (network, edit, Some(id))
            }
            Command::OwnObjectiveSet {
                network,
                own_objective: id,
                field,
                value,
            } => (network, Edit::SetOwnObjective { id, field, value }, None),
            Command::OwnObjectiveRemove {
                network,
                own_objective: id,
                restore,
            } => (network, Edit::RemoveOwnObjective { id, restore }, None),
            _ => return None,
        };
        Some(self.in_my_notebook(network, edit, new))
    }

    fn in_my_notebook(
        &mut self,
        network: NetworkId,
        edit: Edit,
        new: Option<ItemId>,
    ) -> Result<Planned, CommandError> {
        let me = self.me_in(&network)?;
        let linked = match &edit {
            Edit::AddOwnObjective { objective, .. } => *objective,
            Edit::SetOwnObjective {
                field: tresse_model::OwnObjectiveField::Objective,
                value: Some(value),
                ..
            } => value.parse().ok(),
            _ => None,
        };
        if let Some(id) = linked {
            let plan = self.plan(&network)?;
            if !plan.objectives.iter().any(|objective| objective.id == id) {
                return Err(nothing("objective", &id));
            }
        }
        let planned = Planned::new(network, DocId::notebook(&network, &me), edit);
        Ok(match new {
            Some(id) => planned.answering("own_objective", &id),
            None => planned,
        })
    }

    /// Refuses a working group that is not in the plan.
    pub(super) fn known_group(
        &mut self,
        network: &NetworkId,
        group: Option<&str>,
    ) -> Result<(), CommandError> {
        let group = group.filter(|group| !group.is_empty());
        // What is no id at all gets its own sentence when it is written.
        let Some(id) = group.and_then(|group| group.parse().ok()) else {
            return Ok(());
        };
        if self
            .plan(network)?
            .groups
            .iter()
            .any(|group| group.id == id)
        {
            Ok(())
        } else {
            Err(nothing("working group", &id))
        }
    }

    fn plan(&mut self, network: &NetworkId) -> Result<PlanContent, CommandError> {
        let plan = DocId::singleton(network, DocKind::Plan);
        self.read(network, &plan, |doc, authors| read_plan(doc, authors))
    }

    fn known_member(&self, network: &NetworkId, member: &MemberId) -> Result<(), CommandError> {
        let network = self.network_ref(network)?;
        if network.membership.members().any(|one| one.id == *member) {
            return Ok(());
        }
        Err(CommandError::new(
            "no-member",
            format!(
                "{} is not a member of this network now: name somebody who is",
                network.name_of(member)
            ),
        ))
    }
}

fn nothing(what: &str, id: &ItemId) -> CommandError {
    CommandError::new(
        "not-found",
        format!("there is no {what} with the id {id} here"),
    )
}

/// Whom a command gives something to do.
fn named(command: &Command) -> Option<(NetworkId, MemberId)> {
    match command {
        Command::ActionAdd { network, owner, .. } => Some((*network, (*owner)?)),
        Command::ActionSet {
            network,
            field: ActionField::Owner,
            value,
            ..
        }
        | Command::ActionSetMany {
            network,
            field: ActionField::Owner,
            value,
            ..
        } => Some((*network, value.as_deref()?.parse().ok()?)),
        Command::ActionOwner {
            network,
            member,
            off: false,
            ..
        }
        | Command::GroupMember {
            network,
            member,
            off: false,
            ..
        } => Some((*network, *member)),
        _ => None,
    }
}

fn of(network: NetworkId, edit: Edit) -> Planned {
    Planned::of(network, DocKind::Plan, edit)
}

fn new_item(moment: &Moment) -> ItemId {
    ItemId::from_bytes(moment.random())
}

/// Orientations, objectives, indicators, measures.
#[allow(clippy::too_many_lines)] // One arm a command: splitting it would hide the table.
fn roadmap(command: Command, moment: &Moment) -> Result<Planned, Box<Command>> {
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
fn actions(command: Command, moment: &Moment) -> Result<Planned, Box<Command>> {
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

fn groups(command: Command, moment: &Moment) -> Result<Planned, Box<Command>> {
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
