//! How it stands with announcing this device on local networks.

use std::{error::Error, io};

/// How it stands with announcing this device on local networks, and hearing others there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LanStatus {
    /// It is switched on.
    pub on: bool,
    /// On how many interfaces this device is announced.
    pub interfaces: usize,
    /// Why it is not announced at all on some interface on which it could be; tried again every ten seconds.
    pub trouble: Option<LanTrouble>,
}

/// Why a device cannot be announced on an interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LanTrouble {
    /// Another program holds UDP port 5353 and shares it with nobody.
    PortHeld,
    /// The system does not allow it.
    NotAllowed,
    /// Anything else; the log says what.
    Other,
}

impl LanTrouble {
    /// A stable word for it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PortHeld => "lan-port-held",
            Self::NotAllowed => "lan-not-allowed",
            Self::Other => "lan-other",
        }
    }

    /// What kept sockets from being opened.
    pub(super) fn of(error: &(dyn Error + 'static)) -> Self {
        let mut cause = Some(error);
        while let Some(error) = cause {
            if let Some(error) = error.downcast_ref::<io::Error>() {
                return match error.kind() {
                    io::ErrorKind::AddrInUse => Self::PortHeld,
                    io::ErrorKind::PermissionDenied => Self::NotAllowed,
                    _ => Self::Other,
                };
            }
            cause = error.source();
        }
        Self::Other
    }
}
