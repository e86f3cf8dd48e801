//! A text that several people write: the editor with the signs of Markdown one click away, and the preview beside it, or
//! behind a tab where there is no room for both.

use egui::{Align, Layout, Role, Sense, Ui, Vec2, WidgetInfo};
use tresse_engine::{Command, LineView, Place, TextEdit, TextView, model::DocId};

use super::{
    Cx, here,
    lines_authors::{Authors, Lines},
};
use crate::{
    app::{asks::Ask, command::UiCommand},
    editor::{Editor, EditorEvent, Format, Options},
    i18n::I18n,
    markdown::Preview,
    theme::{self, Icon},
    tr,
};

/// What is remembered of one text.
#[derive(Default)]
pub struct Writing {
    editor: Option<Editor>,
    preview: Preview,
    /// The preview is not wanted beside the text; where there is room for one only: the text is read, not written.
    other: bool,
    /// It is shown to a room: the text alone, as large as there is room. What `other` was outside.
    room: Option<bool>,
    focus: bool,
    focused: bool,
    /// The document whose text it is, where who wrote it can be told.
    doc: Option<DocId>,
    authors: Authors,
}

impl Writing {
    /// Shows or hides the preview.
    pub fn toggle_preview(&mut self) {
        self.other = !self.other;
    }

    /// The document whose text it is: then the text tells who wrote each line.
    pub fn of(&mut self, doc: DocId) -> &mut Self {
        self.doc = Some(doc);
        self
    }

    /// Shows the text to a room, alone until somebody asks to read it; or no more, as it was before.
    pub fn in_room(&mut self, room: bool) {
        if room {
            self.room
                .get_or_insert_with(|| std::mem::take(&mut self.other));
        } else if let Some(before) = self.room.take() {
            self.other = before;
        }
    }

    /// Takes who wrote some lines.
    pub fn wrote(&mut self, lines: &Lines, views: &[LineView]) {
        self.authors.came(lines, views);
    }

    /// Puts the keyboard into the text.
    pub fn request_focus(&mut self) {
        self.focus = true;
    }

    /// Whether the text has the keyboard: then it handles undo itself.
    pub fn has_focus(&self) -> bool {
        self.focused
    }

    /// Where the person writes, while the text has the keyboard.
    pub fn place(&self) -> Option<Place> {
        let editor = self.editor.as_ref().filter(|_| self.focused);
        editor.map(Editor::place)
    }

    /// The words of the line that the caret stands in; of no text yet, none.
    pub fn caret_line(&self, text: &TextView) -> Option<String> {
        let at = self.editor.as_ref()?.caret_line();
        text.text.lines().nth(at).map(str::to_owned)
    }

