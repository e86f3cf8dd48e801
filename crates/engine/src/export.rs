//! Files in and out: exports to open formats, import of a page.

mod making;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use tresse_model::{Attachment, DocId, ItemId, NetworkId};
use tresse_report::{ExportFile, NetworkExport};

pub(crate) use self::making::{Making, io, write_all, write_new, write_over};
use crate::{
    AppView, AttachmentCommand, Command, CommandError, Engine, FileRow, Moment, Progress,
    core::Core,
    progress::slice,
    replica::{Exporting, Wanted},
};

/// How long is waited for the folder of files to be looked through.
const LOOKED: Duration = Duration::from_secs(20);

/// The longest Markdown file that becomes a page, in bytes.
const LONGEST: u64 = 5_000_000;

/// Why an attached file that does not open here may come anew from somebody else.
const ANEW: [&str; 2] = ["file-damaged-here", "file-not-here"];
/// Why no file at all can be written where it is to lie.
const IN_THE_WAY: [&str; 4] = ["file-disk-full", "file-io", "file-exists", "closed"];

/// An open format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Every document with its whole history, one `.automerge` file each.
    Automerge,
    /// Charter, plan, members and each page, as text.
    Markdown,
    /// Actions, objectives, indicators and members as tables.
    Csv,
    /// Due dates and deadlines for a calendar.
    Ics,
    /// Everything as it stands, in one file.
    Json,
    /// The network on one page, to read or to print.
    Html,
}

impl Engine {
    /// Writes a network to a folder in an open format; answers the files made, relative to it. The core thread goes on with everything else
    /// meanwhile: each document is exported as it is when its turn comes.
    ///
    /// # Errors
    /// `file-exists` where a file would be overwritten, `io` where the folder refuses (an attached file that does not read is left out),
    /// `stopped` where `progress` was told to stop: what was
    /// made until then is removed again.
    pub fn export(
        &self,
        network: &NetworkId,
        to: &Path,
        format: Format,
        progress: &Progress,
    ) -> Result<Vec<String>, CommandError> {
        let mut making = Making::begin(to);
        match format {
            Format::Automerge => self.export_documents(network, &mut making, progress)?,
            Format::Html => {
                let page = self.overview_page(network, None)?.into_bytes();
                let path = "overview.html".to_owned();
                write_some(
                    &mut making,
                    &[ExportFile { path, bytes: page }],
                    0,
                    progress,
                )?;
            }
            Format::Markdown => {
                let attached = self.attached_files(network)?;
                making.is_free(attached.iter().map(|file| &*file.path))?;
                let content = self.export_content(network, progress)?;
                let files = tresse_report::markdown(&content);
                let sizes = attached.iter().map(|file| file.size).sum();
                let done = write_some(&mut making, &files, sizes, progress)?;
                let all = (done, done + sizes);
                self.export_attached(&content, attached, (&mut making, all), progress)?;
            }
            Format::Csv | Format::Ics | Format::Json => {
                let content = self.export_content(network, progress)?;
                let files = match format {
                    Format::Csv => tresse_report::csv(&content),
                    Format::Ics => tresse_report::ics(&content),
                    _ => tresse_report::json(&content),
                };
                write_some(&mut making, &files, 0, progress)?;
            }
        }
        Ok(making.keep())
    }

    /// What a network says, asked of the core thread slice by slice.
    fn export_content(
        &self,
        network: &NetworkId,
        progress: &Progress,
    ) -> Result<NetworkExport, CommandError> {
        let mut exporting = self.begin_to_export(network, Wanted::Content)?;
        let mut more = true;
        while more {
            progress.tell(exporting.progress())?;
            (more, exporting) = self.export_some(exporting)?;
        }
        progress.tell(exporting.progress())?;
        self.ask(move |core| exporting.end(&mut core.replica))?
    }

