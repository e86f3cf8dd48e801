//! The benches: built as what is released, run by themselves, beside what one would pick instead.

use crate::shell::{self, Failure};

/// What others are built from, in a workspace of their own.
const PEERS: &str = "benches/peers/Cargo.toml";
/// Where what is found is written down.
const DOCUMENT: &str = "docs/performance.md";
/// Said to leave the others out.
pub(crate) const NO_PEERS: &str = "--no-peers";

/// Runs the benches named (none named: all). They print their own tables, and write them down.
pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    let mut command = shell::cargo([
        "run",
        "--release",
        "--locked",
        "--package",
        "tresse-benches",
    ]);
    if !arguments.iter().any(|one| one == NO_PEERS) {
        // This program lies in `debug`, beside which cargo puts `release`.
        let own = shell::built("tresse-peers")?;
        let target = own.ancestors().nth(2).unwrap_or(&own);
        let mut build = shell::cargo(["build", "--release", "--locked", "--manifest-path", PEERS]);
        shell::run(build.arg("--target-dir").arg(target))?;
        let program = own.file_name().unwrap_or_default();
        command.env("TRESSE_PEERS", target.join("release").join(program));
    }
    let own = arguments.iter().filter(|one| *one != NO_PEERS);
    shell::run(command.args(["--", "--write", DOCUMENT]).args(own))
}
