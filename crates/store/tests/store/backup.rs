//! Copies and profiles made from them.

use std::{fs, io::Read, path::Path, sync::Arc};

use tresse_store::{
    Beside, Store, StoreError,
    vault::{Cost, KeyError, MemoryKeyring, Protection, Secret, SlotKind, Vault},
};

use crate::support::{
    NETWORK, append, cheap, hash, is_copy, open_as, page, picture, protected, restore_as,
};

#[test]
fn a_restored_backup_equals_the_profile_and_says_that_it_is_a_copy() {
    let (dir, mut store, vault) = protected(&cheap("sésame"));
    let file = dir.path().join("copy.tresse");
    let before = picture(&store);
    store
        .backup(&file, vault.for_backup(None).unwrap())
        .unwrap();
    store
        .batch(|tx| append(tx, &page(1), 4, &[b"after the backup"]))
        .unwrap();

    let elsewhere = tempfile::tempdir().unwrap();
    let target = elsewhere.path().join("profile");
    restore_as(&file, &target, "sésame").unwrap();
    let restored = open_as(&target, "sésame").unwrap();
    assert_eq!(picture(&restored), before);
    assert_eq!(restored.check(|bytes| Some(hash(bytes))), []);
    assert!(is_copy(&restored) && !is_copy(&store));
    assert_ne!(picture(&store), before);
}

#[test]
fn a_backup_is_one_file_that_opens_by_what_the_profile_opens_by() {
    let (dir, store, vault) = protected(&cheap("sésame"));
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("copy");
    store
        .backup(&file, vault.for_backup(None).unwrap())
        .unwrap();
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 1);
    let target = tempfile::tempdir().unwrap();
    let refused = restore_as(&file, target.path(), "sesame").unwrap_err();
    assert_eq!(refused.code(), "wrong-passphrase");
    assert!(!Store::exists(target.path()));
    restore_as(&file, target.path(), "sésame").unwrap();
    drop(dir);
}

#[test]
fn a_profile_that_only_the_keyring_opens_needs_a_passphrase_for_its_backup() {
    let keyring = Arc::new(MemoryKeyring::default());
    let (dir, store, vault) = protected(&Protection::Keyring(keyring));
    let refused = vault.for_backup(None).unwrap_err();
    assert!(matches!(refused, KeyError::NeedsPassphrase));
    let secret = Secret::new("pour la copie");
    let keys = vault
        .for_backup(Some((&secret, Cost::NEXT_TO_NOTHING)))
        .unwrap();
    assert_eq!(keys.kinds(), [SlotKind::Passphrase]);
    let file = dir.path().join("copy");
    store.backup(&file, keys).unwrap();
    let target = tempfile::tempdir().unwrap();
    restore_as(&file, target.path(), "pour la copie").unwrap();
    let restored = open_as(target.path(), "pour la copie").unwrap();
    assert_eq!(picture(&restored), picture(&store));
}

#[test]
fn a_backup_never_overwrites() {
    let (dir, store, vault) = protected(&Protection::Open);
    let file = dir.path().join("taken");
    fs::write(&file, b"precious").unwrap();
    assert!(matches!(
        store.backup(&file, vault.file().clone()),
        Err(StoreError::TargetExists { .. })
    ));
    assert_eq!(fs::read(&file).unwrap(), b"precious");
}

#[test]
fn a_backup_that_cannot_be_written_leaves_nothing_behind() {
    let (dir, store, vault) = protected(&Protection::Open);
    let names = || fs::read_dir(dir.path()).unwrap().count();
    let before = names();
    let refused = store
        .backup(
            &dir.path().join("no such folder/copy"),
            vault.file().clone(),
        )
        .unwrap_err();
    assert!(matches!(refused, StoreError::Io { .. }), "{refused}");
    assert_eq!(names(), before);
}

#[test]
fn a_backup_runs_on_another_thread_while_the_owner_writes() {
    let (dir, mut store, vault) = protected(&Protection::Open);
    let file = dir.path().join("copy");
    let job = store.backup_job(vault.file().clone()).unwrap();
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
    restore_as(&file, target.path(), "").unwrap();
    let restored = open_as(target.path(), "").unwrap();
    assert_eq!(restored.check(|bytes| Some(hash(bytes))), []);
    let copied = restored.load(&NETWORK, &page(1)).unwrap().unwrap().changes;
    let whole = store.load(&NETWORK, &page(1)).unwrap().unwrap().changes;
    assert!(whole.starts_with(&copied) && copied.len() >= 3);
}

