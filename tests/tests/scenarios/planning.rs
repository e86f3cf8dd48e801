//! Members who plan apart: roadmap, action plan, working groups, and what an organisation wants for itself.

use serde_json::{Value, json};
use tresse_model::ItemId;
use tresse_tests::{Peer, find, word};

/// Ana and Bo in one network.
pub(crate) fn two() -> (Peer, Peer, String) {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Les bords du fleuve");
    let (door, ticket) = ana.welcomes(&network, 1);
    bo.joins(&ticket);
    door.stops();
    (ana, bo, network)
}

pub(crate) fn meet(ana: &Peer, bo: &Peer, network: &str) {
    let door = ana.serves();
    bo.meets(&door);
    door.stops();
    assert_eq!(ana.digest(network), bo.digest(network));
}

/// Ana, Bo and Cy in one network.
pub(crate) fn three() -> (Peer, Peer, Peer, String) {
    let (ana, bo, cy) = (Peer::named("Ana"), Peer::named("Bo"), Peer::named("Cy"));
    let network = ana.founds("Les bords du fleuve");
    let (door, ticket) = ana.welcomes(&network, 2);
    bo.joins(&ticket);
    cy.joins(&ticket);
    door.stops();
    all_meet(&ana, &bo, &cy, &network);
    (ana, bo, cy, network)
}

/// Ana meets Bo, then Cy, then Bo again: all have everything.
pub(crate) fn all_meet(ana: &Peer, bo: &Peer, cy: &Peer, network: &str) {
    let door = ana.serves();
    bo.meets(&door);
    cy.meets(&door);
    bo.meets(&door);
    door.stops();
    assert_eq!(ana.digest(network), bo.digest(network));
    assert_eq!(ana.digest(network), cy.digest(network));
}

/// Says one command of a network.
pub(crate) fn c(network: &str, name: &str, rest: Value) -> Value {
    let mut command = rest;
    command["command"] = json!(name);
    command["network"] = json!(network);
    command
}

pub(crate) fn made(peer: &Peer, command: Value, key: &str) -> String {
    word(&peer.does(command)[key])
}

