//! First sync: a newcomer accepts an invitation and has everything, stored. Once on as many processors as there are, once on one.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command as Program,
    time::{Duration, Instant},
};

use tresse_engine::{Command, Cost, Engine, Protection};

use super::{Founder, Running, Samod, Two, ticket};
use crate::{
    Anyhow, bare,
    figure::Figure,
    machine::{self, forget_most_memory, most_memory, on_disk},
    opening::{CHILD, numbers},
    profile::open,
    table::{Row, Table},
};

const FLOOR: &str = "the floor (the saved documents over bare iroh, and loaded)";
const SAMOD: &str = "samod, in memory";
const BY_DOCUMENT: &str = "automerge::sync document by document, in memory";

/// How long a newcomer took, in the middle of several.
struct Came {
    in_step: Duration,
    shown: Duration,
    cost: Cost,
}

/// Measures it; who came last stays.
pub(super) fn bench(
    founder: Founder,
    runs: usize,
    what: &str,
    samod: Option<&Samod>,
    table: &mut Table,
) -> Anyhow<Two> {
    let one = on_one_processor(&founder)?;
    let floor = bare::ship_and_load(&founder.saved, runs)?;
    let by_document = bare::sync_by_document(&founder.saved)?;
    let bytes: usize = founder.saved.values().map(Vec::len).sum();
    forget_most_memory();
    let (two, came) = several(founder, runs)?;
    let memory = most_memory();

    let samod = samod.map(|samod| samod.get("first"));
    let mut row = Row::new(
        format!("first sync, {what}: in step and stored"),
        came.in_step,
    )
    .also(&format!("shown after {}", Figure::Time(came.shown)))
    .beside(FLOOR, floor.0 + floor.1)
    .beside(BY_DOCUMENT, by_document.took)
    .at_most(1.0, FLOOR)
    .memory(memory)
    .disk(on_disk(&two.bo)?);
    if let Some(samod) = samod {
        row = row
            .perhaps(SAMOD, samod.map(|samod| samod.time))
            .at_most(0.4, SAMOD);
    }
    table.row(row);
    match one {
        Some((ours, floor)) => {
            let row = Row::new("the same, all of it on one processor", ours);
            table.row(row.beside(FLOOR, floor).at_most(1.2, FLOOR));
        }
        None => table.note("On one processor it was not run: there is no taskset here"),
    }
    let both = came.cost.received_bytes + came.cost.sent_bytes;
    let saves = "the saved documents";
    let mut row = Row::new("its bytes, both ways", Figure::Bytes(both))
        .beside(saves, Figure::Bytes(bytes as u64))
        .beside(BY_DOCUMENT, Figure::Bytes(by_document.bytes as u64))
        .at_most(1.05, saves);
    if let Some(samod) = samod {
        row = row.perhaps(SAMOD, samod.map(|samod| Figure::Bytes(samod.bytes)));
    }
    table.row(row);
    Ok(two)
}

/// A newcomer, not timed.
pub(super) fn once(founder: Founder) -> Anyhow<Two> {
    Ok(several(founder, 1)?.0)
}

/// The newcomer gets everything, several times; who comes last stays.
fn several(founder: Founder, runs: usize) -> Anyhow<(Two, Came)> {
    let ana = Running::open(&founder.profile(), Vec::new())?;
    let all = ana.engine.digest(&founder.network)?.len();
    let mut took = Vec::new();
    let mut last = PathBuf::new();
    for run in 0..runs.max(1) {
        let bo = founder.folder.path().join(format!("bo-{run}"));
        Engine::init(&bo, "Bo", "fr", &Protection::Open)?;
        // Where she is reached, the ticket tells.
        let newcomer = Running::open(&bo, Vec::new())?;
        let ticket = ticket(&ana.engine, founder.network)?;
        let start = Instant::now();
        newcomer.engine.call(Command::InviteAccept { ticket })?;
        let cost = newcomer.in_step(all)?;
        let in_step = start.elapsed();
        let view = newcomer.engine.fresh_view()?;
        let shown = start.elapsed();
        if view.networks.is_empty() {
            return Err("the newcomer sees nothing".into());
        }
        newcomer.engine.close();
        took.push(Came {
            in_step,
            shown,
            cost,
        });
        last = bo;
    }
    took.sort_by_key(|one| one.in_step);
    let middle = took.swap_remove(took.len() / 2);
    let two = Two {
        founder,
        ana,
        bo: last,
    };
    Ok((two, middle))
}

/// Both ends and the floor in a process that has one processor: how long each took. Nothing where no process can be held to one.
fn on_one_processor(founder: &Founder) -> Anyhow<Option<(Duration, Duration)>> {
    let Some(processor) = machine::a_processor() else {
        return Ok(None);
    };
    let child = Program::new("taskset")
        .args(["--cpu-list", &processor])
        .arg(env::current_exe()?)
        .args([CHILD, "first"])
        .arg(founder.folder.path())
        .output();
    let Ok(child) = child else { return Ok(None) };
    let both: [u64; 2] = numbers(child, "first")?;
    let both = both.map(Duration::from_nanos);
    Ok(Some(both.into()))
}

/// What that process does, with a copy of the founder's profile that lies in this folder.
pub(crate) fn alone(folder: &Path) -> Anyhow<()> {
    const RUNS: usize = 3;
    let network = {
        let store = open(&folder.join("ana"))?;
        store.networks()?.first().ok_or("there is no network")?.id
    };
    let within = tempfile::tempdir_in(folder)?;
    machine::copy(&folder.join("ana"), &within.path().join("ana"))?;
    let founder = Founder::at(within, network)?;
    let floor = bare::ship_and_load(&founder.saved, RUNS)?;
    let (_, came) = several(founder, RUNS)?;
    println!(
        "{} {}",
        came.in_step.as_nanos(),
        (floor.0 + floor.1).as_nanos()
    );
    Ok(())
}
