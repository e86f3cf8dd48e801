//! Tickets: an invitation as a text to paste or a picture to scan.
//!
//! ```text
//! tresse1 + base32( 0, length: u16, body, checksum: 4 bytes )
//! ```
//!
//! The body is postcard. The checksum is the beginning of a hash of everything before it: it
//! tells a slip of the hand, not a forgery (a forged ticket opens nothing). Letters may be capital
//! (QR codes are smaller so), and spaces and line breaks anywhere are ignored. Tickets are pasted into
//! chats: they hold ids and addresses, no names.

use std::{fmt, net::SocketAddr, str::FromStr};

use data_encoding::{BASE32_NOPAD, DecodeKind};
use serde::{Deserialize, Serialize};
use tresse_model::{DeviceId, NetworkId};

use crate::{
    InviteSecret,
    wire::{self, device, network},
};

/// How many contacts a ticket may name.
pub const MAX_CONTACTS: usize = 8;
/// How many addresses a contact may have.
pub const MAX_ADDRESSES: usize = 16;
const MAX_RELAY_BYTES: usize = 256;
const MAX_BODY_BYTES: usize = 8 * 1024;
const MAX_TEXT_BYTES: usize = 32 * 1024;

const WORD: &str = "tresse";
const VERSION: u32 = 1;
const CHECKSUM: usize = 4;
const HEADER: usize = 3;

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
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Wire {
    #[serde(with = "network")]
    network: NetworkId,
    seed: [u8; 32],
    expires_ms: u64,
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
            contacts: self
                .contacts
                .iter()
                .take(MAX_CONTACTS)
                .map(fitting)
                .collect(),
        });
        let length = u16::try_from(body.len()).map_err(|_| fmt::Error)?;
        // The leading zero byte makes the first letter an `a`, so the version's digits end there.
        let mut bytes = vec![0];
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(&body);
        bytes.extend_from_slice(&checksum(&bytes));
        let text = BASE32_NOPAD.encode(&bytes).to_ascii_lowercase();
        write!(f, "{WORD}{VERSION}{text}")
    }
}

impl FromStr for Ticket {
    type Err = TicketError;

    fn from_str(text: &str) -> Result<Self, TicketError> {
        if text.len() > MAX_TEXT_BYTES {
            return Err(TicketError::NotATicket);
        }
        let text: String = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let rest = text.strip_prefix(WORD).ok_or(TicketError::NotATicket)?;
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (version, letters) = rest.split_at(digits);
        let version: u32 = version.parse().map_err(|_| TicketError::NotATicket)?;
        if version > VERSION {
            return Err(TicketError::NewerVersion(version));
        }
        if version < VERSION {
            return Err(TicketError::NotATicket);
        }
        let bytes = unfold(letters)?;
        let body = body(&bytes)?;
        let wire: Wire = wire::decode(body).ok_or(TicketError::Damaged)?;
        if wire.contacts.len() > MAX_CONTACTS || !wire.contacts.iter().all(fits) {
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

/// The bytes behind the letters; all whole ones that are there, if the text is cut.
fn unfold(letters: &str) -> Result<Vec<u8>, TicketError> {
    let upper = letters.to_ascii_uppercase();
    let error = match BASE32_NOPAD.decode(upper.as_bytes()) {
        Ok(bytes) => return Ok(bytes),
        Err(error) => error.kind,
    };
    // A cut may fall inside a group of letters, which then makes no whole bytes.
    let groups = upper.as_bytes().chunks_exact(8);
    let whole: Result<Vec<Vec<u8>>, _> = groups.map(|group| BASE32_NOPAD.decode(group)).collect();
    let (Ok(whole), false) = (whole, error == DecodeKind::Symbol) else {
        return Err(TicketError::Damaged);
    };
    let bytes = whole.concat();
    let missing = expected(&bytes).is_none_or(|bytes| upper.len() < (bytes * 8).div_ceil(5));
    missing.then_some(bytes).ok_or(TicketError::Damaged)
}

/// How many bytes the whole ticket has, once its header is there.
fn expected(bytes: &[u8]) -> Option<usize> {
    let header = bytes.get(..HEADER)?;
    let length = u16::from_le_bytes([header[1], header[2]]);
    Some(HEADER + usize::from(length) + CHECKSUM)
}

/// What lies between header and checksum, if all is sound.
fn body(bytes: &[u8]) -> Result<&[u8], TicketError> {
    if bytes.first().is_some_and(|zero| *zero != 0) {
        return Err(TicketError::Damaged);
    }
    let expected = expected(bytes).ok_or(TicketError::Truncated)?;
    if expected > HEADER + MAX_BODY_BYTES + CHECKSUM {
        return Err(TicketError::Damaged);
    }
    if bytes.len() < expected {
        return Err(TicketError::Truncated);
    }
    let (checked, sum) = bytes.split_at(expected - CHECKSUM);
    if sum != checksum(checked) {
        return Err(TicketError::Damaged);
    }
    checked.get(HEADER..).ok_or(TicketError::Damaged)
}

fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    let hash = blake3::derive_key("tresse 2026 ticket checksum", bytes);
    [hash[0], hash[1], hash[2], hash[3]]
}

/// The contact with no more than a ticket holds.
fn fitting(contact: &Contact) -> Contact {
    let mut contact = contact.clone();
    contact.addresses.truncate(MAX_ADDRESSES);
    contact.relay = contact.relay.filter(|relay| relay.len() <= MAX_RELAY_BYTES);
    contact
}

fn fits(contact: &Contact) -> bool {
    contact.addresses.len() <= MAX_ADDRESSES
        && contact
            .relay
            .as_ref()
            .is_none_or(|relay| relay.len() <= MAX_RELAY_BYTES)
}
