//! Files whose bytes here went bad: out of use, and kept beside, so that they come anew from whoever has them.
//!
//! ```text
//!   all of it is here, and is not what its name says
//!      ├──► aside/BLOB: what is left of it, until it came anew or no document speaks of it any more
//!      └──► no longer in the store: it is fetched like any file that is not here
//! ```

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use iroh_blobs::{
    api::blobs::EncodedItem,
    protocol::ChunkRanges,
    store::{GcConfig, ProtectOutcome},
};
use n0_future::StreamExt as _;
use tokio::{
    io::AsyncReadExt as _,
    sync::Notify,
    time::{sleep, timeout},
};
use tresse_model::BlobId;

use super::{
    FileError, Files, Presence, hash,
    keep::{KEPT, LOOSE},
};

/// How often the store deletes what nothing protects any more, unasked.
const SWEEP: Duration = Duration::from_mins(5);
/// How long the store may take to delete a file.
const GONE: Duration = Duration::from_mins(1);
/// How often it is looked whether it did.
const LOOK: Duration = Duration::from_millis(20);
/// How much of a file is read at once, in bytes.
const PART: usize = 64 * 1024;

/// Has the store delete what nothing protects: now and then, and whenever that is asked.
pub(super) fn sweeping(asked: &Arc<Notify>) -> GcConfig {
    let asked = Arc::clone(asked);
    GcConfig {
        // How long it waits is said below, where it can be asked to wait no longer.
        interval: Duration::from_millis(1),
        // What is kept is protected by a tag of its own, and what is under way by a fleeting one.
        add_protected: Some(Arc::new(move |_| {
            let asked = Arc::clone(&asked);
            Box::pin(async move {
                if timeout(SWEEP, asked.notified()).await.is_ok() {
                    tracing::trace!("what nothing protects is deleted, as asked");
                }
                ProtectOutcome::Continue
            })
        })),
    }
}

impl Files {
    /// Takes a file out of use whose bytes here are not what its name says, or do not read; what is left of them is kept beside. Answers whether it
    /// was one: what is sound, or not here whole, stays as it is.
    ///
    /// # Errors
    /// Where its bytes can be read and not be kept, or the store does not let go of it: it is where it was then.
    pub async fn put_aside(&self, blob: &BlobId) -> Result<bool, FileError> {
        if self.presence(blob).await? != Presence::Whole || self.is_sound(blob).await {
            return Ok(false);
        }
        self.keep_beside(blob).await?;
        self.untag(&format!("{KEPT}{blob}")).await?;
        let loose = self.store.tags().delete_prefix(format!("{LOOSE}{blob}/"));
        loose.await.map_err(|error| FileError::of_store(&error))?;
        let gone = timeout(GONE, self.is_swept_out(blob)).await;
        let gone = gone.unwrap_or_else(|_| {
            Err(FileError::Store {
                reason: "a damaged file could not be taken out of use".to_owned(),
            })
        });
        if let Err(error) = gone {
            self.hold(blob).await?;
            return Err(error);
        }
        tracing::warn!(%blob, "an attached file went bad here: it is taken out of use, to come anew");
        Ok(true)
    }

    /// The files that were put aside and did not come anew yet.
    pub fn aside(&self) -> BTreeSet<BlobId> {
        let Ok(entries) = fs::read_dir(self.aside_folder()) else {
            return BTreeSet::new();
        };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        names.filter_map(|name| name.parse().ok()).collect()
    }

    /// Whether a file was put aside and did not come anew yet.
    pub fn is_aside(&self, blob: &BlobId) -> bool {
        self.beside(blob).exists()
    }

    /// A file came anew, or nobody asks for it any more.
    pub(super) fn forget_aside(&self, blob: &BlobId) {
        match fs::remove_file(self.beside(blob)) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                tracing::warn!(%blob, %error, "what was left of a damaged file stays");
            }
        }
    }

    /// Whether the bytes of a file that is here whole read, and are what its name says.
    pub(super) async fn is_sound(&self, blob: &BlobId) -> bool {
        let all = self
            .store
            .blobs()
            .export_bao(hash(blob), ChunkRanges::all());
        let mut parts = Box::pin(all.stream());
        while let Some(part) = parts.next().await {
            if let EncodedItem::Error(error) = part {
                tracing::warn!(%blob, %error, "an attached file is damaged");
                return false;
            }
        }
        // What ends too early says so by an error.
        true
    }

    pub(super) fn aside_folder(&self) -> PathBuf {
        let data = &self.options.path.data_path;
        data.parent().unwrap_or(data).join("aside")
    }

    fn beside(&self, blob: &BlobId) -> PathBuf {
        self.aside_folder().join(blob.to_string())
    }

    /// Keeps what is left of a file beside.
    async fn keep_beside(&self, blob: &BlobId) -> Result<(), FileError> {
        let folder = self.aside_folder();
        super::make_private(&folder).map_err(FileError::io(&folder))?;
        let to = self.beside(blob);
        if to.exists() {
            return Ok(());
        }
        let data = self.options.path.data_path(&hash(blob));
        match keep_file(&data, &to) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            kept => return kept.map_err(FileError::io(&to)),
        }
        // A small one lies in the database, and one that was deleted nowhere: as far as it reads.
        let mut reader = self.store.blobs().reader(hash(blob));
        let (mut left, mut part) = (Vec::new(), vec![0; PART]);
        while let Ok(read @ 1..) = reader.read(&mut part).await {
            left.extend_from_slice(&part[..read]);
        }
        fs::write(&to, left).map_err(FileError::io(&to))
    }

    async fn is_swept_out(&self, blob: &BlobId) -> Result<(), FileError> {
        while self.presence(blob).await? != Presence::Absent {
            self.sweep.notify_one();
            sleep(LOOK).await;
        }
        Ok(())
    }
}

/// Has a file under a second name too: without copying it, where that can be.
fn keep_file(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(error),
        Err(_) => fs::copy(from, to).map(drop),
    }
}
