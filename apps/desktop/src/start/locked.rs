//! A profile that a passphrase protects: it is asked for, and a wrong one is said to be wrong where it was
//! typed.

use egui::Ui;
use tresse_engine::Secret;

use super::masthead;
use crate::{
    i18n::I18n,
    theme::{self, Tone},
    tr,
    views::parts::centered,
};

/// What is asked before the profile opens.
#[derive(Default)]
pub struct Locked {
    typed: String,
    shown: bool,
    trying: bool,
    problem: Option<String>,
    focus_given: bool,
}

impl Locked {
    /// What was typed does not open it, and why: the field is empty again and has the focus.
    pub fn refused(&mut self, problem: String) {
        *self = Self {
            problem: Some(problem),
            shown: self.shown,
            ..Self::default()
        };
    }

    /// Paints it; gives the passphrase to try.
    pub fn ui(&mut self, ui: &mut Ui, words: &I18n) -> Option<Secret> {
        let mut given = None;
        egui::ScrollArea::vertical()
            .id_salt("locked")
            .auto_shrink(false)
            .show(ui, |ui| {
                let t = theme::tokens(ui);
                centered(ui, t.size.form, |ui| {
                    masthead(ui, words, 0.16);
                    theme::card(ui, |ui| given = self.card(ui, words));
                });
            });
        given
    }

    fn card(&mut self, ui: &mut Ui, words: &I18n) -> Option<Secret> {
        let t = theme::tokens(ui);
        theme::heading(ui, tr!(words, "locked-title"));
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
        let open = ui
            .add_enabled_ui(ready, |ui| theme::primary_button(ui, label))
            .inner;
        if ready && (open.clicked() || entered) {
            self.trying = true;
            self.problem = None;
            return Some(Secret::new(self.typed.clone()));
        }
        None
    }
}
