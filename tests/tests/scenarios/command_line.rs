//! The command line as it is written down.

use std::process::{Command, Stdio};

use serde_json::json;
use tresse_tests::{Peer, Schema, node, word};

/// Every verb, and words it cannot do without.
const VERBS: &[&[&str]] = &[
    &["init", "--name", "x"],
    &["whoami"],
    &["demo"],
    &["network", "create", "--name", "x"],
    &["network", "list"],
    &[
        "invite",
        "x",
        "--uses",
        "2",
        "--expires",
        "7d",
        "--qr",
        "x.png",
    ],
    &["join", "x", "--timeout", "1"],
    &[
        "serve",
        "--lan-only",
        "--no-relay",
        "--listen",
        "127.0.0.1:1",
    ],
    &["sync", "--timeout", "1", "--lan-only"],
    &["run", "-", "--stop-on-error"],
    &["commands"],
    &["view", "x", "home"],
    &["history", "x", "plan"],
    &["digest", "x"],
    &["import", "x", "page", "x.md"],
    &["export", "x", "--to", "x", "--format", "csv"],
    &["check", "--repair"],
    &["backup", "x"],
    &["restore", "x"],
];

fn exit(words: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(node())
        .args(words)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = output.stdout.len();
    println!("{words:?}: {:?}, {said} bytes", output.status.code());
    (
        output.status.code(),
        String::from_utf8(output.stdout).unwrap(),
    )
}

#[test]
fn every_verb_is_there_and_wrong_usage_is_told_by_exit_code_2() {
    for verb in VERBS {
        let nouns = match verb[0] {
            "network" => &verb[..2],
            "import" => &["import", "x", "page"],
            _ => &verb[..1],
        };
        let help: Vec<_> = nouns.iter().copied().chain(["--help"]).collect();
        let (code, said) = exit(&help);
        assert_eq!(code, Some(0), "{help:?}");
        for option in verb.iter().filter(|word| word.starts_with("--")) {
            assert!(said.contains(option), "{help:?} does not speak of {option}");
        }
        let wrong: Vec<_> = verb.iter().copied().chain(["--no-such-thing"]).collect();
        assert_eq!(exit(&wrong).0, Some(2), "{wrong:?}");
    }
    for wrong in [
        &[][..],
        &["rule-the-world"],
        &["init"],
        &["invite"],
        &["invite", "x", "--expires", "soon"],
        &["invite", "x", "--uses", "many"],
        &["sync", "--peer", "nobody"],
        &["serve", "--listen", "here"],
        &["view", "x", "nothing-of-the-sort"],
        &["export", "x", "--to", "y", "--format", "docx"],
        &["network"],
        &["init", "--name", "x", "--lang", "de"],
    ] {
        assert_eq!(exit(wrong).0, Some(2), "{wrong:?}");
    }
    assert_eq!(exit(&["--version"]).0, Some(0));
}

#[test]
fn what_is_refused_exits_with_1_and_one_json_line_and_changes_nothing() {
    let ana = Peer::without_profile("Ana");
    for verb in [
        &["whoami"][..],
        &["digest", "x"],
        &["check"],
        &["network", "list"],
        &["run", "-"],
    ] {
        assert_eq!(
            ana.verb(verb.iter().copied()).refused().code,
            "no-profile",
            "{verb:?}"
        );
    }
    let made = ana.verb(["init", "--name", "Ana", "--lang", "en"]).one();
    assert_eq!(made["profile"], json!(ana.profile()));
    let who = ana.verb(["whoami"]).one();
    assert_eq!(
        (&who["device"], &who["member"]),
        (&made["device"], &made["member"])
    );
    assert_eq!(
        (&who["name"], &who["networks"]),
        (&json!("Ana"), &json!([]))
    );
    assert_eq!(
        ana.verb(["init", "--name", "Eve"]).refused().code,
        "profile-exists"
    );
    for name in ["", "   ", "a\nb", &"long ".repeat(100)] {
        let nobody = Peer::without_profile("x");
        assert_eq!(
            nobody.verb(["init", "--name", name]).refused().code,
            "bad-name"
        );
        assert!(!nobody.profile().join("tresse.db").exists());
    }
    let network = ana.founds("Atelier");
    for (words, code) in [
        (&["view", "Nulle part", "home"][..], "no-network"),
        (&["view", &network, "page", "page-zzz"], "no-document"),
        (&["history", &network, "nothing"], "no-document"),
        (&["import", &network, "page", "/no/such.md"], "io"),
        (&["run", "/no/such.jsonl"], "io"),
        (&["backup", "/no/such/folder/x"], "io"),
        (&["network", "create", "--name", ""], "bad-name"),
        (&["invite", &network, "--uses", "0"], "bad-uses"),
        (&["invite", &network, "--expires", "1s"], "bad-expiry"),
        (&["sync", "--lan-only", "--timeout", "1"], "unreachable"),
    ] {
        let refusal = ana.verb(words.iter().copied()).refused();
        assert_eq!(refusal.code, code, "{words:?}: {refusal:?}");
    }
    // A network is named by its id or by its name, while only one bears it.
    assert_eq!(ana.digest("Atelier"), ana.digest(&network));
    ana.founds("Atelier");
    assert_eq!(ana.verb(["digest", "Atelier"]).refused().code, "ambiguous");
    ana.is_sound();
}

