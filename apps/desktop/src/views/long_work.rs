//! Work that takes long: how far it is, the way to stop it, and what came of it. What is carried on a stick, exported or put somewhere safe
//! is told alike.

use std::{path::PathBuf, sync::Arc};

use egui::Ui;
use tresse_engine::{Progress, Stage, model::NetworkId};

use crate::{
    app::{
        asks::{Ask, Long},
        place::{Place, Tab},
    },
    i18n::I18n,
    theme::{self, Icon, Tone},
    tr,
};

/// Something long that is under way, and what came of it before.
#[derive(Default)]
pub struct LongWork {
    under_way: Option<Arc<Progress>>,
    outcomes: Vec<Outcome>,
}

/// What came of it, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// How it went.
    pub tone: Tone,
    /// What happened.
    pub said: String,
    /// More about it.
    pub more: Vec<String>,
    /// The network that it was about, where there is something new to see in it.
    pub see: Option<NetworkId>,
    /// The folder that what was made lies in.
    pub folder: Option<PathBuf>,
}

impl Outcome {
    /// Something happened, and no more is to be said.
    pub(crate) const fn new(tone: Tone, said: String) -> Self {
        Self {
            tone,
            said,
            more: Vec::new(),
            see: None,
            folder: None,
        }
    }
}

impl LongWork {
    /// It begins; none if something of the kind is under way.
    pub fn begin(&mut self) -> Option<Arc<Progress>> {
        if self.under_way.is_some() {
            return None;
        }
        let progress = Arc::new(Progress::default());
        self.under_way = Some(Arc::clone(&progress));
        Some(progress)
    }

    /// How far it is, while it is under way.
    pub fn progress(&self) -> Option<&Progress> {
        self.under_way.as_deref()
    }

    /// Asks what is under way to stop. Answers whether there is something that has to be waited for.
    pub fn stop(&self) -> bool {
        let Some(progress) = &self.under_way else {
            return false;
        };
        progress.stop();
        progress.done().1 > 0
    }

    /// What was under way is over.
    pub fn over(&mut self) {
        self.under_way = None;
    }

    /// It is over, and this came of it.
    pub fn came(&mut self, outcome: Outcome) {
        self.over();
        self.outcomes.push(outcome);
    }

    /// What came of it before is told no more.
    pub fn forget(&mut self) {
        self.outcomes.clear();
    }

    /// Paints what is under way, as `said` tells it, or what came of it. `false`: there is neither.
    pub fn shows(
        &self,
        ui: &mut Ui,
        words: &I18n,
        (which, said): (Long, impl Fn(Stage, (usize, usize)) -> String),
        asks: &mut Vec<Ask>,
    ) -> bool {
        let t = theme::tokens(ui);
        for outcome in &self.outcomes {
            theme::message(ui, outcome.tone, outcome.said.as_str(), |_| {});
            for more in &outcome.more {
                theme::caption(ui, more.as_str());
            }
            ui.add_space(t.space.xs);
        }
        if let Some(progress) = &self.under_way {
            let (done, all) = progress.done();
            let said = match all {
                0 => tr!(words, "work-beginning"),
                _ => said(progress.stage(), (done, all)),
            };
            going_on(ui, words, said, done as f32 / all.max(1) as f32);
            if theme::quiet_button(ui, tr!(words, "work-stop")).clicked() {
                asks.push(Ask::Stop(which));
            }
            return true;
        }
        if self.outcomes.is_empty() {
            return false;
        }
        ui.add_space(t.space.xs);
        ui.horizontal_wrapped(|ui| {
            if theme::primary_button(ui, tr!(words, "done-button")).clicked() {
                asks.push(Ask::Close);
            }
            let see = self.outcomes.iter().rev().find_map(|outcome| outcome.see);
            if let Some(network) = see
                && theme::quiet_button(ui, tr!(words, "carry-see")).clicked()
            {
                asks.push(Ask::Go(Place::Network(network, Tab::Home)));
            }
            let mut folders = self.outcomes.iter().rev();
            if let Some(folder) = folders.find_map(|outcome| outcome.folder.as_ref()) {
                let open = tr!(words, "work-open-folder");
                if theme::quiet_icon_button(ui, Icon::FolderOpen, open).clicked() {
                    asks.push(Ask::OpenFolder(folder.clone()));
                }
            }
        });
        true
    }
}

fn going_on(ui: &mut Ui, words: &I18n, said: String, part: f32) {
    let t = theme::tokens(ui);
    theme::muted(ui, said.as_str());
    theme::progress_bar(ui, part, ui.available_width(), said);
    theme::caption(ui, tr!(words, "work-meanwhile"));
    ui.add_space(t.space.xs);
    ui.ctx().request_repaint_after_secs(0.1);
}
