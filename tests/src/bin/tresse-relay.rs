//! A relay of one's own, for scenarios: the same server that `docs/network.md` tells how to run, with the settings that are told there, but for
//! TLS, which takes a name in the public tree of names.
//!
//! ```text
//! tresse-relay ADDR:PORT SETTINGS
//! ```
//!
//! Says `{"ready":true}`, and ends when its input ends.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a tool of tests: it speaks on standard output, and ends when something is wrong"
)]

use std::{net::SocketAddr, path::PathBuf};

use iroh_relay::server::{RelayConfig, Server, ServerConfig};
use serde::Deserialize;

/// What of the relay program's settings the documentation tells to write, and nothing else.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    enable_relay: bool,
    enable_quic_addr_discovery: bool,
    enable_metrics: bool,
    tls: Option<Tls>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tls {
    cert_mode: CertMode,
    hostname: String,
    contact: String,
    prod_tls: bool,
    cert_dir: PathBuf,
}

#[derive(Deserialize)]
enum CertMode {
    LetsEncrypt,
}

fn main() {
    let mut words = std::env::args().skip(1);
    let address = words.next().expect("ADDR:PORT");
    let address: SocketAddr = address.parse().expect("ADDR:PORT");
    let settings = words.next().expect("SETTINGS");
    let settings = std::fs::read_to_string(settings).unwrap();
    let settings: Settings = toml::from_str(&settings).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut config = ServerConfig::default();
    config.relay = settings.enable_relay.then(|| RelayConfig::new(address));
    settings.can_be_kept();
    let server = runtime.block_on(Server::spawn(config)).unwrap();
    println!("{}", serde_json::json!({ "ready": true }));
    std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink()).unwrap();
    runtime.block_on(server.shutdown()).unwrap();
}

impl Settings {
    /// What the program asks of settings before it starts, as far as it needs no certificate.
    fn can_be_kept(&self) {
        assert!(!self.enable_metrics, "its figures would be public");
        let Some(tls) = &self.tls else {
            assert!(!self.enable_quic_addr_discovery, "that takes TLS");
            return;
        };
        match tls.cert_mode {
            CertMode::LetsEncrypt => {
                assert!(tls.hostname.contains('.'), "a name to certify");
                assert!(tls.contact.contains('@'), "whom to write to");
                assert!(tls.prod_tls, "certificates that browsers know");
                assert!(tls.cert_dir.is_absolute(), "where certificates stay");
            }
        }
    }
}
