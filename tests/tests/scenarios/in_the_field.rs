//! What happens to laptops: they are suspended, carried into another room while much is coming, used in a room whose router leads nowhere, their
//! clocks are wrong; and what was read on one is read on the other.

use serde_json::{Value, json};
use tresse_tests::{Cable, Desk, Host, Peer, Room, find, hosts_can_be_made, word};

use crate::linking::links;

fn line(network: &str, page: &str, text: &str) -> Value {
    json!({ "command": "page.edit", "network": network, "page": page, "at": 0,
        "insert": format!("{text}\n") })
}

/// Ana and Bo in one network with a page, who know where the other is.
fn two() -> (Peer, Peer, String, String) {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Trace", "Début.\n");
    let (door, ticket) = ana.welcomes(&network, 1);
    bo.joins(&ticket);
    door.stops();
    (ana, bo, network, page)
}

#[test]
fn a_suspended_machine_is_noticed_and_in_step_again_once_it_wakes() {
    let (ana, bo, network, page) = two();
    let mut node = ana.serves();
    let mut desk = bo.sits_down_towards(&node.contact());
    desk.is_in_step(&network);
    node.talk().is_suspended();
    desk.does(&line(&network, &page, "Bo, pendant qu’Ana dort."));
    desk.is_alone(&network);
    node.talk().wakes();
    desk.is_in_step(&network);
    desk.does(&line(&network, &page, "Bo, réveillés."));
    desk.is_in_step(&network);
    desk.closes();
    node.stops();
    let text = ana.text(&network, &page);
    assert_eq!(text, "Bo, réveillés.\nBo, pendant qu’Ana dort.\nDébut.\n");
    assert_eq!(ana.digest(&network), bo.digest(&network));
    ana.is_sound();
    bo.is_sound();
}

/// How many documents are here.
fn documents(desk: &mut Desk, network: &str) -> usize {
    let digest = desk.digest(network);
    digest["documents"].as_object().unwrap().len()
}

#[test]
fn machines_that_are_carried_elsewhere_while_much_is_coming_go_on_from_there() {
    if !hosts_can_be_made() {
        return;
    }
    let (ana_host, bo_host) = (Host::new(), Host::new());
    let cable = Cable::between(&ana_host, &bo_host);
    cable.only_ipv4();
    cable.addresses(["10.89.0.1/24", "10.89.0.2/24"]);
    let (ana, bo) = (Peer::at(&ana_host, "Ana"), Peer::at(&bo_host, "Bo"));
    let network = ana.founds("Les bords du fleuve");
    let pages: Vec<_> = (0..150)
        .map(|number| {
            json!({ "command": "page.create", "network": network, "title": format!("Page {number}"),
                "text": format!("Ce que la page {number} raconte.\n").repeat(60) })
        })
        .collect();
    ana.runs(&pages);
    let ticket = ana.invites(&network, 1);
    if !ana_host.is_slow(Some(100)) {
        println!("NOT TRIED: this needs the program tc, and a kernel that can slow a line down");
        return;
    }
    let mut ana_desk = ana.sits_down_on_the_lan();
    let all = documents(&mut ana_desk, &network);
    let mut bo_desk = bo.sits_down_on_the_lan();
    bo_desk.does(&json!({ "command": "invite.accept", "ticket": ticket }));
    bo_desk.waits_until("some of it is here", |desk| {
        let here = desk.does(&json!({ "ask": "networks" }));
        here.as_array().unwrap().len() == 1 && documents(desk, &network) >= 20
    });
    for host in [&bo_host, &ana_host] {
        host.ip("addr flush dev cable");
    }
    // Nothing can come now: it is truly in the middle.
    let some = documents(&mut bo_desk, &network);
    assert!(some < all, "all {all} had come");
    println!("carried away with {some} of {all} documents");
    ana_desk.does(&json!({ "command": "page.create", "network": network, "title": "En route" }));
    assert!(ana_host.is_slow(None));
    ana_host.moves_to(&["10.90.0.1/24"]);
    bo_host.moves_to(&["10.90.0.2/24"]);
    bo_desk.waits_until("all of it is here", |desk| {
        documents(desk, &network) > all && desk.digest(&network) == ana_desk.digest(&network)
    });
    bo_desk.is_in_step(&network);
    bo_desk.closes();
    ana_desk.closes();
    assert_eq!(ana.digest(&network), bo.digest(&network));
    ana.is_sound();
    bo.is_sound();
}

/// Internet is wanted, and a relay is set; but the router that everybody asks leads nowhere.
#[test]
fn in_a_room_whose_router_leads_nowhere_members_find_each_other_all_the_same() {
    if !hosts_can_be_made() {
        return;
    }
    let room = Room::new();
    let [ana_host, bo_host, router] = std::array::from_fn(|_| Host::new());
    for (host, address) in [
        (&router, "10.91.0.254/24"),
        (&ana_host, "10.91.0.1/24"),
        (&bo_host, "10.91.0.2/24"),
    ] {
        room.plug_in(host);
        host.moves_to(&[address]);
    }
    for host in [&ana_host, &bo_host] {
        host.ip("route add default via 10.91.0.254 dev cable");
    }
    let (ana, bo) = (Peer::at(&ana_host, "Ana"), Peer::at(&bo_host, "Bo"));
    let relay = json!({ "command": "me.set", "relay": "http://10.255.7.7:3340" });
    ana.does(relay.clone());
    bo.does(relay);
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Trace", "Début.\n");
    let ticket = ana.invites(&network, 1);
    let mut ana_desk = ana.sits_down_with_internet();
    bo.verb(["join", &ticket, "--timeout", "60"]).one();
    let mut bo_desk = bo.sits_down_with_internet();
    bo_desk.is_in_step(&network);
    for (name, desk) in [("Ana", &mut ana_desk), ("Bo", &mut bo_desk)] {
        desk.does(&line(&network, &page, name));
        let status = desk.does(&json!({ "ask": "status" }));
        assert_eq!(
            (&status["internet"], &status["relay"]),
            (&json!(true), &Value::Null)
        );
    }
    for desk in [&mut ana_desk, &mut bo_desk] {
        desk.waits_until("both lines are there", |desk| {
            desk.text(&network, &page).lines().count() == 3
        });
        desk.is_in_step(&network);
    }
    ana_desk.closes();
    bo_desk.closes();
    assert_eq!(ana.digest(&network), bo.digest(&network));
    ana.is_sound();
    bo.is_sound();
}

