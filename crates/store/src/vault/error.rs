//! What can go wrong with a profile's key.

use std::{io, path::Path, path::PathBuf};

use super::KeyringError;

/// Why a profile's key could not be had or kept. Nothing was changed when one of these comes back.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The key file is not there.
    #[error(
        "{path} is missing, and without it the profile cannot be opened: put it back, or restore a backup into a new folder"
    )]
    Missing {
        /// Where it should be.
        path: PathBuf,
    },
    /// The key file was altered or cut.
    #[error(
        "the profile's key file is damaged ({0}): put back a copy of it, or restore a backup into a new folder"
    )]
    Damaged(&'static str),
    /// The key file was written by a newer version.
    #[error("the profile's key file was written by a newer Tresse: update Tresse to open it")]
    TooNew,
    /// Only a passphrase opens this, and none was given.
    #[error("this needs a passphrase, and none was given")]
    NeedsPassphrase,
    /// The passphrase does not open this.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// A passphrase must have something in it.
    #[error("a passphrase cannot be empty")]
    EmptyPassphrase,
    /// What was asked would leave the profile without anything that opens it.
    #[error("nothing would be left that opens the profile: choose another protection first")]
    LastProtection,
    /// The system's keyring did not do its part.
    #[error("the system's keyring is of no help: {0}")]
    Keyring(#[from] KeyringError),
    /// The system gave no random bytes.
    #[error("the system gives no random numbers: {0}")]
    Random(String),
    /// There is not enough memory to try the passphrase.
    #[error("there is not enough memory to try the passphrase: close other programs and try again")]
    Memory,
    /// There is no room left.
    #[error("the disk is full: free some space and try again; the protection is as it was")]
    DiskFull,
    /// The key file could not be read or written.
    #[error("{path} could not be {doing}: {source}")]
    Io {
        /// `read`, `written`…
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

impl KeyError {
    /// The error's stable name, for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "no-key",
            Self::Damaged(_) => "key-damaged",
            Self::TooNew => "profile-too-new",
            Self::NeedsPassphrase => "needs-passphrase",
            Self::WrongPassphrase => "wrong-passphrase",
            Self::EmptyPassphrase => "empty-passphrase",
            Self::LastProtection => "last-protection",
            Self::Keyring(_) => "keyring",
            Self::Random(_) | Self::Memory => "internal",
            Self::DiskFull => "disk-full",
            Self::Io { .. } => "io",
        }
    }

    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| {
            if source.kind() == io::ErrorKind::StorageFull {
                return Self::DiskFull;
            }
            Self::Io {
                doing,
                path: path.to_owned(),
                source,
            }
        }
    }
}
