//! Figures of an always-on peer, for whoever watches over it: counts, sizes and times, never a name nor content.
//!
//! Served on this machine alone, in the OpenMetrics text format that Prometheus and others read.

use std::{
    collections::HashMap,
    net::SocketAddr,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use iroh_metrics::{
    Counter, Error, Gauge, MetricsGroup, MetricsSource, Registry, service::MetricsServer,
};
use tresse_engine::{Cost, Engine, Event, model::DeviceId};

/// What has happened since the start.
#[derive(Debug, MetricsGroup)]
#[metrics(default, name = "tresse")]
struct Counts {
    /// Times that a member's device connected.
    peers_connected: Counter,
    /// Times that a copy of a network was found or made equal to another device's.
    meetings_in_step: Counter,
    /// People let in by this device.
    people_admitted: Counter,
    /// Documents of which something was refused.
    documents_refused: Counter,
    /// Connections closed because of what the other side sent, or because it shares nothing.
    connections_refused: Counter,
    /// Bytes sent to members' devices, as of the last time that both were in step.
    sent_bytes: Counter,
    /// Bytes received from members' devices, as of the last time that both were in step.
    received_bytes: Counter,
}

/// How things stand now.
#[derive(Debug, MetricsGroup)]
#[metrics(default, name = "tresse")]
struct Levels {
    /// Networks of this profile.
    networks: Gauge,
    /// Members' devices that are connected.
    peers: Gauge,
    /// Connected devices whose copies of every network shared with them are equal to this one's.
    peers_in_step: Gauge,
    /// Changes made on this device that no other is known to have.
    changes_waiting: Gauge,
    /// 1 while this device can be reached through a relay.
    relay_connected: Gauge,
    /// Bytes of the profile on disk.
    profile_bytes: Gauge,
    /// Bytes of memory that this process holds.
    resident_bytes: Gauge,
    /// Files and sockets that this process has open.
    open_files: Gauge,
}

/// Counts events, and answers how things stand.
#[derive(Debug, Clone)]
pub(crate) struct Metrics {
    engine: Engine,
    counts: Arc<Counts>,
    levels: Arc<Levels>,
    registry: Arc<Registry>,
    costs: Arc<Mutex<HashMap<DeviceId, Cost>>>,
}

impl Metrics {
    pub(crate) fn new(engine: Engine) -> Self {
        let (counts, levels) = (Arc::<Counts>::default(), Arc::<Levels>::default());
        let mut registry = Registry::default();
        registry.register(Arc::clone(&counts) as Arc<dyn MetricsGroup>);
        registry.register(Arc::clone(&levels) as Arc<dyn MetricsGroup>);
        Self {
            engine,
            counts,
            levels,
            registry: Arc::new(registry),
            costs: Arc::default(),
        }
    }

    /// Answers at this address until what is returned is dropped.
    pub(crate) async fn serve(&self, at: SocketAddr) -> std::io::Result<MetricsServer> {
        MetricsServer::spawn(at, self.clone()).await
    }

    /// Counts an event.
    pub(crate) fn hear(&self, event: &Event) {
        let counter = match event {
            Event::PeerConnected { .. } => &self.counts.peers_connected,
            Event::InStep { device, cost, .. } => {
                self.spend(*device, *cost);
                &self.counts.meetings_in_step
            }
            Event::PeerGone { device } => {
                self.costs().remove(device);
                return;
            }
            Event::Admitted { .. } => &self.counts.people_admitted,
            Event::DocumentRefused { .. } => &self.counts.documents_refused,
            Event::Refused { .. } => &self.counts.connections_refused,
            _ => return,
        };
        counter.inc();
    }

    /// Each link tells what it cost since it began.
    fn spend(&self, device: DeviceId, cost: Cost) {
        let before = self.costs().insert(device, cost).unwrap_or_default();
        let since = |now: u64, before: u64| now.checked_sub(before).unwrap_or(now);
        self.counts
            .sent_bytes
            .inc_by(since(cost.sent_bytes, before.sent_bytes));
        self.counts
            .received_bytes
            .inc_by(since(cost.received_bytes, before.received_bytes));
    }

    fn costs(&self) -> std::sync::MutexGuard<'_, HashMap<DeviceId, Cost>> {
        self.costs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets what stands now. An engine that is closing answers nothing more: then the last figures stay.
    fn look(&self) {
        let Ok(view) = self.engine.fresh_view() else {
            return;
        };
        let peers = &view.status.peers;
        let equal = peers
            .iter()
            .filter(|peer| peer.networks.iter().all(|network| network.in_step));
        let waiting = view.networks.iter().map(|network| network.sync.waiting);
        set(&self.levels.networks, view.networks.len());
        set(&self.levels.peers, peers.len());
        set(&self.levels.peers_in_step, equal.count());
        set(&self.levels.changes_waiting, waiting.sum());
        set(
            &self.levels.relay_connected,
            usize::from(view.status.relay.is_some()),
        );
        set(&self.levels.profile_bytes, bytes_in(self.engine.dir()));
        set(&self.levels.resident_bytes, resident().unwrap_or_default());
        set(&self.levels.open_files, open_files().unwrap_or_default());
    }
}

impl MetricsSource for Metrics {
    fn encode_openmetrics(&self, writer: &mut impl std::fmt::Write) -> Result<(), Error> {
        self.look();
        self.registry.encode_openmetrics(writer)
    }
}

fn set(gauge: &Gauge, value: usize) {
    gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
}

/// Bytes of the files in a folder and in those below it, as far as they can be counted while they are in use.
fn bytes_in(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            let about = entry.metadata().ok()?;
            if about.is_dir() {
                Some(bytes_in(&entry.path()))
            } else {
                usize::try_from(about.len()).ok()
            }
        })
        .sum()
}

/// What Linux says of this process; elsewhere nothing does without another crate.
fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: usize = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kib * 1024)
}

fn open_files() -> Option<usize> {
    Some(std::fs::read_dir("/proc/self/fd").ok()?.count())
}
