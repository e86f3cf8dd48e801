//! Keys: what opens a profile, what does not, and what lies on the disk in clear (nothing).

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
};

use tresse_store::{
    Store,
    vault::{KeyError, KeyFile, MemoryKeyring, Protection, Secret, SlotKind, Vault},
};

use crate::support::{append, cheap, open_as, page, picture, protected};

fn keyring() -> Arc<MemoryKeyring> {
    Arc::new(MemoryKeyring::default())
}

fn unlock(
    dir: &Path,
    passphrase: Option<&str>,
    keyring: &MemoryKeyring,
) -> Result<Vault, KeyError> {
    let secret = passphrase.map(Secret::new);
    Vault::unlock_in(dir, secret.as_ref(), keyring)
}

#[test]
fn only_the_passphrase_opens_what_it_protects() {
    let (dir, store, _) = protected(&cheap("dix mots pour une clé"));
    let before = picture(&store);
    drop(store);
    let refused = open_as(dir.path(), "dix mots pour une cle").unwrap_err();
    assert_eq!(refused.code(), "wrong-passphrase");
    let refused = unlock(dir.path(), None, &keyring()).unwrap_err();
    assert_eq!(refused.code(), "needs-passphrase");
    let opened = open_as(dir.path(), "dix mots pour une clé").unwrap();
    assert_eq!(picture(&opened), before);
}

#[test]
fn an_empty_passphrase_is_refused_when_it_is_set() {
    let refused = Vault::new(&cheap("")).unwrap_err();
    assert_eq!(refused.code(), "empty-passphrase");
}

#[test]
fn once_it_is_changed_the_old_passphrase_opens_nothing() {
    let (dir, store, mut vault) = protected(&cheap("old"));
    vault
        .change(dir.path(), &[cheap("new")], &[], &*keyring())
        .unwrap();
    drop(store);
    let refused = open_as(dir.path(), "old").unwrap_err();
    assert_eq!(refused.code(), "wrong-passphrase");
    open_as(dir.path(), "new").unwrap();
    vault.is_passphrase(&Secret::new("new")).unwrap();
    let refused = vault.is_passphrase(&Secret::new("old")).unwrap_err();
    assert_eq!(refused.code(), "wrong-passphrase");
}

#[test]
fn an_open_slot_and_a_protection_exclude_each_other() {
    let (dir, store, mut vault) = protected(&Protection::Open);
    unlock(dir.path(), None, &keyring()).unwrap();
    vault
        .change(dir.path(), &[cheap("a")], &[], &*keyring())
        .unwrap();
    assert_eq!(vault.file().kinds(), [SlotKind::Passphrase]);
    assert!(unlock(dir.path(), None, &keyring()).is_err());
    vault
        .change(dir.path(), &[Protection::Open], &[], &*keyring())
        .unwrap();
    assert_eq!(vault.file().kinds(), [SlotKind::Open]);
    unlock(dir.path(), None, &keyring()).unwrap();
    drop(store);
}

#[test]
fn the_keyring_and_a_passphrase_each_open_the_same_profile() {
    let keyring = keyring();
    let (dir, store, mut vault) = protected(&Protection::Keyring(keyring.clone()));
    unlock(dir.path(), None, &keyring).unwrap();
    vault
        .change(dir.path(), &[cheap("a")], &[], &*keyring)
        .unwrap();
    assert_eq!(
        vault.file().kinds(),
        [SlotKind::Passphrase, SlotKind::Keyring]
    );
    let by_keyring = unlock(dir.path(), None, &keyring).unwrap();
    let by_passphrase = unlock(dir.path(), Some("a"), &keyring).unwrap();
    assert_eq!(by_keyring.key(), by_passphrase.key());
    let refused = unlock(dir.path(), Some("b"), &keyring).unwrap_err();
    assert_eq!(refused.code(), "wrong-passphrase");
    keyring.lose_all();
    let refused = unlock(dir.path(), None, &keyring).unwrap_err();
    assert_eq!(refused.code(), "needs-passphrase");
    drop(store);
}

#[test]
fn a_keyring_that_lost_its_item_is_named() {
    let keyring = keyring();
    let (dir, store, _) = protected(&Protection::Keyring(keyring.clone()));
    keyring.lose_all();
    let refused = unlock(dir.path(), Some("not asked for"), &keyring).unwrap_err();
    assert_eq!(refused.code(), "keyring");
    drop(store);
}

#[test]
fn a_protection_that_goes_takes_its_item_out_of_the_keyring() {
    let keyring = keyring();
    let (dir, store, mut vault) = protected(&Protection::Keyring(keyring.clone()));
    let again = Protection::Keyring(keyring.clone());
    vault.change(dir.path(), &[again], &[], &*keyring).unwrap();
    assert_eq!(keyring.len(), 1);
    let last = vault.change(dir.path(), &[], &[SlotKind::Keyring], &*keyring);
    assert_eq!(last.unwrap_err().code(), "last-protection");
    unlock(dir.path(), None, &keyring).unwrap();
    vault
        .change(dir.path(), &[cheap("a")], &[SlotKind::Keyring], &*keyring)
        .unwrap();
    assert!(keyring.is_empty());
    assert_eq!(vault.file().kinds(), [SlotKind::Passphrase]);
    drop(store);
}

