//! The shape of the house: which crates may use which.

use crate::{
    shell::{self, Failure},
    steps::{Broken, Outcome},
};

/// Crates of the workspace, and the crates of the workspace that each may use.
const HOUSE: &[(&str, &[&str])] = &[
    ("tresse-model", &[]),
    ("tresse-trust", &["tresse-model"]),
    ("tresse-sync", &["tresse-trust", "tresse-model"]),
    ("tresse-net", &["tresse-model"]),
    ("tresse-store", &["tresse-model"]),
    ("tresse-report", &["tresse-model"]),
    ("tresse-engine", INNER),
    ("tresse-desktop", APPS_USE),
    ("tresse-node", APPS_USE),
];
const INNER: &[&str] = &[
    "tresse-net",
    "tresse-store",
    "tresse-report",
    "tresse-sync",
    "tresse-trust",
    "tresse-model",
];
/// By way of the engine; see `deny.toml` for who alone may touch SQL, sockets and pixels.
const APPS_USE: &[&str] = &[
    "tresse-engine",
    "tresse-net",
    "tresse-store",
    "tresse-report",
    "tresse-sync",
    "tresse-trust",
    "tresse-model",
];

/// Crates that can be tested by the million, without a socket or a file.
const PURE: &[&str] = &["tresse-model", "tresse-trust", "tresse-sync"];
/// What would end that.
const IMPURE: &[&str] = &["tokio", "iroh", "rusqlite", "egui", "async-std", "mio"];

/// Asks cargo what each crate uses.
pub(crate) fn check() -> Result<Outcome, Broken> {
    let mut wrong = Vec::new();
    for (name, may_use) in HOUSE {
        let mut tree = shell::cargo(["tree", "--locked", "-e", "normal,build", "--prefix", "none"]);
        tree.args(["-p", name, "--target", "all", "--format", "{p}"]);
        wrong.extend(misplaced(name, may_use, &shell::capture(&mut tree)?));
    }
    if wrong.is_empty() {
        return Ok(Outcome::default());
    }
    Err(Failure::new(wrong.join("\n")).into())
}

/// What a crate uses, directly or not, and should not; `tree` is cargo's list, one crate a line.
fn misplaced(name: &str, may_use: &[&str], tree: &str) -> Vec<String> {
    let mut used: Vec<_> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .filter(|other| *other != name)
        .filter(|other| {
            let outward = other.starts_with("tresse-") && !may_use.contains(other);
            let impure = PURE.contains(&name) && IMPURE.contains(other);
            outward || impure
        })
        .collect();
    used.sort_unstable();
    used.dedup();
    used.iter()
        .map(|other| format!("{name} must not use {other}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_that_looks_outward_and_a_pure_one_that_touches_sockets_are_named() {
        let tree = "tresse-sync v0.1.0 (/x)\ntokio v1.0.0\ntresse-engine v0.1.0 (/x)\n\
                    tresse-model v0.1.0 (/x)\ntokio v1.0.0 (*)\ntokio-util v0.7.0\n";
        assert_eq!(
            misplaced("tresse-sync", &["tresse-model"], tree),
            [
                "tresse-sync must not use tokio",
                "tresse-sync must not use tresse-engine"
            ]
        );
        assert_eq!(
            misplaced(
                "tresse-net",
                &["tresse-model"],
                "tokio v1.0.0\ntresse-net v0.1.0"
            ),
            [""; 0]
        );
    }
}
