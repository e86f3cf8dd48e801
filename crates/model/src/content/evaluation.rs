//! What documents say of evaluation: what the network asks its members and how often, and what each answers.
//!
//! Questions stand in the network document; answers stand in notebooks, so that nobody can touch another's. They are no secret:
//! whoever is a member can read every notebook.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Conflict;

/// The lowest and the highest answer to a question or a statement.
pub const SCORES: std::ops::RangeInclusive<u8> = 1..=5;
/// So many answers are needed before they are broken down, where a network has not chosen.
pub const THRESHOLD: u8 = 3;
/// One answer alone is never shown as a result.
pub const THRESHOLD_MIN: u8 = 2;
/// The highest threshold that can be chosen.
pub const THRESHOLD_MAX: u8 = 100;
/// So many questions a network asks at most.
pub const QUESTIONS_MAX: usize = 24;

/// The questions on offer, which every Tresse knows how to ask in its user's language.
pub const QUESTIONS: [&str; 5] = [
    "satisfaction",
    "added-value",
    "confidence",
    "heard",
    "meetings",
];

words!(
    /// How often a network asks.
    PulseRhythm {
        /// Each month.
        Monthly = "monthly",
        /// Each quarter.
        Quarterly = "quarterly",
        /// Twice a year.
        HalfYearly = "half-yearly",
        /// Once a year.
        Yearly = "yearly",
    }
);

/// What a network asks, and how often.
///
/// Two people who set it up at once end with one set-up: the questions on offer have names of their own, so that nobody asks twice
/// the same; a rhythm, a first day or a threshold set at once to different values shows one, the others stand in `conflicts`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PulseSettings {
    /// How often; `None`: nothing is asked.
    pub rhythm: Option<PulseRhythm>,
    /// The day on which the first period begins, ISO 8601 date, or empty. Periods are counted from here, never from each other.
    pub start: String,
    /// With fewer answers than this, nothing is said but how many there are.
    pub threshold: u8,
    /// The questions, in their order; also those that are no longer asked.
    pub questions: Vec<Question>,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

impl Default for PulseSettings {
    fn default() -> Self {
        Self {
            rhythm: None,
            start: String::new(),
            threshold: THRESHOLD,
            questions: Vec::new(),
            conflicts: Vec::new(),
        }
    }
}

impl PulseSettings {
    /// The questions that are asked now.
    pub fn asked(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(|one| !one.removed)
    }

    /// The question with this key.
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions.iter().find(|one| one.key == key)
    }
}

/// A question to every member.
///
/// Reworded by one while others answer: their answers stay, and it is told how many were given to other words. Taken out by one while others
/// answer: it is asked no more, and what was answered stays to be seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Names it: one of [`QUESTIONS`], or an id.
    pub key: String,
    /// Its words; empty: those that every Tresse has for it.
    pub text: String,
    /// It is asked no more.
    pub removed: bool,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

fields!(
    /// How a network asks.
    PulseField {
        /// How often.
        Rhythm = "rhythm",
        /// A date: when the first period begins.
        Start = "start",
        /// How many answers are needed before they are broken down.
        Threshold = "threshold",
    }
);

/// What a member answered, in their own notebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct OwnEvaluation {
    /// To the network's questions, by period and question.
    pub answers: Vec<PulseAnswer>,
    /// To the statements on working together, by day and statement.
    pub assessed: Vec<Assessed>,
}

/// One answer to one question. Of two machines of one person that answer at once, one answer counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PulseAnswer {
    /// The first day of the period it was given for, ISO 8601 date.
    pub period: String,
    /// The question's key.
    pub question: String,
    /// From 1 to 5.
    pub score: u8,
    /// A word beside it; may be empty.
    pub word: String,
    /// The question's own words when it was answered; empty: those that every Tresse has for it.
    pub asked: String,
}

/// How far a member found a statement to be true on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessed {
    /// The day, ISO 8601 date, as their clock claimed.
    pub on: String,
    /// The statement's key.
    pub statement: String,
    /// From 1 (not at all) to 5 (quite so).
    pub score: u8,
}

words!(
    /// What cooperation is made of.
    Corner {
        /// To want to cooperate.
        Want = "want",
        /// To be able to: time, means, rules, standing.
        Can = "can",
        /// To know how to.
        Know = "know",
    }
);
