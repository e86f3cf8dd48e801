//! A person's further machine, a stolen one, and coming back after all were lost.

use serde_json::{Value, json};
use tresse_tests::{Desk, Peer, Serving, Talk, word};

/// Starts a verb that waits for another machine, on the loopback interface.
fn starts(peer: &Peer, words: &[&str]) -> Talk {
    let mut command = peer.command();
    command
        .args(words)
        .args(["--lan-only", "--listen", &peer.loopback()]);
    Talk::start(peer.name(), &mut command)
}

/// Shows a ticket for another machine.
fn shows_a_ticket(peer: &Peer, label: &str) -> (Talk, String) {
    let mut talk = starts(peer, &["device", "link", "--label", label]);
    let ticket = talk.hears("a ticket", |line| !line["ticket"].is_null());
    let ticket = word(&ticket["ticket"]);
    (talk, ticket)
}

fn code(talk: &mut Talk) -> Value {
    talk.hears("a code to compare", |line| !line["compare"].is_null())
}

/// Each person types the code that the other machine shows.
fn compare(one: &mut Talk, other: &mut Talk) {
    let (here, there) = (code(one), code(other));
    assert_eq!(here["compare"], there["compare"]);
    assert!(one.tell(&there["compare"]) && other.tell(&here["compare"]));
}

/// The last result, after which the process ends in peace.
fn ends_well(mut talk: Talk) -> Value {
    let done = talk.hears("the end", |line| !line["networks"].is_null());
    assert!(talk.ends().success());
    done
}

fn ends_badly(mut talk: Talk) -> String {
    let refusal = talk.hears("a refusal", |line| !line["error"].is_null());
    assert_eq!(talk.ends().code(), Some(1));
    word(&refusal["error"]["code"])
}

/// Links a machine to a person's other one.
pub(crate) fn links(desk: &Peer, laptop: &Peer) {
    let (mut here, ticket) = shows_a_ticket(desk, "bureau");
    let mut there = starts(
        laptop,
        &["device", "accept", &ticket, "--label", "portable"],
    );
    compare(&mut here, &mut there);
    ends_well(there);
    ends_well(here);
}

/// Whoever serves here takes this machine for a stranger.
#[track_caller]
fn is_turned_away(peer: &Peer, door: &Serving) {
    let words = [
        "sync",
        "--lan-only",
        "--timeout",
        "2",
        "--peer",
        &door.contact(),
    ];
    assert_eq!(peer.verb(words).refused().code, "nothing-shared");
}

/// The person who uses this profile, as the members view shows them.
fn me(view: &Value) -> Value {
    let members = view["members"].as_array().unwrap().iter();
    members
        .clone()
        .find(|one| one["is_me"] == true)
        .unwrap()
        .clone()
}

/// What the desk last heard of a linking, once it is in this state.
fn hears_state(desk: &mut Desk, state: &str) -> Value {
    let is_it = |line: &Value| line["event"] == "linking" && line["state"] == state;
    let heard = desk.talk().heard().iter().rev();
    let last = heard
        .clone()
        .find(|line| line["event"] == "linking")
        .cloned();
    match last.filter(is_it) {
        Some(line) => line,
        None => desk.talk().hears(format!("linking is {state}"), is_it),
    }
}

