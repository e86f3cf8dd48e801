//! Resources in the window, driven by the names that a person finds on them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use driving::{Desk, ask, seed};
use egui::{Key, Modifiers};
use egui_kittest::SnapshotResults;
use support::{
    LOOKS, Look,
    looking::{self, picture},
};
use tresse_engine::{
    Engine, ResourceCommand, ResourceRow, ResourcesView,
    model::{ItemId, NetworkId, ResourceKind, Side},
};

/// High enough for the whole resource: only what is in sight can be clicked.
const HIGH: Look = Look {
    dark: false,
    size: [1280, 1400],
};

const LAPTOPS: &str = "Douze ordinateurs portables";
const ROOM: &str = "Salle chauffée à Trémoire, vingt places";
const SHELTER: &str = "Un abri pour remettre la remorque en état";

fn add(
    engine: &Engine,
    network: NetworkId,
    (name, side, kind): (&str, Side, ResourceKind),
    (description, place, conditions): (&str, &str, &str),
    answers: Option<ItemId>,
) -> ItemId {
    let add = ResourceCommand::Add {
        network,
        name: name.into(),
        side,
        kind,
        member: None,
        organisation: Some("Centre de formation de Sauvrelle".into()),
        description: Some(description.into()),
        place: Some(place.into()),
        conditions: Some(conditions.into()),
        answers,
        tags: vec!["ateliers".into()],
    };
    ask(engine, add.into(), "resource")
}

fn lend(
    engine: &Engine,
    network: NetworkId,
    resource: ItemId,
    (from, until): (&str, &str),
    purpose: &str,
) -> ItemId {
    let lend = ResourceCommand::Lend {
        network,
        resource,
        borrower: None,
        from: Some(from.into()),
        until: Some(until.into()),
        purpose: Some(purpose.into()),
    };
    ask(engine, lend.into(), "loan")
}

/// A network with a few things offered, one of them lent twice for the same days, and a need with an answer. Its days are long past or
/// far off.
fn shared(engine: &Engine) {
    let network = seed::network(engine);
    let room = add(
        engine,
        network,
        (ROOM, Side::Offered, ResourceKind::Room),
        (
            "Tables mobiles, tableau blanc, cuisine à côté.",
            "Trémoire, derrière la mairie",
            "Prévenir quatre jours avant ; ranger les tables.",
        ),
        None,
    );
    lend(
        engine,
        network,
        room,
        ("2020-10-05", "2020-10-05"),
        "Entretiens",
    );
    lend(
        engine,
        network,
        room,
        ("2094-12-08", "2094-12-09"),
        "Session sur la conduite de réunion",
    );
    let laptops = add(
        engine,
        network,
        (LAPTOPS, Side::Offered, ResourceKind::Equipment),
        (
            "Réparés, en français, avec souris et chargeurs.",
            "À Sauvrelle",
            "Trois semaines au plus. Rendre chargés.",
        ),
        None,
    );
    let back = lend(
        engine,
        network,
        laptops,
        ("2020-09-07", "2020-09-18"),
        "Enquête",
    );
    let back = ResourceCommand::GiveBack {
        network,
        resource: laptops,
        loan: back,
        on: Some("2020-09-17".into()),
        off: false,
    };
    engine.call(back.into()).unwrap();
    lend(
        engine,
        network,
        laptops,
        ("2024-11-02", "2094-11-20"),
        "Atelier de lecture sur écran",
    );
    lend(
        engine,
        network,
        laptops,
        ("2094-11-19", "2094-11-27"),
        "Initiation au tableur",
    );
    let need = add(
        engine,
        network,
        (SHELTER, Side::Needed, ResourceKind::Room),
        ("Trois samedis, une prise de courant.", "Vers Montaubre", ""),
        None,
    );
    add(
        engine,
        network,
        (
            "Un coin de l’atelier, le samedi matin",
            Side::Offered,
            ResourceKind::Room,
        ),
        ("Établi, étau.", "Montaubre", ""),
        Some(need),
    );
}

fn shelf(desk: &Desk) -> std::sync::Arc<ResourcesView> {
    let view = desk.engine().fresh_view().unwrap();
    std::sync::Arc::clone(&view.networks[0].resources)
}

fn row(desk: &Desk, name: &str) -> ResourceRow {
    let view = shelf(desk);
    let found = view.resources.iter().find(|row| row.resource.name == name);
    found.unwrap_or_else(|| panic!("no « {name} »")).clone()
}

fn open(look: Look) -> Desk {
    let mut desk = Desk::of_ana(look, shared);
    desk.click("Ressources");
    desk
}

/// What a resource of the list is called, with how it stands.
fn listed(name: &str, side: &str, stands: &str) -> String {
    format!("Ouvrir « {name} », {side}, {stands}")
}

