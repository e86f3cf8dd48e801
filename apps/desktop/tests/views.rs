//! Every view in pictures: light and dark, on a small and a large screen, empty and full. Look at each after a change.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use driving::{Desk, seed};
use egui::{Key, Modifiers};
use egui_kittest::SnapshotResults;
use support::{LOOKS, Look};
use tresse_desktop::{app::Launch, i18n::Lang};
use tresse_engine::{Engine, PassphraseCost, Protection, Secret};

/// The pictures of one test.
struct Album(SnapshotResults);

impl Album {
    fn new() -> Self {
        Self(SnapshotResults::new())
    }

    /// Takes the picture of a place in each look; `make` opens a window, `go` brings it there.
    fn take(
        &mut self,
        name: &str,
        looks: &[Look],
        make: impl Fn(Look) -> Desk,
        go: impl Fn(&mut Desk),
    ) {
        for look in looks {
            let mut desk = make(*look);
            go(&mut desk);
            desk.harness.remove_cursor();
            desk.settle();
            desk.hide_machines();
            let name = format!("{name}-{}", look.name());
            self.0.add(desk.harness.try_snapshot(name));
        }
    }
}

fn full(look: Look) -> Desk {
    Desk::of_ana(look, |engine: &Engine| {
        seed::network(engine);
    })
}

fn new(look: Look) -> Desk {
    let mut desk = Desk::of_ana(look, |_| {});
    desk.click("Créer un réseau");
    desk.write("Nom du réseau", "Réseau des jardins");
    desk.click("Créer le réseau");
    desk
}

const TWO: &[Look] = &[LOOKS[0], LOOKS[3]];

#[test]
fn first_start() {
    let mut album = Album::new();
    album.take("start-welcome", &LOOKS, Desk::nobody, |_| {});
    album.0.unwrap();
}

/// A window on a profile that a passphrase protects.
fn locked(look: Look) -> Desk {
    locked_in(look, Lang::Fr)
}

fn locked_in(look: Look, lang: Lang) -> Desk {
    let dir = tempfile::tempdir().unwrap();
    let profile = dir.path().join("profile");
    let protection = Protection::Passphrase(Secret::new("sésame"), PassphraseCost::NEXT_TO_NOTHING);
    Engine::init(&profile, "Ana", "fr", &protection).unwrap();
    let launch = Launch {
        lang: Some(lang),
        ..driving::launch(&profile)
    };
    let mut desk = Desk::on(look, launch);
    desk.keep(dir);
    desk
}

#[test]
fn the_passphrase() {
    let mut album = Album::new();
    album.take("start-locked", &LOOKS, locked, |_| {});
    album.take("start-locked-wrong", TWO, locked, |desk| {
        desk.write("Phrase de passe", "sesame");
        desk.click("Ouvrir");
    });
    album.take("passphrase", TWO, locked, |desk| {
        desk.write("Phrase de passe", "sésame");
        desk.click("Ouvrir");
        desk.click("Réglages");
        desk.click("Changer ou enlever la phrase de passe");
    });
    album.take(
        "start-welcome-passphrase",
        &LOOKS[..1],
        Desk::nobody,
        |desk| {
            desk.write("Votre nom", "Ana Vasconcel");
            desk.write("Phrase de passe (facultative)", "trois mots ensemble");
            desk.click("Montrer la phrase de passe");
        },
    );
    album.0.unwrap();
}

#[test]
fn ways_to_a_network() {
    let mut album = Album::new();
    let ana = |look| Desk::of_ana(look, |_| {});
    album.take("start-ways", &LOOKS, ana, |_| {});
    album.take("start-create", &LOOKS, ana, |desk| {
        desk.click("Créer un réseau");
    });
    album.take("start-join", TWO, ana, |desk| {
        desk.click("Rejoindre un réseau");
        desk.write("Invitation", "ce n’est pas une invitation");
        desk.click("Rejoindre");
    });
    album.0.unwrap();
}

#[test]
fn home() {
    let mut album = Album::new();
    album.take("home", &LOOKS, full, |desk| {
        desk.until("what changed", |desk| {
            desk.reads("La charte") && desk.reads("Compte rendu de la rencontre de mai")
        });
    });
    album.take("home-new", TWO, new, |desk| {
        desk.until("what changed", |desk| desk.reads("L’identité du réseau"));
    });
    album.0.unwrap();
}

