//! The roadmap and the working groups in the demo's story: what is told of them, and how it is lived.

use std::collections::BTreeMap;

use serde::Deserialize;
use tresse_model::{ActionField, GroupField, IndicatorField, ItemId, MemberId, NetworkId};

use super::{Life, named};
use crate::{Command, CommandError, Moment};

#[derive(Debug, Deserialize)]
pub(super) struct PlanStory {
    orientations: Vec<OrientationStory>,
    groups: Vec<GroupStory>,
    /// How large each territory is.
    territories: BTreeMap<String, String>,
    /// What the person who looks in may want to ask of the plan.
    filters: Vec<FilterStory>,
    own_objectives: Vec<OwnStory>,
    objectives: Vec<ObjectiveStory>,
    actions: Vec<ActionStory>,
}

#[derive(Debug, Deserialize)]
struct OrientationStory {
    key: String,
    title: String,
    words: String,
    author: String,
    date: String,
}

#[derive(Debug, Deserialize)]
struct GroupStory {
    name: String,
    remit: String,
    author: String,
    members: Vec<String>,
    date: String,
    planned_end: Option<String>,
    closed: Option<String>,
}

/// A question to the plan, to be saved under a name.
#[derive(Debug, Deserialize)]
struct FilterStory {
    name: String,
    status: String,
    /// `me` is who saves it.
    owner: Option<String>,
    territory_scale: Option<String>,
    group_by: Option<String>,
    sort: Option<String>,
}

#[derive(Debug, Deserialize)]
struct OwnStory {
    member: String,
    objective: Option<String>,
    date: String,
    text: String,
}

#[derive(Debug, Deserialize)]
struct ObjectiveStory {
    key: String,
    title: String,
    deadline: Option<String>,
    means: Option<String>,
    orientation: Option<String>,
    author: String,
    date: String,
    indicators: Vec<IndicatorStory>,
}

#[derive(Debug, Deserialize)]
struct IndicatorStory {
    name: String,
    unit: Option<String>,
    baseline: Option<String>,
    target: Option<String>,
    current: Option<String>,
    #[serde(default)]
    measures: Vec<MeasureStory>,
}

#[derive(Debug, Deserialize)]
struct MeasureStory {
    date: String,
    author: String,
    value: String,
    note: Option<String>,
}

#[derive(Debug, Deserialize)]
struct ActionStory {
    title: String,
    objective: Option<String>,
    owner: Option<String>,
    /// Who does it with the owner.
    #[serde(default)]
    also: Vec<String>,
    author: String,
    date: String,
    start: Option<String>,
    due: Option<String>,
    every: Option<String>,
    /// The times that a recurring action was done.
    #[serde(default)]
    done_on: Vec<TimeStory>,
    effort: Option<String>,
    territory: Option<String>,
    group: Option<String>,
    #[serde(default)]
    checklist: Vec<String>,
    /// How many parts are done, from the first.
    #[serde(default)]
    checked: usize,
    /// Earlier actions, by their places in the story.
    #[serde(default)]
    waits_for: Vec<usize>,
    status: String,
    status_date: Option<String>,
}

#[derive(Debug, Deserialize)]
struct TimeStory {
    due: String,
    date: String,
}

/// One thing that somebody does to the plan.
#[derive(Debug, Clone)]
pub(super) enum PlanDeed {
    Orientation { index: usize },
    Objective { index: usize },
    Measure { place: (usize, usize, usize) },
    Group { index: usize },
    JoinGroup { index: usize, member: String },
    CloseGroup { index: usize },
    Action { index: usize },
    Status { index: usize },
    Time { index: usize, time: usize },
    Own { index: usize },
}

impl PlanStory {
    /// The commands by which `me` saves what they may want to ask of the plan.
    pub(super) fn filters(&self, network: NetworkId, me: MemberId) -> Vec<Command> {
        let mine = |owner: &str| match owner {
            "me" => me.to_string(),
            other => other.to_owned(),
        };
        let filters = self.filters.iter();
        filters
            .map(|said| Command::FilterSave {
                network,
                filter: None,
                name: Some(said.name.clone()),
                text: None,
                status: Some(said.status.clone()),
                owner: said.owner.as_deref().map(mine),
                objective: None,
                working_group: None,
                territory: None,
                territory_scale: said.territory_scale.clone(),
                group_by: said.group_by.clone(),
                sort: said.sort.clone(),
            })
            .collect()
    }

