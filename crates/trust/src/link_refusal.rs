//! Why a machine does not become a person's.

use serde::{Deserialize, Serialize};

/// Why a machine that came with a device ticket is not vouched for. Told only to whoever proved to hold
/// the ticket, or to the machine that made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error, Serialize, Deserialize)]
pub enum LinkRefusal {
    /// The machine asked did not make this ticket, or has forgotten it.
    #[error("the other device does not know this ticket: make a new one there")]
    Unknown,
    /// Its time is over.
    #[error("the time to link the devices is over: make a new ticket")]
    Expired,
    /// It was used, by this machine or another one.
    #[error("the ticket has already been used: make a new one")]
    Used,
    /// The machine asked is comparing a code with another one.
    #[error("the other device is linking another one just now: try again")]
    Busy,
    /// One of the two persons saw two different codes.
    #[error("the codes differ: somebody may stand between the devices; nothing was linked")]
    CodeDiffers,
    /// One of the two persons gave it up.
    #[error("it was cancelled on one of the two devices")]
    Cancelled,
    /// The machine that came is another person's in one of the networks.
    #[error(
        "this device belongs to another person in one of these networks: make a new profile on it"
    )]
    SomebodyElse,
    /// The machine that came was declared lost.
    #[error("this device was declared lost: make a new profile on it")]
    Revoked,
    /// The machine asked may not say so, or not any more.
    #[error("the other device may not do this (any more): ask a member")]
    NotAllowed,
    /// The machine asked cannot keep anything just now (its disk is full, say).
    #[error("the other device could not do it just now: try again")]
    Unavailable,
}

impl LinkRefusal {
    /// A stable word for this refusal.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "link-unknown",
            Self::Expired => "link-expired",
            Self::Used => "link-used",
            Self::Busy => "link-busy",
            Self::CodeDiffers => "link-code-differs",
            Self::Cancelled => "link-cancelled",
            Self::SomebodyElse => "link-somebody-else",
            Self::Revoked => "link-revoked",
            Self::NotAllowed => "link-not-allowed",
            Self::Unavailable => "link-unavailable",
        }
    }
}
