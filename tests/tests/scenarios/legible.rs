//! A network at a glance: what it is for, its ties, its faces, what moved while one was away; and templates.

use serde_json::{Value, json};
use tresse_engine::Moment;
use tresse_tests::{Peer, find, word};

use crate::planning::{c, made, meet, two};

/// What `tresse-node view NETWORK overview` says.
fn overview(peer: &Peer, network: &str) -> Value {
    peer.sees(network, "overview")
}

#[test]
fn two_who_describe_their_network_apart_see_one_page_that_says_all_of_it() {
    let (ana, bo, n) = two();
    let larger = word(
        &ana.does(json!({ "command": "network.create", "name": "Réseau régional" }))["network"],
    );
    let own =
        word(&bo.does(json!({ "command": "network.create", "name": "Jardin de Bo" }))["network"]);
    let picture = ana.path("ana.png");
    image::RgbImage::from_pixel(400, 300, image::Rgb([200, 40, 40]))
        .save(&picture)
        .unwrap();

    ana.runs(&[
        c(&n, "network.kind", json!({ "kind": "produce" })),
        c(
            &n,
            "relation.set",
            json!({ "other": larger, "kind": "part-of", "words": "une voix" }),
        ),
        c(
            &n,
            "profile.set",
            json!({ "field": "organisation", "value": "Les Ateliers" }),
        ),
    ]);
    ana.verb(["photo", n.as_str(), picture.to_str().unwrap()])
        .done();
    let objective = made(
        &ana,
        c(&n, "objective.add", json!({ "title": "Un guide" })),
        "objective",
    );
    let action = made(
        &ana,
        c(
            &n,
            "action.add",
            json!({ "title": "L’écrire", "objective": objective, "owner": ana.member(), "status": "done" }),
        ),
        "action",
    );
    bo.runs(&[
        c(&n, "network.kind", json!({ "kind": "pool-means" })),
        c(
            &n,
            "relation.set",
            json!({ "other": own, "kind": "partner" }),
        ),
        c(
            &n,
            "profile.set",
            json!({ "field": "organisation", "value": "les ateliers" }),
        ),
        c(
            &n,
            "profile.set",
            json!({ "field": "engagement", "value": "volunteer" }),
        ),
        c(&n, "purpose.add", json!({ "text": "Écrire ensemble" })),
    ]);
    meet(&ana, &bo, &n);

    let (seen, by_bo) = (overview(&ana, &n), overview(&bo, &n));
    assert_eq!(seen["kinds"], json!(["produce", "pool-means"]));
    assert_eq!(seen["purposes"][0]["text"], "Écrire ensemble");
    for same in [
        "kinds",
        "purposes",
        "directory",
        "objectives",
        "closed",
        "mandates",
    ] {
        assert_eq!(seen[same], by_bo[same], "{same}");
    }
    // One organisation, however each of its members writes it.
    assert_eq!(seen["directory"].as_array().unwrap().len(), 1);
    let people = &seen["directory"][0]["people"];
    assert_eq!(people.as_array().unwrap().len(), 2);
    let photo = people[0]["photo"].as_str().unwrap();
    assert!(photo.starts_with("data:image/jpeg;base64,") && photo.len() < 30_000);
    assert_eq!(people[1]["photo"], Value::Null);
    let closed = seen["closed"].as_array().unwrap();
    assert!(
        closed
            .iter()
            .any(|one| one["id"] == action && one["who"] == "Ana"),
        "{closed:?}"
    );
    assert!(
        closed
            .iter()
            .any(|one| one["id"] == objective && one["what"] == "objective")
    );

    // Each knows of the other's network what was written, and nothing else.
    let ties = |page: &Value, other: &str| {
        let ties = page["relations"].as_array().unwrap().clone();
        ties.into_iter().find(|one| one["other"] == other).unwrap()
    };
    let told = ties(&by_bo, &larger);
    assert_eq!(
        (&told["name"], &told["here"], &told["words"]),
        (&json!("Réseau régional"), &json!(false), &json!("une voix"))
    );
    assert_eq!(ties(&seen, &larger)["here"], json!(true));
    assert_eq!(ties(&seen, &own)["name"], "Jardin de Bo");
    assert_eq!(
        bo.networks().len(),
        2,
        "Bo did not get into Ana's other network"
    );
    let refused = bo.may_not(c(
        &n,
        "relation.set",
        json!({ "other": larger, "kind": "partner" }),
    ));
    assert_eq!(refused.code, "no-network");
    let itself = bo.may_not(c(
        &n,
        "relation.set",
        json!({ "other": n, "kind": "partner" }),
    ));
    assert_eq!(itself.code, "own-network");

    // One page to print, in the words of its members and no markup of theirs.
    ana.does(c(&n, "purpose.add", json!({ "text": "<b>שלום</b> 🧶" })));
    let folder = ana.path("page");
    ana.verb([
        "export",
        &n,
        "--to",
        folder.to_str().unwrap(),
        "--format",
        "html",
    ])
    .done();
    let page = std::fs::read_to_string(folder.join("overview.html")).unwrap();
    for said in [
        "Écrire ensemble",
        "Les Ateliers",
        "Réseau régional",
        "data:image/jpeg",
        "&lt;b&gt;שלום&lt;/b&gt; 🧶",
    ] {
        assert!(page.contains(said), "{said}");
    }
    assert!(!page.contains("<script"));
}

