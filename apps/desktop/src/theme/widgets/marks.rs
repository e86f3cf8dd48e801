//! Small marks: tags, states, people, progress. Colour never says alone what words do not.

use egui::{
    Align2, Button, Color32, CornerRadius, Rect, Response, RichText, Role, Sense, Stroke, Style,
    TextWrapMode, Ui, Vec2, WidgetInfo,
};

use super::{styled, text::one_row};
use crate::theme::{Face, Icon, Tone, tokens};

fn pill(ui: &mut Ui, text: &str, ink: Color32, ground: Color32) -> Response {
    let t = tokens(ui);
    let padding = Vec2::new(t.space.s, t.space.xs * 0.5);
    let galley = ui
        .painter()
        .layout_no_wrap(short(ui, text), Face::Text.at(t.text.small), ink);
    let (rect, response) = ui.allocate_exact_size(galley.size() + 2.0 * padding, Sense::hover());
    if ui.is_rect_visible(rect) {
        let radius = CornerRadius::same((rect.height() / 2.0) as u8);
        ui.painter().rect_filled(rect, radius, ground);
        ui.painter().galley(rect.min + padding, galley, ink);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    response
}

/// The words of a mark, which is no wider than a column.
fn short(ui: &Ui, text: &str) -> String {
    let t = tokens(ui);
    one_row(ui, text, &Face::Text.at(t.text.small), 0.9 * t.size.column)
}

/// A tag, to read.
pub fn tag(ui: &mut Ui, text: impl Into<String>) -> Response {
    let c = &tokens(ui).color;
    pill(ui, &text.into(), c.ink, c.hover)
}

/// A state in a word, coloured by its tone.
pub fn status_chip(ui: &mut Ui, tone: Tone, text: impl Into<String>) -> Response {
    let c = &tokens(ui).color;
    pill(ui, &text.into(), c.tone(tone), c.soft(tone))
}

/// A tag to filter by: on or off.
pub fn tag_toggle(ui: &mut Ui, text: impl Into<String>, on: bool) -> Response {
    let words = short(ui, &text.into());
    let words = RichText::new(words).font(Face::Text.at(tokens(ui).text.small));
    tag_button(ui, Button::new(words).selected(on))
}

/// A tag that can be taken off; true when it was. `remove` names the act for assistive tools.
pub fn removable_tag(ui: &mut Ui, text: impl Into<String>, remove: impl Into<String>) -> bool {
    let t = tokens(ui);
    let remove = remove.into();
    let words = RichText::new(short(ui, &text.into())).font(Face::Text.at(t.text.small));
    let cross = egui::Atom::paint(Vec2::splat(t.text.small), move |ui, args| {
        let ink = args.fallback_text_color;
        Icon::X.paint(ui.painter(), args.rect.center(), t.text.small, ink);
    });
    tag_button(ui, Button::new((words, cross)).gap(t.space.xs))
        .on_hover_text(&remove)
        .accessible_name(remove)
        .clicked()
}

fn tag_button(ui: &mut Ui, button: Button<'_>) -> Response {
    let t = tokens(ui);
    let change = |style: &mut Style| {
        style.spacing.interact_size.y = t.text.small + t.space.m;
        style.spacing.button_padding = Vec2::new(t.space.s, 0.0);
        let visuals = &mut style.visuals;
        visuals.selection.bg_fill = t.color.chosen;
        visuals.selection.stroke.color = t.color.accent;
    };
    let button = button
        .corner_radius(CornerRadius::same(t.radius.l))
        .wrap_mode(TextWrapMode::Extend);
    styled(ui, change, |ui| ui.add(button))
}

/// A dot whose colour shows a state; `label` says it in words.
pub fn status_dot(ui: &mut Ui, tone: Tone, label: impl Into<String>) -> Response {
    let t = tokens(ui);
    let label = label.into();
    let (rect, response) = ui.allocate_exact_size(
        Vec2::new(t.size.dot, t.text.body * t.text.line),
        Sense::hover(),
    );
    if ui.is_rect_visible(rect) {
        let (center, radius) = (rect.center(), t.size.dot / 2.0);
        if tone == Tone::Neutral {
            let ring = Stroke::new(t.size.focus, t.color.edge);
            ui.painter().circle_stroke(center, radius - 1.0, ring);
        } else {
            ui.painter()
                .circle_filled(center, radius, t.color.tone(tone));
        }
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &label));
    if label.is_empty() {
        response
    } else {
        response.on_hover_text(label)
    }
}

/// How far something is, from 0 to 1; `label` says it in words.
pub fn progress_bar(ui: &mut Ui, part: f32, width: f32, label: impl Into<String>) -> Response {
    let t = tokens(ui);
    let label = label.into();
    let part = part.clamp(0.0, 1.0);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, t.size.bar), Sense::hover());
    if ui.is_rect_visible(rect) {
        let radius = CornerRadius::same((t.size.bar / 2.0) as u8);
        ui.painter().rect_filled(rect, radius, t.color.hover);
        if part > 0.0 {
            let filled = (rect.width() * part).max(t.size.bar);
            let done = Rect::from_min_size(rect.min, Vec2::new(filled, rect.height()));
            let color = if part >= 1.0 {
                t.color.good
            } else {
                t.color.accent
            };
            ui.painter().rect_filled(done, radius, color);
        }
    }
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::ProgressIndicator);
        node.set_label(label.clone());
        node.set_numeric_value(f64::from(part) * 100.0);
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(100.0);
    });
    response.on_hover_text(label)
}

/// One of the braid's colours, always the same for the same name.
pub fn strand_color(ui: &Ui, name: &str) -> Color32 {
    let sum = name.bytes().fold(0_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(byte.into())
    });
    tokens(ui).color.strands[(sum % 3) as usize]
}

/// A person's (or a network's) initials on a disc.
pub fn avatar(ui: &mut Ui, name: &str, size: f32) -> Response {
    let t = tokens(ui);
    let initials: String = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()))
        .take(2)
        .flat_map(char::to_uppercase)
        .collect();
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
    if ui.is_rect_visible(rect) {
        let color = strand_color(ui, name);
        let ring = Stroke::new(t.size.focus, color);
        ui.painter()
            .circle(rect.center(), size / 2.0 - 1.0, t.color.surface, ring);
        ui.painter().text(
            rect.center(),
            Align2::CENTER_CENTER,
            initials,
            Face::Strong.at((size * 0.4).round()),
            t.color.ink,
        );
    }
    response
}
