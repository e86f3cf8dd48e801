//! The walk of `docs/guide/` (« premiers pas », « first steps »), done as a new user would, in both languages. Its
//! pictures are those of the guide: `cargo xtask guide` redraws them, and a picture that is no longer true fails here.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use driving::{Desk, launch};
use egui::{Key, Modifiers};
use egui_kittest::{SnapshotOptions, SnapshotResults};
use support::Look;
use tresse_desktop::{
    app::Launch,
    i18n::{Args, I18n, Lang},
};

/// High enough for what a picture is to show: only what is in sight can be clicked.
const LOOK: Look = Look {
    dark: false,
    size: [1180, 1000],
};

/// What is written on the walk, as in the guide.
struct Said {
    name: &'static str,
    network: &'static str,
    purpose: &'static str,
    value: &'static str,
    decision: &'static str,
    orientation: &'static str,
    objective: &'static str,
    indicator: &'static str,
    action: &'static str,
    remit: &'static str,
    first_day: &'static str,
}

const FRENCH: Said = Said {
    name: "Ana Vasconcel",
    network: "Réseau lecture des deux vallées",
    purpose: "Que personne ne renonce à se former faute de savoir lire",
    value: "Dire ce que l’on sait faire, et ce que l’on a raté",
    decision: "Par consentement ; sinon à la majorité, une personne, une voix.",
    orientation: "Ne laisser personne à la porte",
    objective: "Ouvrir deux permanences de plus",
    indicator: "Permanences ouvertes",
    action: "Demander la salle à la mairie",
    remit: "Veiller à ce que le réseau avance, préparer les rencontres",
    first_day: "1/1/2090",
};

const ENGLISH: Said = Said {
    name: "Ana Vasconcel",
    network: "Reading network of the two valleys",
    purpose: "Nobody gives up learning for want of reading",
    value: "To say what we can do, and where we failed",
    decision: "By consent; failing that by majority, one person, one vote.",
    orientation: "Leave nobody at the door",
    objective: "Open two more drop-in hours",
    indicator: "Drop-in hours open",
    action: "Ask the town hall for the room",
    remit: "See to it that the network moves, prepare the meetings",
    first_day: "2090-01-01",
};

/// Somebody on the walk.
struct Walk {
    desk: Desk,
    words: I18n,
    said: &'static Said,
    pictures: SnapshotResults,
}