#[test]
fn a_second_machine_is_linked_by_a_ticket_and_a_code_and_the_notebook_is_written_on_both() {
    let (desk, laptop, bo) = (
        Peer::named("Ana"),
        Peer::named("portable"),
        Peer::named("Bo"),
    );
    let network = desk.founds("Les bords du fleuve");
    let second = desk.founds("Le verger");
    let page = desk.writes_page(&network, "Bienvenue", "Lisez-moi.\n");
    let (door, ticket) = desk.welcomes(&network, 1);
    bo.joins(&ticket);
    door.stops();

    let (mut here, ticket) = shows_a_ticket(&desk, "bureau");
    let mut there = starts(
        &laptop,
        &["device", "accept", &ticket, "--label", "portable"],
    );
    let (left, right) = (code(&mut here), code(&mut there));
    assert_eq!(left["compare"], right["compare"]);
    assert_eq!(left["label"], "portable");
    assert_eq!(right["name"], "Ana");
    assert_eq!(right["label"], "bureau");
    assert!(there.tell(&left["compare"]));
    assert!(here.tell(&right["compare"]));
    let done = ends_well(there);
    assert_eq!(done["networks"].as_array().unwrap().len(), 2);
    ends_well(here);

    // The laptop is Ana's in both networks, and has everything.
    let who = laptop.verb(["whoami"]).one();
    assert_eq!(
        (&who["name"], &who["member"]),
        (&json!("Ana"), &json!(desk.member()))
    );
    for id in [&network, &second] {
        assert_eq!(laptop.digest(id), desk.digest(id));
    }
    assert_eq!(laptop.text(&network, &page), "Lisez-moi.\n");
    assert_eq!(laptop.members(&network), ["Ana", "Bo"]);
    let machines = laptop.verb(["device", "list", &network]).done();
    let named: Vec<_> = machines
        .iter()
        .map(|one| (&one["label"], &one["is_this"]))
        .collect();
    assert!(
        named.contains(&(&json!("bureau"), &json!(false))),
        "{machines:?}"
    );
    assert!(
        named.contains(&(&json!("portable"), &json!(true))),
        "{machines:?}"
    );

    // One notebook, written on both while they are apart; and one answer, given on both.
    let say = |field: &str, value: &str| json!({ "command": "profile.set", "network": network, "field": field, "value": value });
    laptop.does(say("brings", "des plants"));
    laptop.does(say("engagement", "volunteer"));
    desk.does(say("expects", "du temps"));
    desk.does(say("engagement", "employee"));
    let door = desk.serves();
    laptop.meets(&door);
    door.stops();
    let (on_desk, on_laptop) = (
        me(&desk.sees(&network, "members")),
        me(&laptop.sees(&network, "members")),
    );
    assert_eq!(on_desk["brings"], "des plants");
    assert_eq!(on_desk["expects"], "du temps");
    for field in ["id", "name", "brings", "expects", "engagement", "devices"] {
        assert_eq!(on_desk[field], on_laptop[field], "{field}");
    }
    // Bo hears of it from the laptop alone, and sees one person.
    let door = bo.serves();
    laptop.meets(&door);
    door.stops();
    assert_eq!(bo.members(&network), ["Ana", "Bo"]);
    assert_eq!(bo.digest(&network), laptop.digest(&network));
    for peer in [&desk, &laptop, &bo] {
        peer.is_sound();
    }
}

#[test]
fn a_wrong_code_on_either_machine_links_nothing_and_both_say_so() {
    for wrong in ["there", "here"] {
        let (desk, laptop) = (Peer::named("Ana"), Peer::named("portable"));
        let network = desk.founds("Les bords du fleuve");
        let (mut here, ticket) = shows_a_ticket(&desk, "bureau");
        let mut there = starts(&laptop, &["device", "accept", &ticket]);
        let shown = code(&mut here)["compare"].clone();
        code(&mut there);
        let other = if shown == "000000" {
            "000001"
        } else {
            "000000"
        };
        let (liar, honest) = if wrong == "here" {
            (&mut here, &mut there)
        } else {
            (&mut there, &mut here)
        };
        assert!(honest.tell(&shown) && liar.tell(&json!(other)));
        assert_eq!(ends_badly(there), "link-code-differs");
        assert_eq!(ends_badly(here), "link-code-differs");
        assert!(laptop.networks().is_empty());
        let machines = desk.verb(["device", "list", &network]).done();
        assert_eq!(machines.len(), 1, "{machines:?}");
        // The ticket is spent: whoever has it is told nothing more than any stranger.
        let again = laptop.verb(["device", "accept", &ticket, "--lan-only", "--timeout", "1"]);
        assert!(again.exit == 1);
    }
}

