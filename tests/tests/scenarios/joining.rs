//! Coming in with a ticket, and what happens to tickets that do not serve.

use serde_json::json;
use tresse_tests::{Crafted, Peer, word};
use tresse_trust::Ticket;

fn now_ms() -> u64 {
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
    now.as_millis().try_into().unwrap()
}

#[test]
fn a_member_who_did_not_invite_lets_the_newcomer_in_while_the_inviter_is_away() {
    let (ana, bo, chloe) = (Peer::named("Ana"), Peer::named("Bo"), Peer::named("Chloé"));
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Bienvenue", "Lisez-moi.\n");
    let (door, ticket) = ana.welcomes(&network, 1);
    bo.joins(&ticket);
    door.stops();

    // Ana learns where Bo listens, makes an invitation, Bo hears of it; then Ana is away for good.
    let door = bo.serves();
    ana.meets(&door);
    door.stops();
    let ticket = ana.invites(&network, 1);
    let door = bo.serves();
    ana.meets(&door);
    assert_eq!(chloe.joins(&ticket), network);
    let events = door.stops();
    let admitted = events.iter().find(|event| event["event"] == "admitted");
    assert_eq!(admitted.unwrap()["device"], chloe.device());

    assert_eq!(chloe.text(&network, &page), "Lisez-moi.\n");
    assert_eq!(chloe.digest(&network), bo.digest(&network));
    let members = chloe.sees(&network, "members");
    let me = members["members"].as_array().unwrap().iter();
    let me = me.clone().find(|member| member["is_me"] == true).unwrap();
    assert_eq!(me["admitted_by"], bo.member());
    // When Ana comes back she finds Chloé there.
    let door = chloe.serves();
    ana.meets(&door);
    assert_eq!(ana.members(&network), ["Ana", "Bo", "Chloé"]);
}

#[test]
fn a_ticket_that_cannot_be_right_is_refused_with_its_own_reason_and_nothing_is_joined() {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Les bords du fleuve");
    let (door, ticket) = ana.welcomes(&network, 5);

    let mut old: Ticket = ticket.parse().unwrap();
    old.expires_ms = now_ms() - 1;
    let altered = {
        let mut letters: Vec<char> = ticket.chars().collect();
        let at = letters.len() / 2;
        letters[at] = if letters[at] == 'a' { 'b' } else { 'a' };
        letters.into_iter().collect::<String>()
    };
    let half: String = ticket.chars().take(ticket.len() / 2).collect();
    let newer = ticket.replacen("tresse1", "tresse2", 1);
    for (ticket, code) in [
        (old.to_string(), "ticket-expired"),
        (half, "ticket-truncated"),
        (altered, "ticket-damaged"),
        (newer, "ticket-newer-version"),
        ("Rendez-vous mardi à 18 h".to_owned(), "ticket-not-a-ticket"),
        (
            "\u{0}\u{202e}🦀".repeat(1000).replace('\u{0}', "?"),
            "ticket-not-a-ticket",
        ),
        (String::new(), "ticket-not-a-ticket"),
        ("tresse".to_owned(), "ticket-not-a-ticket"),
        ("tresse1".to_owned(), "ticket-truncated"),
    ] {
        let refusal = bo.tries_to_join(&ticket).refused();
        assert_eq!(refusal.code, code, "{ticket}");
        assert!(refusal.message.len() > 20, "{refusal:?}");
    }
    // Each cut of it says that it is cut, whatever the length.
    for length in (7..ticket.len()).step_by(41) {
        let refusal = bo.tries_to_join(&ticket[..length]).refused();
        assert_eq!(refusal.code, "ticket-truncated", "cut after {length}");
    }
    assert!(bo.networks().is_empty());
    let events = door.stops();
    let admitted = events.iter().any(|event| event["event"] == "admitted");
    assert!(!admitted, "{events:?}");

    // The same ticket, whole, in capitals and with the line breaks of an e-mail, opens the door.
    let _door = ana.serves();
    let lines: Vec<_> = ticket
        .as_bytes()
        .chunks(40)
        .map(String::from_utf8_lossy)
        .collect();
    let mailed = format!("  {}\r\n", lines.join("\r\n").to_uppercase());
    assert_eq!(bo.joins(&mailed), network);
    // Once in, the ticket lets nobody in any more; but it says where Ana is.
    assert_eq!(bo.joins(&ticket), network);
    assert_eq!(bo.members(&network).len(), 2);
}

