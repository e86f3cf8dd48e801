//! The window as a whole: what stage it is in, what it does with what views ask for, and its frame of rail, tabs
//! and status line.
//!
//! ```text
//!   engine ──view()──▶ Open ──Cx──▶ views ──Ask──▶ Open ──send()──▶ engine
//!                       ▲                            │
//!                       └──────── Done ◀── Worker ◀──┘  (files, searches, answers)
//! ```
//! The window's thread never waits: it paints the newest view and hands everything slow to [`worker`].

pub mod args;
pub mod asks;
mod carry;
pub mod command;
pub mod confirm;
pub mod dates;
mod dialogues;
pub mod draft;
pub mod errors;
mod exporting;
mod files;
mod frame;
mod jobs;
mod linking;
pub mod notify;
mod open;
mod opened;
mod past;
mod perform;
pub mod place;
pub mod prefs;
mod rail;
mod reaching;
mod restoring;
pub mod shot;
mod status;
pub mod text;
pub mod toast;
mod typed;
pub mod worker;

use std::{path::PathBuf, sync::Arc, time::Duration};

use egui::{CentralPanel, Context, Ui};
use tresse_engine::{
    Keyring, NetOptions, NoKeyring, Options, Progress, Protection, Secret, Unlock,
};

use crate::{
    i18n::{I18n, Lang},
    start::{
        failed::{self, Failure},
        locked::Locked,
        welcome::{self, Welcome},
    },
    theme, tr,
};
use args::ViewArg;
use jobs::{Done, Newcomer};
use open::Open;
use prefs::{Prefs, ThemeChoice};
use shot::{Outcome, Shot, Step};
use worker::Worker;

/// How long is waited, when the window closes, for something long that was told to stop.
const UNFINISHED: Duration = Duration::from_secs(5);

/// How the window is started.
#[derive(Debug, Clone, Default)]
pub struct Launch {
    /// The profile's folder.
    pub profile: PathBuf,
    /// A language to speak whatever the profile says.
    pub lang: Option<Lang>,
    /// Light or dark whatever the settings say.
    pub theme: Option<ThemeChoice>,
    /// What to show first.
    pub view: Option<ViewArg>,
    /// How to talk to other machines; to none without it.
    pub net: Option<NetOptions>,
    /// The keyring that may hold the profile's key; none without it.
    pub keyring: Option<Arc<dyn Keyring>>,
    /// What this machine is called, to propose to its person.
    pub machine: Option<String>,
    /// Make a profile for a visitor and fill it with the demo, where there is none.
    pub demo: bool,
    /// A folder to save every file in, instead of asking the person where: for tests.
    pub save_in: Option<PathBuf>,
    /// The day to take for today; the clock's without it. For pictures that are the same whenever they are taken.
    pub today: Option<jiff::civil::Date>,
    /// The moment at which every clock stands still, milliseconds since 1970, UTC; for pictures as well.
    pub now: Option<i64>,
    /// Where notifications go, for those who asked for them.
    pub notifications: notify::Notifications,
    /// Where to save a picture of the window, and where to say how that went.
    pub screenshot: Option<(PathBuf, Outcome)>,
}

impl Launch {
    fn keyring(&self) -> Arc<dyn Keyring> {
        self.keyring.clone().unwrap_or_else(|| Arc::new(NoKeyring))
    }
}

/// The window.
pub struct TresseApp {
    launch: Launch,
    words: I18n,
    prefs: Prefs,
    stage: Stage,
    worker: Worker<Done>,
    shot: Option<Shot>,
    /// What was given at the first start, should it have to be given again.
    welcome: Welcome,
    /// How far a backup is that is being put in place.
    restoring: Option<Arc<Progress>>,
    /// How many attached files of a backup are not in what was made of it.
    files_lost: usize,
}

enum Stage {
    First(Welcome),
    Opening,
    Locked(Locked),
    Failed(Failure),
    Open(Box<Open>),
    Closed,
}

