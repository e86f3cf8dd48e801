//! Meeting again with nothing new.

use std::time::Instant;

use super::{Running, Samod, Two};
use crate::{
    Anyhow,
    bare::Kept,
    figure::Figure,
    machine::{forget_most_memory, most_memory},
    table::{Row, Table},
};

const SAMOD: &str = "samod";

/// Measures it.
pub(super) fn bench(
    two: &Two,
    runs: usize,
    kept: &mut Kept,
    samod: &Samod,
    what: &str,
    table: &mut Table,
) -> Anyhow<()> {
    let all = two.ana.engine.digest(&two.founder.network)?.len();
    forget_most_memory();
    let mut took = Vec::new();
    for _ in 0..runs.max(2) {
        let bo = Running::open(&two.bo, vec![two.ana.reached_at()])?;
        let start = Instant::now();
        let cost = bo.in_step(all)?;
        took.push((start.elapsed(), cost));
        bo.engine.close();
    }
    let memory = most_memory();
    took.sort_by_key(|one| one.0);
    let (time, cost) = took[took.len() / 2];
    let by_document = kept.meet()?;
    let time = Row::new(format!("meeting again, nothing new, {what}"), time);
    table.row(
        time.beside(
            "automerge::sync with kept state, in memory",
            by_document.took,
        )
        .memory(memory),
    );
    let bytes = Row::new(
        "its bytes, both ways",
        Figure::Bytes(cost.received_bytes + cost.sent_bytes),
    )
    .beside(
        "automerge::sync with kept state",
        Figure::Bytes(by_document.bytes as u64),
    )
    .perhaps(
        SAMOD,
        samod.get("again").map(|took| Figure::Bytes(took.bytes)),
    );
    table.row(bytes.within(Figure::Bytes(1_000)).at_most(0.01, SAMOD));
    let trips = Row::new(
        "its round trips, the greeting included",
        Figure::Count(cost.round_trips),
    );
    table.row(trips.within(Figure::Count(1)));
    Ok(())
}
