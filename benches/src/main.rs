//! What things cost, each measured beside a twin that does the same work without it.
//!
//! ```text
//! cargo xtask bench               every bench
//! cargo xtask bench editing       one of them
//! ```
//!
//! | module | what it is |
//! |---|---|
//! | [`editing`] | a long page typed, sealed and stored; its twin stores it without seals |
//! | [`loading`] | the first copy of a network from a peer, checked; one twin does the same without seals, one believes everything |
//! | [`meeting`] | the same as two sessions bring it about, both ends |
//! | [`stored`] | how many bytes of the store the seals take |
//! | [`opening`] | a network of ten years opened; beside it, all of its documents loaded by Automerge |
//! | [`between`] | two engines over iroh: first sync, meeting again, after a week apart, live |
//! | [`typing`] | a long page typed through the engine's own edit path |
//! | [`crowd`] | a meeting of many, who have all written alone |
//! | [`frames`] | what a frame of the window costs, with long tables and a long page |
//! | [`painted`] | how long what another machine writes takes to the screen |
//! | [`searching`] | words looked for in the network of ten years |
//! | [`bare`], [`peers`] | what others do beside these: iroh, Automerge and SQLite alone; loro, yrs and samod in a program of their own |
//! | [`trace`], [`village`], [`decade`] | what is typed; the network that is brought over; the one of ten years |
//! | [`profile`] | a profile on disk, written and read past the engine |
//! | [`twins`] | runs both by turns, so that whatever disturbs the machine disturbs both alike |
//! | [`table`], [`figure`], [`machine`] | what was found: rows that say whether their target is met, and on what machine |
//!
//! Each bench runs in a process of its own, so that its memory is its own. What comes of it is written into `docs/performance.md` (`--write`), if it
//! was measured at full size and beside all peers. Times are never asserted: machines differ and are busy. What is asserted,
//! in tests, is what can be counted: bytes.
//!
//! Written by hand rather than with criterion or divan: both measure one function at a time, minutes apart, and what is
//! wanted here is the ratio of two, in the same minute.
#![allow(clippy::print_stdout, reason = "a command line speaks on its terminal")]

mod bare;
mod between;
mod crowd;
mod decade;
mod editing;
mod figure;
mod frames;
mod loading;
mod machine;
mod meeting;
mod opening;
mod painted;
mod peers;
mod profile;
mod searching;
mod stored;
mod table;
mod trace;
mod twins;
mod typing;
mod village;

use std::{
    env,
    error::Error,
    path::PathBuf,
    process::{Command, ExitCode},
};

use clap::Parser;

use crate::{peers::Peers, table::Table};

/// Whatever may go wrong, in a sentence.
type Anyhow<T> = Result<T, Box<dyn Error>>;

/// What to measure, and how much of it.
#[derive(Debug, Parser)]
#[command(name = "tresse-benches", about = "What things cost")]
struct Asked {
    /// Names of benches: editing, sync, opening, between, typing, crowd, frames, painted, search (none named: all).
    names: Vec<String>,
    /// How often each twin runs.
    #[arg(long, default_value_t = RUNS)]
    runs: usize,
    /// Keystrokes of the page that is typed.
    #[arg(long, default_value_t = EDITS)]
    edits: usize,
    /// A recorded page instead, as JSON: {"txns": [{"patches": [[at, deleted, "inserted"]]}]}, counted in characters.
    #[arg(long)]
    trace: Option<PathBuf>,
    /// Keystrokes that are each committed alone.
    #[arg(long, default_value_t = SINGLE)]
    single: usize,
    /// Documents of the network that is brought over.
    #[arg(long, default_value_t = DOCUMENTS)]
    documents: usize,
    /// Changes in all of them together.
    #[arg(long, default_value_t = CHANGES)]
    changes: usize,
    /// Devices that write in each of them.
    #[arg(long, default_value_t = DEVICES)]
    devices: usize,
    /// Of the network of ten years, one part in so many.
    #[arg(long, default_value_t = 1)]
    part: usize,
    /// Where chance begins.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The file whose tables are written anew, if all is measured at its full size and beside all peers.
    #[arg(long)]
    write: Option<PathBuf>,
}

const RUNS: usize = 5;
const EDITS: usize = 260_000;
const SINGLE: usize = 5_000;
const DOCUMENTS: usize = 200;
const CHANGES: usize = 100_000;
const DEVICES: usize = 20;

impl Asked {
    /// Whether what is found is what the document tells of.
    fn at_full_size(&self) -> bool {
        let sizes = (
            self.edits,
            self.single,
            self.documents,
            self.changes,
            self.devices,
            self.part,
        );
        sizes == (EDITS, SINGLE, DOCUMENTS, CHANGES, DEVICES, 1)
            && self.runs >= RUNS
            && self.trace.is_none()
            && Peers::found().is_some()
    }

    /// This program again, for one bench alone.
    fn alone(&self, name: &str) -> Anyhow<Command> {
        let mut command = Command::new(env::current_exe()?);
        let numbers = [
            ("--runs", self.runs),
            ("--edits", self.edits),
            ("--single", self.single),
            ("--documents", self.documents),
            ("--changes", self.changes),
            ("--devices", self.devices),
            ("--part", self.part),
        ];
        command.arg(name);
        for (flag, number) in numbers {
            command.arg(flag).arg(number.to_string());
        }
        command.arg("--seed").arg(self.seed.to_string());
        for (flag, path) in [("--trace", &self.trace), ("--write", &self.write)] {
            if let Some(path) = path {
                command.arg(flag).arg(path);
            }
        }
        Ok(command)
    }
}

/// A name, and what it does.
type Bench = (&'static str, fn(&Asked, &mut Table) -> Anyhow<()>);

const BENCHES: &[Bench] = &[
    ("editing", editing::bench),
    ("sync", loading::bench),
    ("opening", opening::bench),
    ("between", between::bench),
    ("typing", typing::bench),
    ("crowd", crowd::bench),
    ("frames", frames::bench),
    ("painted", painted::bench),
    ("search", searching::bench),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let outcome = match arguments.as_slice() {
        [alone, what, profile] if alone == opening::CHILD => opening::child(what, profile.as_ref()),
        _ => measure(&Asked::parse()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(asked: &Asked) -> Anyhow<()> {
    let known = |name: &String| BENCHES.iter().any(|bench| bench.0 == name);
    if let Some(unknown) = asked.names.iter().find(|name| !known(name)) {
        return Err(format!("there is no bench « {unknown} »").into());
    }
    let wanted = |name: &str| asked.names.is_empty() || asked.names.iter().any(|one| one == name);
    let wanted: Vec<&Bench> = BENCHES.iter().filter(|bench| wanted(bench.0)).collect();
    if let [(name, bench)] = wanted.as_slice() {
        let mut table = Table::of(name);
        bench(asked, &mut table)?;
        return match &asked.write {
            Some(file) if asked.at_full_size() => table.write(file),
            Some(_) => {
                println!("  not written: it was not measured at full size beside all peers");
                Ok(())
            }
            None => Ok(()),
        };
    }
    let mut failed = Vec::new();
    for (name, _) in wanted {
        // One that fails does not take the others along; what it said stands above.
        if !asked.alone(name)?.status()?.success() {
            failed.push(*name);
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(format!("not measured: {}", failed.join(", ")).into())
}
