//! What a person can ask for about meetings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tresse_model::{
    AgendaField, Can, DocId, ItemId, MeetingField, MeetingPart, MemberId, NetworkId, SeriesField,
};

use super::TextEdit;

/// One request about a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "command")]
pub enum MeetingCommand {
    /// Makes a meeting. Answers `{"meeting":…}`. Two who do so at once have made two.
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
        /// How long, in minutes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        length: Option<u32>,
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<String>,
        /// The working group that meets.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        group: Option<ItemId>,
    },
    /// Makes a document of a meeting that a rule foresees. Answers `{"meeting":…}`; where somebody has prepared it already, it is
    /// that one.
    #[serde(rename = "meeting.prepare")]
    Prepare {
        /// Which network.
        network: NetworkId,
        /// Which rule.
        series: ItemId,
        /// The rule's own day.
        day: String,
    },
    /// Sets one field of a meeting. Two values set at once are both kept, until somebody chooses.
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
    /// Says that somebody facilitates, or takes the minutes. All who were named at once stay named. Said and taken back by two at
    /// once, it is one of both, the same at everybody's.
    #[serde(rename = "meeting.part")]
    Part {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
        /// What: `facilitator` or `notes`.
        part: MeetingPart,
        /// Who.
        member: MemberId,
        /// Not any more.
        #[serde(default)]
        off: bool,
    },
    /// Proposes a day, to find one that suits. Two who propose the same day at once have proposed one.
    #[serde(rename = "meeting.option")]
    Option {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
        /// Which day.
        on: String,
        /// At what time, `18:30`; or nothing.
        #[serde(default)]
        at: String,
        /// Not any more.
        #[serde(default)]
        off: bool,
    },
    /// Makes a day the meeting's. Two days chosen at once are both kept, until somebody chooses; one of them is shown meanwhile,
    /// the same everywhere.
    #[serde(rename = "meeting.choose")]
    Choose {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
        /// Which day.
        on: String,
        /// At what time.
        #[serde(default)]
        at: String,
    },
    /// Makes an action, a decision or a watch item of a line of the minutes, once. Answers `{"action":…}`, `{"decision":…}`
    /// or `{"watch":…}`. Two who do so of the same line while apart have made two, and both stand with it.
    #[serde(rename = "meeting.make")]
    Make {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
        /// The line's words.
        line: String,
        /// What: `action`, `decision` or `watch`.
        what: MakeWhat,
    },
    /// Carries unfinished agenda items on to another meeting. Answers `{"meeting":…,"carried":…}`. Two who carry the same items at
    /// once to the same meeting have carried them once.
    #[serde(rename = "meeting.carry")]
    Carry {
        /// Which network.
        network: NetworkId,
        /// From which meeting.
        meeting: DocId,
        /// To which; where nothing is said, to the next of the same rule or working group.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<DocId>,
        /// Which items; where none is named, all that are neither done nor carried on.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        items: Vec<ItemId>,
    },
    /// Edits a meeting's Markdown text: its minutes. What several write at once is all kept, letter by letter.
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
    /// Puts a meeting in the bin, or brings it back. Said and taken back by two at once, it is one of both, the same at
    /// everybody's.
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
    /// Makes a rule by which a meeting comes again. Answers `{"series":…}`. Two who do so at once have made two.
    #[serde(rename = "series.add")]
    SeriesAdd {
        /// Which network.
        network: NetworkId,
        /// What its meetings are called.
        title: String,
        /// How it comes again: `2 weeks tue`, `1 months day 31`, `1 months 2 tue`, `1 months last fri`.
        rhythm: String,
        /// From which day it is counted.
        from: String,
        /// The last day on which it may fall.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<String>,
        /// At what time, `18:30`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<String>,
        /// How long, in minutes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        length: Option<u32>,
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<String>,
        /// The working group that meets.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        group: Option<ItemId>,
    },
    /// Sets one field of a rule. Two values set at once are both kept, until somebody chooses.
    #[serde(rename = "series.set")]
    SeriesSet {
        /// Which network.
        network: NetworkId,
        /// Which rule.
        series: ItemId,
        /// Which field.
        field: SeriesField,
        /// The new value.
        value: Option<String>,
    },
    /// Skips one of a rule's days, moves it, or puts it back (neither `to` nor `skip`). Different days changed at once are all
    /// changed; of one day that two change, one change stands, the same everywhere.
    #[serde(rename = "series.day")]
    SeriesDay {
        /// Which network.
        network: NetworkId,
        /// Which rule.
        series: ItemId,
        /// The rule's own day.
        day: String,
        /// On which day it falls instead.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<String>,
        /// It is skipped.
        #[serde(default)]
        skip: bool,
    },
    /// Puts a rule in the bin, or brings it back. Said and taken back by two at once, it is one of both, the same at everybody's.
    #[serde(rename = "series.remove")]
    SeriesRemove {
        /// Which network.
        network: NetworkId,
        /// Which rule.
        series: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Puts something on a meeting's agenda. Answers `{"item":…}`. What two add at once is all on it, in one order everywhere.
    #[serde(rename = "agenda.add")]
    AgendaAdd {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
        /// What it is about.
        title: String,
        /// How long it may take, in minutes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        length: Option<u32>,
        /// Before which other; else last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<ItemId>,
    },
    /// Sets one field of an agenda item. Two values set at once are both kept, until somebody chooses.
    #[serde(rename = "agenda.set")]
    AgendaSet {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
        /// Which item.
        item: ItemId,
        /// Which field.
        field: AgendaField,
        /// The new value.
        value: Option<String>,
    },
    /// Puts an agenda item before another, or last. Different items moved at once are all where they were put; of one that two
    /// move, one place stands, the same everywhere.
    #[serde(rename = "agenda.move")]
    AgendaMove {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
        /// Which item.
        item: ItemId,
        /// Before which other.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<ItemId>,
    },
    /// Says what somebody brings to an agenda item. What different people bring is all kept; of two texts for the same person one
    /// is shown, the same everywhere.
    #[serde(rename = "agenda.bring")]
    AgendaBring {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
        /// Which item.
        item: ItemId,
        /// Who.
        member: MemberId,
        /// What, in words; may be empty.
        #[serde(default)]
        what: String,
        /// They bring nothing.
        #[serde(default)]
        off: bool,
    },
    /// Takes something off a meeting's agenda, or brings it back. What others write in it meanwhile is there again once it is
    /// brought back.
    #[serde(rename = "agenda.remove")]
    AgendaRemove {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
        /// Which item.
        item: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Notes whether somebody came. Two words noted at once of the same person are both kept, until somebody chooses; their own
    /// word counts before either.
    #[serde(rename = "attendance.note")]
    AttendanceNote {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
        /// Who.
        member: MemberId,
        /// `present`, `excused`, `represented`, `absent`; nothing: it is not noted.
        word: Option<String>,
        /// Who came in their place: a member's id or a name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<String>,
    },
    /// Says in my notebook whether I come or came: it counts before what others note. Nobody else writes it; of two of my own
    /// machines that say it at once, one stands, the same everywhere.
    #[serde(rename = "attendance.mine")]
    AttendanceMine {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
        /// `present`, `excused`, `represented`, `absent`; nothing: I say nothing.
        word: Option<String>,
        /// Who came in my place: a member's id or a name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<String>,
    },
    /// Says in my notebook whether I can come on one of the days. Nobody else writes it; of two of my own machines that say it at
    /// once, one stands, the same everywhere.
    #[serde(rename = "availability.set")]
    AvailabilitySet {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
        /// Which day.
        on: String,
        /// At what time, as the day was proposed.
        #[serde(default)]
        at: String,
        /// `yes`, `maybe` or `no`; nothing: I take my answer back.
        answer: Option<Can>,
    },
    /// Says my word in a meeting's closing round, in my notebook. Nobody else writes it; of two of my own machines that say it at
    /// once, one stands, the same everywhere.
    #[serde(rename = "round.say")]
    RoundSay {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
        /// The word; nothing takes it back.
        word: Option<String>,
    },
    /// Begins to write down in a meeting how long people speak. Said and taken back by two at once, it is one of both, the same at
    /// everybody's.
    #[serde(rename = "floor.show")]
    FloorShow {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
        /// Not any more.
        #[serde(default)]
        off: bool,
    },
    /// Says in my notebook that it may be shown by name how long I speak. Taken back, the time that others wrote down, also apart and
    /// without having heard of it, stands among that of those who are not named, wherever my word has arrived. Said and taken back by two
    /// of my own machines at once, it is one of both, the same at everybody's.
    #[serde(rename = "floor.agree")]
    FloorAgree {
        /// Which network.
        network: NetworkId,
        /// Not any more.
        #[serde(default)]
        off: bool,
    },
    /// Somebody spoke. Answers `{"turn":…}`. Two machines that count at once lose no turn. Refused where the meeting does not
    /// count.
    #[serde(rename = "floor.turn")]
    FloorTurn {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
        /// Who; nothing: somebody who is not named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        member: Option<MemberId>,
        /// How long, in seconds.
        seconds: u32,
    },
    /// Takes a turn out again. Two who take the same out at once have taken it out once; a turn is never altered, so nobody's words are
    /// lost by it. Somebody else's other turns stay.
    #[serde(rename = "floor.remove")]
    FloorRemove {
        /// Which network.
        network: NetworkId,
        /// Which meeting.
        meeting: DocId,
        /// Which turn.
        turn: ItemId,
    },
}

/// What a line of the minutes becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MakeWhat {
    /// An action of the plan.
    Action,
    /// Something to decide.
    Decision,
    /// Something seen outside, for the watch.
    Watch,
}

impl From<MeetingCommand> for super::Command {
    fn from(command: MeetingCommand) -> Self {
        Self::Meeting(command)
    }
}
