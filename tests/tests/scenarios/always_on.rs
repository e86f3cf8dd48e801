//! A machine that is always on: what it tells the system that started it, and whoever watches over it.

use std::{
    fs,
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    os::unix::net::UnixDatagram,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use tresse_tests::{PATIENCE, Peer, Talk, node, word};

/// The unit that is shipped.
const UNIT: &str = include_str!("../../../apps/node/systemd/tresse-node.service");
/// Where it has the program.
const INSTALLED: &str = "/usr/local/bin/tresse-node";

/// The figures at an address, as text.
fn figures(at: &str) -> String {
    let mut stream = TcpStream::connect(at).unwrap();
    let ask = format!("GET /metrics HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n");
    stream.write_all(ask.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    answer
}

fn figure(text: &str, name: &str) -> u64 {
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    let value = line.unwrap_or_else(|| panic!("no {name} in {text}"));
    value.trim().parse().unwrap()
}

#[test]
fn figures_tell_how_it_stands_and_nobodys_name() {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Les bords du fleuve");
    let (door, ticket) = ana.welcomes(&network, 1);
    bo.joins(&ticket);
    door.stops();
    bo.writes_page(&network, "Trace", "Écrit chez Bo.\n");

    let mut command = ana.command();
    let listen = ana.loopback();
    command.args([
        "serve",
        "--lan-only",
        "--listen",
        &listen,
        "--metrics",
        "127.0.0.1:0",
    ]);
    let mut serving = Talk::start("Ana", &mut command);
    let ready = serving.hears("is ready", |line| line["ready"] == true);
    let at = word(&ready["metrics"]);
    let before = figures(&at);
    assert_eq!(figure(&before, "tresse_networks"), 1);
    assert_eq!(figure(&before, "tresse_peers"), 0);
    assert_eq!(figure(&before, "tresse_received_bytes_total"), 0);
    assert!(figure(&before, "tresse_profile_bytes") > 0);
    assert!(figure(&before, "tresse_resident_bytes") > 1_000_000);
    assert!(figure(&before, "tresse_open_files") > 3);

    let contact = format!("{}@{listen}", word(&ready["device"]));
    bo.tries_to_meet(&contact).one();
    serving.hears("event « in-step »", |line| line["event"] == "in-step");
    let deadline = Instant::now() + PATIENCE;
    let after = loop {
        let after = figures(&at);
        if figure(&after, "tresse_received_bytes_total") > 0 {
            break after;
        }
        assert!(Instant::now() < deadline, "nothing was counted: {after}");
    };
    assert!(figure(&after, "tresse_meetings_in_step_total") >= 1);
    assert!(figure(&after, "tresse_peers_connected_total") >= 1);
    for secret in ["Ana", "Bo", "fleuve", &network, "Trace"] {
        assert!(!after.contains(secret), "{secret} is in {after}");
    }
    serving.stop();
    assert!(TcpStream::connect(&at).is_err(), "it still answers");
}

#[test]
fn without_being_asked_it_gives_no_figures_and_never_to_other_machines() {
    let ana = Peer::named("Ana");
    let outcome = ana.verb(["serve", "--lan-only", "--metrics", "0.0.0.0:9464"]);
    assert_eq!(outcome.exit, 2, "{outcome:?}");
    assert!(outcome.errors.contains("127.0.0.1"), "{outcome:?}");
    let mut serving = ana.serves();
    let ready = serving.talk().heard()[0].clone();
    assert!(ready["metrics"].is_null(), "{ready}");
    serving.stops();
}

#[test]
fn an_address_for_figures_that_is_taken_is_said_and_the_profile_is_free_again() {
    let ana = Peer::named("Ana");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let at = taken.local_addr().unwrap().to_string();
    let outcome = ana.verb(["serve", "--lan-only", "--metrics", &at]);
    assert_eq!(outcome.refused().code, "metrics");
    ana.serves().stops();
}

#[test]
fn the_system_that_started_it_is_told_when_it_is_ready_and_when_it_stops() {
    let ana = Peer::named("Ana");
    let path = ana.path("notify");
    let system = UnixDatagram::bind(&path).unwrap();
    system
        .set_read_timeout(Some(PATIENCE.max(Duration::from_secs(1))))
        .unwrap();
    let hears = || {
        let mut said = [0; 64];
        let length = system.recv(&mut said).unwrap();
        String::from_utf8_lossy(&said[..length]).into_owned()
    };
    let mut command = ana.command();
    command.args(["serve", "--lan-only", "--listen", &ana.loopback()]);
    command.env("NOTIFY_SOCKET", &path);
    let mut serving = Talk::start("Ana", &mut command);
    assert_eq!(hears(), "READY=1\n");
    serving.stop();
    assert_eq!(hears(), "STOPPING=1\n");
}

#[test]
fn its_log_can_be_read_by_programs_line_by_line() {
    let ana = Peer::named("Ana");
    ana.founds("Le fleuve");
    let mut command = ana.command();
    command.env("TRESSE_LOG", "debug");
    command.args(["--json-log", "sync", "--lan-only", "--timeout", "1"]);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1), "nobody is there to meet");
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(log.lines().count() > 0, "nothing was logged");
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(line["level"].is_string() && line["timestamp"].is_string());
    }
    assert!(!log.contains("Le fleuve"), "{log}");
}

