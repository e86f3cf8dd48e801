//! Surfaces: pages, cards, messages, dialogues, the heads of tables, and screens with nothing on them yet.

use egui::{
    Align, Frame, InnerResponse, Layout, Margin, Modal, Response, RichText, Role, ScrollArea,
    Sense, Stroke, Ui, UiBuilder, WidgetInfo,
};

use super::{buttons::primary_button, text};
use crate::theme::{Face, Icon, Tokens, Tone, braid_rule, tokens};

/// The ground of a card.
fn card_frame(t: &Tokens) -> Frame {
    Frame::new()
        .fill(t.color.surface)
        .stroke(Stroke::new(t.size.line, t.color.line))
        .corner_radius(t.radius.l)
        .inner_margin(Margin::same(t.space.l as i8))
}

/// A frame for a panel at the side of the window.
pub fn panel_frame(t: &Tokens) -> Frame {
    Frame::new()
        .fill(t.color.shade)
        .inner_margin(Margin::symmetric(t.space.m as i8, t.space.l as i8))
}

/// Things that belong together, on a surface of their own, across the available width.
pub fn card<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let t = tokens(ui);
    card_frame(t).show(ui, |ui| {
        ui.set_width(ui.available_width());
        add(ui)
    })
}

/// A card that opens something; `label` is its accessible name.
pub fn card_button<R>(
    ui: &mut Ui,
    label: impl Into<String>,
    add: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    let t = tokens(ui);
    let label = label.into();
    let builder = UiBuilder::new()
        .id_salt(("card", &label))
        .sense(Sense::click());
    let inner = ui.scope_builder(builder, |ui| {
        let response = ui.response();
        let mut frame = card_frame(t);
        if response.hovered() || response.is_pointer_button_down_on() {
            frame = frame.fill(t.color.hover);
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        }
        if response.has_focus() {
            // Same room: the thicker outline grows inwards.
            let inside = t.space.l - t.size.focus + t.size.line;
            frame = frame
                .stroke(Stroke::new(t.size.focus, t.color.accent))
                .inner_margin(Margin::same(inside as i8));
        }
        frame
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                add(ui)
            })
            .inner
    });
    inner
        .response
        .widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    inner
}

/// The scrolling body of a place, with its margins, never wider than is good to read across.
pub fn page<R>(ui: &mut Ui, salt: &str, widest: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let t = tokens(ui);
    ScrollArea::vertical()
        .id_salt(salt)
        .auto_shrink(false)
        .show(ui, |ui| {
            let side = ((ui.available_width() - widest) / 2.0).clamp(t.space.xl, t.space.xxl * 2.0);
            Frame::new()
                .inner_margin(Margin::symmetric(side as i8, t.space.xl as i8))
                .show(ui, |ui| {
                    ui.set_max_width(ui.available_width().min(widest));
                    add(ui)
                })
                .inner
        })
        .inner
}

/// A hairline across.
pub fn rule(ui: &mut Ui) -> Response {
    let t = tokens(ui);
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(egui::vec2(width, t.space.s), Sense::hover());
    ui.painter().hline(
        rect.x_range(),
        rect.center().y,
        Stroke::new(t.size.line, t.color.line),
    );
    response
}

/// The head of a table's column.
pub fn table_header(ui: &mut Ui, text: impl Into<String>) -> Response {
    let t = tokens(ui);
    let text = text.into();
    let words = RichText::new(&text)
        .font(Face::Strong.at(t.text.small))
        .color(t.color.muted);
    let response = ui.label(words);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::ColumnHeader);
        node.clear_value();
        node.set_label(text);
    });
    response
}

/// A screen with nothing on it yet says what it is for and what to do first. True when the
/// action was chosen.
pub fn empty_state(
    ui: &mut Ui,
    title: impl Into<String>,
    hint: impl Into<String>,
    action: Option<String>,
) -> bool {
    let t = tokens(ui);
    let mut chosen = false;
    ui.vertical_centered(|ui| {
        ui.set_max_width(t.size.form);
        ui.add_space(t.space.xxl);
        braid_rule(ui, t, t.size.column * 0.6);
        ui.add_space(t.space.m);
        text::heading(ui, title);
        text::muted(ui, hint);
        if let Some(action) = action {
            ui.add_space(t.space.m);
            chosen = primary_button(ui, action).clicked();
        }
        ui.add_space(t.space.xxl);
    });
    chosen
}

/// A message on the ground of its tone, with an icon. `add` may put buttons at its end.
pub fn message(
    ui: &mut Ui,
    tone: Tone,
    text: impl Into<String>,
    add: impl FnOnce(&mut Ui),
) -> Response {
    let icon = match tone {
        Tone::Neutral | Tone::Accent => Icon::Info,
        Tone::Good => Icon::CheckCircle,
        Tone::Warn | Tone::Bad => Icon::Warning,
    };
    marked(ui, icon, tone, text, add)
}

/// What is waited for, said where it will be seen to come.
pub fn waiting(ui: &mut Ui, text: impl Into<String>) -> Response {
    marked(ui, Icon::Hourglass, Tone::Accent, text, |_| {})
}

fn marked(
    ui: &mut Ui,
    icon: Icon,
    tone: Tone,
    text: impl Into<String>,
    add: impl FnOnce(&mut Ui),
) -> Response {
    let t = tokens(ui);
    Frame::new()
        .fill(t.color.soft(tone))
        .corner_radius(t.radius.m)
        .inner_margin(Margin::symmetric(t.space.m as i8, t.space.s as i8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    add(ui);
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        said(ui, icon, tone, text.into());
                    });
                });
            });
        })
        .response
}

/// A message's text with its icon: in the middle of one line, beside the first of several.
fn said(ui: &mut Ui, icon: Icon, tone: Tone, text: String) {
    let t = tokens(ui);
    let width = ui.available_width() - t.size.icon - ui.spacing().item_spacing.x;
    let font = Face::Text.at(t.text.body);
    let galley = ui.painter().layout(text.clone(), font, t.color.ink, width);
    let align = if galley.rows.len() > 1 {
        Align::Min
    } else {
        Align::Center
    };
    ui.with_layout(Layout::left_to_right(align), |ui| {
        icon.show_beside(ui, t.size.icon, t.text.body, t.color.tone(tone));
        text::paragraph(ui, text);
    });
}

/// A dialogue over the window; true when the person wants it closed (Escape, or a click beside it).
pub fn dialogue(
    ctx: &egui::Context,
    salt: &str,
    title: impl Into<String>,
    add: impl FnOnce(&mut Ui),
) -> bool {
    let t = crate::theme::tokens_of(ctx);
    let modal = Modal::new(egui::Id::unique(("dialogue", salt))).backdrop_color(t.color.veil);
    modal
        .show(ctx, |ui| {
            ui.set_width(
                t.size
                    .form
                    .min(ui.ctx().content_rect().width() - 4.0 * t.space.xl),
            );
            text::heading(ui, title);
            ui.add_space(t.space.s);
            add(ui);
        })
        .should_close()
}
