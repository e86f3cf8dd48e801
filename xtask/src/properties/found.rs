//! The properties, as they are found in the sources.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::shell::{self, Failure};

/// A random test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Property {
    /// The package that it is a test of.
    pub(crate) package: &'static str,
    /// The file that it stands in, from the workspace's folder.
    pub(crate) file: String,
    /// Its function's name.
    pub(crate) name: String,
}

/// Where they are looked for.
const PACKAGES: &[(&str, &str)] = &[
    ("tresse-trust", "crates/trust"),
    ("tresse-sync", "crates/sync"),
];

/// Every property, by file.
pub(crate) fn all() -> Result<Vec<Property>, Failure> {
    let mut found = Vec::new();
    for (package, folder) in PACKAGES {
        for file in sources(&shell::root().join(folder))? {
            let text = fs::read_to_string(&file).map_err(|error| unread(&file, &error))?;
            let file = file.strip_prefix(shell::root()).unwrap_or(&file);
            found.extend(names(&text).map(|name| Property {
                package,
                file: file.to_string_lossy().replace('\\', "/"),
                name: name.to_owned(),
            }));
        }
    }
    Ok(found)
}

/// The files of Rust below a folder, sorted.
fn sources(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| unread(folder, &error))? {
        let path = entry.map_err(|error| unread(folder, &error))?.path();
        if path.is_dir() {
            files.extend(sources(&path)?);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn unread(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{} does not read: {error}", path.display()))
}

/// The names of the functions in the blocks of `proptest!`, which end where they began.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let mut indent = None;
    text.lines().filter_map(move |line| {
        let code = line.trim_start();
        let depth = line.len() - code.len();
        if code == "proptest! {" {
            indent = Some(depth);
        } else if code == "}" && indent == Some(depth) {
            indent = None;
        }
        let name = code.strip_prefix("fn ")?.split('(').next()?;
        (indent? + 4 == depth).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn functions_inside_the_blocks_are_found_and_no_others() {
        let text = "fn a() {}\nproptest! {\n    #[test]\n    fn b(\n        c: u8,\n    ) {\n        \
                    fn d() {}\n    }\n\n    #[test]\n    fn e(f: u8) {\n    }\n}\nfn g() {}\n";
        assert_eq!(names(text).collect::<Vec<_>>(), ["b", "e"]);
    }

    #[test]
    fn properties_are_told_apart_by_name() {
        let all = all().unwrap();
        assert!(all.len() > 20);
        let names: BTreeSet<_> = all.iter().map(|one| &one.name).collect();
        assert_eq!(names.len(), all.len());
    }

    #[test]
    fn no_property_says_itself_how_many_cases_it_runs() {
        for property in all().unwrap() {
            let text = fs::read_to_string(shell::root().join(&property.file)).unwrap();
            assert!(
                !text.contains("proptest_config") && !text.contains("ProptestConfig"),
                "{}: PROPTEST_CASES says it",
                property.file
            );
        }
    }
}
