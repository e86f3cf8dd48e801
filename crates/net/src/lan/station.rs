//! One announcer and listener per interface and family of addresses.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{Arc, Weak},
    time::Duration,
};

use data_encoding::BASE32_NOPAD;
use n0_future::task::AbortOnDropHandle;
use swarm_discovery::{Discoverer, DropGuard, IpClass, Peer};
use tokio::{runtime::Handle, sync::mpsc};
use tresse_model::DeviceId;

use super::{
    Heard, LanStatus, LanTrouble, Nic,
    ferry::{self, Ferry, is_bare},
    six,
};

/// The service under which devices announce themselves: `_tresse._udp.local`.
pub(super) const SERVICE: &str = "tresse";
/// How long a device that appears takes to be heard, roughly.
const CADENCE: Duration = Duration::from_millis(700);
/// How many announcements per second a network should carry, however many devices it has.
const RATE: f32 = 8.0;
/// On how many interfaces there are stations. Machines with more have them for containers.
const INTERFACES: usize = 16;
/// How interfaces are called that lead to no machine beside this one: to containers, through tunnels, and over radio links that
/// Apple keeps to itself. They are passed over where they have no address but a link-local one.
const ELSEWHERE: [&str; 8] = [
    "veth", "docker", "br-", "tun", "utun", "awdl", "llw", "anpi",
];

/// The stations of this device.
pub(super) struct Stations {
    me: DeviceId,
    heard: mpsc::Sender<Heard>,
    by_place: BTreeMap<Place, Station>,
}

struct Station {
    says: Vec<SocketAddr>,
    /// Dies with the station's tasks, should they fail.
    alive: Weak<mpsc::Sender<Heard>>,
    _works: Works,
}

/// What a station does ends when this is dropped.
enum Works {
    Four { _guard: DropGuard },
    Six { _task: AbortOnDropHandle<()> },
}

/// Where a station is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    nic: String,
    on: On,
}

/// How a station's packets find their interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum On {
    /// By an address of it.
    Four(Ipv4Addr),
    /// By its number, with its link-local address; `None`: the system chooses.
    Six(Option<(Ipv6Addr, u32)>),
}

impl Stations {
    pub(super) fn new(me: DeviceId, heard: mpsc::Sender<Heard>) -> Self {
        Self {
            me,
            heard,
            by_place: BTreeMap::new(),
        }
    }

    /// Has stations on every interface, as they are now, and no other. Answers how it stands.
    pub(super) fn follow(&mut self, nics: &[Nic], bound: &[SocketAddr]) -> LanStatus {
        let mut places = places(nics, bound);
        self.by_place.retain(|place, station| {
            places.get(place) == Some(&station.says) && station.alive.strong_count() > 0
        });
        places.retain(|place, _| !self.by_place.contains_key(place));
        let mut troubles = Vec::new();
        for (place, says) in places {
            let Some(nic) = nics.iter().find(|nic| nic.name == place.nic) else {
                continue;
            };
            match self.open(&place, says, nic, bound) {
                Ok(station) => {
                    tracing::debug!(?place, says = ?station.says, "listening");
                    self.by_place.insert(place, station);
                }
                // Tried again at the next round.
                Err(error) => {
                    tracing::debug!(?place, %error, "cannot listen");
                    troubles.push((place.nic, LanTrouble::of(&*error)));
                }
            }
        }
        let announced: BTreeSet<_> = self.by_place.keys().map(|place| &place.nic).collect();
        // Where one family of addresses does, nobody need be troubled for the other.
        let trouble = troubles.iter().find(|(nic, _)| !announced.contains(nic));
        LanStatus {
            on: true,
            interfaces: announced.len(),
            trouble: trouble.map(|(_, trouble)| *trouble),
        }
    }

    fn open(
        &self,
        place: &Place,
        says: Vec<SocketAddr>,
        nic: &Nic,
        bound: &[SocketAddr],
    ) -> Result<Station, Box<dyn Error>> {
        let heard = Arc::new(self.heard.clone());
        let alive = Arc::downgrade(&heard);
        let tell = move |device, addrs: Vec<_>| {
            // When the queue is full this is dropped: it is announced again in a second.
            if !addrs.is_empty() && heard.try_send(Heard { device, addrs }).is_err() {
                tracing::trace!("too many announcements");
            }
        };
        let works = match place.on {
            On::Four(on) => four(on, &says, self.me, tell)?,
            On::Six(local) => six(local, &says, self.me, tell, (nic.clone(), bound))?,
        };
        Ok(Station {
            says,
            alive,
            _works: works,
        })
    }
}

