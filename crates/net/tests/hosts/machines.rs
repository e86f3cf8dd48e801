//! Hosts made of network namespaces, cables between them, and peers inside.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, Command, Stdio},
    sync::{
        atomic::{AtomicU32, Ordering},
        mpsc::{Receiver, RecvTimeoutError, channel},
    },
    time::{Duration, Instant},
};

use super::ROLE;

/// Whether hosts can be made here; says why not.
pub(crate) fn hosts_can_be_made() -> bool {
    let root = std::fs::metadata("/proc/self").is_ok_and(|own| {
        use std::os::unix::fs::MetadataExt as _;
        own.uid() == 0
    });
    let why = if !root {
        "this needs root"
    } else if Command::new("ip").arg("netns").output().is_err() {
        "this needs the program ip"
    } else {
        return true;
    };
    assert!(std::env::var_os("CI").is_none(), "{why}");
    println!("not tried: {why}");
    false
}

/// Runs `ip`, which must succeed.
pub(crate) fn ip(words: &str) {
    let output = Command::new("ip").args(words.split(' ')).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "ip {words}: {error}");
}

/// A network namespace, gone when dropped.
pub(crate) struct Host {
    pub(crate) name: String,
}

impl Host {
    /// With a loopback interface and nothing else.
    pub(crate) fn new() -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let made = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("tresse-{}-{made}", std::process::id());
        ip(&format!("netns add {name}"));
        let host = Self { name };
        host.ip("link set lo up");
        host
    }

    /// Runs `ip` inside.
    pub(crate) fn ip(&self, words: &str) {
        ip(&format!("-n {} {words}", self.name));
    }

    /// How many packets and bytes left by its cable so far.
    pub(crate) fn sent(&self) -> (u64, u64) {
        let output = Command::new("ip")
            .args(["netns", "exec", &self.name, "cat", "/proc/net/dev"])
            .output()
            .unwrap();
        let table = String::from_utf8(output.stdout).unwrap();
        let row = table.lines().find(|row| row.trim().starts_with("cable:"));
        let counts: Vec<u64> = row
            .unwrap()
            .split_whitespace()
            .skip(1)
            .map(|count| count.parse().unwrap())
            .collect();
        (counts[9], counts[8])
    }

    /// A peer inside, by its number, that knows the names of these others.
    pub(crate) fn play(&self, me: u8, others: &[u8]) -> Player {
        let mut role = vec![me.to_string()];
        role.extend(others.iter().map(ToString::to_string));
        let mut child = Command::new("ip")
            .args(["netns", "exec", &self.name])
            .arg(std::env::current_exe().unwrap())
            .args(["--exact", "a_peer_for_the_other_tests", "--nocapture"])
            .env(ROLE, role.join(" "))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Player {
            me,
            child,
            lines,
            started: Instant::now(),
        }
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let gone = Command::new("ip")
            .args(["netns", "del", &self.name])
            .status();
        if !gone.is_ok_and(|status| status.success()) {
            println!("{} is left behind", self.name);
        }
    }
}

/// A peer in its own process, killed when dropped.
pub(crate) struct Player {
    pub(crate) me: u8,
    child: Child,
    lines: Receiver<String>,
    started: Instant,
}

impl Player {
    /// Waits for a line that begins so, and tells how long it took.
    pub(crate) fn says(&self, start: &str, within: Duration) -> (String, Duration) {
        let since = Instant::now();
        loop {
            let left = within.saturating_sub(since.elapsed());
            match self.lines.recv_timeout(left) {
                Ok(line) => {
                    println!(
                        "[{:7.3}] {}: {line}",
                        self.started.elapsed().as_secs_f32(),
                        self.me
                    );
                    if line.starts_with(start) {
                        std::io::stdout().flush().unwrap();
                        return (line, since.elapsed());
                    }
                }
                Err(RecvTimeoutError::Timeout) => panic!("{} never said « {start} »", self.me),
                Err(RecvTimeoutError::Disconnected) => panic!("{} ended", self.me),
            }
        }
    }

    /// Ends it without a word.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        // It may have been killed by the test.
        if self.child.kill().is_ok() {
            self.child.wait().unwrap();
        }
    }
}

/// What happens soon happens within this, and what a silent link takes within the other.
pub(crate) const SOON: Duration = Duration::from_secs(15);
pub(crate) const IDLE: Duration = Duration::from_secs(40);

/// Two hosts and a cable between them; the addresses are for the tests to give.
pub(crate) fn cabled() -> (Host, Host) {
    let (a, b) = (Host::new(), Host::new());
    ip(&format!(
        "link add cable netns {} type veth peer name cable netns {}",
        a.name, b.name
    ));
    for host in [&a, &b] {
        host.ip("link set cable up");
    }
    (a, b)
}

/// The same, with an address each.
pub(crate) fn addressed(a: &str, b: &str) -> (Host, Host) {
    let (host_a, host_b) = cabled();
    host_a.ip(&format!("addr add {a} dev cable"));
    host_b.ip(&format!("addr add {b} dev cable"));
    (host_a, host_b)
}

/// Both are linked and hear each other.
pub(crate) fn meet(ana: &Player, bo: &Player, within: Duration) {
    ana.says("linked", within);
    bo.says("linked", within);
    ana.says(&format!("hello from {}", bo.me), within);
    bo.says(&format!("hello from {}", ana.me), within);
}
