use std::{collections::BTreeMap, fs, path::PathBuf, sync::Arc, thread::JoinHandle};

use serde_json::Value;
use tempfile::TempDir;

use super::*;
use crate::{ClosingCommand, ClosingOutcome, NetworkView, Options, Protection, Stage, TextEdit};

/// How many pages the large network has.
const PAGES: usize = 80;

/// Ana's profile, with a network of many long pages and another one, and nobody to talk to.
struct Ana {
    folder: TempDir,
    engine: Engine,
    large: NetworkId,
    other: NetworkId,
}

/// A process that ends while an engine still works may end badly: it is waited for.
impl Drop for Ana {
    fn drop(&mut self) {
        self.engine.clone().close();
    }
}

impl Ana {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("profile");
        Engine::init(&dir, "Ana", "fr", &Protection::Open).unwrap();
        let engine = Engine::open(&dir, Options::default()).unwrap();
        let [large, other] = ["Le grand", "L’autre"].map(|name| {
            let name = name.to_owned();
            let template = None;
            let made = engine.call(Command::NetworkCreate { name, template });
            named(&made.unwrap(), "network")
        });
        let text = "Une ligne de plus dans le carnet.\n".repeat(400);
        for number in 0..PAGES {
            let create = Command::PageCreate {
                network: large,
                title: format!("Page {number}"),
                tags: Vec::new(),
                text: Some(text.clone()),
            };
            engine.call(create).unwrap();
        }
        // As on the day after: nothing is in memory that nobody looks at.
        engine.close();
        let engine = Engine::open(&dir, Options::default()).unwrap();
        Self {
            folder,
            engine,
            large,
            other,
        }
    }

    /// Writes in the other network, and waits until that is saved.
    fn writes(&self, text: &str) {
        let edit = TextEdit {
            text: Some(text.into()),
            ..TextEdit::default()
        };
        let network = self.other;
        let command = Command::CharterEdit { network, edit };
        self.engine.call(command).unwrap();
    }

    fn place(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn exports(&self, to: &Path, format: Format) -> Exports {
        let progress = Arc::new(Progress::default());
        let (engine, told) = (self.engine.clone(), Arc::clone(&progress));
        let (network, to) = (self.large, to.to_owned());
        let work = move || engine.export(&network, &to, format, &told);
        Exports {
            progress,
            ending: std::thread::spawn(work),
        }
    }

    fn sees_large(&self) -> Arc<NetworkView> {
        let view = self.engine.fresh_view().unwrap();
        Arc::clone(view.network(&self.large).unwrap())
    }

    fn closes_large(&self) {
        let propose = ClosingCommand::Propose {
            network: self.large,
            outcome: ClosingOutcome::PurposeMet,
            into: None,
            name: None,
            words: None,
            decision: None,
        };
        self.engine.call(Command::Closing(propose)).unwrap();
        assert!(self.sees_large().closing.is_closed());
    }
}

/// An export that another thread makes.
struct Exports {
    progress: Arc<Progress>,
    ending: JoinHandle<Result<Vec<String>, CommandError>>,
}

impl Exports {
    /// Some documents are done, and most are not.
    fn is_in_the_midst(&self) -> bool {
        let (done, all) = self.progress.done();
        self.progress.stage() == Stage::Documents && done > 0 && done < all / 2
    }
}

fn named<T: std::str::FromStr<Err: std::fmt::Debug>>(answer: &Value, key: &str) -> T {
    answer[key].as_str().unwrap().parse().unwrap()
}

/// Every file below a folder and what is in it.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(one) = folders.pop() {
        for entry in fs::read_dir(&one).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn what_somebody_types_is_saved_while_a_large_network_is_exported() {
    let ana = Ana::new();
    for (format, place) in [(Format::Json, "json"), (Format::Automerge, "automerge")] {
        let exports = ana.exports(&ana.place(place), format);
        // Between two slices the core thread takes whatever else has come.
        let mut between = 0;
        while !exports.ending.is_finished() {
            ana.writes(&format!("Ana écrit : {between}."));
            between += usize::from(exports.is_in_the_midst());
        }
        let made = exports.ending.join().unwrap().unwrap();
        assert_eq!(made.len(), files(&ana.place(place)).len());
        assert!(between > 0, "nothing was written between two slices");
        let (done, all) = exports.progress.done();
        assert!(done == all && all > 0, "{done} of {all}");
    }
}

