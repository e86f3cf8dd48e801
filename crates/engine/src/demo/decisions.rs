//! Decisions in the demo's story: what was put to the members, who said what, what came of it.

use std::collections::BTreeMap;

use serde::Deserialize;
use tresse_model::{Answer, DecisionField, DocId, ItemId, Stance};

use super::{Life, named};
use crate::{Command, CommandError, DecisionCommand, Moment, TextEdit};

#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct DecisionsStory {
    decisions: Vec<DecisionStory>,
}

#[derive(Debug, Deserialize)]
struct DecisionStory {
    title: String,
    method: String,
    author: String,
    date: String,
    #[serde(default)]
    question: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    fields: BTreeMap<String, String>,
    #[serde(default)]
    options: Vec<String>,
    #[serde(default)]
    criteria: Vec<String>,
    /// Not put to the members yet.
    #[serde(default)]
    draft: bool,
    /// Its criteria are still collected.
    #[serde(default)]
    collecting: bool,
    #[serde(default)]
    ballots: Vec<BallotStory>,
    /// When somebody ended it.
    #[serde(default)]
    end: Option<String>,
    /// Who ended it counted.
    #[serde(default)]
    counted: bool,
    /// Others who counted it, where it ends by itself.
    #[serde(default)]
    counts: Vec<CountStory>,
    /// Who met nobody meanwhile.
    #[serde(default)]
    away: Vec<AwayStory>,
    #[serde(default)]
    withdrawn: Option<String>,
    #[serde(default)]
    outcome: Option<String>,
    #[serde(default)]
    review: Option<String>,
    #[serde(default)]
    action: Option<String>,
    /// How objections were answered.
    #[serde(default)]
    reply: Option<String>,
}

#[derive(Debug, Deserialize)]
struct CountStory {
    who: String,
    date: String,
}

/// Somebody who meets nobody from after one day until another.
#[derive(Debug, Deserialize)]
pub(super) struct AwayStory {
    pub(super) who: String,
    pub(super) from: String,
    pub(super) until: String,
}

/// What somebody said, by the words of options and criteria.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BallotStory {
    who: String,
    date: String,
    #[serde(default)]
    stance: Option<Stance>,
    #[serde(default)]
    words: String,
    #[serde(default)]
    options: Vec<usize>,
    #[serde(default)]
    points: Vec<u32>,
    #[serde(default)]
    weights: Vec<u32>,
    #[serde(default)]
    scores: Vec<Vec<u32>>,
}

/// One thing that somebody does about a decision.
#[derive(Debug, Clone)]
pub(super) enum DecisionDeed {
    Put {
        index: usize,
    },
    Ballot {
        index: usize,
        ballot: usize,
    },
    End {
        index: usize,
    },
    Count {
        index: usize,
    },
    /// Meets the others, and does nothing else.
    Meet,
}

/// A decision as it was made.
pub(super) struct Made {
    id: DocId,
    options: Vec<ItemId>,
    criteria: Vec<ItemId>,
}

impl DecisionsStory {
    /// Every day on which somebody does something about decisions.
    pub(super) fn days(&self, mut on: impl FnMut(&str, u8, &str, DecisionDeed)) {
        for (index, said) in self.decisions.iter().enumerate() {
            on(&said.date, 11, &said.author, DecisionDeed::Put { index });
            for (ballot, cast) in said.ballots.iter().enumerate() {
                let deed = DecisionDeed::Ballot { index, ballot };
                on(&cast.date, 12, &cast.who, deed);
            }
            if let Some(end) = &said.end {
                on(end, 13, &said.author, DecisionDeed::End { index });
            }
            for count in &said.counts {
                on(&count.date, 13, &count.who, DecisionDeed::Count { index });
            }
            for away in &said.away {
                on(&away.from, 14, &away.who, DecisionDeed::Meet);
                on(&away.until, 14, &away.who, DecisionDeed::Meet);
            }
        }
    }

    /// Who is away, and when.
    pub(super) fn away(&self) -> impl Iterator<Item = &AwayStory> {
        self.decisions.iter().flat_map(|said| &said.away)
    }
}

