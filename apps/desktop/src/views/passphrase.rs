//! What protects the data on this device: said in the settings, and changed in a dialogue of its own.

use egui::Ui;
use tresse_engine::{Secret, SlotKind};

use crate::{
    app::asks::{Ask, Dialogue, Protect},
    i18n::I18n,
    theme::{self, Tone},
    tr,
};

/// What protects the profile now, in a sentence.
fn said(words: &I18n, kinds: &[SlotKind]) -> String {
    let has = |kind| kinds.contains(&kind);
    match (has(SlotKind::Passphrase), has(SlotKind::Keyring)) {
        (true, true) => tr!(words, "protection-both"),
        (true, false) => tr!(words, "protection-passphrase"),
        (false, true) => tr!(words, "protection-keyring"),
        (false, false) => tr!(words, "protection-none"),
    }
}

/// The settings' part.
pub fn summary(ui: &mut Ui, words: &I18n, kinds: &[SlotKind], asks: &mut Vec<Ask>) {
    theme::strong(ui, tr!(words, "protection"));
    theme::caption(ui, said(words, kinds));
    let change = if kinds.contains(&SlotKind::Passphrase) {
        tr!(words, "passphrase-change")
    } else {
        tr!(words, "passphrase-choose")
    };
    if theme::quiet_button(ui, change).clicked() {
        asks.push(Ask::Show(Dialogue::Passphrase));
    }
}

/// The dialogue.
#[derive(Default)]
pub struct Form {
    current: String,
    new: String,
    shown: bool,
    /// Whether the keyring should open the profile without asking; as it is now, until ticked or not.
    keyring: Option<bool>,
    trying: bool,
    problem: Option<String>,
    focus_given: bool,
}

impl Form {
    /// What was asked could not be done, and why.
    pub fn refused(&mut self, problem: String) {
        self.trying = false;
        self.problem = Some(problem);
        self.focus_given = false;
    }

    /// Paints it. `answers` says whether the system's keyring does.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        words: &I18n,
        kinds: &[SlotKind],
        answers: bool,
        asks: &mut Vec<Ask>,
    ) {
        let t = theme::tokens(ui);
        let there = kinds.contains(&SlotKind::Passphrase);
        let mut keyring = self
            .keyring
            .unwrap_or_else(|| kinds.contains(&SlotKind::Keyring));
        theme::muted(ui, tr!(words, "passphrase-explained"));
        ui.add_space(t.space.s);
        let mut entered = false;
        ui.add_enabled_ui(!self.trying, |ui| {
            entered = self.fields(ui, words, there);
            if answers {
                ui.add_space(t.space.xs);
                theme::check(ui, &mut keyring, tr!(words, "passphrase-keyring"));
                self.keyring = Some(keyring);
            }
        });
        let keyring = keyring && answers;
        if let Some(problem) = &self.problem {
            ui.add_space(t.space.s);
            theme::message(ui, Tone::Bad, problem.as_str(), |_| {});
        }
        ui.add_space(t.space.m);
        let known = !there || !self.current.is_empty();
        let label = if self.trying {
            tr!(words, "passphrase-saving")
        } else {
            tr!(words, "passphrase-save")
        };
        ui.horizontal_wrapped(|ui| {
            let ready = known && !self.new.is_empty() && !self.trying;
            let save = ui
                .add_enabled_ui(ready, |ui| theme::primary_button(ui, label))
                .inner;
            if save.clicked() || ready && entered {
                let new = Some(Secret::new(self.new.clone()));
                asks.push(self.wanted(there, new, keyring));
            }
            if there {
                let remove = ui
                    .add_enabled_ui(known && !self.trying, |ui| {
                        theme::danger_button(ui, tr!(words, "passphrase-remove"))
                    })
                    .inner;
                if remove.clicked() {
                    asks.push(self.wanted(there, None, answers));
                }
            }
            if theme::quiet_button(ui, tr!(words, "cancel")).clicked() {
                asks.push(Ask::Show(Dialogue::Settings));
            }
        });
        if there {
            let after = if answers {
                tr!(words, "passphrase-remove-keyring")
            } else {
                tr!(words, "passphrase-remove-none")
            };
            theme::caption(ui, after);
        }
    }

    /// True when Enter was pressed in the last of them.
    fn fields(&mut self, ui: &mut Ui, words: &I18n, there: bool) -> bool {
        let t = theme::tokens(ui);
        let mut secret = |ui: &mut Ui, label: String, value: &mut String| {
            let show = tr!(words, "passphrase-show");
            theme::secret_field(ui, label, value, String::new(), &mut self.shown, show)
        };
        let mut first = None;
        if there {
            let label = tr!(words, "passphrase-current");
            first = Some(secret(ui, label, &mut self.current));
            ui.add_space(t.space.xs);
        }
        let new = secret(ui, tr!(words, "passphrase-new"), &mut self.new);
        let entered = new.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        if !self.focus_given && !self.trying {
            self.focus_given = true;
            first.unwrap_or(new).request_focus();
        }
        entered
    }

    fn wanted(&mut self, there: bool, new: Option<Secret>, keyring: bool) -> Ask {
        self.trying = true;
        self.problem = None;
        Ask::Protect(Protect {
            current: there.then(|| Secret::new(self.current.clone())),
            new,
            keyring,
        })
    }
}
