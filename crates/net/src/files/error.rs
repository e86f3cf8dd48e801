//! Why something with a file did not work.

use std::{io, path::PathBuf};

/// Why a file could not be added, fetched or saved. What was there before is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// The disk has no room.
    #[error("the disk is full: make room, then try again; nothing was lost")]
    DiskFull,
    /// Larger than may be attached.
    #[error("the file is too large: at most {most} bytes")]
    TooLarge {
        /// The bound.
        most: u64,
    },
    /// It cannot be read or written.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is not here, or not whole.
    #[error("the file is not on this machine: fetch it first")]
    NotHere,
    /// None of the devices that may have it is linked.
    #[error("nobody who may have this file can be reached now; it is tried again when you ask")]
    NobodyReachable,
    /// Those that are linked do not have it, or gave only a part of it before they were lost. What came stays.
    #[error("none of those who can be reached could give the whole file; what came of it is kept")]
    NotGiven,
    /// What was written is not what its record says.
    #[error("the file is damaged, or is not what was attached")]
    Damaged,
    /// What lay here went bad and is put aside; nobody who has it gives it now.
    #[error(
        "this file is damaged on this machine, and nobody who can be reached now has it whole: it comes anew once somebody is there who has it"
    )]
    DamagedHere,
    /// It was asked to stop. What came of a file that was being fetched stays.
    #[error("stopped, as asked")]
    Stopped,
    /// The folder that keeps files cannot be used.
    #[error("the folder of files cannot be used: {reason}")]
    Store {
        /// What was said.
        reason: String,
    },
}

impl FileError {
    /// A stable word for the error, for scripts and translations.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::DiskFull => "file-disk-full",
            Self::TooLarge { .. } => "file-too-large",
            Self::Io { .. } => "file-io",
            Self::NotHere => "file-not-here",
            Self::NobodyReachable => "file-nobody-reachable",
            Self::NotGiven => "file-not-given",
            Self::Damaged => "file-damaged",
            Self::DamagedHere => "file-damaged-here",
            Self::Stopped => "file-stopped",
            Self::Store { .. } => "file-store",
        }
    }

    /// Whether it may be that what lies here went bad: else why it was refused is known.
    pub const fn may_be_damage(&self) -> bool {
        matches!(self, Self::Damaged | Self::Store { .. })
    }

    /// What an error of the blob store is, however deep the system's own lies in it.
    pub(super) fn of_store(error: &(dyn std::error::Error + 'static)) -> Self {
        if is_full(error) {
            return Self::DiskFull;
        }
        Self::Store {
            reason: error.to_string(),
        }
    }

    pub(super) fn io(path: &std::path::Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| {
            if no_room(&source) {
                Self::DiskFull
            } else {
                Self::Io { path, source }
            }
        }
    }
}

/// Whether some error of the chain says that there is no room.
pub(super) fn is_full(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.downcast_ref::<io::Error>().is_some_and(no_room) {
            return true;
        }
        next = error.source();
    }
    false
}

fn no_room(error: &io::Error) -> bool {
    use io::ErrorKind as E;
    let wrapped = || error.get_ref().is_some_and(|inner| is_full(inner));
    matches!(
        error.kind(),
        E::StorageFull | E::QuotaExceeded | E::FileTooLarge
    ) || wrapped()
}
