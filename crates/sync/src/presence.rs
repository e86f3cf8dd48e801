//! Who is here, and where: words that are said and not kept.
//!
//! A device says to the others of a network that it is here, which document its person looks at, and where they write in
//! its text. The words pass from one to the next (how is told by the crate that carries them), so whoever passes them on is not believed: each
//! is signed by the device that it speaks of, and sealed for those who know the network's secret.
//!
//! ```text
//!   Voice  what this device says, and when ──▶ seal ──▶ (carried by anybody) ──▶ Company  who is here
//! ```
//!
//! What it promises: nothing of it is stored, counts for anything or changes a document. A word of a device that is no
//! member's (any more), with a wrong signature, of another network, older than one that was heard, or too long, is refused. Whoever
//! says nothing for [`SILENCE`] is gone. It has no clock: moments are given, in milliseconds from any beginning, never going back.

mod company;
mod voice;

use aes_gcm::{
    Aes256Gcm, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use serde::{Deserialize, Serialize};
use tresse_model::{Caret, DeviceId, DocId, NetworkId};
use tresse_trust::{DeviceKey, NetworkSecret, Signature, verify};

pub use self::{
    company::{Company, Heard, Here},
    voice::Voice,
};

/// The longest word, in bytes.
pub const MAX_PRESENCE: usize = 384;
/// Who says nothing for so many milliseconds is gone.
pub const SILENCE: u64 = 50_000;
/// How often a device says that it is still here, in milliseconds.
pub const HEARTBEAT: u64 = 20_000;
/// The shortest time between two words of a device, in milliseconds.
pub const PACE: u64 = 250;
/// How many random bytes a word takes.
pub const SALT: usize = 24;

const CONTEXT: &str = "tresse presence 1";
const TAG: usize = 16;

/// What a device says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Said {
    /// Its person has Tresse open, and perhaps looks at a document.
    Here(Option<Spot>),
    /// It goes.
    Leaving,
}

/// Which document somebody looks at, and where they write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spot {
    /// The document.
    pub doc: DocId,
    /// Where in its text, if they write there.
    pub selection: Option<Selection>,
}

/// A stretch of a text, or a single place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Selection {
    /// Where the caret is.
    pub head: Caret,
    /// The other end of what is selected; the same place where nothing is.
    pub tail: Caret,
}

/// Which word of a device this is: a later one counts, an earlier one does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Order {
    /// Grows with each start of the program.
    pub run: u64,
    /// Grows with each word.
    pub count: u64,
}

/// Why a word is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PresenceRefusal {
    /// Longer than any.
    #[error("too long")]
    TooLong,
    /// Sealed with another secret, for another network, or altered.
    #[error("sealed for another network, or altered")]
    Foreign,
    /// Not of this form.
    #[error("malformed")]
    Malformed,
    /// The device never was a member's, as far as is known here.
    #[error("of a device that is no member's")]
    Unknown,
    /// The device was a member's and is no more.
    #[error("of a device that was put out")]
    Ended,
    /// Of this very device.
    #[error("one's own word")]
    Own,
    /// Not signed by the device it speaks of.
    #[error("wrong signature")]
    BadSignature,
    /// Older than what was heard of the device, or the same.
    #[error("heard before")]
    Old,
}

