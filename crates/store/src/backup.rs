//! A whole copy of a profile in one file, and a profile from such a copy.
//!
//! ```text
//!   "tresse backup 1\n" · length of the key file (u32) · length of the database (u64)
//!   the key file · the encrypted database
//!   and, where files go along and it begins with "tresse backup 2\n": those (`beside`)
//! ```
//! Numbers are written highest byte first. The key file says what opens the copy.

use std::{
    fs::File,
    io::{self, BufReader, Read, Write},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::Duration,
};

use rusqlite::{
    Connection,
    backup::{Backup, StepResult},
};
use tempfile::TempPath;

use crate::{
    StoreError,
    beside::{self, Along, Beside},
    folder,
    schema::{self, STEPS},
    store::connect,
    vault::{DatabaseKey, KeyError, KeyFile, Vault},
};

/// The name of the [`crate::Store::meta`] value that every copy bears: whoever opens a profile that has it knows
/// that another profile may have gone on since, and removes it once it has begun anew under
/// fresh actor names.
pub const COPIED: &str = "copied";

const TITLE: &[u8; 16] = b"tresse backup 1\n";
/// Where files go along.
const TITLE_FILES: &[u8; 16] = b"tresse backup 2\n";
/// What the titles of all versions share.
const ANY_TITLE: &[u8] = b"tresse backup ";
const HEADER: u64 = 16 + 4 + 8;
/// How much of the database is copied between two looks at whether to go on, in bytes.
const PART: u64 = 1024 * 1024;
/// The same, in pages of the database.
const PAGES: i32 = (PART / 4096) as i32;
/// No honest key file comes near this.
const MAX_KEYS: u64 = 64 * 1024;

/// A backup to be run, on whatever thread.
#[derive(Debug, Clone)]
pub struct BackupJob {
    database: PathBuf,
    key: DatabaseKey,
    keys: KeyFile,
    /// What was copied for it alone, and goes with it.
    _rescued: Option<Arc<TempPath>>,
}

impl BackupJob {
    pub(crate) const fn of(database: PathBuf, key: DatabaseKey, keys: KeyFile) -> Self {
        Self {
            database,
            key,
            keys,
            _rescued: None,
        }
    }

    /// A backup of a database whose file has no name any more, which only its own connection still reads: it is copied now.
    pub(crate) fn of_rescued(
        connection: &Connection,
        key: DatabaseKey,
        keys: KeyFile,
    ) -> Result<Self, StoreError> {
        let folder = std::env::temp_dir();
        let file = tempfile::Builder::new()
            .prefix("tresse-rescued-")
            .tempfile_in(&folder)
            .map_err(StoreError::io("written", &folder))?
            .into_temp_path();
        copy(connection, &file, &key, &mut || Ok(()))?;
        Ok(Self {
            database: file.to_path_buf(),
            key,
            keys,
            _rescued: Some(Arc::new(file)),
        })
    }

    /// Copies the profile as it is when this begins into the new file `to`, which appears whole or not at all.
    pub fn run(&self, to: &Path) -> Result<(), StoreError> {
        self.write(to, None::<std::iter::Empty<Beside<io::Empty>>>, &mut |_| {
            true
        })
        .map(drop)
    }

    /// The same; `go_on` is asked now and then, where stopping leaves nothing behind.
    ///
    /// # Errors
    /// As for [`BackupJob::run`], and [`StoreError::Stopped`].
    pub fn run_unless(&self, to: &Path, mut go_on: impl FnMut() -> bool) -> Result<(), StoreError> {
        let none = None::<std::iter::Empty<Beside<io::Empty>>>;
        self.write(to, none, &mut |_| go_on()).map(drop)
    }

    /// The same, and files go along; answers the names of those that do not read, and are left out. `told` hears how many bytes of files are
    /// copied, and says whether to go on.
    ///
    /// # Errors
    /// As for [`BackupJob::run`], and [`StoreError::Stopped`].
    pub fn run_with<R: Read>(
        &self,
        to: &Path,
        files: impl Iterator<Item = Beside<R>>,
        mut told: impl FnMut(u64) -> bool,
    ) -> Result<Vec<[u8; 32]>, StoreError> {
        self.write(to, Some(files), &mut told)
    }

