//! The members' view on its own, of people who are made up; what is asked for is kept to be looked at.
#![allow(dead_code, reason = "each test file uses what it needs")]

use std::sync::Arc;

use egui_kittest::{Harness, Node, SnapshotResult};
use tresse_desktop::{
    app::{
        asks::{Ask, Dialogue},
        draft::Drafts,
    },
    i18n::{I18n, Lang},
    theme,
    views::{
        Cx, band,
        members::{Decision, Forms, MembersUi, dialogue},
    },
};
use tresse_engine::{
    AppView, Command, Engine, MembersView, NetworkView, Options, PilotingView,
    model::{MemberId, NetworkId},
};

use crate::{
    driving::seed,
    support::{Look, looking, window},
    village,
};

/// What is painted, and what was asked for.
struct Shown {
    app: AppView,
    net: Arc<NetworkView>,
    words: I18n,
    drafts: Drafts,
    asks: Vec<Ask>,
    members: MembersUi,
    forms: Forms,
    decision: Option<Decision>,
}

impl Shown {
    fn paint(&mut self, ui: &mut egui::Ui) {
        let today = jiff::civil::date(2026, 11, 24);
        let ctx = ui.ctx().clone();
        band::ui(ui, &self.words, &self.app, &self.net, today, &mut self.asks);
        let mut asks = Vec::new();
        let mut cx = Cx {
            words: &self.words,
            app: &self.app,
            net: &self.net,
            drafts: &mut self.drafts,
            asks: &mut asks,
            today,
            now: village::at("2026-11-24"),
            time: 0.0,
        };
        let paper = egui::Frame::new().fill(theme::tokens_of(&ctx).color.paper);
        egui::CentralPanel::default()
            .frame(paper)
            .show(ui, |ui| self.members.ui(ui, &mut cx));
        if let Some(decision) = &self.decision
            && dialogue(&ctx, &mut cx, &mut self.forms, decision)
        {
            self.decision = None;
        }
        // What is confirmed is done at once here, and the dialogue over.
        let over = |ask: &Ask| matches!(ask, Ask::Close | Ask::Confirm(_));
        if asks.iter().any(over) {
            self.decision = None;
        }
        self.asks.extend(asks);
    }
}

/// The view in a window of its own.
pub(crate) struct Stage {
    harness: Harness<'static, Shown>,
}

impl Stage {
    pub(crate) fn new(lang: Lang, look: Look, members: MembersView) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let profile = dir.path().join("profile");
        Engine::init(
            &profile,
            "Ana Vasconcel",
            "fr",
            &tresse_engine::Protection::Open,
        )
        .unwrap();
        let engine = Engine::open(&profile, Options::default()).unwrap();
        let command = Command::NetworkCreate {
            name: seed::NAME.into(),
            template: None,
        };
        engine.call(command).unwrap();
        let mut app = AppView::clone(&engine.fresh_view().unwrap());
        engine.close();
        app.me.member = village::ANA;
        let mut net = NetworkView::clone(&app.networks[0]);
        net.members = Arc::new(members);
        let shown = Shown {
            app,
            net: Arc::new(net),
            words: I18n::new(lang),
            drafts: Drafts::default(),
            asks: Vec::new(),
            members: MembersUi::default(),
            forms: Forms::default(),
            decision: None,
        };
        let mut harness = window(look, shown, |ui, shown| shown.paint(ui));
        harness.run();
        Self { harness }
    }

    /// Shows these roles, and the look of them.
    pub(crate) fn pilots(&mut self, view: PilotingView, look: &str) {
        let shown = self.harness.state_mut();
        let mut net = NetworkView::clone(&shown.net);
        net.piloting = Arc::new(view);
        shown.net = Arc::new(net);
        self.harness.run();
        self.click(look);
    }

    pub(crate) fn network(&self) -> NetworkId {
        self.harness.state().net.id
    }

    /// Shows the dialogue of a decision, as the window would.
    pub(crate) fn decide(&mut self, decision: Decision) {
        let shown = self.harness.state_mut();
        shown.asks.clear();
        shown.forms = Forms::default();
        shown.decision = Some(decision);
        self.harness.run();
    }

    /// Everything asked for since the last dialogue was shown.
    pub(crate) fn asks(&self) -> &[Ask] {
        &self.harness.state().asks
    }

    /// The decision whose dialogue was last asked for.
    pub(crate) fn shown(&self) -> Option<Decision> {
        self.asks().iter().rev().find_map(|ask| match ask {
            Ask::Show(Dialogue::Decide(_, decision)) => Some(decision.clone()),
            _ => None,
        })
    }

    /// The commands asked for.
    pub(crate) fn sent(&self) -> Vec<Command> {
        let sent = self.asks().iter().filter_map(|ask| match ask {
            Ask::Send(command) | Ask::Confirm(command) => Some(command.clone()),
            _ => None,
        });
        sent.collect()
    }

    fn find(&self, name: &str) -> Option<Node<'_>> {
        looking::named(&self.harness, name, egui::accessibility::is_input)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    pub(crate) fn click(&mut self, name: &str) {
        self.find(name)
            .unwrap_or_else(|| panic!("nothing is called « {name} »\n{:?}", self.harness))
            .click();
        self.harness.run();
    }

    pub(crate) fn write(&mut self, name: &str, text: &str) {
        self.find(name).unwrap().focus();
        self.harness.run();
        self.find(name).unwrap().type_text(text);
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

/// A member's id for a number.
pub(crate) const fn person(number: u8) -> MemberId {
    MemberId::from_bytes([number; 20])
}
