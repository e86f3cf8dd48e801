//! Decisions whose ballots are shown after the close, and without names: what is told to whom, and when.

use std::{collections::BTreeMap, fs};

use serde_json::{Value, json};
use tresse_tests::{Peer, word};

use crate::{
    deciding::{gave, meet, people, sees, stance},
    planning::{c, made},
};

/// A vote that is put by the first of them: shown after the close, without names.
fn put_hidden(people: &[&Peer], network: &str) -> String {
    let create = json!({ "title": "Ouvrir le dimanche ?", "template": "vote" });
    let d = made(people[0], c(network, "decision.create", create), "decision");
    for (field, value) in [("reveal", "after-close"), ("names", "hidden")] {
        let set = json!({ "decision": d, "field": field, "value": value });
        people[0].does(c(network, "decision.set", set));
    }
    let start = json!({ "decision": d, "closes": "2091-01-01T00:00:00Z" });
    people[0].does(c(network, "decision.start", start));
    meet(people, network);
    d
}

#[test]
fn what_is_shown_after_the_close_and_without_names_is_told_to_nobody_before_and_of_nobody_after() {
    let (all, network) = people(&["Ana", "Bo", "Cy"]);
    let n = network.as_str();
    let together: Vec<&Peer> = all.iter().collect();
    let d = put_hidden(&together, n);
    // Apart, each answers, and one thinks again.
    all[0].does(stance(n, &d, "for"));
    all[1].does(stance(n, &d, "against"));
    all[2].does(stance(n, &d, "against"));
    all[2].does(stance(n, &d, "for"));
    meet(&together, n);
    for (peer, said) in all.iter().zip(["for", "against", "for"]) {
        let view = sees(peer, n, &d);
        assert_eq!(
            (&view["hidden"], &view["tally"]),
            (&json!(true), &json!(null))
        );
        assert_eq!((&view["electors"], &view["voted"]), (&json!(3), &json!(3)));
        let ballots = view["ballots"].as_array().unwrap();
        assert_eq!(ballots.len(), 1, "one's own alone");
        assert_eq!(ballots[0]["mine"], true);
        assert_eq!(ballots[0]["answer"]["stance"], said);
        assert_eq!(view["mine"]["answer"]["stance"], said);
        // What its history tells is that three answered, not what.
        let diff = peer.verb(["diff", n, &d]).done();
        let cast = diff.iter().find(|one| one["field"] == "cast").unwrap();
        assert_eq!(cast["pieces"], json!([{ "in": "3" }]));
    }
    all[1].does(c(n, "decision.end", json!({ "decision": d })));
    meet(&together, n);
    all[2].does(c(n, "ballot.count", json!({ "decision": d })));
    meet(&together, n);
    let first = sees(&all[0], n, &d);
    for peer in &all {
        let view = sees(peer, n, &d);
        assert_eq!(view["hidden"], false);
        assert_eq!(view["tally"], first["tally"]);
        assert_eq!(
            (gave(&view, "for"), gave(&view, "against")),
            (json!(2), json!(1))
        );
        let ballots = view["ballots"].as_array().unwrap();
        assert_eq!(ballots.len(), 3);
        let stances: Vec<&Value> = ballots.iter().map(|one| &one["answer"]["stance"]).collect();
        assert_eq!(stances, ["against", "for", "for"], "by what they say");
        for ballot in ballots {
            assert_eq!(ballot["name"], "");
            assert_eq!(
                (&ballot["member"], &ballot["ballot"]),
                (&json!(null), &json!(null))
            );
            assert_eq!(ballot["at"], 0);
        }
        peer.is_sound();
    }
}

/// What `tresse-node export` writes of decisions in a format, by file; of JSON what it says of their ballots.
fn exported(peer: &Peer, network: &str, format: &str) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    let done = peer.verb(["export", network, "--to", to, "--format", format]);
    let files = done.one()["files"].clone();
    let mut told = BTreeMap::new();
    for file in files.as_array().unwrap() {
        let name = word(file);
        let text = fs::read_to_string(folder.path().join(&name)).unwrap();
        if format == "json" {
            let all: Value = serde_json::from_str(&text).unwrap();
            told.insert(name, all["decisions"][0]["tally"].to_string());
        } else if name.contains("decision") || name.contains("criteria") {
            told.insert(name, text);
        }
    }
    assert!(!told.is_empty(), "{format} tells of decisions");
    told
}

#[test]
fn an_export_tells_nothing_before_the_close_of_ballots_that_are_shown_after_it() {
    let (all, network) = people(&["Ana", "Bo", "Cy"]);
    let n = network.as_str();
    let together: Vec<&Peer> = all.iter().collect();
    let d = put_hidden(&together, n);
    let formats = ["markdown", "csv", "json"];
    let before = formats.map(|format| exported(&all[0], n, format));
    for (peer, said) in all.iter().zip(["for", "against", "for"]).skip(1) {
        peer.does(stance(n, &d, said));
    }
    meet(&together, n);
    for (format, before) in formats.iter().zip(&before) {
        assert_eq!(&exported(&all[0], n, format), before, "{format}");
    }
    all[0].does(c(n, "decision.end", json!({ "decision": d })));
    all[0].does(c(n, "ballot.count", json!({ "decision": d })));
    for (format, before) in formats.iter().zip(&before) {
        assert_ne!(&exported(&all[0], n, format), before, "{format}");
    }
}
