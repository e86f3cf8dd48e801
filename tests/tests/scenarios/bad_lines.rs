//! Lines as they are in the field: late and lossy, cut at any byte, parted and healed, with addresses that change under way, and behind
//! routers that translate them. After each: equal copies, every saved edit there, `check` clean.

use std::time::Instant;

use serde_json::json;
use tresse_tests::{
    Cable, Desk, Dice, Host, Ledger, Peer, Relay, Wire, addresses_can_be_translated,
    hosts_can_be_made, rounds,
};

/// Where Ana is, and where one dials to reach her by the bad line.
const ANA: &str = "10.81.1.2:4100";
const DIALLED: &str = "10.81.2.1:4200";
/// Where Bo is.
const BO: &str = "10.81.2.2:4300";
/// Where the relay is, outside.
const RELAY: &str = "10.84.9.1:3340";

/// Ana's machine and Bo's, and one between them that passes on nothing but what a [`Wire`] does.
struct Apart {
    ana: Host,
    bo: Host,
    between: Host,
}

impl Apart {
    fn new() -> Self {
        let apart = Self {
            ana: Host::new(),
            bo: Host::new(),
            between: Host::new(),
        };
        for (host, addresses) in [
            (&apart.ana, ["10.81.1.2/24", "10.81.1.1/24"]),
            (&apart.bo, ["10.81.2.2/24", "10.81.2.1/24"]),
        ] {
            let cable = Cable::between(host, &apart.between);
            cable.only_ipv4();
            cable.addresses(addresses);
        }
        apart
    }

    fn wire(&self, options: &[&str]) -> Wire {
        Wire::between(&self.between, DIALLED, ANA, options)
    }
}

/// Two in one network, with a page, on machines that only a wire joins; Ana is at her desk.
struct Two {
    apart: Apart,
    ana: Peer,
    bo: Peer,
    network: String,
    page: String,
    desk: Desk,
}

impl Two {
    fn new() -> Self {
        let apart = Apart::new();
        let (ana, bo) = (Peer::at(&apart.ana, "Ana"), Peer::at(&apart.bo, "Bo"));
        let network = ana.founds("Les bords du fleuve");
        let page = ana.writes_page(&network, "Carnet", "Début.\n");
        let ticket = ana.invites(&network, 1);
        let desk = ana.sits_down_with(&["--listen", ANA]);
        let wire = apart.wire(&[]);
        let at = format!("{}@{}", desk.device, wire.at);
        let mut bo_desk = bo.sits_down_with(&["--listen", BO, "--peer", &at]);
        bo_desk.does(&json!({ "command": "invite.accept", "ticket": ticket }));
        bo_desk.waits_until("the network is here", |bo| {
            let networks = bo.does(&json!({ "ask": "networks" }));
            networks.as_array().unwrap().len() == 1
        });
        bo_desk.is_in_step(&network);
        bo_desk.closes();
        wire.ends();
        Self {
            apart,
            ana,
            bo,
            network,
            page,
            desk,
        }
    }

    /// Bo sits down, and dials by the wire.
    fn bo_sits_down(&self) -> Desk {
        let at = format!("{}@{DIALLED}", self.desk.device);
        let options = ["--listen", BO, "--peer", &at];
        self.bo.sits_down_with(&options)
    }

    /// Both are known to be equal; and so they are, sound, and hold what was saved.
    fn end_equal(mut self, ledgers: &[&Ledger]) {
        let mut bo_desk = self.bo_sits_down();
        let (desk, network) = (&mut self.desk, &self.network);
        bo_desk.waits_until("this copy equals Ana's", |bo| {
            bo.digest(network) == desk.digest(network)
        });
        bo_desk.closes();
        self.desk.closes();
        assert_eq!(
            self.ana.digest(&self.network),
            self.bo.digest(&self.network)
        );
        for peer in [&self.ana, &self.bo] {
            for ledger in ledgers {
                ledger.is_kept_by(peer);
            }
            peer.is_sound();
        }
    }
}

