//! Names the code by which documents are read, so that what another version read of them is never taken for what this one would read.

use std::{
    collections::hash_map::DefaultHasher,
    error::Error,
    fs,
    hash::{Hash, Hasher},
    path::{Path, PathBuf},
};

/// What decides what a document says and who said it, from here.
const READS: &[&str] = &[
    "../model/src",
    "../trust/src",
    "../sync/src",
    "src/replica/remembered.rs",
    "src/replica/network.rs",
    // Which Automerge.
    "../../Cargo.lock",
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut hasher = DefaultHasher::new();
    let mut files = Vec::new();
    for place in READS {
        println!("cargo:rerun-if-changed={place}");
        gather(Path::new(place), &mut files)?;
    }
    for file in files {
        file.hash(&mut hasher);
        fs::read(&file)?.hash(&mut hasher);
    }
    println!("cargo:rustc-env=TRESSE_READING={:016x}", hasher.finish());
    Ok(())
}

/// The files of a folder in order, and of its folders.
fn gather(place: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    if !place.is_dir() {
        files.push(place.to_owned());
        return Ok(());
    }
    let mut inside = fs::read_dir(place)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<PathBuf>, std::io::Error>>()?;
    inside.sort();
    for path in inside {
        gather(&path, files)?;
    }
    Ok(())
}
