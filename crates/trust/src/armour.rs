//! The text of every ticket.
//!
//! ```text
//! tresse1 + base32( kind, length: u16, body, checksum: 4 bytes )
//! ```
//!
//! The body is postcard. The checksum is the beginning of a hash of everything before it: it
//! tells a slip of the hand, not a forgery (a forged ticket opens nothing). Letters may be capital
//! (QR codes are smaller so), and spaces and line breaks anywhere are ignored.

use std::fmt;

use data_encoding::{BASE32_NOPAD, DecodeKind};

use crate::TicketError;

const MAX_BODY_BYTES: usize = 8 * 1024;
const MAX_TEXT_BYTES: usize = 32 * 1024;
const WORD: &str = "tresse";
const VERSION: u32 = 1;
const CHECKSUM: usize = 4;
const HEADER: usize = 3;

/// What a ticket is for. Below eight, so that the first letter is an `a` and the version's digits end there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// To join a network.
    Invitation = 0,
    /// To make a machine a person's own.
    Device = 1,
    /// To find a machine of somebody who shares a network.
    Address = 2,
}

impl Kind {
    /// Why a ticket of this kind does not serve where another is wanted.
    pub(crate) const fn elsewhere(self) -> TicketError {
        match self {
            Self::Invitation => TicketError::ForJoining,
            Self::Device => TicketError::ForADevice,
            Self::Address => TicketError::AnAddress,
        }
    }
}

/// Writes the text of a ticket.
pub(crate) fn write(f: &mut fmt::Formatter<'_>, kind: Kind, body: &[u8]) -> fmt::Result {
    let length = u16::try_from(body.len()).map_err(|_| fmt::Error)?;
    let mut bytes = vec![kind as u8];
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(body);
    bytes.extend_from_slice(&checksum(&bytes));
    let text = BASE32_NOPAD.encode(&bytes).to_ascii_lowercase();
    write!(f, "{WORD}{VERSION}{text}")
}

/// Reads what the text of a ticket is for and holds, if all of it is there.
pub(crate) fn read(text: &str) -> Result<(Kind, Vec<u8>), TicketError> {
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
    let kind = match bytes.first() {
        Some(0) | None => Kind::Invitation,
        Some(1) => Kind::Device,
        Some(2) => Kind::Address,
        Some(_) => return Err(TicketError::Damaged),
    };
    Ok((kind, body(&bytes)?.to_vec()))
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
