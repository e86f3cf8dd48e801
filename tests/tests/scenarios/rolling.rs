//! A network whose members do not change their Tresse on the same day: two versions of the protocol, side by side.

use serde_json::{Value, json};
use tresse_tests::{Desk, Peer, find};

/// What a later version says that it speaks.
const LATER: [&str; 2] = ["--protocol", "3"];

fn other_version(line: &Value) -> bool {
    line["event"] == "other-version"
}

/// Sits down towards where Ana serves, with this version.
fn sits_down(peer: &Peer, ana_at: &str, version: &[&str]) -> Desk {
    peer.sits_down_with(&[&["--peer", ana_at], version].concat())
}

/// Each writes a line; all have all of them, and are in step.
fn all_write(desks: &mut [Desk], network: &str, page: &str, round: usize) {
    let names = ["Ana", "Bo", "Chloé"];
    for (name, desk) in names.iter().zip(desks.iter_mut()) {
        desk.does(
            &json!({ "command": "page.edit", "network": network, "page": page, "at": 0,
            "insert": format!("{name}, tour {round}.\n") }),
        );
    }
    for desk in desks.iter_mut() {
        for name in names {
            let line = format!("{name}, tour {round}.");
            desk.waits_until("everybody's line is there", |desk| {
                desk.text(network, page).contains(&line)
            });
        }
    }
    for desk in desks.iter_mut() {
        desk.is_in_step(network);
    }
}

#[test]
fn members_who_change_one_after_the_other_go_on_together_and_are_told_who_is_ahead() {
    let [ana, bo, chloe] = ["Ana", "Bo", "Chloé"].map(Peer::named);
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Carnet", "Début.\n");
    let (door, ticket) = ana.welcomes(&network, 2);
    let ana_at = door.contact();
    bo.joins(&ticket);
    chloe.joins(&ticket);
    door.stops();

    // Chloé has the later one; Ana and Bo do not.
    let mut ana_desk = ana.sits_down();
    let mut bo_desk = bo.sits_down_towards(&ana_at);
    let mut chloe_desk = sits_down(&chloe, &ana_at, &LATER);
    let told = ana_desk.hears_since(0, "Chloé is ahead", other_version);
    assert_eq!(
        (&told["name"], &told["newer"]),
        (&json!("Chloé"), &json!(true))
    );
    let told = chloe_desk.hears_since(0, "Ana is behind", other_version);
    assert_eq!(
        (&told["name"], &told["newer"]),
        (&json!("Ana"), &json!(false))
    );
    let peers = ana_desk.does(&json!({ "ask": "status" }));
    let of = |device: &str| {
        let mut peers = peers["peers"].as_array().unwrap().iter();
        peers.find(|peer| peer["device"] == *device).unwrap()["newer"].clone()
    };
    assert_eq!(of(&chloe_desk.device), json!(true));
    let mut desks = [ana_desk, bo_desk, chloe_desk];
    all_write(&mut desks, &network, &page, 1);
    let action = desks[2].does(&json!({ "command": "action.add", "network": network,
        "title": "Venue d’une version plus récente" }));
    let action = action["action"].as_str().unwrap().to_owned();
    desks[1].waits_until("Bo has it by way of Ana", |desk| {
        let plan = desk.looks(&network, "plan");
        let actions = plan["content"]["actions"].as_array().unwrap();
        actions.iter().any(|one| one["id"] == *action)
    });
    let seen = find(
        &desks[1].looks(&network, "plan")["content"]["actions"],
        &action,
    );
    assert_eq!(seen["title"], "Venue d’une version plus récente");

    // Bo changes, having written while away; then Ana, through whom all met.
    [ana_desk, bo_desk, chloe_desk] = desks;
    bo_desk.closes();
    bo.does(
        json!({ "command": "page.edit", "network": network, "page": page, "at": 0,
        "insert": "Bo, entre deux versions.\n" }),
    );
    bo_desk = sits_down(&bo, &ana_at, &LATER);
    let told = bo_desk.hears_since(0, "Ana is behind", other_version);
    assert_eq!(
        (&told["name"], &told["newer"]),
        (&json!("Ana"), &json!(false))
    );
    let mut desks = [ana_desk, bo_desk, chloe_desk];
    all_write(&mut desks, &network, &page, 2);
    [ana_desk, bo_desk, chloe_desk] = desks;
    ana_desk.closes();
    let (bo_said, chloe_said) = (bo_desk.said(), chloe_desk.said());
    ana_desk = ana.sits_down_with(&LATER);
    let mut desks = [ana_desk, bo_desk, chloe_desk];
    all_write(&mut desks, &network, &page, 3);

    // Nobody is ahead any more, and nobody is told of what is so no longer.
    for (at, since) in [(0, 0), (1, bo_said), (2, chloe_said)] {
        let heard = &desks[at].talk().heard()[since..];
        assert!(!heard.iter().any(other_version), "{at}: {heard:?}");
    }
    for desk in desks {
        desk.closes();
    }
    let text = ana.text(&network, &page);
    assert_eq!(text.lines().count(), 11, "{text}");
    for peer in [&ana, &bo, &chloe] {
        assert_eq!(peer.digest(&network), ana.digest(&network));
        peer.is_sound();
    }
}
