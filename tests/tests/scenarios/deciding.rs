//! Members who decide, each on their own machine: ballots that arrive late, a count that ends it, somebody who would alter
//! another's ballot; and the source's example, criteria for buying e-learning off the shelf, with ten people.

use automerge::{ROOT, ReadDoc, transaction::Transactable};
use serde_json::{Value, json};
use tresse_model::{Answer, Ballot, DocId, NetworkId, Stance};
use tresse_tests::{Crafted, Peer, word};

use crate::planning::{c, made};

/// People in one network, all with what the first has.
pub(crate) fn people(names: &[&str]) -> (Vec<Peer>, String) {
    let people: Vec<Peer> = names.iter().map(|name| Peer::named(name)).collect();
    let network = people[0].founds("Les bords du fleuve");
    let uses = u32::try_from(names.len()).unwrap();
    let (door, ticket) = people[0].welcomes(&network, uses);
    for peer in &people[1..] {
        peer.joins(&ticket);
    }
    door.stops();
    (people, network)
}

/// These meet the first of them until all have the same.
pub(crate) fn meet(people: &[&Peer], network: &str) {
    let (first, others) = people.split_first().unwrap();
    let door = first.serves();
    for peer in others.iter().chain(others) {
        peer.meets(&door);
    }
    door.stops();
    for peer in others {
        assert_eq!(first.digest(network), peer.digest(network));
    }
}

pub(crate) fn sees(peer: &Peer, network: &str, decision: &str) -> Value {
    peer.verb(["view", network, "decision", decision]).one()
}

pub(crate) fn row(peer: &Peer, network: &str, decision: &str) -> Value {
    let rows = peer.sees(network, "decisions")["decisions"].clone();
    let mut rows = rows.as_array().unwrap().iter();
    rows.find(|one| one["id"] == decision).unwrap().clone()
}

pub(crate) fn stance(network: &str, decision: &str, stance: &str) -> Value {
    let answer = json!({ "kind": "stance", "stance": stance });
    c(
        network,
        "ballot.cast",
        json!({ "decision": decision, "answer": answer }),
    )
}

/// How many gave an answer.
pub(crate) fn gave(view: &Value, stance: &str) -> Value {
    let stances = view["tally"]["stances"].as_array().unwrap().iter();
    let mut counts = stances.filter(|one| one["stance"] == stance);
    counts.next().unwrap()["people"].clone()
}

#[test]
fn votes_cast_apart_come_together_and_those_that_have_not_arrived_are_said_to_be_missing() {
    let (all, network) = people(&["Ana", "Bo", "Cy"]);
    let n = network.as_str();
    let [ana, bo, cy] = &all[..] else { panic!() };
    let d = made(
        ana,
        c(
            n,
            "decision.create",
            json!({ "title": "Ouvrir aux bénévoles ?", "template": "vote" }),
        ),
        "decision",
    );
    let on = |name: &str, rest: Value| {
        let mut rest = rest;
        rest["decision"] = json!(d);
        c(n, name, rest)
    };
    let quorum = |value: &str| on("decision.set", json!({ "field": "quorum", "value": value }));
    ana.does(quorum("4"));
    assert_eq!(
        ana.may_not(on("decision.start", json!({}))).code,
        "quorum-out-of-reach"
    );
    assert_eq!(ana.may_not(stance(n, &d, "for")).code, "decision-draft");
    ana.does(quorum("2"));
    ana.does(on("decision.start", json!({})));
    // The rules are fixed while people answer.
    let threshold = json!({ "field": "threshold", "value": ">=2/3" });
    assert_eq!(
        ana.may_not(on("decision.set", threshold)).code,
        "decision-open"
    );
    meet(&[ana, bo, cy], n);
    assert_eq!(row(bo, n, &d)["asked"], true);
    assert_eq!(bo.sees(n, "decisions")["asked"], json!([d]));

    // Apart, each says what they think; Bo thinks again; Cy's answer is on its way by nobody.
    ana.does(stance(n, &d, "for"));
    bo.does(stance(n, &d, "for"));
    bo.does(stance(n, &d, "against"));
    cy.does(stance(n, &d, "against"));
    assert_eq!(bo.may_not(stance(n, &d, "endorse")).code, "another-answer");
    meet(&[ana, bo], n);
    for peer in [ana, bo] {
        let view = sees(peer, n, &d);
        assert_eq!(
            (gave(&view, "for"), gave(&view, "against")),
            (json!(1), json!(1))
        );
        assert_eq!(
            (&view["provisional"], &view["electors"]),
            (&json!(true), &json!(3))
        );
    }
    // Ana ends it and counts what is there.
    assert_eq!(
        ana.may_not(on("ballot.count", json!({}))).code,
        "still-open"
    );
    ana.does(on("decision.end", json!({})));
    assert_eq!(ana.may_not(stance(n, &d, "against")).code, "ballot-closed");
    assert_eq!(row(ana, n, &d)["phase"], "to-count");
    ana.does(on("ballot.count", json!({})));
    assert_eq!(
        ana.may_not(on("ballot.count", json!({}))).code,
        "recount-reason"
    );
    let view = sees(ana, n, &d);
    assert_eq!(view["tally"]["verdict"]["verdict"], "rejected");
    assert_eq!(view["provisional"], false);

    // Cy's ballot was cast before the end, and comes after the count: seen, and not counted.
    meet(&[ana, bo, cy], n);
    for peer in &all {
        let view = sees(peer, n, &d);
        assert_eq!(view["late"][0]["name"], "Cy");
        assert_eq!(gave(&view, "against"), 1);
        assert_eq!(view["counts"][0]["name"], "Ana");
    }
    // Bo takes it in, by name and with a reason; Cy, who does not know that yet, does so too.
    let again = |reason: &str| on("ballot.count", json!({ "reason": reason }));
    bo.does(again("la voix de Cy est arrivée"));
    cy.does(again("ma voix n’y était pas"));
    meet(&[ana, bo, cy], n);
    let views = all.iter().map(|peer| sees(peer, n, &d));
    for view in views {
        assert_eq!(
            (gave(&view, "for"), gave(&view, "against")),
            (json!(1), json!(2))
        );
        assert_eq!(view["late"], json!([]));
        assert_eq!(view["disputed"], json!([]));
        assert_eq!(view["counts"].as_array().unwrap().len(), 3);
    }
    // What comes of it is stated, an action is made of it, and the register says so to everybody.
    cy.does(on(
        "decision.outcome",
        json!({ "outcome": "Pas cette année.", "review": "2027-06-01" }),
    ));
    let action = made(
        cy,
        on("decision.act", json!({ "title": "En reparler en juin" })),
        "action",
    );
    meet(&[ana, bo, cy], n);
    for peer in &all {
        let row = row(peer, n, &d);
        assert_eq!(
            (&row["phase"], &row["review"]),
            (&json!("concluded"), &json!("2027-06-01"))
        );
        let view = sees(peer, n, &d);
        assert_eq!(
            view["actions"],
            json!([{ "id": action, "title": "En reparler en juin", "done": false }])
        );
        assert_eq!(sees(peer, n, &d)["tally"], sees(ana, n, &d)["tally"]);
        peer.is_sound();
    }
}

