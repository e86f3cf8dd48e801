//! Work carried by hand and invitations as files, in real windows on real profiles that never talk to each other.
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

use driving::{Desk, loopback, open, seed, until};
use egui::{Key, Modifiers};
use egui_kittest::SnapshotResults;
use support::{LOOKS, Look, looking};
use tempfile::TempDir;
use tresse_desktop::app::Launch;
use tresse_engine::{Command, Engine, Protection, model::NetworkId};

const TWO: [Look; 2] = [LOOKS[0], LOOKS[3]];
/// High enough for everybody's card.
const HIGH: Look = Look {
    dark: false,
    size: [1024, 1600],
};

/// Ana and Bo, members of one network and in step, each with a window of their own, and a stick.
struct Two {
    dir: TempDir,
    network: NetworkId,
}

impl Two {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (ana, bo) = (dir.path().join("ana"), dir.path().join("bo"));
        driving::profile_of("Ana Vasconcel", &ana, |engine| {
            seed::network(engine);
        });
        Engine::init(&bo, "Bo Lindqvist", "fr", &Protection::Open).unwrap();
        let [ana, bo] = [ana, bo].map(|profile| open(&profile, Some(loopback())));
        let network = ana.fresh_view().unwrap().networks[0].id;
        let ticket = driving::invites(&ana, network, 1);
        bo.call(Command::InviteAccept { ticket }).unwrap();
        for engine in [&bo, &ana] {
            until(engine, "both in step", |view| {
                let net = view.network(&network);
                net.is_some_and(|net| net.sync.in_step == 1 && net.home.members == 2)
            });
        }
        bo.close();
        ana.close();
        Self { dir, network }
    }

    fn stick(&self) -> PathBuf {
        let stick = self.dir.path().join("stick");
        fs::create_dir_all(&stick).unwrap();
        stick
    }

    /// A window on the profile of `who`; whatever it saves lies on the stick.
    fn window(&self, who: &str, look: Look) -> Desk {
        let launch = Launch {
            save_in: Some(self.stick()),
            ..driving::launch(&self.dir.path().join(who))
        };
        Desk::on(look, launch)
    }

    /// What is on the stick, by name.
    fn files(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.stick()).unwrap();
        let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }

    /// Ana adds two actions, and writes for Bo what he lacks.
    fn ana_writes_and_exports(&self) -> PathBuf {
        let mut ana = self.window("ana", Look::PLAIN);
        for title in ["Louer la salle", "Prévenir la mairie"] {
            adds(ana.engine(), self.network, title);
        }
        ana.settle();
        exports_for(&mut ana, Some("Bo Lindqvist"));
        assert!(ana.reads("est prêt"), "{:?}", ana.text_from("«"));
        self.files().pop().unwrap()
    }
}

fn adds(engine: &Engine, network: NetworkId, title: &str) {
    let command =
        serde_json::json!({ "command": "action.add", "network": network, "title": title });
    let command = Command::parse(&command.to_string()).unwrap();
    engine.call(command).unwrap();
}

fn exports_for(desk: &mut Desk, whom: Option<&str>) {
    desk.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
    if let Some(whom) = whom {
        desk.choose("Pour qui", whom);
    }
    desk.click("Choisir où l’enregistrer…");
}

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

fn drop_on(desk: &mut Desk, paths: &[&Path]) {
    let files = paths
        .iter()
        .map(|path| Arc::new(Dropped((*path).to_owned())) as _);
    desk.harness.input_mut().dropped_files.extend(files);
    desk.settle();
}

#[test]
fn what_one_exports_for_the_other_arrives_once_and_is_told_with_its_number_and_its_people() {
    let two = Two::new();
    let file = two.ana_writes_and_exports();
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let expected = "Lire et écrire en Sarvance pour Bo Lindqvist ";
    assert!(name.starts_with(expected), "{name}");
    assert!(name.ends_with(".tresse-bundle"), "{name}");

    let mut bo = two.window("bo", Look::PLAIN);
    drop_on(&mut bo, &[&file]);
    let said = "2 changements reçus de 1 personne, dans « Lire et écrire en Sarvance ».";
    assert!(bo.reads(said), "{:?}", bo.text_from("2"));
    assert!(bo.reads("Écrit par : Ana Vasconcel"));
    bo.click("Voir ce qui a changé");
    assert!(!bo.reads(said));
    bo.click("Plan d’action");
    bo.click("Tableau");
    bo.until("Ana's actions", |desk| {
        desk.has("Ouvrir l’action « Louer la salle »")
    });

    drop_on(&mut bo, &[&file]);
    assert!(bo.reads("Rien de nouveau : vous aviez déjà tout ce que ce fichier contient"));
    assert!(!bo.has("Voir ce qui a changé"));
}

