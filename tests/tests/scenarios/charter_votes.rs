//! A version of the charter that members decide upon apart, by the rule of the charter in force; and one that misses the threshold.

use serde_json::{Value, json};
use tresse_tests::{Desk, Peer, word};

use crate::{
    deciding::{meet, people, stance},
    planning::c,
};

fn in_force(peer: &Peer, network: &str) -> String {
    word(&peer.sees(network, "charter")["versions"]["in_force"])
}

/// Puts the charter as it stands to the vote: the decision and the version.
fn puts(peer: &Peer, network: &str) -> (String, String) {
    let put = peer.does(c(network, "version.put-to-vote", json!({})));
    (word(&put["decision"]), word(&put["version"]))
}

/// Everybody at work, linked with the first, until [`apart`].
fn together(people: &[Peer]) -> Vec<Desk> {
    let (first, others) = people.split_first().unwrap();
    let first = first.sits_down();
    let others: Vec<Desk> = others
        .iter()
        .map(|peer| peer.sits_down_beside(&first))
        .collect();
    [first].into_iter().chain(others).collect()
}

fn apart(desks: Vec<Desk>) {
    desks.into_iter().for_each(Desk::closes);
}

#[track_caller]
fn all_see(desks: &mut [Desk], what: &str, is_so: impl Fn(&mut Desk) -> bool) {
    for desk in desks {
        desk.waits_until(what, &is_so);
    }
}

/// How a version stands, if somebody spoke of it.
fn version(desk: &mut Desk, network: &str, version: &str) -> Value {
    let seen = desk.looks(network, "versions");
    let mut versions = seen["versions"].as_array().unwrap().iter();
    let found = versions.find(|one| one["version"] == version);
    found.cloned().unwrap_or_default()
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
    let sign = |version: &str| c(n, "charter.sign", json!({ "version": version }));
    let is_put = |desk: &mut Desk, which: &str| {
        let version = version(desk, n, which);
        version["here"] == true && version["votes"][0]["state"] == "open"
    };

    // The first version is adopted by consents: until then no rule is agreed on.
    let answers = ana.tries(&[
        write("Une personne, une voix.\n"),
        set("threshold", ">=2/3"),
        set("quorum", "3"),
        put(),
        c(n, "charter.adopt", json!({})),
    ]);
    assert_eq!(answers[3]["error"]["code"], "charter-not-in-force");
    let first = word(&answers[4]["ok"]["version"]);
    let mut desks = together(&all);
    desks[1].waits_until("the version is here", |desk| {
        version(desk, n, &first)["here"] == true
    });
    desks[1].does(&c(n, "charter.adopt", json!({ "version": first })));
    all_see(&mut desks, "the first version is in force", |desk| {
        desk.looks(n, "versions")["in_force"] == first
    });
    assert_eq!(desks[0].may_not(&put()).code, "version-adopted");

    // Bo puts another to the vote. Each answers at home, and they come together later.
    desks[1].does(&write("Une personne, une voix, relue chaque automne.\n"));
    let put_by_bo = desks[1].does(&put());
    let (decision, second) = (word(&put_by_bo["decision"]), word(&put_by_bo["version"]));
    all_see(&mut desks, "Bo's version is put", |desk| {
        is_put(desk, &second)
    });
    let terms = desks[2].decision(n, &decision)["terms"].clone();
    assert_eq!(
        (&terms["threshold"], &terms["quorum"]),
        (&json!(">=2/3"), &json!("3"))
    );
    let asked = desks[2].looks(n, "decisions")["asked"].clone();
    assert_eq!(asked, json!([decision]));
    apart(desks);
    for (peer, says) in [(ana, "for"), (bo, "for"), (cy, "against")] {
        peer.does(stance(n, &decision, says));
    }
    let mut desks = together(&all);
    all_see(&mut desks, "all three ballots are here", |desk| {
        desk.decision(n, &decision)["voted"] == 3
    });
    assert_eq!(desks[2].may_not(&sign(&second)).code, "version-not-adopted");
    apart(desks);
    let counted = cy.runs(&[on(&decision, "decision.end"), on(&decision, "ballot.count")]);
    assert_eq!(
        counted[1]["adopted"],
        json!(second),
        "two of three are two thirds"
    );
    assert_eq!(in_force(ana, n), first, "Ana has not heard of it");
    let mut desks = together(&all);
    all_see(&mut desks, "the second version is in force", |desk| {
        desk.looks(n, "versions")["in_force"] == second
    });
    for desk in &mut desks {
        desk.does(&sign(&second));
    }
    all_see(&mut desks, "all three signed it", |desk| {
        let signed = version(desk, n, &second)["signatures"].clone();
        signed.as_array().unwrap().len() == 3
    });
    for desk in &mut desks {
        let seen = version(desk, n, &second);
        assert_eq!(
            (&seen["state"], &seen["by_decision"]),
            (&json!("in-force"), &json!(decision))
        );
        assert_eq!(seen["votes"][0]["said_by"], "Cy");
        assert_eq!(version(desk, n, &first)["state"], "replaced");
        let about = desk.decision(n, &decision)["about"].clone();
        assert_eq!(
            (&about["version"], &about["state"]),
            (&json!(second), &json!("adopted"))
        );
    }

    // The next misses the threshold, and nothing is adopted.
    desks[0].does(&write("Une structure, une voix.\n"));
    let put_by_ana = desks[0].does(&put());
    let (missed, third) = (word(&put_by_ana["decision"]), word(&put_by_ana["version"]));
    all_see(&mut desks, "Ana's version is put", |desk| {
        is_put(desk, &third)
    });
    for (desk, says) in desks.iter_mut().zip(["for", "against", "against"]) {
        desk.does(&stance(n, &missed, says));
    }
    all_see(&mut desks, "all three ballots are here", |desk| {
        desk.decision(n, &missed)["voted"] == 3
    });
    desks[0].does(&on(&missed, "decision.end"));
    let counted = desks[0].does(&on(&missed, "ballot.count"));
    assert_eq!(counted.get("adopted"), None);
    let record = on(&missed, "version.record");
    assert_eq!(desks[0].may_not(&record).code, "nothing-adopted");
    all_see(&mut desks, "nothing came of it", |desk| {
        version(desk, n, &third)["votes"][0]["state"] == "not-adopted"
    });
    for desk in &mut desks {
        assert_eq!(version(desk, n, &third)["state"], "refused");
        assert_eq!(desk.looks(n, "versions")["in_force"], second);
        assert_eq!(desk.may_not(&sign(&third)).code, "version-not-adopted");
        desk.is_in_step(n);
    }
    apart(desks);
    let diff = ana
        .verb(["diff", n, "charter", "--from", &first, "--to", &second])
        .one();
    assert!(diff["pieces"].to_string().contains("automne"), "{diff}");
    for peer in &all {
        assert_eq!(peer.digest(n), ana.digest(n));
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
