//! The terms of a ballot: what is asked, and how answers are counted.

use serde::{Deserialize, Serialize};

use super::{Abstentions, Quorum, Share, ShareOf};
use crate::{Answer, DecisionContent, DecisionField, ItemId, Line, Method};

/// So many options, and so many criteria, a ballot takes in; more are not asked.
pub const MOST_CHOICES: usize = 60;
const DOTS: u32 = 5;
const SCORE: u32 = 5;
/// Nobody shares out more dots, nor gives a higher score.
const HIGHEST: u32 = 100;

/// One option or criterion as it was put to the members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thing {
    /// Names it.
    pub id: ItemId,
    /// Its words.
    pub label: String,
}

/// What is asked, and how answers are counted. A count writes them down, so that nobody changes what came of it by changing
/// the decision afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// How it is taken.
    pub method: Method,
    /// What is asked.
    pub question: String,
    /// Until when ballots are cast: milliseconds since 1970, UTC. Without an end, none comes too late.
    pub closes: Option<i64>,
    /// How many must be for it.
    pub threshold: Share,
    /// Of whom.
    pub threshold_of: ShareOf,
    /// What becomes of who abstains.
    pub abstentions: Abstentions,
    /// How many must take part, if any number must.
    pub quorum: Option<Quorum>,
    /// How many options one may choose.
    pub most: u32,
    /// How many dots one shares out.
    pub dots: u32,
    /// The highest score.
    pub max: u32,
    /// What can be chosen.
    pub options: Vec<Thing>,
    /// What it is judged by.
    pub criteria: Vec<Thing>,
}

/// Why terms, or an answer to them, cannot stand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TermsError {
    /// There is nothing to choose among.
    #[error("there must be at least two options to choose among")]
    TooFewOptions,
    /// More persons are needed than are asked.
    #[error("the quorum of {need} cannot be reached: {electors} are asked")]
    QuorumOutOfReach {
        /// How many are needed.
        need: usize,
        /// How many are asked.
        electors: usize,
    },
    /// An answer to another question.
    #[error("this is no answer to this decision: {expected}")]
    AnotherAnswer {
        /// What would be one.
        expected: &'static str,
    },
    /// It names an option or a criterion that is not asked.
    #[error("there is no option or criterion {id} in this decision")]
    UnknownChoice {
        /// What it names.
        id: ItemId,
    },
    /// It goes beyond what each may give.
    #[error("this is more than the {most} that each may give")]
    TooMuch {
        /// How much each may give.
        most: u32,
    },
    /// A reason is needed.
    #[error("say in a few words what the objection is: the others need them to answer it")]
    NoWords,
    /// Words that are too long.
    #[error("the words are too long: {most} characters at the most")]
    TooLong {
        /// How long they may be.
        most: usize,
    },
}

impl TermsError {
    /// A stable word for scripts and translations.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooFewOptions => "too-few-options",
            Self::QuorumOutOfReach { .. } => "quorum-out-of-reach",
            Self::AnotherAnswer { .. } => "another-answer",
            Self::UnknownChoice { .. } => "unknown-choice",
            Self::TooMuch { .. } => "too-much",
            Self::NoWords => "objection-without-words",
            Self::TooLong { .. } => "ballot-too-long",
        }
    }
}

fn things(lines: &[Line]) -> Vec<Thing> {
    let asked = lines.iter().take(MOST_CHOICES);
    asked
        .map(|line| Thing {
            id: line.id,
            label: line.text.clone(),
        })
        .collect()
}

impl Terms {
    /// Whether no more is put than can be weighed, and each thing once.
    pub(super) fn are_bounded(&self) -> bool {
        let once = |things: &[Thing]| {
            let ids: std::collections::BTreeSet<_> = things.iter().map(|one| one.id).collect();
            ids.len() == things.len() && things.len() <= MOST_CHOICES
        };
        once(&self.options) && once(&self.criteria)
    }

    /// The terms that a decision says as it stands. What does not read there has its plainest meaning: more than half of the
    /// votes cast, no quorum, five dots, scores up to five, one choice.
    pub fn of(content: &DecisionContent) -> Self {
        use DecisionField as F;
        let number = |field: F, otherwise: u32| {
            let number = content.rule(field).parse().ok();
            number
                .filter(|n| (1..=HIGHEST).contains(n))
                .unwrap_or(otherwise)
        };
        let options = if content.method.has_options() {
            things(&content.options)
        } else {
            Vec::new()
        };
        let criteria = if content.method == Method::Criteria {
            things(&content.criteria)
        } else {
            Vec::new()
        };
        let questions = [&content.question, &content.put_as];
        let mut said = questions.into_iter().filter(|one| !one.trim().is_empty());
        let question = said.next().unwrap_or(&content.title);
        Self {
            method: content.method,
            question: question.clone(),
            closes: content.closes,
            threshold: content
                .rule(F::Threshold)
                .parse()
                .unwrap_or(Share::MAJORITY),
            threshold_of: match content.rule(F::ThresholdOf) {
                "members" => ShareOf::Members,
                _ => ShareOf::Cast,
            },
            abstentions: match content.rule(F::Abstentions) {
                "cast" => Abstentions::Cast,
                _ => Abstentions::Aside,
            },
            quorum: content.rule(F::Quorum).parse().ok(),
            most: number(F::Most, 1),
            dots: number(F::Dots, DOTS),
            max: number(F::Max, SCORE),
            options,
            criteria,
        }
    }

    /// Whether these can be put to so many persons.
    ///
    /// # Errors
    /// What stands in the way: nothing to choose among, or a quorum that they cannot reach.
    pub fn can_open(&self, electors: usize) -> Result<(), TermsError> {
        if self.method.has_options() && self.method != Method::Criteria && self.options.len() < 2 {
            return Err(TermsError::TooFewOptions);
        }
        match self.quorum.map(|quorum| quorum.need(electors)) {
            Some(need) if need > electors => Err(TermsError::QuorumOutOfReach { need, electors }),
            _ => Ok(()),
        }
    }

    /// Whether an answer is one to these terms.
    ///
    /// # Errors
    /// What is wrong with it, in words for who gave it.
    pub fn takes(&self, answer: &Answer) -> Result<(), TermsError> {
        answer.fits(self)
    }

    /// The option with this id.
    pub fn option(&self, id: &ItemId) -> Option<&Thing> {
        self.options.iter().find(|one| one.id == *id)
    }

    /// The criterion with this id.
    pub fn criterion(&self, id: &ItemId) -> Option<&Thing> {
        self.criteria.iter().find(|one| one.id == *id)
    }
}
