//! Files attached to pages and meetings in the window, driven by the names that a person finds on it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use driving::{Desk, ask, seed};
use egui_kittest::SnapshotResults;
use support::{
    LOOKS, Look,
    looking::{self, picture},
};
use tempfile::TempDir;
use tresse_desktop::app::Launch;
use tresse_engine::{
    AppView, AttachmentCommand, Command, Engine,
    model::{DocId, NetworkId},
};

const PAGE: &str = "Dossier de visite";

/// High enough for all of the page: only what is in sight can be clicked.
const HIGH: Look = Look {
    dark: false,
    size: [1280, 1200],
};

/// A file held over the window and let go.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// A folder with files to attach, and room to save some.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, length: usize) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, vec![b'x'; length]).unwrap();
        path
    }

    fn saved(&self) -> PathBuf {
        let folder = self.0.path().join("saved");
        fs::create_dir_all(&folder).unwrap();
        folder
    }
}

fn page(engine: &Engine, network: NetworkId) -> DocId {
    let make = Command::PageCreate {
        network,
        title: PAGE.into(),
        tags: vec!["visite".into()],
        text: Some("Tout ce qu’il faut avant de venir.\n".into()),
    };
    ask(engine, make, "page")
}

fn attach(engine: &Engine, network: NetworkId, document: DocId, path: PathBuf) {
    let add = AttachmentCommand::Add {
        network,
        document,
        path,
    };
    engine.call(add.into()).unwrap();
}

/// The page with a few files, open.
fn open(look: Look, english: bool) -> Desk {
    let folder = Folder::new();
    let seeded = |engine: &Engine| {
        let network = seed::network(engine);
        let page = page(engine, network);
        for (name, length) in [
            ("Plan d’accès à l’atelier.pdf", 420_000),
            ("Photo du lieu.jpg", 1_300_000),
            (
                "Budget prévisionnel de la visite croisée, deuxième version relue.ods",
                31_000,
            ),
        ] {
            attach(engine, network, page, folder.file(name, length));
        }
    };
    let mut desk = if english {
        Desk::english(look, seeded)
    } else {
        Desk::of_ana(look, seeded)
    };
    if english {
        desk.click("Library");
        desk.click("Open the page “Dossier de visite”");
    } else {
        to_the_page(&mut desk);
    }
    desk.until("the files are known", |desk| {
        view(desk).files.here.len() == 3
    });
    desk.settle();
    desk
}

fn to_the_page(desk: &mut Desk) {
    desk.click("Bibliothèque");
    desk.click("Ouvrir la page « Dossier de visite »");
    desk.until("it is open", |desk| {
        desk.has("Titre de la page") && desk.value("Titre de la page") == PAGE
    });
}

fn view(desk: &Desk) -> Arc<AppView> {
    desk.engine().fresh_view().unwrap()
}

fn attached(desk: &Desk) -> Vec<String> {
    let files = &view(desk).networks[0].files;
    files.iter().map(|row| row.name.clone()).collect()
}

#[test]
fn a_file_dropped_on_an_open_page_is_attached_saved_removed_and_brought_back() {
    let folder = Folder::new();
    let dir = tempfile::tempdir().unwrap();
    let profile = dir.path().join("ana");
    driving::profile_of("Ana Vasconcel", &profile, |engine| {
        let network = seed::network(engine);
        page(engine, network);
    });
    let launch = Launch {
        save_in: Some(folder.saved()),
        ..driving::launch(&profile)
    };
    let mut desk = Desk::on(HIGH, launch);
    desk.keep(dir);
    to_the_page(&mut desk);
    assert!(desk.has("Joindre un fichier…"));
    let files = [
        folder.file("Bilan.pdf", 70_000),
        folder.file("notes.md", 10),
    ];
    let dropped = files.map(|path| Arc::new(Dropped(path)) as _);
    desk.harness.input_mut().dropped_files.extend(dropped);
    desk.until("both are attached", |desk| {
        attached(desk) == ["Bilan.pdf", "notes.md"]
    });
    desk.until("they are shown", |desk| {
        desk.has("Ouvrir « Bilan.pdf »") && desk.has("Ouvrir « notes.md »")
    });
    assert!(desk.reads("2 pièces jointes"));

    desk.click("Enregistrer « Bilan.pdf » sous…");
    let saved = folder.saved().join("Bilan.pdf");
    desk.until("it is saved", |_| saved.is_file());
    assert_eq!(fs::read(&saved).unwrap(), vec![b'x'; 70_000]);

    desk.click("Retirer « Bilan.pdf »");
    desk.until("it is gone", |desk| !desk.has("Ouvrir « Bilan.pdf »"));
    desk.click("Remettre");
    desk.until("it is back", |desk| desk.has("Ouvrir « Bilan.pdf »"));
}

