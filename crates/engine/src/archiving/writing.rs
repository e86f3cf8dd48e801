//! What is gathered for an archive, written into a folder.

use std::{
    path::Path,
    sync::{Mutex, PoisonError},
};

use tresse_model::NetworkId;
use tresse_net::FileProgress;
use tresse_report::{AttachedFile, archive};

use super::{Gathered, file_name};
use crate::{
    CommandError, MEBIBYTE, WhyLeftOut,
    export::{io, places, write_all},
    filing::divide,
};

/// How many bytes of attached files go into an archive, the smallest files first: 4 GiB. It is written on every member's machine.
const FILES: u64 = 4 * 1024 * MEBIBYTE;

/// Writes an archive into a new folder; answers that folder, relative to the profile's, and how many files are in it.
pub(super) fn write(dir: &Path, gathered: &mut Gathered) -> Result<(String, usize), CommandError> {
    // Of one network two may be asked for at once: until it has its name, one lies where the next would begin.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
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
        let place = match gathered.opener.save(file, &path, &FileProgress::default()) {
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
