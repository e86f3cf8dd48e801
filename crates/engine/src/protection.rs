//! How an open profile is protected, and changing that.
//!
//! Passphrases go by these methods and never by a [`crate::Command`]: commands lie in JSON files.

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tresse_store::{
    Store,
    vault::{KeyError, KeyFile, SystemKeyring, Vault},
};

use crate::{CommandError, Engine, EngineError, Moment, Replica, replica::Profile};

pub use tresse_store::vault::{
    Cost as PassphraseCost, Keyring, KeyringError, MemoryKeyring, NoKeyring, Protection, Secret,
    SlotKind,
};

/// What opens a profile. The default is what needs nobody: an open slot, or the system's keyring.
#[derive(Debug, Clone)]
pub struct Unlock {
    /// The passphrase, where one is known.
    pub passphrase: Option<Secret>,
    /// The keyring that may hold the key.
    pub keyring: Arc<dyn Keyring>,
}

impl Default for Unlock {
    fn default() -> Self {
        Self {
            passphrase: None,
            keyring: Arc::new(SystemKeyring),
        }
    }
}

impl Unlock {
    /// With this passphrase, or else by what needs nobody.
    pub fn with(passphrase: Option<Secret>) -> Self {
        Self {
            passphrase,
            ..Self::default()
        }
    }

    /// What opens a profile with this key file.
    pub(crate) fn vault(&self, keys: KeyFile) -> Result<Vault, KeyError> {
        Vault::unlock(keys, self.passphrase.as_ref(), &*self.keyring)
    }

    /// Opens the profile's store, and keeps what opened it.
    pub(crate) fn open(&self, dir: &Path) -> Result<(Store, Vault), EngineError> {
        if !Store::exists(dir) {
            return Err(EngineError::NoProfile);
        }
        let mut opened = None;
        let store = Store::open_with(dir, || {
            let vault = self.vault(KeyFile::read(dir)?)?;
            let key = vault.key().clone();
            opened = Some(vault);
            Ok(key)
        })?;
        match opened {
            Some(vault) => Ok((store, vault)),
            None => Err(EngineError::Damaged("no key was asked for".into())),
        }
    }
}

/// What the engine's handles share of the profile's key.
#[derive(Debug, Clone)]
pub(crate) struct Keys {
    vault: Arc<Mutex<Vault>>,
    /// Held while the protection is changed; `vault` is held for an instant only, since the window asks it.
    changing: Arc<Mutex<()>>,
    keyring: Arc<dyn Keyring>,
}

impl Keys {
    pub(crate) fn new(vault: Vault, keyring: Arc<dyn Keyring>) -> Self {
        Self {
            vault: Arc::new(Mutex::new(vault)),
            changing: Arc::default(),
            keyring,
        }
    }

    pub(crate) fn vault(&self) -> MutexGuard<'_, Vault> {
        self.vault.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether whoever can read the profile's files can read what is in them.
    pub(crate) fn is_open(&self) -> bool {
        self.vault().file().kinds().contains(&SlotKind::Open)
    }

    fn change(&self, dir: &Path, add: &[Protection], remove: &[SlotKind]) -> Result<(), KeyError> {
        let _one_at_a_time = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut vault = self.vault().clone();
        vault.change(dir, add, remove, &*self.keyring)?;
        *self.vault() = vault;
        Ok(())
    }
}

impl Engine {
    /// Makes a profile in a new or empty folder, for a person of this name who reads `fr` or `en`.
    ///
    /// # Errors
    /// Where there is a profile already, the name or the passphrase cannot be used, the keyring does not
    /// answer, or the folder cannot be written.
    pub fn init(
        dir: &Path,
        name: &str,
        lang: &str,
        protection: &Protection,
    ) -> Result<(), EngineError> {
        let profile = Profile::new(name, lang)?;
        if Self::exists(dir) {
            return Err(EngineError::AlreadyThere);
        }
        let vault = Vault::new(protection)?;
        Replica::create_protected(dir, &profile, &vault, &Moment::real()).map(drop)
    }

    /// What the profile in this folder is protected by, as its key file says: readable without opening it.
    ///
    /// # Errors
    /// Where there is no profile, or its key file is missing or damaged.
    pub fn protection_of(dir: &Path) -> Result<Vec<SlotKind>, EngineError> {
        if !Self::exists(dir) {
            return Err(EngineError::NoProfile);
        }
        Ok(KeyFile::read(dir)?.kinds())
    }

    /// What this profile is protected by.
    pub fn protection(&self) -> Vec<SlotKind> {
        self.keys.vault().file().kinds()
    }

    /// Whether the keyring given when this profile was opened could hold its key.
    pub fn keyring_answers(&self) -> bool {
        self.keys.keyring.answers()
    }

    /// The protection that this profile's keyring gives.
    pub fn by_keyring(&self) -> Protection {
        Protection::Keyring(Arc::clone(&self.keys.keyring))
    }

    /// Whether this passphrase is the profile's. As slow as every try.
    ///
    /// # Errors
    /// Where it is not.
    pub fn is_passphrase(&self, passphrase: &Secret) -> Result<(), CommandError> {
        let vault = self.keys.vault().clone();
        Ok(vault.is_passphrase(passphrase)?)
    }

