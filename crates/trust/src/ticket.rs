//! Tickets: an invitation as a text to paste or a picture to scan.
//!
//! How the text is made is told in `armour`. Tickets are pasted into chats: they hold ids and
//! addresses, no names.

use std::{fmt, net::SocketAddr, str::FromStr};

use serde::{Deserialize, Serialize};
use tresse_model::{DeviceId, NetworkId};

use crate::{
    InviteSecret,
    armour::{self, Kind},
    wire::{self, device, network},
};

/// How many contacts a ticket may name.
pub const MAX_CONTACTS: usize = 8;
/// How many addresses a contact may have.
pub const MAX_ADDRESSES: usize = 16;
const MAX_RELAY_BYTES: usize = 256;

/// What it takes to ask the members of a network to let one in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// The network.
    pub network: NetworkId,
    /// The invitation's secret half.
    pub secret: InviteSecret,
    /// When the invitation ends, in milliseconds since 1970.
    pub expires_ms: u64,
    /// Members' devices to ask, the likeliest first (at most [`MAX_CONTACTS`]).
    pub contacts: Vec<Contact>,
}

/// A member's device and where it may be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The device.
    #[serde(with = "device")]
    pub device: DeviceId,
    /// Addresses it had when the ticket was made (at most [`MAX_ADDRESSES`]).
    #[serde(deserialize_with = "wire::at_most::<_, _, MAX_ADDRESSES>")]
    pub addresses: Vec<SocketAddr>,
    /// The URL of its relay, if it has one.
    pub relay: Option<String>,
}

/// Why a text does not serve as a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TicketError {
    /// Something else altogether.
    #[error("this is not a ticket: a ticket begins with « tresse1 »")]
    NotATicket,
    /// Its end is missing.
    #[error("the ticket is cut off: copy the whole of it")]
    Truncated,
    /// A character is wrong.
    #[error("the ticket is damaged: copy it again, or ask for a new one")]
    Damaged,
    /// Made by a newer version of Tresse.
    #[error("the ticket is of version {0}, newer than this Tresse: update it")]
    NewerVersion(u32),
    /// Its time is over.
    #[error("the ticket has expired: ask for a new one")]
    Expired,
    /// It makes a machine a person's own; it lets nobody join.
    #[error("this ticket links a device: use it where your own devices are linked")]
    ForADevice,
    /// It lets somebody join; it links no machine.
    #[error("this ticket is an invitation to a network: use it to join")]
    ForJoining,
    /// It says where a machine is; it lets nobody in.
    #[error(
        "this is the address of a machine, by which one meets somebody of a network that one is in: it lets nobody join"
    )]
    AnAddress,
}

impl TicketError {
    /// A stable word for this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotATicket => "ticket-not-a-ticket",
            Self::Truncated => "ticket-truncated",
            Self::Damaged => "ticket-damaged",
            Self::NewerVersion(_) => "ticket-newer-version",
            Self::Expired => "ticket-expired",
            Self::ForADevice => "ticket-for-a-device",
            Self::ForJoining => "ticket-for-joining",
            Self::AnAddress => "ticket-is-an-address",
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Wire {
    #[serde(with = "network")]
    network: NetworkId,
    seed: [u8; 32],
    expires_ms: u64,
    #[serde(deserialize_with = "wire::at_most::<_, _, MAX_CONTACTS>")]
    contacts: Vec<Contact>,
}

impl Ticket {
    /// Whether it still serves at this time.
    pub const fn check(&self, now_ms: u64) -> Result<(), TicketError> {
        if now_ms >= self.expires_ms {
            return Err(TicketError::Expired);
        }
        Ok(())
    }

    /// The text in capitals: the same ticket, in the letters that make the smallest QR code.
    pub fn to_qr_text(&self) -> String {
        self.to_string().to_ascii_uppercase()
    }
}

impl fmt::Display for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = wire::encode(&Wire {
            network: self.network,
            seed: *self.secret.seed(),
            expires_ms: self.expires_ms,
            contacts: fitting(&self.contacts),
        });
        armour::write(f, Kind::Invitation, &body)
    }
}

impl FromStr for Ticket {
    type Err = TicketError;

    fn from_str(text: &str) -> Result<Self, TicketError> {
        let (kind, body) = armour::read(text)?;
        if kind != Kind::Invitation {
            return Err(kind.elsewhere());
        }
        let wire: Wire = wire::decode(&body).ok_or(TicketError::Damaged)?;
        if !fit(&wire.contacts) {
            return Err(TicketError::Damaged);
        }
        Ok(Self {
            network: wire.network,
            secret: InviteSecret::from_seed(wire.seed),
            expires_ms: wire.expires_ms,
            contacts: wire.contacts,
        })
    }
}

/// The contacts with no more than a ticket holds.
pub(crate) fn fitting(contacts: &[Contact]) -> Vec<Contact> {
    let fitting = |contact: &Contact| {
        let mut contact = contact.clone();
        contact.addresses.truncate(MAX_ADDRESSES);
        contact.relay = contact.relay.filter(|relay| relay.len() <= MAX_RELAY_BYTES);
        contact
    };
    contacts.iter().take(MAX_CONTACTS).map(fitting).collect()
}

/// Whether the contacts are within what a ticket may hold.
pub(crate) fn fit(contacts: &[Contact]) -> bool {
    let fits = |contact: &Contact| {
        let relay = contact.relay.as_ref();
        contact.addresses.len() <= MAX_ADDRESSES
            && relay.is_none_or(|relay| relay.len() <= MAX_RELAY_BYTES)
    };
    contacts.len() <= MAX_CONTACTS && contacts.iter().all(fits)
}
