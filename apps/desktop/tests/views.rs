//! Every view in pictures: light and dark, on a small and a large screen, empty and full. Look at each after a change.

mod driving;
mod support;

use driving::{Desk, seed};
use egui_kittest::SnapshotResults;
use support::{LOOKS, Look};
use tresse_engine::Engine;

/// Takes the picture of a place in every look, on one profile.
fn pictures(name: &str, looks: &[Look], make: impl Fn(Look) -> Desk, go: impl Fn(&mut Desk)) {
    let mut results = SnapshotResults::new();
    for look in looks {
        let mut desk = make(*look);
        go(&mut desk);
        desk.harness.remove_cursor();
        desk.settle();
        results.add(desk.harness.try_snapshot(format!("{name}-{}", look.name())));
    }
    results.unwrap();
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
    pictures("start-welcome", &LOOKS, Desk::nobody, |_| {});
}

#[test]
fn ways_to_a_network() {
    let ana = |look| Desk::of_ana(look, |_| {});
    pictures("start-ways", &LOOKS, ana, |_| {});
    pictures("start-create", &LOOKS, ana, |desk| desk.click("Créer un réseau"));
    pictures("start-join", TWO, ana, |desk| {
        desk.click("Rejoindre un réseau");
        desk.write("Invitation", "ce n’est pas une invitation");
        desk.click("Rejoindre");
    });
}

#[test]
fn home() {
    pictures("home", &LOOKS, full, |_| {});
    pictures("home-new", TWO, new, |_| {});
}

#[test]
fn charter() {
    pictures("charter", &LOOKS, full, |desk| desk.click("Charte"));
    pictures("charter-text", &LOOKS[..1], full, |desk| {
        desk.click("Charte");
        desk.click("Texte");
    });
    pictures("charter-new", TWO, new, |desk| desk.click("Charte"));
}

#[test]
fn plan() {
    pictures("plan-table", &LOOKS, full, |desk| desk.click("Plan d’action"));
    pictures("plan-board", &LOOKS, full, |desk| {
        desk.click("Plan d’action");
        desk.click("Par avancement");
    });
    pictures("plan-objectives", &LOOKS, full, |desk| {
        desk.click("Plan d’action");
        desk.click("Objectifs");
    });
    pictures("plan-new", TWO, new, |desk| desk.click("Plan d’action"));
}

#[test]
fn one_action() {
    pictures("plan-action", TWO, full, |desk| {
        desk.click("Plan d’action");
        desk.click("Ouvrir l’action « Trouver une salle chauffée pour l’hiver »");
    });
}

#[test]
fn library() {
    pictures("library", &LOOKS, full, |desk| {
        desk.click("Bibliothèque");
        desk.click("Ouvrir la page « Compte rendu de la rencontre de mai »");
    });
    pictures("library-list", TWO, full, |desk| desk.click("Bibliothèque"));
    pictures("library-new", TWO, new, |desk| desk.click("Bibliothèque"));
}

#[test]
fn members() {
    pictures("members", &LOOKS, full, |desk| desk.click("Membres"));
}

#[test]
fn dialogues() {
    pictures("invite", TWO, full, |desk| {
        desk.click("Membres");
        desk.click("Inviter");
    });
    pictures("settings", TWO, full, |desk| desk.click("Réglages"));
    pictures("help", TWO, full, |desk| desk.click("Aide"));
}
