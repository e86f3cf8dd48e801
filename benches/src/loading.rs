//! The first copy of a network: what a newcomer's machine does with the documents that a peer sends, checked as they always
//! are ([`Copy::verify`], [`Copy::take`]), and as if they could be believed (the same bytes, loaded).
//!
//! Checking is made of several things. Those that can be had by themselves are timed by themselves: reading and
//! checking the seals; and looking for harm (counting what the bytes unfold to is not to be had from
//! outside and is among the rest).

use std::{collections::BTreeMap, hint::black_box};

use tresse_model::{DocId, NetworkId};
use tresse_sync::{Copy, Incoming};
use tresse_trust::{Membership, Proved, ReadSeal, evaluate};

use crate::{
    Anyhow, Asked,
    meeting::{Taking, first_meeting, nothing},
    stored,
    twins::{Took, Twins, spoken, timed},
    village::{Size, Village},
};

/// Measures taking in, the whole meeting, and what the seals take of the store.
pub(crate) fn bench(asked: &Asked) -> Anyhow<()> {
    let size = Size {
        documents: asked.documents,
        changes: asked.changes,
        devices: asked.devices,
    };
    let village = Village::new(size, asked.seed)?;
    let saved: BTreeMap<DocId, Vec<u8>> = village
        .copies
        .iter()
        .map(|copy| (copy.id(), copy.doc().save()))
        .collect();
    let arrived = first_meeting(&village, Taking::Checked)?.arrived;
    let (network, members) = (village.acts.network(), evaluate(&village.acts));

    let checked = || taken(network, &members, &arrived).map(|(time, _)| time);
    let twins = Twins::run(asked.runs, checked, || believed(&saved))?;
    println!("{}", twins.row("first sync, taking in"));
    parts(network, &saved, &arrived)?;

    let meet = |taking| {
        let (time, got) = timed(|| first_meeting(&village, taking));
        got.map(|got| {
            black_box(got.copies);
            time
        })
    };
    let twins = Twins::run(
        asked.runs,
        || meet(Taking::Checked),
        || meet(Taking::Believed(&saved)),
    )?;
    println!("{}", twins.row("first sync, the whole meeting, both ends"));
    let bytes: usize = saved.values().map(Vec::len).sum();
    println!(
        "  {} documents of {} bytes, {} changes, {} chains",
        saved.len(),
        bytes / saved.len().max(1),
        size.changes,
        village.chains()
    );
    let grown = stored::bytes_a_chain(&village, &saved)?;
    println!("  seals: {grown:.1} bytes of the store's file for each chain");
    Ok(())
}

/// Checks and takes everything that arrived.
fn taken(
    network: NetworkId,
    members: &Membership,
    arrived: &[(DocId, Incoming)],
) -> Anyhow<(Took, Vec<Copy>)> {
    let (time, copies) = timed(|| {
        let take = |(doc, incoming): &(DocId, Incoming)| {
            let mut copy = nothing(network, *doc);
            let verified = copy.verify(incoming, members)?;
            copy.take(verified)?;
            Ok(copy)
        };
        arrived.iter().map(take).collect::<Anyhow<Vec<Copy>>>()
    });
    Ok((time, copies?))
}

/// Loads the same bytes.
fn believed(saved: &BTreeMap<DocId, Vec<u8>>) -> Anyhow<Took> {
    let (time, documents) = timed(|| {
        let load = |bytes: &Vec<u8>| tresse_model::load(bytes);
        saved.values().map(load).collect::<Result<Vec<_>, _>>()
    });
    black_box(documents?);
    Ok(time)
}

/// What checking is made of, as far as it can be had by itself.
fn parts(
    network: NetworkId,
    saved: &BTreeMap<DocId, Vec<u8>>,
    arrived: &[(DocId, Incoming)],
) -> Anyhow<()> {
    let (signatures, read) = timed(|| {
        let seals = arrived
            .iter()
            .flat_map(|(doc, incoming)| incoming.seals.iter().map(move |seal| (doc, seal)));
        let verify = |(doc, seal): (&DocId, &Vec<u8>)| {
            ReadSeal::read(seal, &network, doc).and_then(|seal| seal.verify(&Proved::default()))
        };
        seals.map(verify).collect::<Result<Vec<_>, _>>()
    });
    let seals = read?.len();
    let documents: Vec<_> = saved
        .values()
        .map(|bytes| tresse_model::load(bytes))
        .collect::<Result<_, _>>()?;
    let (shown, ()) = timed(|| {
        for document in &documents {
            black_box(document.hydrate(None));
        }
    });
    let (listed, ()) = timed(|| {
        for document in &documents {
            black_box(document.get_changes_meta(&[]));
        }
    });
    println!(
        "  of which: {seals} signatures {}; showing all of it once {}; listing the changes {}",
        spoken(signatures.work),
        spoken(shown.work),
        spoken(listed.work)
    );
    Ok(())
}
