//! What a network asks its members, and the rules by which its meetings come again, field by field.

use super::{Called, Difference, Said, by_field, called_one, texts};
use crate::{NetworkContent, PulseSettings, Question, Series, SeriesField, THRESHOLD};

/// What a network asks its members and the rules by which its meetings come again, in two versions: what [`crate::whole_networks`]
/// leaves out, because it names working groups, which go by what they are called.
pub fn whole_rhythms(
    old: &NetworkContent,
    new: &NetworkContent,
    called: Called<'_>,
) -> Vec<Difference> {
    by_field(said(old, called), said(new, called))
}

fn said(content: &NetworkContent, called: Called<'_>) -> Vec<Said> {
    let pulse = &content.pulse;
    // Where nobody set it, the threshold is the program's and not what the network says.
    let chosen = pulse.threshold != THRESHOLD || asks(pulse);
    vec![
        (
            "pulse_rhythm",
            pulse.rhythm.map_or("", |one| one.word()).to_owned(),
        ),
        ("pulse_start", pulse.start.clone()),
        (
            "pulse_threshold",
            if chosen {
                pulse.threshold.to_string()
            } else {
                String::new()
            },
        ),
        ("questions", texts(pulse.asked().map(question))),
        (
            "series",
            texts(content.series.iter().map(|one| series(one, called))),
        ),
    ]
}

fn asks(pulse: &PulseSettings) -> bool {
    pulse.rhythm.is_some() || pulse.asked().next().is_some()
}

/// A question in its own words; without any, by its key.
fn question(one: &Question) -> &str {
    if one.text.is_empty() {
        &one.key
    } else {
        &one.text
    }
}

/// A rule: its title, and below, each after two spaces, the field and a colon, what else it says.
fn series(rule: &Series, called: Called<'_>) -> String {
    use SeriesField as F;
    let length = rule.length.map_or_else(String::new, |one| one.to_string());
    let group = called_one(rule.group.as_ref(), called);
    let fields = [
        (F::Rhythm, &rule.rhythm),
        (F::From, &rule.from),
        (F::Until, &rule.until),
        (F::At, &rule.at),
        (F::Length, &length),
        (F::Place, &rule.place),
        (F::Group, &group),
    ];
    let mut said = rule.title.clone();
    for (field, words) in fields.into_iter().filter(|(_, words)| !words.is_empty()) {
        said = format!("{said}\n  {}: {words}", field.key());
    }
    for (day, to) in &rule.moved {
        said = if to.is_empty() {
            format!("{said}\n  skipped: {day}")
        } else {
            format!("{said}\n  moved: {day} {to}")
        };
    }
    said
}
