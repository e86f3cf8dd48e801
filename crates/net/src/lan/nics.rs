//! The machine's network interfaces, followed as they come and go.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use n0_watcher::Watcher as _;
use netwatch::{
    interfaces::{Interface, IpNet, State},
    netmon::Monitor,
};
use tokio::{sync::watch, time::timeout};

/// How long a change that the system does not announce may go unseen. Not every change is
/// announced on every system: an address that is not of the widest kind, a cable plugged in.
const GLANCE: Duration = Duration::from_secs(5);
/// The same while an IPv6 address is being checked for uniqueness, which takes a second or two.
const SETTLING: Duration = Duration::from_millis(500);

/// One interface that is up, with the addresses that iroh can use. Link-local IPv6 ones it cannot,
/// because iroh 1.4 forgets on which interface their packets came and cannot answer: a ferry does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Nic {
    pub(crate) name: String,
    pub(crate) v4: Vec<(Ipv4Addr, u8)>,
    pub(crate) v6: Vec<(Ipv6Addr, u8)>,
    /// Its link-local IPv6 address, and its number, which only that address tells. An interface that speaks IPv6 has one.
    pub(crate) local: Option<(Ipv6Addr, u32)>,
}

/// Every interface that is up and has an address, by name.
pub(crate) async fn look() -> Vec<Nic> {
    nics(&State::new().await).0
}

/// Publishes the interfaces at every change until nobody listens any more.
pub(crate) async fn follow(nics_sender: watch::Sender<Vec<Nic>>) {
    let monitor = match Monitor::new().await {
        Ok(monitor) => Some(monitor),
        Err(error) => {
            tracing::warn!(%error, "changes of the network are noticed by looking only");
            None
        }
    };
    let mut states = monitor.as_ref().map(Monitor::interface_state);
    let mut pause = SETTLING;
    while !nics_sender.is_closed() {
        let change = async {
            match &mut states {
                Some(states) => states.updated().await.map(drop),
                None => std::future::pending().await,
            }
        };
        if let Ok(Err(_)) = timeout(pause, change).await {
            states = None;
        }
        let (now, settled) = nics(&State::new().await);
        pause = if settled { GLANCE } else { SETTLING };
        nics_sender.send_if_modified(|then| {
            let changed = *then != now;
            *then = now;
            changed
        });
    }
}

/// The interfaces, and whether all their addresses are ready for use.
fn nics(state: &State) -> (Vec<Nic>, bool) {
    let mut settled = true;
    let up = state.interfaces.values().filter(|nic| nic.is_up());
    let mut nics: Vec<_> = up
        .filter_map(|interface| nic(interface, &mut settled))
        .collect();
    nics.sort_by(|a, b| a.name.cmp(&b.name));
    (nics, settled)
}

fn nic(interface: &Interface, settled: &mut bool) -> Option<Nic> {
    let mut nic = Nic {
        name: interface.name().to_owned(),
        v4: Vec::new(),
        v6: Vec::new(),
        local: None,
    };
    for net in interface.addrs() {
        match net {
            IpNet::V4(net) => nic.v4.push((net.addr(), net.prefix_len())),
            IpNet::V6 { flags, .. } if flags.tentative || flags.duplicated => {
                *settled &= flags.duplicated;
            }
            IpNet::V6 { net, scope_id, .. } if net.addr().is_unicast_link_local() => {
                nic.local = Some((net.addr(), scope_id)).filter(|(_, number)| *number != 0);
            }
            IpNet::V6 { net, .. } => nic.v6.push((net.addr(), net.prefix_len())),
        }
    }
    let bare = nic.v4.is_empty() && nic.v6.is_empty();
    (!bare || nic.local.is_some()).then_some(nic)
}

