//! T2, T9 and T10: more than anybody can take, from strangers and from a member, at once.

use std::time::Instant;

use automerge::{ROOT, transaction::Transactable};
use serde_json::json;
use tresse_model::{DocId, NetworkId};
use tresse_tests::{Call, Crafted, Forger, Intruder, Message, PATIENCE, Peer, changes, clock};

use super::Village;

/// What one proven link may hold, by the bounds that are written down: 256 MiB that wait to be sent
/// (`tresse_net`'s `PROVEN_QUEUE`), a message of 64 MiB that is being put together (`tresse_sync`'s `MAX_MESSAGE`)
/// and read once more out of it, and 4 MiB of frames (`PROVEN_ROOM`); the strangers' windows (32 links of
/// 256 KiB and 4 MiB to be sent, of which nothing ever is) are small beside it.
const ONE_LINK: u64 = 256 + 64 + 64 + 4;
/// Everything else: documents, the store's cache, what the allocator keeps.
const ROOM: u64 = 100;

/// T2, T9, T10.
#[test]
fn under_a_flood_from_strangers_and_a_member_memory_stays_bounded_and_another_member_still_syncs() {
    let [ana, bo] = ["Ana", "Bo"].map(Peer::named);
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Carnet", "Début.\n");
    let many: Vec<_> = (0..100)
        .map(|number| {
            json!({ "command": "page.create", "network": network,
            "title": format!("Page {number}") })
        })
        .collect();
    ana.runs(&many);
    let (mut door, ticket) = ana.welcomes(&network, 2);
    bo.joins(&ticket);
    let mut zoe = Crafted::named("Zoé");
    let contact = door.contact();
    let id = zoe.joins(&ticket, &contact).unwrap();
    let doc: DocId = page.parse().unwrap();
    let before = door.talk().peak();

    let intruder = Intruder::at(&contact, 4);
    let mut call = zoe.calls(&contact);
    let pen = zoe.forges(&id, &doc);
    let begun = Instant::now();
    for round in 0..2 {
        asks_again_and_again(&mut call, id, doc);
        sends_what_rests_on_nothing(&mut call, &pen, id, doc, round);
        // Meanwhile an honest edit goes both ways.
        let words = format!("Bo, dans la tempête {round}. ");
        bo.does(
            json!({ "command": "page.edit", "network": network, "page": page, "at": 0,
            "insert": words }),
        );
        assert_eq!(bo.meets(&door)["peers"], 1);
    }
    // Strangers have had their turn as well.
    while intruder.knocks() < 60 {
        assert!(begun.elapsed() < PATIENCE, "{} knocks", intruder.knocks());
        std::thread::yield_now();
    }
    let peak = door.talk().peak();
    println!(
        "{} MiB, then {peak} MiB after {} knocks and {} frames in {:.1?}",
        before,
        intruder.knocks(),
        call.sent.len(),
        begun.elapsed(),
    );
    assert!(peak < before + ONE_LINK + ROOM, "{peak} MiB");
    drop(intruder);
    call.hangs_up();
    assert_eq!(bo.meets(&door)["peers"], 1);
    door.stops();
    assert_eq!(ana.digest(&network), bo.digest(&network));
    assert!(
        ana.text(&network, &page)
            .contains("Bo, dans la tempête 1. ")
    );
    ana.is_sound();
}

/// For whole lists and for documents that were sent already, without reading what is answered.
fn asks_again_and_again(call: &mut Call, network: NetworkId, doc: DocId) {
    for _ in 0..5 {
        call.says(&Message::List {
            network: *network.as_bytes(),
            since: None,
            answer: true,
            docs: vec![],
        });
        for _ in 0..40 {
            call.says(&clock(&network, &doc, vec![], true));
        }
    }
}

/// Changes whose past never comes, of a document that is there and of many that nobody has heard of.
fn sends_what_rests_on_nothing(
    call: &mut Call,
    pen: &Forger,
    network: NetworkId,
    doc: DocId,
    round: u8,
) {
    let change = pen.writes(&pen.actor(), |page| page.put(ROOT, "title", "x").unwrap());
    let loose = Forger::alters(&change, |change| {
        change.deps = vec![automerge::ChangeHash([5; 32])];
    });
    let mut says = |doc: &DocId| {
        let (raw, seal) = (loose.raw_bytes().to_vec(), pen.seals(&loose));
        call.says(&changes(
            &network,
            doc,
            vec![[7; 32]],
            vec![raw; 8],
            vec![seal],
        ));
    };
    for number in 0..200_u16 {
        says(&doc);
        let mut name = [0; DocId::LEN];
        name[0] = doc.to_bytes()[0];
        name[1] = round;
        name[2..4].copy_from_slice(&number.to_be_bytes());
        says(&DocId::from_bytes(name));
    }
}

/// T2, T9: each request for whole lists makes the engine look at every document anew: only a few are answered.
#[test]
fn whole_lists_asked_for_again_and_again_do_not_keep_the_engine_from_others() {
    let [ana, bo] = ["Ana", "Bo"].map(Peer::named);
    let network = ana.founds("Les bords du fleuve");
    let many: Vec<_> = (0..200)
        .map(|number| {
            json!({ "command": "page.create", "network": network,
            "title": format!("Page {number}") })
        })
        .collect();
    ana.runs(&many);
    let (door, ticket) = ana.welcomes(&network, 2);
    bo.joins(&ticket);
    let mut zoe = Crafted::named("Zoé");
    let id = zoe.joins(&ticket, &door.contact()).unwrap();
    let mut call = zoe.calls(&door.contact());
    for _ in 0..200 {
        call.says(&Message::List {
            network: *id.as_bytes(),
            since: None,
            answer: true,
            docs: vec![],
        });
    }
    assert_eq!(bo.meets(&door)["peers"], 1);
    assert_eq!(call.is_closed(), "out-of-place");
    door.stops();
}

/// T9: of a document of which nothing can be taken, nothing stays in memory.
#[test]
fn documents_of_which_nothing_was_taken_are_not_kept_in_memory() {
    let mut zoe = Crafted::named("Zoé");
    let mut village = Village::of(&mut [&mut zoe]);
    let pen = zoe.forges(&village.id, &village.doc);
    let change = pen.writes(&pen.actor(), |page| page.put(ROOT, "x", 1).unwrap());
    let mut call = zoe.calls(&village.ana.contact());
    let mut sends = |from: u32| {
        for number in from..from + 8_000 {
            let mut name = [0; DocId::LEN];
            name[0] = 77;
            name[1..5].copy_from_slice(&number.to_be_bytes());
            let doc = DocId::from_bytes(name);
            let raw = change.raw_bytes().to_vec();
            call.says(&changes(&village.id, &doc, vec![], vec![raw], vec![]));
        }
        // (Each is refused after all of it was asked for once more.)
        call.hears_where_it_stands(u64::from(from) + 8_000);
    };
    sends(0);
    let first = village.ana.talk().peak();
    sends(8_000);
    let second = village.ana.talk().peak();
    assert!(second < first + 8, "{first} MiB, then {second} MiB");
    village.closes();
}
