//! How it goes with an address that was typed, pasted or scanned.

use serde::Serialize;
use tresse_model::DeviceId;

/// An address that was given to this process, and who answers there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReachView {
    /// Grows with each address that is given.
    pub number: u64,
    /// Where one dials, as `IP:PORT` each; empty where only the device's name is known.
    pub places: Vec<String>,
    /// How it goes.
    #[serde(flatten)]
    pub state: ReachState,
}

/// How it goes with an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum ReachState {
    /// It is being dialled.
    Reaching,
    /// A member's machine answered.
    Answered {
        /// The machine.
        device: DeviceId,
        /// Its person's name.
        name: String,
        /// It tells where other members' machines are: one of an older version does not.
        tells: bool,
    },
    /// Nobody did so far; it is tried again now and then.
    Nobody {
        /// Why: a stable code (`reach-no-answer`, `reach-stranger`).
        code: String,
        /// Why, in English.
        message: String,
    },
}

/// How it stands with finding others on local networks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct LanView {
    /// This machine is announced on local networks, and others are heard there.
    pub on: bool,
    /// On how many interfaces.
    pub interfaces: usize,
    /// Why it is not on some interface: a stable code (`lan-port-held`, `lan-not-allowed`, `lan-other`). It is tried again every ten seconds.
    pub trouble: Option<String>,
}
