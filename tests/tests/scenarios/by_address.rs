//! Where multicast does not pass, one address is enough: it is typed or pasted, whoever is there says where the others are, and all link with each
//! other.

use serde_json::{Value, json};
use tresse_tests::{Desk, Host, Peer, Room, hosts_can_be_made, word};

fn meet(at: &str) -> Value {
    json!({ "command": "net.meet", "at": at })
}

fn address(desk: &mut Desk) -> Value {
    desk.does(&json!({ "command": "net.address" }))
}

/// The devices that are linked with this one.
fn linked(desk: &mut Desk) -> Vec<String> {
    let status = desk.does(&json!({ "ask": "status" }));
    let peers = status["peers"].as_array().unwrap().iter();
    peers.map(|peer| word(&peer["device"])).collect()
}

fn is_linked_with(desk: &mut Desk, device: &str) {
    desk.waits_until("linked directly", |desk| {
        linked(desk).iter().any(|one| one == device)
    });
}

/// Three who joined in one room come into another, in which no multicast passes and all have other addresses.
fn in_a_room_without_multicast(addresses: [&str; 3]) {
    if !hosts_can_be_made() {
        return;
    }
    let room = Room::new();
    let hosts: [Host; 3] = std::array::from_fn(|_| Host::new());
    for (host, last) in hosts.iter().zip(1..) {
        room.plug_in(host);
        host.moves_to(&[&format!("10.85.0.{last}/24")]);
    }
    let names = ["Ana", "Bo", "Chloé"];
    let [ana, bo, chloe] = std::array::from_fn(|at| Peer::at(&hosts[at], names[at]));
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Trace", "Début.\n");
    let ticket = ana.invites(&network, 2);
    let door = ana.serves_with(&["--lan-only"]);
    bo.joins(&ticket);
    chloe.joins(&ticket);
    door.stops();

    for (host, address) in hosts.iter().zip(addresses) {
        if !host.drops_multicast() {
            println!("NOT TRIED: this needs the program nft");
            return;
        }
        host.moves_to(&[address]);
    }
    let mut desks = [&ana, &bo, &chloe].map(Peer::sits_down_on_the_lan);
    let devices = desks.each_ref().map(|desk| desk.device.clone());
    let anas = address(&mut desks[0]);
    let place = word(&anas["places"][0]);
    // Bo pastes what Ana's machine shows, Chloé types it.
    desks[1].does(&meet(&word(&anas["address"])));
    let answered = desks[1].talk().hears("Ana answers", is_reached);
    assert_eq!(answered["name"], "Ana");
    desks[2].does(&meet(&place));
    let answered = desks[2].talk().hears("Ana answers", is_reached);
    assert_eq!(answered["name"], "Ana");
    let shown = desks[2].does(&json!({ "ask": "reach" }));
    assert_eq!(
        (&shown["state"], &shown["places"]),
        (&json!("answered"), &json!([place]))
    );
    // Nobody gave Bo's address to Chloé, nor hers to Bo.
    is_linked_with(&mut desks[2], &devices[1]);
    is_linked_with(&mut desks[1], &devices[2]);

    // Ana goes; the two go on without her.
    let [ana_desk, mut bo_desk, mut chloe_desk] = desks;
    ana_desk.closes();
    bo_desk.does(
        &json!({ "command": "page.edit", "network": network, "page": page, "at": 0,
        "insert": "Bo, sans Ana.\n" }),
    );
    chloe_desk.waits_until("Bo's line is there", |desk| {
        desk.text(&network, &page).starts_with("Bo, sans Ana.")
    });
    let mut ana_desk = ana.sits_down_on_the_lan();
    for desk in [&mut ana_desk, &mut bo_desk, &mut chloe_desk] {
        desk.waits_until("Bo's line is there, with two others linked", |desk| {
            desk.text(&network, &page).starts_with("Bo, sans Ana.") && linked(desk).len() == 2
        });
        desk.is_in_step(&network);
    }
    for desk in [ana_desk, bo_desk, chloe_desk] {
        desk.closes();
    }
    for peer in [&ana, &bo, &chloe] {
        assert_eq!(peer.digest(&network), ana.digest(&network));
        peer.is_sound();
    }
}

fn is_reached(line: &Value) -> bool {
    line["event"] == "reached"
}

#[test]
fn one_typed_address_links_all_three_where_no_multicast_passes() {
    in_a_room_without_multicast(["10.86.0.1/24", "10.86.0.2/24", "10.86.0.3/24"]);
}

#[test]
fn so_it_does_where_there_is_nothing_but_ipv6() {
    in_a_room_without_multicast(["fd86::1/64", "fd86::2/64", "fd86::3/64"]);
}