#[test]
fn what_one_offers_is_written_in_one_line_described_lent_and_given_back() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    desk.click("Ressources");
    assert!(desk.reads("Ce que les membres se prêtent"));
    desk.write("Que pouvez-vous proposer ?", "Remorque bâchée");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("it is open", |desk| {
        desk.has("Ce que c’est, en une ligne")
            && desk.value("Ce que c’est, en une ligne") == "Remorque bâchée"
    });
    assert!(desk.has(&listed("Remorque bâchée", "Proposé", "Libre")));
    desk.write("Lieu", "Le hangar");
    desk.press(Modifiers::NONE, Key::Tab);
    desk.write("Conditions d’utilisation", "La rendre vide.");
    desk.press(Modifiers::NONE, Key::Tab);
    desk.write("Ajouter une étiquette", "transport");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("all is kept", |desk| {
        let one = row(desk, "Remorque bâchée").resource;
        one.place == "Le hangar" && one.conditions == "La rendre vide." && one.tags == ["transport"]
    });

    desk.click("Prêter ou réserver");
    desk.write("Du", "2020-03-01");
    desk.write("Jusqu’au", "2020-02-01");
    assert!(desk.reads("La fin serait avant le début"));
    desk.write("Jusqu’au", "bientôt");
    assert!(desk.reads("Écrivez un jour"));
    desk.write("Jusqu’au", "2020-03-05");
    desk.write("Pour quoi", "Fête du fleuve");
    desk.click("Noter le prêt");
    desk.until("it is lent", |desk| {
        let loans = row(desk, "Remorque bâchée").loans;
        loans.len() == 1 && loans[0].late && loans[0].loan.purpose == "Fête du fleuve"
    });
    let late = listed(
        "Remorque bâchée",
        "Proposé",
        "À rendre depuis le 5 mars 2020",
    );
    assert!(desk.has(&late));

    // It waits for whoever has it, on their first page too.
    desk.press(Modifiers::COMMAND, Key::Num1);
    desk.click("Rendre « Remorque bâchée », attendu depuis le 5 mars 2020");
    desk.click("C’est rendu : Ana Vasconcel");
    desk.until("it is back", |desk| row(desk, "Remorque bâchée").is_free());
    desk.click("Pas encore rendu");
    desk.until("it is not, after all", |desk| {
        row(desk, "Remorque bâchée").loans[0].late
    });

    desk.click("Retirer cette ressource");
    desk.until("it is gone", |desk| shelf(desk).resources.is_empty());
    desk.click("Remettre");
    desk.until("it is back with its loan", |desk| {
        row(desk, "Remorque bâchée").loans.len() == 1
    });
}

#[test]
fn a_need_is_written_answered_by_whoever_can_help_and_met() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    desk.click("Ressources");
    desk.click("Je cherche");
    desk.write("De quoi avez-vous besoin ?", "Un vidéoprojecteur");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("it is open", |desk| desk.has("Je peux aider"));
    assert!(desk.reads("Personne n’a encore répondu"));
    assert!(!desk.has("Prêter ou réserver"), "a need is not lent");
    desk.click("Je peux aider");
    desk.until("the offer is open", |desk| {
        desk.has("Répond au besoin « Un vidéoprojecteur »")
    });
    assert!(desk.has("Prêter ou réserver"));
    desk.click("Répond au besoin « Un vidéoprojecteur »");
    desk.until("the need says so", |desk| {
        desk.has("Un vidéoprojecteur · Ana Vasconcel")
    });
    desk.click("Le besoin est satisfait");
    desk.until("it is met", |desk| shelf(desk).open_needs == 0);
    assert!(!desk.has("Je peux aider"));
    desk.click("Le besoin est de nouveau ouvert");
    desk.until("it is open again", |desk| shelf(desk).open_needs == 1);
}

#[test]
fn two_loans_of_the_same_days_are_told_and_one_of_them_is_moved() {
    let mut desk = open(HIGH);
    desk.click(&listed(LAPTOPS, "Proposé", "Prêté jusqu’au 20 nov. 2094"));
    assert!(desk.reads("Deux prêts se chevauchent : les deux restent notés"));
    let second = "Ana Vasconcel, du 19 nov. 2094 au 27 nov. 2094";
    desk.click(&format!("Modifier le prêt : {second}"));
    assert_eq!(desk.value("Du"), "19 novembre 2094");
    desk.write("Du", "21 novembre 2094");
    desk.write("Pour quoi", "Initiation au tableur, un groupe");
    desk.click("Enregistrer");
    desk.until("they are apart", |desk| {
        let row = row(desk, LAPTOPS);
        !row.overlaps() && row.loans[0].loan.purpose == "Initiation au tableur, un groupe"
    });
    assert!(!desk.reads("Deux prêts se chevauchent"));
    desk.click("Retirer le prêt : Ana Vasconcel, du 21 nov. 2094 au 27 nov. 2094");
    desk.until("it is gone", |desk| row(desk, LAPTOPS).loans.len() == 2);
    desk.click("Remettre");
    desk.until("it is back", |desk| row(desk, LAPTOPS).loans.len() == 3);
}