impl Nic {
    /// Where the endpoint can be dialled on this interface, given the sockets it has.
    pub(crate) fn reached_at(&self, bound: &[SocketAddr]) -> Vec<SocketAddr> {
        let port = |ip: IpAddr| {
            let listens = |socket: &&SocketAddr| {
                socket.is_ipv4() == ip.is_ipv4()
                    && (socket.ip().is_unspecified() || socket.ip() == ip)
            };
            bound.iter().find(listens).map(SocketAddr::port)
        };
        let v4 = self.v4.iter().map(|(ip, _)| IpAddr::V4(*ip));
        let v6 = self.v6.iter().map(|(ip, _)| IpAddr::V6(*ip));
        v4.chain(v6)
            .filter_map(|ip| Some(SocketAddr::new(ip, port(ip)?)))
            .collect()
    }

    /// Whether the address is this interface's own.
    pub(crate) fn has(&self, ip: IpAddr) -> bool {
        match ip {
            IpAddr::V4(ip) => self.v4.iter().any(|(own, _)| *own == ip),
            IpAddr::V6(ip) => self.v6.iter().any(|(own, _)| *own == ip),
        }
    }

    /// Whether the address lies in one of this interface's own networks.
    pub(crate) fn is_near(&self, ip: IpAddr) -> bool {
        match ip {
            IpAddr::V4(ip) => self.v4.iter().any(|(own, prefix)| {
                same_prefix(u32::from(*own).into(), u32::from(ip).into(), 32, *prefix)
            }),
            IpAddr::V6(ip) => self
                .v6
                .iter()
                .any(|(own, prefix)| same_prefix(u128::from(*own), u128::from(ip), 128, *prefix)),
        }
    }
}

fn same_prefix(a: u128, b: u128, bits: u32, prefix: u8) -> bool {
    let host = bits.saturating_sub(prefix.into());
    host >= 128 || a >> host == b >> host
}

/// Where the endpoint can be dialled: addresses of networks first, loopback last.
pub(crate) fn dialled_at(
    nics: &[Nic],
    bound: &[SocketAddr],
    more: &[SocketAddr],
) -> Vec<SocketAddr> {
    let own = nics.iter().flat_map(|nic| nic.reached_at(bound));
    let mut all: Vec<_> = own.chain(more.iter().copied()).collect();
    all.sort_unstable_by_key(|address| {
        let ip = address.ip();
        (ip.is_loopback(), ip.is_ipv6(), *address)
    });
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ethernet() -> Nic {
        Nic {
            name: "eth0".to_owned(),
            v4: vec![([10, 9, 0, 1].into(), 24)],
            v6: vec![("fd00::1".parse().unwrap(), 64)],
            local: None,
        }
    }

    fn loopback() -> Nic {
        Nic {
            name: "lo".to_owned(),
            v4: vec![([127, 0, 0, 1].into(), 8)],
            v6: vec![],
            local: None,
        }
    }

    #[test]
    fn a_socket_on_every_interface_is_reached_at_each_address() {
        let bound = ["0.0.0.0:7".parse().unwrap(), "[::]:8".parse().unwrap()];
        let all = dialled_at(&[loopback(), ethernet()], &bound, &[]);
        let text: Vec<_> = all.iter().map(ToString::to_string).collect();
        assert_eq!(text, ["10.9.0.1:7", "[fd00::1]:8", "127.0.0.1:7"]);
    }

    #[test]
    fn a_socket_on_one_address_is_reached_there_only() {
        let bound = ["127.0.0.1:7".parse().unwrap()];
        assert_eq!(dialled_at(&[loopback(), ethernet()], &bound, &[]), bound);
    }

    #[test]
    fn near_means_in_one_of_the_interface_s_networks() {
        let nic = ethernet();
        assert!(nic.is_near([10, 9, 0, 200].into()));
        assert!(!nic.is_near([10, 9, 1, 200].into()));
        assert!(nic.is_near("fd00::99".parse().unwrap()));
        assert!(!nic.is_near("2001:db8::1".parse().unwrap()));
        assert!(nic.has([10, 9, 0, 1].into()) && !nic.has([10, 9, 0, 2].into()));
    }

    #[tokio::test]
    async fn this_machine_has_a_loopback() {
        let nics = look().await;
        let loopback = |nic: &Nic| nic.v4.iter().any(|(ip, _)| ip.is_loopback());
        assert!(nics.iter().any(loopback), "{nics:?}");
    }
}
