//! What a member says they gave.

use serde::{Deserialize, Serialize};

use super::Conflict;
use crate::ItemId;

/// Something that a member says they gave, in their own notebook: what no document shows by itself.
/// Two machines of one person that add at once both keep theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gift {
    /// Names it.
    pub id: ItemId,
    /// In words.
    pub text: String,
    /// On which day, ISO 8601 date, or empty.
    pub on: String,
    /// Concurrent values of its fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}
