//! How a meeting comes again, and on which days that is.
//!
//! Days are counted from the rule's first day, never from the last meeting, so every peer names the same ones.

use std::{fmt, str::FromStr};

use jiff::{
    Span,
    civil::{Date, Weekday},
};
use serde::Serialize;

use crate::Series;

/// At most every so many weeks or months.
const MOST_WEEKS: u8 = 52;
const MOST_MONTHS: u8 = 12;
/// As many days as are named at once.
const MOST_DAYS: usize = 400;
/// So many days of one rule are moved or skipped at the most; where more come together, the latest are read.
pub const MOST_MOVED: usize = 400;

/// The one way in which a day is written (ISO 8601, `2026-12-08`), if it is one.
pub fn canonical_day(day: &str) -> Option<String> {
    let day: Date = day.parse().ok()?;
    Some(day.to_string())
}

/// How a meeting comes again. Its text form is what stands in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    /// Every so many weeks on a weekday: `2 weeks tue`. The first is the first such weekday from the rule's first day on.
    Weeks {
        /// Every so many, 1 to 52.
        every: u8,
        /// On which weekday.
        weekday: Weekday,
    },
    /// Every so many months on a day: `1 months day 31`. A shorter month has it on its last day.
    MonthDay {
        /// Every so many, 1 to 12, counted from the month of the rule's first day.
        every: u8,
        /// Which day, 1 to 31.
        day: i8,
    },
    /// Every so many months on a weekday: `1 months 2 tue`, `1 months last fri`.
    MonthWeekday {
        /// Every so many, 1 to 12, counted from the month of the rule's first day.
        every: u8,
        /// Which of the month's.
        nth: Nth,
        /// On which weekday.
        weekday: Weekday,
    },
}

/// Which of a month's weekdays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nth {
    /// The first (1) to the fourth (4): a fifth does not come in every month.
    Number(i8),
    /// The last.
    Last,
}

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

fn weekday_word(weekday: Weekday) -> &'static str {
    let known = WEEKDAYS.iter().find(|(_, day)| *day == weekday);
    known.map_or("mon", |(word, _)| word)
}

fn weekday(word: &str) -> Option<Weekday> {
    let known = WEEKDAYS.iter().find(|(known, _)| *known == word);
    known.map(|(_, day)| *day)
}

impl fmt::Display for Rhythm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Weeks { every, weekday } => write!(f, "{every} weeks {}", weekday_word(weekday)),
            Self::MonthDay { every, day } => write!(f, "{every} months day {day}"),
            Self::MonthWeekday {
                every,
                nth: Nth::Number(nth),
                weekday,
            } => write!(f, "{every} months {nth} {}", weekday_word(weekday)),
            Self::MonthWeekday {
                every,
                nth: Nth::Last,
                weekday,
            } => write!(f, "{every} months last {}", weekday_word(weekday)),
        }
    }
}

impl FromStr for Rhythm {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let parts: Vec<&str> = text.split_whitespace().collect();
        let number = |word: &str, most: u8| -> Result<u8, ()> {
            let number = word.parse::<u8>().map_err(|_| ())?;
            (1..=most).contains(&number).then_some(number).ok_or(())
        };
        let small = |number: u8| i8::try_from(number).map_err(|_| ());
        match parts[..] {
            [every, "week" | "weeks", day] => Ok(Self::Weeks {
                every: number(every, MOST_WEEKS)?,
                weekday: weekday(day).ok_or(())?,
            }),
            [every, "month" | "months", "day", day] => Ok(Self::MonthDay {
                every: number(every, MOST_MONTHS)?,
                day: small(number(day, 31)?)?,
            }),
            [every, "month" | "months", nth, day] => Ok(Self::MonthWeekday {
                every: number(every, MOST_MONTHS)?,
                nth: match nth {
                    "last" => Nth::Last,
                    nth => Nth::Number(small(number(nth, 4)?)?),
                },
                weekday: weekday(day).ok_or(())?,
            }),
            _ => Err(()),
        }
    }
}

