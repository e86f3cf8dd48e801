//! The dialogue of a linking on its own, at steps that are made up; what is asked for is kept to be looked at.

use std::sync::LazyLock;

use egui::{Key, Modifiers};
use egui_kittest::{Harness, Node, SnapshotResult};
use tresse_desktop::{
    app::asks::Ask,
    i18n::{I18n, Lang},
    theme,
    views::linking::Linking,
};
use tresse_engine::{AppView, Command, Engine, LinkingState, LinkingView, Options, Protection};

use crate::{
    driving::seed,
    support::{Look, looking, window},
};

/// Frames in which somebody looks before they click.
pub(crate) const LOOK: usize = 4;

/// Steps to look at, by name.
pub(crate) fn steps() -> Vec<(&'static str, LinkingView)> {
    let pass = format!("tresse1ae{}", "mzxw6ytboi3q".repeat(18));
    let view = |takes, label: &str, state| LinkingView {
        purpose: "link".into(),
        takes,
        name: "Ana Vasconcel".into(),
        label: label.into(),
        networks: Vec::new(),
        state,
    };
    let offered = LinkingState::Offered {
        qr: pass.to_uppercase(),
        ticket: pass,
        expires: five_past_two(),
    };
    let code = || "482913".to_owned();
    let failed = |code: &str| LinkingState::Failed {
        code: code.into(),
        message: String::new(),
    };
    let compare = |other_confirmed| LinkingState::Compare {
        code: code(),
        other_confirmed,
    };
    vec![
        ("offered", view(false, "", offered)),
        ("compare", view(false, "portable", compare(true))),
        ("compare-here", view(true, "bureau", compare(false))),
        ("connecting", view(true, "", LinkingState::Connecting)),
        (
            "waiting",
            view(true, "bureau", LinkingState::Waiting { code: code() }),
        ),
        (
            "pending",
            view(true, "", LinkingState::Pending { have: 1, need: 3 }),
        ),
        ("done", view(false, "portable", LinkingState::Done)),
        ("done-here", view(true, "bureau", LinkingState::Done)),
        ("failed", view(false, "", failed("link-code-differs"))),
        ("failed-here", view(true, "", failed("link-unreachable"))),
    ]
}

/// The step of this name.
pub(crate) fn step(name: &str) -> LinkingView {
    let mut steps = steps().into_iter();
    steps.find(|(known, _)| *known == name).unwrap().1
}

struct Shown {
    app: AppView,
    words: I18n,
    linking: Linking,
    asks: Vec<Ask>,
}

/// The dialogue in a window of its own.
pub(crate) struct Stage {
    harness: Harness<'static, Shown>,
}

impl Stage {
    pub(crate) fn new(lang: Lang, look: Look, linking: Option<LinkingView>) -> Self {
        let mut app = APP.clone();
        app.linking = linking.map(|view| LinkingView {
            networks: app.networks.iter().map(|network| network.id).collect(),
            ..view
        });
        let shown = Shown {
            app,
            words: I18n::new(lang),
            linking: Linking::default(),
            asks: Vec::new(),
        };
        let harness = window(look, shown, |ui, shown| {
            let ctx = ui.ctx().clone();
            let paper = egui::Frame::new().fill(theme::tokens_of(&ctx).color.paper);
            egui::CentralPanel::default().frame(paper).show(ui, |_| ());
            shown
                .linking
                .ui(&ctx, &shown.words, &shown.app, &mut shown.asks);
        });
        let mut stage = Self { harness };
        stage.look();
        stage
    }

    /// The engine tells another step.
    pub(crate) fn show(&mut self, step: LinkingView) {
        self.harness.state_mut().app.linking = Some(step);
        self.look();
    }

    /// The same, and not a moment later.
    pub(crate) fn show_at_once(&mut self, step: LinkingView) {
        self.harness.state_mut().app.linking = Some(step);
        self.harness.step();
    }

    /// Time goes by, in which a person would look: what is clicked at once is not taken.
    fn look(&mut self) {
        self.harness.run_steps(LOOK);
        self.harness.run();
    }

    /// Everything asked for, to be looked at.
    pub(crate) fn asked(&self) -> String {
        format!("{:?}", self.harness.state().asks)
    }

    fn find(&self, name: &str) -> Option<Node<'_>> {
        looking::named(&self.harness, name, egui::accessibility::is_input)
    }

    pub(crate) fn click(&mut self, name: &str) {
        self.find(name)
            .unwrap_or_else(|| panic!("nothing is called « {name} »\n{:?}", self.harness))
            .click();
        self.harness.run();
    }

    /// Clicks on the window beside the dialogue.
    pub(crate) fn click_beside(&mut self) {
        let at = egui::pos2(12.0, 12.0);
        self.harness.hover_at(at);
        for pressed in [true, false] {
            self.harness.event(egui::Event::PointerButton {
                pos: at,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            });
            self.harness.run();
        }
    }

    pub(crate) fn press(&mut self, key: Key) {
        self.harness.key_press(key);
        self.harness.run();
    }

    /// Whether this text can be read somewhere.
    pub(crate) fn reads(&self, text: &str) -> bool {
        looking::reads(&self.harness, text)
    }

    /// The names of what has the keyboard after each of so many presses of Tab.
    pub(crate) fn names_by_tab(&mut self, presses: usize) -> Vec<String> {
        looking::names_by_tab(&mut self.harness, presses)
    }

    pub(crate) fn picture(&mut self, name: &str) -> SnapshotResult {
        looking::picture(&mut self.harness, name)
    }
}

/// 14:05, wherever the test runs.
fn five_past_two() -> i64 {
    let zone = jiff::tz::TimeZone::system();
    let time = jiff::civil::date(2026, 11, 24).at(14, 5, 0, 0);
    zone.to_timestamp(time).unwrap().as_millisecond()
}

/// What a machine with one network shows.
static APP: LazyLock<AppView> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let profile = dir.path().join("profile");
    Engine::init(&profile, "Ana Vasconcel", "fr", &Protection::Open).unwrap();
    let engine = Engine::open(&profile, Options::default()).unwrap();
    let command = Command::NetworkCreate {
        name: seed::NAME.into(),
        template: None,
    };
    engine.call(command).unwrap();
    let app = AppView::clone(&engine.fresh_view().unwrap());
    engine.close();
    app
});
