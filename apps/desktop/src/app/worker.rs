//! Work that must not hold up the window: reading files, decoding pictures, asking the engine and
//! waiting for its answer. Each job runs on a thread of its own; its outcome is a value that the
//! window takes at its next pass.

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    time::{Duration, Instant},
};

/// Runs jobs and keeps their outcomes for the window.
pub struct Worker<T> {
    sender: Sender<T>,
    receiver: Receiver<T>,
    running: usize,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl<T: Send + 'static> Worker<T> {
    /// A worker that calls `wake` after each finished job.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (sender, receiver) = channel();
        Self {
            sender,
            receiver,
            running: 0,
            wake: Arc::new(wake),
        }
    }

    /// Starts a job. Where the system gives no thread, the job's own `failed` value is the outcome.
    pub fn run(
        &mut self,
        name: &str,
        failed: impl FnOnce(std::io::Error) -> T,
        job: impl FnOnce() -> T + Send + 'static,
    ) {
        let sender = self.sender.clone();
        let wake = Arc::clone(&self.wake);
        let spawned = std::thread::Builder::new()
            .name(format!("tresse-{name}"))
            .spawn(move || {
                // The window may be gone by now: then nobody waits for the outcome.
                if sender.send(job()).is_ok() {
                    wake();
                }
            });
        self.running += 1;
        if let Err(error) = spawned
            && self.sender.send(failed(error)).is_ok()
        {
            (self.wake)();
        }
    }

    /// The next finished job's outcome, if there is one.
    pub fn take(&mut self) -> Option<T> {
        let outcome = self.receiver.try_recv().ok()?;
        self.running = self.running.saturating_sub(1);
        Some(outcome)
    }

    /// Waits until every job is over, or for so long at the most; what they bring back is wanted no more.
    pub fn finish(&mut self, most: Duration) {
        let until = Instant::now() + most;
        while self.running > 0 {
            let left = until.saturating_duration_since(Instant::now());
            if self.receiver.recv_timeout(left).is_err() {
                return;
            }
            self.running -= 1;
        }
    }

    /// Whether some job's outcome has not been taken yet.
    pub fn busy(&self) -> bool {
        self.running > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_outcome_is_taken_once_and_the_window_is_woken() {
        let (woken, wakes) = channel();
        let mut worker = Worker::new(move || woken.send(()).unwrap());
        worker.run("sum", |_| 0, || 40 + 2);
        assert!(worker.busy());
        wakes.recv().unwrap();
        assert_eq!(worker.take(), Some(42));
        assert_eq!(worker.take(), None);
        assert!(!worker.busy());
    }

    #[test]
    fn what_is_under_way_is_waited_for_but_not_for_ever() {
        let mut worker = Worker::new(|| {});
        worker.run("sum", |_| 0, || 40 + 2);
        worker.finish(Duration::from_mins(1));
        assert!(!worker.busy());
        let (end, ended) = channel::<()>();
        worker.run("long", |_| 0, move || i32::from(ended.recv().is_ok()));
        worker.finish(Duration::from_millis(1));
        assert!(worker.busy());
        end.send(()).unwrap();
    }
}
