//! Edits of the filters that a person saved in their notebook.
//!
//! A filter is made of keys of the notebook itself, as a signature is: no object has to be there first, so two machines of one
//! person that have not met both may save some.

use automerge::{ROOT, ReadDoc};

use super::{mark, plan::Written};
use crate::{Edit, EditError, FilterField, ItemId, check, keys, record::Recorder};

/// The key of a part of a filter.
fn key(id: &ItemId, part: &str) -> String {
    format!("{}{id}/{part}", keys::FILTER)
}

pub(super) fn write(to: &mut Recorder<'_>, edit: &Edit) -> Written {
    match edit {
        Edit::SaveFilter { id, fields } => save(to, id, fields)?,
        Edit::RemoveFilter { id, restore } => {
            if !is_there(to, id)? {
                return Err(EditError::NotFound {
                    what: "filter",
                    id: id.to_string(),
                });
            }
            to.put(&ROOT, &key(id, keys::REMOVED), mark(!restore))?;
        }
        _ => {}
    }
    Ok(())
}

fn is_there(to: &mut Recorder<'_>, id: &ItemId) -> Result<bool, EditError> {
    let name = key(id, FilterField::Name.key());
    Ok(to.doc().get(ROOT, name)?.is_some())
}

fn save(to: &mut Recorder<'_>, id: &ItemId, fields: &[(FilterField, String)]) -> Written {
    let named = fields.iter().any(|(field, _)| *field == FilterField::Name);
    if !named && !is_there(to, id)? {
        return Err(EditError::Empty {
            field: FilterField::Name.key(),
        });
    }
    for (field, value) in fields {
        let checked = check::filter(*field, value)?;
        to.put(&ROOT, &key(id, field.key()), checked)?;
    }
    Ok(())
}
