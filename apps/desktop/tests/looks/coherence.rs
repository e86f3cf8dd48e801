//! Objectives of organisations, as a person writes and links theirs.

use egui::{Key, Modifiers};
use egui_kittest::SnapshotResults;
use tresse_desktop::i18n::Lang;

use super::{
    driving::Desk,
    stage,
    support::{LOOKS, Look},
};

fn open(look: Look) -> Desk {
    let mut desk = stage::plan(look);
    desk.click("Cohérence");
    desk
}

#[test]
fn my_objective_is_written_linked_and_then_served() {
    let mut desk = open(Look::PLAIN);
    assert!(desk.reads("2 objectifs de structures ; 1 que rien ne sert encore"));
    assert!(desk.reads("Relié à aucun objectif du réseau"));
    desk.click("Seulement ce que rien ne sert");
    assert!(!desk.has("Voir l’objectif « Que personne ne reste seul face à l’écrit »"));
    // Only one is left: its field can be named.
    desk.choose(
        "Objectif du réseau qui le sert",
        "Venir en formation sans voiture",
    );
    desk.until("all is served", |desk| {
        desk.reads("Tout ce que cherchent les structures est servi")
    });
    desk.write("Un objectif de ma structure", "Former nos bénévoles");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("mine", |desk| desk.has("Retirer « Former nos bénévoles »"));
    // Linked to what nobody works on yet, it is still not served.
    desk.choose(
        "Objectif du réseau qui le sert",
        "Un réseau lisible, qui s’évalue",
    );
    desk.until("why", |desk| {
        desk.reads("Relié, mais aucune action n’y travaille")
    });
    desk.click("Voir l’objectif « Un réseau lisible, qui s’évalue »");
    desk.until("the roadmap", |desk| {
        desk.has("Modifier l’objectif « Un réseau lisible, qui s’évalue »")
    });
}

#[test]
fn coherence_in_pictures() {
    let mut pictures = SnapshotResults::new();
    let mut take = |mut desk: Desk, name: String| {
        desk.harness.remove_cursor();
        desk.settle();
        pictures.add(desk.harness.try_snapshot(name));
    };
    for look in [LOOKS[0], LOOKS[3]] {
        take(open(look), format!("coherence-{}", look.name()));
        let mut desk = stage::bare(look);
        desk.click("Cohérence");
        take(desk, format!("coherence-new-{}", look.name()));
    }
    let mut desk = stage::desk(LOOKS[0], Lang::En, |engine| {
        stage::network(engine);
    });
    desk.click("Action plan");
    desk.click("Coherence");
    take(desk, "english-coherence-light-1024".to_owned());
}
