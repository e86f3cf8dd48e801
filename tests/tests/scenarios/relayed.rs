//! Two machines that have no way to each other, and a relay of their own that both can reach.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use serde_json::json;
use tresse_tests::{Cable, Desk, Host, Peer, Relay, hosts_can_be_made};

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

/// Of each connected device, whether it is reached through a relay.
fn ways(desk: &mut Desk) -> Vec<bool> {
    let status = desk.does(&json!({ "ask": "status" }));
    let peers = status["peers"].as_array().unwrap().iter();
    peers
        .map(|peer| peer["relayed"].as_bool().unwrap())
        .collect()
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
    for desk in [&mut ana_desk, &mut bo_desk] {
        desk.waits_until("reached through the relay", |desk| ways(desk) == [true]);
    }
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
        desk.waits_until("reached through the relay", |desk| ways(desk) == [true]);
    }

    // They come into one room: the same link goes by the cable between them, and it is said.
    let cable = Cable::between(&countries.ana, &countries.bo);
    cable.only_ipv4();
    cable.addresses(["10.80.3.1/24", "10.80.3.2/24"]);
    for desk in [&mut ana_desk, &mut bo_desk] {
        desk.waits_until("reached directly", |desk| ways(desk) == [false]);
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

/// The source of the relay program, in the version that this was built with: beside what was compiled lies a list of where it came from.
fn source_of_the_relay() -> String {
    let test = env::current_exe().unwrap();
    let lists = fs::read_dir(test.parent().unwrap()).unwrap();
    let lists = lists.map(|entry| entry.unwrap().path()).filter(|path| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.starts_with("iroh_relay-") && name.ends_with(".d")
    });
    let built = |path: &PathBuf| fs::metadata(path).unwrap().modified().unwrap();
    let list = fs::read_to_string(lists.max_by_key(built).unwrap()).unwrap();
    let mut sources = list.split_whitespace().map(Path::new);
    let library = sources.find(|path| path.ends_with("src/lib.rs")).unwrap();
    fs::read_to_string(library.with_file_name("main.rs")).unwrap()
}

/// What stands in a type of some source, a name a line: its fields, or its variants.
fn names_in<'a>(source: &'a str, kind: &str) -> Vec<&'a str> {
    let begun = source.split_once(&format!("\n{kind} {{\n"));
    let (within, _) = begun.unwrap().1.split_once("\n}\n").unwrap();
    let lines = within.lines().filter_map(|line| line.strip_prefix("    "));
    let named = lines.filter(|line| line.starts_with(|first: char| first.is_alphabetic()));
    named
        .filter_map(|line| line.split([':', ',', '(']).next())
        .collect()
}

#[test]
fn the_settings_that_the_documentation_tells_to_write_are_ones_that_the_relay_program_reads() {
    // It passes over what it does not know: a word that it gave up would do nothing, and nobody would be told.
    let source = source_of_the_relay();
    let settings: toml::Table = toml::from_str(Relay::settings()).unwrap();
    let known = names_in(&source, "struct Config");
    let tls = settings["tls"].as_table().unwrap();
    let known_of_tls = names_in(&source, "struct TlsConfig");
    for (written, known) in [(&settings, known), (tls, known_of_tls)] {
        assert!(written.len() > 3 && known.len() > 3);
        for key in written.keys() {
            assert!(known.contains(&&**key), "{key} is none of {known:?}");
        }
    }
    let modes = names_in(&source, "enum CertMode");
    let mode = tls["cert_mode"].as_str().unwrap();
    assert!(modes.contains(&mode), "{mode} is none of {modes:?}");
    let options = names_in(&source, "struct Cli");
    let mut words = Relay::start_line().split(' ').skip(1);
    let option = words.next().unwrap().strip_prefix("--").unwrap();
    assert!(options.contains(&&*option.replace('-', "_")), "{option}");
    assert_eq!(words.next(), Some("relay.toml"));
}
