//! What a person can ask for about the end of a network.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tresse_model::{DocId, NetworkId};

/// What becomes of a network that closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClosingOutcome {
    /// Its purpose is met.
    PurposeMet,
    /// It is no longer needed.
    NoLongerNeeded,
    /// It goes on in another network.
    Merged,
}

/// One request about the end of a network.
///
/// A network closes, and opens again, by the consent of as many members as change its rules. Consents that are given at once and
/// apart add up when the members meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "command")]
pub enum ClosingCommand {
    /// Proposes to close the network so, and consents to it. Answers `{"closing":…,"closed":…}`.
    #[serde(rename = "closing.propose")]
    Propose {
        /// Which network.
        network: NetworkId,
        /// What becomes of it.
        outcome: ClosingOutcome,
        /// The network of this profile that it goes on in: only with `merged`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        into: Option<NetworkId>,
        /// The name of the network that it goes on in, where it is none of this profile.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// What there is to say of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<String>,
        /// The decision that this follows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decision: Option<DocId>,
    },
    /// Consents to a closing that somebody else proposed. Answers `{"closing":…,"closed":…}`.
    #[serde(rename = "closing.consent")]
    Consent {
        /// Which network.
        network: NetworkId,
        /// Which closing (its `closing` in the view).
        closing: String,
    },
    /// Consents that the network open again; whoever says so first proposes it. Answers `{"reopened":…}`.
    #[serde(rename = "closing.reopen")]
    Reopen {
        /// Which network.
        network: NetworkId,
        /// Why. Left out: as whoever proposed it said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<String>,
    },
    /// Takes my consent to a closing, or to a reopening, back, before enough members consented. Answers `{"withdrawn":true}`. It counts for
    /// whoever heard of it before it was complete; if enough had consented elsewhere without having heard, it comes too late
    /// everywhere.
    #[serde(rename = "closing.withdraw")]
    Withdraw {
        /// Which network.
        network: NetworkId,
        /// Which closing (its `closing` in the view). Left out: the reopening.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        closing: Option<String>,
    },
    /// Goes on: the network looks at its purpose again on this day. Of two days chosen at once one is shown, the same everywhere, and both
    /// are kept until somebody chooses. Refused where it is closed; chosen by somebody who had not heard of that, the day stays written
    /// and counts once it opens again.
    #[serde(rename = "closing.continue")]
    Continue {
        /// Which network.
        network: NetworkId,
        /// The next review date, after today.
        until: String,
    },
    /// Makes the decision « has it met its purpose? » in the network, for a closing to link. Answers `{"decision":…}`. Two who ask
    /// at once have made two decisions: a closing names one of them, and the other can be given up.
    #[serde(rename = "closing.decide")]
    Decide {
        /// Which network.
        network: NetworkId,
    },
    /// Writes the report and everything in open formats into a new folder under the profile's `archives`. Answers
    /// `{"folder":…,"files":…}`. Nothing is written in the network: each machine has archives of its own, of the state that is here. Asked for
    /// twice at once, there are two folders, and neither is written over.
    #[serde(rename = "closing.archive")]
    Archive {
        /// Which network.
        network: NetworkId,
    },
}
