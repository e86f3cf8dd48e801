//! Many links in one network: who is told at once, and who hears only if nobody else told them.
//!
//! What comes from one peer concerns all others. Where everybody is linked with everybody, each of thirty would hear it twenty-nine times. So
//! what was written here goes to all at once, and what came from elsewhere goes on to a few: members' devices stand in a ring, in order of
//! their ids, and each passes on to its neighbours and to those a stride away. To all others it compares digests once the network is calm:
//! mostly they are equal, and nothing is sent. So do new links begin while there are many.
//!
//! (The idea of telling some at once and others lazily is that of epidemic broadcast trees: Leitão, Pereira and Rodrigues, 2007. Here the tree is not learnt but
//! reckoned, and what is compared are whole states.)

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use tresse_model::{DeviceId, NetworkId};

/// With so many links in a network or fewer, everything goes to all at once.
const FEW: usize = 4;
/// How long nothing comes until a network counts as calm, and how long comparing may take.
const CALM: Duration = Duration::from_millis(300);
/// Where it never is, they compare all the same, and catch up.
const LONGEST: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(5)];

/// What is kept back, by network.
#[derive(Debug, Default)]
pub(super) struct Crowd(BTreeMap<NetworkId, Kept>);

#[derive(Debug, Clone, Copy)]
struct Kept {
    since: Instant,
    /// When something came last.
    last: Instant,
    compared: Option<Instant>,
}

/// What is due for the links that were kept waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    Compare,
    CatchUp,
}

impl Crowd {
    /// Something is kept back in this network from now on.
    pub(super) fn keeps_back(&mut self, network: NetworkId, now: Instant) {
        let kept = self.0.entry(network).or_insert(Kept {
            since: now,
            last: now,
            compared: None,
        });
        kept.last = now;
    }

    /// What is due by now; each once.
    pub(super) fn due(&mut self, now: Instant) -> Vec<(NetworkId, Due)> {
        let mut due = Vec::new();
        self.0.retain(|network, kept| {
            if now < kept.next() {
                return true;
            }
            if kept.compared.is_some() {
                due.push((*network, Due::CatchUp));
                return false;
            }
            due.push((*network, Due::Compare));
            kept.compared = Some(now);
            true
        });
        due
    }

    /// How long until something is due.
    pub(super) fn wait(&self, now: Instant) -> Option<Duration> {
        let next = self.0.values().map(Kept::next).min()?;
        Some(next.saturating_duration_since(now))
    }
}

impl Kept {
    fn next(&self) -> Instant {
        let calm = self.last + CALM;
        match self.compared {
            Some(at) => (at + CALM).max(calm.min(self.since + LONGEST[1])),
            None => calm.min(self.since + LONGEST[0]),
        }
    }
}

/// Of the devices linked in a network, those that are told at once.
pub(super) fn told_at_once(me: DeviceId, linked: &BTreeSet<DeviceId>) -> BTreeSet<DeviceId> {
    if linked.len() <= FEW {
        return linked.clone();
    }
    let ring: Vec<DeviceId> = linked
        .iter()
        .copied()
        .chain([me])
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let here = ring
        .iter()
        .position(|device| *device == me)
        .unwrap_or_default();
    let stride = ring.len().isqrt().max(2);
    let steps = [1, stride, ring.len() - stride, ring.len() - 1];
    let told = steps.map(|step| ring[(here + step) % ring.len()]);
    told.into_iter().filter(|device| *device != me).collect()
}

/// Whether a link that begins now, beside so many, lets the other begin.
pub(super) const fn begins_patiently(beside: usize) -> bool {
    beside >= FEW
}

#[cfg(test)]
mod tests {
    use super::*;

    fn device(number: u8) -> DeviceId {
        DeviceId::from_bytes([number; 32])
    }

    #[test]
    fn few_are_all_told_and_of_many_each_tells_four_until_all_know() {
        for count in 2_u8..40 {
            let all: BTreeSet<DeviceId> = (0..count).map(device).collect();
            let told: BTreeMap<DeviceId, BTreeSet<DeviceId>> = all
                .iter()
                .map(|me| {
                    let linked = all.iter().copied().filter(|other| other != me).collect();
                    (*me, told_at_once(*me, &linked))
                })
                .collect();
            let most = told.values().map(BTreeSet::len).max().unwrap();
            assert!(most <= FEW, "{most} of {count}");
            let mut know = BTreeSet::from([device(0)]);
            let mut steps = 0;
            while know.len() < all.len() {
                let next = know
                    .iter()
                    .flat_map(|one| told[one].iter().copied())
                    .collect();
                know = &know | &next;
                steps += 1;
            }
            assert!(steps <= 6, "{steps} steps among {count}");
        }
    }

    #[test]
    fn once_it_is_calm_they_compare_and_then_catch_up_and_while_it_is_not_they_compare_all_the_same()
     {
        let network = NetworkId::from_bytes([1; 20]);
        let begin = Instant::now();
        let mut crowd = Crowd::default();
        assert_eq!(crowd.wait(begin), None);
        crowd.keeps_back(network, begin);
        assert_eq!(crowd.wait(begin), Some(CALM));
        let mut seen = Vec::new();
        let mut now = begin;
        while now < begin + Duration::from_secs(6) {
            let since = now - begin;
            seen.extend(
                crowd
                    .due(now)
                    .into_iter()
                    .map(|(_, due)| (since.as_secs(), due)),
            );
            if since < Duration::from_secs(5) {
                crowd.keeps_back(network, now);
            }
            now += CALM / 3;
        }
        assert_eq!(seen, [(2, Due::Compare), (5, Due::CatchUp)]);
        // Where it is calm, at once.
        crowd.keeps_back(network, now);
        assert_eq!(crowd.due(now), []);
        assert_eq!(crowd.due(now + CALM), [(network, Due::Compare)]);
        assert_eq!(crowd.due(now + CALM), []);
        assert_eq!(crowd.due(now + CALM * 2), [(network, Due::CatchUp)]);
        assert_eq!(crowd.wait(now), None);
    }
}
