//! What a network keeps of what it saw outside.

use std::collections::{BTreeMap, BTreeSet};

use automerge::ChangeHash;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Conflict;
use crate::{DocId, ItemId, MemberId};

/// What was added to a network's watch in one calendar year. Everybody adds under an id of their own, so two who add apart both
/// keep what they added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct WatchContent {
    /// The items, in the order in which they were added.
    pub items: Vec<WatchItem>,
}

/// Something seen outside. Where two people set one field at once, both values can be seen; tags keep whatever anybody put on, and
/// of putting one on and taking it off at once, one is shown, the same everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WatchItem {
    /// Names it, over all years.
    pub id: ItemId,
    /// What it is, in a line.
    pub title: String,
    /// What is to be kept of it, in words.
    pub summary: String,
    /// Where it can be read, as it was typed; nothing says that it is an address.
    pub link: String,
    /// On which day it was seen, ISO 8601 date, or empty.
    pub on: String,
    /// Its tags, sorted.
    pub tags: Vec<String>,
    /// The meeting in whose minutes it was a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting: Option<DocId>,
    /// That line's words, or empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub line: String,
    /// Who added it, where their machine is known: whoever wrote the item, not what it says.
    pub by: Option<MemberId>,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// What the owner of a notebook has read of the watch: everything up to some state of each year's document, but for what they put
/// back among what is to be read; and single items since.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WatchRead {
    /// Up to where everything is read, by document. Two machines of one person that say so at once are both heard.
    pub until: BTreeMap<DocId, BTreeSet<ChangeHash>>,
    /// What was said of single items after that: read, or to be read again.
    pub items: BTreeMap<ItemId, bool>,
}

fields!(
    /// Fields of a watch item.
    WatchField {
        /// What it is, in a line.
        Title = "title",
        /// What is to be kept of it.
        Summary = "summary",
        /// Where it can be read.
        Link = "link",
        /// A date: when it was seen.
        On = "on",
    }
);
