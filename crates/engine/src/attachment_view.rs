//! What is shown of attached files beside what documents say of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use tresse_model::{Attachment, BlobId, DocId, ItemId, NetworkId};

/// How many bytes a mebibyte has.
pub const MEBIBYTE: u64 = 1024 * 1024;

/// Which files of a network this machine fetches by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepFiles {
    /// It does; else only those asked for.
    pub always: bool,
    /// No larger ones than so many mebibytes.
    pub most: u32,
    /// And no more than so many mebibytes in all, whatever members attach.
    #[serde(default = "in_all")]
    pub total: u32,
}

/// What a network's files may take where nothing is said, in mebibytes.
const fn in_all() -> u32 {
    4000
}

impl Default for KeepFiles {
    /// What a page is read with is there when one is offline; a film is not fetched unasked.
    fn default() -> Self {
        Self {
            always: true,
            most: 25,
            total: in_all(),
        }
    }
}

impl KeepFiles {
    /// Whether a file of so many bytes is fetched by itself.
    pub fn takes(&self, size: u64) -> bool {
        self.always && size <= u64::from(self.most) * MEBIBYTE
    }

    /// Whether there is room for a file of so many bytes beside those of so many that are here.
    pub fn has_room(&self, here: u64, size: u64) -> bool {
        here.saturating_add(size) <= u64::from(self.total) * MEBIBYTE
    }
}

/// One attachment in the list of a network's files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileRow {
    /// The attachment.
    pub id: ItemId,
    /// The page or meeting.
    pub doc: DocId,
    /// Its title.
    pub title: String,
    /// The file's name.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
    /// What its ciphertext is called.
    pub blob: BlobId,
}

/// What the list keeps of an attachment in the store, so that its document need not be loaded to give or fetch it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileFact {
    /// The attachment.
    pub(crate) id: ItemId,
    /// The file's name.
    pub(crate) name: String,
    /// How many bytes it has.
    pub(crate) size: u64,
    /// What its ciphertext is called.
    pub(crate) blob: BlobId,
    /// It was removed, and may be brought back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) off: bool,
}

/// The files of this machine, over all networks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct FilesView {
    /// It was looked up which are here.
    pub known: bool,
    /// How much of the disk they take, in bytes.
    pub disk_use: u64,
    /// Those that are here, whole.
    pub here: BTreeSet<BlobId>,
    /// Those of which a part is here.
    pub part: BTreeSet<BlobId>,
    /// Those that went bad here, and are to come anew.
    pub damaged: BTreeSet<BlobId>,
    /// What is under way, the oldest first.
    pub jobs: Vec<FileJobView>,
    /// How many devices that may have files are linked, by network.
    pub reachable: BTreeMap<NetworkId, usize>,
}

/// What is under way with one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileJobView {
    /// `add`, `fetch` or `save`.
    pub what: &'static str,
    /// Which network.
    pub network: NetworkId,
    /// The page or meeting.
    pub document: DocId,
    /// The attachment; of a file that is being attached it will be that.
    pub attachment: ItemId,
    /// The file's name.
    pub name: String,
    /// How many bytes are done.
    pub done: u64,
    /// How many there are.
    pub size: u64,
}

impl FileJobView {
    /// How far it is, in percent.
    pub fn percent(&self) -> u64 {
        if self.size == 0 {
            return 100;
        }
        (self.done.min(self.size) * 100) / self.size
    }
}

/// Where a file is, as seen from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilePlace {
    /// Here, whole.
    Here,
    /// On its way here, so many percent.
    Coming(u64),
    /// With members of whom somebody can be reached; a part of it may be here.
    Elsewhere {
        /// A part is here.
        part: bool,
    },
    /// With members, of whom nobody can be reached now.
    OutOfReach {
        /// A part is here.
        part: bool,
    },
    /// It was here and went bad; it comes anew once somebody can be reached who has it.
    Damaged {
        /// Somebody can be.
        reachable: bool,
    },
}

impl FilesView {
    /// Where a file of a network is.
    pub fn place(&self, network: &NetworkId, file: &Attachment) -> FilePlace {
        if self.here.contains(&file.blob) {
            return FilePlace::Here;
        }
        let mut jobs = self.jobs.iter();
        if let Some(job) = jobs.find(|job| job.attachment == file.id && job.what != "add") {
            return FilePlace::Coming(job.percent());
        }
        let part = self.part.contains(&file.blob);
        let reachable = self.reachable.get(network).is_some_and(|count| *count > 0);
        if self.damaged.contains(&file.blob) {
            return FilePlace::Damaged { reachable };
        }
        if reachable {
            FilePlace::Elsewhere { part }
        } else {
            FilePlace::OutOfReach { part }
        }
    }

    /// What is under way with an attachment.
    pub fn job(&self, attachment: &ItemId) -> Option<&FileJobView> {
        self.jobs.iter().find(|job| job.attachment == *attachment)
    }
}
