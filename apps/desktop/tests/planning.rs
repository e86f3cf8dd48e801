//! An action with all that it may hold, in the window.
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
use support::{LOOKS, Look};
use tresse_engine::{Command, Engine, model::ItemId};

/// High enough for the whole dialogue: only what is in sight can be clicked.
const HIGH: Look = Look {
    dark: false,
    size: [1024, 1400],
};

/// An action of a working group, which another waits for.
fn full(engine: &Engine) {
    let network = seed::network(engine);
    let group: ItemId = ask(
        engine,
        Command::GroupAdd {
            network,
            name: "Accueil et affiches".into(),
            remit: None,
            start: None,
            planned_end: None,
        },
        "group",
    );
    let action: ItemId = ask(
        engine,
        Command::ActionAdd {
            network,
            title: "Tenir le panneau d’affichage".into(),
            objective: None,
            owner: None,
            due: Some("2093-01-31".into()),
            territory: Some("Sauvrelle".into()),
            status: None,
            group: None,
            working_group: Some(group),
            start: Some("2093-01-01".into()),
            effort: Some("2 h".into()),
            every: Some("monthly".into()),
            territory_scale: Some("town".into()),
        },
        "action",
    );
    for text in ["Décrocher ce qui est passé", "Demander les dates à venir"] {
        let text = text.to_owned();
        engine
            .call(Command::CheckAdd {
                network,
                action,
                text,
            })
            .unwrap();
    }
    let other: ItemId = ask(
        engine,
        seed::action(network, "Imprimer des affiches qui tiennent dehors".into()),
        "action",
    );
    engine
        .call(Command::ActionDepend {
            network,
            action,
            on: other,
            off: false,
        })
        .unwrap();
}

const ACTION: &str = "Ouvrir l’action « Tenir le panneau d’affichage »";

fn opened(look: Look) -> Desk {
    let mut desk = Desk::of_ana(look, full);
    desk.click("Plan d’action");
    desk.until("the row", |desk| desk.has(ACTION));
    desk.click(ACTION);
    desk
}

#[test]
fn all_that_an_action_holds_is_filled_in_and_taken_out_again() {
    let mut desk = opened(HIGH);
    // Who does it.
    desk.choose("Ajouter un responsable", "Ana Vasconcel");
    desk.until("it is hers", |desk| {
        desk.has("Retirer Ana Vasconcel des responsables")
    });
    desk.click("Retirer Ana Vasconcel des responsables");
    desk.until("nobody's", |desk| {
        !desk.has("Retirer Ana Vasconcel des responsables")
    });
    // How much work, and how often.
    assert_eq!(desk.value("Charge de travail"), "2 h");
    assert!(desk.reads("Prochaine fois : 31 janvier 2093"));
    desk.click("Faite cette fois");
    desk.until("the next time", |desk| {
        desk.reads("Prochaine fois : 28 février 2093")
    });
    assert!(desk.reads("Déjà faite 1 fois"));
    // What it waits for.
    let waits = "Ne plus attendre « Imprimer des affiches qui tiennent dehors »";
    desk.click(waits);
    desk.until("it waits for nothing", |desk| !desk.has(waits));
    desk.write("Chercher l’action à attendre", "tiennent");
    desk.click("Imprimer des affiches qui tiennent dehors");
    desk.until("it waits", |desk| desk.has(waits));
    // Its parts.
    desk.write("Nouvel élément, puis Entrée", "Punaiser le reste");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("the part", |desk| desk.has("Fait : Punaiser le reste"));
    desk.click("Fait : Punaiser le reste");
    desk.click("Retirer « Punaiser le reste »");
    desk.until("it is out", |desk| !desk.has("Fait : Punaiser le reste"));
    // What makes no sense is refused in words, and nothing is lost.
    desk.write("Charge de travail", "beaucoup");
    desk.until("the refusal", |desk| {
        desk.reads("Une charge de travail s’écrit en heures")
    });
    desk.time_goes_on(60.0);
    assert_eq!(desk.value("Charge de travail"), "beaucoup");
    assert!(desk.reads("Pas enregistré : Une charge de travail s’écrit en heures"));
}

#[test]
fn an_action_in_pictures() {
    let mut pictures = SnapshotResults::new();
    for look in [LOOKS[0], LOOKS[3], HIGH] {
        let mut desk = opened(look);
        desk.harness.remove_cursor();
        desk.settle();
        let name = format!("action-full-{}-{}", look.name(), look.size[1]);
        pictures.add(desk.harness.try_snapshot(name));
    }
}
