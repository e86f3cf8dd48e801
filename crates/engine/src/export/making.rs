//! Files being written into a folder that may hold others.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use tresse_report::ExportFile;

use crate::CommandError;

/// Files that are written one after the other. Until all of them are there ([`Making::keep`]) none of them is to stay: what was made is removed
/// again where it goes no further, folders too, and never anything that was there before.
pub(crate) struct Making<'a> {
    to: &'a Path,
    /// What was made, relative to the folder, parts joined by `/`.
    files: Vec<String>,
    /// The folders that were made, each after the one that it is in.
    folders: Vec<PathBuf>,
}

impl<'a> Making<'a> {
    /// Begins in a folder, which is made with its first file.
    pub(crate) const fn begin(to: &'a Path) -> Self {
        Self {
            to,
            files: Vec::new(),
            folders: Vec::new(),
        }
    }

    /// Whether nothing lies yet where these are to lie.
    pub(crate) fn is_free<'p>(
        &self,
        mut paths: impl Iterator<Item = &'p str>,
    ) -> Result<(), CommandError> {
        let there = paths.find(|path| self.to.join(path).symlink_metadata().is_ok());
        there.map_or(Ok(()), |path| Err(exists(&self.to.join(path))))
    }

    /// Writes one; answers once it is on the disk.
    pub(crate) fn write(&mut self, file: &ExportFile) -> Result<(), CommandError> {
        let path = self.place(&file.path)?;
        let mut out = create(&path)?;
        self.made(&file.path);
        fill(&mut out, &file.bytes).map_err(|error| io(&path, &error))
    }

    /// Where one lies that somebody else writes, which is told by [`Making::made`]; its folder is there.
    pub(crate) fn place(&mut self, path: &str) -> Result<PathBuf, CommandError> {
        let path = self.to.join(path);
        let folder = path.parent().unwrap_or(self.to);
        let absent = folder
            .ancestors()
            .take_while(|one| !one.as_os_str().is_empty());
        let absent: Vec<&Path> = absent.take_while(|one| !one.is_dir()).collect();
        for one in absent.into_iter().rev() {
            match fs::create_dir(one) {
                Ok(()) => self.folders.push(one.to_owned()),
                // Somebody else made it meanwhile.
                Err(_) if one.is_dir() => {}
                Err(error) => return Err(io(one, &error)),
            }
        }
        Ok(path)
    }

    /// This one is there.
    pub(crate) fn made(&mut self, path: &str) {
        self.files.push(path.to_owned());
    }

    /// All of them are there, and stay.
    pub(crate) fn keep(mut self) -> Vec<String> {
        self.folders.clear();
        std::mem::take(&mut self.files)
    }
}

impl Drop for Making<'_> {
    fn drop(&mut self) {
        for path in self.files.drain(..).map(|file| self.to.join(file)) {
            if let Err(error) = fs::remove_file(&path) {
                tracing::warn!(%error, "a file that is not whole is left: {}", path.display());
            }
        }
        for folder in self.folders.drain(..).rev() {
            // Somebody may have put something of theirs in it.
            if let Err(error) = fs::remove_dir(&folder) {
                tracing::warn!(%error, "a folder is left: {}", folder.display());
            }
        }
    }
}

/// Writes all of these, or none.
pub(crate) fn write_all(to: &Path, files: &[ExportFile]) -> Result<(), CommandError> {
    let mut making = Making::begin(to);
    making.is_free(files.iter().map(|file| &*file.path))?;
    for file in files {
        making.write(file)?;
    }
    making.keep();
    Ok(())
}

/// Writes a file that is not there yet; answers once it is on the disk.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    let mut out = create(path)?;
    fill(&mut out, bytes).map_err(|error| io(path, &error))
}

fn create(path: &Path) -> Result<fs::File, CommandError> {
    let made = OpenOptions::new().write(true).create_new(true).open(path);
    made.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => exists(path),
        _ => io(path, &error),
    })
}

fn fill(out: &mut fs::File, bytes: &[u8]) -> std::io::Result<()> {
    out.write_all(bytes)?;
    out.sync_all()
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn file(path: &str) -> ExportFile {
        ExportFile {
            path: path.to_owned(),
            bytes: b"x".to_vec(),
        }
    }

    /// Everything below a folder, relative to it.
    fn below(folder: &Path) -> BTreeSet<PathBuf> {
        let mut found = BTreeSet::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(one) = folders.pop() {
            for entry in fs::read_dir(&one).unwrap() {
                let path = entry.unwrap().path();
                found.insert(path.strip_prefix(folder).unwrap().to_owned());
                if path.is_dir() {
                    folders.push(path);
                }
            }
        }
        found
    }

    #[test]
    fn what_goes_no_further_leaves_just_what_was_there_before() {
        let place = tempfile::tempdir().unwrap();
        fs::create_dir(place.path().join("pages")).unwrap();
        fs::write(place.path().join("pages/à moi.txt"), "à moi").unwrap();
        let before = below(place.path());
        let mut making = Making::begin(place.path());
        making.write(&file("pages/un.md")).unwrap();
        making.write(&file("files/Carnet/photo.jpg")).unwrap();
        let taken = making.write(&file("pages/à moi.txt")).unwrap_err();
        assert_eq!(taken.code, "file-exists");
        drop(making);
        assert_eq!(below(place.path()), before);
    }

    #[test]
    fn what_somebody_put_into_a_new_folder_meanwhile_stays() {
        let place = tempfile::tempdir().unwrap();
        let to = place.path().join("export");
        let mut making = Making::begin(&to);
        making.write(&file("pages/un.md")).unwrap();
        fs::write(to.join("à moi.txt"), "à moi").unwrap();
        drop(making);
        let left = below(&to).into_iter().collect::<Vec<_>>();
        assert_eq!(left, [PathBuf::from("à moi.txt")]);
    }

    #[test]
    fn what_is_whole_is_kept_and_named_in_order() {
        let place = tempfile::tempdir().unwrap();
        let to = place.path().join("export");
        let mut making = Making::begin(&to);
        for path in ["b.md", "pages/a.md"] {
            making.write(&file(path)).unwrap();
        }
        assert_eq!(making.keep(), ["b.md", "pages/a.md"]);
        assert_eq!(below(&to).len(), 3);
        let again = write_all(&to, &[file("c.md"), file("b.md")]).unwrap_err();
        assert_eq!(again.code, "file-exists");
        assert_eq!(below(&to).len(), 3);
    }
}