#[test]
fn a_line_that_takes_a_fifth_of_a_second_and_loses_one_in_twenty_only_costs_time() {
    if !hosts_can_be_made() {
        return;
    }
    let mut dice = Dice::new("late and lossy");
    let mut two = Two::new();
    let pages = [two.page.clone()];
    let [mut ana_ledger, mut bo_ledger] = ["ana", "bo"].map(|name| {
        let mut ledger = Ledger::new(&two.network, &pages);
        ledger.marks_begin_with(name);
        ledger
    });
    bo_ledger.peer_edits(&two.bo, &mut dice, 60);
    let seed = dice.pick(0..1_000_000).to_string();
    let wire = two
        .apart
        .wire(&["--delay", "200", "--loss", "5", "--seed", &seed]);
    let begun = Instant::now();
    let mut bo_desk = two.bo_sits_down();
    for _ in 0..30 {
        for (ledger, desk) in [
            (&mut ana_ledger, &mut two.desk),
            (&mut bo_ledger, &mut bo_desk),
        ] {
            let edit = ledger.edit(&mut dice);
            desk.does(edit.command());
            ledger.acknowledge(&edit);
        }
    }
    let network = two.network.clone();
    bo_desk.waits_until("this copy equals Ana's", |bo| {
        bo.digest(&network) == two.desk.digest(&network)
    });
    bo_desk.is_in_step(&network);
    println!("equal after {:.1?}", begun.elapsed());
    // A keystroke takes its way of a fifth of a second, and not many of them.
    let typed = Instant::now();
    let line = json!({ "command": "page.edit", "network": network, "page": two.page, "at": 0,
        "insert": "Par une mauvaise ligne.\n" });
    bo_desk.does(&line);
    let page = two.page.clone();
    two.desk.waits_until("the keystroke is there", |desk| {
        desk.text(&network, &page).starts_with("Par une mauvaise")
    });
    println!("a keystroke: {:.1?}", typed.elapsed());
    bo_desk.closes();
    two.end_equal(&[&ana_ledger, &bo_ledger]);
    let (passed, lost) = wire.ends();
    println!("{passed} packets passed on, {lost} lost");
    assert!(lost > 0, "nothing was lost: the line was good");
}

