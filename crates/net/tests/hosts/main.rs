//! Hosts of their own, made of network namespaces and virtual cables, with no route but the
//! one to their neighbour: neither a default nor a multicast route.
//!
//! Needs root and `ip`. Elsewhere these tests say so and pass, except where `CI` is set: there
//! they fail, so that they cannot be skipped for ever.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

#[path = "../common/mod.rs"]
mod common;
mod families;
mod machines;

use std::time::{Duration, Instant};

use common::{device, seed};
use machines::{Host, IDLE, SOON, addressed, hosts_can_be_made, ip, meet};
use tracing_subscriber::EnvFilter;
use tresse_net::{Contact, Net, NetConfig, NetEvent};

/// Names the peers that a process started by a test plays: its own number, then the others'.
const ROLE: &str = "TRESSE_NET_PEER";

/// Not a test of its own: what the other tests run inside a host. It keeps in touch with the
/// named peers by their device ids alone, greets each, and tells what happens line by line.
#[test]
fn a_peer_for_the_other_tests() {
    let Ok(role) = std::env::var(ROLE) else {
        return;
    };
    let numbers: Vec<u8> = role.split(' ').map(|n| n.parse().unwrap()).collect();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(play(numbers[0], &numbers[1..]));
}

async fn play(me: u8, others: &[u8]) {
    // What goes on inside, for whoever looks into a failure.
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::from_env("TRESSE_NET_LOG"))
        .with_writer(std::io::stderr)
        .init();
    let started = Instant::now();
    let config = NetConfig {
        seed: seed(me),
        lan: true,
        ..NetConfig::default()
    };
    let (net, mut events) = Net::start(config).await.expect("the network starts");
    net.keep(others.iter().map(|n| Contact::new(device(*n))).collect());
    while let Some(event) = events.recv().await {
        match event {
            NetEvent::Linked { link, .. } => {
                net.proven(link);
                println!("linked after {} ms", started.elapsed().as_millis());
                net.send(link, format!("hello from {me}").into_bytes());
            }
            NetEvent::Frame { bytes, .. } => println!("{}", String::from_utf8_lossy(&bytes)),
            NetEvent::Closed { reason, .. } => println!("closed: {reason}"),
            NetEvent::Discovered { device } => println!("heard {}", device.short()),
            NetEvent::Addresses(addresses) => println!("at {addresses:?}"),
            _ => {}
        }
    }
}

#[test]
fn two_hosts_on_a_bare_cable_find_each_other_by_name_alone() {
    if !hosts_can_be_made() {
        return;
    }
    let (a, b) = addressed("10.77.0.1/24", "10.77.0.2/24");
    let (ana, bo) = (a.play(71, &[72]), b.play(72, &[71]));
    meet(&ana, &bo, SOON);
}

#[test]
fn two_hosts_with_ipv6_only_find_each_other() {
    if !hosts_can_be_made() {
        return;
    }
    let (a, b) = addressed("fd77::1/64", "fd77::2/64");
    let (ana, bo) = (a.play(73, &[74]), b.play(74, &[73]));
    meet(&ana, &bo, SOON);
}

#[test]
fn two_programs_on_a_machine_without_any_network_find_each_other() {
    if !hosts_can_be_made() {
        return;
    }
    let host = Host::new();
    let (ana, bo) = (host.play(75, &[76]), host.play(76, &[75]));
    meet(&ana, &bo, SOON);
}

#[test]
fn a_cable_that_is_unplugged_is_noticed_and_plugged_in_again_links_again() {
    if !hosts_can_be_made() {
        return;
    }
    let (a, b) = addressed("10.77.0.1/24", "10.77.0.2/24");
    let (ana, bo) = (a.play(77, &[78]), b.play(78, &[77]));
    meet(&ana, &bo, SOON);
    a.ip("link set cable down");
    a.ip("addr flush dev cable");
    let (_, noticed) = ana.says("closed", IDLE);
    bo.says("closed", IDLE);
    println!("noticed after {noticed:?}");
    a.ip("addr add 10.77.0.1/24 dev cable");
    a.ip("link set cable up");
    let plugged = Instant::now();
    meet(&ana, &bo, SOON);
    println!("linked again {:?} after plugging in", plugged.elapsed());
}

#[test]
fn a_cable_that_is_loose_for_a_moment_costs_only_that_moment() {
    if !hosts_can_be_made() {
        return;
    }
    let (a, b) = addressed("10.77.0.1/24", "10.77.0.2/24");
    let (ana, bo) = (a.play(85, &[86]), b.play(86, &[85]));
    meet(&ana, &bo, SOON);
    a.ip("link set cable down");
    ana.says("closed", SOON);
    a.ip("link set cable up");
    let plugged = Instant::now();
    meet(&ana, &bo, SOON);
    println!("linked again {:?} after plugging in", plugged.elapsed());
}

#[test]
fn hosts_that_move_to_another_network_link_again() {
    if !hosts_can_be_made() {
        return;
    }
    let (a, b) = addressed("10.77.0.1/24", "10.77.0.2/24");
    let (ana, bo) = (a.play(79, &[80]), b.play(80, &[79]));
    meet(&ana, &bo, SOON);
    for (host, address) in [(&a, "192.168.5.1/24"), (&b, "192.168.5.2/24")] {
        host.ip("addr flush dev cable");
        host.ip(&format!("addr add {address} dev cable"));
    }
    let moved = Instant::now();
    ana.says("closed", IDLE);
    meet(&ana, &bo, IDLE);
    println!("linked again {:?} after moving", moved.elapsed());
}

#[test]
fn an_interface_that_appears_later_is_used() {
    if !hosts_can_be_made() {
        return;
    }
    let (a, b) = (Host::new(), Host::new());
    let (ana, bo) = (a.play(81, &[82]), b.play(82, &[81]));
    ana.says("at", SOON);
    bo.says("at", SOON);
    let (name_a, name_b) = (&a.name, &b.name);
    ip(&format!(
        "link add late netns {name_a} type veth peer name late netns {name_b}"
    ));
    a.ip("addr add 169.254.3.1/16 dev late");
    b.ip("addr add 169.254.3.2/16 dev late");
    a.ip("link set late up");
    b.ip("link set late up");
    let appeared = Instant::now();
    meet(&ana, &bo, SOON);
    println!(
        "linked {:?} after the interface came up",
        appeared.elapsed()
    );
}

#[test]
fn a_peer_that_is_killed_is_noticed_and_comes_back_at_once() {
    if !hosts_can_be_made() {
        return;
    }
    let (a, b) = addressed("10.77.0.1/24", "10.77.0.2/24");
    let ana = a.play(83, &[84]);
    let mut bo = b.play(84, &[83]);
    meet(&ana, &bo, SOON);
    bo.kill();
    let (_, noticed) = ana.says("closed", Duration::from_secs(30));
    println!("a killed peer was noticed after {noticed:?}");
    let mut bo = b.play(84, &[83]);
    meet(&ana, &bo, SOON);
    // Killed and started again before anyone could notice: the new start replaces the old link.
    bo.kill();
    let bo = b.play(84, &[83]);
    let again = Instant::now();
    meet(&ana, &bo, SOON);
    println!("a restarted peer was linked after {:?}", again.elapsed());
}
