//! What was written before: by whom, what it changed, and who wrote which line.

use jiff::{Timestamp, civil::Date, civil::DateTime, tz::TimeZone};
use serde_json::json;
use tresse_engine::{
    Engine, When,
    model::{Difference, DocId, DocKind, NetworkId},
};

use crate::{
    args::Verb,
    output::{Failure, Output},
    verbs::{find_doc, find_network},
};

type Done = Result<(), Failure>;

pub(crate) fn run(engine: &Engine, verb: Verb, output: Output) -> Done {
    match verb {
        Verb::History { network, doc } => {
            let network = find_network(engine, &network)?;
            for group in engine.history(&network, &find_doc(&network, &doc)?)? {
                output.put(&serde_json::to_value(group)?)?;
            }
        }
        Verb::Diff {
            network,
            doc,
            from,
            to,
        } => {
            let network = find_network(engine, &network)?;
            let doc = find_doc(&network, &doc)?;
            diff(
                engine,
                &network,
                &doc,
                from.as_deref(),
                to.as_deref(),
                output,
            )?;
        }
        Verb::Hands { network, item } => {
            let network = find_network(engine, &network)?;
            let id = item.parse().map_err(|_| {
                let said = format!("« {item} » is no item's id: `view {network} plan` has them");
                Failure::new("not-found", said)
            })?;
            output.put(&serde_json::to_value(engine.item_hands(&network, &id)?)?)?;
        }
        Verb::Lines { network, doc } => {
            let network = find_network(engine, &network)?;
            let doc = find_doc(&network, &doc)?;
            for line in engine.line_authors(&network, &doc, 0..usize::MAX)? {
                let authors = line.authors.iter().map(|author| {
                    json!({
                        "author": author.author, "name": author.name,
                        "characters": author.characters,
                        "from": day(author.from), "to": day(author.to),
                    })
                });
                output.put(&json!({
                    "line": line.line, "authors": authors.collect::<Vec<_>>(), "text": line.text,
                }))?;
            }
        }
        _ => return Err(Failure::new("internal", "this verb has no place here")),
    }
    Ok(())
}

/// A line for each field or item that differs. A version of the charter goes by its name.
fn diff(
    engine: &Engine,
    network: &NetworkId,
    doc: &DocId,
    from: Option<&str>,
    to: Option<&str>,
    output: Output,
) -> Done {
    const NAME: usize = 32;
    let named = |state: Option<&str>| state.is_none_or(|state| is_name(state, NAME));
    if doc.kind() == Some(DocKind::Charter) && named(from) && named(to) {
        return put(engine.charter_changes(network, from, to)?, output);
    }
    let from = from.map_or(Ok(When::Beginning), |from| state(from, false))?;
    let to = to.map_or(Ok(When::Now), |to| state(to, true))?;
    let compared = engine.compare(network, doc, &from, &to)?;
    let fields = compared.fields.into_iter().map(|field| field.says);
    put(fields.filter(Difference::differs).collect(), output)?;
    for item in compared.items {
        output.put(&serde_json::to_value(item)?)?;
    }
    Ok(())
}

fn put(differences: Vec<Difference>, output: Output) -> Done {
    for difference in differences {
        output.put(&serde_json::to_value(difference)?)?;
    }
    Ok(())
}

fn is_name(state: &str, length: usize) -> bool {
    state.len() == length && state.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A day, a moment, or heads. As an older state a day counts from its beginning, as a newer one to its end.
fn state(text: &str, ends: bool) -> Result<When, Failure> {
    if let Ok(day) = text.parse::<Date>()
        && !text.contains(':')
    {
        // A change at the first instant of a day is of that day.
        let until = if ends { day.tomorrow() } else { Ok(day) };
        let until = until.map_err(|_| unknown(text))?;
        return at(until.at(0, 0, 0, 0), text).map(|at| When::Until(at - 1));
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(When::Until(moment.as_millisecond()));
    }
    if let Ok(moment) = text.parse::<DateTime>() {
        return at(moment, text).map(When::Until);
    }
    let heads: Vec<String> = text.split(',').map(str::to_owned).collect();
    if heads.iter().all(|head| is_name(head, 64)) {
        return Ok(When::Heads(heads));
    }
    Err(unknown(text))
}

/// A moment as clocks here show it, in milliseconds since 1970, UTC.
pub(crate) fn at(moment: DateTime, text: &str) -> Result<i64, Failure> {
    let zoned = moment.to_zoned_datetime(TimeZone::system());
    Ok(zoned
        .map_err(|_| unknown(text))?
        .timestamp()
        .as_millisecond())
}

pub(crate) fn unknown(text: &str) -> Failure {
    Failure::new(
        "unknown-version",
        format!(
            "« {text} » names no state: give a day as 2026-03-12, a moment as 2026-03-12T14:30, heads as `history` prints them, or the \
             name of a version of the charter"
        ),
    )
}

/// The day of a moment where this machine is.
fn day(at: i64) -> String {
    let at = Timestamp::from_millisecond(at).unwrap_or_default();
    at.to_zoned_datetime(TimeZone::system()).date().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_from_its_beginning_or_to_its_end_and_nonsense_gets_a_sentence() {
        let until = |text, ends| match state(text, ends) {
            Ok(When::Until(at)) => at,
            other => panic!("{other:?}"),
        };
        let (from, to) = (until("2026-03-12", false), until("2026-03-12", true));
        assert_eq!(to - from, 24 * 3_600_000);
        assert_eq!(until("2026-03-12T00:00", true), from + 1);
        assert_eq!(until("1970-01-01T00:00:01Z", true), 1_000);
        let heads = vec!["ab".repeat(32), "cd".repeat(32)];
        assert_eq!(state(&heads.join(","), true).unwrap(), When::Heads(heads));
        for wrong in ["", "hier", "2026-13-40", "abc,def"] {
            assert_eq!(
                state(wrong, true).unwrap_err().code,
                "unknown-version",
                "{wrong}"
            );
        }
    }
}
