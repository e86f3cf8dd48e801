//! One way of keeping the database's key: what wraps it, and the wrapped key.

use aes_gcm::{
    Aes256Gcm, Key, Nonce,
    aead::{Aead, KeyInit, Payload},
};
use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{DatabaseKey, KeyError, Keyring, Protection, Secret, secret::random};

/// What opens a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SlotKind {
    /// Nothing: the key lies in the file as it is.
    Open,
    /// A passphrase.
    Passphrase,
    /// The system's keyring.
    Keyring,
}

impl SlotKind {
    /// The kind's stable name, for machines.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Passphrase => "passphrase",
            Self::Keyring => "keyring",
        }
    }

    /// Beside an open slot any other would only pretend to protect.
    pub(crate) fn excludes(self, other: Self) -> bool {
        (self == Self::Open) != (other == Self::Open)
    }
}

/// What one try of a passphrase costs (Argon2id).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over that memory.
    pub passes: u32,
}

impl Cost {
    /// For a person's passphrase: 64 MiB and three passes in one lane, the first choice of RFC 9106
    /// for machines that cannot spare 2 GiB, with one lane instead of four because the work is done in one
    /// thread. A third of a second on a machine of 2020.
    pub const STANDARD: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
    };

    /// For tests that are not about the cost: next to nothing.
    pub const NEXT_TO_NOTHING: Self = Self {
        memory_kib: 8,
        passes: 1,
    };

    /// The most that a file may ask for: four times the standard memory, about ten seconds.
    const MOST: Self = Self {
        memory_kib: 256 * 1024,
        passes: 24,
    };

    fn bounded(self) -> Result<Self, KeyError> {
        if self.memory_kib > Self::MOST.memory_kib || self.passes > Self::MOST.passes {
            return Err(KeyError::Damaged("it asks for too much memory or time"));
        }
        Ok(self)
    }
}

type Wrapping = Zeroizing<[u8; 32]>;

/// A slot as it stands in the file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum Slot {
    /// The key as it is.
    Open {
        #[serde(with = "hex")]
        key: Zeroizing<Vec<u8>>,
    },
    /// Wrapped by what Argon2id makes of a passphrase.
    Passphrase {
        memory_kib: u32,
        passes: u32,
        #[serde(with = "hex")]
        salt: Zeroizing<Vec<u8>>,
        #[serde(with = "hex")]
        wrapped: Zeroizing<Vec<u8>>,
    },
    /// Wrapped by a random key that lies in the system's keyring under this name.
    Keyring {
        item: String,
        #[serde(with = "hex")]
        wrapped: Zeroizing<Vec<u8>>,
    },
}

impl std::fmt::Debug for Slot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Slot").field(&self.kind()).finish()
    }
}

impl Slot {
    pub(crate) const fn kind(&self) -> SlotKind {
        match self {
            Self::Open { .. } => SlotKind::Open,
            Self::Passphrase { .. } => SlotKind::Passphrase,
            Self::Keyring { .. } => SlotKind::Keyring,
        }
    }

    /// Keeps the key, protected like this.
    pub(crate) fn seal(key: &DatabaseKey, protection: &Protection) -> Result<Self, KeyError> {
        match protection {
            Protection::Open => Ok(Self::Open {
                key: key.bytes().to_vec().into(),
            }),
            Protection::Passphrase(passphrase, cost) => {
                if passphrase.is_empty() {
                    return Err(KeyError::EmptyPassphrase);
                }
                let salt: [u8; 16] = random()?;
                let wrapping = stretch(passphrase, &salt, *cost)?;
                Ok(Self::Passphrase {
                    memory_kib: cost.memory_kib,
                    passes: cost.passes,
                    salt: salt.to_vec().into(),
                    wrapped: wrap(&wrapping, key, SlotKind::Passphrase)?,
                })
            }
            Protection::Keyring(keyring) => {
                let wrapping: Wrapping = Zeroizing::new(random()?);
                let item = data_encoding::HEXLOWER.encode(&random::<16>()?);
                let wrapped = wrap(&wrapping, key, SlotKind::Keyring)?;
                keyring.put(&item, &wrapping)?;
                Ok(Self::Keyring { item, wrapped })
            }
        }
    }

    /// The key, if nothing protects it.
    pub(crate) fn open(&self) -> Option<Result<DatabaseKey, KeyError>> {
        let Self::Open { key } = self else {
            return None;
        };
        let key = key.as_slice().try_into().map(DatabaseKey::from_bytes);
        Some(key.map_err(|_| KeyError::Damaged("a key has the wrong length")))
    }

    /// The key, if this is a passphrase's slot.
    pub(crate) fn by_passphrase(
        &self,
        passphrase: &Secret,
    ) -> Option<Result<DatabaseKey, KeyError>> {
        let Self::Passphrase {
            memory_kib,
            passes,
            salt,
            wrapped,
        } = self
        else {
            return None;
        };
        let cost = Cost {
            memory_kib: *memory_kib,
            passes: *passes,
        };
        Some(stretch(passphrase, salt, cost).and_then(|wrapping| {
            unwrap(&wrapping, wrapped, SlotKind::Passphrase).ok_or(KeyError::WrongPassphrase)
        }))
    }

