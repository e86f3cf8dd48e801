//! What a person can ask for about evaluation: what is asked of members, what one answers, the toolbox.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tresse_model::{NetworkId, PulseField, PulseRhythm};

/// One request about evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "command")]
pub enum EvaluationCommand {
    /// Begins to ask the members. Undone as one. Two who begin at once have begun once.
    #[serde(rename = "pulse.begin")]
    Begin {
        /// Which network.
        network: NetworkId,
        /// How often.
        rhythm: PulseRhythm,
        /// The day on which the first period begins; else today.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<String>,
        /// How many answers are needed before they are broken down, from 2; else 3.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        threshold: Option<u8>,
        /// Which of the questions on offer: `satisfaction`, `added-value`, `confidence`, `heard`, `meetings`; else all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        questions: Option<Vec<String>>,
    },
    /// Sets how the network asks. Without a rhythm it asks no more; what was answered stays. Two values set at once are both kept,
    /// until somebody chooses.
    #[serde(rename = "pulse.set")]
    Set {
        /// Which network.
        network: NetworkId,
        /// Which field.
        field: PulseField,
        /// The new value.
        value: Option<String>,
    },
    /// Answers a question for the period that runs, in my own notebook. A part that is left out stays as it was. Of two of my own
    /// machines that answer at once, one answer stands, the same everywhere.
    #[serde(rename = "pulse.answer")]
    Answer {
        /// Which network.
        network: NetworkId,
        /// Which question.
        question: String,
        /// From 1 to 5.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        score: Option<u8>,
        /// A word beside it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        word: Option<String>,
        /// Take my answer back instead.
        #[serde(default)]
        withdraw: bool,
    },
    /// Asks one more question: one on offer, or one in words of its own. Answers `{"question":…}`. The same one on offer asked by
    /// two at once is asked once; two in words of their own are both asked.
    #[serde(rename = "question.ask")]
    Ask {
        /// Which network.
        network: NetworkId,
        /// One on offer; else a new one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        question: Option<String>,
        /// Its words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// Rewords a question. Without words, one on offer gets its own back. Two values set at once are both kept, until somebody
    /// chooses.
    #[serde(rename = "question.set")]
    Reword {
        /// Which network.
        network: NetworkId,
        /// Which question.
        question: String,
        /// Its words.
        text: Option<String>,
    },
    /// Asks a question no more, or again. What was answered stays. Said and taken back by two at once, it is one of both, the same
    /// at everybody's.
    #[serde(rename = "question.remove")]
    Unask {
        /// Which network.
        network: NetworkId,
        /// Which question.
        question: String,
        /// Ask it again instead.
        #[serde(default)]
        restore: bool,
    },
    /// Says how far a statement on working together is true for me today, in my own notebook. Of two of my own machines that say it
    /// at once, one stands, the same everywhere.
    #[serde(rename = "assess.set")]
    Assess {
        /// Which network.
        network: NetworkId,
        /// Which statement, as in the evaluation's view.
        statement: String,
        /// From 1 (not at all) to 5 (quite so); left out: take back what I said today.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        score: Option<u8>,
    },
    /// Makes a page of a sheet of the toolbox, to be adapted. Answers `{"page":…}`. Two who do so at once have made two pages: each is
    /// whole, and one can be put into the bin.
    #[serde(rename = "toolbox.page")]
    Page {
        /// Which network.
        network: NetworkId,
        /// Which sheet.
        sheet: String,
        /// `fr` or `en`; else the profile's language.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lang: Option<String>,
    },
}
