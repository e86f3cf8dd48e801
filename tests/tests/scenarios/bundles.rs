//! Members who meet by no network at all: files on a stick.

use std::fs;

use serde_json::{Value, json};
use tresse_tests::Peer;

/// Ana and Bo in one network, each with the same page.
fn two() -> (Peer, Peer, String, String) {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Carnet", "Début.\n");
    let (door, ticket) = ana.welcomes(&network, 1);
    bo.joins(&ticket);
    door.stops();
    (ana, bo, network, page)
}

fn writes(peer: &Peer, network: &str, page: &str, text: &str) {
    peer.does(json!({ "command": "page.edit", "network": network, "page": page, "text": text }));
}

/// Writes the file at one's and lays it where the other can read it.
fn packs(from: &Peer, network: &str, name: &str, device: Option<&str>) -> (String, Value) {
    let file = from.path(name).to_str().unwrap().to_owned();
    let mut verb = vec!["bundle", "make", network, &file];
    verb.extend(device.iter().flat_map(|device| ["--for", device]));
    let made = from.verb(verb).one();
    (file, made)
}

#[test]
fn two_who_never_connect_carry_their_work_to_each_other_on_a_stick() {
    let (ana, bo, network, page) = two();
    writes(&ana, &network, &page, "Début.\nAna.\n");
    writes(&bo, &network, &page, "Début.\nBo.\n");
    let (to_bo, made) = packs(&ana, &network, "pour-bo.tresse-bundle", Some(&bo.device()));
    assert_eq!(made["left_out"].as_array().map(Vec::len), Some(0));
    let taken = bo.verb(["bundle", "take", &to_bo]).one();
    assert_eq!(taken["documents"], 1);
    assert_eq!(taken["refused"].as_array().map(Vec::len), Some(0));
    let (to_ana, _) = packs(&bo, &network, "pour-ana.tresse-bundle", None);
    ana.verb(["bundle", "take", &to_ana]).one();
    assert_eq!(ana.digest(&network), bo.digest(&network));
    let text = ana.text(&network, &page);
    assert!(text.contains("Ana.") && text.contains("Bo."), "{text}");
    // Once more, and the older one after the newer one: nothing changes.
    let again = bo.verb(["bundle", "take", &to_bo]).one();
    assert_eq!(
        (&again["documents"], &again["acts"]),
        (&0.into(), &0.into())
    );
    for peer in [&ana, &bo] {
        assert_eq!(peer.verb(["check"]).one()["ok"], true);
    }
}

#[test]
fn a_stick_that_is_lost_broken_or_full_harms_nobody() {
    let (ana, bo, network, page) = two();
    writes(
        &ana,
        &network,
        &page,
        "Début.\nLe mot secret est Tilleul.\n",
    );
    let (file, _) = packs(&ana, &network, "stick", Some(&bo.device()));
    let bytes = fs::read(&file).unwrap();
    let holds = |words: &[u8]| bytes.windows(words.len()).any(|part| part == words);
    assert!(
        !holds(b"Tilleul") && !holds(b"fleuve"),
        "whoever finds it reads nothing"
    );
    let refused = |peer: &Peer, file: &str| peer.verb(["bundle", "take", file]).refused().code;
    let cut = ana.path("cut");
    fs::write(&cut, &bytes[..bytes.len() - 1]).unwrap();
    assert_eq!(refused(&bo, cut.to_str().unwrap()), "bundle-damaged");
    let other = ana.path("other");
    fs::write(&other, "une lettre").unwrap();
    assert_eq!(refused(&bo, other.to_str().unwrap()), "bundle-unreadable");
    assert_eq!(refused(&Peer::named("Zoé"), &file), "bundle-foreign");
    assert_eq!(bo.text(&network, &page), "Début.\n");
    let over = ana.verb(["bundle", "make", &network, &file]).refused();
    assert_eq!(over.code, "file-exists");
    assert_eq!(
        fs::read(&file).unwrap(),
        bytes,
        "what is there is never written over"
    );
    bo.verb(["bundle", "take", &file]).one();
    assert!(bo.text(&network, &page).contains("Tilleul"));
}
