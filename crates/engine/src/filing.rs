//! The files of this machine: what is under way with them, off the core thread, and what is known of them.
//!
//! The folder is opened when it is first needed. Reading, encrypting, fetching and writing are tasks of the runtime; each tells the core
//! how it went, and only the core writes in documents: a file is attached once all of it is kept.

mod asked;
mod backup;
mod checking;
mod fetching;
mod turns;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::Value;
use tokio::{
    runtime::Handle,
    sync::{
        OnceCell,
        mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    },
    task::JoinHandle,
    time::timeout,
};
use tresse_model::{Attachment, BlobId, DeviceId, FileRecord, NetworkId};
use tresse_net::{FileError, FileProgress, Files, Presence};

pub(crate) use self::backup::divide;
pub use self::backup::{BACKUP_FILES, BackedUp, FileLeftOut, Restored, WhyLeftOut};
use self::turns::Turns;
use crate::{CommandError, FileJobView, FilesView, handle::Reply};

/// How often progress is shown.
pub(crate) const SHOW: Duration = Duration::from_millis(200);
/// How often it is looked whether a file is to be fetched unasked.
const LOOK: Duration = Duration::from_secs(1);
/// How long a file that could not be fetched unasked is left, unless somebody else comes.
const RETRY: Duration = Duration::from_mins(5);
/// How often files that no document speaks of are looked for.
const COLLECT: Duration = Duration::from_hours(6);
/// How long a file stays after no document speaks of it: as long may a removal be thought over.
const GRACE: Duration = Duration::from_hours(30 * 24);
/// How long closing the folder may take.
const CLOSE: Duration = Duration::from_secs(5);

/// What the core thread knows of files.
pub(crate) struct Filing {
    runtime: Handle,
    folder: Arc<Folder>,
    news: UnboundedSender<FileNews>,
    jobs: Vec<Job>,
    held: BTreeMap<BlobId, Presence>,
    /// Those that went bad here and did not come anew yet.
    aside: BTreeSet<BlobId>,
    /// What is held was looked up.
    known: bool,
    /// It is being looked up.
    looking: Option<JoinHandle<()>>,
    disk_use: u64,
    /// Files that could not be fetched, and when that was; `None`: what came was not what its record says, and comes no more unasked.
    failed: BTreeMap<(BlobId, u64), Option<Instant>>,
    /// Whose turn it is among those that are fetched unasked.
    turns: Turns,
    /// Who was there when that was.
    there: BTreeSet<DeviceId>,
    looked: Instant,
    shown: Instant,
    collected: Option<Instant>,
}

/// The folder, opened when it is first needed.
struct Folder {
    path: PathBuf,
    files: OnceCell<Files>,
}

impl Folder {
    async fn open(&self) -> Result<&Files, FileError> {
        self.files.get_or_try_init(|| Files::open(&self.path)).await
    }

    /// What is held now.
    async fn looked_through(&self) -> Result<FileNews, FileError> {
        let files = self.open().await?;
        let held = files.held().await?;
        let files = files.clone();
        let looked = tokio::task::spawn_blocking(move || (files.aside(), files.disk_use())).await;
        let (mut aside, used) = looked.unwrap_or_default();
        aside.retain(|blob| held.get(blob) != Some(&Presence::Whole));
        Ok(FileNews::Held { held, aside, used })
    }
}

/// Writes files that are here to places, decrypted.
pub(crate) struct Opener {
    runtime: Handle,
    folder: Arc<Folder>,
    news: UnboundedSender<FileNews>,
}

impl Opener {
    /// Those that are here, whole; none where the folder does not answer. Waits like [`Opener::save`].
    pub(crate) fn here(&self) -> BTreeSet<BlobId> {
        if !self.folder.path.is_dir() {
            return BTreeSet::new();
        }
        let held = self
            .runtime
            .block_on(async { self.folder.open().await?.held().await });
        match held {
            Ok(held) => held
                .into_iter()
                .filter(|(_, presence)| *presence == Presence::Whole)
                .map(|(blob, _)| blob)
                .collect(),
            Err(error) => {
                tracing::error!(code = error.code(), "the files do not read: {error}");
                BTreeSet::new()
            }
        }
    }

    /// Writes a file to a place where nothing is yet. Waits for it; not to be called by a task of the runtime.
    pub(crate) fn save(
        &self,
        file: &Attachment,
        to: &Path,
        progress: &FileProgress,
    ) -> Result<(), CommandError> {
        let saved = self.runtime.block_on(async {
            let files = self.folder.open().await?;
            let (key, to) = ((&file.key, file.size), (to, false));
            let saved = files.save(&file.blob, key, to, progress).await;
            self.heed(files, &file.blob, saved).await
        });
        saved.map_err(|error| refusal(&error))
    }

    /// A file that is here and has no more than `most` bytes. Waits like [`Opener::save`].
    pub(crate) fn read(&self, file: &Attachment, most: u64) -> Result<Vec<u8>, FileError> {
        self.runtime.block_on(async {
            let files = self.folder.open().await?;
            let read = files.read(&file.blob, (&file.key, file.size), most).await;
            self.heed(files, &file.blob, read).await
        })
    }

    /// Notices where a file could not be opened because it went bad here: it comes anew in a quiet moment.
    async fn heed<T>(
        &self,
        files: &Files,
        blob: &BlobId,
        opened: Result<T, FileError>,
    ) -> Result<T, FileError> {
        match opened {
            Err(error) if error.may_be_damage() && files.put_aside(blob).await? => {
                tell(&self.news, self.folder.looked_through().await?);
                Err(FileError::DamagedHere)
            }
            opened => opened,
        }
    }
}

