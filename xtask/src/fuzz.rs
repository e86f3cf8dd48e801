//! The fuzz targets: what they are given, what they may use, and one run of each after the other.
//!
//! `docs/fuzzing.md` says what each target does and where its bound comes from. cargo-fuzz needs flags
//! that only a nightly compiler takes, or the one that builds the product when it is told to: that is
//! what is done, so that what is fuzzed is built by the compiler that builds what is used.

mod report;

use std::{path::PathBuf, process::Command};

use crate::{
    cli::FuzzOptions,
    shell::{self, Failure},
    steps::{Broken, Outcome},
    tools,
};
use report::Report;

/// A fuzz target, as it is run.
struct Target {
    /// Its name, which is that of its file in `fuzz/fuzz_targets`.
    name: &'static str,
    /// The longest input, in KiB.
    longest_kib: usize,
    /// The most heap that the longest input may make it hold, in MiB. (The target holds each input to its own
    /// bound, by its length; here stands what follows for the process.)
    heap_mib: usize,
}

/// What the process takes besides: the sanitizer's shadow of the heap, what it keeps of freed memory
/// for a while, libFuzzer's own corpus and maps.
const BESIDES_MIB: usize = 448;

/// Longer than any input should take, in seconds, on a slow and busy machine.
const LONGEST_TIME: usize = 25;

/// Every target.
const TARGETS: &[Target] = &[
    target("ticket", 40, 1),
    target("seal", 4, 1),
    target("act", 256, 7),
    target("message", 64, 3),
    target("packed", 64, 14),
    target("presence", 4, 3),
    target("handshake", 64, 3),
    target("changes", 16, 68),
    target("bundle", 16, 68),
    target("ballots", 32, 6),
];

const fn target(name: &'static str, longest_kib: usize, heap_mib: usize) -> Target {
    Target {
        name,
        longest_kib,
        heap_mib,
    }
}

/// Names the targets.
pub(crate) fn list() {
    for target in TARGETS {
        println!(
            "{:<10} inputs of up to {} KiB, heap up to {} MiB",
            target.name, target.longest_kib, target.heap_mib
        );
    }
}

/// Runs the targets named (none named: all) and sums up.
pub(crate) fn run(options: &FuzzOptions) -> Result<(), Failure> {
    let targets = choose(&options.targets)?;
    let fuzzer = Fuzzer {
        program: tools::ensure(&tools::FUZZ)?,
    };
    shell::run(&mut fuzzer.command("build"))?;
    let mut reports = Vec::new();
    for target in targets {
        reports.push((target.name, fuzzer.run(target, options.seconds)?));
    }
    println!("\n{}", report::table(&reports));
    let bad: Vec<&str> = reports
        .iter()
        .filter(|(_, report)| !report.is_good())
        .map(|(name, _)| *name)
        .collect();
    if bad.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "broke: {} (the inputs lie in fuzz/artifacts; docs/fuzzing.md says what to do with them)",
        bad.join(", ")
    )))
}

/// Whether the targets compile, for `cargo xtask test`.
pub(crate) fn check() -> Result<Outcome, Broken> {
    let mut check = shell::cargo(["check", "--locked", "--manifest-path", "fuzz/Cargo.toml"]);
    shell::run(check.env("RUSTFLAGS", "--cfg fuzzing -D warnings"))?;
    Ok(Outcome::default())
}

fn choose(names: &[String]) -> Result<Vec<&'static Target>, Failure> {
    if names.is_empty() {
        return Ok(TARGETS.iter().collect());
    }
    let found = names.iter().map(|name| {
        let target = TARGETS.iter().find(|target| target.name == name);
        target.ok_or_else(|| {
            Failure::new(format!(
                "there is no target « {name} »: see cargo xtask fuzz --list"
            ))
        })
    });
    found.collect()
}

struct Fuzzer {
    program: PathBuf,
}

impl Fuzzer {
    /// cargo-fuzz, told to do this.
    fn command(&self, what: &str) -> Command {
        let mut command = shell::in_workspace(&self.program);
        command
            .args([what, "--release"])
            .env("RUSTC_BOOTSTRAP", "1")
            .env(
                "ASAN_OPTIONS",
                "quarantine_size_mb=16:malloc_context_size=5",
            );
        command
    }

    /// Writes the seeds, then runs the target for so long.
    fn run(&self, target: &Target, seconds: u64) -> Result<Report, Failure> {
        println!("\n━━ {}", target.name);
        let corpus = folder("corpus", target)?;
        folder("artifacts", target)?;
        let mut seeds = self.command("run");
        seeds.arg(target.name).env("TRESSE_SEEDS", &corpus);
        shell::run(&mut seeds)?;
        let mut fuzz = self.command("run");
        fuzz.args([target.name, "--"]).args(target.flags(seconds));
        let mut report = Report::default();
        let status = shell::overhear(&mut fuzz, |line| {
            report.hear(line);
            if !report::is_chatter(line) {
                println!("{line}");
            }
        })?;
        report.broke |= !status.success();
        Ok(report)
    }
}

impl Target {
    fn flags(&self, seconds: u64) -> Vec<String> {
        vec![
            format!("-max_total_time={seconds}"),
            format!("-max_len={}", self.longest_kib * 1024),
            format!("-malloc_limit_mb={}", self.heap_mib),
            format!("-rss_limit_mb={}", BESIDES_MIB + self.heap_mib),
            format!("-timeout={LONGEST_TIME}"),
            // Seeds are as long as what is sent: starting with four bytes would lose their sense.
            "-len_control=0".to_owned(),
            "-print_final_stats=1".to_owned(),
        ]
    }
}

/// The target's folder of this kind, made if it is not there.
fn folder(kind: &str, target: &Target) -> Result<PathBuf, Failure> {
    let folder = shell::root().join("fuzz").join(kind).join(target.name);
    std::fs::create_dir_all(&folder)
        .map_err(|error| Failure::new(format!("{} is not to be had: {error}", folder.display())))?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_target_and_every_target_a_file() {
        let mut files: Vec<String> = std::fs::read_dir(shell::root().join("fuzz/fuzz_targets"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        let mut names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        files.sort();
        names.sort_unstable();
        assert_eq!(files, names);
    }

    #[test]
    fn a_target_nobody_knows_is_refused() {
        assert!(choose(&["ticket".to_owned(), "tickets".to_owned()]).is_err());
        assert_eq!(choose(&[]).unwrap().len(), TARGETS.len());
    }
}
