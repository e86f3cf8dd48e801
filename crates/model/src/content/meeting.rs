//! What a meeting says.

use std::{fmt, str::FromStr, sync::Arc};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Attachment, Conflict};
use crate::{DocId, ItemId, MemberId};

/// A meeting. Everything in it lies under keys of its own, so two who write apart both keep what they wrote; where they set one
/// field, both values can be seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct MeetingContent {
    /// Its title.
    pub title: String,
    /// On which day, ISO 8601 date, or empty.
    pub on: String,
    /// At what time it begins (`18:30`), or empty.
    pub at: String,
    /// How long it is to last, in minutes; `None` where nobody said.
    pub length: Option<u32>,
    /// Where: a place or a link.
    pub place: String,
    /// The working group that meets.
    pub group: Option<ItemId>,
    /// How far it has come.
    pub state: MeetingState,
    /// What was prepared for it, in words.
    pub prepared: String,
    /// The rule that foresees it; `None`: it was called for its own sake.
    pub series: Option<ItemId>,
    /// The rule's own day for it, ISO 8601, or empty: it may have been moved since.
    pub day: String,
    /// Who facilitates, by id.
    pub facilitators: Vec<MemberId>,
    /// Who writes the minutes, by id.
    pub note_takers: Vec<MemberId>,
    /// The days among which one is to be found, the earliest first.
    pub options: Vec<DateOption>,
    /// What it is to speak of, in order.
    pub agenda: Vec<AgendaItem>,
    /// Who came, as others noted it.
    pub attendance: Vec<Noted>,
    /// How long people spoke is written down.
    pub floor: bool,
    /// Who spoke how long, by the id of the turn.
    pub turns: Vec<FloorTurn>,
    /// What came out of it, by line.
    pub made: Vec<MadeOf>,
    /// Its Markdown text: the minutes.
    pub body: Arc<str>,
    /// It is in the bin.
    pub binned: bool,
    /// Its attachments, the oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

impl MeetingContent {
    /// A day is being looked for: there are some to choose from, and none is chosen.
    pub fn seeks_date(&self) -> bool {
        self.on.is_empty() && !self.options.is_empty() && self.state == MeetingState::Planned
    }

    /// What of the agenda is neither done nor carried on.
    pub fn unfinished(&self) -> impl Iterator<Item = &AgendaItem> {
        let agenda = self.agenda.iter();
        agenda.filter(|item| !item.done && item.carried.is_none())
    }
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
        /// How long it is to last, in minutes: 1 to 1440.
        Length = "length",
        /// Where.
        Place = "place",
        /// The id of the working group that meets.
        Group = "group",
        /// `planned`, `running`, `closed` or `cancelled`.
        State = "state",
        /// What was prepared for it.
        Prepared = "prepared",
        /// The id of the rule that foresees it.
        Series = "series",
        /// The rule's own day for it.
        Day = "day",
    }
);

words!(
    /// How far a meeting has come.
    MeetingState {
        /// It is to come.
        Planned = "planned",
        /// It has been opened.
        Running = "running",
        /// It is over.
        Closed = "closed",
        /// It does not take place.
        Cancelled = "cancelled",
    }
);

#[allow(
    clippy::derivable_impls,
    reason = "the vocabulary is made by a macro that marks no default"
)]
impl Default for MeetingState {
    /// A meeting of which nothing is said is to come.
    fn default() -> Self {
        Self::Planned
    }
}

words!(
    /// What somebody does for a meeting.
    MeetingPart {
        /// Sees to it that everybody is heard.
        Facilitator = "facilitator",
        /// Writes the minutes.
        Notes = "notes",
    }
);

/// One of the days that a meeting may fall on. Its day and time are its name, so two who propose the same propose one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DateOption {
    /// On which day, ISO 8601.
    pub on: String,
    /// At what time, `18:30`, or empty.
    pub at: String,
}

/// Something on the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgendaItem {
    /// Names it.
    pub id: ItemId,
    /// What it is about.
    pub title: String,
    /// How long it may take, in minutes.
    pub length: Option<u32>,
    /// What else is said of it.
    pub words: String,
    /// It was dealt with.
    pub done: bool,
    /// Who brings what.
    pub brings: Vec<Brings>,
    /// The meeting it was carried on to.
    pub carried: Option<DocId>,
    /// The meeting it was carried on from.
    pub from: Option<DocId>,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

fields!(
    /// Fields of something on the agenda.
    AgendaField {
        /// What it is about.
        Title = "title",
        /// How long it may take, in minutes.
        Length = "length",
        /// What else is said of it.
        Words = "words",
        /// It was dealt with: `true`, or nothing.
        Done = "done",
    }
);

/// Somebody brings something to an agenda item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Brings {
    /// Who.
    pub member: MemberId,
    /// What, in words; may be empty.
    pub what: String,
}

/// Whether somebody came.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Attended {
    /// They were there.
    Present,
    /// They said that they could not come.
    Excused,
    /// Somebody came in their place: a member's id or a name; may be empty.
    Represented(String),
    /// They did not come.
    Absent,
}

impl Attended {
    /// Its word, without who came instead.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Excused => "excused",
            Self::Represented(_) => "represented",
            Self::Absent => "absent",
        }
    }

    /// The one with this word, and whoever came instead.
    pub fn from_words(word: &str, by: &str) -> Option<Self> {
        Some(match word {
            "present" => Self::Present,
            "excused" => Self::Excused,
            "represented" => Self::Represented(by.trim().to_owned()),
            "absent" => Self::Absent,
            _ => return None,
        })
    }
}

impl fmt::Display for Attended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Represented(by) if !by.is_empty() => write!(f, "represented {by}"),
            one => f.write_str(one.word()),
        }
    }
}

impl FromStr for Attended {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (word, by) = text.split_once(' ').unwrap_or((text, ""));
        Self::from_words(word, by).ok_or_else(|| format!("« {text} » is no attendance"))
    }
}

impl From<Attended> for String {
    fn from(attended: Attended) -> Self {
        attended.to_string()
    }
}

impl TryFrom<String> for Attended {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

/// What others noted of somebody's coming.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// Who.
    pub member: MemberId,
    /// Whether they came.
    pub word: Attended,
}

/// One time that somebody spoke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FloorTurn {
    /// Names it.
    pub id: ItemId,
    /// Who; `None`: somebody who is not named.
    pub member: Option<MemberId>,
    /// How long, in seconds.
    pub seconds: u32,
}

/// What a line of the minutes was made into.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Made {
    /// An action of the plan.
    Action(ItemId),
    /// A document: a decision.
    Document(DocId),
    /// An item of the watch.
    Watch(ItemId),
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Action(id) => write!(f, "action/{id}"),
            Self::Document(doc) => write!(f, "{doc}"),
            Self::Watch(id) => write!(f, "watch/{id}"),
        }
    }
}

impl FromStr for Made {
    type Err = crate::IdError;
    fn from_str(text: &str) -> Result<Self, crate::IdError> {
        match text.split_once('/') {
            Some(("action", id)) => id.parse().map(Self::Action),
            Some(("watch", id)) => id.parse().map(Self::Watch),
            _ => text.parse().map(Self::Document),
        }
    }
}

impl Serialize for Made {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A line and what was made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MadeOf {
    /// What.
    pub made: Made,
    /// The line's words at that time.
    pub line: String,
}
