//! Files cut, spoilt and unfinished: what was written is found again, or the fault is told.

use std::fs;

use proptest::prelude::*;
use tresse_store::StoreError;

use crate::support::{NETWORK, append, beside, full_profile, hash, open, page, profile};

/// How many changes each batch of these tests appends: a batch that is found must be found whole.
const TOGETHER: usize = 3;

/// A profile's database and log as a crash leaves them, after so many batches of three changes.
fn left_by_a_crash(batches: u64) -> (Vec<u8>, Vec<u8>) {
    let (dir, mut store) = profile();
    for batch in 0..batches {
        let changes: Vec<Vec<u8>> = (0..3)
            .map(|n| format!("{batch}.{n} ").repeat(100).into_bytes())
            .collect();
        let changes: Vec<&[u8]> = changes.iter().map(Vec::as_slice).collect();
        store
            .batch(|tx| append(tx, &page(1), batch * 3 + 1, &changes))
            .unwrap();
    }
    let read = |name| fs::read(dir.path().join(name)).unwrap();
    (read("tresse.db"), read("tresse.db-wal"))
}

/// Opens the files; how many changes are there, every one proved to be the next.
fn found(database: &[u8], log: &[u8]) -> Result<usize, StoreError> {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("tresse.db"), database).unwrap();
    fs::write(dir.path().join("tresse.db-wal"), log).unwrap();
    let mut store = open(dir.path())?;
    assert_eq!(store.check(|bytes| Some(hash(bytes))), []);
    let changes = store.load(&NETWORK, &page(1))?.unwrap_or_default().changes;
    for (at, bytes) in changes.iter().enumerate() {
        assert!(bytes.starts_with(format!("{}.{} ", at / 3, at % 3).as_bytes()));
    }
    store.set_meta("still", b"writes")?;
    Ok(changes.len())
}

#[test]
fn a_log_cut_anywhere_gives_back_whole_batches() {
    let (database, log) = left_by_a_crash(12);
    assert_eq!(found(&database, &log).unwrap(), 12 * TOGETHER);
    let mut last = 0;
    for cut in (0..log.len()).step_by(log.len() / 40) {
        let number = found(&database, &log[..cut]).unwrap();
        assert_eq!(number % TOGETHER, 0, "a batch was torn by a cut at {cut}");
        assert!(number >= last);
        last = number;
    }
    assert_eq!(found(&database, &[]).unwrap(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_spoilt_byte_in_the_log_never_gives_a_torn_batch(at: prop::sample::Index, flip in 1..=u8::MAX) {
        let (database, mut log) = left_by_a_crash(6);
        let at = at.index(log.len());
        log[at] ^= flip;
        prop_assert_eq!(found(&database, &log).unwrap() % TOGETHER, 0);
    }

    /// A page of the database overwritten: either the profile does not open, and says why, or the check tells.
    #[test]
    fn a_spoilt_database_is_reported_and_left_as_it_is(at: prop::sample::Index, fill: u8) {
        let (dir, store) = full_profile();
        drop(store);
        let path = dir.path().join("tresse.db");
        let mut bytes = fs::read(&path).unwrap();
        let page_start = at.index(bytes.len() / 4096) * 4096;
        let sound = bytes[page_start..page_start + 4096].to_vec();
        bytes[page_start..page_start + 4096].fill(fill);
        prop_assume!(bytes[page_start..page_start + 4096] != sound);
        fs::write(&path, &bytes).unwrap();
        match open(dir.path()) {
            Err(StoreError::Damaged { .. } | StoreError::NotAProfile { .. }) => {
                prop_assert_eq!(fs::read(&path).unwrap(), bytes);
            }
            Err(error) => prop_assert!(false, "{error:?}"),
            Ok(store) => prop_assert!(!store.check(|bytes| Some(hash(bytes))).is_empty()),
        }
    }
}

#[test]
fn a_database_cut_short_is_reported_and_left_as_it_is() {
    let (dir, store) = full_profile();
    drop(store);
    let path = dir.path().join("tresse.db");
    let whole = fs::read(&path).unwrap();
    for length in [200, 4096, whole.len() / 2, whole.len() - 4096] {
        fs::write(&path, &whole[..length]).unwrap();
        let refused = open(dir.path()).unwrap_err();
        assert!(
            matches!(refused, StoreError::Damaged { .. }),
            "{length}: {refused}"
        );
        assert_eq!(fs::read(&path).unwrap(), &whole[..length]);
    }
}

#[test]
fn a_damaged_search_is_told_and_can_be_made_anew() {
    let (dir, store) = full_profile();
    drop(store);
    let spoiler = beside(dir.path());
    spoiler
        .execute_batch("DELETE FROM search_idx; DELETE FROM search_data WHERE id > 10")
        .unwrap();
    spoiler.close().unwrap();
    let mut store = open(dir.path()).unwrap();
    assert!(!store.check(|bytes| Some(hash(bytes))).is_empty());
    store.rebuild_indexes().unwrap();
    assert_eq!(store.check(|bytes| Some(hash(bytes))), []);
    assert_eq!(
        store
            .search(Some(&NETWORK), "elabor", 5, |_| true)
            .unwrap()
            .len(),
        1
    );
}
