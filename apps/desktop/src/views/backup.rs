//! The whole profile put somewhere safe, in one file.

use std::path::PathBuf;

use egui::Ui;
use jiff::civil::Date;
use tresse_engine::{BackedUp, CommandError, FileLeftOut, Secret, SlotKind, Stage, WhyLeftOut};

use super::{
    carry::size,
    long_work::{LongWork, Outcome},
};
use crate::{
    app::{
        asks::{Ask, Dialogue, Long},
        errors,
    },
    i18n::I18n,
    theme::{self, Icon, Tone},
    tr,
};

/// How the name of a backup ends.
pub const ENDING: &str = "tresse-backup";
/// Most attached files named that are not in it, of one reason.
const NAMED: usize = 5;

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The file.
    pub file: PathBuf,
    /// How many bytes it has.
    pub size: u64,
    /// What is in it, and what is not.
    pub made: BackedUp,
}

/// What opens a backup, as far as that is for the person to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opens {
    /// The passphrase that opens the profile.
    ByMine,
    /// A passphrase of its own.
    ByItsOwn,
    /// Nothing, or a passphrase of its own.
    AsIsChosen,
}

impl Opens {
    fn of(kinds: &[SlotKind]) -> Self {
        if kinds.contains(&SlotKind::Passphrase) {
            Self::ByMine
        } else if kinds.contains(&SlotKind::Open) {
            Self::AsIsChosen
        } else {
            Self::ByItsOwn
        }
    }
}

/// The settings' part.
pub fn summary(ui: &mut Ui, words: &I18n, asks: &mut Vec<Ask>) {
    theme::strong(ui, tr!(words, "backup"));
    theme::caption(ui, tr!(words, "backup-why"));
    let make = tr!(words, "command-backup");
    if theme::quiet_icon_button(ui, Icon::FloppyDisk, make).clicked() {
        asks.push(Ask::Show(Dialogue::Backup));
    }
}

/// What the window knows of a backup.
#[derive(Default)]
pub struct BackupUi {
    passphrase: String,
    again: String,
    shown: bool,
    /// How far it is, and what came of it.
    pub work: LongWork,
}

impl BackupUi {
    /// The dialogue is shown anew: nothing is typed yet.
    pub fn fresh(&mut self) {
        self.forget_passphrase();
        self.work.forget();
    }

    /// Wipes what was typed from memory: a backup was made with it, or not.
    pub fn forget_passphrase(&mut self) {
        for typed in [&mut self.passphrase, &mut self.again] {
            drop(Secret::new(std::mem::take(typed)));
        }
        self.shown = false;
    }

    /// Paints the inside of the dialogue. `kinds` is what opens the profile.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        words: &I18n,
        (kinds, today): (&[SlotKind], Date),
        asks: &mut Vec<Ask>,
    ) {
        let said = |stage, done| said(words, stage, done);
        if self.work.shows(ui, words, (Long::Backup, said), asks) {
            return;
        }
        let t = theme::tokens(ui);
        theme::paragraph(ui, tr!(words, "backup-explained"));
        ui.add_space(t.space.s);
        let opens = Opens::of(kinds);
        theme::muted(
            ui,
            match opens {
                Opens::ByMine => tr!(words, "backup-by-mine"),
                Opens::ByItsOwn => tr!(words, "backup-by-its-own"),
                Opens::AsIsChosen => tr!(words, "backup-as-is-chosen"),
            },
        );
        if opens != Opens::ByMine {
            self.fields(ui, words, opens);
        }
        ui.add_space(t.space.m);
        let given = !self.passphrase.is_empty();
        let ready = match opens {
            Opens::ByMine => true,
            Opens::ByItsOwn => given && self.passphrase == self.again,
            Opens::AsIsChosen => self.passphrase == self.again,
        };
        ui.horizontal_wrapped(|ui| {
            let choose = tr!(words, "backup-choose");
            let button = ui.add_enabled_ui(ready, |ui| {
                theme::primary_icon_button(ui, Icon::FolderOpen, choose)
            });
            if button.inner.clicked() {
                let passphrase = given.then(|| Secret::new(self.passphrase.clone()));
                let name = tr!(words, "backup-file", date = today.to_string());
                asks.push(Ask::Backup { name, passphrase });
            }
            if theme::quiet_button(ui, tr!(words, "cancel")).clicked() {
                asks.push(Ask::Close);
            }
        });
    }

    fn fields(&mut self, ui: &mut Ui, words: &I18n, opens: Opens) {
        let t = theme::tokens(ui);
        let mut secret = |ui: &mut Ui, label: String, value: &mut String| {
            let show = tr!(words, "passphrase-show");
            theme::secret_field(ui, label, value, String::new(), &mut self.shown, show)
        };
        ui.add_space(t.space.s);
        let label = match opens {
            Opens::AsIsChosen => tr!(words, "passphrase-optional"),
            Opens::ByItsOwn | Opens::ByMine => tr!(words, "backup-passphrase"),
        };
        secret(ui, label, &mut self.passphrase);
        if self.passphrase.is_empty() && opens == Opens::AsIsChosen {
            self.again.clear();
            return;
        }
        ui.add_space(t.space.xs);
        secret(ui, tr!(words, "backup-passphrase-again"), &mut self.again);
        if !self.again.is_empty() && self.again != self.passphrase {
            theme::caption(ui, tr!(words, "backup-passphrase-differs"));
        }
    }
}