#[test]
fn two_files_let_go_at_once_are_both_taken_and_both_told() {
    let two = Two::new();
    let first = two.ana_writes_and_exports();
    let whole = {
        let mut ana = two.window("ana", Look::PLAIN);
        adds(ana.engine(), two.network, "Relire le compte rendu");
        ana.settle();
        exports_for(&mut ana, None);
        let mut files = two.files();
        files.retain(|file| *file != first);
        files.pop().unwrap()
    };
    let mut bo = two.window("bo", Look::PLAIN);
    drop_on(&mut bo, &[&first, &whole]);
    bo.until("the second", |desk| {
        desk.reads("1 changement reçu de 1 personne")
    });
    assert!(bo.reads("2 changements reçus de 1 personne"));
}

#[test]
fn a_file_that_is_cut_foreign_or_something_else_is_refused_with_what_to_do() {
    let two = Two::new();
    let file = two.ana_writes_and_exports();
    let bytes = fs::read(&file).unwrap();
    let cut = two.dir.path().join("coupé.tresse-bundle");
    fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    let mut bo = two.window("bo", Look::PLAIN);
    let before = bo.engine().digest(&two.network).unwrap();
    drop_on(&mut bo, &[&cut]);
    assert!(bo.reads("Ce fichier est abîmé ou incomplet : rien n’en a été repris."));
    assert!(bo.reads("Copiez-le de nouveau depuis l’autre appareil"));
    bo.click("Terminé");
    let newer = two.dir.path().join("plus récent");
    fs::write(&newer, [b"tresse bundle 2\n", &bytes[16..]].concat()).unwrap();
    drop_on(&mut bo, &[&newer]);
    assert!(bo.reads("Mettez Tresse à jour, puis importez-le de nouveau."));
    bo.click("Terminé");
    assert_eq!(bo.engine().digest(&two.network).unwrap(), before);

    let mut stranger = Desk::of_ana(Look::PLAIN, |engine| {
        seed::network(engine);
    });
    drop_on(&mut stranger, &[&file]);
    assert!(stranger.reads("Ce fichier est d’un réseau qui n’est pas sur cet appareil."));
    assert!(stranger.reads("Rejoignez d’abord ce réseau avec une invitation"));
    stranger.click("Terminé");
    let other = two.dir.path().join("autre");
    fs::write(&other, [0, 159, 146, 150]).unwrap();
    drop_on(&mut stranger, &[&other]);
    assert!(stranger.reads("Ce fichier n’est ni un texte ni une image lisible."));
}

#[test]
fn an_invitation_is_saved_as_a_file_and_as_a_picture_and_either_dropped_elsewhere_is_one() {
    let two = Two::new();
    let mut ana = two.window("ana", Look::PLAIN);
    ana.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    ana.click("Créer l’invitation");
    let ticket = ana.value("Texte de l’invitation");
    ana.click("Enregistrer le fichier…");
    ana.click("Enregistrer l’image…");
    let files = two.files();
    let names = files.iter().map(|file| file.file_name().unwrap().to_str());
    let expected = [
        Some("invitation Lire et écrire en Sarvance.png"),
        Some("invitation Lire et écrire en Sarvance.tresse"),
    ];
    assert_eq!(names.collect::<Vec<_>>(), expected);
    assert_eq!(fs::read_to_string(&files[1]).unwrap().trim(), ticket);

    for file in &files {
        let dir = tempfile::tempdir().unwrap();
        let profile = dir.path().join("chloe");
        driving::profile_of("Chloé", &profile, |_| {});
        let mut chloe = Desk::on(Look::PLAIN, driving::launch(&profile));
        drop_on(&mut chloe, &[file]);
        let given = chloe.value("Invitation");
        assert!(given.eq_ignore_ascii_case(&ticket), "{given}");
        assert!(chloe.has("Rejoindre"));
    }
}

/// Where the code of the invitation stands.
fn code_of(desk: &Desk) -> egui::Rect {
    looking::placed(&desk.harness, "Code carré de l’invitation")
}

#[test]
fn the_code_fills_the_window_until_it_is_made_small_again() {
    let two = Two::new();
    let mut ana = two.window("ana", Look::PLAIN);
    ana.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    ana.click("Créer l’invitation");
    let side = |desk: &Desk| code_of(desk).width();
    let small = side(&ana);
    ana.click("Montrer en grand");
    let large = side(&ana);
    assert!(large > 1.5 * small && large > 500.0, "{small} then {large}");
    ana.press(Modifiers::NONE, Key::Escape);
    assert!(
        (side(&ana) - small).abs() < 1.0,
        "the dialogue is still there"
    );
    ana.click("Montrer en grand");
    ana.click("Réduire");
    assert!(ana.has("Copier le texte"));
}