#[test]
fn commands_are_answered_in_order_and_a_failing_one_stops_the_rest_only_when_asked() {
    let ana = Peer::named("Ana");
    let network = ana.founds("Atelier");
    let file = ana.path("commands.jsonl");
    let add = |text: &str| json!({ "command": "value.add", "network": network, "text": text });
    let lines = [
        add("un").to_string(),
        String::new(),
        "not json".to_owned(),
        json!({ "command": "rule.the.world" }).to_string(),
        json!({ "command": "value.add", "network": network, "txet": "x", "text": "y" }).to_string(),
        json!({ "command": "value.add", "network": network, "text": "" }).to_string(),
        add("deux").to_string(),
    ];
    std::fs::write(&file, lines.join("\n")).unwrap();
    let file = file.to_str().unwrap();
    let answers = ana.verb(["run", file]).done();
    let codes: Vec<_> = answers
        .iter()
        .map(|answer| answer["error"]["code"].as_str().unwrap_or("ok"))
        .collect();
    assert_eq!(
        codes,
        [
            "ok",
            "bad-json",
            "bad-command",
            "bad-command",
            "empty",
            "ok"
        ]
    );
    let stopped = ana.verb(["run", file, "--stop-on-error"]);
    assert_eq!((stopped.exit, stopped.lines.len()), (1, 2), "{stopped:?}");
    let values = ana.sees(&network, "charter")["content"]["values"].clone();
    let values: Vec<_> = values
        .as_array()
        .unwrap()
        .iter()
        .map(|line| word(&line["text"]))
        .collect();
    assert_eq!(values, ["un", "deux", "un"]);
}

#[test]
fn the_printed_schema_accepts_one_of_every_command_and_refuses_what_the_program_refuses() {
    let schema = Schema::of_commands();
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Atelier");
    let page = ana.writes_page(&network, "Carnet", "Début.\n");
    let n = &network;
    let with = |mut command: serde_json::Value, rest: serde_json::Value| {
        for (key, value) in rest.as_object().unwrap() {
            command[key] = value.clone();
        }
        command
    };
    let c =
        |name: &str, rest: serde_json::Value| with(json!({ "command": name, "network": n }), rest);
    let id = |command: serde_json::Value, key: &str| word(&ana.does(command)[key]);
    let purpose = id(c("purpose.add", json!({ "text": "Produire" })), "purpose");
    let value = id(c("value.add", json!({ "text": "Écoute" })), "value");
    let objective = id(
        c(
            "objective.add",
            json!({ "title": "Se connaître", "deadline": "2027-01-01",
            "means": "Deux salles" }),
        ),
        "objective",
    );
    let indicator = id(
        c(
            "indicator.add",
            json!({ "objective": objective, "name": "Rencontres", "target": "12",
            "unit": "par an" }),
        ),
        "indicator",
    );
    let action = id(
        c(
            "action.add",
            json!({ "title": "Réserver", "objective": objective, "owner": ana.member(),
            "due": "2027-02-02", "territory": "Ici", "status": "doing", "group": "Accueil" }),
        ),
        "action",
    );
    let invitation = ana.does(c("invite.create", json!({ "uses": 2, "expires_in": 3600 })));
    let invitation = word(&invitation["invitation"]);
    let commands = [
        json!({ "command": "me.set", "name": "Ana M.", "lang": "en" }),
        json!({ "command": "network.create", "name": "Autre", "template": "produce" }),
        c(
            "network.set",
            json!({ "field": "membership", "value": "open" }),
        ),
        c(
            "network.set",
            json!({ "field": "review_date", "value": null }),
        ),
        c("purpose.set", json!({ "purpose": purpose, "text": "Agir" })),
        c("purpose.remove", json!({ "purpose": purpose })),
        c(
            "purpose.remove",
            json!({ "purpose": purpose, "restore": true }),
        ),
        c(
            "charter.set",
            json!({ "field": "decision_rule", "value": "Consentement" }),
        ),
        c("charter.edit", json!({ "text": "Nous.\n" })),
        c(
            "charter.edit",
            json!({ "at": 0, "delete": 1, "insert": "V" }),
        ),
        c("value.set", json!({ "value": value, "text": "Respect" })),
        c("value.remove", json!({ "value": value })),
        c(
            "objective.set",
            json!({ "objective": objective, "field": "means", "value": "" }),
        ),
        c("objective.remove", json!({ "objective": objective })),
        c(
            "objective.remove",
            json!({ "objective": objective, "restore": true }),
        ),
        c(
            "indicator.set",
            json!({ "objective": objective, "indicator": indicator,
            "field": "current", "value": "3" }),
        ),
        c(
            "indicator.remove",
            json!({ "objective": objective, "indicator": indicator }),
        ),
        c(
            "action.set",
            json!({ "action": action, "field": "status", "value": "done" }),
        ),
        c("action.remove", json!({ "action": action })),
        c(
            "page.create",
            json!({ "title": "Autre page", "tags": ["a", "b"], "text": "Mots" }),
        ),
        c(
            "page.set",
            json!({ "page": page, "field": "title", "value": "Cahier" }),
        ),
        c("page.tag", json!({ "page": page, "tag": "bilan" })),
        c(
            "page.tag",
            json!({ "page": page, "tag": "bilan", "off": true }),
        ),
        c(
            "page.edit",
            json!({ "page": page, "at": 0, "insert": "Un " }),
        ),
        c("page.open", json!({ "page": page })),
        c("page.close", json!({ "page": page })),
        c("page.remove", json!({ "page": page })),
        c("page.remove", json!({ "page": page, "restore": true })),
        c(
            "profile.set",
            json!({ "field": "organisation", "value": "Ateliers" }),
        ),
        c(
            "profile.set",
            json!({ "field": "engagement", "value": "volunteer" }),
        ),
        c("invite.revoke", json!({ "invitation": invitation })),
        c("history.undo", json!({})),
        c("history.redo", json!({})),
    ];
    let answers = ana.tries(&commands);
    for (command, answer) in commands.iter().zip(&answers) {
        assert!(answer["error"].is_null(), "{command}: {answer}");
    }
    // Two that need more than a profile; bo stands in for whoever has none of Ana's networks.
    let refusal = bo.may_not(json!({ "command": "invite.accept", "ticket": "x" }));
    assert_eq!(refusal.code, "ticket-not-a-ticket");
    bo.does(json!({ "command": "demo.create", "lang": "en" }));

    let used: std::collections::BTreeSet<_> = commands
        .iter()
        .map(|command| command["command"].as_str().unwrap())
        .chain([
            "purpose.add",
            "value.add",
            "objective.add",
            "indicator.add",
            "action.add",
            "invite.create",
            "invite.accept",
            "demo.create",
        ])
        .collect();
    assert_eq!(
        used,
        schema.names(),
        "one of every command is tried, and there are no others"
    );

    for wrong in [
        json!({}),
        json!({ "command": "rule.the.world" }),
        json!({ "command": "value.add", "network": n }),
        json!({ "command": "value.add", "network": n, "text": 3 }),
        json!({ "command": "value.add", "network": n, "text": "x", "colour": "red" }),
        json!({ "command": "invite.create", "network": n, "uses": -1, "expires_in": 3600 }),
        json!({ "command": "action.set", "network": n, "action": action, "field": "smell",
            "value": "x" }),
    ] {
        assert!(schema.accepts(&wrong).is_err(), "{wrong}");
    }
    ana.is_sound();
}

