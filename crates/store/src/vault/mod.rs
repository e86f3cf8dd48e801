//! The key of a profile's database, and the file that keeps it.
//!
//! ```text
//!   key (file)                                     tresse.db
//!     slot passphrase ── Argon2id(passphrase) ─┐
//!     slot keyring ───── the system's keyring ─┼─▶ database key ──▶ SQLCipher
//!     slot open ──────── nothing ──────────────┘
//! ```
//!
//! The database is encrypted with 32 random bytes that never change. The file `key` beside it holds
//! them once or more, each time wrapped (AES-256-GCM) by something else: any one of these *slots*
//! opens the profile. An *open* slot holds the key as it is: whoever can read the file has it.
//!
//! Promises:
//! - Changing how a profile is protected replaces the file whole or not at all, whenever the process
//!   is killed. The database is not written anew: whoever copied an old key file and knows what
//!   opened it can open any copy of this database.
//! - A file that was altered or cut is told from a wrong passphrase.
//! - What a file asks of memory and time is bounded before it is done.
//! - Secrets are wiped when they are dropped, and are in no `Debug` text.

mod error;
mod file;
mod keyring;
#[cfg(any(target_os = "macos", windows))]
mod native;
mod secret;
#[cfg(target_os = "linux")]
mod secret_service;
mod slot;

use std::{path::Path, sync::Arc};

pub use error::KeyError;
pub use file::KeyFile;
pub use keyring::{Keyring, KeyringError, MemoryKeyring, NoKeyring, SystemKeyring};
pub use secret::{DatabaseKey, Secret};
pub use slot::{Cost, SlotKind};

use slot::Slot;

/// What a profile is protected by.
#[derive(Debug, Clone)]
pub enum Protection {
    /// By nothing but the permissions of its files.
    Open,
    /// By a passphrase, made this costly to guess.
    Passphrase(Secret, Cost),
    /// By the keyring in which the system keeps a person's secrets.
    Keyring(Arc<dyn Keyring>),
}

impl Protection {
    /// By a passphrase, at the usual cost.
    pub const fn passphrase(passphrase: Secret) -> Self {
        Self::Passphrase(passphrase, Cost::STANDARD)
    }

    /// Which kind this is.
    pub const fn kind(&self) -> SlotKind {
        match self {
            Self::Open => SlotKind::Open,
            Self::Passphrase(..) => SlotKind::Passphrase,
            Self::Keyring(_) => SlotKind::Keyring,
        }
    }
}

/// A database key in hand, with the file that keeps it.
#[derive(Debug, Clone)]
pub struct Vault {
    key: DatabaseKey,
    file: KeyFile,
}

impl Vault {
    /// A new random key, protected like this. It is written nowhere before [`Vault::write_new`], but
    /// for the keyring's part.
    pub fn new(protection: &Protection) -> Result<Self, KeyError> {
        let key = DatabaseKey::random()?;
        let slot = Slot::seal(&key, protection)?;
        let file = KeyFile { slots: vec![slot] };
        Ok(Self { key, file })
    }

    /// Opens what `file` keeps: by an open slot; else by the passphrase, if one is given and the
    /// file has a slot for one; else by the keyring.
    pub fn unlock(
        file: KeyFile,
        passphrase: Option<&Secret>,
        keyring: &dyn Keyring,
    ) -> Result<Self, KeyError> {
        let key = file.open(passphrase, keyring)?;
        Ok(Self { key, file })
    }

    /// Opens the key file of the profile in `dir`.
    pub fn unlock_in(
        dir: &Path,
        passphrase: Option<&Secret>,
        keyring: &dyn Keyring,
    ) -> Result<Self, KeyError> {
        Self::unlock(KeyFile::read(dir)?, passphrase, keyring)
    }

    /// The database's key.
    pub const fn key(&self) -> &DatabaseKey {
        &self.key
    }

    /// The file as it stands.
    pub const fn file(&self) -> &KeyFile {
        &self.file
    }

    /// Whether this passphrase is the profile's. Slow, as every try is.
    pub fn is_passphrase(&self, passphrase: &Secret) -> Result<(), KeyError> {
        self.file.by_passphrase(passphrase).map(drop)
    }

    /// Writes the file of a new profile into `dir`, durably. One that lies there without a
    /// database is put aside, never overwritten.
    pub fn write_new(&self, dir: &Path) -> Result<(), KeyError> {
        file::put_aside(dir)?;
        self.file.write(dir)
    }

    /// Changes how the profile in `dir` is protected, in one step: each of `add` takes the place of
    /// what there is of its kind, and the kinds in `remove` go. An open slot and the others exclude
    /// each other: the one that is added stays.
    pub fn change(
        &mut self,
        dir: &Path,
        add: &[Protection],
        remove: &[SlotKind],
        keyring: &dyn Keyring,
    ) -> Result<(), KeyError> {
        let mut slots = self.file.slots.clone();
        for protection in add {
            let new = Slot::seal(&self.key, protection)?;
            slots.retain(|slot| slot.kind() != new.kind() && !slot.kind().excludes(new.kind()));
            slots.push(new);
        }
        slots.retain(|slot| !remove.contains(&slot.kind()));
        if slots.is_empty() {
            return Err(KeyError::LastProtection);
        }
        let new = KeyFile { slots };
        new.write(dir)?;
        let old = std::mem::replace(&mut self.file, new);
        for item in old.keyring_items() {
            if !self.file.keyring_items().any(|kept| kept == item)
                && let Err(error) = keyring.remove(item)
            {
                tracing::warn!("an item that is of no use any more stays in the keyring: {error}");
            }
        }
        Ok(())
    }

    /// The key file for a backup: with a passphrase of its own if one is given; else with this
    /// profile's slots but for the keyring's, which is of no use on another machine.
    pub fn for_backup(&self, passphrase: Option<(&Secret, Cost)>) -> Result<KeyFile, KeyError> {
        let slots = match passphrase {
            Some((passphrase, cost)) => {
                vec![Slot::seal(
                    &self.key,
                    &Protection::Passphrase(passphrase.clone(), cost),
                )?]
            }
            None => self
                .file
                .slots
                .iter()
                .filter(|slot| slot.kind() != SlotKind::Keyring)
                .cloned()
                .collect(),
        };
        if slots.is_empty() {
            return Err(KeyError::NeedsPassphrase);
        }
        Ok(KeyFile { slots })
    }
}
