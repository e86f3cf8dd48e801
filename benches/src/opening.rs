//! Opening the profile of a network of ten years, to everything that its first page shows; and of parts of it, since what it costs
//! should grow with what is shown, not with what is stored.
//!
//! Beside it: the same documents loaded by Automerge, all of them, from the same store. Each way runs in a process of its own, so that
//! its memory is its own.

use std::{
    env,
    path::Path,
    process::{Command, Output},
    time::{Duration, Instant},
};

use tresse_desktop::app::args::ViewArg;
use tresse_engine::{Engine, Options, Replica};

use crate::{
    Anyhow, Asked,
    between::{first_alone, free_address, on_loopback},
    decade::{self, Extent},
    figure::Figure,
    frames::Screen,
    machine::{most_memory, on_disk},
    painted::shows,
    profile,
    table::{Row, Table},
};

/// What a child process is asked for by, before the name of what it does and the profile's folder.
pub(crate) const CHILD: &str = "--alone";
/// How long opening may take before it counts as broken.
const PATIENCE: Duration = Duration::from_mins(2);

/// How soon the first page should stand there, and with how much memory.
const FIRST: (Duration, u64) = (Duration::from_millis(300), 150_000_000);
const PAINTED: &str = "to the first page painted: the whole program, but for the system's window and the graphics card";
const ALL: &str = "loading every document by Automerge";

/// Measures both at several sizes.
pub(crate) fn bench(asked: &Asked, table: &mut Table) -> Anyhow<()> {
    for part in [16, 4, 1] {
        let extent = Extent::TEN_YEARS.part(part * asked.part.max(1));
        let folder = tempfile::tempdir()?;
        let profile = folder.path().join("profile");
        let written = decade::write(&profile, extent, asked.seed)?;
        catch_up(&profile)?;
        let disk = on_disk(&profile)?;
        let name = match part {
            1 => "ten years".to_owned(),
            part => format!("one part in {part}"),
        };
        table.note(format!(
            "{name}: {} members, {} documents, {} changes, {} saved",
            extent.members,
            written.documents,
            written.changes,
            Figure::Bytes(written.bytes as u64)
        ));
        let painted = several(asked.runs, "paint", &profile)?;
        let ours = several(asked.runs, "open", &profile)?;
        let all = several(asked.runs, "load", &profile)?;
        let row = Row::new(
            format!("{name}: to all that the first page shows"),
            ours.whole,
        )
        .also(&format!(
            "the engine open after {}",
            Figure::Time(ours.opened)
        ))
        .beside(ALL, all.whole)
        .memory(Some(ours.memory))
        .disk(disk);
        let shown = Row::new(PAINTED, painted.whole)
            .beside(ALL, all.whole)
            .memory(Some(painted.memory));
        table.row(row);
        table.row(match part {
            1 => shown.within(FIRST.0).memory_within(FIRST.1),
            _ => shown,
        });
        table.note(format!("Loading all takes {} MiB", all.memory >> 20));
    }
    Ok(())
}

/// What lists and the search show is brought up to date, as after a power cut; then the profile is looked at and closed, as every day.
pub(crate) fn catch_up(profile: &Path) -> Anyhow<()> {
    let mut replica = Replica::open(profile)?;
    replica.summarise(usize::MAX);
    replica.commit()?;
    drop(replica);
    let engine = Engine::open(profile, Options::default())?;
    engine.fresh_view()?;
    engine.close();
    Ok(())
}

/// What a child process found.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    /// Until the profile was open.
    opened: Duration,
    /// Until everything was there.
    whole: Duration,
    /// The most memory it had, in bytes.
    memory: u64,
}

/// Medians of several runs.
fn several(runs: usize, what: &str, profile: &Path) -> Anyhow<Found> {
    let found: Anyhow<Vec<Found>> = (0..runs.max(1)).map(|_| alone(what, profile)).collect();
    let mut found = found?;
    found.sort_by_key(|one| one.whole);
    Ok(found[found.len() / 2])
}

