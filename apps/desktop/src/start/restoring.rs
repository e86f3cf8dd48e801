//! A backup that is being put in place: how far it is, and the way to stop it.

use egui::{CentralPanel, Ui};

use crate::{
    i18n::I18n,
    theme::{self, Icon},
    tr,
    views::{carry::size, parts::centered},
};

/// Paints how many bytes of how many are in place. Answers whether the person wants it to stop.
pub fn ui(ui: &mut Ui, words: &I18n, (done, all): (usize, usize)) -> bool {
    let mut stop = false;
    CentralPanel::default().show(ui, |ui| {
        let t = theme::tokens(ui);
        centered(ui, t.size.form, |ui| {
            super::masthead(ui, words, 0.16);
            theme::card(ui, |ui| {
                theme::heading(ui, tr!(words, "restore-title"));
                ui.add_space(t.space.s);
                let (copied, whole) = (size(words, done), size(words, all));
                let said = tr!(words, "restore-bytes", done = copied, all = whole);
                theme::muted(ui, said.as_str());
                let part = done as f32 / all.max(1) as f32;
                theme::progress_bar(ui, part, ui.available_width(), said);
                ui.add_space(t.space.xs);
                theme::caption(ui, tr!(words, "restore-stopping"));
                ui.add_space(t.space.s);
                stop = theme::quiet_icon_button(ui, Icon::X, tr!(words, "work-stop")).clicked();
            });
        });
    });
    stop
}