    /// Tells each deed with its date, its rank on that day and who does it.
    pub(super) fn days<'a>(
        &'a self,
        joined: &dyn Fn(&str) -> Option<&'a str>,
        mut on: impl FnMut(&str, u8, &str, PlanDeed),
    ) {
        for (index, said) in self.orientations.iter().enumerate() {
            on(&said.date, 3, &said.author, PlanDeed::Orientation { index });
        }
        for (index, said) in self.objectives.iter().enumerate() {
            on(&said.date, 4, &said.author, PlanDeed::Objective { index });
            for (at, indicator) in said.indicators.iter().enumerate() {
                for (number, measure) in indicator.measures.iter().enumerate() {
                    let place = (index, at, number);
                    on(
                        &measure.date,
                        9,
                        &measure.author,
                        PlanDeed::Measure { place },
                    );
                }
            }
        }
        for (index, said) in self.groups.iter().enumerate() {
            on(&said.date, 5, &said.author, PlanDeed::Group { index });
            for member in &said.members {
                // Who comes to the network later comes to the group then.
                let day = joined(member).unwrap_or_default().max(&said.date);
                let member = member.clone();
                on(day, 5, &said.author, PlanDeed::JoinGroup { index, member });
            }
            if let Some(closed) = &said.closed {
                on(closed, 10, &said.author, PlanDeed::CloseGroup { index });
            }
        }
        for (index, said) in self.actions.iter().enumerate() {
            on(&said.date, 6, &said.author, PlanDeed::Action { index });
            let who = said.owner.as_ref().unwrap_or(&said.author);
            if said.status != "todo"
                && let Some(date) = &said.status_date
            {
                on(date, 8, who, PlanDeed::Status { index });
            }
            for (time, done) in said.done_on.iter().enumerate() {
                on(&done.date, 8, who, PlanDeed::Time { index, time });
            }
        }
        for (index, said) in self.own_objectives.iter().enumerate() {
            on(&said.date, 10, &said.member, PlanDeed::Own { index });
        }
    }
}

