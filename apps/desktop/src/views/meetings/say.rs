//! Days, times, lengths and rhythms in words.

use jiff::civil::{Date, Weekday};
use tresse_engine::{
    Command, MeetingCommand,
    model::{Attended, Can, DocId, MeetingState, NetworkId, Nth, Rhythm},
};

use crate::{i18n::I18n, theme::Tone, tr, views::Cx};

/// A weekday's name.
pub(super) fn weekday_name(words: &I18n, day: Weekday) -> String {
    match day {
        Weekday::Monday => tr!(words, "weekday-mon"),
        Weekday::Tuesday => tr!(words, "weekday-tue"),
        Weekday::Wednesday => tr!(words, "weekday-wed"),
        Weekday::Thursday => tr!(words, "weekday-thu"),
        Weekday::Friday => tr!(words, "weekday-fri"),
        Weekday::Saturday => tr!(words, "weekday-sat"),
        Weekday::Sunday => tr!(words, "weekday-sun"),
    }
}

/// « mardi 8 décembre 2026 »; nothing for no day.
pub(crate) fn day_words(words: &I18n, on: &str) -> String {
    let Ok(day) = on.parse::<Date>() else {
        return String::new();
    };
    let (weekday, date) = (weekday_name(words, day.weekday()), words.date(on));
    tr!(words, "meeting-day", weekday = weekday, date = date)
}

/// The day and the time, as far as they are known.
pub(crate) fn when(words: &I18n, on: &str, at: &str) -> String {
    let day = day_words(words, on);
    match (day.is_empty(), at.is_empty()) {
        (true, _) => tr!(words, "meeting-no-day"),
        (false, true) => day,
        (false, false) => tr!(words, "meeting-when", day = day, time = at.to_owned()),
    }
}

/// « 1 h 30 », « 45 min ».
pub(super) fn length(words: &I18n, minutes: u32) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (hours, rest) {
        (0, rest) => tr!(words, "length-minutes", minutes = rest),
        (hours, 0) => tr!(words, "length-hours", hours = hours),
        (hours, rest) => {
            let rest = format!("{rest:02}");
            tr!(words, "length-both", hours = hours, minutes = rest)
        }
    }
}

/// The same of what a field of minutes keeps; nothing where it keeps none.
pub(crate) fn length_of(words: &I18n, value: &str) -> String {
    value
        .parse()
        .map_or_else(|_| String::new(), |minutes| length(words, minutes))
}

/// What such a field offers: none, or one of these lengths.
pub(super) fn lengths(all: &[u32]) -> Vec<String> {
    let all = all.iter().map(u32::to_string);
    std::iter::once(String::new()).chain(all).collect()
}

/// How far a meeting has come.
pub(crate) fn state_name(words: &I18n, state: MeetingState) -> String {
    match state {
        MeetingState::Planned => tr!(words, "meeting-planned"),
        MeetingState::Running => tr!(words, "meeting-running"),
        MeetingState::Closed => tr!(words, "meeting-closed"),
        MeetingState::Cancelled => tr!(words, "meeting-cancelled"),
    }
}

/// Its tone.
pub(super) const fn state_tone(state: MeetingState) -> Tone {
    match state {
        MeetingState::Planned => Tone::Neutral,
        MeetingState::Running => Tone::Accent,
        MeetingState::Closed => Tone::Good,
        MeetingState::Cancelled => Tone::Warn,
    }
}

/// Whether somebody came.
pub(crate) fn attended_name(words: &I18n, word: &Attended) -> String {
    match word {
        Attended::Present => tr!(words, "attended-present"),
        Attended::Excused => tr!(words, "attended-excused"),
        Attended::Represented(_) => tr!(words, "attended-represented"),
        Attended::Absent => tr!(words, "attended-absent"),
    }
}

/// Whether somebody can.
pub(super) fn can_name(words: &I18n, can: Can) -> String {
    match can {
        Can::Yes => tr!(words, "can-yes"),
        Can::Maybe => tr!(words, "can-maybe"),
        Can::No => tr!(words, "can-no"),
    }
}

/// A rhythm in one sentence.
pub(crate) fn rhythm(words: &I18n, text: &str) -> String {
    let Ok(rhythm) = text.parse::<Rhythm>() else {
        return text.to_owned();
    };
    let often = match rhythm {
        Rhythm::Weeks { every, .. } => tr!(words, "rhythm-said-weeks", count = u32::from(every)),
        Rhythm::MonthDay { every, .. } | Rhythm::MonthWeekday { every, .. } => {
            tr!(words, "rhythm-said-months", count = u32::from(every))
        }
    };
    let day = which_day(words, rhythm);
    tr!(words, "rhythm-whole", often = often, day = day)
}

/// « toutes les deux semaines ».
pub(super) fn how_often(words: &I18n, rhythm: Rhythm) -> String {
    match rhythm {
        Rhythm::Weeks { every, .. } => tr!(words, "rhythm-weeks", count = u32::from(every)),
        Rhythm::MonthDay { every, .. } => tr!(words, "rhythm-months-day", count = u32::from(every)),
        Rhythm::MonthWeekday { every, .. } => {
            tr!(words, "rhythm-months-weekday", count = u32::from(every))
        }
    }
}

/// « mardi », « le 31 », « 2e mardi ».
pub(super) fn which_day(words: &I18n, rhythm: Rhythm) -> String {
    match rhythm {
        Rhythm::Weeks { weekday, .. } => {
            let weekday = weekday_name(words, weekday);
            tr!(words, "rhythm-weekday", weekday = weekday)
        }
        Rhythm::MonthDay { day, .. } => tr!(words, "rhythm-day", day = i64::from(day)),
        Rhythm::MonthWeekday { nth, weekday, .. } => {
            let weekday = weekday_name(words, weekday);
            match nth {
                Nth::Last => tr!(words, "rhythm-last", weekday = weekday),
                Nth::Number(1) => tr!(words, "rhythm-first", weekday = weekday),
                Nth::Number(nth) => {
                    tr!(words, "rhythm-nth", nth = i64::from(nth), weekday = weekday)
                }
            }
        }
    }
}

/// A command about a meeting, made of its network and itself.
pub(super) fn about(
    cx: &Cx<'_>,
    meeting: DocId,
    make: impl FnOnce(NetworkId, DocId) -> MeetingCommand,
) -> Command {
    make(cx.id(), meeting).into()
}
