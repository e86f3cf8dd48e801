//! Meeting by an address: the dialogue in pictures, and the whole of it with a window on one machine and an engine on another.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use driving::{Desk, loopback, seed};
use egui_kittest::{Harness, SnapshotResults, kittest::Queryable};
use support::{LOOKS, Look, looking, window};
use tempfile::TempDir;
use tresse_desktop::{
    app::asks::Ask,
    i18n::{I18n, Lang},
    theme,
    views::{
        nearby,
        reach::{OwnAddress, Reach},
    },
};
use tresse_engine::{
    AppView, Command, Engine, LanView, NetCommand, Options, Protection, ReachState, ReachView,
};

const TWO: [Look; 2] = [LOOKS[0], LOOKS[3]];

/// What a machine shows that is online on one network.
fn app() -> AppView {
    let dir = tempfile::tempdir().unwrap();
    let profile = dir.path().join("profile");
    Engine::init(&profile, "Ana Vasconcel", "fr", &Protection::Open).unwrap();
    let engine = Engine::open(&profile, Options::default()).unwrap();
    let mut app = AppView::clone(&engine.fresh_view().unwrap());
    engine.close();
    app.status.online = true;
    app.status.lan = LanView {
        on: true,
        interfaces: 1,
        trouble: None,
    };
    app
}

fn own(places: &[&str]) -> OwnAddress {
    let address = format!("tresse1ai{}", "mzxw6ytboi3q".repeat(9));
    OwnAddress {
        qr: address.to_uppercase(),
        address,
        places: places.iter().map(|place| (*place).to_owned()).collect(),
    }
}

fn nobody(code: &str) -> ReachState {
    ReachState::Nobody {
        code: code.to_owned(),
        message: String::new(),
    }
}

struct Shown {
    app: AppView,
    words: I18n,
    reach: Reach,
    asks: Vec<Ask>,
}

/// The dialogue's inside, with an address of this machine's and what came of another's.
fn shown(
    look: Look,
    lang: Lang,
    places: &[&str],
    came: Option<ReachState>,
) -> Harness<'static, Shown> {
    let mut app = app();
    let mut reach = Reach::begins_with("192.168.1.20:54321".to_owned());
    if let Some(state) = came {
        reach.dialled(7);
        app.reach = Some(ReachView {
            number: 7,
            places: vec!["192.168.1.20:54321".to_owned()],
            state,
        });
    }
    let shown = Shown {
        app,
        words: I18n::new(lang),
        reach,
        asks: Vec::new(),
    };
    let mut own = Some(own(places));
    let mut harness = window(look, shown, move |ui, shown| {
        let t = theme::tokens(ui);
        let frame = egui::Frame::new()
            .fill(t.color.surface)
            .inner_margin(t.space.l);
        egui::CentralPanel::default().frame(frame).show(ui, |ui| {
            if let Some(own) = own.take() {
                shown.reach.own(ui.ctx(), own);
            }
            ui.set_max_width(t.size.reading);
            shown
                .reach
                .ui(ui, &shown.words, &shown.app, &mut shown.asks);
        });
    });
    harness.run();
    harness
}

#[test]
fn of_a_machine_that_does_not_say_where_others_are_it_is_not_promised() {
    for (tells, promised) in [(true, true), (false, false)] {
        let came = ReachState::Answered {
            device: app().me.device,
            name: "Bo Lindqvist".to_owned(),
            tells,
        };
        let window = shown(TWO[0], Lang::Fr, &[], Some(came));
        let says = |text: &str| window.query_by_label_contains(text).is_some();
        assert!(says("vos deux appareils sont reliés"));
        assert_eq!(says("ceux que le sien connaît vont l’être aussi"), promised);
        assert_eq!(says("ne dit pas où sont les autres"), !promised);
    }
}

