//! How many strangers are let in.
//!
//! A connection costs memory and a signature before anything is known of who dials. So each
//! source gets a bucket of attempts that refills slowly and few places at once, and there is a
//! bound over all sources. All of it is about the time before the device's key is proved.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How many attempts a source may make in one go.
const BURST: f64 = 64.0;
/// How many attempts per second a source regains.
const REFILL: f64 = 8.0;
/// How many greetings may be under way with one source.
const INSIDE_PER_SOURCE: usize = 24;
/// How many greetings may be under way in all.
const INSIDE: usize = 96;
/// From here on a caller must first show that it receives at the address it writes from.
const BUSY: usize = 24;
/// How many sources are remembered one by one; the others share a bucket.
const SOURCES: usize = 4096;
/// How often those that no longer matter are forgotten when there are too many.
const TIDY: Duration = Duration::from_secs(1);

/// Where an attempt comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Source {
    V4(Ipv4Addr),
    /// The first half of an IPv6 address: one household or office.
    V6([u8; 8]),
    /// Through a relay, which vouches for the device.
    Relayed([u8; 32]),
    /// Anything else, and everyone once too many are remembered.
    Other,
}

impl Source {
    pub(crate) fn of(ip: IpAddr) -> Self {
        match ip.to_canonical() {
            IpAddr::V4(ip) => Self::V4(ip),
            IpAddr::V6(ip) => {
                let mut prefix = [0; 8];
                prefix.copy_from_slice(&ip.octets()[..8]);
                Self::V6(prefix)
            }
        }
    }
}

#[derive(Debug)]
struct Visitor {
    attempts: f64,
    since: Instant,
    inside: usize,
}

/// The count of those at the door. Clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Door(Arc<Mutex<Callers>>);

#[derive(Debug, Default)]
struct Callers {
    visitors: HashMap<Source, Visitor>,
    inside: usize,
    /// When room was last made among the visitors.
    tidied: Option<Instant>,
}

/// A place inside the door, given back when dropped.
#[derive(Debug)]
pub(crate) struct Pass {
    door: Door,
    source: Source,
}

/// What to do with an attempt.
#[derive(Debug)]
pub(crate) enum Answer {
    /// Let it greet.
    Enter(Pass),
    /// Ask it to show that it receives at its address, then come again.
    ShowAddress,
    /// Say nothing.
    Silence,
}

impl Door {
    /// Decides on an attempt from a source whose address is or is not known to be its own.
    pub(crate) fn knock(&self, source: Source, address_shown: bool, now: Instant) -> Answer {
        let mut callers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if callers.inside >= BUSY && !address_shown {
            return Answer::ShowAddress;
        }
        if callers.inside >= INSIDE {
            return Answer::Silence;
        }
        let source = callers.remembered(source, now);
        let visitor = callers.visitors.entry(source).or_insert(Visitor {
            attempts: BURST,
            since: now,
            inside: 0,
        });
        visitor.refill(now);
        if visitor.attempts < 1.0 || visitor.inside >= INSIDE_PER_SOURCE {
            return Answer::Silence;
        }
        visitor.attempts -= 1.0;
        visitor.inside += 1;
        callers.inside += 1;
        Answer::Enter(Pass {
            door: self.clone(),
            source,
        })
    }
}

impl Visitor {
    fn refill(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.since);
        self.attempts = (self.attempts + passed.as_secs_f64() * REFILL).min(BURST);
        self.since = now;
    }
}

impl Callers {
    /// The source itself, or the shared one when there is no room to remember it.
    fn remembered(&mut self, source: Source, now: Instant) -> Source {
        if self.visitors.len() < SOURCES || self.visitors.contains_key(&source) {
            return source;
        }
        let ago = |then| now.saturating_duration_since(then);
        // Not for every caller: looking at all of them is what a flood would like to cause.
        if self.tidied.is_none_or(|then| ago(then) >= TIDY) {
            let full = Duration::from_secs_f64(BURST / REFILL);
            self.visitors
                .retain(|_, visitor| visitor.inside > 0 || ago(visitor.since) < full);
            self.tidied = Some(now);
        }
        if self.visitors.len() < SOURCES {
            source
        } else {
            Source::Other
        }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        let mut callers = self.door.0.lock().unwrap_or_else(PoisonError::into_inner);
        callers.inside = callers.inside.saturating_sub(1);
        if let Some(visitor) = callers.visitors.get_mut(&self.source) {
            visitor.inside = visitor.inside.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entered(answer: Answer) -> Option<Pass> {
        match answer {
            Answer::Enter(pass) => Some(pass),
            Answer::ShowAddress | Answer::Silence => None,
        }
    }

    #[test]
    fn a_source_that_hammers_is_met_with_silence_then_heard_again() {
        let (door, start) = (Door::default(), Instant::now());
        let source = Source::of([10, 0, 0, 1].into());
        let let_in = (0..1000)
            .filter(|_| entered(door.knock(source, true, start)).is_some())
            .count();
        assert_eq!(let_in, 64);
        let other = Source::of([10, 0, 0, 2].into());
        assert!(entered(door.knock(other, true, start)).is_some());
        let later = start + Duration::from_secs(1);
        assert!(entered(door.knock(source, true, later)).is_some());
    }

    #[test]
    fn one_source_holds_few_places_and_gives_them_back() {
        let (door, now) = (Door::default(), Instant::now());
        let source = Source::of([10, 0, 0, 1].into());
        let passes: Vec<_> = (0..100)
            .filter_map(|_| entered(door.knock(source, true, now)))
            .collect();
        assert_eq!(passes.len(), INSIDE_PER_SOURCE);
        drop(passes);
        assert!(entered(door.knock(source, true, now)).is_some());
    }

    #[test]
    fn when_it_is_busy_a_caller_must_show_its_address() {
        let (door, now) = (Door::default(), Instant::now());
        let ask = |n: usize, shown| door.knock(Source::of([10, 1, 0, n as u8].into()), shown, now);
        let inside: Vec<_> = (0..BUSY).filter_map(|n| entered(ask(n, false))).collect();
        assert_eq!(inside.len(), BUSY);
        assert!(matches!(ask(200, false), Answer::ShowAddress));
        assert!(matches!(ask(200, true), Answer::Enter(_)));
    }

    #[test]
    fn memory_is_bounded_whatever_the_number_of_sources() {
        let (door, now) = (Door::default(), Instant::now());
        for n in 0..20_000_u32 {
            drop(door.knock(Source::V4(n.into()), true, now));
        }
        assert!(door.0.lock().unwrap().visitors.len() <= SOURCES + 1);
    }
}
