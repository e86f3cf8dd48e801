//! Device tickets: how a person's machine finds the one that vouches for it.
//!
//! A device ticket holds a one-time key, and where the device is that made it. It names no person and no
//! network: the device that made it tells those to whoever proves to hold the ticket. So it stays
//! small enough for a camera, and a picture of it tells nothing.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    Contact, InviteSecret, TicketError,
    armour::{self, Kind},
    ticket::{fit, fitting},
    wire,
};

/// What a device ticket is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Purpose {
    /// A further machine of the person who made the ticket.
    Link,
    /// A machine of a person who comes back, as who they were: made by another member.
    Return,
}

impl Purpose {
    /// A stable word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Return => "return",
        }
    }
}

/// What it takes to ask a device to vouch for this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceTicket {
    /// The one-time key's secret half.
    pub secret: InviteSecret,
    /// What it is for.
    pub purpose: Purpose,
    /// When it ends, in milliseconds since 1970. The device that made it judges, by the same clock.
    pub expires_ms: u64,
    /// The device that made it, first; at most [`crate::MAX_CONTACTS`].
    pub contacts: Vec<Contact>,
}

#[derive(Serialize, Deserialize)]
struct Wire {
    seed: [u8; 32],
    purpose: Purpose,
    expires_ms: u64,
    contacts: Vec<Contact>,
}

impl DeviceTicket {
    /// The text in capitals: the same ticket, in the letters that make the smallest QR code.
    pub fn to_qr_text(&self) -> String {
        self.to_string().to_ascii_uppercase()
    }
}

impl fmt::Display for DeviceTicket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = wire::encode(&Wire {
            seed: *self.secret.seed(),
            purpose: self.purpose,
            expires_ms: self.expires_ms,
            contacts: fitting(&self.contacts),
        });
        armour::write(f, Kind::Device, &body)
    }
}

impl FromStr for DeviceTicket {
    type Err = TicketError;

    fn from_str(text: &str) -> Result<Self, TicketError> {
        let (kind, body) = armour::read(text)?;
        if kind != Kind::Device {
            return Err(kind.elsewhere());
        }
        let wire: Wire = wire::decode(&body).ok_or(TicketError::Damaged)?;
        if !fit(&wire.contacts) {
            return Err(TicketError::Damaged);
        }
        Ok(Self {
            secret: InviteSecret::from_seed(wire.seed),
            purpose: wire.purpose,
            expires_ms: wire.expires_ms,
            contacts: wire.contacts,
        })
    }
}
