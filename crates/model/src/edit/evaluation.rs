//! Edits of evaluation: what is asked (in the network document), what one answers (in one's own notebook).

use crate::{DocKind, PulseField, PulseRhythm};

/// One edit of evaluation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvaluationEdit {
    /// Begins to ask: all of it in one change, so that it is undone as one. Two people who begin at once have begun once.
    Begin {
        /// How often.
        rhythm: PulseRhythm,
        /// The day on which the first period begins.
        start: String,
        /// How many answers are needed before they are broken down.
        threshold: u8,
        /// Which of [`crate::QUESTIONS`].
        questions: Vec<String>,
    },
    /// Sets how the network asks.
    SetPulse {
        /// Which field.
        field: PulseField,
        /// The new value.
        value: Option<String>,
    },
    /// Asks one more question, after the last; one that was asked before is asked again.
    Ask {
        /// One of [`crate::QUESTIONS`], or an id of its own.
        question: String,
        /// Its words; one on offer has words already.
        text: Option<String>,
    },
    /// Rewords a question. Answers given to it stay.
    Reword {
        /// Which.
        question: String,
        /// Its words; `None`: those that every Tresse has for it.
        text: Option<String>,
    },
    /// Asks a question no more. Answers given to it stay.
    Unask {
        /// Which.
        question: String,
        /// Ask it again instead.
        restore: bool,
    },
    /// Answers a question, in one's own notebook; answered again, the newer answer stands instead.
    Answer {
        /// The first day of the period.
        period: String,
        /// Other days in the same period for which one answered already, under a rhythm of before: those answers go.
        instead: Vec<String>,
        /// Which question.
        question: String,
        /// `None` takes the answer back.
        answer: Option<Answered>,
    },
    /// Says how far a statement is true, in one's own notebook.
    Assess {
        /// On which day.
        on: String,
        /// Which statement.
        statement: String,
        /// From 1 to 5; `None` takes it back.
        score: Option<u8>,
    },
}

/// An answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// From 1 to 5.
    pub score: u8,
    /// A word beside it.
    pub word: Option<String>,
    /// The question's own words as they were read.
    pub asked: Option<String>,
}

impl EvaluationEdit {
    /// The kind of document that the edit is for.
    pub const fn kind(&self) -> DocKind {
        match self {
            Self::Begin { .. }
            | Self::SetPulse { .. }
            | Self::Ask { .. }
            | Self::Reword { .. }
            | Self::Unask { .. } => DocKind::Network,
            Self::Answer { .. } | Self::Assess { .. } => DocKind::Notebook,
        }
    }
}
