//! A profile that cannot be opened: what happened and what one can do, in a window rather than a silence.

use egui::Ui;

use crate::{
    i18n::I18n,
    theme::{self, Icon, Tone},
    tr,
    views::parts::centered,
};

/// Why the profile is not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The engine's stable code.
    pub code: String,
    /// The engine's sentence, in English.
    pub message: String,
    /// The folder.
    pub folder: String,
}

/// What the person did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// Wants to try once more.
    Again,
    /// Wants to leave.
    Leave,
}

impl Failure {
    /// Paints it.
    pub fn ui(&self, ui: &mut Ui, words: &I18n) -> Option<Did> {
        let t = theme::tokens(ui);
        let mut did = None;
        egui::ScrollArea::vertical()
            .id_salt("failed")
            .auto_shrink(false)
            .show(ui, |ui| {
                centered(ui, t.size.form, |ui| {
                    ui.add_space((ui.ctx().content_rect().height() * 0.12).max(t.space.l));
                    theme::card(ui, |ui| {
                        ui.horizontal(|ui| {
                            Icon::Warning.show(ui, t.size.icon_large, t.color.tone(Tone::Bad));
                            theme::heading(ui, tr!(words, "failed-title"));
                        });
                        theme::paragraph(
                            ui,
                            crate::app::errors::sentence(words, &self.code, &self.message),
                        );
                        theme::caption(
                            ui,
                            tr!(words, "failed-folder", folder = self.folder.clone()),
                        );
                        ui.add_space(t.space.s);
                        ui.horizontal(|ui| {
                            if theme::primary_button(ui, tr!(words, "try-again")).clicked() {
                                did = Some(Did::Again);
                            }
                            if theme::quiet_button(ui, tr!(words, "leave")).clicked() {
                                did = Some(Did::Leave);
                            }
                        });
                        ui.add_space(t.space.xs);
                        egui::CollapsingHeader::new(tr!(words, "failed-details")).show(ui, |ui| {
                            theme::caption(ui, format!("{} ({})", self.message, self.code));
                        });
                    });
                });
            });
        did
    }
}
