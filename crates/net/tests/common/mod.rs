//! What the tests of links share: peers with short names, and waiting for what happens.
#![allow(dead_code, unreachable_pub, clippy::expect_used)]

use std::{net::SocketAddr, time::Duration};

use iroh::SecretKey;
use tokio::{sync::mpsc, time::timeout};
use tresse_model::DeviceId;
use tresse_net::{Contact, LinkId, Net, NetConfig, NetEvent, Purpose};

/// How long a test waits for what must happen before it fails.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// The seed of the peer with this number.
pub fn seed(number: u8) -> [u8; 32] {
    [number; 32]
}

/// The name of the peer with this number.
pub fn device(number: u8) -> DeviceId {
    DeviceId::from_bytes(*SecretKey::from_bytes(&seed(number)).public().as_bytes())
}

/// A configuration that listens on the loopback interface only.
pub fn loopback(number: u8) -> NetConfig {
    NetConfig {
        seed: seed(number),
        listen: Some(([127, 0, 0, 1], 0).into()),
        ..NetConfig::default()
    }
}

/// A peer under test.
pub struct Peer {
    pub net: Net,
    pub events: mpsc::Receiver<NetEvent>,
}

/// What a test needs to know of a new link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Linked {
    pub link: LinkId,
    pub device: DeviceId,
    pub dialled: bool,
    pub exporter: [u8; 32],
    pub purpose: Option<Purpose>,
}

impl Peer {
    pub async fn start(config: NetConfig) -> Self {
        let (net, events) = Net::start(config).await.expect("the network starts");
        Self { net, events }
    }

    /// A peer on loopback.
    pub async fn named(number: u8) -> Self {
        Self::start(loopback(number)).await
    }

    pub fn contact(&self) -> Contact {
        Contact {
            device: self.net.device(),
            addrs: self.net.addresses(),
            relay: None,
        }
    }

    pub fn address(&self) -> SocketAddr {
        self.net.addresses()[0]
    }

    /// The next event, whatever it is.
    pub async fn next(&mut self) -> NetEvent {
        let next = timeout(PATIENCE, self.events.recv()).await;
        next.expect("something happens in time")
            .expect("the network goes on")
    }

    /// The next event that the test cares about; others are dropped.
    pub async fn until<T>(&mut self, mut wanted: impl FnMut(&NetEvent) -> Option<T>) -> T {
        loop {
            if let Some(found) = wanted(&self.next().await) {
                return found;
            }
        }
    }

    pub async fn linked(&mut self) -> Linked {
        let linked = self.until(linked).await;
        self.net.proven(linked.link);
        linked
    }

    /// The next frame on a link, its credit given back.
    pub async fn frame(&mut self, on: LinkId) -> Vec<u8> {
        loop {
            match self.next().await {
                NetEvent::Frame { link, bytes, .. } if link == on => return bytes,
                NetEvent::Closed { link, reason, .. } if link == on => {
                    panic!("the link closed: {reason}")
                }
                _ => {}
            }
        }
    }

    /// Waits for the end of a link and tells why it ended.
    pub async fn closed(&mut self, on: LinkId) -> String {
        self.until(|event| match event {
            NetEvent::Closed { link, reason, .. } if *link == on => Some(reason.clone()),
            _ => None,
        })
        .await
    }
}

pub fn linked(event: &NetEvent) -> Option<Linked> {
    match event {
        NetEvent::Linked {
            link,
            device,
            dialled,
            exporter,
            purpose,
            ..
        } => Some(Linked {
            link: *link,
            device: *device,
            dialled: *dialled,
            exporter: *exporter,
            purpose: *purpose,
        }),
        _ => None,
    }
}

/// Two peers with a link, the first having dialled.
pub async fn pair(a: u8, b: u8) -> (Peer, Linked, Peer, Linked) {
    let (mut ana, mut bo) = (Peer::named(a).await, Peer::named(b).await);
    ana.net.dial(bo.contact(), Purpose(7));
    let (at_ana, at_bo) = tokio::join!(ana.linked(), bo.linked());
    (ana, at_ana, bo, at_bo)
}