#[test]
fn each_outcome_in_pictures() {
    let mut results = SnapshotResults::new();
    let places = ["192.168.1.14:51820", "10.7.0.3:51820"];
    let answered = ReachState::Answered {
        device: app().me.device,
        name: "Bo Lindqvist".to_owned(),
        tells: true,
    };
    for (name, came) in [
        ("asked", None),
        ("reaching", Some(ReachState::Reaching)),
        ("answered", Some(answered)),
        ("nobody", Some(nobody("reach-no-answer"))),
    ] {
        for look in TWO {
            let mut window = shown(look, Lang::Fr, &places, came.clone());
            let name = format!("reach-{name}-{}", look.name());
            results.add(looking::picture(&mut window, &name));
        }
    }
    let mut english = shown(LOOKS[0], Lang::En, &places, Some(nobody("reach-stranger")));
    results.add(looking::picture(
        &mut english,
        "english-reach-stranger-light-1024",
    ));
    let mut alone = shown(LOOKS[0], Lang::Fr, &[], None);
    results.add(looking::picture(&mut alone, "reach-alone-light-1024"));
    results.unwrap();
}

#[test]
fn how_it_stands_with_local_networks_in_pictures() {
    let mut results = SnapshotResults::new();
    let stands = |on, interfaces, trouble: Option<&str>| LanView {
        on,
        interfaces,
        trouble: trouble.map(str::to_owned),
    };
    for (name, lan) in [
        ("announced", stands(true, 2, None)),
        ("nowhere", stands(true, 0, None)),
        ("held", stands(true, 0, Some("lan-port-held"))),
        ("off", stands(false, 0, None)),
    ] {
        let mut app = app();
        app.me.lan = lan.on;
        app.status.lan = lan;
        let mut window = window(LOOKS[0], (app, Vec::new()), |ui, (app, asks)| {
            let t = theme::tokens(ui);
            let frame = egui::Frame::new()
                .fill(t.color.surface)
                .inner_margin(t.space.l);
            egui::CentralPanel::default().frame(frame).show(ui, |ui| {
                ui.set_max_width(t.size.form);
                nearby::ui(ui, &I18n::new(Lang::Fr), app, asks);
            });
        });
        window.run();
        results.add(looking::picture(&mut window, &format!("nearby-{name}")));
    }
    results.unwrap();
}

#[test]
fn what_is_typed_is_asked_for_without_its_blanks_and_a_refusal_is_said() {
    let mut window = shown(Look::PLAIN, Lang::Fr, &["192.168.1.14:51820"], None);
    window.state_mut().asks.clear();
    let usable = egui::accessibility::is_input;
    looking::named(&window, "Retrouver cet appareil", usable)
        .unwrap()
        .click();
    window.run();
    let asked = format!("{:?}", window.state().asks);
    assert!(asked.contains("Meet(\"192.168.1.20:54321\")"), "{asked}");
    assert!(looking::reads(&window, "192.168.1.14:51820"));
    window
        .state_mut()
        .reach
        .failed("Ce n’est pas une adresse.".to_owned());
    window.run();
    assert!(looking::reads(&window, "Ce n’est pas une adresse."));
}

/// Bo's address is typed where an invitation would be, in Ana's window.
#[test]
fn an_address_typed_where_invitations_go_links_the_two_machines() {
    let dir: TempDir = tempfile::tempdir().unwrap();
    let (ana, bo) = (dir.path().join("ana"), dir.path().join("bo"));
    driving::profile_of("Ana Vasconcel", &ana, |engine| {
        seed::network(engine);
    });
    let mut desk = Desk::on(Look::PLAIN, driving::on_loopback(&ana));
    let network = desk.engine().fresh_view().unwrap().networks[0].id;
    driving::bo_joins(&mut desk, &bo, network);
    // He comes back at another place than before.
    let engine = driving::open(&bo, Some(loopback()));
    let at = engine.call(Command::Net(NetCommand::Address {})).unwrap();
    let at = at["places"][0].as_str().unwrap().to_owned();
    desk.click("Créer ou rejoindre");
    desk.click("Rejoindre un réseau");
    desk.write("Invitation", &at);
    desk.click("Rejoindre");
    assert!(desk.reads("Se retrouver par une adresse"));
    desk.click("Retrouver cet appareil");
    desk.until("Bo answers", |desk| desk.reads("Bo Lindqvist a répondu"));
    desk.click("Fermer");
    engine.close();
}
