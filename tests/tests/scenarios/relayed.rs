//! Two machines that have no way to each other, and a relay of their own that both can reach.

use serde_json::json;
use tresse_tests::{Cable, Host, Peer, Relay, hosts_can_be_made};

/// Where the relay listens, whichever cable one comes by.
const RELAY: &str = "10.80.9.1:3340";

/// Ana's machine, Bo's, and between them the relay's, which passes nothing on but as a relay.
struct Countries {
    ana: Host,
    bo: Host,
    relay: Host,
}

impl Countries {
    fn new() -> Self {
        let countries = Self {
            ana: Host::new(),
            bo: Host::new(),
            relay: Host::new(),
        };
        countries.relay.ip("addr add 10.80.9.1/32 dev lo");
        for (host, end, relay_end) in [
            (&countries.ana, "10.80.1.2/24", "10.80.1.1/24"),
            (&countries.bo, "10.80.2.2/24", "10.80.2.1/24"),
        ] {
            let cable = Cable::between(host, &countries.relay);
            cable.only_ipv4();
            cable.addresses([end, relay_end]);
            let gateway = relay_end.trim_end_matches("/24");
            host.ip(&format!("route add 10.80.9.1 via {gateway} dev cable"));
        }
        countries
    }
}

#[test]
fn who_cannot_reach_each_other_join_and_braid_through_a_relay_of_their_own() {
    if !hosts_can_be_made() {
        return;
    }
    let countries = Countries::new();
    let (ana, bo) = (
        Peer::at(&countries.ana, "Ana"),
        Peer::at(&countries.bo, "Bo"),
    );
    let relay = Relay::at(&countries.relay, RELAY);
    ana.does(json!({ "command": "me.set", "relay": relay.url }));
    let network = ana.founds("Les deux rives");
    let ticket = ana.invites(&network, 1);

    let mut ana_desk = ana.sits_down_with_internet();
    ana_desk.waits_until("reached through the relay", |desk| {
        desk.does(&json!({ "ask": "status" }))["relay"] == relay.url
    });
    // Bo sets nothing: the ticket names the relay.
    bo.verb(["join", &ticket, "--timeout", "60"]).one();
    let page = bo.writes_page(&network, "Trace", "Écrit chez Bo.\n");
    bo.verb(["sync", "--timeout", "60"]).one();
    assert_eq!(ana_desk.text(&network, &page), "Écrit chez Bo.\n");

    let line = |text: &str| {
        json!({ "command": "page.edit", "network": network, "page": page, "at": 0,
            "insert": format!("{text}\n") })
    };
    let mut bo_desk = bo.sits_down_with_internet();
    bo_desk.is_in_step(&network);
    ana_desk.does(&line("Ana, en direct."));
    bo_desk.waits_until("Ana's line is there", |desk| {
        desk.text(&network, &page).starts_with("Ana, en direct.")
    });

    // The relay goes: both go on alone, and say so. It comes back: they braid.
    relay.is_killed();
    ana_desk.does(&line("Ana, seule."));
    bo_desk.does(&line("Bo, seul."));
    ana_desk.is_alone(&network);
    bo_desk.is_alone(&network);
    let _relay = Relay::at(&countries.relay, RELAY);
    for desk in [&mut ana_desk, &mut bo_desk] {
        desk.waits_until("all four lines are there", |desk| {
            desk.text(&network, &page).lines().count() == 4
        });
        desk.is_in_step(&network);
    }
    ana_desk.closes();
    bo_desk.closes();
    assert_eq!(ana.digest(&network), bo.digest(&network));
    ana.is_sound();
    bo.is_sound();
}

#[test]
fn what_is_no_relays_address_is_refused_and_the_one_set_stays() {
    let ana = Peer::named("Ana");
    ana.does(json!({ "command": "me.set", "relay": "https://relais.example.org" }));
    for wrong in ["relais", "ftp://relais.example.org", "https://", "a b"] {
        let refusal = ana.may_not(json!({ "command": "me.set", "relay": wrong }));
        assert_eq!(refusal.code, "bad-relay", "{wrong}");
    }
    assert_eq!(
        ana.verb(["whoami"]).one()["relay"],
        "https://relais.example.org/"
    );
    ana.does(json!({ "command": "me.set", "relay": "" }));
    assert!(ana.verb(["whoami"]).one()["relay"].is_null());
}