    /// Writes every document as one compact Automerge file: those of a slice, while the core thread does something else.
    fn export_documents(
        &self,
        network: &NetworkId,
        making: &mut Making<'_>,
        progress: &Progress,
    ) -> Result<(), CommandError> {
        let mut exporting = self.begin_to_export(network, Wanted::Documents)?;
        let name = |doc: &DocId| format!("{doc}.automerge");
        let names: Vec<String> = exporting.left().map(name).collect();
        making.is_free(names.iter().map(String::as_str))?;
        let mut more = true;
        while more {
            progress.tell(exporting.progress())?;
            (more, exporting) = self.export_some(exporting)?;
            for (doc, bytes) in exporting.take_saved() {
                progress.go_on()?;
                let path = name(&doc);
                making.write(&ExportFile { path, bytes })?;
            }
        }
        progress.tell(exporting.progress())
    }

    fn begin_to_export(
        &self,
        network: &NetworkId,
        wanted: Wanted,
    ) -> Result<Exporting, CommandError> {
        let network = *network;
        let begin = move |core: &mut Core| {
            Exporting::begin(&core.replica, &network, wanted, Moment::real())
        };
        self.ask(begin)?
    }

    /// Has the core thread gather for a slice of time; whether there is more.
    fn export_some(&self, mut exporting: Exporting) -> Result<(bool, Exporting), CommandError> {
        self.ask(move |core| {
            let more = slice(|| exporting.step(&mut core.replica))?;
            Ok((more, exporting))
        })?
    }

