//! A version of the charter that members decide upon apart, by the rule of the charter in force; and one that misses the threshold.

use serde_json::{Value, json};
use tresse_tests::{Peer, word};

use crate::{
    deciding::{meet, people, sees, stance},
    planning::c,
};

/// How a version stands at somebody's.
fn version(peer: &Peer, network: &str, version: &str) -> Value {
    let versions = peer.sees(network, "charter")["versions"]["versions"].clone();
    let mut versions = versions.as_array().unwrap().iter();
    let found = versions.find(|one| one["version"] == version);
    found.unwrap().clone()
}

fn in_force(peer: &Peer, network: &str) -> String {
    word(&peer.sees(network, "charter")["versions"]["in_force"])
}

/// Puts the charter as it stands to the vote: the decision and the version.
fn puts(peer: &Peer, network: &str) -> (String, String) {
    let put = peer.does(c(network, "version.put-to-vote", json!({})));
    (word(&put["decision"]), word(&put["version"]))
}

#[test]
fn a_version_put_to_the_vote_is_answered_apart_counted_by_the_charters_rule_and_signed_or_not_adopted()
 {
    let (all, network) = people(&["Ana", "Bo", "Cy"]);
    let n = network.as_str();
    let [ana, bo, cy] = &all[..] else { panic!() };
    let write = |text: &str| c(n, "charter.edit", json!({ "text": text }));
    let set =
        |field: &str, value: &str| c(n, "charter.set", json!({ "field": field, "value": value }));
    let on = |decision: &str, name: &str| c(n, name, json!({ "decision": decision }));
    let put = || c(n, "version.put-to-vote", json!({}));

    // The first version is adopted by consents: until then no rule is agreed on.
    ana.does(write("Une personne, une voix.\n"));
    ana.does(set("threshold", ">=2/3"));
    ana.does(set("quorum", "3"));
    assert_eq!(ana.may_not(put()).code, "charter-not-in-force");
    let first = word(&ana.does(c(n, "charter.adopt", json!({})))["version"]);
    meet(&[ana, bo, cy], n);
    bo.does(c(n, "charter.adopt", json!({ "version": first })));
    meet(&[ana, bo, cy], n);
    assert_eq!(in_force(cy, n), first);
    assert_eq!(ana.may_not(put()).code, "version-adopted");

    // Bo puts another to the vote. Each answers at home, and they come together later.
    bo.does(write("Une personne, une voix, relue chaque automne.\n"));
    let (decision, second) = puts(bo, n);
    meet(&[bo, ana, cy], n);
    let terms = sees(cy, n, &decision)["terms"].clone();
    assert_eq!(
        (&terms["threshold"], &terms["quorum"]),
        (&json!(">=2/3"), &json!("3"))
    );
    assert_eq!(cy.sees(n, "decisions")["asked"], json!([decision]));
    ana.does(stance(n, &decision, "for"));
    bo.does(stance(n, &decision, "for"));
    cy.does(stance(n, &decision, "against"));
    meet(&[ana, bo, cy], n);
    let sign = |version: &str| c(n, "charter.sign", json!({ "version": version }));
    assert_eq!(cy.may_not(sign(&second)).code, "version-not-adopted");
    cy.does(on(&decision, "decision.end"));
    let counted = cy.does(on(&decision, "ballot.count"));
    assert_eq!(
        counted["adopted"],
        json!(second),
        "two of three are two thirds"
    );
    assert_eq!(in_force(ana, n), first, "Ana has not heard of it");
    meet(&[ana, bo, cy], n);
    for peer in &all {
        assert_eq!(in_force(peer, n), second);
        peer.does(sign(&second));
    }
    meet(&[ana, bo, cy], n);
    for peer in &all {
        let seen = version(peer, n, &second);
        assert_eq!(
            (&seen["state"], &seen["by_decision"]),
            (&json!("in-force"), &json!(decision))
        );
        assert_eq!(seen["votes"][0]["said_by"], "Cy");
        assert_eq!(seen["signatures"].as_array().unwrap().len(), 3);
        assert_eq!(version(peer, n, &first)["state"], "replaced");
        let about = sees(peer, n, &decision)["about"].clone();
        assert_eq!(
            (&about["version"], &about["state"]),
            (&json!(second), &json!("adopted"))
        );
    }
    let diff = ana
        .verb(["diff", n, "charter", "--from", &first, "--to", &second])
        .one();
    assert!(diff["pieces"].to_string().contains("automne"), "{diff}");

    // The next misses the threshold, and nothing is adopted.
    ana.does(write("Une structure, une voix.\n"));
    let (missed, third) = puts(ana, n);
    meet(&[ana, bo, cy], n);
    ana.does(stance(n, &missed, "for"));
    bo.does(stance(n, &missed, "against"));
    cy.does(stance(n, &missed, "against"));
    meet(&[ana, bo, cy], n);
    ana.does(on(&missed, "decision.end"));
    let counted = ana.does(on(&missed, "ballot.count"));
    assert_eq!(counted.get("adopted"), None);
    let record = c(n, "version.record", json!({ "decision": missed }));
    assert_eq!(ana.may_not(record).code, "nothing-adopted");
    meet(&[ana, bo, cy], n);
    for peer in &all {
        assert_eq!(in_force(peer, n), second);
        let seen = version(peer, n, &third);
        assert_eq!(
            (&seen["state"], &seen["votes"][0]["state"]),
            (&json!("refused"), &json!("not-adopted"))
        );
        assert_eq!(peer.may_not(sign(&third)).code, "version-not-adopted");
        peer.is_sound();
    }
}

#[test]
fn whoever_joins_later_finds_the_same_version_in_force_and_can_check_it() {
    let (all, network) = people(&["Ana", "Bo"]);
    let n = network.as_str();
    let [ana, bo] = &all[..] else { panic!() };
    let set =
        |field: &str, value: &str| c(n, "charter.set", json!({ "field": field, "value": value }));
    ana.does(set("method", "consent"));
    let first = word(&ana.does(c(n, "charter.adopt", json!({})))["version"]);
    meet(&[ana, bo], n);
    bo.does(c(n, "charter.adopt", json!({ "version": first })));
    bo.does(set("exchange_rules", "On ne se coupe pas la parole."));
    let (decision, second) = puts(bo, n);
    meet(&[bo, ana], n);
    ana.does(stance(n, &decision, "consent"));
    bo.does(stance(n, &decision, "consent"));
    meet(&[bo, ana], n);
    ana.does(c(n, "decision.end", json!({ "decision": decision })));
    let counted = ana.does(c(n, "ballot.count", json!({ "decision": decision })));
    assert_eq!(counted["adopted"], json!(second), "two of two consent");
    let cy = Peer::named("Cy");
    let (door, ticket) = ana.welcomes(n, 1);
    cy.joins(&ticket);
    door.stops();
    meet(&[ana, bo, &cy], n);
    for peer in [ana, bo, &cy] {
        assert_eq!(in_force(peer, n), second);
        peer.is_sound();
    }
    assert!(cy.sees(n, "charter")["versions"]["adopting"]["method"] == "consent");
}