impl TresseApp {
    /// A window on the profile in `launch`. Fonts and looks must have been applied to `ctx` ([`theme::apply`]).
    pub fn new(ctx: &Context, launch: Launch) -> Self {
        let waking = ctx.clone();
        let worker = Worker::new(move || waking.request_repaint());
        ctx.options_mut(|options| {
            // Text size is a setting that is kept; see `UiCommand::Larger`.
            options.zoom_with_keyboard = false;
            // Paper by day, where the system does not say.
            options.fallback_theme = egui::Theme::Light;
        });
        let lang = launch.lang.unwrap_or_else(guessed_language);
        let prefs = Prefs::load(&launch.profile);
        let shot = launch
            .screenshot
            .clone()
            .map(|(path, outcome)| Shot::new(path, outcome));
        let there = tresse_engine::Engine::exists(&launch.profile);
        let mut app = Self {
            words: I18n::new(lang),
            stage: Stage::First(Welcome::default()),
            launch,
            prefs,
            worker,
            shot,
            welcome: Welcome::default(),
            restoring: None,
            files_lost: 0,
        };
        app.wear(ctx);
        if there || app.launch.demo {
            let newcomer = app.launch.demo.then(|| Newcomer {
                name: tr!(app.words, "visitor-name"),
                lang: app.words.lang().code(),
                protection: Protection::Open,
            });
            app.open(newcomer, None);
        } else {
            let keyring = app.launch.keyring();
            app.worker.run("keyring", Done::NoThread, move || {
                Done::Keyring(keyring.answers())
            });
        }
        app
    }

    /// Whether something is under way that will change what is shown.
    pub fn busy(&self) -> bool {
        self.worker.busy()
            || match &self.stage {
                Stage::Opening => true,
                Stage::Open(open) => open.unsaved() > 0,
                Stage::First(_) | Stage::Locked(_) | Stage::Failed(_) | Stage::Closed => false,
            }
    }

    /// The engine, once the profile is open.
    pub fn engine(&self) -> Option<&tresse_engine::Engine> {
        match &self.stage {
            Stage::Open(open) => Some(&open.engine),
            _ => None,
        }
    }

    /// One pass: takes what has come, paints, does what was asked for.
    pub fn pass(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        while let Some(done) = self.worker.take() {
            self.took(&ctx, done);
        }
        let restoring = self.shows_restoring(ui);
        match &mut self.stage {
            _ if restoring => {}
            Stage::First(welcome) => {
                let did = CentralPanel::default()
                    .show(ui, |ui| welcome.ui(ui, &self.words))
                    .inner;
                self.take_dropped_backup(&ctx);
                self.welcomed(did);
            }
            Stage::Opening => opening(ui, &self.words),
            Stage::Locked(locked) => {
                let did = CentralPanel::default()
                    .show(ui, |ui| locked.ui(ui, &self.words))
                    .inner;
                if let Some(did) = did {
                    self.unlocked(did);
                }
            }
            Stage::Failed(failure) => {
                let did = CentralPanel::default()
                    .show(ui, |ui| failure.ui(ui, &self.words))
                    .inner;
                match did {
                    Some(failed::Did::Again) => self.open(None, None),
                    Some(failed::Did::Leave) => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
                    None => {}
                }
            }
            Stage::Open(open) => {
                let mut shell = open::Shell {
                    words: &mut self.words,
                    prefs: &mut self.prefs,
                    worker: &mut self.worker,
                    launch: &self.launch,
                };
                open.pass(ui, &mut shell);
            }
            Stage::Closed => {}
        }
        self.size(&ctx);
        self.picture(&ctx);
    }

    /// Text as large as this person wants it, and larger for a room.
    fn size(&self, ctx: &Context) {
        let room = matches!(&self.stage, Stage::Open(open) if open.in_room());
        let larger = if room { crate::views::ROOM } else { 1.0 };
        ctx.set_zoom_factor(self.prefs.zoom() * larger);
    }