    /// Writes attached files, decrypted, each in its place; `done` of `all` bytes are there before.
    fn export_attached(
        &self,
        content: &NetworkExport,
        attached: Vec<AttachedFile>,
        (making, (mut done, all)): (&mut Making<'_>, (u64, u64)),
        progress: &Progress,
    ) -> Result<(), CommandError> {
        let opener = self.ask(|core| core.filing.opener())?;
        let known = attachments(content);
        for one in attached {
            progress.tell_bytes((done, all))?;
            let path = making.place(&one.path)?;
            let (network, id) = (content.id, one.id);
            let file = match known.get(&id) {
                Some(file) => Ok((*file).clone()),
                None => self.ask(move |core| {
                    let (_, file) = core.replica.attachment(&network, &id)?;
                    Ok(file)
                })?,
            };
            let mut saved = file.and_then(|file| opener.save(&file, &path, &progress.of_file()));
            if saved
                .as_ref()
                .is_err_and(|error| ANEW.contains(&&*error.code))
            {
                progress.go_on()?;
                saved = self.export_anew(&network, &one, &path);
            }
            if saved.is_ok() {
                making.made(&one.path);
            }
            // Whoever stopped it may have done so once all of the file was there.
            progress.go_on()?;
            match saved {
                Ok(()) => {}
                Err(error) if IN_THE_WAY.contains(&&*error.code) => return Err(error),
                // One that does not read, or was taken away meanwhile, keeps nobody from all the others.
                Err(error) => {
                    tracing::warn!(code = %error.code, "an attached file is not exported: {error}");
                }
            }
            done += one.size;
        }
        progress.tell_bytes((done, all))
    }

    /// Writes a file that went bad here, as somebody has it who is there.
    fn export_anew(
        &self,
        network: &NetworkId,
        file: &AttachedFile,
        path: &Path,
    ) -> Result<(), CommandError> {
        let save = AttachmentCommand::Save {
            network: *network,
            attachment: file.id,
            path: path.to_owned(),
            over: false,
        };
        self.call(save.into()).map(drop)
    }

    /// A view that knows which attached files are here: waits until they were looked through.
    ///
    /// # Errors
    /// `file-store` where the folder of files does not answer.
    pub fn view_with_files(&self) -> Result<Arc<AppView>, CommandError> {
        let deadline = Instant::now() + LOOKED;
        loop {
            let view = self.fresh_view()?;
            if view.files.known {
                return Ok(view);
            }
            if Instant::now() >= deadline {
                let message = "the folder of files could not be looked through: the log says why";
                return Err(CommandError::new("file-store", message));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The files that are attached and here, each with a place for it.
    fn attached_files(&self, network: &NetworkId) -> Result<Vec<AttachedFile>, CommandError> {
        let view = self.view_with_files()?;
        let Some(of) = view.network(network) else {
            let message = format!("this profile has no network {network}");
            return Err(CommandError::new("no-network", message));
        };
        let rows = of.files.iter();
        Ok(places(
            rows.filter(|row| view.files.here.contains(&row.blob)),
        ))
    }

    /// The network on one page, as one HTML file that needs nothing beside it; in `fr` or `en`, else in the network's own language.
    ///
    /// # Errors
    /// `no-network` where the profile has no such network.
    pub fn overview_page(
        &self,
        network: &NetworkId,
        lang: Option<&str>,
    ) -> Result<String, CommandError> {
        let view = self.fresh_view()?;
        let Some(view) = view.network(network) else {
            let message = format!("this profile has no network {network}");
            return Err(CommandError::new("no-network", message));
        };
        let lang = lang.unwrap_or(&view.charter.content.language);
        let page = crate::overview_page::page(view, lang, Moment::real().today());
        Ok(tresse_report::overview(&page))
    }

    /// Makes a page of a Markdown file; answers the page.
    ///
    /// # Errors
    /// Where the file cannot be read, is too long, or is not UTF-8 text.
    pub fn import_page(&self, network: &NetworkId, file: &Path) -> Result<DocId, CommandError> {
        let length = std::fs::metadata(file)
            .map_err(|error| io(file, &error))?
            .len();
        if length > LONGEST {
            let message = format!("{}: a page holds 5 MB of text at the most", file.display());
            return Err(CommandError::new("too-long", message));
        }
        let bytes = std::fs::read(file).map_err(|error| io(file, &error))?;
        let text = String::from_utf8(bytes).map_err(|_| {
            CommandError::new("not-text", format!("{} is not UTF-8 text", file.display()))
        })?;
        let name = file
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned());
        let page = tresse_report::parse_page(&text, &name.unwrap_or_default());
        let answer = self.call(Command::PageCreate {
            network: *network,
            title: page.title,
            tags: page.tags,
            text: Some(page.body),
        })?;
        answer
            .get("page")
            .and_then(serde_json::Value::as_str)
            .and_then(|page| page.parse().ok())
            .ok_or_else(|| CommandError::new("internal", "a page was made without a name"))
    }
}

/// Writes files whose bytes are at hand; `more` bytes come after them. Answers how many bytes they have.
fn write_some(
    making: &mut Making<'_>,
    files: &[ExportFile],
    more: u64,
    progress: &Progress,
) -> Result<u64, CommandError> {
    making.is_free(files.iter().map(|file| &*file.path))?;
    let size = |file: &ExportFile| file.bytes.len() as u64;
    let all = files.iter().map(size).sum::<u64>();
    let mut done = 0;
    for file in files {
        progress.tell_bytes((done, all + more))?;
        making.write(file)?;
        done += size(file);
    }
    progress.tell_bytes((done, all + more))?;
    Ok(done)
}

/// The files attached to what is exported.
pub(crate) fn attachments(content: &NetworkExport) -> BTreeMap<ItemId, &Attachment> {
    let pages = content.pages.iter().flat_map(|(_, page)| &page.attachments);
    let meetings = content.meetings.iter();
    let meetings = meetings.flat_map(|meeting| &meeting.content.attachments);
    pages.chain(meetings).map(|file| (file.id, file)).collect()
}

/// A file that is attached and goes out with the network.
pub(crate) struct AttachedFile {
    /// The attachment.
    pub(crate) id: ItemId,
    /// Where it goes, from the folder of all.
    pub(crate) path: String,
    /// How many bytes it has.
    size: u64,
}

/// Places for files: a folder for each page or meeting, and names that every system takes, each once.
pub(crate) fn places<'a>(rows: impl Iterator<Item = &'a FileRow>) -> Vec<AttachedFile> {
    let mut taken = BTreeSet::new();
    let place = |row: &FileRow| {
        let doc = row.doc.to_string();
        let short = doc.get(doc.len().saturating_sub(8)..).unwrap_or(&doc);
        let title = crate::file_name(&row.title);
        let folder = format!("files/{title} {short}").replace("/ ", "/");
        let name = crate::attachment_name(&row.name);
        let mut path = format!("{folder}/{name}");
        if !taken.insert(path.to_lowercase()) {
            path = format!("{folder}/{} {name}", row.id);
            taken.insert(path.to_lowercase());
        }
        AttachedFile {
            id: row.id,
            path,
            size: row.size,
        }
    };
    rows.map(place).collect()
}

#[cfg(test)]
mod tests;
