//! The cargo tools that testing needs.
//!
//! One that is on `PATH` and new enough is used. Otherwise it is built once from its published
//! source, at a fixed version with its own lock file, into `~/.cache/tresse/tools`. It is built
//! without optimisation: that halves the wait, and these tools spend their time in other programs.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::shell::{self, Failure};

/// A tool, and which version of it.
pub(crate) struct Tool {
    /// The crate and its program.
    name: &'static str,
    /// What is built when it is missing.
    version: &'static str,
    /// The oldest that reads our configuration.
    at_least: (u32, u32, u32),
    /// How it is built when it is missing.
    features: &'static [&'static str],
}

/// Runs tests, each in its own process.
pub(crate) const NEXTEST: Tool = Tool {
    name: "cargo-nextest",
    version: "0.9.151",
    at_least: (0, 9, 100),
    features: &["--no-default-features"],
};

/// Checks licences, versions and sources of dependencies.
pub(crate) const DENY: Tool = Tool {
    name: "cargo-deny",
    version: "0.20.2",
    at_least: (0, 19, 0),
    features: &["--no-default-features"],
};

/// Runs fuzz targets.
pub(crate) const FUZZ: Tool = Tool {
    name: "cargo-fuzz",
    version: "0.13.2",
    at_least: (0, 13, 0),
    features: &[],
};

/// The tool's program, built first if need be.
pub(crate) fn ensure(tool: &Tool) -> Result<PathBuf, Failure> {
    let home = folder()?;
    let kept = home
        .join("bin")
        .join(format!("{}{}", tool.name, std::env::consts::EXE_SUFFIX));
    if let Some(found) = shell::on_path(tool.name).filter(|found| is_new_enough(tool, found)) {
        return Ok(found);
    }
    if is_new_enough(tool, &kept) {
        return Ok(kept);
    }
    println!(
        "{} is not here: building {} once into {} (a few minutes)",
        tool.name,
        tool.version,
        home.display()
    );
    let mut build = shell::cargo(["install", "--locked", "--force", "--quiet", "--root"]);
    build
        .arg(&home)
        .arg(format!("--version={}", tool.version))
        .args(tool.features)
        .arg(tool.name)
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("CARGO_BUILD_TARGET")
        .envs([
            ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
            ("CARGO_PROFILE_RELEASE_LTO", "off"),
            ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256"),
            ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
        ]);
    shell::run(&mut build)?;
    Ok(kept)
}

fn folder() -> Result<PathBuf, Failure> {
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute());
    let home = || std::env::home_dir().map(|home| home.join(".cache"));
    cache
        .or_else(home)
        .map(|cache| cache.join("tresse").join("tools"))
        .ok_or_else(|| Failure::new("there is no home folder to keep tools in: set HOME"))
}

fn is_new_enough(tool: &Tool, program: &Path) -> bool {
    shell::capture(Command::new(program).arg("--version"))
        .ok()
        .and_then(|text| version_in(&text))
        .is_some_and(|version| version >= tool.at_least)
}

/// The first word that reads as three numbers with points between.
fn version_in(text: &str) -> Option<(u32, u32, u32)> {
    text.split_whitespace().find_map(|word| {
        let mut numbers = word.splitn(3, '.').map(|part| {
            let digits = part.split(|c: char| !c.is_ascii_digit()).next()?;
            digits.parse().ok()
        });
        Some((numbers.next()??, numbers.next()??, numbers.next()??))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_among_other_words() {
        let text = "cargo-nextest 0.9.143 (60fa45f63 2026-08-04)\nrelease: 0.9.143";
        assert_eq!(version_in(text), Some((0, 9, 143)));
        assert_eq!(version_in("cargo-deny 0.20.2-rc.1"), Some((0, 20, 2)));
        assert_eq!(version_in("no version here, 1.2 at most"), None);
    }
}
