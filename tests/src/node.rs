//! The program under test, built if need be.

use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
    time::SystemTime,
};

/// The `tresse-node` of the same build as this test. If it is missing or older than its sources
/// it is built, once, whoever asks first. `TRESSE_NODE` names another one.
pub fn node() -> &'static Path {
    static NODE: OnceLock<PathBuf> = OnceLock::new();
    NODE.get_or_init(|| match env::var_os("TRESSE_NODE") {
        Some(given) => given.into(),
        None => built(),
    })
}

/// A program of this package, which cargo builds with the tests.
pub(crate) fn own(name: &str) -> PathBuf {
    let path = folder().join(format!("{name}{}", env::consts::EXE_SUFFIX));
    assert!(path.exists(), "{} was not built", path.display());
    path
}

/// `target/debug` or the like: tests lie in its `deps`.
fn folder() -> PathBuf {
    let test = env::current_exe().unwrap();
    let folder = test.parent().unwrap();
    if folder.ends_with("deps") {
        folder.parent().unwrap().to_owned()
    } else {
        folder.to_owned()
    }
}

fn built() -> PathBuf {
    let folder = folder();
    let node = folder.join(format!("tresse-node{}", env::consts::EXE_SUFFIX));
    if is_fresh(&node) {
        return node;
    }
    let lock = File::create(folder.join(".tresse-node.lock")).unwrap();
    lock.lock().unwrap();
    if !is_fresh(&node) {
        build(&folder);
    }
    node
}

fn build(folder: &Path) {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--quiet", "--package", "tresse-node"]);
    match folder.file_name().and_then(|name| name.to_str()) {
        Some("debug") | None => {}
        Some("release") => {
            cargo.arg("--release");
        }
        Some(profile) => {
            cargo.args(["--profile", profile]);
        }
    }
    cargo.arg("--target-dir").arg(folder.parent().unwrap());
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    let status = cargo.status().unwrap();
    assert!(status.success(), "tresse-node does not build: {cargo:?}");
}

/// Whether the program is there and younger than every source that its list (`tresse-node.d`,
/// beside it) names.
fn is_fresh(node: &Path) -> bool {
    let changed = |path: &Path| -> Option<SystemTime> { fs::metadata(path).ok()?.modified().ok() };
    let Some(built) = changed(node) else {
        return false;
    };
    let Ok(list) = fs::read_to_string(node.with_extension("d")) else {
        return true;
    };
    let sources = list.split_once(": ").map_or("", |(_, sources)| sources);
    let sources = sources.replace("\\ ", "\0");
    sources
        .split_whitespace()
        .map(|source| PathBuf::from(source.replace('\0', " ")))
        .all(|source| changed(&source).is_some_and(|changed| changed <= built))
}
