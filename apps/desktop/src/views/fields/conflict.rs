//! Where several people set a field at once: a mark beside it, and behind the mark every value with who set
//! it, so that one of them can be chosen. Choosing sets the field, which settles the matter.

use egui::{Button, Popup, PopupCloseBehavior, Ui, Vec2};
use tresse_engine::{Command, model::Conflict};

use super::{Cx, Field};
use crate::{
    app::text::cut,
    theme::{self, Icon},
    tr,
};

/// The conflict of a field, if the document has one.
pub fn of<'a>(conflicts: &'a [Conflict], field: &str) -> Option<&'a Conflict> {
    conflicts
        .iter()
        .find(|conflict| conflict.field == field && conflict.values.len() > 1)
}

pub(super) fn mark(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    field: &Field<'_>,
    conflict: &Conflict,
    say: &dyn Fn(&str) -> String,
    set: &impl Fn(&str) -> Command,
) {
    let t = theme::tokens(ui);
    let name = tr!(
        cx.words,
        "conflict-mark",
        field = field.label.clone(),
        count = conflict.values.len()
    );
    let icon = Icon::CircleHalf.text(t.size.icon).color(t.color.warn);
    let button = ui
        .scope(|ui| {
            ui.spacing_mut().button_padding = Vec2::splat(t.space.xs);
            ui.add(Button::new(icon).frame_when_inactive(false))
        })
        .inner
        .on_hover_text(name.as_str())
        .accessible_name(name);
    Popup::from_toggle_button_response(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width(t.size.form * 0.8)
        .show(|ui| {
            theme::subheading(ui, tr!(cx.words, "conflict-title"));
            theme::caption(ui, tr!(cx.words, "conflict-explained"));
            for (place, candidate) in conflict.values.iter().enumerate() {
                theme::rule(ui);
                let value = match say(&candidate.value) {
                    empty if empty.is_empty() => tr!(cx.words, "conflict-cleared"),
                    words => cut(&words, 400),
                };
                let author = candidate.author.map_or_else(
                    || tr!(cx.words, "somebody"),
                    |author| cx.net.members.name_of(&author),
                );
                theme::strong(ui, value.as_str());
                theme::caption(ui, tr!(cx.words, "conflict-by", name = author))
                    .on_hover_text(tr!(cx.words, "sealed-author"));
                if field.locked {
                    continue;
                }
                let keep = if place == 0 {
                    tr!(cx.words, "conflict-keep-shown")
                } else {
                    tr!(cx.words, "conflict-take")
                };
                let keep = theme::quiet_button(ui, keep);
                let full = tr!(cx.words, "conflict-choose-value", value = cut(&value, 60));
                if keep.accessible_name(full).clicked() {
                    cx.drafts.forget(field.id);
                    cx.send(set(&candidate.value));
                    ui.close();
                }
            }
        });
}
