//! Buttons: one main action a place, quiet ones beside it, icons with a name, places in a list.
//!
//! A button that cannot be used now: `ui.add_enabled(ready, |ui: &mut Ui| primary_button(ui, words))`.

use egui::{
    Atom, Button, Color32, CornerRadius, Rect, Response, RichText, Stroke, Style, TextWrapMode, Ui,
    Vec2, style::WidgetVisuals,
};

use super::{styled, text::one_row};
use crate::theme::{Face, Icon, Tokens, tokens};

fn icon_atom(icon: Icon, size: f32) -> Atom<'static> {
    Atom::paint(Vec2::splat(size), move |ui, args| {
        icon.paint(
            ui.painter(),
            args.rect.center(),
            size,
            args.fallback_text_color,
        );
    })
}

/// Shows a button with one fill and ink.
fn filled(ui: &mut Ui, [rest, over]: [Color32; 2], ink: Color32, button: Button<'_>) -> Response {
    let t = tokens(ui);
    let paint = |visuals: &mut WidgetVisuals, fill: Color32, stroke: Stroke| {
        visuals.weak_bg_fill = fill;
        visuals.bg_fill = fill;
        visuals.bg_stroke = stroke;
        visuals.fg_stroke.color = ink;
    };
    let change = |style: &mut Style| {
        let widgets = &mut style.visuals.widgets;
        paint(&mut widgets.inactive, rest, Stroke::NONE);
        paint(&mut widgets.hovered, over, Stroke::NONE);
        paint(
            &mut widgets.active,
            over,
            Stroke::new(t.size.focus, t.color.ink),
        );
    };
    styled(ui, change, |ui| {
        ui.add(button.wrap_mode(TextWrapMode::Extend))
    })
}

fn strong(text: impl Into<String>, size: f32) -> RichText {
    RichText::new(text).font(Face::Strong.at(size))
}

/// The one main action of a place.
pub fn primary_button(ui: &mut Ui, text: impl Into<String>) -> Response {
    let t = tokens(ui);
    let button = Button::new(strong(text, t.text.body));
    let fills = [t.color.accent, t.color.accent_hover];
    filled(ui, fills, t.color.on_accent, button)
}

/// The main action, with an icon before its words.
pub fn primary_icon_button(ui: &mut Ui, icon: Icon, text: impl Into<String>) -> Response {
    let t = tokens(ui);
    let words = strong(text, t.text.body);
    let button = Button::new((icon_atom(icon, t.size.icon), words));
    let fills = [t.color.accent, t.color.accent_hover];
    filled(ui, fills, t.color.on_accent, button)
}

/// An action that takes something away.
pub fn danger_button(ui: &mut Ui, text: impl Into<String>) -> Response {
    let t = tokens(ui);
    let button = Button::new(strong(text, t.text.body));
    filled(ui, [t.color.bad_soft, t.color.hover], t.color.bad, button)
}

/// An action beside the main one.
pub fn quiet_button(ui: &mut Ui, text: impl Into<String>) -> Response {
    ui.add(Button::new(text.into()).wrap_mode(TextWrapMode::Extend))
}

/// An action beside the main one, with an icon before its words.
pub fn quiet_icon_button(ui: &mut Ui, icon: Icon, text: impl Into<String>) -> Response {
    let size = tokens(ui).size.icon;
    let button = Button::new((icon_atom(icon, size), text.into()));
    ui.add(button.wrap_mode(TextWrapMode::Extend))
}

fn icon_only(ui: &mut Ui, icon: Icon, label: String, on: Option<bool>) -> Response {
    let t = tokens(ui);
    let side = t.size.control;
    let mut button = Button::new(icon_atom(icon, t.size.icon))
        .frame_when_inactive(on == Some(true))
        .min_size(Vec2::splat(side));
    if let Some(on) = on {
        button = button.selected(on);
    }
    let change = |style: &mut Style| {
        style.spacing.button_padding = Vec2::splat((side - t.size.icon) / 2.0);
        quieten(style, t);
        style.visuals.widgets.inactive.fg_stroke.color = t.color.muted;
    };
    styled(ui, change, |ui| ui.add(button))
        .on_hover_text(&label)
        .accessible_name(label)
}

