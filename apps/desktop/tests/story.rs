//! The window as a person uses it, from the first start on.

mod driving;
mod support;

use driving::Desk;
use egui::{Key, Modifiers};
use support::Look;
use tresse_engine::model::Status;

#[test]
fn a_newcomer_gives_a_name_creates_a_network_and_fills_it() {
    let mut desk = Desk::nobody(Look::PLAIN);
    assert!(desk.reads("Bienvenue"));
    desk.write("Votre nom", "Ana Vasconcel");
    desk.click("Commencer");

    assert!(desk.reads("Bonjour Ana Vasconcel"));
    desk.click("Créer un réseau");
    desk.write("Nom du réseau", "Lire en Sarvance");
    desk.click("Partager des pratiques");
    desk.click("Créer le réseau");
    assert!(desk.reads("Lire en Sarvance"));
    assert!(desk.reads("Pour bien commencer"));

    // The charter.
    desk.click("Charte");
    desk.write("Nouvelle valeur", "Une personne, une voix");
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.value("Valeur 1"), "Une personne, une voix");
    desk.write("Comment on décide", "Par consentement.");
    let view = desk.engine().fresh_view().unwrap();
    let network = &view.networks[0];
    assert_eq!(network.home.network.kind, "share-practice");
    assert_eq!(network.charter.content.decision_rule, "Par consentement.");

    // The plan.
    desk.click("Plan d’action");
    desk.write("Nouvelle action", "Dresser la carte des ateliers");
    desk.press(Modifiers::NONE, Key::Enter);
    let row = "Dresser la carte des ateliers";
    assert_eq!(desk.value(&format!("Action : {row}")), row);
    desk.write(&format!("Échéance : {row}"), "1/3/2031");
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.value(&format!("Échéance : {row}")), "1er mars 2031");
    desk.choose(&format!("Avancement : {row}"), "En cours");
    desk.choose(&format!("Responsable : {row}"), "Ana Vasconcel");
    let view = desk.engine().fresh_view().unwrap();
    let action = &view.networks[0].plan.content.actions[0];
    assert_eq!(action.due, "2031-03-01");
    assert_eq!(action.status, Status::Doing);
    assert_eq!(action.owner, Some(view.me.member));

    // Undo, twice, wherever one is.
    desk.press(Modifiers::COMMAND, Key::Z);
    desk.click("Annuler ma dernière modification");
    let view = desk.engine().fresh_view().unwrap();
    let action = &view.networks[0].plan.content.actions[0];
    assert_eq!((action.owner, action.status), (None, Status::Todo));
    desk.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    let view = desk.engine().fresh_view().unwrap();
    assert_eq!(view.networks[0].plan.content.actions[0].status, Status::Doing);

    // An invitation, with its code.
    desk.click("Membres");
    desk.click("Inviter");
    desk.click("Créer l’invitation");
    assert!(desk.value("Texte de l’invitation").len() > 40);
    assert!(desk.reads("Code carré de l’invitation"));
    desk.click("Terminé");
    assert!(desk.reads("1 invitation ouverte"));
    assert!(desk.reads("Enregistré"));
}
