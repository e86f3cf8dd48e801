//! What views say of meetings.

use serde::{Deserialize, Serialize};
use tresse_model::{DocId, ItemId, MeetingContent};

use crate::TextView;

/// The meetings of a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct MeetingsView {
    /// Those that are not in the bin, by their day, the newest first.
    pub meetings: Vec<MeetingRow>,
    /// Those in the bin, likewise.
    pub binned: Vec<MeetingRow>,
}

/// One meeting in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MeetingRow {
    /// The meeting.
    pub id: DocId,
    /// Its title.
    pub title: String,
    /// On which day, ISO 8601 date, or empty.
    pub on: String,
    /// At what time, or empty.
    pub at: String,
    /// Where.
    pub place: String,
    /// The working group that meets.
    pub group: Option<ItemId>,
    /// Its first words, for the list.
    pub excerpt: String,
    /// When it last changed, as its author's clock claimed: milliseconds since 1970, UTC.
    pub changed: i64,
    /// Who changed it last, as a name.
    pub author: String,
}

/// One open meeting.
#[derive(Debug, Clone, Serialize)]
pub struct MeetingView {
    /// The meeting.
    pub id: DocId,
    /// Its content.
    pub content: MeetingContent,
    /// The Markdown text for an editor.
    pub body: TextView,
    /// Written by a newer Tresse: shown, not edited.
    pub read_only: bool,
}

/// What the list keeps of a meeting in the store, so that it need not be loaded to stand there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(default)]
pub(crate) struct MeetingFacts {
    /// On which day.
    pub(crate) on: String,
    /// At what time.
    pub(crate) at: String,
    /// Where.
    pub(crate) place: String,
}
