//! What views say of meetings.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};
use tresse_model::{
    Attended, AttendedCounts, Can, DateOption, DocId, ItemId, Made, MeetingContent, MeetingState,
    MemberId, Occurrence, Series,
};

use crate::{TextView, attachment_view::FileFact};

/// The meetings of a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct MeetingsView {
    /// Those that are not in the bin, by their day, the newest first.
    pub meetings: Vec<MeetingRow>,
    /// Those in the bin, likewise.
    pub binned: Vec<MeetingRow>,
    /// What is to come, the soonest first: meetings that are prepared, and those that a rule foresees in the next three months, at most
    /// four of each (of a rule that comes more seldom, the next one).
    pub coming: Vec<ComingMeeting>,
    /// The rules by which meetings come again, by title.
    pub series: Vec<SeriesView>,
    /// Meetings for which a day is looked for and that I have not answered whole.
    pub to_answer: Vec<DateAsk>,
    /// Attendance by year and quarter, the newest first.
    pub attendance: Vec<AttendanceView>,
}

impl MeetingsView {
    /// The next meeting that takes place, prepared or foreseen.
    pub fn next(&self) -> Option<&ComingMeeting> {
        self.coming.iter().find(|one| !one.skipped)
    }

    /// A meeting in the list.
    pub fn get(&self, id: &DocId) -> Option<&MeetingRow> {
        self.meetings.iter().find(|row| row.id == *id)
    }

    /// A meeting, also one from the bin.
    pub fn any(&self, id: &DocId) -> Option<&MeetingRow> {
        let mut all = self.meetings.iter().chain(&self.binned);
        all.find(|row| row.id == *id)
    }
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
    /// How long, in minutes.
    pub length: Option<u32>,
    /// Where.
    pub place: String,
    /// How far it has come.
    pub state: MeetingState,
    /// The working group that meets.
    pub group: Option<ItemId>,
    /// The rule that foresaw it.
    pub series: Option<ItemId>,
    /// Who facilitates it, by id.
    pub facilitators: Vec<MemberId>,
    /// How many days it may fall on, while one is looked for.
    pub options: usize,
    /// Its first words, for the list.
    pub excerpt: String,
    /// When it last changed, as its author's clock claimed: milliseconds since 1970, UTC.
    pub changed: i64,
    /// Who changed it last, as a name.
    pub author: String,
}

/// A meeting to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComingMeeting {
    /// On which day, ISO 8601.
    pub on: String,
    /// At what time, or empty.
    pub at: String,
    /// How long, in minutes.
    pub length: Option<u32>,
    /// Its title.
    pub title: String,
    /// Where.
    pub place: String,
    /// The working group that meets.
    pub group: Option<ItemId>,
    /// The meeting; `None`: a rule foresees it and nobody has prepared it yet.
    pub meeting: Option<DocId>,
    /// The rule.
    pub series: Option<ItemId>,
    /// The rule's own day for it, or empty.
    pub day: String,
    /// The rule has it, and it was skipped.
    pub skipped: bool,
    /// It is going on.
    pub running: bool,
}

/// A rule by which meetings come again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeriesView {
    /// What the network says of it.
    #[serde(flatten)]
    pub content: Series,
    /// No day fulfils it: two who were apart brought that about together.
    pub never: bool,
    /// In some months its day does not exist: it falls on the last day then.
    pub shortens: bool,
    /// Its next days, skipped ones counted in, at most 6.
    pub next: Vec<Occurrence>,
}

/// A day is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateAsk {
    /// For which meeting.
    pub meeting: DocId,
    /// Its title.
    pub title: String,
    /// How many days are proposed.
    pub options: usize,
    /// How many of them I answered.
    pub answered: usize,
}

/// Attendance in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttendanceView {
    /// `2026`, or `2026-Q4`.
    pub period: String,
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// Meetings that count.
    pub meetings: u32,
    /// Of all members together.
    pub all: AttendedCounts,
    /// Present or represented, of a hundred that were expected.
    pub rate: Option<u32>,
    /// My own.
    pub mine: Option<AttendedCounts>,
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
    /// What follows from it together with what members say in their notebooks.
    pub sheet: Arc<MeetingSheet>,
    /// Written by a newer Tresse: shown, not edited.
    pub read_only: bool,
}

