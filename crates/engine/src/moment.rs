//! The time and the randomness of one command, as values: so that a simulation decides both.

use std::{
    cell::RefCell,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use jiff::civil::DateTime;
use rand::{RngCore, SeedableRng, rngs::StdRng};

/// Where an engine takes the time from.
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    /// What it says next, unless it is the machine's.
    told: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's, or one that begins at a given moment.
    pub(crate) fn new(from: Option<i64>) -> Self {
        Self {
            told: from.map(|from| Arc::new(AtomicI64::new(from))),
        }
    }

    /// Now. A clock that is told the time goes on by a millisecond each time it is asked: what comes later is later.
    pub(crate) fn moment(&self) -> Moment {
        match &self.told {
            Some(told) => Moment::real().at(told.fetch_add(1, Ordering::Relaxed)),
            None => Moment::real(),
        }
    }
}

/// What clocks on the wall say where this machine is. `now` is in milliseconds since 1970, UTC.
pub(crate) fn local(now: i64) -> DateTime {
    let now = jiff::Timestamp::from_millisecond(now).unwrap_or_default();
    now.to_zoned_datetime(jiff::tz::TimeZone::system())
        .datetime()
}

/// When something is done, and where its random bytes come from.
#[derive(Debug)]
pub struct Moment {
    /// Milliseconds since 1970, UTC, as this machine's clock claims.
    pub now: i64,
    entropy: RefCell<StdRng>,
}

impl Moment {
    /// This machine's clock and the system's randomness.
    pub fn real() -> Self {
        Self {
            now: jiff::Timestamp::now().as_millisecond(),
            entropy: RefCell::new(StdRng::from_os_rng()),
        }
    }

    /// A given time, and random bytes that follow from a seed.
    pub fn simulated(now: i64, seed: u64) -> Self {
        Self {
            now,
            entropy: RefCell::new(StdRng::seed_from_u64(seed)),
        }
    }

    /// The same randomness at another time.
    #[must_use]
    pub fn at(mut self, now: i64) -> Self {
        self.now = now;
        self
    }

    /// The day of [`Moment::now`] where this machine is, ISO 8601.
    pub fn today(&self) -> String {
        local(self.now).date().to_string()
    }

    /// [`Moment::now`] for acts, which know no time before 1970.
    pub fn unsigned(&self) -> u64 {
        u64::try_from(self.now).unwrap_or(0)
    }

    /// Fresh random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.entropy.borrow_mut().fill_bytes(&mut bytes);
        bytes
    }
}
