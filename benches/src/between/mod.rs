//! Two whole programs and what passes between them: engines with their stores, over iroh on the loopback interface.
//!
//! | what | begins | ends |
//! |---|---|---|
//! | first sync | a newcomer accepts an invitation | both are in step, all of it stored |
//! | meeting again | the newcomer's engine opens | both are in step |
//! | after a week apart | the same, where both have written meanwhile | the same |
//! | live | an edit is handed over | the other's view has it |
//!
//! The floor of the first sync is the bytes of the saved documents over bare iroh and Automerge loading each; of live, a word there and
//! back over bare iroh. Bytes are those of frames, as the engine counts them.

use std::{
    collections::BTreeMap,
    net::{SocketAddr, UdpSocket},
    path::{Path, PathBuf},
    sync::mpsc,
    time::{Duration, Instant},
};

use automerge::ChangeHash;
use tempfile::TempDir;
use tresse_engine::{Command, Cost, Engine, Event, NetOptions, Options, Protection, TextEdit};
use tresse_model::{DeviceId, DocId, NetworkId};

use crate::{
    Anyhow, Asked, bare,
    decade::{self, Extent},
    opening::catch_up,
    peers::{self, Peers},
    profile::{documents, open},
    twins::spoken,
    village::{Size, Village},
};

/// How long anything here may take before it counts as broken.
const PATIENCE: Duration = Duration::from_mins(10);
/// In how many documents both write while they are apart, and how often in each.
const APART: (usize, usize) = (50, 10);
/// How many words are passed live.
const WORDS: usize = 200;

/// Measures all of it for a village, and the first sync of a network of ten years too.
pub(crate) fn bench(asked: &Asked) -> Anyhow<()> {
    let size = Size {
        documents: asked.documents,
        changes: asked.changes,
        devices: asked.devices,
    };
    println!(
        "  {} documents, {} changes, {} devices",
        size.documents, size.changes, size.devices
    );
    let ours = Founder::of_village(size, asked.seed)?;
    let samod = match Peers::found() {
        Some(peers) => peers.samod(&ours.saved, APART)?,
        None => BTreeMap::new(),
    };
    let beside = |name: &str| match samod.get(name) {
        Some(took) => println!(
            "  samod, in memory: {}, {} bytes",
            spoken(took.time),
            took.bytes
        ),
        None => println!("  {}", peers::MISSING),
    };
    let mut two = first(ours, asked.runs)?;
    beside("first");
    again(&mut two, asked.runs)?;
    beside("again");
    apart(&mut two)?;
    beside("apart");
    let page = two.some_page()?;
    live(&two, page, "a page")?;
    beside("live");
    let page = two.long_page()?;
    live(&two, page, "a page of 200,000 characters")?;
    drop(two);
    if asked.part < 1_000 {
        let extent = Extent::TEN_YEARS.part(asked.part);
        println!(
            "  {} members, {} pages, {} meetings, {} actions, {} changes",
            extent.members, extent.pages, extent.meetings, extent.actions, extent.changes
        );
        first(Founder::of_decade(extent, asked.seed)?, 1)?;
    }
    Ok(())
}

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
        let profile = folder.path().join("ana");
        catch_up(&profile)?;
        let saved = documents(&open(&profile)?, &network)?
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

/// The newcomer gets everything, several times; who comes last stays.
fn first(founder: Founder, runs: usize) -> Anyhow<Two> {
    let ana = Running::open(&founder.profile(), Vec::new())?;
    let all = ana.engine.digest(&founder.network)?.len();
    let bytes: usize = founder.saved.values().map(Vec::len).sum();
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
        took.push((in_step, shown, cost));
        last = bo;
    }
    took.sort_by_key(|one| one.0);
    let (in_step, shown, cost) = took[took.len() / 2];
    let floor = bare::ship_and_load(&founder.saved, runs)?;
    let by_document = bare::sync_by_document(&founder.saved)?;
    println!(
        "first sync: in step and stored {}, shown {}; floor (iroh {} and loading {}) ratio {:.2}; automerge::sync {}",
        spoken(in_step),
        spoken(shown),
        spoken(floor.0),
        spoken(floor.1),
        in_step.as_secs_f64() / (floor.0 + floor.1).as_secs_f64(),
        spoken(by_document.took),
    );
    println!(
        "  bytes: {} received, {} sent, {} in the saved documents, ratio {:.3}; automerge::sync {}",
        cost.received_bytes,
        cost.sent_bytes,
        bytes,
        (cost.received_bytes + cost.sent_bytes) as f64 / bytes as f64,
        by_document.bytes
    );
    Ok(Two {
        founder,
        ana,
        bo: last,
    })
}

/// Meeting again with nothing new.
fn again(two: &mut Two, runs: usize) -> Anyhow<()> {
    let all = two.ana.engine.digest(&two.founder.network)?.len();
    let mut took = Vec::new();
    for _ in 0..runs.max(2) {
        let bo = Running::open(&two.bo, vec![two.ana.reached_at()])?;
        let start = Instant::now();
        let cost = bo.in_step(all)?;
        took.push((start.elapsed(), cost));
        bo.engine.close();
    }
    took.sort_by_key(|one| one.0);
    let (time, cost) = took[took.len() / 2];
    println!(
        "meeting again, nothing new: {}; {} bytes received, {} sent, {} round trips",
        spoken(time),
        cost.received_bytes,
        cost.sent_bytes,
        cost.round_trips
    );
    Ok(())
}

/// Both write in the same documents while they are apart.
fn apart(two: &mut Two) -> Anyhow<()> {
    let network = two.founder.network;
    let pages: Vec<DocId> = two
        .founder
        .saved
        .keys()
        .filter(|doc| doc.kind() == Some(tresse_model::DocKind::Page))
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
    let bo = Running::open(&two.bo, vec![two.ana.reached_at()])?;
    let start = Instant::now();
    let cost = bo.in_step(all)?;
    let took = start.elapsed();
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
            .map(|one| one.raw_bytes().len())
            .sum::<usize>();
    }
    println!(
        "after a week apart, {} documents, {} changes each side: {}; {} bytes received, {} sent, {} round trips; raw changes {} bytes, ratio {:.3}",
        pages.len(),
        APART.1,
        spoken(took),
        cost.received_bytes,
        cost.sent_bytes,
        cost.round_trips,
        raw,
        (cost.received_bytes + cost.sent_bytes) as f64 / raw.max(1) as f64
    );
    Ok(())
}

impl Two {
    fn some_page(&self) -> Anyhow<DocId> {
        let mut documents = self.founder.saved.keys();
        let page = documents.find(|doc| doc.kind() == Some(tresse_model::DocKind::Page));
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

/// A word is written here and seen there.
fn live(two: &Two, page: DocId, what: &str) -> Anyhow<()> {
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
    bo.engine.close();
    let (ping, commit) = (bare::ping_pong(WORDS)?, bare::commit(WORDS)?);
    println!(
        "live, in {what}, engine to engine: {}; of which until durable here {}; ping-pong over bare iroh {}, ratio {:.1}; a bare SQLite commit {}",
        spoken(middle(&mut took)),
        spoken(middle(&mut saved)),
        spoken(ping),
        middle(&mut took).as_secs_f64() / ping.as_secs_f64(),
        spoken(commit)
    );
    Ok(())
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