#[test]
fn a_ballot_whose_notebook_has_not_come_is_awaited_and_undoing_takes_mine_back() {
    let (all, network) = people(&["Ana", "Bo", "Cy"]);
    let n = network.as_str();
    let [ana, bo, _] = &all[..] else { panic!() };
    let d = made(
        ana,
        c(
            n,
            "decision.create",
            json!({ "title": "Un logo", "template": "consent" }),
        ),
        "decision",
    );
    ana.does(c(n, "decision.start", json!({ "decision": d })));
    ana.does(stance(n, &d, "consent"));
    assert_eq!(
        ana.may_not(stance(n, &d, "objection")).code,
        "objection-without-words"
    );
    meet(&[ana, bo], n);
    let objection = json!({ "kind": "stance", "stance": "objection", "words": "Trop cher" });
    let objects = made(
        bo,
        c(
            n,
            "ballot.cast",
            json!({ "decision": d, "answer": objection }),
        ),
        "ballot",
    );
    let reply =
        json!({ "decision": d, "ballot": objects, "words": "Nous le dessinons nous-mêmes" });
    bo.does(c(n, "decision.reply", reply));
    meet(&[ana, bo], n);
    let view = sees(ana, n, &d);
    assert_eq!(
        view["tally"]["verdict"],
        json!({ "verdict": "objected", "open": 1 })
    );
    assert_eq!(view["ballots"][1]["reply"], "Nous le dessinons nous-mêmes");
    // Only who objected lifts it.
    bo.does(stance(n, &d, "integrated"));
    assert_eq!(sees(bo, n, &d)["tally"]["verdict"]["verdict"], "adopted");
    // In one sitting each: cast and undone; cast, undone and done again; taken back.
    let mine = |peer: &Peer| sees(peer, n, &d)["mine"]["answer"]["stance"].clone();
    let step = |name: &str| c(n, name, json!({}));
    ana.runs(&[stance(n, &d, "abstain"), step("history.undo")]);
    assert_eq!(mine(ana), "consent");
    ana.runs(&[
        stance(n, &d, "reservation"),
        step("history.undo"),
        step("history.redo"),
    ]);
    assert_eq!(mine(ana), "reservation");
    ana.does(c(n, "ballot.withdraw", json!({ "decision": d })));
    assert_eq!(mine(ana), Value::Null);
    assert_eq!(row(ana, n, &d)["asked"], true);
}

#[test]
fn three_who_keep_their_notebooks_back_are_awaited_at_everybodys_until_these_come() {
    let ana = Peer::named("Ana");
    let n = ana.founds("Les bords du fleuve");
    let (door, ticket) = ana.welcomes(&n, 4);
    let bo = Peer::named("Bo");
    bo.joins(&ticket);
    let mut others: Vec<Crafted> = ["Zoé", "Yan", "Xio"].map(Crafted::named).into();
    for one in &mut others {
        one.joins(&ticket, &door.contact()).unwrap();
    }
    let create = json!({ "title": "Ouvrir ?", "template": "vote" });
    let d = made(&bo, c(&n, "decision.create", create), "decision");
    bo.does(c(&n, "decision.start", json!({ "decision": d })));
    bo.does(stance(&n, &d, "against"));
    bo.meets(&door);
    let (network, decision): (NetworkId, DocId) = (n.parse().unwrap(), d.parse().unwrap());
    // Their machines say in the decision that they answered; what they answered stays at home.
    let mut kept = Vec::new();
    for one in &mut others {
        one.meets(&door.contact());
        let answer = Answer::Stance {
            stance: Stance::For,
            words: String::new(),
        };
        let (ballot, text) = Ballot::new(decision, one.member(), 1_000, answer);
        let mark = format!("cast/{}", one.member());
        one.writes(&network, &decision, |doc| {
            doc.put(ROOT, mark, ballot.id.to_string()).unwrap();
        });
        one.meets(&door.contact());
        kept.push((ballot.id, text));
    }
    bo.meets(&door);
    door.stops();
    for peer in [&ana, &bo] {
        let view = sees(peer, &n, &d);
        assert_eq!(
            (&view["awaited"], &view["voted"], &view["provisional"]),
            (&json!(3), &json!(4), &json!(true))
        );
        assert_eq!(
            (gave(&view, "for"), gave(&view, "against")),
            (json!(0), json!(1))
        );
    }
    // They come one after the other, and each is awaited no longer.
    for (at, (one, (id, text))) in others.iter_mut().zip(kept).enumerate() {
        let notebook = DocId::notebook(&network, &one.member());
        if !one.has(&network, &notebook) {
            one.begins(&network, notebook);
        }
        one.writes(&network, &notebook, |doc| {
            doc.put(ROOT, format!("ballot/{decision}/{id}"), text)
                .unwrap();
        });
        let door = ana.serves();
        one.meets(&door.contact());
        bo.meets(&door);
        door.stops();
        for peer in [&ana, &bo] {
            let view = sees(peer, &n, &d);
            assert_eq!(view["awaited"], json!(2 - at));
            assert_eq!(gave(&view, "for"), json!(at + 1));
        }
    }
    assert_eq!(ana.digest(&n), bo.digest(&n));
}

