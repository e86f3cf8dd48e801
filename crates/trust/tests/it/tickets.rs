use std::net::SocketAddr;

use proptest::prelude::*;
use tresse_model::{DeviceId, NetworkId};
use tresse_trust::{
    AddressTicket, Contact, DeviceTicket, InviteKey, InviteSecret, Purpose, Ticket, TicketError,
};

prop_compose! {
    fn contacts()(
        device: [u8; 32],
        addresses in proptest::collection::vec(any::<(std::net::IpAddr, u16)>(), 0..4),
        relay in proptest::option::of("https://[a-z.]{1,40}/"),
    ) -> Contact {
        Contact {
            device: DeviceId::from_bytes(device),
            addresses: addresses.into_iter().map(SocketAddr::from).collect(),
            relay,
        }
    }
}

prop_compose! {
    fn tickets()(
        network: [u8; 20], seed: [u8; 32], expires_ms: u64,
        contacts in proptest::collection::vec(contacts(), 0..4),
    ) -> Ticket {
        Ticket {
            network: NetworkId::from_bytes(network),
            secret: InviteSecret::from_seed(seed),
            expires_ms,
            contacts,
        }
    }
}

fn any_ticket() -> Ticket {
    Ticket {
        network: NetworkId::from_bytes([1; 20]),
        secret: InviteSecret::from_seed([2; 32]),
        expires_ms: 5_000,
        contacts: vec![Contact {
            device: DeviceId::from_bytes([3; 32]),
            addresses: vec![
                "192.0.2.7:7000".parse().unwrap(),
                "[2001:db8::7]:1".parse().unwrap(),
            ],
            relay: None,
        }],
    }
}

proptest! {
    #[test]
    fn every_ticket_reads_back_from_its_text_in_small_and_in_capital_letters(ticket in tickets()) {
        let text = ticket.to_string();
        prop_assert!(text.starts_with("tresse1a"));
        prop_assert_eq!(&text.parse::<Ticket>().unwrap(), &ticket);
        let capitals = ticket.to_qr_text();
        prop_assert!(capitals.bytes().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase()));
        prop_assert_eq!(&capitals.parse::<Ticket>().unwrap(), &ticket);
    }

    #[test]
    fn spaces_and_line_breaks_do_no_harm(ticket in tickets(), width in 1usize..80) {
        let text: Vec<char> = ticket.to_string().chars().collect();
        let lines: Vec<String> = text.chunks(width).map(|line| line.iter().collect()).collect();
        let pasted = format!(" \t{}\r\n", lines.join("\r\n > ").replace('>', " "));
        prop_assert_eq!(pasted.parse::<Ticket>().unwrap(), ticket);
    }

    #[test]
    fn a_cut_ticket_is_known_to_be_cut(ticket in tickets(), at: prop::sample::Index) {
        let text = ticket.to_string();
        let cut = &text[.."tresse1".len() + at.index(text.len() - "tresse1".len())];
        prop_assert_eq!(cut.parse::<Ticket>(), Err(TicketError::Truncated));
    }

    #[test]
    fn one_wrong_letter_is_damage(ticket in tickets(), at: prop::sample::Index, by in 1u8..32) {
        let text = ticket.to_string();
        // Past the header, whose letters tell kind and length.
        let at = 12 + at.index(text.len() - 12);
        let alphabet = b"abcdefghijklmnopqrstuvwxyz234567";
        let mut letters = text.into_bytes();
        let old = alphabet.iter().position(|letter| *letter == letters[at]).unwrap() as u8;
        letters[at] = alphabet[usize::from((old + by) % 32)];
        let wrong = String::from_utf8(letters).unwrap();
        prop_assert_eq!(wrong.parse::<Ticket>(), Err(TicketError::Damaged));
    }

    #[test]
    fn arbitrary_text_is_never_a_ticket_and_never_a_panic(text in "\\PC{0,200}", tail in "[a-z2-7]{0,400}") {
        prop_assert!(text.parse::<Ticket>().is_err());
        let posing = format!("tresse1{text}").parse::<Ticket>();
        prop_assert!(posing.is_err());
        let posing = format!("tresse1{tail}").parse::<Ticket>();
        prop_assert!(posing.is_err());
    }
}

