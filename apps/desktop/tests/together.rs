//! The window with another member at the other end of a link: who is here, and two values for one field.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use driving::{Desk, loopback, open, seed, until};
use egui::{Key, Modifiers};
use support::Look;
use tresse_engine::{
    Command,
    model::{ActionField, RelationKind},
};

/// High enough for a whole page: only what is in sight can be clicked.
const HIGH: Look = Look {
    dark: false,
    size: [1024, 2000],
};
const ACTION: &str = "Imprimer des affiches";

#[test]
fn two_dates_for_one_action_are_both_shown_and_one_is_chosen() {
    let dir = tempfile::tempdir().unwrap();
    let (ana, bo) = (dir.path().join("ana"), dir.path().join("bo"));
    driving::profile_of("Ana Vasconcel", &ana, |engine| {
        seed::network(engine);
    });
    let mut desk = Desk::on(Look::PLAIN, driving::on_loopback(&ana));
    let network = desk.engine().fresh_view().unwrap().networks[0].id;
    driving::bo_joins(&mut desk, &bo, network);

    // Apart, each sets the date.
    let due = format!("Échéance : {ACTION}");
    desk.click("Plan d’action");
    desk.write(&due, "1/2/2031");
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(desk.reads("1 modification en attente d’un autre appareil"));
    let engine = open(&bo, None);
    let view = engine.fresh_view().unwrap();
    let actions = &view.network(&network).unwrap().plan.content.actions;
    let action = actions
        .iter()
        .find(|action| action.title == ACTION)
        .unwrap()
        .id;
    engine
        .call(Command::ActionSet {
            network,
            action,
            field: ActionField::Due,
            value: Some("2032-02-02".into()),
        })
        .unwrap();
    engine.close();

    // They meet again: both dates are there, each with its author.
    let engine = driving::comes_back(&desk, &bo);
    let mark = format!("{due} : 2 valeurs données en même temps");
    desk.until("the mark", |desk| desk.has(&mark));
    desk.click(&mark);
    assert!(desk.reads("par Ana Vasconcel") && desk.reads("par Bo Lindqvist"));
    desk.click("Choisir « 2 février 2032 »");
    desk.until("one value", |desk| !desk.has(&mark));
    assert_eq!(desk.value(&due), "2 févr. 2032");
    until(&engine, "Bo sees it settled", |view| {
        let plan = &view.network(&network).unwrap().plan.content;
        plan.actions
            .iter()
            .all(|action| action.conflicts.is_empty())
    });
    engine.close();
}

#[test]
fn two_ties_that_were_said_of_one_network_at_once_are_both_shown_and_one_is_chosen() {
    let dir = tempfile::tempdir().unwrap();
    let (ana, bo) = (dir.path().join("ana"), dir.path().join("bo"));
    driving::profile_of("Ana Vasconcel", &ana, |engine| {
        seed::network(engine);
    });
    let mut desk = Desk::on(HIGH, driving::on_loopback(&ana));
    let network = desk.engine().fresh_view().unwrap().networks[0].id;
    driving::bo_joins(&mut desk, &bo, network);
    // Bo is in the other network too, else there is nothing to tie.
    let larger = Command::NetworkCreate {
        name: "Réseau régional".into(),
        template: None,
    };
    let other = driving::ask(desk.engine(), larger, "network");
    let ticket = driving::invites(desk.engine(), other, 1);
    let engine = driving::comes_back(&desk, &bo);
    engine.call(Command::InviteAccept { ticket }).unwrap();
    until(&engine, "Bo is in both", |view| {
        let net = view.network(&other);
        net.is_some_and(|net| net.name == "Réseau régional" && net.is_writable())
    });
    engine.close();

    // Apart, each says how the two stand to each other.
    let tie = |kind, words: &str| Command::RelationSet {
        network,
        other,
        kind,
        words: Some(words.to_owned()),
    };
    let engine = open(&bo, None);
    let by_bo = tie(RelationKind::PartOf, "Nous y avons une voix");
    engine.call(by_bo).unwrap();
    engine.close();
    let by_ana = tie(RelationKind::Partner, "Une visite par an");
    desk.engine().call(by_ana).unwrap();

    // They meet again: both stand there, whole, each with its author.
    let engine = driving::comes_back(&desk, &bo);
    desk.click("Vue d’ensemble");
    let mark = "Lien avec Réseau régional : 2 valeurs données en même temps";
    desk.until("the mark", |desk| desk.has(mark));
    desk.click(mark);
    assert!(desk.reads("par Ana Vasconcel") && desk.reads("par Bo Lindqvist"));
    assert!(desk.reads("Partenaire de : Une visite par an"));
    desk.click("Choisir « Fait partie de : Nous y avons une voix »");
    desk.until("one tie", |desk| !desk.has(mark));
    until(&engine, "Bo sees it settled", |view| {
        let ties = &view.network(&network).unwrap().overview.relations;
        let [tie] = &ties[..] else { return false };
        tie.conflicts.is_empty()
            && (tie.kind, tie.words.as_str()) == (RelationKind::PartOf, "Nous y avons une voix")
    });
    engine.close();
}

