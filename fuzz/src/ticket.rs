//! Tickets: a text that somebody pastes or scans.
//!
//! The first byte says what the rest is: a text as it stands, or a body that goes into a sound
//! envelope (or else the checksum would stop nearly all).

use std::net::SocketAddr;

use data_encoding::BASE32_NOPAD;
use tresse_trust::{AddressTicket, Contact, Ticket, TicketError};

use crate::{
    KIB,
    people::{invite, key, members},
    reader::Reader,
};

/// A ticket's text is refused from 32 KiB on; below, it is copied a few times on its way to the values, of
/// which none takes more than thrice its letters. (Bytes that are no text become three each before that.)
pub const fn bound(length: usize) -> usize {
    64 * KIB + 20 * length
}

/// What is read is written, as text and as a picture's text, and reads back equal.
pub fn run(data: &[u8]) {
    let mut reader = Reader::new(data);
    let text = if reader.byte() == 0 {
        String::from_utf8_lossy(reader.rest()).into_owned()
    } else {
        enveloped(reader.rest())
    };
    if let Ok(address) = text.parse::<AddressTicket>() {
        assert_eq!(address.to_string().parse().as_ref(), Ok(&address));
        assert!(text.parse::<Ticket>().is_err());
    }
    match text.parse::<Ticket>() {
        Ok(ticket) => {
            assert_eq!(ticket.to_string().parse().as_ref(), Ok(&ticket));
            assert_eq!(ticket.to_qr_text().parse().as_ref(), Ok(&ticket));
            assert!(ticket.check(ticket.expires_ms).is_err());
        }
        Err(TicketError::Expired) => panic!("reading a ticket knows no time"),
        Err(_) => {}
    }
}

/// A whole one, an empty one, a cut one, one of a newer version; and bodies alone.
pub fn seeds() -> Vec<Vec<u8>> {
    let address = |text: &str| text.parse::<SocketAddr>().expect("an address");
    let contact = Contact {
        device: key(1).id(),
        addresses: vec![address("192.0.2.1:4"), address("[2001:db8::1]:65535")],
        relay: Some("https://relay.example/".to_owned()),
    };
    let mut ticket = Ticket {
        network: members().0,
        secret: invite(),
        expires_ms: 1_800_000_000_000,
        contacts: vec![contact.clone()],
    };
    let place = AddressTicket { contact }.to_string();
    let whole = ticket.to_string();
    ticket.contacts.clear();
    let bare = ticket.to_qr_text();
    let cut = whole[..whole.len() / 2].to_owned();
    let newer = whole.replacen("tresse1", "tresse2", 1);
    let texts = [&whole, &bare, &cut, &newer, &place];
    let bodies = [&whole, &bare].map(|text| {
        let letters = text["tresse1".len()..].to_ascii_uppercase();
        let bytes = BASE32_NOPAD.decode(letters.as_bytes()).expect("letters");
        let body = &bytes[3..bytes.len() - 4];
        assert_eq!(enveloped(body), text.to_ascii_lowercase());
        [&[1], body].concat()
    });
    let texts = texts.map(|text| [&[0], text.as_bytes()].concat());
    texts.into_iter().chain(bodies).collect()
}

/// The ticket of this body.
fn enveloped(body: &[u8]) -> String {
    let length = u16::try_from(body.len()).unwrap_or(u16::MAX);
    let mut bytes = vec![0];
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(body);
    let sum = blake3::derive_key("tresse 2026 ticket checksum", &bytes);
    bytes.extend_from_slice(&sum[..4]);
    let text = BASE32_NOPAD.encode(&bytes).to_ascii_lowercase();
    format!("tresse1{text}")
}
