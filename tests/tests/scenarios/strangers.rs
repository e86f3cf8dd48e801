//! Those who are no members.

use serde_json::json;
use tresse_tests::{Crafted, Knock, Peer};
use tresse_trust::Ticket;

const NAME: &str = "Les bords du fleuve secret";

/// Everything that a stranger must not learn, as text and as bytes.
fn secrets(peers: &[&Peer], network: &str) -> Vec<Vec<u8>> {
    let mut secrets: Vec<Vec<u8>> = vec![NAME.into(), "fleuve".into(), network.into()];
    let id: tresse_model::NetworkId = network.parse().unwrap();
    secrets.push(id.as_bytes().to_vec());
    for peer in peers {
        secrets.push(peer.name().into());
        secrets.push(peer.member().into());
    }
    let digest = peers[0].digest(network);
    for (doc, _) in digest["documents"].as_object().unwrap() {
        let doc: tresse_model::DocId = doc.parse().unwrap();
        secrets.push(doc.to_string().into());
        secrets.push(doc.to_bytes()[1..].to_vec());
    }
    secrets
}

#[track_caller]
fn says_nothing_of(secrets: &[Vec<u8>], said: &[u8]) {
    for secret in secrets {
        let told = said
            .windows(secret.len())
            .any(|window| window == &secret[..]);
        let secret = String::from_utf8_lossy(secret);
        assert!(
            !told,
            "« {secret} » was told: {}",
            String::from_utf8_lossy(said)
        );
    }
}

#[test]
fn a_stranger_who_knows_the_address_is_sent_away_and_learns_nothing_while_members_meet() {
    let [ana, bo, eve] = ["Anaïs", "Borislav", "Eve"].map(Peer::named);
    let network = ana.founds(NAME);
    eve.founds("Un réseau à elle");
    let (door, ticket) = ana.welcomes(&network, 1);
    bo.joins(&ticket);
    let events = door.stops();
    let secrets = secrets(&[&ana, &bo], &network);
    println!("{} secrets, {} events before", secrets.len(), events.len());

    let door = ana.serves();
    let contact = door.contact();
    std::thread::scope(|scope| {
        let outsider = scope.spawn(|| {
            let outcomes: Vec<_> = (0..3)
                .map(|_| eve.verb(["sync", "--lan-only", "--timeout", "3", "--peer", &contact]))
                .collect();
            outcomes
        });
        for round in 0..3 {
            bo.does(json!({ "command": "value.add", "network": network,
                "text": format!("Entraide {round}") }));
            let meeting = bo.meets(&door);
            assert_eq!(meeting["peers"], 1);
        }
        for outcome in outsider.join().unwrap() {
            let said = format!("{:?}{}", outcome.lines, outcome.errors);
            says_nothing_of(&secrets, said.as_bytes());
            let refusal = outcome.refused();
            assert_eq!(refusal.code, "nothing-shared", "{refusal:?}");
        }
    });
    let events = door.stops();
    let eve_device = eve.device();
    let refused = events.iter().filter(|event| event["event"] == "refused");
    let refused: Vec<_> = refused.collect();
    assert!(!refused.is_empty());
    for event in refused {
        assert_eq!(
            (&event["device"], &event["code"]),
            (&json!(eve_device), &json!("nothing-shared"))
        );
    }
    assert_eq!(ana.digest(&network), bo.digest(&network));
    assert_eq!(ana.members(&network).len(), 2);
    // Ana learnt nothing of Eve's network either.
    assert_eq!(ana.networks().len(), 1);
}

#[test]
fn on_the_wire_a_stranger_is_told_the_same_at_a_house_with_networks_as_at_an_empty_one() {
    let (ana, empty) = (Peer::named("Anaïs"), Peer::named("Vide"));
    let network = ana.founds(NAME);
    ana.writes_page(&network, "fleuve", "fleuve");
    let (full_house, ticket) = ana.welcomes(&network, 3);
    let empty_house = empty.serves();
    let secrets = {
        let mut secrets: Vec<Vec<u8>> = vec![NAME.into(), "fleuve".into(), network.clone().into()];
        let id: tresse_model::NetworkId = network.parse().unwrap();
        secrets.push(id.as_bytes().to_vec());
        secrets
    };
    let mut forged: Ticket = ticket.parse().unwrap();
    forged.secret = tresse_trust::InviteSecret::from_seed([7; 32]);

    let mut eve = Crafted::named("Eve");
    let huge = vec![0xff; 60 * 1024];
    for (what, knock) in [
        ("a greeting that proves nothing", Knock::Greeting),
        (
            "the right network, a wrong invitation",
            Knock::Ticket(Box::new(forged)),
        ),
        (
            "garbage",
            Knock::Bytes(vec![b"GET / HTTP/1.1\r\n\r\n".to_vec()]),
        ),
        ("zeros", Knock::Bytes(vec![vec![0; 4096]])),
        (
            "more than a greeting may be",
            Knock::Bytes(vec![huge.clone(), huge]),
        ),
        (
            "an empty frame, then garbage",
            Knock::Bytes(vec![Vec::new(), vec![0x80; 64]]),
        ),
    ] {
        let at_full = eve.knocks(&full_house.contact(), knock.clone());
        let at_empty = eve.knocks(&empty_house.contact(), knock);
        println!("{what}: {at_full:?}");
        assert_eq!(at_full, at_empty, "{what}: the two houses differ");
        let mut said = at_full.frames.concat();
        said.extend_from_slice(at_full.reason.as_bytes());
        says_nothing_of(&secrets, &said);
        assert!(at_full.frames.is_empty(), "{what}: something was said");
    }
    // After all that the house still lets in whoever has a true ticket.
    let bo = Peer::named("Bo");
    assert_eq!(bo.joins(&ticket), network);
    empty_house.stops();
    let events = full_house.stops();
    let refused = events.iter().filter(|event| event["event"] == "refused");
    assert_eq!(refused.count(), 6, "{events:#?}");
    ana.is_sound();
}
