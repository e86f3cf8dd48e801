//! What a meeting says, field by field.

use super::{Called, Difference, Said, by_field, called_all, called_one, count, mark, texts};
use crate::{AgendaItem, Attended, MeetingContent, MeetingField, Noted, keys};

/// All that a meeting says in two versions, with the fields that say the same. Members, the working group and other meetings go by what
/// they are called. Of the time that people spoke it holds only how many turns were written down: whose they are is shown to nobody who
/// did not agree, and somebody may have agreed once and no longer do.
pub fn whole_meetings(
    old: &MeetingContent,
    new: &MeetingContent,
    called: Called<'_>,
) -> Vec<Difference> {
    by_field(said(old, called), said(new, called))
}

/// The same fields in the same order, whatever the meeting.
fn said(content: &MeetingContent, called: Called<'_>) -> Vec<Said> {
    use MeetingField as F;
    let begun = !content.title.is_empty();
    let agenda = &content.agenda;
    let which = |wanted: fn(&AgendaItem) -> bool| {
        texts(
            agenda
                .iter()
                .filter(|one| wanted(one))
                .map(|one| &one.title),
        )
    };
    vec![
        (F::Title.key(), content.title.clone()),
        // What is looked for first.
        (keys::BODY, content.body.to_string()),
        (F::On.key(), content.on.clone()),
        (F::At.key(), content.at.clone()),
        (
            F::Length.key(),
            content
                .length
                .map_or_else(String::new, |one| one.to_string()),
        ),
        (F::Place.key(), content.place.clone()),
        (F::Group.key(), called_one(content.group.as_ref(), called)),
        (
            F::State.key(),
            if begun { content.state.word() } else { "" }.to_owned(),
        ),
        (F::Prepared.key(), content.prepared.clone()),
        ("facilitators", called_all(&content.facilitators, called)),
        ("note_takers", called_all(&content.note_takers, called)),
        ("dates", dates(content)),
        (keys::AGENDA, texts(agenda.iter().map(point))),
        ("agenda_done", which(|one| one.done)),
        ("agenda_carried", which(|one| one.carried.is_some())),
        ("brings", brought(content, called)),
        ("attendance", attendance(&content.attendance, called)),
        ("floor", mark(content.floor)),
        ("turns", count(content.turns.len())),
        ("made", texts(content.made.iter().map(|one| &one.line))),
        (
            "attachments",
            texts(content.attachments.iter().map(|one| &one.name)),
        ),
        (keys::BINNED, mark(content.binned)),
    ]
}

/// The days proposed, a line each: the day, and after a space the time.
fn dates(content: &MeetingContent) -> String {
    let days = content.options.iter();
    texts(days.map(|one| format!("{} {}", one.on, one.at).trim_end().to_owned()))
}

/// A point of the agenda: its title and how long, and below what else is said of it.
fn point(item: &AgendaItem) -> String {
    let mut said = item.title.clone();
    if let Some(minutes) = item.length {
        said = format!("{said} ({minutes} min)");
    }
    for line in item.words.lines().filter(|line| !line.trim().is_empty()) {
        said = format!("{said}\n  {line}");
    }
    said
}

/// Who brings what, a line each.
fn brought(content: &MeetingContent, called: Called<'_>) -> String {
    let points = content.agenda.iter();
    texts(points.flat_map(|point| {
        point.brings.iter().map(move |one| {
            let name = called(&one.member.to_string());
            let what = if one.what.is_empty() {
                name
            } else {
                format!("{name}, {}", one.what)
            };
            format!("{} – {what}", point.title)
        })
    }))
}

/// Who came, as others noted it: a line each, first the word, after a colon the name, in brackets who came instead.
fn attendance(noted: &[Noted], called: Called<'_>) -> String {
    let mut lines: Vec<(String, String)> = noted
        .iter()
        .map(|one| {
            let name = called(&one.member.to_string());
            let word = one.word.word();
            let line = match &one.word {
                Attended::Represented(by) if !by.is_empty() => {
                    format!("{word}: {name} ({})", called(by))
                }
                _ => format!("{word}: {name}"),
            };
            (name.to_lowercase(), line)
        })
        .collect();
    lines.sort();
    texts(lines.into_iter().map(|(_, line)| line))
}