    /// Sends what is still being typed and closes the profile.
    pub fn close(&mut self) {
        let restoring = self.restoring.as_deref().map(Progress::stop);
        let stage = std::mem::replace(&mut self.stage, Stage::Closed);
        let unfinished = match stage {
            Stage::Open(open) => open.close(),
            _ => false,
        };
        if unfinished || restoring.is_some() {
            self.worker.finish(UNFINISHED);
        }
    }

    fn wear(&self, ctx: &Context) {
        let choice = self.launch.theme.unwrap_or(self.prefs.theme);
        ctx.set_theme(choice.preference());
        self.size(ctx);
    }

    fn welcomed(&mut self, did: Option<welcome::Did>) {
        match did {
            None => {}
            Some(welcome::Did::Speak(lang)) => self.words = I18n::new(lang),
            Some(welcome::Did::Restore) => self.choose_backup(),
            Some(welcome::Did::Begin) => {
                let Stage::First(welcome) = &mut self.stage else {
                    return;
                };
                self.welcome = std::mem::take(welcome);
                let given = Some(Secret::new(self.welcome.passphrase.clone()));
                let given = given.filter(|given| !given.is_empty());
                let protection = match (&given, self.welcome.keyring) {
                    (Some(passphrase), _) => Protection::passphrase(passphrase.clone()),
                    (None, Some(true)) => Protection::Keyring(self.launch.keyring()),
                    (None, _) => Protection::Open,
                };
                let newcomer = Newcomer {
                    name: self.welcome.name.trim().to_owned(),
                    lang: self.words.lang().code(),
                    protection,
                };
                self.open(Some(newcomer), given);
            }
        }
    }

    fn open(&mut self, newcomer: Option<Newcomer>, passphrase: Option<Secret>) {
        self.stage = Stage::Opening;
        self.start_opening(newcomer, passphrase);
    }

    /// Opens the profile beside the window, which goes on showing what it shows.
    fn start_opening(&mut self, newcomer: Option<Newcomer>, passphrase: Option<Secret>) {
        let dir = self.launch.profile.clone();
        let options = Options {
            net: self.launch.net.clone(),
            unlock: Unlock {
                passphrase,
                keyring: self.launch.keyring(),
            },
            now: self.launch.now,
        };
        let demo = self.launch.demo.then_some(self.words.lang().code());
        self.worker.run("open", Done::NoThread, move || {
            Done::Opened(Box::new(jobs::open(&dir, newcomer.as_ref(), options, demo)))
        });
    }

    fn took(&mut self, ctx: &Context, done: Done) {
        match done {
            Done::Opened(opened) => match *opened {
                Ok(opened) => {
                    if self.launch.lang.is_none()
                        && let Some(lang) = Lang::from_code(&opened.view.me.lang)
                        && lang != self.words.lang()
                    {
                        self.words = I18n::new(lang);
                    }
                    let waking = ctx.clone();
                    opened.engine.set_waker(move || waking.request_repaint());
                    self.welcome = Welcome::default();
                    self.stage = Stage::Open(Box::new(Open::new(opened, &self.launch)));
                    self.tell_lost();
                }
                Err(failure) => self.not_opened(failure),
            },
            // It may come while a backup is looked at, after which the first start may be shown again.
            Done::Keyring(answers) if !matches!(self.stage, Stage::Open(_)) => {
                let welcome = match &mut self.stage {
                    Stage::First(welcome) => welcome,
                    _ => &mut self.welcome,
                };
                welcome.keyring = Some(answers);
            }
            // Whoever began otherwise meanwhile wants it no more.
            Done::Backup(backup) if matches!(self.stage, Stage::First(_)) => {
                self.restore(backup, None);
            }
            Done::Backup(_) => {}
            Done::Restored(backup, passphrase, restored) => {
                self.restored(backup, passphrase, restored);
            }
            Done::Shot(outcome) => {
                if let Some(shot) = &mut self.shot {
                    shot.finish(ctx, outcome);
                }
            }
            Done::NoThread(error) if matches!(self.stage, Stage::Opening | Stage::Locked(_)) => {
                self.restoring = None;
                self.stage = Stage::Failed(Failure {
                    code: "io".into(),
                    message: error.to_string(),
                    folder: self.launch.profile.display().to_string(),
                });
            }
            done => {
                if let Stage::Open(open) = &mut self.stage {
                    open.took(ctx, &self.words, done);
                }
            }
        }
    }

