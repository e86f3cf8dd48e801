//! A relay of one's own, for scenarios: the same server that `docs/network.md` tells how to run, without TLS.
//!
//! ```text
//! tresse-relay ADDR:PORT
//! ```
//!
//! Says `{"ready":true}`, and ends when its input ends.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a tool of tests: it speaks on standard output, and ends when something is wrong"
)]

use std::net::SocketAddr;

use iroh_relay::server::{RelayConfig, Server, ServerConfig};

fn main() {
    let address = std::env::args().nth(1).expect("ADDR:PORT");
    let address: SocketAddr = address.parse().expect("ADDR:PORT");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut config = ServerConfig::default();
    config.relay = Some(RelayConfig::new(address));
    let server = runtime.block_on(Server::spawn(config)).unwrap();
    println!("{}", serde_json::json!({ "ready": true }));
    std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink()).unwrap();
    runtime.block_on(server.shutdown()).unwrap();
}