#[test]
fn a_ticket_in_the_wrong_place_or_on_the_wrong_machine_says_what_to_do() {
    let (ana, bo, chloe) = (Peer::named("Ana"), Peer::named("Bo"), Peer::named("Chloé"));
    let network = ana.founds("Les bords du fleuve");
    let (door, invitation) = ana.welcomes(&network, 2);
    bo.joins(&invitation);
    door.stops();
    let outcome = chloe.verb(["device", "accept", &invitation, "--lan-only"]);
    assert_eq!(outcome.refused().code, "ticket-for-joining");
    let (here, ticket) = shows_a_ticket(&ana, "bureau");
    let refusal = chloe.tries_to_join(&ticket).refused();
    assert_eq!(refusal.code, "ticket-for-a-device");
    // Bo is Bo in this network.
    let outcome = bo.verb(["device", "accept", &ticket, "--lan-only", "--assume-same"]);
    assert_eq!(outcome.refused().code, "link-somebody-else");
    assert_eq!(ends_badly(here), "link-somebody-else");
    // A profile in no network has nothing to link to.
    let outcome = chloe.verb(["device", "link", "--lan-only"]);
    assert_eq!(outcome.refused().code, "link-nothing");
    assert_eq!(bo.members(&network), ["Ana", "Bo"]);
}

#[test]
fn with_both_at_hand_it_goes_as_the_window_shows_it() {
    let (ana, laptop) = (Peer::named("Ana"), Peer::named("portable"));
    let network = ana.founds("Les bords du fleuve");
    let mut desk = ana.sits_down();
    let mut there = laptop.sits_down();
    let refusal = there.may_not(&json!({ "command": "device.link_confirm" }));
    assert_eq!(refusal.code, "link-nothing-to-confirm");
    let offer = json!({ "command": "device.link_offer", "label": "bureau" });
    let ticket = word(&desk.does(&offer)["ticket"]);
    hears_state(&mut desk, "offered");
    let own = json!({ "command": "device.link_accept", "ticket": ticket });
    assert_eq!(desk.may_not(&own).code, "link-own-ticket");
    let accept = |ticket: &str| json!({ "command": "device.link_accept", "ticket": ticket, "label": "portable" });
    there.does(&accept(&ticket));
    let (here, shown) = (
        hears_state(&mut desk, "compare"),
        hears_state(&mut there, "compare"),
    );
    assert_eq!(here["code"], shown["code"]);
    assert_eq!(
        (&here["takes"], &shown["takes"]),
        (&json!(false), &json!(true))
    );
    // One at a time.
    assert_eq!(desk.may_not(&offer).code, "link-under-way");
    // The laptop's person thinks better of it.
    there.does(&json!({ "command": "device.link_cancel" }));
    let failed = hears_state(&mut desk, "failed");
    assert_eq!(failed["code"], "link-cancelled");
    // And begins again.
    let ticket = word(&desk.does(&offer)["ticket"]);
    there.does(&accept(&ticket));
    hears_state(&mut desk, "compare");
    hears_state(&mut there, "compare");
    desk.does(&json!({ "command": "device.link_confirm" }));
    hears_state(&mut desk, "waiting");
    there.does(&json!({ "command": "device.link_confirm" }));
    hears_state(&mut there, "done");
    hears_state(&mut desk, "done");
    there.is_in_step(&network);
    // What is typed on one appears on the other.
    desk.does(&json!({
        "command": "profile.set", "network": network, "field": "brings", "value": "des plants",
    }));
    there.waits_until("the desk's words arrive", |desk| {
        me(&desk.looks(&network, "members"))["brings"] == "des plants"
    });
    desk.closes();
    there.closes();
    laptop.is_sound();
}

#[test]
fn a_stolen_machine_is_revoked_from_the_other_and_meets_nobody_any_more() {
    let (desk, laptop, bo) = (
        Peer::named("Ana"),
        Peer::named("portable"),
        Peer::named("Bo"),
    );
    let network = desk.founds("Les bords du fleuve");
    let (door, ticket) = desk.welcomes(&network, 1);
    bo.joins(&ticket);
    door.stops();
    let page = desk.writes_page(&network, "Bienvenue", "Lisez-moi.\n");
    links(&desk, &laptop);
    let stolen = laptop.device();
    // Written on the laptop before, and met: it stays.
    laptop.does(json!({
        "command": "page.edit", "network": network, "page": page, "at": 0, "delete": 0,
        "insert": "Bonjour. ",
    }));
    let door = desk.serves();
    laptop.meets(&door);
    door.stops();
    desk.verb(["device", "revoke", &network, &stolen]).one();
    laptop.does(json!({
        "command": "page.edit", "network": network, "page": page, "at": 0, "delete": 0,
        "insert": "Le voleur. ",
    }));
    let door = desk.serves();
    bo.meets(&door);
    is_turned_away(&laptop, &door);
    door.stops();
    let door = bo.serves();
    is_turned_away(&laptop, &door);
    door.stops();
    for peer in [&desk, &bo] {
        assert_eq!(peer.text(&network, &page), "Bonjour. Lisez-moi.\n");
    }
    let machines = desk.verb(["device", "list", &network]).done();
    let ended: Vec<_> = machines
        .iter()
        .map(|one| one["ended"]["how"].clone())
        .collect();
    assert!(
        ended.contains(&json!("revoked")) && ended.contains(&json!(null)),
        "{ended:?}"
    );
    // The key is out for good: the same profile is not linked again.
    let (mut here, ticket) = shows_a_ticket(&desk, "bureau");
    let mut there = starts(&laptop, &["device", "accept", &ticket]);
    compare(&mut here, &mut there);
    assert_eq!(ends_badly(there), "link-revoked");
    assert_eq!(ends_badly(here), "link-revoked");
    desk.is_sound();
}

