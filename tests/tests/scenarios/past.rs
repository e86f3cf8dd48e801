//! The past of what several people wrote apart: who wrote which line, what changed between two moments, and putting a passage back.

use serde_json::{Value, json};
use tresse_tests::{Peer, word};

use crate::planning::{c, made, meet, two};

fn write(network: &str, text: &str) -> Value {
    json!({ "command": "charter.edit", "network": network, "text": text })
}

fn lines(peer: &Peer, network: &str, doc: &str) -> Vec<Value> {
    peer.verb(["lines", network, doc]).done()
}

fn text(peer: &Peer, network: &str) -> String {
    word(&peer.sees(network, "charter")["body"]["text"])
}

/// Who wrote a line, who wrote most first.
fn names(line: &Value) -> Vec<String> {
    let authors = line["authors"].as_array().unwrap().iter();
    authors.map(|author| word(&author["name"])).collect()
}

#[test]
fn two_write_apart_the_lines_are_told_alike_and_a_passage_put_back_braids_with_what_the_other_writes()
 {
    let (ana, bo, network) = two();
    let n = network.as_str();
    ana.does(write(
        n,
        "Nous décidons ensemble.\nChacun parle à son tour.\nOn se voit le mardi.\n",
    ));
    let then = word(&ana.history(n, "charter")[0]["heads"][0]);
    meet(&ana, &bo, n);

    // Apart, each changes a line, and Bo takes one out.
    ana.does(write(
        n,
        "Nous décidons ensemble, par consentement.\nChacun parle à son tour.\nOn se voit le mardi.\n",
    ));
    bo.does(write(n, "Nous décidons ensemble.\nOn se voit le jeudi.\n"));
    meet(&ana, &bo, n);
    let (of_ana, of_bo) = (lines(&ana, n, "charter"), lines(&bo, n, "charter"));
    assert_eq!(of_ana, of_bo);
    assert_eq!(names(&of_ana[0]), ["Ana"]);
    assert_eq!(names(&of_ana[1]), ["Ana", "Bo"], "{:?}", of_ana[1]);
    assert_eq!(word(&of_ana[1]["text"]), "On se voit le jeudi.");

    // Ana finds what went since, and puts it back while Bo, elsewhere, writes at the same place.
    let diff = ana.verb(["diff", n, "charter", "--from", &then]).done();
    let said = diff[0]["pieces"].to_string();
    assert!(said.contains("Chacun parle"), "{said}");
    let old = "Nous décidons ensemble.\nChacun parle à son tour.\n";
    let passage = json!({ "state": [then], "at": 24, "length": 25 });
    assert_eq!(old.chars().skip(24).count(), 25);
    let restore = c(
        n,
        "passage.restore",
        json!({ "document": charter(&ana, n), "passage": passage }),
    );
    let answer = ana.does(restore.clone());
    assert_eq!(
        (&answer["restored"], &answer["exact"]),
        (&json!(25), &json!(true))
    );
    bo.does(write(
        n,
        "Nous décidons ensemble, par consentement.\nPersonne ne coupe la parole.\nOn se voit le jeudi.\n",
    ));
    meet(&ana, &bo, n);
    let both = text(&ana, n);
    assert_eq!(both, text(&bo, n));
    for line in [
        "Nous décidons ensemble, par consentement.\n",
        "Chacun parle à son tour.\n",
        "Personne ne coupe la parole.\n",
        "On se voit le jeudi.\n",
    ] {
        assert!(both.contains(line), "{both}");
    }
    assert_eq!(lines(&ana, n, "charter"), lines(&bo, n, "charter"));
    assert_eq!(ana.may_not(restore).code, "passage-stands");
}

fn charter(peer: &Peer, network: &str) -> String {
    word(&peer.sees(network, "charter")["doc"])
}

#[test]
fn what_changed_in_the_plan_between_two_dates_is_told_alike_and_its_commands_put_it_back() {
    let (ana, bo, network) = two();
    let n = network.as_str();
    let add = |title: &str| {
        c(
            n,
            "action.add",
            json!({ "title": title, "due": "2093-03-12" }),
        )
    };
    let stand = made(&ana, add("Tenir un stand"), "action");
    let letter = made(&ana, add("Écrire aux élus"), "action");
    let then = word(&ana.history(n, "plan")[0]["heads"][0]);
    meet(&ana, &bo, n);
    ana.does(c(
        n,
        "action.set",
        json!({ "action": stand, "field": "due", "value": "2093-04-03" }),
    ));
    bo.does(c(n, "action.remove", json!({ "action": letter })));
    meet(&ana, &bo, n);

    let diff = |peer: &Peer| peer.verb(["diff", n, "plan", "--from", &then]).done();
    let told = diff(&ana);
    assert_eq!(told, diff(&bo));
    let said: Vec<Value> = told
        .iter()
        .map(|one| {
            json!([
                one["item"]["title"],
                one["what"],
                one["old"],
                one["new"],
                one["name"]
            ])
        })
        .collect();
    assert_eq!(
        said,
        [
            json!(["Tenir un stand", "set", "2093-03-12", "2093-04-03", "Ana"]),
            json!(["Écrire aux élus", "removed", "", "", "Bo"]),
        ]
    );
    for one in &told {
        bo.does(one["restore"].clone());
    }
    assert!(diff(&bo).is_empty());

    meet(&ana, &bo, n);

    // By dates: all of it is of today, nothing of it is of a day long past, and nonsense gets a sentence.
    let by = |from: &str, to: &str| ana.verb(["diff", n, "plan", "--from", from, "--to", to]);
    assert_eq!(by("2000-01-01", "2092-01-01").done().len(), 2);
    assert!(by("2000-01-01", "2000-12-31").done().is_empty());
    assert_eq!(by("hier", "demain").refused().code, "unknown-version");
    assert_eq!(ana.verb(["lines", n, "plan"]).refused().code, "no-text");
}

