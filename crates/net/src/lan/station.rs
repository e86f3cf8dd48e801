//! One announcer and listener per interface.

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Weak},
    time::Duration,
};

use data_encoding::BASE32_NOPAD;
use swarm_discovery::{Discoverer, DropGuard, IpClass, Peer, SpawnError};
use tokio::{runtime::Handle, sync::mpsc};
use tresse_model::DeviceId;

use super::{Heard, LanStatus, LanTrouble, Nic};

/// The service under which devices announce themselves: `_tresse._udp.local`.
const SERVICE: &str = "tresse";
/// How long a device that appears takes to be heard, roughly.
const CADENCE: Duration = Duration::from_millis(700);
/// How many announcements per second a network should carry, however many devices it has.
const RATE: f32 = 8.0;
/// On how many interfaces there is a station. Machines with more have them for containers.
const STATIONS: usize = 16;

/// The stations of this device.
pub(super) struct Stations {
    me: DeviceId,
    heard: mpsc::Sender<Heard>,
    by_nic: BTreeMap<String, Station>,
}

struct Station {
    place: Place,
    /// Dies with the station's tasks, should they fail.
    alive: Weak<mpsc::Sender<Heard>>,
    _guard: DropGuard,
}

/// On which interface a station is and what it says there.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    on: Option<Ipv4Addr>,
    says: Vec<SocketAddr>,
}

impl Stations {
    pub(super) fn new(me: DeviceId, heard: mpsc::Sender<Heard>) -> Self {
        Self {
            me,
            heard,
            by_nic: BTreeMap::new(),
        }
    }

    /// Has a station on every interface, as they are now, and no other. Answers how it stands.
    pub(super) fn follow(&mut self, nics: &[Nic], bound: &[SocketAddr]) -> LanStatus {
        let mut places = places(nics, bound);
        let mut trouble = None;
        self.by_nic.retain(|name, station| {
            places.get(name) == Some(&station.place) && station.alive.strong_count() > 0
        });
        places.retain(|name, _| !self.by_nic.contains_key(name));
        for (name, place) in places {
            if self.by_nic.len() >= STATIONS {
                break;
            }
            match self.open(place) {
                Ok(station) => {
                    tracing::debug!(nic = name, says = ?station.place.says, "listening");
                    self.by_nic.insert(name, station);
                }
                // Tried again at the next round.
                Err(error) => {
                    tracing::debug!(nic = name, %error, "cannot listen");
                    trouble = Some(LanTrouble::of(&error));
                }
            }
        }
        LanStatus {
            on: true,
            interfaces: self.by_nic.len(),
            trouble,
        }
    }

    fn open(&self, place: Place) -> Result<Station, Box<SpawnError>> {
        let heard = Arc::new(self.heard.clone());
        let alive = Arc::downgrade(&heard);
        let me = self.me;
        let callback = move |name: &str, peer: &Peer| {
            let Some(device) = device(name).filter(|device| *device != me) else {
                return;
            };
            let addrs = peer.addrs().iter();
            let addrs: Vec<_> = addrs
                .map(|(ip, port)| SocketAddr::new(*ip, *port))
                .collect();
            // When the queue is full this is dropped: it is announced again in a second.
            if !addrs.is_empty() && heard.try_send(Heard { device, addrs }).is_err() {
                tracing::trace!("too many announcements");
            }
        };
        let class = match place.on {
            Some(_) => IpClass::V4Only,
            None => IpClass::V6Only,
        };
        let mut discoverer = Discoverer::new(SERVICE.to_owned(), label(self.me))
            .with_cadence(CADENCE)
            .with_response_rate(RATE)
            .with_ip_class(class)
            .with_multicast_interfaces_v4(place.on.into_iter().collect())
            .with_callback(callback);
        for address in &place.says {
            discoverer = discoverer.with_addrs(address.port(), [address.ip()]);
        }
        Ok(Station {
            place,
            alive,
            _guard: discoverer.spawn(&Handle::current()).map_err(Box::new)?,
        })
    }
}

/// Where stations belong. An interface with IPv4 gets its own; all those that have only
/// IPv6 share one, on the interface that the system chooses.
fn places(nics: &[Nic], bound: &[SocketAddr]) -> BTreeMap<String, Place> {
    let mut places = BTreeMap::new();
    let mut bare = Vec::new();
    for nic in nics {
        let says = nic.reached_at(bound);
        if says.is_empty() {
            continue;
        }
        match nic.v4.first() {
            Some((on, _)) => {
                let on = Some(*on);
                places.insert(nic.name.clone(), Place { on, says });
            }
            None => bare.extend(says),
        }
    }
    if !bare.is_empty() {
        // No interface has an empty name.
        let place = Place {
            on: None,
            says: bare,
        };
        places.insert(String::new(), place);
    }
    places
}

/// A device's name as one label of a domain name, which holds at most 63 letters.
fn label(device: DeviceId) -> String {
    BASE32_NOPAD.encode(device.as_bytes()).to_ascii_lowercase()
}

fn device(label: &str) -> Option<DeviceId> {
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
        assert_eq!(device(&label(bo)), Some(bo));
        assert_eq!(device("printer"), None);
        assert_eq!(device(""), None);
    }

    #[test]
    fn each_interface_says_only_its_own_addresses() {
        let nic = |name: &str, ip: [u8; 4]| Nic {
            name: name.to_owned(),
            v4: vec![(ip.into(), 24)],
            v6: vec![],
        };
        let bound = ["0.0.0.0:7".parse().unwrap()];
        let places = places(&[nic("a", [10, 0, 0, 1]), nic("b", [10, 0, 1, 1])], &bound);
        assert_eq!(places["a"].says, ["10.0.0.1:7".parse().unwrap()]);
        assert_eq!(places["b"].says, ["10.0.1.1:7".parse().unwrap()]);
        assert_eq!(places["a"].on, Some([10, 0, 0, 1].into()));
    }
}
