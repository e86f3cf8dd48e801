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

/// How names stand in the line: the size of letters, the room beside each, and what each is called.
type Way = (f32, f32, fn(Tab, &I18n) -> String);

/// How wide everything in the line is that way.
fn tabs_width(ui: &Ui, words: &I18n, (size, padding, name): Way) -> f32 {
    let t = theme::tokens(ui);
    let font = Face::Strong.at(size);
    let names = Tab::ALL.map(|tab| {
        let name = ui
            .painter()
            .layout_no_wrap(name(tab, words), font.clone(), t.color.ink);
        name.size().x + 2.0 * padding + t.space.xs / 2.0
    });
    names.iter().sum::<f32>() + 3.0 * (t.size.control + t.space.xs)
}

pub(super) fn tabs(ui: &mut Ui, words: &I18n, net: &NetworkView, here: Tab, asks: &mut Vec<Ask>) {
    ui.horizontal(|ui| {
        let t = theme::tokens(ui);
        let close = t.space.s;
        let roomy = ui.spacing().button_padding.x;
        // Names stand close where they must, then in smaller letters, then closer still and shorter; where there is less room than
        // that, only the place one is at says its name.
        let ways: [Way; 5] = [
            (t.text.body, roomy, Tab::name),
            (t.text.body, close, Tab::name),
            (t.text.small, close, Tab::name),
            (t.text.small, t.space.xs, Tab::name),
            (t.text.small, t.space.xs, Tab::short_name),
        ];
        let fits = |way: &Way| tabs_width(ui, words, *way) <= ui.available_width();
        let way = ways.iter().position(fits);
        let short = way.is_none();
        let (size, padding, name) = ways[way.unwrap_or(1)];
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
                theme::tab_of(ui, name(tab, words), tab == here, size)
                    .accessible_name(tab.name(words))
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
