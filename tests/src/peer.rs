//! A person with a profile, who uses `tresse-node`.

use std::{
    io::Write,
    net::UdpSocket,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
    thread,
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{Desk, Host, Outcome, Refusal, Schema, Serving, find, node, word};

/// A person with a profile of their own.
#[derive(Debug, Clone)]
pub struct Peer {
    name: String,
    profile: PathBuf,
    /// The namespace of the machine that the person sits at, if it is not this one.
    host: Option<String>,
    /// The port at which this person listens on the loopback interface.
    port: u16,
    _home: Arc<Home>,
}

/// The folder that a person's files lie in. After a failure it is kept, to look into.
#[derive(Debug)]
struct Home(Option<TempDir>);

impl Drop for Home {
    fn drop(&mut self) {
        if std::thread::panicking()
            && let Some(home) = self.0.take()
        {
            println!("kept: {}", home.keep().display());
        }
    }
}

impl Peer {
    /// A person of this name, with a fresh profile.
    pub fn named(name: &str) -> Self {
        let peer = Self::without_profile(name);
        peer.verb(["init", "--name", name]).one();
        peer
    }

    /// A person of this name, at another machine.
    pub fn at(host: &Host, name: &str) -> Self {
        let mut peer = Self::without_profile(name);
        peer.host = Some(host.name().to_owned());
        peer.verb(["init", "--name", name]).one();
        peer
    }

    /// A person of this name, with a fresh profile in this folder.
    pub fn with_profile_in(name: &str, folder: &Path) -> Self {
        let mut peer = Self::without_profile(name);
        folder.clone_into(&mut peer.profile);
        peer.verb(["init", "--name", name]).one();
        peer
    }

    /// A person whose profile is not made yet.
    pub fn without_profile(name: &str) -> Self {
        let home = tempfile::Builder::new()
            .prefix("tresse-scenario-")
            .tempdir()
            .unwrap();
        Self {
            name: name.to_owned(),
            profile: home.path().join("profile"),
            host: None,
            port: free_port(),
            _home: Arc::new(Home(Some(home))),
        }
    }

    /// Their name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The folder of their profile.
    pub fn profile(&self) -> &Path {
        &self.profile
    }

    /// How many bytes lie in the profile now, as far as they can be counted while it is in use.
    pub fn stored_bytes(&self) -> u64 {
        let files = std::fs::read_dir(&self.profile).into_iter().flatten();
        let length = |file: std::io::Result<std::fs::DirEntry>| {
            file.ok()?.metadata().ok().map(|about| about.len())
        };
        files.filter_map(length).sum()
    }

    /// A path of their own outside the profile.
    pub fn path(&self, name: &str) -> PathBuf {
        self.profile.with_file_name(name)
    }

    /// Runs a program at the person's machine.
    pub(crate) fn program(&self, program: &Path) -> Command {
        match &self.host {
            None => Command::new(program),
            Some(host) => {
                let mut command = Command::new("ip");
                command.args(["netns", "exec", host]).arg(program);
                command
            }
        }
    }

    /// `tresse-node` on this profile, with JSON.
    pub fn command(&self) -> Command {
        let mut command = self.program(node());
        command
            .env_remove("TRESSE_PROFILE")
            .env_remove("TRESSE_PASSPHRASE")
            .arg("--profile")
            .arg(&self.profile)
            .arg("--json");
        command
    }

    /// Does one verb, to its end.
    pub fn verb<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> Outcome {
        self.verb_with(words, Vec::new())
    }

    fn verb_with<'a>(&self, words: impl IntoIterator<Item = &'a str>, input: Vec<u8>) -> Outcome {
        let mut child = self
            .command()
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let writer = thread::spawn(move || stdin.write_all(&input));
        let output = child.wait_with_output().unwrap();
        // A program that wants no input may leave it unread.
        if let Err(error) = writer.join().unwrap() {
            assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe);
        }
        let text = String::from_utf8(output.stdout).unwrap();
        let lines = text
            .lines()
            .map(|line| {
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
            })
            .collect();
        Outcome {
            exit: output.status.code().unwrap_or(-1),
            lines,
            errors: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Runs commands in one go; answers each one's answer. Every command must be one by the schema
    /// that the program itself prints.
    pub fn tries(&self, commands: &[Value]) -> Vec<Value> {
        let mut input = String::new();
        for command in commands {
            Schema::of_commands().accepts(command).unwrap();
            input.push_str(&command.to_string());
            input.push('\n');
        }
        let answers = self.verb_with(["run", "-"], input.into_bytes()).done();
        assert_eq!(answers.len(), commands.len(), "one answer a command");
        answers
    }

    /// Runs commands that must all succeed.
    #[track_caller]
    pub fn runs(&self, commands: &[Value]) -> Vec<Value> {
        let answers = self.tries(commands);
        let answers = answers.into_iter().zip(commands);
        answers
            .map(|(mut answer, command)| {
                assert!(answer["error"].is_null(), "{command}: {answer}");
                answer["ok"].take()
            })
            .collect()
    }

    /// Does one command that must succeed.
    #[track_caller]
    pub fn does(&self, command: Value) -> Value {
        self.runs(&[command]).remove(0)
    }

    /// Does one command that must be refused.
    #[track_caller]
    pub fn may_not(&self, command: Value) -> Refusal {
        Refusal::of(&self.tries(&[command])[0])
    }

    /// Founds a network.
    pub fn founds(&self, name: &str) -> String {
        let answer = self.verb(["network", "create", "--name", name]).one();
        word(&answer["network"])
    }

    /// Makes an invitation for so many people.
    pub fn invites(&self, network: &str, uses: u32) -> String {
        let uses = uses.to_string();
        word(&self.verb(["invite", network, "--uses", &uses]).one()["ticket"])
    }

    /// Joins with a ticket.
    pub fn tries_to_join(&self, ticket: &str) -> Outcome {
        self.verb(["join", ticket, "--lan-only", "--timeout", "30"])
    }

    /// Joins with a ticket, which must succeed.
    #[track_caller]
    pub fn joins(&self, ticket: &str) -> String {
        word(&self.tries_to_join(ticket).one()["network"])
    }

    /// Where this person listens on the loopback interface.
    pub fn loopback(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Serves on the loopback interface, at the person's own port.
    pub fn serves(&self) -> Serving {
        self.serves_with(&["--lan-only", "--listen", &self.loopback()])
    }

    /// Serves, and makes an invitation that names the place. (A ticket names the addresses that the
    /// device had when it last listened.)
    pub fn welcomes(&self, network: &str, uses: u32) -> (Serving, String) {
        self.serves().stops();
        let ticket = self.invites(network, uses);
        (self.serves(), ticket)
    }

    /// Serves with these options.
    pub fn serves_with(&self, words: &[&str]) -> Serving {
        Serving::start(self, words)
    }

    /// Sits down at the desk: an engine that is online while one works, on the loopback interface.
    pub fn sits_down(&self) -> Desk {
        Desk::start(self, &["--listen", &self.loopback()])
    }

    /// Sits down and knows where another desk is.
    pub fn sits_down_beside(&self, other: &Desk) -> Desk {
        self.sits_down_towards(&other.contact())
    }

    /// Sits down and knows where somebody may be (`DEVICE@ADDR:PORT`), there or not.
    pub fn sits_down_towards(&self, contact: &str) -> Desk {
        Desk::start(self, &["--listen", &self.loopback(), "--peer", contact])
    }

    /// Sits down on the loopback interface, with these options of `tresse-desk`.
    pub fn sits_down_with(&self, options: &[&str]) -> Desk {
        Desk::start(self, &[&["--listen", &self.loopback()], options].concat())
    }

    /// Sits down at a machine on a network where others must be found.
    pub fn sits_down_on_the_lan(&self) -> Desk {
        Desk::start(self, &["--lan"])
    }

    /// Sits down at a machine that may use the internet: relays, that is.
    pub fn sits_down_with_internet(&self) -> Desk {
        Desk::start(self, &["--lan", "--internet"])
    }

    /// Meets somebody who serves; answers what `sync` says of it.
    #[track_caller]
    pub fn meets(&self, other: &Serving) -> Value {
        self.tries_to_meet(&other.contact()).one()
    }

    /// Tries to meet a device at an address.
    pub fn tries_to_meet(&self, contact: &str) -> Outcome {
        self.verb(["sync", "--lan-only", "--timeout", "30", "--peer", contact])
    }

    /// A view.
    pub fn sees(&self, network: &str, what: &str) -> Value {
        self.verb(["view", network, what]).one()
    }

    /// One page.
    pub fn page(&self, network: &str, page: &str) -> Value {
        self.verb(["view", network, "page", page]).one()
    }

    /// The text of one page.
    pub fn text(&self, network: &str, page: &str) -> String {
        word(&self.page(network, page)["body"]["text"])
    }

    /// Makes a page.
    pub fn writes_page(&self, network: &str, title: &str, text: &str) -> String {
        let command = json!({
            "command": "page.create", "network": network, "title": title, "text": text,
        });
        word(&self.does(command)["page"])
    }

    /// One action of the plan.
    pub fn action(&self, network: &str, action: &str) -> Value {
        find(&self.sees(network, "plan")["content"]["actions"], action)
    }

    /// Who changed a document.
    pub fn history(&self, network: &str, doc: &str) -> Vec<Value> {
        self.verb(["history", network, doc]).done()
    }

    /// Every document and its heads.
    pub fn digest(&self, network: &str) -> Value {
        self.verb(["digest", network]).one()
    }

    /// The names of those who are in.
    pub fn members(&self, network: &str) -> Vec<String> {
        let view = self.sees(network, "members");
        let members = view["members"].as_array().unwrap().iter();
        members.map(|member| word(&member["name"])).collect()
    }

    /// This person's name in acts.
    pub fn member(&self) -> String {
        word(&self.verb(["whoami"]).one()["member"])
    }

    /// This person's device.
    pub fn device(&self) -> String {
        word(&self.verb(["whoami"]).one()["device"])
    }

    /// The networks that the profile has.
    pub fn networks(&self) -> Vec<Value> {
        self.verb(["network", "list"]).done()
    }

    /// Everything that a network says, as text.
    pub fn reads_everything(&self, network: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().to_str().unwrap();
        let files = self
            .verb(["export", network, "--to", to, "--format", "json"])
            .one();
        let files = files["files"].as_array().unwrap().iter();
        files
            .map(|file| std::fs::read_to_string(folder.path().join(word(file))).unwrap())
            .collect()
    }

    /// The profile proves sound.
    #[track_caller]
    pub fn is_sound(&self) {
        let outcome = self.verb(["check"]);
        let sound = outcome.exit == 0 && outcome.lines == [json!({ "ok": true, "problems": [] })];
        assert!(sound, "{}: {outcome:#?}", self.name);
    }
}

/// A port that nobody listens at now.
fn free_port() -> u16 {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.local_addr().unwrap().port()
}
