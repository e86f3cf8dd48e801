//! Edits of the attachments of a page or a meeting.

use crate::{FileRecord, ItemId};

/// One edit of attachments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttachmentEdit {
    /// Attaches a file. Undone, it is removed.
    Add {
        /// Its new id.
        id: ItemId,
        /// What is said of it.
        file: Box<FileRecord>,
    },
    /// Removes an attachment. The file itself stays for a while on each machine that has it, so that this can be taken back.
    Remove {
        /// Which.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
}
