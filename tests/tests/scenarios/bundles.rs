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
    assert_eq!(
        (&taken["documents"], &taken["changes"], &taken["people"]),
        (&1.into(), &1.into(), &json!(["Ana"]))
    );
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
fn a_whole_season_of_work_goes_from_one_to_the_other_and_back_on_sticks_alone() {
    let (ana, bo, network, page) = two();
    let rounds = 4;
    for round in 0..rounds {
        let (writer, reader) = if round % 2 == 0 {
            (&ana, &bo)
        } else {
            (&bo, &ana)
        };
        let text = format!("{}Tour {round}.\n", writer.text(&network, &page));
        writes(writer, &network, &page, &text);
        let title = |what: &str| format!("{what} {round} de {}", writer.name());
        writer.runs(&[
            json!({ "command": "action.add", "network": network, "title": title("Action"),
                "due": "2027-01-31" }),
            json!({ "command": "value.add", "network": network, "text": title("Valeur") }),
            json!({ "command": "meeting.create", "network": network, "title": title("Rencontre") }),
        ]);
        let whom = (round > 1).then(|| reader.device());
        let name = format!("tour-{round}");
        let (stick, _) = packs(writer, &network, &name, whom.as_deref());
        let taken = reader.verb(["bundle", "take", &stick]).one();
        assert_eq!(taken["refused"], json!([]), "{taken}");
        assert_eq!(taken["people"], json!([writer.name()]), "{taken}");
        assert!(taken["changes"].as_u64().unwrap() >= 4, "{taken}");
        assert_eq!(ana.digest(&network), bo.digest(&network), "after {round}");
    }
    for peer in [&ana, &bo] {
        let plan = peer.sees(&network, "plan");
        let actions = plan["content"]["actions"].as_array().map(Vec::len);
        assert_eq!(actions, Some(rounds));
        let text = peer.text(&network, &page);
        let all = (0..rounds).all(|round| text.contains(&format!("Tour {round}.")));
        assert!(all, "{text}");
        peer.is_sound();
    }
}

#[test]
fn a_newcomer_is_known_by_a_stick_to_who_was_away() {
    let (ana, bo, network, page) = two();
    let chloe = Peer::named("Chloé");
    let (door, ticket) = ana.welcomes(&network, 1);
    chloe.joins(&ticket);
    door.stops();
    writes(&chloe, &network, &page, "Début.\nChloé.\n");
    let (stick, _) = packs(&chloe, &network, "de-chloe", Some(&bo.device()));
    let taken = bo.verb(["bundle", "take", &stick]).one();
    assert!(taken["acts"].as_u64().unwrap() > 0, "{taken}");
    assert!(bo.text(&network, &page).contains("Chloé."));
    assert_eq!(bo.members(&network), ["Ana", "Bo", "Chloé"]);
    bo.is_sound();
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
