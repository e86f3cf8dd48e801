//! A meeting: many peers who have each written while they were alone, all of them in one room. Until all are equal.
//!
//! Beside it: the same documents brought together by `automerge::sync`, each pair in turn, in memory and in one thread.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    time::{Duration, Instant},
};

use automerge::Automerge;
use tempfile::TempDir;
use tresse_engine::{Engine, Event, Options};
use tresse_model::{DeviceId, DocId, DocKind, NetworkId};

use crate::{
    Anyhow, Asked,
    bare::sync_pair,
    between::{Running, free_address, insert},
    figure::Figure,
    machine::{forget_most_memory, most_memory, on_disk},
    profile::{documents, open},
    table::{Row, Table},
    village::{Size, Village},
};

/// How many are in the room, one meeting after another.
const CROWDS: [usize; 3] = [10, 20, 30];
/// In how many pages each writes alone, and how often.
const ALONE: (usize, usize) = (10, 5);
/// What there is before.
const DOCUMENTS: usize = 40;
const CHANGES: usize = 8_000;
/// How long a meeting may take before it counts as broken.
const PATIENCE: Duration = Duration::from_mins(5);

const MESH: &str = "automerge::sync, each with each, in memory";

/// Measures each size, to show how it grows: people who have the same and never met, and the same people a second time.
pub(crate) fn bench(asked: &Asked, table: &mut Table) -> Anyhow<()> {
    table.note(format!(
        "{DOCUMENTS} documents, {CHANGES} changes; before each meeting, each writes {} times in {} of them, alone",
        ALONE.1, ALONE.0
    ));
    let mut fewest = Vec::new();
    for count in CROWDS {
        let room = Room::of(count, asked.seed)?;
        for (turn, met_before) in ["who never met", "who have met"].into_iter().enumerate() {
            for number in 0..count {
                room.writes_alone(number)?;
            }
            // Who has met has kept something of it, which this mesh does not: then it is no measure.
            let copies = (turn == 0).then(|| room.copies()).transpose()?;
            forget_most_memory();
            let met = room.meets()?;
            let memory = most_memory();
            let mesh = copies.map(mesh).transpose()?;
            let what = format!("a meeting of {count} {met_before}, until all are equal");
            let time = Row::new(what, met.took)
                .memory(memory)
                .disk(on_disk(&room.profile(0))?);
            tell(time, &met, mesh.as_ref(), fewest.get(turn), table);
            if fewest.len() == turn {
                fewest.push(met);
            }
        }
    }
    Ok(())
}

/// Puts a meeting into the table, beside the smallest of its kind.
fn tell(mut time: Row, met: &Met, mesh: Option<&Met>, fewest: Option<&Met>, table: &mut Table) {
    let each = |met: &Met| Figure::Bytes(met.bytes / met.count as u64);
    let mut bytes = Row::new("bytes, for each peer", each(met));
    if let Some(mesh) = mesh {
        time = time.beside(MESH, mesh.took);
        bytes = bytes.beside(MESH, each(mesh));
    }
    if let Some(fewest) = fewest {
        let few = format!("that of {}", fewest.count);
        let linear = met.count as f64 / fewest.count as f64;
        time = time.beside(&few, fewest.took).at_most(linear, &few);
        bytes = bytes.beside(&few, each(fewest)).at_most(linear, &few);
    }
    table.row(time);
    table.row(bytes);
}

/// What bringing all together took.
struct Met {
    count: usize,
    took: Duration,
    bytes: u64,
}

/// Profiles of one network, each with writing that no other has.
struct Room {
    folder: TempDir,
    network: NetworkId,
    count: usize,
}

impl Room {
    fn of(count: usize, seed: u64) -> Anyhow<Self> {
        let size = Size {
            documents: DOCUMENTS,
            changes: CHANGES,
            devices: count,
        };
        let village = Village::new(size, seed)?;
        let network = village.acts.network();
        let folder = tempfile::tempdir()?;
        let room = Self {
            folder,
            network,
            count,
        };
        for number in 0..count {
            village.move_in(&room.profile(number), number)?;
        }
        Ok(room)
    }

    fn profile(&self, number: usize) -> PathBuf {
        self.folder.path().join(format!("p{number}"))
    }

