//! Edits of a decision, and of ballots in a notebook.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Answer, CastId, Count, DecisionField, DocId, ItemId, MemberId};

/// What an option or a criterion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChoiceOf {
    /// Something that can be chosen.
    Option,
    /// Something that options are judged by.
    Criterion,
}

/// One edit of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecisionEdit {
    /// Writes a new decision's first content. Undone, it lies in the bin.
    Init {
        /// Its title.
        title: String,
        /// What else is said of it.
        fields: Vec<(DecisionField, String)>,
        /// Its first text.
        text: String,
    },
    /// Sets a field of the decision.
    Set {
        /// Which field.
        field: DecisionField,
        /// The new value.
        value: Option<String>,
    },
    /// Sets several fields at once.
    SetAll {
        /// Each and its new value.
        fields: Vec<(DecisionField, Option<String>)>,
    },
    /// Adds an option or a criterion after the last.
    AddChoice {
        /// Which of both.
        of: ChoiceOf,
        /// Its new id.
        id: ItemId,
        /// Its words.
        text: String,
    },
    /// Rewords one.
    SetChoice {
        /// Which of both.
        of: ChoiceOf,
        /// Which one.
        id: ItemId,
        /// Its words.
        text: String,
    },
    /// Removes one.
    RemoveChoice {
        /// Which of both.
        of: ChoiceOf,
        /// Which one.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
    /// Says that a member is asked, or no longer.
    Concern {
        /// Who.
        member: MemberId,
        /// They are not asked.
        off: bool,
    },
    /// Notes which ballot a member cast last. Believed of nobody but who writes it.
    Mark {
        /// Who.
        member: MemberId,
        /// Which ballot.
        ballot: CastId,
    },
    /// Says how an objection was answered.
    Reply {
        /// The ballot that raised it.
        ballot: CastId,
        /// The answer; none takes it away.
        words: Option<String>,
    },
    /// Links an action of the plan that was made of it.
    Action {
        /// Which action.
        action: ItemId,
        /// Unlink it instead.
        off: bool,
    },
    /// Puts the decision in the bin.
    Bin {
        /// Bring it back instead.
        restore: bool,
    },
}

/// One edit of a notebook that says something to a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BallotEdit {
    /// Casts a ballot. Undone, it is marked as taken back, and the one before holds.
    Cast {
        /// In which decision.
        decision: DocId,
        /// Whose notebook it is.
        member: MemberId,
        /// When, as the voter's clock claims: milliseconds since 1970, UTC.
        at: i64,
        /// What it says.
        answer: Answer,
    },
    /// Records a count. Nothing to take back: others may have relied on it.
    Count(Box<Count>),
}
