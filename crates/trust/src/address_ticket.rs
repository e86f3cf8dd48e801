//! Address tickets: where a machine is, to be found there by those who share a network with it.
//!
//! An address ticket names a device and where it can be dialled, and nothing else: no person, no network, no key. It lets nobody
//! in, so it can hang on a wall; and it does not end, though its addresses may not hold for long.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    Contact, TicketError,
    armour::{self, Kind},
    ticket::{fit, fitting},
    wire,
};

/// Where a machine is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressTicket {
    /// The machine.
    pub contact: Contact,
}

#[derive(Serialize, Deserialize)]
struct Wire {
    contact: Contact,
}

impl AddressTicket {
    /// The text in capitals: the same ticket, in the letters that make the smallest QR code.
    pub fn to_qr_text(&self) -> String {
        self.to_string().to_ascii_uppercase()
    }
}

impl fmt::Display for AddressTicket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = fitting(std::slice::from_ref(&self.contact))
            .pop()
            .map(|contact| wire::encode(&Wire { contact }));
        armour::write(f, Kind::Address, &body.unwrap_or_default())
    }
}

impl FromStr for AddressTicket {
    type Err = TicketError;

    fn from_str(text: &str) -> Result<Self, TicketError> {
        let (kind, body) = armour::read(text)?;
        if kind != Kind::Address {
            return Err(kind.elsewhere());
        }
        let wire: Wire = wire::decode(&body).ok_or(TicketError::Damaged)?;
        if !fit(std::slice::from_ref(&wire.contact)) {
            return Err(TicketError::Damaged);
        }
        Ok(Self {
            contact: wire.contact,
        })
    }
}
