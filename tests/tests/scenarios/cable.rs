//! Two machines and a cable, no route, nothing else: no default route, no multicast route, no name
//! server. The tickets are made before any address exists, so that only announcements on the cable
//! can bring the two together.

use std::time::Instant;

use tresse_tests::{Cable, Host, Peer, hosts_can_be_made, word};

use serde_json::json;

/// Ana founds and invites at a machine without a network, then the cable is given addresses and
/// the two meet over it.
fn they_find_each_other(give_addresses: impl FnOnce(&Cable<'_>)) {
    if !hosts_can_be_made() {
        return;
    }
    let (ana_host, bo_host) = (Host::new(), Host::new());
    let (ana, bo) = (Peer::at(&ana_host, "Ana"), Peer::at(&bo_host, "Bo"));
    let network = ana.founds("Les bords du fleuve");
    let ticket = ana.invites(&network, 1);
    let parsed: tresse_trust::Ticket = ticket.parse().unwrap();
    assert!(
        parsed
            .contacts
            .iter()
            .all(|contact| contact.addresses.is_empty())
    );

    let cable = Cable::between(&ana_host, &bo_host);
    give_addresses(&cable);
    for host in [&ana_host, &bo_host] {
        let routes = host.ip_says("route") + &host.ip_says("-6 route");
        assert!(
            !routes.contains("default") && !routes.contains("224.0.0.0"),
            "{routes}"
        );
    }
    let door = ana.serves_with(&["--lan-only"]);
    let begun = Instant::now();
    assert_eq!(bo.joins(&ticket), network);
    println!("found and joined by name alone in {:.2?}", begun.elapsed());
    door.stops();
    let page = bo.writes_page(&network, "Trace", "Écrit chez Bo.\n");
    let door = ana.serves_with(&["--lan-only"]);
    let begun = Instant::now();
    bo.verb(["sync", "--lan-only"]).one();
    println!("found and in step again in {:.2?}", begun.elapsed());
    door.stops();
    assert_eq!(ana.text(&network, &page), "Écrit chez Bo.\n");
    assert_eq!(ana.digest(&network), bo.digest(&network));
    ana.is_sound();
    bo.is_sound();
}

#[test]
fn two_machines_with_addresses_and_no_route_join_and_meet_by_announcements_alone() {
    they_find_each_other(|cable| {
        cable.only_ipv4();
        cable.addresses(["10.79.0.1/24", "10.79.0.2/24"]);
    });
}

#[test]
fn two_machines_with_nothing_but_ipv6_addresses_of_their_own_join_and_meet() {
    they_find_each_other(|cable| cable.addresses(["fd79::1/64", "fd79::2/64"]));
}

#[test]
fn the_cable_is_cut_while_both_write_and_plugged_in_again_they_braid() {
    if !hosts_can_be_made() {
        return;
    }
    let (ana_host, bo_host) = (Host::new(), Host::new());
    let (ana, bo) = (Peer::at(&ana_host, "Ana"), Peer::at(&bo_host, "Bo"));
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Trace", "Début.\n");
    let ticket = ana.invites(&network, 1);
    let cable = Cable::between(&ana_host, &bo_host);
    cable.addresses(["10.79.0.1/24", "10.79.0.2/24"]);
    let door = ana.serves_with(&["--lan-only"]);
    bo.joins(&ticket);
    door.stops();

    let line = |text: &str| {
        json!({ "command": "page.edit", "network": network, "page": page, "at": 0,
            "insert": format!("{text}\n") })
    };
    let mut ana_desk = ana.sits_down_on_the_lan();
    let mut bo_desk = bo.sits_down_on_the_lan();
    bo_desk.is_in_step(&network);
    ana_desk.does(&line("Ana, avant la coupure."));
    bo_desk.waits_until("Ana's line is there", |desk| {
        desk.text(&network, &page).contains("avant la coupure")
    });

    cable.down();
    // Both go on at once, without knowing yet that nobody hears them.
    let cut = Instant::now();
    ana_desk.does(&line("Ana, dans le noir."));
    bo_desk.does(&line("Bo, dans le noir."));
    ana_desk.is_alone(&network);
    bo_desk.is_alone(&network);
    println!("both noticed after {:.1?}", cut.elapsed());
    ana_desk.does(&line("Ana, seule."));
    bo_desk.does(&line("Bo, seul."));
    let alone = ana_desk.text(&network, &page);
    assert!(!alone.contains("Bo,"), "{alone}");
    assert_eq!(ana_desk.looks(&network, "sync")["waiting"], 2);

    cable.up();
    let plugged = Instant::now();
    for desk in [&mut ana_desk, &mut bo_desk] {
        desk.waits_until("all five lines are there", |desk| {
            desk.text(&network, &page).lines().count() == 6
        });
        desk.is_in_step(&network);
    }
    println!("braided {:.1?} after plugging in", plugged.elapsed());
    assert_eq!(
        ana_desk.text(&network, &page),
        bo_desk.text(&network, &page)
    );
    bo_desk.does(&line("Bo, de nouveau là."));
    ana_desk.waits_until("live again", |desk| {
        desk.text(&network, &page).starts_with("Bo, de nouveau là.")
    });
    ana_desk.is_in_step(&network);
    bo_desk.is_in_step(&network);
    ana_desk.closes();
    bo_desk.closes();
    assert_eq!(ana.digest(&network), bo.digest(&network));
    ana.is_sound();
    bo.is_sound();
}

#[test]
fn two_laptops_that_see_only_each_other_hold_a_meeting() {
    if !hosts_can_be_made() {
        return;
    }
    let (ana_host, bo_host) = (Host::new(), Host::new());
    let (ana, bo) = (Peer::at(&ana_host, "Ana"), Peer::at(&bo_host, "Bo"));
    let network = ana.founds("Les bords du fleuve");
    let create = json!({ "command": "meeting.create", "network": network, "title": "Comité" });
    let meeting = word(&ana.does(create)["meeting"]);
    let ticket = ana.invites(&network, 1);
    let cable = Cable::between(&ana_host, &bo_host);
    cable.addresses(["10.79.0.1/24", "10.79.0.2/24"]);
    let door = ana.serves_with(&["--lan-only"]);
    bo.joins(&ticket);
    door.stops();

    let mut desks = [ana.sits_down_on_the_lan(), bo.sits_down_on_the_lan()];
    for desk in &mut desks {
        desk.is_in_step(&network);
    }
    for (name, desk) in ["Ana", "Bo"].iter().zip(&mut desks) {
        let line = json!({ "command": "meeting.edit", "network": network, "meeting": meeting, "at": 0,
            "insert": format!("- {name} ouvre.\n") });
        desk.does(&line);
        desk.does(&json!({ "command": "attendance.mine", "network": network, "meeting": meeting, "word": "present" }));
    }
    for desk in &mut desks {
        desk.waits_until("both lines are there, and both came", |desk| {
            let view = desk.meeting(&network, &meeting);
            let rows = view["sheet"]["attendance"].as_array().unwrap();
            let came = rows.iter().filter(|row| row["own"] == true).count();
            (word(&view["body"]["text"]).lines().count(), came) == (2, 2)
        });
    }
    let [ana_desk, bo_desk] = &mut desks;
    assert_eq!(
        ana_desk.meeting(&network, &meeting)["body"]["text"],
        bo_desk.meeting(&network, &meeting)["body"]["text"]
    );
    for desk in &mut desks {
        desk.is_in_step(&network);
    }
    for desk in desks {
        desk.closes();
    }
    assert_eq!(ana.digest(&network), bo.digest(&network));
    ana.is_sound();
    bo.is_sound();
}
