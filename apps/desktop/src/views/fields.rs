//! Fields of documents: text, dates and choices that are sent to the engine as they are typed, each with
//! its name and, where several people set it at once, a mark that shows all values.

mod conflict;
mod date;

use std::hash::Hash;

use egui::{Button, ComboBox, Frame, Id, Margin, Response, RichText, Stroke, TextEdit, Ui};
use tresse_engine::{Command, model::Conflict};

pub use conflict::of as conflict_of;

use super::Cx;
use crate::theme::{self, Face, Icon};

/// One field of a document.
pub struct Field<'a> {
    /// Names the field in the window; the same wherever the row that holds it moves.
    pub id: Id,
    /// Its name in words.
    pub label: String,
    /// What the engine says it holds.
    pub value: &'a str,
    /// What is shown while it is empty.
    pub hint: String,
    /// It cannot be edited.
    pub locked: bool,
    /// It always holds something: while it is empty nothing is sent, and leaving it so changes nothing.
    pub needed: bool,
    /// Its values, where several people set it at once.
    pub conflict: Option<&'a Conflict>,
}

impl<'a> Field<'a> {
    /// A field that can be edited.
    pub fn new(salt: impl Hash + std::fmt::Debug, label: String, value: &'a str) -> Self {
        Self {
            id: Id::unique(("field", salt)),
            label,
            value,
            hint: String::new(),
            locked: false,
            needed: false,
            conflict: None,
        }
    }

    /// With a text to show while it is empty.
    #[must_use]
    pub fn hint(mut self, hint: String) -> Self {
        self.hint = hint;
        self
    }

    /// It always holds something.
    #[must_use]
    pub fn needed(mut self) -> Self {
        self.needed = true;
        self
    }

    /// Only to read, where `locked`.
    #[must_use]
    pub fn locked(mut self, locked: bool) -> Self {
        self.locked = locked;
        self
    }

    /// With the conflict that the document has for this field, if any.
    #[must_use]
    pub fn conflict(mut self, conflicts: &'a [Conflict], field: &str) -> Self {
        self.conflict = conflict_of(conflicts, field);
        self
    }

    /// One line under its name.
    pub fn line(
        self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        set: impl Fn(&str) -> Command + 'static,
    ) -> Response {
        labelled(ui, cx, self, &str::to_owned, set, |ui, cx, field, set| {
            let width = ui.available_width();
            typed(ui, cx, field, set, |text| {
                one_line(text).desired_width(width)
            })
        })
    }

    /// One line whose name is not written beside it, because it is written above another.
    pub fn bare_line(
        self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        set: impl Fn(&str) -> Command + 'static,
    ) -> Response {
        bare(ui, cx, self, &str::to_owned, set, |ui, cx, field, set| {
            let width = ui.available_width();
            typed(ui, cx, field, set, |text| {
                one_line(text).desired_width(width)
            })
        })
    }

    /// Several lines under its name.
    pub fn lines(
        self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        rows: usize,
        set: impl Fn(&str) -> Command + 'static,
    ) -> Response {
        labelled(ui, cx, self, &str::to_owned, set, |ui, cx, field, set| {
            let width = ui.available_width();
            typed(ui, cx, field, set, |text| {
                TextEdit::multiline(text)
                    .desired_rows(rows)
                    .desired_width(width)
            })
        })
    }

    /// One line in a table or a list: no name above, a frame only where one points or writes.
    pub fn cell(
        self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        set: impl Fn(&str) -> Command + 'static,
    ) -> Response {
        bare(ui, cx, self, &str::to_owned, set, |ui, cx, field, set| {
            let (frame, width) = (cell_frame(ui, field.id, field.locked), ui.available_width());
            typed(ui, cx, field, set, |text| {
                one_line(text).frame(frame).desired_width(width)
            })
        })
    }

    /// A text that may wrap, in a list.
    pub fn cell_lines(
        self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        set: impl Fn(&str) -> Command + 'static,
    ) -> Response {
        bare(ui, cx, self, &str::to_owned, set, |ui, cx, field, set| {
            let (frame, width) = (cell_frame(ui, field.id, field.locked), ui.available_width());
            typed(ui, cx, field, set, |text| {
                TextEdit::multiline(text)
                    .desired_rows(1)
                    .return_key(None)
                    .frame(frame)
                    .desired_width(width)
            })
        })
    }

    /// A date under its name.
    pub fn date(
        self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        set: impl Fn(&str) -> Command + 'static,
    ) -> Response {
        let words = cx.words;
        let say = |value: &str| words.date(value);
        labelled(ui, cx, self, &say, set, |ui, cx, field, set| {
            date::entry(ui, cx, field, None, set)
        })
    }

    /// A date in a table or a list.
    pub fn date_cell(
        self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        late: bool,
        set: impl Fn(&str) -> Command + 'static,
    ) -> Response {
        let words = cx.words;
        let say = |value: &str| words.date(value);
        bare(ui, cx, self, &say, set, |ui, cx, field, set| {
            date::entry(ui, cx, field, Some(late), set)
        })
    }

