//! A list of short texts that the network keeps together (purposes, values): reworded in place, removed, added
//! at the end.

use egui::{Id, TextEdit, Ui};
use tresse_engine::{
    Command,
    model::{ItemId, Line, NetworkId},
};

use super::{Cx, fields::Field, members::near, parts::button_width};
use crate::{
    app::{asks::Ask, toast::Toast},
    theme::{self, Icon, Tone},
    tr,
};

/// What a list is a list of.
pub(super) struct Lines {
    /// Names the list in the window.
    pub(super) salt: &'static str,
    /// It can only be read.
    pub(super) locked: bool,
    /// What to say while it is empty.
    pub(super) empty: String,
    /// The words of the button that adds.
    pub(super) add: String,
    /// The hint of the field to add with, and its name.
    pub(super) add_hint: String,
    /// The name of one line.
    pub(super) one: String,
    /// The name of the button that removes one.
    pub(super) remove: String,
    /// Adds one.
    pub(super) on_add: fn(NetworkId, String) -> Command,
    /// Rewords one.
    pub(super) on_set: fn(NetworkId, ItemId, String) -> Command,
    /// Removes one, or brings it back.
    pub(super) on_remove: fn(NetworkId, ItemId, bool) -> Command,
}

/// Paints the list.
pub(super) fn lines(ui: &mut Ui, cx: &mut Cx<'_>, items: &[Line], list: &Lines) {
    let t = theme::tokens(ui);
    let network = cx.id();
    if items.is_empty() {
        theme::muted(ui, list.empty.as_str());
    }
    near(
        ui,
        (list.salt, network),
        items.len(),
        t.size.control,
        |ui, place| {
            let item = &items[place];
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = t.space.xs;
                let room = if list.locked {
                    0.0
                } else {
                    t.size.control + t.space.xs
                };
                ui.scope(|ui| {
                    ui.set_width(ui.available_width() - room);
                    let (id, on_set) = (item.id, list.on_set);
                    let name = tr!(
                        cx.words,
                        "line-number",
                        what = list.one.clone(),
                        number = place + 1
                    );
                    Field::new((list.salt, network, id), name, &item.text)
                        .locked(list.locked)
                        .needed()
                        .conflict(&item.conflicts, "text")
                        .cell_lines(ui, cx, move |text| on_set(network, id, text.to_owned()));
                });
                if !list.locked {
                    let name = tr!(
                        cx.words,
                        "line-number",
                        what = list.remove.clone(),
                        number = place + 1
                    );
                    if theme::icon_button(ui, Icon::Trash, name).clicked() {
                        cx.send((list.on_remove)(network, item.id, false));
                        let back = (list.on_remove)(network, item.id, true);
                        cx.ask(Ask::Tell(
                            Toast::new(
                                Tone::Neutral,
                                tr!(cx.words, "removed", what = item.text.clone()),
                            )
                            .with(tr!(cx.words, "bring-back"), Ask::Send(back)),
                        ));
                    }
                }
            });
        },
    );
    if !list.locked {
        add(ui, cx, list);
    }
}

fn add(ui: &mut Ui, cx: &mut Cx<'_>, list: &Lines) {
    let t = theme::tokens(ui);
    let key = Id::unique(("new line", list.salt, cx.id()));
    let mut text = ui
        .data(|data| data.get_temp::<String>(key))
        .unwrap_or_default();
    ui.horizontal(|ui| {
        let icon = button_width(ui, &list.add);
        let width = (ui.available_width() - icon - t.space.s).max(t.size.column * 0.4);
        let entry = ui
            .add(
                TextEdit::singleline(&mut text)
                    .align(egui::Align2::LEFT_CENTER)
                    .id(key)
                    .hint_text(list.add_hint.as_str())
                    .desired_width(width),
            )
            .accessible_name(list.add_hint.as_str());
        let entered = entry.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let pressed = theme::quiet_icon_button(ui, Icon::Plus, list.add.as_str()).clicked();
        if (entered || pressed) && !text.trim().is_empty() {
            cx.send((list.on_add)(cx.id(), text.trim().to_owned()));
            text.clear();
            entry.request_focus();
        } else if pressed {
            entry.request_focus();
        }
    });
    ui.data_mut(|data| data.insert_temp(key, text));
}
