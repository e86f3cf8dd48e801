//! A whole copy of a profile in one file, and a profile from such a copy.

use std::{
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use rusqlite::{
    Connection, OpenFlags,
    backup::{Backup, StepResult},
};

use crate::{
    StoreError, folder,
    schema::{self, STEPS},
    store::flags,
};

/// The name of the [`crate::Store::meta`] value that every copy bears: whoever opens a profile that has it knows
/// that another profile may have gone on since, and removes it once it has begun anew under
/// fresh actor names.
pub const COPIED: &str = "copied";

/// A backup to be run, on whatever thread.
#[derive(Debug, Clone)]
pub struct BackupJob {
    database: PathBuf,
}

pub(crate) const fn job(database: PathBuf) -> BackupJob {
    BackupJob { database }
}

impl BackupJob {
    /// Copies the profile as it is when this begins into the new file `to`, which appears whole or not at all.
    pub fn run(&self, to: &Path) -> Result<(), StoreError> {
        if to.symlink_metadata().is_ok() {
            return Err(StoreError::TargetExists {
                path: to.to_owned(),
            });
        }
        let parent = match to.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        let unfinished = tempfile::Builder::new()
            .prefix(".tresse-backup-")
            .tempfile_in(parent)
            .map_err(StoreError::io("written", to))?
            .into_temp_path();
        let source = Connection::open_with_flags(&self.database, flags())?;
        copy(&source, &unfinished)?;
        folder::sync_file(&unfinished)?;
        unfinished.persist_noclobber(to).map_err(|refused| {
            if refused.error.kind() == std::io::ErrorKind::AlreadyExists {
                StoreError::TargetExists {
                    path: to.to_owned(),
                }
            } else {
                StoreError::io("written", to)(refused.error)
            }
        })?;
        folder::sync_folder(parent)
    }
}

/// Makes a profile in `dir`, a new or empty folder, from a backup. It bears the mark [`COPIED`].
pub fn restore(file: &Path, dir: &Path) -> Result<(), StoreError> {
    folder::look(file)?;
    if !folder::is_empty(dir)? {
        return Err(StoreError::NotEmpty {
            dir: dir.to_owned(),
        });
    }
    let source = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    if schema::known(&source, STEPS)? == 0 {
        return Err(StoreError::NotAProfile {
            path: file.to_owned(),
        });
    }
    let verdict: String = source.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(StoreError::Damaged { what: verdict });
    }
    folder::make(dir)?;
    let _lock = folder::lock(dir)?;
    folder::clear_unfinished(dir)?;
    let path = folder::unfinished(dir);
    let made = folder::make_file(&path)
        .and_then(|_| copy(&source, &path))
        .and_then(|()| folder::finish(dir));
    if made.is_err() {
        folder::clear_unfinished(dir)?;
    }
    made
}

/// Copies a database into an empty file as one file without a log beside it, and marks it as a copy.
fn copy(source: &Connection, to: &Path) -> Result<(), StoreError> {
    let mut target = Connection::open_with_flags(to, flags())?;
    {
        let backup = Backup::new(source, &mut target)?;
        // All pages in one step: one instant of the profile, while its owner goes on writing to the log.
        let mut patience = 500;
        loop {
            match backup.step(-1)? {
                StepResult::Done => break,
                StepResult::Busy | StepResult::Locked if patience == 0 => {
                    return Err(StoreError::Busy);
                }
                StepResult::Busy | StepResult::Locked => {
                    patience -= 1;
                    thread::sleep(Duration::from_millis(10));
                }
                _ => {}
            }
        }
    }
    target.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))?;
    target.execute(
        "INSERT INTO meta (key, value) VALUES (?1, x'01')
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [COPIED],
    )?;
    target.close().map_err(|(_, error)| error.into())
}