#[test]
fn a_restore_goes_into_an_empty_folder_only() {
    let (dir, store, vault) = protected(&Protection::Open);
    let file = dir.path().join("copy");
    store.backup(&file, vault.file().clone()).unwrap();
    let target = tempfile::tempdir().unwrap();
    let letter = target.path().join("letter.txt");
    fs::write(&letter, b"mine").unwrap();
    assert!(matches!(
        restore_as(&file, target.path(), ""),
        Err(StoreError::NotEmpty { .. })
    ));
    assert!(matches!(
        restore_as(&file, dir.path(), ""),
        Err(StoreError::NotEmpty { .. })
    ));
    assert_eq!(fs::read_dir(target.path()).unwrap().count(), 1);
    fs::remove_file(letter).unwrap();
    restore_as(&file, target.path(), "").unwrap();
    let restored = open_as(target.path(), "").unwrap();
    assert_eq!(picture(&restored), picture(&store));
}

#[test]
fn a_restore_that_was_cut_short_does_not_stop_the_next() {
    let (dir, store, vault) = protected(&Protection::Open);
    let file = dir.path().join("copy");
    store.backup(&file, vault.file().clone()).unwrap();
    let target = tempfile::tempdir().unwrap();
    let other = Vault::new(&Protection::Open).unwrap();
    other.write_new(target.path()).unwrap();
    fs::write(target.path().join("tresse.db.new"), b"half").unwrap();
    let files = target.path().join("files");
    fs::create_dir(&files).unwrap();
    fs::write(files.join("half"), b"half").unwrap();
    restore_as(&file, target.path(), "").unwrap();
    assert!(!files.exists());
    let restored = open_as(target.path(), "").unwrap();
    assert_eq!(picture(&restored), picture(&store));
    assert!(
        target.path().join("key.before-1").exists(),
        "no key is ever overwritten by another profile's"
    );
}

#[test]
fn files_of_somebody_and_a_profile_made_meanwhile_stay_as_they_are() {
    let (dir, store, vault) = protected(&Protection::Open);
    let file = dir.path().join("copy");
    store.backup(&file, vault.file().clone()).unwrap();
    let target = tempfile::tempdir().unwrap();
    let mine = target.path().join("files/mine");
    fs::create_dir(target.path().join("files")).unwrap();
    fs::write(&mine, b"mine").unwrap();
    let refused = restore_as(&file, target.path(), "").unwrap_err();
    assert_eq!(refused.code(), "folder-not-empty");
    assert_eq!(fs::read(&mine).unwrap(), b"mine");
    // Working out a key takes a while.
    let target = tempfile::tempdir().unwrap();
    let theirs = target.path().join("tresse.db");
    let refused = tresse_store::restore(&file, target.path(), |keys| {
        fs::write(&theirs, b"theirs").unwrap();
        Vault::unlock(keys, None, &MemoryKeyring::default())
    });
    assert_eq!(refused.unwrap_err().code(), "folder-not-empty");
    assert_eq!(fs::read(&theirs).unwrap(), b"theirs");
}

#[test]
fn a_backup_that_is_stopped_leaves_nothing_wherever_it_is_stopped() {
    let (dir, mut store, vault) = protected(&Protection::Open);
    fill(&mut store);
    let job = store.backup_job(vault.file().clone()).unwrap();
    let to = tempfile::tempdir().unwrap();
    let file = to.path().join("copy");
    let mut most = 0;
    loop {
        let mut asked = 0;
        let done = job.run_unless(&file, || {
            asked += 1;
            asked <= most
        });
        let Err(stopped) = done else { break };
        assert_eq!(stopped.code(), "stopped");
        assert_eq!(asked, most + 1);
        assert_eq!(fs::read_dir(to.path()).unwrap().count(), 0);
        most += 1;
    }
    assert!(most >= 10, "asked {most} times: of 4 MiB copied twice");
    assert!(file.is_file());
    drop(dir);
}