/// The word as it is signed: postcard. The document is its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Word {
    device: [u8; 32],
    order: Order,
    said: RawSaid,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum RawSaid {
    Here(Option<RawSpot>),
    Leaving,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct RawSpot {
    doc: [u8; DocId::LEN],
    selection: Option<Selection>,
}

impl From<Said> for RawSaid {
    fn from(said: Said) -> Self {
        match said {
            Said::Leaving => Self::Leaving,
            Said::Here(spot) => Self::Here(spot.map(|spot| RawSpot {
                doc: spot.doc.to_bytes(),
                selection: spot.selection,
            })),
        }
    }
}

impl From<RawSaid> for Said {
    fn from(said: RawSaid) -> Self {
        match said {
            RawSaid::Leaving => Self::Leaving,
            RawSaid::Here(spot) => Self::Here(spot.map(|spot| Spot {
                doc: DocId::from_bytes(spot.doc),
                selection: spot.selection,
            })),
        }
    }
}

/// The name under which a network's words are passed on: it looks random to whoever lacks the secret.
pub fn presence_topic(secret: &NetworkSecret, network: &NetworkId) -> [u8; 32] {
    derived("tresse 2026 presence topic", secret, network.as_bytes())
}

/// Signs and seals a word, at most [`MAX_PRESENCE`] bytes. The salt is random.
pub fn seal_presence(
    secret: &NetworkSecret,
    network: &NetworkId,
    key: &DeviceKey,
    order: Order,
    said: Said,
    salt: [u8; SALT],
) -> Vec<u8> {
    let plain = plain_of(network, key, order, said);
    let payload = Payload {
        msg: &plain,
        aad: network.as_bytes(),
    };
    // It fails for more than 64 GiB only.
    let sealed = cipher(secret, &salt).encrypt(&Nonce::default(), payload);
    [&salt[..], &sealed.unwrap_or_default()].concat()
}

/// A word and its signature.
pub(crate) fn plain_of(network: &NetworkId, key: &DeviceKey, order: Order, said: Said) -> Vec<u8> {
    let word = Word {
        device: *key.id().as_bytes(),
        order,
        said: said.into(),
    };
    let signature = key.sign(CONTEXT, &signed(network, &word));
    written(&(word, signature))
}

/// A word that was unsealed. Whose it claims to be is not proved yet.
#[derive(Debug)]
struct Claimed {
    device: DeviceId,
    word: Word,
    signature: Signature,
}

impl Claimed {
    fn open(
        secret: &NetworkSecret,
        network: &NetworkId,
        bytes: &[u8],
    ) -> Result<Self, PresenceRefusal> {
        if bytes.len() > MAX_PRESENCE {
            return Err(PresenceRefusal::TooLong);
        }
        let (salt, sealed) = bytes
            .split_first_chunk::<SALT>()
            .filter(|(_, sealed)| sealed.len() > TAG)
            .ok_or(PresenceRefusal::Malformed)?;
        let payload = Payload {
            msg: sealed,
            aad: network.as_bytes(),
        };
        let plain = cipher(secret, salt).decrypt(&Nonce::default(), payload);
        let plain = plain.map_err(|_| PresenceRefusal::Foreign)?;
        let (word, signature) = read(&plain).ok_or(PresenceRefusal::Malformed)?;
        Ok(Self {
            device: DeviceId::from_bytes(word.device),
            word,
            signature,
        })
    }

    fn is_signed(&self, network: &NetworkId) -> bool {
        let message = signed(network, &self.word);
        verify(&self.word.device, CONTEXT, &message, &self.signature)
    }
}

/// Reads a word, which has one form only.
fn read(plain: &[u8]) -> Option<(Word, Signature)> {
    let (word, rest) = postcard::take_from_bytes::<(Word, Signature)>(plain).ok()?;
    (rest.is_empty() && written(&word) == plain).then_some(word)
}

fn signed(network: &NetworkId, word: &Word) -> Vec<u8> {
    [&network.as_bytes()[..], &written(word)].concat()
}

/// Writing what has no reader of its own never fails.
fn written<T: Serialize>(what: &T) -> Vec<u8> {
    postcard::to_stdvec(what).unwrap_or_default()
}

/// Each word has a key of its own, so that the nonce can stay the same.
fn cipher(secret: &NetworkSecret, salt: &[u8; SALT]) -> Aes256Gcm {
    let key = derived("tresse 2026 presence key", secret, salt);
    Aes256Gcm::new(&key.into())
}

fn derived(context: &str, secret: &NetworkSecret, of: &[u8]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key(context);
    hasher.update(secret.as_bytes());
    hasher.update(of);
    *hasher.finalize().as_bytes()
}

/// A word of any content, sealed and signed as a member with a modified program could: for the fuzz target.
#[cfg(fuzzing)]
pub(crate) fn of_plain(
    secret: &NetworkSecret,
    network: &NetworkId,
    salt: [u8; SALT],
    plain: &[u8],
) -> Vec<u8> {
    let payload = Payload {
        msg: plain,
        aad: network.as_bytes(),
    };
    let sealed = cipher(secret, &salt).encrypt(&Nonce::default(), payload);
    [&salt[..], &sealed.unwrap_or_default()].concat()
}

#[cfg(test)]
mod tests;
