//! Two whole programs and what passes between them: engines with their stores, over iroh on the loopback interface.
//!
//! | what | begins | ends |
//! |---|---|---|
//! | first sync | a newcomer accepts an invitation | both are in step, all of it stored |
//! | meeting again | the newcomer's engine is open | both are in step |
//! | after a week apart | the same, where both have written meanwhile | the same |
//! | live | an edit is handed over | the other's view has it |
//!
//! The floor of the first sync is the bytes of the saved documents over bare iroh and Automerge loading each; of live, a word there and
//! back over bare iroh. Bytes are those of frames, as the engine counts them. Memory is that of the whole process, both ends and all that the bench
//! holds for what it compares.

mod again;
mod apart;
mod first;
mod live;

use std::{
    collections::BTreeMap,
    net::{SocketAddr, UdpSocket},
    path::{Path, PathBuf},
    sync::mpsc,
    time::{Duration, Instant},
};

use tempfile::TempDir;
use tresse_engine::{Command, Cost, Engine, Event, NetOptions, Options, TextEdit};
use tresse_model::{DeviceId, DocId, DocKind, NetworkId};

pub(crate) use self::first::alone as first_alone;
use crate::{
    Anyhow, Asked,
    bare::Kept,
    decade::{self, Extent},
    opening::catch_up,
    peers::{self, Peers, Took},
    profile::{documents, open},
    table::Table,
    village::{Size, Village},
};

/// How long anything here may take before it counts as broken.
const PATIENCE: Duration = Duration::from_mins(10);
/// In how many documents both write while they are apart, and how often in each.
const APART: (usize, usize) = (50, 10);

/// Measures all of it for a village, the first sync of a network of ten years too, and meeting again with ten times the documents.
pub(crate) fn bench(asked: &Asked, table: &mut Table) -> Anyhow<()> {
    let size = Size {
        documents: asked.documents,
        changes: asked.changes,
        devices: asked.devices,
    };
    let what = format!(
        "{} documents, {} changes, {} devices",
        size.documents, size.changes, size.devices
    );
    let ours = Founder::of_village(size, asked.seed)?;
    if Peers::found().is_none() {
        table.note(peers::MISSING);
    }
    let beside = samod(&ours, table)?;
    let two = first::bench(ours, asked.runs, &what, Some(&beside), table)?;
    let mut kept = Kept::of(&two.founder.saved)?;
    again::bench(&two, asked.runs, &mut kept, &beside, &what, table)?;
    apart::bench(&two, &mut kept, &beside, table)?;
    drop(kept);
    let samod_live = beside.get("live").map(|took| took.time);
    live::bench(&two, two.some_page()?, "a page", samod_live, table)?;
    let (page, what) = (two.long_page()?, "a page of 200,000 characters");
    live::bench(&two, page, what, None, table)?;
    drop(two);
    if asked.part >= 1_000 {
        return Ok(());
    }
    let extent = Extent::TEN_YEARS.part(asked.part);
    let founder = Founder::of_decade(extent, asked.seed)?;
    let what = format!(
        "ten years, {} documents, {} changes",
        founder.saved.len(),
        extent.changes
    );
    first::bench(founder, 1, &what, None, table)?;
    let many = Size {
        documents: 10 * asked.documents,
        changes: asked.changes,
        devices: 4.min(asked.devices),
    };
    let founder = Founder::of_village(many, asked.seed)?;
    let beside = samod(&founder, table)?;
    let two = first::once(founder)?;
    let mut kept = Kept::of(&two.founder.saved)?;
    let what = format!("{} documents", many.documents);
    again::bench(&two, asked.runs, &mut kept, &beside, &what, table)
}

/// What samod takes for the same, where it is there, by name. What it did not end is not among them, which is said.
fn samod(founder: &Founder, table: &mut Table) -> Anyhow<Samod> {
    let Some(peers) = Peers::found() else {
        return Ok(BTreeMap::new());
    };
    let ended = peers.samod(&founder.saved, APART)?;
    let documents = founder.saved.len();
    table.note(match ended.get("memory") {
        Some(most) => format!(
            "samod with {documents} documents, both ends: {} MiB at most",
            most.bytes >> 20
        ),
        None => format!("samod with {documents} documents had not ended in time, or failed"),
    });
    Ok(ended)
}

type Samod = BTreeMap<String, Took>;

/// Whoever has everything.
struct Founder {
    folder: TempDir,
    network: NetworkId,
    /// Every document as it is saved.
    saved: BTreeMap<DocId, Vec<u8>>,
}