#[test]
fn two_who_plan_apart_on_everything_at_once_both_see_all_of_it() {
    let (ana, bo, n) = two();
    let n = n.as_str();
    let c = |name: &str, rest: Value| c(n, name, rest);
    let (am_ana, am_bo) = (ana.member(), bo.member());
    let set = |action: &str, field: &str, value: &str| {
        c(
            "action.set",
            json!({ "action": action, "field": field, "value": value }),
        )
    };

    // Together, Ana lays the ground.
    let orientation = made(
        &ana,
        c(
            "orientation.add",
            json!({ "title": "Accueillir", "words": "Sans trier" }),
        ),
        "orientation",
    );
    let objective = made(
        &ana,
        c(
            "objective.add",
            json!({ "title": "Ouvrir deux accueils", "deadline": "2093-01-01", "orientation": orientation }),
        ),
        "objective",
    );
    let indicator = made(
        &ana,
        c(
            "indicator.add",
            json!({ "objective": objective, "name": "Accueils", "baseline": "1", "target": "5" }),
        ),
        "indicator",
    );
    let group = made(
        &ana,
        c(
            "group.add",
            json!({ "name": "Accueil", "remit": "Recevoir", "start": "2026-01-05", "planned_end": "2093-06-30" }),
        ),
        "group",
    );
    let action = |title: &str, rest: Value| {
        let mut rest = rest;
        rest["title"] = json!(title);
        made(&ana, c("action.add", rest), "action")
    };
    let room = action(
        "Trouver une salle",
        json!({ "objective": objective, "owner": am_ana }),
    );
    let sign = action("Peindre l'enseigne", json!({ "objective": objective }));
    let open = action(
        "Ouvrir",
        json!({ "objective": objective, "working_group": group }),
    );
    let coffee = action(
        "Café du mois",
        json!({ "due": "2026-08-31", "every": "monthly" }),
    );
    meet(&ana, &bo, n);

    // Apart, both act on the same things.
    ana.runs(&[
        c("action.owner", json!({ "action": room, "member": am_bo })),
        c("action.owner", json!({ "action": sign, "member": am_ana })),
        c("measure.add", json!({ "objective": objective, "indicator": indicator, "date": "2026-09-30", "value": "2" })),
        c("action.done", json!({ "action": coffee })),
        c("action.depend", json!({ "action": room, "on": sign })),
        c("action.depend", json!({ "action": open, "on": room })),
        c("check.add", json!({ "action": room, "text": "Visiter" })),
        c("group.member", json!({ "group": group, "member": am_ana })),
        set(&sign, "start", "2093-03-01"),
        set(&open, "territory", "Vallée"),
        c("action.set-many", json!({ "actions": [room, sign], "field": "working_group", "value": group })),
        c("orientation.set", json!({ "orientation": orientation, "field": "title", "value": "Accueillir tout le monde" })),
        c("own-objective.add", json!({ "text": "Former nos salariés", "objective": objective })),
        c("profile.set", json!({ "field": "organisation", "value": "Ateliers" })),
    ]);
    let page = bo.writes_page(n, "Compte rendu", "Présents.\n");
    bo.runs(&[
        c("action.owner", json!({ "action": sign, "member": am_bo })),
        c("measure.add", json!({ "objective": objective, "indicator": indicator, "date": "2026-10-31", "value": "3", "note": "à Estrieu" })),
        c("action.done", json!({ "action": coffee })),
        c("action.depend", json!({ "action": sign, "on": room })),
        c("check.add", json!({ "action": room, "text": "Demander la clé" })),
        c("group.member", json!({ "group": group, "member": am_bo })),
        set(&sign, "due", "2093-02-01"),
        set(&open, "territory_scale", "employment-area"),
        set(&open, "effort", "1,5 j"),
        c("orientation.set", json!({ "orientation": orientation, "field": "title", "value": "Bien accueillir" })),
        c("page.set", json!({ "page": page, "field": "group", "value": group })),
        c("own-objective.add", json!({ "text": "Moins de trajets" })),
        c("profile.set", json!({ "field": "organisation", "value": "ateliers" })),
    ]);
    meet(&ana, &bo, n);

    for peer in [&ana, &bo] {
        let plan = peer.sees(n, "plan");
        let content = &plan["content"];
        let seen = |id: &str| find(&content["actions"], id);
        let names = |owners: &Value| -> Vec<String> {
            let mut owners: Vec<_> = owners.as_array().unwrap().iter().map(word).collect();
            owners.sort();
            owners
        };
        let mut both = vec![am_ana.clone(), am_bo.clone()];
        both.sort();
        assert_eq!(names(&seen(&room)["owners"]), both);
        assert_eq!(names(&seen(&sign)["owners"]), both);
        let measured = &content["objectives"][0]["indicators"][0];
        assert_eq!(measured["current"], "3");
        assert_eq!(measured["measures"].as_array().unwrap().len(), 2);
        // Both said that the café of August has been: it has been once.
        assert_eq!(seen(&coffee)["done_on"], json!(["2026-08-31"]));
        assert_eq!(seen(&coffee)["next_due"], "2026-09-30");
        let parts = seen(&room)["checklist"].clone();
        assert_eq!(parts.as_array().unwrap().len(), 2);
        assert_eq!(seen(&open)["territory"], "Vallée");
        assert_eq!(seen(&open)["territory_scale"], "employment-area");
        assert_eq!(seen(&open)["effort"], "1.5 d");
        let titles = &content["orientations"][0]["conflicts"][0];
        assert_eq!(titles["field"], "title");
        assert_eq!(titles["values"].as_array().unwrap().len(), 2);

        let facts = &plan["facts"];
        let mut circle = vec![room.clone(), sign.clone()];
        // By the bytes of the ids: as text, base32's digits would come before its letters.
        circle.sort_by_key(|id| id.parse::<ItemId>().unwrap());
        assert_eq!(facts["cycles"], json!([circle]));
        assert_eq!(facts["blocked"], json!([{ "action": open, "by": [room] }]));
        assert_eq!(facts["ends_before_start"], json!([sign]));
        assert_eq!(facts["late"], json!([coffee]));
        let how_far = &facts["objectives"][0];
        assert_eq!(
            (&how_far["percent"], &how_far["total"]),
            (&json!(50), &json!(3))
        );
        assert_eq!(facts["orientations"][0]["objectives"], 1);
        // Ateliers and ateliers are one organisation, whose two members say what it wants.
        let own = &plan["organisations"][0];
        assert_eq!(plan["organisations"].as_array().unwrap().len(), 1);
        assert_eq!(
            (
                &own["unserved"],
                own["objectives"].as_array().unwrap().len()
            ),
            (&json!(1), 2)
        );

        let groups = peer.sees(n, "groups");
        assert_eq!(groups.as_array().unwrap().len(), 1);
        let mut view = peer.verb(["view", n, "group", &group]).one();
        assert_eq!(view, peer.verb(["view", n, "group", "Accueil"]).one());
        // Of one group its meetings stand beside it.
        let meetings = view.as_object_mut().unwrap().remove("meetings");
        assert_eq!(meetings, Some(json!([])));
        assert_eq!(view, groups[0]);
        let people: Vec<_> = view["people"].as_array().unwrap().iter().collect();
        assert_eq!(
            people
                .iter()
                .map(|one| word(&one["name"]))
                .collect::<Vec<_>>(),
            ["Ana", "Bo"]
        );
        assert_eq!(view["actions"].as_array().unwrap().len(), 3);
        assert_eq!(view["pages"][0]["id"], page.as_str());
        let home = peer.sees(n, "home");
        assert_eq!((&home["late"], &home["groups"]), (&json!(1), &json!(1)));
        assert_eq!(home["unserved"][0]["text"], "Moins de trajets");
    }
    assert_eq!(ana.sees(n, "plan"), bo.sees(n, "plan"));
    assert_eq!(ana.sees(n, "groups"), bo.sees(n, "groups"));

    // The history tells who wrote; somebody cuts the circle, and all is in order again at both.
    let authors: Vec<_> = ana
        .history(n, "plan")
        .iter()
        .map(|group| word(&group["name"]))
        .collect();
    assert!(authors.contains(&"Ana".to_owned()) && authors.contains(&"Bo".to_owned()));
    bo.runs(&[
        c(
            "action.depend",
            json!({ "action": sign, "on": room, "off": true }),
        ),
        set(&sign, "due", "2093-04-01"),
    ]);
    meet(&ana, &bo, n);
    let facts = &ana.sees(n, "plan")["facts"];
    assert_eq!(
        (&facts["cycles"], &facts["ends_before_start"]),
        (&json!([]), &json!([]))
    );
    ana.is_sound();
    bo.is_sound();
}

