//! The watch in the demo's story: a few things that somebody saw outside.

use serde::Deserialize;

use super::Life;
use crate::{CommandError, Moment, WatchCommand};

#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct WatchStory {
    items: Vec<ItemStory>,
}

#[derive(Debug, Deserialize)]
struct ItemStory {
    author: String,
    date: String,
    title: String,
    summary: String,
    link: String,
    tags: Vec<String>,
}

impl WatchStory {
    /// Every day on which somebody saw something.
    pub(super) fn days(&self, mut on: impl FnMut(&str, u8, &str, usize)) {
        for (index, item) in self.items.iter().enumerate() {
            on(&item.date, 11, &item.author, index);
        }
    }
}

impl Life<'_> {
    pub(super) fn watch(
        &mut self,
        author: &str,
        index: usize,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let item = &self.story.watch.items[index];
        let add = WatchCommand::Add {
            network: self.network,
            title: item.title.clone(),
            summary: Some(item.summary.clone()),
            link: Some(item.link.clone()),
            on: Some(item.date.clone()),
            tags: item.tags.clone(),
        };
        self.execute(author, add.into(), moment).map(drop)
    }
}
