//! Taking everything along, in real windows: a network exported for other programs, and the whole profile in one file; and their pictures.
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

use driving::{Desk, seed};
use egui::{Key, Modifiers, Ui};
use egui_kittest::{
    SnapshotResults,
    kittest::{NodeT as _, Queryable as _},
};
use jiff::civil::date;
use support::{LOOKS, Look, looking};
use tempfile::TempDir;
use tresse_desktop::{
    app::Launch,
    i18n::{I18n, Lang},
    start::restoring,
};
use tresse_engine::{
    Engine, Keyring, MemoryKeyring, Options, Progress, Protection, Secret, Unlock, model::NetworkId,
};

/// Small and light, and wide and dark.
const TWO: [Look; 2] = [LOOKS[0], LOOKS[3]];
/// High enough for a whole page: only what is in sight can be clicked.
const HIGH: Look = Look {
    dark: false,
    size: [1024, 1800],
};

const EXPORT: &str = "Exporter vers d’autres logiciels…";
const CHOOSE: &str = "Choisir où l’enregistrer…";

/// Ana's profile, and a folder for what she takes along.
struct Ana {
    dir: TempDir,
    network: NetworkId,
    keyring: Option<Arc<MemoryKeyring>>,
}

impl Ana {
    fn new() -> Self {
        Self::protected(&Protection::Open, None)
    }

    fn with_keyring() -> Self {
        let keyring = Arc::new(MemoryKeyring::default());
        let protection = Protection::Keyring(Arc::<MemoryKeyring>::clone(&keyring));
        Self::protected(&protection, Some(keyring))
    }

    fn protected(protection: &Protection, keyring: Option<Arc<MemoryKeyring>>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("stick")).unwrap();
        let mut ana = Self {
            network: NetworkId::from_bytes([0; 20]),
            dir,
            keyring,
        };
        Engine::init(&ana.profile(), "Ana Vasconcel", "fr", protection).unwrap();
        let options = Options {
            unlock: ana.unlock(None),
            ..Options::default()
        };
        let engine = Engine::open(&ana.profile(), options).unwrap();
        ana.network = seed::network(&engine);
        engine.close();
        ana
    }

    fn unlock(&self, passphrase: Option<&str>) -> Unlock {
        let mut unlock = Unlock {
            passphrase: passphrase.map(Secret::new),
            ..Unlock::default()
        };
        if let Some(keyring) = self.keyring() {
            unlock.keyring = keyring;
        }
        unlock
    }

    fn keyring(&self) -> Option<Arc<dyn Keyring>> {
        let keyring = self.keyring.as_ref();
        keyring.map(|keyring| Arc::<MemoryKeyring>::clone(keyring) as Arc<dyn Keyring>)
    }

    fn profile(&self) -> PathBuf {
        self.dir.path().join("profile")
    }

    fn stick(&self) -> PathBuf {
        self.dir.path().join("stick")
    }

    /// A window that saves everything on the stick.
    fn window(&self, look: Look) -> Desk {
        self.window_saving_in(look, self.stick())
    }

    fn window_saving_in(&self, look: Look, place: PathBuf) -> Desk {
        let launch = Launch {
            save_in: Some(place),
            today: Some(date(2026, 11, 24)),
            keyring: self.keyring(),
            ..driving::launch(&self.profile())
        };
        Desk::on(look, launch)
    }
}

/// What lies in a folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let mut names: Vec<String> = entries.map(|entry| name(entry.unwrap())).collect();
    names.sort();
    names
}

fn shows_export(desk: &mut Desk) {
    desk.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
}

fn shows_backup(desk: &mut Desk) {
    desk.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
}

#[test]
fn each_thing_to_export_comes_into_a_new_folder_of_its_own() {
    let ana = Ana::new();
    let mut desk = ana.window(Look::PLAIN);
    for (choice, folder, holds) in [
        ("Les textes", "textes", "charter.md"),
        ("Les tableaux", "tableaux", "actions.csv"),
        ("Le calendrier", "calendrier", "calendar.ics"),
        ("Le réseau sur une page", "page", "overview.html"),
        ("Tout, en un seul fichier", "données", "network.json"),
    ] {
        shows_export(&mut desk);
        desk.click(choice);
        desk.click(CHOOSE);
        assert!(desk.reads("« Lire et écrire en Sarvance » est exporté"));
        assert!(desk.has("Ouvrir le dossier"));
        desk.click("Terminé");
        let folder = format!("Lire et écrire en Sarvance {folder} 2026-11-24");
        let made = names(&ana.stick().join(&folder));
        assert!(made.iter().any(|name| name == holds), "{folder}: {made:?}");
    }
    shows_export(&mut desk);
    desk.click("Les documents avec tout leur historique");
    desk.click(CHOOSE);
    let made = names(
        &ana.stick()
            .join("Lire et écrire en Sarvance documents 2026-11-24"),
    );
    assert!(made.len() > 5 && made.iter().all(|name| name.ends_with(".automerge")));
}