#[test]
fn a_backup_is_of_one_instant_whatever_is_written_while_it_is_made() {
    let (dir, mut store, vault) = protected(&cheap("sésame"));
    fill(&mut store);
    let job = store.backup_job(vault.for_backup(None).unwrap()).unwrap();
    let file = dir.path().join("copy");
    let mut number = 0_u32;
    job.run_unless(&file, || {
        number += 1;
        let written = store.batch(|batch| {
            for name in ["first", "second"] {
                batch.set_meta(name, &number.to_be_bytes())?;
            }
            batch.set_meta("long 0", &vec![9; 1024 * 1024])
        });
        written.unwrap();
        true
    })
    .unwrap();
    assert!(number >= 10, "written {number} times meanwhile");
    let to = dir.path().join("there");
    restore_as(&file, &to, "sésame").unwrap();
    let copied = open_as(&to, "sésame").unwrap();
    assert_eq!(copied.check(|bytes| Some(hash(bytes))), []);
    // What was written before the first page was copied, and nothing of what came later.
    for name in ["first", "second"] {
        assert_eq!(copied.meta(name).unwrap().unwrap(), 1_u32.to_be_bytes());
    }
}

/// Puts four mebibytes into it.
fn fill(store: &mut Store) {
    for number in 0..4 {
        let filled =
            store.batch(|batch| batch.set_meta(&format!("long {number}"), &vec![7; 1024 * 1024]));
        filled.unwrap();
    }
}

#[test]
fn a_restore_that_is_stopped_leaves_no_profile_and_can_be_begun_anew() {
    let (dir, store, vault) = protected(&Protection::Open);
    let file = dir.path().join("copy");
    store.backup(&file, vault.file().clone()).unwrap();
    let there = tempfile::tempdir().unwrap();
    let restored = |told: &mut dyn FnMut(u64) -> bool, along: &dyn Fn(&Path) -> bool| {
        let unlock = |keys| Vault::unlock(keys, None, &MemoryKeyring::default());
        tresse_store::restore_with(&file, there.path(), unlock, told, |files| {
            fs::create_dir(files).unwrap();
            fs::write(files.join("one"), b"1").unwrap();
            along(files).then_some(()).ok_or(StoreError::Stopped)
        })
    };
    let no_profile = |stopped: Result<(), StoreError>| {
        assert_eq!(stopped.unwrap_err().code(), "stopped");
        assert!(!Store::exists(there.path()));
        let left = fs::read_dir(there.path()).unwrap();
        let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["lock"]);
    };
    no_profile(restored(&mut |_| false, &|_| true));
    no_profile(restored(&mut |_| true, &|_| false));
    let mut heard = Vec::new();
    let mut told = |bytes| {
        heard.push(bytes);
        true
    };
    restored(&mut told, &|_| true).unwrap();
    assert!(heard.is_sorted());
    let whole = *heard.last().unwrap();
    assert!(whole > 0 && whole < fs::metadata(&file).unwrap().len());
    assert!(Store::exists(there.path()));
    assert!(there.path().join("files/one").is_file());
}

#[test]
fn a_file_that_is_no_backup_or_a_spoilt_one_is_refused_and_nothing_is_made() {
    let (dir, store, vault) = protected(&Protection::Open);
    let file = dir.path().join("copy");
    store.backup(&file, vault.file().clone()).unwrap();
    let good = fs::read(&file).unwrap();
    let spoilt = |at: usize, length: usize| {
        let mut bytes = good.clone();
        for byte in &mut bytes[at..at + length] {
            *byte ^= 0x5a;
        }
        bytes
    };
    let mut newer = good.clone();
    newer[14] = b'3';
    let mut without = good.clone();
    without[14] = b'2';
    let mut longer = good.clone();
    longer.push(0);
    for (content, code) in [
        (b"letter".to_vec(), "not-a-profile"),
        (good[..good.len() / 2].to_vec(), "profile-damaged"),
        (good[..60].to_vec(), "profile-damaged"),
        (good[..10].to_vec(), "not-a-profile"),
        (longer, "profile-damaged"),
        (spoilt(4096 * 3, 4096 * 6), "profile-damaged"),
        (spoilt(20, 4), "profile-damaged"),
        (spoilt(140, 3), "key-damaged"),
        (newer, "profile-too-new"),
        (without, "profile-damaged"),
    ] {
        fs::write(&file, &content).unwrap();
        let target = tempfile::tempdir().unwrap();
        let inside = target.path().join("profile");
        let refused = restore_as(&file, &inside, "").unwrap_err();
        assert_eq!(refused.code(), code, "{refused}");
        assert!(!Store::exists(&inside));
        assert_eq!(fs::read(&file).unwrap(), content);
    }
    assert!(matches!(
        restore_as(&dir.path().join("none"), dir.path(), ""),
        Err(StoreError::Io { .. })
    ));
}