/// A station for IPv4.
fn four(
    on: Ipv4Addr,
    says: &[SocketAddr],
    me: DeviceId,
    tell: impl Fn(DeviceId, Vec<SocketAddr>) + Send + 'static,
) -> Result<Works, Box<dyn Error>> {
    let callback = move |name: &str, peer: &Peer| {
        if let Some(device) = named(name).filter(|device| *device != me) {
            let addrs = peer.addrs().iter();
            let addrs = addrs.map(|(ip, port)| SocketAddr::new(*ip, *port));
            tell(device, addrs.collect());
        }
    };
    let mut discoverer = Discoverer::new(SERVICE.to_owned(), label(me))
        .with_cadence(CADENCE)
        .with_response_rate(RATE)
        .with_ip_class(IpClass::V4Only)
        .with_multicast_interfaces_v4(vec![on])
        .with_callback(callback);
    for address in says {
        discoverer = discoverer.with_addrs(address.port(), [address.ip()]);
    }
    let guard = discoverer.spawn(&Handle::current())?;
    Ok(Works::Four { _guard: guard })
}

/// A station for IPv6. It says the interface's link-local address as well, for those who have no other.
fn six(
    local: Option<(Ipv6Addr, u32)>,
    says: &[SocketAddr],
    me: DeviceId,
    tell: impl Fn(DeviceId, Vec<SocketAddr>) + Send + 'static,
    (nic, bound): (Nic, &[SocketAddr]),
) -> Result<Works, Box<dyn Error>> {
    let interface = local.map_or(0, |(_, number)| number);
    let socket = six::open(interface)?;
    let ferry = local.map(|(own, number)| Ferry::open(own, number, bound));
    let ferry = ferry.transpose();
    let ferry = ferry.inspect_err(|error| tracing::debug!(nic = nic.name, %error, "no ferry"));
    let ferry = ferry.ok().flatten();
    let bare = ferry.as_ref().map(|ferry| ferry.at);
    let all: Vec<_> = says.iter().copied().chain(bare).collect();
    if all.is_empty() {
        return Err("there is nothing to announce".into());
    }
    let announcement = six::announcement(me, &all)?;
    let tell = move |device, addrs| tell(device, reached(addrs, &nic, ferry.as_ref()));
    let task = async move {
        let error = six::run(socket, interface, announcement, me, tell).await;
        tracing::debug!(interface, %error, "a station ended");
    };
    let task = AbortOnDropHandle::new(tokio::spawn(task));
    Ok(Works::Six { _task: task })
}

/// Where iroh finds a device that announced these addresses on an interface: by the ferry only if it has no address
/// beside one of the interface's own.
fn reached(addrs: Vec<SocketAddr>, nic: &Nic, ferry: Option<&Ferry>) -> Vec<SocketAddr> {
    let (bare, mut others): (Vec<_>, Vec<_>) = addrs.into_iter().partition(is_bare);
    if let Some(ferry) = ferry
        && !others.iter().any(|address| nic.is_near(address.ip()))
    {
        others.extend(bare.iter().filter_map(|there| ferry.landing(*there)));
    }
    others
}

/// Where stations belong, and what they say there. An interface has one for each family of addresses that it has: who
/// is at the other end of a cable may have only the other.
fn places(nics: &[Nic], bound: &[SocketAddr]) -> BTreeMap<Place, Vec<SocketAddr>> {
    let mut places = BTreeMap::new();
    let reached = nics.iter().map(|nic| (nic, nic.reached_at(bound)));
    let (addressed, bare): (Vec<_>, Vec<_>) = reached.partition(|(_, says)| !says.is_empty());
    let bare = bare.into_iter().filter(|(nic, _)| {
        let leads_elsewhere = ELSEWHERE.iter().any(|start| nic.name.starts_with(start));
        nic.local.is_some() && !leads_elsewhere && ferry::within(bound).is_some()
    });
    for (nic, says) in addressed.into_iter().chain(bare).take(INTERFACES) {
        let place = |on| Place {
            nic: nic.name.clone(),
            on,
        };
        if let Some((on, _)) = nic.v4.first() {
            places.insert(place(On::Four(*on)), says.clone());
        }
        // Without its number the packets would go by another interface: that is done where there is no other way.
        if nic.local.is_some() || nic.v4.is_empty() {
            places.insert(place(On::Six(nic.local)), says);
        }
    }
    places
}

/// A device's name as one label of a domain name, which holds at most 63 letters.
pub(super) fn label(device: DeviceId) -> String {
    BASE32_NOPAD.encode(device.as_bytes()).to_ascii_lowercase()
}

