//! The files of documents: encrypted, kept as blobs in a folder of the profile, and given to members only.
//!
//! ```text
//!   a file ── cipher (its own key) ──► blob (iroh-blobs, named by its hash) ──► profile/files
//!                                        ▲                     │
//!                   fetch, over a proven link                  give, if the gate allows it
//! ```
//!
//! - What lies on the disk and what goes over the wire is ciphertext; the keys lie in documents.
//! - Files go over the links that stand already, on streams of their own behind the documents'. A stranger can open none.
//! - A device is given a file if it is of an active member of a network whose documents speak of that file. To all others, and for
//!   files that are not here, the answer is one and the same.
//! - What came of a file stays when a link breaks; the next fetch goes on from there, with whomever.
//! - A file that no document speaks of any more is deleted, but not before it has been so for some time.
//! - A file whose bytes here went bad is put aside when that is noticed, and comes anew from whoever has it.

mod aside;
mod cipher;
mod error;
mod fetch;
mod gate;
pub(crate) mod give;
mod keep;
mod pace;
mod room;
mod sealed;
#[cfg(test)]
mod tests;

use std::{
    fs::File,
    io::{self, Read, Seek, Write},
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use iroh_blobs::{
    Hash,
    api::blobs::{AddProgressItem, BlobStatus},
    store::fs::{FsStore, options::Options},
};
use n0_future::{StreamExt as _, stream};
use tokio::{
    io::AsyncReadExt as _,
    sync::{Notify, Semaphore, mpsc},
};
use tresse_model::{BlobId, FILE_MAX, FileKey};

pub use error::FileError;
pub use gate::Circle;
pub use sealed::SealedFile;

use cipher::{PIECE, Pieces, Sealing, TAG, sealed_size};
use gate::Gate;

/// How many files are added at once; the others wait for their turn.
const TURNS: usize = 2;
/// How many pieces wait between reading and writing.
const QUEUE: usize = 8;

/// The folder of files. Cloning is cheap, and clones are the same folder.
#[derive(Debug, Clone)]
pub struct Files {
    store: FsStore,
    gate: Gate,
    options: Arc<Options>,
    /// How many files are being added.
    adding: Arc<Mutex<usize>>,
    /// Whoever adds one has one of these.
    turns: Arc<Semaphore>,
    /// Asks the store to delete what nothing protects.
    sweep: Arc<Notify>,
}

/// How far something with a file is, and the way to stop it. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct FileProgress(Arc<Done>);

#[derive(Debug, Default)]
struct Done {
    bytes: AtomicU64,
    stopped: AtomicBool,
}

impl FileProgress {
    /// How many bytes are done.
    pub fn bytes(&self) -> u64 {
        self.0.bytes.load(Ordering::Relaxed)
    }

    /// Asks that it stop.
    pub fn stop(&self) {
        self.0.stopped.store(true, Ordering::Relaxed);
    }

    fn tell(&self, bytes: u64) -> Result<(), FileError> {
        self.0.bytes.store(bytes, Ordering::Relaxed);
        if self.is_stopped() {
            return Err(FileError::Stopped);
        }
        Ok(())
    }

    fn is_stopped(&self) -> bool {
        self.0.stopped.load(Ordering::Relaxed)
    }
}

/// How much of a file is on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Nothing.
    Absent,
    /// A part of it.
    Part,
    /// All of it.
    Whole,
}

impl Files {
    /// Opens the folder, or makes it.
    ///
    /// # Errors
    /// [`FileError::Store`] or [`FileError::Io`] where it cannot be used.
    pub async fn open(folder: &Path) -> Result<Self, FileError> {
        make_private(folder).map_err(FileError::io(folder))?;
        let mut options = Options::new(folder);
        let sweep = Arc::new(Notify::new());
        options.gc = Some(aside::sweeping(&sweep));
        clear_temp(&options);
        let store = FsStore::load_with_opts(folder.join("blobs.db"), options.clone()).await;
        let store = store.map_err(|error| FileError::Store {
            reason: format!("{error:#}"),
        })?;
        Ok(Self {
            store,
            gate: Gate::default(),
            options: Arc::new(options),
            adding: Arc::default(),
            turns: Arc::new(Semaphore::new(TURNS)),
            sweep,
        })
    }

