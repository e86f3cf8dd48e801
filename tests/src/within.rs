//! Engines in the process of the test itself.

use std::net::SocketAddr;

use tresse_engine::{Engine, NetOptions, Options, model::DeviceId};

/// On this machine alone, looked for nowhere; reaches these others.
pub fn on_loopback(others: &[(DeviceId, SocketAddr)]) -> Options {
    let net = NetOptions {
        listen: Some(([127, 0, 0, 1], 0).into()),
        lan: false,
        internet: false,
        peers: others.to_vec(),
        ..NetOptions::default()
    };
    Options {
        net: Some(net),
        ..Options::default()
    }
}

/// How others reach an engine that is [`on_loopback`].
pub fn contact(engine: &Engine) -> (DeviceId, SocketAddr) {
    let view = engine.fresh_view().unwrap();
    (view.me.device, view.status.addresses[0].parse().unwrap())
}
