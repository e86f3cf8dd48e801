//! Members who answer, look at how they work together and say what they gave, each on their own machine and apart; together again they
//! read the same results.

use serde_json::{Value, json};
use tresse_tests::{Peer, word};

use crate::planning::{c, made};

/// Four people in one network.
fn four() -> ([Peer; 4], String) {
    let people = ["Ana", "Bo", "Cy", "Di"].map(Peer::named);
    let network = people[0].founds("Les bords du fleuve");
    let (door, ticket) = people[0].welcomes(&network, 3);
    for peer in &people[1..] {
        peer.joins(&ticket);
    }
    door.stops();
    all_meet(&people, &network);
    (people, network)
}

fn all_meet(people: &[Peer; 4], network: &str) {
    let [first, others @ ..] = people;
    let door = first.serves();
    for peer in others.iter().chain(others) {
        peer.meets(&door);
    }
    door.stops();
    for peer in others {
        assert_eq!(first.digest(network), peer.digest(network));
    }
}

fn answers(peer: &Peer, network: &str, question: &str, score: u8, said: &str) {
    peer.does(c(
        network,
        "pulse.answer",
        json!({ "question": question, "score": score, "word": said }),
    ));
}

/// Results of a question in the period that runs.
fn result(peer: &Peer, network: &str, question: &str) -> Value {
    let view = peer.sees(network, "evaluation");
    let results = view["results"].as_array().unwrap().iter();
    let running = results.last().unwrap()["questions"].clone();
    running
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["question"] == question)
        .cloned()
        .unwrap_or_default()
}

