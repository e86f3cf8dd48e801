//! Edits of a decision.

use automerge::{ROOT, ReadDoc, ScalarValue};

use super::{mark, plan::Written};
use crate::{DecisionEdit, DecisionField, EditError, check, keys, record::Recorder};

pub(super) fn write(to: &mut Recorder<'_>, edit: &DecisionEdit) -> Written {
    match edit {
        DecisionEdit::Init { title, fields } => init(to, title, fields)?,
        DecisionEdit::Set { field, value } => {
            to.put(&ROOT, field.key(), checked(*field, value.as_deref())?)?;
        }
        DecisionEdit::Bin { restore } => to.put(&ROOT, keys::BINNED, mark(!restore))?,
    }
    Ok(())
}

fn init(to: &mut Recorder<'_>, title: &str, fields: &[(DecisionField, String)]) -> Written {
    let title = checked(DecisionField::Title, Some(title))?;
    let fields = fields
        .iter()
        .map(|(field, value)| Ok((*field, checked(*field, Some(value))?)))
        .collect::<Result<Vec<_>, EditError>>()?;
    if to.doc().get(ROOT, DecisionField::Title.key())?.is_some() {
        return Err(EditError::Exists { what: "decision" });
    }
    to.fill(&ROOT, DecisionField::Title.key(), title)?;
    for (field, value) in fields {
        to.fill(&ROOT, field.key(), value)?;
    }
    to.forget_reversals();
    to.born(&ROOT, keys::BINNED);
    Ok(())
}

fn checked(field: DecisionField, value: Option<&str>) -> Result<ScalarValue, EditError> {
    match field {
        DecisionField::Title => check::required(value, field.key(), check::TITLE_MAX),
        DecisionField::Meeting => check::document(value),
    }
}
