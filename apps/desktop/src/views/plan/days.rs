//! Days as numbers, for what is laid out over time.

use jiff::{Span, civil::Date};

const FIRST: Date = Date::constant(1970, 1, 1);

/// A day as a number: so many after the first of 1970.
pub(super) fn number_of(date: Date) -> i64 {
    FIRST.duration_until(date).as_hours() / 24
}

/// The day with this number; the nearest that there is, beyond the calendar.
pub(super) fn day_of(number: i64) -> Date {
    let span = Span::new().try_days(number);
    let day = span.ok().and_then(|span| FIRST.checked_add(span).ok());
    day.unwrap_or(if number < 0 { Date::MIN } else { Date::MAX })
}

/// The number of a day as documents keep it.
pub(super) fn number_of_iso(text: &str) -> Option<i64> {
    text.parse().ok().map(number_of)
}

/// A day so many later (earlier, when negative), as documents keep it; empty where there is none.
pub(super) fn shifted(text: &str, by: i64) -> String {
    number_of_iso(text).map_or_else(String::new, |day| {
        day_of(day.saturating_add(by)).to_string()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_its_number_name_each_other() {
        for (text, number) in [("1970-01-01", 0), ("2000-03-01", 11017), ("1969-12-31", -1)] {
            assert_eq!(number_of_iso(text), Some(number), "{text}");
            assert_eq!(day_of(number).to_string(), text);
        }
        assert_eq!(shifted("2090-02-27", 3), "2090-03-02");
        assert_eq!(shifted("", 3), "");
        assert_eq!(day_of(i64::MAX), Date::MAX);
    }
}
