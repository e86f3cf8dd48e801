//! What goes along with a backup, behind the database: files under a name of 32 bytes, of which the store knows nothing else.
//!
//! ```text
//!   name (32) · length (u64) · its bytes · the next … · 32 zeros · how many there were (u64)
//! ```

use std::{
    fs::File,
    io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom, Take, Write},
    path::{Path, PathBuf},
};

use crate::StoreError;

/// How much is copied at once, in bytes.
const PART: usize = 256 * 1024;
/// A name and a length.
const HEAD: u64 = 32 + 8;
/// Behind the last: no file is called so.
const END: [u8; 32] = [0; 32];

/// A file that goes along with a backup.
pub struct Beside<R> {
    /// Its name; not all zeros.
    pub name: [u8; 32],
    /// How long it is, in bytes.
    pub length: u64,
    /// Its bytes.
    pub bytes: R,
}

/// A file that went along with a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Along {
    /// Its name.
    pub name: [u8; 32],
    /// How long it is, in bytes.
    pub length: u64,
    backup: PathBuf,
    at: u64,
}

impl Along {
    /// Its bytes, as they lie in the backup.
    ///
    /// # Errors
    /// Where the backup does not open any more.
    pub fn open(&self) -> io::Result<Take<BufReader<File>>> {
        let mut file = File::open(&self.backup)?;
        file.seek(SeekFrom::Start(self.at))?;
        Ok(BufReader::new(file).take(self.length))
    }
}

/// Writes files at the end of `to`, and that these were all; answers the names of those that did not read to their end, which are left out.
/// `told` hears how many bytes are copied, and says whether to go on: nothing is answered where it says no.
pub(crate) fn write<R: Read>(
    to: &mut File,
    files: impl Iterator<Item = Beside<R>>,
    told: &mut dyn FnMut(u64) -> bool,
) -> io::Result<Option<Vec<[u8; 32]>>> {
    let (mut count, mut left_out) = (0_u64, Vec::new());
    let mut before = 0_u64;
    if !told(before) {
        return Ok(None);
    }
    for mut file in files {
        let begun = to.stream_position()?;
        to.write_all(&file.name)?;
        to.write_all(&file.length.to_be_bytes())?;
        let mut told_within = |copied| told(before.saturating_add(copied));
        match copy(&mut file, to, &mut told_within)? {
            Copied::Whole => count += 1,
            Copied::Not => {
                to.set_len(begun)?;
                to.seek(SeekFrom::Start(begun))?;
                left_out.push(file.name);
            }
            Copied::Stopped => return Ok(None),
        }
        before = before.saturating_add(file.length);
    }
    to.write_all(&END)?;
    to.write_all(&count.to_be_bytes())?;
    Ok(Some(left_out))
}

/// What came of copying a file.
enum Copied {
    Whole,
    /// It does not read, or is not as long as was said.
    Not,
    Stopped,
}

/// Copies a file; `told` hears how much of it is copied, and says whether to go on.
fn copy<R: Read>(
    file: &mut Beside<R>,
    to: &mut File,
    told: &mut dyn FnMut(u64) -> bool,
) -> io::Result<Copied> {
    let mut part = vec![0; PART];
    let mut left = file.length;
    loop {
        let read = match file.bytes.read(&mut part) {
            Ok(read) => read as u64,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => {
                tracing::warn!(%error, "a file does not read and does not go along");
                return Ok(Copied::Not);
            }
        };
        match read {
            0 if left == 0 => return Ok(Copied::Whole),
            0 => return Ok(Copied::Not),
            read if read > left => return Ok(Copied::Not),
            read => to.write_all(&part[..read as usize])?,
        }
        left -= read;
        if !told(file.length - left) {
            return Ok(Copied::Stopped);
        }
    }
}

/// What stands in a backup from a place on, to its end.
pub(crate) fn read(backup: &Path, from: u64) -> Result<Vec<Along>, StoreError> {
    let io = |error: io::Error| StoreError::io("read", backup)(error);
    let mut file = File::open(backup).map_err(io)?;
    let size = file.metadata().map_err(io)?.len();
    let (mut at, mut files) = (from, Vec::new());
    loop {
        let damaged = || StoreError::Damaged {
            what: "the files in the backup are cut or were altered".to_owned(),
        };
        let behind = at.checked_add(HEAD).filter(|behind| *behind <= size);
        let behind = behind.ok_or_else(damaged)?;
        let (mut name, mut length) = ([0; 32], [0; 8]);
        file.seek(SeekFrom::Start(at)).map_err(io)?;
        file.read_exact(&mut name).map_err(io)?;
        file.read_exact(&mut length).map_err(io)?;
        let length = u64::from_be_bytes(length);
        if name == END {
            let whole = length == files.len() as u64 && behind == size;
            return if whole { Ok(files) } else { Err(damaged()) };
        }
        files.push(Along {
            name,
            length,
            backup: backup.to_owned(),
            at: behind,
        });
        at = behind.checked_add(length).ok_or_else(damaged)?;
    }
}
