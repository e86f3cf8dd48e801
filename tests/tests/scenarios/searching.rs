//! Looking for words in everything that one has: all networks, pages, minutes, decisions, charters.

use serde_json::{Value, json};
use tresse_tests::{Peer, word};

fn titles(hits: &[Value]) -> Vec<String> {
    hits.iter().map(|hit| word(&hit["title"])).collect()
}

#[test]
fn words_are_found_in_every_network_by_kind_by_person_and_by_day_and_what_arrives_is_found_too() {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo Lindqvist"));
    let shore = ana.founds("Les bords du fleuve");
    let hill = ana.founds("La colline");
    ana.writes_page(&shore, "Crue", "Le pont élaboré par les communes.\n");
    ana.writes_page(&hill, "Chemins", "Un pont de bois, et trois gués.\n");
    let made = ana.does(json!({ "command": "meeting.create", "network": hill,
        "title": "Rencontre de mai", "on": "2026-05-12" }));
    ana.does(
        json!({ "command": "meeting.edit", "network": hill, "meeting": made["meeting"],
        "text": "On répare le pont avant l’été." }),
    );
    ana.does(json!({ "command": "charter.edit", "network": shore,
        "text": "Nul ne passe le pont seul." }));

    let everywhere = ana.verb(["search", "PONT"]).done();
    assert_eq!(everywhere.len(), 4, "{everywhere:#?}");
    let kinds: Vec<_> = everywhere.iter().map(|hit| word(&hit["kind"])).collect();
    for (kind, count) in [("page", 2), ("meeting", 1), ("charter", 1)] {
        assert_eq!(
            kinds.iter().filter(|one| **one == kind).count(),
            count,
            "{kinds:?}"
        );
    }
    assert!(everywhere.iter().all(|hit| hit["author"] == "Ana"));
    let here = ana.verb([
        "search",
        "pont",
        "--network",
        "La colline",
        "--kind",
        "page",
    ]);
    assert_eq!(titles(&here.done()), ["Chemins"]);
    let elaborated = ana.verb(["search", "elabore pon"]).done();
    assert_eq!(titles(&elaborated), ["Crue"]);
    assert!(word(&elaborated[0]["excerpt"]).contains("élaboré"));

    // What Bo writes elsewhere is found once it is here, under his name.
    let (door, ticket) = ana.welcomes(&shore, 1);
    bo.joins(&ticket);
    bo.writes_page(&shore, "Gué", "Quand le pont est fermé.\n");
    bo.meets(&door);
    door.stops();
    let by_bo = ana.verb(["search", "pont", "--author", "LINDQ"]).done();
    assert_eq!(titles(&by_bo), ["Gué"]);

    assert!(
        ana.verb(["search", "pont", "--until", "2001-01-01"])
            .done()
            .is_empty()
    );
    assert_eq!(
        ana.verb(["search", "pont", "--since", "2001-01-01"])
            .done()
            .len(),
        5
    );
    let unknown = ana.verb(["search", "pont", "--network", "Nulle part"]);
    assert_eq!(unknown.refused().code, "no-network");
    assert_eq!(ana.verb(["search", "pont", "--since", "hier"]).exit, 2);
}

#[test]
fn whatever_part_of_a_network_words_stand_in_they_are_found() {
    let ana = Peer::named("Ana");
    let network = ana.founds("Les bords du fleuve");
    let does = |command: Value| {
        let mut command = command;
        command["network"] = json!(network);
        ana.does(command)
    };
    does(json!({ "command": "purpose.add", "text": "Héberger des saisonniers" }));
    does(json!({ "command": "value.add", "text": "Franchise" }));
    does(
        json!({ "command": "charter.set", "field": "exchange_rules", "value": "On prévient la veille." }),
    );
    does(json!({ "command": "profile.set", "field": "brings", "value": "Une forge" }));
    let action = does(json!({ "command": "action.add", "title": "Curer le fossé" }));
    does(
        json!({ "command": "check.add", "action": action["action"], "text": "Louer une pelleteuse" }),
    );
    let meeting = does(
        json!({ "command": "meeting.create", "title": "Rencontre de mai",
        "on": "2026-05-12" }),
    );
    does(
        json!({ "command": "agenda.add", "meeting": meeting["meeting"],
        "title": "Partage des clés" }),
    );
    let decision = does(json!({ "command": "decision.create", "title": "Où se voir",
        "template": "choose-simple" }));
    does(
        json!({ "command": "option.add", "decision": decision["decision"],
        "text": "Au lavoir" }),
    );

    for (words, kind, title) in [
        ("saisonniers", "network", ""),
        ("franchise", "charter", ""),
        ("veille previent", "charter", ""),
        ("forge", "notebook", "Ana"),
        ("fosse", "plan", ""),
        ("pelleteuse", "plan", ""),
        ("cles", "meeting", "Rencontre de mai"),
        ("lavoir", "decision", "Où se voir"),
    ] {
        let found = ana.verb(["search", words]).done();
        assert_eq!(found.len(), 1, "« {words} »: {found:#?}");
        assert_eq!(word(&found[0]["kind"]), kind, "« {words} »");
        assert_eq!(word(&found[0]["title"]), title, "« {words} »");
        let of_kind = ana.verb(["search", words, "--kind", kind]).done();
        assert_eq!(of_kind, found);
    }
}
