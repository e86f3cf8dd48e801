//! `tresse-node`: the engine without a window.
//!
//! ```text
//!   args ──▶ verbs ──▶ Engine (crates/engine) ──▶ output: one JSON object a line, or plain text
//!              │
//!              ├─ online: join, sync, serve (wait for events of other peers)
//!              └─ linking: device link, device accept (wait for the other machine and the person)
//! ```
//!
//! Exit codes: 0 done; 1 refused or failed; 2 wrong usage. Logs go to standard error (set
//! `TRESSE_LOG`, for example `TRESSE_LOG=tresse_net=debug`). Nothing prompts but, on a terminal, for a
//! passphrase, and `device link` and `device accept` for the code that the other machine shows.

mod args;
mod filing;
mod inviting;
mod linking;
mod metrics;
mod online;
mod output;
mod passphrase;
mod past;
mod searching;
mod verbs;

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use crate::{args::Args, output::Output};

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let usage = error.use_stderr();
            if error.print().is_err() {
                return ExitCode::from(2);
            }
            return ExitCode::from(if usage { 2 } else { 0 });
        }
    };
    let filter = EnvFilter::try_from_env("TRESSE_LOG").unwrap_or_else(|_| {
        EnvFilter::new("warn,swarm_discovery=error,iroh::address_lookup=error")
    });
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if args.json_log {
        log.json().init();
    } else {
        log.init();
    }
    let output = Output { json: args.json };
    match verbs::run(args, output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if output.refuse(&failure).is_err() {
                tracing::debug!("standard output is closed");
            }
            ExitCode::FAILURE
        }
    }
}
