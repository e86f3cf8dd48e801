//! The toolbox: short sheets to read, and to take into the library.

use std::sync::Arc;

use egui::{Frame, Margin, Ui};
use tresse_engine::{Command, EvaluationCommand, Sheet, sheet, sheets};

use crate::{
    app::asks::Ask,
    i18n::Lang,
    markdown::Preview,
    theme::{self, Icon},
    tr,
    views::Cx,
};

/// What it remembers.
#[derive(Default)]
pub(super) struct ToolboxUi {
    open: Option<&'static str>,
    /// The text that is read, in its language.
    text: Option<(&'static str, Lang, Arc<str>)>,
    preview: Preview,
    /// Every sheet in a language.
    all: Option<(Lang, Vec<Sheet>)>,
}

impl ToolboxUi {
    /// Shows a sheet.
    pub(super) fn open(&mut self, sheet: &'static str) {
        self.open = Some(sheet);
        self.preview = Preview::default();
        self.text = None;
    }

    /// Whether a sheet is read.
    pub(super) fn reads(&self) -> bool {
        self.open.is_some()
    }

    pub(super) fn list(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let t = theme::tokens(ui);
        theme::muted(ui, tr!(cx.words, "toolbox-explained"));
        ui.add_space(t.space.s);
        let lang = cx.words.lang();
        if self.all.as_ref().is_none_or(|(of, _)| *of != lang) {
            self.all = Some((lang, sheets(lang.code())));
        }
        let all = self.all.as_ref().map(|(_, all)| all.as_slice());
        let mut wanted = None;
        for sheet in all.unwrap_or_default() {
            let card = theme::card_button(ui, sheet.title, |ui| {
                theme::strong(ui, sheet.title);
                theme::paragraph(ui, sheet.about);
            });
            if card.response.clicked() {
                wanted = Some(sheet.id);
            }
            ui.add_space(t.space.xs);
        }
        if let Some(wanted) = wanted {
            self.open(wanted);
        }
    }

    /// The sheet that is read, in all the room there is.
    pub(super) fn sheet(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        let lang = cx.words.lang();
        let Some(found) = self.open.and_then(|id| sheet(id, lang.code())) else {
            self.open = None;
            return;
        };
        let known = matches!(&self.text, Some((id, of, _)) if *id == found.id && *of == lang);
        if !known {
            let whole = format!("# {}\n\n*{}*\n\n{}", found.title, found.about, found.text);
            self.text = Some((found.id, lang, whole.into()));
        }
        let margin = Margin::symmetric(t.space.xl as i8, t.space.m as i8);
        Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                let back = tr!(cx.words, "toolbox-all");
                if theme::quiet_icon_button(ui, Icon::ArrowLeft, back).clicked() {
                    self.open = None;
                }
                let make = tr!(cx.words, "toolbox-page");
                if !cx.locked(false)
                    && theme::primary_icon_button(ui, Icon::FileText, make).clicked()
                {
                    let command = Command::Evaluation(EvaluationCommand::Page {
                        network: cx.id(),
                        sheet: found.id.to_owned(),
                        lang: Some(lang.code().to_owned()),
                    });
                    cx.ask(Ask::MakePage(cx.id(), command));
                }
            });
            ui.add_space(t.space.s);
            if let Some((_, _, text)) = &self.text {
                self.preview.show(ui, text, found.title);
            }
        });
    }
}
