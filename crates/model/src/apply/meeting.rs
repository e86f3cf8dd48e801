//! Edits of a meeting.

use automerge::{ROOT, ReadDoc, ScalarValue};

use super::{mark, plan::Written};
use crate::{EditError, MeetingEdit, MeetingField, check, keys, record::Recorder};

pub(super) fn write(to: &mut Recorder<'_>, edit: &MeetingEdit) -> Written {
    match edit {
        MeetingEdit::Init { title, fields } => init(to, title, fields)?,
        MeetingEdit::Set { field, value } => {
            to.put(&ROOT, field.key(), checked(*field, value.as_deref())?)?;
        }
        MeetingEdit::Bin { restore } => to.put(&ROOT, keys::BINNED, mark(!restore))?,
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
        MeetingField::On => check::date(value),
        MeetingField::At => check::time(value),
        MeetingField::Place => check::words(value, field.key(), check::FIELD_MAX),
        MeetingField::Group => check::link(value),
    }
}