#[test]
fn what_was_exported_before_stays_as_it_is() {
    let ana = Ana::new();
    let mut desk = ana.window(Look::PLAIN);
    let first = "Lire et écrire en Sarvance textes 2026-11-24";
    for _ in 0..2 {
        shows_export(&mut desk);
        desk.click(CHOOSE);
        desk.click("Terminé");
        fs::write(ana.stick().join(first).join("charter.md"), "à moi").unwrap();
    }
    let second = format!("{first} (2)");
    assert_eq!(names(&ana.stick()), [first, second.as_str()]);
    let written = |folder: &str| fs::read(ana.stick().join(folder).join("charter.md")).unwrap();
    assert_eq!(written(first), "à moi".as_bytes());
    assert!(written(&second).len() > 100);
}

#[test]
fn a_place_that_cannot_be_written_is_told_and_nothing_is_left_there() {
    let ana = Ana::new();
    let no_folder = ana.stick().join("a file");
    fs::write(&no_folder, "à moi").unwrap();
    let mut desk = ana.window_saving_in(Look::PLAIN, no_folder);
    shows_export(&mut desk);
    desk.click(CHOOSE);
    assert!(desk.reads("Cet endroit n’a pas pu être écrit : rien n’y a été laissé."));
    assert!(!desk.has("Ouvrir le dossier"));
    desk.click("Terminé");
    shows_backup(&mut desk);
    desk.click(CHOOSE);
    assert!(desk.reads("Cet endroit n’a pas pu être écrit : rien n’y a été laissé."));
    assert_eq!(names(&ana.stick()), ["a file"]);
}

#[test]
fn the_export_is_found_where_one_looks_for_it() {
    let ana = Ana::new();
    let mut desk = ana.window(HIGH);
    for page in ["Vue d’ensemble", "Faire le point"] {
        desk.click(page);
        desk.click(EXPORT);
        assert!(desk.reads("Rien n’y est chiffré"), "{page}");
        desk.click("Annuler");
    }
    desk.click("Pour moi");
    desk.click("Nom, type et ouverture du réseau");
    desk.click(EXPORT);
    desk.click("Annuler");
    desk.press(Modifiers::COMMAND, Key::K);
    desk.harness.run();
    let palette = "Une commande, une page, une action, une personne…";
    desk.write(palette, "autres logiciels");
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(desk.has(CHOOSE));
    desk.click("Annuler");
    desk.click("Réglages");
    desk.click("Tout sauvegarder…");
    assert!(desk.reads("dans un seul fichier. Gardez-le ailleurs"));
}

#[test]
fn what_is_saved_without_a_passphrase_comes_back_without_one() {
    let ana = Ana::new();
    let mut desk = ana.window(Look::PLAIN);
    shows_backup(&mut desk);
    desk.click(CHOOSE);
    assert!(desk.reads("Tout est à l’abri"));
    assert!(desk.reads("sauvegarde Tresse 2026-11-24.tresse-backup"));
    assert!(desk.reads("Il s’ouvre sans phrase de passe"));
    desk.click("Terminé");
    shows_backup(&mut desk);
    desk.click(CHOOSE);
    let [second, first] = &names(&ana.stick())[..] else {
        panic!("there are two");
    };
    assert_eq!(first, "sauvegarde Tresse 2026-11-24.tresse-backup");
    assert_eq!(second, "sauvegarde Tresse 2026-11-24 (2).tresse-backup");
    comes_back(&ana, first, None);
}

