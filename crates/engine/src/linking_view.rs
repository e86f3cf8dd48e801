//! How it goes when a machine becomes a person's: shown on both machines.

use serde::Serialize;
use tresse_model::NetworkId;

/// A machine on its way to become a person's, seen from one of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkingView {
    /// `link`: a further machine of the person who uses the other one. `return`: a machine of somebody who
    /// comes back, as who they were.
    pub purpose: String,
    /// Whether it is this machine that becomes the person's; else it made the ticket.
    pub takes: bool,
    /// Whose machine it becomes, as far as is known here.
    pub name: String,
    /// The other machine's name, if its person gave it one.
    pub label: String,
    /// In which networks.
    pub networks: Vec<NetworkId>,
    /// How far it is.
    #[serde(flatten)]
    pub state: LinkingState,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum LinkingState {
    /// The ticket is shown here, and no machine has come with it yet.
    Offered {
        /// The ticket's text.
        ticket: String,
        /// The same in capitals, for a QR code.
        qr: String,
        /// Until when: milliseconds since 1970, UTC.
        expires: i64,
    },
    /// The machine that made the ticket does not answer yet; it goes on trying.
    Connecting,
    /// Both machines show this code: whoever sees the same on both says so on both
    /// ([`crate::Command::DeviceLinkConfirm`]).
    Compare {
        /// Six digits.
        code: String,
        /// It was said on the other machine already.
        other_confirmed: bool,
    },
    /// It was said here, and is waited for from the other machine.
    Waiting {
        /// The code, for whoever has yet to look.
        code: String,
    },
    /// Both said so; other members must consent that the person comes back.
    Pending {
        /// How many have.
        have: u16,
        /// How many are needed.
        need: u16,
    },
    /// The machine is the person's. (Documents may still be coming.)
    Done,
    /// It came to nothing.
    Failed {
        /// Why: a stable code.
        code: String,
        /// Why, and what one can do, in English.
        message: String,
    },
}

impl LinkingState {
    /// Whether the two persons are on it now: one at a time.
    pub const fn is_under_way(&self) -> bool {
        matches!(
            self,
            Self::Connecting | Self::Compare { .. } | Self::Waiting { .. }
        )
    }
}