    /// Paints it; `edit` makes a command of an edit.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        text: &TextView,
        locked: bool,
        edit: impl Fn(TextEdit) -> Command,
    ) {
        let t = theme::tokens(ui);
        self.focused = false;
        let both = self.room.is_none() && ui.available_width() >= 2.4 * t.size.column;
        let write = both || !self.other;
        self.bar(ui, cx.words, both, write && !locked);
        if !both {
            if self.other {
                self.preview(ui, cx, text);
            } else {
                self.write(ui, cx, text, locked, edit);
            }
            return;
        }
        if self.other {
            self.write(ui, cx, text, locked, edit);
            return;
        }
        let gap = t.space.m;
        let half = Vec2::new((ui.available_width() - gap) / 2.0, ui.available_height());
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            ui.allocate_ui_with_layout(half, Layout::top_down(Align::Min), |ui| {
                self.write(ui, cx, text, locked, edit);
            });
            ui.allocate_ui_with_layout(half, Layout::top_down(Align::Min), |ui| {
                self.preview(ui, cx, text);
            });
        });
    }

    /// The signs of Markdown, and what is shown.
    fn bar(&mut self, ui: &mut Ui, words: &I18n, both: bool, write: bool) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            if write {
                for (format, icon, name) in [
                    (Format::Strong, Icon::TextB, tr!(words, "format-strong")),
                    (
                        Format::Stressed,
                        Icon::TextItalic,
                        tr!(words, "format-stressed"),
                    ),
                    (Format::Heading, Icon::TextH, tr!(words, "format-heading")),
                    (
                        Format::Bullets,
                        Icon::ListBullets,
                        tr!(words, "format-bullets"),
                    ),
                    (
                        Format::Numbers,
                        Icon::ListNumbers,
                        tr!(words, "format-numbers"),
                    ),
                    (Format::Tasks, Icon::ListChecks, tr!(words, "format-tasks")),
                    (Format::Quote, Icon::Quotes, tr!(words, "format-quote")),
                ] {
                    if theme::icon_button(ui, icon, name).clicked()
                        && let Some(editor) = &mut self.editor
                    {
                        editor.format(format);
                        self.focus = true;
                    }
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let shown = self.authors.shown;
                if self.doc.is_some()
                    && (both || !self.other)
                    && theme::toggle_icon_button(ui, Icon::User, tr!(words, "lines-who"), shown)
                        .clicked()
                {
                    self.authors.shown = !shown;
                }
                if both {
                    let name = UiCommand::Preview.name(words);
                    if theme::toggle_icon_button(ui, Icon::Columns, name, !self.other).clicked() {
                        self.other = !self.other;
                    }
                } else {
                    for (name, reads) in [
                        (tr!(words, "writing-preview"), true),
                        (tr!(words, "writing-write"), false),
                    ] {
                        if theme::tab(ui, name, self.other == reads).clicked() {
                            self.other = reads;
                        }
                    }
                }
            });
        });
    }

    fn write(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        text: &TextView,
        locked: bool,
        edit: impl Fn(TextEdit) -> Command,
    ) {
        let editor = self.editor.get_or_insert_with(|| Editor::new(text));
        let others = self.doc.map(|doc| here::writers(cx, &doc, text));
        editor.others(others.unwrap_or_default());
        let (label, placeholder) = (tr!(cx.words, "text"), tr!(cx.words, "text-hint"));
        let told = self.doc.filter(|_| self.authors.shown);
        let t = theme::tokens(ui);
        let below = t.text.small * t.text.line + 2.0 * t.space.s;
        let options = Options {
            label: &label,
            placeholder: &placeholder,
            read_only: locked,
            height: told.map(|_| (ui.available_height() - below).max(below)),
        };
        let output = editor.show(ui, text, &options);
        if let Some(doc) = told {
            let line = output.under_pointer.unwrap_or_else(|| editor.caret_line());
            self.authors.ui(ui, cx, doc, &text.text, line);
        }
        if std::mem::take(&mut self.focus) {
            output.response.request_focus();
        }
        self.focused = output.response.has_focus();
        for (at, (name, rect)) in output.others.into_iter().enumerate() {
            let said = tr!(cx.words, "here-writes", name = name);
            let id = output.response.id.with(("other", at));
            let mark = ui.interact(rect, id, Sense::hover());
            mark.widget_info(|| WidgetInfo::labeled(Role::Label, true, said.as_str()));
            mark.on_hover_text(said);
        }
        for event in output.events {
            match event {
                EditorEvent::Edit(change) => cx.send(edit(change)),
                EditorEvent::Undo => cx.ask(Ask::Do(UiCommand::Undo)),
                EditorEvent::Redo => cx.ask(Ask::Do(UiCommand::Redo)),
            }
        }
    }

    fn preview(&mut self, ui: &mut Ui, cx: &Cx<'_>, text: &TextView) {
        let label = tr!(cx.words, "writing-preview");
        if text.text.trim().is_empty() {
            theme::muted(ui, tr!(cx.words, "preview-empty"));
        } else {
            self.preview.show(ui, &text.text, &label);
        }
    }
}