#[test]
fn who_writes_by_hand_alters_no_ballot_and_speaks_for_nobody() {
    let ana = Peer::named("Ana");
    let n = ana.founds("Les bords du fleuve");
    let anas = ana.member();
    let mut zoe = Crafted::named("Zoé");
    let (door, ticket) = ana.welcomes(&n, 5);
    zoe.joins(&ticket, &door.contact()).unwrap();
    let bo = Peer::named("Bo");
    bo.joins(&ticket);
    let d = made(
        &bo,
        c(
            &n,
            "decision.create",
            json!({ "title": "Ouvrir ?", "template": "vote" }),
        ),
        "decision",
    );
    bo.does(c(&n, "decision.start", json!({ "decision": d })));
    bo.does(stance(&n, &d, "for"));
    bo.meets(&door);
    let contact = door.contact();
    zoe.meets(&contact);
    let network: NetworkId = n.parse().unwrap();
    let decision: DocId = d.parse().unwrap();
    let bos: tresse_model::MemberId = bo.member().parse().unwrap();
    // Zoé writes into her own notebook: ballots of Bo's, one altered under the name of the true one, and two of her own.
    let against = |who, at| {
        let stance = Stance::Against;
        Ballot::new(
            decision,
            who,
            at,
            Answer::Stance {
                stance,
                words: String::new(),
            },
        )
    };
    let (as_bo, bos_text) = against(bos, 9_000_000_000_000);
    let (mine, my_text) = against(zoe.member(), 1_000);
    let (other, other_text) = against(zoe.member(), 2_000);
    let notebook = DocId::notebook(&network, &zoe.member());
    let key = |id: &dyn std::fmt::Display| format!("ballot/{decision}/{id}");
    zoe.begins(&network, notebook);
    zoe.writes(&network, &notebook, |doc| {
        doc.put(ROOT, key(&as_bo.id), bos_text).unwrap();
        doc.put(ROOT, key(&mine.id), my_text.clone()).unwrap();
        doc.put(ROOT, key(&other.id), other_text).unwrap();
        doc.put(
            ROOT,
            key(&as_bo.id.to_string().replace("cast-a", "cast-b")),
            my_text,
        )
        .unwrap();
    });
    // And into the decision: that Bo cast another ballot, and an answer in Ana's name.
    zoe.writes(&network, &decision, |doc| {
        doc.put(ROOT, format!("cast/{bos}"), as_bo.id.to_string())
            .unwrap();
        doc.put(ROOT, format!("cast/{anas}"), other.id.to_string())
            .unwrap();
        assert!(doc.get(ROOT, "title").unwrap().is_some());
    });
    zoe.meets(&contact);
    bo.meets(&door);
    door.stops();
    assert_eq!(ana.digest(&n), bo.digest(&n));
    for peer in [&ana, &bo] {
        let view = sees(peer, &n, &d);
        assert_eq!(
            (gave(&view, "for"), gave(&view, "against")),
            (json!(1), json!(1))
        );
        let names: Vec<String> = view["ballots"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| word(&one["name"]))
            .collect();
        assert_eq!(
            names,
            ["Bo", "Zoé"],
            "one each, whatever stands in a notebook"
        );
        assert_eq!(view["electors"], 3);
        assert_eq!(view["awaited"], 0, "nobody speaks for Ana");
    }
}

const CRITERIA: [&str; 4] = [
    "Qualité pédagogique",
    "Adaptation au public",
    "Prix par apprenant",
    "Accessibilité",
];

