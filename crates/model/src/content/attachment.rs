//! Files attached to a page or a meeting.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{BlobId, ItemId, MemberId};

/// The largest file that can be attached, in bytes: 2 GiB.
pub const FILE_MAX: u64 = 2 * 1024 * 1024 * 1024;
/// So many files can be attached to one page or meeting; more are not read: everybody's machine lists them.
pub const MOST_FILES: usize = 500;
/// The longest name of a file, in characters.
pub const FILE_NAME_MAX: usize = 200;
/// The longest record of an attachment, in bytes.
pub(crate) const RECORD_MAX: usize = 4_096;
/// The longest media type, in bytes.
const MEDIA_MAX: usize = 100;

/// What opens one file's ciphertext: thirty-two random bytes that only the documents of a network hold. It shows in no view, log or
/// export.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FileKey([u8; 32]);

impl FileKey {
    /// The key of exactly these bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key's bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileKey(…)")
    }
}

/// A file attached to a page or a meeting. What is said of it is said once and never altered; another file is another attachment. Two
/// people who attach at once both keep theirs, and a removal is a mark: it wins over nothing that is written, and can be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// Names it.
    pub id: ItemId,
    /// The file's name as who attached it had it. Not to be trusted as a path.
    pub name: String,
    /// How many bytes the file has.
    pub size: u64,
    /// Its media type, as who attached it took it to be (`image/png`); empty where unknown.
    pub media: String,
    /// What its ciphertext is called.
    pub blob: BlobId,
    /// What opens it.
    #[serde(skip)]
    pub key: FileKey,
    /// When it was attached, as the clock of who did claims: milliseconds since 1970, UTC.
    pub at: i64,
    /// Who attached it, where their machine is known: whoever wrote the record, not what it says.
    pub by: Option<MemberId>,
}

/// What is written of a file that is attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRecord {
    /// The file's name.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
    /// Its media type, or empty.
    pub media: String,
    /// What its ciphertext is called.
    pub blob: BlobId,
    /// What opens it.
    pub key: FileKey,
    /// When it is attached: milliseconds since 1970, UTC.
    pub at: i64,
}

/// The record as it lies in the document.
#[derive(Serialize, Deserialize)]
struct Written {
    v: u32,
    name: String,
    size: u64,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    media: String,
    blob: BlobId,
    key: String,
    at: i64,
}

impl FileRecord {
    /// Its text in the document; `None` where it is not one that could be read back.
    pub(crate) fn text(&self) -> Option<String> {
        let written = Written {
            v: 1,
            name: self.name.clone(),
            size: self.size,
            media: self.media.clone(),
            blob: self.blob,
            key: data_encoding::HEXLOWER.encode(self.key.as_bytes()),
            at: self.at,
        };
        let text = serde_json::to_string(&written).ok()?;
        Self::read(&text).is_some().then_some(text)
    }

    /// The record that a text is. Whoever wrote it, it is refused whole where anything of it does not fit.
    pub(crate) fn read(text: &str) -> Option<Self> {
        if text.len() > RECORD_MAX {
            return None;
        }
        let written: Written = serde_json::from_str(text).ok()?;
        let key = data_encoding::HEXLOWER
            .decode(written.key.as_bytes())
            .ok()?;
        let named = !written.name.trim().is_empty()
            && written.name.chars().count() <= FILE_NAME_MAX
            && written.media.len() <= MEDIA_MAX;
        (named && written.v == 1 && written.size <= FILE_MAX).then_some(Self {
            name: written.name,
            size: written.size,
            media: written.media,
            blob: written.blob,
            key: FileKey(key.try_into().ok()?),
            at: written.at,
        })
    }
}
