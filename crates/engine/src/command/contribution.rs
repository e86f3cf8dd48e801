//! What a person can ask for about contributions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tresse_model::{ItemId, NetworkId};

/// One request about contributions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "command")]
pub enum ContributionCommand {
    /// Says what I gave that no document shows, in my own notebook. Answers `{"contribution":…}`. All that was added on several of
    /// my machines at once stays.
    #[serde(rename = "contribution.add")]
    Add {
        /// Which network.
        network: NetworkId,
        /// In words.
        text: String,
        /// On which day; else today.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<String>,
    },
    /// Rewords it. Two texts written on two of my machines at once are both kept, until I choose.
    #[serde(rename = "contribution.set")]
    Set {
        /// Which network.
        network: NetworkId,
        /// Which.
        contribution: ItemId,
        /// In words.
        text: String,
    },
    /// Takes it back, or brings it back. What was reworded on another machine meanwhile is there again once it is brought back.
    #[serde(rename = "contribution.remove")]
    Remove {
        /// Which network.
        network: NetworkId,
        /// Which.
        contribution: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Asks for contributions to stand in the views, until that is closed: they are put together only where somebody looks.
    #[serde(rename = "contribution.open")]
    Open {
        /// Which network.
        network: NetworkId,
    },
    /// Needs them no longer.
    #[serde(rename = "contribution.close")]
    Close {
        /// Which network.
        network: NetworkId,
    },
}