#[test]
fn a_pulse_answered_by_four_apart_reads_the_same_everywhere_and_never_under_its_threshold() {
    let (people, network) = four();
    let n = network.as_str();
    let [ana, bo, cy, di] = &people;
    let begin = || {
        c(
            n,
            "pulse.begin",
            json!({ "rhythm": "yearly", "start": "2020-01-01" }),
        )
    };

    // Two begin at once, apart; a third rewords what the first asks before anybody has met.
    ana.does(begin());
    bo.does(begin());
    let own = made(
        bo,
        c(n, "question.ask", json!({ "text": "Et le goûter ?" })),
        "question",
    );
    all_meet(&people, n);
    for peer in &people {
        let view = peer.sees(n, "evaluation");
        assert_eq!(view["settings"]["questions"].as_array().unwrap().len(), 6);
        assert_eq!(view["settings"]["conflicts"], Value::Null);
        assert_eq!(view["asked"], 6);
    }

    // Apart: three answer, one of them twice; one rewords and one takes a question out meanwhile.
    answers(ana, n, "heard", 2, "on me coupe");
    answers(ana, n, "heard", 4, "mieux");
    answers(bo, n, "heard", 5, "");
    answers(bo, n, &own, 5, "des crêpes");
    answers(cy, n, "heard", 3, "");
    answers(cy, n, "meetings", 1, "trop longues");
    ana.does(c(
        n,
        "question.set",
        json!({ "question": "heard", "text": "Votre parole compte-t-elle ?" }),
    ));
    di.does(c(n, "question.remove", json!({ "question": "meetings" })));
    all_meet(&people, n);
    for peer in &people {
        let heard = result(peer, n, "heard");
        assert_eq!(heard["answers"], 3);
        assert_eq!(heard["shown"]["counts"], json!([0, 0, 1, 1, 1]));
        assert_eq!(heard["shown"]["mean"], 400);
        assert_eq!(heard["shown"]["words"], json!(["mieux"]));
        assert_eq!(
            heard["shown"]["otherwise"], 3,
            "all had the words of before"
        );
        // One answer is not broken down, nor is its word shown.
        assert_eq!(
            result(peer, n, &own),
            json!({ "question": own, "answers": 1, "shown": null })
        );
        // What is asked no more stays to be seen.
        assert_eq!(result(peer, n, "meetings")["answers"], 1);
        assert_eq!(
            peer.sees(n, "evaluation")["results"],
            ana.sees(n, "evaluation")["results"]
        );
    }
    assert_eq!(ana.sees(n, "evaluation")["mine"][3]["score"], 4);

    // Undone, the answer is as it was before; taken back, it is gone.
    ana.runs(&[
        c(
            n,
            "pulse.answer",
            json!({ "question": "heard", "score": 1 }),
        ),
        c(n, "history.undo", json!({})),
    ]);
    assert_eq!(ana.sees(n, "evaluation")["mine"][3]["score"], 4);
    ana.does(c(
        n,
        "pulse.answer",
        json!({ "question": "heard", "withdraw": true }),
    ));
    all_meet(&people, n);
    assert_eq!(result(di, n, "heard")["shown"], Value::Null);
    answers(di, n, "heard", 5, "");
    all_meet(&people, n);
    assert_eq!(
        result(cy, n, "heard")["shown"]["counts"],
        json!([0, 0, 1, 0, 2])
    );

    // A member leaves: what they answered stays, and who stays reads the same.
    di.does(c(n, "network.leave", json!({})));
    let file = di.path("adieu.tresse-bundle");
    let file = file.to_str().unwrap();
    di.verb(["bundle", "make", n, file]).one();
    for peer in [ana, bo, cy] {
        peer.verb(["bundle", "take", file]).one();
        assert_eq!(result(peer, n, "heard")["answers"], 3);
        peer.is_sound();
    }

    // Another rhythm: answers gather by the day that they were given for.
    ana.does(c(
        n,
        "pulse.set",
        json!({ "field": "rhythm", "value": "monthly" }),
    ));
    let view = ana.sees(n, "evaluation");
    let results = view["results"].as_array().unwrap();
    assert_eq!(results.iter().filter(|one| one["people"] != 0).count(), 1);
    assert_eq!(results.last().unwrap()["running"], true);

    // What is no answer is refused in words, and nothing changes.
    for (name, rest, code) in [
        (
            "pulse.answer",
            json!({ "question": "heard", "score": 6 }),
            "bad-score",
        ),
        (
            "pulse.answer",
            json!({ "question": "heard", "word": "?" }),
            "needs-score",
        ),
        (
            "pulse.answer",
            json!({ "question": "meetings", "score": 3 }),
            "not-found",
        ),
        (
            "pulse.set",
            json!({ "field": "threshold", "value": "1" }),
            "bad-threshold",
        ),
        (
            "pulse.set",
            json!({ "field": "rhythm", "value": "hourly" }),
            "bad-pulse-rhythm",
        ),
        (
            "question.set",
            json!({ "question": own, "text": null }),
            "empty",
        ),
        (
            "assess.set",
            json!({ "statement": "can-fly", "score": 3 }),
            "not-found",
        ),
        ("toolbox.page", json!({ "sheet": "magic" }), "not-found"),
    ] {
        assert_eq!(ana.may_not(c(n, name, rest)).code, code, "{name}");
    }
}

