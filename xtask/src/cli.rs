//! What was asked for, read from the command line.

use std::{path::PathBuf, str::FromStr};

use crate::{bench, shell::Failure};

/// Shown by `--help` and after a mistake.
pub(crate) const USAGE: &str = "\
cargo xtask run  [--profile DIR] [--screenshot FILE.png] [-- ARGUMENTS OF tresse]
    Sets the machine up, builds the client and opens it.
    --profile DIR       where the profile lies (default: .profile in this folder)
    --screenshot FILE   draws the window on a screen that only exists in memory and saves a
                        picture of it: works with no display
    After -- : --size WxH, --theme light|dark, --lang fr|en, --offline,
               --view home|charter|plan|library|members|start

cargo xtask test [--only STEP]… [--list]
    Sets the machine up and runs everything that CI runs.
    --only STEP         this step alone, after the steps that it needs; may be repeated
    --list              names the steps

cargo xtask fuzz [TARGET]… [--seconds N | --smoke] [--list]
    Gives arbitrary bytes to everything that reads bytes of others, one target after the other.
    --seconds N         how long for each target (default: 600)
    --smoke             twenty seconds for each target
    --list              names the targets

cargo xtask properties [NAME]… [--cases N] [--seed N]
    Runs the random tests of trust and sync with many cases, optimised; those whose name holds one of
    the words, or all.
    --cases N           how many for each (default: 100000; of whole villages, a fifth of it)
    --seed N            the same cases again

cargo xtask soak [--minutes N] [--peers N] [--seed N]
    Many members write, join, leave, sleep, are killed and come back; all end equal.
    --minutes N         for how long (default: 10)
    --peers N           how many, up to 13 (default: 10)
    --seed N            the same chance again

cargo xtask two-windows [--to DIR]
    Opens two windows on two machines (or, where none can be made, side by side on this one), types in
    one, waits until it is in the other, and saves a picture of each.
    --to DIR            where the pictures go (default: this folder)

cargo xtask guide
    Redraws the pictures of docs/guide, by doing what the guide tells.

cargo xtask bench [NAME]… [--no-peers] [-- ARGUMENTS OF tresse-benches]
    Measures, each thing beside a twin that does the same work without it or beside what one would pick instead (loro, yrs
    and samod, which are built for that; --no-peers leaves them out), in the same run.";

/// One request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// Print the usage.
    Help,
    /// Name the steps of `test`.
    ListSteps,
    /// Run the steps named (none named: all).
    Test {
        /// Names of steps.
        only: Vec<String>,
    },
    /// Fuzz.
    Fuzz(FuzzOptions),
    /// Name the fuzz targets.
    ListTargets,
    /// Run the random tests with many cases.
    Properties(PropertiesOptions),
    /// Measure; the arguments are those of `tresse-benches`.
    Bench(Vec<String>),
    /// Play many members for a long while.
    Soak(SoakOptions),
    /// Type in one window and see it in another; the pictures go here.
    TwoWindows(PathBuf),
    /// Redraw the guide's pictures.
    Guide,
    /// Open the client.
    Run(RunOptions),
}

/// How to open the client.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct RunOptions {
    /// The profile's folder, if not the embedded one.
    pub(crate) profile: Option<PathBuf>,
    /// Save a picture here instead of opening a window.
    pub(crate) screenshot: Option<PathBuf>,
    /// Passed on to `tresse` as they are.
    pub(crate) rest: Vec<String>,
}

/// What to fuzz.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FuzzOptions {
    /// Names of targets (none named: all).
    pub(crate) targets: Vec<String>,
    /// For how long each.
    pub(crate) seconds: u64,
}

/// Which random tests to run.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PropertiesOptions {
    /// Words that are in their names (no word: all).
    pub(crate) names: Vec<String>,
    /// How many cases of each.
    pub(crate) cases: u32,
    /// Where chance begins, if not anywhere.
    pub(crate) seed: Option<u64>,
}

/// How long to soak, and with how many.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SoakOptions {
    /// For how many minutes.
    pub(crate) minutes: u64,
    /// How many members.
    pub(crate) peers: u64,
    /// Where chance begins, if not anywhere.
    pub(crate) seed: Option<u64>,
}

/// Reads the arguments that follow `cargo xtask`.
pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Task, Failure> {
    let mut arguments = arguments.map(Argument::split);
    match arguments.next().map(|argument| argument.text).as_deref() {
        Some("run") => parse_run(arguments),
        Some("test") => parse_test(arguments),
        Some("fuzz") => parse_fuzz(arguments),
        Some("properties") => parse_properties(arguments),
        Some("bench") => parse_bench(arguments),
        Some("soak") => parse_soak(arguments),
        Some("two-windows") => parse_two_windows(arguments),
        Some("guide") => parse_guide(arguments),
        Some("help" | "--help" | "-h") => Ok(Task::Help),
        Some(other) => Err(Failure::new(format!("there is no task « {other} »"))),
        None => Err(Failure::new("which task?")),
    }
}