/// An icon that acts; `label` is its accessible name and what is shown under the pointer.
pub fn icon_button(ui: &mut Ui, icon: Icon, label: impl Into<String>) -> Response {
    icon_only(ui, icon, label.into(), None)
}

/// An icon that is on or off.
pub fn toggle_icon_button(ui: &mut Ui, icon: Icon, label: impl Into<String>, on: bool) -> Response {
    icon_only(ui, icon, label.into(), Some(on))
}

/// No outline but the keyboard's; what is chosen has its own ground.
fn quieten(style: &mut Style, t: &Tokens) {
    let visuals = &mut style.visuals;
    visuals.selection.bg_fill = t.color.chosen;
    visuals.selection.stroke.color = t.color.accent;
    visuals.widgets.hovered.bg_stroke = Stroke::NONE;
    visuals.widgets.inactive.bg_stroke = Stroke::NONE;
}

/// A place in a column of places, across its whole width.
pub fn nav_item(ui: &mut Ui, icon: Icon, text: impl Into<String>, selected: bool) -> Response {
    let t = tokens(ui);
    let face = if selected { Face::Strong } else { Face::Text };
    let words = RichText::new(text).font(face.at(t.text.body));
    let atoms = (icon_atom(icon, t.size.icon), words, Atom::grow());
    let button = Button::selectable(selected, atoms)
        .truncate()
        .min_size(Vec2::new(ui.available_width(), t.size.control));
    let response = styled(ui, |style| quieten(style, t), |ui| ui.add(button));
    if selected && ui.is_rect_visible(response.rect) {
        let bar = Rect::from_min_size(
            response.rect.left_top() + Vec2::new(0.0, t.space.s),
            Vec2::new(t.space.xs, response.rect.height() - 2.0 * t.space.s),
        );
        ui.painter()
            .rect_filled(bar, CornerRadius::same(t.radius.s), t.color.accent);
    }
    response
}

/// One of several views of the same thing, in a row.
pub fn tab(ui: &mut Ui, text: impl Into<String>, selected: bool) -> Response {
    let size = tokens(ui).text.body;
    tab_of(ui, text, selected, size)
}

/// The same in letters of another size, in points.
pub fn tab_of(ui: &mut Ui, text: impl Into<String>, selected: bool, size: f32) -> Response {
    let t = tokens(ui);
    let face = if selected { Face::Strong } else { Face::Text };
    let words = RichText::new(text).font(face.at(size));
    let change = |style: &mut Style| {
        quieten(style, t);
        style.visuals.widgets.inactive.fg_stroke.color = t.color.muted;
    };
    let button = Button::selectable(selected, words).wrap_mode(TextWrapMode::Extend);
    styled(ui, change, |ui| ui.add(button))
}

/// A row of a list that can be chosen: a line, and one of less weight under it. As wide as there is room.
pub fn two_lines(ui: &mut Ui, height: f32, above: &str, below: &str, chosen: bool) -> Response {
    let t = tokens(ui);
    let mut job = egui::text::LayoutJob::default();
    let line = |size: f32, face: Face, color| egui::TextFormat {
        line_height: Some(size * t.text.line),
        ..egui::TextFormat::simple(face.at(size), color)
    };
    let room = ui.available_width() - 2.0 * t.space.l;
    let above = one_row(ui, above, &Face::Strong.at(t.text.body), room);
    job.append(&above, 0.0, line(t.text.body, Face::Strong, t.color.ink));
    job.append("\n", 0.0, line(t.text.body, Face::Text, t.color.ink));
    job.append(below, 0.0, line(t.text.small, Face::Text, t.color.muted));
    job.wrap.max_width = ui.available_width() - 2.0 * t.space.s;
    job.wrap.max_rows = 2;
    let button =
        egui::Button::selectable(chosen, job).min_size(egui::vec2(ui.available_width(), height));
    ui.add(button)
}