    /// Changes how this profile is protected, whole or not at all: each of `add` takes the place of what
    /// there is of its kind, and the kinds in `remove` go. An open profile is protected by nothing
    /// else, so whatever is added takes its place, and it takes the place of all.
    ///
    /// # Errors
    /// Where nothing would be left that opens the profile, a passphrase is empty, or the keyring or the disk refuses.
    pub fn protect(&self, add: &[Protection], remove: &[SlotKind]) -> Result<(), CommandError> {
        // A profile that is closed may be open in another process by now.
        self.ask(|_| ())?;
        Ok(self.keys.change(self.dir(), add, remove)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;

    fn cheap(passphrase: &str) -> Protection {
        Protection::Passphrase(Secret::new(passphrase), PassphraseCost::NEXT_TO_NOTHING)
    }

    fn unlock(passphrase: Option<&str>, keyring: &Arc<MemoryKeyring>) -> Unlock {
        Unlock {
            passphrase: passphrase.map(Secret::new),
            keyring: Arc::<MemoryKeyring>::clone(keyring),
        }
    }

    fn open(dir: &Path, unlock: Unlock) -> Result<Engine, String> {
        let options = Options {
            unlock,
            ..Options::default()
        };
        Engine::open(dir, options).map_err(|error| error.code().to_owned())
    }

    #[test]
    fn a_profile_opens_by_its_passphrase_alone_until_another_one_takes_its_place() {
        let dir = tempfile::tempdir().unwrap();
        let none = Arc::new(MemoryKeyring::default());
        Engine::init(dir.path(), "Ana", "fr", &cheap("first")).unwrap();
        assert_eq!(
            Engine::protection_of(dir.path()).unwrap(),
            [SlotKind::Passphrase]
        );
        let refused = open(dir.path(), unlock(None, &none)).unwrap_err();
        assert_eq!(refused, "needs-passphrase");
        let refused = open(dir.path(), unlock(Some("second"), &none)).unwrap_err();
        assert_eq!(refused, "wrong-passphrase");
        let engine = open(dir.path(), unlock(Some("first"), &none)).unwrap();
        let refused = engine.is_passphrase(&Secret::new("x")).unwrap_err();
        assert_eq!(refused.code, "wrong-passphrase");
        engine.protect(&[cheap("second")], &[]).unwrap();
        let other = engine.clone();
        engine.close();
        assert_eq!(
            other.protect(&[cheap("late")], &[]).unwrap_err().code,
            "closed"
        );
        let refused = open(dir.path(), unlock(Some("first"), &none)).unwrap_err();
        assert_eq!(refused, "wrong-passphrase");
        open(dir.path(), unlock(Some("second"), &none))
            .unwrap()
            .close();
    }

    #[test]
    fn a_backup_whose_putting_back_is_stopped_makes_no_profile_and_is_put_back_the_next_time() {
        let dir = tempfile::tempdir().unwrap();
        Engine::init(dir.path(), "Ana", "fr", &Protection::Open).unwrap();
        let engine = Engine::open(dir.path(), Options::default()).unwrap();
        let copy = dir.path().join("copy");
        let progress = crate::Progress::default();
        engine.backup(&copy, None, 0, &progress).unwrap();
        engine.close();
        let there = dir.path().join("there");
        progress.stop();
        let stopped = Engine::restore(&copy, &there, &Unlock::default(), &progress).unwrap_err();
        assert_eq!(stopped.code(), "stopped");
        assert!(!Engine::exists(&there));
        let progress = crate::Progress::default();
        Engine::restore(&copy, &there, &Unlock::default(), &progress).unwrap();
        assert_eq!(progress.stage(), crate::Stage::Files);
        let (done, all) = progress.done();
        assert!(
            0 < done && done < all,
            "{done} of {all}: its head is not counted"
        );
        assert!(Engine::exists(&there));
    }

    #[test]
    fn the_keyring_opens_without_a_question_and_its_backup_asks_one() {
        let dir = tempfile::tempdir().unwrap();
        let keyring = Arc::new(MemoryKeyring::default());
        let protection = Protection::Keyring(Arc::<MemoryKeyring>::clone(&keyring));
        Engine::init(dir.path(), "Ana", "fr", &protection).unwrap();
        let engine = open(dir.path(), unlock(None, &keyring)).unwrap();
        assert_eq!(engine.protection(), [SlotKind::Keyring]);
        let copy = dir.path().join("copy");
        let progress = crate::Progress::default();
        let refused = engine.backup(&copy, None, 0, &progress).unwrap_err();
        assert_eq!(refused.code, "needs-passphrase");
        assert!(!copy.exists());
        let secret = Secret::new("pour la copie");
        let made = engine.backup(&copy, Some(&secret), 0, &progress).unwrap();
        assert_eq!(made.protection, [SlotKind::Passphrase]);
        engine.close();
        let elsewhere = tempfile::tempdir().unwrap();
        let there = unlock(Some("pour la copie"), &Arc::default());
        Engine::restore(&copy, elsewhere.path(), &there, &progress).unwrap();
        let engine = open(elsewhere.path(), there).unwrap();
        assert_eq!(engine.fresh_view().unwrap().me.name, "Ana");
        assert_eq!(engine.protection(), [SlotKind::Passphrase]);
        engine.protect(&[engine.by_keyring()], &[]).unwrap();
        engine.close();
    }
}
