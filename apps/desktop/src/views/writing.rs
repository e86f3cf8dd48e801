//! A text that several people write: the editor, and the preview beside it or behind a tab where there is no
//! room for both.

use egui::{ScrollArea, Ui};
use tresse_engine::{Command, TextEdit, TextView};

use super::{Cx, fields::Field};
use crate::{theme, tr};

/// What is remembered of one text.
#[derive(Default)]
pub struct Writing {
    hidden: bool,
    focus: bool,
}

impl Writing {
    /// Shows or hides the preview.
    pub fn toggle_preview(&mut self) {
        self.hidden = !self.hidden;
    }

    /// Puts the keyboard into the text.
    pub fn request_focus(&mut self) {
        self.focus = true;
    }

    /// Paints it; `edit` makes a command of an edit.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        text: &TextView,
        locked: bool,
        edit: impl Fn(TextEdit) -> Command + 'static,
    ) {
        let rows = (ui.available_height() / theme::tokens(ui).text.body / 1.6) as usize;
        ScrollArea::vertical()
            .id_salt("writing")
            .auto_shrink(false)
            .show(ui, |ui| {
                let response = Field::new("text", tr!(cx.words, "text"), &text.text)
                    .locked(locked)
                    .lines(ui, cx, rows, move |text| {
                        edit(TextEdit {
                            text: Some(text.to_owned()),
                            ..TextEdit::default()
                        })
                    });
                if std::mem::take(&mut self.focus) {
                    response.request_focus();
                }
            });
    }
}