/// A picture of one grey, as a PNG file.
fn png(folder: &Folder, name: &str, side: u32) -> PathBuf {
    let path = folder.0.path().join(name);
    let grey = image::GrayImage::from_pixel(side, side, image::Luma([90]));
    grey.save(&path).unwrap();
    path
}

#[test]
fn an_image_is_shown_in_small_and_one_that_is_broken_or_immense_has_its_icon() {
    let folder = Folder::new();
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        let page = page(engine, network);
        let bomb = png(&folder, "Bombe.png", 9_000);
        assert!(fs::metadata(&bomb).unwrap().len() < 2_000_000);
        let files = [
            bomb,
            folder.file("Cassée.png", 5_000),
            png(&folder, "Plan du lieu.png", 600),
        ];
        for file in files {
            attach(engine, network, page, file);
        }
    });
    to_the_page(&mut desk);
    desk.until("the plan is shown in small", |desk| {
        desk.reads("Aperçu de « Plan du lieu.png »")
    });
    for other in ["Bombe.png", "Cassée.png"] {
        assert!(desk.has(&format!("Ouvrir « {other} »")));
        assert!(!desk.reads(&format!("Aperçu de « {other} »")));
    }
}

#[test]
fn what_may_be_a_program_is_not_opened() {
    let folder = Folder::new();
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        let page = page(engine, network);
        attach(engine, network, page, folder.file("Bilan.pdf.exe", 70));
    });
    to_the_page(&mut desk);
    desk.click("Ouvrir « Bilan.pdf.exe »");
    desk.until("it is said", |desk| {
        desk.reads("pourrait être un programme")
    });
}

#[test]
fn each_machine_sets_for_itself_which_files_come_and_sees_what_they_take() {
    let mut desk = open(HIGH, false);
    desk.click("Les fichiers du réseau");
    assert!(desk.reads("3 fichiers joints"));
    desk.click("Recevoir les fichiers automatiquement, sur cet appareil");
    desk.until("it is set", |desk| {
        !view(desk).networks[0].keep_files.always
    });
}

#[test]
fn the_keyboard_comes_by_everything_of_a_file() {
    let mut desk = open(HIGH, false);
    let names = looking::names_by_tab(&mut desk.harness, 60);
    for name in [
        "Joindre un fichier…",
        "Les fichiers du réseau",
        "Ouvrir « Photo du lieu.jpg »",
        "Enregistrer « Photo du lieu.jpg » sous…",
        "Retirer « Photo du lieu.jpg »",
    ] {
        assert!(names.iter().any(|one| one == name), "{name} in {names:?}");
    }
}

#[test]
fn attached_files_in_pictures() {
    let mut pictures = SnapshotResults::new();
    for look in LOOKS {
        let mut desk = open(look, false);
        pictures.add(picture(
            &mut desk.harness,
            &format!("attachments-{}", look.name()),
        ));
    }
    for look in [LOOKS[0], LOOKS[3]] {
        let mut desk = open(look, false);
        desk.click("Les fichiers du réseau");
        pictures.add(picture(
            &mut desk.harness,
            &format!("attachments-settings-{}", look.name()),
        ));
    }
    let mut desk = open(LOOKS[0], true);
    pictures.add(picture(&mut desk.harness, "english-attachments-light-1024"));
}
