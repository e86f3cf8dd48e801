//! A word is written on one machine and seen on the other; and how long its writer waits until it is stored.

use std::{
    sync::mpsc,
    time::{Duration, Instant},
};

use tresse_engine::Command;
use tresse_model::DocId;

use super::{PATIENCE, Running, Two, insert, middle};
use crate::{
    Anyhow, bare,
    machine::{forget_most_memory, most_memory, on_disk},
    table::{Row, Table},
};

/// How many words are passed.
const WORDS: usize = 200;
const PING: &str = "there and back over bare iroh";
const SAMOD: &str = "samod, in memory";
const COMMIT: &str = "a bare SQLite commit";

/// Measures both.
pub(super) fn bench(
    two: &Two,
    page: DocId,
    what: &str,
    samod: Option<Duration>,
    table: &mut Table,
) -> Anyhow<()> {
    let network = two.founder.network;
    let all = two.ana.engine.digest(&network)?.len();
    let bo = Running::open(&two.bo, vec![two.ana.reached_at()])?;
    bo.in_step(all)?;
    bo.engine.call(Command::PageOpen { network, page })?;
    let (told, heard) = mpsc::channel();
    bo.engine.set_waker(move || {
        if told.send(Instant::now()).is_err() {
            // Nobody waits any more: the engine is being closed.
        }
    });
    let shows = |word: &str| {
        let view = bo.engine.view();
        let network = view.networks.iter().find(|one| one.id == network);
        network.is_some_and(|network| {
            let mut open = network.open_pages.iter();
            open.any(|one| one.body.text.contains(word))
        })
    };
    forget_most_memory();
    let mut took = Vec::new();
    let mut saved = Vec::new();
    for number in 0..WORDS {
        let word = format!("mot{number} ");
        // As somebody types: not before the last word has been seen.
        std::thread::sleep(Duration::from_millis(30));
        let start = Instant::now();
        two.ana
            .engine
            .call(insert(network, page, 0, word.clone()))?;
        saved.push(start.elapsed());
        let seen = loop {
            let at = heard.recv_timeout(PATIENCE)?;
            if shows(&word) {
                break at;
            }
        };
        took.push(seen.saturating_duration_since(start));
    }
    let memory = most_memory();
    bo.engine.close();
    let row = Row::new(
        format!("a word, engine to engine, in {what}"),
        middle(&mut took),
    )
    .beside(PING, bare::ping_pong(WORDS)?)
    .perhaps(SAMOD, samod)
    .memory(memory)
    .disk(on_disk(&two.bo)?);
    table.row(row.at_most(5.0, PING).at_most(1.0, SAMOD));
    let row = Row::new(
        format!("a durable save of an edit, in {what}"),
        middle(&mut saved),
    );
    table.row(
        row.beside(COMMIT, bare::commit(WORDS)?)
            .at_most(1.5, COMMIT),
    );
    Ok(())
}
