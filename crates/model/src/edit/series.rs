//! Edits of rules by which meetings come again.

use crate::{ItemId, SeriesField};

/// One edit of a rule by which meetings come again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeriesEdit {
    /// Makes a rule. It must have a rhythm and a first day, and fall on some day.
    Add {
        /// Its new id.
        id: ItemId,
        /// What its meetings are called.
        title: String,
        /// What else is said of it.
        fields: Vec<(SeriesField, String)>,
    },
    /// Sets a field. What would leave the rule without any day is refused; where two who are apart bring that about
    /// together, the rule stands and says that it has none.
    Set {
        /// Which rule.
        id: ItemId,
        /// Which field.
        field: SeriesField,
        /// The new value.
        value: Option<String>,
    },
    /// Skips one of the rule's days, moves it to another, or puts it back.
    Day {
        /// Which rule.
        id: ItemId,
        /// The rule's own day.
        day: String,
        /// What becomes of it.
        to: DayTo,
    },
    /// Puts the rule in the bin. Meetings that were prepared by it stay.
    Remove {
        /// Which rule.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
}

/// What becomes of one of a rule's days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayTo {
    /// It stands as the rule says.
    Rule,
    /// It is skipped.
    Skipped,
    /// It falls on another day.
    On(String),
}
