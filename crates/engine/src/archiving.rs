//! Archives: gathered in slices of the core thread's time, written on a thread of their own, each into a folder of its own, so that none is
//! ever written over.

mod writing;

use std::{
    collections::{BTreeMap, VecDeque},
    path::{Path, PathBuf},
    sync::mpsc,
    time::{Duration, Instant},
};

use serde_json::Value;
use tresse_model::{Attachment, NetworkId};
use tresse_report::Archived;

use self::writing::write;
use crate::{
    CommandError, FileRow,
    core::Core,
    export::{attachments, io},
    filing::{Opener, SHOW},
    handle::Reply,
    progress::slice,
    replica::{Archives, Exporting, Wanted, archive_answer},
};

/// How long nothing happens before a closed network is archived: its last changes may be on their way.
const QUIET: Duration = Duration::from_secs(3);
/// How long nothing happens before it is archived again, where changes came after the archive.
const QUIET_AGAIN: Duration = Duration::from_mins(10);
/// How long after an archive could not be written it is tried again.
const RETRY: Duration = Duration::from_mins(10);

/// What goes into an archive.
struct Gathered {
    archived: Archived,
    /// Which state of the network that is.
    state: (String, String),
    /// Every attached file.
    files: Vec<(FileRow, Attachment)>,
    opener: Opener,
}

/// An archive whose documents are being gathered, a slice of the core thread's time at once.
struct Gathering {
    network: NetworkId,
    exporting: Exporting,
    /// The state of the network before anything was gathered: where something changes meanwhile, the archive is not of the state after.
    state: (String, String),
    by: By,
}

/// Who wants an archive.
#[derive(Clone)]
enum By {
    /// Somebody, to be answered.
    Asked(Option<Reply>),
    /// The rule: of a closed network there is one.
    Itself,
}

/// What the core thread knows of archives.
pub(crate) struct Archiving {
    /// The profile's folder.
    dir: PathBuf,
    gathering: VecDeque<Gathering>,
    written: (mpsc::Sender<Written>, mpsc::Receiver<Written>),
    /// The networks of which a thread is writing one, with how many documents they have.
    writing: Vec<(NetworkId, usize)>,
    shown: Instant,
    failed: Option<Instant>,
}

/// An archive that was written, or not.
struct Written {
    network: NetworkId,
    state: (String, String),
    /// The folder, relative to the profile's, and how many files are in it.
    result: Result<(String, usize), CommandError>,
    by: By,
}

impl Archiving {
    pub(crate) fn new(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
            gathering: VecDeque::new(),
            written: mpsc::channel(),
            writing: Vec::new(),
            shown: Instant::now(),
            failed: None,
        }
    }

    /// Documents are still to be gathered.
    pub(crate) fn is_gathering(&self) -> bool {
        !self.gathering.is_empty()
    }

    /// How far the archives under way are, in documents; all of them are gathered where one is being written.
    pub(crate) fn under_way(&self) -> BTreeMap<NetworkId, (usize, usize)> {
        let writing = self
            .writing
            .iter()
            .map(|(network, all)| (*network, (*all, *all)));
        let gathering = self.gathering.iter();
        let gathering = gathering.map(|one| (one.network, one.exporting.progress()));
        writing.chain(gathering).collect()
    }
}

impl Core {
    /// Whether archives are made here without being asked for.
    pub(crate) fn archives(&self) -> Archives {
        if self.keys.is_open() {
            Archives::ByItself
        } else {
            Archives::WhenAsked
        }
    }

    /// Makes an archive that somebody asked for; answers once it is written.
    pub(crate) fn archive_asked(&mut self, network: &NetworkId, reply: Option<Reply>) {
        match self.begin_to_gather(network, By::Asked(reply.clone())) {
            Ok(()) => self.goes_on(),
            Err(error) => self.answer_later(reply, Err(error)),
        }
    }

    /// Makes the archives that are due, where nothing has happened for a while.
    pub(crate) fn archive_what_is_due(&mut self, quiet: Duration) {
        let waits = self.archiving.failed.is_some_and(|at| at.elapsed() < RETRY);
        let busy = self.archiving.is_gathering() || !self.archiving.writing.is_empty();
        if quiet < QUIET || waits || busy || self.archives() == Archives::WhenAsked {
            return;
        }
        let due = self.replica.archives_due().into_iter();
        let mut due = due.filter(|(_, first)| *first || quiet >= QUIET_AGAIN);
        let Some((network, _)) = due.next() else {
            return;
        };
        if let Err(error) = self.begin_to_gather(&network, By::Itself) {
            self.archive_failed(error);
        }
    }

    /// Before the profile is closed: of a closed network there is an archive.
    pub(crate) fn archive_before_closing(&mut self) {
        if self.archives() == Archives::WhenAsked {
            return;
        }
        for (network, first) in self.replica.archives_due() {
            if !first {
                continue;
            }
            let begun = self.begin_to_gather(&network, By::Itself);
            if let Err(error) = begun {
                tracing::error!(code = %error.code, "an archive could not be written: {error}");
            }
        }
        self.finish_archives();
    }