impl Life<'_> {
    pub(super) fn decision(
        &mut self,
        author: &str,
        deed: &DecisionDeed,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        match deed {
            DecisionDeed::Put { index } => self.put_decision(author, *index, moment),
            DecisionDeed::Ballot { index, ballot } => {
                self.cast_in_story(author, *index, *ballot, moment)
            }
            DecisionDeed::End { index } => self.end_in_story(author, *index, moment),
            DecisionDeed::Count { index } => self.count_in_story(author, *index, moment),
            DecisionDeed::Meet => Ok(()),
        }
    }

    fn says(
        &mut self,
        author: &str,
        command: DecisionCommand,
        moment: &Moment,
    ) -> Result<serde_json::Value, CommandError> {
        self.execute(author, Command::Decision(command), moment)
    }

    #[allow(clippy::too_many_lines)] // One step after the other, as somebody would do it.
    fn put_decision(
        &mut self,
        author: &str,
        index: usize,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        use DecisionCommand as C;
        let (said, network) = (&self.story.decisions.decisions[index], self.network);
        let create = C::Create {
            network,
            title: said.title.clone(),
            meeting: None,
            template: Some(said.method.clone()),
            question: said.question.clone(),
        };
        let decision: DocId = named(&self.says(author, create, moment)?, "decision")?;
        for (word, value) in &said.fields {
            let known = DecisionField::ALL.iter().find(|field| field.key() == word);
            let field = *known.ok_or_else(|| unknown(word))?;
            let named = self
                .names
                .get(value)
                .filter(|_| field == DecisionField::Decider);
            let value = named.map_or_else(|| value.clone(), ToString::to_string);
            let value = Some(value);
            let set = C::Set {
                network,
                decision,
                field,
                value,
            };
            self.says(author, set, moment)?;
        }
        if let Some(text) = said.text.clone() {
            let edit = TextEdit {
                text: Some(text),
                ..TextEdit::default()
            };
            self.says(
                author,
                C::Edit {
                    network,
                    decision,
                    edit,
                },
                moment,
            )?;
        }
        let mut made = Made {
            id: decision,
            options: Vec::new(),
            criteria: Vec::new(),
        };
        for text in said.options.clone() {
            let add = C::OptionAdd {
                network,
                decision,
                text,
            };
            made.options
                .push(named(&self.says(author, add, moment)?, "option")?);
        }
        for text in said.criteria.clone() {
            let add = C::CriterionAdd {
                network,
                decision,
                text,
            };
            made.criteria
                .push(named(&self.says(author, add, moment)?, "criterion")?);
        }
        self.decisions.insert(index, made);
        if !said.draft && said.method != "noted" {
            self.says(
                author,
                C::Start {
                    network,
                    decision,
                    closes: None,
                },
                moment,
            )?;
        }
        if said.method == "criteria" && !said.collecting {
            let (field, value) = (DecisionField::Step, Some("confront".to_owned()));
            self.says(
                author,
                C::Set {
                    network,
                    decision,
                    field,
                    value,
                },
                moment,
            )?;
        }
        if let Some(why) = said.withdrawn.clone() {
            let why = Some(why);
            self.says(
                author,
                C::Withdraw {
                    network,
                    decision,
                    why,
                },
                moment,
            )?;
        }
        if said.method == "noted" {
            self.conclude_in_story(author, index, moment)?;
        }
        Ok(())
    }

    fn cast_in_story(
        &mut self,
        author: &str,
        index: usize,
        ballot: usize,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let said = &self.story.decisions.decisions[index];
        let Some(made) = self.decisions.get(&index) else {
            return Ok(());
        };
        let (network, decision) = (self.network, made.id);
        let answer = said.ballots[ballot].answer(&said.method, made);
        let objects = matches!(
            answer,
            Answer::Stance {
                stance: Stance::Objection,
                ..
            }
        );
        let cast = DecisionCommand::Cast {
            network,
            decision,
            answer,
        };
        let cast = self.says(author, cast, moment)?;
        if let Some(words) = said.reply.clone().filter(|_| objects) {
            let ballot = named(&cast, "ballot")?;
            let words = Some(words);
            let reply = DecisionCommand::Reply {
                network,
                decision,
                ballot,
                words,
            };
            self.says(author, reply, moment)?;
        }
        Ok(())
    }

    fn end_in_story(
        &mut self,
        author: &str,
        index: usize,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let said = &self.story.decisions.decisions[index];
        let Some(made) = self.decisions.get(&index) else {
            return Ok(());
        };
        let (network, decision) = (self.network, made.id);
        self.says(author, DecisionCommand::End { network, decision }, moment)?;
        if said.counted {
            let reason = None;
            self.says(
                author,
                DecisionCommand::Count {
                    network,
                    decision,
                    reason,
                },
                moment,
            )?;
        }
        if said.counted && said.method == "criteria" {
            self.says(
                author,
                DecisionCommand::Publish { network, decision },
                moment,
            )?;
        }
        self.conclude_in_story(author, index, moment)
    }

    fn count_in_story(
        &mut self,
        author: &str,
        index: usize,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let Some(made) = self.decisions.get(&index) else {
            return Ok(());
        };
        let count = DecisionCommand::Count {
            network: self.network,
            decision: made.id,
            reason: None,
        };
        self.says(author, count, moment).map(drop)
    }

    fn conclude_in_story(
        &mut self,
        author: &str,
        index: usize,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let said = &self.story.decisions.decisions[index];
        let Some(made) = self.decisions.get(&index) else {
            return Ok(());
        };
        let (network, decision) = (self.network, made.id);
        if said.outcome.is_some() {
            let (outcome, review) = (said.outcome.clone(), said.review.clone());
            let conclude = DecisionCommand::Outcome {
                network,
                decision,
                outcome,
                review,
            };
            self.says(author, conclude, moment)?;
        }
        if let Some(title) = said.action.clone() {
            self.says(
                author,
                DecisionCommand::Act {
                    network,
                    decision,
                    title,
                },
                moment,
            )?;
        }
        Ok(())
    }
}

impl BallotStory {
    fn answer(&self, method: &str, made: &Made) -> Answer {
        let words = self.words.clone();
        let option = |at: &usize| made.options.get(*at).copied();
        let given =
            |ids: &[ItemId], of: &[u32]| ids.iter().copied().zip(of.iter().copied()).collect();
        match method {
            "advice" => Answer::Words { words },
            "choose-simple" => Answer::Choice {
                options: self.options.iter().filter_map(option).collect(),
                words,
            },
            "choose-ranked" => Answer::Ranking {
                options: self.options.iter().filter_map(option).collect(),
                words,
            },
            "choose-dots" | "choose-score" => Answer::Points {
                points: given(&made.options, &self.points),
                words,
            },
            "criteria" => Answer::Grid {
                weights: given(&made.criteria, &self.weights),
                scores: made
                    .options
                    .iter()
                    .copied()
                    .zip(self.scores.iter().map(|row| given(&made.criteria, row)))
                    .collect(),
                words,
            },
            _ => Answer::Stance {
                stance: self.stance.unwrap_or(Stance::Abstain),
                words,
            },
        }
    }
}

fn unknown(word: &str) -> CommandError {
    CommandError::new("demo", format!("a decision has no field {word}"))
}
