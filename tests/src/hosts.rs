//! Machines of their own, made of network namespaces, and cables between them.
//!
//! A machine made here has no route but the one to its neighbour: neither a default nor a
//! multicast route.

use std::{
    ffi::OsStr,
    os::unix::fs::MetadataExt as _,
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
};

/// Whether machines can be made here (it takes root and `ip`). Where not, it says why and the
/// scenario is left out; but not where `CI` is set: there it fails, so that it cannot be left out
/// for ever.
pub fn hosts_can_be_made() -> bool {
    can_be_made(Command::new("ip").arg("netns"), "ip")
}

/// Whether disks can be mounted here, likewise.
pub fn disks_can_be_made() -> bool {
    can_be_made(Command::new("mount").arg("--version"), "mount")
}

/// Whether machines can translate addresses (it takes root, `ip` and `nft`). Where they cannot, it says why and the scenario is left out, also
/// where `CI` is set: not every kernel has it.
pub fn addresses_can_be_translated() -> bool {
    if !hosts_can_be_made() {
        return false;
    }
    let trial = Host::new();
    let can = trial.nft("add table ip trial")
        && trial.nft("add chain ip trial out { type nat hook postrouting priority 100 ; }")
        && trial.nft("add rule ip trial out oifname cable masquerade")
        && trial.nft("add chain ip trial through { type filter hook forward priority 0 ; }")
        && trial.nft("add rule ip trial through ct state new drop");
    if !can {
        println!("NOT TRIED: this needs the program nft, and a kernel that translates addresses");
    }
    can
}

fn can_be_made(trial: &mut Command, program: &str) -> bool {
    let root = std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    let runs = trial.output().is_ok_and(|output| output.status.success());
    if root && runs {
        return true;
    }
    let why = format!("this needs root and the program {program}");
    assert!(std::env::var_os("CI").is_none(), "{why}");
    println!("NOT TRIED: {why}");
    false
}

fn ip(words: &str) {
    let output = Command::new("ip").args(words.split(' ')).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "ip {words}: {error}");
}

/// A machine, gone when dropped.
#[derive(Debug)]
pub struct Host {
    name: String,
    cables: AtomicU32,
}