#[test]
fn ten_people_agree_on_criteria_for_buying_e_learning_two_of_them_away_for_a_week() {
    let names = [
        "Ana", "Bo", "Cy", "Dé", "Eve", "Fa", "Gil", "Hoa", "Ida", "Jo",
    ];
    let (all, network) = people(&names);
    let n = network.as_str();
    let (here, away) = all.split_at(8);
    let everybody: Vec<&Peer> = all.iter().collect();
    let present: Vec<&Peer> = here.iter().collect();
    let ana = &all[0];
    let title = "Guide d’achat de produits e-learning sur étagère";
    let d = made(
        ana,
        c(
            n,
            "decision.create",
            json!({ "title": title, "template": "criteria" }),
        ),
        "decision",
    );
    let on = |name: &str, rest: Value| {
        let mut rest = rest;
        rest["decision"] = json!(d);
        c(n, name, rest)
    };
    // Step one: volunteers bring criteria, apart.
    ana.does(on("decision.start", json!({})));
    let offers = ["Produit A", "Produit B"];
    let offers = offers.map(|text| made(ana, on("option.add", json!({ "text": text })), "option"));
    meet(&everybody, n);
    let mut ids = Vec::new();
    for (peer, words) in all.iter().zip(CRITERIA) {
        ids.push(made(
            peer,
            on("criterion.add", json!({ "text": words })),
            "criterion",
        ));
    }
    let grid = |weights: [u32; 4], scores: [[u32; 4]; 2]| {
        let given = |of: [u32; 4]| -> Value {
            ids.iter()
                .cloned()
                .zip(of)
                .map(|(id, one)| (id, json!(one)))
                .collect::<serde_json::Map<_, _>>()
                .into()
        };
        let scores: serde_json::Map<String, Value> =
            offers.iter().cloned().zip(scores.map(given)).collect();
        json!({ "kind": "grid", "weights": given(weights), "scores": scores })
    };
    let early = on(
        "ballot.cast",
        json!({ "answer": grid([5; 4], [[1; 4]; 2]) }),
    );
    assert_eq!(ana.may_not(early).code, "still-collecting");
    meet(&everybody, n);
    // Step two: each weighs and scores for themselves; two have no link for a week.
    ana.does(on(
        "decision.set",
        json!({ "field": "step", "value": "confront" }),
    ));
    meet(&everybody, n);
    for (at, peer) in all.iter().enumerate() {
        let price = if at % 2 == 0 { 5 } else { 1 };
        let answer = grid([5, 4, price, 3], [[4, 4, 1, 2], [2, 2, 5, 4]]);
        peer.does(on("ballot.cast", json!({ "answer": answer })));
    }
    meet(&present, n);
    let table = |peer: &Peer| sees(peer, n, &d)["tally"]["table"].clone();
    for peer in here {
        let view = sees(peer, n, &d);
        let said = ["electors", "voted", "provisional", "counts"].map(|key| view[key].clone());
        assert_eq!(said, [json!(10), json!(8), json!(true), json!([])]);
        assert_eq!(table(peer), table(ana));
        assert_eq!(table(peer)["criteria"][0]["weight"]["people"], 8);
    }
    // Those who are away have their own and nobody else's: they know no more than that it is provisional.
    for peer in away {
        let view = sees(peer, n, &d);
        let said = ["voted", "provisional"].map(|key| view[key].clone());
        assert_eq!(said, [json!(1), json!(true)]);
    }
    // A week later the two come back, before it is counted, and all is told.
    let mut back: Vec<&Peer> = vec![ana];
    back.extend(away);
    meet(&back, n);
    ana.does(on("decision.end", json!({})));
    ana.does(on("ballot.count", json!({})));
    let published = ana.does(on("decision.publish", json!({})));
    meet(&everybody, n);
    let counted = table(ana);
    for peer in &all {
        assert_eq!(table(peer), counted);
    }
    let label = |at: usize| counted["criteria"][at]["criterion"]["label"].clone();
    let found = (0..4).find(|at| label(*at) == CRITERIA[2]).unwrap();
    let price = &counted["criteria"][found]["weight"];
    assert_eq!(
        (&price["people"], &price["mean"]),
        (&json!(10), &json!(3.0))
    );
    assert_eq!(
        (&price["differ"], &price["spread"]),
        (&json!(true), &json!(2.0))
    );
    // Of the others all are of one mind.
    for (words, mean) in [(CRITERIA[0], 5.0), (CRITERIA[1], 4.0), (CRITERIA[3], 3.0)] {
        let at = (0..4).find(|at| label(*at) == words).unwrap();
        let weight = &counted["criteria"][at]["weight"];
        let said = ["people", "mean", "spread", "differ"].map(|key| weight[key].clone());
        assert_eq!(
            said,
            [json!(10), json!(mean), json!(0.0), json!(false)],
            "{words}"
        );
    }
    // (4×5 + 4×4 + 1×3 + 2×3) ÷ 15 and (2×5 + 2×4 + 5×3 + 4×3) ÷ 15.
    let value = |at: usize| counted["options"][at]["value"].as_f64().unwrap();
    assert!((value(0) - 3.0).abs() < 1e-9 && (value(1) - 3.0).abs() < 1e-9);
    assert_eq!(sees(ana, n, &d)["tally"]["verdict"]["verdict"], "tie");
    // Step three: the consensual table is a page that everybody has, and a table for a spreadsheet.
    let page = word(&published["page"]);
    for peer in &all {
        let text = peer.text(n, &page);
        for row in [
            "| Qualité pédagogique | 5,0 | 0,0 | 10 |",
            "| Adaptation au public | 4,0 | 0,0 | 10 |",
            "| Prix par apprenant | 3,0",
        ] {
            assert!(text.contains(row), "{row} in {text}");
        }
    }
    let csv = word(&published["csv"]);
    assert!(
        csv.contains("Prix par apprenant,3.000,2.000,10,oui"),
        "{csv}"
    );
    for peer in &all {
        peer.is_sound();
    }
}

