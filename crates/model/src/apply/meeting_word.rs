//! What a member says about meetings, in their notebook.

use automerge::{ROOT, ScalarValue};

use super::{
    mark,
    meeting::{attended, check_option},
    plan::Written,
};
use crate::{MeetingWord, check, keys, record::Recorder};

/// A word in a closing round has at most so many characters.
const ROUND_MAX: usize = 80;

pub(super) fn write(to: &mut Recorder<'_>, edit: &MeetingWord) -> Written {
    match edit {
        MeetingWord::Attend { meeting, word } => {
            to.put(&ROOT, &keys::own_attend(meeting), attended(word.as_ref())?)?;
        }
        MeetingWord::Date {
            meeting,
            option,
            answer,
        } => {
            check_option(option)?;
            let answer = answer.map_or(ScalarValue::Null, |answer| answer.word().into());
            to.put(&ROOT, &keys::avail(meeting, option), answer)?;
        }
        MeetingWord::Round { meeting, word } => {
            let word = word.as_deref().map(str::trim);
            let word = check::words(word, "round", ROUND_MAX)?;
            to.put(&ROOT, &keys::round(meeting), word)?;
        }
        MeetingWord::Floor { off } => to.put(&ROOT, keys::FLOOR, mark(!off))?,
    }
    Ok(())
}
