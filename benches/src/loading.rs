//! The first copy of a network: what a newcomer's machine does with the frames that a peer sends, checked as they always
//! are ([`Copy::verify`], [`Copy::take`]), and as if they could be believed (the same frames read, the same bytes loaded, no signature
//! looked at).
//!
//! Checking is made of several things. Those that can be had by themselves are timed by themselves: reading and
//! checking the seals; and looking for harm (counting what the bytes unfold to is not to be had from
//! outside and is among the rest).

use std::{collections::BTreeMap, hint::black_box};

use tresse_model::DocId;
use tresse_sync::Copy;
use tresse_trust::{Proved, ReadSeal, SealError};

use crate::{
    Anyhow, Asked,
    meeting::{Taking, first_meeting, take_in},
    stored,
    twins::{Took, Twins, spoken, timed},
    village::{Size, Village},
};

/// On how many processors what came is checked: as it would be on one, and as it is where there are two. (Of the latter, only the clock
/// says anything: the other processor's time is not counted.)
const PROCESSORS: [usize; 2] = [1, 2];

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
    let got = first_meeting(&village, Taking::Checked(1))?;
    let believed = || timed_in(&village, &got.frames, Taking::Believed(&saved));
    for processors in PROCESSORS {
        let checked = || timed_in(&village, &got.frames, Taking::Checked(processors));
        let twins = Twins::run(asked.runs, checked, believed)?;
        let what = format!("first sync, taking in, {processors} processor(s)");
        println!("{}", twins.row(&what));
    }
    parts(&village, &saved)?;

    let meet = |taking| {
        let (time, got) = timed(|| first_meeting(&village, taking));
        got.map(|got| {
            black_box(got.copies);
            time
        })
    };
    for processors in PROCESSORS {
        let twins = Twins::run(
            asked.runs,
            || meet(Taking::Checked(processors)),
            || meet(Taking::Believed(&saved)),
        )?;
        let what = format!("the whole meeting, both ends, {processors}");
        println!("{}", twins.row(&what));
    }
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

/// What the newcomer's machine does.
fn timed_in(village: &Village, frames: &[Vec<u8>], taking: Taking<'_>) -> Anyhow<Took> {
    let (time, copies) = timed(|| take_in(village, frames, taking));
    black_box(copies?);
    Ok(time)
}

/// What checking is made of, as far as it can be had by itself.
fn parts(village: &Village, saved: &BTreeMap<DocId, Vec<u8>>) -> Anyhow<()> {
    let network = village.acts.network();
    // As many at once as a frame holds, about.
    let (signatures, read) = timed(|| {
        let mut count = 0;
        for some in village.copies.chunks(8) {
            let read = |copy: &Copy| {
                let id = copy.id();
                let seals = copy.seals();
                let read = seals.map(|seal| ReadSeal::read(&seal.bytes(), &network, &id));
                read.collect::<Vec<_>>()
            };
            let read: Vec<ReadSeal> = some.iter().flat_map(read).collect::<Result<_, _>>()?;
            let proved = Proved::of(&read);
            count += read.iter().filter(|seal| seal.is_proved(&proved)).count();
        }
        Ok::<_, SealError>(count)
    });
    let seals = read?;
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
