//! What one would pick instead of Tresse, on the same data.
//!
//! ```text
//! tresse-peers typing loro|yrs TRACE     a typed page; prints nanoseconds, bytes of the file and the most memory in bytes
//! tresse-peers samod FOLDER COUNT EACH   the documents of a folder; prints one line for each thing measured
//! ```
//!
//! `tresse-benches` starts it between its own runs, and puts what it prints beside Tresse's.
#![allow(clippy::print_stdout, reason = "it speaks to who started it")]

mod repos;
mod typing;

use std::{error::Error, process::ExitCode};

/// Whatever may go wrong, in a sentence.
type Anyhow<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Anyhow<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["typing", library, trace] => typing::run(library, trace.as_ref()),
        ["samod", folder, count, each] => {
            repos::run(folder.as_ref(), count.parse()?, each.parse()?)
        }
        _ => Err("tresse-peers typing loro|yrs TRACE, or samod FOLDER COUNT EACH".into()),
    }
}

/// The most memory that this process has had, in bytes; nothing where the system does not tell.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1));
    kib.and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) << 10
}
