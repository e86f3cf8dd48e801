//! Roles in the demo's story: who held which, how the steering goes round, what was said about it.

use serde::Deserialize;
use tresse_model::{DocId, ItemId, ObjectiveField, RoleField};

use super::{Life, named};
use crate::{Command, CommandError, Moment, TextEdit};

#[derive(Debug, Deserialize)]
pub(super) struct RolesStory {
    roles: Vec<RoleStory>,
    mandates: Vec<MandateStory>,
    #[serde(default)]
    swaps: Vec<SwapStory>,
    feedback: Vec<FeedbackStory>,
    page: PageStory,
}

#[derive(Debug, Deserialize)]
struct RoleStory {
    role: String,
    remit: String,
    start: Option<String>,
    term: Option<String>,
    #[serde(default)]
    order: Vec<String>,
    author: String,
    date: String,
}

#[derive(Debug, Deserialize)]
struct MandateStory {
    role: String,
    holder: String,
    from: String,
    to: Option<String>,
    author: String,
    date: String,
}

/// One person's word for a swap of turns.
#[derive(Debug, Deserialize)]
struct SwapStory {
    role: String,
    by: String,
    mine: String,
    with: String,
    theirs: String,
    date: String,
}

#[derive(Debug, Deserialize)]
struct FeedbackStory {
    author: String,
    date: String,
    text: String,
    answers: Vec<AnswerStory>,
    /// What became of it.
    objective: Option<BecameStory>,
}

#[derive(Debug, Deserialize)]
struct BecameStory {
    key: String,
    author: String,
    date: String,
    title: String,
    deadline: String,
    orientation: String,
    indicator: String,
    unit: String,
    baseline: String,
    target: String,
    measures: Vec<FoundStory>,
}

#[derive(Debug, Deserialize)]
struct FoundStory {
    on: String,
    value: String,
    note: String,
}

#[derive(Debug, Deserialize)]
struct AnswerStory {
    author: String,
    date: String,
    text: String,
}

#[derive(Debug, Deserialize)]
struct PageStory {
    role: String,
    title: String,
    text: String,
    author: String,
    date: String,
}

/// One thing that somebody does about roles.
#[derive(Debug, Clone)]
pub(super) enum RoleDeed {
    Describe { index: usize },
    Mandate { index: usize },
    Feedback { index: usize },
    Answer { index: usize, answer: usize },
    Became { index: usize },
    Found { index: usize, measure: usize },
    Swap { index: usize },
    Page,
}

impl RolesStory {
    /// Every day on which somebody does something about roles.
    pub(super) fn days(&self, mut on: impl FnMut(&str, u8, &str, RoleDeed)) {
        for (index, said) in self.mandates.iter().enumerate() {
            on(&said.date, 5, &said.author, RoleDeed::Mandate { index });
        }
        for (index, said) in self.roles.iter().enumerate() {
            on(&said.date, 6, &said.author, RoleDeed::Describe { index });
        }
        for (index, said) in self.feedback.iter().enumerate() {
            on(&said.date, 10, &said.author, RoleDeed::Feedback { index });
            for (answer, given) in said.answers.iter().enumerate() {
                let deed = RoleDeed::Answer { index, answer };
                on(&given.date, 10, &given.author, deed);
            }
            if let Some(became) = &said.objective {
                let deed = RoleDeed::Became { index };
                on(&became.date, 11, &became.author, deed);
                for (measure, found) in became.measures.iter().enumerate() {
                    let deed = RoleDeed::Found { index, measure };
                    on(&found.on, 11, &became.author, deed);
                }
            }
        }
        for (index, said) in self.swaps.iter().enumerate() {
            on(&said.date, 10, &said.by, RoleDeed::Swap { index });
        }
        let page = &self.page;
        on(&page.date, 10, &page.author, RoleDeed::Page);
    }
}

