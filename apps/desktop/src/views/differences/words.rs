//! What two versions of a document say, in people's words: the program's own words, figures, dates and roles.

use tresse_engine::model::{Method, Piece, RelationKind, compare_words};

use crate::{
    i18n::I18n,
    start::kinds,
    tr,
    views::{
        decisions::{method_name, say},
        members::{role_name, term_words},
        overview::tie_name,
    },
};

/// Before a role, in a field's name.
const ROLE: &str = "role/";

/// Where a field holds words of the program, figures or dates, both versions in people's words; else as they are.
pub(in crate::views) fn in_words(words: &I18n, field: &str, pieces: &[Piece]) -> Vec<Piece> {
    let several = field.starts_with(ROLE) || matches!(field, "kinds" | "relations");
    if !several && !holds_a_word(field) {
        return pieces.to_vec();
    }
    let (mut old, mut new) = (String::new(), String::new());
    for piece in pieces {
        match piece {
            Piece::Same(text) => {
                old.push_str(text);
                new.push_str(text);
            }
            Piece::Out(text) => old.push_str(text),
            Piece::In(text) => new.push_str(text),
        }
    }
    if several {
        let said = |text: &str| match field {
            "kinds" => lines_said(text, |line| kinds::name(words, line)),
            "relations" => lines_said(text, |line| tie(words, line)),
            _ => role(words, text),
        };
        let (old, new) = (said(&old), said(&new));
        return if old == new {
            vec![Piece::Same(new)]
        } else {
            compare_words(&old, &new)
        };
    }
    let said = |text: &str| (!text.is_empty()).then(|| value_words(words, field, text));
    match (said(&old), said(&new)) {
        (Some(same), Some(new)) if same == new => vec![Piece::Same(same)],
        (Some(old), Some(new)) => {
            let between = Piece::Same(" ".to_owned());
            vec![Piece::Out(old), between, Piece::In(new)]
        }
        (old, new) => {
            let gone = old.map(Piece::Out).into_iter();
            gone.chain(new.map(Piece::In)).collect()
        }
    }
}

/// Whether a field holds one word, figure or date, that is said as a whole.
fn holds_a_word(field: &str) -> bool {
    matches!(
        field,
        "method"
            | "threshold"
            | "threshold_of"
            | "abstentions"
            | "quorum"
            | "language"
            | "membership"
            | "kind"
            | "review_date"
            | "start"
            | "term"
    )
}

/// What a field holds, in people's words; what is none of the program's words is said as it is.
pub(in crate::views) fn value_words(words: &I18n, field: &str, value: &str) -> String {
    match field {
        "method" => {
            let method = Method::from_word(value);
            method.map_or_else(|| value.to_owned(), |one| method_name(words, one))
        }
        "threshold" => say::threshold_words(words, value),
        "threshold_of" => say::threshold_of_words(words, value),
        "abstentions" => say::abstentions_words(words, value),
        "quorum" => say::quorum_words(words, value),
        "language" => match value {
            "fr" => tr!(words, "language-fr"),
            "en" => tr!(words, "language-en"),
            other => other.to_owned(),
        },
        "membership" => match value {
            "open" => tr!(words, "membership-open"),
            "closed" => tr!(words, "membership-closed"),
            other => other.to_owned(),
        },
        "kind" => kinds::name(words, value),
        "review_date" | "start" => words.date(value),
        "term" => term_words(words, value),
        _ => value.to_owned(),
    }
}

fn lines_said(text: &str, said: impl Fn(&str) -> String) -> String {
    let lines: Vec<String> = text.lines().map(said).collect();
    lines.join("\n")
}

/// « Fait partie de : Les bords du fleuve » of a line that begins with the kind of tie.
fn tie(words: &I18n, line: &str) -> String {
    let known = line.split_once(' ');
    let known = known.and_then(|(kind, rest)| Some((RelationKind::from_word(kind)?, rest)));
    known.map_or_else(
        || line.to_owned(),
        |(kind, rest)| labelled(words, tie_name(words, kind), rest),
    )
}

/// What is said of a role: the remit first, as people read it, then how it goes round.
fn role(words: &I18n, text: &str) -> String {
    let mut turns = Vec::new();
    let mut remit = None;
    let mut rest = text;
    while !rest.is_empty() && remit.is_none() {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let (key, value) = line.split_once(": ").unwrap_or((line, ""));
        let label = match key {
            "start" => tr!(words, "rotation-start"),
            "term" => tr!(words, "rotation-term"),
            "order" => tr!(words, "rotation-order"),
            // It goes on to the end, over as many lines as it has.
            _ => {
                remit = Some(rest.strip_prefix("remit: ").unwrap_or(rest).to_owned());
                continue;
            }
        };
        turns.push(labelled(words, label, &value_words(words, key, value)));
        rest = after;
    }
    let said: Vec<String> = remit.into_iter().chain(turns).collect();
    said.join("\n")
}

fn labelled(words: &I18n, label: String, value: &str) -> String {
    format!("{}{value}", tr!(words, "past-field", field = label))
}

/// What a field is called.
pub(in crate::views) fn field_name(words: &I18n, field: &str) -> String {
    if let Some(role) = field.strip_prefix(ROLE) {
        return tr!(words, "differences-role", role = role_name(words, role));
    }
    match field {
        "title" => tr!(words, "page-title"),
        "tags" => tr!(words, "differences-tags"),
        "name" => tr!(words, "network-name"),
        "kind" | "kinds" => tr!(words, "network-kind"),
        "relations" => tr!(words, "ties"),
        "membership" => tr!(words, "network-membership"),
        "purposes" => tr!(words, "purposes"),
        "values" => tr!(words, "values"),
        "exchange_rules" => tr!(words, "charter-exchange-rules"),
        "decision_rule" => tr!(words, "charter-decision-rule"),
        "method" => tr!(words, "charter-method"),
        "threshold" => tr!(words, "charter-threshold"),
        "threshold_of" => tr!(words, "rule-of"),
        "abstentions" => tr!(words, "rule-abstain"),
        "quorum" => tr!(words, "rule-quorum"),
        "language" => tr!(words, "charter-language"),
        "review_date" => tr!(words, "charter-review"),
        _ => tr!(words, "differences-text"),
    }
}
