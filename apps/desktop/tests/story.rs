//! The window as a person uses it, from the first start on.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use driving::Desk;
use egui::{Key, Modifiers};
use std::sync::Arc;

use support::Look;
use tresse_desktop::app::Launch;
use tresse_engine::{
    Engine, MemoryKeyring, PassphraseCost, Protection, Secret, SlotKind, model::Status,
};

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
    assert_eq!(action.owners, [view.me.member]);

    // Undo, twice, wherever one is.
    desk.press(Modifiers::COMMAND, Key::Z);
    desk.click("Annuler ma dernière modification");
    let view = desk.engine().fresh_view().unwrap();
    let action = &view.networks[0].plan.content.actions[0];
    assert_eq!((action.owners.len(), action.status), (0, Status::Todo));
    desk.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    let view = desk.engine().fresh_view().unwrap();
    assert_eq!(
        view.networks[0].plan.content.actions[0].status,
        Status::Doing
    );

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

#[test]
fn a_page_is_made_written_undone_found_and_thrown_away() {
    let mut desk = Desk::of_ana(Look::PLAIN, |engine| {
        driving::seed::network(engine);
    });
    desk.click("Bibliothèque");
    desk.click("Nouvelle page");
    desk.write("Titre de la page", "Visite chez Driss");
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.value("Titre de la page"), "Visite chez Driss");

    // The text has the keyboard already.
    desk.write("Texte", "Nous avons vu l’atelier vélo.");
    let body = |desk: &Desk| {
        let view = desk.engine().fresh_view().unwrap();
        view.networks[0].open_pages[0].content.body.to_string()
    };
    assert_eq!(body(&desk), "Nous avons vu l’atelier vélo.");
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(body(&desk), "");
    desk.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(body(&desk), "Nous avons vu l’atelier vélo.");

    desk.write("Ajouter une étiquette", "visite");
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(desk.has("Retirer l’étiquette « visite »"));
    assert!(desk.has("Filtrer par « visite » (1)"));

    // The engine searches texts, whatever the accents.
    desk.write("Chercher dans les pages", "VELO");
    desk.until("the page is found", |desk| {
        desk.has("Ouvrir la page « Visite chez Driss »")
            && !desk.has("Ouvrir la page « Bilan du forum de Pont-d’Ourve »")
    });
    desk.write("Chercher dans les pages", "introuvable");
    desk.until("nothing is found", |desk| {
        desk.reads("Aucune page ne correspond.")
    });
    desk.click("Tout afficher");

    desk.click("Mettre la page à la corbeille");
    assert!(desk.reads("Cette page est dans la corbeille."));
    assert!(!desk.has("Ouvrir la page « Visite chez Driss »"));
    desk.click("Remettre");
    assert!(desk.has("Ouvrir la page « Visite chez Driss »"));
}

#[test]
fn the_charters_text_is_written_and_taken_back() {
    let mut desk = Desk::of_ana(Look::PLAIN, |engine| {
        driving::seed::network(engine);
    });
    desk.click("Charte");
    desk.click("Texte");
    desk.write("Texte", "Tout est à refaire.");
    let text = |desk: &Desk| {
        let view = desk.engine().fresh_view().unwrap();
        view.networks[0].charter.content.body.to_string()
    };
    assert_eq!(text(&desk), "Tout est à refaire.");
    desk.click("Annuler ma dernière modification");
    assert!(
        text(&desk).starts_with("# Charte du réseau"),
        "{}",
        text(&desk)
    );
}

#[test]
fn a_line_that_must_say_something_is_never_sent_empty() {
    let mut desk = Desk::of_ana(Look::PLAIN, |engine| {
        driving::seed::network(engine);
    });
    desk.click("Charte");
    let was = desk.value("Valeur 1");
    desk.write("Valeur 1", "x");
    desk.press(Modifiers::NONE, Key::Backspace);
    desk.press(Modifiers::NONE, Key::Tab);
    assert_eq!(desk.value("Valeur 1"), "x");
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.value("Valeur 1"), was);
    assert!(!desk.reads("ne peut pas rester vide"));
}