#[test]
fn a_newcomer_pastes_a_ticket_and_the_network_comes() {
    let dir = tempfile::tempdir().unwrap();
    let (ana, bo) = (dir.path().join("ana"), dir.path().join("bo"));
    driving::profile_of("Ana Vasconcel", &ana, |engine| {
        seed::network(engine);
    });
    let engine = open(&ana, Some(loopback()));
    let network = engine.fresh_view().unwrap().networks[0].id;
    let ticket = driving::invites(&engine, network, 1);

    let mut desk = Desk::on(Look::PLAIN, driving::on_loopback(&bo));
    desk.write("Votre nom", "Bo Lindqvist");
    desk.click("Commencer");
    desk.click("Rejoindre un réseau");
    desk.write("Invitation", &ticket);
    desk.click("Rejoindre");
    desk.until("the network has come", |desk| {
        desk.reads("Vous faites maintenant partie de « Lire et écrire en Sarvance ».")
    });
    desk.click("Ouvrir le réseau");
    desk.click("Membres");
    desk.until("Ana's card", |desk| {
        desk.reads("Centre de formation de Sauvrelle")
    });
    assert!(desk.reads("Connecté en ce moment"));
    engine.close();
}

/// A file held over the window and let go.
#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn drop_on(desk: &mut Desk, path: &std::path::Path) {
    let file = std::sync::Arc::new(Dropped(path.to_owned()));
    desk.harness.input_mut().dropped_files.push(file);
    desk.settle();
}

#[test]
fn a_picture_of_a_code_dropped_on_the_window_opens_the_door() {
    let dir = tempfile::tempdir().unwrap();
    let (ana, bo) = (dir.path().join("ana"), dir.path().join("bo"));
    driving::profile_of("Ana Vasconcel", &ana, |engine| {
        seed::network(engine);
    });
    let engine = open(&ana, Some(loopback()));
    let network = engine.fresh_view().unwrap().networks[0].id;
    let command = Command::InviteCreate {
        network,
        uses: 1,
        expires_in: 3600,
    };
    let code: String = driving::ask(&engine, command, "qr");
    let picture = dir.path().join("photo.png");
    qrcode::QrCode::new(code)
        .unwrap()
        .render::<image::Luma<u8>>()
        .min_dimensions(700, 700)
        .build()
        .save(&picture)
        .unwrap();
    let blank = dir.path().join("blank.png");
    image::GrayImage::from_pixel(300, 300, image::Luma([200]))
        .save(&blank)
        .unwrap();

    driving::profile_of("Bo Lindqvist", &bo, |_| {});
    let mut desk = Desk::on(Look::PLAIN, driving::on_loopback(&bo));
    drop_on(&mut desk, &blank);
    assert!(desk.reads("Aucun code n’a pu être lu dans cette image."));
    drop_on(&mut desk, &picture);
    assert!(desk.value("Invitation").len() > 40);
    desk.click("Rejoindre");
    desk.until("the network has come", |desk| {
        desk.reads("Vous faites maintenant partie de « Lire et écrire en Sarvance ».")
    });
    engine.close();
}

#[test]
fn a_markdown_file_dropped_on_a_network_becomes_a_page() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("notes.md");
    std::fs::write(&file, "# Notes d’atelier\n\nCe qui a été dit.\n").unwrap();
    let mut desk = Desk::of_ana(Look::PLAIN, |engine| {
        seed::network(engine);
    });
    drop_on(&mut desk, &file);
    assert_eq!(desk.value("Titre de la page"), "Notes d’atelier");
    desk.until("the list", |desk| {
        desk.has("Ouvrir la page « Notes d’atelier »")
    });
}
