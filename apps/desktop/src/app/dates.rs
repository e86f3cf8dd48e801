//! Dates as people type them, and as documents keep them (ISO 8601).

use jiff::{
    ToSpan,
    civil::{Date, Time, Weekday},
};

use crate::{
    i18n::{Args, I18n},
    tr,
};

/// Month names that are understood, by how they begin, without accents.
const MONTHS: [&[&str]; 12] = [
    &["janv", "jan"],
    &["fev", "feb"],
    &["mars", "mar"],
    &["avr", "apr"],
    &["mai", "may"],
    &["juin", "jun"],
    &["juil", "jul"],
    &["aout", "aug"],
    &["sept", "sep"],
    &["oct"],
    &["nov"],
    &["dec"],
];

/// The time of day that a text means: `18:30`, `9:30`, `9h30`, `18 h`, `9`.
pub fn time(text: &str) -> Option<Time> {
    let plain = text.replace(['h', 'H'], ":");
    let (hour, minute) = plain.split_once(':').unwrap_or((plain.as_str(), ""));
    let minute = match minute.trim() {
        "" => 0,
        minute => number(minute)?,
    };
    Time::new(number(hour.trim())?, minute, 0, 0).ok()
}

/// The date that a text means: `2026-11-24`, `24/11/2026`, `24.11.26`, `24/11`, `24 novembre 2026`, `24 nov`,
/// `aujourd'hui`, `demain`. The day comes before the month. Without a year, the next such day.
pub fn parse(text: &str, today: Date) -> Option<Date> {
    let plain = fold(text.trim());
    match plain.as_str() {
        "aujourd'hui" | "today" => return Some(today),
        "demain" | "tomorrow" => return today.checked_add(1.day()).ok(),
        _ => {}
    }
    let words: Vec<&str> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && *word != "le" && *word != "the")
        .collect();
    if let [year, month, day] = words[..]
        && year.len() == 4
    {
        return Date::new(year.parse().ok()?, number(month)?, number(day)?).ok();
    }
    let (day, month, year) = match words[..] {
        [day, month] => (day, month, None),
        [day, month, year] => (day, month, Some(year)),
        _ => return None,
    };
    let day = number(day.trim_end_matches("er"))?;
    let month = number(month).or_else(|| named(month))?;
    if let Some(year) = year {
        let full: i16 = year.parse().ok()?;
        let full = match year.len() {
            2 => 2000 + full,
            4 => full,
            _ => return None,
        };
        return Date::new(full, month, day).ok();
    }
    let this_year = Date::new(today.year(), month, day).ok();
    match this_year {
        Some(date) if date >= today => Some(date),
        _ => Date::new(today.year() + 1, month, day).ok(),
    }
}

/// The date that a text means where one looks back: without a year, the last such day.
pub fn parse_past(text: &str, today: Date) -> Option<Date> {
    let day = parse(text, today)?;
    let parts = text.split(|c: char| !c.is_alphanumeric());
    let parts =
        parts.filter(|part| !part.is_empty() && !matches!(fold(part).as_str(), "le" | "the"));
    if day <= today || parts.count() != 2 {
        return Some(day);
    }
    day.checked_sub(1.year()).ok()
}

/// The date that a document keeps, if it is one.
pub fn from_iso(text: &str) -> Option<Date> {
    text.parse().ok()
}

fn number(word: &str) -> Option<i8> {
    (word.len() <= 2).then(|| word.parse().ok())?
}

fn named(word: &str) -> Option<i8> {
    if word.len() < 3 {
        return None;
    }
    let index = MONTHS
        .iter()
        .position(|names| names.iter().any(|name| word.starts_with(name)))?;
    i8::try_from(index + 1).ok()
}

fn fold(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .map(|c| match c {
            'é' | 'è' => 'e',
            'û' => 'u',
            '’' => '\'',
            other => other,
        })
        .collect()
}

