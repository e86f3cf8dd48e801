//! Before there is anything to show: the first start, the passphrase, the choice between creating, joining and the demo, and
//! what is said while a backup is put in place, and when a profile cannot be opened.

pub mod add;
pub mod failed;
pub mod kinds;
pub mod locked;
pub mod qr;
pub mod restoring;
pub mod welcome;

use egui::Ui;

use crate::{i18n::I18n, theme, tr};

/// The name of the application and what it promises, `share` of the window's height below its top.
fn masthead(ui: &mut Ui, words: &I18n, share: f32) {
    let t = theme::tokens(ui);
    ui.add_space((ui.ctx().content_rect().height() * share).max(t.space.l));
    ui.horizontal(|ui| {
        theme::braid_mark(ui, t, t.text.display * 1.6, ui.visuals().panel_fill);
        ui.vertical(|ui| {
            theme::display(ui, tr!(words, "app-name"));
            theme::muted(ui, tr!(words, "app-promise"));
        });
    });
    ui.add_space(t.space.xl);
}
