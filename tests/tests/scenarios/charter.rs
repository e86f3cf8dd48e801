//! A charter that is proposed, adopted, signed and changed by people who are apart.

use serde_json::{Value, json};
use tresse_tests::{Peer, word};

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
    let states = states(&bo);
    assert!(states.contains(&(next.clone(), "in-force".into())));
    assert!(states.contains(&(anas.clone(), "replaced".into())));
    assert_eq!(bo.sees(n, "charter")["versions"]["changed"], false);
    assert_eq!(bo.sees(n, "charter")["versions"]["current"], json!(next));
    for peer in [&ana, &bo, &cy] {
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