impl Life<'_> {
    pub(super) fn role(
        &mut self,
        author: &str,
        deed: &RoleDeed,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let (story, network) = (&self.story.roles, self.network);
        match deed {
            RoleDeed::Describe { index } => self.describe_role(author, *index, moment),
            RoleDeed::Mandate { index } => {
                let said = &story.mandates[*index];
                let Some(holder) = self.names.get(&said.holder).copied() else {
                    return Ok(());
                };
                let command = Command::MandateGive {
                    network,
                    role: said.role.clone(),
                    holder,
                    from: said.from.clone(),
                    to: said.to.clone(),
                };
                self.execute(author, command, moment).map(drop)
            }
            RoleDeed::Feedback { index } => {
                let command = Command::FeedbackAdd {
                    network,
                    text: story.feedback[*index].text.clone(),
                    thread: None,
                };
                let id: ItemId = named(&self.execute(author, command, moment)?, "feedback")?;
                self.feedback.insert(*index, id);
                Ok(())
            }
            RoleDeed::Answer { index, answer } => {
                let command = Command::FeedbackAdd {
                    network,
                    text: story.feedback[*index].answers[*answer].text.clone(),
                    thread: self.feedback.get(index).copied(),
                };
                self.execute(author, command, moment).map(drop)
            }
            RoleDeed::Became { index } => self.became(author, *index, moment),
            RoleDeed::Found { index, measure } => self.found(author, (*index, *measure), moment),
            RoleDeed::Swap { index } => {
                let said = &story.swaps[*index];
                let Some(with) = self.names.get(&said.with).copied() else {
                    return Ok(());
                };
                let command = Command::SwapAgree {
                    network,
                    role: said.role.clone(),
                    mine: said.mine.clone(),
                    theirs: said.theirs.clone(),
                    with,
                    withdraw: false,
                };
                self.execute(author, command, moment).map(drop)
            }
            RoleDeed::Page => {
                let begin = Command::HandOverPage {
                    network,
                    role: story.page.role.clone(),
                    title: Some(story.page.title.clone()),
                };
                let page: DocId = named(&self.execute(author, begin, moment)?, "page")?;
                let edit = TextEdit {
                    text: Some(story.page.text.clone()),
                    ..TextEdit::default()
                };
                let write = Command::PageEdit {
                    network,
                    page,
                    edit,
                };
                self.execute(author, write, moment).map(drop)
            }
        }
    }

    /// What somebody said becomes an objective, with what will show whether it is reached.
    fn became(&mut self, author: &str, index: usize, moment: &Moment) -> Result<(), CommandError> {
        let (story, network) = (&self.story.roles, self.network);
        let (Some(said), Some(thread)) = (
            story.feedback[index].objective.as_ref(),
            self.feedback.get(&index).copied(),
        ) else {
            return Ok(());
        };
        let command = Command::FeedbackObjective {
            network,
            thread,
            title: said.title.clone(),
            deadline: Some(said.deadline.clone()),
        };
        let objective: ItemId = named(&self.execute(author, command, moment)?, "objective")?;
        self.objectives.insert(said.key.clone(), objective);
        let orientation = self.orientations.get(&said.orientation);
        let command = Command::ObjectiveSet {
            network,
            objective,
            field: ObjectiveField::Orientation,
            value: orientation.map(ItemId::to_string),
        };
        self.execute(author, command, moment)?;
        let command = Command::IndicatorAdd {
            network,
            objective,
            name: said.indicator.clone(),
            target: Some(said.target.clone()),
            unit: Some(said.unit.clone()),
            baseline: Some(said.baseline.clone()),
        };
        let indicator = named(&self.execute(author, command, moment)?, "indicator")?;
        self.shown_by.insert(index, indicator);
        Ok(())
    }

    fn found(
        &mut self,
        author: &str,
        (index, measure): (usize, usize),
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let Some(said) = self.story.roles.feedback[index].objective.as_ref() else {
            return Ok(());
        };
        let (Some(objective), Some(indicator)) = (
            self.objectives.get(&said.key).copied(),
            self.shown_by.get(&index).copied(),
        ) else {
            return Ok(());
        };
        let found = &said.measures[measure];
        let command = Command::MeasureAdd {
            network: self.network,
            objective,
            indicator,
            date: found.on.clone(),
            value: found.value.clone(),
            note: Some(found.note.clone()),
        };
        self.execute(author, command, moment).map(drop)
    }

    fn describe_role(
        &mut self,
        author: &str,
        index: usize,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let (said, network) = (&self.story.roles.roles[index], self.network);
        let fields = [
            (RoleField::Remit, Some(&said.remit)),
            (RoleField::Start, said.start.as_ref()),
            (RoleField::Term, said.term.as_ref()),
        ];
        for (field, value) in fields {
            let Some(value) = value.cloned() else {
                continue;
            };
            let command = Command::RoleSet {
                network,
                role: said.role.clone(),
                field,
                value: Some(value),
            };
            self.execute(author, command, moment)?;
        }
        for name in &said.order {
            let Some(member) = self.names.get(name).copied() else {
                continue;
            };
            let command = Command::RotationTurn {
                network,
                role: said.role.clone(),
                member,
                before: None,
                off: false,
            };
            self.execute(author, command, moment)?;
        }
        Ok(())
    }
}
