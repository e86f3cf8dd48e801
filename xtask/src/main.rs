//! The project's own commands.
//!
//! ```text
//! cargo xtask run          sets the machine up, builds the client and opens it on an embedded profile
//! cargo xtask test         sets the machine up and runs everything that CI runs
//! cargo xtask fuzz         gives arbitrary bytes to everything that reads bytes of others
//! cargo xtask properties   runs the random tests of trust and sync with many cases
//! cargo xtask guide        redraws the guide's pictures by doing what it tells
//! cargo xtask soak         plays many members for ten minutes
//! cargo xtask two-windows  types in one window, sees it in another on another machine
//! cargo xtask bench        measures, each thing beside a twin in the same run
//! ```
//!
//! It promises to do all the set-up by itself on a fresh Debian with a Rust toolchain and a C
//! compiler, to say the exact command where it may not, and to start at once: it has no
//! dependency, only the standard library.
//!
//! | module | does |
//! |---|---|
//! | `cli` | reads the command line |
//! | `shell` | starts other programs and tells how long they took |
//! | `system` | the Debian packages that building, running and testing need |
//! | `tools` | the cargo tools that testing needs, at fixed versions |
//! | `steps` | runs steps in order and sums up; `checks` holds what each step does |
//! | `fuzz` | the fuzz targets and their bounds; `fuzz::report` reads what libFuzzer says |
//! | `properties` | the random tests, by the hundred thousand; `properties::found` finds them |
//! | `soak` | many members for a long while |
//! | `two_windows` | two windows at once; `picture` writes what is on a screen |
//! | `guide` | the guide's pictures |
//! | `bench` | the benches, built as what is released |
//! | `house` | which crates may use which |
//! | `display`, `window` | a screen to draw on, and the client on it |
//! | `journey` | a person's first minutes, with real keys |
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line speaks on its terminal"
)]

mod bench;
mod checks;
mod cli;
mod display;
mod fuzz;
mod guide;
mod house;
mod journey;
mod picture;
mod properties;
mod shell;
mod soak;
mod steps;
mod system;
mod tools;
mod two_windows;
mod window;

use std::process::ExitCode;

use cli::Task;

fn main() -> ExitCode {
    let task = match cli::parse(std::env::args().skip(1)) {
        Ok(task) => task,
        Err(failure) => {
            eprintln!("{failure}\n\n{}", cli::USAGE);
            return ExitCode::from(2);
        }
    };
    let outcome = match task {
        Task::Help => {
            println!("{}", cli::USAGE);
            Ok(())
        }
        Task::ListSteps => {
            steps::list(checks::STEPS);
            Ok(())
        }
        Task::ListTargets => {
            fuzz::list();
            Ok(())
        }
        Task::Test { only } => steps::run(checks::STEPS, &only),
        Task::Fuzz(options) => fuzz::run(&options),
        Task::Properties(options) => properties::run(&options),
        Task::Bench(arguments) => bench::run(&arguments),
        Task::Soak(options) => soak::run(&options),
        Task::TwoWindows(to) => two_windows::run(&to),
        Task::Guide => guide::run(),
        Task::Run(options) => window::open(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}