/// Carries out one of every command about decisions; answers the commands, as they were written.
pub(crate) fn one_of_every_command(ana: &Peer, network: &str) -> Vec<String> {
    let c = |name: &str, rest: Value| c(network, name, rest);
    let create = |title: &str, template: &str| {
        c(
            "decision.create",
            json!({ "title": title, "template": template, "question": "Que faire ?" }),
        )
    };
    let me = ana.member();
    let vote = made(ana, create("Ouvrir ?", "vote"), "decision");
    let grid = made(ana, create("Choisir un outil", "criteria"), "decision");
    let idea = made(ana, create("Une idée", "consent"), "decision");
    let on = |d: &str, name: &str, mut rest: Value| {
        rest["decision"] = json!(d);
        c(name, rest)
    };
    let option_add = on(&grid, "option.add", json!({ "text": "La Navette" }));
    let option = made(ana, option_add.clone(), "option");
    let criterion_add = on(&grid, "criterion.add", json!({ "text": "Prix" }));
    let criterion = made(ana, criterion_add.clone(), "criterion");
    let action = made(
        ana,
        c("action.add", json!({ "title": "Écrire la fiche" })),
        "action",
    );
    let one = |id: &str, what: &str, rest: Value| {
        let mut rest = rest;
        rest[what] = json!(id);
        rest
    };
    let commands = vec![
        on(
            &vote,
            "decision.set",
            json!({ "field": "quorum", "value": "1" }),
        ),
        on(
            &vote,
            "decision.edit",
            json!({ "text": "Pour en parler.\n" }),
        ),
        on(&vote, "decision.follow", json!({})),
        on(&vote, "decision.concern", json!({ "member": me })),
        on(
            &grid,
            "option.set",
            one(&option, "option", json!({ "text": "Le Fil" })),
        ),
        on(&grid, "option.remove", one(&option, "option", json!({}))),
        on(
            &grid,
            "criterion.set",
            one(&criterion, "criterion", json!({ "text": "Coût" })),
        ),
        on(
            &grid,
            "criterion.remove",
            one(&criterion, "criterion", json!({})),
        ),
        on(&vote, "decision.start", json!({})),
        stance(network, &vote, "for"),
        on(&vote, "ballot.withdraw", json!({})),
        stance(network, &vote, "for"),
        on(&vote, "decision.end", json!({})),
        on(&vote, "ballot.count", json!({})),
        on(
            &vote,
            "decision.outcome",
            json!({ "outcome": "On ouvre.", "review": "2090-01-01" }),
        ),
        on(&vote, "decision.act", json!({ "title": "Prévenir" })),
        on(&vote, "decision.link", json!({ "action": action })),
        on(&vote, "decision.open", json!({})),
        on(&vote, "decision.close", json!({})),
        on(&idea, "decision.start", json!({})),
        on(&idea, "decision.withdraw", json!({ "why": "Trop tôt" })),
        on(&idea, "decision.remove", json!({})),
    ];
    ana.runs(&commands);
    // One that needs more than there is here; and an answer to a ballot that has not come yet, which waits for it.
    let publish = on(&grid, "decision.publish", json!({}));
    assert!(
        ana.tries(std::slice::from_ref(&publish))[0]
            .get("error")
            .is_some()
    );
    let nobodys = json!({ "ballot": format!("cast-{}", "a".repeat(32)), "words": "Merci" });
    let reply = on(&idea, "decision.reply", nobodys);
    ana.does(reply.clone());
    let first = create("", "vote");
    commands
        .iter()
        .chain([&first, &option_add, &criterion_add, &publish, &reply])
        .map(|command| command["command"].as_str().unwrap().to_owned())
        .collect()
}

fn charter_says(network: &str, field: &str, value: &str) -> Value {
    c(
        network,
        "charter.set",
        json!({ "field": field, "value": value }),
    )
}

/// The rules that a decision departs from, with what the charter says.
fn departs(view: &Value) -> Vec<(String, String)> {
    let departs = view["departs"].as_array().unwrap().iter();
    departs
        .map(|one| (word(&one["rule"]), word(&one["charter"])))
        .collect()
}

