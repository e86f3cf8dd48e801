//! Somebody who goes the way of the guide.

use std::path::{Path, PathBuf};

use egui::{Key, Modifiers, Vec2};
use egui_kittest::{SnapshotOptions, SnapshotResults};
use tempfile::TempDir;
use tresse_desktop::{
    app::Launch,
    i18n::{Args, I18n, Lang},
};

use crate::{
    driving::{Desk, launch},
    said::Said,
    support::Look,
};

/// High enough for what a picture is to show: only what is in sight can be clicked.
const LOOK: Look = Look {
    dark: false,
    size: [1180, 1000],
};

/// What lies along the bottom of the window, and over what is there.
const EDGE: f32 = 80.0;
/// So far down what stays at the top of a page may reach, over what was scrolled below it.
const HEAD: f32 = 260.0;

/// The moment at which the walk takes place: ten in the morning wherever it is taken, so that its pictures are the same everywhere.
pub(crate) fn now() -> i64 {
    let morning = jiff::civil::date(2026, 11, 24).at(10, 0, 0, 0);
    let here = morning
        .to_zoned_datetime(jiff::tz::TimeZone::system())
        .unwrap();
    here.timestamp().as_millisecond()
}

/// Somebody on the walk.
pub(crate) struct Walk {
    pub(crate) desk: Desk,
    words: I18n,
    pub(crate) said: &'static Said,
    pictures: SnapshotResults,
    dir: TempDir,
}

impl Walk {
    pub(crate) fn begins(lang: Lang, said: &'static Said) -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self {
            desk: desk(lang, &dir.path().join("profile")),
            words: I18n::new(lang),
            said,
            pictures: SnapshotResults::new(),
            dir,
        }
    }

    /// The whole way.
    pub(crate) fn goes(mut self) {
        self.takes_its_first_steps();
        self.goes_on_together();
        self.pictures.unwrap();
    }

    /// The folder of somebody's profile.
    pub(crate) fn profile(&self, who: &str) -> PathBuf {
        self.dir.path().join(who)
    }

    pub(crate) fn lang(&self) -> &'static str {
        self.words.lang().code()
    }

    /// Closes the window while `meanwhile` goes on, and opens it again.
    pub(crate) fn away(&mut self, meanwhile: impl FnOnce(&Self)) {
        if let Some(app) = self.desk.harness.state_mut() {
            app.close();
        }
        meanwhile(self);
        self.desk = desk(self.words.lang(), &self.profile("profile"));
        let home = self.word("tab-home");
        self.desk.until("the network", |desk| desk.has(&home));
    }

    /// A text of the window.
    pub(crate) fn word(&self, key: &str) -> String {
        self.of(key, &[])
    }

    /// A text of the window with its places filled.
    pub(crate) fn of(&self, key: &str, values: &[(&str, &str)]) -> String {
        let args = Args::from_pairs(values.iter().copied());
        self.counted(key, &args)
    }

    /// The same, where a number is among them.
    pub(crate) fn counted(&self, key: &str, args: &Args) -> String {
        self.words.find(key, args).unwrap()
    }

    pub(crate) fn click(&mut self, key: &str) {
        let name = self.word(key);
        self.reach(&name);
        self.desk.click(&name);
    }

    /// Scrolls to what bears this name, where it is not in sight.
    pub(crate) fn reach(&mut self, name: &str) {
        let place = self.desk.named(name).rect();
        let window = self.desk.harness.ctx.content_rect();
        let below = place.bottom() > window.bottom() - EDGE;
        if below || place.top() < window.top() + HEAD {
            self.desk.named(name).scroll_to_me();
            self.desk.settle();
        }
    }

    pub(crate) fn write(&mut self, key: &str, text: &str) {
        let name = self.word(key);
        self.desk.write(&name, text);
    }

    /// Writes into a field and goes on to the next.
    pub(crate) fn fill(&mut self, key: &str, text: &str) {
        self.write(key, text);
        self.desk.press(Modifiers::NONE, Key::Tab);
    }

    pub(crate) fn enter(&mut self) {
        self.desk.press(Modifiers::NONE, Key::Enter);
    }

    pub(crate) fn sees(&mut self, what: &str) {
        self.desk.until(what, |desk| desk.reads(what));
    }

    /// Waits until something with this text of the window can be used.
    pub(crate) fn finds(&mut self, key: &str) {
        let name = self.word(key);
        self.desk.until(key, |desk| desk.has(&name));
    }

    pub(crate) fn picture(&mut self, name: &str) {
        self.desk.harness.remove_cursor();
        self.desk.settle();
        let lang = self.lang();
        let options =
            SnapshotOptions::default().output_path(format!("../../docs/guide/pictures/{lang}"));
        let taken = self.desk.harness.try_snapshot_options(name, &options);
        self.pictures.add(taken);
    }

    /// Takes a picture of another height, at what bears this name where it names something.
    pub(crate) fn picture_at(&mut self, name: &str, height: f32, at: Option<&str>) {
        let [width, high] = LOOK.size.map(f32::from);
        self.desk.harness.set_size(Vec2::new(width, height));
        self.desk.settle();
        if let Some(at) = at {
            let there = self.word(at);
            self.desk.named(&there).scroll_to_me();
            self.desk.settle();
        }
        self.picture(name);
        self.desk.harness.set_size(Vec2::new(width, high));
        self.desk.settle();
    }
}

fn desk(lang: Lang, profile: &Path) -> Desk {
    let launch = Launch {
        lang: Some(lang),
        now: Some(now()),
        ..launch(profile)
    };
    Desk::on(LOOK, launch)
}