/// The weeks of a month's leaf in a calendar: the Mondays from the one on or before the first.
pub fn weeks(month: Date) -> impl Iterator<Item = [Date; 7]> {
    let first = month.first_of_month();
    let back = i64::from(first.weekday().to_monday_zero_offset());
    let monday = first.checked_sub(back.days()).unwrap_or(first);
    let last = month.last_of_month();
    (0..6_i64)
        .filter_map(move |week| monday.checked_add((week * 7).days()).ok())
        .take_while(move |start| *start <= last)
        .map(|start| {
            std::array::from_fn(|day| {
                let day = i64::try_from(day).unwrap_or(0);
                start.checked_add(day.days()).unwrap_or(start)
            })
        })
}

/// A month with its year: « novembre 2026 ».
pub fn month_and_year(words: &I18n, month: Date) -> String {
    let name = words
        .find(&format!("month-{}", month.month()), &Args::new())
        .unwrap_or_default();
    format!("{name} {}", month.year())
}

/// A day of the week in a letter or two.
pub fn weekday_letter(words: &I18n, day: Weekday) -> String {
    match day {
        Weekday::Monday => tr!(words, "weekday-monday"),
        Weekday::Tuesday => tr!(words, "weekday-tuesday"),
        Weekday::Wednesday => tr!(words, "weekday-wednesday"),
        Weekday::Thursday => tr!(words, "weekday-thursday"),
        Weekday::Friday => tr!(words, "weekday-friday"),
        Weekday::Saturday => tr!(words, "weekday-saturday"),
        Weekday::Sunday => tr!(words, "weekday-sunday"),
    }
}

/// Monday to Sunday.
pub const WEEKDAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn who_looks_back_means_the_last_such_day() {
        let today = date(2026, 11, 24);
        for (text, expected) in [
            ("25/11", date(2025, 11, 25)),
            ("le 24 nov", date(2026, 11, 24)),
            ("3 mars", date(2026, 3, 3)),
            ("25/11/2026", date(2026, 11, 25)),
            ("aujourd’hui", today),
            ("demain", date(2026, 11, 25)),
        ] {
            assert_eq!(parse_past(text, today), Some(expected), "{text}");
        }
        assert_eq!(parse_past("jadis", today), None);
    }

    #[test]
    fn people_may_type_a_date_in_many_ways() {
        let today = date(2026, 11, 24);
        for (text, expected) in [
            ("2027-03-01", date(2027, 3, 1)),
            ("1/3/2027", date(2027, 3, 1)),
            ("01.03.27", date(2027, 3, 1)),
            ("1er mars 2027", date(2027, 3, 1)),
            ("le 1 mars", date(2027, 3, 1)),
            ("25/11", date(2026, 11, 25)),
            ("15 août 2027", date(2027, 8, 15)),
            ("3 February 2027", date(2027, 2, 3)),
            ("12 déc.", date(2026, 12, 12)),
            ("demain", date(2026, 11, 25)),
            ("Aujourd’hui", today),
        ] {
            assert_eq!(parse(text, today), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let today = date(2026, 11, 24);
        for text in [
            "",
            "32/1/2027",
            "29/2/2027",
            "bientôt",
            "12",
            "1/2/3/4",
            "12/13/2027",
            "1/1/12345",
        ] {
            assert_eq!(parse(text, today), None, "{text}");
        }
    }

    #[test]
    fn a_months_leaf_begins_on_a_monday_and_holds_every_day() {
        let leaf: Vec<_> = weeks(date(2026, 11, 24)).collect();
        assert_eq!(leaf.first().unwrap()[0], date(2026, 10, 26));
        assert_eq!(leaf.last().unwrap()[6], date(2026, 12, 6));
        assert_eq!(leaf.len(), 6);
        assert_eq!(weeks(date(2027, 2, 1)).count(), 4);
    }

    #[test]
    fn a_time_is_read_as_people_write_it() {
        for (text, hour, minute) in [
            ("18:30", 18, 30),
            ("9:30", 9, 30),
            ("9h30", 9, 30),
            ("18 h", 18, 0),
            (" 9 ", 9, 0),
        ] {
            let said = time(text).map(|time| (time.hour(), time.minute()));
            assert_eq!(said, Some((hour, minute)), "{text}");
        }
        for text in ["", "24:10", "midi", "9:75", ":30"] {
            assert_eq!(time(text), None, "{text}");
        }
    }
}
