//! Attached files in backups: those that are here go along, encrypted as they lie here; those that do not are named.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use serde::Serialize;
use tokio::runtime::Builder;
use tresse_model::{BlobId, NetworkId};
use tresse_net::{FileError, Files};
use tresse_store::{Along, Beside, StoreError};

use crate::{
    AppView, CommandError, Engine, EngineError, FileRow, MEBIBYTE, PassphraseCost, Progress,
    Secret, SlotKind, Unlock,
};

/// How many bytes of attached files go along with a backup, unless something else is said: 16 GiB.
pub const BACKUP_FILES: u64 = 16 * 1024 * MEBIBYTE;

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    /// What opens it.
    pub protection: Vec<SlotKind>,
    /// How many attached files are in it.
    pub files: usize,
    /// The attached files that are not, by network, then as in its list.
    pub left_out: Vec<FileLeftOut>,
}

/// An attached file that a backup or an archive does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileLeftOut {
    /// Which network.
    pub network: NetworkId,
    /// The title of the page or meeting.
    pub title: String,
    /// The file's name.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
    /// Why not.
    pub why: WhyLeftOut,
}

/// Why an attached file is not in a backup or an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyLeftOut {
    /// Not all of it is on this machine.
    NotHere,
    /// With it there would be more than goes along.
    TooMuch,
    /// It does not read.
    Damaged,
}

impl WhyLeftOut {
    /// The word for it, for scripts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotHere => "not-here",
            Self::TooMuch => "too-much",
            Self::Damaged => "damaged",
        }
    }
}

impl FileLeftOut {
    pub(crate) fn of(network: NetworkId, row: &FileRow, why: WhyLeftOut) -> Self {
        Self {
            network,
            title: row.title.clone(),
            name: row.name.clone(),
            size: row.size,
            why,
        }
    }
}

/// What of a backup is in the profile made from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Restored {
    /// How many attached files.
    pub files: usize,
    /// How many did not read, or found no room. They come again from members who have them.
    pub lost: usize,
}

/// Which of some files go along where no more than `most` bytes do, the smallest first so that most do; and those that do not. A file that
/// is attached in several places counts once.
pub(crate) fn divide(
    rows: Vec<(NetworkId, FileRow)>,
    is_here: impl Fn(&BlobId) -> bool,
    most: u64,
) -> (Vec<(NetworkId, FileRow)>, Vec<FileLeftOut>) {
    let mut sizes: Vec<(u64, BlobId)> = rows
        .iter()
        .filter(|(_, row)| is_here(&row.blob))
        .map(|(_, row)| (row.size, row.blob))
        .collect();
    sizes.sort_unstable();
    sizes.dedup();
    let (mut sum, mut taken) = (0_u64, BTreeSet::new());
    for (size, blob) in sizes {
        sum = sum.saturating_add(size);
        if sum > most {
            break;
        }
        taken.insert(blob);
    }
    let (along, others): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .partition(|(_, row)| taken.contains(&row.blob));
    let left_out = others.iter().map(|(network, row)| {
        let why = if is_here(&row.blob) {
            WhyLeftOut::TooMuch
        } else {
            WhyLeftOut::NotHere
        };
        FileLeftOut::of(*network, row, why)
    });
    (along, left_out.collect())
}

impl Engine {
    /// Copies the whole profile into a new file while it is in use; with it go the attached files that are here, the smallest first and no more
    /// than `most` bytes of them ([`BACKUP_FILES`]). The copy opens by the profile's own passphrase, or by nothing where the profile does; `passphrase` gives
    /// it one of its own, which a profile that only the keyring opens needs.
    ///
    /// # Errors
    /// Where the file is there already or cannot be written, or a passphrase is needed; `stopped` where `progress` was told to stop: there is no
    /// file then.
    pub fn backup(
        &self,
        file: &Path,
        passphrase: Option<&Secret>,
        most: u64,
        progress: &Progress,
    ) -> Result<BackedUp, CommandError> {
        let vault = self.keys.vault().clone();
        let keys = vault.for_backup(passphrase.map(|secret| (secret, PassphraseCost::STANDARD)))?;
        let protection = keys.kinds();
        let (job, documents, folder, runtime) = self.ask(move |core| {
            let filing = &core.filing;
            let (folder, runtime) = (Arc::clone(&filing.folder), filing.runtime.clone());
            let networks = core.replica.network_ids();
            let replica = &mut core.replica;
            let documents = networks.iter().map(|id| replica.documents(id)).sum();
            (replica.backup_job(keys), documents, folder, runtime)
        })?;
        let job = job?;
        // A folder of files that does not answer keeps nobody from a backup of what is written.
        let view = self.view_with_files().or_else(|_| self.fresh_view())?;
        let here = &view.files.here;
        let (rows, mut left_out) = divide(all_files(&view), |blob| here.contains(blob), most);
        let mut along: BTreeSet<BlobId> = rows.iter().map(|(_, row)| row.blob).collect();
        progress.tell((0, documents))?;
        if along.is_empty() {
            job.run_unless(file, || progress.go_on().is_ok())?;
        } else {
            let sizes: BTreeMap<BlobId, u64> =
                rows.iter().map(|(_, row)| (row.blob, row.size)).collect();
            let all = sizes.values().sum();
            let opened = runtime.block_on(folder.open()).inspect_err(not_kept);
            let sealed = along.iter().filter_map(|blob| {
                let files = opened.as_ref().ok()?;
                let sealed = runtime.block_on(files.sealed(blob, runtime.clone()));
                let sealed = sealed.inspect_err(not_kept).ok()?;
                Some(Beside {
                    name: *blob.as_bytes(),
                    length: sealed.length,
                    bytes: sealed,
                })
            });
            // Encrypted they are a little longer.
            let told = |bytes: u64| match bytes {
                0 => progress.go_on().is_ok(),
                bytes => progress.tell_bytes((bytes.min(all), all)).is_ok(),
            };
            job.run_with(file, sealed, told)?;
            // What stands in it is what is in it.
            let held: BTreeSet<BlobId> = tresse_store::along(file)
                .map_err(CommandError::from)?
                .into_iter()
                .map(|one| BlobId::from_bytes(one.name))
                .collect();
            let lost = rows.iter().filter(|(_, row)| !held.contains(&row.blob));
            let damaged = WhyLeftOut::Damaged;
            left_out.extend(lost.map(|(network, row)| FileLeftOut::of(*network, row, damaged)));
            along = held;
        }
        Ok(BackedUp {
            protection,
            files: along.len(),
            left_out,
        })
    }