#[test]
fn where_only_the_keyring_opens_the_profile_a_passphrase_is_asked_for_twice() {
    let ana = Ana::with_keyring();
    let mut desk = ana.window(Look::PLAIN);
    shows_backup(&mut desk);
    assert!(desk.reads("choisissez une phrase de passe pour la sauvegarde"));
    let usable = |desk: &Desk| !desk.named(CHOOSE).accesskit_node().is_disabled();
    assert!(!usable(&desk));
    desk.write("Phrase de passe de la sauvegarde", "pour la copie");
    desk.write("La même, encore une fois", "pour la cop");
    assert!(desk.reads("Les deux ne sont pas encore les mêmes."));
    assert!(!usable(&desk));
    desk.write("La même, encore une fois", "pour la copie");
    desk.click(CHOOSE);
    assert!(desk.reads("Il ne s’ouvre qu’avec la phrase de passe."));
    let made = names(&ana.stick());
    comes_back(&ana, &made[0], Some("pour la copie"));
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

fn drop_on(desk: &mut Desk, path: PathBuf) {
    let files = &mut desk.harness.input_mut().dropped_files;
    files.push(Arc::new(Dropped(path)));
    desk.settle();
}

/// A backup of Ana's that this passphrase opens.
fn backup_of(ana: &Ana, passphrase: &str) -> PathBuf {
    let mut desk = ana.window(Look::PLAIN);
    shows_backup(&mut desk);
    desk.write("Phrase de passe (facultative)", passphrase);
    desk.write("La même, encore une fois", passphrase);
    desk.click(CHOOSE);
    let made = names(&ana.stick());
    ana.stick().join(&made[0])
}

#[test]
fn a_backup_is_put_back_at_the_first_start_once_its_passphrase_is_right() {
    let ana = Ana::new();
    let backup = backup_of(&ana, "pour la copie");
    let mut desk = Desk::nobody(Look::PLAIN);
    assert!(desk.has("Remettre une sauvegarde en place…"));
    drop_on(&mut desk, backup.clone());
    assert!(desk.reads("Cette sauvegarde s’ouvre avec une phrase de passe"));
    desk.click("Annuler");
    assert!(desk.reads("Bienvenue"));
    drop_on(&mut desk, backup);
    desk.write("Phrase de passe", "pour une autre");
    desk.click("Ouvrir");
    assert!(desk.reads("Ce n’est pas la bonne phrase de passe."));
    desk.write("Phrase de passe", "pour la copie");
    desk.click("Ouvrir");
    desk.until("the network", |desk| {
        desk.reads("Lire et écrire en Sarvance")
    });
    let view = desk.engine().fresh_view().unwrap();
    assert_eq!(view.networks.first().unwrap().id, ana.network);
    assert_eq!(view.me.name, "Ana Vasconcel");
}

#[test]
fn a_file_that_is_no_whole_backup_is_refused_at_the_first_start_and_one_begins_all_the_same() {
    let ana = Ana::new();
    let backup = backup_of(&ana, "pour la copie");
    let whole = fs::read(&backup).unwrap();
    let mut desk = Desk::nobody(Look::PLAIN);
    desk.write("Votre nom", "Bo");
    fs::write(&backup, &whole[..whole.len() / 2]).unwrap();
    drop_on(&mut desk, backup.clone());
    assert!(desk.reads("Cette sauvegarde est abîmée ou incomplète"));
    fs::write(&backup, "une liste de courses").unwrap();
    drop_on(&mut desk, backup);
    assert!(desk.reads("Ce fichier n’est pas une sauvegarde de Tresse."));
    assert_eq!(desk.value("Votre nom"), "Bo");
    desk.click("Commencer");
    desk.until("the profile", |desk| desk.reads("Bonjour Bo"));
}

#[test]
fn a_backup_that_is_being_put_back_tells_how_far_it_is_and_is_stopped_by_a_button() {
    let mut results = SnapshotResults::new();
    for look in TWO {
        let words = I18n::new(Lang::Fr);
        let paint = |ui: &mut Ui, stopped: &mut bool| {
            *stopped |= restoring::ui(ui, &words, (612_000_000, 980_000_000));
        };
        let mut window = support::window(look, false, paint);
        window.step();
        let told = window.query_all_by_label("612 Mo sur 980 Mo");
        assert_eq!(told.count(), 2, "in words, and as what the bar says");
        results.add(window.try_snapshot(format!("restoring-{}", look.name())));
        window.get_by_label("Arrêter").click();
        window.step();
        assert!(window.state());
    }
    results.unwrap();
}

/// From the file, all of Ana's profile comes back.
fn comes_back(ana: &Ana, file: &str, passphrase: Option<&str>) {
    let folder = tempfile::tempdir().unwrap();
    let unlock = ana.unlock(passphrase);
    Engine::restore(
        &ana.stick().join(file),
        folder.path(),
        &unlock,
        &Progress::default(),
    )
    .unwrap();
    let options = Options {
        unlock,
        ..Options::default()
    };
    let engine = Engine::open(folder.path(), options).unwrap();
    let view = engine.fresh_view().unwrap();
    assert_eq!(view.networks.first().unwrap().id, ana.network);
    engine.close();
}

/// Takes a picture; what begins like one of these depends on where and when it is taken.
fn take(results: &mut SnapshotResults, desk: &mut Desk, (name, look): (&str, Look), hide: &[&str]) {
    desk.harness.remove_cursor();
    desk.settle();
    for start in hide {
        let said = desk.text_from(start).expect(start);
        let place = looking::placed(&desk.harness, &said);
        // As wide as the dialogue, whatever the folder is called.
        let cover = egui::Rect::from_min_size(place.min, egui::vec2(460.0, place.height()));
        desk.harness.mask(cover);
    }
    let name = format!("{name}-{}", look.name());
    results.add(desk.harness.try_snapshot(name));
}

#[test]
fn in_pictures() {
    let mut results = SnapshotResults::new();
    for look in TWO {
        let ana = Ana::new();
        let mut desk = ana.window(look);
        desk.click("Charte");
        shows_export(&mut desk);
        take(&mut results, &mut desk, ("export", look), &[]);
        desk.click("Les tableaux");
        desk.click(CHOOSE);
        take(&mut results, &mut desk, ("export-done", look), &["Dans "]);
        desk.click("Terminé");
        shows_backup(&mut desk);
        take(&mut results, &mut desk, ("backup", look), &[]);
        desk.click(CHOOSE);
        let hide = ["Tout est", "Dans "];
        take(&mut results, &mut desk, ("backup-done", look), &hide);

        let ana = Ana::with_keyring();
        let mut desk = ana.window(look);
        desk.click("Charte");
        shows_backup(&mut desk);
        desk.write("Phrase de passe de la sauvegarde", "pour la copie");
        desk.write("La même, encore une fois", "pour");
        take(&mut results, &mut desk, ("backup-keyring", look), &[]);
    }
    results.unwrap();
}
