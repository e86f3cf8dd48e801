//! Meetings as Markdown files and as events of a calendar.

use std::fmt::Write as _;

use tresse_model::{
    Attended, DocId, Made, MeetingContent, MeetingState, agenda_times, occurrences, plain_line,
};

use crate::{
    ExportFile, Names, NetworkExport,
    escape::{inline, line},
    words::Words,
};

/// Rules are followed so many days ahead.
const AHEAD: i64 = 365;

/// One meeting in an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingExport {
    /// The meeting.
    pub id: DocId,
    /// What it says.
    pub content: MeetingContent,
    /// Who came, as names, with what counts of each.
    pub attendance: Vec<(String, Attended)>,
    /// The closing round: names and words.
    pub round: Vec<(String, String)>,
}

/// A meeting's place in a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    /// The meeting: also of one that nobody has prepared yet, so that a calendar knows it again once it is.
    pub(crate) id: DocId,
    pub(crate) title: String,
    /// ISO 8601.
    pub(crate) on: String,
    /// `18:30`, or empty.
    pub(crate) at: String,
    pub(crate) length: Option<u32>,
    pub(crate) place: String,
    pub(crate) cancelled: bool,
}

/// Every meeting that has a day, and those that rules foresee from `today` on.
pub(crate) fn events(export: &NetworkExport, today: &str) -> Vec<Event> {
    let held = export.meetings.iter().map(|one| Event {
        id: one.id,
        title: one.content.title.clone(),
        on: one.content.on.clone(),
        at: one.content.at.clone(),
        length: one.content.length,
        place: one.content.place.clone(),
        cancelled: one.content.state == MeetingState::Cancelled,
    });
    let mut events: Vec<Event> = held.filter(|event| !event.on.is_empty()).collect();
    let day = today.parse::<jiff::civil::Date>().ok();
    let last = day.and_then(|day| day.checked_add(jiff::Span::new().days(AHEAD)).ok());
    let last = last.map(|day| day.to_string()).unwrap_or_default();
    for rule in &export.network.series {
        for day in occurrences(rule, today, &last) {
            let id = DocId::occurrence(&export.id, &rule.id, &day.day);
            let prepared = export.meetings.iter().any(|one| one.id == id);
            if prepared || day.on.is_empty() {
                continue;
            }
            events.push(Event {
                id,
                title: rule.title.clone(),
                on: day.on,
                at: rule.at.clone(),
                length: rule.length,
                place: rule.place.clone(),
                cancelled: false,
            });
        }
    }
    events
}

/// A file for each meeting under `meetings/`.
pub(crate) fn markdown(export: &NetworkExport, words: &Words) -> Vec<ExportFile> {
    let mut names = Names::default();
    let files = export.meetings.iter().map(|one| {
        let title = format!("{} {}", one.content.on, one.content.title);
        let name = names.name(title.trim(), "md", words.untitled);
        ExportFile {
            path: format!("meetings/{name}"),
            bytes: meeting(export, one, words).into_bytes(),
        }
    });
    files.collect()
}

fn meeting(export: &NetworkExport, one: &MeetingExport, words: &Words) -> String {
    let content = &one.content;
    let mut text = crate::markdown::heading(1, &content.title, words);
    let when = format!("{} {}", content.on, content.at);
    let length = content.length.map(|length| format!("{length} min"));
    let names = |members: &[tresse_model::MemberId]| export.names(members);
    crate::markdown::facts(
        &mut text,
        &[
            (words.meeting.when, when.trim()),
            (words.meeting.length, length.as_deref().unwrap_or_default()),
            (words.meeting.place, &content.place),
            (words.meeting.facilitators, &names(&content.facilitators)),
            (words.meeting.note_takers, &names(&content.note_takers)),
        ],
    );
    crate::markdown::prose(&mut text, words.meeting.prepared, &content.prepared);
    agenda(&mut text, export, content, words);
    let came = one.attendance.iter().map(|(name, word)| {
        let said = words.attended(word);
        match word {
            Attended::Represented(by) if !by.is_empty() => {
                let by = by
                    .parse()
                    .map_or_else(|_| by.clone(), |id| export.name_of(&id));
                format!("{name} – {said} ({by})")
            }
            _ => format!("{name} – {said}"),
        }
    });
    lines(&mut text, words.meeting.attendance, came);
    crate::markdown::prose(&mut text, words.meeting.minutes, &content.body);
    let made = content.made.iter().map(|made| {
        let sort = match made.made {
            Made::Action(_) => words.meeting.action,
            Made::Document(_) => words.meeting.decision,
            Made::Watch(_) => words.watch.item,
        };
        format!("{sort} – {}", plain_line(&made.line))
    });
    lines(&mut text, words.meeting.made, made);
    let round = one.round.iter();
    let round = round.map(|(name, word)| format!("{name} – {word}"));
    lines(&mut text, words.meeting.round, round);
    text
}