#[test]
fn new_votes_take_over_the_charters_rule_and_only_a_version_in_force_counts_once_there_is_one() {
    let (all, network) = people(&["Ana", "Bo", "Cy"]);
    let n = network.as_str();
    let [ana, bo, cy] = &all[..] else { panic!() };
    let vote = |peer: &Peer, template: &str, title: &str| {
        made(
            peer,
            c(
                n,
                "decision.create",
                json!({ "title": title, "template": template }),
            ),
            "decision",
        )
    };
    let set = |decision: &str, field: &str, value: Value| {
        c(
            n,
            "decision.set",
            json!({ "decision": decision, "field": field, "value": value }),
        )
    };
    let start = |decision: &str| c(n, "decision.start", json!({ "decision": decision }));
    // Without a rule: more than half, and nothing to depart from.
    let plain = vote(ana, "vote", "Sans règle");
    let view = sees(ana, n, &plain);
    assert_eq!(view["terms"]["threshold"], ">1/2");
    assert!(departs(&view).is_empty());
    // What nobody can reach is no rule.
    for (field, value) in [
        ("threshold", ">1/1"),
        ("quorum", "0"),
        ("abstentions", "peut-être"),
    ] {
        ana.may_not(charter_says(n, field, value));
    }
    // While no version is in force, the charter as it stands counts; Bo writes it, Ana's copy lacks it for now.
    bo.does(charter_says(n, "threshold", ">=2/3"));
    bo.does(charter_says(n, "quorum", "50%"));
    let bos = vote(bo, "vote", "Règle de Bo");
    assert_eq!(sees(bo, n, &bos)["terms"]["threshold"], ">=2/3");
    meet(&[ana, bo, cy], n);
    // A decision made before says what it departs from; its terms stay its own.
    let view = sees(cy, n, &plain);
    assert_eq!(view["terms"]["threshold"], ">1/2");
    assert_eq!(
        departs(&view),
        [
            ("threshold".to_owned(), ">=2/3".to_owned()),
            ("quorum".to_owned(), ">=50/100".to_owned())
        ]
    );
    let consent = vote(cy, "consent", "Consentir");
    assert_eq!(sees(cy, n, &consent)["terms"]["quorum"], ">=50/100");
    let noted = vote(cy, "noted", "Plus tard un vote");
    // Undone as one.
    let undo = json!({ "command": "history.undo", "network": n });
    cy.runs(&[set(&noted, "method", json!("vote")), undo]);
    let view = sees(cy, n, &noted);
    assert_eq!(
        (&view["terms"]["method"], &view["terms"]["quorum"]),
        (&json!("noted"), &Value::Null)
    );
    cy.does(set(&noted, "method", json!("vote")));
    assert_eq!(sees(cy, n, &noted)["terms"]["threshold"], ">=2/3");

    // All three adopt it. What Ana drafts afterwards is no rule until that is adopted too.
    let version = word(&ana.does(c(n, "charter.adopt", json!({})))["version"]);
    meet(&[ana, bo, cy], n);
    bo.does(c(n, "charter.adopt", json!({ "version": version })));
    cy.does(c(n, "charter.adopt", json!({ "version": version })));
    meet(&[ana, bo, cy], n);
    ana.does(charter_says(n, "threshold", ">=1/1"));
    meet(&[ana, bo, cy], n);
    for peer in &all {
        let charter = peer.sees(n, "charter");
        assert_eq!(charter["versions"]["rule"]["threshold"], ">=2/3");
        assert_eq!(charter["content"]["threshold"], ">=1/1");
    }
    let diff = ana.verb(["diff", n, "charter"]).one();
    assert_eq!(diff["field"], "threshold", "{diff}");
    let met = vote(bo, "purpose-met", "");
    assert_eq!(sees(bo, n, &met)["terms"]["threshold"], ">=2/3");

    // Bo asks for less than the charter does: it may be, and everybody is told, until it is counted.
    bo.does(set(&met, "threshold", json!(">1/2")));
    bo.does(start(&met));
    meet(&[ana, bo, cy], n);
    for peer in &all {
        let view = sees(peer, n, &met);
        assert_eq!(
            departs(&view),
            [("threshold".to_owned(), ">=2/3".to_owned())]
        );
    }
    // The charter asks for everybody from now on: a vote that is open is measured by what it said when it was put.
    let version = word(&ana.does(c(n, "charter.adopt", json!({})))["version"]);
    meet(&[ana, bo, cy], n);
    bo.does(c(n, "charter.adopt", json!({ "version": version })));
    cy.does(c(n, "charter.adopt", json!({ "version": version })));
    let before = vote(ana, "vote", "Par la règle d’avant");
    ana.does(start(&before));
    meet(&[ana, bo, cy], n);
    let later = vote(cy, "vote", "Par la règle nouvelle");
    assert_eq!(sees(cy, n, &later)["terms"]["threshold"], ">=1/1");
    meet(&[ana, bo, cy], n);
    for peer in &all {
        assert_eq!(
            departs(&sees(peer, n, &met)),
            [("threshold".to_owned(), ">=2/3".to_owned())]
        );
        let view = sees(peer, n, &before);
        assert_eq!(view["terms"]["threshold"], ">=2/3");
        assert!(departs(&view).is_empty(), "put before the rule changed");
    }
    // One that is still prepared is measured by the rule as it is, and takes all of it over in one step.
    cy.does(set(&later, "threshold", json!(">1/2")));
    cy.does(set(&later, "quorum", Value::Null));
    let follow = c(n, "decision.follow", json!({ "decision": later }));
    let undo = json!({ "command": "history.undo", "network": n });
    assert_eq!(departs(&sees(cy, n, &later)).len(), 2);
    cy.runs(&[follow.clone(), undo]);
    assert_eq!(departs(&sees(cy, n, &later)).len(), 2, "undone as one");
    cy.does(follow);
    assert!(departs(&sees(cy, n, &later)).is_empty());
    ana.does(charter_says(n, "threshold", ">=2/3"));
    let version = word(&ana.does(c(n, "charter.adopt", json!({})))["version"]);
    meet(&[ana, bo, cy], n);
    bo.does(c(n, "charter.adopt", json!({ "version": version })));
    cy.does(c(n, "charter.adopt", json!({ "version": version })));
    meet(&[ana, bo, cy], n);
    // Four persons of three: refused, whatever the charter says.
    let four = vote(cy, "vote", "À quatre");
    cy.does(set(&four, "quorum", json!("4")));
    assert_eq!(cy.may_not(start(&four)).code, "quorum-out-of-reach");

    // By the charter's rule two of three are enough, and everybody counts the same.
    let real = vote(ana, "vote", "Ouvrir le local ?");
    ana.does(start(&real));
    meet(&[ana, bo, cy], n);
    ana.does(stance(n, &real, "for"));
    bo.does(stance(n, &real, "for"));
    cy.does(stance(n, &real, "against"));
    meet(&[ana, bo, cy], n);
    cy.does(c(n, "decision.end", json!({ "decision": real })));
    cy.does(c(n, "ballot.count", json!({ "decision": real })));
    meet(&[ana, bo, cy], n);
    for peer in &all {
        let view = sees(peer, n, &real);
        assert_eq!(view["tally"]["verdict"]["verdict"], "adopted");
        assert_eq!(view["tally"]["needed"], json!([2, 3]));
        assert!(departs(&view).is_empty());
    }
}

