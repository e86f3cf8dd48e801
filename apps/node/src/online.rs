//! The verbs that talk to other peers: join, sync, serve.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    sync::mpsc::{Receiver, RecvTimeoutError},
    time::{Duration, Instant},
};

use serde_json::json;
use tresse_engine::{
    Command, Cost, Engine, Event, NetCommand, NetOptions,
    model::{DeviceId, NetworkId},
};

use crate::{
    args::Reach,
    metrics::Metrics,
    output::{Failure, Output},
    passphrase::Profile,
};

type Done = Result<(), Failure>;

/// How long `sync` goes on once all who are connected are in step, for others just arriving.
const GRACE: Duration = Duration::from_millis(500);
/// How long `sync` goes on once one member is in step, for those who are not yet.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) fn open(
    profile: &Profile,
    reach: &Reach,
    listen: Option<SocketAddr>,
    peers: Vec<(DeviceId, SocketAddr)>,
) -> Result<(Engine, Receiver<Event>), Failure> {
    let net = NetOptions {
        listen,
        internet: !(reach.lan_only || reach.no_relay),
        peers,
        ..NetOptions::default()
    };
    Ok(profile.open_listening(&net)?)
}

/// Joins a network and waits until its documents have arrived.
pub(crate) fn join(
    profile: &Profile,
    ticket: &str,
    timeout: u64,
    reach: &Reach,
    output: Output,
) -> Done {
    let (engine, events) = open(profile, reach, None, Vec::new())?;
    let joined = wait_to_join(&engine, &events, ticket, Duration::from_secs(timeout));
    engine.close();
    Ok(output.put(&json!({ "network": joined? }))?)
}

fn wait_to_join(
    engine: &Engine,
    events: &Receiver<Event>,
    ticket: &str,
    timeout: Duration,
) -> Result<NetworkId, Failure> {
    let answer = engine.call(Command::InviteAccept {
        ticket: ticket.to_owned(),
    })?;
    let network: NetworkId = serde_json::from_value(answer["network"].clone())?;
    let deadline = Instant::now() + timeout;
    let mut admitted = false;
    let mut refused = None;
    while let Some(event) = next(events, deadline)? {
        match event {
            Event::Joined { network: joined } if joined == network => admitted = true,
            Event::InStep { network: equal, .. } if equal == network => return Ok(network),
            Event::JoinRefused {
                network: asked,
                code,
                message,
            } if asked == network => {
                return Err(Failure::new(&code, message));
            }
            // The first reason counts; being taken for a stranger is the least of them.
            Event::Refused { code, .. } if refused.as_deref().is_none_or(is_stranger) => {
                refused = Some(code);
            }
            _ => {}
        }
    }
    Err(match refused {
        _ if admitted => Failure::new(
            "timeout",
            "you are in, but the documents have not all arrived: run `sync` when a member is there",
        ),
        Some(code) if !is_stranger(&code) => Failure::new(
            &code,
            "a member refused the invitation, and no other who might know better could be reached",
        ),
        Some(code) => Failure::new(
            &code,
            "a device named in the ticket was reached, but it does not know this invitation (yet): \
             ask the person who invited you to come online",
        ),
        None => Failure::new(
            "unreachable",
            "none of the members named in the ticket could be reached: is one of them online, or \
             on the same network as you?",
        ),
    })
}

fn is_stranger(code: &str) -> bool {
    code == "nothing-shared"
}

/// Meets the members it can reach; done once in step with at least one of them.
pub(crate) fn sync(
    profile: &Profile,
    timeout: u64,
    reach: &Reach,
    peers: Vec<(DeviceId, SocketAddr)>,
    output: Output,
) -> Done {
    let (engine, events) = open(profile, reach, None, peers)?;
    let met = wait_in_step(&engine, &events, Duration::from_secs(timeout), None);
    engine.close();
    Ok(output.put(&met?.told())?)
}

/// Meets the machine at an address, and whom it knows of; done once in step with it.
pub(crate) fn meet(
    profile: &Profile,
    at: &str,
    timeout: u64,
    reach: &Reach,
    output: Output,
) -> Done {
    let (engine, events) = open(profile, reach, None, Vec::new())?;
    let met = wait_to_meet(&engine, &events, at, Duration::from_secs(timeout));
    engine.close();
    Ok(output.put(&met?.told())?)
}

fn wait_to_meet(
    engine: &Engine,
    events: &Receiver<Event>,
    at: &str,
    timeout: Duration,
) -> Result<Met, Failure> {
    let meet = NetCommand::Meet { at: at.to_owned() };
    let answer = engine.call(Command::Net(meet))?;
    let number: u64 = serde_json::from_value(answer["number"].clone())?;
    wait_in_step(engine, events, timeout, Some(number))
}

#[derive(Default)]
struct Met {
    costs: BTreeMap<DeviceId, Cost>,
    documents: BTreeMap<NetworkId, usize>,
    /// Who answered at the address that was asked for.
    answered: Option<(DeviceId, String)>,
    refused: Option<String>,
    /// Why nobody answered at it so far.
    silent: Option<Failure>,
}

impl Met {
    /// Takes what happened.
    fn hear(&mut self, event: Event, sought: Option<u64>) {
        match event {
            Event::InStep {
                device,
                network,
                documents,
                cost,
            } => {
                self.costs.insert(device, cost);
                self.documents.insert(network, documents);
            }
            Event::Refused { code, .. } => self.refused = Some(code),
            Event::Reached {
                number,
                device,
                name,
            } if sought == Some(number) => self.answered = Some((device, name)),
            Event::NotReached {
                number,
                code,
                message,
            } if sought == Some(number) => self.silent = Some(Failure::new(&code, message)),
            _ => {}
        }
    }

