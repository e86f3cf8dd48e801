//! Anything is reached by a few letters of its name, without a mouse.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use driving::{Desk, ask, invites, joins, on_loopback, profile_of, seed};
use egui::{Event, Key, Modifiers};
use egui_kittest::SnapshotResults;
use support::{LOOKS, Look};
use tresse_engine::{
    Command, Engine,
    model::{ItemId, NetworkId},
};

/// High enough for a whole page: only what is in sight can be clicked.
const HIGH: Look = Look {
    dark: false,
    size: [1024, 1600],
};

fn full(look: Look) -> Desk {
    Desk::of_ana(look, |engine: &Engine| {
        seed::network(engine);
    })
}

/// Opens « Aller à… » by its keys and types these letters, as a person at a keyboard does.
fn look_for(desk: &mut Desk, letters: &str) {
    desk.press(Modifiers::COMMAND, Key::K);
    desk.settle();
    desk.harness.event(Event::Text(letters.into()));
    desk.settle();
}

fn enter(desk: &mut Desk) {
    desk.press(Modifiers::NONE, Key::Enter);
    desk.settle();
}

#[test]
fn a_page_an_action_a_person_and_a_command_are_reached_by_keys_alone() {
    let mut desk = full(Look::PLAIN);
    look_for(&mut desk, "aller membres");
    enter(&mut desk);
    assert!(desk.has("Membres"));
    let page = desk.engine().view().networks[0].library.pages[0]
        .title
        .clone();
    look_for(&mut desk, &page.to_uppercase());
    enter(&mut desk);
    desk.until("the page is open", |desk| {
        !desk.engine().view().networks[0].open_pages.is_empty()
    });
    let action = desk.engine().view().networks[0].plan.content.actions[0]
        .title
        .clone();
    look_for(&mut desk, &action);
    enter(&mut desk);
    assert_eq!(desk.value("Action"), action);
}

#[test]
fn the_looks_of_the_network_and_of_its_plan_are_reached_by_keys_alone() {
    let mut desk = full(Look::PLAIN);
    for (letters, shows) in [
        ("vue d’ensemble", "Annuaire"),
        ("rôles", "Aucun retour pour le moment."),
        ("plan calendrier", "Chercher une action"),
    ] {
        look_for(&mut desk, letters);
        enter(&mut desk);
        desk.until(letters, |desk| desk.reads(shows) || desk.has(shows));
    }
    look_for(&mut desk, "historique de la charte");
    enter(&mut desk);
    desk.until("the past of the charter", |desk| {
        desk.reads("Ana Vasconcel")
    });
}

#[test]
fn what_the_plan_and_the_roles_hold_is_reached_by_keys_alone_from_any_network() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        let do_it = |command: Command| engine.call(command).unwrap();
        do_it(Command::OrientationAdd {
            network,
            title: "Aller vers les hameaux".into(),
            words: None,
        });
        do_it(Command::OwnObjectiveAdd {
            network,
            text: "Deux formatrices de plus à Sauvrelle".into(),
            objective: None,
        });
        do_it(Command::MandateGive {
            network,
            role: "treasurer".into(),
            holder: engine.fresh_view().unwrap().me.member,
            from: "2026-01-01".into(),
            to: Some("2093-01-01".into()),
        });
        do_it(Command::FeedbackAdd {
            network,
            text: "Deux réunions sans ordre du jour.".into(),
            thread: None,
        });
        let filter = serde_json::json!({
            "command": "filter.save", "network": network, "name": "Ce qui traîne", "status": "late",
        });
        do_it(serde_json::from_value(filter).unwrap());
        do_it(Command::NetworkCreate {
            name: "Réseau des rives".into(),
            template: None,
        });
    });
    for (letters, shows) in [
        ("hameaux", "Aller vers les hameaux"),
        ("formatrices sauvrelle", "Un objectif de ma structure"),
        ("trésorerie", "Passation : Trésorerie"),
        ("sans ordre du jour", "Votre réponse à Ana Vasconcel"),
        ("ce qui traîne", "Chercher une action"),
    ] {
        desk.click("Réseau des rives");
        look_for(&mut desk, letters);
        enter(&mut desk);
        desk.until(letters, |desk| desk.reads(shows) || desk.has(shows));
    }
    look_for(&mut desk, "donner un rôle");
    enter(&mut desk);
    assert!(desk.has("Donner ce rôle"));
    desk.press(Modifiers::NONE, Key::Escape);
    look_for(&mut desk, "ajouter un lien");
    enter(&mut desk);
    assert!(desk.has("Créer le lien"));
}

