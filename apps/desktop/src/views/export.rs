//! A network exported for other programs: what of it, and how far that is.

use std::path::PathBuf;

use egui::{ScrollArea, Ui};
use tresse_engine::{CommandError, Format, Stage};

use super::{
    carry::size,
    long_work::{LongWork, Outcome},
};
use crate::{
    app::{
        asks::{Ask, Long},
        errors,
        text::file_name,
    },
    i18n::I18n,
    theme::{self, Icon, Tone},
    tr,
    views::Cx,
};

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum What {
    /// Charter, plan, minutes, decisions and pages, with attached files.
    #[default]
    Texts,
    /// Lists, for a spreadsheet.
    Tables,
    /// Days, for a calendar.
    Calendar,
    /// The network on one page.
    Page,
    /// Everything that it says, in one file.
    Data,
    /// The documents, with their whole history.
    Documents,
}

impl What {
    /// Everything that there is to choose from, what most ask for first.
    pub const ALL: [Self; 6] = [
        Self::Texts,
        Self::Tables,
        Self::Calendar,
        Self::Page,
        Self::Data,
        Self::Documents,
    ];

    /// The format that it is written in.
    pub const fn format(self) -> Format {
        match self {
            Self::Texts => Format::Markdown,
            Self::Tables => Format::Csv,
            Self::Calendar => Format::Ics,
            Self::Page => Format::Html,
            Self::Data => Format::Json,
            Self::Documents => Format::Automerge,
        }
    }

    fn name(self, words: &I18n) -> String {
        match self {
            Self::Texts => tr!(words, "export-texts"),
            Self::Tables => tr!(words, "export-tables"),
            Self::Calendar => tr!(words, "export-calendar"),
            Self::Page => tr!(words, "export-page"),
            Self::Data => tr!(words, "export-data"),
            Self::Documents => tr!(words, "export-documents"),
        }
    }

    /// What is in it, and what one does with it.
    fn purpose(self, words: &I18n) -> String {
        match self {
            Self::Texts => tr!(words, "export-texts-for"),
            Self::Tables => tr!(words, "export-tables-for"),
            Self::Calendar => tr!(words, "export-calendar-for"),
            Self::Page => tr!(words, "export-page-for"),
            Self::Data => tr!(words, "export-data-for"),
            Self::Documents => tr!(words, "export-documents-for"),
        }
    }

    /// What it is called in the name of the folder.
    fn word(self, words: &I18n) -> String {
        match self {
            Self::Texts => tr!(words, "export-folder-texts"),
            Self::Tables => tr!(words, "export-folder-tables"),
            Self::Calendar => tr!(words, "export-folder-calendar"),
            Self::Page => tr!(words, "export-folder-page"),
            Self::Data => tr!(words, "export-folder-data"),
            Self::Documents => tr!(words, "export-folder-documents"),
        }
    }
}

/// A network that was exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The new folder that it lies in.
    pub folder: PathBuf,
    /// How many files there are.
    pub files: usize,
    /// How many attached files are not among them, since they are not on this machine.
    pub absent: usize,
}

/// What the window knows of an export.
#[derive(Default)]
pub struct ExportUi {
    what: What,
    /// The network that is being exported, by name.
    name: String,
    /// How far it is, and what came of it.
    pub work: LongWork,
}

impl ExportUi {
    /// A network of this name is being exported.
    pub fn is_of(&mut self, name: String) {
        self.name = name;
    }

    /// Paints the inside of the dialogue.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let (t, words) = (theme::tokens(ui), cx.words);
        let said = |stage, done| said(words, &self.name, stage, done);
        if self.work.shows(ui, words, (Long::Export, said), cx.asks) {
            return;
        }
        let name = cx.net.name.clone();
        theme::paragraph(ui, tr!(words, "export-explained", name = name));
        ui.add_space(t.space.s);
        let height = ui.ctx().content_rect().height() * 0.6;
        ScrollArea::vertical()
            .max_height(height)
            .id_salt("what")
            .show(ui, |ui| {
                for what in What::ALL {
                    let (name, purpose) = (what.name(words), what.purpose(words));
                    theme::explained_choice(ui, &mut self.what, what, (name, purpose));
                }
            });
        ui.add_space(t.space.s);
        theme::caption(ui, tr!(words, "export-readable"));
        ui.add_space(t.space.s);
        ui.horizontal_wrapped(|ui| {
            let choose = tr!(words, "export-choose");
            if theme::primary_icon_button(ui, Icon::FolderOpen, choose).clicked() {
                cx.ask(Ask::Export {
                    network: cx.id(),
                    what: self.what,
                    name: self.name_of_folder(cx),
                });
            }
            if theme::quiet_button(ui, tr!(words, "cancel")).clicked() {
                cx.ask(Ask::Close);
            }
        });
    }

    fn name_of_folder(&self, cx: &Cx<'_>) -> String {
        let name = file_name(&cx.net.name);
        let (what, date) = (self.what.word(cx.words), cx.today.to_string());
        let folder = tr!(
            cx.words,
            "export-folder",
            name = name,
            what = what,
            date = date
        );
        folder.trim().to_owned()
    }
}

fn said(words: &I18n, name: &str, stage: Stage, (done, all): (usize, usize)) -> String {
    let name = name.to_owned();
    match stage {
        Stage::Documents => tr!(words, "export-reading", name = name, done = done, all = all),
        Stage::Files => {
            let (done, all) = (size(words, done), size(words, all));
            tr!(words, "export-writing", name = name, done = done, all = all)
        }
    }
}

/// What to say of a network of this name that was exported, or was not.
pub fn came(words: &I18n, name: &str, exported: Result<Exported, CommandError>) -> Outcome {
    let Exported {
        folder,
        files,
        absent,
    } = match exported {
        Ok(exported) => exported,
        Err(error) => return failed(words, &error),
    };
    let said = tr!(words, "export-done", name = name.to_owned(), count = files);
    let mut outcome = Outcome::new(Tone::Good, said);
    let place = folder.display().to_string();
    outcome
        .more
        .push(tr!(words, "export-where", folder = place));
    if absent > 0 {
        outcome.tone = Tone::Warn;
        let said = tr!(words, "export-files-absent", count = absent);
        outcome.more.push(said);
    }
    outcome.folder = Some(folder);
    outcome
}

fn failed(words: &I18n, error: &CommandError) -> Outcome {
    match error.code.as_str() {
        "stopped" => Outcome::new(Tone::Neutral, tr!(words, "export-stopped")),
        "disk-full" | "file-disk-full" => Outcome::new(Tone::Bad, tr!(words, "export-no-room")),
        "io" | "file-io" => Outcome::new(Tone::Bad, tr!(words, "export-not-written")),
        code => {
            let mut outcome =
                Outcome::new(Tone::Bad, errors::sentence(words, code, &error.message));
            outcome.more.push(tr!(words, "export-nothing-left"));
            outcome
        }
    }
}
