//! How long a turn is. Turns are counted from the first one, never from the one before, so that a turn that begins on the 31st
//! does so again after February.

use std::{fmt, str::FromStr};

use jiff::{Span, civil::Date};

/// How long a turn is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Term {
    /// So many weeks, from 1 to 520.
    Weeks(u16),
    /// So many months, from 1 to 120.
    Months(u16),
}

impl Term {
    /// The first day of the turn with this number, from 0; `None` beyond the calendar.
    pub(crate) fn day(self, first: Date, number: i64) -> Option<Date> {
        let span = match self {
            Self::Weeks(weeks) => Span::new().try_weeks(number.checked_mul(weeks.into())?),
            Self::Months(months) => Span::new().try_months(number.checked_mul(months.into())?),
        };
        first.checked_add(span.ok()?).ok()
    }

    /// The number of the turn that a day lies in; negative before the first.
    pub(crate) fn number(self, first: Date, day: Date) -> i64 {
        let near = match self {
            Self::Weeks(weeks) => {
                let hours = first.duration_until(day).as_hours();
                hours.div_euclid(7 * 24 * i64::from(weeks))
            }
            Self::Months(months) => {
                let years = i64::from(day.year()) - i64::from(first.year());
                let between = years * 12 + i64::from(day.month()) - i64::from(first.month());
                between.div_euclid(months.into())
            }
        };
        // In the month of the turn, its day may still be to come.
        if self.day(first, near).is_some_and(|near| near > day) {
            near - 1
        } else {
            near
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weeks(weeks) => write!(f, "{weeks} weeks"),
            Self::Months(months) => write!(f, "{months} months"),
        }
    }
}

impl FromStr for Term {
    type Err = ();

    /// As people type it, in French or English: `6 mois`, `1 an`, `8 weeks`, `2 trimestres`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim().to_lowercase();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = text.split_at(digits);
        let number: u16 = number.parse().map_err(|_| ())?;
        let months = |each: u16| number.checked_mul(each).map(Self::Months);
        let term = match unit.trim() {
            "w" | "week" | "weeks" | "semaine" | "semaines" | "sem" | "sem." => {
                Some(Self::Weeks(number))
            }
            "m" | "month" | "months" | "mois" => months(1),
            "quarter" | "quarters" | "trimestre" | "trimestres" => months(3),
            "semestre" | "semestres" => months(6),
            "y" | "year" | "years" | "an" | "ans" | "année" | "années" => months(12),
            _ => None,
        };
        term.filter(|term| match term {
            Self::Weeks(weeks) => (1..=520).contains(weeks),
            Self::Months(months) => (1..=120).contains(months),
        })
        .ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_turn_is_as_long_as_people_type_it() {
        for (said, kept) in [
            ("6 mois", "6 months"),
            ("1 an", "12 months"),
            ("2 trimestres", "6 months"),
            ("8weeks", "8 weeks"),
            (" 1 Semaine ", "1 weeks"),
        ] {
            let term: Term = said.parse().unwrap();
            assert_eq!(term.to_string(), kept);
            assert_eq!(kept.parse(), Ok(term));
        }
        for wrong in [
            "",
            "6",
            "mois",
            "0 mois",
            "-1 mois",
            "1,5 mois",
            "121 months",
            "99999 ans",
            "6 jours",
        ] {
            assert_eq!(wrong.parse::<Term>(), Err(()), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn every_day_lies_in_the_turn_of_its_number(
            first in 0..20_000i32, day in -3_000..9_000i32, length in 1..40u16, weeks: bool,
        ) {
            let term = if weeks { Term::Weeks(length) } else { Term::Months(length) };
            let first = jiff::civil::date(2000, 1, 1) + Span::new().days(first);
            let day = first + Span::new().days(day);
            let number = term.number(first, day);
            prop_assert!(term.day(first, number).unwrap() <= day);
            prop_assert!(day < term.day(first, number + 1).unwrap());
        }
    }
}
