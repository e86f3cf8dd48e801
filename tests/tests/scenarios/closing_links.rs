//! A closing that leads somewhere: into a network here, after a decision that was counted; and going on, said by two apart.

use serde_json::{Value, json};
use tresse_tests::{Peer, word};

use crate::{
    deciding::stance,
    planning::{all_meet, c, made, three},
};

fn closing(peer: &Peer, network: &str) -> Value {
    peer.sees(network, "closing")
}

#[test]
fn a_closing_after_a_counted_decision_leads_into_a_network_that_only_some_of_them_have() {
    let (ana, bo, cy, n) = three();
    let n = n.as_str();
    let c = |name: &str, rest: Value| c(n, name, rest);
    // The question is put, answered apart, ended and counted.
    let d = made(&bo, c("closing.decide", json!({})), "decision");
    bo.does(c("decision.start", json!({ "decision": d })));
    all_meet(&ana, &bo, &cy, n);
    for (peer, said) in [(&ana, "for"), (&bo, "for"), (&cy, "abstain")] {
        peer.does(stance(n, &d, said));
    }
    all_meet(&ana, &bo, &cy, n);
    cy.does(c("decision.end", json!({ "decision": d })));
    cy.does(c("ballot.count", json!({ "decision": d })));
    all_meet(&ana, &bo, &cy, n);

    // Ana and Cy have the network that it goes on in; Bo does not.
    let into = ana.founds("Le grand fleuve");
    let (door, ticket) = ana.welcomes(&into, 1);
    cy.joins(&ticket);
    door.stops();
    let nobodys = json!({ "outcome": "merged", "decision": "dec-nonsense", "into": into });
    assert!(
        ana.tries(&[c("closing.propose", nobodys)])[0]
            .get("error")
            .is_some()
    );
    let propose =
        json!({ "outcome": "merged", "into": into, "decision": d, "words": "Une suite." });
    assert_eq!(ana.does(c("closing.propose", propose))["closed"], false);
    all_meet(&ana, &bo, &cy, n);
    for (peer, here) in [(&ana, true), (&bo, false), (&cy, true)] {
        let case = closing(peer, n)["proposals"][0].clone();
        assert_eq!(case["outcome"], "merged");
        assert_eq!(case["into"]["name"], "Le grand fleuve");
        assert_eq!(
            (&case["into"]["network"], &case["into"]["here"]),
            (&json!(into), &json!(here))
        );
        assert_eq!(case["decision"], d);
        assert_eq!(
            word(&case["decision_title"]),
            "Le réseau a-t-il atteint sa finalité\u{202f}?"
        );
    }
    // Meanwhile the network it goes on in is called something else: who has it reads its name of now.
    let name = json!({ "command": "network.set", "network": into, "field": "name", "value": "Le fleuve entier" });
    ana.does(name);
    let case = word(&closing(&bo, n)["proposals"][0]["closing"]);
    assert_eq!(
        bo.does(c("closing.consent", json!({ "closing": case })))["closed"],
        true
    );
    all_meet(&ana, &bo, &cy, n);
    for (peer, name) in [(&ana, "Le fleuve entier"), (&bo, "Le grand fleuve")] {
        let closed = closing(peer, n)["closed"].clone();
        assert_eq!(closed["into"]["name"], name);
        assert_eq!(
            (&closed["decision"], &closed["words"]),
            (&json!(d), &json!("Une suite."))
        );
    }
    for peer in [&ana, &bo, &cy] {
        assert_eq!(peer.digest(n), ana.digest(n));
        // The decision that it followed is there to be read, with what came of it.
        let view = peer.verb(["view", n, "decision", &d]).one();
        assert_eq!(view["tally"]["verdict"]["verdict"], "adopted");
        let more = c("closing.continue", json!({ "until": "2090-01-01" }));
        assert_eq!(peer.may_not(more).code, "network-closed");
        peer.is_sound();
    }
}

#[test]
fn two_who_go_on_until_different_days_apart_see_one_of_them_and_both_are_kept_until_one_chooses() {
    let (ana, bo, cy, n) = three();
    let n = n.as_str();
    let until = |day: &str| c(n, "closing.continue", json!({ "until": day }));
    ana.does(until("2090-01-01"));
    bo.does(until("2091-01-01"));
    all_meet(&ana, &bo, &cy, n);
    let shown = closing(&ana, n)["review"]["date"].clone();
    let conflict = |peer: &Peer| {
        let network = peer.sees(n, "home")["network"].clone();
        network["conflicts"].clone()
    };
    for peer in [&ana, &bo, &cy] {
        assert_eq!(closing(peer, n)["review"]["date"], shown);
        let conflicts = conflict(peer);
        assert_eq!(conflicts[0]["field"], "review_date", "{conflicts}");
        let mut values: Vec<String> = conflicts[0]["values"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| word(&one["value"]))
            .collect();
        values.sort();
        assert_eq!(values, ["2090-01-01", "2091-01-01"]);
    }
    // Cy chooses, and says so where both can read it.
    cy.does(until("2090-01-01"));
    all_meet(&ana, &bo, &cy, n);
    for peer in [&ana, &bo, &cy] {
        assert_eq!(closing(peer, n)["review"]["date"], "2090-01-01");
        assert_eq!(conflict(peer), Value::Null);
    }
}
