//! Edits of a meeting.

use crate::MeetingField;

/// One edit of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeetingEdit {
    /// Writes a new meeting's first content. Undone, it lies in the bin.
    Init {
        /// Its title.
        title: String,
        /// What else is said of it.
        fields: Vec<(MeetingField, String)>,
    },
    /// Sets a field of the meeting.
    Set {
        /// Which field.
        field: MeetingField,
        /// The new value.
        value: Option<String>,
    },
    /// Puts the meeting in the bin.
    Bin {
        /// Bring it back instead.
        restore: bool,
    },
}
