//! The benches: built as what is released, run by themselves.

use crate::shell::{self, Failure};

/// Runs the benches named (none named: all). They print their own table.
pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    let mut command = shell::cargo([
        "run",
        "--release",
        "--locked",
        "--package",
        "tresse-benches",
    ]);
    shell::run(command.arg("--").args(arguments))
}
