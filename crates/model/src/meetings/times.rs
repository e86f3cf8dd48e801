//! When each agenda item begins.

use jiff::{Span, civil::Time};

use crate::AgendaItem;

/// A time of day so many minutes on (`18:30`); `None` where it is none. It goes round at midnight.
pub fn plus_minutes(at: &str, minutes: u32) -> Option<String> {
    let time: Time = at.parse().ok().filter(|_| at.len() == 5)?;
    let time = time.wrapping_add(Span::new().minutes(i64::from(minutes)));
    Some(format!("{:02}:{:02}", time.hour(), time.minute()))
}

/// When each item begins, in the agenda's order, from the meeting's own time (`18:30`). `None` for an item that was carried on to
/// another meeting, and for all where the meeting has no time, and after an item without a length.
pub fn agenda_times(at: &str, agenda: &[AgendaItem]) -> Vec<Option<String>> {
    let mut sum = Some(0);
    let mut times = Vec::new();
    for item in agenda {
        if item.carried.is_some() {
            times.push(None);
            continue;
        }
        times.push(sum.and_then(|sum| plus_minutes(at, sum)));
        sum = sum.zip(item.length).map(|(sum, length)| sum + length);
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DocId, ItemId};

    fn item(length: Option<u32>, carried: bool) -> AgendaItem {
        AgendaItem {
            id: ItemId::from_bytes([1; 10]),
            title: String::new(),
            length,
            words: String::new(),
            done: false,
            brings: Vec::new(),
            carried: carried.then(|| DocId::meeting([1; 16])),
            from: None,
            conflicts: Vec::new(),
        }
    }

    #[test]
    fn each_item_begins_when_those_before_it_are_over() {
        let agenda = [
            item(Some(10), false),
            item(Some(25), true),
            item(Some(30), false),
            item(None, false),
            item(Some(5), false),
        ];
        let times = agenda_times("23:50", &agenda);
        let shown: Vec<&str> = times
            .iter()
            .map(|time| time.as_deref().unwrap_or("—"))
            .collect();
        assert_eq!(shown, ["23:50", "—", "00:00", "00:30", "—"]);
        assert!(agenda_times("", &agenda).iter().all(Option::is_none));
    }
}
