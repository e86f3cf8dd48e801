//! Pictures of a network that has lived, the demo's: what decisions came to, indicators that were measured several times, what waits
//! on the first page, and a closing on its way and done. Its days never change, and the clock stands still.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use driving::{Desk, launch};
use egui::{Key, Modifiers};
use egui_kittest::{SnapshotResults, kittest::Queryable as _};
use jiff::{civil::date, tz::TimeZone};
use support::{LARGE, Look, SMALL};
use tempfile::TempDir;
use tresse_desktop::{app::Launch, i18n::Lang};
use tresse_engine::{
    ClosingCommand, ClosingOutcome, Command, Engine, Options, Protection, model::NetworkId,
};

/// Both themes, high enough for a whole page.
const TALL: [Look; 2] = [
    Look {
        dark: false,
        size: [1024, 1500],
    },
    Look {
        dark: true,
        size: [1600, 1500],
    },
];

fn now() -> i64 {
    let morning = date(2026, 11, 24).at(10, 0, 0, 0);
    let here = morning.to_zoned_datetime(TimeZone::system()).unwrap();
    here.timestamp().as_millisecond()
}

/// A profile with the demo, made on that day.
fn demo(lang: &str) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let profile = dir.path().join("profile");
    Engine::init(&profile, "Mona Quéré", lang, &Protection::Open).unwrap();
    still(&profile, |engine| {
        let lang = Some(lang.to_owned());
        engine.call(Command::DemoCreate { lang }).unwrap();
    });
    dir
}

/// Does something on that profile, at the same moment.
fn still(profile: &std::path::Path, work: impl FnOnce(&Engine)) {
    let options = Options {
        now: Some(now()),
        ..Options::default()
    };
    let engine = Engine::open(profile, options).unwrap();
    work(&engine);
    engine.close();
}

fn desk_on(demo: &TempDir, look: Look, lang: Lang) -> Desk {
    let mut desk = Desk::on(
        look,
        Launch {
            lang: Some(lang),
            today: Some(date(2026, 11, 24)),
            now: Some(now()),
            ..launch(&demo.path().join("profile"))
        },
    );
    let charter = match lang {
        Lang::Fr => "Charte",
        Lang::En => "Charter",
    };
    desk.until("the demo", |desk| desk.has(charter));
    desk
}

fn picture(desk: &mut Desk, name: &str, look: Look, album: &mut SnapshotResults) {
    desk.harness.remove_cursor();
    desk.settle();
    desk.hide_machines();
    desk.hide_archive();
    album.add(desk.harness.try_snapshot(format!("{name}-{}", look.name())));
}

/// Opens a decision of the register by words of its title.
fn decision(desk: &mut Desk, title: &str) {
    desk.click("Décisions");
    desk.write("Chercher une décision", title);
    desk.until("it is found", |desk| {
        desk.text_from(&format!("{title}, ")).is_some()
    });
    let row = desk.text_from(&format!("{title}, ")).unwrap();
    desk.click(&row);
}

#[test]
fn what_decisions_came_to() {
    let demo = demo("fr");
    let mut album = SnapshotResults::new();
    for look in TALL {
        let mut desk = desk_on(&demo, look, Lang::Fr);
        for (name, title, shown) in [
            ("late", "Un numéro de téléphone commun", "Driss Bellamine"),
            (
                "disputed",
                "Ouvrir la lettre du réseau à tout le monde",
                "Gaël Morvillon",
            ),
            (
                "concluded",
                "Recevoir des bénévoles sans structure",
                "Oui, avec un accueil à deux",
            ),
            ("score", "Où tenir la journée de printemps", "À Estrieu"),
            (
                "advice",
                "Remplacer l’imprimante partagée",
                "On la répare une dernière fois",
            ),
            ("consent", "Un compte rendu qui tourne", "La trace tourne"),
            (
                "ranked",
                "Nom de la lettre du réseau",
                "Égalité au dernier tour",
            ),
            ("dots", "Thèmes de la prochaine journée", "à dépouiller"),
            ("gradients", "Une coordination à deux", "ont répondu"),
            (
                "sense",
                "Comment recevez-vous l’idée d’un second village ?",
                "ont répondu",
            ),
        ] {
            decision(&mut desk, title);
            desk.until(title, |desk| desk.reads(shown));
            picture(&mut desk, &format!("decided-{name}"), look, &mut album);
        }
    }
    album.unwrap();
}

