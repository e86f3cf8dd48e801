//! What is asked for with files, and what comes of it: the core begins tasks, and takes in what they tell.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use serde_json::{Value, json};
use tresse_model::{BlobId, DocId, FileKey, FileRecord, ItemId, NetworkId};
use tresse_net::{FileError, Presence};

use super::{
    COLLECT, FileNews, GRACE, LOOK, RETRY, Waiting,
    fetching::{Fetching, Target},
    refusal, tell,
};
use crate::{
    AttachmentCommand, CommandError, FileJobView, FileRow, core::Core, handle::Reply, media,
};

impl Core {
    /// Takes a command that needs the folder of files; hands back any other.
    pub(crate) fn filing_asked(
        &mut self,
        command: AttachmentCommand,
        reply: Option<Reply>,
    ) -> Option<(AttachmentCommand, Option<Reply>)> {
        let waiting = || Waiting::Asked(vec![reply.clone()]);
        let begun = match &command {
            AttachmentCommand::Add {
                network,
                document,
                path,
            } => self.begin_to_add(network, document, path, waiting()),
            AttachmentCommand::Fetch {
                network,
                attachment,
            } => self.begin_to_fetch(network, attachment, None, reply.clone()),
            AttachmentCommand::Save {
                network,
                attachment,
                path,
                over,
            } => {
                let to = Some((path.clone(), *over));
                self.begin_to_fetch(network, attachment, to, reply.clone())
            }
            AttachmentCommand::Stop { attachment, .. } => {
                let jobs = self.filing.jobs.iter();
                let of = jobs.filter(|job| job.view.attachment == *attachment);
                of.for_each(|job| job.progress.stop());
                self.answer_later(reply, Ok(json!({})));
                return None;
            }
            AttachmentCommand::Remove { .. } | AttachmentCommand::Keep { .. } => {
                return Some((command, reply));
            }
        };
        match begun {
            // It is answered once it is done: then what it did is durable.
            Ok(()) => self.goes_on(),
            Err(error) => self.answer_later(reply, Err(error)),
        }
        None
    }

    fn begin_to_add(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        path: &Path,
        waiting: Waiting,
    ) -> Result<(), CommandError> {
        self.replica.may_attach(network, doc)?;
        let moment = self.moment();
        let (id, key) = (
            ItemId::from_bytes(moment.random()),
            FileKey::from_bytes(moment.random()),
        );
        let name = media::name_of(path);
        let size = std::fs::metadata(path).map_or(0, |about| about.len());
        let view = FileJobView {
            what: "add",
            network: *network,
            document: *doc,
            attachment: id,
            name: name.clone(),
            done: 0,
            size,
        };
        let (folder, news) = (Arc::clone(&self.filing.folder), self.filing.news.clone());
        let (path, at, runtime) = (path.to_owned(), moment.now, self.filing.runtime.clone());
        self.filing.begin(view, None, waiting, |number, progress| {
            runtime.spawn(async move {
                let added = async {
                    let files = folder.open().await?;
                    let (blob, size) = files.add(&path, &key, &progress).await?;
                    Ok(FileRecord {
                        media: media::type_of(&path),
                        name,
                        size,
                        blob,
                        key,
                        at,
                    })
                };
                let added = added.await.map_err(|error| refusal(&error));
                tell(&news, FileNews::Added(number, added));
            })
        });
        Ok(())
    }

    /// Fetches a file that is not here, then writes it to a place if one is given.
    fn begin_to_fetch(
        &mut self,
        network: &NetworkId,
        attachment: &ItemId,
        to: Option<(PathBuf, bool)>,
        reply: Option<Reply>,
    ) -> Result<(), CommandError> {
        let (doc, file) = self.replica.attachment(network, attachment)?;
        let mut jobs = self.filing.jobs.iter_mut();
        let same = jobs.find(|job| job.blob == Some(file.blob) && job.view.what == "fetch");
        if to.is_none()
            && let Some(job) = same
        {
            match &mut job.waiting {
                Waiting::Asked(replies) => replies.push(reply),
                waiting @ Waiting::Nobody => *waiting = Waiting::Asked(vec![reply]),
            }
            return Ok(());
        }
        let view = FileJobView {
            what: if to.is_some() { "save" } else { "fetch" },
            network: *network,
            document: doc,
            attachment: *attachment,
            name: file.name,
            done: 0,
            size: file.size,
        };
        let target = to.map(|(path, over)| Target {
            path,
            over,
            key: file.key,
        });
        let waiting = Waiting::Asked(vec![reply]);
        self.fetch(view, file.blob, target, waiting);
        Ok(())
    }

    fn fetch(&mut self, view: FileJobView, blob: BlobId, target: Option<Target>, waiting: Waiting) {
        let from = self.links.devices_in(&view.network);
        let fetching = Fetching {
            folder: Arc::clone(&self.filing.folder),
            net: self.links.net(),
            from,
            blob,
            size: view.size,
            target,
        };
        let (news, runtime) = (self.filing.news.clone(), self.filing.runtime.clone());
        self.filing
            .begin(view, Some(blob), waiting, |number, progress| {
                runtime.spawn(async move {
                    let done = fetching.run(&progress).await;
                    tell(&news, FileNews::Done(number, done));
                })
            });
    }

