//! Attached files that the system's programs open: copies in a folder that only this person can look into, emptied when the profile is
//! opened and closed. They are the only place where a file lies decrypted, and only for as long.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The folder of a profile's opened files.
#[derive(Debug, Clone)]
pub(super) struct OpenedFiles {
    folder: PathBuf,
    profile: PathBuf,
}

impl OpenedFiles {
    /// Those of a profile; what an earlier run left behind goes.
    pub(super) fn of(profile: &Path) -> Self {
        let mut hasher = DefaultHasher::new();
        profile.hash(&mut hasher);
        let run = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
        let base = run.filter(|folder| folder.is_dir());
        let base = base.unwrap_or_else(std::env::temp_dir);
        let opened = Self {
            folder: base.join(format!("tresse-{:016x}", hasher.finish())),
            profile: profile.to_owned(),
        };
        opened.empty();
        opened
    }

    /// Deletes every copy.
    pub(super) fn empty(&self) {
        if self.folder.symlink_metadata().is_err() {
            return;
        }
        // A program may still have one open; the next start deletes it.
        if let Err(error) = self.own().and_then(|()| fs::remove_dir_all(&self.folder)) {
            tracing::warn!(%error, "copies of opened files are left");
        }
    }

    /// Where a file of this attachment goes, under a name that is safe.
    ///
    /// # Errors
    /// Where there is no folder of this person alone.
    pub(super) fn place(&self, attachment: &str, name: &str) -> io::Result<PathBuf> {
        if self.folder.symlink_metadata().is_err() {
            make_private(&self.folder)?;
        }
        self.own()?;
        let folder = self.folder.join(attachment);
        if !folder.is_dir() {
            make_private(&folder)?;
        }
        Ok(folder.join(tresse_engine::attachment_name(name)))
    }

    /// Whether the folder is one, and this person's: somebody else on the machine may have made one of that name.
    fn own(&self) -> io::Result<()> {
        let about = self.folder.symlink_metadata()?;
        let mut sound = about.is_dir();
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt, PermissionsExt};
            let me = fs::metadata(&self.profile)?.uid();
            sound &= about.uid() == me && about.permissions().mode() % 0o100 == 0;
        }
        if sound {
            return Ok(());
        }
        let message = format!(
            "{} belongs to somebody else: {} is not opened there",
            self.folder.display(),
            self.profile.display()
        );
        Err(io::Error::new(io::ErrorKind::PermissionDenied, message))
    }
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Marks a copy as one that is not to be written in, as far as the system can: what is written there comes to nobody.
pub(super) fn only_to_read(path: &Path) -> io::Result<()> {
    let mut permissions = fs::metadata(path)?.permissions();
    permissions.set_readonly(true);
    fs::set_permissions(path, permissions)
}

/// Has the system open a file by the program that it has for it.
pub(super) fn show(path: &Path) -> io::Result<()> {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let mut child = Command::new(program)
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    // Somebody has to hear that it ended.
    std::thread::Builder::new()
        .name("opened".into())
        .spawn(move || match child.wait() {
            Ok(status) => tracing::debug!(%status, "the system's program was asked"),
            Err(error) => tracing::debug!(%error, "the system's program was not heard of"),
        })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_lie_in_a_folder_of_ones_own_and_are_gone_after_the_next_start() {
        let profile = tempfile::tempdir().unwrap();
        let opened = OpenedFiles::of(profile.path());
        let path = opened.place("abc", "../../Bilan.pdf").unwrap();
        assert!(path.starts_with(&opened.folder));
        assert_eq!(path.file_name().unwrap(), "Bilan.pdf");
        fs::write(&path, "x").unwrap();
        only_to_read(&path).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&opened.folder).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0);
        }
        let again = OpenedFiles::of(profile.path());
        assert_eq!(again.folder, opened.folder);
        assert!(!path.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_others_can_look_into_is_not_used() {
        use std::os::unix::fs::PermissionsExt;
        let profile = tempfile::tempdir().unwrap();
        let opened = OpenedFiles::of(profile.path());
        fs::create_dir(&opened.folder).unwrap();
        fs::set_permissions(&opened.folder, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(opened.place("abc", "a.pdf").is_err());
        fs::remove_dir(&opened.folder).unwrap();
    }
}
