//! The profile's folder: names of its files, the lock, and a look at a database before opening it.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read},
    path::{Path, PathBuf},
};

use crate::StoreError;

const DATABASE: &str = "tresse.db";
const UNFINISHED: &str = "tresse.db.new";
const FILES: &str = "files";
const LOCK: &str = "lock";
const KEY: &str = "key";
const NEW_KEY: &str = "key.new";
/// How key files begin that were found without a database and put aside.
pub(crate) const OLD_KEY: &str = "key.before-";

/// The database of the profile in `dir`.
pub(crate) fn database(dir: &Path) -> PathBuf {
    dir.join(DATABASE)
}

/// The database being made, until it is whole and takes its name.
pub(crate) fn unfinished(dir: &Path) -> PathBuf {
    dir.join(UNFINISHED)
}

/// The attached files of the profile in `dir`, encrypted.
pub(crate) fn files(dir: &Path) -> PathBuf {
    dir.join(FILES)
}

/// The write-ahead log that belongs to the database in `dir`.
pub(crate) fn log(dir: &Path) -> PathBuf {
    dir.join("tresse.db-wal")
}

/// The file that keeps the database's key.
pub(crate) fn key(dir: &Path) -> PathBuf {
    dir.join(KEY)
}

/// The key file being written, until it is whole and takes the place of the other.
pub(crate) fn new_key(dir: &Path) -> PathBuf {
    dir.join(NEW_KEY)
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

/// A file to be written from its beginning, readable by its owner only, whether it was there or not.
pub(crate) fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    private(&mut options);
    options.open(path)
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
    let file = options.open(&path).map_err(|source| {
        // Who may not write this file may write none of the others.
        if source.kind() == io::ErrorKind::PermissionDenied {
            return StoreError::ReadOnly;
        }
        StoreError::io("opened", &path)(source)
    })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse {
            dir: dir.to_owned(),
        }),
        Err(TryLockError::Error(source)) => Err(StoreError::io("locked", &path)(source)),
    }
}

/// Whether nothing of anybody's lies in `dir` (or there is no such folder): nothing but what is left of a making
/// that was cut short.
pub(crate) fn is_empty(dir: &Path) -> Result<bool, StoreError> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(StoreError::io("read", dir)(error)),
    };
    for entry in entries {
        let entry = entry.map_err(StoreError::io("read", dir))?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // Files stand beside an unfinished database only where a backup was being put back.
        let restored = name == FILES && unfinished(dir).exists();
        let ours = restored
            || [LOCK, KEY, NEW_KEY].contains(&&*name)
            || [UNFINISHED, OLD_KEY]
                .iter()
                .any(|start| name.starts_with(start));
        if !ours {
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

/// Removes what putting a backup back that was cut short left behind. Only with the lock held, in a folder that [`is_empty`].
pub(crate) fn clear_restored(dir: &Path) -> Result<(), StoreError> {
    let files = files(dir);
    if files.is_dir() {
        fs::remove_dir_all(&files).map_err(StoreError::io("removed", &files))?;
    }
    clear_unfinished(dir)
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
    sync_names(dir).map_err(StoreError::io("written", dir))
}

/// [`sync_folder`], with the system's own error.
pub(crate) fn sync_names(dir: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(dir)?.sync_all()?;
    }
    Ok(())
}

/// How every SQLite file begins that is not encrypted; ours are.
const UNENCRYPTED: &[u8] = b"SQLite format 3\0";
/// What trial versions wrote into the header of their databases ("Trss").
const TRIAL: u32 = 0x5472_7373;

/// Looks at the first bytes of a database, without SQLite, so that a file of another program is never
/// touched: not even to roll back a journal of its own.
pub(crate) fn look(path: &Path) -> Result<(), StoreError> {
    let mut head = [0; 100];
    let mut file = File::open(path).map_err(StoreError::io("read", path))?;
    match file.read_exact(&mut head) {
        Ok(()) => look_at(&head, path),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            Err(StoreError::NotAProfile {
                path: path.to_owned(),
            })
        }
        Err(error) => Err(StoreError::io("read", path)(error)),
    }
}

/// Names the database's file: another after it was copied, the same after it was renamed. Empty where
/// the system does not tell.
pub(crate) fn place(dir: &Path) -> Vec<u8> {
    place_of(&database(dir))
}

/// The files that an open database lies in, by which it is told whether they are there still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Places([Vec<u8>; 2]);

impl Places {
    pub(crate) fn of(dir: &Path) -> Self {
        Self([database(dir), log(dir)].map(|file| place_of(&file)))
    }
}

fn place_of(file: &Path) -> Vec<u8> {
    let Ok(about) = fs::metadata(file) else {
        return Vec::new();
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        [about.dev(), about.ino()]
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect()
    }
    #[cfg(not(unix))]
    {
        let made = about.created().ok();
        let since = made.and_then(|made| made.duration_since(std::time::UNIX_EPOCH).ok());
        since.map_or_else(Vec::new, |since| since.as_nanos().to_le_bytes().to_vec())
    }
}

/// Refuses the beginning of a database that is not encrypted: one of a trial version, or another program's.
pub(crate) fn look_at(head: &[u8; 100], path: &Path) -> Result<(), StoreError> {
    if !head.starts_with(UNENCRYPTED) {
        return Ok(());
    }
    if head[68..72] == TRIAL.to_be_bytes() {
        return Err(StoreError::TooOld);
    }
    Err(StoreError::NotAProfile {
        path: path.to_owned(),
    })
}
