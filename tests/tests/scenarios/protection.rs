//! What a thief finds, and what a passphrase opens.

use std::{fs, path::Path};

use serde_json::json;
use tresse_tests::Peer;

const TITLE: &str = "Compte rendu confidentiel";
const TEXT: &str = "Le budget de la rencontre est de 4218 euros.\n";

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

/// No file in this folder says anything of what was written.
fn says_nothing(folder: &Path, also: &[&str]) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let known = [
            TITLE,
            TEXT.trim(),
            "Ana Vasconcel",
            "Les bords du fleuve",
            "SQLite format",
        ];
        for text in known.iter().chain(also) {
            assert!(!holds(&bytes, text), "« {text} » in {}", path.display());
        }
    }
}

#[test]
fn a_thief_finds_nothing_in_a_profile_or_a_backup_and_guesses_slowly() {
    let ana = Peer::without_profile("Ana Vasconcel");
    let (right, wrong) = (ana.path("passphrase"), ana.path("guess"));
    fs::write(&right, "trois mots ensemble\n").unwrap();
    fs::write(&wrong, "trois mots\n").unwrap();
    let with = |file: &Path, words: &[&str]| {
        let file = file.to_str().unwrap();
        let words = ["--passphrase-file", file]
            .into_iter()
            .chain(words.iter().copied());
        ana.verb(words)
    };
    let made = with(&right, &["init", "--name", "Ana Vasconcel"]).one();
    assert_eq!(made["protection"], json!(["passphrase"]));
    let network = with(
        &right,
        &["network", "create", "--name", "Les bords du fleuve"],
    )
    .one();
    let network = network["network"].as_str().unwrap().to_owned();
    let page = ana.path("page.md");
    fs::write(&page, format!("# {TITLE}\n\n{TEXT}")).unwrap();
    with(
        &right,
        &["import", &network, "page", page.to_str().unwrap()],
    )
    .one();
    fs::remove_file(page).unwrap();

    let backups = tempfile::tempdir().unwrap();
    let backup = backups.path().join("copie.tresse");
    let backup = backup.to_str().unwrap();
    let copied = with(&right, &["backup", backup]).one();
    assert_eq!(copied["protection"], json!(["passphrase"]));
    says_nothing(ana.profile(), &["trois mots"]);
    says_nothing(backups.path(), &["trois mots"]);

    assert_eq!(ana.verb(["whoami"]).refused().code, "needs-passphrase");
    let status = ana.verb(["passphrase", "status"]).one();
    assert_eq!(status["protection"], json!(["passphrase"]));
    assert_eq!(with(&wrong, &["whoami"]).refused().code, "wrong-passphrase");
    let other = Peer::without_profile("Personne");
    let guess = [
        "--passphrase-file",
        wrong.to_str().unwrap(),
        "restore",
        backup,
    ];
    assert_eq!(other.verb(guess).refused().code, "wrong-passphrase");
    assert_eq!(other.verb(["whoami"]).refused().code, "no-profile");

    // Changed, the old one opens nothing but the backup made before.
    let new = ana.path("new");
    fs::write(&new, "quatre mots bien choisis").unwrap();
    let set = [
        "passphrase",
        "set",
        "--new-passphrase-file",
        new.to_str().unwrap(),
    ];
    with(&right, &set).one();
    assert_eq!(with(&right, &["whoami"]).refused().code, "wrong-passphrase");
    let check = with(&new, &["check"]).one();
    assert_eq!(check["ok"], true);
    let restore = [
        "--passphrase-file",
        right.to_str().unwrap(),
        "restore",
        backup,
    ];
    let restored = other.verb(restore).one();
    assert_eq!(restored["name"], "Ana Vasconcel");

    // Taken away by somebody who knows it, nothing is asked, and that is said.
    let open = with(&new, &["passphrase", "remove"]).one();
    assert_eq!(open["protection"], json!(["open"]));
    assert!(open["note"].as_str().unwrap().contains("not protected"));
    ana.is_sound();
    says_nothing(ana.profile(), &[]);
}

#[test]
fn a_spoilt_or_lost_key_file_is_named_and_one_that_is_put_back_opens() {
    let ana = Peer::named("Ana");
    let key = ana.profile().join("key");
    let good = fs::read(&key).unwrap();
    for (bytes, code) in [
        (Some(good[..good.len() / 2].to_vec()), "key-damaged"),
        (Some(Vec::new()), "key-damaged"),
        (None, "no-key"),
    ] {
        match bytes {
            Some(bytes) => fs::write(&key, bytes).unwrap(),
            None => fs::remove_file(&key).unwrap(),
        }
        assert_eq!(ana.verb(["whoami"]).refused().code, code);
        let check = ana.verb(["check"]);
        assert_ne!(check.exit, 0);
        assert_eq!(check.lines[0]["problems"][0]["code"], code);
    }
    fs::write(&key, good).unwrap();
    ana.is_sound();
}