#[test]
fn who_lost_every_machine_comes_back_as_who_they_were_once_the_members_consent() {
    let [ana, bo, chloe, phone] = ["Ana", "Bo", "Chloé", "téléphone"].map(Peer::named);
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Bienvenue", "Lisez-moi.\n");
    ana.does(json!({
        "command": "profile.set", "network": network, "field": "brings", "value": "des plants",
    }));
    let (door, ticket) = ana.welcomes(&network, 2);
    bo.joins(&ticket);
    chloe.joins(&ticket);
    bo.meets(&door);
    door.stops();
    let (lost, who) = (ana.device(), ana.member());

    // Ana's machines are gone. Bo makes a ticket; they compare the code by telephone.
    let mut here = starts(&bo, &["member", "return-ticket", &network, &who]);
    let ticket = here.hears("a ticket", |line| !line["ticket"].is_null());
    let ticket = word(&ticket["ticket"]);
    let mut there = starts(&phone, &["device", "accept", &ticket, "--timeout", "4"]);
    compare(&mut here, &mut there);
    let pending = there.hears("that it waits", |line| !line["pending"].is_null());
    assert_eq!(pending["pending"], json!({ "have": 1, "need": 2 }));
    assert_eq!(ends_well(here)["name"], "Ana");
    assert_eq!(ends_badly(there), "link-pending");
    assert!(phone.networks().is_empty(), "nothing was said yet");

    // Chloé hears of it, and consents.
    let door = bo.serves();
    chloe.meets(&door);
    chloe.does(json!({
        "command": "member.readmit", "network": network, "member": who, "device": phone.device(),
    }));
    chloe.meets(&door);
    // The phone goes on by itself, without a code.
    let mut back = phone.serves();
    back.talk().hears("is back", |line| {
        line["event"] == "linking" && line["state"] == "done"
    });
    back.talk()
        .hears("is in step", |line| line["event"] == "in-step");
    back.stops();
    door.stops();

    let view = phone.sees(&network, "members");
    let ana_now = me(&view);
    assert_eq!(
        (&ana_now["id"], &ana_now["name"]),
        (&json!(who), &json!("Ana"))
    );
    assert_eq!(ana_now["brings"], "des plants", "the notebook is hers");
    assert_eq!(ana_now["devices"], json!([phone.device()]));
    assert_eq!(phone.text(&network, &page), "Lisez-moi.\n");
    assert_eq!(phone.verb(["whoami"]).one()["name"], "Ana");
    phone.does(json!({
        "command": "profile.set", "network": network, "field": "expects", "value": "du temps",
    }));
    let door = bo.serves();
    phone.meets(&door);
    chloe.meets(&door);
    // The lost machine, found by somebody, is a stranger.
    is_turned_away(&ana, &door);
    door.stops();
    for peer in [&bo, &chloe] {
        assert_eq!(peer.members(&network), ["Ana", "Bo", "Chloé"]);
        assert_eq!(peer.digest(&network), phone.digest(&network));
        let view = peer.sees(&network, "members");
        let machines = view["members"][0]["machines"].as_array().unwrap();
        let gone = machines
            .iter()
            .find(|one| one["device"] == json!(lost))
            .unwrap();
        assert_eq!(gone["ended"]["how"], "readmitted");
        peer.is_sound();
    }
}