impl Founder {
    fn of_village(size: Size, seed: u64) -> Anyhow<Self> {
        let folder = tempfile::tempdir()?;
        let profile = folder.path().join("ana");
        let village = Village::new(size, seed)?;
        village.move_in(&profile, 0)?;
        Self::caught_up(folder, village.acts.network())
    }

    fn of_decade(extent: Extent, seed: u64) -> Anyhow<Self> {
        let folder = tempfile::tempdir()?;
        let written = decade::write(&folder.path().join("ana"), extent, seed)?;
        Self::caught_up(folder, written.network)
    }

    fn caught_up(folder: TempDir, network: NetworkId) -> Anyhow<Self> {
        catch_up(&folder.path().join("ana"))?;
        Self::at(folder, network)
    }

    /// Whose profile is there already.
    fn at(folder: TempDir, network: NetworkId) -> Anyhow<Self> {
        let saved = documents(&open(&folder.path().join("ana"))?, &network)?
            .into_iter()
            .map(|(doc, automerge)| (doc, automerge.save()))
            .collect();
        Ok(Self {
            folder,
            network,
            saved,
        })
    }

    fn profile(&self) -> PathBuf {
        self.folder.path().join("ana")
    }
}

/// Two machines that know each other.
struct Two {
    founder: Founder,
    ana: Running,
    bo: PathBuf,
}

/// An open engine.
pub(crate) struct Running {
    pub(crate) engine: Engine,
    pub(crate) events: mpsc::Receiver<Event>,
    at: SocketAddr,
    pub(crate) device: DeviceId,
}

impl Running {
    pub(crate) fn open(profile: &Path, peers: Vec<(DeviceId, SocketAddr)>) -> Anyhow<Self> {
        Self::at(profile, free_address()?, peers)
    }

    /// Where it is reached is known before.
    pub(crate) fn at(
        profile: &Path,
        at: SocketAddr,
        peers: Vec<(DeviceId, SocketAddr)>,
    ) -> Anyhow<Self> {
        let options = Options {
            net: Some(on_loopback(at, peers)),
            ..Options::default()
        };
        let (engine, events) = Engine::open_listening(profile, options)?;
        let device = engine.view().me.device;
        Ok(Self {
            engine,
            events,
            at,
            device,
        })
    }

    pub(crate) fn reached_at(&self) -> (DeviceId, SocketAddr) {
        (self.device, self.at)
    }

    /// Waits until this machine has so many documents and is in step. Says what it cost.
    pub(crate) fn in_step(&self, all: usize) -> Anyhow<Cost> {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.events.recv_timeout(left)? {
                Event::InStep {
                    documents, cost, ..
                } if documents >= all => return Ok(cost),
                Event::JoinRefused { code, .. } => return Err(code.into()),
                _ => {}
            }
        }
    }
}

/// On this machine alone, looked for nowhere.
pub(crate) fn on_loopback(at: SocketAddr, peers: Vec<(DeviceId, SocketAddr)>) -> NetOptions {
    NetOptions {
        listen: Some(at),
        lan: false,
        internet: false,
        peers,
        ..NetOptions::default()
    }
}

/// Somebody's ticket, for one newcomer.
pub(crate) fn ticket(of: &Engine, network: NetworkId) -> Anyhow<String> {
    let answer = of.call(Command::InviteCreate {
        network,
        uses: 1,
        expires_in: 3_600,
    })?;
    Ok(answer["ticket"].as_str().unwrap_or_default().to_owned())
}

/// A port of this machine's that nobody listens at.
pub(crate) fn free_address() -> Anyhow<SocketAddr> {
    Ok(UdpSocket::bind("127.0.0.1:0")?.local_addr()?)
}

impl Two {
    fn some_page(&self) -> Anyhow<DocId> {
        let mut documents = self.founder.saved.keys();
        let page = documents.find(|doc| doc.kind() == Some(DocKind::Page));
        Ok(*page.ok_or("there is no page")?)
    }

    /// A page as long as a page may well become.
    fn long_page(&self) -> Anyhow<DocId> {
        let command = Command::PageCreate {
            network: self.founder.network,
            title: "longue".to_owned(),
            tags: Vec::new(),
            text: Some("Ensemble, nous écrivons. ".repeat(8_000)),
        };
        let answer = self.ana.engine.call(command)?;
        let page = answer.get("page").and_then(serde_json::Value::as_str);
        Ok(page.ok_or("no page was made")?.parse()?)
    }
}

pub(crate) fn insert(network: NetworkId, page: DocId, at: usize, insert: String) -> Command {
    let edit = TextEdit {
        at: Some(at),
        delete: Some(0),
        insert: Some(insert),
        ..TextEdit::default()
    };
    Command::PageEdit {
        network,
        page,
        edit,
    }
}

pub(crate) fn middle(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
