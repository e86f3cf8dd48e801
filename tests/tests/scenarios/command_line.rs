//! The command line as it is written down.

use std::process::{Command, Stdio};

use serde_json::json;
use tresse_tests::{Peer, node, word};

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
    &["passphrase", "status"],
    &[
        "passphrase",
        "set",
        "--new-passphrase-file",
        "x",
        "--keyring",
    ],
    &["passphrase", "remove", "--keyring"],
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
            "network" | "passphrase" => &verb[..2],
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
fn a_ticket_drawn_as_a_picture_reads_back_and_opens_the_same_door() {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Atelier");
    ana.serves().stops();
    let picture = ana.path("ticket.png");
    let file = picture.to_str().unwrap();
    let invited = ana.verb(["invite", &network, "--qr", file]).one();
    let read = {
        let picture = image::open(&picture).unwrap().into_luma8();
        let mut picture = rqrr::PreparedImage::prepare(picture);
        let grids = picture.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    };
    assert_eq!(read, word(&invited["qr"]));
    assert_eq!(read.to_lowercase(), word(&invited["ticket"]));
    let over = ana.verb(["invite", &network, "--qr", file]).refused();
    assert_eq!(over.code, "file-exists");
    let _door = ana.serves();
    assert_eq!(bo.joins(&read), network);
}
