//! Fetching files from those who have them, one after the other.

use std::time::{Duration, Instant};

use iroh::endpoint::Connection;
use iroh_blobs::{
    api::remote::GetProgressItem,
    get::{GetError, StreamPair},
    protocol::{ChunkRanges, ChunkRangesExt as _, GetRequest},
};
use n0_future::StreamExt as _;
use tokio::time::timeout;
use tresse_model::{BlobId, DeviceId};

use super::{
    FileError, FileProgress, Files, Presence, error::is_full, hash, pace::Pace, room, sealed_size,
};
use crate::Net;

/// How long a device may take to be ready for a request.
const OPEN: Duration = Duration::from_secs(15);
/// How often somebody who asked to stop is heard.
const LOOK: Duration = Duration::from_millis(200);

impl Net {
    /// Fetches a file of so many bytes from the devices named, in turn, as far as they are linked and proven, and goes on from what is here
    /// already. Progress counts bytes of ciphertext, of which there are a few more than of the file.
    ///
    /// # Errors
    /// [`FileError::NobodyReachable`], [`FileError::NotGiven`], [`FileError::DiskFull`], [`FileError::Stopped`], [`FileError::Damaged`]
    /// where all of it came and is longer than said. What came stays and counts the next time.
    pub async fn fetch(
        &self,
        files: &Files,
        (blob, size): (&BlobId, u64),
        from: &[DeviceId],
        progress: &FileProgress,
    ) -> Result<(), FileError> {
        if files.presence(blob).await? == Presence::Whole {
            return Ok(());
        }
        files.hold(blob).await?;
        let mut reached = false;
        for device in from {
            let Some(connection) = self.connection(device).await else {
                continue;
            };
            reached = true;
            match files.fetch_from(connection, blob, size, progress).await {
                Ok(()) => return files.fetched(blob).await,
                Err(Trouble::Theirs(reason)) => {
                    tracing::debug!(device = %device.short(), "a file was not fetched: {reason}");
                }
                Err(Trouble::Ours(error)) => return Err(error),
            }
        }
        Err(if reached {
            FileError::NotGiven
        } else {
            FileError::NobodyReachable
        })
    }
}

/// Why one device did not give a file.
enum Trouble {
    /// Another may.
    Theirs(String),
    /// No other could.
    Ours(FileError),
}

impl From<FileError> for Trouble {
    fn from(error: FileError) -> Self {
        Self::Ours(error)
    }
}

impl Files {
    async fn fetched(&self, blob: &BlobId) -> Result<(), FileError> {
        if self.presence(blob).await? != Presence::Whole {
            // All that its record speaks of came, and it is not the end. What came stays: another record may speak of the same file truly.
            return Err(FileError::Damaged);
        }
        self.sync(blob).await?;
        self.forget_aside(blob);
        Ok(())
    }

    async fn fetch_from(
        &self,
        connection: Connection,
        blob: &BlobId,
        size: u64,
        progress: &FileProgress,
    ) -> Result<(), Trouble> {
        let number = connection.stable_id() as u64;
        // A device that has no files, or is of an older version, never lets the stream be opened.
        let opened = timeout(OPEN, connection.open_bi()).await;
        let (send, recv) = match opened {
            Ok(Ok(opened)) => opened,
            Ok(Err(error)) => return Err(Trouble::Theirs(error.to_string())),
            Err(_) => return Err(Trouble::Theirs("it gives no files".to_owned())),
        };
        let streams = StreamPair::new(number, recv, send);
        // No more than the record speaks of, whatever whoever wrote it, or gives it, pretends.
        let ranges = ChunkRanges::bytes(..sealed_size(size));
        let request = GetRequest::blob_ranges(hash(blob), ranges);
        let remote = self.store.remote();
        let local = remote.local_for_request(request).await;
        let local = local.map_err(|error| FileError::Store {
            reason: format!("{error:#}"),
        })?;
        if local.is_complete() {
            return Ok(());
        }
        let before = local.local_bytes();
        if sealed_size(size).saturating_sub(before) > room::left(self.folder()) {
            return Err(FileError::DiskFull.into());
        }
        let mut coming = Box::pin(remote.execute_get(streams, local.missing()).stream());
        let (begun, mut pace, mut come) = (Instant::now(), Pace::default(), 0);
        loop {
            match timeout(LOOK, coming.next()).await {
                Ok(Some(GetProgressItem::Progress(bytes))) => {
                    come = bytes;
                    progress.tell(before + bytes)?;
                }
                Ok(Some(GetProgressItem::Done(_))) => return Ok(()),
                Ok(Some(GetProgressItem::Error(error))) => return Err(trouble(&error)),
                Ok(None) => return Err(Trouble::Theirs("it broke off".to_owned())),
                Err(_) if progress.is_stopped() => return Err(FileError::Stopped.into()),
                Err(_) => {}
            }
            if !pace.goes_on(begun.elapsed(), come) {
                return Err(Trouble::Theirs("nothing came, or too little".to_owned()));
            }
        }
    }
}

fn trouble(error: &GetError) -> Trouble {
    if is_full(error) {
        return Trouble::Ours(FileError::DiskFull);
    }
    Trouble::Theirs(format!("{error:#}"))
}
