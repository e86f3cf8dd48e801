//! The random tests of the crates that decide who wrote what and who is in, with many cases.
//!
//! Each property of `crates/trust` and `crates/sync` takes its number of cases from `PROPTEST_CASES`, which is proptest's own
//! way (256 where nothing is said: so `cargo xtask test` runs a few thousand in all). A property that passes has run
//! that many new ones. Here it is said for each group, with a seed, and what came of each property is told.

mod found;

use std::{
    collections::BTreeMap,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crate::{
    cli::PropertiesOptions,
    shell::{self, Failure},
    tools,
};
use found::Property;

/// Properties that are run with one number of cases.
struct Group {
    /// What they are, in a heading.
    about: &'static str,
    /// Which they are.
    holds: fn(&Property) -> bool,
    /// One in how many of the cases asked for.
    share: u32,
}

const GROUPS: &[Group] = &[
    Group {
        about: "acts, what counts, values, strangers",
        holds: |property| !is_village(property),
        share: 1,
    },
    Group {
        about: "whole villages, a smaller share",
        holds: is_village,
        share: VILLAGES,
    },
];
/// Of whole villages (machines, documents, sessions, until all are in step) one in so many of the cases asked for. A
/// case takes 20 to 40 milliseconds: a hundred thousand of each would take more than an hour on two cores, a fifth
/// of them a quarter of one.
const VILLAGES: u32 = 5;

fn is_village(property: &Property) -> bool {
    property.file == "crates/sync/tests/it/random.rs"
}

/// What came of a property.
#[derive(Debug, PartialEq, Eq)]
struct Ending {
    passed: bool,
    time: Duration,
}

/// Runs the properties whose name holds one of the words (no word: all), and tells what came of each.
pub(crate) fn run(options: &PropertiesOptions) -> Result<(), Failure> {
    let properties = choose(found::all()?, &options.names)?;
    let seed = options.seed.unwrap_or_else(seed);
    println!("seed {seed}");
    let mut table = Vec::new();
    let mut bad = Vec::new();
    for group in GROUPS {
        let own: Vec<&Property> = properties.iter().filter(|one| (group.holds)(one)).collect();
        if own.is_empty() {
            continue;
        }
        let cases = (options.cases / group.share).max(1);
        println!("\n━━ {}: {cases} cases each", group.about);
        let endings = run_group(&own, cases, seed)?;
        for property in own {
            let ending = endings.get(&property.name);
            if !ending.is_some_and(|ending| ending.passed) {
                bad.push(property);
            }
            table.push(row(property, cases, ending));
        }
    }
    println!("\n━━ summary (seed {seed})");
    println!("{:<12} {:>9} {:>13}  property", "", "cases", "time");
    println!("{}", table.join("\n"));
    if bad.is_empty() {
        return Ok(());
    }
    Err(Failure::new(broken(&bad, options.cases, seed)))
}

fn choose(all: Vec<Property>, words: &[String]) -> Result<Vec<Property>, Failure> {
    if let Some(nothing) = words
        .iter()
        .find(|word| all.iter().all(|one| !one.name.contains(*word)))
    {
        return Err(Failure::new(format!("no property is called « {nothing} »")));
    }
    let wanted = |one: &Property| words.is_empty() || words.iter().any(|w| one.name.contains(w));
    Ok(all.into_iter().filter(wanted).collect())
}

/// Another one each time.
fn seed() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(1, |time| u64::from(time.subsec_nanos()) ^ time.as_secs())
}

fn run_group(
    properties: &[&Property],
    cases: u32,
    seed: u64,
) -> Result<BTreeMap<String, Ending>, Failure> {
    let names: Vec<&str> = properties.iter().map(|one| one.name.as_str()).collect();
    let filter = format!("test(/(^|::)({})$/)", names.join("|"));
    let mut command = shell::in_workspace(&tools::ensure(&tools::NEXTEST)?);
    command
        .args(["nextest", "run", "--locked", "--cargo-profile", PROFILE])
        .args(["--profile", PROFILE, "--package", "tresse-trust"])
        .args(["--package", "tresse-sync", "--filterset", &filter])
        .env("PROPTEST_CASES", cases.to_string())
        .env("PROPTEST_RNG_SEED", seed.to_string());
    let mut endings = BTreeMap::new();
    shell::listen(&mut command, |line| {
        if let Some((name, ending)) = heard(line) {
            endings.insert(name, ending);
        }
    })?;
    Ok(endings)
}

/// The profile of cargo, and that of nextest.
const PROFILE: &str = "properties";

/// What nextest says of a test that ended: `PASS [   1.234s] (1/9) package::binary module::name`.
fn heard(line: &str) -> Option<(String, Ending)> {
    let (word, rest) = line.trim().split_once('[')?;
    let passed = match word.trim() {
        "PASS" => true,
        "FAIL" | "TIMEOUT" => false,
        word if word.starts_with("SIG") => false,
        _ => return None,
    };
    let (seconds, rest) = rest.split_once("s]")?;
    let seconds = seconds.trim().parse().ok()?;
    let name = rest.split_whitespace().last()?.rsplit("::").next()?;
    let time = Duration::try_from_secs_f64(seconds).ok()?;
    Some((name.to_owned(), Ending { passed, time }))
}

fn row(property: &Property, cases: u32, ending: Option<&Ending>) -> String {
    let (word, cases, time) = match ending {
        Some(Ending { passed: true, time }) => ("passed", cases.to_string(), shell::spoken(*time)),
        Some(Ending { time, .. }) => ("FAILED", String::new(), shell::spoken(*time)),
        None => ("NOT RUN", String::new(), String::new()),
    };
    let Property { package, name, .. } = property;
    format!("{word:<12} {cases:>9} {time:>13}  {package} {name}")
}

/// What failed, and what to do about it.
fn broken(bad: &[&Property], cases: u32, seed: u64) -> String {
    let names: Vec<&str> = bad.iter().map(|one| one.name.as_str()).collect();
    let first = names.first().copied().unwrap_or_default();
    format!(
        "broke: {}\n\
         The smallest case that fails stands above, after « minimal failing input »; its seed (« cc … ») too,\n\
         and in the crate's folder proptest-regressions, whose cases are tried before all others. So that one alone again:\n\
             cargo xtask properties {first} --cases 1\n\
         and the whole run again:\n\
             cargo xtask properties {first} --cases {cases} --seed {seed}",
        names.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_of_each_property_is_heard() {
        let ending = |passed, seconds| Ending {
            passed,
            time: Duration::from_secs_f64(seconds),
        };
        let line = "        PASS [   1.500s] ( 3/24) tresse-trust::it random::all_end_equal";
        assert_eq!(
            heard(line),
            Some(("all_end_equal".into(), ending(true, 1.5)))
        );
        let line = "        FAIL [   0.250s] (1/2) tresse-trust count::tests::is_whole";
        assert_eq!(heard(line), Some(("is_whole".into(), ending(false, 0.25))));
        let slow = "        SLOW [> 60.000s] tresse-trust count::tests::is_whole";
        assert_eq!(heard(slow), None);
        assert_eq!(heard("     Summary [   0.013s] 1 test run: 1 passed"), None);
    }

    #[test]
    fn a_word_that_is_in_no_name_is_refused() {
        assert!(choose(found::all().unwrap(), &["nothing so called".into()]).is_err());
        let counts = choose(found::all().unwrap(), &["what_counts".into()]).unwrap();
        assert!(!counts.is_empty() && counts.iter().all(|one| one.name.contains("what_counts")));
    }
}
