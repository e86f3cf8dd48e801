//! The page of results: three who measure, finish and learn apart read one page of it.

use serde_json::{Value, json};
use tresse_engine::Moment;
use tresse_tests::{Peer, find, word};

use crate::planning::{all_meet, c, made, three};

/// An objective as the page of results shows it: what follows from it, and what is written in it.
fn result(peer: &Peer, network: &str, objective: &str) -> (Value, Value) {
    let plan = peer.sees(network, "plan");
    let facts = find(&plan["facts"]["objectives"], objective);
    (facts, find(&plan["content"]["objectives"], objective))
}

#[test]
fn three_who_measure_finish_a_late_action_and_say_what_was_learned_apart_read_one_page_of_results()
{
    let (ana, bo, cy, n) = three();
    let n = n.as_str();
    let c = |name: &str, rest: Value| c(n, name, rest);
    let objective = json!({ "title": "Trois plages", "deadline": "2020-06-01" });
    let objective = made(&ana, c("objective.add", objective), "objective");
    let indicator = json!({ "objective": objective, "name": "Plages ouvertes", "baseline": "0", "target": "4" });
    let indicator = made(&ana, c("indicator.add", indicator), "indicator");
    let action = |title: &str| {
        let add = json!({ "title": title, "objective": objective, "due": "2020-03-01" });
        made(&ana, c("action.add", add), "action")
    };
    let (saplings, signs) = (action("Planter les saules"), action("Peindre les panneaux"));
    all_meet(&ana, &bo, &cy, n);
    for peer in [&ana, &bo, &cy] {
        let (facts, _) = result(peer, n, &objective);
        assert_eq!(facts["percent"], 0);
        let actions = ["done", "total", "late_actions"].map(|key| facts[key].clone());
        assert_eq!(actions, [json!(0), json!(2), json!(2)]);
        assert_eq!(facts["late"], true);
    }

    // Apart: two measure on different days, one of them finishes a late action, the third writes what was learned.
    let measure = |date: &str, value: &str| {
        let measure =
            json!({ "objective": objective, "indicator": indicator, "date": date, "value": value });
        c("measure.add", measure)
    };
    let today = Moment::real().today();
    ana.does(measure(&today, "3"));
    bo.does(measure("2020-05-01", "1"));
    let done = json!({ "action": saplings, "field": "status", "value": "done" });
    bo.does(c("action.set", done));
    let learned = "Commencer par les riverains.\nUne plage à la fois.";
    let learned = json!({ "objective": objective, "field": "learned", "value": learned });
    cy.does(c("objective.set", learned.clone()));
    all_meet(&ana, &bo, &cy, n);

    let seen = result(&ana, n, &objective);
    for peer in [&ana, &bo, &cy] {
        assert_eq!(result(peer, n, &objective), seen, "{}", peer.name());
        let whole = peer.sees(n, "plan")["facts"].clone();
        assert_eq!(whole, ana.sees(n, "plan")["facts"]);
        assert_eq!(peer.action(n, &signs)["status"], "todo");
    }
    let (facts, written) = seen;
    // The newest measure says how far it is, whoever's arrived last.
    assert_eq!(facts["percent"], 75);
    let actions = ["done", "total", "late_actions"].map(|key| facts[key].clone());
    assert_eq!(actions, [json!(1), json!(2), json!(1)]);
    assert_eq!(written["learned"], learned["value"]);
    let measures = written["indicators"][0]["measures"].as_array().unwrap();
    let measures: Vec<String> = measures.iter().map(|one| word(&one["value"])).collect();
    assert_eq!(measures, ["1", "3"], "in the order of their days");

    // Two write what was learned at once: one is shown, the same everywhere, and the other is kept beside it.
    for (peer, words) in [(&ana, "Parler plus tôt."), (&cy, "Écrire moins.")] {
        let mut set = learned.clone();
        set["value"] = json!(words);
        peer.does(c("objective.set", set));
    }
    all_meet(&ana, &bo, &cy, n);
    let (_, written) = result(&bo, n, &objective);
    assert_eq!(result(&ana, n, &objective).1, written);
    assert_eq!(result(&cy, n, &objective).1, written);
    let values = written["conflicts"][0]["values"].as_array().unwrap();
    assert_eq!(written["conflicts"][0]["field"], "learned");
    assert_eq!(values.len(), 2);
}