#[test]
fn a_profile_that_another_window_holds_says_so_and_opens_once_it_is_free() {
    let dir = tempfile::tempdir().unwrap();
    let profile = dir.path().join("profile");
    let open = tresse_engine::Protection::Open;
    tresse_engine::Engine::init(&profile, "Ana", "fr", &open).unwrap();
    let other = tresse_engine::Engine::open(&profile, tresse_engine::Options::default()).unwrap();
    let mut desk = Desk::on(Look::PLAIN, driving::launch(&profile));
    assert!(desk.reads("Tresse est déjà ouvert sur ces données."));
    other.close();
    desk.click("Réessayer");
    assert!(desk.reads("Bonjour Ana"));
}

#[test]
fn each_bad_ticket_says_what_is_wrong_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let ticket: String = {
        let profile = dir.path().join("bo");
        let mut ticket = String::new();
        driving::profile_of("Bo", &profile, |engine| {
            let network = driving::seed::network(engine);
            let command = tresse_engine::Command::InviteCreate {
                network,
                uses: 1,
                expires_in: 3600,
            };
            ticket = driving::ask(engine, command, "ticket");
        });
        ticket
    };
    let profile = dir.path().join("ana");
    driving::profile_of("Ana", &profile, |_| {});
    let mut desk = Desk::on(Look::PLAIN, driving::on_loopback(&profile));
    desk.click("Rejoindre un réseau");
    let half = &ticket[..ticket.len() / 2];
    let swapped = {
        let middle = ticket.len() / 2;
        let other = if ticket.as_bytes()[middle] == b'a' {
            "b"
        } else {
            "a"
        };
        format!("{}{other}{}", &ticket[..middle], &ticket[middle + 1..])
    };
    for (text, said) in [
        ("bonjour", "Ce texte n’est pas une invitation Tresse."),
        (half, "Il manque la fin de cette invitation."),
        (&swapped, "Cette invitation est abîmée"),
    ] {
        desk.write("Invitation", text);
        desk.click("Rejoindre");
        assert!(desk.reads(said), "{said}\n{:?}", desk.harness);
    }
    // A good one, when nobody is there, is kept trying.
    desk.write("Invitation", &ticket);
    desk.click("Rejoindre");
    assert!(desk.reads("Tresse cherche un membre joignable."));
}

#[test]
fn undo_in_a_text_that_is_not_sent_yet_takes_back_letters_not_edits() {
    let mut desk = Desk::of_ana(Look::PLAIN, |engine| {
        driving::seed::network(engine);
    });
    desk.click("Plan d’action");
    let field = "Territoire : Imprimer des affiches";
    desk.harness.set_size(egui::vec2(1700.0, 900.0));
    desk.settle();
    desk.write(field, "Sauvrelle");
    desk.write("Nouvelle action", "Brouillon");
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.value(field), "Sauvrelle");
    assert_ne!(desk.value("Nouvelle action"), "Brouillon");
    // In the field of a document, what was written there is taken back.
    desk.named(field).focus();
    desk.settle();
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.value(field), "");
}

#[test]
fn every_place_is_reached_by_keys_alone() {
    let mut desk = Desk::of_ana(Look::PLAIN, |engine| {
        driving::seed::network(engine);
    });
    for (key, title) in [
        (Key::Num2, "Valeurs partagées"),
        (Key::Num3, "7 actions"),
        (Key::Num4, "Choisissez une page"),
        (Key::Num5, "Ma fiche dans ce réseau"),
        (Key::Num1, "Finalités"),
    ] {
        desk.press(Modifiers::COMMAND, key);
        assert!(desk.reads(title), "{title}");
    }
    desk.press(Modifiers::NONE, Key::F1);
    assert!(desk.reads("Raccourcis du clavier"));
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(!desk.reads("Raccourcis du clavier"));
    // A new action, from anywhere, without the mouse.
    desk.press(Modifiers::COMMAND, Key::N);
    desk.harness.event(egui::Event::Text("Au clavier".into()));
    desk.settle();
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.value("Action : Au clavier"), "Au clavier");
    // Tab goes on from one thing to the next, and each shows that it has the keyboard.
    let mut met = std::collections::HashSet::new();
    for _ in 0..60 {
        desk.press(Modifiers::NONE, Key::Tab);
        met.insert(desk.harness.ctx.memory(egui::Memory::focused));
    }
    assert!(met.len() > 40, "{}", met.len());
}