#[test]
fn where_nobody_else_is_here_the_line_below_offers_the_stick_and_so_does_the_palette() {
    let two = Two::new();
    let mut ana = two.window("ana", HIGH);
    ana.click("Hors ligne");
    assert!(ana.reads("Sans wifi ni internet"));
    assert!(ana.has("Importer…"));
    ana.click("Exporter pour une clé USB…");
    assert!(ana.has("Choisir où l’enregistrer…"));
    ana.click("Annuler");
    ana.click("Membres");
    ana.click("Par clé USB");
    assert!(ana.has("Importer…"));
    ana.press(Modifiers::NONE, Key::Escape);
    ana.click("Autres choix pour Bo Lindqvist");
    ana.click("Exporter pour une clé USB…");
    assert_eq!(ana.value("Pour qui"), "Bo Lindqvist");
    ana.click("Annuler");
    ana.press(Modifiers::COMMAND, Key::K);
    ana.harness.run();
    ana.write(
        "Une commande, une page, une action, une personne…",
        "cle usb",
    );
    ana.press(Modifiers::NONE, Key::Enter);
    assert!(ana.has("Choisir où l’enregistrer…"));
}

#[test]
fn a_file_under_another_dialogue_is_told_beside_it() {
    let two = Two::new();
    let file = two.ana_writes_and_exports();
    let mut bo = two.window("bo", Look::PLAIN);
    bo.click("Réglages");
    drop_on(&mut bo, &[&file]);
    assert!(bo.reads("2 changements reçus de 1 personne"));
    assert!(bo.has("Votre nom"), "the settings stay");
}

/// Takes a picture; `hide` says what is drawn by lot in it.
fn take(
    results: &mut SnapshotResults,
    desk: &mut Desk,
    (name, look): (&str, Look),
    hide: impl Fn(&Desk) -> Vec<egui::Rect>,
) {
    desk.harness.remove_cursor();
    desk.settle();
    for place in hide(desk) {
        desk.harness.mask(place);
    }
    let name = format!("{name}-{}", look.name());
    results.add(desk.harness.try_snapshot(name));
}

fn nothing(_: &Desk) -> Vec<egui::Rect> {
    Vec::new()
}

#[test]
fn in_pictures() {
    let mut results = SnapshotResults::new();
    for look in TWO {
        let two = Two::new();
        let file = two.ana_writes_and_exports();
        let cut = two.dir.path().join("coupé");
        fs::write(&cut, &fs::read(&file).unwrap()[..200]).unwrap();

        let mut ana = two.window("ana", look);
        ana.click("Charte");
        ana.click("Hors ligne");
        take(&mut results, &mut ana, ("carry-menu", look), nothing);
        ana.click("Exporter pour une clé USB…");
        ana.choose("Pour qui", "Bo Lindqvist");
        take(&mut results, &mut ana, ("carry-export", look), nothing);
        ana.click("Choisir où l’enregistrer…");
        // How many bytes there are depends on keys.
        let size = |desk: &Desk| {
            let said = desk.text_from("«").unwrap();
            vec![looking::placed(&desk.harness, &said)]
        };
        take(&mut results, &mut ana, ("carry-made", look), size);
        drop(ana);

        let mut bo = two.window("bo", look);
        bo.click("Charte");
        drop_on(&mut bo, &[&file]);
        take(&mut results, &mut bo, ("carry-taken", look), nothing);
        bo.click("Terminé");
        drop_on(&mut bo, &[&cut]);
        take(&mut results, &mut bo, ("carry-refused", look), nothing);
        bo.click("Terminé");
        bo.harness.remove_cursor();
        bo.settle();
        // While something is held over it a window is painted without end.
        bo.harness.input_mut().hovered_files = vec![egui::HoveredFile::default()];
        bo.harness.run_steps(4);
        let name = format!("drop-here-{}", look.name());
        results.add(bo.harness.try_snapshot(name));
    }
    results.unwrap();
}

#[test]
fn an_invitation_in_pictures() {
    let mut results = SnapshotResults::new();
    for look in TWO {
        let mut ana = Desk::of_ana(look, |engine| {
            seed::network(engine);
        });
        ana.click("Charte");
        ana.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
        ana.click("Créer l’invitation");
        let both = |desk: &Desk| vec![code_of(desk), desk.named("Texte de l’invitation").rect()];
        take(&mut results, &mut ana, ("invite-made", look), both);
        ana.click("Montrer en grand");
        let code = |desk: &Desk| vec![code_of(desk)];
        take(&mut results, &mut ana, ("invite-large", look), code);
    }
    results.unwrap();
}