#[test]
fn a_ticket_used_up_withdrawn_or_past_its_time_is_refused_by_the_members_and_says_why() {
    let [ana, bo, chloe] = ["Ana", "Bo", "Chloé"].map(Peer::named);
    let network = ana.founds("Les bords du fleuve");
    let (door, used) = ana.welcomes(&network, 1);
    bo.joins(&used);
    let refusal = chloe.tries_to_join(&used).refused();
    assert_eq!(refusal.code, "invite-used", "{refusal:?}");
    door.stops();

    let made = ana.does(
        json!({ "command": "invite.create", "network": network, "uses": 3,
        "expires_in": 86_400 }),
    );
    let invitation = word(&made["invitation"]);
    ana.does(json!({ "command": "invite.revoke", "network": network, "invitation": invitation }));
    let door = ana.serves();
    let refusal = chloe.tries_to_join(&word(&made["ticket"])).refused();
    assert_eq!(refusal.code, "invite-revoked", "{refusal:?}");
    door.stops();

    // A member whose clock is wrong, or who lies, made an invitation that ended an hour ago and a
    // ticket that says otherwise: Ana judges by her own clock.
    let (door, ticket) = ana.welcomes(&network, 1);
    let mut dan = Crafted::named("Dan");
    let id = dan.joins(&ticket, &door.contact()).unwrap();
    let mut late = dan.invites(&id, now_ms() - 3_600_000, now_ms() + 3_600_000);
    dan.meets(&door.contact());
    // (Only Ana is named: of several, another might know better.)
    late.contacts = ticket.parse::<Ticket>().unwrap().contacts;
    late.contacts.truncate(1);
    let refusal = chloe.tries_to_join(&late.to_string()).refused();
    assert_eq!(refusal.code, "invite-expired", "{refusal:?}");

    // An invitation that no member ever made.
    let mut forged: Ticket = ticket.parse().unwrap();
    forged.secret = tresse_trust::InviteSecret::from_seed([3; 32]);
    let outcome = chloe.verb(["join", &forged.to_string(), "--lan-only", "--timeout", "5"]);
    let refusal = outcome.refused();
    assert_eq!(
        refusal.code, "nothing-shared",
        "a stranger is told nothing else: {refusal:?}"
    );
    door.stops();
    assert!(chloe.networks().is_empty());
    assert_eq!(ana.members(&network), ["Ana", "Bo", "Dan"]);
}

#[test]
fn nobody_at_home_is_said_so_and_the_ticket_serves_later() {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Les bords du fleuve");
    let (door, ticket) = ana.welcomes(&network, 1);
    door.stops();
    let outcome = bo.verb(["join", &ticket, "--lan-only", "--timeout", "2"]);
    assert_eq!(outcome.refused().code, "unreachable");
    assert!(bo.networks().is_empty());
    let _door = ana.serves();
    assert_eq!(bo.joins(&ticket), network);
}

