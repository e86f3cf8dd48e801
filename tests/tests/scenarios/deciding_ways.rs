//! Each way of deciding answered by three apart, and ballots that come when it is too late: all read the same.

use automerge::{ROOT, transaction::Transactable};
use serde_json::{Value, json};
use tresse_model::{Answer, Ballot, DocId, NetworkId, Stance};
use tresse_tests::{Crafted, Peer, word};

use crate::{
    deciding::{gave, meet, people, row, sees, stance},
    planning::{c, made},
};

/// A way of deciding, what each of three answers by it, given the ids of three options, and what comes of it.
struct Way {
    method: &'static str,
    answers: fn(&[String]) -> [Value; 3],
    verdict: fn(&[String]) -> Value,
}

fn says(stance: &str) -> Value {
    json!({ "kind": "stance", "stance": stance })
}

const WAYS: [Way; 7] = [
    Way {
        method: "sense",
        answers: |_| [says("well"), says("unsure"), says("worried")],
        verdict: |_| json!({ "verdict": "gathered" }),
    },
    Way {
        method: "advice",
        answers: |_| {
            ["Pas le lundi", "Oui", "Demandez à la mairie"]
                .map(|words| json!({ "kind": "words", "words": words }))
        },
        verdict: |_| json!({ "verdict": "gathered" }),
    },
    Way {
        method: "gradients",
        answers: |_| [says("endorse"), says("reserved"), says("block")],
        verdict: |_| json!({ "verdict": "gathered" }),
    },
    Way {
        method: "choose-simple",
        answers: |options| {
            [0, 1, 1].map(|at: usize| json!({ "kind": "choice", "options": [options[at]] }))
        },
        verdict: |options| json!({ "verdict": "chosen", "option": options[1] }),
    },
    Way {
        method: "choose-dots",
        answers: |options| {
            [[5, 0], [2, 3], [1, 4]].map(|[first, last]: [u32; 2]| {
                json!({ "kind": "points", "points": { &options[0]: first, &options[2]: last } })
            })
        },
        verdict: |options| json!({ "verdict": "chosen", "option": options[0] }),
    },
    Way {
        method: "choose-score",
        answers: |options| {
            [[5, 4], [0, 4], [3, 4]].map(|[first, second]: [u32; 2]| {
                json!({ "kind": "points", "points": { &options[0]: first, &options[1]: second } })
            })
        },
        verdict: |options| json!({ "verdict": "chosen", "option": options[1] }),
    },
    Way {
        method: "choose-ranked",
        answers: |options| {
            let orders: [&[usize]; 3] = [&[0, 1], &[2, 0], &[2, 1]];
            orders.map(|order| {
                let order: Vec<&String> = order.iter().map(|at| &options[*at]).collect();
                json!({ "kind": "ranking", "options": order })
            })
        },
        verdict: |options| json!({ "verdict": "chosen", "option": options[2] }),
    },
];

#[test]
fn by_every_way_of_deciding_three_who_answer_apart_read_one_result() {
    let (all, network) = people(&["Ana", "Bo", "Cy"]);
    let n = network.as_str();
    let together: Vec<&Peer> = all.iter().collect();
    let mut put: Vec<(&Way, String, Vec<String>)> = Vec::new();
    for way in &WAYS {
        let create = json!({ "title": way.method, "template": way.method });
        let d = made(&all[0], c(n, "decision.create", create), "decision");
        let option = |text: &str| {
            let add = json!({ "decision": d, "text": text });
            made(&all[0], c(n, "option.add", add), "option")
        };
        let options = if way.method.starts_with("choose") {
            ["La salle", "Le parc", "Le quai"].map(option).to_vec()
        } else {
            Vec::new()
        };
        all[0].does(c(n, "decision.start", json!({ "decision": d })));
        put.push((way, d, options));
    }
    meet(&together, n);
    for (at, peer) in all.iter().enumerate() {
        let answers = put.iter().map(|(way, d, options)| {
            let answer = (way.answers)(options)[at].clone();
            c(n, "ballot.cast", json!({ "decision": d, "answer": answer }))
        });
        peer.runs(&answers.collect::<Vec<_>>());
    }
    meet(&together, n);
    for (way, d, options) in &put {
        let first = sees(&all[0], n, d);
        assert_eq!(first["tally"]["verdict"], (way.verdict)(options), "{first}");
        for peer in &all {
            let view = sees(peer, n, d);
            let said = (&view["voted"], &view["awaited"], &view["provisional"]);
            assert_eq!(said, (&json!(3), &json!(0), &json!(true)), "{}", way.method);
            assert_eq!(view["tally"], first["tally"], "{}", way.method);
            let answers = |view: &Value| -> Vec<Value> {
                let ballots = view["ballots"].as_array().unwrap().iter();
                ballots.map(|one| one["answer"].clone()).collect()
            };
            assert_eq!(answers(&view), (way.answers)(options), "{}", way.method);
        }
    }
    // Each is ended and counted by another, and nothing of what came of it changes.
    for (at, (_, d, _)) in put.iter().enumerate() {
        let peer = &all[at % 3];
        peer.does(c(n, "decision.end", json!({ "decision": d })));
        peer.does(c(n, "ballot.count", json!({ "decision": d })));
    }
    meet(&together, n);
    for (way, d, options) in &put {
        for peer in &all {
            let view = sees(peer, n, d);
            assert_eq!(view["tally"]["verdict"], (way.verdict)(options));
            assert_eq!(view["provisional"], false, "{}", way.method);
            assert_eq!(row(peer, n, d)["phase"], "counted");
        }
    }
}

