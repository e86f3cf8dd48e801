//! Drives the whole window on a real profile in a folder of its own, by the names that a person (or a screen
//! reader) finds on it.
#![allow(dead_code, reason = "each test file uses what it needs")]

pub(crate) mod seed;

use std::{
    path::Path,
    time::{Duration, Instant},
};

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{Harness, Node, kittest::NodeT as _};
use tempfile::TempDir;
use tresse_desktop::{
    app::{Launch, TresseApp, prefs::ThemeChoice},
    i18n::Lang,
};
use tresse_engine::{AppView, Command, Engine, NetOptions, Options, Protection, model::NetworkId};

use crate::support::{Look, looking, window};

/// How long a test waits for the engine before it gives up.
const PATIENCE: Duration = Duration::from_mins(1);

/// A window on a profile.
pub(crate) struct Desk {
    pub(crate) harness: Harness<'static, Option<TresseApp>>,
    kept: Option<TempDir>,
}

impl Desk {
    /// A window on a new folder, where nobody has been yet.
    pub(crate) fn nobody(look: Look) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let launch = launch(&dir.path().join("profile"));
        let mut desk = Self::on(look, launch);
        desk.kept = Some(dir);
        desk
    }

    /// A window on a profile of Ana's, into which `seed` has put something.
    pub(crate) fn of_ana(look: Look, seed: impl FnOnce(&Engine)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let profile = dir.path().join("profile");
        profile_of("Ana Vasconcel", &profile, seed);
        let mut desk = Self::on(look, launch(&profile));
        desk.kept = Some(dir);
        desk
    }

    /// The same on a morning on which the clock stands still: for pictures that tell when something was done.
    pub(crate) fn that_morning(look: Look, seed: impl FnOnce(&Engine)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let profile = dir.path().join("profile");
        Engine::init(&profile, "Ana Vasconcel", "fr", &Protection::Open).unwrap();
        let (today, now) = morning();
        let options = Options {
            now: Some(now),
            ..Options::default()
        };
        let engine = Engine::open(&profile, options).unwrap();
        seed(&engine);
        engine.close();
        let launch = Launch {
            today: Some(today),
            now: Some(now),
            ..launch(&profile)
        };
        let mut desk = Self::on(look, launch);
        desk.kept = Some(dir);
        desk
    }

    /// The same, in English.
    pub(crate) fn english(look: Look, seed: impl FnOnce(&Engine)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let profile = dir.path().join("profile");
        profile_of("Ana Vasconcel", &profile, seed);
        let launch = Launch {
            lang: Some(Lang::En),
            ..launch(&profile)
        };
        let mut desk = Self::on(look, launch);
        desk.kept = Some(dir);
        desk
    }

    /// A window that is launched like this, once it has come to rest.
    pub(crate) fn on(look: Look, mut launch: Launch) -> Self {
        launch.theme = Some(if look.dark {
            ThemeChoice::Dark
        } else {
            ThemeChoice::Light
        });
        let mut launch = Some(launch);
        let harness = window(look, None, move |ui, app: &mut Option<TresseApp>| {
            let app = app.get_or_insert_with(|| {
                TresseApp::new(ui.ctx(), launch.take().expect("the window is made once"))
            });
            app.pass(ui);
        });
        let mut desk = Self {
            harness,
            kept: None,
        };
        desk.settle();
        desk
    }

    /// Keeps a folder for as long as the window is open.
    pub(crate) fn keep(&mut self, dir: TempDir) {
        self.kept = Some(dir);
    }

    pub(crate) fn app(&self) -> &TresseApp {
        self.harness.state().as_ref().unwrap()
    }

    /// The engine behind the window.
    pub(crate) fn engine(&self) -> &Engine {
        self.app().engine().expect("the profile is open")
    }

    /// Runs until everything that was asked for has come and is shown.
    pub(crate) fn settle(&mut self) {
        let until = Instant::now() + PATIENCE;
        loop {
            self.harness.step();
            if !self.app().busy() {
                break;
            }
            assert!(Instant::now() < until, "the window never came to rest");
            std::thread::sleep(Duration::from_millis(2));
        }
        if let Some(engine) = self.app().engine() {
            engine.fresh_view().unwrap();
        }
        self.harness.run();
    }

    /// Lets so many seconds go by on the window's own clock.
    pub(crate) fn time_goes_on(&mut self, seconds: f64) {
        let now = self.harness.ctx.input(|input| input.time);
        self.harness.input_mut().time = Some(now + seconds);
        self.harness.step();
        self.harness.input_mut().time = None;
        self.settle();
    }

    /// Runs until this is true.
    pub(crate) fn until(&mut self, what: &str, mut is: impl FnMut(&Self) -> bool) {
        let until = Instant::now() + PATIENCE;
        while !is(self) {
            assert!(
                Instant::now() < until,
                "never came: {what}\nit reads: {}",
                looking::all_texts(&self.harness)
            );
            self.settle();
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// What bears this name and can be used.
    pub(crate) fn named(&self, name: &str) -> Node<'_> {
        self.find(name).unwrap_or_else(|| {
            let texts = looking::all_texts(&self.harness);
            panic!("nothing is called « {name} »\nit reads: {texts}")
        })
    }

    fn find(&self, name: &str) -> Option<Node<'_>> {
        let usable = |role| egui::accessibility::is_input(role) || role == Role::Tab;
        looking::named(&self.harness, name, usable)
    }

    /// Whether something usable bears this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Whether this text can be read somewhere.
    pub(crate) fn reads(&self, text: &str) -> bool {
        looking::reads(&self.harness, text)
    }

    /// The whole of the first text that begins like this.
    pub(crate) fn text_from(&self, start: &str) -> Option<String> {
        self.harness.root().children_recursive().find_map(|node| {
            let node = node.accesskit_node();
            let mut texts = [node.label(), node.value()]
                .into_iter()
                .flatten()
                .map(|text| looking::plain(&text));
            texts.find(|text| text.starts_with(start))
        })
    }

    /// Covers the short names of machines, which are drawn by lot, in the next picture.
    pub(crate) fn hide_machines(&mut self) {
        self.hide(&["Appareil ", "Device "], |place| {
            egui::Rect::from_min_size(place.min, egui::vec2(400.0, 22.0))
        });
    }

    /// Covers on which day an archive was made, and where it lies: by its network's name, which is drawn by lot. In the next picture.
    pub(crate) fn hide_archive(&mut self) {
        let starts = ["à jour, faits le", "Dans le dossier de vos données"];
        self.hide(&starts, |place| {
            // As wide as the card that holds it, whatever letters and digits were drawn.
            let mut cover = place.expand(6.0);
            cover.set_width(700.0);
            cover
        });
    }

    /// Covers in the next picture what begins like this. What moves before it is taken uncovers all again.
    fn hide(&mut self, starts: &[&str], cover: impl Fn(egui::Rect) -> egui::Rect) {
        let says = |text: Option<String>| {
            text.is_some_and(|text| starts.iter().any(|start| text.starts_with(start)))
        };
        let nodes = self.harness.root().children_recursive();
        let hidden = nodes.filter(|node| {
            let node = node.accesskit_node();
            says(node.label()) || says(node.value())
        });
        let places: Vec<egui::Rect> = hidden.map(|node| cover(node.rect())).collect();
        for place in places {
            self.harness.mask(place);
        }
    }

    pub(crate) fn click(&mut self, name: &str) {
        self.named(name).click();
        self.settle();
    }

    /// Chooses a value in a list of values.
    pub(crate) fn choose(&mut self, field: &str, value: &str) {
        self.click(field);
        self.click(value);
    }

    /// Writes into a field, in place of what it holds.
    pub(crate) fn write(&mut self, field: &str, text: &str) {
        self.named(field).focus();
        self.harness.run();
        self.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        self.harness.run();
        self.named(field).type_text(text);
        self.settle();
    }

    pub(crate) fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// What a field holds.
    pub(crate) fn value(&self, field: &str) -> String {
        self.named(field).value().unwrap_or_default()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Some(app) = self.harness.state_mut() {
            app.close();
        }
    }
}

