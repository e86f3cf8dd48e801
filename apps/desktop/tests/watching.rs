//! The watch in the window, driven by the names that a person finds on it.
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
    Engine, WatchCommand, WatchView,
    model::{ItemId, NetworkId},
};

/// High enough for the whole item: only what is in sight can be clicked.
const HIGH: Look = Look {
    dark: false,
    size: [1280, 1200],
};

fn add(
    engine: &Engine,
    network: NetworkId,
    (title, on): (&str, &str),
    (summary, link): (&str, &str),
    tags: &[&str],
) -> ItemId {
    let add = WatchCommand::Add {
        network,
        title: title.into(),
        summary: Some(summary.into()),
        link: Some(link.into()),
        on: Some(on.into()),
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
    };
    ask(engine, add.into(), "watch")
}

/// A network with a few things seen over two years, two of them to be read again.
fn seen(engine: &Engine) {
    let network = seed::network(engine);
    add(
        engine,
        network,
        (
            "Illettrisme : un guide pour repérer sans blesser",
            "2025-10-20",
        ),
        (
            "Vingt pages, des phrases toutes prêtes, et trois exercices à faire en équipe.",
            "https://savoirs.example/guide-reperage.pdf",
        ),
        &["illettrisme", "outils"],
    );
    let threshold = add(
        engine,
        network,
        (
            "Marché public : le seuil change en janvier 2027",
            "2026-06-15",
        ),
        (
            "En dessous du nouveau seuil, trois devis suffisent. Nos achats groupés passeraient dessous.",
            "https://commande.example/seuils-2027",
        ),
        &["achats", "droit"],
    );
    add(
        engine,
        network,
        (
            "Droit de la formation : ce que la réforme dit des petites structures",
            "2026-09-21",
        ),
        ("", "https://formation.example/reforme"),
        &["droit", "formation"],
    );
    let charter = add(
        engine,
        network,
        ("Un réseau voisin publie sa charte d’accueil", "2026-11-12"),
        ("Une page, lisible par quelqu’un qui arrive.", ""),
        &["outils"],
    );
    let items = vec![threshold, charter];
    let again = WatchCommand::Unread { network, items };
    engine.call(again.into()).unwrap();
}

fn watch(desk: &Desk) -> std::sync::Arc<WatchView> {
    let view = desk.engine().fresh_view().unwrap();
    std::sync::Arc::clone(&view.networks[0].watch)
}

fn open(look: Look) -> Desk {
    let mut desk = Desk::of_ana(look, seen);
    desk.click("Veille");
    desk
}

#[test]
fn what_was_seen_is_noted_in_one_line_and_then_more_is_said_of_it() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    desk.click("Veille");
    assert!(desk.reads("Ce que le réseau voit au-dehors"));
    desk.write("Qu’avez-vous vu ?", "https://exemple.org/decret");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("it is in the list", |desk| {
        desk.has("Ouvrir « https://exemple.org/decret »")
    });
    desk.click("Ouvrir « https://exemple.org/decret »");
    assert_eq!(desk.value("Lien"), "https://exemple.org/decret");
    assert!(desk.has("Ouvrir le lien"));
    desk.write("En une ligne", "Un décret");
    desk.press(Modifiers::NONE, Key::Tab);
    desk.write("Résumé", "Il change nos seuils.");
    desk.press(Modifiers::NONE, Key::Tab);
    desk.write("Ajouter une étiquette", "droit");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("all is kept", |desk| {
        let view = watch(desk);
        let item = &view.items[0].item;
        item.title == "Un décret"
            && item.summary == "Il change nos seuils."
            && item.tags == ["droit"]
    });

    // What is no address of the web is kept as it is, and not opened.
    desk.write("Lien", "file:///etc/passwd");
    desk.press(Modifiers::NONE, Key::Tab);
    desk.until("it is kept", |desk| {
        watch(desk).items[0].item.link == "file:///etc/passwd"
    });
    assert!(!desk.has("Ouvrir le lien"));
    assert!(desk.reads("Seules les adresses qui commencent par"));

    desk.click("Retirer de la veille");
    desk.until("it is gone", |desk| !desk.has("Ouvrir « Un décret »"));
    desk.click("Remettre");
    desk.until("it is back", |desk| desk.has("Ouvrir « Un décret »"));
}

