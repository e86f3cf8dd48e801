//! Finding each other on local networks: switched off and on while one works, and what is said where it cannot be.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tresse_tests::{Cable, Desk, Host, PATIENCE, Peer, Wire, hosts_can_be_made};

fn lan(desk: &mut Desk) -> Value {
    desk.does(&json!({ "ask": "status" }))["lan"].clone()
}

fn switch(on: bool) -> Value {
    json!({ "command": "me.set", "lan": on })
}

/// Whether a program at this machine has a socket at the port of multicast DNS.
fn is_announced(host: &Host) -> bool {
    // 5353, as the system writes it.
    let sockets = host.says("cat", &["/proc/net/udp", "/proc/net/udp6"]);
    sockets.contains(":14E9 ")
}

fn waits_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "never {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_machine_stops_announcing_itself_when_told_and_is_found_again_when_told() {
    if !hosts_can_be_made() {
        return;
    }
    let (ana_host, bo_host) = (Host::new(), Host::new());
    let (ana, bo) = (Peer::at(&ana_host, "Ana"), Peer::at(&bo_host, "Bo"));
    let network = ana.founds("Les bords du fleuve");
    let ticket = ana.invites(&network, 1);
    let cable = Cable::between(&ana_host, &bo_host);
    cable.only_ipv4();
    cable.addresses(["10.87.0.1/24", "10.87.0.2/24"]);
    let mut desk = ana.sits_down_on_the_lan();
    desk.waits_until("announced on the cable and within the machine", |desk| {
        lan(desk) == json!({ "on": true, "interfaces": 2, "trouble": null })
    });
    bo.joins(&ticket);
    let mut bo_desk = bo.sits_down_on_the_lan();
    bo_desk.is_in_step(&network);

    // The link stays; no socket does.
    assert!(is_announced(&ana_host));
    desk.does(&switch(false));
    desk.waits_until("it is off", |desk| lan(desk)["on"] == false);
    waits_until("silent", || !is_announced(&ana_host));
    assert_eq!(desk.looks(&network, "sync")["connected"], 1);
    assert_eq!(lan(&mut desk)["interfaces"], 0);
    desk.closes();

    // It is remembered. Both are elsewhere now, so that only announcements bring them together.
    let mut desk = ana.sits_down_on_the_lan();
    assert_eq!(ana_host.says("sh", &["-c", "echo here"]), "here\n");
    assert!(!is_announced(&ana_host));
    bo_desk.closes();
    ana_host.moves_to(&["10.88.0.1/24"]);
    bo_host.moves_to(&["10.88.0.2/24"]);
    let mut bo_desk = bo.sits_down_on_the_lan();
    desk.does(&switch(true));
    bo_desk.is_in_step(&network);
    desk.is_in_step(&network);
    desk.closes();
    bo_desk.closes();
    assert_eq!(ana.verb(["whoami"]).one()["lan"], true);
    ana.is_sound();
    bo.is_sound();
}

#[test]
fn where_another_program_keeps_the_port_it_is_said_and_tried_again() {
    if !hosts_can_be_made() {
        return;
    }
    let host = Host::new();
    let ana = Peer::at(&host, "Ana");
    ana.founds("Les bords du fleuve");
    // It listens at the port of multicast DNS and shares it with nobody.
    let holder = Wire::between(&host, "0.0.0.0:5353", "127.0.0.1:9", &[]);
    let mut desk = ana.sits_down_on_the_lan();
    desk.waits_until("it is said", |desk| {
        lan(desk) == json!({ "on": true, "interfaces": 0, "trouble": "lan-port-held" })
    });
    holder.ends();
    desk.waits_until("it is announced", |desk| {
        lan(desk) == json!({ "on": true, "interfaces": 1, "trouble": null })
    });
    desk.closes();
}
