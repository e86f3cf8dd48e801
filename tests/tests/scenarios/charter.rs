//! A charter that is proposed, adopted, signed and changed by people who are apart.

use serde_json::{Value, json};
use tresse_tests::{Peer, word};

use crate::planning::{c, meet, three, two};

fn adopt(network: &str, version: Option<&str>) -> Value {
    json!({ "command": "charter.adopt", "network": network, "version": version })
}

fn sign(network: &str, version: &str) -> Value {
    json!({ "command": "charter.sign", "network": network, "version": version })
}

fn write(network: &str, text: &str) -> Value {
    json!({ "command": "charter.edit", "network": network, "text": text })
}

/// Each version with its state and who signed it, as the charter's view shows it.
fn versions(peer: &Peer, network: &str) -> Vec<(String, String, Vec<String>)> {
    let versions = peer.sees(network, "charter")["versions"]["versions"].clone();
    let one = |version: &Value| {
        let signed = version["signatures"].as_array().unwrap().iter();
        (
            word(&version["version"]),
            word(&version["state"]),
            signed.map(|one| word(&one["name"])).collect(),
        )
    };
    versions.as_array().unwrap().iter().map(one).collect()
}

fn all_meet(peers: [&Peer; 3]) {
    let [first, others @ ..] = peers;
    let door = first.serves();
    for peer in others.iter().chain(&others) {
        peer.meets(&door);
    }
    door.stops();
}