/// The device that a label names.
pub(super) fn named(label: &str) -> Option<DeviceId> {
    let bytes = BASE32_NOPAD
        .decode(label.to_ascii_uppercase().as_bytes())
        .ok()?;
    bytes.try_into().ok().map(DeviceId::from_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_reads_back_from_its_label_and_nonsense_does_not() {
        let bo = DeviceId::from_bytes([0xa7; 32]);
        assert!(label(bo).len() <= 63);
        assert_eq!(named(&label(bo)), Some(bo));
        assert_eq!(named("printer"), None);
        assert_eq!(named(""), None);
    }

    const OWN: Ipv6Addr = Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 1);

    fn nic(name: &str, v4: Option<[u8; 4]>, v6: Option<&str>, number: Option<u32>) -> Nic {
        Nic {
            name: name.to_owned(),
            v4: v4.into_iter().map(|ip| (ip.into(), 24)).collect(),
            v6: v6.into_iter().map(|ip| (ip.parse().unwrap(), 64)).collect(),
            local: number.map(|number| (OWN, number)),
        }
    }

    /// Interface, how it is found, and what is said there.
    fn told(nics: &[Nic]) -> Vec<(String, On, Vec<String>)> {
        let bound = ["0.0.0.0:7".parse().unwrap(), "[::]:8".parse().unwrap()];
        let places = places(nics, &bound).into_iter();
        let told = places.map(|(place, says)| {
            let says = says.iter().map(ToString::to_string).collect();
            (place.nic, place.on, says)
        });
        told.collect()
    }

    fn four(ip: [u8; 4]) -> On {
        On::Four(ip.into())
    }

    #[test]
    fn each_interface_says_only_its_own_addresses() {
        let told = told(&[
            nic("a", Some([10, 0, 0, 1]), None, None),
            nic("b", Some([10, 0, 1, 1]), None, None),
        ]);
        let expected = [
            ("a".into(), four([10, 0, 0, 1]), vec!["10.0.0.1:7".into()]),
            ("b".into(), four([10, 0, 1, 1]), vec!["10.0.1.1:7".into()]),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn an_interface_with_both_families_has_a_station_for_each() {
        let told = told(&[
            nic("a", Some([10, 0, 0, 1]), Some("fd00::1"), Some(2)),
            nic("b", None, Some("fd01::1"), Some(3)),
            nic("c", None, Some("fd02::1"), None),
            nic("lo", Some([127, 0, 0, 1]), Some("::1"), None),
        ]);
        let both = || vec!["10.0.0.1:7".into(), "[fd00::1]:8".into()];
        let expected = [
            ("a".into(), four([10, 0, 0, 1]), both()),
            ("a".into(), On::Six(Some((OWN, 2))), both()),
            (
                "b".into(),
                On::Six(Some((OWN, 3))),
                vec!["[fd01::1]:8".into()],
            ),
            ("c".into(), On::Six(None), vec!["[fd02::1]:8".into()]),
            (
                "lo".into(),
                four([127, 0, 0, 1]),
                vec!["127.0.0.1:7".into(), "[::1]:8".into()],
            ),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn an_interface_with_a_link_local_address_alone_comes_after_the_others() {
        let mut nics: Vec<_> = (0..20)
            .map(|number| nic(&format!("a{number:02}"), None, None, Some(number + 2)))
            .collect();
        nics.push(nic("veth5", None, None, Some(40)));
        nics.push(nic("wifi", Some([10, 0, 0, 1]), None, Some(41)));
        let told = told(&nics);
        let on = |name| told.iter().filter(|(nic, ..)| nic == name).count();
        assert_eq!((on("wifi"), on("veth5"), on("a00")), (2, 0, 1));
        assert_eq!(told.len(), INTERFACES + 1);
    }

    #[tokio::test]
    async fn the_ferry_is_taken_only_to_who_has_no_other_address_beside_ours() {
        let bound = ["0.0.0.0:7".parse().unwrap()];
        // On the loopback interface, whose number is 1 nearly everywhere; nothing is sent.
        let ferry = Ferry::open(Ipv6Addr::LOCALHOST, 1, &bound).unwrap();
        let at = |text: &[&str]| -> Vec<SocketAddr> {
            text.iter().map(|text| text.parse().unwrap()).collect()
        };
        let ours = nic("a", Some([10, 0, 0, 1]), None, Some(2));
        let beside = at(&["10.0.0.2:7", "[fe80::2]:9"]);
        assert_eq!(reached(beside, &ours, Some(&ferry)), at(&["10.0.0.2:7"]));
        let alone = at(&["[fe80::2]:9"]);
        let landed = reached(alone.clone(), &ours, Some(&ferry));
        assert!(landed.len() == 1 && landed[0].ip().is_loopback());
        assert_eq!(reached(alone, &ours, Some(&ferry)), landed, "the same");
        let far = at(&["10.9.0.2:7", "[fe80::3]:9"]);
        assert_eq!(reached(far, &ours, Some(&ferry)).len(), 2);
    }
}
