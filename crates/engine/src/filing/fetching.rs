//! One file, got and written to a place: what a task does off the core thread.

use std::{path::PathBuf, sync::Arc};

use serde_json::{Value, json};
use tresse_model::{BlobId, DeviceId, FileKey};
use tresse_net::{FileError, FileProgress, Files, Net, Presence};

use super::{Folder, refusal};
use crate::CommandError;

/// Where a file is to be written.
pub(super) struct Target {
    pub(super) path: PathBuf,
    pub(super) over: bool,
    pub(super) key: FileKey,
}

/// What a task needs to get one file.
pub(super) struct Fetching {
    pub(super) folder: Arc<Folder>,
    pub(super) net: Option<Net>,
    pub(super) from: Vec<DeviceId>,
    pub(super) blob: BlobId,
    pub(super) size: u64,
    pub(super) target: Option<Target>,
}

impl Fetching {
    pub(super) async fn run(self, progress: &FileProgress) -> Result<Value, CommandError> {
        if let Some(target) = &self.target
            && !target.over
            && target.path.symlink_metadata().is_ok()
        {
            let message = format!(
                "{} is there already: choose another place",
                target.path.display()
            );
            return Err(CommandError::new("file-exists", message));
        }
        let got = self.get(progress).await;
        got.map_err(|error| refusal(&error))?;
        Ok(json!({ "size": self.size }))
    }

    async fn get(&self, progress: &FileProgress) -> Result<(), FileError> {
        let files = self.folder.open().await?;
        self.have(files, progress).await?;
        let Some(target) = &self.target else {
            return Ok(());
        };
        match self.write(files, target, progress).await {
            // What lay here went bad: it comes anew, if somebody is there who has it.
            Err(error) if error.may_be_damage() && files.put_aside(&self.blob).await? => {
                self.have(files, progress).await?;
                self.write(files, target, progress).await
            }
            written => written,
        }
    }

    /// Has all of the file here.
    async fn have(&self, files: &Files, progress: &FileProgress) -> Result<(), FileError> {
        if files.presence(&self.blob).await? == Presence::Whole {
            return Ok(());
        }
        let file = (&self.blob, self.size);
        let got = match &self.net {
            Some(net) => net.fetch(files, file, &self.from, progress).await,
            None => Err(FileError::NobodyReachable),
        };
        got.map_err(|error| match error {
            FileError::NobodyReachable | FileError::NotGiven if files.is_aside(&self.blob) => {
                FileError::DamagedHere
            }
            other => other,
        })
    }

    async fn write(
        &self,
        files: &Files,
        Target { path, over, key }: &Target,
        progress: &FileProgress,
    ) -> Result<(), FileError> {
        let (key, to) = ((key, self.size), (path.as_path(), *over));
        files.save(&self.blob, key, to, progress).await
    }
}
