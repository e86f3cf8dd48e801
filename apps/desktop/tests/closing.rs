//! Taking stock, closing a network and opening it again, in the window; and its pictures.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use driving::{Desk, seed, until};
use egui::{Key, Modifiers};
use egui_kittest::SnapshotResults;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use support::{LOOKS, Look};
use tresse_engine::{ClosingCommand, ClosingOutcome, Command, model::NetworkField};

/// High enough for the whole page: only what is in sight can be clicked.
const HIGH: Look = Look {
    dark: false,
    size: [1024, 1800],
};

#[test]
fn alone_one_closes_a_network_reads_it_keeps_it_and_opens_it_again() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    desk.click("Faire le point");
    assert!(desk.reads("Le réseau a-t-il atteint sa finalité ?"));
    assert!(desk.reads("Vous êtes la seule personne de ce réseau : votre accord suffit."));
    desk.click("Proposer de clore…");
    desk.choose(
        "Comment le réseau se termine",
        "Il continue dans un autre réseau",
    );
    desk.write("Nom de cet autre réseau", "Les ateliers du val");
    desk.write("Ce que vous voulez en dire", "Merci à toutes et à tous.");
    desk.click("Annuler");
    assert!(!desk.reads("Réseau clos"));
    desk.click("Proposer de clore…");
    desk.choose(
        "Comment le réseau se termine",
        "Il continue dans un autre réseau",
    );
    desk.write("Nom de cet autre réseau", "Les ateliers du val");
    desk.write("Ce que vous voulez en dire", "Merci à toutes et à tous.");
    desk.click("Clore le réseau maintenant");
    desk.until("the band", |desk| {
        desk.reads("Réseau clos aujourd’hui")
            && desk.reads("Il continue dans « Les ateliers du val ».")
    });
    assert!(desk.reads("Merci à toutes et à tous."));
    desk.until("the archive, made by itself", |desk| {
        desk.reads("à jour, faits le")
    });
    let archives = desk.engine().dir().join("archives");
    assert_eq!(std::fs::read_dir(archives).unwrap().count(), 1);

    // Every view says so, shows what is here, and offers nothing to write with.
    for (tab, shown, offered) in [
        ("Charte", "Une personne, une voix", "Nouvelle valeur"),
        ("Plan d’action", "Imprimer des affiches", "Nouvelle action"),
        (
            "Bibliothèque",
            "Bilan du forum de Pont-d’Ourve",
            "Nouvelle page",
        ),
        (
            "Veille",
            "Ce que le réseau voit au-dehors",
            "Ajouter à la veille",
        ),
        (
            "Ressources",
            "Ce que les membres se prêtent",
            "Ajouter une ressource",
        ),
        ("Membres", "Ana Vasconcel", "Inviter"),
    ] {
        desk.click(tab);
        assert!(desk.reads("Réseau clos aujourd’hui"), "{tab}");
        desk.until(shown, |desk| desk.reads(shown));
        assert!(!desk.has(offered), "{tab}: {offered}");
    }
    // One may still leave.
    assert!(desk.has("Quitter ce réseau…"));
    // What asks for it by keys is told why not.
    desk.click("Bibliothèque");
    desk.press(Modifiers::COMMAND, Key::N);
    desk.until("the refusal", |desk| {
        desk.reads("Ce réseau est clos : on n’y écrit plus.")
    });
    desk.press(Modifiers::NONE, Key::Escape);

    desk.click("Bilan, archive, réouverture");
    desk.click("Les refaire");
    desk.until("told where it lies", |desk| {
        desk.reads("Le bilan et l’archive sont dans archives/")
    });
    desk.click("Proposer de rouvrir…");
    desk.write("Pourquoi le rouvrir", "Une suite inattendue");
    desk.click("Rouvrir le réseau maintenant");
    desk.until("it is open", |desk| !desk.reads("Réseau clos"));
    assert!(desk.reads("Clôtures passées") && desk.reads("Une suite inattendue"));
    desk.click("Bibliothèque");
    assert!(desk.has("Nouvelle page"));
}