    /// Says who may have what, in place of what was said before.
    pub fn allow(&self, circles: Vec<Circle>) {
        self.gate.set(circles);
    }

    /// Encrypts a file with its new key and keeps it; answers what its ciphertext is called, and its size in bytes. It is on the disk then. Of
    /// many that are added at once, two are; the others wait.
    ///
    /// # Errors
    /// Where it cannot be read, is too large, is no file, the disk is full or would be nearly so, or it was asked to stop: nothing is kept then.
    pub async fn add(
        &self,
        from: &Path,
        key: &FileKey,
        progress: &FileProgress,
    ) -> Result<(BlobId, u64), FileError> {
        let (path, key, told) = (from.to_owned(), *key, progress.clone());
        // It is closed by nobody.
        let _turn = self.turns.acquire().await;
        progress.tell(0)?;
        let (file, size) = open_plain(&path)?;
        if sealed_size(size) > room::left(self.folder()) {
            return Err(FileError::DiskFull);
        }
        let _adding = Adding::begin(self);
        let (pieces, queue) = mpsc::channel::<io::Result<Vec<u8>>>(QUEUE);
        let reading = tokio::task::spawn_blocking(move || {
            let read = seal_all(file, &path, &key, &told, &pieces);
            if let Err(error) = &read {
                // The store must not take what came so far for the whole.
                let cut = io::Error::other(error.to_string());
                if pieces.blocking_send(Err(cut)).is_err() {
                    tracing::debug!("the store takes no more");
                }
            }
            read
        });
        let stored = self.import(queue, None).await;
        // Why the file could not be read says more than that the store had not all of it.
        let size = reading
            .await
            .map_err(|error| FileError::of_store(&error))??;
        let blob = stored?;
        self.sync(&blob).await?;
        Ok((blob, size))
    }

    /// Keeps what comes by the queue; where a name is expected, nothing else.
    async fn import(
        &self,
        queue: mpsc::Receiver<io::Result<Vec<u8>>>,
        expected: Option<BlobId>,
    ) -> Result<BlobId, FileError> {
        let pieces = stream::unfold(queue, async |mut queue| {
            let piece = queue.recv().await?;
            Some((piece.map(Into::into), queue))
        });
        let adding = self.store.blobs().add_stream(pieces).await;
        let mut adding = Box::pin(adding.stream().await);
        while let Some(item) = adding.next().await {
            match item {
                AddProgressItem::Done(held) => {
                    let blob = BlobId::from_bytes(*held.hash().as_bytes());
                    if expected.is_some_and(|expected| expected != blob) {
                        return Err(FileError::Damaged);
                    }
                    self.hold(&blob).await?;
                    return Ok(blob);
                }
                AddProgressItem::Error(error) => return Err(FileError::of_store(&error)),
                _ => {}
            }
        }
        Err(FileError::Store {
            reason: "the store stopped".to_owned(),
        })
    }

    /// Waits until a blob is on the disk: what documents speak of must outlive a power cut.
    async fn sync(&self, blob: &BlobId) -> Result<(), FileError> {
        let synced = self.store.sync_db().await;
        synced.map_err(|error| FileError::of_store(&error))?;
        let hash = hash(blob);
        let paths = [
            self.options.path.data_path(&hash),
            self.options.path.outboard_path(&hash),
        ];
        for path in paths {
            match File::options().write(true).open(&path) {
                Ok(file) => file.sync_all().map_err(FileError::io(&path))?,
                // A small one lies in the database.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(FileError::io(&path)(error)),
            }
        }
        let folder = &self.options.path.data_path;
        if cfg!(unix) {
            let synced = File::open(folder).and_then(|folder| folder.sync_all());
            synced.map_err(FileError::io(folder))?;
        }
        Ok(())
    }

