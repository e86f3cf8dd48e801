//! Members who write apart and meet.

use serde_json::json;
use tresse_tests::{Peer, word};

#[test]
fn two_who_wrote_apart_in_one_paragraph_and_one_field_both_see_everything() {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Rencontre", "Nous étions douze, il pleuvait.\n");
    let action = ana.does(json!({
        "command": "action.add", "network": network, "title": "Réserver la salle",
    }));
    let action = word(&action["action"]);
    let (door, ticket) = ana.welcomes(&network, 1);
    assert_eq!(bo.joins(&ticket), network);
    door.stops();
    assert_eq!(ana.digest(&network), bo.digest(&network));

    // Ana on the train, Bo in the village hall: nobody is connected.
    let due = |date: &str| {
        json!({ "command": "action.set", "network": network, "action": action, "field": "due",
            "value": date })
    };
    let splice = |at: usize, insert: &str| {
        json!({ "command": "page.edit", "network": network, "page": page, "at": at,
            "insert": insert })
    };
    ana.runs(&[splice(5, " (Ana compte)"), due("2027-01-10")]);
    bo.runs(&[splice(18, " ou treize"), due("2027-02-20")]);
    assert_ne!(ana.digest(&network), bo.digest(&network));

    let door = ana.serves();
    let meeting = bo.meets(&door);
    door.stops();
    assert_eq!(meeting["peers"], 1);
    assert_eq!(ana.digest(&network), bo.digest(&network));
    for peer in [&ana, &bo] {
        let text = peer.text(&network, &page);
        assert!(
            text.contains(" (Ana compte)") && text.contains(" ou treize"),
            "{text}"
        );
        assert_eq!(
            text.chars().count(),
            32 + 13 + 10,
            "nothing else changed: {text}"
        );
    }

    let (at_ana, at_bo) = (ana.action(&network, &action), bo.action(&network, &action));
    assert_eq!(at_ana, at_bo, "the same winner at both");
    let conflict = &at_ana["conflicts"][0];
    assert_eq!(conflict["field"], "due");
    let mut values: Vec<_> = conflict["values"].as_array().unwrap().iter().collect();
    assert_eq!(
        values[0]["value"], at_ana["due"],
        "the first is the one shown"
    );
    values.sort_by_key(|value| value["value"].to_string());
    let expected = [
        json!({ "value": "2027-01-10", "author": ana.member() }),
        json!({ "value": "2027-02-20", "author": bo.member() }),
    ];
    assert_eq!(values, expected.iter().collect::<Vec<_>>());

    // Somebody settles it, and the conflict is over at both.
    let loser = word(&conflict["values"][1]["value"]);
    bo.does(due(&loser));
    ana.meets(&bo.serves());
    let settled = ana.action(&network, &action);
    assert_eq!(
        (&settled["due"], &settled["conflicts"]),
        (&json!(loser), &json!(null))
    );
    ana.is_sound();
    bo.is_sound();
}

#[test]
fn a_meeting_with_nothing_new_is_one_short_round_trip() {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Les bords du fleuve");
    let pages: Vec<_> = (0..60)
        .map(|page| {
            json!({ "command": "page.create", "network": network, "title": format!("Page {page}"),
                "text": "Des mots.\n".repeat(100) })
        })
        .collect();
    ana.runs(&pages);
    let (door, ticket) = ana.welcomes(&network, 1);
    bo.joins(&ticket);
    let meeting = bo.meets(&door);
    println!("60 pages, nothing new: {meeting}");
    assert_eq!(meeting["documents"], 60 + 3 + 2);
    assert_eq!(meeting["round_trips"], 1);
    let bytes =
        meeting["sent_bytes"].as_u64().unwrap() + meeting["received_bytes"].as_u64().unwrap();
    assert!(bytes < 2000, "{bytes} bytes for nothing new");
}

#[test]
fn work_reaches_a_member_who_never_met_its_author_and_bears_the_authors_name() {
    let (ana, bo, chloe) = (Peer::named("Ana"), Peer::named("Bo"), Peer::named("Chloé"));
    let network = ana.founds("Les bords du fleuve");
    let (door, ticket) = ana.welcomes(&network, 1);
    bo.joins(&ticket);
    door.stops();
    // Chloé comes in by Bo, and from then on meets nobody but Bo.
    let (door, ticket) = bo.welcomes(&network, 1);
    chloe.joins(&ticket);
    door.stops();

    let page = ana.writes_page(&network, "Bilan", "Écrit par Ana.\n");
    ana.does(
        json!({ "command": "charter.set", "network": network, "field": "decision_rule",
        "value": "Le consentement." }),
    );
    let door = ana.serves();
    bo.meets(&door);
    door.stops();
    bo.does(
        json!({ "command": "page.edit", "network": network, "page": page, "at": 15,
        "insert": "Relu par Bo.\n" }),
    );
    let door = bo.serves();
    chloe.meets(&door);
    door.stops();

    assert_eq!(
        chloe.text(&network, &page),
        "Écrit par Ana.\nRelu par Bo.\n"
    );
    assert_eq!(chloe.digest(&network), bo.digest(&network));
    let history = chloe.history(&network, &page);
    let who: Vec<_> = history
        .iter()
        .map(|group| [&group["name"], &group["author"], &group["device"]].map(word))
        .collect();
    let expected = [&bo, &ana].map(|peer| {
        let name = peer.name().to_owned();
        [name, peer.member(), peer.device()]
    });
    assert_eq!(who, expected, "newest first, each under their own name");
    let charter = chloe.history(&network, "charter");
    assert_eq!(charter[0]["author"], ana.member());
    assert_eq!(chloe.members(&network), ["Ana", "Bo", "Chloé"]);

    // And back: Ana gets Chloé's words by way of Bo.
    chloe.does(
        json!({ "command": "page.edit", "network": network, "page": page, "at": 0,
        "insert": "Chloé était là.\n" }),
    );
    bo.meets(&chloe.serves());
    ana.meets(&bo.serves());
    assert!(
        ana.text(&network, &page)
            .starts_with("Chloé était là.\nÉcrit par Ana.")
    );
    assert_eq!(ana.digest(&network), chloe.digest(&network));
    assert_eq!(ana.members(&network), ["Ana", "Bo", "Chloé"]);
}