#[test]
fn the_histories_of_a_meeting_and_a_decision_and_attendance_over_time() {
    let demo = demo("fr");
    let mut album = SnapshotResults::new();
    for look in [
        Look {
            dark: false,
            size: SMALL,
        },
        Look {
            dark: true,
            size: LARGE,
        },
    ] {
        let mut desk = desk_on(&demo, look, Lang::Fr);
        let mut history = |desk: &mut Desk, name: &str| {
            desk.click("Historique");
            desk.until("the steps", |desk| desk.has("Moment du passé"));
            picture(desk, name, look, &mut album);
            desk.press(Modifiers::NONE, Key::Escape);
        };
        decision(&mut desk, "Recevoir des bénévoles sans structure");
        desk.until("it is open", |desk| desk.has("Historique"));
        history(&mut desk, "past-decision");
        desk.click("Rencontres");
        desk.click("Passées");
        desk.click("Ouvrir « Rencontre du réseau », lundi 12 octobre 2026 à 14:00");
        desk.until("it is open", |desk| desk.has("Historique"));
        history(&mut desk, "past-meeting");
        desk.click("Assiduité");
        desk.until("the rates", |desk| desk.text_from("Année ").is_some());
        picture(&mut desk, "attendance-over-time", look, &mut album);
    }
    album.unwrap();
}

#[test]
fn what_waits_on_the_first_page_and_what_was_measured() {
    let mut album = SnapshotResults::new();
    for (lang, word) in [(Lang::Fr, "fr"), (Lang::En, "en")] {
        let demo = demo(word);
        let looks: &[Look] = match lang {
            Lang::Fr => &TALL,
            Lang::En => &TALL[..1],
        };
        for look in looks {
            let mut desk = desk_on(&demo, *look, lang);
            let (more, name) = match lang {
                Lang::Fr => ("et 3 autres…", "asked"),
                Lang::En => ("and 3 more…", "english-asked"),
            };
            // Another list, below what is in sight, may be as long.
            let lists = desk.harness.query_all_by_label(more);
            let first = lists.min_by(|a, b| a.rect().top().total_cmp(&b.rect().top()));
            first.unwrap().click();
            picture(&mut desk, name, *look, &mut album);
            let (tab, name) = match lang {
                Lang::Fr => ("Évaluation", "measured"),
                Lang::En => ("Evaluation", "english-measured"),
            };
            desk.click(tab);
            picture(&mut desk, name, *look, &mut album);
        }
    }
    album.unwrap();
}

fn named(engine: &Engine, start: &str) -> NetworkId {
    let view = engine.fresh_view().unwrap();
    let mut networks = view.networks.iter();
    networks.find(|one| one.name.starts_with(start)).unwrap().id
}

#[test]
fn a_closing_that_waits_for_others_and_one_that_is_done() {
    let demo = demo("fr");
    let profile = demo.path().join("profile");
    still(&profile, |engine| {
        let propose = ClosingCommand::Propose {
            network: named(engine, "Le Gué"),
            outcome: ClosingOutcome::PurposeMet,
            into: None,
            name: None,
            words: Some("Nous avons appris à faire sans lui.".into()),
            decision: None,
        };
        engine.call(Command::Closing(propose)).unwrap();
        let reopen = ClosingCommand::Reopen {
            network: named(engine, "Trois forums"),
            words: Some("Un cinquième forum est demandé.".into()),
        };
        engine.call(Command::Closing(reopen)).unwrap();
    });
    let mut album = SnapshotResults::new();
    for look in TALL {
        let mut desk = desk_on(&demo, look, Lang::Fr);
        desk.click("Faire le point");
        assert!(desk.has("Retirer mon accord"));
        picture(&mut desk, "closing-waits", look, &mut album);
        desk.click("Proposer une autre fin…");
        picture(&mut desk, "closing-otherwise", look, &mut album);
        desk.click("Annuler");
        desk.click("Trois forums en Ourve");
        desk.click("Bilan, archive, réouverture");
        desk.until("the archive", |desk| desk.reads("à jour, faits le"));
        picture(&mut desk, "closing-done", look, &mut album);
    }
    album.unwrap();
}

#[test]
fn at_a_groups_meeting_its_members_are_listed_and_whoever_else_came_is_added_by_name() {
    let demo = demo("fr");
    let mut album = SnapshotResults::new();
    for (number, look) in TALL.into_iter().enumerate() {
        let mut desk = desk_on(&demo, look, Lang::Fr);
        desk.click("Rencontres");
        desk.until("the list", |desk| {
            desk.text_from("Ouvrir « Atelier").is_some()
        });
        let row = desk.text_from("Ouvrir « Atelier").unwrap();
        desk.click(&row);
        desk.click("Présences");
        desk.until("the rows", |desk| desk.has("Kim Lorvan : Présent"));
        if number == 0 {
            assert!(!desk.has("Bruno Kerlidou : Présent"), "of another group");
            picture(&mut desk, "group-attendance", look, &mut album);
            desk.click("Noter quelqu’un d’autre");
            desk.click("Bruno Kerlidou");
            desk.until("he is listed", |desk| desk.has("Bruno Kerlidou : Présent"));
            assert!(desk.reads("Présents : 1 ·"));
        } else {
            picture(&mut desk, "group-attendance", look, &mut album);
        }
    }
    album.unwrap();
}
