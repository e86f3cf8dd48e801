//! Dates for people: « 24 novembre 2026 », "24 November 2026", « il y a 3 minutes », "yesterday at 14:05".

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{Args, I18n, Lang};
use crate::tr;

impl I18n {
    /// A whole date from its ISO 8601 form; what is not a date is given back as it is.
    pub fn date(&self, iso: &str) -> String {
        iso.parse::<Date>()
            .map_or_else(|_| iso.to_owned(), |date| self.civil(date, "month-"))
    }

    /// A date with its month cut short, for tables: « 24 nov. 2026 ».
    pub fn date_short(&self, iso: &str) -> String {
        iso.parse::<Date>()
            .map_or_else(|_| iso.to_owned(), |date| self.civil(date, "month-short-"))
    }

    /// When something happened, seen from `now` (both in milliseconds since 1970, UTC), in this machine's
    /// time zone: close moments by distance, further ones by date.
    pub fn ago(&self, at: i64, now: i64) -> String {
        self.ago_in(at, now, &TimeZone::system())
    }

    /// Like [`I18n::ago`], in a given time zone.
    pub fn ago_in(&self, at: i64, now: i64, zone: &TimeZone) -> String {
        let (Ok(then), Ok(today)) = (
            Timestamp::from_millisecond(at),
            Timestamp::from_millisecond(now),
        ) else {
            return String::new();
        };
        let minutes = (now - at) / 60_000;
        let (then, today) = (
            then.to_zoned_datetime(zone.clone()),
            today.to_zoned_datetime(zone.clone()),
        );
        let time = then.strftime("%H:%M").to_string();
        if (-2..1).contains(&minutes) {
            tr!(self, "ago-now")
        } else if (1..60).contains(&minutes) {
            tr!(self, "ago-minutes", count = minutes)
        } else if then.date() == today.date() {
            tr!(self, "ago-today", time = time)
        } else if today.date().yesterday().is_ok_and(|day| day == then.date()) {
            tr!(self, "ago-yesterday", time = time)
        } else {
            self.civil(then.date(), "month-short-")
        }
    }

    /// A time of day, in this machine's time zone: « 14:05 ».
    pub fn time(&self, at: i64) -> String {
        Timestamp::from_millisecond(at).map_or_else(
            |_| String::new(),
            |at| {
                let at = at.to_zoned_datetime(TimeZone::system());
                at.strftime("%H:%M").to_string()
            },
        )
    }

    /// The day of a moment, in this machine's time zone: « 24 novembre 2026 ».
    pub fn day_of(&self, at: i64) -> String {
        Timestamp::from_millisecond(at).map_or_else(
            |_| String::new(),
            |at| {
                let at = at.to_zoned_datetime(TimeZone::system());
                self.civil(at.date(), "month-")
            },
        )
    }

    /// A moment in full, in this machine's time zone: « 24 novembre 2026 à 14:05 ».
    pub fn moment(&self, at: i64) -> String {
        self.moment_in(at, &TimeZone::system())
    }

    /// A moment for lists: « 24 nov. 2026, 14:05 ».
    pub fn moment_short(&self, at: i64) -> String {
        let Ok(then) = Timestamp::from_millisecond(at) else {
            return String::new();
        };
        let then = then.to_zoned_datetime(TimeZone::system());
        let date = self.civil(then.date(), "month-short-");
        format!("{date}, {}", then.strftime("%H:%M"))
    }

    /// Like [`I18n::moment`], in a given time zone.
    pub fn moment_in(&self, at: i64, zone: &TimeZone) -> String {
        let Ok(then) = Timestamp::from_millisecond(at) else {
            return String::new();
        };
        let then = then.to_zoned_datetime(zone.clone());
        let date = self.civil(then.date(), "month-");
        let time = then.strftime("%H:%M").to_string();
        tr!(self, "date-moment", date = date, time = time)
    }

    fn civil(&self, date: Date, months: &str) -> String {
        let month = self
            .find(&format!("{months}{}", date.month()), &Args::new())
            .unwrap_or_default();
        let year = date.year().to_string();
        if date.day() == 1 && self.lang() == Lang::Fr {
            return tr!(self, "date-first", month = month, year = year);
        }
        let day = date.day();
        tr!(self, "date-day", day = day, month = month, year = year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }

    #[test]
    fn dates_are_written_as_people_say_them() {
        let (fr, en) = (I18n::new(Lang::Fr), I18n::new(Lang::En));
        assert_eq!(fr.date("2026-11-24"), "24 novembre 2026");
        assert_eq!(fr.date("2026-08-01"), "1er août 2026");
        assert_eq!(fr.date_short("2026-11-24"), "24 nov. 2026");
        assert_eq!(en.date("2026-11-24"), "24 November 2026");
        assert_eq!(en.date("2026-08-01"), "1 August 2026");
        assert_eq!(en.date("un jour"), "un jour");
    }

    #[test]
    fn close_moments_are_told_by_distance() {
        let fr = I18n::new(Lang::Fr);
        let now = at("2026-11-24T14:00:00Z");
        let say = |text: &str| fr.ago_in(at(text), now, &TimeZone::UTC);
        assert_eq!(say("2026-11-24T13:59:40Z"), "à l’instant");
        assert_eq!(say("2026-11-24T13:57:00Z"), "il y a 3 minutes");
        assert_eq!(say("2026-11-24T08:05:00Z"), "aujourd’hui à 08:05");
        assert_eq!(say("2026-11-23T23:05:00Z"), "hier à 23:05");
        assert_eq!(say("2026-11-22T08:05:00Z"), "22 nov. 2026");
    }

    #[test]
    fn a_moment_from_a_fast_clock_is_still_told() {
        let fr = I18n::new(Lang::Fr);
        let now = at("2026-11-24T14:00:00Z");
        let ahead = fr.ago_in(at("2026-11-24T15:30:00Z"), now, &TimeZone::UTC);
        assert_eq!(ahead, "aujourd’hui à 15:30");
        assert_eq!(fr.ago_in(i64::MAX, now, &TimeZone::UTC), "");
        assert_eq!(
            fr.moment_in(now, &TimeZone::UTC),
            "24 novembre 2026 à 14:00"
        );
    }
}
