//! Files as they lie here, encrypted: for a copy of a whole profile, and out of one. Their keys lie in documents.

use std::io::{self, Read};

use iroh_blobs::api::blobs::{BlobReader, BlobStatus};
use tokio::{io::AsyncReadExt as _, runtime::Handle, sync::mpsc};
use tresse_model::BlobId;

use super::{Adding, FileError, FileProgress, Files, QUEUE, hash, room};

/// How much is read at once, in bytes.
const PART: usize = 256 * 1024;

/// Reads a file as it lies here. Only for threads that may wait.
pub struct SealedFile {
    runtime: Handle,
    reader: BlobReader,
    /// How long it is, in bytes.
    pub length: u64,
}

impl std::fmt::Debug for SealedFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("SealedFile");
        shown.field("length", &self.length).finish_non_exhaustive()
    }
}

impl Read for SealedFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.runtime.block_on(self.reader.read(buffer))
    }
}

impl Files {
    /// A file as it lies here, to be read on a thread that may wait; `runtime` is where the folder was opened.
    ///
    /// # Errors
    /// [`FileError::NotHere`] where not all of it is here; [`FileError::Store`] where the folder does not answer.
    pub async fn sealed(&self, blob: &BlobId, runtime: Handle) -> Result<SealedFile, FileError> {
        let status = self.store.blobs().status(hash(blob)).await;
        match status.map_err(|error| FileError::of_store(&error))? {
            BlobStatus::Complete { size } => Ok(SealedFile {
                runtime,
                reader: self.store.blobs().reader(hash(blob)),
                length: size,
            }),
            _ => Err(FileError::NotHere),
        }
    }

    /// Keeps a file as it lay elsewhere, if its bytes are what its name says. It is on the disk then.
    ///
    /// # Errors
    /// [`FileError::Damaged`] where they are not, or do not read; where the disk is full or would be nearly so: nothing is kept then.
    pub async fn keep_sealed(
        &self,
        blob: &BlobId,
        length: u64,
        mut from: impl Read + Send + 'static,
        progress: &FileProgress,
    ) -> Result<(), FileError> {
        if length > room::left(self.folder()) {
            return Err(FileError::DiskFull);
        }
        let _adding = Adding::begin(self);
        let (parts, queue) = mpsc::channel::<io::Result<Vec<u8>>>(QUEUE);
        let told = progress.clone();
        let reading = tokio::task::spawn_blocking(move || {
            let mut read = 0;
            loop {
                if told.tell(read).is_err() {
                    let stopped = io::Error::from(io::ErrorKind::Interrupted);
                    // Nobody waits for it any more where this does not arrive.
                    drop(parts.blocking_send(Err(stopped)));
                    return;
                }
                let mut part = Vec::with_capacity(PART);
                let (next, end) = match (&mut from).take(PART as u64).read_to_end(&mut part) {
                    Ok(0) => return,
                    Ok(some) => {
                        read += some as u64;
                        (Ok(part), false)
                    }
                    Err(error) => (Err(error), true),
                };
                if parts.blocking_send(next).is_err() || end {
                    return;
                }
            }
        });
        let kept = self.import(queue, Some(*blob)).await;
        reading.await.map_err(|error| FileError::of_store(&error))?;
        if progress.is_stopped() {
            return Err(FileError::Stopped);
        }
        kept?;
        self.sync(blob).await
    }
}
