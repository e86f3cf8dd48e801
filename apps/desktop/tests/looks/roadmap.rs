//! The roadmap, as a person goes through it.

use egui::{Key, Modifiers};
use egui_kittest::SnapshotResults;
use tresse_desktop::i18n::Lang;

use super::{
    driving::Desk,
    stage,
    support::{LOOKS, Look},
};

/// High enough for everything: only what is in sight can be clicked.
const HIGH: Look = Look {
    dark: false,
    size: [1024, 1800],
};

fn open(look: Look) -> Desk {
    let mut desk = stage::plan(look);
    desk.click("Feuille de route");
    desk
}

const READ: &str = "Que personne ne reste seul face à l’écrit";

#[test]
fn orientations_are_written_reworded_and_carried_out_by_objectives_under_them() {
    let mut desk = open(HIGH);
    desk.write("Nouvelle orientation", "Savoir s’arrêter");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("the orientation", |desk| desk.reads("Savoir s’arrêter"));
    // An objective under it, from its own button.
    desk.click("Ajouter un objectif à « Savoir s’arrêter »");
    desk.write("Nouvel objectif", "Fermer un réseau qui a fini");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("the objective", |desk| {
        desk.has("Modifier l’objectif « Fermer un réseau qui a fini »")
    });
    let plan = desk.engine().fresh_view().unwrap().networks[0].plan.clone();
    let last = plan.content.orientations.last().unwrap();
    let made = plan.content.objectives.last().unwrap();
    assert_eq!(made.orientation, Some(last.id));
    // Reworded in place.
    desk.click("Reformuler l’orientation « Savoir s’arrêter »");
    desk.write("Ce que l’on entend par là", "Un réseau n’est pas éternel.");
    desk.press(Modifiers::NONE, Key::Tab);
    desk.until("the words", |desk| {
        let plan = desk.engine().fresh_view().unwrap().networks[0].plan.clone();
        plan.content.orientations.last().unwrap().words == "Un réseau n’est pas éternel."
    });
    // Moved under another, from the menu.
    desk.click("Déplacer l’objectif « Fermer un réseau qui a fini »");
    desk.click("Faire ensemble ce que seul on fait mal");
    desk.until("it has moved", |desk| {
        let plan = desk.engine().fresh_view().unwrap().networks[0].plan.clone();
        let made = plan.content.objectives.last().unwrap();
        made.orientation == Some(plan.content.orientations[1].id)
    });
    // Removed and brought back; what carried it out stays.
    desk.click("Mettre à la corbeille l’orientation « Savoir s’arrêter »");
    desk.until("it is gone", |desk| {
        !desk.has("Reformuler l’orientation « Savoir s’arrêter »")
    });
    desk.click("Remettre");
    desk.until("it is back", |desk| {
        desk.has("Reformuler l’orientation « Savoir s’arrêter »")
    });
}

#[test]
fn a_measure_is_added_with_its_day_and_the_indicator_moves() {
    let mut desk = open(HIGH);
    assert!(desk.reads("de 0 à 327 personnes, visé 400 personnes"));
    desk.click(&format!("Modifier l’objectif « {READ} »"));
    let of = "Personnes reçues au moins une fois";
    // Without a value nothing is sent; a day that is none stays as it was typed.
    desk.click(&format!("Ajouter la mesure à « {of} »"));
    assert!(desk.reads("Écrivez d’abord ce qui a été mesuré"));
    desk.write(&format!("Mesure de « {of} »"), "352");
    desk.write(&format!("Jour de la mesure de « {of} »"), "bientôt");
    desk.click(&format!("Ajouter la mesure à « {of} »"));
    assert_eq!(
        desk.value(&format!("Jour de la mesure de « {of} »")),
        "bientôt"
    );
    desk.write(&format!("Jour de la mesure de « {of} »"), "10/5/2090");
    desk.write(&format!("Remarque sur la mesure de « {of} »"), "à mi-mai");
    desk.click(&format!("Ajouter la mesure à « {of} »"));
    desk.until("the measure", |desk| desk.reads("à mi-mai"));
    assert!(desk.reads("4 mesures"));
    desk.click(&format!("Modifier l’objectif « {READ} »"));
    assert!(desk.reads("de 0 à 352 personnes"));
}

#[test]
fn an_objective_says_that_it_is_late_and_leads_to_its_actions() {
    let mut desk = open(HIGH);
    assert!(desk.reads("En retard"));
    desk.click("Voir les actions de « Venir en formation sans voiture »");
    desk.until("its actions", |desk| {
        desk.has("Ouvrir l’action « Mener quarante entretiens »")
    });
    assert!(!desk.has("Ouvrir l’action « Écrire la fiche d’orientation »"));
}

#[test]
fn the_roadmap_in_pictures() {
    let mut pictures = SnapshotResults::new();
    let mut take = |mut desk: Desk, name: String| {
        desk.harness.remove_cursor();
        desk.settle();
        pictures.add(desk.harness.try_snapshot(name));
    };
    for look in LOOKS {
        take(open(look), format!("roadmap-{}", look.name()));
    }
    for look in [LOOKS[0], LOOKS[3]] {
        let mut desk = open(look);
        desk.click(&format!("Modifier l’objectif « {READ} »"));
        take(desk, format!("roadmap-open-{}", look.name()));
        let mut desk = stage::bare(look);
        desk.click("Feuille de route");
        take(desk, format!("roadmap-new-{}", look.name()));
    }
    let mut desk = stage::desk(LOOKS[0], Lang::En, |engine| {
        stage::network(engine);
    });
    desk.click("Action plan");
    desk.click("Roadmap");
    take(desk, "english-roadmap-light-1024".to_owned());
}