    fn write<R: Read>(
        &self,
        to: &Path,
        files: Option<impl Iterator<Item = Beside<R>>>,
        told: &mut dyn FnMut(u64) -> bool,
    ) -> Result<Vec<[u8; 32]>, StoreError> {
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
        let mut goes_on = || told(0).then_some(()).ok_or(StoreError::Stopped);
        goes_on()?;
        let database = beside()?.into_temp_path();
        let source = connect(&self.database, &self.key)?;
        copy(&source, &database, &self.key, &mut goes_on)?;
        let mut whole = beside()?;
        let title = if files.is_some() { TITLE_FILES } else { TITLE };
        let out = whole.as_file_mut();
        let mut database = head((title, &self.keys.encode()?), &database, out).map_err(written)?;
        while 0 < io::copy(&mut Read::by_ref(&mut database).take(PART), out).map_err(written)? {
            goes_on()?;
        }
        let left_out = match files {
            Some(files) => match beside::write(out, files, told).map_err(written)? {
                Some(left_out) => left_out,
                None => return Err(StoreError::Stopped),
            },
            None => Vec::new(),
        };
        out.sync_all().map_err(written)?;
        whole.persist_noclobber(to).map_err(|refused| {
            if refused.error.kind() == io::ErrorKind::AlreadyExists {
                exists()
            } else {
                written(refused.error)
            }
        })?;
        folder::sync_folder(parent)?;
        Ok(left_out)
    }
}

/// The files that went along with a backup.
///
/// # Errors
/// Where it is no backup, or is cut.
pub fn along(file: &Path) -> Result<Vec<Along>, StoreError> {
    let head = look(file)?;
    if head.files {
        beside::read(file, head.behind)
    } else {
        Ok(Vec::new())
    }
}

/// Makes a profile in `dir`, a new or empty folder, from a backup, with the key that `unlock` gets
/// out of the backup's key file. The profile is protected as the backup is, and bears the mark [`COPIED`].
pub fn restore(
    file: &Path,
    dir: &Path,
    unlock: impl FnOnce(KeyFile) -> Result<Vault, KeyError>,
) -> Result<(), StoreError> {
    restore_with(file, dir, unlock, |_| true, |_| Ok(()))
}

/// The same, and `along` puts what went along into the folder `files` in `dir`, whose path it is given, before there is a profile:
/// one that is cut short is none, and can be begun anew. `told` hears how many bytes of the database are in place, and says whether to go on.
///
/// # Errors
/// As for [`restore`]; what `along` answers; [`StoreError::Stopped`]. The folder is then as empty as it was.
pub fn restore_with<T>(
    file: &Path,
    dir: &Path,
    unlock: impl FnOnce(KeyFile) -> Result<Vault, KeyError>,
    mut told: impl FnMut(u64) -> bool,
    along: impl FnOnce(&Path) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let (keys, database) = unpack(file)?;
    must_be_empty(dir)?;
    let vault = unlock(keys)?;
    folder::make(dir)?;
    let _lock = folder::lock(dir)?;
    // While the key was worked out, somebody may have made a profile there.
    must_be_empty(dir)?;
    folder::clear_restored(dir)?;
    let made = put((database, file), dir, vault.key(), &mut told)
        .and_then(|()| along(&folder::files(dir)))
        .and_then(|came| {
            // Whoever stops it does so before: a key file that is there already would be put aside for ever.
            vault.write_new(dir)?;
            folder::finish(dir)?;
            Ok(came)
        });
    if made.is_err() {
        folder::clear_restored(dir)?;
    }
    made
}

fn must_be_empty(dir: &Path) -> Result<(), StoreError> {
    let empty = folder::is_empty(dir)?;
    let not_empty = || StoreError::NotEmpty {
        dir: dir.to_owned(),
    };
    empty.then_some(()).ok_or_else(not_empty)
}