#[test]
fn an_export_that_is_stopped_leaves_what_was_there_and_nothing_else() {
    let ana = Ana::new();
    let place = ana.place("dossier");
    fs::create_dir(&place).unwrap();
    fs::write(place.join("à moi.txt"), "à moi").unwrap();
    let before = files(&place);
    for format in [Format::Automerge, Format::Markdown, Format::Html] {
        let stopped = Progress::default();
        stopped.stop();
        let refused = ana.engine.export(&ana.large, &place, format, &stopped);
        assert_eq!(refused.unwrap_err().code, "stopped");
        assert_eq!(files(&place), before);
    }
    // Some documents lie there already when it is stopped.
    let exports = ana.exports(&place, Format::Automerge);
    while !exports.is_in_the_midst() {
        assert!(!exports.ending.is_finished(), "it was done in one go");
        ana.writes("Ana écrit.");
    }
    exports.progress.stop();
    let refused = exports.ending.join().unwrap();
    assert_eq!(refused.unwrap_err().code, "stopped");
    assert_eq!(files(&place), before);
    // And into a folder that was not there: there is none then.
    let absent = ana.place("absent");
    let exports = ana.exports(&absent.join("dedans"), Format::Automerge);
    while !exports.is_in_the_midst() {
        assert!(!exports.ending.is_finished(), "it was done in one go");
        ana.writes("Ana écrit encore.");
    }
    exports.progress.stop();
    exports.ending.join().unwrap().unwrap_err();
    assert!(!absent.exists());
}

#[test]
fn where_one_file_is_in_the_way_none_is_written() {
    let ana = Ana::new();
    let place = ana.place("dossier");
    fs::create_dir(&place).unwrap();
    for format in [Format::Json, Format::Automerge] {
        let free = ana.place("libre");
        let progress = Progress::default();
        let made = ana.engine.export(&ana.large, &free, format, &progress);
        let last = made.unwrap().pop().unwrap();
        fs::remove_dir_all(&free).unwrap();
        fs::write(place.join(&last), "à moi").unwrap();
        let before = files(&place);
        let refused = ana.engine.export(&ana.large, &place, format, &progress);
        assert_eq!(refused.unwrap_err().code, "file-exists");
        assert_eq!(files(&place), before);
    }
}

#[test]
fn what_somebody_types_is_saved_while_an_archive_is_gathered_and_it_is_seen_how_far_it_is() {
    let ana = Ana::new();
    ana.closes_large();
    let network = ana.large;
    let archive = Command::Closing(ClosingCommand::Archive { network });
    let awaited = ana.engine.hand(archive);
    let mut seen = Vec::new();
    let answer = loop {
        if let Some(answer) = awaited.came() {
            break answer.unwrap();
        }
        ana.writes(&format!("Ana écrit : {}.", seen.len()));
        seen.push(ana.sees_large().closing.archiving);
    };
    let midst = seen.iter().flatten().filter(|(done, all)| done < all);
    assert!(midst.count() > 0, "{seen:?}");
    assert_eq!(ana.sees_large().closing.archiving, None);
    let kept = ana.sees_large().closing.archive.clone();
    assert!(kept.unwrap().current);
    let folder: String = named(&answer, "folder");
    let files = files(&ana.place("profile").join(folder));
    let kept = files.keys().filter(|name| name.starts_with("documents"));
    assert!(kept.count() >= PAGES);
}

#[test]
fn a_profile_that_is_closed_while_an_archive_is_gathered_keeps_a_whole_one() {
    let ana = Ana::new();
    ana.closes_large();
    let network = ana.large;
    let archive = Command::Closing(ClosingCommand::Archive { network });
    let awaited = ana.engine.hand(archive);
    ana.engine.clone().close();
    let answer = awaited.came().unwrap().unwrap();
    let folder: String = named(&answer, "folder");
    let kept = files(&ana.place("profile").join(folder));
    assert!(kept.contains_key(Path::new("report.md")));
    let all = files(&ana.place("profile").join("archives"));
    assert_eq!(
        all.len(),
        kept.len(),
        "there is one, and no half of another"
    );
}

#[test]
fn an_archive_that_is_asked_for_twice_at_once_is_whole_both_times() {
    let ana = Ana::new();
    ana.closes_large();
    let network = ana.large;
    let asked = [(), ()].map(|()| {
        let archive = Command::Closing(ClosingCommand::Archive { network });
        ana.engine.hand(archive)
    });
    ana.engine.clone().close();
    let folders = asked.map(|one| named::<String>(&one.came().unwrap().unwrap(), "folder"));
    let [first, second] = folders.map(|folder| files(&ana.place("profile").join(folder)));
    assert!(first.len() > PAGES);
    let names = |all: &BTreeMap<PathBuf, Vec<u8>>| all.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&first), names(&second));
    let all = files(&ana.place("profile").join("archives"));
    assert_eq!(
        all.len(),
        first.len() + second.len(),
        "they are two, and no half"
    );
}
