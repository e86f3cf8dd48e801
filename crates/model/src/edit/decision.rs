//! Edits of a decision.

use crate::DecisionField;

/// One edit of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecisionEdit {
    /// Writes a new decision's first content. Undone, it lies in the bin.
    Init {
        /// Its title.
        title: String,
        /// What else is said of it.
        fields: Vec<(DecisionField, String)>,
    },
    /// Sets a field of the decision.
    Set {
        /// Which field.
        field: DecisionField,
        /// The new value.
        value: Option<String>,
    },
    /// Puts the decision in the bin.
    Bin {
        /// Bring it back instead.
        restore: bool,
    },
}
