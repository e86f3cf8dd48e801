//! Writing archives: on a thread of their own, each into a folder of its own, so that none is ever written over.

use std::{
    path::{Path, PathBuf},
    sync::mpsc,
    time::{Duration, Instant},
};

use tresse_model::{Attachment, NetworkId};
use tresse_report::{Archived, AttachedFile, archive};

use crate::{
    CommandError, FileRow, MEBIBYTE, WhyLeftOut,
    core::Core,
    export::{io, places, write_all},
    filing::{Opener, divide},
    handle::Reply,
    replica::{Archives, archive_answer},
};

/// How long nothing happens before a closed network is archived: its last changes may be on their way.
const QUIET: Duration = Duration::from_secs(3);
/// How long nothing happens before it is archived again, where changes came after the archive.
const QUIET_AGAIN: Duration = Duration::from_mins(10);
/// How long after an archive could not be written it is tried again.
const RETRY: Duration = Duration::from_mins(10);
/// How many bytes of attached files go into an archive, the smallest files first: 4 GiB. It is written on every member's machine.
const FILES: u64 = 4 * 1024 * MEBIBYTE;

/// What goes into an archive.
struct Gathered {
    archived: Archived,
    /// Which state of the network that is.
    state: (String, String),
    /// Every attached file.
    files: Vec<(FileRow, Attachment)>,
    opener: Opener,
}

/// What the core thread knows of archives.
pub(crate) struct Archiving {
    /// The profile's folder.
    dir: PathBuf,
    written: (mpsc::Sender<Written>, mpsc::Receiver<Written>),
    /// A thread is writing one.
    under_way: usize,
    failed: Option<Instant>,
}

/// An archive that was written, or not.
struct Written {
    network: NetworkId,
    state: (String, String),
    /// The folder, relative to the profile's, and how many files are in it.
    result: Result<(String, usize), CommandError>,
    /// Who waits for it; nobody where it was made by itself.
    reply: Option<Reply>,
    asked: bool,
}

impl Archiving {
    pub(crate) fn new(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
            written: mpsc::channel(),
            under_way: 0,
            failed: None,
        }
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
        let begun = self
            .gather(network)
            .and_then(|gathered| self.begin_archive(*network, gathered, (reply.clone(), true)));
        if let Err(error) = begun {
            self.answer_later(reply, Err(error));
        }
    }

    /// Makes the archives that are due, where nothing has happened for a while.
    pub(crate) fn archive_what_is_due(&mut self, quiet: Duration) {
        let waits = self.archiving.failed.is_some_and(|at| at.elapsed() < RETRY);
        if quiet < QUIET
            || waits
            || self.archiving.under_way > 0
            || self.archives() == Archives::WhenAsked
        {
            return;
        }
        let due = self.replica.archives_due().into_iter();
        let mut due = due.filter(|(_, first)| *first || quiet >= QUIET_AGAIN);
        let Some((network, _)) = due.next() else {
            return;
        };
        let begun = self
            .gather(&network)
            .and_then(|gathered| self.begin_archive(network, gathered, (None, false)));
        if let Err(error) = begun {
            self.archive_failed(error);
        }
    }

    /// Before the profile is closed: of a closed network there is an archive.
    pub(crate) fn archive_before_closing(&mut self) {
        if self.archives() == Archives::WhenAsked {
            return;
        }
        for (network, first) in self.replica.archives_due() {
            if !first || self.archiving.under_way > 0 {
                continue;
            }
            let moment = self.moment();
            let written = self.gather(&network).and_then(|mut gathered| {
                let (folder, files) = write(&self.archiving.dir, &mut gathered)?;
                let state = gathered.state;
                self.replica
                    .keep_archive(&network, state, &folder, &moment)?;
                Ok(files)
            });
            if let Err(error) = written {
                tracing::error!(code = %error.code, "an archive could not be written: {error}");
            }
        }
    }

    fn gather(&mut self, network: &NetworkId) -> Result<Gathered, CommandError> {
        let view = self.fresh_view()?;
        let Some(view) = view.network(network) else {
            let message = format!("this profile has no network {network}");
            return Err(CommandError::new("no-network", message));
        };
        let archived = self.replica.archived(view, &self.moment())?;
        let state = self.replica.archived_state(network)?;
        let mut files = Vec::new();
        for row in view.files.iter() {
            let (_, file) = self.replica.attachment(network, &row.id)?;
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
        (reply, asked): (Option<Reply>, bool),
    ) -> Result<(), CommandError> {
        let (dir, sender) = (self.archiving.dir.clone(), self.archiving.written.0.clone());
        let work = move || {
            let result = write(&dir, &mut gathered);
            let written = Written {
                network,
                state: gathered.state,
                result,
                reply,
                asked,
            };
            if sender.send(written).is_err() {
                tracing::debug!("the engine was closed meanwhile");
            }
        };
        let started = std::thread::Builder::new()
            .name("tresse-archive".into())
            .spawn(work);
        started.map_err(|error| io(&self.archiving.dir, &error))?;
        self.archiving.under_way += 1;
        Ok(())
    }

    /// Takes note of the archives that were written since.
    pub(crate) fn archives_written(&mut self) {
        while let Ok(written) = self.archiving.written.1.try_recv() {
            self.archiving.under_way -= 1;
            let Written {
                network,
                state,
                result,
                reply,
                asked,
            } = written;
            let moment = self.moment();
            let kept = result.and_then(|(folder, files)| {
                self.replica
                    .keep_archive(&network, state, &folder, &moment)?;
                Ok(archive_answer(&folder, files))
            });
            match kept {
                kept if asked => self.answer_later(reply, kept),
                // Nobody handed a command over: there is nothing to answer.
                Ok(_) => self.archiving.failed = None,
                Err(error) => self.archive_failed(error),
            }
            self.settle_now();
        }
    }

    fn archive_failed(&mut self, error: CommandError) {
        tracing::error!(code = %error.code, "an archive could not be written: {error}");
        if self.archiving.failed.is_none() {
            self.refused(error);
        }
        self.archiving.failed = Some(Instant::now());
    }

    /// Waits for the archives under way: nothing is left half written.
    pub(crate) fn finish_archives(&mut self) {
        while self.archiving.under_way > 0 {
            match self.archiving.written.1.recv() {
                Ok(written) => {
                    if self.archiving.written.0.send(written).is_err() {
                        return;
                    }
                    self.archives_written();
                }
                Err(_) => return,
            }
        }
    }
}

