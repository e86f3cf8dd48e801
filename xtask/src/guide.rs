//! The pictures of the guide: the walk that the guide tells is done in both languages, and what is seen on it is kept.

use crate::shell::{self, Failure};

/// Redraws the pictures in `docs/guide/pictures`.
pub(crate) fn run() -> Result<(), Failure> {
    let mut command = shell::cargo(["test", "--locked", "--package", "tresse-desktop"]);
    shell::run(
        command
            .args(["--test", "guide"])
            .env("UPDATE_SNAPSHOTS", "1"),
    )
}
