//! What a person can ask for about files attached to pages and meetings.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tresse_model::{DocId, ItemId, NetworkId};

/// One request about attached files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "command")]
pub enum AttachmentCommand {
    /// Attaches a file of this machine to a page or a meeting: a copy is encrypted and kept. Answers `{"attachment":…,"size":…}`.
    #[serde(rename = "attachment.add")]
    Add {
        /// Which network.
        network: NetworkId,
        /// The page or the meeting.
        document: DocId,
        /// Where the file lies.
        path: PathBuf,
    },
    /// Removes an attachment, or brings it back.
    #[serde(rename = "attachment.remove")]
    Remove {
        /// Which network.
        network: NetworkId,
        /// Which attachment.
        attachment: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Fetches a file from members who are there, and goes on from what came before. Answers once all of it is here.
    #[serde(rename = "attachment.fetch")]
    Fetch {
        /// Which network.
        network: NetworkId,
        /// Which attachment.
        attachment: ItemId,
    },
    /// Stops what is under way with a file. What came of it stays.
    #[serde(rename = "attachment.stop")]
    Stop {
        /// Which network.
        network: NetworkId,
        /// Which attachment.
        attachment: ItemId,
    },
    /// Writes an attached file, as it was, to a place of this machine; fetches it first where it is not here. Answers `{"size":…}`.
    #[serde(rename = "attachment.save")]
    Save {
        /// Which network.
        network: NetworkId,
        /// Which attachment.
        attachment: ItemId,
        /// Where to.
        path: PathBuf,
        /// In place of what may be there.
        #[serde(default)]
        over: bool,
    },
    /// Sets, for this machine alone, which files of a network are fetched by themselves.
    #[serde(rename = "attachment.keep")]
    Keep {
        /// Which network.
        network: NetworkId,
        /// Fetch files by themselves; else only those asked for.
        always: bool,
        /// No larger ones than so many mebibytes; left out: as it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<u32>,
        /// And no more than so many mebibytes in all; left out: as it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total: Option<u32>,
    },
}

impl From<AttachmentCommand> for super::Command {
    fn from(command: AttachmentCommand) -> Self {
        Self::Attachment(command)
    }
}
