//! Meeting after a week apart: both have written in the same documents.

use std::{collections::BTreeMap, time::Instant};

use automerge::ChangeHash;
use tresse_engine::{Engine, Options};
use tresse_model::{DocId, DocKind};

use super::{APART, Running, Samod, Two, insert};
use crate::{
    Anyhow,
    bare::Kept,
    figure::Figure,
    machine::{forget_most_memory, most_memory, on_disk},
    profile::{documents, open},
    table::{Row, Table},
};

const RAW: &str = "the raw changes themselves";
const SAMOD: &str = "samod, in memory";
const BY_DOCUMENT: &str = "automerge::sync with kept state, in memory";

/// Measures it.
pub(super) fn bench(two: &Two, kept: &mut Kept, samod: &Samod, table: &mut Table) -> Anyhow<()> {
    let network = two.founder.network;
    let pages: Vec<DocId> = two
        .founder
        .saved
        .keys()
        .filter(|doc| doc.kind() == Some(DocKind::Page))
        .take(APART.0)
        .copied()
        .collect();
    let before: BTreeMap<DocId, Vec<ChangeHash>> = {
        let documents = documents(&open(&two.bo)?, &network)?;
        let heads = documents.iter().map(|(doc, one)| (*doc, one.get_heads()));
        heads.collect()
    };
    let bo = Engine::open(&two.bo, Options::default())?;
    for (engine, word) in [(&bo, "ici"), (&two.ana.engine, "là")] {
        for page in &pages {
            for number in 0..APART.1 {
                engine.call(insert(network, *page, number, format!("{word} {number} ")))?;
            }
        }
    }
    bo.close();
    let all = two.ana.engine.digest(&network)?.len();
    forget_most_memory();
    let bo = Running::open(&two.bo, vec![two.ana.reached_at()])?;
    let start = Instant::now();
    let cost = bo.in_step(all)?;
    let took = start.elapsed();
    let memory = most_memory();
    if bo.engine.digest(&network)? != two.ana.engine.digest(&network)? {
        return Err("the two are not equal".into());
    }
    bo.engine.close();
    let mut raw = 0;
    for (doc, document) in documents(&open(&two.bo)?, &network)? {
        let heads = before.get(&doc).map_or(&[][..], Vec::as_slice);
        let changes = document.get_changes(heads);
        raw += changes
            .iter()
            .map(|one| one.raw_bytes().len() as u64)
            .sum::<u64>();
    }
    kept.write_apart(APART)?;
    let by_document = kept.meet()?;
    let samod = samod.get("apart");
    let what = format!(
        "after a week apart, {} documents, {} changes each side",
        pages.len(),
        APART.1
    );
    let time = Row::new(what, took)
        .beside(BY_DOCUMENT, by_document.took)
        .perhaps(SAMOD, samod.map(|took| took.time));
    table.row(time.memory(memory).disk(on_disk(&two.bo)?));
    let bytes = Row::new(
        "its bytes, both ways",
        Figure::Bytes(cost.received_bytes + cost.sent_bytes),
    )
    .beside(RAW, Figure::Bytes(raw))
    .beside(BY_DOCUMENT, Figure::Bytes(by_document.bytes as u64))
    .perhaps(SAMOD, samod.map(|took| Figure::Bytes(took.bytes)));
    table.row(bytes.at_most(1.0, RAW).at_most(0.33, SAMOD));
    // The first of those that are counted is the greeting, in which both prove that they belong to the network.
    let after = Figure::Count(cost.round_trips.saturating_sub(1));
    let trips = Row::new("its round trips, after the greeting", after)
        .also(&format!("{} with it", cost.round_trips));
    table.row(trips.within(Figure::Count(2)));
    Ok(())
}
