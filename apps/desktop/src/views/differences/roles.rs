//! Roles and ties of a network in two versions, in people's words.

use tresse_engine::model::RelationKind;

use crate::{
    i18n::I18n,
    tr,
    views::{members::role_name, overview::tie_name},
};

/// Before a role, in a field's name.
const ROLE: &str = "role/";

/// Whether a field holds all that is said of one role.
pub(super) fn is_role(field: &str) -> bool {
    field.starts_with(ROLE)
}

/// What a field is called that holds a role.
pub(super) fn name(words: &I18n, field: &str) -> Option<String> {
    let role = field.strip_prefix(ROLE)?;
    Some(tr!(
        words,
        "differences-role",
        role = role_name(words, role)
    ))
}

/// « Fait partie de : Les bords du fleuve » of a line that begins with the kind of tie.
pub(super) fn tie(words: &I18n, line: &str) -> String {
    let known = line.split_once(' ');
    let known = known.and_then(|(kind, rest)| Some((RelationKind::from_word(kind)?, rest)));
    known.map_or_else(
        || line.to_owned(),
        |(kind, rest)| labelled(words, tie_name(words, kind), rest),
    )
}

/// What is said of a role: the remit first, as people read it, then how it goes round.
pub(super) fn role(words: &I18n, text: &str) -> String {
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
        turns.push(labelled(words, label, &super::value(words, key, value)));
        rest = after;
    }
    let said: Vec<String> = remit.into_iter().chain(turns).collect();
    said.join("\n")
}

fn labelled(words: &I18n, label: String, value: &str) -> String {
    format!("{}{value}", tr!(words, "past-field", field = label))
}