#[test]
fn commands_that_name_what_is_not_there_are_refused_and_make_nothing() {
    let ana = Peer::named("Ana");
    let network = ana.founds("Atelier");
    let elsewhere = ana.founds("Ailleurs");
    let foreign = ana.writes_page(&elsewhere, "Page d'ailleurs", "Mots.\n");
    let before = ana.digest(&network);
    let no_page = "page-aaaaaaaaaaaaaaaaaaaaaaaaaa";
    let plan = before["documents"].as_object().unwrap().keys();
    let plan = plan.clone().find(|doc| doc.starts_with("plan-")).unwrap();
    for page in [no_page, &foreign, plan] {
        for command in [
            json!({ "command": "page.edit", "network": network, "page": page, "text": "x" }),
            json!({ "command": "page.edit", "network": network, "page": page, "at": 0,
                "insert": "x" }),
            json!({ "command": "page.set", "network": network, "page": page, "field": "title",
                "value": "x" }),
            json!({ "command": "page.tag", "network": network, "page": page, "tag": "x" }),
            json!({ "command": "page.remove", "network": network, "page": page }),
            json!({ "command": "page.open", "network": network, "page": page }),
        ] {
            let refusal = ana.may_not(command.clone());
            assert_eq!(refusal.code, "no-page", "{command}: {refusal:?}");
        }
    }
    let item = ana.does(json!({ "command": "action.add", "network": elsewhere, "title": "x" }));
    let item = &item["action"];
    for command in [
        json!({ "command": "action.set", "network": network, "action": item, "field": "title",
            "value": "x" }),
        json!({ "command": "action.remove", "network": network, "action": item }),
        json!({ "command": "purpose.set", "network": network, "purpose": item, "text": "x" }),
        json!({ "command": "objective.remove", "network": network, "objective": item }),
        json!({ "command": "indicator.add", "network": network, "objective": item, "name": "x" }),
    ] {
        let refusal = ana.may_not(command.clone());
        assert_eq!(refusal.code, "not-found", "{command}: {refusal:?}");
    }
    let beyond = json!({ "command": "charter.edit", "network": network, "at": 99_999,
        "insert": "x" });
    let refusal = ana.may_not(beyond);
    assert_eq!(refusal.code, "out-of-bounds", "{refusal:?}");
    assert_eq!(ana.digest(&network), before);
    ana.is_sound();
}
