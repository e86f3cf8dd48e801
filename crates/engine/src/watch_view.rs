//! What the window paints of the watch.

use std::sync::Arc;

use serde::Serialize;
use tresse_model::{DocId, ItemId, WatchItem};

/// What was seen outside, over all years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct WatchView {
    /// The items, the newest first by the day they were seen; those without a day last.
    pub items: Vec<WatchRow>,
    /// The tags and on how many items each is, the most used first.
    pub tags: Vec<(String, usize)>,
    /// How many items I have yet to read.
    pub unread: usize,
}

impl WatchView {
    /// The item with this id.
    pub fn item(&self, id: &ItemId) -> Option<&WatchRow> {
        self.items.iter().find(|row| row.item.id == *id)
    }
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WatchRow {
    /// What it says.
    #[serde(flatten)]
    pub item: Arc<WatchItem>,
    /// The year's document that holds it.
    pub doc: DocId,
    /// The name of who added it; empty where their machine is not known.
    pub name: String,
    /// The title of the meeting it comes from; empty where it comes from none, or that is not here.
    pub meeting_title: String,
    /// I have yet to read it.
    pub unread: bool,
    /// A newer Tresse has written in that year: it can be read here, not edited.
    pub read_only: bool,
}
