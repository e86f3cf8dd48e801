//! Fields: a label above, what is asked below, and the two tied together for assistive tools.

use egui::{Align2, Button, ComboBox, Response, RichText, TextEdit, Ui, Vec2};

use super::{rows::rows, text};
use crate::theme::{Face, Icon, toggle_icon_button, tokens};

/// A label with a control below it; the control's accessible name is the label.
pub fn field(
    ui: &mut Ui,
    label: impl Into<String>,
    control: impl FnOnce(&mut Ui) -> Response,
) -> Response {
    let t = tokens(ui);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = t.space.xs;
        let words = RichText::new(label)
            .font(Face::Strong.at(t.text.small))
            .color(t.color.muted);
        let label = ui.label(words);
        control(ui).labelled_by(label.id)
    })
    .inner
}

/// One line of text, to be given a label, a hint and a width.
pub fn line_edit(value: &mut String) -> TextEdit<'_> {
    TextEdit::singleline(value).align(Align2::LEFT_CENTER)
}

/// One line of text under its label.
pub fn text_field(
    ui: &mut Ui,
    label: impl Into<String>,
    value: &mut String,
    hint: impl Into<String>,
) -> Response {
    let hint = hint.into();
    field(ui, label, |ui| {
        let width = ui.available_width().min(tokens(ui).size.form);
        ui.add(line_edit(value).hint_text(hint).desired_width(width))
    })
}

/// One line of text under its label that is shown as dots, until `shown`; the button beside it, called
/// `show`, turns that on and off.
pub fn secret_field(
    ui: &mut Ui,
    label: impl Into<String>,
    value: &mut String,
    hint: impl Into<String>,
    shown: &mut bool,
    show: impl Into<String>,
) -> Response {
    let t = tokens(ui);
    let hint = hint.into();
    field(ui, label, |ui| {
        let width = ui.available_width().min(t.size.form) - t.size.control - t.space.s;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = t.space.s;
            let edit = line_edit(value)
                .password(!*shown)
                .hint_text(hint)
                .desired_width(width);
            let edit = ui.add(edit);
            if toggle_icon_button(ui, Icon::Eye, show, *shown).clicked() {
                *shown = !*shown;
            }
            edit
        })
        .inner
    })
}

/// A field to look for something, with its icon; `label` is its accessible name and its hint.
pub fn search_field(
    ui: &mut Ui,
    label: impl Into<String>,
    value: &mut String,
    width: f32,
) -> Response {
    let t = tokens(ui);
    let label = label.into();
    let icon = egui::Atom::paint(Vec2::splat(t.size.icon), move |ui, args| {
        Icon::MagnifyingGlass.paint(ui.painter(), args.rect.center(), t.size.icon, t.color.muted);
    });
    ui.add(
        line_edit(value)
            .prefix(icon)
            .hint_text(label.clone())
            .desired_width(width),
    )
    .accessible_name(label)
}

/// One of several values under a label. `options` are the values with their words; true when another was chosen.
pub fn choice<T: PartialEq + Clone>(
    ui: &mut Ui,
    label: impl Into<String>,
    value: &mut T,
    options: &[(T, String)],
) -> bool {
    let width = ui.available_width().min(tokens(ui).size.column);
    choice_in(ui, label.into(), value, options, width)
}

/// The same across the available width, for a form whose values differ much in length.
pub fn wide_choice<T: PartialEq + Clone>(
    ui: &mut Ui,
    label: impl Into<String>,
    value: &mut T,
    options: &[(T, String)],
) -> bool {
    let width = ui.available_width().min(tokens(ui).size.form);
    choice_in(ui, label.into(), value, options, width)
}

fn choice_in<T: PartialEq + Clone>(
    ui: &mut Ui,
    label: String,
    value: &mut T,
    options: &[(T, String)],
    width: f32,
) -> bool {
    let mut changed = false;
    let shown = options
        .iter()
        .find(|(option, _)| option == value)
        .map_or_else(String::new, |(_, words)| words.clone());
    let id = ui.make_persistent_id(("choice", &label));
    field(ui, label, |ui| {
        ComboBox::from_id_salt(id)
            .selected_text(shown)
            .width(width)
            .show_ui(ui, |ui| {
                for (option, words) in options {
                    let picked = option == value;
                    if ui.add(Button::selectable(picked, words.as_str())).clicked() && !picked {
                        *value = option.clone();
                        changed = true;
                    }
                }
            })
            .response
    });
    changed
}

/// One of many values under a label, across the available width. `words` gives a value's words by its place among `count`, and
/// is asked only for the one chosen and, while the list is open, for those in sight. The place of another that was chosen.
pub fn long_choice(
    ui: &mut Ui,
    label: impl Into<String>,
    chosen: usize,
    count: usize,
    words: impl Fn(usize) -> String,
) -> Option<usize> {
    let label = label.into();
    let width = ui.available_width().min(tokens(ui).size.form);
    let id = ui.make_persistent_id(("choice", &label));
    let mut picked = None;
    field(ui, label, |ui| {
        ComboBox::from_id_salt(id)
            .selected_text(words(chosen))
            .width(width)
            .truncate()
            .show_ui(ui, |ui| {
                picked = long_list(ui, width, count, |at| (words(at), at == chosen));
            })
            .response
    });
    picked
}

/// A list of values to choose from that may be long: a value's words, and whether it is the one chosen, are asked only for
/// those in sight. The place of another that was chosen.
pub fn long_list(
    ui: &mut Ui,
    width: f32,
    count: usize,
    value: impl Fn(usize) -> (String, bool),
) -> Option<usize> {
    let mut picked = None;
    let height = ui.spacing().interact_size.y;
    ui.set_width(width);
    rows(ui, height, count, |ui, at| {
        let (words, chosen) = value(at);
        let size = Vec2::new(ui.available_width(), height);
        let button = Button::selectable(chosen, words).truncate().min_size(size);
        if ui.add(button).clicked() && !chosen {
            picked = Some(at);
        }
    });
    picked
}

/// A box to tick, with its words.
pub fn check(ui: &mut Ui, value: &mut bool, text: impl Into<String>) -> Response {
    ui.checkbox(value, text.into())
}

/// One of several things to choose from, with a sentence below its name that says what it is for.
pub fn explained_choice<T: PartialEq>(
    ui: &mut Ui,
    chosen: &mut T,
    this: T,
    (name, purpose): (String, String),
) -> Response {
    let t = tokens(ui);
    // What it is for stands closer to it than to the next one.
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let choice = ui.radio_value(chosen, this, name);
        ui.spacing_mut().interact_size.y = 0.0;
        ui.horizontal_top(|ui| {
            ui.add_space(t.size.icon + t.space.s);
            ui.vertical(|ui| text::caption(ui, purpose));
        });
        choice
    })
    .inner
}