#[test]
fn a_card_is_moved_by_dragging_it_or_by_its_menu() {
    let mut desk = Desk::of_ana(Look::PLAIN, |engine| {
        driving::seed::network(engine);
    });
    desk.click("Plan d’action");
    desk.click("Par avancement");
    let status = |desk: &Desk, title: &str| {
        let view = desk.engine().fresh_view().unwrap();
        let actions = &view.networks[0].plan.content.actions;
        actions
            .iter()
            .find(|action| action.title == title)
            .unwrap()
            .status
    };
    let title = "Écrire la fiche d’orientation";
    let card = desk.named(&format!("Ouvrir l’action « {title} »")).rect();
    let there = desk
        .named("Ouvrir l’action « Trouver une salle chauffée pour l’hiver »")
        .rect();
    desk.harness.hover_at(card.center());
    desk.harness.drag_at(card.center());
    desk.harness
        .hover_at(card.center() + egui::vec2(40.0, 20.0));
    desk.harness
        .hover_at(there.center() + egui::vec2(0.0, 150.0));
    desk.harness.run();
    desk.harness
        .drop_at(there.center() + egui::vec2(0.0, 150.0));
    desk.settle();
    assert_eq!(status(&desk, title), Status::Blocked);

    desk.click(&format!("Déplacer « {title} »"));
    desk.click("En cours");
    assert_eq!(status(&desk, title), Status::Doing);
}

/// A profile that this passphrase opens, at next to no cost.
fn locked(dir: &std::path::Path, passphrase: &str) -> std::path::PathBuf {
    let profile = dir.join("profile");
    let protection =
        Protection::Passphrase(Secret::new(passphrase), PassphraseCost::NEXT_TO_NOTHING);
    Engine::init(&profile, "Ana", "fr", &protection).unwrap();
    profile
}

#[test]
fn a_passphrase_chosen_at_the_first_start_is_asked_at_the_next() {
    let dir = tempfile::tempdir().unwrap();
    let profile = dir.path().join("profile");
    let mut desk = Desk::on(Look::PLAIN, driving::launch(&profile));
    assert!(desk.reads("qui utilise cet ordinateur"));
    desk.write("Votre nom", "Ana");
    desk.write("Phrase de passe (facultative)", "trois mots ensemble");
    assert!(desk.reads("Elle sera demandée à chaque ouverture."));
    desk.click("Commencer");
    assert!(desk.reads("Bonjour Ana"));
    assert_eq!(desk.engine().protection(), [SlotKind::Passphrase]);
    drop(desk);

    let mut desk = Desk::on(Look::PLAIN, driving::launch(&profile));
    assert!(desk.reads("Vos données sont fermées"));
    assert!(!desk.reads("Ana"));
    desk.write("Phrase de passe", "trois mots");
    desk.click("Ouvrir");
    assert!(desk.reads("Ce n’est pas la bonne phrase de passe."));
    assert_eq!(desk.value("Phrase de passe"), "");
    assert!(desk.named("Phrase de passe").is_focused());
    desk.write("Phrase de passe", "trois mots ensemble");
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(desk.reads("Bonjour Ana"));
}

