//! Evaluation in the demo's story: what the network asked, what each answered and said they gave, what was learned.

use std::collections::BTreeMap;

use serde::Deserialize;
use tresse_model::{ObjectiveField, PulseRhythm, STATEMENTS};

use super::Life;
use crate::{Command, CommandError, ContributionCommand, EvaluationCommand, Moment};

#[derive(Debug, Deserialize)]
pub(super) struct EvaluationStory {
    pulse: PulseStory,
    answers: Vec<AnswersStory>,
    assessed: Vec<AssessedStory>,
    gave: Vec<SaidStory>,
    learned: Vec<LearnedStory>,
}

#[derive(Debug, Deserialize)]
struct PulseStory {
    rhythm: PulseRhythm,
    start: String,
    author: String,
    date: String,
}

#[derive(Debug, Deserialize)]
struct AnswersStory {
    author: String,
    date: String,
    /// By question.
    scores: BTreeMap<String, u8>,
    #[serde(default)]
    words: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
struct AssessedStory {
    author: String,
    date: String,
    /// One for each statement, in their order.
    scores: Vec<u8>,
}

#[derive(Debug, Deserialize)]
struct SaidStory {
    author: String,
    date: String,
    text: String,
}

#[derive(Debug, Deserialize)]
struct LearnedStory {
    objective: String,
    author: String,
    date: String,
    text: String,
}

/// One thing that somebody does about evaluation.
#[derive(Debug, Clone)]
pub(super) enum EvaluationDeed {
    Begin,
    Answer { index: usize },
    Assess { index: usize },
    Gave { index: usize },
    Learned { index: usize },
}

impl EvaluationStory {
    /// Every day on which somebody does something about evaluation.
    pub(super) fn days(&self, mut on: impl FnMut(&str, u8, &str, EvaluationDeed)) {
        on(
            &self.pulse.date,
            8,
            &self.pulse.author,
            EvaluationDeed::Begin,
        );
        for (index, said) in self.answers.iter().enumerate() {
            on(
                &said.date,
                11,
                &said.author,
                EvaluationDeed::Answer { index },
            );
        }
        for (index, said) in self.assessed.iter().enumerate() {
            on(
                &said.date,
                11,
                &said.author,
                EvaluationDeed::Assess { index },
            );
        }
        for (index, said) in self.gave.iter().enumerate() {
            on(&said.date, 11, &said.author, EvaluationDeed::Gave { index });
        }
        for (index, said) in self.learned.iter().enumerate() {
            on(
                &said.date,
                11,
                &said.author,
                EvaluationDeed::Learned { index },
            );
        }
    }
}

impl Life<'_> {
    pub(super) fn evaluation(
        &mut self,
        author: &str,
        deed: &EvaluationDeed,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let (story, network) = (&self.story.evaluation, self.network);
        let commands: Vec<Command> = match deed {
            EvaluationDeed::Begin => vec![Command::Evaluation(EvaluationCommand::Begin {
                network,
                rhythm: story.pulse.rhythm,
                start: Some(story.pulse.start.clone()),
                threshold: None,
                questions: None,
            })],
            EvaluationDeed::Answer { index } => {
                let said = &story.answers[*index];
                let answers = said.scores.iter().map(|(question, score)| {
                    Command::Evaluation(EvaluationCommand::Answer {
                        network,
                        question: question.clone(),
                        score: Some(*score),
                        word: said.words.get(question).cloned(),
                        withdraw: false,
                    })
                });
                answers.collect()
            }
            EvaluationDeed::Assess { index } => {
                let scores = &story.assessed[*index].scores;
                let said = STATEMENTS.iter().zip(scores).map(|(statement, score)| {
                    Command::Evaluation(EvaluationCommand::Assess {
                        network,
                        statement: statement.key.to_owned(),
                        score: Some(*score),
                    })
                });
                said.collect()
            }
            EvaluationDeed::Gave { index } => {
                vec![Command::Contribution(ContributionCommand::Add {
                    network,
                    text: story.gave[*index].text.clone(),
                    on: None,
                })]
            }
            EvaluationDeed::Learned { index } => {
                let said = &story.learned[*index];
                let objective = self.objectives.get(&said.objective).copied();
                let set = objective.map(|objective| Command::ObjectiveSet {
                    network,
                    objective,
                    field: ObjectiveField::Learned,
                    value: Some(said.text.clone()),
                });
                set.into_iter().collect()
            }
        };
        for command in commands {
            self.execute(author, command, moment)?;
        }
        Ok(())
    }
}
