//! Copies and profiles made from them.

use std::fs;

use tresse_store::{Store, StoreError, restore};

use crate::support::{NETWORK, append, full_profile, hash, is_copy, page, picture};

#[test]
fn a_restored_backup_equals_the_profile_and_says_that_it_is_a_copy() {
    let (dir, mut store) = full_profile();
    let file = dir.path().join("copy.tresse");
    let before = picture(&store);
    store.backup(&file).unwrap();
    store
        .batch(|tx| append(tx, &page(1), 4, &[b"after the backup"]))
        .unwrap();

    let elsewhere = tempfile::tempdir().unwrap();
    let target = elsewhere.path().join("profile");
    restore(&file, &target).unwrap();
    let restored = Store::open(&target).unwrap();
    assert_eq!(picture(&restored), before);
    assert_eq!(restored.check(|bytes| Some(hash(bytes))), []);
    assert!(is_copy(&restored) && !is_copy(&store));
    assert_ne!(picture(&store), before);
}

#[test]
fn a_backup_is_one_file_that_is_a_profile_by_itself() {
    let (dir, store) = full_profile();
    let out = tempfile::tempdir().unwrap();
    store.backup(&out.path().join("tresse.db")).unwrap();
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 1);
    let by_hand = Store::open(out.path()).unwrap();
    assert_eq!(picture(&by_hand), picture(&store));
    assert!(is_copy(&by_hand));
    drop(dir);
}

#[test]
fn a_backup_never_overwrites() {
    let (dir, store) = full_profile();
    let file = dir.path().join("taken");
    fs::write(&file, b"precious").unwrap();
    assert!(matches!(
        store.backup(&file),
        Err(StoreError::TargetExists { .. })
    ));
    assert_eq!(fs::read(&file).unwrap(), b"precious");
}

#[test]
fn a_backup_that_cannot_be_written_leaves_nothing_behind() {
    let (dir, store) = full_profile();
    let names = || fs::read_dir(dir.path()).unwrap().count();
    let before = names();
    let refused = store
        .backup(&dir.path().join("no such folder/copy"))
        .unwrap_err();
    assert!(matches!(refused, StoreError::Io { .. }), "{refused}");
    assert_eq!(names(), before);
}

#[test]
fn a_backup_runs_on_another_thread_while_the_owner_writes() {
    let (dir, mut store) = full_profile();
    let file = dir.path().join("copy");
    let job = store.backup_job();
    let runner = std::thread::spawn({
        let file = file.clone();
        move || job.run(&file)
    });
    for seq in 4..60 {
        let bytes = vec![seq; 2000];
        store
            .batch(|tx| append(tx, &page(1), u64::from(seq), &[&bytes]))
            .unwrap();
    }
    runner.join().unwrap().unwrap();
    let target = tempfile::tempdir().unwrap();
    restore(&file, target.path()).unwrap();
    let restored = Store::open(target.path()).unwrap();
    assert_eq!(restored.check(|bytes| Some(hash(bytes))), []);
    let copied = restored.load(&NETWORK, &page(1)).unwrap().unwrap().changes;
    let whole = store.load(&NETWORK, &page(1)).unwrap().unwrap().changes;
    assert!(whole.starts_with(&copied) && copied.len() >= 3);
}

#[test]
fn a_restore_goes_into_an_empty_folder_only() {
    let (dir, store) = full_profile();
    let file = dir.path().join("copy");
    store.backup(&file).unwrap();
    let target = tempfile::tempdir().unwrap();
    let letter = target.path().join("letter.txt");
    fs::write(&letter, b"mine").unwrap();
    assert!(matches!(
        restore(&file, target.path()),
        Err(StoreError::NotEmpty { .. })
    ));
    assert!(matches!(
        restore(&file, dir.path()),
        Err(StoreError::NotEmpty { .. })
    ));
    assert_eq!(fs::read_dir(target.path()).unwrap().count(), 1);
    fs::remove_file(letter).unwrap();
    restore(&file, target.path()).unwrap();
    assert_eq!(
        picture(&Store::open(target.path()).unwrap()),
        picture(&store)
    );
}

#[test]
fn a_file_that_is_no_backup_or_a_spoilt_one_is_refused_and_nothing_is_made() {
    let (dir, store) = full_profile();
    let file = dir.path().join("copy");
    store.backup(&file).unwrap();
    let good = fs::read(&file).unwrap();
    let mut spoilt = good.clone();
    for byte in &mut spoilt[4096 * 3..4096 * 9] {
        *byte ^= 0x5a;
    }
    for content in [&b"letter"[..], &good[..good.len() / 2], &spoilt] {
        fs::write(&file, content).unwrap();
        let target = tempfile::tempdir().unwrap();
        let inside = target.path().join("profile");
        let refused = restore(&file, &inside).unwrap_err();
        let known = matches!(
            refused,
            StoreError::NotAProfile { .. } | StoreError::Damaged { .. }
        );
        assert!(known, "{refused}");
        assert!(!Store::exists(&inside));
        assert_eq!(fs::read(&file).unwrap(), content);
    }
    assert!(matches!(
        restore(&dir.path().join("none"), dir.path()),
        Err(StoreError::Io { .. })
    ));
}
