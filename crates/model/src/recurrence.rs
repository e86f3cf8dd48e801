//! What comes again: from the first day and the times done to the next day.
//!
//! The days are counted from the first one, never from the last time it was done, so two peers
//! that hold the same document name the same next day, and « the 31st of each month » stays that after February.

use jiff::{Span, civil::Date};

use crate::Recurrence;

impl Recurrence {
    /// The day of the time with this number; `None` beyond the calendar.
    fn day(self, first: Date, number: i64) -> Option<Date> {
        let span = Span::new();
        let span = match self {
            Self::Weekly => span.try_weeks(number),
            Self::Monthly => span.try_months(number),
            Self::Quarterly => span.try_months(number.checked_mul(3)?),
            Self::Yearly => span.try_years(number),
        };
        first.checked_add(span.ok()?).ok()
    }

    /// The number of the last time on or before a day; negative before the first.
    fn number(self, first: Date, day: Date) -> i64 {
        let months = || {
            let years = i64::from(day.year()) - i64::from(first.year());
            years * 12 + i64::from(day.month()) - i64::from(first.month())
        };
        let near = match self {
            Self::Weekly => first.duration_until(day).as_hours().div_euclid(7 * 24),
            Self::Monthly => months(),
            Self::Quarterly => months().div_euclid(3),
            Self::Yearly => months().div_euclid(12),
        };
        // In the month of the time, the day may still be to come.
        if self.day(first, near).is_some_and(|near| near > day) {
            near - 1
        } else {
            near
        }
    }

    /// Whether it comes on this day, counted from the first.
    pub fn comes_on(self, first: Date, day: Date) -> bool {
        day >= first && self.day(first, self.number(first, day)) == Some(day)
    }

    /// The first day it comes after the newest of those on which it has been done; the first day of all if
    /// there is none. `None` beyond the calendar.
    pub fn next(self, first: Date, newest: Option<Date>) -> Option<Date> {
        match newest {
            Some(done) if done >= first => self.day(first, self.number(first, done) + 1),
            _ => Some(first),
        }
    }
}

/// A date as it stands in a document.
pub(crate) fn parse(text: &str) -> Option<Date> {
    text.parse().ok().filter(|_| text.len() == 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_of_each_month_stays_the_last_after_february() {
        let first = date("2027-01-31");
        let mut days = vec![first];
        for _ in 0..3 {
            days.push(
                Recurrence::Monthly
                    .next(first, days.last().copied())
                    .unwrap(),
            );
        }
        let days: Vec<_> = days.iter().map(ToString::to_string).collect();
        assert_eq!(
            days,
            ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]
        );
    }

    #[test]
    fn a_day_that_is_none_of_its_own_still_has_a_next_one() {
        let first = date("2026-09-01");
        let next = |every: Recurrence, done| every.next(first, Some(date(done)));
        assert_eq!(
            next(Recurrence::Quarterly, "2026-12-24"),
            Some(date("2027-03-01"))
        );
        assert_eq!(
            next(Recurrence::Yearly, "2027-08-31"),
            Some(date("2027-09-01"))
        );
        assert_eq!(next(Recurrence::Weekly, "2020-01-01"), Some(first));
        assert_eq!(next(Recurrence::Yearly, "9999-12-31"), None);
    }

    proptest! {
        #[test]
        fn the_next_day_is_one_of_its_own_and_none_lies_between(
            first in 0..20_000i32, later in 0..3_000i32, which in 0..4usize,
        ) {
            let every = Recurrence::ALL[which];
            let first = date("2000-01-01") + Span::new().days(first);
            let done = first + Span::new().days(later);
            let next = every.next(first, Some(done)).unwrap();
            prop_assert!(next > done && every.comes_on(first, next));
            let mut day = done.tomorrow().unwrap();
            while day < next {
                prop_assert!(!every.comes_on(first, day), "{day}");
                day = day.tomorrow().unwrap();
            }
        }
    }
}