#[test]
fn a_ballot_cast_after_the_closing_and_one_backdated_after_the_count_read_the_same_everywhere() {
    let [ana, bo, cy] = ["Ana", "Bo", "Cy"].map(Peer::named);
    let n = ana.founds("Les bords du fleuve");
    let (door, ticket) = ana.welcomes(&n, 4);
    bo.joins(&ticket);
    cy.joins(&ticket);
    let [mut zoe, mut yan] = ["Zoé", "Yan"].map(Crafted::named);
    for one in [&mut zoe, &mut yan] {
        one.joins(&ticket, &door.contact()).unwrap();
    }
    let create = json!({ "title": "Ouvrir ?", "template": "vote" });
    let d = made(&bo, c(&n, "decision.create", create), "decision");
    bo.does(c(&n, "decision.start", json!({ "decision": d })));
    bo.meets(&door);
    cy.meets(&door);
    bo.does(stance(&n, &d, "for"));
    cy.does(stance(&n, &d, "for"));
    for peer in [&bo, &cy, &bo] {
        peer.meets(&door);
    }
    door.stops();
    ana.does(c(&n, "decision.end", json!({ "decision": d })));
    ana.does(c(&n, "ballot.count", json!({ "decision": d })));
    let closes = sees(&ana, &n, &d)["terms"]["closes"].as_i64().unwrap();

    // Zoé's claims to be of after the end, Yan's of long before it; both are written once it is counted.
    let (network, decision): (NetworkId, DocId) = (n.parse().unwrap(), d.parse().unwrap());
    let door = ana.serves();
    for (one, at) in [(&mut zoe, closes + 60_000), (&mut yan, 1_000)] {
        one.meets(&door.contact());
        let answer = Answer::Stance {
            stance: Stance::Against,
            words: String::new(),
        };
        let (ballot, text) = Ballot::new(decision, one.member(), at, answer);
        let notebook = DocId::notebook(&network, &one.member());
        one.begins(&network, notebook);
        one.writes(&network, &notebook, |doc| {
            doc.put(ROOT, format!("ballot/{decision}/{}", ballot.id), text)
                .unwrap();
        });
        one.meets(&door.contact());
    }
    for peer in [&bo, &cy, &bo] {
        peer.meets(&door);
    }
    door.stops();
    for peer in [&ana, &bo, &cy] {
        assert_eq!(peer.digest(&n), ana.digest(&n));
        let view = sees(peer, &n, &d);
        assert_eq!(view["after_close"], 1, "{}", peer.name());
        let late = view["late"].as_array().unwrap();
        assert_eq!(late.len(), 1, "{}", peer.name());
        assert_eq!(word(&late[0]["name"]), "Yan");
        assert_eq!(
            (gave(&view, "for"), gave(&view, "against")),
            (json!(2), json!(0))
        );
        assert_eq!(view["tally"]["verdict"]["verdict"], "adopted");
        assert_eq!(
            (&view["electors"], &view["disputed"]),
            (&json!(5), &json!([]))
        );
    }
    // Whether to believe the one is for people to say, by name and with a reason; the other never counts.
    let again = json!({ "decision": d, "reason": "Yan était en montagne" });
    cy.does(c(&n, "ballot.count", again));
    meet(&[&ana, &bo, &cy], &n);
    for peer in [&ana, &bo, &cy] {
        let view = sees(peer, &n, &d);
        assert_eq!(
            (gave(&view, "for"), gave(&view, "against")),
            (json!(2), json!(1))
        );
        assert_eq!(
            (&view["late"], &view["after_close"]),
            (&json!([]), &json!(1))
        );
        let counts = view["counts"].as_array().unwrap();
        assert_eq!(counts[1]["reason"], "Yan était en montagne");
        peer.is_sound();
    }
}