#[test]
fn a_damaged_cut_or_missing_key_file_is_named_and_left_as_it_is() {
    let (dir, store, _) = protected(&cheap("a"));
    drop(store);
    let path = dir.path().join("key");
    let good = fs::read(&path).unwrap();
    for at in 0..good.len() {
        let mut spoilt = good.clone();
        spoilt[at] ^= 1;
        fs::write(&path, &spoilt).unwrap();
        let refused = open_as(dir.path(), "a").unwrap_err();
        let code = refused.code();
        // The digit of the version is the one byte that may say something else.
        assert!(
            code == "key-damaged" || at == 11 && code == "profile-too-new",
            "{at}: {refused}"
        );
    }
    for length in 0..good.len() {
        fs::write(&path, &good[..length]).unwrap();
        let refused = open_as(dir.path(), "a").unwrap_err();
        assert_eq!(refused.code(), "key-damaged", "{length}: {refused}");
        assert_eq!(fs::read(&path).unwrap(), &good[..length]);
    }
    fs::write(&path, vec![b' '; 1_000_000]).unwrap();
    let refused = open_as(dir.path(), "a").unwrap_err();
    assert_eq!(refused.code(), "key-damaged");
    fs::remove_file(&path).unwrap();
    let refused = open_as(dir.path(), "a").unwrap_err();
    assert_eq!(refused.code(), "no-key");
    fs::write(&path, &good).unwrap();
    open_as(dir.path(), "a").unwrap();
}

#[test]
fn whoever_is_in_the_way_is_told_before_a_passphrase_is_tried() {
    let (dir, store, _) = protected(&cheap("a"));
    let refused = open_as(dir.path(), "wrong").unwrap_err();
    assert_eq!(refused.code(), "profile-in-use");
    drop(store);
}

/// Pieces of what `protected` puts into a profile.
const CONTENT: [&[u8]; 7] = [
    b"written to the log",
    b"three",
    b"UNO",
    b"invite",
    b"Charte",
    b"elabor",
    "élaborée".as_bytes(),
];

fn holds(bytes: &[u8], piece: &[u8]) -> bool {
    bytes.windows(piece.len()).any(|window| window == piece)
}

#[test]
fn nothing_of_the_content_lies_on_the_disk_in_clear() {
    let passphrase = "mot de passe";
    let (dir, mut store, vault) = protected(&cheap(passphrase));
    store
        .batch(|tx| append(tx, &page(1), 4, &[b"written to the log"]))
        .unwrap();
    let backup = dir.path().join("copy");
    store
        .backup(&backup, vault.for_backup(None).unwrap())
        .unwrap();
    let mut seen = Vec::new();
    for entry in fs::read_dir(dir.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        // (Three letters stand somewhere in many encrypted files, by chance.)
        for piece in CONTENT.iter().filter(|piece| piece.len() >= 8) {
            assert!(!holds(&bytes, piece), "{piece:?} in {}", path.display());
        }
        assert!(!holds(&bytes, b"SQLite format"), "{}", path.display());
        assert!(!holds(&bytes, b"CREATE TABLE"), "{}", path.display());
        assert!(!holds(&bytes, passphrase.as_bytes()));
        seen.push((path.file_name().unwrap().to_owned(), bytes.len()));
    }
    let length = |name: &str| seen.iter().find(|(seen, _)| seen == name).unwrap().1;
    assert!(length("tresse.db") > 4096 && length("tresse.db-wal") > 0 && length("copy") > 4096);
    drop(store);
}

const FOLDER: &str = "TRESSE_VAULT_TEST_FOLDER";

/// Not a test by itself: what the other process does. Changes the passphrase again and again.
#[test]
fn the_other_process() {
    let Some(dir) = std::env::var_os(FOLDER) else {
        return;
    };
    let dir = Path::new(&dir);
    let keyring = keyring();
    let mut vault = unlock(dir, Some("even"), &keyring)
        .or_else(|_| unlock(dir, Some("odd"), &keyring))
        .unwrap();
    for number in 0.. {
        let next = if number % 2 == 0 { "odd" } else { "even" };
        vault.change(dir, &[cheap(next)], &[], &*keyring).unwrap();
        println!("changed {number}");
    }
}

#[test]
fn a_change_cut_short_by_a_kill_leaves_one_passphrase_or_the_other() {
    let (dir, store, _) = protected(&cheap("even"));
    drop(store);
    for round in 0..12 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "vault::the_other_process", "--nocapture"])
            .env(FOLDER, dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let changed = lines
            .map_while(Result::ok)
            .filter(|line| line.starts_with("changed"))
            .take(1 + 3 * round)
            .count();
        assert!(changed > 0);
        child.kill().unwrap();
        child.wait().unwrap();
        let opened = ["even", "odd"].map(|word| open_as(dir.path(), word).map(drop).is_ok());
        assert!(opened[0] != opened[1], "{opened:?} in round {round}");
    }
}

#[test]
fn a_key_file_reads_back_and_says_what_it_holds() {
    let vault = Vault::new(&cheap("a")).unwrap();
    let bytes = vault.file().encode().unwrap();
    let read = KeyFile::decode(&bytes).unwrap();
    assert_eq!(&read, vault.file());
    assert_eq!(format!("{read:?}"), "KeyFile { slots: [Slot(Passphrase)] }");
    assert!(!Store::exists(Path::new("nowhere")));
}