#[test]
fn two_versions_proposed_apart_are_both_seen_one_is_adopted_and_each_signs_in_their_own_name() {
    let (ana, bo, cy) = (Peer::named("Ana"), Peer::named("Bo"), Peer::named("Cy"));
    let network = ana.founds("Les bords du fleuve");
    let n = network.as_str();
    assert_eq!(ana.may_not(adopt(n, None)).code, "charter-empty");
    ana.does(write(n, "Une personne, une voix.\n"));
    let (door, ticket) = ana.welcomes(n, 2);
    bo.joins(&ticket);
    cy.joins(&ticket);
    door.stops();
    all_meet([&ana, &bo, &cy]);

    // Apart, Ana and Bo each change a word and propose what they have.
    ana.does(write(n, "Une personne, une voix, chaque année relue.\n"));
    let anas = word(&ana.does(adopt(n, None))["version"]);
    bo.does(write(n, "Une structure, une voix.\n"));
    let bos = word(&bo.does(adopt(n, None))["version"]);
    assert_ne!(anas, bos);
    assert_eq!(ana.may_not(sign(n, &anas)).code, "version-not-adopted");
    all_meet([&ana, &bo, &cy]);

    // Cy sees both, reads what each says, and consents to Ana's.
    let states = |peer: &Peer| {
        let mut states: Vec<_> = versions(peer, n)
            .into_iter()
            .map(|(version, state, _)| (version, state))
            .collect();
        states.sort();
        states
    };
    let mut both = vec![
        (anas.clone(), "pending".to_owned()),
        (bos.clone(), "pending".to_owned()),
    ];
    both.sort();
    assert_eq!(states(&cy), both);
    let diff = cy.verb(["diff", n, "charter", "--from", &bos, "--to", &anas]);
    let pieces = diff.one()["pieces"].clone();
    let said = pieces.to_string();
    assert!(
        said.contains(r#"{"out":"structure"}"#) && said.contains(r#"{"in":"personne"}"#),
        "{said}"
    );
    let answer = cy.does(adopt(n, Some(&anas)));
    assert_eq!(answer["adopted"], true, "two of three are enough");

    // Each signs at home; then all meet and see the same.
    cy.does(sign(n, &anas));
    all_meet([&ana, &bo, &cy]);
    ana.does(sign(n, &anas));
    bo.does(sign(n, &anas));
    all_meet([&ana, &bo, &cy]);
    for peer in [&ana, &bo, &cy] {
        let versions = versions(peer, n);
        let adopted = versions.iter().find(|(version, ..)| *version == anas);
        let (_, state, signed) = adopted.unwrap();
        assert_eq!(state, "in-force");
        assert_eq!(*signed, ["Ana", "Bo", "Cy"]);
        // What both wrote has merged meanwhile: it is not what was adopted.
        assert_eq!(peer.sees(n, "charter")["versions"]["changed"], true);
    }
    assert_eq!(ana.digest(n), cy.digest(n));

    // Bo takes the signature back.
    let mut back = sign(n, &anas);
    back["withdraw"] = json!(true);
    bo.does(back);
    all_meet([&ana, &bo, &cy]);
    let signed = versions(&cy, n)
        .into_iter()
        .find(|(version, ..)| *version == anas)
        .unwrap()
        .2;
    assert_eq!(signed, ["Ana", "Cy"]);

    // A later version takes its place; the earlier one and its signatures stay to be read.
    cy.does(write(n, "Une personne, une voix, relue chaque automne.\n"));
    let next = word(&cy.does(adopt(n, None))["version"]);
    all_meet([&ana, &bo, &cy]);
    assert_eq!(ana.does(adopt(n, Some(&next)))["adopted"], true);
    all_meet([&ana, &bo, &cy]);
    let now = states(&bo);
    assert!(now.contains(&(next.clone(), "in-force".into())));
    assert!(now.contains(&(anas.clone(), "replaced".into())));
    assert_eq!(bo.sees(n, "charter")["versions"]["changed"], false);
    assert_eq!(bo.sees(n, "charter")["versions"]["current"], json!(next));
    for peer in [&ana, &bo, &cy] {
        peer.is_sound();
    }
}

#[test]
fn purposes_are_adopted_and_signed_with_the_charter_and_who_changes_them_apart_is_told_so() {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Les bords du fleuve");
    let n = network.as_str();
    let (door, ticket) = ana.welcomes(n, 1);
    bo.joins(&ticket);
    door.stops();
    let meet = || {
        let door = ana.serves();
        bo.meets(&door);
        door.stops();
    };
    let purpose = |text: &str| json!({ "command": "purpose.add", "network": n, "text": text });
    ana.runs(&[write(n, "Une personne, une voix.\n"), purpose("Produire")]);
    meet();

    // Apart, both propose the same; and Bo adds a purpose after that.
    let anas = word(&ana.does(adopt(n, None))["version"]);
    let bos = word(&bo.does(adopt(n, None))["version"]);
    assert_eq!(anas, bos, "who are in step propose the same version");
    bo.does(purpose("Défendre"));
    meet();
    let told = |peer: &Peer| {
        let versions = peer.sees(n, "charter")["versions"].clone();
        (
            versions["changed"].clone(),
            versions["purposes_changed"].clone(),
        )
    };
    // Two consents that knew nothing of each other count once one of the two says so again.
    assert_eq!(ana.does(adopt(n, Some(&anas)))["adopted"], true);
    ana.does(sign(n, &anas));
    meet();
    for peer in [&ana, &bo] {
        assert_eq!(told(peer), (json!(true), json!(true)));
        let diff = peer.verb(["diff", n, "charter", "--from", &anas]).one();
        assert_eq!(diff["field"], "purposes");
        assert!(diff["pieces"].to_string().contains("Défendre"), "{diff}");
    }
    let next = word(&ana.does(adopt(n, None))["version"]);
    assert_ne!(next, anas);
    meet();
    assert_eq!(bo.does(adopt(n, Some(&next)))["adopted"], true);
    meet();
    for peer in [&ana, &bo] {
        assert_eq!(told(peer), (json!(false), json!(false)));
        let earlier = versions(peer, n).into_iter().find(|(one, ..)| *one == anas);
        let (_, state, signed) = earlier.unwrap();
        assert_eq!(
            (state.as_str(), signed),
            ("replaced", vec!["Ana".to_owned()])
        );
        peer.is_sound();
    }
}

#[test]
fn fields_that_two_set_at_once_are_all_kept_until_somebody_chooses() {
    let (ana, bo, network) = two();
    let n = network.as_str();
    let set =
        |field: &str, value: &str| c(n, "charter.set", json!({ "field": field, "value": value }));
    let value = |text: &str| c(n, "value.add", json!({ "text": text }));
    ana.runs(&[
        value("Écoute"),
        set("decision_rule", "À l’unanimité"),
        set("review_date", "2093-01-01"),
    ]);
    bo.runs(&[
        value("Confiance"),
        set("decision_rule", "Par consentement"),
        set("review_date", "2094-01-01"),
        set("method", "consent"),
    ]);
    meet(&ana, &bo, n);
    let charter = |peer: &Peer| peer.sees(n, "charter")["content"].clone();
    let seen = charter(&ana);
    assert_eq!(seen, charter(&bo));
    let mut values: Vec<_> = seen["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| word(&one["text"]))
        .collect();
    values.sort();
    assert_eq!(values, ["Confiance", "Écoute"]);
    assert_eq!(seen["method"], "consent");
    let both = |field: &str| {
        let conflicts = seen["conflicts"].as_array().unwrap();
        let conflict = conflicts.iter().find(|one| one["field"] == field).unwrap();
        let values = conflict["values"].as_array().unwrap();
        assert_eq!(
            values[0]["value"], seen[field],
            "the first is the one shown"
        );
        let mut said: Vec<_> = values.iter().map(|one| word(&one["value"])).collect();
        said.sort();
        said
    };
    assert_eq!(both("decision_rule"), ["Par consentement", "À l’unanimité"]);
    assert_eq!(both("review_date"), ["2093-01-01", "2094-01-01"]);

    // Bo chooses, and that is what stands at both.
    bo.runs(&[
        set("decision_rule", "À l’unanimité"),
        set("review_date", "2093-01-01"),
    ]);
    meet(&ana, &bo, n);
    for peer in [&ana, &bo] {
        let content = charter(peer);
        assert_eq!(content["decision_rule"], "À l’unanimité");
        assert_eq!(content["review_date"], "2093-01-01");
        let conflicts = content["conflicts"].as_array();
        assert!(conflicts.is_none_or(Vec::is_empty), "{content}");
    }
}

#[test]
fn who_signed_stays_named_under_each_version_when_they_leave() {
    let (ana, bo, cy, network) = three();
    let n = network.as_str();
    ana.does(write(n, "Une personne, une voix.\n"));
    let first = word(&ana.does(adopt(n, None))["version"]);
    all_meet([&ana, &bo, &cy]);
    assert_eq!(bo.does(adopt(n, Some(&first)))["adopted"], true);
    bo.does(sign(n, &first));
    cy.does(write(n, "Une personne, une voix, relue chaque automne.\n"));
    all_meet([&ana, &bo, &cy]);
    // The others sign apart; Bo leaves, and lets Ana know on a stick.
    ana.does(sign(n, &first));
    cy.does(sign(n, &first));
    bo.does(c(n, "network.leave", json!({})));
    let file = bo.path("adieu.tresse-bundle");
    let file = file.to_str().unwrap();
    bo.verb(["bundle", "make", n, file]).one();
    ana.verb(["bundle", "take", file]).one();
    meet(&ana, &cy, n);

    let told = |peer: &Peer| {
        let versions = peer.sees(n, "charter")["versions"]["versions"].clone();
        let found = versions.as_array().unwrap().iter();
        let mut found = found.filter(|one| one["version"] == first);
        let version = found.next().unwrap().clone();
        let signed = version["signatures"].as_array().unwrap().iter();
        let signed = signed.map(|one| (word(&one["name"]), one["former"].as_bool().unwrap()));
        (
            word(&version["state"]),
            signed.collect::<Vec<_>>(),
            version["unsigned"].clone(),
        )
    };
    let signed = [("Ana", false), ("Cy", false), ("Bo", true)];
    let signed = signed
        .map(|(name, former)| (name.to_owned(), former))
        .to_vec();
    for peer in [&ana, &cy] {
        let expected = ("in-force".to_owned(), signed.clone(), json!([]));
        assert_eq!(told(peer), expected);
    }
    // And under an earlier version, once another took its place.
    let next = word(&ana.does(adopt(n, None))["version"]);
    meet(&ana, &cy, n);
    assert_eq!(cy.does(adopt(n, Some(&next)))["adopted"], true);
    meet(&ana, &cy, n);
    for peer in [&ana, &cy] {
        assert_eq!(told(peer).0, "replaced");
        assert_eq!(told(peer).1, signed);
        peer.is_sound();
    }
}

#[test]
fn what_is_no_version_is_refused_in_words() {
    let ana = Peer::named("Ana");
    let network = ana.founds("Atelier");
    let n = network.as_str();
    ana.does(write(n, "Nous.\n"));
    let unknown = "0".repeat(32);
    for command in [adopt(n, Some(&unknown)), sign(n, &unknown)] {
        assert_eq!(ana.may_not(command).code, "unknown-version");
    }
    assert_eq!(ana.may_not(adopt(n, Some("?"))).code, "unknown-version");
    let answer = ana.does(adopt(n, None));
    assert_eq!(answer["adopted"], true, "alone, one is enough");
    let again = ana.does(adopt(n, None));
    assert_eq!(again, answer, "said once, it stays said");
    let head = "f".repeat(64);
    let failed = ana.verb(["diff", n, "charter", "--from", &head]);
    assert_eq!(failed.refused().code, "unknown-version");
}

#[test]
fn undo_concerns_what_was_done_last_and_what_was_said_for_good_stays_with_the_words_before_it() {
    let ana = Peer::named("Ana");
    let network = ana.founds("Les bords du fleuve");
    let n = network.as_str();
    let text = "Une personne, une voix.\n";
    let undo = || json!({ "command": "history.undo", "network": n });
    let redo = || json!({ "command": "history.redo", "network": n });
    let give = json!({
        "command": "mandate.give", "network": n, "role": "pilot", "holder": ana.member(),
        "from": "2027-01-01", "to": "2093-01-01",
    });
    let held = || {
        let roles = ana.sees(n, "members")["mandates"].clone();
        roles.as_array().unwrap().len()
    };
    let body = || word(&ana.sees(n, "charter")["content"]["body"]);

    // The history lasts as long as the process: what belongs together is said in one.
    let answers = ana.runs(&[write(n, text), give.clone(), undo()]);
    assert_eq!(answers[2]["undone"], 1, "{answers:?}");
    assert_eq!((body().as_str(), held()), (text, 0));
    let answers = ana.runs(&[give, undo(), redo()]);
    assert_eq!(answers[2]["redone"], 1, "{answers:?}");
    assert_eq!(held(), 1);

    let longer = "Une personne, une voix, relue chaque automne.\n";
    let answers = ana.tries(&[
        write(n, longer),
        adopt(n, None),
        undo(),
        undo(),
        json!({ "command": "purpose.add", "network": n, "text": "Produire" }),
        undo(),
        undo(),
    ]);
    for refused in [&answers[2], &answers[3], &answers[6]] {
        assert_eq!(refused["error"]["code"], "stays-charter", "{answers:?}");
    }
    assert_eq!(answers[5]["ok"]["undone"], 1, "{answers:?}");
    assert_eq!(body(), longer);
    assert_eq!(versions(&ana, n).len(), 1);
    assert_eq!(ana.sees(n, "home")["network"]["purposes"], json!([]));
    ana.is_sound();
}

#[test]
fn two_state_apart_what_their_organisations_expect_and_everybody_reads_both() {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Les bords du fleuve");
    let n = network.as_str();
    let (door, ticket) = ana.welcomes(n, 1);
    bo.joins(&ticket);
    door.stops();
    let set = |field: &str, value: &str| json!({ "command": "profile.set", "network": n, "field": field, "value": value });
    let asked = |peer: &Peer| {
        let asked = peer.sees(n, "home")["asked"].clone();
        let asked = asked.as_array().unwrap().iter();
        asked.map(|one| word(&one["what"])).collect::<Vec<_>>()
    };
    assert!(
        asked(&ana).is_empty(),
        "who has no organisation states nothing"
    );
    ana.does(set("organisation", "Les Ateliers"));
    assert_eq!(asked(&ana), ["state-added-value"]);
    ana.runs(&[
        set("added_value", "Une méthode commune"),
        set("added_value_on", "2020-05-01"),
    ]);
    assert_eq!(asked(&ana), ["read-added-value"]);
    let ahead = ana.may_not(set("added_value_on", "2999-01-01"));
    assert_eq!(ahead.code, "looked-ahead");
    bo.runs(&[
        set("organisation", "La Commune"),
        set("added_value", "Du poids auprès de la région"),
    ]);
    let door = ana.serves();
    bo.meets(&door);
    door.stops();
    for peer in [&ana, &bo] {
        let directory = peer.sees(n, "overview")["directory"].clone();
        let stated: Vec<(String, String)> = directory
            .as_array()
            .unwrap()
            .iter()
            .map(|one| {
                let person = &one["people"][0];
                (word(&one["organisation"]), word(&person["added_value"]))
            })
            .collect();
        assert_eq!(
            stated,
            [
                (
                    "La Commune".to_owned(),
                    "Du poids auprès de la région".to_owned()
                ),
                ("Les Ateliers".to_owned(), "Une méthode commune".to_owned()),
            ]
        );
    }
    let folder = ana.path("export");
    let to = folder.to_str().unwrap();
    ana.verb(["export", n, "--format", "markdown", "--to", to])
        .done();
    let charter = std::fs::read_to_string(folder.join("charter.md")).unwrap();
    assert!(
        charter.contains("Ce que chaque structure en attend")
            && charter.contains("Du poids auprès de la région")
            && charter.contains("revu le 2020-05-01"),
        "{charter}"
    );
}