fn agenda(text: &mut String, export: &NetworkExport, content: &MeetingContent, words: &Words) {
    let starts = agenda_times(&content.at, &content.agenda);
    let items = content.agenda.iter().zip(starts).map(|(item, starts)| {
        let mut said = if item.done { "[x] " } else { "[ ] " }.to_owned();
        said.extend(starts.map(|starts| format!("{starts} ")));
        said.push_str(&line(&item.title));
        said.extend(item.length.map(|length| format!(" ({length} min)")));
        if item.carried.is_some() {
            said.push_str(" – ");
            said.push_str(words.meeting.carried);
        }
        for brings in &item.brings {
            let name = export.name_of(&brings.member);
            said.push_str("; ");
            said.push_str(&inline(&name));
            if !brings.what.is_empty() {
                said.push_str(" : ");
                said.push_str(&inline(&brings.what));
            }
        }
        said
    });
    raw_lines(text, words.meeting.agenda, items);
}

fn lines(text: &mut String, title: &str, items: impl Iterator<Item = String>) {
    raw_lines(text, title, items.map(|item| line(&item)));
}

/// A list whose lines are Markdown already.
fn raw_lines(text: &mut String, title: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.collect();
    if items.is_empty() {
        return;
    }
    if !text.ends_with("\n\n") {
        text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
    }
    let written = writeln!(text, "## {title}\n");
    debug_assert!(written.is_ok(), "a text takes any words");
    for item in items {
        let written = writeln!(text, "- {item}");
        debug_assert!(written.is_ok(), "a text takes any words");
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use tresse_model::{ItemId, Series};

    use super::*;
    use crate::sample::{export, text};

    fn with_meetings() -> NetworkExport {
        let mut export = export();
        export.network.series = vec![Series {
            id: ItemId::from_bytes([7; 10]),
            title: "Comité".into(),
            rhythm: "1 months day 31".into(),
            from: "2026-09-01".into(),
            until: "2026-12-31".into(),
            at: "18:30".into(),
            length: Some(90),
            place: "Salle".into(),
            group: None,
            moved: [("2026-11-30".to_owned(), String::new())].into(),
            conflicts: Vec::new(),
        }];
        let id = DocId::occurrence(&export.id, &ItemId::from_bytes([7; 10]), "2026-10-31");
        export.meetings = vec![MeetingExport {
            id,
            content: MeetingContent {
                title: "Comité *d’octobre*".into(),
                on: "2026-10-30".into(),
                at: "18:00".into(),
                body: "# Trace\n\nAna ouvre.".into(),
                ..MeetingContent::default()
            },
            attendance: vec![("Ana".into(), Attended::Represented("Zoé".into()))],
            round: vec![("Ana".into(), "Élan".into())],
        }];
        export
    }

    #[test]
    fn a_meeting_that_is_prepared_stands_for_the_one_its_rule_foresees() {
        let export = with_meetings();
        let days: Vec<String> = events(&export, "2026-09-30")
            .into_iter()
            .map(|event| event.on)
            .collect();
        assert_eq!(days, ["2026-10-30", "2026-09-30", "2026-12-31"]);
    }

    #[test]
    fn a_meeting_is_a_file_with_its_minutes_byte_for_byte_and_no_title_is_markup() {
        let export = with_meetings();
        let files = markdown(&export, Words::of(&export));
        let text = text(&files[0]);
        assert!(
            files[0].path.starts_with("meetings/2026-10-30"),
            "{}",
            files[0].path
        );
        assert!(text.contains("Comité \\*d’octobre\\*"), "{text}");
        assert!(text.contains("# Trace\n\nAna ouvre."), "{text}");
        assert!(text.contains("Ana – représenté (Zoé)"), "{text}");
        assert!(text.contains("Ana – Élan"), "{text}");
    }
}
