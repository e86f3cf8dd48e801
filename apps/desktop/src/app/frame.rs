//! Above a view: its network's other views, undo and redo.

use egui::{Align, Frame, Layout, Margin, Stroke, Ui};
use tresse_engine::NetworkView;

use super::{
    asks::Ask,
    command::UiCommand,
    place::{Place, Tab},
};
use crate::{
    i18n::I18n,
    theme::{self, Icon, Tokens},
    tr,
};

pub(super) fn tabs_frame(t: &Tokens) -> Frame {
    Frame::new()
        .fill(t.color.paper)
        .stroke(Stroke::NONE)
        .inner_margin(Margin::symmetric(t.space.l as i8, t.space.s as i8))
}

pub(super) fn tabs(ui: &mut Ui, words: &I18n, net: &NetworkView, here: Tab, asks: &mut Vec<Ask>) {
    ui.horizontal(|ui| {
        let t = theme::tokens(ui);
        // Where there is little room only the place one is at says its name.
        let short = ui.available_width() < 2.6 * t.size.column;
        for tab in Tab::ALL {
            let button = if short && tab != here {
                theme::icon_button(ui, tab.icon(), tab.name(words))
            } else {
                theme::tab(ui, tab.name(words), tab == here)
            };
            if button.clicked() {
                asks.push(Ask::Go(Place::Network(net.id, tab)));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for (command, icon, possible) in [
                (UiCommand::Palette, Icon::MagnifyingGlass, true),
                (UiCommand::Redo, Icon::ArrowClockwise, net.undo.redo > 0),
                (
                    UiCommand::Undo,
                    Icon::ArrowCounterClockwise,
                    net.undo.undo > 0,
                ),
            ] {
                ui.add_enabled_ui(possible, |ui| {
                    let name = command.name(words);
                    let keys = tr!(
                        words,
                        "with-keys",
                        name = name.clone(),
                        keys = command.keys_text(words)
                    );
                    let button = theme::icon_button(ui, icon, keys).accessible_name(name);
                    if button.clicked() {
                        asks.push(Ask::Do(command));
                    }
                });
            }
        });
    });
}
