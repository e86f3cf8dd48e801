//! Edits of the attachments of a page or a meeting.

use automerge::{Automerge, ROOT, ReadDoc};

use super::{mark, plan::Written};
use crate::{
    AttachmentEdit, DocKind, EditError, ItemId, MOST_FILES, keys, kind, read::attached,
    record::Recorder,
};

/// Whether files can be attached to a document.
pub(super) fn takes(doc: &Automerge) -> bool {
    matches!(kind(doc), Some(DocKind::Page | DocKind::Meeting))
}

pub(super) fn write(to: &mut Recorder<'_>, edit: &AttachmentEdit) -> Written {
    match edit {
        AttachmentEdit::Add { id, file } => {
            let text = file.text().ok_or(EditError::BadFile)?;
            if is_there(to, id)? {
                return Err(EditError::Exists { what: "attachment" });
            }
            if attached(to.doc()) >= MOST_FILES {
                return Err(EditError::TooManyFiles { max: MOST_FILES });
            }
            to.fill(&ROOT, &keys::file(id), text.into())?;
            to.born(&ROOT, &keys::file_off(id));
        }
        AttachmentEdit::Remove { id, restore } => {
            if !is_there(to, id)? {
                return Err(EditError::NotFound {
                    what: "attachment",
                    id: id.to_string(),
                });
            }
            to.put(&ROOT, &keys::file_off(id), mark(!restore))?;
        }
    }
    Ok(())
}

fn is_there(to: &Recorder<'_>, id: &ItemId) -> Result<bool, EditError> {
    Ok(to.doc().get(ROOT, keys::file(id))?.is_some())
}
