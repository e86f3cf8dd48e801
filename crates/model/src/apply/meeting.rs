//! Edits of a meeting.

use automerge::{ROOT, ReadDoc, ScalarValue};

use super::{agenda, mark, plan::Written};
use crate::{
    Attended, DateOption, EditError, MeetingEdit, MeetingField, check, keys, record::Recorder,
};

pub(super) fn write(to: &mut Recorder<'_>, edit: &MeetingEdit) -> Written {
    match edit {
        MeetingEdit::Init { title, fields } => init(to, title, fields)?,
        MeetingEdit::Set { field, value } => {
            to.put(&ROOT, field.key(), checked(*field, value.as_deref())?)?;
        }
        MeetingEdit::Bin { restore } => to.put(&ROOT, keys::BINNED, mark(!restore))?,
        MeetingEdit::Part { part, member, off } => {
            to.put(&ROOT, &keys::part(*part, member), mark(!off))?;
        }
        MeetingEdit::Option { option, off } => {
            check_option(option)?;
            to.put(&ROOT, &keys::option(option), mark(!off))?;
        }
        MeetingEdit::Choose { option } => {
            let (on, at) = check_option(option)?;
            to.put(&ROOT, MeetingField::On.key(), on)?;
            to.put(&ROOT, MeetingField::At.key(), at)?;
        }
        MeetingEdit::Attend { member, word } => {
            to.put(&ROOT, &keys::attend(member), attended(word.as_ref())?)?;
        }
        MeetingEdit::Floor { off } => to.put(&ROOT, keys::FLOOR, mark(!off))?,
        MeetingEdit::Turn {
            id,
            member,
            seconds,
        } => {
            if !(1..=86_400).contains(seconds) {
                return Err(EditError::BadLength {
                    value: seconds.to_string(),
                });
            }
            let who = member.map_or_else(|| "others".to_owned(), |member| member.to_string());
            let said = format!("{who} {seconds}");
            to.put(&ROOT, &keys::turn_of_floor(id), said.into())?;
        }
        MeetingEdit::RemoveTurn { id } => {
            to.put(&ROOT, &keys::turn_of_floor(id), ScalarValue::Null)?;
        }
        MeetingEdit::Made { made, line, off } => {
            let line = check::required(Some(line.trim()), "line", check::FIELD_MAX)?;
            let line = if *off { ScalarValue::Null } else { line };
            to.put(&ROOT, &keys::made(made), line)?;
        }
        edit => agenda::write(to, edit)?,
    }
    Ok(())
}

fn init(to: &mut Recorder<'_>, title: &str, fields: &[(MeetingField, String)]) -> Written {
    let title = checked(MeetingField::Title, Some(title))?;
    let fields = fields
        .iter()
        .map(|(field, value)| Ok((*field, checked(*field, Some(value))?)))
        .collect::<Result<Vec<_>, EditError>>()?;
    if to.doc().get(ROOT, MeetingField::Title.key())?.is_some() {
        return Err(EditError::Exists { what: "meeting" });
    }
    to.fill(&ROOT, MeetingField::Title.key(), title)?;
    for (field, value) in fields {
        to.fill(&ROOT, field.key(), value)?;
    }
    to.forget_reversals();
    to.born(&ROOT, keys::BINNED);
    Ok(())
}

fn checked(field: MeetingField, value: Option<&str>) -> Result<ScalarValue, EditError> {
    match field {
        MeetingField::Title => check::required(value, field.key(), check::TITLE_MAX),
        MeetingField::On | MeetingField::Day => check::date(value),
        MeetingField::At => check::time(value),
        MeetingField::Length => check::minutes(value),
        MeetingField::Place | MeetingField::Prepared => {
            check::words(value, field.key(), check::FIELD_MAX)
        }
        MeetingField::Group | MeetingField::Series => check::link(value),
        MeetingField::State => check::meeting_state(value),
    }
}

/// A day that must be said, and a time that may be.
pub(super) fn check_option(option: &DateOption) -> Result<(ScalarValue, ScalarValue), EditError> {
    let on = check::date(Some(&option.on))?;
    if on == ScalarValue::Null {
        return Err(EditError::Empty { field: "on" });
    }
    Ok((on, check::time(Some(&option.at))?))
}

/// Whether somebody came, as it lies in the document.
pub(super) fn attended(word: Option<&Attended>) -> Result<ScalarValue, EditError> {
    if let Some(Attended::Represented(by)) = word {
        check::words(Some(by), "by", check::TITLE_MAX)?;
    }
    Ok(word.map_or(ScalarValue::Null, |word| word.to_string().into()))
}
