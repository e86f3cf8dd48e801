//! A relay of one's own, at a machine that both sides of a scenario can reach: with the settings that `docs/network.md` tells to write.

use std::io::Write as _;

use tempfile::NamedTempFile;

use crate::{Host, Talk, node};

/// Where it is told how to run a relay of one's own.
const TOLD: &str = include_str!("../../docs/network.md");

/// A relay, without TLS. Killed when dropped.
#[derive(Debug)]
pub struct Relay {
    talk: Talk,
    /// Its URL.
    pub url: String,
    _settings: NamedTempFile,
}

impl Relay {
    /// Starts one at a machine, at this `ADDR:PORT`.
    pub fn at(host: &Host, address: &str) -> Self {
        let mut settings = NamedTempFile::new().unwrap();
        settings.write_all(Self::settings().as_bytes()).unwrap();
        let mut command = host.runs(node::own("tresse-relay"));
        command.arg(address).arg(settings.path());
        let mut talk = Talk::start("relay", &mut command);
        talk.hears("is ready", |line| line["ready"] == true);
        Self {
            talk,
            url: format!("http://{address}/"),
            _settings: settings,
        }
    }

    /// The settings that the documentation tells to write.
    #[track_caller]
    pub fn settings() -> &'static str {
        let begun = TOLD.split_once("cat > relay.toml <<END\n");
        let (settings, _) = begun.unwrap().1.split_once("\nEND\n").unwrap();
        settings
    }

    /// The line that the documentation tells to start it with.
    #[track_caller]
    pub fn start_line() -> &'static str {
        let mut lines = TOLD.lines();
        lines.find(|line| line.starts_with("iroh-relay ")).unwrap()
    }

    /// kill -9.
    pub fn is_killed(mut self) {
        self.talk.kill();
    }
}