#[test]
fn arrows_choose_and_escape_leaves_everything_as_it_was() {
    let mut desk = full(Look::PLAIN);
    look_for(&mut desk, "aller");
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::ArrowDown);
    enter(&mut desk);
    assert!(desk.reads("Plan d’action") && desk.has("Chercher une action"));
    look_for(&mut desk, "bibliothèque");
    desk.press(Modifiers::NONE, Key::Escape);
    desk.settle();
    assert!(desk.has("Chercher une action"));
}

#[test]
fn a_quick_enter_does_nothing_and_no_key_leads_away_from_what_is_being_written() {
    let mut desk = full(Look::PLAIN);
    look_for(&mut desk, "");
    let before = desk.engine().view().networks[0].undo;
    enter(&mut desk);
    assert_eq!(desk.engine().view().networks[0].undo, before);
    desk.press(Modifiers::NONE, Key::Escape);
    desk.settle();

    desk.click("Bibliothèque");
    desk.press(Modifiers::COMMAND, Key::N);
    desk.write("Titre de la page", "Ce que nous avons appris");
    for key in [Key::K, Key::Num1, Key::Comma] {
        desk.press(Modifiers::COMMAND, key);
    }
    assert_eq!(desk.value("Titre de la page"), "Ce que nous avons appris");
}

#[test]
fn words_that_no_name_bears_are_looked_for_in_the_texts_of_all_networks() {
    let mut desk = full(Look::PLAIN);
    look_for(&mut desk, "zzzz introuvable");
    desk.until("nothing is found", |desk| {
        desk.reads("Rien ne porte ce nom, et aucun texte ne contient ces mots.")
    });
    desk.press(Modifiers::NONE, Key::Escape);

    let elsewhere: NetworkId = ask(
        desk.engine(),
        Command::NetworkCreate {
            name: "Ailleurs".into(),
            template: None,
        },
        "network",
    );
    let page: String = ask(
        desk.engine(),
        Command::PageCreate {
            network: elsewhere,
            title: "Trace".into(),
            tags: Vec::new(),
            text: Some("On y parle d’un belvédère.".into()),
        },
        "page",
    );
    desk.until("the network is there", |desk| desk.has("Ailleurs"));
    look_for(&mut desk, "belveder");
    desk.until("its text is found", |desk| desk.reads("d’un belvédère."));
    enter(&mut desk);
    desk.until("the page is open", |desk| {
        let view = desk.engine().view();
        let open = view.network(&elsewhere).map(|net| &net.open_pages);
        open.is_some_and(|open| open.iter().any(|one| one.id.to_string() == page))
    });
}

