//! A backup put in place at the first start.

use std::{path::PathBuf, sync::Arc};

use egui::{Context, Ui};
use tresse_engine::{Progress, Restored, Secret, Unlock};

use super::{
    Stage, TresseApp, errors, files,
    jobs::{self, Done},
    toast::Toast,
};
use crate::{
    start::{
        failed::Failure,
        locked::{self, Locked},
        restoring,
    },
    theme::Tone,
    tr,
    views::backup::ENDING,
};

impl TresseApp {
    /// Lets the person choose a backup.
    pub(super) fn choose_backup(&mut self) {
        let dialogue = files::backup_dialogue(&self.words).pick_file();
        self.worker.run("pick", Done::NoThread, move || {
            let chosen = pollster::block_on(dialogue);
            chosen.map_or(Done::Nothing, |file| Done::Backup(file.path().to_owned()))
        });
    }

    /// A backup that is dropped on the first start is put in place like one that is chosen.
    pub(super) fn take_dropped_backup(&mut self, ctx: &Context) {
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        let mut paths = dropped.iter().map(|file| file.path().to_owned());
        let backup = paths.find(|path| path.extension().is_some_and(|end| end == ENDING));
        if let Some(backup) = backup {
            self.restore(backup, None);
        }
    }

    /// Puts a backup in place beside the window. What was given at the first start is given again where that fails.
    pub(super) fn restore(&mut self, backup: PathBuf, passphrase: Option<Secret>) {
        if let Stage::First(welcome) = &mut self.stage {
            self.welcome = std::mem::take(welcome);
            self.stage = Stage::Opening;
        }
        let dir = self.launch.profile.clone();
        let unlock = Unlock {
            passphrase,
            keyring: self.launch.keyring(),
        };
        let progress = Arc::new(Progress::default());
        self.restoring = Some(Arc::clone(&progress));
        self.worker.run("restore", Done::NoThread, move || {
            jobs::restore(&dir, backup, unlock, &progress)
        });
    }

    /// Paints how far a backup is that is being put in place. `false`: none is, or not yet.
    pub(super) fn shows_restoring(&self, ui: &mut Ui) -> bool {
        let Some(progress) = &self.restoring else {
            return false;
        };
        // How far it is nobody tells the window: it looks.
        ui.ctx().request_repaint_after_secs(0.1);
        let (done, all) = progress.done();
        if all > 0 && restoring::ui(ui, &self.words, (done, all)) {
            progress.stop();
        }
        all > 0
    }

    /// What the person did before a backup, or the profile, that a passphrase opens.
    pub(super) fn unlocked(&mut self, did: locked::Did) {
        let Stage::Locked(locked) = &self.stage else {
            return;
        };
        let backup = locked.backup().map(ToOwned::to_owned);
        match (did, backup) {
            (locked::Did::Open(passphrase), Some(backup)) => {
                self.restore(backup, Some(passphrase));
            }
            (locked::Did::Open(passphrase), None) => self.start_opening(None, Some(passphrase)),
            (locked::Did::Leave, _) => {
                self.stage = Stage::First(std::mem::take(&mut self.welcome));
            }
        }
    }

    /// A backup is in place, and is opened; or what stands in the way is told where something can be done about it.
    pub(super) fn restored(
        &mut self,
        backup: PathBuf,
        passphrase: Option<Secret>,
        restored: Result<Restored, Failure>,
    ) {
        self.restoring = None;
        if !matches!(self.stage, Stage::Opening | Stage::Locked(_)) {
            return;
        }
        let failure = match restored {
            Ok(restored) => {
                self.files_lost = restored.lost;
                return self.open(None, passphrase);
            }
            Err(failure) => failure,
        };
        if failure.code == "stopped" {
            self.stage = Stage::First(std::mem::take(&mut self.welcome));
            return;
        }
        let problem = match failure.code.as_str() {
            "not-a-profile" => tr!(self.words, "restore-no-backup"),
            "profile-damaged" => tr!(self.words, "restore-damaged"),
            code => errors::sentence(&self.words, code, &failure.message),
        };
        match (failure.code.as_str(), &mut self.stage) {
            ("wrong-passphrase", Stage::Locked(locked)) => locked.refused(problem),
            ("needs-passphrase", _) => self.stage = Stage::Locked(Locked::of(backup)),
            _ => self.stage = Stage::First(std::mem::take(&mut self.welcome).again(problem)),
        }
    }

    /// Tells how many attached files of a backup were lost, once what it held is shown.
    pub(super) fn tell_lost(&mut self) {
        let lost = std::mem::take(&mut self.files_lost);
        if lost > 0
            && let Stage::Open(open) = &mut self.stage
        {
            let text = tr!(self.words, "restore-lost", count = lost);
            open.toasts.push(Toast::new(Tone::Warn, text), open.time);
        }
    }
}
