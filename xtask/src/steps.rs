//! Steps in order: each under its heading, timed, and all summed up at the end.
//!
//! A step that fails stops only those that need it; the exit is a failure all the same.

use std::{
    ops::AddAssign,
    time::{Duration, Instant},
};

use crate::shell::{self, Failure};

/// One thing that `cargo xtask test` does.
pub(crate) struct Step {
    /// Its name, for `--only`.
    pub(crate) name: &'static str,
    /// What it does, in a line.
    pub(crate) about: &'static str,
    /// The steps that must have passed before.
    pub(crate) needs: &'static [&'static str],
    /// Does it.
    pub(crate) run: fn() -> Result<Outcome, Broken>,
}

/// How many tests a step ran and how they ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Tests that passed.
    pub(crate) passed: usize,
    /// Tests that failed.
    pub(crate) failed: usize,
    /// Tests that were not run.
    pub(crate) skipped: usize,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// A step that did its work.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Tests that it ran.
    pub(crate) count: Count,
    /// What to say of it in the summary.
    pub(crate) note: String,
}

impl Outcome {
    /// Nothing to count, this to say.
    pub(crate) fn note(note: impl Into<String>) -> Self {
        Self {
            count: Count::default(),
            note: note.into(),
        }
    }
}

/// A step that did not pass.
#[derive(Debug)]
pub(crate) struct Broken {
    /// Tests that it ran.
    pub(crate) count: Count,
    /// What went wrong.
    pub(crate) failure: Failure,
}

impl From<Failure> for Broken {
    fn from(failure: Failure) -> Self {
        Self {
            count: Count::default(),
            failure,
        }
    }
}

enum Ending {
    Passed(String),
    Failed(Failure),
    NotRun(&'static str),
}

/// Names the steps.
pub(crate) fn list(steps: &[Step]) {
    for step in steps {
        println!("{:<10} {}", step.name, step.about);
    }
}

/// Runs the steps named and those that they need (none named: all) and sums up.
pub(crate) fn run(steps: &'static [Step], only: &[String]) -> Result<(), Failure> {
    let chosen = choose(steps, only)?;
    let start = Instant::now();
    let mut count = Count::default();
    let mut endings: Vec<(&Step, Ending, Duration)> = Vec::new();
    for (at, step) in chosen.iter().enumerate() {
        println!(
            "\n━━ {}/{} {}: {}",
            at + 1,
            chosen.len(),
            step.name,
            step.about
        );
        let begun = Instant::now();
        let ending = match unmet(step, &endings) {
            Some(need) => Ending::NotRun(need),
            None => match (step.run)() {
                Ok(outcome) => {
                    count += outcome.count;
                    Ending::Passed(outcome.note)
                }
                Err(broken) => {
                    count += broken.count;
                    Ending::Failed(broken.failure)
                }
            },
        };
        let time = begun.elapsed();
        match &ending {
            Ending::Passed(note) => println!("── passed in {} {note}", shell::spoken(time)),
            Ending::Failed(failure) => {
                println!("{failure}\n── FAILED after {}", shell::spoken(time));
            }
            Ending::NotRun(need) => println!("── not run: it needs {need}, which did not pass"),
        }
        endings.push((step, ending, time));
    }
    sum_up(&endings, count, start.elapsed())
}

fn choose(steps: &'static [Step], only: &[String]) -> Result<Vec<&'static Step>, Failure> {
    let mut wanted: Vec<&str> = only.iter().map(String::as_str).collect();
    if let Some(unknown) = wanted
        .iter()
        .find(|name| steps.iter().all(|step| step.name != **name))
    {
        return Err(Failure::new(format!(
            "there is no step « {unknown} »: see cargo xtask test --list"
        )));
    }
    if wanted.is_empty() {
        return Ok(steps.iter().collect());
    }
    // A step needs only earlier ones: going backwards meets each before what it needs.
    let mut chosen: Vec<_> = Vec::new();
    for step in steps.iter().rev() {
        if wanted.contains(&step.name) {
            wanted.extend(step.needs);
            chosen.push(step);
        }
    }
    chosen.reverse();
    Ok(chosen)
}

fn unmet(step: &Step, endings: &[(&Step, Ending, Duration)]) -> Option<&'static str> {
    step.needs.iter().copied().find(|need| {
        endings
            .iter()
            .any(|(other, ending, _)| other.name == *need && !matches!(ending, Ending::Passed(_)))
    })
}

fn sum_up(
    endings: &[(&Step, Ending, Duration)],
    count: Count,
    time: Duration,
) -> Result<(), Failure> {
    println!("\n━━ summary");
    let mut bad = Vec::new();
    for (step, ending, time) in endings {
        let (word, note) = match ending {
            Ending::Passed(note) => ("passed", note.clone()),
            Ending::Failed(failure) => {
                let text = failure.to_string();
                ("FAILED", text.lines().next().unwrap_or_default().to_owned())
            }
            Ending::NotRun(need) => ("not run", format!("needs {need}")),
        };
        if !matches!(ending, Ending::Passed(_)) {
            bad.push(step.name);
        }
        let time = shell::spoken(*time);
        println!("{:<10} {word:<8} {time:>12}  {note}", step.name);
    }
    println!("{:<10} {:<8} {:>12}\n", "all", "", shell::spoken(time));
    let Count {
        passed,
        failed,
        skipped,
    } = count;
    if passed + failed > 0 {
        println!("tests: {passed} passed, {failed} failed, {skipped} skipped");
    }
    if bad.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("did not pass: {}", bad.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn step(
        name: &'static str,
        needs: &'static [&'static str],
        run: fn() -> Result<Outcome, Broken>,
    ) -> Step {
        Step {
            name,
            about: "",
            needs,
            run,
        }
    }

    static STEPS: &[Step] = &[
        step("a", &[], || Ok(Outcome::default())),
        step("b", &["a"], || Err(Failure::new("it broke").into())),
        step("c", &["b"], || panic!("its need had not passed")),
        step("d", &["a"], || Ok(Outcome::default())),
    ];

    #[test]
    fn a_failure_stops_what_needs_it_and_fails_the_whole() {
        let failure = run(STEPS, &[]).unwrap_err();
        assert_eq!(failure, Failure::new("did not pass: b, c"));
    }

    #[test]
    fn one_step_brings_what_it_needs_and_nothing_else() {
        let names = |only: &str| -> Vec<_> {
            let chosen = choose(STEPS, &[only.to_owned()]).unwrap();
            chosen.iter().map(|step| step.name).collect()
        };
        assert_eq!(names("d"), ["a", "d"]);
        assert_eq!(names("c"), ["a", "b", "c"]);
        assert!(run(STEPS, &["d".to_owned()]).is_ok());
        assert!(choose(STEPS, &["e".to_owned()]).is_err());
    }
}