#[test]
fn each_fault_has_its_own_word() {
    let ticket = any_ticket();
    let parse = |text: &str| text.parse::<Ticket>().unwrap_err();
    assert_eq!(parse(""), TicketError::NotATicket);
    assert_eq!(parse("bonjour"), TicketError::NotATicket);
    assert_eq!(parse("tresse"), TicketError::NotATicket);
    assert_eq!(parse("tresse1"), TicketError::Truncated);
    assert_eq!(parse("tresse2abc"), TicketError::NewerVersion(2));
    assert_eq!(parse("TRESSE12a"), TicketError::NewerVersion(12));
    assert_eq!(parse(&format!("{ticket}aaaa")), TicketError::Damaged);
    assert_eq!(
        parse(&ticket.to_string().replace('a', "!")),
        TicketError::Damaged
    );
    assert_eq!(parse(&"tresse1a".repeat(9_000)), TicketError::NotATicket);
    assert_eq!(ticket.check(4_999), Ok(()));
    assert_eq!(ticket.check(5_000), Err(TicketError::Expired));
    let codes = [
        TicketError::NotATicket,
        TicketError::Truncated,
        TicketError::Damaged,
        TicketError::NewerVersion(2),
        TicketError::Expired,
    ]
    .map(|error| error.code());
    assert!(
        codes
            .iter()
            .enumerate()
            .all(|(i, code)| !codes[..i].contains(code))
    );
}

#[test]
fn a_ticket_carries_no_more_contacts_than_it_may() {
    let mut ticket = any_ticket();
    let contact = ticket.contacts[0].clone();
    ticket.contacts = vec![contact; 20];
    ticket.contacts[0].addresses = vec!["192.0.2.7:7000".parse().unwrap(); 40];
    let read: Ticket = ticket.to_string().parse().unwrap();
    assert_eq!(read.contacts.len(), tresse_trust::MAX_CONTACTS);
    assert_eq!(
        read.contacts[0].addresses.len(),
        tresse_trust::MAX_ADDRESSES
    );
}

#[test]
fn a_ticket_fits_a_qr_code_and_prints_no_secret_by_debug() {
    let ticket = any_ticket();
    assert!(ticket.to_qr_text().len() < 400);
    let shown = format!("{ticket:?}");
    assert!(
        !shown.contains("2, 2, 2") && !shown.contains("020202"),
        "{shown}"
    );
}

#[test]
fn an_invitation_has_one_text() {
    let key = InviteKey::from_bytes([200; 32]);
    assert_eq!(key.to_string().parse::<InviteKey>().unwrap(), key);
    assert!(key.to_string().to_uppercase().parse::<InviteKey>().is_err());
    assert!("inv-".parse::<InviteKey>().is_err());
}

fn device_ticket() -> DeviceTicket {
    DeviceTicket {
        secret: InviteSecret::from_seed([2; 32]),
        purpose: Purpose::Return,
        expires_ms: 5_000,
        contacts: any_ticket().contacts,
    }
}

#[test]
fn a_device_ticket_reads_back_and_is_small_enough_for_a_camera() {
    for purpose in [Purpose::Link, Purpose::Return] {
        let ticket = DeviceTicket {
            purpose,
            ..device_ticket()
        };
        let text = ticket.to_string();
        assert!(text.starts_with("tresse1a"), "{text}");
        assert!(text.len() < 256, "{}", text.len());
        assert_eq!(text.parse(), Ok(ticket.clone()));
        assert_eq!(ticket.to_qr_text().parse(), Ok(ticket));
    }
}

#[test]
fn the_two_kinds_of_tickets_are_not_taken_for_each_other() {
    let (joins, links) = (any_ticket().to_string(), device_ticket().to_string());
    assert_eq!(links.parse::<Ticket>(), Err(TicketError::ForADevice));
    assert_eq!(joins.parse::<DeviceTicket>(), Err(TicketError::ForJoining));
    assert_eq!(joins.parse::<AddressTicket>(), Err(TicketError::ForJoining));
    assert_eq!(links.parse::<AddressTicket>(), Err(TicketError::ForADevice));
}

#[test]
fn an_address_reads_back_is_small_and_opens_nothing() {
    let contact = any_ticket().contacts.remove(0);
    let address = AddressTicket { contact };
    let text = address.to_string();
    assert!(text.starts_with("tresse1a"), "{text}");
    assert!(text.len() < 160, "{}", text.len());
    assert_eq!(text.parse(), Ok(address.clone()));
    assert_eq!(address.to_qr_text().parse(), Ok(address));
    assert_eq!(text.parse::<Ticket>(), Err(TicketError::AnAddress));
    assert_eq!(text.parse::<DeviceTicket>(), Err(TicketError::AnAddress));
    for length in 8..text.len() {
        let cut = text[..length].parse::<AddressTicket>();
        assert_eq!(cut, Err(TicketError::Truncated), "after {length}");
    }
}

#[test]
fn a_device_ticket_that_is_cut_or_altered_says_so() {
    let text = device_ticket().to_string();
    for length in 8..text.len() {
        let cut = text[..length].parse::<DeviceTicket>();
        assert_eq!(cut, Err(TicketError::Truncated), "after {length}");
    }
    for at in 8..text.len() {
        let mut letters = text.clone().into_bytes();
        letters[at] = if letters[at] == b'a' { b'b' } else { b'a' };
        let altered = String::from_utf8(letters).unwrap();
        assert!(altered.parse::<DeviceTicket>().is_err(), "at {at}");
    }
}
