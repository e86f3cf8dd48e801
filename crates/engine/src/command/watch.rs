//! What a person can ask for about the watch: what was seen outside.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tresse_model::{ItemId, NetworkId, WatchField};

/// One request about the watch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "command")]
pub enum WatchCommand {
    /// Adds an item, to the watch of this year. Answers `{"watch":…}`.
    #[serde(rename = "watch.add")]
    Add {
        /// Which network.
        network: NetworkId,
        /// What it is, in a line.
        title: String,
        /// What is to be kept of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        summary: Option<String>,
        /// Where it can be read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        link: Option<String>,
        /// On which day it was seen; else today.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<String>,
        /// Its tags.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tags: Vec<String>,
    },
    /// Sets one field of an item.
    #[serde(rename = "watch.set")]
    Set {
        /// Which network.
        network: NetworkId,
        /// Which item.
        watch: ItemId,
        /// Which field.
        field: WatchField,
        /// The new value.
        value: Option<String>,
    },
    /// Puts a tag on an item.
    #[serde(rename = "watch.tag")]
    Tag {
        /// Which network.
        network: NetworkId,
        /// Which item.
        watch: ItemId,
        /// The tag.
        tag: String,
    },
    /// Takes a tag off an item.
    #[serde(rename = "watch.untag")]
    Untag {
        /// Which network.
        network: NetworkId,
        /// Which item.
        watch: ItemId,
        /// The tag.
        tag: String,
    },
    /// Removes an item, or brings it back.
    #[serde(rename = "watch.remove")]
    Remove {
        /// Which network.
        network: NetworkId,
        /// Which item.
        watch: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Notes in my own notebook that I have read items; all of them, if none is named. Nothing to undo. Answers `{"read":…}`.
    #[serde(rename = "watch.read")]
    Read {
        /// Which network.
        network: NetworkId,
        /// Which items.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        items: Vec<ItemId>,
    },
    /// Puts items back among those that I have yet to read.
    #[serde(rename = "watch.unread")]
    Unread {
        /// Which network.
        network: NetworkId,
        /// Which items.
        items: Vec<ItemId>,
    },
}

impl From<WatchCommand> for super::Command {
    fn from(command: WatchCommand) -> Self {
        Self::Watch(command)
    }
}
