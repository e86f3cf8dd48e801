//! Where others are: members tell each other the addresses of the members' devices that they are linked with.
//!
//! Where multicast does not pass (a guests' Wi-Fi, a firewall), one address is enough so: whoever is reached there knows of the others. What is told is
//! where a link really comes from, seen from here, and not what somebody says of themselves. What is heard is a hint: only devices are dialled that
//! are members' anyway, and what answers proves its key, so a false address costs a dial that fails.

use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    time::{Duration, Instant},
};

use tresse_model::{DeviceId, MemberId, NetworkId};
use tresse_net::{LinkId, is_local};
use tresse_sync::{MAX_PLACES, Place};

use super::Links;
use crate::{Event, Replica, replica::HostAt};

/// The shortest time between two messages over one link, and in the mean between two that are heard.
const PACE: Duration = Duration::from_secs(5);
/// How many are heard at once after a silence: they may have been held up on their way.
const BURST: u32 = 4;
/// How many members are believed about one device: the last who spoke of it.
const TELLERS: usize = 4;
/// For how long a member's word about a device stands at the least; the last that they said meanwhile comes after it. A new address is dialled
/// at once, and whoever names another every few seconds must not keep us dialling.
const STANDS: Duration = Duration::from_secs(30);
/// How much of what was told over a link is remembered; told again is no harm.
const REMEMBERED: usize = 4096;

/// What others said.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// For each device, who said where it is; the last first.
    heard: BTreeMap<DeviceId, Vec<Word>>,
    /// When links are to be looked over for what was not told yet.
    due: Option<Instant>,
}

/// What a member said of a device.
#[derive(Debug)]
struct Word {
    by: MemberId,
    addresses: Vec<SocketAddr>,
    since: Instant,
    /// What they said after it, and too soon.
    then: Option<Vec<SocketAddr>>,
}

/// What passed over one link.
#[derive(Debug)]
pub(super) struct Passed {
    /// Where each was told to be, the last time.
    told: BTreeMap<(NetworkId, DeviceId), SocketAddr>,
    /// From when on something may be told again.
    next: Option<Instant>,
    bucket: Bucket,
}

impl Passed {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            told: BTreeMap::new(),
            next: None,
            bucket: Bucket {
                left: BURST,
                since: now,
            },
        }
    }

    /// This is told now, and nothing before that moment.
    fn tells(&mut self, places: &[(NetworkId, Vec<Place>)], next: Instant) {
        self.next = Some(next);
        if self.told.len() >= REMEMBERED {
            self.told.clear();
        }
        for (network, places) in places {
            for place in places {
                let told = place.addresses.first();
                let told = told.map(|address| ((*network, place.device), *address));
                self.told.extend(told);
            }
        }
    }
}

/// How many messages may still be heard.
#[derive(Debug)]
struct Bucket {
    left: u32,
    since: Instant,
}

impl Bucket {
    fn takes_one(&mut self, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.since).as_secs() / PACE.as_secs();
        if passed > 0 {
            let more = u32::try_from(passed).unwrap_or(BURST);
            self.left = self.left.saturating_add(more).min(BURST);
            self.since = now;
        }
        let any = self.left > 0;
        self.left = self.left.saturating_sub(1);
        any
    }
}

impl Places {
    /// Where a device is, as others said: the last word first.
    pub(super) fn of(&self, device: &DeviceId) -> impl Iterator<Item = SocketAddr> {
        let said = self.heard.get(device).into_iter().flatten();
        said.flat_map(|word| word.addresses.iter().copied())
    }

    /// Notes what a member said of a device. `false`: it said the same before, or something else a moment ago.
    fn note(
        &mut self,
        by: MemberId,
        device: DeviceId,
        addresses: Vec<SocketAddr>,
        now: Instant,
    ) -> bool {
        let said = self.heard.entry(device).or_default();
        let before = said.iter().position(|word| word.by == by);
        if let Some(word) = before.map(|at| &mut said[at]) {
            let other = word.addresses != addresses;
            if !other || now < word.since + STANDS {
                word.then = other.then_some(addresses);
                return false;
            }
        }
        before.map(|at| said.remove(at));
        let word = Word {
            by,
            addresses,
            since: now,
            then: None,
        };
        said.insert(0, word);
        said.truncate(TELLERS);
        true
    }

    /// Lets stand what was said too soon and is due now. Whether there was any.
    fn settle(&mut self, now: Instant) -> bool {
        let mut any = false;
        for word in self.heard.values_mut().flatten() {
            if now >= word.since + STANDS
                && let Some(addresses) = word.then.take()
            {
                (word.addresses, word.since) = (addresses, now);
                any = true;
            }
        }
        any
    }

    /// There may be something to tell.
    pub(super) fn stir(&mut self, now: Instant) {
        self.due = Some(now);
    }

