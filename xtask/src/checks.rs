//! What each step of `cargo xtask test` does.

use std::{path::Path, time::Duration};

use crate::{
    fuzz, house, journey,
    shell::{self, Failure},
    steps::{Broken, Count, Outcome, Step},
    system::{self, Use},
    tools,
    window::{self, Size},
};

/// Everything that CI runs, in its order.
pub(crate) const STEPS: &[Step] = &[
    Step {
        name: "system",
        about: "the system's packages",
        needs: &[],
        run: system_packages,
    },
    Step {
        name: "fmt",
        about: "every file is formatted",
        needs: &[],
        run: fmt,
    },
    Step {
        name: "house",
        about: "dependencies between the crates point one way",
        needs: &[],
        run: house::check,
    },
    Step {
        name: "deny",
        about: "licences, versions and sources of dependencies",
        needs: &["system"],
        run: deny,
    },
    Step {
        name: "clippy",
        about: "no warning from the compiler or from clippy",
        needs: &["system"],
        run: clippy,
    },
    Step {
        name: "fuzz",
        about: "the fuzz targets compile",
        needs: &["system"],
        run: fuzz::check,
    },
    Step {
        name: "docs",
        about: "the documentation builds without a warning",
        needs: &["system"],
        run: docs,
    },
    Step {
        name: "build",
        about: "the programs build",
        needs: &["system"],
        run: build,
    },
    Step {
        name: "tests",
        about: "unit, property, scenario and view tests (nextest)",
        needs: &["system", "build"],
        run: nextest,
    },
    Step {
        name: "doctests",
        about: "the examples in the documentation",
        needs: &["system", "build"],
        run: doctests,
    },
    Step {
        name: "window",
        about: "the real window, from end to end, on a display in memory",
        needs: &["system", "build"],
        run: real_window,
    },
];

fn system_packages() -> Result<Outcome, Broken> {
    Ok(Outcome::note(system::ensure(Use::Test)?))
}

fn fmt() -> Result<Outcome, Broken> {
    shell::run(&mut shell::cargo(["fmt", "--all", "--check"]))?;
    Ok(Outcome::default())
}

fn clippy() -> Result<Outcome, Broken> {
    shell::run(&mut shell::cargo([
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--",
        "-D",
        "warnings",
    ]))?;
    Ok(Outcome::default())
}

fn deny() -> Result<Outcome, Broken> {
    let program = tools::ensure(&tools::DENY)?;
    shell::run(
        shell::in_workspace(&program).args(["--locked", "check", "licenses", "bans", "sources"]),
    )?;
    if !fetches_advisories(&program) {
        return Ok(Outcome::note(
            "(advisories not checked: their database cannot be reached from here)",
        ));
    }
    shell::run(shell::in_workspace(&program).args(["--locked", "check", "advisories"]))?;
    Ok(Outcome::note("(with advisories)"))
}

fn fetches_advisories(deny: &Path) -> bool {
    let mut fetch = shell::in_workspace(deny);
    fetch
        .args(["--log-level", "off", "fetch", "db"])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null());
    fetch.spawn().is_ok_and(|mut child| {
        matches!(
            shell::wait(&mut child, Duration::from_mins(1)),
            Ok(Some(status)) if status.success()
        )
    })
}

fn docs() -> Result<Outcome, Broken> {
    shell::run(
        shell::cargo(["doc", "--workspace", "--no-deps", "--locked"])
            .env("RUSTDOCFLAGS", "-D warnings"),
    )?;
    Ok(Outcome::default())
}

fn build() -> Result<Outcome, Broken> {
    shell::run(&mut shell::cargo([
        "build",
        "--workspace",
        "--all-targets",
        "--locked",
    ]))?;
    Ok(Outcome::default())
}

fn nextest() -> Result<Outcome, Broken> {
    let program = tools::ensure(&tools::NEXTEST)?;
    let mut command = shell::in_workspace(&program);
    command.args(["nextest", "run", "--workspace", "--locked"]);
    let mut count = Count::default();
    let status = shell::listen(&mut command, |line| {
        if let Some(summary) = nextest_summary(line) {
            count = summary;
        }
    })?;
    judge(count, shell::succeeded(&command, status))
}

fn doctests() -> Result<Outcome, Broken> {
    let mut command = shell::cargo(["test", "--workspace", "--doc", "--locked", "--quiet"]);
    let mut count = Count::default();
    let status = shell::listen(&mut command, |line| {
        if let Some(result) = doctest_result(line) {
            count += result;
        }
    })?;
    judge(count, shell::succeeded(&command, status))
}

