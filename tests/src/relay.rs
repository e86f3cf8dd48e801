//! A relay of one's own, at a machine that both sides of a scenario can reach.

use crate::{Host, Talk, node};

/// A relay, without TLS. Killed when dropped.
#[derive(Debug)]
pub struct Relay {
    talk: Talk,
    /// Its URL.
    pub url: String,
}

impl Relay {
    /// Starts one at a machine, at this `ADDR:PORT`.
    pub fn at(host: &Host, address: &str) -> Self {
        let mut command = host.runs(node::own("tresse-relay"));
        command.arg(address);
        let mut talk = Talk::start("relay", &mut command);
        talk.hears("is ready", |line| line["ready"] == true);
        Self {
            talk,
            url: format!("http://{address}/"),
        }
    }

    /// kill -9.
    pub fn is_killed(mut self) {
        self.talk.kill();
    }
}
