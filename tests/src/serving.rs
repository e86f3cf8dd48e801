//! `tresse-node serve`: an always-on peer, for as long as the scenario wants it.

use serde_json::Value;

use crate::{Talk, peer::Peer};

/// A peer that serves. Killed when dropped; [`Serving::stops`] ends it in peace.
#[derive(Debug)]
pub struct Serving {
    talk: Talk,
    /// Its device.
    pub device: String,
    /// Where it can be dialled.
    pub addresses: Vec<String>,
}

impl Serving {
    pub(crate) fn start(peer: &Peer, words: &[&str]) -> Self {
        let mut command = peer.command();
        command.arg("serve").args(words);
        let mut talk = Talk::start(peer.name(), &mut command);
        let ready = talk.hears("is ready", |line| line["ready"] == true);
        let addresses = ready["addresses"].as_array().unwrap();
        Self {
            device: ready["device"].as_str().unwrap().to_owned(),
            addresses: addresses
                .iter()
                .map(|address| address.as_str().unwrap().to_owned())
                .collect(),
            talk,
        }
    }

    /// `DEVICE@ADDR:PORT`, for `sync --peer`.
    pub fn contact(&self) -> String {
        format!("{}@{}", self.device, self.addresses[0])
    }

    /// Waits for the next event of this kind.
    pub fn hears(&mut self, event: &str) -> Value {
        self.talk.hears(format!("event « {event} »"), |line| {
            line["event"] == event
        })
    }

    /// Everything it said so far.
    pub fn heard(&mut self) -> &[Value] {
        self.talk.heard()
    }

    /// Its process.
    pub fn talk(&mut self) -> &mut Talk {
        &mut self.talk
    }

    /// SIGTERM: it ends with exit code 0. Answers all that it said.
    pub fn stops(mut self) -> Vec<Value> {
        self.talk.stop();
        self.talk.rest().to_vec()
    }

    /// kill -9.
    pub fn is_killed(mut self) {
        self.talk.kill();
    }
}