    fn begin_to_gather(&mut self, network: &NetworkId, by: By) -> Result<(), CommandError> {
        let state = self.replica.archived_state(network)?;
        let moment = self.moment();
        let exporting = Exporting::begin(&self.replica, network, Wanted::Both, moment)?;
        self.archiving.gathering.push_back(Gathering {
            network: *network,
            exporting,
            state,
            by,
        });
        self.shows_anew();
        Ok(())
    }

    /// Gathers for the archive whose turn it is for a slice of time, and has it written once everything is gathered.
    pub(crate) fn gather_some(&mut self) {
        let Some(one) = self.archiving.gathering.front_mut() else {
            return;
        };
        let replica = &mut self.replica;
        let more = slice(|| one.exporting.step(replica));
        if matches!(more, Ok(true)) {
            if self.archiving.shown.elapsed() >= SHOW {
                self.archiving.shown = Instant::now();
                self.shows_anew();
            }
            return;
        }
        if let Some(one) = self.archiving.gathering.pop_front() {
            self.gathered(one, more.map(drop));
        }
    }

    fn gathered(&mut self, one: Gathering, done: Result<(), CommandError>) {
        let Gathering {
            network,
            exporting,
            state,
            by,
        } = one;
        let begun = done
            .and_then(|()| self.gather_rest(&network, exporting, state))
            .and_then(|gathered| self.begin_archive(network, gathered, by.clone()));
        if let Err(error) = begun {
            self.archived(by, Err(error));
        }
    }

    fn gather_rest(
        &mut self,
        network: &NetworkId,
        exporting: Exporting,
        state: (String, String),
    ) -> Result<Gathered, CommandError> {
        let view = self.fresh_view()?;
        let Some(view) = view.network(network) else {
            let message = format!("this profile has no network {network}");
            return Err(CommandError::new("no-network", message));
        };
        let moment = self.moment();
        let archived = self.replica.archived(view, exporting, &moment)?;
        let known = attachments(&archived.content);
        let mut files = Vec::new();
        for row in view.files.iter() {
            // Of few it has to be asked again: what they are attached to came meanwhile.
            let file = match known.get(&row.id) {
                Some(file) => (*file).clone(),
                None => self.replica.attachment(network, &row.id)?.1,
            };
            files.push((row.clone(), file));
        }
        Ok(Gathered {
            archived,
            state,
            files,
            opener: self.filing.opener(),
        })
    }

    fn begin_archive(
        &mut self,
        network: NetworkId,
        mut gathered: Gathered,
        by: By,
    ) -> Result<(), CommandError> {
        let (dir, sender) = (self.archiving.dir.clone(), self.archiving.written.0.clone());
        let documents = gathered.archived.documents.len();
        let work = move || {
            let result = write(&dir, &mut gathered);
            let written = Written {
                network,
                state: gathered.state,
                result,
                by,
            };
            if sender.send(written).is_err() {
                tracing::debug!("the engine was closed meanwhile");
            }
        };
        let started = std::thread::Builder::new()
            .name("tresse-archive".into())
            .spawn(work);
        started.map_err(|error| io(&self.archiving.dir, &error))?;
        self.archiving.writing.push((network, documents));
        Ok(())
    }

    /// Takes note of the archives that were written since.
    pub(crate) fn archives_written(&mut self) {
        while let Ok(written) = self.archiving.written.1.try_recv() {
            self.archive_written(written);
        }
    }

    fn archive_written(&mut self, written: Written) {
        let Written {
            network,
            state,
            result,
            by,
        } = written;
        let mut writing = self.archiving.writing.iter();
        if let Some(at) = writing.position(|(one, _)| *one == network) {
            self.archiving.writing.remove(at);
        }
        let moment = self.moment();
        let kept = result.and_then(|(folder, files)| {
            self.replica
                .keep_archive(&network, state, &folder, &moment)?;
            Ok(archive_answer(&folder, files))
        });
        self.archived(by, kept);
        self.settle_now();
    }

    /// Tells who wanted an archive what came of it.
    fn archived(&mut self, by: By, kept: Result<Value, CommandError>) {
        match (by, kept) {
            (By::Asked(reply), kept) => self.answer_gone_on(reply, kept),
            // Nobody handed a command over: there is nothing to answer.
            (By::Itself, Ok(_)) => self.archiving.failed = None,
            (By::Itself, Err(error)) => self.archive_failed(error),
        }
    }

    fn archive_failed(&mut self, error: CommandError) {
        tracing::error!(code = %error.code, "an archive could not be written: {error}");
        if self.archiving.failed.is_none() {
            self.refused(error);
        }
        self.archiving.failed = Some(Instant::now());
    }

    /// Waits for the archives under way: nothing is left half written. What is still to be gathered is gathered in one go, as the program ends.
    pub(crate) fn finish_archives(&mut self) {
        while self.archiving.is_gathering() {
            self.gather_some();
        }
        while !self.archiving.writing.is_empty() {
            match self.archiving.written.1.recv() {
                Ok(written) => self.archive_written(written),
                Err(_) => return,
            }
        }
    }
}

/// A name as part of a file's, on every system; empty where nothing of it can be.
pub fn file_name(name: &str) -> String {
    let kept = |letter: char| {
        if letter.is_alphanumeric() || " -_’'".contains(letter) {
            letter
        } else {
            ' '
        }
    };
    let name: String = name.chars().take(60).map(kept).collect();
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