/// The first of January of a year, in milliseconds since 1970.
fn year(year: i64) -> String {
    (1000 * (year - 1970) * 31_556_952).to_string()
}

/// What was done later by having seen what was done before counts, whatever clocks say.
#[test]
fn clocks_ten_years_ahead_and_years_behind_lose_and_reorder_nothing() {
    let (ana, bo, network, page) = two();
    let made = ana.does(json!({ "command": "action.add", "network": network, "title": "Relire" }));
    let action = word(&made["action"]);
    let due = |day: &str| {
        json!({ "command": "action.set", "network": network, "action": action, "field": "due",
            "value": day })
    };
    let shown = |desk: &mut Desk| desk.action(&network, &action)["due"].clone();
    let mut ana_desk = ana.sits_down();
    for (round, clock) in ["2036", "2011", "2036"].iter().enumerate() {
        // Bo's machine thinks that it is another year, in each round another one.
        let now = year(clock.parse().unwrap());
        let mut bo_desk = bo.sits_down_with(&["--peer", &ana_desk.contact(), "--now", &now]);
        bo_desk.is_in_step(&network);
        bo_desk.does(&due(&format!("2027-0{}-01", round + 1)));
        bo_desk.does(&line(
            &network,
            &page,
            &format!("Bo, en {clock}, tour {round}."),
        ));
        ana_desk.waits_until("Bo's day and line are here", |desk| {
            let said = format!("Bo, en {clock}, tour {round}.");
            shown(desk) == format!("2027-0{}-01", round + 1)
                && desk.text(&network, &page).starts_with(&said)
        });
        // Ana has seen what Bo set, and sets it anew; and writes above his line.
        ana_desk.does(&due(&format!("2027-0{}-02", round + 1)));
        ana_desk.does(&line(&network, &page, &format!("Ana, tour {round}.")));
        bo_desk.waits_until("Ana's day and line are here", |desk| {
            let said = format!("Ana, tour {round}.");
            shown(desk) == format!("2027-0{}-02", round + 1)
                && desk.text(&network, &page).starts_with(&said)
        });
        bo_desk.is_in_step(&network);
        bo_desk.closes();
    }
    ana_desk.closes();
    assert_eq!(ana.digest(&network), bo.digest(&network));
    let text = ana.text(&network, &page);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(
        lines,
        [
            "Ana, tour 2.",
            "Bo, en 2036, tour 2.",
            "Ana, tour 1.",
            "Bo, en 2011, tour 1.",
            "Ana, tour 0.",
            "Bo, en 2036, tour 0.",
            "Début.",
        ]
    );
    for peer in [&ana, &bo] {
        assert_eq!(peer.action(&network, &action)["due"], "2027-03-02");
        let plan = peer.sees(&network, "plan");
        let action = find(&plan["content"]["actions"], &action);
        let conflicts = action["conflicts"].as_array();
        assert!(conflicts.is_none_or(Vec::is_empty), "{action}");
        let names: std::collections::BTreeSet<_> = peer
            .history(&network, &page)
            .iter()
            .map(|group| word(&group["name"]))
            .collect();
        assert_eq!(names, ["Ana", "Bo"].map(str::to_owned).into());
        peer.is_sound();
    }
}

#[test]
fn what_i_have_read_on_one_machine_is_read_on_my_other_one() {
    let (ana, bo, network, page) = two();
    let laptop = Peer::without_profile("Ana");
    laptop.verb(["init", "--name", "Nouvelle machine"]).one();
    links(&ana, &laptop);
    for machine in [&ana, &laptop] {
        machine.does(json!({ "command": "seen.mark", "network": network }));
    }
    bo.does(line(&network, &page, "Bo, du nouveau."));
    let mut at_home = ana.sits_down();
    let mut away = laptop.sits_down_beside(&at_home);
    let mut bo_desk = bo.sits_down_beside(&at_home);
    let unread = |desk: &mut Desk| {
        let home = desk.looks(&network, "home");
        let moved = home["since"]["moved"].as_array().unwrap().iter();
        moved.clone().any(|one| one["doc"] == page.as_str())
    };
    for desk in [&mut at_home, &mut away] {
        desk.waits_until("Bo's line is there, unread", |desk| {
            desk.text(&network, &page).starts_with("Bo, du nouveau.") && unread(desk)
        });
    }
    away.does(&json!({ "command": "seen.mark", "network": network, "documents": [page] }));
    at_home.waits_until("it is read here as well", |desk| !unread(desk));
    // What comes after is unread on both again; and it is nobody else's business.
    bo_desk.does(&line(&network, &page, "Bo, encore."));
    for desk in [&mut at_home, &mut away] {
        desk.waits_until("the next line is unread", unread);
    }
    for desk in [at_home, away, bo_desk] {
        desk.closes();
    }
    for peer in [&ana, &laptop, &bo] {
        peer.is_sound();
    }
}