fn parse_run(mut arguments: impl Iterator<Item = Argument>) -> Result<Task, Failure> {
    let mut options = RunOptions::default();
    while let Some(argument) = arguments.next() {
        match argument.text.as_str() {
            "--profile" => options.profile = Some(argument.value(&mut arguments)?.into()),
            "--screenshot" => options.screenshot = Some(argument.value(&mut arguments)?.into()),
            "--help" | "-h" => return Ok(Task::Help),
            "--" => {
                options.rest = arguments.map(|argument| argument.whole).collect();
                break;
            }
            other => {
                return Err(Failure::new(format!(
                    "run does not know « {other} » (what is meant for tresse goes after --)"
                )));
            }
        }
    }
    Ok(Task::Run(options))
}

fn parse_guide(mut arguments: impl Iterator<Item = Argument>) -> Result<Task, Failure> {
    match arguments.next().map(|argument| argument.whole).as_deref() {
        None => Ok(Task::Guide),
        Some("--help" | "-h") => Ok(Task::Help),
        Some(other) => Err(Failure::new(format!("guide does not know « {other} »"))),
    }
}

fn parse_test(mut arguments: impl Iterator<Item = Argument>) -> Result<Task, Failure> {
    let mut only = Vec::new();
    while let Some(argument) = arguments.next() {
        match argument.text.as_str() {
            "--only" => only.push(argument.value(&mut arguments)?),
            "--list" => return Ok(Task::ListSteps),
            "--help" | "-h" => return Ok(Task::Help),
            other => return Err(Failure::new(format!("test does not know « {other} »"))),
        }
    }
    Ok(Task::Test { only })
}

fn parse_fuzz(mut arguments: impl Iterator<Item = Argument>) -> Result<Task, Failure> {
    let mut options = FuzzOptions {
        targets: Vec::new(),
        seconds: 600,
    };
    while let Some(argument) = arguments.next() {
        match argument.text.as_str() {
            "--seconds" => {
                options.seconds = argument.number(&mut arguments, "number of seconds")?;
            }
            "--smoke" => options.seconds = 20,
            "--list" => return Ok(Task::ListTargets),
            "--help" | "-h" => return Ok(Task::Help),
            flag if flag.starts_with('-') => {
                return Err(Failure::new(format!("fuzz does not know « {flag} »")));
            }
            _ => options.targets.push(argument.whole),
        }
    }
    Ok(Task::Fuzz(options))
}

fn parse_properties(mut arguments: impl Iterator<Item = Argument>) -> Result<Task, Failure> {
    let mut options = PropertiesOptions {
        names: Vec::new(),
        cases: 100_000,
        seed: None,
    };
    while let Some(argument) = arguments.next() {
        match argument.text.as_str() {
            "--cases" => options.cases = argument.number(&mut arguments, "number of cases")?,
            "--seed" => options.seed = Some(argument.number(&mut arguments, "seed")?),
            "--help" | "-h" => return Ok(Task::Help),
            flag if flag.starts_with('-') => {
                return Err(Failure::new(format!("properties does not know « {flag} »")));
            }
            _ => options.names.push(argument.whole),
        }
    }
    Ok(Task::Properties(options))
}

fn parse_two_windows(mut arguments: impl Iterator<Item = Argument>) -> Result<Task, Failure> {
    let mut to = PathBuf::from(".");
    while let Some(argument) = arguments.next() {
        match argument.text.as_str() {
            "--to" => to = argument.value(&mut arguments)?.into(),
            "--help" | "-h" => return Ok(Task::Help),
            other => {
                return Err(Failure::new(format!(
                    "two-windows does not know « {other} »"
                )));
            }
        }
    }
    Ok(Task::TwoWindows(to))
}

fn parse_soak(mut arguments: impl Iterator<Item = Argument>) -> Result<Task, Failure> {
    let mut options = SoakOptions {
        minutes: 10,
        peers: 10,
        seed: None,
    };
    while let Some(argument) = arguments.next() {
        match argument.text.as_str() {
            "--minutes" => {
                options.minutes = argument.number(&mut arguments, "number of minutes")?;
            }
            "--peers" => options.peers = argument.number(&mut arguments, "number of members")?,
            "--seed" => options.seed = Some(argument.number(&mut arguments, "seed")?),
            "--help" | "-h" => return Ok(Task::Help),
            other => return Err(Failure::new(format!("soak does not know « {other} »"))),
        }
    }
    Ok(Task::Soak(options))
}

