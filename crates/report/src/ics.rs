//! Dates for calendars (RFC 5545).
//!
//! Two files, because most calendars show no tasks and task lists show no events: `calendar.ics` has an all-day
//! event for each due date and deadline, and one for each meeting, at the time of day wherever the calendar is; `tasks.ics` a task for each action that has a due date.

use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use tresse_model::{Action, Objective, Recurrence, Status};

use crate::{
    ExportFile, NetworkExport,
    meetings::{Event, events},
    words::Words,
};

/// How many bytes a line may have without its end.
const LINE: usize = 75;

/// Meetings, due dates and deadlines as events, and actions as tasks. What has no date, or none that can be read, is left out.
pub fn ics(export: &NetworkExport) -> Vec<ExportFile> {
    let words = Words::of(export);
    let mut calendar = Calendar::new(export);
    for (objective, date) in objectives(export) {
        calendar.objective(objective, date, words);
    }
    let made = Timestamp::from_millisecond(export.made_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    let today = made.strftime("%Y-%m-%d").to_string();
    for event in events(export, &today) {
        calendar.meeting(&event, words);
    }
    let mut tasks = Calendar::new(export);
    for (action, date) in actions(export) {
        calendar.action(action, date, words);
        tasks.task(action, date, words);
    }
    vec![calendar.file("calendar.ics"), tasks.file("tasks.ics")]
}

fn objectives(export: &NetworkExport) -> impl Iterator<Item = (&Objective, Date)> {
    let all = export.plan.objectives.iter();
    all.filter_map(|objective| Some((objective, date(&objective.deadline)?)))
}

fn actions(export: &NetworkExport) -> impl Iterator<Item = (&Action, Date)> {
    let all = export.plan.actions.iter();
    all.filter_map(|action| Some((action, date(&action.next_due)?)))
}

fn date(text: &str) -> Option<Date> {
    text.trim()
        .parse()
        .ok()
        .filter(|date: &Date| date.year() > 0)
}

struct Calendar<'a> {
    export: &'a NetworkExport,
    stamp: String,
    text: String,
}

impl<'a> Calendar<'a> {
    fn new(export: &'a NetworkExport) -> Self {
        let made = Timestamp::from_millisecond(export.made_ms).unwrap_or(Timestamp::UNIX_EPOCH);
        let stamp = made.strftime("%Y%m%dT%H%M%SZ").to_string();
        let mut calendar = Self {
            export,
            stamp,
            text: String::new(),
        };
        calendar.line("BEGIN", "VCALENDAR");
        calendar.line("VERSION", "2.0");
        calendar.line("PRODID", "-//Tresse//Tresse//FR");
        calendar.line("CALSCALE", "GREGORIAN");
        calendar.words("X-WR-CALNAME", &export.network.name);
        calendar
    }

    fn objective(&mut self, objective: &Objective, date: Date, words: &Words) {
        self.line("BEGIN", "VEVENT");
        self.named(&format!("{}-deadline", objective.id));
        let title = or(&objective.title, words.untitled);
        self.words("SUMMARY", &format!("{} – {title}", words.objective));
        self.whole_day(date);
        self.description(&[(words.means, &objective.means)]);
        self.line("END", "VEVENT");
    }

    fn action(&mut self, action: &Action, date: Date, words: &Words) {
        self.line("BEGIN", "VEVENT");
        self.named(&format!("{}-due", action.id));
        self.words("SUMMARY", or(&action.title, words.untitled));
        self.whole_day(date);
        if let Some(every) = action.every.filter(|_| action.is_open()) {
            self.comes_again(every, self::date(&action.due).unwrap_or(date));
        }
        let dropped = action.status == Status::Dropped;
        self.line("STATUS", if dropped { "CANCELLED" } else { "CONFIRMED" });
        self.about(action, words);
        self.line("END", "VEVENT");
    }

    /// A meeting: at its time, which is that of the place; or on the whole day.
    fn meeting(&mut self, event: &Event, words: &Words) {
        let Some(date) = self::date(&event.on) else {
            return;
        };
        self.line("BEGIN", "VEVENT");
        self.named(&event.id.to_string());
        self.words("SUMMARY", or(&event.title, words.untitled));
        match event.at.parse::<Time>() {
            Ok(time) => {
                let begin = date.to_datetime(time);
                self.line("DTSTART", &begin.strftime("%Y%m%dT%H%M%S").to_string());
                let minutes = event.length.unwrap_or(60);
                self.line("DURATION", &format!("PT{minutes}M"));
            }
            Err(_) => self.whole_day(date),
        }
        if !event.place.is_empty() {
            self.words("LOCATION", &event.place);
        }
        let status = if event.cancelled {
            "CANCELLED"
        } else {
            "CONFIRMED"
        };
        self.line("STATUS", status);
        self.line("END", "VEVENT");
    }

