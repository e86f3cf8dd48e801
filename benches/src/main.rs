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
//!
//! What comes of it is written in `docs/performance.md`. Times are never asserted: machines differ and are busy. What is asserted,
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
mod frames;
mod loading;
mod meeting;
mod opening;
mod painted;
mod peers;
mod profile;
mod searching;
mod stored;
mod trace;
mod twins;
mod typing;
mod village;

use std::{error::Error, process::ExitCode};

use clap::Parser;

/// Whatever may go wrong, in a sentence.
type Anyhow<T> = Result<T, Box<dyn Error>>;

/// What to measure, and how much of it.
#[derive(Debug, Parser)]
#[command(name = "tresse-benches", about = "What things cost")]
struct Asked {
    /// Names of benches: editing, sync, opening, between, typing, crowd, frames, painted, search (none named: all).
    names: Vec<String>,
    /// How often each twin runs.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Keystrokes of the page that is typed.
    #[arg(long, default_value_t = 260_000)]
    edits: usize,
    /// Keystrokes that are each committed alone.
    #[arg(long, default_value_t = 5_000)]
    single: usize,
    /// Documents of the network that is brought over.
    #[arg(long, default_value_t = 200)]
    documents: usize,
    /// Changes in all of them together.
    #[arg(long, default_value_t = 100_000)]
    changes: usize,
    /// Devices that write in each of them.
    #[arg(long, default_value_t = 20)]
    devices: usize,
    /// Of the network of ten years, one part in so many.
    #[arg(long, default_value_t = 1)]
    part: usize,
    /// Where chance begins.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// A name, and what it does.
type Bench = (&'static str, fn(&Asked) -> Anyhow<()>);

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
    let arguments: Vec<String> = std::env::args().skip(1).collect();
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
    println!("{}", twins::HEADING);
    for (name, bench) in BENCHES {
        if asked.names.is_empty() || asked.names.iter().any(|asked| asked == name) {
            bench(asked)?;
        }
    }
    Ok(())
}