    /// How much of a file is here.
    ///
    /// # Errors
    /// [`FileError::Store`] where the folder does not answer.
    pub async fn presence(&self, blob: &BlobId) -> Result<Presence, FileError> {
        let status = self.store.blobs().status(hash(blob)).await;
        Ok(match status.map_err(|error| FileError::of_store(&error))? {
            BlobStatus::NotFound => Presence::Absent,
            BlobStatus::Partial { .. } => Presence::Part,
            BlobStatus::Complete { .. } => Presence::Whole,
        })
    }

    /// Writes the file itself, decrypted, to a path; in place of what may be there, where that is said (`over`). Whoever looks finds what was
    /// there, or all of it.
    ///
    /// # Errors
    /// Where it is not here, is not what its record says, `to` cannot be written, the disk is full, or it was asked to stop: then
    /// `to` is as it was.
    pub async fn save(
        &self,
        blob: &BlobId,
        (key, size): (&FileKey, u64),
        (to, over): (&Path, bool),
        progress: &FileProgress,
    ) -> Result<(), FileError> {
        if self.presence(blob).await? != Presence::Whole {
            return Err(FileError::NotHere);
        }
        let folder = match to.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        let beside = tempfile::Builder::new()
            .prefix(".tresse-")
            .tempfile_in(folder)
            .map_err(FileError::io(to))?;
        let (pieces, mut queue) = mpsc::channel::<Vec<u8>>(QUEUE);
        let target = to.to_owned();
        let writing = tokio::task::spawn_blocking(move || {
            let mut beside = beside;
            let mut whole = false;
            while let Some(piece) = queue.blocking_recv() {
                whole = piece.is_empty();
                let written = beside.write_all(&piece);
                written.map_err(FileError::io(&target))?;
            }
            if !whole {
                return Ok(());
            }
            let synced = beside.as_file().sync_all();
            synced.map_err(FileError::io(&target))?;
            let kept = if over {
                beside.persist(&target)
            } else {
                beside.persist_noclobber(&target)
            };
            kept.map(drop)
                .map_err(|refused| FileError::io(&target)(refused.error))
        });
        let read = self.open_all(blob, (key, size), &pieces, progress).await;
        drop(pieces);
        let written = writing.await.map_err(|error| FileError::of_store(&error))?;
        read.and(written)
    }

    /// The file itself, decrypted, if it has no more than `most` bytes. Nothing is written.
    ///
    /// # Errors
    /// As for [`Files::save`], and [`FileError::TooLarge`].
    pub async fn read(
        &self,
        blob: &BlobId,
        (key, size): (&FileKey, u64),
        most: u64,
    ) -> Result<Vec<u8>, FileError> {
        if size > most {
            return Err(FileError::TooLarge { most });
        }
        if self.presence(blob).await? != Presence::Whole {
            return Err(FileError::NotHere);
        }
        let (pieces, mut queue) = mpsc::channel::<Vec<u8>>(QUEUE);
        let collecting = async {
            let mut plain = Vec::new();
            while let Some(piece) = queue.recv().await {
                plain.extend(piece);
            }
            plain
        };
        let progress = FileProgress::default();
        let reading = async {
            let read = self.open_all(blob, (key, size), &pieces, &progress).await;
            drop(pieces);
            read
        };
        let (plain, read) = tokio::join!(collecting, reading);
        read.map(|()| plain)
    }