fn judge(count: Count, ended: Result<(), Failure>) -> Result<Outcome, Broken> {
    match ended {
        Ok(()) => Ok(Outcome {
            count,
            note: format!("{} passed, {} skipped", count.passed, count.skipped),
        }),
        Err(failure) => Err(Broken { count, failure }),
    }
}

/// Reads `Summary [ 1.2s] 24 tests run: 22 passed (1 slow), 2 failed, 1 skipped`.
fn nextest_summary(line: &str) -> Option<Count> {
    let line = line.trim_start().strip_prefix("Summary [")?;
    let (_, line) = line.split_once("] ")?;
    let (run, endings) = line.split_once(':')?;
    // When a run breaks off, it reads `10/24 tests run`.
    let run: usize = run.split(['/', ' ']).next()?.parse().ok()?;
    let passed = number_before(endings, "passed").unwrap_or(0);
    Some(Count {
        passed,
        failed: run.saturating_sub(passed),
        skipped: number_before(endings, "skipped").unwrap_or(0),
    })
}

/// Reads `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
fn doctest_result(line: &str) -> Option<Count> {
    let endings = line.strip_prefix("test result: ")?;
    Some(Count {
        passed: number_before(endings, "passed")?,
        failed: number_before(endings, "failed")?,
        skipped: number_before(endings, "ignored")?,
    })
}

fn number_before(text: &str, word: &str) -> Option<usize> {
    let words: Vec<_> = text.split_whitespace().collect();
    words
        .windows(2)
        .find(|pair| pair[1].trim_end_matches([',', ';']) == word)
        .and_then(|pair| pair[0].parse().ok())
}

/// Views to look at from outside, each as somebody may have it.
const PICTURES: &[[&str; 4]] = &[
    ["start", "light", "fr", "1024x700"],
    ["home", "dark", "en", "1600x1000"],
    ["plan", "light", "fr", "1024x700"],
];

/// Uses the real programs as a person does, then looks at the pictures that the window makes of itself.
fn real_window() -> Result<Outcome, Broken> {
    let folder = window::scratch("window")?;
    let mut count = Count::default();
    let mut wrong = Vec::new();
    let mut note = |what: String, ended: Result<(), Failure>| match ended {
        Ok(()) => {
            println!("PASS {what}");
            count.passed += 1;
        }
        Err(failure) => {
            println!("FAIL {what}: {failure}");
            count.failed += 1;
            wrong.push(what);
        }
    };
    note(
        "first minutes, keys to killed window".to_owned(),
        journey::first_minutes(&folder),
    );
    for [view, theme, lang, size] in PICTURES {
        let picture = folder.join(format!("{view}-{theme}-{lang}.png"));
        let words = [
            "--offline",
            "--view",
            view,
            "--theme",
            theme,
            "--lang",
            lang,
            "--size",
            size,
        ];
        let seen = window::photograph(&folder.join(lang), &picture, &words.map(str::to_owned));
        let judged = seen.and_then(|Size { width, height }| {
            if format!("{width}x{height}") == *size {
                return Ok(());
            }
            Err(Failure::new(format!("a picture of {width}x{height}")))
        });
        note(
            format!("picture of {view}, {theme}, {lang}, {size}"),
            judged,
        );
    }
    let failure = Failure::new(wrong.join("; "));
    judge(
        count,
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(failure)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(passed: usize, failed: usize, skipped: usize) -> Count {
        Count {
            passed,
            failed,
            skipped,
        }
    }

    #[test]
    fn every_way_a_test_can_end_is_counted() {
        let good = "     Summary [   0.013s] 24 tests run: 24 passed (1 slow, 1 leaky), 3 skipped";
        assert_eq!(nextest_summary(good), Some(count(24, 0, 3)));
        let one = "     Summary [   0.013s] 1 test run: 1 passed, 0 skipped";
        assert_eq!(nextest_summary(one), Some(count(1, 0, 0)));
        let bad =
            "     Summary [   9.1s] 10/24 tests run: 7 passed, 2 failed, 1 timed out, 0 skipped";
        assert_eq!(nextest_summary(bad), Some(count(7, 3, 0)));
        assert_eq!(nextest_summary("        PASS [   0.005s] Summary"), None);
    }

    #[test]
    fn the_results_of_examples_are_counted() {
        let line = "test result: FAILED. 3 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out";
        assert_eq!(doctest_result(line), Some(count(3, 1, 2)));
    }

    #[test]
    fn steps_need_only_steps_before_them() {
        for (at, step) in STEPS.iter().enumerate() {
            for need in step.needs {
                assert!(STEPS[..at].iter().any(|earlier| earlier.name == *need));
            }
        }
    }
}