    fn task(&mut self, action: &Action, date: Date, words: &Words) {
        self.line("BEGIN", "VTODO");
        self.named(&action.id.to_string());
        self.words("SUMMARY", or(&action.title, words.untitled));
        if let Some(start) = self::date(&action.start).filter(|start| *start < date) {
            self.line("DTSTART;VALUE=DATE", &day(start));
        }
        self.line("DUE;VALUE=DATE", &day(date));
        let status = match action.status {
            Status::Todo => "NEEDS-ACTION",
            Status::Doing | Status::Blocked => "IN-PROCESS",
            Status::Done => "COMPLETED",
            Status::Dropped => "CANCELLED",
        };
        self.line("STATUS", status);
        for on in &action.depends_on {
            let uid = format!("{on}@{}", self.export.id);
            self.line("RELATED-TO;RELTYPE=DEPENDS-ON", &uid);
        }
        let done = action.checklist.iter().filter(|part| part.done).count();
        if let Some(percent) = (done * 100).checked_div(action.checklist.len()) {
            self.line("PERCENT-COMPLETE", &percent.to_string());
        }
        self.about(action, words);
        self.line("END", "VTODO");
    }

    /// The name by which a calendar knows the thing again when a later export is read in.
    fn named(&mut self, name: &str) {
        let id = format!("{name}@{}", self.export.id);
        self.line("UID", &id);
        let stamp = std::mem::take(&mut self.stamp);
        self.line("DTSTAMP", &stamp);
        self.stamp = stamp;
    }

    fn whole_day(&mut self, date: Date) {
        self.line("DTSTART;VALUE=DATE", &day(date));
        if let Ok(next) = date.tomorrow() {
            self.line("DTEND;VALUE=DATE", &day(next));
        }
        self.line("TRANSP", "TRANSPARENT");
    }

    /// The rule by which an action comes again, counted from its first day. Days that a short month lacks fall
    /// on its last.
    fn comes_again(&mut self, every: Recurrence, first: Date) {
        let mut rule = match every {
            Recurrence::Weekly => "FREQ=WEEKLY".to_owned(),
            Recurrence::Monthly => "FREQ=MONTHLY".to_owned(),
            Recurrence::Quarterly => "FREQ=MONTHLY;INTERVAL=3".to_owned(),
            Recurrence::Yearly => format!("FREQ=YEARLY;BYMONTH={}", first.month()),
        };
        if every != Recurrence::Weekly && first.day() > 28 {
            let days: Vec<String> = (28..=first.day()).map(|day| day.to_string()).collect();
            rule = format!("{rule};BYMONTHDAY={};BYSETPOS=-1", days.join(","));
        }
        self.line("RRULE", &rule);
    }

    fn about(&mut self, action: &Action, words: &Words) {
        if !action.territory.is_empty() {
            self.words("LOCATION", &action.territory);
        }
        let owner = self.export.owner(action);
        let objective = self.export.objective(action);
        self.description(&[
            (words.owner, &owner),
            (words.objective, objective),
            (words.group, self.export.group(action)),
        ]);
    }

    fn description(&mut self, facts: &[(&str, &str)]) {
        let lines: Vec<String> = facts
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name} – {value}"))
            .collect();
        if !lines.is_empty() {
            self.words("DESCRIPTION", &lines.join("\n"));
        }
    }

    /// A property whose value is members' words.
    fn words(&mut self, name: &str, words: &str) {
        let mut value = String::with_capacity(words.len());
        for c in words.replace("\r\n", "\n").chars() {
            match c {
                '\\' | ';' | ',' => value.extend(['\\', c]),
                '\n' | '\r' => value.push_str("\\n"),
                '\t' => value.push(' '),
                c if c.is_control() => {}
                c => value.push(c),
            }
        }
        self.line(name, &value);
    }

    /// One property, folded so that no line is longer than it may be and no character is cut.
    fn line(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if length + c.len_utf8() > LINE {
                self.text.push_str("\r\n ");
                length = 1;
            }
            self.text.push(c);
            length += c.len_utf8();
        }
        self.text.push_str("\r\n");
    }

    fn file(mut self, path: &str) -> ExportFile {
        self.line("END", "VCALENDAR");
        ExportFile {
            path: path.to_owned(),
            bytes: self.text.into_bytes(),
        }
    }
}

fn day(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}

