//! What the network says of meetings that come again.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Conflict;
use crate::ItemId;

/// A rule by which a meeting comes again. Two who make one at once both keep theirs: each lies under its own keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Series {
    /// Names it.
    pub id: ItemId,
    /// What its meetings are called.
    pub title: String,
    /// How it comes again, as [`crate::Rhythm`] writes it: `2 weeks tue`.
    pub rhythm: String,
    /// From which day it is counted, ISO 8601.
    pub from: String,
    /// Until which day, or empty for no end.
    pub until: String,
    /// At what time, `18:30`, or empty.
    pub at: String,
    /// How long, in minutes.
    pub length: Option<u32>,
    /// Where.
    pub place: String,
    /// The working group that meets.
    pub group: Option<ItemId>,
    /// Its days that are skipped (an empty text) or fall on another day.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub moved: BTreeMap<String, String>,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

fields!(
    /// Fields of a rule of meetings.
    SeriesField {
        /// What its meetings are called.
        Title = "title",
        /// How it comes again: `2 weeks tue`, `1 months day 31`, `1 months 2 tue`, `1 months last fri`.
        Rhythm = "rhythm",
        /// A date: from which day it is counted.
        From = "from",
        /// A date: the last day on which it may fall.
        Until = "until",
        /// At what time, `18:30`.
        At = "at",
        /// How long, in minutes.
        Length = "length",
        /// Where.
        Place = "place",
        /// The id of the working group that meets.
        Group = "group",
    }
);
