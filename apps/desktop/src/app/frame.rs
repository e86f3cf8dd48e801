//! Above a view: its network's other views, undo and redo.

use egui::{Frame, Margin, Stroke, Ui};
use tresse_engine::NetworkView;

use super::{
    asks::Ask,
    command::UiCommand,
    place::{Place, Tab},
};
use crate::{
    i18n::I18n,
    theme::{self, Face, Icon, Tokens},
    tr,
};

pub(super) fn tabs_frame(t: &Tokens) -> Frame {
    Frame::new()
        .fill(t.color.paper)
        .stroke(Stroke::NONE)
        .inner_margin(Margin::symmetric(t.space.l as i8, t.space.s as i8))
}

/// How wide everything in the line is, with letters of this size and so much room beside each name.
fn tabs_width(ui: &Ui, words: &I18n, size: f32, padding: f32) -> f32 {
    let t = theme::tokens(ui);
    let font = Face::Strong.at(size);
    let names = Tab::ALL.map(|tab| {
        let name = ui
            .painter()
            .layout_no_wrap(tab.name(words), font.clone(), t.color.ink);
        name.size().x + 2.0 * padding + t.space.xs / 2.0
    });
    names.iter().sum::<f32>() + 3.0 * (t.size.control + t.space.xs)
}

pub(super) fn tabs(ui: &mut Ui, words: &I18n, net: &NetworkView, here: Tab, asks: &mut Vec<Ask>) {
    ui.horizontal(|ui| {
        let t = theme::tokens(ui);
        let close = t.space.s;
        let roomy = ui.spacing().button_padding.x;
        // Names stand close where they must, then in smaller letters, then closer still; where there is less room than that, only
        // the place one is at says its name.
        let ways = [
            (t.text.body, roomy),
            (t.text.body, close),
            (t.text.small, close),
            (t.text.small, t.space.xs),
        ];
        let fits = |(size, padding): &(f32, f32)| {
            tabs_width(ui, words, *size, *padding) <= ui.available_width()
        };
        let way = ways.iter().position(fits);
        let short = way.is_none();
        let (size, padding) = ways[way.unwrap_or(1)];
        // Undo and redo have their keys, and stand in « Aller à… ».
        let bare = short && ui.available_width() < 11.0 * t.size.control + t.size.column / 2.0;
        if way != Some(0) {
            ui.spacing_mut().button_padding.x = padding;
            ui.spacing_mut().item_spacing.x = t.space.xs / 2.0;
        }
        for tab in Tab::ALL {
            let button = if short && tab != here {
                theme::icon_button(ui, tab.icon(), tab.name(words))
            } else {
                theme::tab_of(ui, tab.name(words), tab == here, size)
            };
            if button.clicked() {
                asks.push(Ask::Go(Place::Network(net.id, tab)));
            }
        }
        // At the right end, in the order in which the keyboard comes by.
        let (count, gap) = (if bare { 1.0 } else { 3.0 }, ui.spacing().item_spacing.x);
        let wide = count * (t.size.control + gap) - gap;
        // Where names leave less than that they stand a little closer to them.
        ui.add_space(ui.available_width() - wide);
        for (command, icon, possible) in [
            (
                UiCommand::Undo,
                Icon::ArrowCounterClockwise,
                net.undo.undo > 0,
            ),
            (UiCommand::Redo, Icon::ArrowClockwise, net.undo.redo > 0),
            (UiCommand::Palette, Icon::MagnifyingGlass, true),
        ]
        .into_iter()
        .filter(|(command, ..)| !bare || *command == UiCommand::Palette)
        {
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
}