/// Gives the desk an address; what comes of it.
fn is_given(desk: &mut Desk, at: &str) -> Value {
    let since = desk.said();
    let number = desk.does(&meet(at))["number"].clone();
    desk.hears_since(since, "what comes of the address", |line| {
        line["number"] == number && line["event"].as_str().unwrap().ends_with("reached")
    })
}

#[test]
fn an_address_is_taken_in_every_form_whoever_of_the_two_has_moved() {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Les bords du fleuve");
    let (door, ticket) = ana.welcomes(&network, 1);
    bo.joins(&ticket);
    door.stops();

    let forms: [fn(&mut Desk, &str) -> String; 4] = [
        |ana, _| word(&address(ana)["qr"]),
        |ana, _| word(&address(ana)["places"][0]),
        |ana, _| ana.contact(),
        |ana, network| {
            let invite = json!({ "command": "invite.create", "network": network, "uses": 1,
                "expires_in": 3600 });
            word(&ana.does(&invite)["ticket"])
        },
    ];
    // Each time both are where the other does not know them.
    let mut ana_desk = ana.sits_down();
    for form in forms {
        ana_desk.moves(&ana, &[]);
        let mut bo_desk = bo.sits_down_with(&["--listen", "127.0.0.1:0"]);
        let at = form(&mut ana_desk, &network);
        let answered = is_given(&mut bo_desk, &at);
        assert_eq!(answered["event"], "reached", "{at}: {answered}");
        assert_eq!(answered["name"], "Ana");
        bo_desk.is_in_step(&network);
        // Who is linked already answers at once.
        let again = is_given(&mut bo_desk, &at);
        assert_eq!(again["device"], ana_desk.device.as_str());
        bo_desk.closes();
    }
    // An invitation into the network that one is in says where others are as well, where invitations are given.
    ana_desk.moves(&ana, &[]);
    let mut bo_desk = bo.sits_down_with(&["--listen", "127.0.0.1:0"]);
    let ticket = forms[3](&mut ana_desk, &network);
    let accept = json!({ "command": "invite.accept", "ticket": ticket });
    assert_eq!(bo_desk.does(&accept)["network"], network.as_str());
    bo_desk.is_in_step(&network);
    bo_desk.closes();
    ana_desk.closes();

    ana.serves().stops();
    let at = word(&ana.verb(["address"]).one()["address"]);
    let door = ana.serves();
    let met = bo.verb(["meet", &at, "--lan-only"]).one();
    assert_eq!((&met["name"], &met["peers"]), (&json!("Ana"), &json!(1)));
    door.stops();
    assert_eq!(ana.digest(&network), bo.digest(&network));
    ana.is_sound();
    bo.is_sound();
}

#[test]
fn an_address_at_which_no_member_answers_says_why() {
    let [ana, bo, zoe] = ["Ana", "Bo", "Zoé"].map(Peer::named);
    let network = ana.founds("Les bords du fleuve");
    let (door, ticket) = ana.welcomes(&network, 1);
    bo.joins(&ticket);
    door.stops();
    zoe.founds("Ailleurs");
    let mut zoe_desk = zoe.sits_down();
    let mut bo_desk = bo.sits_down();
    let answered = is_given(&mut bo_desk, &zoe_desk.contact());
    assert_eq!(answered["code"], "reach-stranger", "{answered}");
    // Whoever is at a place, only the right one can answer there.
    let answered = is_given(&mut bo_desk, &zoe_desk.addresses[0]);
    assert_eq!(answered["code"], "reach-no-answer", "{answered}");
    let shown = bo_desk.does(&json!({ "ask": "reach" }));
    assert_eq!(
        (&shown["state"], &shown["code"]),
        (&json!("nobody"), &json!("reach-no-answer"))
    );
    let own = bo_desk.addresses[0].clone();
    for (wrong, code) in [
        ("chez Ana", "reach-not-an-address"),
        ("127.0.0.1", "reach-not-an-address"),
        (&ticket[..30], "ticket-truncated"),
        (&own, "reach-own"),
    ] {
        assert_eq!(bo_desk.may_not(&meet(wrong)).code, code, "{wrong}");
    }
    // Ana comes where Bo was told that somebody would be: he goes on trying.
    let at = zoe_desk.addresses[0].clone();
    assert_eq!(zoe_desk.may_not(&meet("127.0.0.1:9")).code, "reach-nobody");
    zoe_desk.closes();
    let ana_desk = ana.sits_down_with(&["--listen", &at]);
    let answered = bo_desk.talk().hears("Ana answers", is_reached);
    assert_eq!(answered["name"], "Ana");
    bo_desk.is_in_step(&network);
    bo_desk.closes();
    ana_desk.closes();
}
