//! Files in and out: exports to open formats, import of a page.

use std::{
    collections::BTreeSet,
    fs::OpenOptions,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use tresse_model::{DocId, ItemId, NetworkId};
use tresse_report::ExportFile;

use crate::{AppView, AttachmentCommand, Command, CommandError, Engine, FileRow, Moment};

/// How long is waited for the folder of files to be looked through.
const LOOKED: Duration = Duration::from_secs(20);

/// The longest Markdown file that becomes a page, in bytes.
const LONGEST: u64 = 5_000_000;

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
    /// Writes a network to a folder in an open format; answers the files made, relative to it.
    ///
    /// # Errors
    /// `file-exists` where a file would be overwritten: nothing is written then. `io` where the folder refuses.
    pub fn export(
        &self,
        network: &NetworkId,
        to: &Path,
        format: Format,
    ) -> Result<Vec<String>, CommandError> {
        let id = *network;
        let attached = if format == Format::Markdown {
            self.attached_files(network)?
        } else {
            Vec::new()
        };
        if let Some(there) = attached
            .iter()
            .map(|file| to.join(&file.path))
            .find(|path| path.symlink_metadata().is_ok())
        {
            return Err(exists(&there));
        }
        let files = if format == Format::Automerge {
            let saved = self.ask(move |core| core.replica.saved_documents(&id))??;
            let file = |(doc, bytes): (DocId, Vec<u8>)| ExportFile {
                path: format!("{doc}.automerge"),
                bytes,
            };
            saved.into_iter().map(file).collect()
        } else if format == Format::Html {
            vec![ExportFile {
                path: "overview.html".to_owned(),
                bytes: self.overview_page(network, None)?.into_bytes(),
            }]
        } else {
            let content =
                self.ask(move |core| core.replica.export_content(&id, &Moment::real()))??;
            match format {
                Format::Markdown => tresse_report::markdown(&content),
                Format::Csv => tresse_report::csv(&content),
                Format::Ics => tresse_report::ics(&content),
                Format::Json | Format::Automerge | Format::Html => tresse_report::json(&content),
            }
        };
        let mut made = write_all(to, &files)?;
        for file in attached {
            let path = to.join(&file.path);
            let folder = path.parent().unwrap_or(to);
            std::fs::create_dir_all(folder).map_err(|error| io(folder, &error))?;
            let save = AttachmentCommand::Save {
                network: id,
                attachment: file.id,
                path,
                over: false,
            };
            self.call(save.into())?;
            made.push(file.path);
        }
        Ok(made)
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

/// A file that is attached and goes out with the network.
pub(crate) struct AttachedFile {
    /// The attachment.
    pub(crate) id: ItemId,
    /// Where it goes, from the folder of all.
    pub(crate) path: String,
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
        AttachedFile { id: row.id, path }
    };
    rows.map(place).collect()
}

pub(crate) fn write_all(to: &Path, files: &[ExportFile]) -> Result<Vec<String>, CommandError> {
    let paths: Vec<(PathBuf, &ExportFile)> = files
        .iter()
        .map(|file| (to.join(&file.path), file))
        .collect();
    if let Some((path, _)) = paths
        .iter()
        .find(|(path, _)| path.symlink_metadata().is_ok())
    {
        return Err(exists(path));
    }
    let folders: BTreeSet<_> = paths.iter().filter_map(|(path, _)| path.parent()).collect();
    for folder in folders {
        std::fs::create_dir_all(folder).map_err(|error| io(folder, &error))?;
    }
    for (path, file) in &paths {
        write_new(path, &file.bytes)?;
    }
    Ok(files.iter().map(|file| file.path.clone()).collect())
}

/// Writes a file that is not there yet; answers once it is on the disk.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    let mut out = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => exists(path),
            _ => io(path, &error),
        })?;
    out.write_all(bytes)
        .and_then(|()| out.sync_all())
        .map_err(|error| io(path, &error))
}

/// Writes a file in place of what may be there: whoever looks finds what was there, or all of the new one.
pub(crate) fn write_over(path: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let write = || -> std::io::Result<()> {
        // A name of its own: what lies beside it is somebody's.
        let mut part = tempfile::Builder::new()
            .suffix(".part")
            .make_in(folder, |part| {
                OpenOptions::new().write(true).create_new(true).open(part)
            })?;
        part.write_all(bytes)?;
        part.as_file().sync_all()?;
        part.persist(path).map(drop).map_err(|error| error.error)
    };
    write().map_err(|error| io(path, &error))
}

fn exists(path: &Path) -> CommandError {
    let message = format!("{} is there already: choose another place", path.display());
    CommandError::new("file-exists", message)
}

pub(crate) fn io(path: &Path, error: &std::io::Error) -> CommandError {
    let code = match error.kind() {
        ErrorKind::StorageFull => "disk-full",
        _ => "io",
    };
    CommandError::new(code, format!("{}: {error}", path.display()))
}
