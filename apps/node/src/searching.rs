//! The verb that looks for words.

use jiff::{
    ToSpan,
    civil::{Date, Time},
};
use tresse_engine::{Engine, Search};

use crate::{
    args::Verb,
    output::{Failure, Output},
    past::{at, unknown},
    verbs::find_network,
};

/// A line for each text found.
pub(crate) fn run(engine: &Engine, verb: Verb, output: Output) -> Result<(), Failure> {
    let Verb::Search {
        words,
        network,
        kind,
        author,
        since,
        until,
    } = verb
    else {
        return Err(Failure::new("internal", "this verb has no place here"));
    };
    let network = network
        .map(|given| find_network(engine, &given))
        .transpose()?;
    let after = until.map(|day| {
        day.checked_add(1.day())
            .map_err(|_| unknown(&day.to_string()))
    });
    let search = Search {
        words,
        network,
        kinds: kind.into_iter().map(Into::into).collect(),
        author,
        from: since.map(begins).transpose()?,
        until: after.transpose()?.map(begins).transpose()?,
    };
    for hit in engine.search(&search)? {
        output.put(&serde_json::to_value(hit)?)?;
    }
    Ok(())
}

/// The moment at which a day begins here, in milliseconds since 1970, UTC.
fn begins(day: Date) -> Result<i64, Failure> {
    at(day.to_datetime(Time::midnight()), &day.to_string())
}
