//! The network at a glance, what moved since I looked, ends and their frame, ties and faces, in the window.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use std::path::Path;

use driving::{Desk, launch, loopback, open, seed, until};
use egui_kittest::{SnapshotResults, kittest::NodeT as _};
use support::{LOOKS, Look};
use tresse_engine::{
    Command, DigestCommand, Engine, Rhythm,
    model::{ItemId, NetworkId, NetworkKind, ProfileField},
};

/// High enough for all of it: only what is in sight can be clicked.
const HIGH: Look = Look {
    dark: false,
    size: [1280, 2000],
};

/// A drawn face, as a file.
fn face(dir: &Path) -> std::path::PathBuf {
    let file = dir.join("face.png");
    let picture = image::RgbImage::from_fn(300, 240, |x, y| {
        let (dx, dy) = (x.abs_diff(150), y.abs_diff(110));
        let inside = dx * dx + dy * dy < 70 * 70;
        let colour = if inside {
            [232, 190, 160]
        } else {
            [70, 110, 120]
        };
        image::Rgb(colour)
    });
    picture.save(&file).unwrap();
    file
}

/// Ana's network, full, with a larger one beside it, a face, a mandate and something finished.
fn village(engine: &Engine) -> NetworkId {
    let network = seed::network(engine);
    let named = |name: &str| Command::NetworkCreate {
        name: name.into(),
        template: None,
    };
    let larger: NetworkId = driving::ask(engine, named("Réseau régional de la lecture"), "network");
    let dir = tempfile::tempdir().unwrap();
    engine.set_photo(&network, Some(&face(dir.path()))).unwrap();
    let me = engine.fresh_view().unwrap().me.member;
    let action: ItemId = driving::ask(
        engine,
        Command::parse(
            &serde_json::json!({ "command": "action.add", "network": network, "title": "Recenser les ateliers ouverts", "owner": me })
                .to_string(),
        )
        .unwrap(),
        "action",
    );
    let commands = [
        serde_json::json!({ "command": "network.kind", "network": network, "kind": "pool-means" }),
        serde_json::json!({ "command": "relation.set", "network": network, "other": larger, "kind": "part-of", "words": "Nous y avons une voix." }),
        serde_json::json!({ "command": "mandate.give", "network": network, "role": "facilitator", "holder": me, "from": "2026-01-05", "to": "2094-01-05" }),
        serde_json::json!({ "command": "action.set", "network": network, "action": action, "field": "status", "value": "done" }),
        serde_json::json!({ "command": "profile.set", "network": network, "field": "brings", "value": "Une salle, et l’habitude des ordres du jour." }),
        serde_json::json!({ "command": "profile.set", "network": network, "field": "expects", "value": "Ne plus refaire seule ce que d’autres ont réussi." }),
    ];
    for command in commands {
        engine
            .call(Command::parse(&command.to_string()).unwrap())
            .unwrap();
    }
    network
}

/// A window on Ana's village, at her own network.
fn at_home(look: Look) -> Desk {
    let mut desk = Desk::of_ana(look, |engine| {
        village(engine);
    });
    desk.click(seed::NAME);
    desk
}

#[test]
fn the_network_is_shown_on_one_page() {
    let mut desk = at_home(HIGH);
    desk.click("Vue d’ensemble");
    for said in [
        "Annuaire",
        "Ana Vasconcel",
        "Une salle, et l’habitude des ordres du jour.",
        "Animation · jusqu’au 5 janv. 2094",
        "Achevé récemment",
        "Recenser les ateliers ouverts",
        "Réseau régional de la lecture",
        "Nous y avons une voix.",
    ] {
        assert!(desk.reads(said), "{said}");
    }
    desk.click("Recenser les ateliers ouverts");
    desk.until("the action opens", |desk| desk.reads("Action"));
}

#[test]
fn pictures_of_the_page_at_a_glance() {
    let mut album = SnapshotResults::new();
    for look in LOOKS {
        let mut desk = at_home(look);
        desk.click("Vue d’ensemble");
        snap(&mut desk, &mut album, &format!("overview-{}", look.name()));
    }
    let narrow = Look {
        dark: false,
        size: [720, 1400],
    };
    let night = Look { dark: true, ..HIGH };
    for (look, name) in [
        (HIGH, "whole-light"),
        (night, "whole-dark"),
        (narrow, "narrow-light-720"),
    ] {
        let mut desk = at_home(look);
        desk.click("Vue d’ensemble");
        snap(&mut desk, &mut album, &format!("overview-{name}"));
    }
    let mut desk = Desk::english(LOOKS[0], |engine| {
        village(engine);
    });
    desk.click(seed::NAME);
    desk.click("Overview");
    snap(&mut desk, &mut album, "overview-english-light-1024");
    for look in [LOOKS[0], LOOKS[3]] {
        let mut desk = Desk::of_ana(look, |_| {});
        desk.click("Créer un réseau");
        desk.write("Nom du réseau", "Jardin");
        desk.click("Créer le réseau");
        desk.until("it is there", |desk| desk.has("Vue d’ensemble"));
        desk.click("Vue d’ensemble");
        snap(
            &mut desk,
            &mut album,
            &format!("overview-new-{}", look.name()),
        );
    }
    album.unwrap();
}

