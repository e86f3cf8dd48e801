//! The first start: who is there, and in which language. A passphrase may be given; what protects the
//! data without one is said.

use egui::Ui;

use super::masthead;
use crate::{
    i18n::{I18n, Lang},
    theme::{self, Icon, Tone},
    tr,
    views::parts::centered,
};

/// What the first start remembers.
#[derive(Default)]
pub struct Welcome {
    /// The name typed so far.
    pub name: String,
    /// The passphrase typed so far; none is needed.
    pub passphrase: String,
    /// Whether the system's keyring answers; unknown at first.
    pub keyring: Option<bool>,
    /// What went wrong the last time, in words.
    pub problem: Option<String>,
    passphrase_shown: bool,
    shown: bool,
}

/// What the person did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// Chose a language.
    Speak(Lang),
    /// Gave a name and wants to go on.
    Begin,
    /// Has a backup, and wants what is in it.
    Restore,
}

impl Welcome {
    /// Once more, with what could not be used and why.
    #[must_use]
    pub fn again(self, problem: String) -> Self {
        Self {
            problem: Some(problem),
            shown: false,
            ..self
        }
    }

    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, words: &I18n) -> Option<Did> {
        let t = theme::tokens(ui);
        let mut did = None;
        egui::ScrollArea::vertical()
            .id_salt("welcome")
            .auto_shrink(false)
            .show(ui, |ui| {
                centered(ui, t.size.form, |ui| {
                    masthead(ui, words, 0.08);
                    theme::card(ui, |ui| {
                        theme::heading(ui, tr!(words, "welcome"));
                        theme::muted(ui, tr!(words, "welcome-explained"));
                        ui.add_space(t.space.s);
                        let name = theme::text_field(
                            ui,
                            tr!(words, "your-name"),
                            &mut self.name,
                            tr!(words, "your-name-hint"),
                        );
                        if !self.shown {
                            self.shown = true;
                            name.request_focus();
                        }
                        let entered = name.lost_focus()
                            && ui.input(|input| input.key_pressed(egui::Key::Enter));
                        ui.add_space(t.space.xs);
                        theme::field(ui, tr!(words, "your-language"), |ui| {
                            ui.horizontal(|ui| {
                                ui.spacing_mut().item_spacing.x = t.space.xl;
                                for lang in Lang::ALL {
                                    let chosen = words.lang() == lang;
                                    if ui.radio(chosen, lang.own_name()).clicked() && !chosen {
                                        did = Some(Did::Speak(lang));
                                    }
                                }
                            })
                            .response
                        });
                        ui.add_space(t.space.xs);
                        let passphrase = theme::secret_field(
                            ui,
                            tr!(words, "passphrase-optional"),
                            &mut self.passphrase,
                            String::new(),
                            &mut self.passphrase_shown,
                            tr!(words, "passphrase-show"),
                        );
                        theme::caption(ui, self.protection(words));
                        let entered = entered
                            || passphrase.lost_focus()
                                && ui.input(|input| input.key_pressed(egui::Key::Enter));
                        ui.add_space(t.space.s);
                        if let Some(problem) = &self.problem {
                            theme::message(ui, Tone::Bad, problem.as_str(), |_| {});
                            ui.add_space(t.space.s);
                        }
                        let ready = !self.name.trim().is_empty();
                        let begin = ui
                            .add_enabled_ui(ready, |ui| {
                                theme::primary_button(ui, tr!(words, "begin"))
                            })
                            .inner
                            .on_disabled_hover_text(tr!(words, "your-name-needed"));
                        if ready && (begin.clicked() || entered) {
                            did = Some(Did::Begin);
                        }
                    });
                    ui.add_space(t.space.m);
                    theme::caption(ui, tr!(words, "welcome-linked"));
                    theme::caption(ui, tr!(words, "welcome-privacy"));
                    ui.add_space(t.space.s);
                    let restore = tr!(words, "welcome-restore");
                    if theme::quiet_icon_button(ui, Icon::ClockCounterClockwise, restore).clicked()
                    {
                        did = Some(Did::Restore);
                    }
                });
            });
        did
    }

    /// What protects the data, as the fields are now.
    fn protection(&self, words: &I18n) -> String {
        match (self.passphrase.is_empty(), self.keyring) {
            (false, _) => tr!(words, "protection-new-passphrase"),
            (true, Some(true)) => tr!(words, "protection-new-keyring"),
            (true, Some(false)) => tr!(words, "protection-new-none"),
            (true, None) => String::new(),
        }
    }
}
