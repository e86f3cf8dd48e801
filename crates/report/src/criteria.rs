//! The table of weighted criteria: as a page of the library, and for a spreadsheet.

use tresse_model::{Cell, Table};

use crate::{csv::Table as Sheet, escape, markdown::push};

struct Words {
    criterion: &'static str,
    weight: &'static str,
    spread: &'static str,
    people: &'static str,
    differ: &'static str,
    value: &'static str,
    yes: &'static str,
    equal: &'static str,
    options: &'static str,
    option: &'static str,
    method: &'static str,
}

const FRENCH: Words = Words {
    criterion: "Critère",
    weight: "Importance (0 à 5)",
    spread: "Écart",
    people: "Voix",
    differ: "Avis partagés",
    value: "Note pondérée",
    yes: "oui",
    equal: "Aucun critère n’a reçu d’importance\u{202f}: tous comptent autant.",
    options: "Ce que valent les options",
    option: "Option",
    method: "Moyennes des voix dépouillées. L’écart (écart-type) dit si les avis se rejoignent.",
};

const ENGLISH: Words = Words {
    criterion: "Criterion",
    weight: "Importance (0 to 5)",
    spread: "Spread",
    people: "Voices",
    differ: "Views differ",
    value: "Weighted score",
    yes: "yes",
    equal: "No criterion was given any importance: all count the same.",
    options: "What the options are worth",
    option: "Option",
    method: "Means of the ballots that were counted. The spread (standard deviation) says whether views meet.",
};

const fn words(french: bool) -> &'static Words {
    if french { &FRENCH } else { &ENGLISH }
}

/// The criteria by falling weight, in the order of the decision where they weigh the same.
fn heaviest(table: &Table) -> Vec<usize> {
    let mut order: Vec<usize> = (0..table.criteria.len()).collect();
    let weight = |at: &usize| table.criteria[*at].weight.mean.unwrap_or(-1.0);
    order.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.cmp(b)));
    order
}

fn number(value: Option<f64>, french: bool) -> String {
    let text = value.map_or_else(|| "–".to_owned(), |value| format!("{value:.1}"));
    if french { text.replace('.', ",") } else { text }
}

/// The table as the text of a page, heaviest criteria first.
pub fn criteria_markdown(question: &str, table: &Table, french: bool) -> String {
    let words = words(french);
    let mut text = format!("{}\n\n{}\n\n", escape::line(question), words.method);
    if table.equal_weights && !table.criteria.is_empty() {
        push(&mut text, format_args!("{}\n\n", words.equal));
    }
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let heads = [
        words.criterion,
        words.weight,
        words.spread,
        words.people,
        words.differ,
    ];
    text += &row(heads.map(str::to_owned).to_vec());
    text += "|---|---:|---:|---:|---|\n";
    for at in heaviest(table) {
        let one = &table.criteria[at];
        let Cell {
            mean,
            spread,
            people,
            differ,
            ..
        } = one.weight;
        text += &row(vec![
            escape::inline(&one.criterion.label),
            number(mean, french),
            number(mean.map(|_| spread), french),
            people.to_string(),
            if differ { words.yes } else { "" }.to_owned(),
        ]);
    }
    if !table.options.is_empty() {
        push(&mut text, format_args!("\n## {}\n\n", words.options));
        text += &row(vec![words.option.to_owned(), words.value.to_owned()]);
        text += "|---|---:|\n";
        for one in &table.options {
            text += &row(vec![
                escape::inline(&one.option.label),
                number(one.value, french),
            ]);
        }
    }
    text
}

/// The table for a spreadsheet: a line a criterion, then how each option meets it; numbers with a point.
pub fn criteria_csv(table: &Table, french: bool) -> String {
    let words = words(french);
    let options: Vec<&str> = table
        .options
        .iter()
        .map(|one| one.option.label.as_str())
        .collect();
    let heads = [
        words.criterion,
        words.weight,
        words.spread,
        words.people,
        words.differ,
    ];
    let mut sheet = Sheet::new(&[&heads[..], &options[..]].concat());
    let plain = |value: Option<f64>| value.map(|value| format!("{value:.3}")).unwrap_or_default();
    for at in heaviest(table) {
        let one = &table.criteria[at];
        let weight = &one.weight;
        let mut cells = vec![
            one.criterion.label.clone(),
            plain(weight.mean),
            plain(weight.mean.map(|_| weight.spread)),
            weight.people.to_string(),
            if weight.differ { words.yes } else { "" }.to_owned(),
        ];
        cells.extend(
            table
                .options
                .iter()
                .map(|option| plain(option.scores[at].mean)),
        );
        sheet.row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    if !table.options.is_empty() {
        let mut cells = vec![words.value.to_owned()];
        cells.resize(heads.len(), String::new());
        cells.extend(table.options.iter().map(|option| plain(option.value)));
        sheet.row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    sheet.into_text()
}
