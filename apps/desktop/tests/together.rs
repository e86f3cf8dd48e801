//! The window with another member at the other end of a link: who is here, and two values for one field.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use std::time::{Duration, Instant};

use driving::{Desk, loopback, seed};
use egui::{Key, Modifiers};
use support::Look;
use tresse_engine::{
    AppView, Command, Engine, NetOptions, Options,
    model::{ActionField, NetworkId},
};

const ACTION: &str = "Imprimer des affiches";

fn open(dir: &std::path::Path, net: Option<NetOptions>) -> Engine {
    Engine::open(dir, Options { net }).unwrap()
}

fn until(engine: &Engine, what: &str, is: impl Fn(&AppView) -> bool) {
    let end = Instant::now() + Duration::from_mins(1);
    while !is(&engine.fresh_view().unwrap()) {
        assert!(Instant::now() < end, "never came: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Bo is let in by Ana's window, and leaves again.
fn bo_joins(desk: &mut Desk, bo: &std::path::Path, network: NetworkId) {
    Engine::init(bo, "Bo Lindqvist", "fr").unwrap();
    let command = Command::InviteCreate {
        network,
        uses: 1,
        expires_in: 3600,
    };
    let ticket: String = driving::ask(desk.engine(), command, "ticket");
    let engine = open(bo, Some(loopback()));
    engine.call(Command::InviteAccept { ticket }).unwrap();
    until(&engine, "the plan on Bo's machine", |view| {
        view.network(&network)
            .is_some_and(|net| net.plan.content.actions.len() == 7)
    });
    desk.until("Bo is here", |desk| desk.reads("Ici : Bo Lindqvist"));
    desk.until("both are in step", |desk| {
        desk.reads("en phase avec 1 appareil")
    });
    engine.close();
    desk.until("Bo has gone", |desk| {
        desk.reads("Personne d’autre en ce moment")
    });
}

#[test]
fn two_dates_for_one_action_are_both_shown_and_one_is_chosen() {
    let dir = tempfile::tempdir().unwrap();
    let (ana, bo) = (dir.path().join("ana"), dir.path().join("bo"));
    driving::profile_of("Ana Vasconcel", &ana, |engine| {
        seed::network(engine);
    });
    let mut desk = Desk::on(Look::PLAIN, driving::on_loopback(&ana));
    let network = desk.engine().fresh_view().unwrap().networks[0].id;
    bo_joins(&mut desk, &bo, network);

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
    let status = desk.engine().fresh_view().unwrap();
    let address = status.status.addresses[0].parse().unwrap();
    let net = NetOptions {
        peers: vec![(status.me.device, address)],
        ..loopback()
    };
    let engine = open(&bo, Some(net));
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
fn a_newcomer_pastes_a_ticket_and_the_network_comes() {
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
    let ticket: String = driving::ask(&engine, command, "ticket");

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