#[test]
fn a_passphrase_is_changed_and_taken_away_by_somebody_who_knows_it() {
    let dir = tempfile::tempdir().unwrap();
    let profile = locked(dir.path(), "ancienne");
    let mut desk = Desk::on(Look::PLAIN, driving::launch(&profile));
    desk.write("Phrase de passe", "ancienne");
    desk.click("Ouvrir");
    desk.click("Réglages");
    assert!(desk.reads("Une phrase de passe les protège."));
    desk.click("Changer ou enlever la phrase de passe");
    desk.write("Phrase de passe actuelle", "autre chose");
    desk.write("Nouvelle phrase de passe", "nouvelle");
    desk.click("Enregistrer");
    assert!(desk.reads("Ce n’est pas la bonne phrase de passe."));
    desk.write("Phrase de passe actuelle", "ancienne");
    desk.click("Enregistrer");
    assert!(desk.reads("C’est fait."));
    let try_it = |desk: &Desk, word: &str| desk.engine().is_passphrase(&Secret::new(word));
    try_it(&desk, "nouvelle").unwrap();
    assert!(try_it(&desk, "ancienne").is_err());

    desk.click("Changer ou enlever la phrase de passe");
    assert!(desk.reads("qui utilise cet ordinateur"));
    desk.write("Phrase de passe actuelle", "nouvelle");
    desk.click("L’enlever");
    assert_eq!(desk.engine().protection(), [SlotKind::Open]);
    assert!(desk.reads("Pas de phrase de passe"));
    desk.click("Choisir une phrase de passe");
    desk.write("Nouvelle phrase de passe", "la dernière");
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.engine().protection(), [SlotKind::Passphrase]);
}

#[test]
fn where_a_keyring_answers_nothing_is_asked() {
    let dir = tempfile::tempdir().unwrap();
    let profile = dir.path().join("profile");
    let keyring = Arc::new(MemoryKeyring::default());
    let launch = || Launch {
        keyring: Some(Arc::<MemoryKeyring>::clone(&keyring)),
        ..driving::launch(&profile)
    };
    let mut desk = Desk::on(Look::PLAIN, launch());
    assert!(desk.reads("le trousseau de cet ordinateur protège vos données"));
    desk.write("Votre nom", "Ana");
    desk.click("Commencer");
    assert_eq!(desk.engine().protection(), [SlotKind::Keyring]);
    desk.click("Réglages");
    assert!(desk.reads("Le trousseau de cet ordinateur les protège"));
    desk.click("Choisir une phrase de passe");
    desk.write("Nouvelle phrase de passe", "pour les jours sans trousseau");
    desk.click("Enregistrer");
    let both = [SlotKind::Passphrase, SlotKind::Keyring];
    assert_eq!(desk.engine().protection(), both);
    drop(desk);

    let desk = Desk::on(Look::PLAIN, launch());
    assert!(desk.reads("Bonjour Ana"));
    drop(desk);
    keyring.lose_all();
    let desk = Desk::on(Look::PLAIN, launch());
    assert!(desk.reads("Vos données sont fermées"));
}

#[test]
fn a_relay_of_ones_own_is_set_in_the_settings_and_what_is_no_address_stays_there_to_be_mended() {
    let mut desk = Desk::of_ana(Look::PLAIN, |_| {});
    let relay = |desk: &Desk| desk.engine().fresh_view().unwrap().me.relay.clone();
    desk.click("Réglages");
    desk.write("Relais", "relais de Bo");
    desk.press(Modifiers::NONE, Key::Tab);
    assert!(desk.reads("Ce n’est pas l’adresse d’un relais"));
    assert_eq!(desk.value("Relais"), "relais de Bo");
    assert_eq!(relay(&desk), None);

    desk.write("Relais", "https://relais.example.org");
    desk.press(Modifiers::NONE, Key::Tab);
    assert_eq!(relay(&desk).as_deref(), Some("https://relais.example.org/"));
    assert!(!desk.reads("Ce n’est pas l’adresse d’un relais"));

    // Who passes by no internet needs no relay: the field is not there.
    desk.click("Passer par internet quand c’est possible");
    assert!(!desk.has("Relais"));
    desk.click("Passer par internet quand c’est possible");
    desk.write("Relais", " ");
    desk.press(Modifiers::NONE, Key::Tab);
    assert_eq!(relay(&desk), None);
}
