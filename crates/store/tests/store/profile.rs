//! Making, opening, refusing.

use std::fs;

use rusqlite::Connection;
use tresse_store::{Store, StoreError};

use crate::support::{NETWORK, beside, full_profile, key, open, picture, profile};

#[test]
fn a_new_profile_opens_again_with_what_was_put_in_it() {
    let (dir, store) = full_profile();
    let before = picture(&store);
    drop(store);
    assert!(Store::exists(dir.path()));
    assert_eq!(picture(&open(dir.path()).unwrap()), before);
}

#[test]
fn a_profile_left_without_closing_opens_again_with_what_was_put_in_it() {
    let (dir, store) = full_profile();
    let before = picture(&store);
    let copy = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(dir.path()).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    assert!(copy.path().join("tresse.db-wal").metadata().unwrap().len() > 0);
    assert_eq!(picture(&open(copy.path()).unwrap()), before);
}

#[test]
fn opening_where_nothing_is_makes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let inside = dir.path().join("none");
    assert!(matches!(open(&inside), Err(StoreError::NotFound { .. })));
    assert!(matches!(open(dir.path()), Err(StoreError::NotFound { .. })));
    assert!(!inside.exists());
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_profile_is_never_made_over_another() {
    let (dir, store) = full_profile();
    let before = picture(&store);
    assert!(matches!(
        Store::create(dir.path(), &key()),
        Err(StoreError::InUse { .. })
    ));
    drop(store);
    assert!(matches!(
        Store::create(dir.path(), &key()),
        Err(StoreError::Exists { .. })
    ));
    assert_eq!(picture(&open(dir.path()).unwrap()), before);
}

#[test]
fn a_profile_is_never_made_beside_the_log_of_another() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("tresse.db-wal"), b"last edits").unwrap();
    assert!(matches!(
        Store::create(dir.path(), &key()),
        Err(StoreError::Leftover { .. })
    ));
    assert_eq!(
        fs::read(dir.path().join("tresse.db-wal")).unwrap(),
        b"last edits"
    );
    assert!(!Store::exists(dir.path()));
}

#[test]
fn a_profile_whose_first_contents_fail_is_not_made() {
    let dir = tempfile::tempdir().unwrap();
    let made = Store::create_with(dir.path(), &key(), |tx| {
        tx.set_meta("device", b"key")?;
        tx.add_act(&NETWORK, b"act", b"of a network that is not there")
            .map(|_| ())
    });
    assert!(matches!(made, Err(StoreError::UnknownNetwork(_))));
    assert!(!Store::exists(dir.path()));
    Store::create(dir.path(), &key()).unwrap();
}

#[test]
fn a_making_that_was_cut_short_does_not_stop_the_next() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("tresse.db.new"), b"half").unwrap();
    fs::write(dir.path().join("tresse.db.new-journal"), b"half").unwrap();
    let store = Store::create(dir.path(), &key()).unwrap();
    assert!(store.networks().unwrap().is_empty());
    assert!(!dir.path().join("tresse.db.new").exists());
    assert!(!dir.path().join("tresse.db.new-journal").exists());
}

#[test]
fn a_second_opener_is_refused_and_harms_nothing() {
    let (dir, mut store) = full_profile();
    let before = picture(&store);
    let refused = open(dir.path()).unwrap_err();
    assert!(matches!(refused, StoreError::InUse { .. }));
    assert_eq!(refused.code(), "profile-in-use");
    assert_eq!(picture(&store), before);
    store.set_meta("still", b"writes").unwrap();
    drop(store);
    open(dir.path()).unwrap();
}

#[test]
fn a_database_of_a_newer_version_is_left_as_it_is() {
    let (dir, store) = full_profile();
    drop(store);
    let path = dir.path().join("tresse.db");
    let newer = beside(dir.path());
    newer
        .execute(
            "INSERT INTO schema_version (step, name) VALUES (99, 'later')",
            [],
        )
        .unwrap();
    newer.close().unwrap();
    let before = fs::read(&path).unwrap();
    for _ in 0..2 {
        let refused = open(dir.path()).unwrap_err();
        assert!(
            matches!(
                refused,
                StoreError::TooNew {
                    found: 99,
                    known: 4
                }
            ),
            "{refused}"
        );
    }
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_newer_database_keeps_even_its_log_as_it_is() {
    let (dir, store) = full_profile();
    drop(store);
    let newer = beside(dir.path());
    newer
        .execute(
            "INSERT INTO schema_version (step, name) VALUES (99, 'later')",
            [],
        )
        .unwrap();
    let copy = tempfile::tempdir().unwrap();
    let files = ["tresse.db", "tresse.db-wal"];
    for name in files {
        fs::copy(dir.path().join(name), copy.path().join(name)).unwrap();
    }
    assert!(matches!(open(copy.path()), Err(StoreError::TooNew { .. })));
    for name in files {
        let (ours, theirs) = (copy.path().join(name), dir.path().join(name));
        assert_eq!(fs::read(ours).unwrap(), fs::read(theirs).unwrap(), "{name}");
    }
}

/// What another program would keep in a file of ours, or an earlier trial of Tresse.
fn unencrypted(application: u32) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("other.db");
    let other = Connection::open(&path).unwrap();
    other
        .pragma_update(None, "application_id", application)
        .unwrap();
    other
        .execute_batch("CREATE TABLE letters (text); INSERT INTO letters VALUES ('a')")
        .unwrap();
    other.close().unwrap();
    fs::read(path).unwrap()
}

/// Opening this is refused with this code, and leaves it as it is.
fn refused(content: &[u8], code: &str) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("tresse.db");
    fs::write(&path, content).unwrap();
    let refused = open(dir.path()).unwrap_err();
    assert_eq!(refused.code(), code, "{refused}");
    assert_eq!(fs::read(&path).unwrap(), content);
    assert!(!dir.path().join("tresse.db-wal").exists());
}

#[test]
fn a_file_of_another_program_is_refused_and_left_as_it_is() {
    for content in [&b""[..], b"# notes", &unencrypted(77)] {
        refused(content, "not-a-profile");
    }
    refused(&[0xff; 5000], "profile-damaged");
}

#[test]
fn a_profile_of_a_trial_version_is_told_apart_and_left_as_it_is() {
    refused(&unencrypted(0x5472_7373), "too-old");
}

#[test]
fn a_profile_opens_with_no_other_key_and_is_left_as_it_is() {
    let (dir, store) = full_profile();
    drop(store);
    let path = dir.path().join("tresse.db");
    let before = fs::read(&path).unwrap();
    let other = tresse_store::vault::DatabaseKey::from_bytes([6; 32]);
    let refused = Store::open(dir.path(), &other).unwrap_err();
    assert!(matches!(refused, StoreError::Damaged { .. }), "{refused}");
    assert_eq!(fs::read(&path).unwrap(), before);
    open(dir.path()).unwrap();
}

#[cfg(unix)]
#[test]
fn a_profile_is_readable_by_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let outer = tempfile::tempdir().unwrap();
    let dir = outer.path().join("profile");
    let mut store = Store::create(&dir, &key()).unwrap();
    store.set_meta("device", b"key").unwrap();
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&dir), 0o700);
    for entry in fs::read_dir(&dir).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn a_networks_secret_is_not_in_its_debug_text() {
    let (_dir, store) = profile();
    let text = format!("{:?}", store.networks().unwrap());
    assert!(text.contains("net-") && !text.contains("secret"), "{text}");
}