impl Serialize for Rhythm {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Rhythm {
    /// The day of the time with this number, counted from the rule's first day; `None` beyond the calendar. In the first month it may lie
    /// before that day.
    fn day(self, from: Date, number: i64) -> Option<Date> {
        match self {
            Self::Weeks { every, weekday } => {
                let ahead = from.weekday().until(weekday);
                let first = from.checked_add(Span::new().days(i64::from(ahead))).ok()?;
                let weeks = number.checked_mul(i64::from(every))?;
                first.checked_add(Span::new().try_weeks(weeks).ok()?).ok()
            }
            Self::MonthDay { every, day } => {
                let month = month(from, number, every)?;
                let last = month.days_in_month();
                Date::new(month.year(), month.month(), day.min(last)).ok()
            }
            Self::MonthWeekday {
                every,
                nth,
                weekday,
            } => {
                let month = month(from, number, every)?;
                let nth = match nth {
                    Nth::Number(nth) => nth,
                    Nth::Last => -1,
                };
                month.nth_weekday_of_month(nth, weekday).ok()
            }
        }
    }

    /// A number whose time is on or before a day, and near it.
    fn number(self, from: Date, day: Date) -> i64 {
        let number = match self {
            Self::Weeks { every, .. } => {
                let days = from.duration_until(day).as_hours().div_euclid(24);
                days.div_euclid(7 * i64::from(every)) - 1
            }
            Self::MonthDay { every, .. } | Self::MonthWeekday { every, .. } => {
                let years = i64::from(day.year()) - i64::from(from.year());
                let months = years * 12 + i64::from(day.month()) - i64::from(from.month());
                months.div_euclid(i64::from(every)) - 1
            }
        };
        number.max(0)
    }

    /// Its days from the rule's first to its last day, as far as they lie in a stretch of days (both ends are in it). At most 400.
    pub fn days(self, from: Date, until: Option<Date>, span: (Date, Date)) -> Vec<Date> {
        let last = until.map_or(span.1, |until| until.min(span.1));
        let first = from.max(span.0);
        let mut number = self.number(from, first);
        let mut days = Vec::new();
        while let Some(day) = self.day(from, number) {
            if day > last || days.len() == MOST_DAYS {
                break;
            }
            if day >= first {
                days.push(day);
            }
            number += 1;
        }
        days
    }

    /// Whether there is any day at all.
    pub fn ever_comes(self, from: Date, until: Option<Date>) -> bool {
        // The first time may lie before the first day within its month; the second cannot.
        let comes = |number| {
            let day = self.day(from, number);
            day.is_some_and(|day| day >= from && until.is_none_or(|until| day <= until))
        };
        comes(0) || comes(1)
    }
}

/// The first day of the month so many steps on.
fn month(from: Date, number: i64, every: u8) -> Option<Date> {
    let months = number.checked_mul(i64::from(every))?;
    let first = from.first_of_month();
    first.checked_add(Span::new().try_months(months).ok()?).ok()
}

/// One of a rule's days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Occurrence {
    /// The day as the rule has it, ISO 8601: it names the meeting.
    pub day: String,
    /// On which day it falls; empty: it is skipped.
    pub on: String,
}

impl Series {
    fn read(&self) -> Option<(Rhythm, Date, Option<Date>)> {
        let rhythm = self.rhythm.parse().ok()?;
        let from = self.from.parse().ok()?;
        Some((rhythm, from, self.until.parse().ok()))
    }

    /// Whether the rule has any day, skipped ones counted in.
    pub fn occurs(&self) -> bool {
        self.read()
            .is_some_and(|(rhythm, from, until)| rhythm.ever_comes(from, until))
    }

    /// Whether this is one of its days.
    pub fn comes_on(&self, day: &str) -> bool {
        let (Some((rhythm, from, until)), Ok(day)) = (self.read(), day.parse()) else {
            return false;
        };
        rhythm.days(from, until, (day, day)).contains(&day)
    }
}