#[test]
fn what_i_have_yet_to_read_is_told_apart_and_read_once_opened() {
    let mut desk = open(HIGH);
    let charter = "Ouvrir « Un réseau voisin publie sa charte d’accueil »";
    assert!(desk.has(&format!("{charter}, non lu")));
    desk.click("Non lus (2)");
    assert!(!desk.has("Ouvrir « Illettrisme : un guide pour repérer sans blesser »"));
    desk.click(&format!("{charter}, non lu"));
    // It stays in sight while it is open.
    desk.until("it is read", |desk| desk.has(charter));
    assert_eq!(watch(&desk).unread, 1);
    desk.click("À relire");
    desk.until("it is to be read again", |desk| watch(desk).unread == 2);
    desk.click("Tout marquer comme lu");
    desk.until("all is read", |desk| watch(desk).unread == 0);
    desk.click("Non lus (0)");
    desk.click("Filtrer par « droit » (2)");
    assert!(!desk.has(charter));
    assert!(desk.has("Ouvrir « Marché public : le seuil change en janvier 2027 »"));
    desk.write("Chercher dans la veille", "REFORME petites");
    assert!(!desk.has("Ouvrir « Marché public : le seuil change en janvier 2027 »"));
    desk.write("Chercher dans la veille", "introuvable");
    assert!(desk.reads("Rien dans la veille ne correspond"));
    desk.click("Tout afficher");
    assert!(desk.has(charter));
}

#[test]
fn a_line_of_the_minutes_becomes_a_watch_item_and_both_lead_to_each_other() {
    let mut desk = driving::at_a_line(HIGH, "- Le département prépare un appel\n");
    desk.click("Faire un point de veille");
    desk.until("it says what it became", |desk| {
        desk.has("Ouvrir le point de veille")
    });
    assert_eq!(watch(&desk).items.len(), 1);
    desk.click("Ouvrir le point de veille");
    assert_eq!(
        desk.value("En une ligne"),
        "Le département prépare un appel"
    );
    desk.click("Né de la rencontre « Comité »");
    desk.until("the meeting is back", |desk| desk.has("Trace"));
}

#[test]
fn the_keyboard_comes_by_everything_and_a_few_letters_lead_to_an_item() {
    let mut desk = open(HIGH);
    desk.click("Ouvrir « Illettrisme : un guide pour repérer sans blesser »");
    let names = looking::names_by_tab(&mut desk.harness, 70);
    for name in [
        "Qu’avez-vous vu ?",
        "Ajouter à la veille",
        "Chercher dans la veille",
        "Non lus (2)",
        "Filtrer par « droit » (2)",
        "Ouvrir « Marché public : le seuil change en janvier 2027 », non lu",
        "En une ligne",
        "À relire",
        "Historique",
        "Retirer de la veille",
        "Lien",
        "Ouvrir le lien",
        "Résumé",
        "Retirer l’étiquette « outils »",
        "Ajouter une étiquette",
    ] {
        assert!(names.iter().any(|one| one == name), "{name} in {names:?}");
    }
    desk.press(Modifiers::COMMAND, Key::Num1);
    desk.press(Modifiers::COMMAND, Key::K);
    desk.write(
        "Une commande, une page, une action, une personne…",
        "seuil change",
    );
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("it is open", |desk| {
        desk.has("En une ligne")
            && desk.value("En une ligne") == "Marché public : le seuil change en janvier 2027"
    });
    desk.until("and read", |desk| watch(desk).unread == 1);
    desk.press(Modifiers::COMMAND, Key::Num1);
    desk.press(Modifiers::COMMAND, Key::Num9);
    desk.press(Modifiers::COMMAND, Key::N);
    desk.until("one can write at once", |desk| {
        desk.named("Qu’avez-vous vu ?").is_focused()
    });
}

#[test]
fn the_past_of_a_year_tells_who_added_what_and_what_they_changed() {
    let mut desk = open(HIGH);
    desk.click("Ouvrir « Illettrisme : un guide pour repérer sans blesser »");
    desk.click("Historique");
    desk.until("what was added is told", |desk| {
        desk.reads("Point de veille « ")
    });
}

#[test]
fn the_watch_in_pictures() {
    let mut pictures = SnapshotResults::new();
    for look in LOOKS {
        let mut desk = open(look);
        pictures.add(picture(
            &mut desk.harness,
            &format!("watch-list-{}", look.name()),
        ));
        desk.click("Ouvrir « Illettrisme : un guide pour repérer sans blesser »");
        pictures.add(picture(
            &mut desk.harness,
            &format!("watch-{}", look.name()),
        ));
    }
    for look in [LOOKS[0], LOOKS[3]] {
        let mut desk = Desk::of_ana(look, |engine| {
            seed::network(engine);
        });
        desk.click("Veille");
        pictures.add(picture(
            &mut desk.harness,
            &format!("watch-new-{}", look.name()),
        ));
    }
    let mut desk = Desk::english(LOOKS[0], seen);
    desk.click("Watch");
    pictures.add(picture(&mut desk.harness, "english-watch-light-1024"));
}
