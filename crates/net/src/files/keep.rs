//! What of the folder is kept, what it takes of the disk, and what may go.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::Duration,
};

use iroh_blobs::HashAndFormat;
use n0_future::StreamExt as _;
use tresse_model::BlobId;

use super::{FileError, Files, Presence, hash};

/// Before a blob's name: it is kept.
pub(super) const KEPT: &str = "file/";
/// Before a blob's name and a moment: since when no document speaks of it.
pub(super) const LOOSE: &str = "loose/";

impl Files {
    /// Keeps a blob, whole or not, until no document speaks of it.
    pub(super) async fn hold(&self, blob: &BlobId) -> Result<(), FileError> {
        let tag = format!("{KEPT}{blob}");
        let held = HashAndFormat::raw(hash(blob));
        let set = self.store.tags().set(tag, held).await;
        set.map_err(|error| FileError::of_store(&error))
    }

    /// Every blob of the folder, and whether all of it is here.
    ///
    /// # Errors
    /// [`FileError::Store`] where the folder does not answer.
    pub async fn held(&self) -> Result<BTreeMap<BlobId, Presence>, FileError> {
        let mut held = BTreeMap::new();
        for blob in self.tagged(KEPT).await? {
            let Ok(blob) = blob.parse::<BlobId>() else {
                continue;
            };
            let presence = self.presence(&blob).await?;
            if presence != Presence::Absent {
                held.insert(blob, presence);
            }
        }
        Ok(held)
    }

    /// Lets go of blobs that are not among those `wanted`, and have not been for as long as `grace`; answers how many. They are off the disk
    /// some minutes later. `now` is in milliseconds since 1970, UTC; a clock that jumps back only makes it wait longer.
    ///
    /// # Errors
    /// [`FileError::Store`] where the folder does not answer: nothing is let go of by mistake then.
    pub async fn collect(
        &self,
        wanted: &BTreeSet<BlobId>,
        now: i64,
        grace: Duration,
    ) -> Result<usize, FileError> {
        let loose = self.tagged(LOOSE).await?;
        let since: BTreeMap<&str, i64> = loose
            .iter()
            .filter_map(|tag| {
                let (blob, since) = tag.split_once('/')?;
                Some((blob, since.parse().ok()?))
            })
            .collect();
        let grace = i64::try_from(grace.as_millis()).unwrap_or(i64::MAX);
        let mut gone = 0;
        for name in self.tagged(KEPT).await? {
            let is_wanted = name.parse().is_ok_and(|blob| wanted.contains(&blob));
            match since.get(name.as_str()) {
                Some(since) if is_wanted => {
                    self.untag(&format!("{LOOSE}{name}/{since}")).await?;
                }
                Some(since) if now.saturating_sub(*since) >= grace => {
                    self.untag(&format!("{KEPT}{name}")).await?;
                    self.untag(&format!("{LOOSE}{name}/{since}")).await?;
                    gone += 1;
                }
                None if !is_wanted => {
                    if let Ok(blob) = name.parse() {
                        let tag = format!("{LOOSE}{name}/{now}");
                        let held = HashAndFormat::raw(hash(&blob));
                        let set = self.store.tags().set(tag, held).await;
                        set.map_err(|error| FileError::of_store(&error))?;
                    }
                }
                _ => {}
            }
        }
        for blob in self.aside().difference(wanted) {
            self.forget_aside(blob);
        }
        Ok(gone)
    }

    /// Reads every file that is whole and answers those whose bytes are not what their name says, or do not read.
    ///
    /// # Errors
    /// [`FileError::Store`] where the folder does not answer.
    pub async fn damaged(&self) -> Result<Vec<BlobId>, FileError> {
        let mut damaged = Vec::new();
        for (blob, presence) in self.held().await? {
            if presence == Presence::Whole && !self.is_sound(&blob).await {
                damaged.push(blob);
            }
        }
        Ok(damaged)
    }

    /// How much of the disk the folder takes, in bytes.
    pub fn disk_use(&self) -> u64 {
        let folders = [
            self.options.path.data_path.as_path(),
            self.options.path.temp_path.as_path(),
        ];
        let root = self.options.path.data_path.parent();
        let aside = self.aside_folder();
        let folders = folders.into_iter().chain(root).chain([aside.as_path()]);
        folders.map(size_of).sum()
    }

    /// What follows in the tags that begin so.
    async fn tagged(&self, before: &str) -> Result<BTreeSet<String>, FileError> {
        let tags = self.store.tags().list_prefix(before).await;
        let mut tags = Box::pin(tags.map_err(|error| FileError::of_store(&error))?);
        let mut names = BTreeSet::new();
        while let Some(tag) = tags.next().await {
            let tag = tag.map_err(|error| FileError::of_store(&error))?;
            let name = String::from_utf8_lossy(tag.name.as_ref()).into_owned();
            if let Some(name) = name.strip_prefix(before) {
                names.insert(name.to_owned());
            }
        }
        Ok(names)
    }

    pub(super) async fn untag(&self, tag: &str) -> Result<(), FileError> {
        let deleted = self.store.tags().delete(tag).await;
        deleted
            .map(drop)
            .map_err(|error| FileError::of_store(&error))
    }
}

/// What the files of a folder take, not those of folders in it.
fn size_of(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    let files = entries.filter_map(|entry| entry.ok()?.metadata().ok());
    files
        .filter(std::fs::Metadata::is_file)
        .map(|about| on_disk(&about))
        .sum()
}

/// What a file takes: a part of a large one takes no room for what has not come.
fn on_disk(about: &std::fs::Metadata) -> u64 {
    #[cfg(unix)]
    {
        std::os::unix::fs::MetadataExt::blocks(about) * 512
    }
    #[cfg(not(unix))]
    {
        about.len()
    }
}
