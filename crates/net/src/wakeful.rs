//! Noticing that this machine slept.
//!
//! While a laptop is suspended the clock that timers go by stands still, so links whose other ends gave up long ago look alive when it wakes.
//! Two signs tell: the clock on the wall went on much further than the other one, or (a process that was stopped) this look comes much later
//! than it was due. A clock that is set forward looks the same, so what follows must do no harm to a link that lives.

use std::time::{Duration, Instant, SystemTime};

/// How often one looks.
pub(crate) const LOOK: Duration = Duration::from_secs(2);
/// Who was away for so long has slept.
const SLEPT: Duration = Duration::from_secs(8);

/// When one looked last, by both clocks.
#[derive(Debug)]
pub(crate) struct Wakeful {
    last: (Instant, SystemTime),
}

impl Wakeful {
    pub(crate) const fn new(now: Instant, wall: SystemTime) -> Self {
        Self { last: (now, wall) }
    }

    /// Whether this machine slept since the last look, which is at least every [`LOOK`] where it does not.
    pub(crate) fn slept(&mut self, now: Instant, wall: SystemTime) -> bool {
        let (then, wall_then) = std::mem::replace(&mut self.last, (now, wall));
        let late = now.saturating_duration_since(then);
        // A clock that was set back says nothing.
        let away = wall.duration_since(wall_then).unwrap_or_default();
        late.max(away) >= SLEPT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suspended_machine_a_stopped_process_and_nothing_else_count_as_sleep() {
        let (start, wall) = (Instant::now(), SystemTime::now());
        let second = Duration::from_secs(1);
        let mut wakeful = Wakeful::new(start, wall);
        // In turn: a usual look, a busy machine, the lid closed for an hour, a process stopped, the clock set back.
        for (passed, by_the_wall, slept) in [
            (2, 2, false),
            (5, 5, false),
            (2, 3600, true),
            (30, 30, true),
            (2, 2, false),
        ] {
            let (then, wall_then) = wakeful.last;
            let (now, wall) = (then + second * passed, wall_then + second * by_the_wall);
            assert_eq!(wakeful.slept(now, wall), slept, "{passed} {by_the_wall}");
        }
        let (then, wall_then) = wakeful.last;
        assert!(!wakeful.slept(then + 2 * second, wall_then - 86_400 * second));
    }
}
