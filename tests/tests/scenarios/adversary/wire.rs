//! T2, T3, T6 and T9 on the wire: what is cut, repeated, out of order, too long, or never comes.

use automerge::{ROOT, transaction::Transactable};
use serde_json::json;
use tresse_model::{DocId, NetworkId};
use tresse_tests::{Crafted, Desk, Entry, Message, changes, clock, one, word};

use super::{Village, names_the_hand};

/// T2, T3: whoever breaks the protocol is shut out with a reason, and nothing of it is applied.
#[test]
fn messages_that_are_too_long_torn_out_of_place_or_of_nothing_known_end_the_link_and_leave_nothing()
{
    let mut zoe = Crafted::named("Zoé");
    let mut village = Village::of(&mut [&mut zoe]);
    let before = village.shows();
    let contact = village.ana.contact();
    for (what, bytes, code) in broken(&zoe, village.id, village.doc) {
        let since = village.ana.said();
        let mut call = zoe.calls(&contact);
        call.says_bytes(&bytes);
        println!("{what}");
        assert_eq!(call.is_closed(), code, "{what}");
        names_the_hand(&mut village.ana, since, &zoe.device().to_string(), code);
        call.hangs_up();
    }
    village.shows_still(&before);
    village.closes();
}

/// What is said, and the reason for which the link is closed.
fn broken(
    zoe: &Crafted,
    network: NetworkId,
    doc: DocId,
) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let (raw, other) = (*network.as_bytes(), [9; NetworkId::LEN]);
    let (malformed, too_large, misplaced) = ("malformed", "too-large", "out-of-place");
    let open = |network| Message::Open {
        network,
        acts: [0; 32],
    };
    let docs = |network| Message::Docs {
        network,
        digest: [0; 32],
        tokens: vec![],
    };
    let list = |since, docs| Message::List {
        network: raw,
        since,
        answer: false,
        docs,
    };
    let act = zoe.acts(&network).iter().next().unwrap().bytes().to_vec();
    let acts = |act: Vec<u8>| Message::Acts {
        network: raw,
        acts: vec![act],
    };
    let mut turned = act.clone();
    *turned.last_mut().unwrap() ^= 1;
    let mut newer = act.clone();
    newer[0] = 9;
    let stranger_act = {
        let mut stranger = Crafted::named("Eve");
        let elsewhere = stranger.founds("ailleurs");
        let founding = stranger.acts(&elsewhere).iter().next().unwrap();
        founding.bytes().to_vec()
    };
    let entry = |number: u32| Entry {
        actor: number.to_be_bytes().to_vec(),
        seq: 1,
        last: [0; 32],
    };
    let heads = |count: u32| {
        let head = |number: u32| {
            let mut head = [0; 32];
            head[..4].copy_from_slice(&number.to_be_bytes());
            head
        };
        (0..count).map(head).collect::<Vec<_>>()
    };
    let with = |mut bytes: Vec<u8>, more: &[u8]| {
        bytes.extend_from_slice(more);
        let length = (bytes.len() - 4) as u32;
        bytes[..4].copy_from_slice(&length.to_le_bytes());
        bytes
    };
    vec![
        ("four gigabytes are announced", vec![0xff; 64], too_large),
        (
            "a byte more than a message may have is announced",
            (64 * 1024 * 1024 + 1_u32).to_le_bytes().to_vec(),
            too_large,
        ),
        ("noise", with(vec![0; 4], &[0xa5; 300]), malformed),
        ("an empty message", vec![0; 4], malformed),
        (
            "a byte after the message's end",
            with(docs(raw).encode(), &[0]),
            malformed,
        ),
        (
            "a list not in order",
            list(None, vec![([9; 17], vec![]), ([1; 17], vec![])]).encode(),
            malformed,
        ),
        (
            "a document twice in a list",
            list(None, vec![([9; 17], vec![]), ([9; 17], vec![])]).encode(),
            malformed,
        ),
        (
            "more heads than a document may have",
            list(None, vec![(doc.to_bytes(), heads(4097))]).encode(),
            too_large,
        ),
        (
            "more actors than a document may have",
            clock(&network, &doc, (0..65_537).map(entry).collect(), false).encode(),
            too_large,
        ),
        (
            "an actor's name of a kilobyte",
            clock(
                &network,
                &doc,
                vec![Entry {
                    actor: vec![1; 1024],
                    seq: 1,
                    last: [0; 32],
                }],
                false,
            )
            .encode(),
            too_large,
        ),
        (
            "more memories than a side may have",
            Message::Docs {
                network: raw,
                digest: [0; 32],
                tokens: vec![[1; 16]; 3],
            }
            .encode(),
            too_large,
        ),
        ("a network is opened twice", open(raw).encode(), misplaced),
        (
            "a network that is not shared",
            open(other).encode(),
            misplaced,
        ),
        (
            "documents of a network that is not shared",
            docs(other).encode(),
            misplaced,
        ),
        (
            "the documents are offered twice",
            docs(raw).encode(),
            misplaced,
        ),
        (
            "a list since a memory that is none",
            list(Some([3; 16]), vec![]).encode(),
            misplaced,
        ),
        (
            "the names of acts after they were compared",
            Message::ActIds {
                network: raw,
                ids: vec![],
            }
            .encode(),
            misplaced,
        ),
        (
            "more is acknowledged than was sent",
            Message::Ack { seen: u64::MAX }.encode(),
            misplaced,
        ),
        (
            "an answer to no question",
            Message::Answer {
                version: 1,
                tags: vec![],
            }
            .encode(),
            misplaced,
        ),
        (
            "a refusal of nothing asked",
            Message::Refused {
                refusal: tresse_trust::JoinRefusal::Used,
            }
            .encode(),
            misplaced,
        ),
        (
            "a welcome to who is in",
            Message::Welcome {
                network: raw,
                secret: tresse_trust::NetworkSecret::from_bytes([1; 32]),
                acts: vec![],
            }
            .encode(),
            misplaced,
        ),
        (
            "an act with one bit turned",
            acts(turned).encode(),
            "bad-act",
        ),
        ("an act of nothing", acts(vec![]).encode(), "malformed"),
        (
            "another network's act",
            acts(stranger_act).encode(),
            "bad-act",
        ),
        (
            "an act of a later version",
            acts(newer).encode(),
            "newer-version",
        ),
    ]
}

