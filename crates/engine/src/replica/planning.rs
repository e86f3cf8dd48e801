//! Commands of the plan and of working groups, as edits. What the model cannot know is looked at here: whether
//! somebody is a member, and whether what a notebook or page links to stands in the plan.

use tresse_model::{
    ActionField, DocId, DocKind, Edit, FilterField, ItemId, MemberId, NetworkId, PlanContent,
    Scale, read_plan,
};

use super::{
    Replica,
    edits::Planned,
    plan_edits::{actions, groups, roadmap},
};
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
        let command = match filters(command, moment) {
            Ok((network, edit, id)) => {
                if let Err(error) = known_question(&edit) {
                    return Some(Err(error));
                }
                let me = self.me_in(&network);
                return Some(me.map(|me| {
                    let planned = Planned::new(network, DocId::notebook(&network, &me), edit);
                    planned.answering("filter", &id)
                }));
            }
            Err(command) => *command,
        };
        match command {
            command @ (Command::OwnObjectiveAdd { .. }
            | Command::OwnObjectiveSet { .. }
            | Command::OwnObjectiveRemove { .. }) => self.own_objectives(command, moment),
            command => self.planned_piloting(command, moment),
        }
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

    pub(super) fn plan(&mut self, network: &NetworkId) -> Result<PlanContent, CommandError> {
        let plan = DocId::singleton(network, DocKind::Plan);
        self.read(network, &plan, |doc, authors| read_plan(doc, authors))
    }

    pub(super) fn known_member(
        &self,
        network: &NetworkId,
        member: &MemberId,
    ) -> Result<(), CommandError> {
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

/// A filter's edit and id; the command itself where it is of another sort.
fn filters(command: Command, moment: &Moment) -> Result<(NetworkId, Edit, ItemId), Box<Command>> {
    use tresse_model::FilterField as F;
    match command {
        Command::FilterSave {
            network,
            filter,
            name,
            text,
            status,
            owner,
            objective,
            working_group,
            territory,
            territory_scale,
            group_by,
            sort,
        } => {
            let id = filter.unwrap_or_else(|| ItemId::from_bytes(moment.random()));
            let given = [
                (F::Name, name),
                (F::Text, text),
                (F::Status, status),
                (F::Owner, owner),
                (F::Objective, objective),
                (F::WorkingGroup, working_group),
                (F::Territory, territory),
                (F::TerritoryScale, territory_scale),
                (F::GroupBy, group_by),
                (F::Sort, sort),
            ];
            let given = given.into_iter();
            let fields = given.filter_map(|(field, value)| Some((field, value?)));
            let fields: Vec<(F, String)> = fields.collect();
            Ok((network, Edit::SaveFilter { id, fields }, id))
        }
        Command::FilterRemove {
            network,
            filter: id,
            restore,
        } => Ok((network, Edit::RemoveFilter { id, restore }, id)),
        other => Err(Box::new(other)),
    }
}

/// Refuses to save a filter that asks something that nothing answers: a word mistyped would silently ask nothing.
fn known_question(edit: &Edit) -> Result<(), CommandError> {
    let Edit::SaveFilter { fields, .. } = edit else {
        return Ok(());
    };
    match fields.iter().find(|(field, value)| !asks(*field, value)) {
        None => Ok(()),
        Some((field, value)) => {
            let value: String = value.chars().take(60).collect();
            let key = field.key();
            let message = format!("« {value} » is nothing that a filter asks of `{key}`");
            Err(CommandError::new("bad-value", message))
        }
    }
}

/// Whether a filter can ask this.
fn asks(field: FilterField, value: &str) -> bool {
    use FilterField as F;
    const STATUSES: [&str; 7] = [
        "open", "late", "todo", "doing", "blocked", "done", "dropped",
    ];
    const GROUPS: [&str; 6] = [
        "status",
        "owner",
        "objective",
        "working_group",
        "territory",
        "territory_scale",
    ];
    let is_item = || value.parse::<ItemId>().is_ok();
    value.is_empty()
        || match field {
            F::Status => STATUSES.contains(&value),
            F::Owner => value == "nobody" || value.parse::<MemberId>().is_ok(),
            F::Objective | F::WorkingGroup => is_item(),
            F::GroupBy => GROUPS.contains(&value),
            F::TerritoryScale => Scale::from_word(value).is_some(),
            F::Sort => {
                let column = value.strip_prefix('-').unwrap_or(value);
                ActionField::ALL.iter().any(|field| field.key() == column)
            }
            _ => true,
        }
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
