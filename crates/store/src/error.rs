//! What can go wrong with a profile, in sentences that say what the person can do.

use std::{io, path::Path, path::PathBuf};

use rusqlite::ErrorCode;
use tresse_model::NetworkId;

use crate::vault::KeyError;

/// Why the store could not do what was asked. Nothing was changed when one of these comes back.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder holds no profile.
    #[error("there is no profile in {dir}")]
    NotFound {
        /// The folder.
        dir: PathBuf,
    },
    /// The folder already holds a profile.
    #[error("there already is a profile in {dir}")]
    Exists {
        /// The folder.
        dir: PathBuf,
    },
    /// Another process has the profile open.
    #[error("the profile in {dir} is in use by another Tresse: close that one first")]
    InUse {
        /// The folder.
        dir: PathBuf,
    },
    /// The database was written by a newer version.
    #[error(
        "the profile was written by a newer Tresse (its form is {found}, this one knows up to {known}): update Tresse to open it"
    )]
    TooNew {
        /// The form of the database.
        found: u32,
        /// The newest form this version knows.
        known: u32,
    },
    /// The database was made by a version that was never released.
    #[error(
        "the profile was made by a trial version of Tresse and cannot be opened by this one: export what you need with the version that made it, and make a new profile"
    )]
    TooOld,
    /// The key that encrypts the database could not be had.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The file is not a database of ours.
    #[error("{path} is not a Tresse database")]
    NotAProfile {
        /// The file.
        path: PathBuf,
    },
    /// The database cannot be read as it should.
    #[error("the profile's database is damaged ({what}): restore a backup into a new folder")]
    Damaged {
        /// What SQLite or the store saw.
        what: String,
    },
    /// There is no room left.
    #[error("the disk is full: free some space and try again; what was saved before is safe")]
    DiskFull,
    /// The files may not be written.
    #[error("the profile's files may not be written: check their permissions")]
    ReadOnly,
    /// The database's files are not where they were when it was opened.
    #[error(
        "the profile's files in {dir} were moved or deleted while Tresse was using them, and nothing is saved any more: put them back, or leave Tresse open and make a backup"
    )]
    Gone {
        /// The folder.
        dir: PathBuf,
    },
    /// A file or folder could not be read or written.
    #[error("{path} could not be {doing}: {source}")]
    Io {
        /// `read`, `written`…
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The disk failed under the database.
    #[error(
        "the disk failed under the profile ({what}): what was saved before should be safe, make a copy"
    )]
    Disk {
        /// What SQLite said.
        what: String,
    },
    /// A restore was asked into a folder that holds something.
    #[error("{dir} is not empty: a backup is restored into a new or empty folder")]
    NotEmpty {
        /// The folder.
        dir: PathBuf,
    },
    /// A backup was asked over an existing file.
    #[error("{path} exists already: a backup never overwrites, choose another name")]
    TargetExists {
        /// The file.
        path: PathBuf,
    },
    /// Part of an old profile lies where a new one should be made.
    #[error("{path} is left from another profile and may hold its last edits: put it away first")]
    Leftover {
        /// The file.
        path: PathBuf,
    },
    /// A backup was stopped, as somebody asked.
    #[error("stopped, as asked")]
    Stopped,
    /// Another program has locked the database for longer than can be waited.
    #[error("another program is using the profile's database: close it and try again")]
    Busy,
    /// The network is not in this profile.
    #[error("this profile does not hold the network {0}")]
    UnknownNetwork(NetworkId),
    /// A step of a batch failed before, so nothing of the batch can be kept.
    #[error("a step of this save failed, so nothing of it was kept")]
    Abandoned,
    /// A value is outside what the database can hold.
    #[error("{0} is too large to be stored")]
    TooLarge(&'static str),
    /// Any other refusal of SQLite.
    #[error("the database refused: {0}")]
    Database(#[source] rusqlite::Error),
}

impl StoreError {
    /// The error's stable name, for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "profile-not-found",
            Self::Exists { .. } => "profile-exists",
            Self::InUse { .. } => "profile-in-use",
            Self::TooNew { .. } => "profile-too-new",
            Self::TooOld => "too-old",
            Self::Key(error) => error.code(),
            Self::NotAProfile { .. } => "not-a-profile",
            Self::Stopped => "stopped",
            Self::Damaged { .. } => "profile-damaged",
            Self::DiskFull => "disk-full",
            Self::ReadOnly => "profile-read-only",
            Self::Gone { .. } => "profile-gone",
            Self::Io { .. } | Self::Disk { .. } => "io",
            Self::NotEmpty { .. } => "folder-not-empty",
            Self::TargetExists { .. } => "file-exists",
            Self::Leftover { .. } => "profile-leftover",
            Self::Busy => "profile-busy",
            Self::UnknownNetwork(_) => "unknown-network",
            Self::Abandoned => "save-abandoned",
            Self::TooLarge(_) => "too-large",
            Self::Database(_) => "database",
        }
    }

    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| match source.kind() {
            io::ErrorKind::StorageFull => Self::DiskFull,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::Io {
                doing,
                path: path.to_owned(),
                source,
            },
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged {
                what: error.to_string(),
            },
            // SQLCipher says so of a page that the key does not open.
            Some(ErrorCode::NotADatabase) => Self::Damaged {
                what: "it does not open with this profile's key".to_owned(),
            },
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => Self::Disk {
                what: error.to_string(),
            },
            _ => match error {
                // A column that does not hold what we put there.
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::Utf8Error(..) => Self::Damaged {
                    what: error.to_string(),
                },
                error => Self::Database(error),
            },
        }
    }
}