/// T3, T9: cut, repeated, reordered. What is said whole is taken once; the rest waits for nothing.
#[test]
fn changes_cut_short_said_twice_or_before_what_they_rest_on_are_taken_once_or_not_at_all() {
    let mut zoe = Crafted::named("Zoé");
    let mut village = Village::of(&mut [&mut zoe]);
    let (network, doc) = (village.id, village.doc);
    let contact = village.ana.contact();
    let known = zoe.calls(&contact);
    known.hangs_up();
    let before = village.shows();

    // Two honest changes, one after the other, of which only the second is said, with its seal.
    let start = zoe.clone();
    zoe.writes(&network, &doc, |page| page.put(ROOT, "note", "un").unwrap());
    let first = zoe
        .document(&network, &doc)
        .get_last_local_change()
        .unwrap();
    zoe.writes(&network, &doc, |page| {
        page.put(ROOT, "note", "deux").unwrap();
    });
    let second = zoe
        .document(&network, &doc)
        .get_last_local_change()
        .unwrap();
    let seal = zoe.forges(&network, &doc).seals(&second);
    let said = |of: &[&automerge::Change]| {
        let bytes = of.iter().map(|change| change.raw_bytes().to_vec());
        changes(
            &network,
            &doc,
            vec![second.hash().0],
            bytes.collect(),
            vec![seal.clone()],
        )
    };

    let mut alone = start.clone();
    let mut call = alone.calls(&contact);
    let since = village.ana.said();
    call.says(&said(&[&second]));
    call.hears("all of it is asked for", |message| {
        matches!(message, Message::Clock { strict: true, .. })
    });
    call.says(&said(&[&second, &first]));
    call.hears_it_is_unwanted(&doc);
    names_the_hand(
        &mut village.ana,
        since,
        &zoe.device().to_string(),
        "document-incomplete",
    );
    call.hangs_up();
    village.shows_still(&before);

    // Half of a message, and the line goes dead.
    let mut call = alone.calls(&contact);
    let message = said(&[&first, &second]).encode();
    call.says_bytes(&message[..message.len() / 2]);
    call.hangs_up();
    village.shows_still(&before);

    // Once whole, three times in a row, byte by byte in frames of three; then old news again.
    let mut call = alone.calls(&contact);
    for _ in 0..3 {
        for few in message.chunks(3) {
            call.says_frame(few.to_vec());
        }
    }
    call.hears_where_it_stands(3);
    let after = village.shows();
    assert_ne!(after["digest"], before["digest"], "what is whole is taken");
    let first_seal = start.forges(&network, &doc);
    call.says(&one(&network, &doc, &first, vec![first_seal.seals(&first)]));
    call.hears_where_it_stands(4);
    call.hangs_up();
    village.shows_still(&after);
    zoe.meets(&contact);
    let note = zoe.document(&network, &doc);
    let (note, _) = automerge::ReadDoc::get(note, ROOT, "note")
        .unwrap()
        .unwrap();
    assert_eq!(note.as_str(), Some("deux"));
    village.closes();
}

/// T6, T9: what one member keeps to themself comes from any other.
#[test]
fn work_that_a_relaying_member_withholds_arrives_with_the_next_honest_one() {
    let mut zoe = Crafted::named("Zoé");
    let mut village = Village::of(&mut [&mut zoe]);
    let (id, network) = (village.id, village.network.clone());
    let ana = tresse_trust::member_id(&village.ana.device.parse().unwrap());
    let notebook = DocId::notebook(&id, &ana);
    zoe.meets(&village.ana.contact());
    let old = zoe.copy(&id, &notebook).clone();

    // Ana writes two pages and in her notebook; only Zoé hears of it, and passes on one page.
    village.parts();
    let page =
        |title: &str| json!({ "command": "page.create", "network": network, "title": title });
    let made = village.ana.does(&page("Bilan"));
    village.ana.does(&page("Agenda"));
    village.ana.does(
        &json!({ "command": "profile.set", "network": network, "field": "brings",
        "value": "Ma voix : pour" }),
    );
    zoe.meets(&village.ana.contact());
    zoe.holds(&id, old);
    zoe.forgets(&id, &word(&made["page"]).parse().unwrap());
    zoe.meets(&village.bo.contact());
    let sees = |desk: &mut Desk, what: &str| desk.looks(&network, what).to_string();
    let pages = sees(&mut village.bo, "pages");
    assert!(
        pages.contains("Agenda") && !pages.contains("Bilan"),
        "{pages}"
    );
    assert!(!sees(&mut village.bo, "members").contains("Ma voix : pour"));
    village.meets();
    assert!(sees(&mut village.bo, "pages").contains("Bilan"));
    assert!(sees(&mut village.bo, "members").contains("Ma voix : pour"));
    village.closes();
}
