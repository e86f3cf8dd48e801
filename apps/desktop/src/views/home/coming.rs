//! How far it is with what comes from others, where that is much: to somebody new, the whole network.

use egui::Ui;

use crate::{
    theme::{self, Tone},
    tr,
    views::Cx,
};

/// From how many documents on it is told: fewer are here before that could be read.
pub const MANY_COME: usize = 25;

/// Says how many documents have come, of how many.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>) {
    let coming = cx.net.sync.coming;
    if coming.all < MANY_COME {
        return;
    }
    let t = theme::tokens(ui);
    let said = tr!(
        cx.words,
        "home-coming",
        done = coming.done,
        all = coming.all
    );
    theme::message(ui, Tone::Accent, said.as_str(), |_| {});
    ui.add_space(t.space.xs);
    let part = coming.done as f32 / coming.all as f32;
    theme::progress_bar(ui, part, ui.available_width(), said);
    theme::caption(ui, tr!(cx.words, "home-coming-meanwhile"));
    ui.add_space(t.space.m);
}