    /// Decrypts all of a blob; hands on an empty piece once everything is sound.
    async fn open_all(
        &self,
        blob: &BlobId,
        (key, size): (&FileKey, u64),
        to: &mpsc::Sender<Vec<u8>>,
        progress: &FileProgress,
    ) -> Result<(), FileError> {
        let mut reader = self.store.blobs().reader(hash(blob));
        let mut opening = Pieces::new(key);
        let mut left = sealed_size(size);
        let mut done = 0;
        while left > 0 {
            let length = left.min((PIECE + TAG) as u64);
            left -= length;
            let mut piece = vec![0; length as usize];
            match reader.read_exact(&mut piece).await {
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                    return Err(FileError::Damaged);
                }
                Err(error) => return Err(FileError::of_store(&error)),
            }
            let opened = opening.open(&mut piece, left == 0);
            opened.map_err(|_| FileError::Damaged)?;
            done += piece.len() as u64;
            progress.tell(done)?;
            if !piece.is_empty() && to.send(piece).await.is_err() {
                // Whoever writes knows why.
                return Ok(());
            }
        }
        if reader.read(&mut [0]).await.is_ok_and(|more| more > 0) {
            return Err(FileError::Damaged);
        }
        if to.send(Vec::new()).await.is_err() {
            tracing::debug!("the file could not be written");
        }
        Ok(())
    }

    /// The folder that blobs lie in.
    fn folder(&self) -> &Path {
        &self.options.path.data_path
    }

    /// Writes down what is under way and closes the folder, so that it can be opened again at once.
    pub async fn close(self) {
        self.gate.set(Vec::new());
        if let Err(error) = self.store.shutdown().await {
            tracing::warn!(%error, "the folder of files did not close");
        }
    }
}

/// A file is being added. What the store wrote for one that came to nothing it leaves behind: after the last, that goes, or a disk that
/// was full would stay so.
struct Adding {
    count: Arc<Mutex<usize>>,
    options: Arc<Options>,
}

impl Adding {
    fn begin(files: &Files) -> Self {
        let adding = Self {
            count: Arc::clone(&files.adding),
            options: Arc::clone(&files.options),
        };
        *adding.count() += 1;
        adding
    }

    fn count(&self) -> MutexGuard<'_, usize> {
        self.count.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Adding {
    fn drop(&mut self) {
        let mut count = self.count();
        *count = count.saturating_sub(1);
        if *count == 0 {
            clear_temp(&self.options);
        }
    }
}

/// Deletes what was being written and is no blob.
fn clear_temp(options: &Options) {
    let Ok(entries) = std::fs::read_dir(&options.path.temp_path) else {
        return;
    };
    for entry in entries.flatten() {
        if let Err(error) = std::fs::remove_file(entry.path()) {
            tracing::warn!(%error, "what is left of a file that was not added stays");
        }
    }
}

fn hash(blob: &BlobId) -> Hash {
    Hash::from_bytes(*blob.as_bytes())
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Opens what is to be attached: a file, and not too large; and how large.
fn open_plain(path: &Path) -> Result<(File, u64), FileError> {
    let about = std::fs::metadata(path).map_err(FileError::io(path))?;
    if !about.is_file() {
        let no_file = io::Error::new(io::ErrorKind::InvalidInput, "this is not a file");
        return Err(FileError::io(path)(no_file));
    }
    if about.len() > FILE_MAX {
        return Err(FileError::TooLarge { most: FILE_MAX });
    }
    let file = File::open(path).map_err(FileError::io(path))?;
    Ok((file, about.len()))
}

/// Hands on the pieces of a file; answers its size.
fn seal_all(
    mut file: File,
    path: &Path,
    key: &FileKey,
    progress: &FileProgress,
    to: &mpsc::Sender<io::Result<Vec<u8>>>,
) -> Result<u64, FileError> {
    file.rewind().map_err(FileError::io(path))?;
    // It may grow while it is read.
    let bounded = file.take(FILE_MAX + 1);
    let mut sealing = Sealing::new(bounded, key).map_err(FileError::io(path))?;
    let mut size = 0;
    while let Some((piece, holds)) = sealing.next().map_err(FileError::io(path))? {
        size += holds;
        if size > FILE_MAX {
            return Err(FileError::TooLarge { most: FILE_MAX });
        }
        progress.tell(size)?;
        if to.blocking_send(Ok(piece)).is_err() {
            // The store gave up; it says why.
            break;
        }
    }
    Ok(size)
}
