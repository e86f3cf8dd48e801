//! T10: more, or deeper, than anybody writes.

use std::num::NonZeroU64;

use automerge::{Change, ObjType, ROOT, ScalarValue, transaction::Transactable};
use serde_json::json;
use tresse_model::{DocId, NetworkId};
use tresse_tests::{Crafted, Forger, Message, Peer, WireBody, many_in_few, one, whole};

use super::{Village, names_the_hand};

/// What a bomb may cost whoever refuses it, in MiB.
const ROOM: u64 = 160;

/// Says something of the page to Ana, who must refuse it soon, cheaply, and go on.
#[track_caller]
fn is_refused(code: &str, make: impl FnOnce(&Forger, NetworkId, DocId) -> Message) {
    let mut zoe = Crafted::named("Zoé");
    let mut village = Village::of(&mut [&mut zoe]);
    let (id, doc) = (village.id, village.doc);
    let before = village.shows();
    let peak = village.ana.talk().peak();
    let message = make(&zoe.forges(&id, &doc), id, doc);
    let since = village.ana.said();
    let mut call = zoe.calls(&village.ana.contact());
    call.says(&message);
    village.goes_on();
    let cost = village.ana.talk().peak() - peak;
    assert!(cost < ROOM, "{cost} MiB");
    names_the_hand(&mut village.ana, since, &zoe.device().to_string(), code);
    call.hangs_up();
    let now = village.shows();
    assert_eq!(now["pages"][0]["title"], before["pages"][0]["title"]);
    village.closes();
}

/// A change with its seal, by itself.
fn single(pen: &Forger, network: NetworkId, doc: DocId, change: &Change) -> Message {
    one(&network, &doc, change, vec![pen.seals(change)])
}

/// The document with the change, and its seal.
fn saved(pen: &Forger, network: NetworkId, doc: DocId, change: &Change) -> Message {
    let bytes = pen.with(change).save();
    whole(
        &network,
        &doc,
        vec![change.hash().0],
        bytes,
        vec![pen.seals(change)],
    )
}

/// T10: a saved document of 8 KiB unfolds to 8 MiB.
#[test]
fn a_saved_document_that_unfolds_a_thousandfold_is_refused() {
    is_refused("document-too-large", |pen, id, doc| {
        let change = pen.writes(&pen.actor(), |page| {
            page.put(ROOT, "title", "a".repeat(8 << 20)).unwrap();
        });
        saved(pen, id, doc, &change)
    });
}

/// T10: a change of 60 bytes (and a seal) of three hundred thousand operations. A hundred million are as short.
#[test]
fn a_change_of_very_many_operations_in_a_few_bytes_is_refused() {
    is_refused("document-too-large", |pen, id, doc| {
        let sample = pen.writes(&pen.actor(), |page| page.put(ROOT, "x", 1).unwrap());
        let (seq, start) = (sample.seq(), sample.start_op().get());
        let bytes = many_in_few(&pen.actor(), seq, start, sample.deps(), 300_000);
        let change = Change::try_from(&bytes[..]).unwrap();
        single(pen, id, doc, &change)
    });
}

/// T10: after this change nobody can number another one. At the next edit Automerge would
/// panic, now and after every restart, at everybody whom it reached.
#[test]
fn a_change_that_leaves_no_numbers_for_those_after_it_is_refused() {
    is_refused("document-malformed", |pen, id, doc| {
        let change = pen.writes(&pen.actor(), |page| page.put(ROOT, "x", 1).unwrap());
        let last = NonZeroU64::new(u64::from(u32::MAX) - 1).unwrap();
        let change = Forger::alters(&change, |change| change.start_op = last);
        single(pen, id, doc, &change)
    });
}

/// T10: whoever goes down level by level ends without a stack.
#[test]
fn a_saved_document_of_thousands_of_levels_is_refused() {
    is_refused("document-too-large", |pen, id, doc| {
        saved(pen, id, doc, &nested(pen))
    });
}

/// T10: the same as one change.
#[test]
fn a_change_of_thousands_of_levels_is_refused() {
    is_refused("document-malformed", |pen, id, doc| {
        single(pen, id, doc, &nested(pen))
    });
}

fn nested(pen: &Forger) -> Change {
    pen.writes(&pen.actor(), |page| {
        let mut inner = ROOT;
        for _ in 0..5_000 {
            inner = page.put_object(&inner, "a", ObjType::Map).unwrap();
        }
    })
}

/// T10: a field as long as a book.
#[test]
fn a_title_of_a_million_letters_is_refused() {
    is_refused("document-too-large", |pen, id, doc| {
        let change = pen.writes(&pen.actor(), |page| {
            page.put(ROOT, "title", "a".repeat(1 << 20)).unwrap();
        });
        single(pen, id, doc, &change)
    });
}

/// T10.
#[test]
fn a_list_of_hundreds_of_thousands_of_elements_is_refused() {
    is_refused("document-too-large", |pen, id, doc| {
        let change = pen.writes(&pen.actor(), |page| {
            let list = page.put_object(ROOT, "list", ObjType::List).unwrap();
            page.splice(&list, 0, 0, (0..200_000).map(ScalarValue::Int))
                .unwrap();
        });
        single(pen, id, doc, &change)
    });
}

/// T10: a byte each on the wire would be 24 in memory.
#[test]
fn thirty_million_empty_seals_are_refused_before_they_are_read() {
    let mut zoe = Crafted::named("Zoé");
    let mut village = Village::of(&mut [&mut zoe]);
    let peak = village.ana.talk().peak();
    let mut call = zoe.calls(&village.ana.contact());
    call.says(&Message::Changes {
        network: *village.id.as_bytes(),
        doc: village.doc.to_bytes(),
        heads: vec![],
        body: WireBody::Changes(vec![]),
        aside: vec![],
        seals: vec![vec![]; 30_000_000],
    });
    assert_eq!(call.is_closed(), "malformed");
    let cost = village.ana.talk().peak() - peak;
    assert!(cost < ROOM, "{cost} MiB");
    village.closes();
}

/// T10: whoever joins later gets a whole document, without what was refused as a change.
#[test]
fn whoever_joins_later_gets_nothing_of_what_was_refused() {
    let mut zoe = Crafted::named("Zoé");
    let mut village = Village::of(&mut [&mut zoe]);
    let (id, doc) = (village.id, village.doc);
    let pen = zoe.forges(&id, &doc);
    let mut call = zoe.calls(&village.ana.contact());
    call.says(&single(&pen, id, doc, &nested(&pen)));
    call.hears_where_it_stands(1);
    let made = village.ana.does(
        &json!({ "command": "invite.create", "network": village.network,
        "uses": 1, "expires_in": 3600 }),
    );
    let cy = Peer::named("Cy");
    cy.joins(&tresse_tests::word(&made["ticket"]));
}
