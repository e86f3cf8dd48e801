//! Exporting a network for other programs, and saving everything in one file, as far as the window is concerned.

use std::path::{Path, PathBuf};

use tresse_engine::{BACKUP_FILES, CommandError, Engine, Progress, Secret, model::NetworkId};

use super::{
    asks::{Ask, Dialogue},
    files,
    jobs::Done,
    open::{Open, Shell},
    toast::Toast,
};
use crate::{
    i18n::I18n,
    tr,
    views::{
        backup::{self, Saved},
        export::{self, Exported, What},
        long_work::Outcome,
    },
};

impl Open {
    /// Lets the person choose where, then exports there, unless another export is under way.
    pub(super) fn start_export(
        &mut self,
        shell: &mut Shell<'_>,
        network: NetworkId,
        what: What,
        folder: String,
    ) {
        let Some(progress) = self.export.work.begin() else {
            return self.tell_bad(tr!(shell.words, "export-busy"));
        };
        let net = self.view.network(&network);
        let name = net.map(|net| net.name.clone()).unwrap_or_default();
        self.export.is_of(name.clone());
        let engine = self.engine.clone();
        let title = tr!(shell.words, "export-title");
        files::folder(shell, title, move |chosen| {
            let place = |into: PathBuf| free(&into, &folder, "");
            let place = chosen.map(place);
            let exported = place.map(|to| run(&engine, &network, to, what, &progress));
            Done::Exported(name, exported)
        });
    }

    /// What came of what is taken along.
    pub(super) fn taken_along(&mut self, words: &I18n, done: Done) {
        match done {
            Done::Exported(name, exported) => self.exported(words, &name, exported),
            Done::BackedUp(saved) => self.backed_up(words, saved),
            Done::FolderNotShown(error) => {
                let reason = error.to_string();
                self.tell_bad(tr!(words, "work-folder-not-shown", reason = reason));
            }
            _ => {}
        }
    }

    /// What came of an export is shown where one looks for it, and else beside what is being done.
    fn exported(
        &mut self,
        words: &I18n,
        name: &str,
        exported: Option<Result<Exported, CommandError>>,
    ) {
        let Some(exported) = exported else {
            return self.export.work.over();
        };
        let outcome = export::came(words, name, exported);
        if matches!(self.dialogue, Some(Dialogue::Export(_))) {
            return self.export.work.came(outcome);
        }
        self.export.work.over();
        self.tell_beside(words, outcome);
    }

    /// Lets the person choose where, then saves everything there, unless that is under way.
    pub(super) fn start_backup(
        &mut self,
        shell: &mut Shell<'_>,
        name: String,
        passphrase: Option<Secret>,
    ) {
        let Some(progress) = self.backup.work.begin() else {
            return self.tell_bad(tr!(shell.words, "backup-busy"));
        };
        let engine = self.engine.clone();
        let title = tr!(shell.words, "backup-title");
        files::folder(shell, title, move |chosen| {
            let place = |into: PathBuf| free(&into, &name, &format!(".{}", backup::ENDING));
            let place = chosen.map(place);
            Done::BackedUp(place.map(|to| save(&engine, to, passphrase.as_ref(), &progress)))
        });
    }

    /// What came of a backup is shown where one looks for it, and else beside what is being done.
    fn backed_up(&mut self, words: &I18n, saved: Option<Result<Saved, CommandError>>) {
        let Some(saved) = saved else {
            return self.backup.work.over();
        };
        self.backup.forget_passphrase();
        let outcome = backup::came(words, saved);
        if self.dialogue == Some(Dialogue::Backup) {
            return self.backup.work.came(outcome);
        }
        self.backup.work.over();
        self.tell_beside(words, outcome);
    }

    /// Tells what came of something long beside what is being done.
    fn tell_beside(&mut self, words: &I18n, outcome: Outcome) {
        let mut toast = Toast::new(outcome.tone, outcome.said);
        if let Some(folder) = outcome.folder {
            toast = toast.with(tr!(words, "work-open-folder"), Ask::OpenFolder(folder));
        }
        self.toasts.push(toast, self.time);
    }
}

fn save(
    engine: &Engine,
    file: PathBuf,
    passphrase: Option<&Secret>,
    progress: &Progress,
) -> Result<Saved, CommandError> {
    let made = engine.backup(&file, passphrase, BACKUP_FILES, progress)?;
    let size = file.metadata().map_or(0, |about| about.len());
    Ok(Saved { file, size, made })
}

fn run(
    engine: &Engine,
    network: &NetworkId,
    to: PathBuf,
    what: What,
    progress: &Progress,
) -> Result<Exported, CommandError> {
    let files = engine.export(network, &to, what.format(), progress)?;
    let absent = match what {
        What::Texts => absent(engine, network, &files),
        _ => 0,
    };
    Ok(Exported {
        folder: to,
        files: files.len(),
        absent,
    })
}

/// How many attached files are not among those that were exported: they are not on this machine, or do not read.
fn absent(engine: &Engine, network: &NetworkId, exported: &[String]) -> usize {
    let view = engine.view();
    let attached = view.network(network).map_or(0, |net| net.files.len());
    let there = exported.iter().filter(|file| file.starts_with("files/"));
    attached.saturating_sub(there.count())
}

/// Something of this name and ending in a folder; with a number where something of that name is there already.
fn free(into: &Path, name: &str, ending: &str) -> PathBuf {
    let first = into.join(format!("{name}{ending}"));
    let numbered = (2_u64..).map(|number| into.join(format!("{name} ({number}){ending}")));
    let mut names = std::iter::once(first.clone()).chain(numbered);
    let free = names.find(|place| place.symlink_metadata().is_err());
    free.unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_never_the_place_for_something_new() {
        let folder = tempfile::tempdir().unwrap();
        let named = |name: &str| folder.path().join(name);
        assert_eq!(free(folder.path(), "textes", ""), named("textes"));
        std::fs::create_dir(named("textes")).unwrap();
        std::fs::write(named("textes (2)"), "").unwrap();
        assert_eq!(free(folder.path(), "textes", ""), named("textes (3)"));
        std::fs::write(named("copie.x"), "").unwrap();
        assert_eq!(free(folder.path(), "copie", ".x"), named("copie (2).x"));
    }
}
