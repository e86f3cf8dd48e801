//! Fields of documents: text, dates and choices that are sent to the engine as they are typed, each with
//! its name and, where several people set it at once, a mark that shows all values.

mod conflict;
mod date;
mod edit;
mod refusal;

use std::hash::Hash;

use egui::{Frame, Id, Margin, Response, RichText, Stroke, TextEdit, Ui};
use tresse_engine::{Command, model::Conflict};

pub use conflict::of as conflict_of;
pub(super) use date::{Picked, leaf};
use edit::{one_line, picked, typed, typed_as};

use super::Cx;
use crate::theme::{self, Face};

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

    /// Only the mark of its conflict, if it has one: for what is shown in another way than as a field. `say` puts a value in words.
    pub fn mark(
        self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        say: &dyn Fn(&str) -> String,
        set: impl Fn(&str) -> Command + 'static,
    ) {
        if let Some(conflict) = self.conflict {
            conflict::mark(ui, cx, &self, conflict, say, &set);
        }
    }

    /// One line under its name.
    pub fn line(
        self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        set: impl Fn(&str) -> Command + 'static,
    ) -> Response {
        labelled(ui, cx, &self, &str::to_owned, set, |ui, cx, field, set| {
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
        bare(ui, cx, &self, &str::to_owned, set, |ui, cx, field, set| {
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
        labelled(ui, cx, &self, &str::to_owned, set, |ui, cx, field, set| {
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
        bare(ui, cx, &self, &str::to_owned, set, |ui, cx, field, set| {
            let (frame, width) = (cell_frame(ui, field.id, field.locked), ui.available_width());
            typed_as(ui, cx, field, set, true, move |text| {
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
        bare(ui, cx, &self, &str::to_owned, set, |ui, cx, field, set| {
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
        labelled(ui, cx, &self, &say, set, |ui, cx, field, set| {
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
        bare(ui, cx, &self, &say, set, |ui, cx, field, set| {
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
        labelled(ui, cx, &self, say, set, |ui, cx, field, set| {
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
        bare(ui, cx, &self, say, set, |ui, cx, field, set| {
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
    field: &Field<'_>,
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
                    conflict::mark(ui, cx, field, conflict, say, &set);
                }
                label
            })
            .inner
        });
        let response = control(ui, cx, field, set).labelled_by(label.inner.id);
        refusal::below(ui, cx, field);
        response
    })
    .inner
}

/// The control alone, its marks before it.
fn bare<S: Fn(&str) -> Command + 'static>(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    field: &Field<'_>,
    say: &dyn Fn(&str) -> String,
    set: S,
    control: impl FnOnce(&mut Ui, &mut Cx<'_>, &Field<'_>, S) -> Response,
) -> Response {
    let label = field.label.clone();
    if field.conflict.is_none() && cx.drafts.not_taken(field.id).is_none() {
        return control(ui, cx, field, set).accessible_name(label);
    }
    ui.horizontal(|ui| {
        refusal::mark(ui, cx, field);
        if let Some(conflict) = field.conflict {
            conflict::mark(ui, cx, field, conflict, say, &set);
        }
        control(ui, cx, field, set)
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