fn said(words: &I18n, stage: Stage, (done, all): (usize, usize)) -> String {
    match stage {
        Stage::Documents => tr!(words, "backup-documents", count = all),
        Stage::Files => {
            let (done, all) = (size(words, done), size(words, all));
            tr!(words, "backup-files", done = done, all = all)
        }
    }
}

/// What to say of a backup that was made, or was not.
pub fn came(words: &I18n, saved: Result<Saved, CommandError>) -> Outcome {
    let saved = match saved {
        Ok(saved) => saved,
        Err(error) => return failed(words, &error),
    };
    let bytes = usize::try_from(saved.size).unwrap_or(usize::MAX);
    let said = tr!(words, "backup-done", size = size(words, bytes));
    let mut outcome = Outcome::new(Tone::Good, said);
    let file = saved.file.display().to_string();
    outcome.more.push(tr!(words, "export-where", folder = file));
    outcome.more.push(tr!(words, "backup-elsewhere"));
    let open = saved.made.protection.contains(&SlotKind::Open);
    outcome.more.push(if open {
        tr!(words, "backup-opens-for-anybody")
    } else {
        tr!(words, "backup-opens-by-passphrase")
    });
    for why in [
        WhyLeftOut::NotHere,
        WhyLeftOut::Damaged,
        WhyLeftOut::TooMuch,
    ] {
        let left_out = saved.made.left_out.iter().filter(|one| one.why == why);
        let left_out: Vec<&FileLeftOut> = left_out.collect();
        if !left_out.is_empty() {
            outcome.tone = Tone::Warn;
            outcome.more.push(absent(words, why, &left_out));
        }
    }
    outcome.folder = saved.file.parent().map(Into::into);
    outcome
}

/// The attached files that are not in it for one reason.
fn absent(words: &I18n, why: WhyLeftOut, files: &[&FileLeftOut]) -> String {
    let count = files.len();
    let shown = files.iter().take(NAMED).map(|file| file.name.as_str());
    let mut names = shown.collect::<Vec<_>>().join(", ");
    if count > NAMED {
        names = tr!(
            words,
            "status-and-more",
            names = names,
            count = count - NAMED
        );
    }
    match why {
        WhyLeftOut::NotHere => tr!(words, "backup-not-here", count = count, names = names),
        WhyLeftOut::Damaged => tr!(words, "backup-damaged", count = count, names = names),
        WhyLeftOut::TooMuch => tr!(words, "backup-too-much", count = count, names = names),
    }
}

fn failed(words: &I18n, error: &CommandError) -> Outcome {
    match error.code.as_str() {
        "stopped" => Outcome::new(Tone::Neutral, tr!(words, "export-stopped")),
        "disk-full" => Outcome::new(Tone::Bad, tr!(words, "export-no-room")),
        "io" => Outcome::new(Tone::Bad, tr!(words, "export-not-written")),
        code => Outcome::new(Tone::Bad, errors::sentence(words, code, &error.message)),
    }
}
