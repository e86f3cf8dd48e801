//! Profiles: in use, backed up, restored.

use std::sync::Arc;

use serde_json::json;
use tresse_tests::{Peer, word};

#[test]
fn a_profile_in_use_is_refused_to_a_second_process_and_the_first_goes_on() {
    let ana = Peer::named("Ana");
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Carnet", "Un.\n");
    let backup = ana.path("copie.tresse");
    let backup = backup.to_str().unwrap();
    let mut desk = ana.sits_down();
    let lan = "--lan-only";
    for words in [
        vec!["whoami"],
        vec!["run", "-"],
        vec!["check"],
        vec!["check", "--repair"],
        vec!["network", "create", "--name", "Un autre"],
        vec!["view", &network, "home"],
        vec!["digest", &network],
        vec!["sync", lan, "--timeout", "1"],
        vec!["serve", lan, "--listen", "127.0.0.1:0"],
        vec!["init", "--name", "Usurpatrice"],
        vec!["restore", backup],
    ] {
        let outcome = ana.verb(words.clone());
        let refusal = outcome.refused();
        let expected = match words[0] {
            "init" => ["profile-in-use", "profile-exists"],
            "restore" => ["no-file", "io"],
            _ => ["profile-in-use"; 2],
        };
        assert!(
            expected.contains(&refusal.code.as_str()),
            "{words:?}: {refusal:?}"
        );
        assert!(!refusal.message.is_empty());
    }
    let edit = json!({ "command": "page.edit", "network": network, "page": page, "at": 0,
        "insert": "Zéro. " });
    desk.does(&edit);
    assert_eq!(desk.text(&network, &page), "Zéro. Un.\n");
    desk.closes();
    assert_eq!(ana.text(&network, &page), "Zéro. Un.\n");
    ana.is_sound();
}

#[test]
fn a_copy_made_while_in_use_and_its_original_both_go_on_and_nothing_is_lost() {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Carnet", "Avant la copie.\n");
    let (door, ticket) = ana.welcomes(&network, 1);
    bo.joins(&ticket);
    door.stops();
    let line = |text: &str| {
        json!({ "command": "page.edit", "network": network, "page": page, "at": 0,
            "insert": format!("{text}\n") })
    };

    let file = ana.path("copie.tresse");
    let name = file.to_str().unwrap();
    let mut desk = ana.sits_down();
    desk.does(&line("Avant la copie, à l'instant."));
    desk.does(&json!({ "ask": "backup", "file": name }));
    desk.does(&line("L'original, après la copie."));
    let refusal = desk.may_not(&json!({ "ask": "backup", "file": name }));
    assert_eq!(refusal.code, "file-exists", "a copy overwrites nothing");
    desk.closes();

    let twin = Peer::without_profile("Ana (portable)");
    twin.verb(["restore", name]).one();
    twin.is_sound();
    assert_eq!(twin.device(), ana.device(), "the same device goes on");
    assert_eq!(
        twin.text(&network, &page),
        "Avant la copie, à l'instant.\nAvant la copie.\n"
    );
    twin.runs(&[line("Le double, un."), line("Le double, deux.")]);
    ana.runs(&[line("L'original, encore.")]);

    // Both meet Bo, in turns, and write on between.
    for round in 0..2 {
        for peer in [&ana, &twin] {
            let door = bo.serves();
            peer.meets(&door);
            let events = door.stops();
            let refused = events.iter().any(|event| event["event"] == "refused");
            assert!(!refused, "{events:?}");
            peer.does(line(&format!("{}, tour {round}.", peer.name())));
        }
    }
    for peer in [&ana, &twin, &ana] {
        let door = bo.serves();
        peer.meets(&door);
        door.stops();
    }
    let text = bo.text(&network, &page);
    for line in [
        "Avant la copie.",
        "Avant la copie, à l'instant.",
        "L'original, après la copie.",
        "L'original, encore.",
        "Le double, un.",
        "Le double, deux.",
        "Ana, tour 0.",
        "Ana, tour 1.",
        "Ana (portable), tour 0.",
        "Ana (portable), tour 1.",
    ] {
        assert_eq!(
            text.matches(&format!("{line}\n")).count(),
            1,
            "« {line} » in {text}"
        );
    }
    let digest = bo.digest(&network);
    for peer in [&ana, &twin] {
        assert_eq!(peer.digest(&network), digest, "{}", peer.name());
        peer.is_sound();
    }
    // All of it is Ana's, whichever machine she sat at.
    let history = bo.history(&network, &page);
    assert!(
        history.iter().all(|group| group["author"] == ana.member()),
        "{history:#?}"
    );
    assert_eq!(bo.members(&network), ["Ana", "Bo"]);
}

#[test]
fn what_is_no_backup_is_not_restored_and_a_profile_is_never_restored_over() {
    let ana = Peer::named("Ana");
    let network = ana.founds("Les bords du fleuve");
    let file = ana.path("copie.tresse");
    ana.verb(["backup", file.to_str().unwrap()]).one();
    let over = ana.verb(["restore", file.to_str().unwrap()]).refused();
    assert_eq!(over.code, "folder-not-empty", "{over:?}");
    assert_eq!(ana.networks()[0]["network"], network);

    let bytes = std::fs::read(&file).unwrap();
    let cases: [(&str, Arc<[u8]>); 3] = [
        ("half of it", bytes[..bytes.len() / 2].into()),
        (
            "something else",
            b"PK\x03\x04 this is a zip".repeat(50).into(),
        ),
        ("nothing", Arc::new([])),
    ];
    for (what, bytes) in cases {
        let other = Peer::without_profile("Personne");
        let file = other.path("copie.tresse");
        std::fs::write(&file, bytes).unwrap();
        let refusal = other.verb(["restore", file.to_str().unwrap()]).refused();
        println!("{what}: {} ({})", refusal.code, refusal.message);
        assert_eq!(
            other.verb(["whoami"]).refused().code,
            "no-profile",
            "{what}"
        );
    }
    let lost = Peer::without_profile("Personne");
    let refusal = lost.verb(["restore", "/nowhere/at/all"]).refused();
    assert_eq!(refusal.code, "io", "{}", word(&json!(refusal.message)));
}
