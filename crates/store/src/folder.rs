//! The profile's folder: names of its files, the lock, and a look at a database before opening it.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read},
    path::{Path, PathBuf},
};

use crate::{StoreError, schema};

const DATABASE: &str = "tresse.db";
const UNFINISHED: &str = "tresse.db.new";
const LOCK: &str = "lock";

/// The database of the profile in `dir`.
pub(crate) fn database(dir: &Path) -> PathBuf {
    dir.join(DATABASE)
}

/// The database being made, until it is whole and takes its name.
pub(crate) fn unfinished(dir: &Path) -> PathBuf {
    dir.join(UNFINISHED)
}

/// The write-ahead log that belongs to the database in `dir`.
pub(crate) fn log(dir: &Path) -> PathBuf {
    dir.join("tresse.db-wal")
}

/// Makes the folder, readable by its owner only, if it is not there.
pub(crate) fn make(dir: &Path) -> Result<(), StoreError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).map_err(StoreError::io("made", dir))
}

/// Makes a new empty file, readable by its owner only; fails where one is.
pub(crate) fn make_file(path: &Path) -> Result<File, StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    private(&mut options);
    options.open(path).map_err(StoreError::io("made", path))
}

fn private(options: &mut OpenOptions) {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    #[cfg(not(unix))]
    let _: &mut OpenOptions = options;
}

/// Takes the profile's lock; it is given back when the file is dropped or the process ends.
pub(crate) fn lock(dir: &Path) -> Result<File, StoreError> {
    let path = dir.join(LOCK);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    private(&mut options);
    let file = options
        .open(&path)
        .map_err(StoreError::io("opened", &path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse {
            dir: dir.to_owned(),
        }),
        Err(TryLockError::Error(source)) => Err(StoreError::io("locked", &path)(source)),
    }
}

/// Whether nothing of anybody's lies in `dir` (or there is no such folder).
pub(crate) fn is_empty(dir: &Path) -> Result<bool, StoreError> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(StoreError::io("read", dir)(error)),
    };
    for entry in entries {
        let entry = entry.map_err(StoreError::io("read", dir))?;
        let name = entry.file_name();
        if name != LOCK && !name.to_string_lossy().starts_with(UNFINISHED) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Removes what a making of a database that was cut short left behind. Only with the lock held.
pub(crate) fn clear_unfinished(dir: &Path) -> Result<(), StoreError> {
    let base = unfinished(dir);
    for ending in ["", "-journal", "-wal", "-shm"] {
        let mut name = base.clone().into_os_string();
        name.push(ending);
        let path = PathBuf::from(name);
        match fs::remove_file(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(StoreError::io("removed", &path)(error)),
        }
    }
    Ok(())
}

/// Gives the finished database its name, durably.
pub(crate) fn finish(dir: &Path) -> Result<(), StoreError> {
    let (from, to) = (unfinished(dir), database(dir));
    sync_file(&from)?;
    fs::rename(&from, &to).map_err(StoreError::io("renamed", &from))?;
    sync_folder(dir)
}

/// Waits until the file's content is on the disk.
pub(crate) fn sync_file(path: &Path) -> Result<(), StoreError> {
    OpenOptions::new()
        .write(true)
        .open(path)
        .and_then(|file| file.sync_all())
        .map_err(StoreError::io("written", path))
}

/// Waits until the folder's list of names is on the disk (where the system can be asked that).
pub(crate) fn sync_folder(dir: &Path) -> Result<(), StoreError> {
    if cfg!(unix) {
        File::open(dir)
            .and_then(|file| file.sync_all())
            .map_err(StoreError::io("written", dir))?;
    }
    Ok(())
}

/// Looks at the first bytes of a file, without SQLite, so that a file of another program is never
/// touched: not even to roll back a journal of its own.
pub(crate) fn look(path: &Path) -> Result<(), StoreError> {
    let mut head = [0; 100];
    let mut file = File::open(path).map_err(StoreError::io("read", path))?;
    match file.read_exact(&mut head) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            return Err(StoreError::NotAProfile {
                path: path.to_owned(),
            });
        }
        Err(error) => return Err(StoreError::io("read", path)(error)),
    }
    let application = head[68..72] == schema::APPLICATION.to_be_bytes();
    if head.starts_with(b"SQLite format 3\0") && application {
        Ok(())
    } else {
        Err(StoreError::NotAProfile {
            path: path.to_owned(),
        })
    }
}
