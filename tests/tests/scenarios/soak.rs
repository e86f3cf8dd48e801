//! Many members for a long while: they write, come in, leave, sleep, are killed and come back. All end equal, and the machine that is on
//! all the while needs no more memory and no more files than after it warmed up.
//!
//! `cargo xtask soak` plays it for ten minutes with ten; `TRESSE_SOAK_MINUTES`, `TRESSE_SOAK_PEERS` and `TRESSE_SEED` say otherwise.

use std::{
    fs,
    process::Command,
    time::{Duration, Instant},
};

use serde_json::json;
use tresse_tests::{Desk, Dice, Ledger, Peer};

/// What tells one member's edits from another's.
const PREFIXES: [&str; 12] = [
    "ana", "bo", "chloe", "dan", "eva", "fred", "gil", "hana", "ines", "jo", "kim", "leo",
];
/// Between two things that somebody does: a lively network, which two processors can still follow.
const PACE: Duration = Duration::from_millis(120);

/// Somebody who takes part.
struct Member {
    peer: Peer,
    ledger: Ledger,
    desk: Option<Desk>,
    /// When they come in.
    joins: Instant,
    joined: bool,
    left: bool,
    /// Their machine sleeps until then.
    asleep: Option<Instant>,
}

/// What was done, for the last line.
#[derive(Debug, Default)]
struct Sums {
    edits: usize,
    joined: usize,
    left: usize,
    slept: usize,
    killed: usize,
    closed: usize,
}

/// Resident memory in MiB, and open files, of a process.
fn needs(id: u32) -> (u64, usize) {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let resident = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .unwrap();
    let resident: u64 = resident.trim().trim_end_matches(" kB").parse().unwrap();
    let files = fs::read_dir(format!("/proc/{id}/fd")).unwrap().count();
    (resident / 1024, files)
}

/// Tells a process to stop where it is, or to go on: the lid is closed, and opened.
fn signal(name: &str, id: u32) {
    let told = Command::new("kill")
        .args([format!("-{name}"), id.to_string()])
        .status();
    assert!(told.unwrap().success(), "{name} {id}");
}

impl Member {
    fn new(at: usize, joins: Instant, network: &str, pages: &[String]) -> Self {
        let mut ledger = Ledger::new(network, pages);
        ledger.marks_begin_with(PREFIXES[at]);
        Self {
            peer: Peer::named(PREFIXES[at]),
            ledger,
            desk: None,
            joins,
            joined: false,
            left: false,
            asleep: None,
        }
    }

    fn wakes(&mut self) {
        if self.asleep.take().is_some() {
            signal("CONT", self.desk.as_mut().unwrap().talk().id());
        }
    }

    /// Does one thing.
    fn acts(
        &mut self,
        dice: &mut Dice,
        (network, ticket, hub): (&str, &str, &str),
        sums: &mut Sums,
    ) {
        if let Some(until) = self.asleep {
            if Instant::now() >= until {
                self.wakes();
            }
            return;
        }
        if !self.joined {
            if Instant::now() < self.joins {
                return;
            }
            self.peer.joins(ticket);
            self.joined = true;
            sums.joined += 1;
            return;
        }
        let Some(mut desk) = self.desk.take() else {
            self.desk = Some(self.peer.sits_down_towards(hub));
            return;
        };
        if dice.one_in(150) {
            desk.is_killed();
            sums.killed += 1;
            if dice.one_in(3) {
                self.peer.is_sound();
                self.ledger.is_kept_by(&self.peer);
            }
        } else if dice.one_in(140) {
            desk.closes();
            sums.closed += 1;
        } else if dice.one_in(80) {
            signal("STOP", desk.talk().id());
            let for_so_long = Duration::from_millis(dice.pick(500..30_000) as u64);
            self.asleep = Some(Instant::now() + for_so_long);
            self.desk = Some(desk);
            sums.slept += 1;
        } else if sums.left < 2 && sums.joined > 3 && dice.one_in(600) {
            // What they did is with others before they go: afterwards nobody hears them.
            desk.is_in_step(network);
            desk.does(&json!({ "command": "network.leave", "network": network }));
            desk.waits_until("it is known that they left", |desk| {
                desk.looks(network, "sync")["connected"] == 0
            });
            desk.closes();
            self.left = true;
            sums.left += 1;
        } else {
            let edit = self.ledger.edit(dice);
            desk.does(edit.command());
            self.ledger.acknowledge(&edit);
            self.desk = Some(desk);
            sums.edits += 1;
        }
    }
}