/// A rule's meetings that fall, or would have fallen, between two days (both counted in), by the day they fall on.
pub fn occurrences(series: &Series, first: &str, last: &str) -> Vec<Occurrence> {
    let (Some((rhythm, from, until)), Ok(first), Ok(last)) =
        (series.read(), first.parse::<Date>(), last.parse::<Date>())
    else {
        return Vec::new();
    };
    let by_rule = rhythm.days(from, until, (first, last)).into_iter();
    let by_rule = by_rule.map(|day| day.to_string());
    let by_rule = by_rule.filter(|day| {
        let moved = series.moved.get(day);
        moved.is_none_or(String::is_empty)
    });
    let by_rule = by_rule.map(|day| Occurrence {
        on: match series.moved.get(&day) {
            Some(_) => String::new(),
            None => day.clone(),
        },
        day,
    });
    let moved = series
        .moved
        .iter()
        .filter(|(_, on)| on.parse::<Date>().is_ok_and(|on| on >= first && on <= last));
    let moved = moved.filter(|(day, _)| series.comes_on(day));
    let moved = moved.map(|(day, on)| Occurrence {
        day: day.clone(),
        on: on.clone(),
    });
    let mut all: Vec<Occurrence> = by_rule.chain(moved).collect();
    all.sort_by(|a, b| {
        let key = |one: &Occurrence| {
            if one.on.is_empty() {
                one.day.clone()
            } else {
                one.on.clone()
            }
        };
        (key(a), &a.day).cmp(&(key(b), &b.day))
    });
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn days(rhythm: &str, from: &str, until: Option<&str>, most: usize) -> Vec<String> {
        let rhythm: Rhythm = rhythm.parse().unwrap();
        let from: Date = from.parse().unwrap();
        let span = (from, from.checked_add(Span::new().years(5)).unwrap());
        let days = rhythm.days(from, until.map(|day| day.parse().unwrap()), span);
        days.into_iter()
            .take(most)
            .map(|day| day.to_string())
            .collect()
    }

    #[test]
    fn every_second_tuesday_is_counted_from_the_first_day() {
        assert_eq!(
            days("2 weeks tue", "2026-12-02", None, 3),
            ["2026-12-08", "2026-12-22", "2027-01-05"]
        );
    }

    #[test]
    fn the_31st_is_the_last_day_of_shorter_months_and_the_31st_again_after() {
        assert_eq!(
            days("1 months day 31", "2027-01-31", None, 4),
            ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]
        );
    }

    #[test]
    fn the_second_tuesday_and_the_last_friday_of_the_month() {
        assert_eq!(
            days("1 months 2 tue", "2026-12-09", None, 2),
            ["2027-01-12", "2027-02-09"]
        );
        assert_eq!(
            days("2 months last fri", "2026-12-01", None, 2),
            ["2026-12-25", "2027-02-26"]
        );
    }

    #[test]
    fn a_rule_that_ends_before_its_first_day_comes_never() {
        let rhythm: Rhythm = "1 weeks mon".parse().unwrap();
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert!(!rhythm.ever_comes(day("2026-12-01"), Some(day("2026-12-06"))));
        assert!(rhythm.ever_comes(day("2026-12-01"), Some(day("2026-12-07"))));
        let rhythm: Rhythm = "12 months day 5".parse().unwrap();
        assert!(!rhythm.ever_comes(day("2026-12-06"), Some(day("2027-12-04"))));
        assert!(rhythm.ever_comes(day("2026-12-06"), Some(day("2027-12-05"))));
    }

    #[test]
    fn what_is_no_rhythm_is_refused() {
        for wrong in [
            "",
            "weeks tue",
            "0 weeks tue",
            "53 weeks tue",
            "1 weeks mardi",
            "1 months day 32",
            "1 months 5 tue",
            "13 months day 1",
            "1 months day 0",
            "2 years",
            "1 weeks tue tue",
        ] {
            assert!(wrong.parse::<Rhythm>().is_err(), "{wrong}");
        }
    }

    fn any_rhythm() -> impl Strategy<Value = Rhythm> {
        let weekday = (0usize..7).prop_map(|at| WEEKDAYS[at].1);
        prop_oneof![
            (1u8..=52, weekday.clone())
                .prop_map(|(every, weekday)| Rhythm::Weeks { every, weekday }),
            (1u8..=12, 1i8..=31).prop_map(|(every, day)| Rhythm::MonthDay { every, day }),
            (1u8..=12, 0i8..=4, weekday).prop_map(|(every, nth, weekday)| Rhythm::MonthWeekday {
                every,
                nth: if nth == 0 {
                    Nth::Last
                } else {
                    Nth::Number(nth)
                },
                weekday
            }),
        ]
    }

    proptest! {
        #[test]
        fn a_rhythm_reads_back_from_its_text(rhythm in any_rhythm()) {
            prop_assert_eq!(rhythm.to_string().parse(), Ok(rhythm));
        }

        #[test]
        fn a_stretch_of_days_shows_what_the_whole_shows(
            rhythm in any_rhythm(), from in 0i64..4000, a in 0i64..3000, b in 0i64..400
        ) {
            let base = Date::constant(2020, 1, 1);
            let add = |day: Date, days: i64| day.checked_add(Span::new().days(days)).unwrap();
            let from = add(base, from);
            let (lo, hi) = (add(from, a), add(from, a + b));
            let whole: Vec<Date> = (0..=a + b)
                .flat_map(|day| { let day = add(from, day); rhythm.days(from, None, (day, day)) })
                .filter(|day| *day >= lo)
                .collect();
            prop_assert_eq!(rhythm.days(from, None, (lo, hi)), whole);
        }
    }
}
