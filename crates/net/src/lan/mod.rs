//! Finding devices on local networks.
//!
//! On each interface one *station* announces this device by multicast DNS with IPv4 and one with
//! IPv6, whichever it has, with the addresses of that interface only, and hears the others. It is bound to its
//! interface, so it needs neither a default nor a multicast route: a bare cable, a hotspot and
//! the loopback interface all work. Stations follow interfaces as they come and go, and their addresses. Who has nothing but a
//! link-local IPv6 address is reached by a *ferry*.
//!
//! Announced are the device's name and its addresses; nothing about networks or people.

mod book;
mod ferry;
mod nics;
mod six;
mod station;
mod status;

use std::{
    net::{IpAddr, SocketAddr},
    panic::AssertUnwindSafe,
    time::Duration,
};

use iroh::Endpoint;
use n0_future::FutureExt as _;
use tokio::{
    sync::{mpsc, watch},
    time::{sleep, timeout},
};
use tresse_model::DeviceId;

pub(crate) use book::Book;
pub(crate) use nics::{Nic, dialled_at, follow, look};
use station::Stations;
pub use status::{LanStatus, LanTrouble};

/// How often stations are looked after when nothing changes.
const ROUND: Duration = Duration::from_secs(10);
/// How many announcements may wait; they are repeated every second.
const WAITING: usize = 256;

/// Someone announced itself.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) device: DeviceId,
    pub(crate) addrs: Vec<SocketAddr>,
}

/// What the stations tell the driver.
#[derive(Debug)]
pub(crate) enum FromLan {
    /// Someone announced itself.
    Heard(Heard),
    /// On how many interfaces this device is announced now, or why not.
    Status(LanStatus),
}

/// What hears others on every interface, and the future that does it: it ends when the
/// receiver is dropped.
pub(crate) fn listen(
    endpoint: Endpoint,
    nics: watch::Receiver<Vec<Nic>>,
) -> (mpsc::Receiver<FromLan>, impl Future<Output = ()> + Send) {
    let (heard, receiver) = mpsc::channel(WAITING);
    let begin = move |heard| run(endpoint.clone(), nics.clone(), heard);
    (receiver, kept_up(heard, ROUND, begin))
}

/// Begins again what ended by itself, after a pause: what is switched on is not said to be off because something broke.
async fn kept_up<F: Future<Output = ()>>(
    heard: mpsc::Sender<FromLan>,
    pause: Duration,
    mut begin: impl FnMut(mpsc::Sender<FromLan>) -> F,
) {
    loop {
        let ended = AssertUnwindSafe(begin(heard.clone())).catch_unwind().await;
        if heard.is_closed() {
            return;
        }
        let broke = ended.is_err();
        tracing::error!(broke, "nobody listens to local networks: it is begun again");
        let status = LanStatus {
            on: true,
            interfaces: 0,
            trouble: Some(LanTrouble::Other),
        };
        if heard.send(FromLan::Status(status)).await.is_err() {
            return;
        }
        sleep(pause).await;
    }
}

async fn run(
    endpoint: Endpoint,
    mut nics: watch::Receiver<Vec<Nic>>,
    heard: mpsc::Sender<FromLan>,
) {
    let mut told = None;
    let (raw, mut announcements) = mpsc::channel::<Heard>(WAITING);
    let me = DeviceId::from_bytes(*endpoint.id().as_bytes());
    let mut stations = Stations::new(me, raw);
    loop {
        let now = nics.borrow_and_update().clone();
        let status = stations.follow(&now, &endpoint.bound_sockets());
        if told.as_ref() != Some(&status) {
            told = Some(status);
            if heard.send(FromLan::Status(status)).await.is_err() {
                return;
            }
        }
        let quiet = async {
            while let Some(mut one) = announcements.recv().await {
                one.addrs = near(one.addrs, &now);
                if !one.addrs.is_empty() && heard.send(FromLan::Heard(one)).await.is_err() {
                    return;
                }
            }
        };
        tokio::select! {
            () = quiet => break,
            changed = timeout(ROUND, nics.changed()) => {
                if matches!(changed, Ok(Err(_))) {
                    break;
                }
            }
            () = heard.closed() => break,
        }
    }
}

/// The addresses that make sense to dial from here. An announcement is not to be trusted: it
/// may name the address of a third party, so public addresses count only when they are near.
fn near(addrs: Vec<SocketAddr>, nics: &[Nic]) -> Vec<SocketAddr> {
    let mut all = Vec::new();
    for address in addrs {
        let ip = address.ip();
        if address.port() == 0 || ip.is_unspecified() || ip.is_multicast() {
            continue;
        }
        if is_local(ip) || nics.iter().any(|nic| nic.is_near(ip)) {
            all.push(address);
        }
    }
    all
}

/// Whether an address can only be of a local network, or of this machine.
pub fn is_local(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_announcement_cannot_make_us_dial_a_stranger_far_away() {
        let nic = Nic {
            name: "eth0".to_owned(),
            v4: vec![([203, 0, 113, 5].into(), 24)],
            v6: vec![],
            local: None,
        };
        let announced = [
            "8.8.8.8:53",
            "203.0.113.9:1",
            "192.168.1.2:1",
            "224.0.0.1:1",
            "192.168.1.3:0",
            "[2001:db8::5]:1",
            "[fe80::2]:1",
            "127.0.0.1:1",
        ];
        let announced = announced.iter().map(|text| text.parse().unwrap()).collect();
        let kept: Vec<_> = near(announced, &[nic])
            .iter()
            .map(ToString::to_string)
            .collect();
        let expected = ["203.0.113.9:1", "192.168.1.2:1", "127.0.0.1:1"];
        assert_eq!(kept, expected);
    }

    #[tokio::test]
    async fn what_ends_by_itself_is_begun_again_and_meanwhile_is_in_trouble_and_not_off() {
        let (heard, mut told) = mpsc::channel(4);
        let mut times = 0;
        let begin = move |heard: mpsc::Sender<FromLan>| {
            times += 1;
            let time = times;
            async move {
                assert_ne!(time, 2, "something broke");
                if time > 2 {
                    let status = LanStatus {
                        on: true,
                        interfaces: 2,
                        trouble: None,
                    };
                    heard.send(FromLan::Status(status)).await.unwrap();
                    std::future::pending::<()>().await;
                }
            }
        };
        let listening = tokio::spawn(kept_up(heard, Duration::from_millis(1), begin));
        let mut stands = Vec::new();
        while stands.last() != Some(&(true, 2, None)) {
            let news = timeout(Duration::from_mins(1), told.recv()).await;
            let Some(FromLan::Status(status)) = news.unwrap() else {
                panic!("it ended, or heard somebody");
            };
            stands.push((status.on, status.interfaces, status.trouble));
        }
        let broken = (true, 0, Some(LanTrouble::Other));
        assert_eq!(stands, [broken, broken, (true, 2, None)]);
        listening.abort();
    }

    #[tokio::test]
    async fn it_ends_with_whoever_hears_it() {
        let (heard, told) = mpsc::channel(4);
        let begin = |heard: mpsc::Sender<FromLan>| async move { heard.closed().await };
        let listening = tokio::spawn(kept_up(heard, Duration::from_millis(1), begin));
        drop(told);
        let ended = timeout(Duration::from_mins(1), listening).await;
        ended.unwrap().unwrap();
    }
}
