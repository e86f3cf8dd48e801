//! A whole copy of a profile in one file, and a profile from such a copy.
//!
//! ```text
//!   "tresse backup 1\n" · length of the key file (u32) · length of the database (u64)
//!   the key file · the encrypted database
//! ```
//! Numbers are written highest byte first. The key file says what opens the copy.

use std::{
    fs::File,
    io::{self, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use rusqlite::{
    Connection,
    backup::{Backup, StepResult},
};

use crate::{
    StoreError, folder,
    schema::{self, STEPS},
    store::connect,
    vault::{DatabaseKey, KeyError, KeyFile, Vault},
};

/// The name of the [`crate::Store::meta`] value that every copy bears: whoever opens a profile that has it knows
/// that another profile may have gone on since, and removes it once it has begun anew under
/// fresh actor names.
pub const COPIED: &str = "copied";

const TITLE: &[u8; 16] = b"tresse backup 1\n";
/// What the titles of all versions share.
const ANY_TITLE: &[u8] = b"tresse backup ";
const HEADER: u64 = 16 + 4 + 8;
/// No honest key file comes near this.
const MAX_KEYS: u64 = 64 * 1024;

/// A backup to be run, on whatever thread.
#[derive(Debug, Clone)]
pub struct BackupJob {
    database: PathBuf,
    key: DatabaseKey,
    keys: KeyFile,
}

pub(crate) const fn job(database: PathBuf, key: DatabaseKey, keys: KeyFile) -> BackupJob {
    BackupJob {
        database,
        key,
        keys,
    }
}

impl BackupJob {
    /// Copies the profile as it is when this begins into the new file `to`, which appears whole or not at all.
    pub fn run(&self, to: &Path) -> Result<(), StoreError> {
        let exists = || StoreError::TargetExists {
            path: to.to_owned(),
        };
        if to.symlink_metadata().is_ok() {
            return Err(exists());
        }
        let parent = match to.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        let written = |error| StoreError::io("written", to)(error);
        let beside = || {
            tempfile::Builder::new()
                .prefix(".tresse-backup-")
                .tempfile_in(parent)
                .map_err(written)
        };
        let database = beside()?.into_temp_path();
        copy(&connect(&self.database, &self.key)?, &database, &self.key)?;
        let mut whole = beside()?;
        pack(&self.keys.encode()?, &database, whole.as_file_mut()).map_err(written)?;
        whole.persist_noclobber(to).map_err(|refused| {
            if refused.error.kind() == io::ErrorKind::AlreadyExists {
                exists()
            } else {
                written(refused.error)
            }
        })?;
        folder::sync_folder(parent)
    }
}

/// Makes a profile in `dir`, a new or empty folder, from a backup, with the key that `unlock` gets
/// out of the backup's key file. The profile is protected as the backup is, and bears the mark [`COPIED`].
pub fn restore(
    file: &Path,
    dir: &Path,
    unlock: impl FnOnce(KeyFile) -> Result<Vault, KeyError>,
) -> Result<(), StoreError> {
    let (keys, database) = unpack(file)?;
    if !folder::is_empty(dir)? {
        return Err(StoreError::NotEmpty {
            dir: dir.to_owned(),
        });
    }
    let vault = unlock(keys)?;
    folder::make(dir)?;
    let _lock = folder::lock(dir)?;
    folder::clear_unfinished(dir)?;
    let made = put(database, file, dir, vault.key())
        .and_then(|()| Ok(vault.write_new(dir)?))
        .and_then(|()| folder::finish(dir));
    if made.is_err() {
        folder::clear_unfinished(dir)?;
    }
    made
}

/// Puts the database of a backup into `dir`, under the name of one that is not finished, and proves it.
fn put(
    mut database: impl Read,
    file: &Path,
    dir: &Path,
    key: &DatabaseKey,
) -> Result<(), StoreError> {
    let path = folder::unfinished(dir);
    let mut target = folder::make_file(&path)?;
    io::copy(&mut database, &mut target).map_err(StoreError::io("read", file))?;
    drop(target);
    let copy = connect(&path, key)?;
    if schema::known(&copy, STEPS)? == 0 {
        return Err(StoreError::NotAProfile {
            path: file.to_owned(),
        });
    }
    let verdict: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(StoreError::Damaged { what: verdict });
    }
    mark(&copy)?;
    copy.close().map_err(|(_, error)| error.into())
}

fn pack(keys: &[u8], database: &Path, whole: &mut File) -> io::Result<()> {
    let mut database = File::open(database)?;
    let length = database.metadata()?.len();
    let mut out = BufWriter::new(&mut *whole);
    out.write_all(TITLE)?;
    out.write_all(&(keys.len() as u32).to_be_bytes())?;
    out.write_all(&length.to_be_bytes())?;
    out.write_all(keys)?;
    io::copy(&mut database, &mut out)?;
    out.flush()?;
    drop(out);
    whole.sync_all()
}

/// The key file of a backup and a reader of its database, after a look at the whole.
fn unpack(path: &Path) -> Result<(KeyFile, impl Read), StoreError> {
    let read = |error: io::Error| StoreError::io("read", path)(error);
    let file = File::open(path).map_err(read)?;
    let size = file.metadata().map_err(read)?.len();
    let mut file = BufReader::new(file);
    // Enough to know a database that is not encrypted, too.
    let mut head = [0; 100];
    let got = fill(&mut file, &mut head).map_err(read)?;
    folder::look_at(&head, path)?;
    if !head.starts_with(TITLE) {
        let newer = head.starts_with(ANY_TITLE);
        return Err(if newer {
            KeyError::TooNew.into()
        } else {
            StoreError::NotAProfile {
                path: path.to_owned(),
            }
        });
    }
    let number = |at: usize, length: usize| {
        let bytes = &head[at..at + length];
        bytes
            .iter()
            .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    };
    let (keys, database) = (number(16, 4), number(20, 8));
    let whole = HEADER
        .checked_add(keys)
        .and_then(|sum| sum.checked_add(database));
    if keys > MAX_KEYS || whole != Some(size) {
        return Err(StoreError::Damaged {
            what: "the backup is cut or was altered".to_owned(),
        });
    }
    let mut rest = io::Cursor::new(head).take(got as u64).chain(file);
    let mut bytes = vec![0; (HEADER + keys) as usize];
    rest.read_exact(&mut bytes).map_err(read)?;
    let keys = KeyFile::decode(&bytes[HEADER as usize..])?;
    Ok((keys, rest))
}

/// Reads until the buffer is full or the file ends.
fn fill(file: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut got = 0;
    while got < buffer.len() {
        match file.read(&mut buffer[got..])? {
            0 => break,
            more => got += more,
        }
    }
    Ok(got)
}

/// Copies a database into an empty file as one file without a log beside it, and marks it as a copy.
fn copy(source: &Connection, to: &Path, key: &DatabaseKey) -> Result<(), StoreError> {
    let mut target = connect(to, key)?;
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
    mark(&target)?;
    target.close().map_err(|(_, error)| error.into())
}

/// Marks a database as a copy.
fn mark(connection: &Connection) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (?1, x'01')
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [COPIED],
    )?;
    Ok(())
}