    /// One of several values, under its name. `say` puts a value in words.
    pub fn pick(
        self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        say: &dyn Fn(&str) -> String,
        options: &dyn Fn() -> Vec<String>,
        set: impl Fn(&str) -> Command + 'static,
    ) -> Response {
        labelled(ui, cx, self, say, set, |ui, cx, field, set| {
            let width = ui.available_width();
            picked(ui, cx, field, say, options, width, set)
        })
    }

    /// One of several values, in a table or a list.
    pub fn pick_cell(
        self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        say: &dyn Fn(&str) -> String,
        options: &dyn Fn() -> Vec<String>,
        set: impl Fn(&str) -> Command + 'static,
    ) -> Response {
        bare(ui, cx, self, say, set, |ui, cx, field, set| {
            let width = ui.available_width();
            ui.scope(|ui| {
                quiet(ui);
                picked(ui, cx, field, say, options, width, set)
            })
            .inner
        })
    }
}

/// The field's name with its mark, then its control.
fn labelled<S: Fn(&str) -> Command + 'static>(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    field: Field<'_>,
    say: &dyn Fn(&str) -> String,
    set: S,
    control: impl FnOnce(&mut Ui, &mut Cx<'_>, &Field<'_>, S) -> Response,
) -> Response {
    let t = theme::tokens(ui);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = t.space.xs;
        let label = ui.scope(|ui| {
            ui.spacing_mut().interact_size.y = 0.0;
            ui.horizontal(|ui| {
                let words = RichText::new(&field.label)
                    .font(Face::Strong.at(t.text.small))
                    .color(t.color.muted);
                let label = ui.label(words);
                if let Some(conflict) = field.conflict {
                    conflict::mark(ui, cx, &field, conflict, say, &set);
                }
                label
            })
            .inner
        });
        control(ui, cx, &field, set).labelled_by(label.inner.id)
    })
    .inner
}

/// The control alone, its mark before it.
fn bare<S: Fn(&str) -> Command + 'static>(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    field: Field<'_>,
    say: &dyn Fn(&str) -> String,
    set: S,
    control: impl FnOnce(&mut Ui, &mut Cx<'_>, &Field<'_>, S) -> Response,
) -> Response {
    let label = field.label.clone();
    let Some(conflict) = field.conflict else {
        return control(ui, cx, &field, set).accessible_name(label);
    };
    ui.horizontal(|ui| {
        conflict::mark(ui, cx, &field, conflict, say, &set);
        control(ui, cx, &field, set)
    })
    .inner
    .accessible_name(label)
}

/// The frame of a field in a table: nothing until one points at it or writes in it.
fn cell_frame(ui: &Ui, id: Id, locked: bool) -> Frame {
    let t = theme::tokens(ui);
    let frame = Frame::new()
        .inner_margin(Margin::symmetric(t.space.s as i8, t.space.xs as i8))
        .corner_radius(t.radius.s)
        .stroke(Stroke::new(t.size.focus, egui::Color32::TRANSPARENT));
    let (over, focused) = ui.ctx().read_response(id).map_or((false, false), |before| {
        (before.hovered(), before.has_focus())
    });
    if focused {
        frame
            .fill(t.color.surface)
            .stroke(Stroke::new(t.size.focus, t.color.accent))
    } else if over && !locked {
        frame
            .fill(t.color.surface)
            .stroke(Stroke::new(t.size.focus, t.color.line))
    } else {
        frame
    }
}

/// Whether one points at a thing or has it under the keyboard.
fn over(ui: &Ui, id: Id) -> bool {
    ui.ctx()
        .read_response(id)
        .is_some_and(|before| before.hovered() || before.has_focus())
}

/// Buttons without an outline until one points at them.
pub fn quiet(ui: &mut Ui) {
    let t = theme::tokens(ui);
    ui.spacing_mut().button_padding.x = t.space.s;
    let inactive = &mut ui.visuals_mut().widgets.inactive;
    inactive.bg_stroke = Stroke::NONE;
    inactive.weak_bg_fill = egui::Color32::TRANSPARENT;
}

/// A field of one line, its text in the middle of its height.
fn one_line(text: &mut dyn egui::TextBuffer) -> TextEdit<'_> {
    TextEdit::singleline(text).align(egui::Align2::LEFT_CENTER)
}

/// A text that goes through the drafts.
fn typed(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    field: &Field<'_>,
    set: impl Fn(&str) -> Command + 'static,
    edit: impl for<'t> FnOnce(&'t mut dyn egui::TextBuffer) -> TextEdit<'t>,
) -> Response {
    if field.locked {
        let mut text = field.value;
        return ui.add(edit(&mut text).id(field.id));
    }
    let mut text = cx.drafts.text(field.id, field.value, cx.time);
    let response = ui.add(edit(&mut text).id(field.id).hint_text(field.hint.as_str()));
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
    if response.lost_focus()
        && let Some(command) = cx.drafts.left(field.id, cx.time)
    {
        cx.send(command);
    }
    response
}

/// One of several values.
fn picked(
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
            for value in options() {
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