/// What Bo wrote is told from what Ana wrote, today's from yesterday's, minutes from pages; all by keys.
#[test]
fn texts_are_narrowed_by_who_wrote_them_when_and_what_they_are_by_keys_alone() {
    let dir = tempfile::tempdir().unwrap();
    let (mine, bo) = (dir.path().join("ana"), dir.path().join("bo"));
    let mut network = None;
    profile_of("Ana Vasconcel", &mine, |engine| {
        network = Some(seed::network(engine));
    });
    let network = network.unwrap();
    let mut desk = Desk::on(Look::PLAIN, on_loopback(&mine));
    desk.keep(dir);
    let page = |title: &str, text: &str| Command::PageCreate {
        network,
        title: title.into(),
        tags: Vec::new(),
        text: Some(text.into()),
    };
    let own = page("Le gué d’Ana", "On traverse au belvédère.");
    desk.engine().call(own).unwrap();
    let ticket = invites(desk.engine(), network, 1);
    let engine = joins("Bo Lindqvist", &bo, &ticket, network);
    let his = page("Le pont de Bo", "Tout se voit du belvédère.");
    engine.call(his).unwrap();
    desk.until("what Bo wrote is here", |desk| {
        let view = desk.engine().view();
        let pages = &view.network(&network).unwrap().library.pages;
        pages.iter().any(|page| page.title == "Le pont de Bo")
    });
    engine.close();

    look_for(&mut desk, "belvedere");
    desk.until("both are found", |desk| {
        desk.text_from("Le gué d’Ana —").is_some() && desk.text_from("Le pont de Bo —").is_some()
    });
    // The next key stop after the letters shows the filters and goes to the name.
    desk.press(Modifiers::NONE, Key::Tab);
    desk.press(Modifiers::NONE, Key::Space);
    desk.harness.event(Event::Text("lindq".into()));
    desk.until("Bo's alone is found", |desk| {
        desk.text_from("Le gué d’Ana —").is_none() && desk.text_from("Le pont de Bo —").is_some()
    });
    desk.write("Dernière main (un nom)", " ");
    desk.write("Jusqu’au", "1/1/2001");
    desk.until("nothing is that old", |desk| {
        desk.reads("Aucun texte ne contient ces mots avec ces filtres.")
    });
    desk.write("Jusqu’au", " ");
    desk.write("Depuis le", "aujourd’hui");
    desk.until("both are of today", |desk| {
        desk.text_from("Le gué d’Ana —").is_some() && desk.text_from("Le pont de Bo —").is_some()
    });
    desk.choose("Nature", "Rencontre");
    desk.until("no minutes have it", |desk| {
        desk.reads("Aucun texte ne contient ces mots avec ces filtres.")
    });
    desk.press(Modifiers::NONE, Key::Escape);
    desk.settle();
    look_for(&mut desk, "belvedere pont");
    desk.until("nothing is narrowed any more", |desk| !desk.has("Nature"));
}

/// Six hundred actions: the window lays out what is in sight and nothing more.
#[test]
fn of_many_actions_only_what_is_in_sight_is_laid_out() {
    let mut desk = Desk::of_ana(Look::PLAIN, |engine| {
        let network: NetworkId = ask(
            engine,
            Command::NetworkCreate {
                name: "Grand réseau".into(),
                template: None,
            },
            "network",
        );
        for number in 0..600 {
            let _: ItemId = ask(
                engine,
                seed::action(network, format!("Semer la planche {number}")),
                "action",
            );
        }
    });
    look_for(&mut desk, "semer");
    let rows = (0..600).filter(|number| desk.has(&format!("Semer la planche {number}")));
    let rows = rows.count();
    assert!((5..40).contains(&rows), "{rows} rows");
    desk.press(Modifiers::NONE, Key::Escape);
    look_for(&mut desk, "planche 599");
    enter(&mut desk);
    assert_eq!(desk.value("Action"), "Semer la planche 599");
}

#[test]
fn the_way_to_everything_in_pictures() {
    let mut pictures = SnapshotResults::new();
    for look in [LOOKS[0], LOOKS[1], LOOKS[2]] {
        let mut desk = full(look);
        look_for(&mut desk, "");
        pictures.add(
            desk.harness
                .try_snapshot(format!("palette-{}", look.name())),
        );
    }
    let mut desk = Desk::english(LOOKS[3], |engine| {
        seed::network(engine);
    });
    look_for(&mut desk, "pa");
    pictures.add(desk.harness.try_snapshot("palette-english-dark-1600"));
    for look in [LOOKS[0], LOOKS[3]] {
        let mut desk = full(look);
        look_for(&mut desk, "carte");
        desk.until("a text is found", |desk| {
            desk.reads("La carte des ateliers sera prête")
        });
        let name = format!("palette-texts-{}", look.name());
        pictures.add(desk.harness.try_snapshot(name));
    }
    pictures.unwrap();
}