    fn writes_alone(&self, number: usize) -> Anyhow<()> {
        let profile = self.profile(number);
        let engine = Engine::open(&profile, Options::default())?;
        let known = engine.digest(&self.network)?;
        let mut pages: Vec<DocId> = Vec::new();
        for doc in known.keys() {
            let doc: DocId = doc.parse()?;
            if doc.kind() == Some(DocKind::Page) {
                pages.push(doc);
            }
        }
        for place in 0..ALONE.0.min(pages.len()) {
            let page = pages[(number * 7 + place) % pages.len()];
            for time in 0..ALONE.1 {
                engine.call(insert(
                    self.network,
                    page,
                    time,
                    format!("de {number}, {time}. "),
                ))?;
            }
        }
        engine.close();
        Ok(())
    }

    /// Everybody's documents as they are before the meeting.
    fn copies(&self) -> Anyhow<Vec<BTreeMap<DocId, Automerge>>> {
        let all = (0..self.count).map(|number| {
            let store = open(&self.profile(number))?;
            let pages = documents(&store, &self.network)?.into_iter();
            Ok(pages
                .filter(|(doc, _)| doc.kind() == Some(DocKind::Page))
                .collect())
        });
        all.collect()
    }

    /// All open their machines, each knowing where the others are; until all have the same.
    fn meets(&self) -> Anyhow<Met> {
        let mut places = Vec::new();
        for number in 0..self.count {
            let engine = Engine::open(&self.profile(number), Options::default())?;
            places.push((engine.view().me.device, free_address()?));
            engine.close();
        }
        let start = Instant::now();
        let mut all = Vec::new();
        for number in 0..self.count {
            // Only those that are there already: the others come to it.
            let known = places[..number].to_vec();
            all.push(Running::at(&self.profile(number), places[number].1, known)?);
        }
        let mut spent = Spent::default();
        while !self.equal(&all)? {
            if start.elapsed() > PATIENCE {
                return Err("they never became equal".into());
            }
            spent.listen(&all, Duration::from_millis(20));
        }
        let took = start.elapsed();
        spent.listen(&all, Duration::from_millis(500));
        for one in all {
            one.engine.close();
        }
        Ok(Met {
            count: self.count,
            took,
            bytes: spent.bytes(),
        })
    }

    fn equal(&self, all: &[Running]) -> Anyhow<bool> {
        let (first, others) = all.split_first().ok_or("nobody is there")?;
        let first = first.engine.digest(&self.network)?;
        // Each has a notebook at least once it has met anybody.
        for other in others {
            if other.engine.digest(&self.network)? != first {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// What each end has sent to each other, over links that are gone and over the one there is, as last heard.
#[derive(Default)]
struct Spent(BTreeMap<(DeviceId, DeviceId), (u64, u64)>);

impl Spent {
    fn listen(&mut self, all: &[Running], patience: Duration) {
        let end = Instant::now() + patience;
        loop {
            for one in all {
                while let Ok(event) = one.events.try_recv() {
                    if let Event::InStep { device, cost, .. } = event {
                        let sent = self.0.entry((one.device, device)).or_default();
                        if cost.sent_bytes < sent.1 {
                            sent.0 += sent.1;
                        }
                        sent.1 = cost.sent_bytes;
                    }
                }
            }
            if Instant::now() >= end {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn bytes(&self) -> u64 {
        self.0.values().map(|(gone, now)| gone + now).sum()
    }
}

/// Each with each, over and over, until all are equal.
fn mesh(mut all: Vec<BTreeMap<DocId, Automerge>>) -> Anyhow<Met> {
    let count = all.len();
    let mut bytes = 0;
    let start = Instant::now();
    loop {
        for here in 1..all.len() {
            let (before, rest) = all.split_at_mut(here);
            for there in before {
                for (doc, ours) in &mut rest[0] {
                    if let Some(theirs) = there.get_mut(doc) {
                        bytes += sync_pair(ours, theirs)? as u64;
                    }
                }
            }
        }
        let equal = all.windows(2).all(|two| {
            let (one, other) = (two[0].iter(), two[1].iter());
            one.zip(other)
                .all(|((_, one), (_, other))| one.get_heads() == other.get_heads())
        });
        if equal {
            return Ok(Met {
                count,
                took: start.elapsed(),
                bytes,
            });
        }
    }
}
