//! Edits of what one says one gave, in one's own notebook.

use crate::ItemId;

/// One edit of one's own contributions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContributionEdit {
    /// Adds one.
    Add {
        /// Its new id.
        id: ItemId,
        /// In words.
        text: String,
        /// On which day.
        on: Option<String>,
    },
    /// Rewords one.
    Set {
        /// Which.
        id: ItemId,
        /// In words.
        text: String,
    },
    /// Takes one back.
    Remove {
        /// Which.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
}
