//! How much room there is for files, and how much of the disk stays free: what is written beside them must go on.

use std::path::Path;

/// So many bytes stay free of a large disk.
const RESERVE: u64 = 256 * 1024 * 1024;
/// Of a small one, one part in so many.
const PART: u64 = 20;

/// How many bytes files may still take of the disk that a folder is on. Where that cannot be found out, as many as one likes: the system
/// says when there is no more.
pub(super) fn left(folder: &Path) -> u64 {
    match fs4::statvfs(folder) {
        Ok(disk) => spare(disk.available_space(), disk.total_space()),
        Err(error) => {
            tracing::debug!(%error, "how much room is left cannot be found out");
            u64::MAX
        }
    }
}

fn spare(available: u64, total: u64) -> u64 {
    available.saturating_sub(RESERVE.min(total / PART))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_every_disk_stays_free_and_of_a_large_one_no_more_than_is_of_use() {
        const GIB: u64 = 1024 * 1024 * 1024;
        assert_eq!(spare(100 * GIB, 1000 * GIB), 100 * GIB - RESERVE);
        assert_eq!(spare(RESERVE, 1000 * GIB), 0);
        assert_eq!(spare(1000, 2000), 900);
        assert_eq!(spare(10, 2000), 0);
        assert!(left(&std::env::temp_dir()) > 0);
    }
}
