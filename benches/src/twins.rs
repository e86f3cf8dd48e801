//! Two ways of doing the same work, or more, run by turns.
//!
//! Told are the time on the clock, and the ratios of both that and the time of the processor. A machine that others use at the
//! same time makes the first nearly meaningless; the second counts neither their turns nor waiting for the disk, but what they do to the caches
//! and to the speed of the processor. The ratio of the least times of both is the least disturbed.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use crate::{Anyhow, machine, table::Row};

/// How long something took.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Took {
    /// On the clock.
    pub(crate) clock: Duration,
    /// Of the processors, by this thread and those that [`beside`] it worked (where the system does not tell: on the clock).
    pub(crate) work: Duration,
}

impl std::ops::Add for Took {
    type Output = Self;

    fn add(self, more: Self) -> Self {
        Self {
            clock: self.clock + more.clock,
            work: self.work + more.work,
        }
    }
}

/// One of several ways of doing the same work, timed.
pub(crate) type Way<'a> = &'a mut dyn FnMut() -> Anyhow<Took>;

/// How long each run of two twins took.
#[derive(Debug, Clone, Default)]
pub(crate) struct Twins {
    with: Vec<Took>,
    without: Vec<Took>,
}

/// Runs each way so often, by turns, another one first in each turn. Before that each runs once unmeasured.
pub(crate) fn by_turns<const N: usize>(
    times: usize,
    mut ways: [Way<'_>; N],
) -> Anyhow<[Vec<Took>; N]> {
    for way in &mut ways {
        way()?;
    }
    let mut took = [const { Vec::new() }; N];
    for turn in 0..times.max(1) {
        for place in 0..N {
            let which = (turn + place) % N;
            took[which].push(ways[which]()?);
        }
    }
    Ok(took)
}

impl Twins {
    /// Runs both so often, by turns.
    pub(crate) fn run(
        times: usize,
        mut with: impl FnMut() -> Anyhow<Took>,
        mut without: impl FnMut() -> Anyhow<Took>,
    ) -> Anyhow<Self> {
        let [with, without] = by_turns(times, [&mut with, &mut without])?;
        Ok(Self { with, without })
    }

    /// Of what ran already, by turns.
    pub(crate) fn of(with: &[Took], without: &[Took]) -> Self {
        Self {
            with: with.to_vec(),
            without: without.to_vec(),
        }
    }

    /// The ratio of both medians.
    fn ratio(&self, of: fn(&Took) -> Duration) -> f64 {
        ratio(median(&self.with, of), median(&self.without, of))
    }

    /// As a row of the table, with a target for the ratio of the processor's time.
    pub(crate) fn row(&self, what: &str, without: &str, target: Option<f64>) -> Row {
        const WORK: &str = "the processor's time";
        let pairs = self.with.iter().zip(&self.without);
        let mut pairs: Vec<f64> = pairs
            .map(|(with, without)| ratio(with.work, without.work))
            .collect();
        pairs.sort_by(f64::total_cmp);
        let (least, most) = (pairs.first(), pairs.last());
        let single = format!(
            "of single pairs {:.2} to {:.2} of {}, of the least of each",
            least.unwrap_or(&1.0),
            most.unwrap_or(&1.0),
            pairs.len()
        );
        let row = Row::new(what, median(&self.with, |took| took.clock))
            .beside(without, median(&self.without, |took| took.clock))
            .ratio(WORK, self.ratio(|took| took.work))
            .ratio(
                single,
                ratio(least_work(&self.with), least_work(&self.without)),
            );
        match target {
            Some(times) => row.at_most(times, WORK),
            None => row,
        }
    }
}

/// The time of the processor that is nearest to what the work itself takes: whatever disturbs a run makes it longer, and nothing makes it shorter.
fn least_work(times: &[Took]) -> Duration {
    let times = times.iter().map(|took| took.work);
    times.min().unwrap_or_default()
}

/// How long this takes, and what comes of it.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (Took, T) {
    let (start, before) = (Instant::now(), machine::processor_time());
    let others = BESIDE.load(Ordering::SeqCst);
    let result = work();
    let clock = start.elapsed();
    let spent = before
        .zip(machine::processor_time())
        .map(|(before, now)| now.saturating_sub(before));
    let others = BESIDE.load(Ordering::SeqCst).saturating_sub(others);
    let work = spent.map_or(clock, |spent| spent + Duration::from_nanos(others));
    (Took { clock, work }, result)
}

/// How many nanoseconds of a processor other threads have had for what is timed here.
static BESIDE: AtomicU64 = AtomicU64::new(0);

/// What another thread does for the one that times: its time of the processor is counted there. (It is over when that one goes on.)
pub(crate) fn beside<T>(work: impl FnOnce() -> T) -> T {
    let (took, result) = timed(work);
    let nanos = u64::try_from(took.work.as_nanos()).unwrap_or(u64::MAX);
    BESIDE.fetch_add(nanos, Ordering::SeqCst);
    result
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
    fn each_way_comes_first_in_its_turn_and_once_before_unmeasured() {
        let order = std::cell::RefCell::new(Vec::new());
        let way = |name: u32| {
            order.borrow_mut().push(name);
            Ok(Took {
                clock: Duration::from_millis(name.into()),
                ..Took::default()
            })
        };
        let (mut a, mut b, mut c) = (|| way(1), || way(2), || way(3));
        let took = by_turns(2, [&mut a, &mut b, &mut c]).unwrap();
        assert_eq!(*order.borrow(), [1, 2, 3, 1, 2, 3, 2, 3, 1]);
        let millis = took.map(|took| took.iter().map(|one| one.clock.as_millis()).sum::<u128>());
        assert_eq!(millis, [2, 4, 6]);
    }

    #[test]
    fn the_ratio_is_that_of_the_medians_and_one_slow_run_changes_nothing() {
        let took = |millis| Took {
            clock: Duration::from_millis(millis),
            work: Duration::from_millis(2 * millis),
        };
        let mut with = [9, 24, 24, 900].into_iter().map(took);
        let mut without = [9, 20, 1, 20].into_iter().map(took);
        let twins = Twins::run(
            3,
            || Ok(with.next().unwrap_or_default()),
            || Ok(without.next().unwrap_or_default()),
        )
        .unwrap();
        assert!((twins.ratio(|took| took.work) - 1.2).abs() < 1e-9);
        let row = twins.row("x", "without", Some(1.1)).markdown();
        assert!(row.contains("| 24.0 ms |"), "{row}");
        assert!(row.contains("without 20.0 ms (1.20)"), "{row}");
        assert!(row.contains("the processor's time (1.20)"), "{row}");
        assert!(row.contains("of the least of each (24.00)"), "{row}");
        assert!(row.contains("missed"), "{row}");
    }
}
