//! The file `key` in a profile's folder: its form, and replacing it whole.
//!
//! ```text
//!   tresse key 1 <BLAKE3 of what follows, hexadecimal>\n
//!   {"slots":[{"kind":"passphrase","memory_kib":65536,"passes":3,"salt":"…","wrapped":"…"}]}\n
//! ```

use std::{
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{
    DatabaseKey, KeyError, Keyring, Secret,
    slot::{Slot, SlotKind},
};
use crate::folder;

const TITLE: &str = "tresse key ";
const VERSION: u32 = 1;
/// No honest file comes near these.
const MAX_BYTES: u64 = 64 * 1024;
const MAX_SLOTS: usize = 8;

/// What the file says: the slots in which the database's key lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyFile {
    pub(super) slots: Vec<Slot>,
}

impl KeyFile {
    /// Reads the file of the profile in `dir`.
    pub fn read(dir: &Path) -> Result<Self, KeyError> {
        let path = folder::key(dir);
        let file = match fs::File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(KeyError::Missing { path });
            }
            Err(error) => return Err(KeyError::io("read", &path)(error)),
        };
        let mut bytes = Zeroizing::new(Vec::new());
        file.take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(KeyError::io("read", &path))?;
        Self::decode(&bytes)
    }

    /// Reads the bytes of such a file.
    pub fn decode(bytes: &[u8]) -> Result<Self, KeyError> {
        if bytes.len() as u64 > MAX_BYTES {
            return Err(KeyError::Damaged("it is too large"));
        }
        let cut = KeyError::Damaged("it is cut or is another file");
        let Some(end) = bytes.iter().position(|byte| *byte == b'\n') else {
            return Err(cut);
        };
        let (first, body) = (&bytes[..end], &bytes[end + 1..]);
        let words = str::from_utf8(first)
            .ok()
            .and_then(|line| line.strip_prefix(TITLE)?.split_once(' '));
        let Some((version, sum)) = words else {
            return Err(cut);
        };
        match version.parse::<u32>() {
            Ok(VERSION) => {}
            Ok(newer) if newer > VERSION => return Err(KeyError::TooNew),
            _ => return Err(cut),
        }
        if sum != blake3::hash(body).to_hex().as_str() {
            return Err(KeyError::Damaged("its content is not what was written"));
        }
        let file: Self = serde_json::from_slice(body)
            .map_err(|_| KeyError::Damaged("its content makes no sense"))?;
        if file.slots.is_empty() || file.slots.len() > MAX_SLOTS {
            return Err(KeyError::Damaged("it holds no key, or too many"));
        }
        Ok(file)
    }

    /// The bytes of such a file.
    pub fn encode(&self) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let mut body = serde_json::to_vec(self)
            .map(Zeroizing::new)
            .map_err(|_| KeyError::Damaged("it cannot be written"))?;
        body.push(b'\n');
        let sum = blake3::hash(&body).to_hex();
        let mut bytes = Zeroizing::new(format!("{TITLE}{VERSION} {sum}\n").into_bytes());
        bytes.extend_from_slice(&body);
        Ok(bytes)
    }

    /// What the profile is protected by.
    pub fn kinds(&self) -> Vec<SlotKind> {
        let mut kinds: Vec<_> = self.slots.iter().map(Slot::kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    pub(super) fn keyring_items(&self) -> impl Iterator<Item = &str> {
        self.slots.iter().filter_map(|slot| match slot {
            Slot::Keyring { item, .. } => Some(item.as_str()),
            _ => None,
        })
    }

    pub(super) fn open(
        &self,
        passphrase: Option<&Secret>,
        keyring: &dyn Keyring,
    ) -> Result<DatabaseKey, KeyError> {
        if let Some(open) = self.slots.iter().find_map(Slot::open) {
            return open;
        }
        let asks = self.kinds().contains(&SlotKind::Passphrase);
        if let Some(passphrase) = passphrase
            && asks
        {
            return self.by_passphrase(passphrase);
        }
        let kept = self.slots.iter().find_map(|slot| slot.by_keyring(keyring));
        match kept {
            Some(Err(error)) if asks => {
                tracing::info!("the keyring did not help: {error}");
                Err(KeyError::NeedsPassphrase)
            }
            Some(kept) => kept,
            None => Err(KeyError::NeedsPassphrase),
        }
    }

    pub(super) fn by_passphrase(&self, passphrase: &Secret) -> Result<DatabaseKey, KeyError> {
        let mut tries = self
            .slots
            .iter()
            .filter_map(|slot| slot.by_passphrase(passphrase));
        tries
            .find(|tried| !matches!(tried, Err(KeyError::WrongPassphrase)))
            .unwrap_or(Err(KeyError::WrongPassphrase))
    }

    /// Puts the file into `dir`, whole and durable, in the place of the one that is there.
    pub(crate) fn write(&self, dir: &Path) -> Result<(), KeyError> {
        let (new, path) = (folder::new_key(dir), folder::key(dir));
        let bytes = self.encode()?;
        let written = folder::private_file(&new).and_then(|mut file| {
            file.write_all(&bytes)?;
            file.sync_all()
        });
        written.map_err(KeyError::io("written", &new))?;
        fs::rename(&new, &path).map_err(KeyError::io("renamed", &new))?;
        folder::sync_names(dir).map_err(KeyError::io("written", dir))
    }
}

/// Gives another name to a key file that lies in `dir` without a database: it may belong to one that
/// was only moved away.
pub(super) fn put_aside(dir: &Path) -> Result<(), KeyError> {
    let path = folder::key(dir);
    if !path.exists() {
        return Ok(());
    }
    let free = (1..10_000_u32)
        .map(|number| dir.join(format!("key.before-{number}")))
        .find(|name: &PathBuf| name.symlink_metadata().is_err());
    let Some(free) = free else {
        return Err(KeyError::Damaged("too many old ones lie beside it"));
    };
    fs::rename(&path, free).map_err(KeyError::io("renamed", &path))
}
