//! What a decision says.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Conflict;
use crate::DocId;

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct DecisionContent {
    /// Its title.
    pub title: String,
    /// The meeting that it comes from.
    pub meeting: Option<DocId>,
    /// Its Markdown text: what it is about.
    pub body: Arc<str>,
    /// It is in the bin.
    pub binned: bool,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

fields!(
    /// Fields of a decision.
    DecisionField {
        /// Its title.
        Title = "title",
        /// The id of the meeting that it comes from.
        Meeting = "meeting",
    }
);
