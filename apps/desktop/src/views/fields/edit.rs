//! The controls inside fields: a text that goes through the drafts, and one of several values.

use std::sync::Arc;

use egui::{
    Button, ComboBox, FontSelection, Galley, Response, RichText, TextEdit, Ui,
    text::{LayoutJob, TextWrapping},
};
use tresse_engine::Command;

use super::{Cx, Field, over, refusal};
use crate::{
    app::asks::Ask,
    theme::{self, Icon},
};

/// Lays a text out on one line that ends with an ellipsis where it does not fit.
fn elided(ui: &Ui) -> impl FnMut(&Ui, &dyn egui::TextBuffer, f32) -> Arc<Galley> + use<> {
    let font = FontSelection::Default.resolve(ui.style());
    let ink = theme::tokens(ui).color.ink;
    move |ui, text, width| {
        let mut job = LayoutJob::simple_singleline(text.as_str().to_owned(), font.clone(), ink);
        job.wrap = TextWrapping::truncate_at_width(width);
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    }
}

/// A field of one line, its text in the middle of its height.
pub(super) fn one_line(text: &mut dyn egui::TextBuffer) -> TextEdit<'_> {
    TextEdit::singleline(text).align(egui::Align2::LEFT_CENTER)
}

/// A text that goes through the drafts.
pub(super) fn typed(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    field: &Field<'_>,
    set: impl Fn(&str) -> Command + 'static,
    edit: impl for<'t> FnOnce(&'t mut dyn egui::TextBuffer) -> TextEdit<'t>,
) -> Response {
    typed_as(ui, cx, field, set, false, edit)
}

/// The same; `elide` ends a text that does not fit with an ellipsis, until it has the keyboard.
pub(super) fn typed_as(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    field: &Field<'_>,
    set: impl Fn(&str) -> Command + 'static,
    elide: bool,
    edit: impl for<'t> FnOnce(&'t mut dyn egui::TextBuffer) -> TextEdit<'t>,
) -> Response {
    let mut short = elided(ui);
    let elide = elide && !ui.memory(|memory| memory.has_focus(field.id));
    if field.locked {
        let mut text = field.value;
        let mut widget = edit(&mut text).id(field.id);
        if elide {
            widget = widget.layouter(&mut short);
        }
        return ui.add(widget);
    }
    let mut text = cx.drafts.text(field.id, field.value, cx.time);
    let mut widget = edit(&mut text).id(field.id).hint_text(field.hint.as_str());
    if elide {
        widget = widget.layouter(&mut short);
    }
    let response = ui.add(widget);
    if response.has_focus() {
        cx.drafts.field = Some(field.id);
    }
    let empty = field.needed && text.trim().is_empty();
    if response.changed() {
        cx.drafts
            .typed(field.id, field.value, &text, cx.time, || Box::new(set));
        if empty {
            cx.drafts.hold(field.id);
        }
        ui.ctx()
            .request_repaint_after_secs(crate::app::draft::PAUSE as f32);
    }
    if empty && response.lost_focus() {
        cx.drafts.forget(field.id);
    }
    if !refusal::escape(ui, cx, field, &response)
        && response.lost_focus()
        && let Some(command) = cx.drafts.left(field.id)
    {
        cx.ask(Ask::SendTyped(field.id, command));
    }
    response
}

/// One of several values.
pub(super) fn picked(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    field: &Field<'_>,
    say: &dyn Fn(&str) -> String,
    options: &dyn Fn() -> Vec<String>,
    width: f32,
    set: impl Fn(&str) -> Command + 'static,
) -> Response {
    let shown = say(field.value);
    let shown = if shown.is_empty() {
        RichText::new(&field.hint).color(theme::tokens(ui).color.muted)
    } else {
        RichText::new(shown)
    };
    if field.locked {
        return ui.add(egui::Label::new(shown).truncate());
    }
    let opacity = if over(ui, ui.make_persistent_id(field.id)) {
        1.0
    } else {
        0.45
    };
    let ink = theme::tokens(ui).color.muted.gamma_multiply(opacity);
    ComboBox::from_id_salt(field.id)
        .icon(move |ui, rect, _, _| {
            Icon::CaretDown.paint(ui.painter(), rect.center(), rect.height() * 0.8, ink);
        })
        .selected_text(shown)
        .width(width)
        .truncate()
        .show_ui(ui, |ui| {
            let values = options();
            if values.len() > MANY {
                many(ui, cx, field, say, &values, width, set);
                return;
            }
            for value in values {
                let chosen = value == field.value;
                let words = say(&value);
                let words = if words.is_empty() {
                    field.hint.clone()
                } else {
                    words
                };
                if ui.add(Button::selectable(chosen, words)).clicked() && !chosen {
                    cx.send(set(&value));
                }
            }
        })
        .response
}

/// From so many values on, only those in sight are laid out.
const MANY: usize = 30;

/// The values of a long list.
fn many(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    field: &Field<'_>,
    say: &dyn Fn(&str) -> String,
    values: &[String],
    width: f32,
    set: impl Fn(&str) -> Command,
) {
    let value = |at: usize| {
        let value = values.get(at).map(String::as_str).unwrap_or_default();
        let words = Some(say(value)).filter(|words| !words.is_empty());
        let words = words.unwrap_or_else(|| field.hint.clone());
        (words, value == field.value)
    };
    let picked = theme::long_list(ui, width, values.len(), value);
    if let Some(value) = picked.and_then(|at| values.get(at)) {
        cx.send(set(value));
    }
}