impl Host {
    /// A machine with a loopback interface and nothing else.
    pub fn new() -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let made = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("tresse-s{}-{made}", std::process::id());
        ip(&format!("netns add {name}"));
        let host = Self {
            name,
            cables: AtomicU32::new(0),
        };
        host.ip("link set lo up");
        host
    }

    /// A name for the end of another cable: `cable`, `cable1`, …
    fn socket(&self) -> String {
        match self.cables.fetch_add(1, Ordering::Relaxed) {
            0 => "cable".to_owned(),
            number => format!("cable{number}"),
        }
    }

    /// The namespace's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Runs `ip` there.
    pub fn ip(&self, words: &str) {
        ip(&format!("-n {} {words}", self.name));
    }

    /// A program that is to run there.
    pub(crate) fn runs(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.name]).arg(program);
        command
    }

    /// Runs `nft` there; says whether it could.
    pub fn nft(&self, words: &str) -> bool {
        let output = self.runs("nft").arg(words).output();
        output.is_ok_and(|output| output.status.success())
    }

    /// No packet of multicast DNS leaves or enters it, as behind a firewall, or a Wi-Fi that keeps its guests apart. Says whether it could be set.
    pub fn drops_multicast(&self) -> bool {
        [
            "add table inet room",
            "add chain inet room out { type filter hook output priority 0 ; }",
            "add rule inet room out udp dport 5353 drop",
            "add chain inet room in { type filter hook input priority 0 ; }",
            "add rule inet room in udp dport 5353 drop",
        ]
        .iter()
        .all(|words| self.nft(words))
    }

    /// What leaves by its cable leaves no faster than this, in thousands of bits a second; `None`: as fast as it can again. Says whether it could be set.
    pub fn is_slow(&self, rate: Option<u32>) -> bool {
        let rate = rate.map(|rate| format!("{rate}kbit"));
        let words: &[&str] = match &rate {
            Some(rate) => &[
                "add", "dev", "cable", "root", "tbf", "rate", rate, "burst", "10kb", "latency",
                "400ms",
            ],
            None => &["del", "dev", "cable", "root"],
        };
        let output = self.runs("tc").arg("qdisc").args(words).output();
        output.is_ok_and(|output| output.status.success())
    }

    /// Every address of its cable goes; these are its only ones from now on. They can be used at once.
    pub fn moves_to(&self, addresses: &[&str]) {
        self.ip("addr flush dev cable");
        for address in addresses {
            let at_once = if address.contains(':') { " nodad" } else { "" };
            self.ip(&format!("addr add {address} dev cable{at_once}"));
        }
    }

    /// What a program says there.
    pub fn says(&self, program: &str, words: &[&str]) -> String {
        let output = self.runs(program).args(words).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// Passes packets on between its cables.
    pub fn passes_packets_on(&self) {
        let status = self
            .runs("sh")
            .arg("-c")
            .arg("echo 1 > /proc/sys/net/ipv4/ip_forward")
            .status();
        assert!(status.unwrap().success(), "{} passes nothing on", self.name);
    }

    /// What `ip` says there.
    pub fn ip_says(&self, words: &str) -> String {
        let output = Command::new("ip")
            .args(["-n", &self.name])
            .args(words.split(' '))
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Default for Host {
    fn default() -> Self {
        Self::new()
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

/// A room with a switch: whoever is plugged in hears all others.
#[derive(Debug, Default)]
pub struct Room(Host);

impl Room {
    /// An empty room.
    pub fn new() -> Self {
        let room = Self(Host::new());
        room.0.ip("link add switch type bridge forward_delay 0");
        room.0.ip("link set switch up");
        room
    }

    /// Plugs a machine in. It has no address there until one is given.
    pub fn plug_in(&self, host: &Host) {
        let cable = Cable::between(host, &self.0);
        cable.no_addresses_by_itself();
        let (_, end) = &cable.ends[1];
        self.0.ip(&format!("link set {end} master switch"));
    }
}

/// A cable between two machines. It lies there without addresses until some are given.
#[derive(Debug)]
pub struct Cable<'a> {
    ends: [(&'a Host, String); 2],
}

impl<'a> Cable<'a> {
    /// Plugs a cable in at both ends.
    pub fn between(a: &'a Host, b: &'a Host) -> Self {
        let ends = [(a, a.socket()), (b, b.socket())];
        let [(_, end_a), (_, end_b)] = &ends;
        let (name_a, name_b) = (&a.name, &b.name);
        ip(&format!(
            "link add {end_a} netns {name_a} type veth peer name {end_b} netns {name_b}"
        ));
        let cable = Self { ends };
        cable.up();
        cable
    }

    /// Gives an address to each end.
    pub fn addresses(&self, addresses: [&str; 2]) {
        for ((host, end), address) in self.ends.iter().zip(addresses) {
            host.ip(&format!("addr add {address} dev {end}"));
        }
    }

    /// No IPv6 on it at all.
    pub fn only_ipv4(&self) {
        self.no_addresses_by_itself();
    }

    /// It has the addresses that are given to it, and no other.
    fn no_addresses_by_itself(&self) {
        for (host, end) in &self.ends {
            host.ip(&format!("link set {end} addrgenmode none"));
            host.ip(&format!("-6 addr flush dev {end}"));
        }
    }

    /// The cable is cut.
    pub fn down(&self) {
        let (host, end) = &self.ends[0];
        host.ip(&format!("link set {end} down"));
    }

    /// The cable is whole.
    pub fn up(&self) {
        for (host, end) in &self.ends {
            host.ip(&format!("link set {end} up"));
        }
    }
}
