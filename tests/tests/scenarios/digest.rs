//! What comes in while members meet is said once, and what moved is told at each one's own rhythm.

use serde_json::{Value, json};
use tresse_tests::{Desk, Peer, word};

fn told(desk: &mut Desk) -> Value {
    desk.does(&json!({ "ask": "told" }))
}

/// Ana and Bo in one network, in step; Bo has said that he has seen all.
fn two() -> (Peer, Peer, String, String) {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Les bords du fleuve");
    let made = ana.does(json!({ "command": "action.add", "network": network, "title": "Relire" }));
    let action = word(&made["action"]);
    let (door, ticket) = ana.welcomes(&network, 2);
    bo.joins(&ticket);
    bo.meets(&door);
    door.stops();
    bo.does(json!({ "command": "seen.mark", "network": network }));
    (ana, bo, network, action)
}

#[test]
fn who_comes_back_hears_once_what_came_in_from_whom_and_what_there_is_to_choose() {
    let (ana, bo, network, action) = two();
    let due = |day: &str| {
        json!({ "command": "action.set", "network": network, "action": action, "field": "due",
            "value": day })
    };
    // Apart: both set the same field, Ana writes a page and lets Cy in.
    ana.does(due("2026-12-01"));
    bo.does(due("2026-12-24"));
    ana.writes_page(&network, "Guide", "Un.\n");
    let (door, ticket) = ana.welcomes(&network, 1);
    let cy = Peer::named("Cy");
    cy.joins(&ticket);
    door.stops();

    let mut host = ana.sits_down();
    let mut desk = bo.sits_down_beside(&host);
    desk.is_in_step(&network);
    desk.waits_until("it is said", |desk| {
        told(desk)["arrived"]
            .as_array()
            .is_some_and(|all| !all.is_empty())
    });
    let arrived = told(&mut desk)["arrived"][0].clone();
    assert_eq!(arrived["network"], network.as_str());
    assert_eq!(arrived["name"], "Les bords du fleuve");
    assert_eq!(arrived["from"], json!(["Ana"]));
    assert_eq!(arrived["people"], json!(["Cy"]));
    // The plan and the page.
    assert_eq!(
        (&arrived["documents"], &arrived["conflicts"]),
        (&json!(2), &json!(1))
    );

    // Once read it is gone, and what Ana does while they are together is no news of a meeting.
    desk.does(&json!({ "command": "digest.arrived" }));
    host.does(&json!({ "command": "page.create", "network": network, "title": "Suite" }));
    desk.waits_until("the page is here", |desk| {
        desk.looks(&network, "pages").to_string().contains("Suite")
    });
    assert_eq!(told(&mut desk)["arrived"], json!([]));
    desk.closes();
    host.closes();
}

#[test]
fn what_moved_is_told_at_my_rhythm_stays_read_over_a_restart_and_says_nothing_of_what_i_silenced() {
    let (ana, bo, network, action) = two();
    ana.does(
        json!({ "command": "action.set", "network": network, "action": action,
        "field": "effort", "value": "3 h" }),
    );
    ana.writes_page(&network, "Guide", "Un.\n");
    let door = ana.serves();
    bo.meets(&door);
    door.stops();

    let ready = |peer: &Peer| peer.sees(&network, "digest")["ready"].clone();
    let titles = |ready: &Value| -> Vec<String> {
        let moved = ready["moved"].as_array().cloned().unwrap_or_default();
        moved.iter().map(|one| word(&one["title"])).collect()
    };
    bo.does(json!({ "command": "digest.set", "rhythm": "never" }));
    assert_eq!(ready(&bo), Value::Null);
    // Without quiet hours, or this would fail at night.
    let no = json!({ "from": "00:00", "to": "00:00" });
    bo.does(json!({ "command": "digest.set", "rhythm": "weekly", "at": "00:00", "quiet": no }));
    bo.does(json!({ "command": "digest.network", "network": network, "silent": ["plan"] }));
    assert_eq!(titles(&ready(&bo)), ["Guide"]);
    bo.does(json!({ "command": "digest.network", "network": network }));
    assert_eq!(titles(&ready(&bo)).len(), 2);

    // Each run is a start of its own.
    let read = json!({ "command": "digest.read", "network": network });
    assert_eq!(
        bo.runs(&[read.clone(), read]),
        [json!({ "read": 2 }), json!({ "read": 0 })]
    );
    assert_eq!(ready(&bo), Value::Null);

    // It is told again only when it moves again, and then this week's is over.
    ana.writes_page(&network, "Suite", "Deux.\n");
    let door = ana.serves();
    bo.meets(&door);
    door.stops();
    assert_eq!(ready(&bo), Value::Null);
    bo.does(json!({ "command": "digest.set", "rhythm": "weekly", "at": "00:00" }));
    assert_eq!(ready(&bo), Value::Null);
    let wrong = bo.may_not(json!({ "command": "digest.set", "rhythm": "daily", "at": "8h" }));
    assert!(!wrong.message.is_empty());
}