/// A day, and ten o'clock on it here, in milliseconds since 1970, UTC.
fn morning() -> (jiff::civil::Date, i64) {
    let day = jiff::civil::date(2026, 11, 24);
    let here = day.at(10, 0, 0, 0);
    let here = here
        .to_zoned_datetime(jiff::tz::TimeZone::system())
        .unwrap();
    (day, here.timestamp().as_millisecond())
}

/// French, talking to nobody.
pub(crate) fn launch(profile: &Path) -> Launch {
    Launch {
        profile: profile.to_owned(),
        lang: Some(Lang::Fr),
        ..Launch::default()
    }
}

/// French, talking to machines on this one alone.
pub(crate) fn on_loopback(profile: &Path) -> Launch {
    Launch {
        net: Some(loopback()),
        ..launch(profile)
    }
}

/// Listens on this machine alone and is looked for nowhere.
pub(crate) fn loopback() -> NetOptions {
    NetOptions {
        listen: Some(([127, 0, 0, 1], 0).into()),
        lan: false,
        internet: false,
        ..NetOptions::default()
    }
}

/// Opens a profile that has no window.
pub(crate) fn open(profile: &Path, net: Option<NetOptions>) -> Engine {
    let options = Options {
        net,
        ..Options::default()
    };
    Engine::open(profile, options).unwrap()
}

