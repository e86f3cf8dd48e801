//! The Keychain of macOS and the Credential Manager of Windows.

use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

use super::KeyringError;

const SERVICE: &str = "org.tresse.Tresse";

#[cfg(target_os = "macos")]
use apple_native_keyring_store::keychain::Store;
#[cfg(windows)]
use windows_native_keyring_store::Store;

fn entry(item: &str) -> Result<Entry, KeyringError> {
    let store: Arc<CredentialStore> = Store::new().map_err(refused)?;
    Entry::new_in_store(&store, SERVICE, item).map_err(refused)
}

fn refused(error: Error) -> KeyringError {
    match error {
        Error::NoEntry => KeyringError::Absent,
        Error::NoStorageAccess(_) => KeyringError::Locked,
        Error::BadEncoding(_) | Error::BadDataFormat(..) => KeyringError::Other,
        other => KeyringError::Silent(other.to_string()),
    }
}

pub(super) fn answers() -> bool {
    Store::new().is_ok()
}

pub(super) fn get(item: &str) -> Result<Zeroizing<String>, KeyringError> {
    entry(item)?
        .get_password()
        .map(Zeroizing::new)
        .map_err(refused)
}

pub(super) fn put(item: &str, secret: &str) -> Result<(), KeyringError> {
    entry(item)?.set_password(secret).map_err(refused)
}

pub(super) fn remove(item: &str) -> Result<(), KeyringError> {
    match entry(item)?.delete_credential().map_err(refused) {
        Err(KeyringError::Absent) => Ok(()),
        removed => removed,
    }
}