#[test]
fn one_place_given_twice_by_members_out_of_reach_of_each_other_is_seen_the_same_everywhere() {
    let [ana, bo, chloe, dan, eve] = ["Ana", "Bo", "Chloé", "Dan", "Eve"].map(Peer::named);
    let network = ana.founds("Les bords du fleuve");
    let (door, ticket) = ana.welcomes(&network, 1);
    bo.joins(&ticket);
    door.stops();
    // Both members know the invitation and each other's place, then lose sight of each other.
    let ticket = ana.invites(&network, 1);
    let door = bo.serves();
    ana.meets(&door);
    door.stops();
    let only = |who: &Peer| {
        let mut ticket: Ticket = ticket.parse().unwrap();
        let device = who.device().parse().unwrap();
        let place = who.loopback().parse().unwrap();
        ticket.contacts.retain(|contact| contact.device == device);
        ticket.contacts.truncate(1);
        let mut contact = ticket
            .contacts
            .first()
            .cloned()
            .unwrap_or(tresse_trust::Contact {
                device,
                addresses: Vec::new(),
                relay: None,
            });
        contact.addresses = vec![place];
        ticket.contacts = vec![contact];
        ticket.to_string()
    };
    let (to_ana, to_bo) = (only(&ana), only(&bo));
    let door = ana.serves();
    assert_eq!(chloe.joins(&to_ana), network);
    door.stops();
    let door = bo.serves();
    assert_eq!(dan.joins(&to_bo), network);
    ana.meets(&door);
    door.stops();

    // Nobody who was let in is put out again: both are in, at everybody's, with who let them in.
    let door = ana.serves();
    for peer in [&chloe, &dan, &bo] {
        peer.meets(&door);
    }
    chloe.meets(&door);
    let refusal = eve.tries_to_join(&to_ana).refused();
    assert_eq!(refusal.code, "invite-used", "{refusal:?}");
    door.stops();
    for peer in [&ana, &bo, &chloe, &dan] {
        let view = peer.sees(&network, "members");
        let sponsors: Vec<_> = view["members"]
            .as_array()
            .unwrap()
            .iter()
            .map(|member| (word(&member["name"]), member["admitted_by"].clone()))
            .collect();
        let (by_ana, by_bo) = (json!(ana.member()), json!(bo.member()));
        let expected = [
            ("Ana".to_owned(), json!(null)),
            ("Bo".to_owned(), by_ana.clone()),
            ("Chloé".to_owned(), by_ana),
            ("Dan".to_owned(), by_bo),
        ];
        assert_eq!(sponsors, expected, "at {}", peer.name());
        assert_eq!(
            peer.digest(&network),
            ana.digest(&network),
            "at {}",
            peer.name()
        );
        peer.is_sound();
    }
}

#[test]
fn invitations_are_listed_with_who_came_in_by_them_and_closed_and_travel_as_files() {
    let [ana, bo, chloe] = ["Ana", "Bo", "Chloé"].map(Peer::named);
    let network = ana.founds("Les bords du fleuve");
    let file = ana.path("invitation.tresse");
    let file = file.to_str().unwrap();
    let made = ana
        .verb(["invite", &network, "--uses", "2", "--save", file])
        .one();
    assert_eq!(made["saved"], file);
    let over = ana.verb(["invite", &network, "--save", file]).refused();
    assert_eq!(over.code, "file-exists");
    let invitation = word(&made["invitation"]);
    let list = |peer: &Peer, more: &[&str]| {
        let words = ["invite", "list", &network].into_iter();
        peer.verb(words.chain(more.iter().copied())).done()
    };
    let first = list(&ana, &[]);
    assert_eq!(first.len(), 1, "what was refused was not made: {first:?}");
    assert_eq!(
        (&first[0]["state"], &first[0]["used_by"]),
        (&json!("open"), &json!([]))
    );

    let door = ana.serves();
    let joined = bo.verb(["join", "--file", file, "--lan-only"]).one();
    assert_eq!(joined["network"], network.as_str());
    let line = &list(&bo, &[])[0];
    assert_eq!(line["invitation"], invitation.as_str());
    assert_eq!((&line["uses"], &line["uses_left"]), (&json!(2), &json!(1)));
    assert_eq!(
        (&line["name"], &line["used_by"][0]["name"]),
        (&json!("Ana"), &json!("Bo"))
    );
    door.stops();

    ana.verb(["invite", "revoke", &network, &invitation]).done();
    assert_eq!(list(&ana, &[]), [json!(null); 0]);
    assert_eq!(list(&ana, &["--all"])[0]["state"], "closed");
    let unknown = ana.verb(["invite", "revoke", &network, "x"]).refused();
    assert_eq!(unknown.code, "no-invitation");
    let door = ana.serves();
    let late = chloe.verb(["join", "--file", file, "--lan-only", "--timeout", "9"]);
    assert_eq!(late.refused().code, "invite-revoked");
    door.stops();
}