/// Until so many lines were cut: `TRESSE_ROUNDS=200` plays it as long as a release asks for.
#[test]
fn a_line_that_is_cut_at_any_byte_loses_nothing_that_was_saved() {
    if !hosts_can_be_made() {
        return;
    }
    let mut dice = Dice::new("cut at a byte");
    let mut two = Two::new();
    let pages = [two.page.clone()];
    let [mut ana_ledger, mut bo_ledger] = ["ana", "bo"].map(|name| {
        let mut ledger = Ledger::new(&two.network, &pages);
        ledger.marks_begin_with(name);
        ledger
    });
    let (count, mut cut, mut round) = (rounds(8), 0, 0);
    while cut < count {
        round += 1;
        assert!(round <= count * 10, "{cut} of {round} were cut");
        // From within the handshake of the connection to behind all there is to say, where it is not cut at all.
        let bytes = dice.pick(1..40_000);
        let mut wire = two.apart.wire(&["--cut-after", &bytes.to_string()]);
        let mut bo_desk = two.bo_sits_down();
        for _ in 0..dice.pick(1..5) {
            for (ledger, desk) in [
                (&mut ana_ledger, &mut two.desk),
                (&mut bo_ledger, &mut bo_desk),
            ] {
                let edit = ledger.edit(&mut dice);
                desk.does(edit.command());
                ledger.acknowledge(&edit);
            }
        }
        let deadline = Instant::now() + std::time::Duration::from_secs(3);
        while !wire.is_cut() && Instant::now() < deadline {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        cut += usize::from(wire.is_cut());
        // Half the time the machine behind the cut loses power as well.
        if dice.one_in(2) {
            bo_desk.is_killed();
        } else {
            bo_desk.closes();
        }
        if round % 20 == 0 {
            println!("{round} rounds, {cut} cut");
        }
        wire.ends();
    }
    let sums = ana_ledger.len() + bo_ledger.len();
    println!("{round} rounds, {cut} cut, {sums} edits saved");
    let _wire = two.apart.wire(&[]);
    two.end_equal(&[&ana_ledger, &bo_ledger]);
}

/// Four machines on two switches, with a cable between the two.
#[test]
fn two_halves_of_a_network_that_were_parted_braid_once_the_cable_between_them_is_back() {
    if !hosts_can_be_made() {
        return;
    }
    let mut dice = Dice::new("parted and healed");
    let switches = [Host::new(), Host::new()];
    for switch in &switches {
        switch.ip("link add switch type bridge");
        switch.ip("link set switch up");
    }
    let hosts: [Host; 4] = std::array::from_fn(|_| Host::new());
    for (at, host) in hosts.iter().enumerate() {
        let switch = &switches[at / 2];
        let cable = Cable::between(host, switch);
        cable.only_ipv4();
        host.ip(&format!("addr add 10.82.0.{}/24 dev cable", at + 1));
        let end = if at % 2 == 0 { "cable" } else { "cable1" };
        switch.ip(&format!("link set {end} master switch"));
    }
    let between = Cable::between(&switches[0], &switches[1]);
    for switch in &switches {
        switch.ip("link set cable2 master switch");
    }
    let names = ["Ana", "Bo", "Chloé", "Dan"];
    let peers: Vec<Peer> = names
        .iter()
        .zip(&hosts)
        .map(|(name, host)| Peer::at(host, name))
        .collect();
    let network = peers[0].founds("Les bords du fleuve");
    let page = peers[0].writes_page(&network, "Carnet", "Début.\n");
    let ticket = peers[0].invites(&network, 3);
    let door = peers[0].serves_with(&["--lan-only"]);
    for peer in &peers[1..] {
        peer.joins(&ticket);
    }
    door.stops();
    let mut ledgers = ["ana", "bo", "chloe", "dan"].map(|name| {
        let mut ledger = Ledger::new(&network, std::slice::from_ref(&page));
        ledger.marks_begin_with(name);
        ledger
    });
    let mut desks: Vec<Desk> = peers.iter().map(Peer::sits_down_on_the_lan).collect();
    let mut all_write = |desks: &mut [Desk], edits: usize| {
        for _ in 0..edits {
            for (ledger, desk) in ledgers.iter_mut().zip(desks.iter_mut()) {
                let edit = ledger.edit(&mut dice);
                desk.does(edit.command());
                ledger.acknowledge(&edit);
            }
        }
    };
    all_write(&mut desks, 5);
    all_equal(&mut desks, &network);

    between.down();
    all_write(&mut desks, 10);
    for half in desks.chunks_mut(2) {
        all_equal(half, &network);
    }
    let [first, second] = [0, 2].map(|at: usize| desks[at].digest(&network));
    assert_ne!(first, second, "the halves do not hear each other");
    between.up();
    let healed = Instant::now();
    all_write(&mut desks, 5);
    all_equal(&mut desks, &network);
    println!(
        "all four equal {:.1?} after the cable was back",
        healed.elapsed()
    );
    for desk in desks {
        desk.closes();
    }
    for peer in &peers {
        assert_eq!(peer.digest(&network), peers[0].digest(&network));
        for ledger in &ledgers {
            ledger.is_kept_by(peer);
        }
        peer.is_sound();
    }
}

/// Waits until all of these hold the same.
fn all_equal(desks: &mut [Desk], network: &str) {
    let (first, others) = desks.split_first_mut().unwrap();
    // The first ones may have been equal before the last ones brought theirs.
    for _ in 0..2 {
        for desk in others.iter_mut() {
            desk.waits_until("this copy equals the first", |desk| {
                desk.digest(network) == first.digest(network)
            });
        }
    }
}

/// The machine is carried into another room while its first documents come.
#[test]
fn addresses_that_change_while_documents_come_only_cost_time() {
    if !hosts_can_be_made() {
        return;
    }
    let mut dice = Dice::new("addresses that change");
    let (ana_host, bo_host) = (Host::new(), Host::new());
    let cable = Cable::between(&ana_host, &bo_host);
    cable.only_ipv4();
    cable.addresses(["10.83.0.1/24", "10.83.0.2/24"]);
    let (ana, bo) = (Peer::at(&ana_host, "Ana"), Peer::at(&bo_host, "Bo"));
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Carnet", "Début.\n");
    let ticket = ana.invites(&network, 1);
    let door = ana.serves_with(&["--lan-only"]);
    bo.joins(&ticket);
    door.stops();
    let mut ledger = Ledger::new(&network, std::slice::from_ref(&page));
    for _ in 0..6 {
        ledger.peer_edits(&ana, &mut dice, 50);
    }
    let mut bo_desk = bo.sits_down_on_the_lan();
    let mut ana_desk = ana.sits_down_on_the_lan();
    bo_desk.waits_until("they are linked", |desk| {
        desk.looks(&network, "sync")["connected"] == 1
    });
    for room in 1..4 {
        // Both get new addresses, as when the router is another.
        let begun = Instant::now();
        for (host, end) in [(&ana_host, 1), (&bo_host, 2)] {
            host.ip("addr flush dev cable");
            host.ip(&format!("addr add 10.83.{room}.{end}/24 dev cable"));
        }
        let edit = ledger.edit(&mut dice);
        ana_desk.does(edit.command());
        ledger.acknowledge(&edit);
        bo_desk.waits_until("this copy equals Ana's", |desk| {
            desk.digest(&network) == ana_desk.digest(&network)
        });
        println!("room {room}: equal after {:.1?}", begun.elapsed());
    }
    bo_desk.is_in_step(&network);
    bo_desk.closes();
    ana_desk.closes();
    assert_eq!(ana.digest(&network), bo.digest(&network));
    for peer in [&ana, &bo] {
        ledger.is_kept_by(peer);
        peer.is_sound();
    }
}

/// Each behind a router that lends them its address; what comes unasked, it drops. Outside, the relay of one of them.
#[test]
fn members_behind_two_routers_that_translate_addresses_meet_by_a_relay_of_their_own() {
    if !addresses_can_be_translated() {
        return;
    }
    let [ana_host, bo_host, ana_router, bo_router, outside] = std::array::from_fn(|_| Host::new());
    for (number, host, router) in [(1, &ana_host, &ana_router), (2, &bo_host, &bo_router)] {
        let within = Cable::between(host, router);
        within.only_ipv4();
        // Both have the same addresses within, as most homes do.
        within.addresses(["192.168.1.2/24", "192.168.1.1/24"]);
        host.ip("route add default via 192.168.1.1 dev cable");
        let out = Cable::between(router, &outside);
        out.only_ipv4();
        out.addresses([
            &format!("10.84.{number}.2/24"),
            &format!("10.84.{number}.1/24"),
        ]);
        router.ip(&format!(
            "route add default via 10.84.{number}.1 dev cable1"
        ));
        router.passes_packets_on();
        for words in [
            "add table ip home",
            "add chain ip home out { type nat hook postrouting priority 100 ; }",
            "add rule ip home out oifname cable1 masquerade",
            "add chain ip home through { type filter hook forward priority 0 ; }",
            "add rule ip home through iifname cable1 ct state new drop",
        ] {
            assert!(router.nft(words), "{words}");
        }
    }
    outside.passes_packets_on();
    outside.ip("addr add 10.84.9.1/32 dev lo");
    let _relay = Relay::at(&outside, RELAY);
    let (ana, bo) = (Peer::at(&ana_host, "Ana"), Peer::at(&bo_host, "Bo"));
    ana.does(json!({ "command": "me.set", "relay": format!("http://{RELAY}/") }));
    let network = ana.founds("Les deux rives");
    let page = ana.writes_page(&network, "Carnet", "Début.\n");
    let ticket = ana.invites(&network, 1);
    let mut ana_desk = ana.sits_down_with_internet();
    ana_desk.waits_until("reached through the relay", |desk| {
        !desk.does(&json!({ "ask": "status" }))["relay"].is_null()
    });
    bo.verb(["join", &ticket, "--timeout", "60"]).one();
    let mut dice = Dice::new("behind routers");
    let [mut ana_ledger, mut bo_ledger] = ["ana", "bo"].map(|name| {
        let mut ledger = Ledger::new(&network, std::slice::from_ref(&page));
        ledger.marks_begin_with(name);
        ledger
    });
    bo_ledger.peer_edits(&bo, &mut dice, 20);
    let mut bo_desk = bo.sits_down_with_internet();
    for _ in 0..10 {
        for (ledger, desk) in [
            (&mut ana_ledger, &mut ana_desk),
            (&mut bo_ledger, &mut bo_desk),
        ] {
            let edit = ledger.edit(&mut dice);
            desk.does(edit.command());
            ledger.acknowledge(&edit);
        }
    }
    bo_desk.waits_until("this copy equals Ana's", |desk| {
        desk.digest(&network) == ana_desk.digest(&network)
    });
    bo_desk.is_in_step(&network);
    bo_desk.closes();
    ana_desk.closes();
    assert_eq!(ana.digest(&network), bo.digest(&network));
    for peer in [&ana, &bo] {
        ana_ledger.is_kept_by(peer);
        bo_ledger.is_kept_by(peer);
        peer.is_sound();
    }
}