/// Waits until an engine without a window shows this.
pub(crate) fn until(engine: &Engine, what: &str, is: impl Fn(&AppView) -> bool) {
    let end = Instant::now() + PATIENCE;
    while !is(&engine.fresh_view().unwrap()) {
        assert!(Instant::now() < end, "never came: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Makes a profile and lets `seed` put something into it.
pub(crate) fn profile_of(name: &str, profile: &Path, seed: impl FnOnce(&Engine)) {
    profile_at(name, profile, None, seed);
}

/// The same, at this moment: milliseconds since 1970, UTC.
pub(crate) fn profile_at(name: &str, profile: &Path, now: Option<i64>, seed: impl FnOnce(&Engine)) {
    Engine::init(profile, name, "fr", &Protection::Open).unwrap();
    let options = Options {
        now,
        ..Options::default()
    };
    let engine = Engine::open(profile, options).unwrap();
    seed(&engine);
    engine.close();
}

/// A value out of an engine's answer.
pub(crate) fn ask<T: std::str::FromStr>(engine: &Engine, command: Command, what: &str) -> T {
    let answer = engine.call(command).unwrap();
    answer[what].as_str().unwrap().parse().ok().unwrap()
}

/// In front of the minutes of a meeting, which are one line.
pub(crate) fn at_a_line(look: Look, line: &str) -> Desk {
    let mut desk = Desk::of_ana(look, |engine| {
        let network = seed::network(engine);
        let meeting = seed::meeting(engine, network, "Comité", Some("2093-03-03"));
        let minutes = seed::minutes(network, meeting, line);
        engine.call(minutes.into()).unwrap();
    });
    desk.click("Rencontres");
    desk.click("Ouvrir « Comité », mardi 3 mars 2093 à 18:30");
    desk.click("Trace");
    desk.settle();
    desk
}

/// An invitation for so many people: its ticket, as text.
pub(crate) fn invites(engine: &Engine, network: NetworkId, uses: u32) -> String {
    let invite = Command::InviteCreate {
        network,
        uses,
        expires_in: 3600,
    };
    ask(engine, invite, "ticket")
}

/// Another person on a profile of their own, who has joined [`seed::network`] by now.
pub(crate) fn joins(name: &str, profile: &Path, ticket: &str, network: NetworkId) -> Engine {
    Engine::init(profile, name, "fr", &Protection::Open).unwrap();
    let engine = open(profile, Some(loopback()));
    let ticket = ticket.to_owned();
    engine.call(Command::InviteAccept { ticket }).unwrap();
    until(&engine, "the plan has come", |view| {
        view.network(&network)
            .is_some_and(|net| net.plan.content.actions.len() == 7)
    });
    engine
}

/// Bo is let in by Ana's window, and leaves again.
pub(crate) fn bo_joins(desk: &mut Desk, bo: &Path, network: NetworkId) {
    let ticket = invites(desk.engine(), network, 1);
    let engine = joins("Bo Lindqvist", bo, &ticket, network);
    desk.until("Bo is here", |desk| desk.reads("Ici : Bo Lindqvist"));
    desk.until("both are in step", |desk| {
        desk.reads("en phase avec 1 appareil")
    });
    engine.close();
    desk.until("Bo has gone", |desk| {
        desk.reads("Personne d’autre en ce moment")
    });
}

/// Opens somebody's profile, from which the window's machine is dialled.
pub(crate) fn comes_back(desk: &Desk, profile: &Path) -> Engine {
    let view = desk.engine().fresh_view().unwrap();
    let address = view.status.addresses[0].parse().unwrap();
    let net = NetOptions {
        peers: vec![(view.me.device, address)],
        ..loopback()
    };
    open(profile, Some(net))
}