#[test]
fn who_shares_one_network_learns_nothing_of_another_and_can_be_invited_into_it_while_connected() {
    let [ana, bo, chloe] = ["Ana", "Bo", "Chloé"].map(Peer::named);
    let shared = ana.founds("Commun");
    let private = ana.founds("Entre nous");
    ana.writes_page(&private, "Secret", "Rien que pour nous.\n");
    let (door, ticket) = ana.welcomes(&shared, 2);
    bo.joins(&ticket);
    chloe.joins(&ticket);
    bo.meets(&door);
    door.stops();
    assert_eq!(bo.networks().len(), 1);

    let mut ana_desk = ana.sits_down();
    let mut bo_desk = bo.sits_down_beside(&ana_desk);
    bo_desk.is_in_step(&shared);
    let invite = json!({ "command": "invite.create", "network": private, "uses": 1,
        "expires_in": 3600 });
    let ticket = word(&ana_desk.does(&invite)["ticket"]);
    // The connection stands already: the ticket is used all the same.
    bo_desk.does(&json!({ "command": "invite.accept", "ticket": ticket }));
    bo_desk.waits_until("the other network is there", |desk| {
        let networks = desk.does(&json!({ "ask": "networks" }));
        networks.as_array().unwrap().len() == 2
    });
    for desk in [&mut ana_desk, &mut bo_desk] {
        desk.is_in_step(&private);
        desk.is_in_step(&shared);
    }
    let page = ana_desk.does(&json!({ "command": "page.create", "network": private,
        "title": "Pour Bo", "text": "En direct.\n" }));
    let page = word(&page["page"]);
    bo_desk.waits_until("Ana's page is there", |desk| {
        let pages = desk.looks(&private, "pages")["pages"].to_string();
        pages.contains("Pour Bo")
    });
    assert_eq!(bo_desk.text(&private, &page), "En direct.\n");
    bo_desk.closes();
    ana_desk.closes();

    // Chloé, who is in the first only, meets both and gets nothing of the second.
    for peer in [&ana, &bo] {
        let door = peer.serves();
        chloe.meets(&door);
        door.stops();
    }
    let networks = chloe.networks();
    assert_eq!(networks.len(), 1, "{networks:?}");
    assert_eq!(networks[0]["network"], shared);
    assert_eq!(chloe.digest(&shared), ana.digest(&shared));
    assert_eq!(ana.members(&private), ["Ana", "Bo"]);
}

#[test]
fn two_who_reach_for_each_other_at_once_meet_once() {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Les bords du fleuve");
    let (door, ticket) = ana.welcomes(&network, 1);
    bo.joins(&ticket);
    door.stops();
    let door = bo.serves();
    ana.meets(&door);
    door.stops();
    // Both know where the other listens, both dial, several times over.
    for round in 0..3 {
        let text = format!("Tour {round}");
        for peer in [&ana, &bo] {
            peer.does(json!({ "command": "value.add", "network": network, "text": text }));
        }
        let ana_desk = ana.sits_down();
        let mut bo_desk = bo.sits_down_beside(&ana_desk);
        bo_desk.is_in_step(&network);
        let mut ana_desk = ana_desk;
        ana_desk.is_in_step(&network);
        for desk in [&mut ana_desk, &mut bo_desk] {
            assert_eq!(desk.looks(&network, "sync")["connected"], 1);
        }
        bo_desk.closes();
        ana_desk.closes();
        assert_eq!(ana.digest(&network), bo.digest(&network));
    }
}

#[test]
fn a_page_as_long_as_a_book_reaches_the_other_whole() {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Les bords du fleuve");
    let (door, ticket) = ana.welcomes(&network, 1);
    bo.joins(&ticket);
    door.stops();
    let book = "Il était une fois un réseau – long, très long. 🦀\n".repeat(12_000);
    let page = ana.writes_page(&network, "Le livre", &book);
    let door = ana.serves();
    let meeting = bo.meets(&door);
    println!("{} bytes of text: {meeting}", book.len());
    door.stops();
    assert_eq!(bo.text(&network, &page), book);
    bo.does(
        json!({ "command": "page.edit", "network": network, "page": page, "at": 0,
        "insert": "Avant. " }),
    );
    let door = ana.serves();
    let meeting = bo.meets(&door);
    door.stops();
    println!("one word more: {meeting}");
    assert!(meeting["sent_bytes"].as_u64().unwrap() < 5_000, "{meeting}");
    assert_eq!(
        ana.text(&network, &page).chars().count(),
        book.chars().count() + 7
    );
}