/// Something under way with one file.
struct Job {
    number: u64,
    view: FileJobView,
    blob: Option<BlobId>,
    progress: FileProgress,
    task: JoinHandle<()>,
    waiting: Waiting,
}

/// Who waits for a job.
enum Waiting {
    /// Nobody: it was begun unasked.
    Nobody,
    /// Whoever asked, to be answered, or to be told of a refusal.
    Asked(Vec<Option<Reply>>),
}

/// What a task tells the core.
pub(crate) enum FileNews {
    /// A file is kept and can be attached.
    Added(u64, Result<FileRecord, CommandError>),
    /// A file was fetched, or written to a place; or not.
    Done(u64, Result<Value, CommandError>),
    /// What is held now, what went bad and did not come anew, and what all of it takes of the disk.
    Held {
        held: BTreeMap<BlobId, Presence>,
        aside: BTreeSet<BlobId>,
        used: u64,
    },
}

impl Filing {
    /// Knows the folder of files in the profile's; opens it if there is one.
    pub(crate) fn new(dir: &Path, runtime: Handle) -> (Self, UnboundedReceiver<FileNews>) {
        let (news, hearing) = unbounded_channel();
        let path = dir.join("files");
        let there = path.is_dir();
        let mut filing = Self {
            runtime,
            folder: Arc::new(Folder {
                path,
                files: OnceCell::new(),
            }),
            news,
            jobs: Vec::new(),
            held: BTreeMap::new(),
            aside: BTreeSet::new(),
            known: !there,
            looking: None,
            disk_use: 0,
            failed: BTreeMap::new(),
            turns: Turns::default(),
            there: BTreeSet::new(),
            looked: Instant::now(),
            shown: Instant::now(),
            collected: None,
        };
        if there {
            filing.look();
        }
        (filing, hearing)
    }

    /// Has it looked up what is held.
    fn look(&mut self) {
        let (folder, news) = (Arc::clone(&self.folder), self.news.clone());
        let looking = self.runtime.spawn(async move {
            match folder.looked_through().await {
                Ok(held) => tell(&news, held),
                Err(error) => {
                    tracing::error!(code = error.code(), "the files do not read: {error}");
                }
            }
        });
        if let Some(before) = self.looking.replace(looking) {
            before.abort();
        }
    }

    fn begin(
        &mut self,
        view: FileJobView,
        blob: Option<BlobId>,
        waiting: Waiting,
        work: impl FnOnce(u64, FileProgress) -> JoinHandle<()>,
    ) {
        let number = self.jobs.last().map_or(1, |job| job.number + 1);
        let progress = FileProgress::default();
        let task = work(number, progress.clone());
        self.jobs.push(Job {
            number,
            view,
            blob,
            progress,
            task,
            waiting,
        });
    }

    fn end(&mut self, number: u64) -> Option<Job> {
        let at = self.jobs.iter().position(|job| job.number == number)?;
        Some(self.jobs.remove(at))
    }

    /// Whether something is under way whose progress was not shown for a while.
    pub(crate) fn is_to_show(&mut self) -> bool {
        let due = !self.jobs.is_empty() && self.shown.elapsed() >= SHOW;
        if due {
            self.shown = Instant::now();
        }
        due
    }

    pub(crate) fn is_busy(&self) -> bool {
        !self.jobs.is_empty()
    }

    /// What writes files that are here to places, on a thread that may wait.
    pub(crate) fn opener(&self) -> Opener {
        Opener {
            runtime: self.runtime.clone(),
            folder: Arc::clone(&self.folder),
            news: self.news.clone(),
        }
    }

    /// The folder, if it is open.
    fn open_files(&self) -> Option<&Files> {
        self.folder.files.get()
    }

    /// Stops what is under way and closes the folder.
    pub(crate) async fn close(self) {
        for job in &self.jobs {
            job.progress.stop();
            job.task.abort();
        }
        if let Some(looking) = &self.looking {
            looking.abort();
        }
        if let Some(files) = self.open_files()
            && timeout(CLOSE, files.clone().close()).await.is_err()
        {
            tracing::warn!("the folder of files did not close in time");
        }
    }

    /// What is shown of files.
    pub(crate) fn view(&self, reachable: BTreeMap<NetworkId, usize>) -> FilesView {
        let of = |wanted: Presence| {
            let held = self.held.iter();
            held.filter(move |(_, presence)| **presence == wanted)
                .map(|(blob, _)| *blob)
                .collect()
        };
        let jobs = self.jobs.iter().map(|job| FileJobView {
            done: job.progress.bytes(),
            ..job.view.clone()
        });
        FilesView {
            known: self.known,
            disk_use: self.disk_use,
            here: of(Presence::Whole),
            part: of(Presence::Part),
            damaged: self.aside.clone(),
            jobs: jobs.collect(),
            reachable,
        }
    }
}

/// After the core has ended there is nobody to tell.
fn tell(news: &UnboundedSender<FileNews>, what: FileNews) {
    if news.send(what).is_err() {
        tracing::trace!("the engine was closed meanwhile");
    }
}

pub(crate) fn refusal(error: &FileError) -> CommandError {
    let code = match error {
        // It came to be while the file was fetched.
        FileError::Io { source, .. } if source.kind() == std::io::ErrorKind::AlreadyExists => {
            "file-exists"
        }
        other => other.code(),
    };
    CommandError::new(code, error.to_string())
}
