//! What a person can ask for about the digest of what moved.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tresse_model::NetworkId;

use crate::{QuietHours, Rhythm, TimeOfDay, Topic};

/// One request about the digest. All of it concerns this machine only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "command")]
pub enum DigestCommand {
    /// Says how often and when I want to be told what moved, over all networks. What is not given stays as it is.
    #[serde(rename = "digest.set")]
    Set {
        /// How often.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rhythm: Option<Rhythm>,
        /// When in the day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<TimeOfDay>,
        /// When never; from and to the same time, at any hour.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quiet: Option<QuietHours>,
    },
    /// Says what is otherwise for one network.
    #[serde(rename = "digest.network")]
    Network {
        /// Which network.
        network: NetworkId,
        /// How often; without it, as for the others.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rhythm: Option<Rhythm>,
        /// What I do not want to be told of.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        silent: Vec<Topic>,
    },
    /// I have read the digest of a network, or of all: it comes back at its next time, with what is new then. Nothing is marked as
    /// seen. Answers `{"read":…}`, how many documents it told of.
    #[serde(rename = "digest.read")]
    Read {
        /// Which network; without it, all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        network: Option<NetworkId>,
    },
    /// I have read what came in at the last meeting with others.
    #[serde(rename = "digest.arrived")]
    Arrived {},
}
