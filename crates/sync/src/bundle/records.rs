//! The file's form: a header, and encrypted records of which none can be missed.

use aes_gcm::{
    Aes256Gcm, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use tresse_trust::NetworkSecret;

use super::{BundleError, MAX_MESSAGE};

/// How the file begins, for this version.
pub(super) const MAGIC: &[u8; 16] = b"tresse bundle 1\n";
/// How it begins, for any version.
const ANY_VERSION: usize = b"tresse bundle ".len();
const SALT: usize = 24;
const MARK: usize = 32;
const HEADER: usize = MAGIC.len() + SALT + MARK;
/// What encryption adds to a record.
const TAG: usize = 16;

/// The key of one file.
pub(super) struct Key(Aes256Gcm);

impl Key {
    pub(super) fn of(secret: &NetworkSecret, salt: &[u8; SALT]) -> Self {
        let key = derived("tresse 2026 bundle key", secret, salt);
        Self(Aes256Gcm::new(&key.into()))
    }
}

fn derived(context: &str, secret: &NetworkSecret, salt: &[u8; SALT]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key(context);
    hasher.update(secret.as_bytes());
    hasher.update(salt);
    *hasher.finalize().as_bytes()
}

fn nonce(number: u64, last: bool) -> Nonce<aes_gcm::aead::consts::U12> {
    let mut nonce = [0; 12];
    nonce[..8].copy_from_slice(&number.to_le_bytes());
    nonce[8] = u8::from(last);
    nonce.into()
}

/// A file being written.
pub(super) struct Records {
    bytes: Vec<u8>,
    key: Key,
    count: u64,
}

impl Records {
    pub(super) fn begin(secret: &NetworkSecret, salt: [u8; SALT]) -> Self {
        let mark = derived("tresse 2026 bundle mark", secret, &salt);
        Self {
            bytes: [&MAGIC[..], &salt, &mark].concat(),
            key: Key::of(secret, &salt),
            count: 0,
        }
    }

    pub(super) fn add(&mut self, record: &[u8]) {
        self.put(record, false);
    }

    pub(super) const fn size(&self) -> usize {
        self.bytes.len()
    }

    /// The whole file.
    pub(super) fn end(mut self) -> Vec<u8> {
        self.put(&[], true);
        self.bytes
    }

    fn put(&mut self, record: &[u8], last: bool) {
        let payload = Payload {
            msg: record,
            aad: &self.bytes[..HEADER],
        };
        // It fails for more than 64 GiB only; a message has 64 MiB at most.
        let sealed = self.key.0.encrypt(&nonce(self.count, last), payload);
        let sealed = sealed.unwrap_or_default();
        self.bytes
            .extend_from_slice(&(sealed.len() as u32).to_le_bytes());
        self.bytes.extend_from_slice(&sealed);
        self.count += 1;
    }
}

/// A file whose header reads.
pub(super) struct Opened<'a> {
    header: &'a [u8],
    pub(super) salt: [u8; SALT],
    mark: &'a [u8],
    rest: &'a [u8],
}

pub(super) fn open(bytes: &[u8]) -> Result<Opened<'_>, BundleError> {
    let any = bytes.get(..ANY_VERSION);
    if any != Some(&MAGIC[..ANY_VERSION]) {
        return Err(BundleError::NotABundle);
    }
    let (header, rest) = bytes.split_at_checked(HEADER).ok_or(BundleError::Damaged)?;
    if !header.starts_with(MAGIC) {
        return Err(BundleError::NewerVersion);
    }
    let (salt, mark) = header[MAGIC.len()..].split_at(SALT);
    let salt = salt.try_into().map_err(|_| BundleError::Damaged)?;
    Ok(Opened {
        header,
        salt,
        mark,
        rest,
    })
}

impl Opened<'_> {
    /// Whether it is of the network with this secret.
    pub(super) fn is_of(&self, secret: &NetworkSecret) -> bool {
        derived("tresse 2026 bundle mark", secret, &self.salt) == self.mark
    }

    /// All records, if all are there and sound.
    pub(super) fn records(&self, key: &Key) -> Result<Vec<Vec<u8>>, BundleError> {
        let mut records = Vec::new();
        let mut rest = self.rest;
        loop {
            let (length, after) = rest.split_first_chunk::<4>().ok_or(BundleError::Damaged)?;
            let length = u32::from_le_bytes(*length) as usize;
            let record = after.split_at_checked(length);
            let (record, after) = record
                .filter(|_| length <= MAX_MESSAGE + TAG)
                .ok_or(BundleError::Damaged)?;
            let last = after.is_empty();
            let payload = Payload {
                msg: record,
                aad: self.header,
            };
            let plain = key.0.decrypt(&nonce(records.len() as u64, last), payload);
            let plain = plain.map_err(|_| BundleError::Damaged)?;
            if last {
                return if plain.is_empty() {
                    Ok(records)
                } else {
                    Err(BundleError::Damaged)
                };
            }
            records.push(plain);
            rest = after;
        }
    }
}
