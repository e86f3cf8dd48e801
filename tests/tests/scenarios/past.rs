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

#[test]
fn an_item_of_the_plan_tells_alike_who_added_it_who_changed_it_last_and_who_noted_a_measure() {
    let (ana, bo, network) = two();
    let n = network.as_str();
    let objective = made(
        &ana,
        c(n, "objective.add", json!({ "title": "Un guide" })),
        "objective",
    );
    let indicator = made(
        &ana,
        c(
            n,
            "indicator.add",
            json!({ "objective": objective, "name": "Pages" }),
        ),
        "indicator",
    );
    meet(&ana, &bo, n);
    // Apart, Bo measures and Ana rewords; then Bo says when.
    ana.does(c(
        n,
        "objective.set",
        json!({ "objective": objective, "field": "means", "value": "Deux jours" }),
    ));
    let measure = made(
        &bo,
        c(
            n,
            "measure.add",
            json!({ "objective": objective, "indicator": indicator, "date": "2026-03-12", "value": "12" }),
        ),
        "measure",
    );
    meet(&ana, &bo, n);
    bo.does(c(
        n,
        "objective.set",
        json!({ "objective": objective, "field": "deadline", "value": "2093-04-03" }),
    ));
    meet(&ana, &bo, n);
    let hands = |peer: &Peer| peer.verb(["hands", n, objective.as_str()]).one();
    let told = hands(&ana);
    assert_eq!(told, hands(&bo));
    assert_eq!(
        (&told["made"]["name"], &told["last"]["name"]),
        (&json!("Ana"), &json!("Bo"))
    );
    let parts = told["parts"].as_array().unwrap();
    let by = |item: &str| {
        let mut parts = parts.iter().filter(|part| part["item"] == item);
        parts.next().unwrap()["name"].clone()
    };
    assert_eq!((by(&indicator), by(&measure)), (json!("Ana"), json!("Bo")));
    let code = |item: &str| ana.verb(["hands", n, item]).refused().code;
    assert_eq!(code("rien"), "not-found");
    ana.does(c(n, "objective.remove", json!({ "objective": objective })));
    assert_eq!(code(&objective), "not-found");
}
