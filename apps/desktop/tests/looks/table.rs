//! The table and the board: headings, several actions at once, and cards moved by keys.

use egui::{Key, Modifiers};
use egui_kittest::SnapshotResults;
use tresse_engine::model::Status;

use super::{
    driving::Desk,
    stage,
    support::{LOOKS, Look},
};

const SHEET: &str = "Écrire la fiche d’orientation";
const TRY: &str = "Essayer la fiche dans trois permanences";
const GIVE: &str = "Rendre la fiche au réseau";

fn status(desk: &Desk, title: &str) -> Status {
    stage::action(desk, title).status
}

#[test]
fn several_actions_are_changed_in_one_step_and_taken_back_in_one() {
    let mut desk = stage::plan(Look::PLAIN);
    desk.click("Tableau");
    desk.click(&format!("Choisir « {SHEET} »"));
    // With shift: all up to there.
    desk.named(&format!("Choisir « {GIVE} »"))
        .click_modifiers(Modifiers::SHIFT);
    desk.settle();
    assert!(desk.reads("3 choisies"));
    desk.click("Avancement");
    desk.click("Faite");
    desk.until("all are done", |desk| {
        [SHEET, TRY, GIVE]
            .iter()
            .all(|title| status(desk, title) == Status::Done)
    });
    desk.press(Modifiers::COMMAND, Key::Z);
    desk.until("all are as they were", |desk| {
        status(desk, SHEET) == Status::Doing && status(desk, GIVE) == Status::Todo
    });
    // A day for all; one that is none is said to be none.
    desk.click("Échéance");
    desk.write("Nouvelle échéance", "bientôt");
    assert!(desk.reads("Écrivez une date comme 24/11/2026"));
    desk.write("Nouvelle échéance", "30/6/2090");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("all are due then", |desk| {
        [SHEET, TRY, GIVE]
            .iter()
            .all(|title| stage::action(desk, title).due == "2090-06-30")
    });
    desk.press(Modifiers::NONE, Key::Escape);
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(!desk.reads("3 choisies"));
    // Everything that is shown, by keys.
    desk.press(Modifiers::COMMAND, Key::A);
    assert!(desk.reads("9 choisies"));
}

#[test]
fn the_table_stands_under_headings() {
    let mut desk = stage::plan(Look::PLAIN);
    desk.click("Tableau");
    desk.choose("Regrouper", "Par objectif");
    assert!(desk.reads("Que personne ne reste seul face à l’écrit · 4"));
    desk.choose("Regrouper", "Par responsable");
    assert!(desk.reads("Ana Vasconcel · 4"));
    assert!(desk.reads("Personne · 5"));
}

#[test]
fn a_filter_is_saved_asked_again_renamed_and_removed() {
    let mut desk = stage::plan(Look::PLAIN);
    desk.click("Tableau");
    desk.choose("Filtrer par avancement", "En cours");
    desk.choose("Regrouper", "Par groupe de travail");
    desk.click("Filtres enregistrés");
    desk.write("Nom du filtre", "Ce qui avance");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("it is saved", |desk| {
        desk.has("Appliquer le filtre « Ce qui avance »")
    });
    desk.press(Modifiers::NONE, Key::Escape);
    desk.click("Tout afficher");
    desk.choose("Regrouper", "Non groupé");
    assert!(desk.has(&format!("Ouvrir l’action « {TRY} »")));
    desk.click("Filtres enregistrés");
    desk.click("Appliquer le filtre « Ce qui avance »");
    assert!(!desk.has(&format!("Ouvrir l’action « {TRY} »")));
    assert!(desk.reads("Savoirs de base · 2"));
    desk.click("Filtres enregistrés");
    desk.click("Renommer le filtre « Ce qui avance »");
    desk.write("Nouveau nom du filtre « Ce qui avance »", "En route");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("its name", |desk| {
        desk.has("Appliquer le filtre « En route »")
    });
    desk.click("Retirer le filtre « En route »");
    desk.until("it is gone", |desk| {
        !desk.has("Appliquer le filtre « En route »")
    });
    assert!(
        desk.engine().fresh_view().unwrap().networks[0]
            .filters
            .is_empty()
    );
}

#[test]
fn a_card_goes_to_the_column_beside_by_keys() {
    let mut desk = stage::plan(LOOKS[2]);
    desk.click("Par avancement");
    let card = format!("Ouvrir l’action « {SHEET} »");
    desk.named(&card).focus();
    desk.settle();
    desk.press(Modifiers::ALT, Key::ArrowRight);
    desk.until("it waits", |desk| status(desk, SHEET) == Status::Blocked);
    desk.named(&card).focus();
    desk.settle();
    desk.press(Modifiers::ALT, Key::ArrowLeft);
    desk.until("it goes on", |desk| status(desk, SHEET) == Status::Doing);
}

#[test]
fn the_table_in_pictures() {
    let mut pictures = SnapshotResults::new();
    for look in [LOOKS[0], LOOKS[3]] {
        let mut desk = stage::plan(look);
        desk.click("Tableau");
        desk.choose("Regrouper", "Par objectif");
        desk.click(&format!("Choisir « {SHEET} »"));
        desk.click(&format!("Choisir « {TRY} »"));
        desk.harness.remove_cursor();
        desk.settle();
        pictures.add(
            desk.harness
                .try_snapshot(format!("table-chosen-{}", look.name())),
        );
    }
}