    /// How long until links are looked over.
    pub(super) fn wait(&self, now: Instant) -> Option<Duration> {
        let said = self.heard.values().flatten();
        let later = said.filter(|word| word.then.is_some());
        let settled = later.map(|word| word.since + STANDS).min();
        let due = self.due.into_iter().chain(settled).min();
        due.map(|due| due.saturating_duration_since(now))
    }
}

impl Links {
    /// Tells each link what it was not told yet of where others are, where it is time. What subscribers should hear, if anything was told.
    pub(crate) fn tend_places(&mut self, replica: &mut Replica) -> Option<Vec<Event>> {
        let now = Instant::now();
        if self.places.settle(now) {
            self.keep(replica);
        }
        if self.places.due.is_none_or(|due| due > now) {
            return None;
        }
        self.places.due = None;
        let mut news = None;
        let ids: Vec<LinkId> = self.links.keys().copied().collect();
        for id in ids {
            let untold = self.untold(id);
            let Some(link) = self.links.get_mut(&id).filter(|_| !untold.is_empty()) else {
                continue;
            };
            let waits = link.passed.next.filter(|next| *next > now);
            // What does not go into one message is told next time, too.
            let next = waits.unwrap_or(now + PACE);
            if waits.is_some() || untold.iter().any(|(_, places)| places.len() == MAX_PLACES) {
                let due = self.places.due.map_or(next, |due| due.min(next));
                self.places.due = Some(due);
            }
            if waits.is_some() {
                continue;
            }
            link.passed.tells(&untold, next);
            let told = news.get_or_insert_with(Vec::new);
            for (network, places) in untold {
                told.extend(self.tell(replica, id, &network, &places));
            }
        }
        news
    }

    fn tell(
        &mut self,
        replica: &mut Replica,
        id: LinkId,
        network: &NetworkId,
        places: &[Place],
    ) -> Vec<Event> {
        let moment = self.time.moment();
        self.with_session(replica, id, |session, replica| {
            let mut host = HostAt {
                replica,
                moment: &moment,
            };
            session.tell_places(&mut host, network, places)
        })
    }

    /// What a link was not told of those who are linked here, by network.
    fn untold(&self, id: LinkId) -> Vec<(NetworkId, Vec<Place>)> {
        let Some(link) = self.links.get(&id) else {
            return Vec::new();
        };
        let shared = link.session.shared();
        let shared = shared.filter(|network| link.session.hears_places(network));
        let untold = shared.map(|network| {
            let others = self.links.values().filter(|other| {
                let status = other.session.status(network);
                other.device != link.device && status.is_some_and(|status| status.syncing)
            });
            let places = others.filter_map(|other| {
                let address = other.remote.map(plain).filter(|one| is_tellable(*one))?;
                let told = link.passed.told.get(&(*network, other.device));
                (told != Some(&address)).then(|| Place {
                    device: other.device,
                    addresses: vec![address],
                })
            });
            (*network, places.take(MAX_PLACES).collect::<Vec<_>>())
        });
        untold.filter(|(_, places)| !places.is_empty()).collect()
    }

    /// A member said where others' devices are.
    pub(super) fn hear_places(&mut self, replica: &Replica, id: LinkId, places: Vec<Place>) {
        let now = Instant::now();
        let Some(link) = self.links.get_mut(&id) else {
            return;
        };
        let by = link.device;
        let owner = |network| replica.device_owner(network, &by).0;
        let Some(member) = link.session.shared().find_map(owner) else {
            return;
        };
        if !link.passed.bucket.takes_one(now) {
            tracing::debug!(device = %by.short(), "says too often where others are");
            return;
        }
        let mut new = false;
        for place in places {
            let addresses = place.addresses.into_iter().map(plain);
            let worth = addresses.filter(|one| self.is_worth_dialling(*one));
            let worth: Vec<_> = worth.collect();
            if !worth.is_empty() {
                tracing::debug!(device = %place.device.short(), by = %by.short(), ?worth, "is said to be there");
                new |= self.places.note(member, place.device, worth, now);
            }
        }
        if new {
            self.keep(replica);
        }
    }

    /// Whether an address that a member tells is worth a dial from here, as things stand.
    pub(super) fn is_worth_dialling(&self, address: SocketAddr) -> bool {
        is_worth_dialling(address, &self.addresses, self.internet)
    }

    /// How long nothing is to be told of where others are.
    pub(crate) fn places_wait(&self) -> Option<Duration> {
        self.places.wait(Instant::now())
    }
}

