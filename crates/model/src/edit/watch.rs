//! Edits of what a network saw outside, and of what one has read of it.

use automerge::ChangeHash;

use crate::{DocId, ItemId, WatchField};

/// One edit of a year's watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WatchEdit {
    /// Adds an item, after the last.
    Add {
        /// Its new id.
        id: ItemId,
        /// What it is, in a line.
        title: String,
        /// What else is said of it.
        fields: Vec<(WatchField, String)>,
        /// Its tags.
        tags: Vec<String>,
        /// The meeting it comes from, and the line of its minutes.
        origin: Option<(DocId, String)>,
    },
    /// Sets a field of an item. Where two people do so at once, both values can be seen.
    Set {
        /// Which.
        id: ItemId,
        /// Which field.
        field: WatchField,
        /// The new value.
        value: Option<String>,
    },
    /// Puts a tag on an item. Two people who put on different ones at once have put on both.
    Tag {
        /// Which.
        id: ItemId,
        /// The tag.
        tag: String,
        /// Take it off instead.
        off: bool,
    },
    /// Removes an item. What others write in it meanwhile is kept, and shows when it is brought back.
    Remove {
        /// Which.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
}

/// Notes in one's own notebook what one has read of the watch. Nothing to take back: it is said anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WatchReading {
    /// Single items are read, or to be read again.
    Items {
        /// Which.
        items: Vec<ItemId>,
        /// To be read again.
        off: bool,
    },
    /// Everything that a document held at these newest changes is read; what was said of single items of it falls away.
    Until {
        /// Which document.
        doc: DocId,
        /// Its newest changes.
        heads: Vec<ChangeHash>,
        /// The items it held.
        items: Vec<ItemId>,
    },
}