#[test]
fn a_decision_taken_in_another_way_takes_the_charters_rule_for_it_and_keeps_what_was_set_by_hand() {
    let ana = Peer::named("Ana");
    let network = ana.founds("Les bords du fleuve");
    let n = network.as_str();
    ana.does(charter_says(n, "threshold", ">=2/3"));
    ana.does(charter_says(n, "quorum", ">=1/2"));
    let create = json!({ "title": "Ouvrir ?", "template": "vote" });
    let d = made(&ana, c(n, "decision.create", create), "decision");
    let set = |field: &str, value: &str| {
        let rest = json!({ "decision": d, "field": field, "value": value });
        c(n, "decision.set", rest)
    };
    let says = || {
        let content = sees(&ana, n, &d)["content"].clone();
        (content["threshold"].clone(), content["quorum"].clone())
    };
    let (two_thirds, half) = (json!(">=2/3"), json!(">=1/2"));
    assert_eq!(says(), (two_thirds.clone(), half.clone()));
    // A poll has no rule of the charter's, a consent its quorum, a vote all of it; in one step each.
    let undo = c(n, "history.undo", json!({}));
    ana.runs(&[set("method", "choose-dots"), undo]);
    assert_eq!(says(), (two_thirds.clone(), half.clone()));
    ana.does(set("method", "choose-dots"));
    assert_eq!(says(), (Value::Null, Value::Null));
    ana.does(set("method", "consent"));
    assert_eq!(says(), (Value::Null, half.clone()));
    // What the charter says meanwhile is what a change of method takes over.
    ana.does(charter_says(n, "quorum", "1"));
    ana.does(set("method", "vote"));
    assert_eq!(says(), (two_thirds, json!("1")));
    // Set by hand, it stays, whatever the method.
    ana.does(set("quorum", "30%"));
    let by_hand = says().1;
    assert_ne!(by_hand, json!("1"));
    for method in ["sense", "consent", "vote"] {
        ana.does(set("method", method));
        assert_eq!(says().1, by_hand, "{method}");
    }
    assert_eq!(ana.may_not(set("taken", "{}")).code, "has-its-command");
    assert_eq!(ana.may_not(set("charter", "{}")).code, "has-its-command");
}

#[test]
fn what_one_changes_of_a_vote_apart_while_another_puts_it_does_not_change_what_is_answered_to() {
    let (all, network) = people(&["Ana", "Bo", "Cy"]);
    let n = network.as_str();
    let [ana, bo, cy] = &all[..] else { panic!() };
    let create =
        json!({ "title": "Ouvrir ?", "template": "vote", "question": "Ouvrir le samedi ?" });
    let d = made(ana, c(n, "decision.create", create), "decision");
    meet(&[ana, bo, cy], n);
    let on = |name: &str, mut rest: Value| {
        rest["decision"] = json!(d);
        c(n, name, rest)
    };
    let set =
        |field: &str, value: &str| on("decision.set", json!({ "field": field, "value": value }));
    // Bo, apart, asks for more, for another thing and of two only; Ana puts it as it is, and Cy answers.
    bo.does(set("threshold", ">=3/4"));
    bo.does(set("question", "Ouvrir le dimanche ?"));
    bo.does(on("decision.concern", json!({ "member": bo.member() })));
    bo.does(set("closes", "2090-01-01T00:00:00Z"));
    ana.does(on(
        "decision.start",
        json!({ "closes": "2091-01-01T00:00:00Z" }),
    ));
    ana.does(stance(n, &d, "for"));
    meet(&[ana, cy], n);
    cy.does(stance(n, &d, "for"));
    meet(&[ana, bo, cy], n);
    bo.does(stance(n, &d, "against"));
    meet(&[ana, bo, cy], n);
    for peer in &all {
        let view = sees(peer, n, &d);
        assert_eq!(view["terms"]["question"], "Ouvrir le samedi ?");
        assert_eq!(view["terms"]["threshold"], ">1/2");
        assert_eq!(view["terms"]["closes"], 3_818_448_000_000_i64);
        assert_eq!((&view["electors"], &view["voted"]), (&json!(3), &json!(3)));
        assert_eq!(view["content"]["conflicts"], Value::Null);
    }
    // Who knows that it is open may end it, and what counts is what it was put by.
    bo.does(on("decision.end", json!({})));
    bo.does(on("ballot.count", json!({})));
    meet(&[ana, bo, cy], n);
    for peer in &all {
        let view = sees(peer, n, &d);
        assert_eq!(view["tally"]["verdict"]["verdict"], "adopted");
        assert_eq!(view["phase"], "counted");
    }
}

