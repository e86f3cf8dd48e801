//! What a person can ask for about versions of the charter that are decided upon.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tresse_model::{DocId, NetworkId};

/// One request about a version of the charter and the decision by which it becomes ours.
///
/// A version is adopted by consents (`charter.adopt`) or by a decision that the charter in force says how to take. Such a decision is prepared, answered
/// and counted like any other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "command")]
pub enum VersionCommand {
    /// Puts a version of the charter to the members, by the method, the threshold and the quorum of the charter in force: as it stands now, with the purposes
    /// of the network, or a version that somebody proposed. Answers `{"decision":…,"version":…}`. Two who do so at once have put two decisions;
    /// the one that is first found to have adopted its version comes before the other, everywhere, and the other one too late.
    #[serde(rename = "version.put-to-vote")]
    PutToVote {
        /// Which network.
        network: NetworkId,
        /// Which version (its `version` in the charter's view); left out: the charter as it stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version: Option<String>,
        /// Until when, as `2026-12-01T18:00:00Z`; none: until somebody ends it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        closes: Option<String>,
    },
    /// Writes down that a decision adopted the version that it is about, where counting it did not do so at once: a ballot had not arrived, or
    /// the program was ended in between. Answers `{"version":…}`. Whoever says so, everybody checks it; said by two at once, it is one adoption.
    #[serde(rename = "version.record")]
    Record {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
    },
}
