use std::fs;

use serde_json::Value;
use tempfile::TempDir;
use tresse_model::{DocId, NetworkId};

use super::*;
use crate::{Command, Options, Protection, Replica, TextEdit, meet};

/// Ana's and Bo's profiles, in one network and in step; nobody talks to anybody from here on.
struct Two {
    folder: TempDir,
    ana: Engine,
    bo: Engine,
    network: NetworkId,
    page: DocId,
}

/// A process that ends while an engine still works may end badly: each is waited for.
impl Drop for Two {
    fn drop(&mut self) {
        self.ana.clone().close();
        self.bo.clone().close();
    }
}

impl Two {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let [ana, bo] = ["Ana", "Bo"].map(|name| {
            let dir = folder.path().join(name);
            Engine::init(&dir, name, "fr", &Protection::Open).unwrap();
            dir
        });
        let (network, page) = {
            let (mut ana, mut bo) = (Replica::open(&ana).unwrap(), Replica::open(&bo).unwrap());
            let moment = Moment::real();
            let create = Command::NetworkCreate {
                name: "Le réseau".into(),
                template: None,
            };
            let network = named(&ana.execute(create, &moment).unwrap(), "network");
            let page = named(
                &ana.execute(page(network, "Carnet"), &moment).unwrap(),
                "page",
            );
            ana.commit().unwrap();
            meet::invite_in(&mut ana, &mut bo, &network, &moment).unwrap();
            meet::meet(&mut ana, &mut bo, &moment).unwrap();
            (network, page)
        };
        let [ana, bo] = [ana, bo].map(|dir| Engine::open(&dir, Options::default()).unwrap());
        Self {
            folder,
            ana,
            bo,
            network,
            page,
        }
    }

    fn writes(&self, who: &Engine, text: &str) {
        let edit = TextEdit {
            text: Some(text.into()),
            ..TextEdit::default()
        };
        let (network, page) = (self.network, self.page);
        let command = Command::PageEdit {
            network,
            page,
            edit,
        };
        who.call(command).unwrap();
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn device(of: &Engine) -> DeviceId {
        of.fresh_view().unwrap().me.device
    }

    fn takes(who: &Engine, file: &Path) -> BundleTaken {
        let progress = Progress::default();
        let taken = who.take_bundle(file, &progress).unwrap();
        let (done, all) = progress.done();
        assert_eq!(done, all);
        taken
    }
}

fn page(network: NetworkId, title: &str) -> Command {
    Command::PageCreate {
        network,
        title: title.into(),
        tags: Vec::new(),
        text: None,
    }
}

fn named<T: std::str::FromStr<Err: std::fmt::Debug>>(answer: &Value, key: &str) -> T {
    answer[key].as_str().unwrap().parse().unwrap()
}

#[test]
fn a_stick_brings_just_what_somebody_lacks_and_tells_how_much_and_of_whom() {
    let two = Two::new();
    two.writes(&two.ana, "Un jour.");
    two.writes(&two.ana, "Un jour de marche.");
    let stick = two.file("stick");
    let bo = Some(Two::device(&two.bo));
    let made = two.ana.bundle(&two.network, bo, &stick).unwrap();
    assert_eq!((made.documents, made.left_out.len()), (1, 0));
    let taken = Two::takes(&two.bo, &stick);
    assert_eq!((taken.documents, taken.changes), (1, 2));
    assert_eq!(taken.people, ["Ana"]);
    let digests = [&two.ana, &two.bo].map(|one| one.digest(&two.network).unwrap());
    assert_eq!(digests[0], digests[1]);
    let again = Two::takes(&two.bo, &stick);
    assert_eq!((again.acts, again.documents, again.changes), (0, 0, 0));
    assert_eq!(again.people, [""; 0]);
}

#[test]
fn a_file_that_is_stopped_is_not_written_and_one_that_is_being_read_can_be_read_again() {
    let two = Two::new();
    for number in 0..40 {
        let title = format!("Page {number}");
        two.ana.call(page(two.network, &title)).unwrap();
    }
    let stick = two.file("stick");
    let stopped = Progress::default();
    stopped.stop();
    let refused = two.ana.bundle_over(&two.network, None, &stick, &stopped);
    assert_eq!(refused.unwrap_err().code, "stopped");
    assert!(!stick.exists());

    two.ana.bundle(&two.network, None, &stick).unwrap();
    let refused = two.bo.take_bundle(&stick, &stopped).unwrap_err();
    assert_eq!(refused.code, "stopped");
    assert_eq!(Two::takes(&two.bo, &stick).documents, 40);
}

#[test]
fn what_somebody_types_is_saved_while_a_large_bundle_is_taken_in() {
    let two = Two::new();
    let text = "Une ligne de plus dans le carnet.\n".repeat(2000);
    for number in 0..60 {
        let command = Command::PageCreate {
            network: two.network,
            title: format!("Page {number}"),
            tags: Vec::new(),
            text: Some(text.clone()),
        };
        two.ana.call(command).unwrap();
    }
    let stick = two.file("stick");
    two.ana.bundle(&two.network, None, &stick).unwrap();
    let progress = std::sync::Arc::new(Progress::default());
    let reading = {
        let (bo, progress) = (two.bo.clone(), std::sync::Arc::clone(&progress));
        std::thread::spawn(move || bo.take_bundle(&stick, &progress).unwrap())
    };
    // Between two slices the core thread takes whatever else has come.
    let mut between = 0;
    while !reading.is_finished() {
        two.writes(&two.bo, &format!("Bo écrit : {between}."));
        let (done, all) = progress.done();
        between += usize::from(done > 0 && done < all);
    }
    assert_eq!(reading.join().unwrap().documents, 60);
    assert!(between > 0, "nothing was written between two slices");
}

#[test]
fn a_file_in_the_place_of_another_is_the_old_one_or_the_whole_new_one() {
    let two = Two::new();
    let stick = two.file("stick");
    fs::write(&stick, "ce qui était là").unwrap();
    let refused = two.ana.bundle(&two.network, None, &stick).unwrap_err();
    assert_eq!(refused.code, "file-exists");
    assert!(!Engine::is_bundle(&stick).unwrap());
    let progress = Progress::default();
    two.ana
        .bundle_over(&two.network, None, &stick, &progress)
        .unwrap();
    assert!(Engine::is_bundle(&stick).unwrap());
    let nowhere = two.file("no such folder").join("stick");
    let refused = two.ana.bundle_over(&two.network, None, &nowhere, &progress);
    assert_eq!(refused.unwrap_err().code, "io");
    let left: Vec<_> = fs::read_dir(two.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 3, "nothing half written stays: {left:?}");
}