impl Walk {
    fn begins(lang: Lang, said: &'static Said) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let launch = Launch {
            lang: Some(lang),
            today: Some(jiff::civil::date(2026, 11, 24)),
            ..launch(&dir.path().join("profile"))
        };
        let mut desk = Desk::on(LOOK, launch);
        desk.keep(dir);
        Self {
            desk,
            words: I18n::new(lang),
            said,
            pictures: SnapshotResults::new(),
        }
    }

    /// A text of the window.
    fn word(&self, key: &str) -> String {
        self.of(key, &[])
    }

    /// A text of the window with its places filled.
    fn of(&self, key: &str, values: &[(&str, &str)]) -> String {
        let args = Args::from_pairs(values.iter().copied());
        self.words.find(key, &args).unwrap()
    }

    fn click(&mut self, key: &str) {
        let name = self.word(key);
        self.desk.click(&name);
    }

    fn write(&mut self, key: &str, text: &str) {
        let name = self.word(key);
        self.desk.write(&name, text);
    }

    fn enter(&mut self) {
        self.desk.press(Modifiers::NONE, Key::Enter);
    }

    fn sees(&mut self, what: &str) {
        self.desk.until(what, |desk| desk.reads(what));
    }

    fn picture(&mut self, name: &str) {
        self.desk.harness.remove_cursor();
        self.desk.settle();
        let lang = self.words.lang().code();
        let options =
            SnapshotOptions::default().output_path(format!("../../docs/guide/pictures/{lang}"));
        let taken = self.desk.harness.try_snapshot_options(name, &options);
        self.pictures.add(taken);
    }

    fn gives_a_name(&mut self) {
        self.write("your-name", self.said.name);
        self.click("begin");
        let create = self.word("add-create");
        self.desk.until("the ways", |desk| desk.has(&create));
        self.click("add-create");
        self.write("network-name", self.said.network);
        self.click("kind-share-practice");
        self.picture("1-create");
        self.click("create-button");
        let hint = self.word("purpose-hint");
        self.desk.until("the home page", |desk| desk.has(&hint));
    }

    fn says_why(&mut self) {
        self.write("purpose-hint", self.said.purpose);
        self.enter();
        self.sees(self.said.purpose);
        self.picture("2-home");
    }

    fn agrees_a_charter(&mut self) {
        self.click("tab-charter");
        self.write("value-hint", self.said.value);
        self.enter();
        self.write("charter-decision-rule", self.said.decision);
        self.desk.press(Modifiers::NONE, Key::Tab);
        self.click("charter-propose");
        let sign = self.word("charter-sign");
        self.desk.until("it is in force", |desk| desk.has(&sign));
        self.click("charter-sign");
        let signed = self.word("charter-signed");
        self.sees(&signed);
        self.picture("3-charter");
    }

    fn plans(&mut self) {
        let said = self.said;
        self.click("tab-plan");
        self.click("plan-roadmap");
        self.write("orientation-new-hint", said.orientation);
        self.enter();
        self.sees(said.orientation);
        let under = self.of("orientation-objective-add", &[("title", said.orientation)]);
        self.desk.click(&under);
        self.write("objective-new-hint", said.objective);
        self.enter();
        let change = self.of("objective-change", &[("title", said.objective)]);
        self.desk.until("the objective", |desk| desk.has(&change));
        self.desk.click(&change);
        let indicator = self.of("indicator-new", &[("title", said.objective)]);
        self.desk.write(&indicator, said.indicator);
        self.enter();
        let written = said.indicator;
        self.desk.until("the indicator", |desk| {
            let plan = desk.engine().fresh_view().unwrap().networks[0].plan.clone();
            let mut all = plan.content.objectives.iter();
            all.any(|one| one.indicators.iter().any(|one| one.name == written))
        });
        self.picture("4-roadmap");
        self.click("plan-table");
        self.write("action-new-hint", said.action);
        self.enter();
        let open = self.of("action-open", &[("title", said.action)]);
        self.desk.until("the action", |desk| desk.has(&open));
    }

    fn pilots_in_turn(&mut self) {
        let said = self.said;
        self.click("tab-members");
        self.click("look-roles");
        let role = self.word("role-pilot");
        let edit = self.of("role-edit-of", &[("role", &role)]);
        self.desk.click(&edit);
        self.write("role-remit", said.remit);
        self.write("rotation-start", said.first_day);
        self.desk.press(Modifiers::NONE, Key::Tab);
        let (term, months) = (self.word("rotation-term"), self.months());
        self.desk.choose(&term, &months);
        let add = self.word("rotation-add");
        self.desk.choose(&add, said.name);
        let coming = self.word("role-coming");
        self.sees(&coming);
        self.picture("5-rotation");
        self.click("done-button");
    }

    fn hands_over(&mut self) {
        let role = self.word("role-pilot");
        let hand_over = self.of("role-hand-over-of", &[("role", &role)]);
        self.desk.click(&hand_over);
        self.click("hand-over-page-begin");
        let open = self.word("hand-over-page-open");
        self.desk.until("the page", |desk| desk.has(&open));
        self.picture("6-hand-over");
    }

    fn months(&self) -> String {
        let mut args = Args::new();
        args.set("count", 3);
        self.words.find("term-months", &args).unwrap()
    }

    /// The whole way.
    fn goes(mut self) {
        self.gives_a_name();
        self.says_why();
        self.agrees_a_charter();
        self.plans();
        self.pilots_in_turn();
        self.hands_over();
        self.pictures.unwrap();
    }
}

#[test]
fn the_first_steps_go_as_the_french_guide_says() {
    Walk::begins(Lang::Fr, &FRENCH).goes();
}

#[test]
fn the_first_steps_go_as_the_english_guide_says() {
    Walk::begins(Lang::En, &ENGLISH).goes();
}
