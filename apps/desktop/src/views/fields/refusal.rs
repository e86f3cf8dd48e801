//! What was typed and not taken: it stays in its field, with the reason, until it is changed or given up.

use egui::{Button, Key, Modifiers, Popup, PopupCloseBehavior, Response, Ui, Vec2};

use super::{Cx, Field};
use crate::{
    theme::{self, Icon, Tone},
    tr,
};

/// The reason in words, where what stands in a field was not taken.
fn sentence(cx: &Cx<'_>, field: &Field<'_>) -> Option<String> {
    let reason = cx.drafts.not_taken(field.id)?.to_owned();
    Some(tr!(cx.words, "field-not-taken", reason = reason))
}

/// Below a field under its name: the reason, and the way back.
pub(super) fn below(ui: &mut Ui, cx: &mut Cx<'_>, field: &Field<'_>) {
    let Some(sentence) = sentence(cx, field) else {
        return;
    };
    ui.horizontal_top(|ui| {
        let room = theme::tokens(ui).size.control + ui.spacing().item_spacing.x;
        let width = ui.available_width() - room;
        ui.horizontal_top(|ui| {
            ui.set_width(width);
            theme::status_dot(ui, Tone::Bad, "");
            theme::caption(ui, sentence);
        });
        let name = tr!(cx.words, "field-give-up-named", field = field.label.clone());
        if theme::icon_button(ui, Icon::X, name).clicked() {
            cx.drafts.forget(field.id);
        }
    });
}

/// Before a field in a table: a mark with the reason and the way back behind it.
pub(super) fn mark(ui: &mut Ui, cx: &mut Cx<'_>, field: &Field<'_>) {
    let Some(sentence) = sentence(cx, field) else {
        return;
    };
    let t = theme::tokens(ui);
    let name = tr!(
        cx.words,
        "field-not-taken-mark",
        field = field.label.clone()
    );
    let icon = Icon::Warning.text(t.size.icon).color(t.color.bad);
    let button = ui
        .scope(|ui| {
            ui.spacing_mut().button_padding = Vec2::splat(t.space.xs);
            ui.add(Button::new(icon).frame_when_inactive(false))
        })
        .inner
        .on_hover_text(sentence.as_str())
        .accessible_name(name);
    Popup::from_toggle_button_response(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width(t.size.form * 0.8)
        .show(|ui| {
            theme::paragraph(ui, sentence);
            if theme::quiet_button(ui, tr!(cx.words, "field-give-up")).clicked() {
                cx.drafts.forget(field.id);
                ui.close();
            }
        });
}

/// Escape in a field that holds what was not taken gives that up, and nothing else.
pub(super) fn escape(ui: &Ui, cx: &mut Cx<'_>, field: &Field<'_>, response: &Response) -> bool {
    let given_up = response.lost_focus()
        && cx.drafts.not_taken(field.id).is_some()
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if given_up {
        cx.drafts.forget(field.id);
    }
    given_up
}
