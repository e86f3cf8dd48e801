//! What a meeting says.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Conflict;
use crate::ItemId;

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct MeetingContent {
    /// Its title.
    pub title: String,
    /// On which day, ISO 8601 date, or empty.
    pub on: String,
    /// At what time it begins (`18:30`), or empty.
    pub at: String,
    /// Where.
    pub place: String,
    /// The working group that meets.
    pub group: Option<ItemId>,
    /// Its Markdown text: the minutes.
    pub body: Arc<str>,
    /// It is in the bin.
    pub binned: bool,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

fields!(
    /// Fields of a meeting.
    MeetingField {
        /// Its title.
        Title = "title",
        /// On which day, ISO 8601 date.
        On = "on",
        /// At what time it begins, `18:30`.
        At = "at",
        /// Where.
        Place = "place",
        /// The id of the working group that meets.
        Group = "group",
    }
);
