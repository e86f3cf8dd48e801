//! What a person can ask for about meetings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tresse_model::{DocId, MeetingField, NetworkId};

use super::TextEdit;

/// One request about a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "command")]
pub enum MeetingCommand {
    /// Makes a meeting. Answers `{"meeting":…}`.
    #[serde(rename = "meeting.create")]
    Create {
        /// Which network.
        network: NetworkId,
        /// Its title.
        title: String,
        /// On which day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<String>,
        /// At what time, `18:30`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<String>,
    },
    /// Sets one field of a meeting.
    #[serde(rename = "meeting.set")]
    Set {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
        /// Which field.
        field: MeetingField,
        /// The new value.
        value: Option<String>,
    },
    /// Edits a meeting's Markdown text: its minutes.
    #[serde(rename = "meeting.edit")]
    Edit {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
        /// What to do to the text.
        #[serde(flatten)]
        edit: TextEdit,
    },
    /// Puts a meeting in the bin, or brings it back.
    #[serde(rename = "meeting.remove")]
    Remove {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Asks for a meeting to stand in the views, whole, until it is closed.
    #[serde(rename = "meeting.open")]
    Open {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
    },
    /// Needs a meeting no longer.
    #[serde(rename = "meeting.close")]
    Close {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
    },
}