    /// What stands in the way is told where something can be done about it.
    fn not_opened(&mut self, failure: Failure) {
        let problem = || errors::sentence(&self.words, &failure.code, &failure.message);
        let newcomer = !self.welcome.name.is_empty();
        match failure.code.as_str() {
            "bad-name" | "keyring" if newcomer => {
                let mut welcome = std::mem::take(&mut self.welcome).again(problem());
                if failure.code == "keyring" {
                    welcome.keyring = Some(false);
                }
                self.stage = Stage::First(welcome);
            }
            "needs-passphrase" => self.stage = Stage::Locked(Locked::default()),
            "wrong-passphrase" => {
                let problem = problem();
                let mut locked = match std::mem::replace(&mut self.stage, Stage::Opening) {
                    Stage::Locked(locked) => locked,
                    _ => Locked::default(),
                };
                locked.refused(problem);
                self.stage = Stage::Locked(locked);
            }
            _ => self.stage = Stage::Failed(failure),
        }
    }

    fn picture(&mut self, ctx: &Context) {
        let busy = self.busy();
        let mark = match &self.stage {
            Stage::Open(open) => open.view.revision + 1,
            _ => 0,
        };
        let Some(shot) = &mut self.shot else { return };
        if let Step::Write(image, path) = shot.pass(ctx, busy, mark) {
            self.worker.run("picture", Done::NoThread, move || {
                Done::Shot(shot::write(&image, &path))
            });
        }
    }
}

impl eframe::App for TresseApp {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.pass(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.close();
    }

    fn raw_input_hook(&mut self, _ctx: &Context, raw: &mut egui::RawInput) {
        // Nothing is pointed at in a picture.
        if self.shot.is_some() {
            raw.events
                .retain(|event| !matches!(event, egui::Event::PointerMoved(_)));
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}

fn opening(ui: &mut Ui, words: &I18n) {
    CentralPanel::default().show(ui, |ui| {
        let t = theme::tokens(ui);
        ui.vertical_centered(|ui| {
            ui.add_space(ui.available_height() * 0.36);
            theme::braid_mark(ui, t, 2.0 * t.text.display, ui.visuals().panel_fill);
            ui.add_space(t.space.m);
            theme::muted(ui, tr!(words, "opening"));
        });
    });
}

/// The language that the system asks for; French where it asks for another one.
pub fn guessed_language() -> Lang {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .and_then(|value| Lang::from_code(&value))
        .unwrap_or_default()
}

/// What day and what moment it is: the machine's, unless pictures are taken.
#[derive(Debug, Clone, Copy)]
struct Clock {
    day: Option<jiff::civil::Date>,
    now: Option<i64>,
}

impl Clock {
    /// Today, in this machine's time zone.
    fn today(self) -> jiff::civil::Date {
        let here = |now: jiff::Timestamp| {
            let zoned = now.to_zoned_datetime(jiff::tz::TimeZone::system());
            zoned.date()
        };
        let now = jiff::Timestamp::from_millisecond(self.now());
        self.day.unwrap_or_else(|| here(now.unwrap_or_default()))
    }

    /// Now, in milliseconds since 1970, UTC.
    fn now(self) -> i64 {
        self.now.unwrap_or_else(now)
    }
}

/// Now, in milliseconds since 1970, UTC.
pub(crate) fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

/// A view shared with the window.
pub(crate) type View = Arc<tresse_engine::AppView>;