    /// The key, if this is the keyring's slot.
    pub(crate) fn by_keyring(
        &self,
        keyring: &dyn Keyring,
    ) -> Option<Result<DatabaseKey, KeyError>> {
        let Self::Keyring { item, wrapped } = self else {
            return None;
        };
        Some(
            keyring
                .get(item)
                .map_err(KeyError::from)
                .and_then(|wrapping| {
                    unwrap(&wrapping, wrapped, SlotKind::Keyring)
                        .ok_or(KeyError::Keyring(super::KeyringError::Other))
                }),
        )
    }
}

fn stretch(passphrase: &Secret, salt: &[u8], cost: Cost) -> Result<Wrapping, KeyError> {
    let cost = cost.bounded()?;
    let params = Params::new(cost.memory_kib, cost.passes, 1, Some(32))
        .map_err(|_| KeyError::Damaged("its cost makes no sense"))?;
    let mut wrapping = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut *wrapping)
        .map_err(|error| match error {
            argon2::Error::OutOfMemory => KeyError::Memory,
            argon2::Error::PwdTooLong => KeyError::WrongPassphrase,
            _ => KeyError::Damaged("its salt makes no sense"),
        })?;
    Ok(wrapping)
}

/// What the wrapping says of itself, so that a wrapped key fits no other kind of slot.
const fn purpose(kind: SlotKind) -> &'static [u8] {
    match kind {
        SlotKind::Open => b"tresse key 1: open",
        SlotKind::Passphrase => b"tresse key 1: passphrase",
        SlotKind::Keyring => b"tresse key 1: keyring",
    }
}

const NONCE: usize = 12;

/// Nonce and wrapped key. Each wrapping key is used for one wrapping only.
fn wrap(
    wrapping: &Wrapping,
    key: &DatabaseKey,
    kind: SlotKind,
) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let nonce: [u8; NONCE] = random()?;
    let payload = Payload {
        msg: key.bytes(),
        aad: purpose(kind),
    };
    let sealed = Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(&**wrapping))
        .encrypt(Nonce::from_slice(&nonce), payload)
        .map_err(|_| KeyError::Damaged("the key cannot be wrapped"))?;
    let mut wrapped = Zeroizing::new(nonce.to_vec());
    wrapped.extend_from_slice(&sealed);
    Ok(wrapped)
}

fn unwrap(wrapping: &Wrapping, wrapped: &[u8], kind: SlotKind) -> Option<DatabaseKey> {
    let (nonce, msg) = wrapped.split_at_checked(NONCE)?;
    let payload = Payload {
        msg,
        aad: purpose(kind),
    };
    let key = Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(&**wrapping))
        .decrypt(Nonce::from_slice(nonce), payload)
        .ok()?;
    let key = Zeroizing::new(key);
    Some(DatabaseKey::from_bytes(key.as_slice().try_into().ok()?))
}

/// Bytes as hexadecimal text.
mod hex {
    use data_encoding::HEXLOWER;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use zeroize::Zeroizing;

    pub(super) fn serialize<S: Serializer>(
        bytes: &Zeroizing<Vec<u8>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Zeroizing::new(HEXLOWER.encode(bytes)))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Zeroizing<Vec<u8>>, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        HEXLOWER
            .decode(text.as_bytes())
            .map(Zeroizing::new)
            .map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::MemoryKeyring;
    use std::sync::Arc;

    #[test]
    fn a_wrapped_key_opens_in_no_slot_of_another_kind() {
        let key = DatabaseKey::random().unwrap();
        let wrapping: Wrapping = Zeroizing::new([7; 32]);
        let wrapped = wrap(&wrapping, &key, SlotKind::Keyring).unwrap();
        assert_eq!(unwrap(&wrapping, &wrapped, SlotKind::Keyring), Some(key));
        assert_eq!(unwrap(&wrapping, &wrapped, SlotKind::Passphrase), None);
    }

    #[test]
    fn the_same_key_and_passphrase_are_wrapped_differently_each_time() {
        let key = DatabaseKey::random().unwrap();
        let protection = Protection::Passphrase(Secret::new("sésame"), Cost::NEXT_TO_NOTHING);
        let one = Slot::seal(&key, &protection).unwrap();
        assert_ne!(one, Slot::seal(&key, &protection).unwrap());
        let opened = one.by_passphrase(&Secret::new("sésame")).unwrap().unwrap();
        assert_eq!(opened, key);
    }

    #[test]
    fn the_keyring_holds_no_key_of_the_database() {
        let key = DatabaseKey::random().unwrap();
        let keyring = Arc::new(MemoryKeyring::default());
        let slot = Slot::seal(&key, &Protection::Keyring(keyring.clone())).unwrap();
        let Slot::Keyring { item, .. } = &slot else {
            panic!("another kind of slot");
        };
        assert_ne!(*keyring.get(item).unwrap(), *key.bytes());
        assert_eq!(slot.by_keyring(&*keyring).unwrap().unwrap(), key);
    }

    #[test]
    fn a_slot_that_asks_for_too_much_is_refused_before_anything_is_spent() {
        for (memory_kib, passes) in [(u32::MAX, 1), (64, u32::MAX), (0, 1), (64, 0)] {
            let slot = Slot::Passphrase {
                memory_kib,
                passes,
                salt: vec![0; 16].into(),
                wrapped: vec![0; 60].into(),
            };
            let refused = slot.by_passphrase(&Secret::new("a")).unwrap();
            assert!(matches!(refused, Err(KeyError::Damaged(_))));
        }
    }
}