/// A file for a backup.
fn beside<'a>(name: u8, length: u64, bytes: &'a [u8]) -> Beside<Box<dyn Read + 'a>> {
    Beside {
        name: [name; 32],
        length,
        bytes: Box::new(bytes),
    }
}

/// Says something, and then that it does not read.
struct Torn(bool);

impl Read for Torn {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if std::mem::take(&mut self.0) {
            buffer[..3].copy_from_slice(b"abc");
            return Ok(3);
        }
        Err(std::io::Error::other("a hole in the disk"))
    }
}

#[test]
fn a_backup_that_is_stopped_leaves_nothing() {
    let (dir, store, vault) = protected(&cheap("sésame"));
    let place = dir.path().join("stick");
    fs::create_dir(&place).unwrap();
    let job = store.backup_job(vault.for_backup(None).unwrap()).unwrap();
    let long = vec![7; 600_000];
    // Before the first file, within one, and between two.
    for after in [0, 1, 600_000] {
        let files = vec![beside(1, 600_000, &long), beside(2, 600_000, &long)];
        let told = |bytes| bytes < after;
        let stopped = job.run_with(&place.join("copy"), files.into_iter(), told);
        assert_eq!(stopped.unwrap_err().code(), "stopped");
        assert_eq!(fs::read_dir(&place).unwrap().count(), 0, "{after}");
    }
}

#[test]
fn files_go_along_as_they_are_and_those_that_do_not_read_are_named() {
    let (dir, store, vault) = protected(&cheap("sésame"));
    let file = dir.path().join("copy");
    let long = vec![7; 600_000];
    let job = store.backup_job(vault.for_backup(None).unwrap()).unwrap();
    let torn = Beside {
        name: [3; 32],
        length: 10,
        bytes: Box::new(Torn(true)) as Box<dyn Read>,
    };
    let files = vec![
        beside(1, 600_000, &long),
        beside(2, 0, b""),
        torn,
        beside(4, 5, b"four"),
        beside(5, 4, b"fives"),
        beside(6, 3, b"six"),
    ];
    let mut heard = Vec::new();
    let told = |bytes| {
        heard.push(bytes);
        true
    };
    let left_out = job.run_with(&file, files.into_iter(), told).unwrap();
    assert!(heard.is_sorted() && heard.starts_with(&[0]), "{heard:?}");
    assert!(heard.contains(&600_000), "{heard:?}");
    assert_eq!(left_out, [[3; 32], [4; 32], [5; 32]]);
    let along = tresse_store::along(&file).unwrap();
    let read: Vec<(u8, Vec<u8>)> = along
        .iter()
        .map(|one| {
            let mut bytes = Vec::new();
            one.open().unwrap().read_to_end(&mut bytes).unwrap();
            assert_eq!(bytes.len() as u64, one.length);
            (one.name[0], bytes)
        })
        .collect();
    assert_eq!(
        read,
        [(1, long), (2, Vec::new()), (6, b"six".to_vec())],
        "in the order in which they were given"
    );
    let target = tempfile::tempdir().unwrap();
    restore_as(&file, target.path(), "sésame").unwrap();
    let restored = open_as(target.path(), "sésame").unwrap();
    assert_eq!(picture(&restored), picture(&store));

    // Cut anywhere, also between two files, it is refused whole.
    let good = fs::read(&file).unwrap();
    for missing in [1, 39, 40, 41, 43, 83, 100_000, 600_200] {
        fs::write(&file, &good[..good.len() - missing]).unwrap();
        let target = tempfile::tempdir().unwrap();
        let inside = target.path().join("profile");
        let refused = restore_as(&file, &inside, "sésame").unwrap_err();
        assert_eq!(refused.code(), "profile-damaged", "{missing} bytes less");
        assert!(!Store::exists(&inside));
    }
}
