//! Long work: how far it is, how it is stopped, and in what portions the core thread does it.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tresse_net::FileProgress;

use crate::CommandError;

/// How long the core thread works at something long before it looks at what else there is.
const SLICE: Duration = Duration::from_millis(20);
/// The code of what was stopped as somebody asked.
pub(crate) const STOPPED: &str = "stopped";

/// How far long work is that another thread does (a bundle, an export, a backup), and the way to stop it.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
    all: AtomicU64,
    writes: AtomicBool,
    stopped: AtomicBool,
    /// The attached file that is being written just now.
    file: Mutex<FileProgress>,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Documents are gone through: what is done is told in documents.
    Documents,
    /// Files are written: what is done is told in bytes.
    Files,
}

impl Progress {
    /// How many documents or bytes are done, of how many; none of none before that is known.
    pub fn done(&self) -> (usize, usize) {
        let mut done = self.done.load(Ordering::Relaxed);
        let all = self.all.load(Ordering::Relaxed);
        if self.stage() == Stage::Files {
            let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            done = done.saturating_add(file.bytes()).min(all);
        }
        let told = |count| usize::try_from(count).unwrap_or(usize::MAX);
        (told(done), told(all))
    }

    /// What [`Progress::done`] counts.
    pub fn stage(&self) -> Stage {
        if self.writes.load(Ordering::Relaxed) {
            Stage::Files
        } else {
            Stage::Documents
        }
    }

    /// Asks that it stop: of a file, or files, being made there is nothing then; what was taken of a bundle stays.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.stop();
    }

    /// Tells how many documents are done of how many, and goes on unless it was asked to stop.
    pub(crate) fn tell(&self, (done, all): (usize, usize)) -> Result<(), CommandError> {
        self.writes.store(false, Ordering::Relaxed);
        self.count((done as u64, all as u64))
    }

    /// Tells how many bytes are written of how many, and goes on unless it was asked to stop.
    pub(crate) fn tell_bytes(&self, done: (u64, u64)) -> Result<(), CommandError> {
        // What was told of the file before is counted in these.
        drop(self.of_file());
        self.writes.store(true, Ordering::Relaxed);
        self.count(done)
    }

    /// What a file that comes next is to tell how far it is; it stops with all the rest.
    pub(crate) fn of_file(&self) -> FileProgress {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        *file = FileProgress::default();
        if self.stopped.load(Ordering::Relaxed) {
            file.stop();
        }
        file.clone()
    }

    /// Goes on unless it was asked to stop.
    pub(crate) fn go_on(&self) -> Result<(), CommandError> {
        if self.stopped.load(Ordering::Relaxed) {
            return Err(CommandError::new(STOPPED, "stopped, as asked"));
        }
        Ok(())
    }

    fn count(&self, (done, all): (u64, u64)) -> Result<(), CommandError> {
        self.done.store(done, Ordering::Relaxed);
        self.all.store(all, Ordering::Relaxed);
        self.go_on()
    }
}

/// Step after step for a slice of time; whether there is more to do.
pub(crate) fn slice<E>(mut step: impl FnMut() -> Result<bool, E>) -> Result<bool, E> {
    let begun = Instant::now();
    while step()? {
        if begun.elapsed() >= SLICE {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_counted_then_bytes_and_whoever_stops_it_stops_the_file_under_way_and_those_after()
     {
        let progress = Progress::default();
        assert_eq!(
            (progress.stage(), progress.done()),
            (Stage::Documents, (0, 0))
        );
        progress.tell((2, 3)).unwrap();
        assert_eq!(progress.done(), (2, 3));
        progress.tell_bytes((0, 900)).unwrap();
        assert_eq!(
            (progress.stage(), progress.done()),
            (Stage::Files, (0, 900))
        );
        progress.stop();
        assert_eq!(progress.tell_bytes((100, 900)).unwrap_err().code, STOPPED);
        assert_eq!(progress.go_on().unwrap_err().code, STOPPED);
    }

    #[test]
    fn a_slice_ends_with_its_time_or_with_the_work() {
        let mut left = 3;
        let all = slice(|| {
            left -= 1;
            Ok::<_, ()>(left > 0)
        });
        assert_eq!((all, left), (Ok(false), 0));
        let mut steps = 0;
        let more = slice(|| {
            steps += 1;
            std::thread::sleep(SLICE);
            Ok::<_, ()>(true)
        });
        assert_eq!((more, steps), (Ok(true), 1));
        assert_eq!(slice(|| Err("damaged")), Err("damaged"));
    }
}
