//! A disk without room left.

use std::{fs, path::Path, process::Command};

use serde_json::json;
use tempfile::TempDir;
use tresse_tests::{Peer, disks_can_be_made, word};

/// A small disk of its own, gone when dropped.
struct Disk(TempDir);

impl Disk {
    fn of(size: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let status = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(folder.path())
            .status();
        assert!(status.unwrap().success());
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Takes all the room but so much.
    fn fill_up(&self, but: usize) {
        let ballast = self.path().join("ballast");
        let mut size = 0;
        // Written bit by bit until the disk refuses.
        while fs::write(&ballast, vec![1; size + 65_536]).is_ok() {
            size += 65_536;
        }
        fs::write(&ballast, vec![1; size.saturating_sub(but)]).unwrap();
    }

    fn make_room(&self) {
        fs::remove_file(self.path().join("ballast")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let gone = Command::new("umount").arg(self.path()).status();
        if !gone.is_ok_and(|status| status.success()) {
            println!("{} is left behind", self.path().display());
        }
    }
}

#[test]
fn when_the_disk_is_full_one_is_told_and_when_there_is_room_again_everything_is_saved() {
    if !disks_can_be_made() {
        return;
    }
    let volume = Disk::of("8m");
    let ana = Peer::with_profile_in("Ana", &volume.path().join("profile"));
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Carnet", "Début.\n");
    let edit = |number: usize| {
        json!({ "command": "page.edit", "network": network, "page": page, "at": 0,
            "insert": format!("ligne{number}fin {}\n", "mots ".repeat(400)) })
    };
    let mut desk = ana.sits_down();
    volume.fill_up(200_000);
    let mut saved = 0;
    let refusal = loop {
        let answer = desk.tries(&edit(saved));
        if !answer["error"].is_null() {
            break answer;
        }
        saved += 1;
        assert!(saved < 5_000, "the volume never fills up");
    };
    println!("{saved} edits, then: {refusal}");
    assert_eq!(refusal["error"]["code"], "not-saved");
    // What was done is shown all the same, and reading goes on.
    let unsaved = format!("ligne{saved}fin");
    assert!(desk.text(&network, &page).starts_with(&unsaved));
    volume.make_room();
    desk.waits_until("everything is saved", |desk| {
        let answer = desk.tries(&json!({ "command": "value.add", "network": network,
            "text": "Patience" }));
        answer["error"].is_null()
    });
    desk.is_killed();
    ana.is_sound();
    let text = ana.text(&network, &page);
    for number in 0..=saved {
        assert!(
            text.contains(&format!("ligne{number}fin")),
            "{number} of {saved}"
        );
    }
    // A verb that finds no room says so, and harms nothing.
    volume.fill_up(0);
    let outcome = ana.verb(["network", "create", "--name", "Trop"]);
    println!(
        "full from the start: {:?} {:?}",
        outcome.exit, outcome.lines
    );
    assert_eq!(outcome.exit, 1);
    volume.make_room();
    ana.is_sound();
    assert_eq!(word(&ana.networks()[0]["name"]), "Les bords du fleuve");
}

#[test]
fn a_file_that_does_not_fit_is_not_attached_and_what_was_there_is_whole() {
    if !disks_can_be_made() {
        return;
    }
    let volume = Disk::of("24m");
    let ana = Peer::with_profile_in("Ana", &volume.path().join("profile"));
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Dossier", "");
    let elsewhere = tempfile::tempdir().unwrap();
    let file = |name: &str, length: usize| {
        let path = elsewhere.path().join(name);
        fs::write(&path, vec![7; length]).unwrap();
        json!({ "command": "attachment.add", "network": network, "document": page, "path": path })
    };
    let kept = word(&ana.does(file("tient.bin", 300_000))["attachment"]);
    let mut desk = ana.sits_down();
    let refused = desk.may_not(&file("ne tient pas.bin", 40_000_000));
    assert_eq!(refused.code, "file-disk-full", "{}", refused.message);
    // Neither is it there by half, nor is the room gone.
    let files = desk.looks(&network, "files");
    assert_eq!(files["files"].as_array().unwrap().len(), 1);
    desk.does(&json!({ "command": "value.add", "network": network, "text": "Patience" }));
    desk.does(&file("tient aussi.bin", 200_000));
    desk.is_killed();
    ana.is_sound();
    let to = elsewhere.path().join("rendu.bin");
    ana.does(json!({
        "command": "attachment.save", "network": network, "attachment": kept, "path": to,
    }));
    assert_eq!(fs::read(&to).unwrap(), vec![7; 300_000]);
    assert_eq!(ana.verb(["file", "list", &network]).done().len(), 2);
}