#[test]
fn charter() {
    let mut album = Album::new();
    album.take("charter", &LOOKS, full, |desk| desk.click("Charte"));
    album.take("charter-text", TWO, full, |desk| {
        desk.click("Charte");
        desk.click("Texte");
    });
    album.take("charter-new", TWO, new, |desk| desk.click("Charte"));
    album.0.unwrap();
}

#[test]
fn plan() {
    let mut album = Album::new();
    album.take("plan-table", &LOOKS, full, |desk| {
        desk.click("Plan d’action");
    });
    album.take("plan-board", &LOOKS, full, |desk| {
        desk.click("Plan d’action");
        desk.click("Par avancement");
    });
    album.take("plan-new", TWO, new, |desk| desk.click("Plan d’action"));
    album.0.unwrap();
}

#[test]
fn one_action() {
    let mut album = Album::new();
    album.take("plan-action", TWO, full, |desk| {
        desk.click("Plan d’action");
        desk.click("Ouvrir l’action « Trouver une salle chauffée pour l’hiver »");
    });
    album.0.unwrap();
}

#[test]
fn library() {
    let mut album = Album::new();
    album.take("library", &LOOKS, full, |desk| {
        desk.click("Bibliothèque");
        let page = "Ouvrir la page « Compte rendu de la rencontre de mai »";
        desk.until("the list", |desk| desk.has(page));
        desk.click(page);
    });
    album.take("library-list", TWO, full, |desk| {
        desk.click("Bibliothèque");
        let page = "Ouvrir la page « Compte rendu de la rencontre de mai »";
        desk.until("the list", |desk| desk.has(page));
    });
    album.take("library-new", TWO, new, |desk| desk.click("Bibliothèque"));
    album.0.unwrap();
}

#[test]
fn members() {
    let mut album = Album::new();
    album.take("members", &LOOKS, full, |desk| desk.click("Membres"));
    album.0.unwrap();
}

#[test]
fn dialogues() {
    let mut album = Album::new();
    album.take("invite", TWO, full, |desk| {
        desk.click("Charte");
        desk.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    });
    album.take("settings", TWO, full, |desk| {
        desk.click("Charte");
        desk.click("Réglages");
    });
    album.take("help", TWO, full, |desk| {
        desk.click("Charte");
        desk.click("Aide");
    });
    album.0.unwrap();
}

/// The least window that can be had, and what a large text leaves of a small screen.
const NARROW: Look = Look {
    dark: false,
    size: [720, 480],
};

#[test]
fn narrow_windows() {
    let mut album = Album::new();
    let narrow = &[NARROW];
    for (name, tab) in [
        ("narrow-charter", "Charte"),
        ("narrow-plan", "Plan d’action"),
        ("narrow-library", "Bibliothèque"),
        ("narrow-members", "Membres"),
    ] {
        album.take(name, narrow, full, |desk| {
            desk.click("Bibliothèque");
            let page = "Ouvrir la page « Compte rendu de la rencontre de mai »";
            desk.until("the list", |desk| desk.has(page));
            desk.click(tab);
        });
    }
    album.take("narrow-page", narrow, full, |desk| {
        desk.click("Bibliothèque");
        let page = "Ouvrir la page « Compte rendu de la rencontre de mai »";
        desk.until("the list", |desk| desk.has(page));
        desk.click(page);
        desk.click("Aperçu");
    });
    album.take("narrow-invite", narrow, full, |desk| {
        desk.click("Charte");
        desk.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    });
    album.0.unwrap();
}

#[test]
fn in_english() {
    let mut album = Album::new();
    let english = |look| {
        Desk::english(look, |engine: &Engine| {
            seed::network(engine);
        })
    };
    album.take("english-home", &LOOKS[..1], english, |desk| {
        desk.until("what changed", |desk| {
            desk.reads("The charter") && desk.reads("Compte rendu de la rencontre de mai")
        });
    });
    album.take("english-plan", &LOOKS[..1], english, |desk| {
        desk.click("Action plan");
    });
    album.take("english-members", &LOOKS[..1], english, |desk| {
        desk.click("Members");
    });
    let locked = |look| locked_in(look, Lang::En);
    album.take("english-locked", TWO, locked, |desk| {
        desk.write("Passphrase", "sesame");
        desk.click("Open");
    });
    album.take("english-passphrase", TWO, locked, |desk| {
        desk.write("Passphrase", "sésame");
        desk.click("Open");
        desk.click("Settings");
        desk.click("Change or remove the passphrase");
    });
    album.0.unwrap();
}
