//! Resources in the demo's story: what is offered and needed, and who borrowed what.

use serde::Deserialize;
use tresse_model::{ItemId, ResourceKind, Side};

use super::{Life, named};
use crate::{CommandError, Moment, ResourceCommand};

#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct ResourcesStory {
    resources: Vec<ResourceStory>,
}

#[derive(Debug, Deserialize)]
struct ResourceStory {
    author: String,
    date: String,
    name: String,
    side: Side,
    kind: ResourceKind,
    organisation: String,
    description: String,
    place: String,
    conditions: String,
    tags: Vec<String>,
    /// The place in the story of the need that this answers.
    answers: Option<usize>,
    met: Option<String>,
    #[serde(default)]
    loans: Vec<LoanStory>,
}

#[derive(Debug, Deserialize)]
struct LoanStory {
    author: String,
    date: String,
    borrower: String,
    from: String,
    until: String,
    purpose: String,
    back: Option<String>,
}

/// What somebody does about resources on a day.
#[derive(Debug, Clone, Copy)]
pub(super) enum ResourceDeed {
    Add { index: usize },
    Lend { index: usize, loan: usize },
    Back { index: usize, loan: usize },
    Met { index: usize },
}

impl ResourcesStory {
    /// Every day on which somebody does something about resources.
    pub(super) fn days(&self, mut on: impl FnMut(&str, u8, &str, ResourceDeed)) {
        for (index, one) in self.resources.iter().enumerate() {
            on(&one.date, 11, &one.author, ResourceDeed::Add { index });
            for (loan, said) in one.loans.iter().enumerate() {
                let lend = ResourceDeed::Lend { index, loan };
                on(&said.date, 12, &said.author, lend);
                if let Some(back) = &said.back {
                    on(back, 13, &one.author, ResourceDeed::Back { index, loan });
                }
            }
            if let Some(met) = &one.met {
                on(met, 13, &one.author, ResourceDeed::Met { index });
            }
        }
    }
}

impl Life<'_> {
    pub(super) fn resource(
        &mut self,
        author: &str,
        deed: ResourceDeed,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let (network, story) = (self.network, self.story);
        let told = |index: usize| &story.resources.resources[index];
        let command = match deed {
            ResourceDeed::Add { index } => {
                let one = told(index);
                let add = ResourceCommand::Add {
                    network,
                    name: one.name.clone(),
                    side: one.side,
                    kind: one.kind,
                    member: None,
                    organisation: Some(one.organisation.clone()),
                    description: Some(one.description.clone()),
                    place: Some(one.place.clone()),
                    conditions: Some(one.conditions.clone()),
                    answers: match one.answers {
                        Some(need) => Some(self.told_resource(need)?),
                        None => None,
                    },
                    tags: one.tags.clone(),
                };
                let answer = self.execute(author, add.into(), moment)?;
                self.resources.insert(index, named(&answer, "resource")?);
                return Ok(());
            }
            ResourceDeed::Lend { index, loan } => {
                let said = &told(index).loans[loan];
                let lend = ResourceCommand::Lend {
                    network,
                    resource: self.told_resource(index)?,
                    borrower: self.names.get(&said.borrower).copied(),
                    from: Some(said.from.clone()),
                    until: Some(said.until.clone()),
                    purpose: Some(said.purpose.clone()),
                };
                let answer = self.execute(author, lend.into(), moment)?;
                self.loans.insert((index, loan), named(&answer, "loan")?);
                return Ok(());
            }
            ResourceDeed::Back { index, loan } => ResourceCommand::GiveBack {
                network,
                resource: self.told_resource(index)?,
                loan: *self.loans.get(&(index, loan)).ok_or_else(untold)?,
                on: told(index).loans[loan].back.clone(),
                off: false,
            },
            ResourceDeed::Met { index } => ResourceCommand::Met {
                network,
                resource: self.told_resource(index)?,
                on: told(index).met.clone(),
                off: false,
            },
        };
        self.execute(author, command.into(), moment).map(drop)
    }

    fn told_resource(&self, index: usize) -> Result<ItemId, CommandError> {
        self.resources.get(&index).copied().ok_or_else(untold)
    }
}

fn untold() -> CommandError {
    CommandError::new("demo", "the demo's story has no such resource at that time")
}