fn alone(what: &str, profile: &Path) -> Anyhow<Found> {
    let child = Command::new(env::current_exe()?)
        .args([CHILD, what])
        .arg(profile)
        .output()?;
    let [opened, whole, memory] = numbers(child, what)?;
    Ok(Found {
        opened: Duration::from_nanos(opened),
        whole: Duration::from_nanos(whole),
        memory,
    })
}

/// What a child process said, so many numbers; an error if it failed.
pub(crate) fn numbers<const N: usize>(child: Output, what: &str) -> Anyhow<[u64; N]> {
    let said = String::from_utf8(child.stdout)?;
    let numbers: Vec<u64> = said
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect();
    match (child.status.success(), numbers.try_into()) {
        (true, Ok(numbers)) => Ok(numbers),
        _ => Err(format!("the part « {what} » failed: {said}").into()),
    }
}

/// What a child process does: says how long it took and how much memory.
pub(crate) fn child(what: &str, folder: &Path) -> Anyhow<()> {
    let start = Instant::now();
    let opened = match what {
        "open" => {
            let engine = Engine::open(folder, Options::default())?;
            let opened = start.elapsed();
            let view = engine.fresh_view()?;
            let whole = start.elapsed();
            if view.networks.is_empty() {
                return Err("nothing is there".into());
            }
            print_found(opened, whole);
            engine.close();
            return Ok(());
        }
        "first" => return first_alone(folder),
        "paint" => return paint(folder, start),
        "load" => load(folder)?,
        _ => return Err(format!("nobody knows how to « {what} »").into()),
    };
    print_found(opened, start.elapsed());
    Ok(())
}

fn print_found(opened: Duration, whole: Duration) {
    let memory = most_memory().unwrap_or_default();
    println!("{} {} {memory}", opened.as_nanos(), whole.as_nanos());
}

/// Every document by Automerge alone. Says how long it took to open the store.
fn load(folder: &Path) -> Anyhow<Duration> {
    let start = Instant::now();
    let store = profile::open(folder)?;
    let opened = start.elapsed();
    let mut all = Vec::new();
    for network in store.networks()? {
        all.extend(profile::documents(&store, &network.id)?);
    }
    std::hint::black_box(&all);
    Ok(opened)
}

/// The window, without the window: until a frame of the first page shows the network.
fn paint(folder: &Path, start: Instant) -> Anyhow<()> {
    let net = on_loopback(free_address()?, Vec::new());
    let mut screen = Screen::opening(folder, ViewArg::Home, Some(net));
    let mut opened = None;
    loop {
        let (_, seen) = screen.frame_seen(Vec::new(), |shapes| shows(shapes, decade::NAME));
        if opened.is_none() && screen.engine().is_ok() {
            opened = Some(start.elapsed());
        }
        if seen {
            break;
        }
        if start.elapsed() > PATIENCE {
            return Err("the first page was never painted".into());
        }
        // A frame is asked for when there is something new; here one is made each millisecond.
        std::thread::sleep(Duration::from_millis(1));
    }
    print_found(opened.unwrap_or_default(), start.elapsed());
    screen.close();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_that_is_opened_again_shows_the_same_first_page_as_one_whose_documents_were_read() {
        let folder = tempfile::tempdir().unwrap();
        let profile = folder.path().join("profile");
        decade::write(&profile, Extent::TEN_YEARS.part(100), 1).unwrap();
        let mut replica = Replica::open(&profile).unwrap();
        replica.summarise(usize::MAX);
        replica.commit().unwrap();
        drop(replica);
        let shown = || {
            let engine = Engine::open(&profile, Options::default()).unwrap();
            let view = engine.fresh_view().unwrap();
            engine.close();
            serde_json::to_value(&*view.networks[0]).unwrap()
        };
        let read = shown();
        let remembered = {
            let store = profile::open(&profile).unwrap();
            let network = store.networks().unwrap()[0].id;
            let all = store.documents(&network).unwrap();
            let all = all
                .iter()
                .filter(|row| store.remembered(&network, &row.doc).unwrap().is_some());
            all.count()
        };
        assert_eq!(
            remembered,
            1 + 1,
            "the plan, and the other member's notebook"
        );
        assert_eq!(shown(), read);
    }
}
