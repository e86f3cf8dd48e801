//! Evaluation: objectives and their results, what the network asks its members, how they see working together, what each
//! gave, and sheets that help.

mod contributions;
mod cooperation;
mod course;
mod plots;
mod pulse;
mod results;
mod toolbox;

use egui::Ui;
use tresse_engine::{
    Command,
    model::{NetworkId, QUESTIONS},
};

pub(crate) use pulse::rhythm_name;

use super::Cx;
use crate::{
    app::asks::Ask,
    i18n::{Args, I18n},
    theme, tr,
};

/// The scores that one can give.
const SCORES: [u8; 5] = [1, 2, 3, 4, 5];

/// What is shown of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Look {
    #[default]
    Results,
    Pulse,
    Cooperation,
    Contributions,
    Toolbox,
}

impl Look {
    const ALL: [Self; 5] = [
        Self::Results,
        Self::Pulse,
        Self::Cooperation,
        Self::Contributions,
        Self::Toolbox,
    ];

    fn name(self, words: &I18n) -> String {
        match self {
            Self::Results => tr!(words, "look-results"),
            Self::Pulse => tr!(words, "look-pulse"),
            Self::Cooperation => tr!(words, "look-cooperation"),
            Self::Contributions => tr!(words, "look-contributions"),
            Self::Toolbox => tr!(words, "look-toolbox"),
        }
    }
}

/// What the view remembers of one network.
#[derive(Default)]
pub struct EvaluationUi {
    look: Look,
    pulse: pulse::PulseUi,
    contributions: contributions::ContributionsUi,
    toolbox: toolbox::ToolboxUi,
}

impl EvaluationUi {
    /// Shows what the network asks its members.
    pub fn show_pulse(&mut self) {
        self.look = Look::Pulse;
    }

    /// Nobody looks at it any more; what the engine should be told is added to `commands`.
    pub fn leave(&mut self, network: NetworkId, commands: &mut Vec<Command>) {
        if self.look == Look::Contributions {
            commands.push(self.contributions.leave(network));
        }
    }

    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        if self.look == Look::Toolbox && self.toolbox.reads() {
            self.toolbox.sheet(ui, cx);
            return;
        }
        theme::page(ui, "evaluation", 2.5 * t.size.form, |ui| {
            theme::title(ui, tr!(cx.words, "tab-evaluation"));
            self.looks(ui, cx);
            ui.add_space(t.space.m);
            match self.look {
                Look::Results => results::ui(ui, cx),
                Look::Pulse => self.pulse.ui(ui, cx),
                Look::Cooperation => {
                    if let Some(sheet) = cooperation::ui(ui, cx) {
                        self.toolbox.open(sheet);
                        self.look = Look::Toolbox;
                    }
                }
                Look::Contributions => self.contributions.ui(ui, cx),
                Look::Toolbox => self.toolbox.list(ui, cx),
            }
        });
    }

    fn looks(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            for look in Look::ALL {
                let here = look == self.look;
                if theme::tab(ui, look.name(cx.words), here).clicked() && !here {
                    let mut commands = Vec::new();
                    self.leave(cx.id(), &mut commands);
                    cx.asks.extend(commands.into_iter().map(Ask::Send));
                    self.look = look;
                }
            }
        });
    }
}

/// A mean in hundredths, in words.
fn mean_words(words: &I18n, mean: u16) -> String {
    let tenths = (f64::from(mean) / 10.0).round() / 10.0;
    tr!(words, "mean-value", mean = tenths)
}

/// A question to the members in words: one on offer is kept by its key.
pub(crate) fn question_words(words: &I18n, question: &str) -> String {
    if QUESTIONS.contains(&question) {
        return said(words, &format!("pulse-question-{question}"));
    }
    question.to_owned()
}

/// Words that are put together while running.
fn said(words: &I18n, key: &str) -> String {
    words
        .find(key, &Args::new())
        .unwrap_or_else(|| key.to_owned())
}

/// What was chosen of a row of scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chosen {
    /// This one.
    Score(u8),
    /// The one that was chosen before, once more: it is taken back.
    Back,
}

impl Chosen {
    const fn score(self) -> Option<u8> {
        match self {
            Self::Score(score) => Some(score),
            Self::Back => None,
        }
    }
}

/// A row of scores to choose from.
fn scores(
    ui: &mut Ui,
    words: &I18n,
    what: &str,
    (low, high): (String, String),
    chosen: Option<u8>,
    locked: bool,
) -> Option<Chosen> {
    let mut picked = None;
    ui.horizontal_wrapped(|ui| {
        theme::caption(ui, low);
        for score in SCORES {
            let on = chosen == Some(score);
            let name = tr!(words, "score-of", what = what.to_owned(), score = score);
            let button = ui.add_enabled_ui(!locked, |ui| {
                theme::tab(ui, format!("\u{2002}{score}\u{2002}"), on).accessible_name(name)
            });
            if button.inner.clicked() {
                picked = Some(if on {
                    Chosen::Back
                } else {
                    Chosen::Score(score)
                });
            }
        }
        theme::caption(ui, high);
    });
    picked
}
