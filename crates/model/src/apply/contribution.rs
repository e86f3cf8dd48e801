//! Edits of what one says one gave, in one's own notebook.

use automerge::{ROOT, ReadDoc, ScalarValue};

use super::{mark, plan::Written};
use crate::{ContributionEdit, EditError, ItemId, check, keys, record::Recorder};

pub(super) fn write(to: &mut Recorder<'_>, edit: &ContributionEdit) -> Written {
    let said = |text: &str| check::required(Some(text), "text", check::FIELD_MAX);
    match edit {
        ContributionEdit::Add { id, text, on } => {
            let (text, on) = (said(text)?, check::date(on.as_deref())?);
            if gave(to, id)? {
                return Err(EditError::Exists {
                    what: "contribution",
                });
            }
            to.put(&ROOT, &keys::gave(id, keys::TEXT), text)?;
            if on != ScalarValue::Null {
                to.put(&ROOT, &keys::gave(id, keys::ON), on)?;
            }
        }
        ContributionEdit::Set { id, text } => {
            let text = said(text)?;
            known(to, id)?;
            to.put(&ROOT, &keys::gave(id, keys::TEXT), text)?;
        }
        ContributionEdit::Remove { id, restore } => {
            known(to, id)?;
            to.put(&ROOT, &keys::gave(id, keys::REMOVED), mark(!restore))?;
        }
    }
    Ok(())
}

fn gave(to: &Recorder<'_>, id: &ItemId) -> Result<bool, EditError> {
    Ok(to.doc().get(ROOT, keys::gave(id, keys::TEXT))?.is_some())
}

fn known(to: &Recorder<'_>, id: &ItemId) -> Written {
    if gave(to, id)? {
        return Ok(());
    }
    Err(EditError::NotFound {
        what: "contribution",
        id: id.to_string(),
    })
}
