//! A process that says JSON lines, and perhaps is told some.

use std::{
    fmt::Display,
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::PATIENCE;

/// A process that says JSON lines. Killed when dropped.
#[derive(Debug)]
pub struct Talk {
    who: String,
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<Value>,
    heard: Vec<Value>,
    started: Instant,
}

impl Talk {
    /// Starts the process; its standard error goes where this one's goes.
    pub fn start(who: &str, command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                // A line cut off by a kill says nothing.
                let Ok(value) = serde_json::from_str(&line) else {
                    continue;
                };
                if sender.send(value).is_err() {
                    break;
                }
            }
        });
        Self {
            who: who.to_owned(),
            stdin: child.stdin.take(),
            child,
            lines,
            heard: Vec::new(),
            started: Instant::now(),
        }
    }

    /// Its process number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The most memory that it has had resident so far, in MiB.
    pub fn peak(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.unwrap().trim().trim_end_matches(" kB");
        peak.parse::<u64>().unwrap() / 1024
    }

    /// Tells it a line. A process that was killed hears nothing.
    pub fn tell(&mut self, line: &Value) -> bool {
        let stdin = self.stdin.as_mut().expect("it can still be told something");
        writeln!(stdin, "{line}")
            .and_then(|()| stdin.flush())
            .is_ok()
    }

    /// Tells it that nothing more will be said.
    pub fn hang_up(&mut self) {
        self.stdin = None;
    }

    /// The next line that is wanted; what comes before it is remembered in [`Talk::heard`].
    pub fn hears(&mut self, what: impl Display, wanted: impl FnMut(&Value) -> bool) -> Value {
        self.hears_within(PATIENCE, what, wanted)
    }

    /// As [`Talk::hears`], with another patience.
    pub fn hears_within(
        &mut self,
        patience: Duration,
        what: impl Display,
        mut wanted: impl FnMut(&Value) -> bool,
    ) -> Value {
        let deadline = Instant::now() + patience;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) => {
                    self.heard.push(line.clone());
                    if wanted(&line) {
                        return line;
                    }
                }
                Err(error) => {
                    let end = match error {
                        RecvTimeoutError::Timeout => "did not say it in time",
                        RecvTimeoutError::Disconnected => "ended",
                    };
                    let at = self.started.elapsed();
                    panic!(
                        "{}, {at:.1?} after starting: {what}: it {end}; it said {:#?}",
                        self.who, self.heard
                    );
                }
            }
        }
    }

    /// The next line if one comes within this time.
    pub fn next_within(&mut self, patience: Duration) -> Option<Value> {
        let line = self.lines.recv_timeout(patience).ok()?;
        self.heard.push(line.clone());
        Some(line)
    }

    /// Everything it said so far.
    pub fn heard(&mut self) -> &[Value] {
        self.heard.extend(self.lines.try_iter());
        &self.heard
    }

    /// Everything it says until it ends, and what was heard before.
    pub fn rest(&mut self) -> &[Value] {
        self.heard.extend(self.lines.iter());
        &self.heard
    }

    /// Whether it has ended.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Waits for its end.
    pub fn ends(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "{} does not end", self.who);
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// kill -9.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGSTOP: it does nothing at all until it wakes.
    pub fn is_suspended(&self) {
        self.signal("STOP");
    }

    /// SIGCONT: it goes on.
    pub fn wakes(&self) {
        self.signal("CONT");
    }

    fn signal(&self, signal: &str) {
        let pid = self.child.id();
        let told = Command::new("sh")
            .args(["-c", &format!("kill -{signal} {pid}")])
            .status();
        assert!(told.unwrap().success(), "{} cannot be told", self.who);
    }

    /// SIGTERM, then waits for the end: it goes in peace, with exit code 0.
    pub fn stop(&mut self) {
        self.signal("TERM");
        let status = self.ends();
        assert!(status.success(), "{} ended with {status}", self.who);
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        // It may have ended already: then there is nothing to do.
        if self.child.kill().is_ok() && self.child.wait().is_err() {
            println!("{} could not be waited for", self.who);
        }
    }
}