#[test]
fn a_review_that_is_near_is_on_the_first_page_and_leads_to_where_one_goes_on() {
    let today = Timestamp::now().to_zoned_datetime(TimeZone::system());
    let near = today.date().checked_add(10.days()).unwrap();
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        let value = Some(near.to_string());
        let field = NetworkField::ReviewDate;
        engine
            .call(Command::NetworkSet {
                network,
                field,
                value,
            })
            .unwrap();
    });
    desk.click("Faire le point : le réseau a-t-il atteint sa finalité ?");
    assert!(desk.reads("Le réseau fait le point dans 10 jours."));
    desk.click("Poser la question au réseau");
    desk.until("it is shown", |desk| desk.has("Poser la question"));
    let network = desk.engine().fresh_view().unwrap().networks[0].clone();
    let asked = &network.decisions.decisions[0];
    assert!(asked.title.contains("atteint sa finalité"));
    desk.click("Accueil");
    desk.write("Continuer, et refaire le point le", "1/1/2090");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("the date is far", |desk| {
        desk.reads("Le prochain point est fixé.")
    });
    desk.click("Pour moi");
    assert!(!desk.has("Faire le point : le réseau a-t-il atteint sa finalité ?"));
    // And by a few letters, from anywhere.
    desk.click("Membres");
    desk.press(Modifiers::COMMAND, Key::K);
    desk.harness
        .event(egui::Event::Text("continuer ou clore".into()));
    desk.settle();
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(desk.reads("Le réseau a-t-il atteint sa finalité ?"));
}

#[test]
fn another_member_proposes_one_reads_it_consents_and_both_are_read_only() {
    let dir = tempfile::tempdir().unwrap();
    let ana = dir.path().join("ana");
    driving::profile_of("Ana Vasconcel", &ana, |engine| {
        seed::network(engine);
    });
    let mut desk = Desk::on(HIGH, driving::on_loopback(&ana));
    let network = desk.engine().fresh_view().unwrap().networks[0].id;
    let ticket = driving::invites(desk.engine(), network, 1);
    let bo = driving::joins("Bo Lindqvist", &dir.path().join("bo"), &ticket, network);
    bo.call(Command::Closing(ClosingCommand::Propose {
        network,
        outcome: ClosingOutcome::PurposeMet,
        into: None,
        name: None,
        words: Some("Tout est fait.".into()),
        decision: None,
    }))
    .unwrap();
    let asked = "Bo Lindqvist propose de clore le réseau : donner votre avis";
    desk.until("what is asked of me", |desk| desk.has(asked));
    desk.click(asked);
    assert!(desk.reads("Tout est fait."));
    assert!(desk.reads("1 accord donné. Il en faut 2, sur 2 personnes."));
    desk.click("Je suis d’accord…");
    desk.click("Donner mon accord");
    desk.until("it is closed", |desk| {
        desk.reads("Réseau clos aujourd’hui") && desk.reads("Sa finalité est atteinte.")
    });
    until(&bo, "Bo's is closed as well", |view| {
        view.network(&network)
            .is_some_and(|net| net.closing.is_closed())
    });
    let refused = bo.call(Command::PageCreate {
        network,
        title: "Trop tard".into(),
        tags: Vec::new(),
        text: None,
    });
    assert_eq!(refused.unwrap_err().code, "network-closed");
    bo.close();
}

fn picture(desk: &mut Desk, name: &str, look: Look, album: &mut SnapshotResults) {
    desk.harness.remove_cursor();
    desk.settle();
    desk.hide_archive();
    album.add(desk.harness.try_snapshot(format!("{name}-{}", look.name())));
}

fn alone(look: Look) -> Desk {
    Desk::of_ana(look, |engine| {
        seed::network(engine);
    })
}

#[test]
fn the_page_while_the_network_is_open() {
    let mut album = SnapshotResults::new();
    for look in LOOKS {
        let mut desk = alone(look);
        desk.click("Faire le point");
        picture(&mut desk, "closing-open", look, &mut album);
    }
    album.unwrap();
}

#[test]
fn the_dialogue_in_which_one_proposes_to_close() {
    let mut album = SnapshotResults::new();
    for look in [LOOKS[0], LOOKS[3]] {
        let mut desk = alone(look);
        desk.click("Faire le point");
        desk.named("Proposer de clore…").scroll_to_me();
        desk.settle();
        desk.click("Proposer de clore…");
        picture(&mut desk, "closing-propose", look, &mut album);
    }
    album.unwrap();
}

#[test]
fn the_page_once_it_is_closed() {
    let mut album = SnapshotResults::new();
    for look in LOOKS {
        let mut desk = alone(look);
        let network = desk.engine().fresh_view().unwrap().networks[0].id;
        desk.engine()
            .call(Command::Closing(ClosingCommand::Propose {
                network,
                outcome: ClosingOutcome::PurposeMet,
                into: None,
                name: None,
                words: Some("Les deux vallées lisent. Merci à toutes et à tous.".into()),
                decision: None,
            }))
            .unwrap();
        desk.settle();
        desk.click("Bilan, archive, réouverture");
        desk.until("the archive", |desk| desk.reads("à jour, faits le"));
        picture(&mut desk, "closing-closed", look, &mut album);
    }
    album.unwrap();
}