/// The address as one writes it: IPv4 is not dressed as IPv6.
pub(super) fn plain(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

/// Whether an address means the same to somebody at another machine.
fn is_tellable(address: SocketAddr) -> bool {
    let ip = address.ip();
    let bare = match ip {
        IpAddr::V4(ip) => ip.is_broadcast(),
        // Without its interface it is no address.
        IpAddr::V6(ip) => ip.is_unicast_link_local(),
    };
    address.port() != 0 && !bare && !ip.is_loopback() && !ip.is_unspecified() && !ip.is_multicast()
}

/// Whether an address that a member tells is worth a dial. With the internet switched off nothing leaves the local networks because somebody said so.
fn is_worth_dialling(address: SocketAddr, own: &[SocketAddr], internet: bool) -> bool {
    let near = || {
        let mut own = own.iter();
        is_local(address.ip()) || own.any(|own| is_beside(own.ip(), address.ip()))
    };
    is_tellable(address) && !own.contains(&address) && (internet || near())
}

/// Whether two addresses are likely of one network: the widths of most.
fn is_beside(a: IpAddr, b: IpAddr) -> bool {
    match (a, b) {
        (IpAddr::V4(a), IpAddr::V4(b)) => a.octets()[..3] == b.octets()[..3],
        (IpAddr::V6(a), IpAddr::V6(b)) => a.octets()[..8] == b.octets()[..8],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> SocketAddr {
        text.parse().unwrap()
    }

    #[test]
    fn only_addresses_that_mean_the_same_elsewhere_are_told() {
        for told in [
            "10.0.0.2:1",
            "203.0.113.4:1",
            "[fd00::1]:1",
            "169.254.7.7:1",
        ] {
            assert!(is_tellable(at(told)), "{told}");
        }
        for kept in [
            "127.0.0.1:1",
            "[::1]:1",
            "0.0.0.0:1",
            "224.0.0.1:1",
            "255.255.255.255:1",
            "[fe80::1]:1",
            "10.0.0.2:0",
        ] {
            assert!(!is_tellable(at(kept)), "{kept}");
        }
        assert_eq!(plain(at("[::ffff:10.0.0.2]:7")), at("10.0.0.2:7"));
    }

    #[test]
    fn without_the_internet_no_member_makes_us_dial_far_away() {
        let own = [
            at("10.0.0.1:5"),
            at("[2001:db8:0:7::1]:5"),
            at("198.51.100.9:5"),
        ];
        for near in [
            "192.168.1.2:1",
            "[fd00::9]:1",
            "[2001:db8:0:7::2]:1",
            "198.51.100.20:1",
        ] {
            assert!(is_worth_dialling(at(near), &own, false), "{near}");
        }
        for far in ["8.8.8.8:53", "[2001:db8:0:8::2]:1"] {
            assert!(!is_worth_dialling(at(far), &own, false), "{far}");
            assert!(is_worth_dialling(at(far), &own, true), "{far}");
        }
        assert!(!is_worth_dialling(own[0], &own, true));
    }

    #[test]
    fn whoever_talks_without_end_is_not_listened_to_and_heard_again_later() {
        let start = Instant::now();
        let mut bucket = Passed::new(start).bucket;
        let heard = (0..20).filter(|_| bucket.takes_one(start)).count();
        assert_eq!(heard, BURST as usize);
        assert!(bucket.takes_one(start + PACE));
        assert!(!bucket.takes_one(start + PACE));
        let later = start + PACE * 100;
        let heard = (0..20).filter(|_| bucket.takes_one(later)).count();
        assert_eq!(heard, BURST as usize);
    }

    #[test]
    fn one_members_false_words_hide_nothing_that_another_says_and_stand_for_a_while() {
        let [ana, mallory] = [1, 2].map(|n| MemberId::from_bytes([n; 20]));
        let bo = DeviceId::from_bytes([3; 32]);
        let start = Instant::now();
        let mut places = Places::default();
        assert!(places.note(ana, bo, vec![at("10.0.0.2:1")], start));
        let new = (1..100).filter(|port| {
            let address = SocketAddr::from(([10, 0, 0, 9], *port));
            places.note(mallory, bo, vec![address], start)
        });
        assert_eq!(new.count(), 1);
        assert!(!places.note(ana, bo, vec![at("10.0.0.2:1")], start));
        let known = |places: &Places| places.of(&bo).collect::<Vec<_>>();
        assert_eq!(known(&places), [at("10.0.0.9:1"), at("10.0.0.2:1")]);
        // What was said last is what counts in the end.
        assert_eq!(places.wait(start), Some(STANDS));
        assert!(!places.settle(start + STANDS / 2));
        assert!(places.settle(start + STANDS));
        assert_eq!(known(&places), [at("10.0.0.9:99"), at("10.0.0.2:1")]);
        assert_eq!(places.wait(start), None);
        // And who moved and came back is where they are.
        let later = start + STANDS * 2;
        assert!(places.note(ana, bo, vec![at("10.0.0.7:1")], later));
        assert!(!places.note(ana, bo, vec![at("10.0.0.8:1")], later));
        assert!(!places.note(ana, bo, vec![at("10.0.0.7:1")], later));
        assert!(!places.settle(later + STANDS));
    }
}
