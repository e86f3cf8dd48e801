//! Two ways of doing the same work, run by turns.
//!
//! Told are the time on the clock, and the ratios of both that and the time of the processor. A machine that others use at the
//! same time makes the first nearly meaningless; the second counts neither their turns nor waiting for the disk.

use std::{
    fmt, fs,
    time::{Duration, Instant},
};

use crate::Anyhow;

/// Above what [`Row`] prints.
pub(crate) const HEADING: &str = "\
what                                          Tresse      without    ratio    of processor time (single pairs)";

/// How long something took.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Took {
    /// On the clock.
    pub(crate) clock: Duration,
    /// Of the processor, by this thread (where the system does not tell: on the clock).
    pub(crate) work: Duration,
}

/// How long each run of two twins took.
#[derive(Debug, Clone, Default)]
pub(crate) struct Twins {
    with: Vec<Took>,
    without: Vec<Took>,
}

impl Twins {
    /// Runs both so often, by turns, each first in every other turn. Before that each runs once unmeasured.
    pub(crate) fn run(
        times: usize,
        mut with: impl FnMut() -> Anyhow<Took>,
        mut without: impl FnMut() -> Anyhow<Took>,
    ) -> Anyhow<Self> {
        let mut twins = Self::default();
        with()?;
        without()?;
        for turn in 0..times.max(1) {
            if turn % 2 == 0 {
                twins.with.push(with()?);
                twins.without.push(without()?);
            } else {
                twins.without.push(without()?);
                twins.with.push(with()?);
            }
        }
        Ok(twins)
    }

    /// The ratio of both medians.
    fn ratio(&self, of: fn(&Took) -> Duration) -> f64 {
        ratio(median(&self.with, of), median(&self.without, of))
    }

    /// As a line of the table.
    pub(crate) const fn row<'a>(&'a self, what: &'a str) -> Row<'a> {
        Row { what, twins: self }
    }
}

/// A line of the table.
pub(crate) struct Row<'a> {
    what: &'a str,
    twins: &'a Twins,
}

impl fmt::Display for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Twins { with, without } = self.twins;
        let pairs = with.iter().zip(without);
        let mut pairs: Vec<f64> = pairs
            .map(|(with, without)| ratio(with.work, without.work))
            .collect();
        pairs.sort_by(f64::total_cmp);
        let (least, most) = (pairs.first(), pairs.last());
        write!(
            f,
            "{:<40} {:>11} {:>12}   {:>6.3}   {:>6.3} ({:.3} to {:.3}, {} pairs)",
            self.what,
            spoken(median(with, |took| took.clock)),
            spoken(median(without, |took| took.clock)),
            self.twins.ratio(|took| took.clock),
            self.twins.ratio(|took| took.work),
            least.unwrap_or(&1.0),
            most.unwrap_or(&1.0),
            pairs.len(),
        )
    }
}

/// How long this takes, and what comes of it.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (Took, T) {
    let (start, before) = (Instant::now(), processor());
    let result = work();
    let clock = start.elapsed();
    let spent = before
        .zip(processor())
        .map(|(before, now)| now.saturating_sub(before));
    let work = spent.unwrap_or(clock);
    (Took { clock, work }, result)
}

/// How long this thread has had a processor so far, where the system tells (Linux).
fn processor() -> Option<Duration> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanos = told.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanos))
}

/// A length of time in milliseconds.
pub(crate) fn spoken(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

fn ratio(with: Duration, without: Duration) -> f64 {
    with.as_secs_f64() / without.as_secs_f64().max(f64::MIN_POSITIVE)
}

/// The one in the middle (of an even number, the greater of the two).
fn median(times: &[Took], of: fn(&Took) -> Duration) -> Duration {
    let mut times: Vec<Duration> = times.iter().map(of).collect();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ratio_is_that_of_the_medians_and_one_slow_run_changes_nothing() {
        let took = |millis| Took {
            clock: Duration::from_millis(millis),
            work: Duration::from_millis(2 * millis),
        };
        let mut with = [9, 22, 22, 900].into_iter().map(took);
        let mut without = [9, 20, 1, 20].into_iter().map(took);
        let twins = Twins::run(
            3,
            || Ok(with.next().unwrap_or_default()),
            || Ok(without.next().unwrap_or_default()),
        )
        .unwrap();
        assert!((twins.ratio(|took| took.work) - 1.1).abs() < 1e-9);
        assert!(twins.row("x").to_string().contains("1.100"));
    }
}
