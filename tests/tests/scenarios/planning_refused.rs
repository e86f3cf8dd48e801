//! A plan that somebody types nonsense into, or whose owners leave.

use serde_json::{Value, json};

use tresse_tests::Peer;

use crate::planning::{c, made, meet, two};

/// One leaves the network, and lets the other know on a stick: nobody who left is met again.
fn leaves(who: &Peer, other: &Peer, network: &str) {
    who.does(c(network, "network.leave", json!({})));
    let file = who.path("adieu.tresse-bundle");
    let file = file.to_str().unwrap();
    who.verb(["bundle", "make", network, file]).one();
    other.verb(["bundle", "take", file]).one();
}

#[test]
fn bad_input_gets_a_sentence_that_says_what_to_change_and_makes_nothing() {
    let (ana, bo, n) = two();
    let n = n.as_str();
    let c = |name: &str, rest: Value| c(n, name, rest);
    let first = made(
        &ana,
        c(
            "action.add",
            json!({ "title": "Première", "start": "2026-12-01" }),
        ),
        "action",
    );
    let second = made(
        &ana,
        c("action.add", json!({ "title": "Deuxième" })),
        "action",
    );
    let objective = made(
        &ana,
        c("objective.add", json!({ "title": "Objectif" })),
        "objective",
    );
    let indicator = made(
        &ana,
        c(
            "indicator.add",
            json!({ "objective": objective, "name": "Accueils" }),
        ),
        "indicator",
    );
    let group = made(&ana, c("group.add", json!({ "name": "Accueil" })), "group");
    let page = ana.writes_page(n, "Carnet", "Mots.\n");
    ana.runs(&[
        c("action.depend", json!({ "action": first, "on": second })),
        c("measure.add", json!({ "objective": objective, "indicator": indicator, "date": "2026-09-30", "value": "2" })),
    ]);
    meet(&ana, &bo, n);
    leaves(&bo, &ana, n);
    assert_eq!(ana.members(n), ["Ana"]);

    let before = ana.digest(n);
    let set = |action: &str, field: &str, value: &str| {
        c(
            "action.set",
            json!({ "action": action, "field": field, "value": value }),
        )
    };
    let nobody = "mem-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    let elsewhere = "aaaaaaaaaaaaaaaa";
    for (command, code, says) in [
        (
            set(&first, "due", "2026-11-30"),
            "ends-before-start",
            "2026-12-01",
        ),
        (
            c(
                "group.add",
                json!({ "name": "x", "start": "2026-12-01", "planned_end": "2026-01-01" }),
            ),
            "ends-before-start",
            "2026-01-01",
        ),
        (
            c("action.depend", json!({ "action": second, "on": first })),
            "cycle",
            "Deuxième → Première → Deuxième",
        ),
        (
            c("action.depend", json!({ "action": first, "on": first })),
            "cycle",
            "Première → Première",
        ),
        (
            c(
                "action.owner",
                json!({ "action": first, "member": bo.member() }),
            ),
            "no-member",
            "Bo is not a member",
        ),
        (
            c("action.add", json!({ "title": "x", "owner": nobody })),
            "no-member",
            "name somebody who is",
        ),
        (
            set(&first, "owner", nobody),
            "no-member",
            "name somebody who is",
        ),
        (
            c(
                "group.member",
                json!({ "group": group, "member": bo.member() }),
            ),
            "no-member",
            "name somebody who is",
        ),
        (
            set(&first, "title", &"é".repeat(10_000)),
            "too-long",
            "at most 500",
        ),
        (set(&first, "effort", "beaucoup"), "bad-effort", "3 h"),
        (set(&first, "every", "daily"), "bad-recurrence", "weekly"),
        (
            set(&first, "territory_scale", "planet"),
            "bad-scale",
            "region",
        ),
        (
            set(&first, "working_group", elsewhere),
            "not-found",
            "working group",
        ),
        (
            c("action.done", json!({ "action": first })),
            "not-recurring",
            "due date",
        ),
        (
            c(
                "indicator.set",
                json!({ "objective": objective, "indicator": indicator, "field": "current", "value": "9" }),
            ),
            "measured",
            "add a measure",
        ),
        (
            c(
                "measure.add",
                json!({ "objective": objective, "indicator": indicator, "date": "", "value": "2" }),
            ),
            "empty",
            "date",
        ),
        (
            c(
                "page.set",
                json!({ "page": page, "field": "group", "value": elsewhere }),
            ),
            "not-found",
            "working group",
        ),
        (
            c(
                "own-objective.add",
                json!({ "text": "x", "objective": elsewhere }),
            ),
            "not-found",
            "objective",
        ),
        (
            c(
                "action.set-many",
                json!({ "actions": [], "field": "status", "value": "done" }),
            ),
            "empty",
            "actions",
        ),
    ] {
        let refusal = ana.may_not(command.clone());
        assert_eq!(refusal.code, code, "{command}: {refusal:?}");
        assert!(refusal.message.contains(says), "{command}: {refusal:?}");
    }
    assert_eq!(ana.digest(n), before);

    // Somebody who left while something was theirs is shown; what is written in any script stays as it is.
    for title in ["اجتماع الشبكة", "👩🏽‍🤝‍👩🏻 fête 🎉"] {
        ana.does(set(&first, "title", title));
        assert_eq!(ana.action(n, &first)["title"], title);
    }
    ana.is_sound();
}

#[test]
fn an_owner_who_left_is_shown_until_somebody_else_is_named() {
    let (ana, bo, n) = two();
    let n = n.as_str();
    let action = made(
        &bo,
        c(
            n,
            "action.add",
            json!({ "title": "Clé", "owner": bo.member() }),
        ),
        "action",
    );
    meet(&ana, &bo, n);
    leaves(&bo, &ana, n);
    let gone = ana.sees(n, "plan")["gone"].clone();
    assert_eq!(
        gone,
        json!([{ "action": action, "member": bo.member(), "name": "Bo" }])
    );
    ana.does(c(
        n,
        "action.set",
        json!({ "action": action, "field": "owner", "value": ana.member() }),
    ));
    assert_eq!(ana.sees(n, "plan")["gone"], json!([]));
}