#[test]
fn how_four_see_working_together_is_one_triangle_with_sheets_that_become_pages() {
    let (people, network) = four();
    let n = network.as_str();
    let says = |peer: &Peer, statement: &str, score: u8| {
        peer.does(c(
            n,
            "assess.set",
            json!({ "statement": statement, "score": score }),
        ));
    };
    for (peer, score) in people.iter().zip([1u8, 2, 2, 5]) {
        says(peer, "can-means", score);
    }
    says(&people[0], "want-value", 5);
    says(&people[1], "want-value", 4);
    all_meet(&people, n);
    for peer in &people {
        let facts = peer.sees(n, "evaluation")["assessment"].clone();
        let today = facts["network"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(today["people"], 4);
        assert_eq!(
            today["corners"][1],
            json!({ "people": 4, "mean": 250, "spread": 150 })
        );
        assert_eq!(today["corners"][0], Value::Null, "two are too few");
        assert_eq!(facts["network_weak"], json!(["can"]));
    }
    let mine = people[0].sees(n, "evaluation")["assessment"].clone();
    assert_eq!(mine["weak"], json!(["can"]));
    assert_eq!(mine["me"][0]["corners"], json!([500, 100, null]));

    let page = made(
        &people[0],
        c(
            n,
            "toolbox.page",
            json!({ "sheet": "resources", "lang": "fr" }),
        ),
        "page",
    );
    all_meet(&people, n);
    let text = people[3].text(n, &page);
    assert!(text.contains("peut prêter"), "{text}");
}

#[test]
fn what_each_gave_is_shown_from_what_was_done_and_by_name_alone() {
    let (people, network) = four();
    let n = network.as_str();
    let [ana, bo, cy, _] = &people;
    let page = ana.writes_page(n, "Qui appeler", "La mairie.");
    let action = made(
        bo,
        c(n, "action.add", json!({ "title": "Louer la salle" })),
        "action",
    );
    all_meet(&people, n);
    // Apart: one completes another's page, one owns and does an action, one says what no document shows.
    cy.does(c(
        n,
        "page.edit",
        json!({ "page": page, "text": "La mairie. Ou Di." }),
    ));
    bo.runs(&[
        c(
            n,
            "action.set",
            json!({ "action": action, "field": "owner", "value": bo.member() }),
        ),
        c(
            n,
            "action.set",
            json!({ "action": action, "field": "status", "value": "done" }),
        ),
    ]);
    let gave = made(
        cy,
        c(
            n,
            "contribution.add",
            json!({ "text": "J’ai conduit", "on": "2026-03-01" }),
        ),
        "contribution",
    );
    cy.does(c(
        n,
        "contribution.set",
        json!({ "contribution": gave, "text": "J’ai conduit tout le monde" }),
    ));
    let meeting = made(
        bo,
        c(
            n,
            "meeting.create",
            json!({ "title": "Comité", "on": "2026-02-03" }),
        ),
        "meeting",
    );
    bo.does(c(
        n,
        "meeting.part",
        json!({ "meeting": meeting, "part": "facilitator", "member": bo.member() }),
    ));
    let decision = made(
        bo,
        c(
            n,
            "decision.create",
            json!({ "title": "Ouvrir ?", "template": "vote" }),
        ),
        "decision",
    );
    bo.does(c(n, "decision.start", json!({ "decision": decision })));
    bo.does(c(
        n,
        "ballot.cast",
        json!({ "decision": decision, "answer": { "kind": "stance", "stance": "for" } }),
    ));
    all_meet(&people, n);
    for peer in &people {
        let view = peer.sees(n, "contributions");
        let members = view["members"].clone();
        let names: Vec<String> = members
            .as_array()
            .unwrap()
            .iter()
            .map(|one| word(&one["name"]))
            .collect();
        assert_eq!(
            names,
            ["Ana", "Bo", "Cy", "Di"],
            "by name, whoever gave most"
        );
        let person = |name: &str| {
            let mut all = members.as_array().unwrap().iter();
            all.find(|one| one["name"] == name).unwrap().clone()
        };
        let of = |name: &str, kind: &str| -> Value {
            let given = person(name)["given"].clone();
            let mut all = given.as_array().unwrap().iter();
            all.find(|one| one["kind"] == kind)
                .cloned()
                .unwrap_or_default()
        };
        assert_eq!(of("Ana", "pages")["things"][0]["title"], "Qui appeler");
        assert_eq!(
            of("Cy", "pages")["count"],
            1,
            "a seal of Cy's stands under it"
        );
        assert_eq!(of("Bo", "pages"), Value::Null);
        assert_eq!(of("Bo", "actions")["things"][0]["title"], "Louer la salle");
        assert_eq!(of("Bo", "facilitated")["things"][0]["title"], "Comité");
        assert_eq!(of("Bo", "ballots")["count"], 1, "how many, never which");
        assert_eq!(of("Bo", "ballots")["things"], json!([]));
        assert_eq!(person("Cy")["own"][0]["text"], "J’ai conduit tout le monde");
        let together = view["together"].as_array().unwrap().iter();
        let pages = together
            .clone()
            .find(|one| one["kind"] == "pages")
            .unwrap()
            .clone();
        assert_eq!(pages["count"], 1, "a page of two is one page");
        let text = view.to_string();
        assert!(!text.contains("percent") && !text.contains("rank") && !text.contains("total"));
    }
    // Nobody else can speak in Cy's name.
    assert_eq!(
        ana.may_not(c(
            n,
            "contribution.set",
            json!({ "contribution": gave, "text": "?" })
        ))
        .code,
        "not-found"
    );
}