    /// Takes in what a task tells.
    pub(crate) fn file_news(&mut self, news: FileNews) {
        self.shows_anew();
        match news {
            FileNews::Held { held, aside, used } => {
                self.filing.held = held;
                self.filing.aside = aside;
                self.filing.disk_use = used;
                self.filing.known = true;
                self.allow_files();
            }
            FileNews::Added(number, added) => {
                let Some(job) = self.filing.end(number) else {
                    return;
                };
                let (network, doc, id) = (job.view.network, job.view.document, job.view.attachment);
                let moment = self.moment();
                let attached = added.and_then(|file| {
                    let blob = file.blob;
                    let attached = self.replica.attach(&network, &doc, (id, file), &moment)?;
                    self.filing.held.insert(blob, Presence::Whole);
                    Ok(attached)
                });
                self.answer_waiting(job.waiting, &attached);
                self.settle_now();
                self.allow_files();
                self.filing.look();
            }
            FileNews::Done(number, done) => {
                let Some(job) = self.filing.end(number) else {
                    return;
                };
                if let Some(blob) = job.blob {
                    match &done {
                        Ok(_) => {
                            self.filing.held.insert(blob, Presence::Whole);
                            self.filing.failed.remove(&(blob, job.view.size));
                        }
                        Err(error) => {
                            let again = error.code != FileError::Damaged.code();
                            let at = again.then(Instant::now);
                            self.filing.failed.insert((blob, job.view.size), at);
                        }
                    }
                }
                self.answer_waiting(job.waiting, &done);
                self.allow_files();
                self.filing.look();
            }
        }
    }

    fn answer_waiting(&mut self, waiting: Waiting, result: &Result<Value, CommandError>) {
        match waiting {
            Waiting::Asked(replies) => {
                for reply in replies {
                    self.answer_gone_on(reply, result.clone());
                }
            }
            Waiting::Nobody => {
                if let Err(error) = result {
                    tracing::debug!(code = %error.code, "a file was not fetched: {error}");
                }
            }
        }
    }

    /// Says anew who may have which files, and gives them.
    pub(crate) fn allow_files(&mut self) {
        let Some(files) = self.filing.open_files() else {
            return;
        };
        files.allow(self.replica.circles());
        if let Some(net) = self.links.net()
            && self.links.begin_to_serve()
        {
            net.serve(files.clone());
        }
    }

    /// In a quiet moment: fetches what is to be fetched unasked, and lets go of what no document speaks of.
    pub(crate) fn file_away(&mut self) {
        if self.filing.looked.elapsed() < LOOK {
            return;
        }
        self.filing.looked = Instant::now();
        self.collect_files();
        let there = self.links.devices();
        // Who went and came back is somebody new to ask.
        if self.filing.there != there {
            self.filing.there = there;
            self.filing.failed.retain(|_, at| at.is_none());
        }
        if self.filing.there.is_empty() || self.filing.is_busy() || !self.filing.known {
            return;
        }
        let held = &self.filing.held;
        let is_here = |blob: &BlobId| held.get(blob) == Some(&Presence::Whole);
        // What went bad here was here: it comes anew whatever is wished of others.
        let mut wanted = self.replica.files_among(&self.filing.aside);
        wanted.extend(self.replica.files_to_keep(is_here));
        let wanted = wanted.into_iter();
        let wanted: Vec<(NetworkId, FileRow)> = wanted
            .filter(|(network, row)| {
                let failed = self.filing.failed.get(&(row.blob, row.size));
                failed.is_none_or(|at| at.is_some_and(|at| at.elapsed() >= RETRY))
                    && !self.links.devices_in(network).is_empty()
            })
            .collect();
        let names = wanted.iter().map(|(_, row)| (row.blob, row.size));
        let Some(next) = self.filing.turns.next(names) else {
            return;
        };
        if let Some((network, row)) = wanted.into_iter().nth(next) {
            let view = FileJobView {
                what: "fetch",
                network,
                document: row.doc,
                attachment: row.id,
                name: row.name,
                done: 0,
                size: row.size,
            };
            self.fetch(view, row.blob, None, Waiting::Nobody);
        }
    }

    fn collect_files(&mut self) {
        let due = self.filing.collected;
        if due.is_some_and(|at| at.elapsed() < COLLECT) || self.filing.is_busy() {
            return;
        }
        let Some(files) = self.filing.open_files().cloned() else {
            return;
        };
        self.filing.collected = Some(Instant::now());
        let (files, wanted, now) = (files, self.replica.files_wanted(), self.moment().now);
        self.filing.runtime.spawn(async move {
            match files.collect(&wanted, now, GRACE).await {
                Ok(0) => {}
                Ok(gone) => tracing::info!(gone, "files that no document speaks of are let go"),
                Err(error) => {
                    tracing::warn!(
                        code = error.code(),
                        "files were not looked through: {error}"
                    );
                }
            }
        });
    }
}
