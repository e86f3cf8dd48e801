//! What a person can ask for about the addresses by which machines find each other.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One request about where machines are. It changes nothing that others see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "command")]
pub enum NetCommand {
    /// Says where this machine is, for somebody who shares a network and is not found by itself: `{"address":…,"qr":…,"device":…,"places":[…]}`. The
    /// address is a text like an invitation's, and lets nobody in; `places` are the same as `IP:PORT`.
    #[serde(rename = "net.address")]
    Address {},
    /// Dials the machine that is there, at once and for as long as this program runs. What comes of it stands in the view (`reach`). From one
    /// who answers, where the others are is learnt as well.
    #[serde(rename = "net.meet")]
    Meet {
        /// Another machine's address as it gives it (`net.address`), its `IP:PORT`, or an invitation to a network one is in already.
        at: String,
    },
}
