//! The soak: many members for a long while.

use crate::{
    cli::SoakOptions,
    shell::{self, Failure},
    tools,
};

/// Builds what it needs and runs it; it tells its figures, and its seed.
pub(crate) fn run(options: &SoakOptions) -> Result<(), Failure> {
    let mut command = shell::in_workspace(&tools::ensure(&tools::NEXTEST)?);
    command
        .args(["nextest", "run", "--workspace", "--profile", "soak"])
        .args(["--run-ignored", "only", "--no-capture", "--filterset"])
        .arg("test(=soak::soak_as_long_and_with_as_many_as_is_said)");
    command
        .env("TRESSE_SOAK_MINUTES", options.minutes.to_string())
        .env("TRESSE_SOAK_PEERS", options.peers.to_string());
    if let Some(seed) = options.seed {
        command.env("TRESSE_SEED", seed.to_string());
    }
    shell::run(&mut command)
}