/// Writes an archive into a new folder; answers that folder, relative to the profile's, and how many files are in it.
fn write(dir: &Path, gathered: &mut Gathered) -> Result<(String, usize), CommandError> {
    let report = &gathered.archived.report;
    let name = folder_name(&report.name, &gathered.archived.content.id);
    let day = report.made.clone();
    for number in 1.. {
        let part = if number == 1 {
            day.clone()
        } else {
            format!("{day} ({number})")
        };
        let folder = format!("archives/{name}/{part}");
        let to = dir.join("archives").join(&name).join(&part);
        if to.symlink_metadata().is_ok() {
            continue;
        }
        // Whole or not at all: it takes its name once everything is in it.
        let beside = dir.join("archives").join(&name).join(format!(".{part}"));
        if beside.symlink_metadata().is_ok() {
            std::fs::remove_dir_all(&beside).map_err(|error| io(&beside, &error))?;
        }
        let written = write_into(&beside, gathered).and_then(|files| {
            std::fs::rename(&beside, &to).map_err(|error| io(&to, &error))?;
            Ok((folder, files))
        });
        // A disk that was full is not kept so by half an archive.
        if written.is_err()
            && let Err(error) = std::fs::remove_dir_all(&beside)
        {
            tracing::debug!(%error, "half an archive is left, until the next");
        }
        return written;
    }
    Err(CommandError::new("internal", "no folder is free"))
}

/// Writes everything into the folder of an archive; answers how many files.
fn write_into(folder: &Path, gathered: &mut Gathered) -> Result<usize, CommandError> {
    let attached = write_attached(folder, gathered)?;
    let files = archive(&gathered.archived);
    write_all(folder, &files)?;
    Ok(files.len() + attached)
}

/// Writes the attached files that are here into the folder of an archive, and notes where each lies or why it does not; answers how many
/// are there.
fn write_attached(folder: &Path, gathered: &mut Gathered) -> Result<usize, CommandError> {
    if gathered.files.is_empty() {
        return Ok(0);
    }
    let network = gathered.archived.content.id;
    let here = gathered.opener.here();
    let rows = gathered.files.iter();
    let rows = rows.map(|(row, _)| (network, row.clone())).collect();
    let (along, left_out) = divide(rows, |blob| here.contains(blob), FILES);
    let mut attached = Vec::new();
    for (place, (_, row)) in places(along.iter().map(|(_, row)| row)).iter().zip(&along) {
        let mut files = gathered.files.iter();
        let Some((_, file)) = files.find(|(other, _)| other.id == row.id) else {
            continue;
        };
        let path = folder.join(&place.path);
        let within = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(within).map_err(|error| io(within, &error))?;
        let place = match gathered.opener.save(file, &path) {
            Ok(()) => Ok(place.path.clone()),
            // A disk that is full is full for all of it.
            Err(error) if error.code == "file-disk-full" => return Err(error),
            Err(error) => {
                tracing::warn!(code = %error.code, "an attached file is not archived: {error}");
                Err(WhyLeftOut::Damaged.word())
            }
        };
        attached.push(named(&row.name, &row.title, row.size, place));
    }
    let written = attached.iter().filter(|one| one.place.is_ok()).count();
    let others = left_out.iter();
    attached.extend(others.map(|one| named(&one.name, &one.title, one.size, Err(one.why.word()))));
    gathered.archived.attached = attached;
    Ok(written)
}

fn named(name: &str, title: &str, size: u64, place: Result<String, &'static str>) -> AttachedFile {
    AttachedFile {
        name: name.to_owned(),
        title: title.to_owned(),
        size,
        place,
    }
}

/// The folder of a network's archives: its name as far as every system takes it, and the beginning of its id.
fn folder_name(name: &str, id: &NetworkId) -> String {
    let name = file_name(name);
    let id: String = id.to_string().chars().take(12).collect();
    if name.is_empty() {
        id
    } else {
        format!("{name} {id}")
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
