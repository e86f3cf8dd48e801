//! The keys of meetings, of rules by which they come again, and of what members say about them.

use crate::{DateOption, DocId, ItemId, Made, MeetingPart, MemberId};

/// In a meeting, before who came, as others noted it. In a notebook, before the meeting: whether its owner came.
pub(crate) const ATTEND: &str = "attend/";
/// In a meeting, before a day and time that it may fall on.
pub(crate) const OPTION: &str = "date/";
/// In a meeting, before what somebody does for it and who.
pub(crate) const PART: &str = "part/";
/// In a meeting: how long people spoke is written down. In a notebook: its owner agrees to be named there.
pub(crate) const FLOOR: &str = "floor";
/// In a meeting, before the id of a turn.
pub(crate) const TURN_OF_FLOOR: &str = "floor/";
/// In a meeting, before what a line was made into.
pub(crate) const MADE: &str = "made/";
/// Of an agenda item, before who brings something.
pub(crate) const BRINGS: &str = "brings/";
/// Of an agenda item: the meeting that it went on to, and the one it came from.
pub(crate) const CARRIED: &str = "carried";
pub(crate) const FROM: &str = "from";
/// In the network document, before the id of a rule.
pub(crate) const SERIES: &str = "series/";
/// Of a rule, before one of its days: on which it falls instead, or `off`.
pub(crate) const DAY: &str = "day/";
/// What stands there for a day that is skipped.
pub(crate) const SKIPPED: &str = "off";
/// In a notebook, before a meeting and one of its days.
pub(crate) const AVAIL: &str = "avail/";
/// In a notebook, before a meeting: a word in its closing round.
pub(crate) const ROUND: &str = "round/";

pub(crate) fn attend(member: &MemberId) -> String {
    format!("{ATTEND}{member}")
}

pub(crate) fn option(option: &DateOption) -> String {
    format!("{OPTION}{}/{}", option.on, option.at)
}

/// The day and time that follow a key's beginning.
pub(crate) fn option_in(rest: &str) -> Option<DateOption> {
    let (on, at) = rest.split_once('/')?;
    on.parse::<jiff::civil::Date>().ok()?;
    Some(DateOption {
        on: on.to_owned(),
        at: at.to_owned(),
    })
}

pub(crate) fn part(part: MeetingPart, member: &MemberId) -> String {
    format!("{PART}{}/{member}", part.word())
}

pub(crate) fn turn_of_floor(id: &ItemId) -> String {
    format!("{TURN_OF_FLOOR}{id}")
}

pub(crate) fn made(made: &Made) -> String {
    format!("{MADE}{made}")
}

/// In the map of the agenda. No object for an item: two who carry the same on apart write the same keys.
pub(crate) fn agenda(item: &ItemId, what: &str) -> String {
    format!("{item}/{what}")
}

pub(crate) fn brings(item: &ItemId, member: &MemberId) -> String {
    format!("{item}/{BRINGS}{member}")
}

pub(crate) fn series(id: &ItemId, what: &str) -> String {
    format!("{SERIES}{id}/{what}")
}

pub(crate) fn series_day(id: &ItemId, day: &str) -> String {
    format!("{SERIES}{id}/{DAY}{day}")
}

pub(crate) fn own_attend(meeting: &DocId) -> String {
    format!("{ATTEND}{meeting}")
}

pub(crate) fn avail(meeting: &DocId, option: &DateOption) -> String {
    format!("{AVAIL}{meeting}/{}/{}", option.on, option.at)
}

pub(crate) fn round(meeting: &DocId) -> String {
    format!("{ROUND}{meeting}")
}