fn or<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    if text.trim().is_empty() {
        otherwise
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{export, text};
    use proptest::prelude::*;

    /// The properties of a file, unfolded; asserts the form of its lines.
    fn read(file: &ExportFile) -> Vec<(String, String)> {
        let source = text(file);
        let whole = source.strip_suffix("\r\n").unwrap();
        for line in whole.split("\r\n") {
            assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
        }
        whole
            .replace("\r\n ", "")
            .split("\r\n")
            .map(|line| {
                line.split_once(':')
                    .map(|(n, v)| (n.to_owned(), v.to_owned()))
                    .unwrap()
            })
            .collect()
    }

    /// Members' words back from a property's value.
    fn unescape(value: &str) -> String {
        let mut out = String::new();
        let mut chars = value.chars();
        while let Some(c) = chars.next() {
            out.push(match c {
                '\\' => match chars.next().unwrap() {
                    'n' => '\n',
                    c @ ('\\' | ';' | ',') => c,
                    other => panic!("escaped {other}"),
                },
                c => {
                    assert!(!matches!(c, ';' | ','));
                    c
                }
            });
        }
        out
    }

    #[test]
    fn due_dates_and_deadlines_are_whole_days() {
        let files = ics(&export());
        let calendar = read(&files[0]);
        let of = |name: &str| -> Vec<&str> {
            calendar
                .iter()
                .filter(|(n, _)| n == name)
                .map(|(_, v)| v.as_str())
                .collect()
        };
        assert_eq!(
            of("DTSTART;VALUE=DATE"),
            ["20261231", "20261124", "20261031"]
        );
        assert_eq!(of("DTEND;VALUE=DATE"), ["20270101", "20261125", "20261101"]);
        assert_eq!(
            of("RRULE"),
            ["FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"]
        );
        assert_eq!(
            of("SUMMARY"),
            [
                "Objectif – Se connaître",
                "Écrire la charte\\, \"version\" 2",
                "=Budget | 2026"
            ]
        );
        assert_eq!(of("DTSTAMP"), ["20260930T143320Z"; 3]);
        assert_eq!(of("LOCATION"), ["Vallée\\; plateau"]);
        assert_eq!(of("BEGIN"), ["VCALENDAR", "VEVENT", "VEVENT", "VEVENT"]);
        assert_eq!(of("BEGIN").len(), of("END").len());
        assert_eq!(
            unescape(of("DESCRIPTION")[1]),
            "Responsable – Ana Garçon\nObjectif – Se connaître\nGroupe de travail – Écriture"
        );
    }

    #[test]
    fn actions_with_a_due_date_are_tasks() {
        let files = ics(&export());
        let tasks = read(&files[1]);
        let has = |name: &str, value: &str| {
            tasks
                .iter()
                .filter(|(n, v)| n == name && v == value)
                .count()
        };
        assert_eq!(has("BEGIN", "VTODO"), 2);
        assert_eq!(has("DUE;VALUE=DATE", "20261124"), 1);
        assert_eq!(has("STATUS", "IN-PROCESS"), 1);
        assert_eq!(has("DTSTART;VALUE=DATE", "20261102"), 1);
        assert_eq!(has("PERCENT-COMPLETE", "50"), 1);
        let waits = tasks
            .iter()
            .filter(|(name, _)| name == "RELATED-TO;RELTYPE=DEPENDS-ON");
        assert_eq!(waits.count(), 1);
    }

    #[test]
    fn a_thing_keeps_its_name_from_one_export_to_the_next() {
        let uids = |export: &NetworkExport| -> Vec<String> {
            let all = ics(export).iter().flat_map(read).collect::<Vec<_>>();
            all.into_iter()
                .filter(|(name, _)| name == "UID")
                .map(|(_, uid)| uid)
                .collect()
        };
        let mut later = export();
        later.made_ms += 1_000_000;
        later.plan.actions.reverse();
        let (mut first, mut second) = (uids(&export()), uids(&later));
        first.sort_unstable();
        second.sort_unstable();
        assert_eq!(first, second);
        second.dedup();
        assert_eq!(second.len(), first.len());
    }

    #[test]
    fn dates_that_cannot_be_read_are_left_out() {
        let mut export = export();
        for action in &mut export.plan.actions {
            action.next_due = "bientôt".to_owned();
        }
        assert!(!text(&ics(&export)[1]).contains("VTODO"));
    }

    proptest! {
        #[test]
        fn any_words_keep_the_form_and_read_back(title: String, means in ".{0,300}|(é|,|\\\\|\n){0,200}") {
            let mut export = export();
            export.plan.objectives[0].title.clone_from(&title);
            export.plan.objectives[0].means.clone_from(&means);
            let calendar = read(&ics(&export)[0]);
            let said = calendar.iter().find(|(name, _)| name == "SUMMARY").unwrap();
            let shown: String = title.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
            let shown: String = shown.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
            if !title.trim().is_empty() {
                prop_assert_eq!(unescape(&said.1), format!("Objectif – {shown}"));
            }
        }
    }
}
