//! How much gossip there was.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::Traffic;

/// How much was said and heard, since the start.
#[derive(Debug, Default)]
pub(crate) struct Count {
    sent: AtomicU64,
    sent_bytes: AtomicU64,
    received: AtomicU64,
    received_bytes: AtomicU64,
    neighbours: AtomicU64,
}

impl Count {
    pub(crate) fn read(&self) -> Traffic {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Traffic {
            sent: read(&self.sent),
            sent_bytes: read(&self.sent_bytes),
            received: read(&self.received),
            received_bytes: read(&self.received_bytes),
            neighbours: read(&self.neighbours),
        }
    }

    pub(super) fn sent(&self, bytes: usize) {
        self.sent.fetch_add(1, Ordering::Relaxed);
        self.sent_bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub(super) fn received(&self, bytes: usize) {
        self.received.fetch_add(1, Ordering::Relaxed);
        self.received_bytes
            .fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub(super) fn neighbours(&self, most: usize) {
        self.neighbours.store(most as u64, Ordering::Relaxed);
    }
}