/// What systemd says of a unit; `None`: it is not there.
fn systemd_says(of: &Path) -> Option<String> {
    let mut asked = Command::new("systemd-analyze");
    let told = match asked.args(["verify", "--man=no"]).arg(of).output() {
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        told => told.unwrap(),
    };
    // It looks at the units of this machine too that ours comes after.
    let all = String::from_utf8_lossy(&told.stderr).into_owned();
    let ours = all.lines().filter(|line| line.contains("tresse-node"));
    Some(ours.collect::<Vec<_>>().join("\n"))
}

#[test]
fn the_unit_that_is_shipped_says_nothing_that_systemd_does_not_know() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tresse-node.service");
    let unit = UNIT.replace(INSTALLED, node().to_str().unwrap());
    assert_ne!(unit, UNIT);
    fs::write(&path, &unit).unwrap();
    let Some(said) = systemd_says(&path) else {
        println!("NOT TRIED: this needs the program systemd-analyze");
        return;
    };
    assert_eq!(said, "");
    // It is asked for what it would say.
    for (right, wrong) in [("ProtectClock=", "ProtectClok="), ("serve", "\"serve")] {
        fs::write(&path, unit.replace(right, wrong)).unwrap();
        assert_ne!(systemd_says(&path).unwrap(), "", "{wrong}");
    }
}

#[test]
fn the_unit_that_is_shipped_starts_the_program_with_words_that_it_takes() {
    let mut lines = UNIT.lines();
    let started = lines.find_map(|line| line.strip_prefix("ExecStart="));
    let mut words = started.unwrap().split(' ');
    assert_eq!(words.next(), Some(INSTALLED));
    let ana = Peer::without_profile("Ana");
    let passphrase = ana.path("passphrase");
    fs::write(&passphrase, "trois mots ensemble\n").unwrap();
    let passphrase = passphrase.to_str().unwrap();
    ana.verb(["--passphrase-file", passphrase, "init", "--name", "Ana"])
        .one();
    let profile = ana.profile().to_str().unwrap();
    let mut command = Command::new(node());
    command.args(words.map(|word| {
        word.replace("/var/lib/tresse/profile", profile)
            .replace("${CREDENTIALS_DIRECTORY}/passphrase", passphrase)
    }));
    command.args(["--lan-only", "--listen", &ana.loopback()]);
    let mut serving = Talk::start("Ana", &mut command);
    let ready = serving.hears("is ready", |line| line["ready"] == true);
    assert!(ready["device"].is_string(), "{ready}");
    serving.stop();
}