#[test]
fn the_meetings_that_two_make_apart_for_one_group_both_stand_with_it() {
    let (ana, bo, n) = two();
    let n = n.as_str();
    let group = made(
        &ana,
        c(n, "group.add", json!({ "name": "Accueil" })),
        "group",
    );
    meet(&ana, &bo, n);
    let meeting = |peer: &Peer, title: &str, on: &str, group: Option<&str>| {
        let said = json!({ "title": title, "on": on, "group": group });
        made(peer, c(n, "meeting.create", said), "meeting")
    };
    let anas = meeting(&ana, "Premier accueil", "2093-02-01", Some(&group));
    meeting(&ana, "Comité", "2093-02-02", None);
    let bos = meeting(&bo, "Second accueil", "2093-03-01", Some(&group));
    meet(&ana, &bo, n);
    let meetings = |peer: &Peer| {
        let view = peer.verb(["view", n, "group", "Accueil"]).one();
        let rows = view["meetings"].as_array().unwrap().iter();
        let mut told: Vec<_> = rows
            .map(|row| (word(&row["on"]), word(&row["id"]), word(&row["title"])))
            .collect();
        told.sort();
        told
    };
    let both = [
        (
            "2093-02-01".to_owned(),
            anas.clone(),
            "Premier accueil".to_owned(),
        ),
        (
            "2093-03-01".to_owned(),
            bos.clone(),
            "Second accueil".to_owned(),
        ),
    ];
    assert_eq!(meetings(&ana), both);
    assert_eq!(meetings(&bo), both);

    // Apart, Bo takes one out of the group's hands and Ana bins the other: what is left is the same at both.
    let to_none = json!({ "meeting": anas, "field": "group", "value": null });
    bo.does(c(n, "meeting.set", to_none));
    ana.does(c(n, "meeting.remove", json!({ "meeting": bos })));
    meet(&ana, &bo, n);
    assert_eq!((meetings(&ana), meetings(&bo)), (Vec::new(), Vec::new()));
}