/// What follows from a meeting together with what members say in their notebooks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct MeetingSheet {
    /// When each agenda item begins, in the agenda's order.
    pub starts: Vec<Option<String>>,
    /// When it ends, by its own length or else by its agenda's; or empty.
    pub ends: String,
    /// How long the agenda takes, in minutes, without what was carried on.
    pub planned: u32,
    /// The titles of the meetings that items were carried on to or from.
    pub titles: BTreeMap<DocId, String>,
    /// Who came, by name: of those who were members on its day.
    pub attendance: Vec<AttendanceRow>,
    /// The days that it may fall on, the earliest first.
    pub dates: Vec<DateRow>,
    /// What its lines were made into.
    pub made: Vec<MadeView>,
    /// The closing round, by name.
    pub round: Vec<RoundWord>,
    /// How long those spoke who agree to be named, by name.
    pub floor: Vec<FloorRow>,
    /// How long all others spoke, in seconds.
    pub floor_others: u32,
    /// I agree to be named.
    pub i_agree: bool,
    /// The meeting that unfinished items would be carried on to.
    pub next: Option<ComingMeeting>,
}

/// Whether somebody came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttendanceRow {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// What counts.
    pub word: Option<Attended>,
    /// Who came in their place, as a name.
    pub by: String,
    /// They said so themselves.
    pub own: bool,
    /// Others noted something else.
    pub noted_otherwise: Option<Attended>,
    /// It is me.
    pub is_me: bool,
}

/// One of the days a meeting may fall on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateRow {
    /// Which.
    #[serde(flatten)]
    pub option: DateOption,
    /// How many can.
    pub yes: usize,
    /// How many can if it must be.
    pub maybe: usize,
    /// How many cannot.
    pub no: usize,
    /// How many have not answered.
    pub unsaid: usize,
    /// What each said, in the order of [`MeetingSheet::attendance`]'s names.
    pub answers: Vec<DateAnswerView>,
    /// What I said.
    pub mine: Option<Can>,
}

/// What somebody said of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateAnswerView {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// What.
    pub answer: Option<Can>,
}

/// What a line was made into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MadeView {
    /// What.
    pub made: Made,
    /// The line's words then.
    pub line: String,
    /// What it is called now; empty where it is not here.
    pub title: String,
    /// It lies in the bin, or is not here.
    pub gone: bool,
    /// An action that is done.
    pub done: bool,
}

/// A word of the closing round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoundWord {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// The word.
    pub word: String,
    /// It is mine.
    pub is_me: bool,
}

/// How long somebody spoke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FloorRow {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// In seconds.
    pub seconds: u32,
}

/// What the list keeps of a meeting in the store, so that it need not be loaded to stand there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(default)]
pub(crate) struct MeetingFacts {
    /// On which day.
    pub(crate) on: String,
    /// At what time.
    pub(crate) at: String,
    /// How long.
    pub(crate) length: Option<u32>,
    /// Where.
    pub(crate) place: String,
    /// The word of its state.
    pub(crate) state: String,
    /// The rule that foresaw it.
    pub(crate) series: Option<ItemId>,
    /// The rule's own day.
    pub(crate) day: String,
    /// The days that it may fall on, while one is looked for.
    pub(crate) options: Vec<DateOption>,
    /// Who came, as others noted it.
    pub(crate) noted: BTreeMap<MemberId, Attended>,
    /// Who facilitated.
    pub(crate) facilitators: Vec<MemberId>,
    /// Its files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) files: Vec<FileFact>,
}

impl MeetingFacts {
    /// Whether it took place by this day (ISO 8601): its day has come, and it was not cancelled.
    pub(crate) fn took_place(&self, today: &str) -> bool {
        let cancelled = self.state == tresse_model::MeetingState::Cancelled.word();
        !cancelled && !self.on.is_empty() && self.on.as_str() <= today
    }
}
