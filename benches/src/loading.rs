//! The first copy of a network: what a newcomer's machine does with the frames that a peer sends, three ways in the same run.
//!
//! | way | frames | what is done with a document |
//! |---|---|---|
//! | Tresse ([`Taking::Sealed`]) | with seals | [`Copy::verify`](tresse_sync::Copy::verify) and `take`, as always: harm, seals, the rules of chains, who may write |
//! | without seals ([`Taking::Unsealed`]) | without | the same bounds and the same looking for harm by the same code, and nothing else |
//! | believing ([`Taking::Believed`]) | without | Automerge loads it |
//!
//! So the first by the second is what *seals* cost: carrying, reading and checking them, the rules that let one vouch for a whole chain, and telling by
//! them who wrote. The first by the third is what it costs to take anything from a stranger: a program without seals that must not be stopped by a well-formed
//! lie pays for the difference of the second and third too. Listing the changes is in the second, since a bound on each change needs it; what that takes is told by
//! itself, as are the signatures, so that whoever would count otherwise can.
//!
//! Both machines stand ready before the clock runs: what is timed is only what they do with what comes.

use std::{collections::BTreeMap, hint::black_box};

use tresse_model::DocId;
use tresse_sync::Copy;
use tresse_trust::{ReadSeal, SealError, prove};

use crate::{
    Anyhow, Asked,
    figure::Figure,
    meeting::{Meeting, Newcomer, Taking},
    stored,
    table::{Row, Table},
    twins::{Took, Twins, by_turns, timed},
    village::{Size, Village},
};

/// On how many processors what came is checked: as it would be on one, and as it is where there are two. All ways use as many, and the time of
/// both is counted.
const PROCESSORS: [usize; 2] = [1, 2];

/// Measures taking in, the whole meeting, and what the seals take of the store.
pub(crate) fn bench(asked: &Asked, table: &mut Table) -> Anyhow<()> {
    let size = Size {
        documents: asked.documents,
        changes: asked.changes,
        devices: asked.devices,
    };
    let village = Village::new(size, asked.seed)?;
    let saved = village.saved();
    let ways = [Taking::Sealed, Taking::Unsealed, Taking::Believed(&saved)];
    let bytes: usize = saved.values().map(Vec::len).sum();
    table.note(format!(
        "{} documents of {} bytes, {} changes, {} chains",
        saved.len(),
        bytes / saved.len().max(1),
        size.changes,
        village.chains()
    ));
    for processors in PROCESSORS {
        let what = format!("first sync, taking in, {processors} processor(s)");
        take_in(&village, asked.runs, ways, processors)?.tell(&what, table);
    }
    parts(&village, &saved, table)?;
    for processors in PROCESSORS {
        let what = format!("the whole meeting, both ends, {processors} processor(s)");
        meet(&village, asked.runs, ways, processors)?.tell(&what, table);
    }
    let grown = stored::bytes_a_chain(&village, &saved)?;
    let row = Row::new(
        "seals in the store's file, a chain",
        Figure::Bytes(grown.ceil() as u64),
    );
    table.row(row.within(Figure::Bytes(200)));
    Ok(())
}

/// How long each of the three ways took.
struct Three([Vec<Took>; 3]);

impl Three {
    /// As Tresse does it, beside each of the others.
    fn tell(&self, what: &str, table: &mut Table) {
        let Self([sealed, unsealed, believed]) = self;
        table.row(Twins::of(sealed, unsealed).row(what, "without seals", Some(1.1)));
        table.row(Twins::of(sealed, believed).row("the same", "believing all", None));
    }
}

/// Times what the newcomer's machine does.
fn take_in(
    village: &Village,
    runs: usize,
    ways: [Taking<'_>; 3],
    processors: usize,
) -> Anyhow<Three> {
    let frames = |taking| {
        Ok::<_, Box<dyn std::error::Error>>(Meeting::new(village, taking, 1)?.hold()?.frames)
    };
    let (sealed, unsealed) = (frames(Taking::Sealed)?, frames(Taking::Unsealed)?);
    let time = |taking: Taking<'_>| {
        let frames = if matches!(taking, Taking::Sealed) {
            &sealed
        } else {
            &unsealed
        };
        let newcomer = Newcomer::new(village, taking, processors)?;
        let (time, copies) = timed(|| newcomer.take_in(frames));
        black_box(copies?);
        Ok(time)
    };
    three(runs, ways, time)
}

/// Times all that both ends do.
fn meet(village: &Village, runs: usize, ways: [Taking<'_>; 3], processors: usize) -> Anyhow<Three> {
    let time = |taking| {
        let meeting = Meeting::new(village, taking, processors)?;
        let (time, got) = timed(|| meeting.hold());
        black_box(got?.copies);
        Ok(time)
    };
    three(runs, ways, time)
}

fn three<'a>(
    runs: usize,
    ways: [Taking<'a>; 3],
    time: impl Fn(Taking<'a>) -> Anyhow<Took>,
) -> Anyhow<Three> {
    let time = &time;
    let [mut first, mut second, mut third] = ways.map(|taking| move || time(taking));
    by_turns(runs, [&mut first, &mut second, &mut third]).map(Three)
}

/// What of it can be had by itself.
fn parts(village: &Village, saved: &BTreeMap<DocId, Vec<u8>>, table: &mut Table) -> Anyhow<()> {
    let network = village.acts.network();
    // As many at once as are shown to the host together.
    let (signatures, read) = timed(|| {
        let mut count = 0;
        for some in village.copies.chunks(128) {
            let read = |copy: &Copy| {
                let id = copy.id();
                let seals = copy.seals();
                let read = seals.map(|seal| ReadSeal::read(&seal.bytes(), &network, &id));
                read.collect::<Vec<_>>()
            };
            let mut read: Vec<ReadSeal> = some.iter().flat_map(read).collect::<Result<_, _>>()?;
            prove(&mut read);
            count += read.iter().filter(|seal| seal.is_proved()).count();
        }
        Ok::<_, SealError>(count)
    });
    let seals = read?;
    let documents: Vec<_> = saved
        .values()
        .map(|bytes| tresse_model::load(bytes))
        .collect::<Result<_, _>>()?;
    let (listed, ()) = timed(|| {
        for document in &documents {
            black_box(document.get_changes_meta(&[]));
        }
    });
    table.note(format!(
        "Of taking in, {seals} signatures are {}; listing the changes, {}",
        Figure::Time(signatures.work),
        Figure::Time(listed.work)
    ));
    Ok(())
}