/// Puts the database of a backup into `dir`, under the name of one that is not finished, and proves it.
fn put(
    (mut database, file): (impl Read, &Path),
    dir: &Path,
    key: &DatabaseKey,
    told: &mut dyn FnMut(u64) -> bool,
) -> Result<(), StoreError> {
    let path = folder::unfinished(dir);
    let mut target = folder::make_file(&path)?;
    let mut done = 0;
    loop {
        let mut part = database.by_ref().take(PART);
        let copied = io::copy(&mut part, &mut target).map_err(StoreError::io("read", file))?;
        done += copied;
        if !told(done) {
            return Err(StoreError::Stopped);
        }
        if copied == 0 {
            break;
        }
    }
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

/// Writes what comes before the database, and opens that.
fn head((title, keys): (&[u8; 16], &[u8]), database: &Path, whole: &mut File) -> io::Result<File> {
    let database = File::open(database)?;
    let length = database.metadata()?.len();
    let keys_length = (keys.len() as u32).to_be_bytes();
    whole.write_all(&[title, &keys_length[..], &length.to_be_bytes(), keys].concat())?;
    Ok(database)
}

/// What the beginning of a backup says.
struct Head {
    /// The length of the key file, in bytes.
    keys: u64,
    /// The length of the database, in bytes.
    database: u64,
    /// Files go along.
    files: bool,
    /// Where the database ends.
    behind: u64,
}

/// Looks at the beginning of a backup, and whether all of it is there.
fn look(path: &Path) -> Result<Head, StoreError> {
    let read = |error: io::Error| StoreError::io("read", path)(error);
    let mut file = File::open(path).map_err(read)?;
    let size = file.metadata().map_err(read)?.len();
    // Enough to know a database that is not encrypted, too.
    let mut head = [0; 100];
    fill(&mut file, &mut head).map_err(read)?;
    folder::look_at(&head, path)?;
    let files = head.starts_with(TITLE_FILES);
    if !files && !head.starts_with(TITLE) {
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
    let behind = HEADER
        .checked_add(keys)
        .and_then(|sum| sum.checked_add(database));
    match behind {
        Some(behind) if keys <= MAX_KEYS && (behind == size || files && behind < size) => {
            Ok(Head {
                keys,
                database,
                files,
                behind,
            })
        }
        _ => Err(StoreError::Damaged {
            what: "the backup is cut or was altered".to_owned(),
        }),
    }
}

/// The key file of a backup and a reader of its database, after a look at the whole.
fn unpack(path: &Path) -> Result<(KeyFile, impl Read), StoreError> {
    let read = |error: io::Error| StoreError::io("read", path)(error);
    let head = look(path)?;
    if head.files {
        beside::read(path, head.behind)?;
    }
    let mut file = BufReader::new(File::open(path).map_err(read)?);
    let mut bytes = vec![0; (HEADER + head.keys) as usize];
    file.read_exact(&mut bytes).map_err(read)?;
    let keys = KeyFile::decode(&bytes[HEADER as usize..])?;
    Ok((keys, file.take(head.database)))
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

/// Copies a database into an empty file as one file without a log beside it, and marks it as a copy. Between two parts it is asked whether to go on.
fn copy(
    source: &Connection,
    to: &Path,
    key: &DatabaseKey,
    goes_on: &mut dyn FnMut() -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut target = connect(to, key)?;
    {
        // One instant of the profile, while its owner goes on writing to the log: what is read from here on is what stood when this began.
        let instant = source.unchecked_transaction()?;
        instant.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        let backup = Backup::new(&instant, &mut target)?;
        let mut patience = 500;
        loop {
            match backup.step(PAGES)? {
                StepResult::Done => break,
                StepResult::Busy | StepResult::Locked if patience == 0 => {
                    return Err(StoreError::Busy);
                }
                StepResult::Busy | StepResult::Locked => {
                    patience -= 1;
                    thread::sleep(Duration::from_millis(10));
                }
                _ => goes_on()?,
            }
        }
    }
    goes_on()?;
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
