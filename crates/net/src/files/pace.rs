//! Whether what comes comes fast enough: somebody who gives a byte now and then keeps nobody from asking others.

use std::time::Duration;

/// How long nothing may come.
const STALL: Duration = Duration::from_secs(30);
/// So much has to come in each [`WINDOW`], in bytes: less than the slowest telephone line brings.
const LEAST: u64 = 32 * 1024;
/// Over how long it is looked how much came.
const WINDOW: Duration = Duration::from_mins(1);

/// What is known of one device that gives a file. Time is told to it, as the time since the file was asked for.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// When something came last, and how much had come then.
    last: Duration,
    bytes: u64,
    /// When the present window began, and how much had come then.
    since: Duration,
    before: u64,
}

impl Pace {
    /// So many bytes have come by now; `false` where one should ask somebody else.
    pub(super) fn goes_on(&mut self, now: Duration, bytes: u64) -> bool {
        if bytes > self.bytes {
            (self.last, self.bytes) = (now, bytes);
        }
        if now.saturating_sub(self.last) >= STALL {
            return false;
        }
        if now.saturating_sub(self.since) >= WINDOW {
            if self.bytes.saturating_sub(self.before) < LEAST {
                return false;
            }
            (self.since, self.before) = (now, self.bytes);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many seconds somebody is borne with who gives this many bytes each second.
    fn borne(bytes_a_second: impl Fn(u64) -> u64) -> Option<u64> {
        let (mut pace, mut come) = (Pace::default(), 0);
        (1..=3_600).find(|second| {
            come += bytes_a_second(*second);
            !pace.goes_on(Duration::from_secs(*second), come)
        })
    }

    #[test]
    fn who_says_nothing_or_lets_it_trickle_is_left_and_who_is_slow_is_not() {
        assert_eq!(borne(|_| 0), Some(30), "nothing");
        assert_eq!(borne(|_| 1), Some(60), "a byte a second");
        assert_eq!(borne(|_| 500), Some(60));
        assert_eq!(borne(|_| 700), None, "a very slow line");
        assert_eq!(borne(|_| 1_000_000), None);
        let later = borne(|second| if second < 1_000 { 50_000 } else { 3 });
        assert!(
            later.is_some_and(|second| (1_000..1_121).contains(&second)),
            "fast at first, then a trickle: {later:?}"
        );
        let in_bursts = borne(|second| if second % 25 == 0 { 100_000 } else { 0 });
        assert_eq!(in_bursts, None, "a satellite");
    }
}
