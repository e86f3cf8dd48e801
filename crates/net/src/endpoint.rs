//! The iroh endpoint: where it listens and how its connections behave.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use iroh::{
    Endpoint, RelayMode, RelayUrl, SecretKey,
    endpoint::{BindError, BindOpts, Builder, IdleTimeout, QuicTransportConfig, VarInt, presets},
};

use tokio::time::sleep;

use crate::{NetConfig, NetError};

/// The one protocol, and its version.
pub(crate) const ALPN: &[u8] = b"tresse/1";
/// A connection on which nothing was heard for so long is dead.
const IDLE: Duration = Duration::from_secs(20);
/// How often a sign of life is sent on a quiet connection.
const KEEP_ALIVE: Duration = Duration::from_secs(5);
/// What one stream may have under way, and what a stranger's connection may, in bytes. Not more:
/// noq 1.4 ends a connection on which more than 2048 packets wait to be read, as one with « too
/// many gaps », even when there is none.
const STREAM_WINDOW: u32 = 1024 * 1024;
const STRANGER_WINDOW: u32 = 256 * 1024;
/// How often, and after which pause, a closed endpoint's addresses are tried.
const RELEASE_TRIES: u32 = 50;
const RELEASE_PAUSE: Duration = Duration::from_millis(20);
/// What may be sent before the other side acknowledges, in bytes.
const SEND_WINDOW: u64 = 8 * 1024 * 1024;

/// Opens the endpoint as the configuration says.
pub(crate) async fn open(config: &NetConfig) -> Result<Endpoint, NetError> {
    let relay = config.relay.as_deref().map(relay_url).transpose()?;
    if let Some(address) = config.listen {
        return bind(config, relay, &[(address, true)]).await;
    }
    if let Some(port) = config.preferred_port.filter(|port| *port != 0) {
        match bind(config, relay.clone(), &everywhere(port)).await {
            Ok(endpoint) => return Ok(endpoint),
            Err(error) => tracing::info!(port, %error, "the usual port is not free"),
        }
    }
    bind(config, relay, &everywhere(0)).await
}

/// Every interface, IPv4 for certain and IPv6 if the machine has it.
fn everywhere(port: u16) -> [(SocketAddr, bool); 2] {
    [
        (
            SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), port),
            true,
        ),
        (
            SocketAddr::new(IpAddr::V6(Ipv6Addr::UNSPECIFIED), port),
            false,
        ),
    ]
}

async fn bind(
    config: &NetConfig,
    relay: Option<RelayUrl>,
    listen: &[(SocketAddr, bool)],
) -> Result<Endpoint, NetError> {
    let first = listen[0].0;
    let mut builder = builder(config, relay)?.clear_ip_transports();
    for (address, required) in listen {
        let options = BindOpts::default().set_is_required(*required);
        builder = builder
            .bind_addr_with_opts(*address, options)
            .map_err(|error| unavailable(&error))?;
    }
    builder.bind().await.map_err(|error| match &error {
        BindError::Sockets { source, .. } => refused(first, source),
        _ => unavailable(&error),
    })
}

fn builder(config: &NetConfig, relay: Option<RelayUrl>) -> Result<Builder, NetError> {
    let builder = if config.internet {
        let builder = Endpoint::builder(presets::N0);
        match relay {
            Some(url) => builder.relay_mode(RelayMode::custom([url])),
            None => builder,
        }
    } else {
        Endpoint::builder(presets::Minimal).relay_mode(RelayMode::Disabled)
    };
    let idle = IdleTimeout::try_from(IDLE).map_err(|error| unavailable(&error))?;
    let transport = QuicTransportConfig::builder()
        .max_idle_timeout(Some(idle))
        .keep_alive_interval(KEEP_ALIVE)
        .max_concurrent_bidi_streams(VarInt::from_u32(1))
        .max_concurrent_uni_streams(VarInt::from_u32(0))
        .datagram_receive_buffer_size(None)
        .stream_receive_window(STREAM_WINDOW.into())
        .receive_window(STRANGER_WINDOW.into())
        .send_window(SEND_WINDOW)
        .build();
    Ok(builder
        .secret_key(SecretKey::from_bytes(&config.seed))
        .alpns(vec![ALPN.to_vec()])
        .transport_config(transport))
}

/// Waits until the addresses of a closed endpoint can be bound again, a second at most: tasks of
/// iroh may hold the sockets for a moment longer than the endpoint lives.
pub(crate) async fn wait_until_free(addresses: &[SocketAddr]) {
    for _ in 0..RELEASE_TRIES {
        if addresses
            .iter()
            .all(|address| std::net::UdpSocket::bind(address).is_ok())
        {
            return;
        }
        sleep(RELEASE_PAUSE).await;
    }
    tracing::debug!(?addresses, "still in use");
}

/// The address of a relay, as it is written wherever it is told.
///
/// # Errors
/// [`NetError::BadRelay`] where no relay can have it.
pub fn read_relay(url: &str) -> Result<String, NetError> {
    relay_url(url).map(|url| url.to_string())
}

/// Reads a relay's address.
fn relay_url(text: &str) -> Result<RelayUrl, NetError> {
    let bad = || NetError::BadRelay {
        url: text.chars().take(200).collect(),
    };
    let url: RelayUrl = text.parse().map_err(|_| bad())?;
    if matches!(url.scheme(), "https" | "http") && url.has_host() {
        Ok(url)
    } else {
        Err(bad())
    }
}

fn refused(address: SocketAddr, error: &std::io::Error) -> NetError {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => NetError::AddressInUse(address),
        std::io::ErrorKind::AddrNotAvailable => NetError::NoSuchAddress(address),
        std::io::ErrorKind::PermissionDenied => NetError::NotAllowed(address),
        _ => unavailable(error),
    }
}

fn unavailable(error: &dyn std::fmt::Display) -> NetError {
    NetError::Unavailable {
        reason: error.to_string(),
    }
}