impl Life<'_> {
    pub(super) fn plan(
        &mut self,
        author: &str,
        deed: &PlanDeed,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let (story, network) = (&self.story.plan, self.network);
        let command = match deed {
            PlanDeed::Orientation { index } => {
                let said = &story.orientations[*index];
                let command = Command::OrientationAdd {
                    network,
                    title: said.title.clone(),
                    words: Some(said.words.clone()),
                };
                let made = named(&self.execute(author, command, moment)?, "orientation")?;
                self.orientations.insert(said.key.clone(), made);
                return Ok(());
            }
            PlanDeed::Objective { index } => return self.objective(author, *index, moment),
            PlanDeed::Action { index } => return self.action(author, *index, moment),
            PlanDeed::Group { index } => return self.group(author, *index, moment),
            PlanDeed::Measure {
                place: (objective, indicator, number),
            } => {
                let said = &story.objectives[*objective];
                let measure = &said.indicators[*indicator].measures[*number];
                let place = (*objective, *indicator);
                let (Some(objective), Some(indicator)) = (
                    self.objectives.get(&said.key).copied(),
                    self.indicators.get(&place).copied(),
                ) else {
                    return Ok(());
                };
                Command::MeasureAdd {
                    network,
                    objective,
                    indicator,
                    date: measure.date.clone(),
                    value: measure.value.clone(),
                    note: measure.note.clone(),
                }
            }
            PlanDeed::JoinGroup { index, member } => {
                let group = self.groups.get(&story.groups[*index].name);
                let (Some(group), Some(member)) = (group, self.names.get(member)) else {
                    return Ok(());
                };
                Command::GroupMember {
                    network,
                    group: *group,
                    member: *member,
                    off: false,
                }
            }
            PlanDeed::CloseGroup { index } => {
                let said = &story.groups[*index];
                let Some(group) = self.groups.get(&said.name).copied() else {
                    return Ok(());
                };
                Command::GroupSet {
                    network,
                    group,
                    field: GroupField::Closed,
                    value: said.closed.clone(),
                }
            }
            PlanDeed::Status { index } => {
                let Some(action) = self.actions.get(index).copied() else {
                    return Ok(());
                };
                Command::ActionSet {
                    network,
                    action,
                    field: ActionField::Status,
                    value: Some(story.actions[*index].status.clone()),
                }
            }
            PlanDeed::Time { index, time } => {
                let Some(action) = self.actions.get(index).copied() else {
                    return Ok(());
                };
                Command::ActionDone {
                    network,
                    action,
                    occurrence: Some(story.actions[*index].done_on[*time].due.clone()),
                    off: false,
                }
            }
            PlanDeed::Own { index } => {
                let said = &story.own_objectives[*index];
                let objective = said.objective.as_ref();
                Command::OwnObjectiveAdd {
                    network,
                    text: said.text.clone(),
                    objective: objective.and_then(|key| self.objectives.get(key)).copied(),
                }
            }
        };
        self.execute(author, command, moment).map(drop)
    }

    fn objective(
        &mut self,
        author: &str,
        index: usize,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let (network, said) = (self.network, &self.story.plan.objectives[index]);
        let orientation = said.orientation.as_ref();
        let command = Command::ObjectiveAdd {
            network,
            title: said.title.clone(),
            deadline: said.deadline.clone(),
            means: said.means.clone(),
            orientation: orientation
                .and_then(|key| self.orientations.get(key))
                .copied(),
        };
        let objective: ItemId = named(&self.execute(author, command, moment)?, "objective")?;
        self.objectives.insert(said.key.clone(), objective);
        for (at, one) in said.indicators.iter().enumerate() {
            let command = Command::IndicatorAdd {
                network,
                objective,
                name: one.name.clone(),
                target: one.target.clone(),
                unit: one.unit.clone(),
                baseline: one.baseline.clone(),
            };
            let indicator = named(&self.execute(author, command, moment)?, "indicator")?;
            self.indicators.insert((index, at), indicator);
            if one.measures.is_empty() {
                let command = Command::IndicatorSet {
                    network,
                    objective,
                    indicator,
                    field: IndicatorField::Current,
                    value: one.current.clone(),
                };
                self.execute(author, command, moment)?;
            }
        }
        Ok(())
    }

    fn group(&mut self, author: &str, index: usize, moment: &Moment) -> Result<(), CommandError> {
        let said = &self.story.plan.groups[index];
        let command = Command::GroupAdd {
            network: self.network,
            name: said.name.clone(),
            remit: Some(said.remit.clone()),
            start: Some(said.date.clone()),
            planned_end: said.planned_end.clone(),
        };
        let made = named(&self.execute(author, command, moment)?, "group")?;
        self.groups.insert(said.name.clone(), made);
        Ok(())
    }

    fn action(&mut self, author: &str, index: usize, moment: &Moment) -> Result<(), CommandError> {
        let (network, story) = (self.network, &self.story.plan);
        let said = &story.actions[index];
        let owner = said.owner.as_ref().and_then(|key| self.names.get(key));
        let owner = owner.copied();
        let objective = said.objective.as_ref();
        let territory = said.territory.as_ref();
        let group = said.group.as_ref().and_then(|name| self.groups.get(name));
        let working_group = group.copied();
        let command = Command::ActionAdd {
            network,
            title: said.title.clone(),
            objective: objective.and_then(|key| self.objectives.get(key)).copied(),
            owner,
            due: said.due.clone(),
            territory: said.territory.clone(),
            status: None,
            group: said.group.clone().filter(|_| working_group.is_none()),
            working_group,
            start: said.start.clone(),
            effort: said.effort.clone(),
            every: said.every.clone(),
            territory_scale: territory
                .and_then(|name| story.territories.get(name))
                .cloned(),
        };
        let action: ItemId = named(&self.execute(author, command, moment)?, "action")?;
        self.actions.insert(index, action);
        if owner.is_none() && said.status == "todo" {
            self.free_actions.push(action);
        }
        for member in said
            .also
            .iter()
            .filter_map(|key| self.names.get(key).copied())
            .collect::<Vec<_>>()
        {
            let command = Command::ActionOwner {
                network,
                action,
                member,
                off: false,
            };
            self.execute(author, command, moment)?;
        }
        for on in said
            .waits_for
            .iter()
            .filter_map(|at| self.actions.get(at).copied())
            .collect::<Vec<_>>()
        {
            let command = Command::ActionDepend {
                network,
                action,
                on,
                off: false,
            };
            self.execute(author, command, moment)?;
        }
        for (number, text) in said.checklist.iter().enumerate() {
            let command = Command::CheckAdd {
                network,
                action,
                text: text.clone(),
            };
            let check = named(&self.execute(author, command, moment)?, "check")?;
            if number < said.checked {
                let command = Command::CheckSet {
                    network,
                    action,
                    check,
                    text: None,
                    done: Some(true),
                };
                self.execute(author, command, moment)?;
            }
        }
        Ok(())
    }
}