fn snap(desk: &mut Desk, album: &mut SnapshotResults, name: &str) {
    desk.harness.remove_cursor();
    desk.settle();
    desk.hide_machines();
    // What was finished was finished on the day of the test.
    let days: Vec<egui::Rect> = desk
        .harness
        .root()
        .children_recursive()
        .filter(|node| {
            let said = node.accesskit_node().value();
            said.is_some_and(|said| {
                said.starts_with("action faite") || said.starts_with("action done")
            })
        })
        .map(|node| egui::Rect::from_min_size(node.rect().min, egui::vec2(320.0, 20.0)))
        .collect();
    for day in days {
        desk.harness.mask(day);
    }
    album.add(desk.harness.try_snapshot(name));
}

#[test]
fn a_tie_is_made_in_the_window_and_says_what_is_told_of_the_other_network() {
    let mut album = SnapshotResults::new();
    let mut desk = at_home(HIGH);
    desk.click("Vue d’ensemble");
    desk.click("Retirer le lien avec Réseau régional de la lecture");
    desk.until("it is gone", |desk| !desk.reads("Nous y avons une voix."));
    desk.click("Ajouter un lien");
    assert!(desk.reads("Rien d’autre n’en est transmis"));
    desk.write("Quelques mots (facultatif)", "Deux fois par an");
    desk.choose("Quel lien ?", "Fait partie de");
    desk.click("Créer le lien");
    desk.until("it is there", |desk| desk.reads("Deux fois par an"));
    for look in [LOOKS[0], LOOKS[3]] {
        let mut desk = at_home(look);
        desk.click("Vue d’ensemble");
        desk.press(egui::Modifiers::NONE, egui::Key::End);
        desk.until("the way", |desk| desk.has("Ajouter un lien"));
        desk.click("Ajouter un lien");
        snap(&mut desk, &mut album, &format!("tie-{}", look.name()));
    }
    album.unwrap();
}

#[test]
fn ends_are_chosen_in_any_mix_and_their_frame_is_accepted_part_by_part() {
    let mut album = SnapshotResults::new();
    let mut desk = Desk::of_ana(HIGH, |_| {});
    desk.click("Créer un réseau");
    desk.write("Nom du réseau", "Réseau des jardins");
    desk.click("Produire et agir ensemble");
    desk.click("Mettre des moyens en commun");
    assert!(desk.reads("Chaque choix apporte quelques titres à la charte"));
    desk.click("Créer le réseau");
    desk.until("it is there", |desk| desk.reads("Un cadre de départ"));
    let kinds = |desk: &Desk| desk.engine().view().networks[0].overview.kinds.clone();
    assert_eq!(kinds(&desk), [NetworkKind::Produce, NetworkKind::PoolMeans]);
    desk.click("Voir les suggestions");
    assert!(
        desk.reads("C’est déjà là."),
        "the charter's headings came with it"
    );
    desk.click("Objectif : Un premier outil commun, utilisé par plusieurs structures");
    snap(&mut desk, &mut album, "frame-light-1280");
    desk.click("Ajouter ce qui est coché");
    desk.until("the objective is there", |desk| {
        desk.engine().view().networks[0]
            .plan
            .content
            .objectives
            .len()
            == 1
    });
    desk.press(egui::Modifiers::COMMAND, egui::Key::Z);
    desk.until("it is undone as one", |desk| {
        desk.engine().view().networks[0]
            .plan
            .content
            .objectives
            .is_empty()
    });
    desk.click("Charte");
    desk.until("its headings", |desk| {
        desk.engine().view().networks[0]
            .charter
            .content
            .body
            .contains("## Comment les coûts se partagent")
    });
    // On a small screen the frame lies below what is in sight.
    let tall = Look {
        dark: false,
        size: [1024, 1200],
    };
    for look in [tall, LOOKS[3]] {
        let mut desk = Desk::of_ana(look, |_| {});
        desk.click("Créer un réseau");
        desk.write("Nom du réseau", "Réseau des jardins");
        desk.click("Mettre des moyens en commun");
        desk.press(egui::Modifiers::NONE, egui::Key::End);
        desk.click("Créer le réseau");
        desk.until("it is there", |desk| desk.reads("Un cadre de départ"));
        snap(
            &mut desk,
            &mut album,
            &format!("home-frame-{}", look.name()),
        );
        if look.dark {
            desk.click("Voir les suggestions");
            snap(&mut desk, &mut album, "frame-dark-1600");
        }
    }
    album.unwrap();
}

