//! What came in while members met, said in the line at the bottom; and the digest at one's own rhythm.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use driving::{Desk, open, seed};
use egui::{Key, Modifiers};
use egui_kittest::SnapshotResults;
use support::{LOOKS, Look, looking::picture};
use tresse_desktop::app::{Launch, notify::Notifications};
use tresse_engine::{
    Command, DigestCommand, Engine, QuietHours, Rhythm, TimeOfDay, model::NetworkId,
};

/// The digest comes at once and at any hour, or this would pass by day and fail by night.
fn at_once(desk: &Desk) {
    let command = DigestCommand::Set {
        rhythm: Some(Rhythm::AtOnce),
        at: None,
        quiet: Some(QuietHours {
            from: TimeOfDay::hour(0),
            to: TimeOfDay::hour(0),
        }),
    };
    desk.engine().call(Command::Digest(command)).unwrap();
}

/// Bo writes two pages while nobody hears it, then comes back.
fn bo_works_alone(desk: &Desk, bo: &Path, network: NetworkId) -> Engine {
    let engine = open(bo, None);
    for title in ["Compte rendu du 3 mars", "Idées pour l’automne"] {
        let page = Command::PageCreate {
            network,
            title: title.into(),
            tags: Vec::new(),
            text: None,
        };
        engine.call(page).unwrap();
    }
    engine.close();
    driving::comes_back(desk, bo)
}

#[test]
fn what_a_member_brings_is_said_without_interrupting_and_told_in_the_digest() {
    let dir = tempfile::tempdir().unwrap();
    let (ana, bo) = (dir.path().join("ana"), dir.path().join("bo"));
    driving::profile_of("Ana Vasconcel", &ana, |engine| {
        seed::network(engine);
    });
    let mut desk = Desk::on(Look::PLAIN, driving::on_loopback(&ana));
    let network = desk.engine().fresh_view().unwrap().networks[0].id;
    driving::bo_joins(&mut desk, &bo, network);
    let seen = Command::SeenMark {
        network,
        documents: Vec::new(),
    };
    desk.engine().call(seen).unwrap();
    desk.engine()
        .call(Command::Digest(DigestCommand::Arrived {}))
        .unwrap();
    at_once(&desk);
    desk.settle();
    desk.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::D);
    assert!(desk.reads("Rien de nouveau à vous dire pour l’instant."));
    desk.press(Modifiers::NONE, Key::Escape);

    let engine = bo_works_alone(&desk, &bo, network);
    let line = "Reçu de Bo Lindqvist : 2 documents";
    desk.until("it is said", |desk| desk.has(line));
    desk.until("it is told", |desk| desk.has("Synthèse (2)"));
    desk.click("Bibliothèque");
    desk.click(line);
    desk.until("it was read", |desk| !desk.has(line));
    assert!(desk.reads("Depuis votre dernière visite"));

    desk.click("Synthèse (2)");
    assert!(desk.reads("Vous la recevez au fur et à mesure, toutes les dix minutes au plus."));
    desk.click("Compte rendu du 3 mars");
    desk.until("it is open", |desk| {
        desk.value("Titre de la page") == "Compte rendu du 3 mars"
    });
    // What was opened is seen, and told no more.
    desk.until("one is left", |desk| desk.has("Synthèse (1)"));
    desk.click("Synthèse (1)");
    assert!(desk.reads("Idées pour l’automne"));
    desk.click("J’ai lu");
    desk.until("it is read", |desk| !desk.has("Synthèse (1)"));
    desk.click("Accueil");
    assert!(
        desk.reads("Idées pour l’automne"),
        "reading it is not seeing it"
    );
    engine.close();
}

#[test]
fn who_asked_for_it_is_notified_once_and_without_a_word_of_what_moved() {
    let dir = tempfile::tempdir().unwrap();
    let (ana, bo) = (dir.path().join("ana"), dir.path().join("bo"));
    driving::profile_of("Ana Vasconcel", &ana, |engine| {
        seed::network(engine);
    });
    let kept = Arc::new(Mutex::new(Vec::new()));
    let launch = Launch {
        notifications: Notifications::Kept(Arc::clone(&kept)),
        ..driving::on_loopback(&ana)
    };
    let mut desk = Desk::on(Look::PLAIN, launch);
    let network = desk.engine().fresh_view().unwrap().networks[0].id;
    driving::bo_joins(&mut desk, &bo, network);
    let seen = Command::SeenMark {
        network,
        documents: Vec::new(),
    };
    desk.engine().call(seen).unwrap();
    at_once(&desk);
    desk.press(Modifiers::COMMAND, Key::Comma);
    let notify = "Prévenir par une notification du système quand une synthèse est prête";
    desk.named(notify).scroll_to_me();
    desk.settle();
    desk.click(notify);
    desk.press(Modifiers::NONE, Key::Escape);
    // Ana looks at something else.
    desk.harness.input_mut().focused = false;

    let engine = bo_works_alone(&desk, &bo, network);
    desk.until("she is notified", |_| !kept.lock().unwrap().is_empty());
    desk.until("both are told", |desk| desk.has("Synthèse (2)"));
    let said = kept.lock().unwrap().clone();
    assert_eq!(said.len(), 1, "{said:?}");
    let said = said[0].as_str();
    assert!(said.contains("bougé dans un réseau"), "{said}");
    assert!(
        !said.contains("automne") && !said.contains("Sarvance"),
        "{said}"
    );
    engine.close();
}

#[test]
fn rhythm_hours_and_silence_are_chosen_from_the_settings() {
    let mut desk = Desk::of_ana(LOOKS[2], |engine| {
        seed::network(engine);
    });
    let network = desk.engine().fresh_view().unwrap().networks[0].id;
    desk.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::D);
    assert!(desk.reads("Vous la recevez une fois par jour, à partir de 08:00."));
    desk.press(Modifiers::NONE, Key::Escape);
    desk.press(Modifiers::COMMAND, Key::Comma);
    desk.click("Choisir le rythme…");
    desk.choose("Quand", "Le lundi");
    desk.choose("À partir de", "02:00");
    desk.choose("De", "01:00");
    desk.click("Lire et écrire en Sarvance");
    desk.click("Me parler de : Plan d’action");
    let settings = desk.engine().fresh_view().unwrap().digest.settings.clone();
    assert_eq!(settings.rhythm, Rhythm::Weekly);
    assert_eq!(settings.at, TimeOfDay::hour(2));
    assert_eq!(settings.quiet.unwrap().from, TimeOfDay::hour(1));
    let silent = &settings.networks[&network].silent;
    assert_eq!(
        silent.iter().collect::<Vec<_>>(),
        [&tresse_engine::Topic::Plan]
    );
    desk.click("Des heures calmes, sans synthèse");
    let settings = desk.engine().fresh_view().unwrap().digest.settings.clone();
    assert_eq!(settings.quiet, None);
}

#[test]
fn the_digest_in_pictures() {
    let mut pictures = SnapshotResults::new();
    for look in LOOKS {
        let mut desk = Desk::of_ana(look, |engine| {
            seed::network(engine);
        });
        desk.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::D);
        desk.click("Choisir le rythme…");
        desk.click("Lire et écrire en Sarvance");
        let name = format!("digest-rhythm-{}", look.name());
        pictures.add(picture(&mut desk.harness, &name));
    }
}
