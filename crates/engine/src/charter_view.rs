//! What views say of versions of the charter that are decided upon.

use std::collections::BTreeMap;

use serde::Serialize;
use tresse_model::{DocId, Method};

/// How a decision about a version of the charter is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AdoptingRule {
    /// `vote` or `consent`.
    pub method: Method,
    /// Its rules, as a decision writes them.
    pub terms: BTreeMap<&'static str, String>,
}

/// A decision about a version of the charter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CharterVoteView {
    /// Which decision.
    pub decision: DocId,
    /// Its title.
    pub title: String,
    /// `open` (under way, or not counted), `to-record` (it came out so, and nobody has said so yet), `adopted` (by it the version is ours), `waiting`
    /// (somebody says that it came out so, and not all that shows it is here), `not-adopted`, `other-terms` (it was counted by other terms than the
    /// charter's) or `overtaken` (a version was adopted before it came out: another one, or this one by consents).
    pub state: String,
    /// Who said that it adopted the version, by name, if anybody did.
    pub said_by: Option<String>,
}