fn soak(name: &str, count: usize, time: Duration) {
    let mut dice = Dice::new(name);
    let ana = Peer::named("Ana (allumée)");
    let network = ana.founds("Les bords du fleuve");
    let pages = ["Un", "Deux", "Trois"].map(|title| ana.writes_page(&network, title, "Début.\n"));
    let (door, ticket) = ana.welcomes(&network, count as u32);
    let hub = door.contact();
    door.stops();
    let mut always_on = ana.sits_down();
    let id = always_on.talk().id();
    let (begun, mut sums) = (Instant::now(), Sums::default());
    // One after the other, over the first half of the time.
    let joins = |at: usize| begun + time / 2 * at as u32 / count as u32;
    let mut members: Vec<Member> = (0..count - 1)
        .map(|at| Member::new(at, joins(at), &network, &pages))
        .collect();
    let (mut warm, mut told) = (None, Instant::now());
    while begun.elapsed() < time {
        let next = Instant::now() + PACE;
        let who = dice.pick(0..members.len());
        if !members[who].left {
            members[who].acts(&mut dice, (&network, &ticket, &hub), &mut sums);
        }
        if warm.is_none() && begun.elapsed() * 5 > time {
            warm = Some(needs(id));
        }
        if told.elapsed() > Duration::from_mins(1) {
            told = Instant::now();
            let (memory, files) = needs(id);
            println!(
                "{:.0?}: {sums:?}, {memory} MiB, {files} files; the others {:?}",
                begun.elapsed(),
                all_need(&mut members)
            );
        }
        std::thread::sleep(next.saturating_duration_since(Instant::now()));
    }
    let (warm_memory, warm_files) = warm.unwrap();
    let (memory, files) = needs(id);
    println!(
        "{count} members, {:.0?}: {sums:?}; the one always on: {warm_memory} MiB and {warm_files} files warm, \
         {memory} MiB and {files} files at the end",
        begun.elapsed()
    );
    ends_equal(&mut members, &mut always_on, &network, &hub);
    always_on.closes();
    let sum: usize = members.iter().map(|member| member.ledger.len()).sum();
    for peer in std::iter::once(&ana).chain(staying(&members)) {
        assert_eq!(peer.digest(&network), ana.digest(&network));
        let everything = peer.reads_everything(&network);
        for member in &members {
            member.ledger.is_kept_in(&everything, peer);
        }
        peer.is_sound();
    }
    println!("all equal, with all {sum} edits saved");
    // Documents grow, and so does what holds them; a leak would grow without them.
    assert!(
        memory <= warm_memory * 2 + 100,
        "{warm_memory} to {memory} MiB"
    );
    assert!(
        files <= warm_files + 40,
        "{warm_files} to {files} open files"
    );
}

/// What each who sits at a desk needs now.
fn all_need(members: &mut [Member]) -> Vec<(u64, usize)> {
    let desks = members.iter_mut().filter_map(|member| member.desk.as_mut());
    desks.map(|desk| needs(desk.talk().id())).collect()
}

/// Those who joined and did not leave.
fn staying(members: &[Member]) -> impl Iterator<Item = &Peer> {
    let staying = members
        .iter()
        .filter(|member| member.joined && !member.left);
    staying.map(|member| &member.peer)
}

/// All who are members come back, and are equal with the one who was always on.
fn ends_equal(members: &mut [Member], always_on: &mut Desk, network: &str, hub: &str) {
    let quiet = Instant::now();
    for member in members.iter_mut() {
        member.wakes();
        if member.joined && !member.left && member.desk.is_none() {
            member.desk = Some(member.peer.sits_down_towards(hub));
        }
    }
    // The first ones may have been equal before the last ones brought theirs.
    for _ in 0..2 {
        for desk in members.iter_mut().filter_map(|member| member.desk.as_mut()) {
            desk.waits_until("this copy equals the one that was always on", |desk| {
                desk.digest(network) == always_on.digest(network)
            });
        }
    }
    println!("all equal {:.1?} after the last edit", quiet.elapsed());
    for member in members {
        if let Some(desk) = member.desk.take() {
            desk.closes();
        }
    }
}

#[test]
fn four_who_come_and_go_for_a_while_end_equal_and_the_one_who_stays_needs_no_more() {
    soak("short soak", 4, Duration::from_secs(25));
}

#[test]
#[ignore = "takes ten minutes: cargo xtask soak"]
fn soak_as_long_and_with_as_many_as_is_said() {
    let said = |name: &str, usual: usize| {
        std::env::var(name).map_or(usual, |value| value.parse().expect("a number"))
    };
    let minutes = said("TRESSE_SOAK_MINUTES", 10) as u64;
    let count = said("TRESSE_SOAK_PEERS", 10);
    assert!(
        (2..=PREFIXES.len() + 1).contains(&count),
        "from 2 to 13 members"
    );
    soak("soak", count, Duration::from_mins(minutes));
}
