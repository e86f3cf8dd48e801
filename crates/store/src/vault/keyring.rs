//! Where the system keeps a person's secrets while they are logged in.

use std::{
    collections::BTreeMap,
    fmt::Debug,
    sync::{Mutex, PoisonError},
};

use zeroize::Zeroizing;

/// Keeps 32 bytes under a name. One call may wait for the person, whom the system may ask to
/// unlock the keyring.
pub trait Keyring: Debug + Send + Sync {
    /// Whether there is one that could keep something. Asks nobody anything.
    fn answers(&self) -> bool;
    /// What is kept under a name.
    fn get(&self, item: &str) -> Result<Zeroizing<[u8; 32]>, KeyringError>;
    /// Keeps something under a name.
    fn put(&self, item: &str, secret: &[u8; 32]) -> Result<(), KeyringError>;
    /// Forgets what is kept under a name.
    fn remove(&self, item: &str) -> Result<(), KeyringError>;
}

/// Why the keyring did not do its part.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// There is none here, or it does not answer.
    #[error(
        "no keyring answers here ({0}); log in to your desktop, or restore a backup with its passphrase"
    )]
    Silent(String),
    /// The person did not unlock it.
    #[error("it was not unlocked; try again")]
    Locked,
    /// It does not hold the item (any more).
    #[error("it no longer holds the key; restore a backup with its passphrase")]
    Absent,
    /// What it holds does not open this profile.
    #[error("what it holds is not this profile's; restore a backup with its passphrase")]
    Other,
}

/// The system's own: the Secret Service under Linux, the Keychain on macOS, the Credential Manager on
/// Windows.
#[cfg(any(target_os = "linux", target_os = "macos", windows))]
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemKeyring;

/// On other systems there is none.
#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
pub type SystemKeyring = NoKeyring;

#[cfg(target_os = "linux")]
use super::secret_service as system;

#[cfg(any(target_os = "macos", windows))]
use super::native as system;

#[cfg(any(target_os = "linux", target_os = "macos", windows))]
impl Keyring for SystemKeyring {
    fn answers(&self) -> bool {
        system::answers()
    }

    // As text: not every keyring keeps other bytes as they are.
    fn get(&self, item: &str) -> Result<Zeroizing<[u8; 32]>, KeyringError> {
        let text = system::get(item)?;
        let bytes = data_encoding::HEXLOWER
            .decode(text.as_bytes())
            .map(Zeroizing::new)
            .map_err(|_| KeyringError::Other)?;
        let secret = bytes.as_slice().try_into();
        secret.map(Zeroizing::new).map_err(|_| KeyringError::Other)
    }

    fn put(&self, item: &str, secret: &[u8; 32]) -> Result<(), KeyringError> {
        let text = Zeroizing::new(data_encoding::HEXLOWER.encode(secret));
        system::put(item, &text)
    }

    fn remove(&self, item: &str) -> Result<(), KeyringError> {
        system::remove(item)
    }
}

/// None at all: it keeps nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoKeyring;

fn none<T>() -> Result<T, KeyringError> {
    Err(KeyringError::Silent("none is used".to_owned()))
}

impl Keyring for NoKeyring {
    fn answers(&self) -> bool {
        false
    }

    fn get(&self, _: &str) -> Result<Zeroizing<[u8; 32]>, KeyringError> {
        none()
    }

    fn put(&self, _: &str, _: &[u8; 32]) -> Result<(), KeyringError> {
        none()
    }

    fn remove(&self, _: &str) -> Result<(), KeyringError> {
        none()
    }
}

/// One that lives as long as the process: for tests.
#[derive(Default)]
pub struct MemoryKeyring {
    items: Mutex<BTreeMap<String, [u8; 32]>>,
}

impl MemoryKeyring {
    /// How many items it holds.
    pub fn len(&self) -> usize {
        self.items
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .len()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Loses all it holds.
    pub fn lose_all(&self) {
        self.items
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

impl Debug for MemoryKeyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemoryKeyring")
            .field("items", &self.len())
            .finish()
    }
}

impl Keyring for MemoryKeyring {
    fn answers(&self) -> bool {
        true
    }

    fn get(&self, item: &str) -> Result<Zeroizing<[u8; 32]>, KeyringError> {
        let items = self.items.lock().unwrap_or_else(PoisonError::into_inner);
        let found = items.get(item).copied().map(Zeroizing::new);
        found.ok_or(KeyringError::Absent)
    }

    fn put(&self, item: &str, secret: &[u8; 32]) -> Result<(), KeyringError> {
        let mut items = self.items.lock().unwrap_or_else(PoisonError::into_inner);
        items.insert(item.to_owned(), *secret);
        Ok(())
    }

    fn remove(&self, item: &str) -> Result<(), KeyringError> {
        let mut items = self.items.lock().unwrap_or_else(PoisonError::into_inner);
        items.remove(item);
        Ok(())
    }
}
