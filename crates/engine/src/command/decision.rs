//! What a person can ask for about decisions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tresse_model::{DecisionField, DocId, NetworkId};

use super::TextEdit;

/// One request about a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "command")]
pub enum DecisionCommand {
    /// Makes a decision. Answers `{"decision":…}`.
    #[serde(rename = "decision.create")]
    Create {
        /// Which network.
        network: NetworkId,
        /// Its title.
        title: String,
        /// The meeting that it comes from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        meeting: Option<DocId>,
    },
    /// Sets one field of a decision.
    #[serde(rename = "decision.set")]
    Set {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// Which field.
        field: DecisionField,
        /// The new value.
        value: Option<String>,
    },
    /// Edits a decision's Markdown text: what it is about.
    #[serde(rename = "decision.edit")]
    Edit {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// What to do to the text.
        #[serde(flatten)]
        edit: TextEdit,
    },
    /// Puts a decision in the bin, or brings it back.
    #[serde(rename = "decision.remove")]
    Remove {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Asks for a decision to stand in the views, whole, until it is closed.
    #[serde(rename = "decision.open")]
    Open {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
    },
    /// Needs a decision no longer.
    #[serde(rename = "decision.close")]
    Close {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
    },
}