/// What differs between two states, as the field, what it said and what it says.
fn fields(told: &[Value]) -> Vec<(String, String, String)> {
    let side = |one: &Value, wanted: &str| -> String {
        let pieces = one["pieces"].as_array().unwrap().iter();
        let said = pieces.filter_map(|piece| {
            let text = piece.get("same").or_else(|| piece.get(wanted))?;
            Some(word(text))
        });
        said.collect()
    };
    let one = |one: &Value| (word(&one["field"]), side(one, "out"), side(one, "in"));
    told.iter().map(one).collect()
}

#[test]
fn what_two_alter_apart_of_a_vote_a_meeting_and_the_pulse_is_told_field_by_field_and_by_whom() {
    let (ana, bo, network) = two();
    let n = network.as_str();
    let create = json!({ "title": "Ouvrir ?", "template": "vote" });
    let vote = made(&ana, c(n, "decision.create", create), "decision");
    let create = json!({ "title": "Comité", "on": "2093-01-06" });
    let meeting = made(&ana, c(n, "meeting.create", create), "meeting");
    let item = json!({ "meeting": meeting, "title": "Budget", "length": 20 });
    let budget = made(&ana, c(n, "agenda.add", item), "item");
    meet(&ana, &bo, n);
    let docs = ["network", vote.as_str(), meeting.as_str()];
    let then = docs.map(|doc| word(&ana.history(n, doc)[0]["heads"][0]));

    // Apart: Ana asks for more, puts the vote and ends it; Bo takes a point off the agenda, notes who came and begins the pulse.
    let set = json!({ "decision": vote, "field": "threshold", "value": ">=2/3" });
    ana.does(c(n, "decision.set", set));
    ana.does(c(
        n,
        "decision.concern",
        json!({ "decision": vote, "member": bo.member() }),
    ));
    ana.does(c(
        n,
        "decision.start",
        json!({ "decision": vote, "closes": "2091-01-01T00:00:00Z" }),
    ));
    let off = json!({ "meeting": meeting, "item": budget });
    bo.does(c(n, "agenda.remove", off));
    let note = json!({ "meeting": meeting, "member": ana.member(), "word": "excused" });
    bo.does(c(n, "attendance.note", note));
    let begin = json!({ "rhythm": "yearly", "start": "2020-01-01", "questions": ["heard"] });
    bo.does(c(n, "pulse.begin", begin));
    meet(&ana, &bo, n);

    let diff =
        |peer: &Peer, at: usize| peer.verb(["diff", n, docs[at], "--from", &then[at]]).done();
    for (at, doc) in docs.iter().enumerate() {
        assert_eq!(diff(&ana, at), diff(&bo, at), "{doc}");
    }
    let told = |at| fields(&diff(&bo, at));
    let said =
        |field: &str, old: &str, new: &str| (field.to_owned(), old.to_owned(), new.to_owned());
    assert_eq!(
        told(0),
        [
            said("pulse_rhythm", "", "yearly"),
            said("pulse_start", "", "2020-01-01"),
            said("pulse_threshold", "", "3"),
            said("questions", "", "heard"),
        ]
    );
    assert_eq!(
        told(1),
        [
            said("stage", "draft", "open"),
            said("closes", "", "2091-01-01T00:00:00Z"),
            said("threshold", ">1/2", ">=2/3"),
            said("concerned", "", "Bo"),
        ]
    );
    assert_eq!(
        told(2),
        [
            said("agenda", "Budget (20 min)", ""),
            said("attendance", "", "excused: Ana"),
        ]
    );
    // And each stands under the name of who did it, on both machines.
    for (at, who) in [(0, "Bo"), (1, "Ana"), (2, "Bo")] {
        for peer in [&ana, &bo] {
            let newest = peer.history(n, docs[at])[0].clone();
            assert_eq!(word(&newest["name"]), who, "{}", docs[at]);
        }
    }
}