    /// Whether what was to be done is: with somebody, or with whom was asked for.
    fn is_in_step(&self, sought: Option<u64>) -> bool {
        match (sought, &self.answered) {
            (None, _) => !self.costs.is_empty(),
            (Some(_), answered) => answered
                .as_ref()
                .is_some_and(|(device, _)| self.costs.contains_key(device)),
        }
    }

    fn told(&self) -> serde_json::Value {
        let costs = self.costs.values();
        let devices: BTreeSet<_> = self.costs.keys().collect();
        let mut told = json!({
            "peers": devices.len(),
            "documents": self.documents.values().sum::<usize>(),
            "sent_bytes": costs.clone().map(|cost| cost.sent_bytes).sum::<u64>(),
            "received_bytes": costs.clone().map(|cost| cost.received_bytes).sum::<u64>(),
            "round_trips": costs.map(|cost| cost.round_trips).max().unwrap_or_default(),
            "devices": devices,
        });
        if let Some((device, name)) = &self.answered {
            told["device"] = json!(device);
            told["name"] = json!(name);
        }
        told
    }
}

/// Waits until in step with somebody, or with the machine at the address of this number, and a little for others.
fn wait_in_step(
    engine: &Engine,
    events: &Receiver<Event>,
    timeout: Duration,
    sought: Option<u64>,
) -> Result<Met, Failure> {
    let mut deadline = Instant::now() + timeout;
    let mut met = Met::default();
    while let Some(event) = next(events, deadline)? {
        let before = met.is_in_step(sought);
        met.hear(event, sought);
        if !met.is_in_step(sought) {
            continue;
        }
        if !before {
            deadline = deadline.min(Instant::now() + PATIENCE);
        }
        let all_equal = engine
            .fresh_view()?
            .status
            .peers
            .iter()
            .all(|peer| peer.networks.iter().all(|network| network.in_step));
        if all_equal {
            deadline = deadline.min(Instant::now() + GRACE);
        }
    }
    if met.is_in_step(sought) {
        return Ok(met);
    }
    if let Some(silent) = met.silent.filter(|_| met.answered.is_none()) {
        return Err(silent);
    }
    let reached = !engine.fresh_view()?.status.peers.is_empty();
    Err(match met.refused {
        _ if reached => Failure::new(
            "timeout",
            "a member was reached, but not everything has been exchanged yet: give it more time",
        ),
        Some(code) => Failure::new(&code, "a device was reached, but it is no member here"),
        None => Failure::new(
            "unreachable",
            "no member could be reached: is one of them online, or on the same network?",
        ),
    })
}

/// The next event, `None` at the deadline.
pub(crate) fn next(events: &Receiver<Event>, deadline: Instant) -> Result<Option<Event>, Failure> {
    match events.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        Ok(event) => Ok(Some(event)),
        Err(RecvTimeoutError::Timeout) => Ok(None),
        Err(RecvTimeoutError::Disconnected) => Err(stopped_by_itself()),
    }
}

fn stopped_by_itself() -> Failure {
    Failure::new("closed", "the engine stopped by itself: the log says why")
}

/// Stays on as a peer until SIGTERM or SIGINT. Where the engine ends before, so does this, with an error: whoever watches over it (systemd) can
/// start another.
pub(crate) fn serve(
    profile: &Profile,
    reach: &Reach,
    listen: Option<SocketAddr>,
    metrics: Option<SocketAddr>,
    output: Output,
) -> Done {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let stop = runtime.block_on(async { stop_signal() })?;
    let (engine, events) = open(profile, reach, listen, Vec::new())?;
    let counts = Metrics::new(engine.clone());
    let answering = metrics.map(|at| runtime.block_on(counts.serve(at)));
    let answering = match answering.transpose() {
        Ok(answering) => answering,
        Err(error) => {
            engine.close();
            return Err(Failure::new(
                "metrics",
                format!("figures cannot be given at the address asked for: {error}"),
            ));
        }
    };
    let view = engine.fresh_view()?;
    let at = engine.call(Command::Net(NetCommand::Address {}))?;
    let mut ready = json!({
        "ready": true, "device": view.me.device, "addresses": view.status.addresses,
        "address": at["address"],
    });
    if let Some(answering) = &answering {
        ready["metrics"] = json!(answering.local_addr());
    }
    output.put(&ready)?;
    tell_the_system(false);
    let (goes_on, ended) = tokio::sync::oneshot::channel::<()>();
    let printer = std::thread::Builder::new()
        .name("events".into())
        .spawn(move || {
            // Dropped when there are no more events, also by a panic.
            let _goes_on = goes_on;
            let mut read = true;
            for event in events {
                counts.hear(&event);
                let line = serde_json::to_value(&event).map_err(std::io::Error::from);
                if read && line.and_then(|line| output.put(&line)).is_err() {
                    tracing::debug!("nobody reads the events any more");
                    read = false;
                }
            }
        })?;
    let asked = runtime.block_on(async {
        tokio::select! {
            () = stop => true,
            _ = ended => false,
        }
    });
    tell_the_system(true);
    engine.close();
    if printer.join().is_err() {
        tracing::error!("the thread that prints events ended by a panic");
    }
    if asked {
        Ok(())
    } else {
        Err(stopped_by_itself())
    }
}

/// Tells systemd, where it is what started this and waits to hear it.
#[cfg(target_os = "linux")]
fn tell_the_system(stopping: bool) {
    let state = if stopping {
        sd_notify::NotifyState::Stopping
    } else {
        sd_notify::NotifyState::Ready
    };
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::warn!("the system was not told: {error}");
    }
}

#[cfg(not(target_os = "linux"))]
fn tell_the_system(_stopping: bool) {}

/// Resolves at the first SIGTERM or SIGINT after this call.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Resolves at the first Ctrl-C after this call.
#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