#[test]
fn what_was_set_on_several_actions_is_undone_as_one_and_leaves_what_others_did_since() {
    let (ana, bo, n) = two();
    let n = n.as_str();
    let ids: Vec<_> = (0..3)
        .map(|at| {
            made(
                &ana,
                c(n, "action.add", json!({ "title": format!("Action {at}") })),
                "action",
            )
        })
        .collect();
    meet(&ana, &bo, n);
    // One process, since what can be undone lasts as long as that.
    let many = c(
        n,
        "action.set-many",
        json!({ "actions": ids, "field": "status", "value": "doing" }),
    );
    let answers = ana.runs(&[
        many.clone(),
        c(n, "history.undo", json!({})),
        c(n, "history.redo", json!({})),
    ]);
    assert_eq!(
        (&answers[1]["undone"], &answers[2]["redone"]),
        (&json!(3), &json!(3))
    );
    for id in &ids {
        assert_eq!(ana.action(n, id)["status"], "doing");
    }
    let refused = ana.may_not(c(
        n,
        "action.set-many",
        json!({ "actions": [ids[0], "aaaaaaaaaaaaaaaa"], "field": "status", "value": "done" }),
    ));
    assert_eq!(refused.code, "not-found");
    assert_eq!(ana.action(n, &ids[0])["status"], "doing");
    meet(&ana, &bo, n);
    for id in &ids {
        assert_eq!(bo.action(n, id)["status"], "doing");
    }
}

#[test]
fn of_two_who_move_one_action_at_once_each_keeps_their_days_to_choose_from_and_ones_filters_are_ones_own()
 {
    let (ana, bo, n) = two();
    let n = n.as_str();
    let c = |name: &str, rest: Value| c(n, name, rest);
    let action = made(
        &ana,
        c(
            "action.add",
            json!({ "title": "Tenir la fête", "start": "2093-05-04", "due": "2093-05-22" }),
        ),
        "action",
    );
    meet(&ana, &bo, n);
    let moved = |start: &str, due: &str| {
        c(
            "action.move",
            json!({ "action": action, "start": start, "due": due }),
        )
    };
    // Apart: Ana moves it a month on, Bo its end alone, and each saves a filter.
    ana.does(moved("2093-06-04", "2093-06-22"));
    bo.does(moved("2093-05-04", "2093-05-29"));
    for (peer, name) in [(&ana, "Mes retards"), (&bo, "Les miens")] {
        peer.does(c("filter.save", json!({ "name": name, "status": "late" })));
    }
    meet(&ana, &bo, n);
    let plan = |peer: &Peer| peer.sees(n, "plan");
    assert_eq!(plan(&ana)["content"], plan(&bo)["content"]);
    let shown = find(&plan(&ana)["content"]["actions"], &action);
    // Only Ana moved the start; of the end both values can be had.
    assert_eq!(shown["start"], "2093-06-04");
    let conflicts = shown["conflicts"].as_array().unwrap();
    let due = conflicts.iter().find(|one| one["field"] == "due").unwrap();
    let mut values: Vec<String> = due["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| word(&one["value"]))
        .collect();
    values.sort();
    assert_eq!(values, ["2093-05-29", "2093-06-22"]);
    // Each sees their own filters.
    for (peer, name) in [(&ana, "Mes retards"), (&bo, "Les miens")] {
        let filters = peer.sees(n, "filters");
        assert_eq!(filters.as_array().unwrap().len(), 1, "{filters}");
        assert_eq!(filters[0]["name"], name);
    }
}
