//! Buttons: one main action a place, quiet ones beside it, icons with a name, places in a list.

use egui::{
    Atom, Button, Color32, CornerRadius, Response, RichText, Stroke, Ui, Vec2, style::WidgetVisuals,
};

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

/// Paints the buttons inside `add` with one fill and ink.
fn filled<R>(
    ui: &mut Ui,
    [rest, over]: [Color32; 2],
    ink: Color32,
    add: impl FnOnce(&mut Ui) -> R,
) -> R {
    let focus = tokens(ui).size.focus;
    let ring = tokens(ui).color.ink;
    ui.scope(|ui| {
        let paint = |visuals: &mut WidgetVisuals, fill: Color32, stroke: Stroke| {
            visuals.weak_bg_fill = fill;
            visuals.bg_fill = fill;
            visuals.bg_stroke = stroke;
            visuals.fg_stroke.color = ink;
        };
        let widgets = &mut ui.visuals_mut().widgets;
        paint(&mut widgets.inactive, rest, Stroke::NONE);
        paint(&mut widgets.hovered, over, Stroke::NONE);
        paint(&mut widgets.active, over, Stroke::new(focus, ring));
        add(ui)
    })
    .inner
}

fn strong(text: impl Into<String>, size: f32) -> RichText {
    RichText::new(text).font(Face::Strong.at(size))
}

/// The one main action of a place.
pub fn primary_button(ui: &mut Ui, text: impl Into<String>) -> Response {
    let t = tokens(ui);
    filled(
        ui,
        [t.color.accent, t.color.accent_hover],
        t.color.on_accent,
        |ui| ui.add(Button::new(strong(text, t.text.body))),
    )
}

/// The main action, with an icon before its words.
pub fn primary_icon_button(ui: &mut Ui, icon: Icon, text: impl Into<String>) -> Response {
    let t = tokens(ui);
    filled(
        ui,
        [t.color.accent, t.color.accent_hover],
        t.color.on_accent,
        |ui| {
            ui.add(Button::new((
                icon_atom(icon, t.size.icon),
                strong(text, t.text.body),
            )))
        },
    )
}

/// An action that takes something away.
pub fn danger_button(ui: &mut Ui, text: impl Into<String>) -> Response {
    let t = tokens(ui);
    filled(ui, [t.color.bad_soft, t.color.hover], t.color.bad, |ui| {
        ui.add(Button::new(strong(text, t.text.body)))
    })
}

/// An action beside the main one.
pub fn quiet_button(ui: &mut Ui, text: impl Into<String>) -> Response {
    ui.add(Button::new(text.into()))
}

/// An action beside the main one, with an icon before its words.
pub fn quiet_icon_button(ui: &mut Ui, icon: Icon, text: impl Into<String>) -> Response {
    let size = tokens(ui).size.icon;
    ui.add(Button::new((icon_atom(icon, size), text.into())))
}

fn icon_only(ui: &mut Ui, icon: Icon, label: String, on: Option<bool>) -> Response {
    let t = tokens(ui);
    let side = t.size.control;
    ui.scope(|ui| {
        ui.spacing_mut().button_padding = Vec2::splat((side - t.size.icon) / 2.0);
        let widgets = &mut ui.visuals_mut().widgets;
        widgets.inactive.fg_stroke.color = t.color.muted;
        widgets.hovered.bg_stroke = Stroke::NONE;
        let mut button = Button::new(icon_atom(icon, t.size.icon))
            .frame_when_inactive(on == Some(true))
            .min_size(Vec2::splat(side));
        if let Some(on) = on {
            button = button.selected(on);
        }
        ui.add(button)
    })
    .inner
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

fn chosen_visuals(ui: &mut Ui, t: &Tokens) {
    let visuals = ui.visuals_mut();
    visuals.selection.bg_fill = t.color.chosen;
    visuals.selection.stroke.color = t.color.accent;
    visuals.widgets.inactive.fg_stroke.color = t.color.ink;
    visuals.widgets.hovered.bg_stroke = Stroke::NONE;
    visuals.widgets.inactive.bg_stroke = Stroke::NONE;
}

/// A place in a column of places, across its whole width.
pub fn nav_item(ui: &mut Ui, icon: Icon, text: impl Into<String>, selected: bool) -> Response {
    let t = tokens(ui);
    let text = text.into();
    ui.scope(|ui| {
        chosen_visuals(ui, t);
        let size = Vec2::new(ui.available_width(), t.size.control);
        let face = if selected { Face::Strong } else { Face::Text };
        let words = RichText::new(text).font(face.at(t.text.body));
        let button = Button::selectable(
            selected,
            (icon_atom(icon, t.size.icon), words, Atom::grow()),
        )
        .truncate()
        .min_size(size);
        let response = ui.add(button);
        if selected {
            let bar = egui::Rect::from_min_size(
                response.rect.left_top() + Vec2::new(0.0, t.space.s),
                Vec2::new(t.space.xs, response.rect.height() - 2.0 * t.space.s),
            );
            ui.painter()
                .rect_filled(bar, CornerRadius::same(t.radius.s), t.color.accent);
        }
        response
    })
    .inner
}

/// One of several views of the same thing, in a row.
pub fn tab(ui: &mut Ui, text: impl Into<String>, selected: bool) -> Response {
    let t = tokens(ui);
    let text = text.into();
    ui.scope(|ui| {
        chosen_visuals(ui, t);
        if !selected {
            ui.visuals_mut().widgets.inactive.fg_stroke.color = t.color.muted;
        }
        let face = if selected { Face::Strong } else { Face::Text };
        let words = RichText::new(text).font(face.at(t.text.body));
        ui.add(Button::selectable(selected, words))
    })
    .inner
}