/// Bo's profile, which said that all was seen before Ana wrote more; and the network.
fn away(dir: &Path) -> NetworkId {
    let (ana, bo) = (dir.join("ana"), dir.join("bo"));
    let mut network = None;
    driving::profile_of("Ana Vasconcel", &ana, |engine| {
        network = Some(seed::network(engine));
    });
    driving::profile_of("Bo", &bo, |_| {});
    let network = network.unwrap();
    let ana = open(&ana, Some(loopback()));
    let bo = open(&bo, Some(loopback()));
    let invite = Command::InviteCreate {
        network,
        uses: 1,
        expires_in: 3600,
    };
    let ticket: String = driving::ask(&ana, invite, "ticket");
    bo.call(Command::InviteAccept { ticket }).unwrap();
    until(&bo, "it arrived", |view| {
        view.network(&network)
            .is_some_and(|net| net.plan.content.actions.len() > 3)
    });
    until(&bo, "in step", |view| {
        view.network(&network)
            .is_some_and(|net| net.sync.in_step > 0)
    });
    let documents = Vec::new();
    bo.call(Command::SeenMark { network, documents }).unwrap();
    for title in ["Ce que la visite a montré", "Prochaine étape"] {
        let command = Command::PageCreate {
            network,
            title: title.into(),
            tags: Vec::new(),
            text: Some("À lire.".into()),
        };
        ana.call(command).unwrap();
    }
    let value = Some("2094-05-01".to_owned());
    let field = tresse_engine::model::NetworkField::ReviewDate;
    ana.call(Command::NetworkSet {
        network,
        field,
        value,
    })
    .unwrap();
    // What Bo marked as seen has to be with Ana too, or he waits for her.
    until(&bo, "nothing waits", |view| {
        view.network(&network)
            .is_some_and(|net| net.sync.waiting == 0)
    });
    until(&bo, "it came", |view| {
        view.network(&network)
            .is_some_and(|net| net.home.since.moved.len() == 3)
    });
    ana.close();
    bo.close();
    network
}

#[test]
fn what_moved_while_i_was_away_is_told_until_i_have_seen_it() {
    let mut album = SnapshotResults::new();
    let dir = tempfile::tempdir().unwrap();
    away(dir.path());
    for look in [LOOKS[0], LOOKS[3]] {
        let mut desk = Desk::on(look, launch(&dir.path().join("bo")));
        // Told at certain hours, it would be in the picture by day alone.
        let never = DigestCommand::Set {
            rhythm: Some(Rhythm::Never),
            at: None,
            quiet: None,
        };
        desk.engine().call(Command::Digest(never)).unwrap();
        desk.until("it is told", |desk| {
            desk.reads("Depuis votre dernière visite")
        });
        snap(
            &mut desk,
            &mut album,
            &format!("home-since-{}", look.name()),
        );
    }
    let mut desk = Desk::on(HIGH, launch(&dir.path().join("bo")));
    desk.until("it is told", |desk| {
        desk.reads("Depuis votre dernière visite")
    });
    assert!(desk.reads("Ana Vasconcel"));
    desk.click("Ce que la visite a montré");
    desk.until("it is open", |desk| desk.has("Historique"));
    desk.click("Accueil");
    desk.until("it was seen by opening it", |desk| {
        !desk.reads("Ce que la visite a montré")
    });
    assert!(desk.reads("Prochaine étape"));
    desk.click("Tout est vu");
    desk.until("all is seen", |desk| desk.reads("Rien n’a bougé depuis."));
    album.unwrap();
}

#[test]
fn my_picture_stands_where_my_initials_stood_and_can_be_taken_away() {
    let mut album = SnapshotResults::new();
    let mut night = at_home(Look { dark: true, ..HIGH });
    night.click("Membres");
    snap(&mut night, &mut album, "members-photo-dark");
    drop(night);
    let mut desk = at_home(HIGH);
    desk.click("Membres");
    assert!(desk.has("Choisir une photo"));
    snap(&mut desk, &mut album, "members-photo-light");
    desk.click("Retirer la photo");
    desk.until("it is gone", |desk| !desk.has("Retirer la photo"));
    let view = desk.engine().view();
    assert!(
        view.networks
            .iter()
            .all(|net| net.members.members[0].photo.is_none())
    );
    album.unwrap();
}

#[test]
fn a_very_long_title_and_words_of_every_script_stay_within_the_page() {
    let mut album = SnapshotResults::new();
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = village(engine);
        let value = Some("Une structure au nom interminable, ".repeat(20));
        let field = ProfileField::Organisation;
        engine
            .call(Command::ProfileSet {
                network,
                field,
                value,
            })
            .unwrap();
    });
    // A machine draws every script with its own fonts; the one that takes pictures has only those of the window.
    let tofu = egui::epaint::text::MissingGlyphPolicy::Tofu;
    desk.harness.ctx.set_missing_glyph_policy(tofu);
    let long = "Un intitulé qui n’en finit pas, ".repeat(15);
    let network = desk
        .engine()
        .view()
        .networks
        .iter()
        .find(|net| net.name == seed::NAME)
        .unwrap()
        .id;
    for title in [&*long, "مرحبا بالعالم 🧶 שלום", &"x".repeat(480)] {
        let command = Command::ObjectiveAdd {
            network,
            title: title.into(),
            deadline: None,
            means: None,
            orientation: None,
        };
        desk.engine().call(command).unwrap();
    }
    desk.click(seed::NAME);
    desk.click("Vue d’ensemble");
    desk.until("all are there", |desk| desk.reads("שלום"));
    snap(&mut desk, &mut album, "overview-long-light");
    album.unwrap();
}