    /// Makes a profile in a new or empty folder from a backup, protected as the backup is, with the attached files that went along. It goes on
    /// under new actor names, since another copy may have gone on under the old ones. `progress` tells it in bytes of the backup.
    ///
    /// # Errors
    /// Where the folder is not empty, the file is not a backup or is cut, or `unlock` does not open it; `stopped` where `progress` was told to stop:
    /// there is no profile then. Files that do not read are counted, and keep nobody from the rest.
    pub fn restore(
        file: &Path,
        dir: &Path,
        unlock: &Unlock,
        progress: &Progress,
    ) -> Result<Restored, EngineError> {
        let along = tresse_store::along(file)?;
        let all = file.metadata()?.len();
        let files: u64 = along.iter().map(|one| one.length).sum();
        let told = |bytes: u64| progress.tell_bytes((bytes, all)).is_ok();
        let mut builder = Builder::new_multi_thread();
        let runtime = builder.worker_threads(1).enable_all().build()?;
        let put = |folder: &Path| {
            let before = all.saturating_sub(files);
            let restored = match along.as_slice() {
                [] => Some(Restored::default()),
                along => runtime.block_on(put_along(along, folder, (before, all), progress)),
            };
            // Proving the database and closing the files take a while, too.
            let goes_on = restored.filter(|_| progress.go_on().is_ok());
            goes_on.ok_or(StoreError::Stopped)
        };
        Ok(tresse_store::restore_with(
            file,
            dir,
            |keys| unlock.vault(keys),
            told,
            put,
        )?)
    }
}

/// Puts the files that went along with a backup into their folder: told as so many bytes of all, the first of them after so many. Nothing
/// where it was stopped.
async fn put_along(
    along: &[Along],
    folder: &Path,
    (mut done, all): (u64, u64),
    progress: &Progress,
) -> Option<Restored> {
    let mut restored = Restored::default();
    let opened = Files::open(folder).await;
    let Ok(files) = opened.inspect_err(not_kept) else {
        restored.lost = along.len();
        return Some(restored);
    };
    let mut goes_on = true;
    for one in along {
        goes_on = progress.tell_bytes((done, all)).is_ok();
        if !goes_on {
            break;
        }
        let of_file = progress.of_file();
        let blob = BlobId::from_bytes(one.name);
        let kept = match one.open() {
            Ok(bytes) => files.keep_sealed(&blob, one.length, bytes, &of_file).await,
            Err(source) => Err(FileError::Io {
                path: folder.to_owned(),
                source,
            }),
        };
        match kept {
            Ok(()) => restored.files += 1,
            Err(FileError::Stopped) => goes_on = false,
            Err(error) => {
                not_kept(&error);
                restored.lost += 1;
            }
        }
        done = done.saturating_add(one.length);
    }
    files.close().await;
    goes_on.then_some(restored)
}

fn not_kept(error: &FileError) {
    tracing::warn!(
        code = error.code(),
        "an attached file does not go along: {error}"
    );
}

/// Every attached file of all networks.
fn all_files(view: &AppView) -> Vec<(NetworkId, FileRow)> {
    let rows = view.networks.iter().flat_map(|network| {
        let rows = network.files.iter();
        rows.map(|row| (network.id, row.clone()))
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use tresse_model::{DocId, ItemId};

    use super::*;

    fn row(number: u8, blob: u8, size: u64) -> (NetworkId, FileRow) {
        let row = FileRow {
            id: ItemId::from_bytes([number; 10]),
            doc: DocId::page([1; 16]),
            title: "Dossier".into(),
            name: format!("{number}.pdf"),
            size,
            blob: BlobId::from_bytes([blob; 32]),
        };
        (NetworkId::from_bytes([1; 20]), row)
    }

    #[test]
    fn the_smallest_go_along_up_to_the_bound_and_each_of_the_others_is_named() {
        let rows = vec![
            row(1, 1, 500),
            row(2, 2, 30),
            row(3, 2, 30),
            row(4, 3, 10),
            row(5, 4, 1),
        ];
        let is_here = |blob: &BlobId| *blob != BlobId::from_bytes([4; 32]);
        let names = |rows: &[(NetworkId, FileRow)]| -> Vec<String> {
            rows.iter().map(|(_, row)| row.name.clone()).collect()
        };
        let (along, left_out) = divide(rows.clone(), is_here, 40);
        assert_eq!(names(&along), ["2.pdf", "3.pdf", "4.pdf"]);
        let why: Vec<_> = left_out.iter().map(|one| (&*one.name, one.why)).collect();
        assert_eq!(
            why,
            [
                ("1.pdf", WhyLeftOut::TooMuch),
                ("5.pdf", WhyLeftOut::NotHere)
            ]
        );
        assert!(divide(rows.clone(), is_here, 0).0.is_empty());
        assert_eq!(divide(rows, is_here, 540).0.len(), 4);
    }
}
