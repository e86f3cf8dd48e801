//! A profile, or a backup, that a passphrase protects: it is asked for, and a wrong one is said to be wrong where it was
//! typed.

use std::path::{Path, PathBuf};

use egui::Ui;
use tresse_engine::Secret;

use super::masthead;
use crate::{
    i18n::I18n,
    theme::{self, Tone},
    tr,
    views::parts::centered,
};

/// What the person did.
#[derive(Debug)]
pub enum Did {
    /// Gave a passphrase to try.
    Open(Secret),
    /// Does not want the backup after all.
    Leave,
}

/// What is asked before the profile opens.
#[derive(Default)]
pub struct Locked {
    typed: String,
    shown: bool,
    trying: bool,
    problem: Option<String>,
    focus_given: bool,
    /// The backup that it opens; without one, the profile.
    backup: Option<PathBuf>,
}

impl Locked {
    /// What is asked before a backup is put in place.
    pub fn of(backup: PathBuf) -> Self {
        Self {
            backup: Some(backup),
            ..Self::default()
        }
    }

    /// The backup that the passphrase opens, if it is one's.
    pub fn backup(&self) -> Option<&Path> {
        self.backup.as_deref()
    }

    /// What was typed does not open it, and why: the field is empty again and has the focus.
    pub fn refused(&mut self, problem: String) {
        *self = Self {
            problem: Some(problem),
            shown: self.shown,
            backup: self.backup.take(),
            ..Self::default()
        };
    }

    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, words: &I18n) -> Option<Did> {
        let mut did = None;
        egui::ScrollArea::vertical()
            .id_salt("locked")
            .auto_shrink(false)
            .show(ui, |ui| {
                let t = theme::tokens(ui);
                centered(ui, t.size.form, |ui| {
                    masthead(ui, words, 0.16);
                    theme::card(ui, |ui| did = self.card(ui, words));
                });
            });
        did
    }

    fn card(&mut self, ui: &mut Ui, words: &I18n) -> Option<Did> {
        let t = theme::tokens(ui);
        let title = match self.backup {
            Some(_) => tr!(words, "locked-backup-title"),
            None => tr!(words, "locked-title"),
        };
        theme::heading(ui, title);
        ui.add_space(t.space.s);
        let field = ui
            .add_enabled_ui(!self.trying, |ui| {
                theme::secret_field(
                    ui,
                    tr!(words, "passphrase"),
                    &mut self.typed,
                    String::new(),
                    &mut self.shown,
                    tr!(words, "passphrase-show"),
                )
            })
            .inner;
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        if !self.focus_given && !self.trying {
            self.focus_given = true;
            field.request_focus();
        }
        ui.add_space(t.space.s);
        if let Some(problem) = &self.problem {
            theme::message(ui, Tone::Bad, problem.as_str(), |_| {});
            ui.add_space(t.space.s);
        }
        let ready = !self.trying && !self.typed.is_empty();
        let label = if self.trying {
            tr!(words, "opening")
        } else {
            tr!(words, "locked-open")
        };
        let (open, cancel) = ui
            .horizontal_wrapped(|ui| {
                let open = ui.add_enabled_ui(ready, |ui| theme::primary_button(ui, label));
                let cancels = self.backup.is_some() && !self.trying;
                let cancel = cancels && theme::quiet_button(ui, tr!(words, "cancel")).clicked();
                (open.inner, cancel)
            })
            .inner;
        if ready && (open.clicked() || entered) {
            self.trying = true;
            self.problem = None;
            return Some(Did::Open(Secret::new(self.typed.clone())));
        }
        cancel.then_some(Did::Leave)
    }
}
