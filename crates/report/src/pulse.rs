//! What members answered when the network asked, as a table: only what is broken down, and nobody's name.

use tresse_model::{Distribution, PulseFacts, PulseSettings, QUESTIONS};

use crate::{
    ExportFile, NetworkExport,
    csv::Table,
    markdown::{heading, table},
    words::Words,
};

/// The questions on offer in words, in French and English, in their order.
const OFFERED: [[&str; 2]; 5] = [
    [
        "Le réseau répond-il à vos attentes ?",
        "Are you satisfied with the network?",
    ],
    [
        "Le réseau apporte-t-il quelque chose à vous ou à votre structure ?",
        "Does the network bring something to you or your organisation?",
    ],
    [
        "Avez-vous confiance dans les autres membres ?",
        "Do you trust the other members?",
    ],
    ["Votre parole est-elle entendue ?", "Do you feel heard?"],
    ["Les rencontres sont-elles utiles ?", "Are meetings useful?"],
];

/// One line: a question in a period.
struct Line<'a> {
    from: &'a str,
    until: &'a str,
    question: String,
    answers: usize,
    shown: &'a Distribution,
}

fn lines<'a>(settings: &PulseSettings, facts: &'a PulseFacts, english: bool) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for period in &facts.results {
        for result in &period.questions {
            if let Some(shown) = &result.shown {
                lines.push(Line {
                    from: &period.period.from,
                    until: &period.period.until,
                    question: worded(settings, &result.question, english),
                    answers: result.answers,
                    shown,
                });
            }
        }
    }
    lines
}

fn worded(settings: &PulseSettings, key: &str, english: bool) -> String {
    let own = settings.question(key).map(|one| one.text.as_str());
    let own = own.filter(|text| !text.is_empty());
    let place = QUESTIONS.iter().position(|one| *one == key);
    let offered = place.map(|place| OFFERED[place][usize::from(english)]);
    own.or(offered).unwrap_or(key).to_owned()
}

/// As a spreadsheet reads it.
fn mean(shown: &Distribution) -> String {
    format!("{}.{:02}", shown.mean / 100, shown.mean % 100)
}

/// As people write it.
fn written(shown: &Distribution, english: bool) -> String {
    let mean = mean(shown);
    if english {
        mean
    } else {
        mean.replace('.', ",")
    }
}

/// The table as CSV; empty where nothing is broken down.
pub fn pulse_csv(settings: &PulseSettings, facts: &PulseFacts, english: bool) -> String {
    let lines = lines(settings, facts, english);
    if lines.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&[
        "from", "until", "question", "answers", "mean", "1", "2", "3", "4", "5", "words",
    ]);
    for line in lines {
        let mut cells = vec![
            line.from.to_owned(),
            line.until.to_owned(),
            line.question,
            line.answers.to_string(),
            mean(line.shown),
        ];
        cells.extend(line.shown.counts.iter().map(usize::to_string));
        cells.push(line.shown.words.join(" / "));
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        table.row(&cells);
    }
    table.into_text()
}

/// The file of an export, if anything is broken down.
pub(crate) fn csv(export: &NetworkExport) -> Option<ExportFile> {
    let text = pulse_csv(
        &export.network.pulse,
        &export.pulse,
        Words::of(export).is_english(),
    );
    file("pulse.csv", text)
}

/// The same to read.
pub(crate) fn markdown(export: &NetworkExport, words: &Words) -> Option<ExportFile> {
    let lines = lines(&export.network.pulse, &export.pulse, words.is_english());
    let mut text = heading(1, words.pulse, words);
    let rows = lines.iter().map(|line| {
        [
            line.from.to_owned(),
            line.question.clone(),
            line.answers.to_string(),
            written(line.shown, words.is_english()),
            line.shown.counts.map(|count| count.to_string()).join(" · "),
            line.shown.words.join(" / "),
        ]
    });
    table(&mut text, words.pulse_columns, rows);
    (!lines.is_empty()).then_some(())?;
    file("pulse.md", text)
}

fn file(path: &str, text: String) -> Option<ExportFile> {
    (!text.is_empty()).then(|| ExportFile {
        path: path.to_owned(),
        bytes: text.into_bytes(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tresse_model::{Period, PeriodResults, Question, QuestionResult};

    fn asked() -> (PulseSettings, PulseFacts) {
        let question = |key: &str, text: &str| Question {
            key: key.into(),
            text: text.into(),
            removed: false,
            conflicts: Vec::new(),
        };
        let settings = PulseSettings {
            questions: vec![question("heard", ""), question("meetings", "=1+1, non ?")],
            ..PulseSettings::default()
        };
        let shown = Distribution {
            counts: [0, 1, 0, 2, 0],
            mean: 333,
            words: vec!["=cmd".into(), "clair".into()],
            otherwise: 0,
        };
        let result = |question: &str, shown: Option<Distribution>| QuestionResult {
            question: question.into(),
            answers: if shown.is_some() { 3 } else { 2 },
            shown,
        };
        let period = |from: &str, meetings| PeriodResults {
            period: Period {
                from: from.into(),
                until: "2026-12-31".into(),
            },
            running: true,
            people: 3,
            questions: vec![
                result("heard", Some(shown.clone())),
                result("meetings", meetings),
            ],
        };
        let facts = PulseFacts {
            period: None,
            results: vec![
                period("2026-07-01", None),
                period("2026-10-01", Some(shown.clone())),
            ],
        };
        (settings, facts)
    }

    #[test]
    fn only_what_is_broken_down_is_in_the_table_and_no_cell_is_a_formula() {
        let (settings, facts) = asked();
        let text = pulse_csv(&settings, &facts, false);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4, "{text}");
        assert_eq!(
            lines[1],
            "2026-07-01,2026-12-31,Votre parole est-elle entendue ?,3,3.33,0,1,0,2,0,'=cmd / clair"
        );
        assert!(lines[3].contains("\"'=1+1, non ?\""), "{text}");
        assert!(pulse_csv(&settings, &facts, true).contains("Do you feel heard?"));
        assert_eq!(pulse_csv(&settings, &PulseFacts::default(), true), "");
    }

    #[test]
    fn an_export_has_the_pulse_where_something_is_broken_down() {
        let (settings, facts) = asked();
        let mut export = crate::sample::export();
        let has = |export: &NetworkExport| {
            let all = crate::markdown(export)
                .into_iter()
                .chain(crate::csv(export));
            all.filter(|file| file.path.starts_with("pulse.")).count()
        };
        assert_eq!(has(&export), 0);
        (export.network.pulse, export.pulse) = (settings, facts);
        assert_eq!(has(&export), 2);
        let words = Words::of(&export);
        let text = String::from_utf8(markdown(&export, words).unwrap().bytes).unwrap();
        assert!(text.contains("| 2026-10-01 |"), "{text}");
        assert!(text.contains("| 3,33 |"), "{text}");
    }
}
