//! Lines at the end of a list, in which a text and Enter make a new thing; and what is typed there and not sent yet.

use egui::{Id, Key, Response, TextEdit, Ui};

use crate::{
    app::{asks::Ask, toast::Toast},
    theme::Tone,
    tr,
    views::Cx,
};
use tresse_engine::Command;

/// What is being typed at a place and not sent yet.
pub(super) fn kept(ui: &Ui, salt: impl std::hash::Hash + std::fmt::Debug) -> String {
    let key = Id::unique(("typed", salt));
    ui.data(|data| data.get_temp::<String>(key))
        .unwrap_or_default()
}

/// Keeps it until the next frame.
pub(super) fn keep(ui: &Ui, salt: impl std::hash::Hash + std::fmt::Debug, text: String) {
    let key = Id::unique(("typed", salt));
    ui.data_mut(|data| data.insert_temp(key, text));
}

/// A field of one line; true when Enter ended it.
pub(super) fn entry(
    ui: &mut Ui,
    text: &mut String,
    hint: String,
    name: String,
    width: f32,
) -> (Response, bool) {
    let entry = ui
        .add(
            TextEdit::singleline(text)
                .align(egui::Align2::LEFT_CENTER)
                .hint_text(hint)
                .desired_width(width),
        )
        .accessible_name(name);
    let entered = entry.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    (entry, entered)
}

/// Puts a thing in the bin, and offers to bring it back.
pub(super) fn bin(cx: &mut Cx<'_>, what: String, remove: impl Fn(bool) -> Command) {
    cx.send(remove(false));
    let told = Toast::new(Tone::Neutral, tr!(cx.words, "removed", what = what));
    cx.ask(Ask::Tell(
        told.with(tr!(cx.words, "bring-back"), Ask::Send(remove(true))),
    ));
}
