//! What views say of decisions.

use serde::{Deserialize, Serialize};
use tresse_model::{DecisionContent, DocId};

use crate::TextView;

/// The decisions of a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct DecisionsView {
    /// Those that are not in the bin, last changed first.
    pub decisions: Vec<DecisionRow>,
    /// Those in the bin, likewise.
    pub binned: Vec<DecisionRow>,
}

/// One decision in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionRow {
    /// The decision.
    pub id: DocId,
    /// Its title.
    pub title: String,
    /// The meeting that it comes from.
    pub meeting: Option<DocId>,
    /// Its first words, for the list.
    pub excerpt: String,
    /// When it last changed, as its author's clock claimed: milliseconds since 1970, UTC.
    pub changed: i64,
    /// Who changed it last, as a name.
    pub author: String,
}

/// One open decision.
#[derive(Debug, Clone, Serialize)]
pub struct DecisionView {
    /// The decision.
    pub id: DocId,
    /// Its content.
    pub content: DecisionContent,
    /// The Markdown text for an editor.
    pub body: TextView,
    /// Written by a newer Tresse: shown, not edited.
    pub read_only: bool,
}

/// What the list keeps of a decision in the store, so that it need not be loaded to stand there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(default)]
pub(crate) struct DecisionFacts {
    /// The meeting that it comes from.
    pub(crate) meeting: Option<DocId>,
}