#[test]
fn a_vote_that_is_given_up_says_what_was_written_of_it_apart() {
    let (all, network) = people(&["Ana", "Bo"]);
    let n = network.as_str();
    let [ana, bo] = &all[..] else { panic!() };
    let create = json!({ "title": "Ouvrir ?", "template": "vote" });
    let d = made(ana, c(n, "decision.create", create), "decision");
    meet(&[ana, bo], n);
    let threshold = json!({ "decision": d, "field": "threshold", "value": ">=3/4" });
    bo.does(c(n, "decision.set", threshold));
    ana.does(c(n, "decision.start", json!({ "decision": d })));
    meet(&[ana, bo], n);
    assert_eq!(sees(bo, n, &d)["content"]["threshold"], ">1/2");
    ana.does(c(n, "decision.withdraw", json!({ "decision": d })));
    assert_eq!(sees(ana, n, &d)["content"]["threshold"], ">=3/4");
    ana.does(c(n, "decision.start", json!({ "decision": d })));
    meet(&[ana, bo], n);
    assert_eq!(sees(bo, n, &d)["terms"]["threshold"], ">=3/4");
}

#[test]
fn a_criterion_goes_while_another_scores_it_and_all_read_one_table() {
    let (all, network) = people(&["Ana", "Bo", "Cy"]);
    let n = network.as_str();
    let [ana, bo, cy] = &all[..] else { panic!() };
    let create = json!({ "title": "Choisir un outil", "template": "criteria" });
    let d = made(ana, c(n, "decision.create", create), "decision");
    let on = |name: &str, mut rest: Value| {
        rest["decision"] = json!(d);
        c(n, name, rest)
    };
    let add = |what: &str, text: &str| {
        let command = on(&format!("{what}.add"), json!({ "text": text }));
        made(ana, command, what)
    };
    let options = [add("option", "La Navette"), add("option", "Le Fil")];
    let (price, access) = (add("criterion", "Prix"), add("criterion", "Accessibilité"));
    ana.does(on("decision.start", json!({})));
    let confront = json!({ "field": "step", "value": "confront" });
    ana.does(on("decision.set", confront));
    meet(&[ana, bo, cy], n);
    // Apart: Bo takes a criterion out, Cy weighs and scores by both.
    bo.does(on("criterion.remove", json!({ "criterion": price })));
    let both = |first: u32, second: u32| {
        let given = [(price.clone(), first), (access.clone(), second)];
        let given = given.into_iter().map(|(id, one)| (id, json!(one)));
        Value::Object(given.collect())
    };
    let scores = json!({ &options[0]: both(5, 1), &options[1]: both(0, 4) });
    let answer = json!({ "kind": "grid", "weights": both(5, 2), "scores": scores });
    cy.does(on("ballot.cast", json!({ "answer": answer })));
    meet(&[ana, bo, cy], n);
    let seen: Vec<Value> = all.iter().map(|peer| sees(peer, n, &d)).collect();
    for view in &seen {
        assert_eq!(view["tally"], seen[0]["tally"]);
    }
    let table = &seen[0]["tally"]["table"];
    assert_eq!(table["criteria"].as_array().unwrap().len(), 1);
    assert_eq!(table["criteria"][0]["criterion"]["label"], "Accessibilité");
    let values = |at: usize| table["options"][at]["value"].as_f64().unwrap();
    assert!((values(0) - 1.0).abs() < 1e-9 && (values(1) - 4.0).abs() < 1e-9);
    // It comes back, and with it what Cy gave it.
    let restore = json!({ "criterion": price, "restore": true });
    ana.does(on("criterion.remove", restore));
    meet(&[ana, bo, cy], n);
    let table = sees(bo, n, &d)["tally"]["table"].clone();
    assert_eq!(table["criteria"].as_array().unwrap().len(), 2);
    assert!((table["options"][0]["value"].as_f64().unwrap() - 27.0 / 7.0).abs() < 1e-9);
}

#[test]
fn the_ballot_of_who_is_removed_stays_where_it_was_counted_and_is_asked_for_no_more_elsewhere() {
    let (all, network) = people(&["Ana", "Bo", "Cy", "Di"]);
    let n = network.as_str();
    let [ana, bo, cy, di] = &all[..] else {
        panic!()
    };
    let put = |title: &str| {
        let create = json!({ "title": title, "template": "vote" });
        let d = made(ana, c(n, "decision.create", create), "decision");
        ana.does(c(n, "decision.start", json!({ "decision": d })));
        d
    };
    let (counted, open) = (put("Comptée"), put("Ouverte"));
    meet(&[ana, bo, cy, di], n);
    di.does(stance(n, &counted, "against"));
    di.does(stance(n, &open, "against"));
    bo.does(stance(n, &open, "for"));
    meet(&[ana, bo, cy, di], n);
    ana.does(c(n, "decision.end", json!({ "decision": counted })));
    ana.does(c(n, "ballot.count", json!({ "decision": counted })));
    // Two of the others are enough; Cy is away and votes meanwhile.
    let remove = c(n, "member.remove", json!({ "member": di.member() }));
    ana.does(remove.clone());
    meet(&[ana, bo], n);
    bo.does(remove);
    cy.does(stance(n, &open, "for"));
    meet(&[ana, bo, cy], n);
    for peer in [ana, bo, cy] {
        let view = sees(peer, n, &counted);
        assert_eq!(
            (&view["electors"], gave(&view, "against")),
            (&json!(4), json!(1))
        );
        let view = sees(peer, n, &open);
        assert_eq!(
            (&view["electors"], gave(&view, "against")),
            (&json!(3), json!(0))
        );
        assert_eq!(gave(&view, "for"), json!(2));
    }
    cy.does(c(n, "decision.end", json!({ "decision": open })));
    cy.does(c(n, "ballot.count", json!({ "decision": open })));
    meet(&[ana, bo, cy], n);
    for peer in [ana, bo, cy] {
        let view = sees(peer, n, &open);
        assert_eq!(view["tally"]["verdict"]["verdict"], "adopted");
        peer.is_sound();
    }
}