fn parse_bench(arguments: impl Iterator<Item = Argument>) -> Result<Task, Failure> {
    let mut rest = Vec::new();
    let mut own = true;
    for argument in arguments {
        match argument.text.as_str() {
            "--" if own => own = false,
            "--help" | "-h" if own => return Ok(Task::Help),
            bench::NO_PEERS if own => rest.push(argument.whole),
            flag if own && flag.starts_with('-') => {
                return Err(Failure::new(format!(
                    "bench does not know « {flag} » (what is meant for tresse-benches goes after --)"
                )));
            }
            _ => rest.push(argument.whole),
        }
    }
    Ok(Task::Bench(rest))
}

/// One argument, `--flag=value` taken apart.
struct Argument {
    whole: String,
    text: String,
    inline: Option<String>,
}

impl Argument {
    fn split(whole: String) -> Self {
        let (text, inline) = match whole.split_once('=') {
            Some((flag, value)) if flag.starts_with("--") => {
                (flag.to_owned(), Some(value.to_owned()))
            }
            _ => (whole.clone(), None),
        };
        Self {
            whole,
            text,
            inline,
        }
    }

    fn value(self, rest: &mut impl Iterator<Item = Self>) -> Result<String, Failure> {
        self.inline
            .or_else(|| rest.next().map(|next| next.whole))
            .ok_or_else(|| Failure::new(format!("{} needs a value", self.text)))
    }

    /// The value as a number above nought.
    fn number<N: FromStr + From<u8> + PartialOrd>(
        self,
        rest: &mut impl Iterator<Item = Self>,
        what: &str,
    ) -> Result<N, Failure> {
        let value = self.value(rest)?;
        let number = value.parse().ok().filter(|number| *number > N::from(0));
        number.ok_or_else(|| Failure::new(format!("« {value} » is no {what}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Task, Failure> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn what_follows_the_two_dashes_reaches_the_client_untouched() {
        let task = read("run --screenshot=a.png --profile p -- --view plan --size=1x1").unwrap();
        assert_eq!(
            task,
            Task::Run(RunOptions {
                profile: Some("p".into()),
                screenshot: Some("a.png".into()),
                rest: vec!["--view".into(), "plan".into(), "--size=1x1".into()],
            })
        );
    }

    #[test]
    fn steps_can_be_named_more_than_once() {
        let task = read("test --only fmt --only=deny").unwrap();
        assert_eq!(
            task,
            Task::Test {
                only: vec!["fmt".into(), "deny".into()]
            }
        );
    }

    #[test]
    fn fuzzing_takes_ten_minutes_for_each_target_unless_told_otherwise() {
        let fuzz = |line: &str| match read(line).unwrap() {
            Task::Fuzz(options) => (options.targets.join(" "), options.seconds),
            other => panic!("{other:?}"),
        };
        assert_eq!(fuzz("fuzz"), (String::new(), 600));
        assert_eq!(fuzz("fuzz act --smoke"), ("act".to_owned(), 20));
        assert_eq!(
            fuzz("fuzz act --seconds=5 seal"),
            ("act seal".to_owned(), 5)
        );
    }

    #[test]
    fn a_hundred_thousand_cases_are_run_unless_told_otherwise() {
        let properties = |line: &str| match read(line).unwrap() {
            Task::Properties(options) => (options.names.join(" "), options.cases, options.seed),
            other => panic!("{other:?}"),
        };
        assert_eq!(properties("properties"), (String::new(), 100_000, None));
        assert_eq!(
            properties("properties removed --cases 1 --seed=7"),
            ("removed".to_owned(), 1, Some(7))
        );
    }

    #[test]
    fn what_follows_the_two_dashes_reaches_the_benches() {
        let task = read("bench editing --no-peers -- --runs 3").unwrap();
        let words = ["editing", "--no-peers", "--runs", "3"]
            .map(str::to_owned)
            .to_vec();
        assert_eq!(task, Task::Bench(words));
    }

    #[test]
    fn a_word_that_nobody_knows_is_refused_and_not_passed_over() {
        assert!(read("run --veiw plan").is_err());
        assert!(read("test fmt").is_err());
        assert!(read("rnu").is_err());
        assert!(read("").is_err());
        assert!(read("run --profile").is_err());
        assert!(read("fuzz --seconds=0").is_err());
        assert!(read("fuzz --secnods 5").is_err());
        assert!(read("properties --cases=many").is_err());
        assert!(read("bench --lsit").is_err());
    }
}
