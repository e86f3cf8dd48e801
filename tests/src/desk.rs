//! `tresse-desk`: somebody at work with the engine online.

use std::time::Instant;

use serde_json::{Value, json};

use crate::{PATIENCE, Peer, Refusal, Schema, Talk, find, node, word};

/// Somebody at work while others may be connected. Killed when dropped; [`Desk::closes`] ends it in
/// peace.
#[derive(Debug)]
pub struct Desk {
    name: String,
    talk: Talk,
    /// The device.
    pub device: String,
    /// Where it can be dialled.
    pub addresses: Vec<String>,
}

impl Desk {
    pub(crate) fn start(peer: &Peer, words: &[&str]) -> Self {
        let mut command = peer.program(&node::own("tresse-desk"));
        command.arg(peer.profile()).args(words);
        let mut talk = Talk::start(peer.name(), &mut command);
        let ready = talk.hears("is ready", |line| line["ready"] == true);
        let addresses = ready["addresses"].as_array().unwrap().iter();
        Self {
            name: peer.name().to_owned(),
            device: word(&ready["device"]),
            addresses: addresses.map(word).collect(),
            talk,
        }
    }

    /// `DEVICE@ADDR:PORT`.
    pub fn contact(&self) -> String {
        format!("{}@{}", self.device, self.addresses[0])
    }

    /// Does a command or asks a question; answers the answer.
    pub fn tries(&mut self, line: &Value) -> Value {
        if line["ask"].is_null() {
            Schema::of_commands().accepts(line).unwrap();
        }
        assert!(self.talk.tell(line), "{} hears nothing", self.name);
        let is_answer = |line: &Value| !(line["ok"].is_null() && line["error"].is_null());
        self.talk.hears(format!("answers {line}"), is_answer)
    }

    /// Does a command that must succeed.
    #[track_caller]
    pub fn does(&mut self, command: &Value) -> Value {
        let mut answer = self.tries(command);
        assert!(answer["error"].is_null(), "{command}: {answer}");
        answer["ok"].take()
    }

    /// Does a command that must be refused.
    #[track_caller]
    pub fn may_not(&mut self, command: &Value) -> Refusal {
        Refusal::of(&self.tries(command))
    }

    /// What a view shows now.
    #[track_caller]
    pub fn looks(&mut self, network: &str, what: &str) -> Value {
        self.does(&json!({ "ask": what, "network": network }))
    }

    /// The text of a page now.
    #[track_caller]
    pub fn text(&mut self, network: &str, page: &str) -> String {
        let view = self.does(&json!({ "ask": "page", "network": network, "page": page }));
        word(&view["body"]["text"])
    }

    /// A meeting now, with its sheet.
    #[track_caller]
    pub fn meeting(&mut self, network: &str, meeting: &str) -> Value {
        self.does(&json!({ "ask": "meeting", "network": network, "meeting": meeting }))
    }

    /// A decision now.
    #[track_caller]
    pub fn decision(&mut self, network: &str, decision: &str) -> Value {
        self.does(&json!({ "ask": "decision", "network": network, "decision": decision }))
    }

    /// One action of the plan now.
    pub fn action(&mut self, network: &str, action: &str) -> Value {
        find(&self.looks(network, "plan")["content"]["actions"], action)
    }

    /// Looks again at each new view, until what is looked for is there.
    #[track_caller]
    pub fn waits_until(&mut self, what: &str, mut is_so: impl FnMut(&mut Self) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let before = self.views();
            if is_so(self) {
                return;
            }
            if self.views() > before {
                assert!(Instant::now() < deadline, "{}: never {what}", self.name);
                continue;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            let what = format!("waits until {what}");
            self.talk
                .hears_within(left, what, |line| line["event"] == "view");
        }
    }

    /// How many views were published so far.
    fn views(&mut self) -> usize {
        let heard = self.talk.heard().iter();
        heard.filter(|line| line["event"] == "view").count()
    }

    /// Waits until both copies are known to be equal with at least one other.
    pub fn is_in_step(&mut self, network: &str) {
        self.waits_until("in step", |desk| {
            let sync = desk.looks(network, "sync");
            sync["in_step"].as_u64() > Some(0) && sync["in_step"] == sync["connected"]
        });
    }

    /// Waits until nobody is connected any more.
    pub fn is_alone(&mut self, network: &str) {
        self.waits_until("nobody is connected", |desk| {
            desk.looks(network, "sync")["connected"] == 0
        });
    }

    /// How much it has said so far: [`Desk::hears_since`] looks at what comes after.
    pub fn said(&mut self) -> usize {
        self.talk.heard().len()
    }

    /// What it has said since, or says next, that is wanted.
    #[track_caller]
    pub fn hears_since(
        &mut self,
        since: usize,
        what: &str,
        wanted: impl Fn(&Value) -> bool,
    ) -> Value {
        let said = self.talk.heard()[since..].iter().find(|line| wanted(line));
        if let Some(said) = said.cloned() {
            return said;
        }
        self.talk.hears(what, wanted)
    }

    /// Every document and its heads.
    pub fn digest(&mut self, network: &str) -> Value {
        self.does(&json!({ "ask": "digest", "network": network }))
    }

    /// Its process.
    pub fn talk(&mut self) -> &mut Talk {
        &mut self.talk
    }

    /// Is cut off, and begins again at an address that nobody knows yet.
    pub fn moves(&mut self, peer: &Peer, words: &[&str]) {
        self.talk.kill();
        *self = Self::start(peer, &[&["--listen", "127.0.0.1:0"], words].concat());
    }

    /// Ends in peace: exit code 0.
    pub fn closes(mut self) {
        self.talk.hang_up();
        let status = self.talk.ends();
        assert!(status.success(), "{} ended with {status}", self.name);
    }

    /// kill -9.
    pub fn is_killed(mut self) {
        self.talk.kill();
    }
}