#[test]
fn what_two_prepare_and_finish_apart_stands_on_one_page_next_to_decide_and_closed() {
    let (ana, bo, n) = two();
    let create = |title: &str, on: &str| {
        c(
            &n,
            "meeting.create",
            json!({ "title": title, "on": on, "place": "Salle des fêtes" }),
        )
    };
    let decide = |title: &str| {
        c(
            &n,
            "decision.create",
            json!({ "title": title, "template": "consent" }),
        )
    };
    let today = Moment::real().today();
    // Apart: Ana prepares a meeting and asks for a decision; Bo foresees an earlier meeting and concludes a decision, closes a meeting
    // that was held today, and calls another off.
    ana.does(create("Assemblée", "2093-03-10"));
    let open = made(&ana, decide("Un logo"), "decision");
    ana.does(c(&n, "decision.start", json!({ "decision": open })));
    made(&bo, create("Comité", "2093-01-05"), "meeting");
    let held = made(&bo, create("Rencontre d’aujourd’hui", &today), "meeting");
    let off = made(&bo, create("Sans suite", &today), "meeting");
    let state = |meeting: &str, state: &str| {
        let said = json!({ "meeting": meeting, "field": "state", "value": state });
        c(&n, "meeting.set", said)
    };
    let taken = made(&bo, decide("Une adresse"), "decision");
    let on = |name: &str, rest: Value| {
        let mut rest = rest;
        rest["decision"] = json!(taken);
        c(&n, name, rest)
    };
    bo.runs(&[
        state(&held, "closed"),
        state(&off, "cancelled"),
        on("decision.start", json!({})),
        on("decision.end", json!({})),
        on("ballot.count", json!({})),
        on("decision.outcome", json!({ "outcome": "La mairie." })),
    ]);
    meet(&ana, &bo, &n);

    let seen = overview(&ana, &n);
    for same in ["next_meeting", "closed"] {
        assert_eq!(seen[same], overview(&bo, &n)[same], "{same}");
    }
    let next = &seen["next_meeting"];
    assert_eq!(
        (&next["title"], &next["on"], &next["place"]),
        (
            &json!("Comité"),
            &json!("2093-01-05"),
            &json!("Salle des fêtes")
        )
    );
    for peer in [&ana, &bo] {
        let waits = overview(peer, &n)["open_decisions"].clone();
        assert_eq!(waits.as_array().unwrap().len(), 1, "{waits}");
        assert_eq!(
            (&waits[0]["id"], &waits[0]["title"], &waits[0]["phase"]),
            (&json!(open), &json!("Un logo"), &json!("open"))
        );
    }
    let mut closed: Vec<_> = seen["closed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (word(&one["what"]), word(&one["id"]), word(&one["on"])))
        .collect();
    closed.sort();
    let expected = [
        ("decision".to_owned(), taken, today.clone()),
        ("meeting".to_owned(), held, today),
    ];
    assert_eq!(closed, expected);

    // The page to print says the same.
    let folder = bo.path("page");
    let to = folder.to_str().unwrap();
    bo.verb(["export", &n, "--to", to, "--format", "html"])
        .done();
    let page = std::fs::read_to_string(folder.join("overview.html")).unwrap();
    for said in [
        "Comité",
        "Un logo",
        "Une adresse",
        "Rencontre d’aujourd’hui",
    ] {
        assert!(page.contains(said), "{said}");
    }
    assert!(!page.contains("Sans suite"));
}

#[test]
fn what_moved_while_one_was_away_is_told_by_who_did_it_however_old_their_clock_says_it_is() {
    let (ana, bo, n) = two();
    let read = ana.writes_page(&n, "Lue", "Bonjour");
    meet(&ana, &bo, &n);
    assert_eq!(bo.sees(&n, "home")["since"]["ever"], json!(false));
    bo.does(c(&n, "seen.mark", json!({})));
    let since = bo.sees(&n, "home")["since"].clone();
    assert_eq!(
        (&since["ever"], &since["moved"]),
        (&json!(true), &json!([]))
    );

    // Apart: Ana writes, and so does Bo; his own words are no news to him.
    let new = ana.writes_page(&n, "Neuve", "Rebonjour");
    ana.does(c(
        &n,
        "page.edit",
        json!({ "page": read, "at": 0, "delete": 0, "insert": "A" }),
    ));
    ana.does(c(&n, "action.add", json!({ "title": "Ranger" })));
    bo.writes_page(&n, "De Bo", "Moi");
    assert_eq!(bo.sees(&n, "home")["since"]["moved"], json!([]));
    meet(&ana, &bo, &n);

    let moved = bo.sees(&n, "home")["since"]["moved"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(moved.len(), 3, "{moved:?}");
    let of = |doc: &str| moved.iter().find(|one| one["doc"] == doc).unwrap().clone();
    assert_eq!(
        (&of(&new)["new"], &of(&read)["new"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(of(&read)["people"][0]["name"], "Ana");
    assert_eq!(of(&read)["people"][0]["changes"], json!(1));

    // One document seen, then all.
    bo.does(c(&n, "seen.mark", json!({ "documents": [new] })));
    assert_eq!(
        bo.sees(&n, "home")["since"]["moved"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(
        bo.does(c(&n, "seen.mark", json!({})))["seen"],
        json!(3),
        "what moved, and what he wrote himself"
    );
    assert_eq!(bo.sees(&n, "home")["since"]["moved"], json!([]));
    assert_eq!(bo.does(c(&n, "seen.mark", json!({})))["seen"], json!(0));
    meet(&ana, &bo, &n);
    assert!(
        ana.sees(&n, "home")["since"]["ever"] == json!(false),
        "Bo's marks are Bo's"
    );
}

#[test]
fn ends_bring_a_light_frame_that_two_can_accept_apart() {
    let ana = Peer::named("Ana");
    let created = ana.verb([
        "network",
        "create",
        "--name",
        "Outils",
        "--template",
        "produce,mutual-learning",
    ]);
    let n = word(&created.one()["network"]);
    let page = overview(&ana, &n);
    assert_eq!(page["kinds"], json!(["produce", "mutual-learning"]));
    let body = word(&ana.sees(&n, "charter")["content"]["body"]);
    assert!(
        body.contains("## Ce que nous produisons ensemble") && body.contains("## Nos mots communs"),
        "{body}"
    );
    assert_eq!(
        ana.sees(&n, "plan")["content"]["objectives"],
        json!([]),
        "nothing is decided for them"
    );
    let suggested = page["suggested"].as_array().unwrap();
    assert!(
        suggested
            .iter()
            .filter(|one| one["sort"] == "heading")
            .all(|one| one["there"] == json!(true))
    );

    let bo = Peer::named("Bo");
    let (door, ticket) = ana.welcomes(&n, 1);
    bo.joins(&ticket);
    door.stops();
    let apply = |part: &str| c(&n, "template.apply", json!({ "parts": [part] }));
    assert_eq!(ana.does(apply("produce/objective-1"))["added"], json!(1));
    assert_eq!(
        ana.does(apply("produce/objective-1"))["added"],
        json!(0),
        "it is there already"
    );
    assert_eq!(
        bo.does(apply("mutual-learning/objective-1"))["added"],
        json!(1)
    );
    meet(&ana, &bo, &n);
    let objectives = ana.sees(&n, "plan")["content"]["objectives"].clone();
    assert_eq!(objectives.as_array().unwrap().len(), 2);
    assert!(objectives[0]["indicators"].as_array().unwrap().len() == 2);
    // Accepted as one, taken back as one.
    let titles = |peer: &Peer| peer.sees(&n, "plan")["content"]["objectives"].clone();
    let before = titles(&bo);
    bo.runs(&[
        c(&n, "network.kind", json!({ "kind": "defend" })),
        apply("defend/objective-1"),
        c(&n, "history.undo", json!({})),
    ]);
    assert_eq!(titles(&bo), before);
    let refused = ana.may_not(apply("pool-means/objective-1"));
    assert_eq!(refused.code, "not-found");
}

#[test]
fn two_who_accept_the_same_suggestion_apart_see_it_once_and_nothing_that_either_wrote_is_hidden() {
    let ana = Peer::named("Ana");
    let n = ana.founds("Outils");
    let bo = Peer::named("Bo");
    let (door, ticket) = ana.welcomes(&n, 1);
    bo.joins(&ticket);
    door.stops();
    ana.does(c(&n, "network.kind", json!({ "kind": "produce" })));
    meet(&ana, &bo, &n);
    let parts = json!({ "parts": ["produce/objective-1", "produce/heading-1"] });
    for peer in [&ana, &bo] {
        assert_eq!(
            peer.does(c(&n, "template.apply", parts.clone()))["added"],
            json!(2)
        );
    }
    meet(&ana, &bo, &n);
    // Who takes their heading out says so at the next meeting.
    meet(&ana, &bo, &n);
    let objectives = |peer: &Peer| peer.sees(&n, "plan")["content"]["objectives"].clone();
    let body = |peer: &Peer| word(&peer.sees(&n, "charter")["content"]["body"]);
    for peer in [&ana, &bo] {
        let seen = objectives(peer);
        assert_eq!(seen.as_array().unwrap().len(), 1, "{seen}");
        assert_eq!(seen[0]["suggestion"], "produce/objective-1");
        assert_eq!(body(peer).matches("## ").count(), 1, "{}", body(peer));
        let suggested = overview(peer, &n)["suggested"].clone();
        let there = |part: &str| {
            let all = suggested.as_array().unwrap();
            all.iter().find(|one| one["part"] == part).unwrap()["there"].clone()
        };
        assert_eq!(there("produce/objective-1"), json!(true));
        assert_eq!(there("produce/heading-1"), json!(true));
    }
    assert_eq!(objectives(&ana), objectives(&bo));
    assert_eq!(body(&ana), body(&bo));

    // Renamed it is still the one that was suggested; taken out, it is gone for both, and can be accepted again.
    let id = word(&objectives(&ana)[0]["id"]);
    let again = c(
        &n,
        "template.apply",
        json!({ "parts": ["produce/objective-1"] }),
    );
    let named = json!({ "objective": id, "field": "title", "value": "Notre guide" });
    let done = ana.runs(&[
        c(&n, "objective.set", named),
        again.clone(),
        c(&n, "history.undo", json!({})),
    ]);
    assert_eq!(done[1]["added"], json!(0));
    bo.does(c(&n, "objective.remove", json!({ "objective": id })));
    meet(&ana, &bo, &n);
    assert_eq!((objectives(&ana), objectives(&bo)), (json!([]), json!([])));
    assert_eq!(ana.does(again)["added"], json!(1));
}

#[test]
fn a_network_with_only_a_name_works_and_a_template_file_is_taken_whole_or_not_at_all() {
    let ana = Peer::named("Ana");
    let bare = ana.founds("Rien qu’un nom");
    let page = overview(&ana, &bare);
    assert_eq!(
        (&page["kinds"], &page["suggested"]),
        (&json!([]), &json!([]))
    );
    assert_eq!(ana.sees(&bare, "charter")["content"]["body"], "");

    let broken = ana.path("broken.json");
    std::fs::write(
        &broken,
        "{\n\"tresse-template\": 1,\n\"name\": \"Jardin\",\n\"objectifs\": []\n}",
    )
    .unwrap();
    let create = |file: &str| {
        ana.verb([
            "network",
            "create",
            "--name",
            "Jardin",
            "--template-file",
            file,
        ])
    };
    let refused = create(broken.to_str().unwrap()).refused();
    assert_eq!(refused.code, "bad-template");
    assert!(
        refused.message.contains("line 4") && refused.message.contains("objectifs"),
        "{}",
        refused.message
    );
    assert_eq!(ana.networks().len(), 1, "nothing was founded");

    let sound = ana.path("sound.json");
    let template = json!({
        "tresse-template": 1, "name": "Jardin", "kinds": ["pool-means"], "purposes": ["Cultiver ensemble"],
        "charter": [{ "heading": "Les clés", "ask": "Qui les garde ?" }],
        "objectives": [{ "title": "Une récolte", "indicators": [{ "name": "Paniers", "unit": "paniers" }] }],
    });
    std::fs::write(&sound, template.to_string()).unwrap();
    let n = word(&create(sound.to_str().unwrap()).one()["network"]);
    let page = overview(&ana, &n);
    assert_eq!(page["purposes"][0]["text"], "Cultiver ensemble");
    assert_eq!(page["objectives"][0]["title"], "Une récolte");
    assert_eq!(
        ana.sees(&n, "charter")["content"]["body"],
        "## Les clés\n\n*Qui les garde ?*\n"
    );
    let kinds = overview(&ana, &n)["suggested"].clone();
    assert_eq!(find_kind(&kinds), "pool-means");
}

fn find_kind(parts: &Value) -> String {
    word(&parts[0]["kind"])
}

#[test]
fn bad_input_gets_a_sentence_and_changes_nothing() {
    let ana = Peer::named("Ana");
    let n = ana.founds("Mots");
    let before = ana.digest(&n);
    let long = "é".repeat(10_001);
    for (command, code) in [
        (c(&n, "objective.add", json!({ "title": long })), "too-long"),
        (
            c(&n, "network.set", json!({ "field": "name", "value": long })),
            "too-long",
        ),
        (
            c(&n, "photo.set", json!({ "picture": "pas du base64 !" })),
            "bad-photo",
        ),
        (
            c(&n, "photo.set", json!({ "picture": "Qm9uam91cg==" })),
            "bad-photo",
        ),
        (
            c(&n, "template.apply", json!({ "template": "{" })),
            "bad-template",
        ),
        (c(&n, "relation.remove", json!({ "other": n })), "not-found"),
        (
            c(
                &n,
                "seen.mark",
                json!({ "documents": ["page-aaaaaaaaaaaaaaaaaaaaaaaaaa"] }),
            ),
            "no-document",
        ),
    ] {
        let refused = ana.may_not(command.clone());
        assert_eq!(refused.code, code, "{command}");
        assert!(!refused.message.is_empty());
    }
    let text = ana.path("note.txt");
    std::fs::write(&text, "ceci n’est pas une image").unwrap();
    let refused = ana
        .verb(["photo", n.as_str(), text.to_str().unwrap()])
        .refused();
    assert_eq!(refused.code, "bad-photo");
    assert_eq!(ana.digest(&n), before, "nothing was written");
    // Words of every script are words.
    let title = "مرحبا بالعالم 🧶 שלום";
    let action = made(
        &ana,
        c(&n, "action.add", json!({ "title": title })),
        "action",
    );
    let plan = ana.sees(&n, "plan");
    assert_eq!(find(&plan["content"]["actions"], &action)["title"], title);
}
