//! The verbs that talk to other peers: join, sync, serve.

use std::{
    collections::BTreeSet,
    net::SocketAddr,
    sync::mpsc::{Receiver, RecvTimeoutError},
    time::{Duration, Instant},
};

use serde_json::json;
use tresse_engine::{
    Command, Cost, Engine, Event, NetOptions,
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
    let met = wait_in_step(&engine, &events, Duration::from_secs(timeout));
    engine.close();
    let met = met?;
    Ok(output.put(&json!({
        "peers": met.peers.len(),
        "documents": met.documents,
        "sent_bytes": met.cost.sent_bytes,
        "received_bytes": met.cost.received_bytes,
        "round_trips": met.cost.round_trips,
        "devices": met.peers,
    }))?)
}

#[derive(Default)]
struct Met {
    peers: BTreeSet<DeviceId>,
    documents: usize,
    cost: Cost,
}

fn wait_in_step(
    engine: &Engine,
    events: &Receiver<Event>,
    timeout: Duration,
) -> Result<Met, Failure> {
    let mut deadline = Instant::now() + timeout;
    let mut costs = std::collections::BTreeMap::new();
    let mut documents = std::collections::BTreeMap::new();
    let mut refused = None;
    while let Some(event) = next(events, deadline)? {
        match event {
            Event::InStep {
                device,
                network,
                documents: count,
                cost,
            } => {
                if costs.is_empty() {
                    deadline = deadline.min(Instant::now() + PATIENCE);
                }
                costs.insert(device, cost);
                documents.insert(network, count);
            }
            Event::Refused { code, .. } => refused = Some(code),
            _ => {}
        }
        let all_equal = engine
            .fresh_view()?
            .status
            .peers
            .iter()
            .all(|peer| peer.networks.iter().all(|network| network.in_step));
        if !costs.is_empty() && all_equal {
            deadline = deadline.min(Instant::now() + GRACE);
        }
    }
    if costs.is_empty() {
        let reached = !engine.fresh_view()?.status.peers.is_empty();
        return Err(match refused {
            _ if reached => Failure::new(
                "timeout",
                "a member was reached, but not everything has been exchanged yet: give it more time",
            ),
            Some(code) => Failure::new(&code, "a device was reached, but it is no member here"),
            None => Failure::new(
                "unreachable",
                "no member could be reached: is one of them online, or on the same network?",
            ),
        });
    }
    let mut met = Met {
        documents: documents.values().sum(),
        ..Met::default()
    };
    for (device, cost) in costs {
        met.peers.insert(device);
        met.cost.sent_bytes += cost.sent_bytes;
        met.cost.received_bytes += cost.received_bytes;
        met.cost.round_trips = met.cost.round_trips.max(cost.round_trips);
    }
    Ok(met)
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
    let mut ready = json!({
        "ready": true, "device": view.me.device, "addresses": view.status.addresses,
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
