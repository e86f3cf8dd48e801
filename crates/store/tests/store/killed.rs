//! A real second process: refused while another has the profile, and killed in the middle of saving.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use tresse_store::{Covers, StoreError};

use crate::support::{NETWORK, append, hash, open, page, profile};

const FOLDER: &str = "TRESSE_STORE_TEST_FOLDER";

/// This test binary again, running only `killed::the_other_process` on a profile.
fn other_process(dir: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::the_other_process", "--nocapture"])
        .env(FOLDER, dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Not a test by itself: what the other process does. Saves change after change, now and then compacts, and
/// says each number once it is durable.
#[test]
fn the_other_process() {
    let Some(dir) = std::env::var_os(FOLDER) else {
        return;
    };
    let mut store = match open(Path::new(&dir)) {
        Ok(store) => store,
        Err(error) => return println!("refused {}", error.code()),
    };
    let stored = store.load(&NETWORK, &page(1)).unwrap().unwrap_or_default();
    let text = String::from_utf8(stored.concatenated()).unwrap();
    for number in text.matches('<').count().. {
        let bytes = change(number);
        store
            .batch(|tx| {
                append(tx, &page(1), number as u64 + 1, &[&bytes])?;
                if number % 7 != 0 {
                    return Ok(());
                }
                let snapshot: Vec<u8> = (0..=number).flat_map(change).collect();
                let heads = [hash(&bytes)];
                tx.replace_snapshot(&NETWORK, &page(1), &snapshot, Covers::All, &heads)
            })
            .unwrap();
        println!("saved {number}");
    }
}

fn change(number: usize) -> Vec<u8> {
    format!("<{number} {}>", "x".repeat(number % 300)).into_bytes()
}

fn lines(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok)
}

#[test]
fn another_process_is_refused_while_the_profile_is_open() {
    let (dir, store) = profile();
    let mut child = other_process(dir.path());
    let said: Vec<String> = lines(&mut child).collect();
    child.wait().unwrap();
    assert!(
        said.iter().any(|line| line == "refused profile-in-use"),
        "{said:?}"
    );
    drop(store);
    let mut child = other_process(dir.path());
    assert!(lines(&mut child).any(|line| line.starts_with("saved")));
    assert!(matches!(open(dir.path()), Err(StoreError::InUse { .. })));
    child.kill().unwrap();
    child.wait().unwrap();
    open(dir.path()).unwrap();
}

#[test]
fn nothing_said_to_be_saved_is_lost_when_the_process_is_killed() {
    let seed = std::process::id();
    println!("seed {seed}");
    let (dir, store) = profile();
    drop(store);
    for round in 0..12_u32 {
        let after = (seed.wrapping_mul(2_654_435_761).wrapping_add(round * 977) >> 7) % 40 + 1;
        let mut child = other_process(dir.path());
        let mut said = lines(&mut child);
        let saved = said
            .by_ref()
            .filter_map(|line| line.strip_prefix("saved ")?.parse().ok());
        let mut last: usize = saved.take(after as usize).last().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        for line in said {
            if let Some(number) = line
                .strip_prefix("saved ")
                .and_then(|text| text.parse().ok())
            {
                last = number;
            }
        }
        let store = open(dir.path()).unwrap();
        assert_eq!(store.check(|bytes| Some(hash(bytes))), []);
        let text = store
            .load(&NETWORK, &page(1))
            .unwrap()
            .unwrap()
            .concatenated();
        let number = String::from_utf8_lossy(&text).matches('<').count();
        assert!(
            number > last,
            "said {last}, found {number} (seed {seed}, round {round})"
        );
        assert_eq!(text, (0..number).flat_map(change).collect::<Vec<u8>>());
    }
}
