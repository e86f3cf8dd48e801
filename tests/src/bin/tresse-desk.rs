//! An engine that is online while somebody works with it, as the window holds it, for scenarios.
//!
//! ```text
//! tresse-desk DIR [--listen ADDR:PORT] [--lan] [--internet] [--protocol VERSION] [--now MS] [--peer DEVICE@ADDR:PORT]…
//! ```
//!
//! Reads JSON lines: commands as `tresse-node run` takes them, or questions
//! (`{"ask":"status"}`, `{"ask":"page","network":…,"page":…}`, …). Answers each with `{"ok":…}` or
//! `{"error":…}`, and says events and new views as they come. Ends when its input ends.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a tool of tests: it speaks on standard output, and ends when something is wrong"
)]

use std::{
    io::{BufRead, Write},
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use tresse_engine::{
    BACKUP_FILES, Command, CommandError, DecisionCommand, Engine, MeetingCommand, NetOptions,
    Options, Progress,
    model::{DocId, NetworkId},
};

fn main() {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("TRESSE_LOG")
                .unwrap_or_else(|_| "warn".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let (dir, options) = arguments();
    let (engine, events) = match Engine::open_listening(&dir, options) {
        Ok(opened) => opened,
        Err(error) => {
            say(&json!({ "error": { "code": error.code(), "message": error.to_string() } }));
            std::process::exit(1);
        }
    };
    let view = engine.fresh_view().unwrap();
    say(&json!({
        "ready": true, "device": view.me.device, "addresses": view.status.addresses,
    }));
    std::thread::spawn(move || {
        for event in events {
            say(&serde_json::to_value(event).unwrap());
        }
    });
    engine.set_waker(|| say(&json!({ "event": "view" })));
    for line in std::io::stdin().lock().lines() {
        let answer = match line.map(|line| answer(&engine, &line)).unwrap() {
            Ok(answer) => json!({ "ok": answer }),
            Err(error) => json!({ "error": error }),
        };
        say(&answer);
    }
    engine.close();
}

fn arguments() -> (PathBuf, Options) {
    let mut words = std::env::args().skip(1);
    let dir = PathBuf::from(words.next().expect("the profile's folder"));
    let mut net = NetOptions {
        lan: false,
        internet: false,
        ..NetOptions::default()
    };
    let mut now = None;
    while let Some(word) = words.next() {
        let mut value = || words.next().expect("a value");
        match word.as_str() {
            "--lan" => net.lan = true,
            "--internet" => net.internet = true,
            "--protocol" => net.protocol = Some(value().parse().expect("a version")),
            "--now" => now = Some(value().parse().expect("milliseconds since 1970")),
            "--listen" => net.listen = Some(value().parse().expect("an address")),
            "--peer" => {
                let peer = value();
                let (device, address) = peer.split_once('@').expect("DEVICE@ADDR:PORT");
                let (device, address) = (device.parse(), address.parse());
                net.peers
                    .push((device.expect("a device"), address.expect("an address")));
            }
            other => panic!("what is {other}?"),
        }
    }
    let options = Options {
        net: Some(net),
        now,
        ..Options::default()
    };
    (dir, options)
}

fn answer(engine: &Engine, line: &str) -> Result<Value, CommandError> {
    let question: Value = serde_json::from_str(line).unwrap();
    let Some(ask) = question["ask"].as_str() else {
        return engine.call(Command::parse(line)?);
    };
    let network = || -> NetworkId { question["network"].as_str().unwrap().parse().unwrap() };
    match ask {
        "backup" => {
            engine.backup(
                Path::new(question["file"].as_str().unwrap()),
                None,
                BACKUP_FILES,
                &Progress::default(),
            )?;
            return Ok(json!({}));
        }
        "check" => return Ok(json!(engine.check()?)),
        "digest" => return Ok(json!({ "documents": engine.digest(&network())? })),
        "page" => {
            let page: DocId = question["page"].as_str().unwrap().parse().unwrap();
            let network = network();
            match engine.call(Command::PageOpen { network, page }) {
                // With a full disk the page opens all the same.
                Err(error) if error.code != "not-saved" => return Err(error),
                _ => {}
            }
            let view = engine.fresh_view()?;
            return Ok(json!(view.network(&network).unwrap().page(&page).unwrap()));
        }
        "meeting" => {
            let meeting: DocId = question["meeting"].as_str().unwrap().parse().unwrap();
            let network = network();
            engine.call(MeetingCommand::Open { network, meeting }.into())?;
            let view = engine.fresh_view()?;
            return Ok(json!(
                view.network(&network).unwrap().meeting(&meeting).unwrap()
            ));
        }
        "decision" => {
            let decision: DocId = question["decision"].as_str().unwrap().parse().unwrap();
            let network = network();
            engine.call(Command::Decision(DecisionCommand::Open {
                network,
                decision,
            }))?;
            let view = engine.fresh_view()?;
            return Ok(json!(
                view.network(&network).unwrap().decision(&decision).unwrap()
            ));
        }
        _ => {}
    }
    let view = engine.fresh_view()?;
    if ask == "status" {
        return Ok(json!(view.status));
    }
    if ask == "reach" {
        return Ok(json!(view.reach));
    }
    if ask == "told" {
        return Ok(json!(*view.digest));
    }
    if ask == "networks" {
        let networks: Vec<_> = view.networks.iter().map(|network| network.id).collect();
        return Ok(json!(networks));
    }
    let network = view.network(&network()).expect("a network of this profile");
    Ok(match ask {
        "home" => json!(*network.home),
        "charter" => json!(*network.charter),
        "versions" => json!(*network.charter_versions),
        "decisions" => json!(*network.decisions),
        "plan" => json!(*network.plan),
        "pages" => json!(*network.library),
        "members" => json!(*network.members),
        "sync" => json!(network.sync),
        "undo" => json!(network.undo),
        "files" => json!({ "files": *network.files, "here": *view.files }),
        other => panic!("what is {other}?"),
    })
}

/// One line, whole, whichever thread says it.
fn say(line: &Value) {
    let mut out = std::io::stdout().lock();
    // Whoever listened may be gone: then there is nobody to tell.
    if writeln!(out, "{line}").and_then(|()| out.flush()).is_err() {
        std::process::exit(1);
    }
}
