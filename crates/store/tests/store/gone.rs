//! Files that are deleted or moved while the profile is open: the system allows it, and SQLite notices nothing.

use std::fs;

use tresse_store::StoreError;

use crate::support::{NETWORK, append, hash, open_as, page, protected, restore_as};
use tresse_store::vault::Protection;

#[test]
fn what_is_written_after_the_files_were_deleted_is_not_called_saved_and_goes_into_a_backup() {
    let (dir, mut store, vault) = protected(&Protection::Open);
    store
        .batch(|tx| append(tx, &page(7), 1, &[b"before"]))
        .unwrap();
    for name in ["tresse.db", "tresse.db-wal", "tresse.db-shm"] {
        fs::remove_file(dir.path().join(name)).unwrap();
    }
    assert!(!store.is_in_place());
    let refused = store
        .batch(|tx| append(tx, &page(7), 2, &[b"after"]))
        .unwrap_err();
    assert!(matches!(refused, StoreError::Gone { .. }), "{refused}");
    assert_eq!(refused.code(), "profile-gone");
    // What was saved before is read still, and what was not can be had in a backup.
    assert_eq!(changes(&store), [b"before".to_vec()]);
    store
        .batch_for_backup(|tx| append(tx, &page(7), 2, &[b"after"]))
        .unwrap();
    let away = tempfile::tempdir().unwrap();
    let file = away.path().join("copy");
    store.backup(&file, vault.file().clone()).unwrap();
    drop(store);
    let anew = away.path().join("anew");
    restore_as(&file, &anew, "").unwrap();
    let restored = open_as(&anew, "").unwrap();
    assert_eq!(restored.check(|bytes| Some(hash(bytes))), []);
    assert_eq!(changes(&restored), [b"before".to_vec(), b"after".to_vec()]);
}

#[test]
fn a_folder_that_was_moved_away_and_comes_back_goes_on() {
    let (dir, mut store, _) = protected(&Protection::Open);
    let away = tempfile::tempdir().unwrap();
    let elsewhere = away.path().join("elsewhere");
    fs::rename(dir.path(), &elsewhere).unwrap();
    let refused = store
        .batch(|tx| append(tx, &page(7), 1, &[b"one"]))
        .unwrap_err();
    assert!(matches!(refused, StoreError::Gone { .. }), "{refused}");
    fs::rename(&elsewhere, dir.path()).unwrap();
    store
        .batch(|tx| append(tx, &page(7), 1, &[b"one"]))
        .unwrap();
    drop(store);
    assert_eq!(
        changes(&open_as(dir.path(), "").unwrap()),
        [b"one".to_vec()]
    );
}

#[test]
fn a_log_that_was_deleted_or_is_anothers_is_noticed_too() {
    let (dir, mut store, _) = protected(&Protection::Open);
    let log = dir.path().join("tresse.db-wal");
    fs::rename(&log, dir.path().join("aside")).unwrap();
    assert!(store.set_meta("a", b"b").is_err());
    fs::write(&log, b"").unwrap();
    assert!(store.set_meta("a", b"b").is_err());
    fs::rename(dir.path().join("aside"), &log).unwrap();
    store.set_meta("a", b"b").unwrap();
}

fn changes(store: &tresse_store::Store) -> Vec<Vec<u8>> {
    let stored = store.load(&NETWORK, &page(7)).unwrap();
    stored.map_or_else(Vec::new, |stored| stored.changes)
}