#[test]
fn the_list_is_looked_through_by_side_sort_words_and_by_what_is_free() {
    let mut desk = open(HIGH);
    let laptops = listed(LAPTOPS, "Proposé", "Prêté jusqu’au 20 nov. 2094");
    let room = listed(ROOM, "Proposé", "Libre ; réservé à partir du 8 déc. 2094");
    let shelter = listed(SHELTER, "Recherché", "1 réponse");
    for name in [&laptops, &room, &shelter] {
        assert!(desk.has(name), "{name}");
    }
    desk.click("Recherché (1)");
    assert!(desk.has(&shelter) && !desk.has(&room));
    desk.click("Proposé (3)");
    assert!(!desk.has(&shelter) && desk.has(&room) && desk.has(&laptops));
    desk.click("Libre aujourd’hui (2)");
    assert!(desk.has(&room) && !desk.has(&laptops));
    desk.click("Filtrer par « Matériel » (1)");
    assert!(desk.reads("Aucune ressource ne correspond"));
    desk.click("Tout afficher");
    desk.write("Chercher dans les ressources", "TABLEUR sauvrelle");
    assert!(desk.has(&laptops) && !desk.has(&room));
}

#[test]
fn the_keyboard_comes_by_everything_and_a_few_letters_lead_to_a_resource() {
    let mut desk = open(HIGH);
    desk.click(&listed(LAPTOPS, "Proposé", "Prêté jusqu’au 20 nov. 2094"));
    let names = looking::names_by_tab(&mut desk.harness, 90);
    for name in [
        "Je propose",
        "Que pouvez-vous proposer ?",
        "Ajouter une ressource",
        "Chercher dans les ressources",
        "Libre aujourd’hui (2)",
        "Filtrer par « Salle » (3)",
        &listed(SHELTER, "Recherché", "1 réponse"),
        "Ce que c’est, en une ligne",
        "Historique",
        "Retirer cette ressource",
        "Lieu",
        "Description",
        "Conditions d’utilisation",
        "Retirer l’étiquette « ateliers »",
        "Prêter ou réserver",
        "C’est rendu : Ana Vasconcel",
    ] {
        assert!(names.iter().any(|one| one == name), "{name} in {names:?}");
    }
    desk.press(Modifiers::COMMAND, Key::Num1);
    desk.press(Modifiers::COMMAND, Key::K);
    desk.write(
        "Une commande, une page, une action, une personne…",
        "salle chauffee",
    );
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("it is open", |desk| {
        desk.has("Ce que c’est, en une ligne") && desk.value("Ce que c’est, en une ligne") == ROOM
    });
    desk.press(Modifiers::COMMAND, Key::Num1);
    desk.press(Modifiers::COMMAND, Key::Num0);
    desk.press(Modifiers::COMMAND, Key::N);
    desk.until("one can write at once", |desk| {
        desk.named("Que pouvez-vous proposer ?").is_focused()
    });
}

#[test]
fn the_past_tells_who_offered_what_and_when_it_was_lent() {
    let mut desk = open(HIGH);
    desk.click(&listed(LAPTOPS, "Proposé", "Prêté jusqu’au 20 nov. 2094"));
    desk.click("Historique");
    desk.until("what was added is told", |desk| {
        desk.reads("Ressource « ") || desk.reads("Prêt « ")
    });
}

#[test]
fn resources_in_pictures() {
    let mut pictures = SnapshotResults::new();
    for look in LOOKS {
        let mut desk = open(look);
        pictures.add(picture(
            &mut desk.harness,
            &format!("resources-list-{}", look.name()),
        ));
        desk.click(&listed(LAPTOPS, "Proposé", "Prêté jusqu’au 20 nov. 2094"));
        pictures.add(picture(
            &mut desk.harness,
            &format!("resources-{}", look.name()),
        ));
    }
    for look in [LOOKS[0], LOOKS[3]] {
        let mut desk = Desk::of_ana(look, |engine| {
            seed::network(engine);
        });
        desk.click("Ressources");
        pictures.add(picture(
            &mut desk.harness,
            &format!("resources-new-{}", look.name()),
        ));
    }
    let mut desk = open(HIGH);
    desk.click(&listed(SHELTER, "Recherché", "1 réponse"));
    pictures.add(picture(&mut desk.harness, "resources-need-light-1280"));
    desk.click(&listed(LAPTOPS, "Proposé", "Prêté jusqu’au 20 nov. 2094"));
    desk.click("Prêter ou réserver");
    // Today stands there, which is another day tomorrow.
    desk.write("Du", "1/12/2094");
    pictures.add(picture(&mut desk.harness, "resources-lending-light-1280"));
    let mut desk = Desk::english(LOOKS[0], shared);
    desk.click("Resources");
    pictures.add(picture(&mut desk.harness, "english-resources-light-1024"));
}
