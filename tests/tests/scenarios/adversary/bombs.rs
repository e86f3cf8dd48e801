//! T10: few bytes that would become many.

use automerge::{ROOT, transaction::Transactable};
use tresse_model::{DocId, NetworkId};
use tresse_tests::{Crafted, Forger, Message, WireBody, changes, folded};

use super::{Village, names_the_hand};

/// What a bomb may cost whoever refuses it, in MiB: the longest message that there is, held twice.
const ROOM: u64 = 128 + 32;

/// T10: what is folded is refused before it is unfolded.
#[test]
fn changes_that_are_folded_up_are_refused_before_they_are_unfolded() {
    let mut zoe = Crafted::named("Zoé");
    let mut village = Village::of(&mut [&mut zoe]);
    let (id, doc) = (village.id, village.doc);
    let before = village.shows();
    let peak = village.ana.talk().peak();
    let pen = zoe.forges(&id, &doc);
    for message in [counting(&pen, id, doc), aside(&pen, id, doc)] {
        let since = village.ana.said();
        let mut call = zoe.calls(&village.ana.contact());
        call.says(&message);
        call.hears_it_is_unwanted(&doc);
        let device = zoe.device().to_string();
        names_the_hand(&mut village.ana, since, &device, "document-malformed");
        call.hangs_up();
    }
    let cost = village.ana.talk().peak() - peak;
    println!("{cost} MiB");
    assert!(cost < 16, "{cost} MiB for what is refused unread");
    village.shows_still(&before);
    village.closes();
}

/// A text of 16 MiB in a few KiB.
fn bomb(pen: &Forger) -> (Vec<u8>, Vec<u8>, [u8; 32]) {
    let change = pen.writes(&pen.actor(), |page| {
        page.put(ROOT, "title", "a".repeat(16 << 20)).unwrap();
    });
    let bytes = folded(&change);
    assert!(bytes.len() < 128 << 10, "{} bytes", bytes.len());
    (bytes, pen.seals(&change), change.hash().0)
}

fn counting(pen: &Forger, network: NetworkId, doc: DocId) -> Message {
    let (bytes, seal, hash) = bomb(pen);
    changes(&network, &doc, vec![hash], vec![bytes], vec![seal])
}

fn aside(pen: &Forger, network: NetworkId, doc: DocId) -> Message {
    let (bytes, seal, hash) = bomb(pen);
    Message::Changes {
        network: *network.as_bytes(),
        doc: doc.to_bytes(),
        heads: vec![hash],
        body: WireBody::Changes(vec![]),
        aside: vec![bytes],
        seals: vec![seal],
    }
}

/// T10: the longest message that there is, of noise.
#[test]
fn a_message_as_long_as_any_may_be_that_says_nothing_costs_no_more_than_its_length() {
    let mut zoe = Crafted::named("Zoé");
    let mut village = Village::of(&mut [&mut zoe]);
    let before = village.shows();
    let peak = village.ana.talk().peak();
    let since = village.ana.said();
    let mut call = zoe.calls(&village.ana.contact());
    let length = 64 << 20_u32;
    let mut bytes = u32::to_le_bytes(length).to_vec();
    bytes.resize(4 + length as usize, 0xa5);
    call.says_bytes(&bytes);
    assert_eq!(call.is_closed(), "malformed");
    names_the_hand(
        &mut village.ana,
        since,
        &zoe.device().to_string(),
        "malformed",
    );
    call.hangs_up();
    let cost = village.ana.talk().peak() - peak;
    println!("{cost} MiB");
    assert!(cost < ROOM, "{cost} MiB");
    village.shows_still(&before);
    village.closes();
}
