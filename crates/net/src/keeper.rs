//! When to dial the devices to stay connected with.
//!
//! Pure: it is told what happened and at what time, and answers whom to dial. Pauses grow from
//! one second to a minute, and differ from pair to pair so that a hall of laptops that all lose
//! their network at once do not all come back at once.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
    time::{Duration, Instant},
};

use tresse_model::DeviceId;

use crate::Contact;

/// The first pause.
const FIRST: Duration = Duration::from_secs(1);
/// The longest pause while nothing is heard of the device.
const LONGEST: Duration = Duration::from_mins(1);
/// How soon a sign of life may lead to another dial after one that failed.
const EAGER: Duration = Duration::from_secs(2);
/// A link that lasted less is counted as a dial that failed: who closes every link at once is
/// not dialled again and again.
const LASTING: Duration = Duration::from_secs(10);
/// How many dials may be under way at once.
const AT_ONCE: usize = 16;

/// The contacts and how each stands.
#[derive(Debug)]
pub(crate) struct Keeper {
    me: DeviceId,
    contacts: BTreeMap<DeviceId, Kept>,
}

#[derive(Debug)]
struct Kept {
    contact: Contact,
    state: State,
    /// Dials that failed since the device was last linked or heard of.
    failures: u32,
    /// The end of the last dial that failed.
    failed: Option<Instant>,
    /// A sign of life came while a dial was under way.
    heard: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting(Instant),
    Dialling,
    Linked(Instant),
}

impl Keeper {
    pub(crate) fn new(me: DeviceId) -> Self {
        Self {
            me,
            contacts: BTreeMap::new(),
        }
    }

    /// Replaces the set. Who stays in it goes on as before, except that a new address counts
    /// as a sign of life. `linked` tells who has a link already.
    pub(crate) fn keep(
        &mut self,
        contacts: Vec<Contact>,
        now: Instant,
        linked: impl Fn(DeviceId) -> bool,
    ) {
        let mut former = std::mem::take(&mut self.contacts);
        for contact in contacts {
            let device = contact.device;
            if device == self.me {
                continue;
            }
            let kept = match former.remove(&device) {
                Some(mut kept) => {
                    let same = kept.contact == contact;
                    kept.contact = contact;
                    if !same {
                        kept.sign_of_life(now);
                    }
                    kept
                }
                None => Kept {
                    contact,
                    state: if linked(device) {
                        State::Linked(now)
                    } else {
                        State::Waiting(now)
                    },
                    failures: 0,
                    failed: None,
                    heard: false,
                },
            };
            self.contacts.insert(device, kept);
        }
    }

    pub(crate) fn contact(&self, device: DeviceId) -> Option<&Contact> {
        self.contacts.get(&device).map(|kept| &kept.contact)
    }

    /// The device was discovered, or changed addresses.
    pub(crate) fn heard(&mut self, device: DeviceId, now: Instant) {
        if let Some(kept) = self.contacts.get_mut(&device) {
            kept.sign_of_life(now);
        }
    }

    /// This machine's own addresses changed: everyone may be within reach now.
    pub(crate) fn moved(&mut self, now: Instant) {
        for kept in self.contacts.values_mut() {
            kept.sign_of_life(now);
        }
    }

    pub(crate) fn dialling(&mut self, device: DeviceId) {
        if let Some(kept) = self.contacts.get_mut(&device) {
            kept.state = State::Dialling;
            kept.heard = false;
        }
    }

    pub(crate) fn linked(&mut self, device: DeviceId, now: Instant) {
        if let Some(kept) = self.contacts.get_mut(&device) {
            kept.state = State::Linked(now);
        }
    }

    /// The link with the device ended: try again soon, if it lasted.
    pub(crate) fn unlinked(&mut self, device: DeviceId, now: Instant) {
        let pause = self.pause(device, 0);
        if let Some(kept) = self.contacts.get_mut(&device) {
            match kept.state {
                State::Linked(since) if now.saturating_duration_since(since) < LASTING => {
                    self.failed(device, now);
                }
                _ => {
                    kept.failures = 0;
                    kept.failed = None;
                    kept.state = State::Waiting(now + pause / 4);
                }
            }
        }
    }

    /// A dial failed.
    pub(crate) fn failed(&mut self, device: DeviceId, now: Instant) {
        let Some(failures) = self.contacts.get(&device).map(|kept| kept.failures) else {
            return;
        };
        let pause = self.pause(device, failures);
        if let Some(kept) = self.contacts.get_mut(&device) {
            kept.state = State::Waiting(now + if kept.heard { EAGER.min(pause) } else { pause });
            kept.failures = failures.saturating_add(1);
            kept.failed = Some(now);
        }
    }

    /// Whom to dial now, of those whom `reachable` gives a chance.
    pub(crate) fn due(&self, now: Instant, reachable: impl Fn(&Contact) -> bool) -> Vec<DeviceId> {
        let under_way = self
            .contacts
            .values()
            .filter(|kept| kept.state == State::Dialling);
        let room = AT_ONCE.saturating_sub(under_way.count());
        let mut due: Vec<_> = self
            .contacts
            .iter()
            .filter_map(|(device, kept)| match kept.state {
                State::Waiting(at) if at <= now && reachable(&kept.contact) => Some((at, *device)),
                _ => None,
            })
            .collect();
        due.sort_unstable();
        due.into_iter()
            .take(room)
            .map(|(_, device)| device)
            .collect()
    }

    /// The next moment at which someone may be due, if time alone brings it.
    pub(crate) fn next(&self, reachable: impl Fn(&Contact) -> bool) -> Option<Instant> {
        let waiting = self.contacts.values().filter_map(|kept| match kept.state {
            State::Waiting(at) if reachable(&kept.contact) => Some(at),
            _ => None,
        });
        waiting.min()
    }

    fn pause(&self, device: DeviceId, failures: u32) -> Duration {
        let base = FIRST.saturating_mul(1 << failures.min(6)).min(LONGEST);
        let mut hasher = DefaultHasher::new();
        (self.me, device, failures).hash(&mut hasher);
        // Between three and five quarters of the base.
        base.mul_f64(0.75 + (hasher.finish() % 1024) as f64 / 2048.0)
    }
}

impl Kept {
    fn sign_of_life(&mut self, now: Instant) {
        self.failures = 0;
        match self.state {
            State::Waiting(at) => {
                let soonest = self.failed.map_or(now, |failed| now.max(failed + EAGER));
                self.state = State::Waiting(at.min(soonest));
            }
            State::Dialling => self.heard = true,
            State::Linked(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BO: DeviceId = DeviceId::from_bytes([2; 32]);

    fn ana() -> Keeper {
        Keeper::new(DeviceId::from_bytes([1; 32]))
    }

    fn everyone(_: &Contact) -> bool {
        true
    }

    #[test]
    fn a_new_contact_is_dialled_at_once_and_then_with_growing_pauses() {
        let (mut keeper, start) = (ana(), Instant::now());
        keeper.keep(vec![Contact::new(BO)], start, |_| false);
        let (mut now, mut pauses) = (start, Vec::new());
        for _ in 0..8 {
            assert_eq!(keeper.due(now, everyone), vec![BO]);
            keeper.dialling(BO);
            assert!(keeper.due(now, everyone).is_empty());
            keeper.failed(BO, now);
            let next = keeper.next(everyone).unwrap();
            pauses.push(next - now);
            now = next;
        }
        assert!(
            pauses
                .windows(3)
                .all(|three| three[0] < three[2] || three[2] > LONGEST / 2)
        );
        assert!(pauses[0] < Duration::from_secs(2));
        assert!(pauses.iter().all(|pause| *pause <= LONGEST * 5 / 4));
    }

    #[test]
    fn a_sign_of_life_brings_the_next_dial_forward_but_not_into_a_storm() {
        let (mut keeper, start) = (ana(), Instant::now());
        keeper.keep(vec![Contact::new(BO)], start, |_| false);
        for _ in 0..6 {
            keeper.dialling(BO);
            keeper.failed(BO, start);
        }
        keeper.heard(BO, start);
        assert_eq!(keeper.next(everyone), Some(start + EAGER));
        let later = start + Duration::from_secs(5);
        keeper.heard(BO, later);
        assert_eq!(keeper.due(later, everyone), vec![BO]);
    }

    #[test]
    fn who_is_linked_is_left_alone_and_dialled_again_soon_after() {
        let (mut keeper, start) = (ana(), Instant::now());
        keeper.keep(vec![Contact::new(BO)], start, |_| false);
        keeper.linked(BO, start);
        keeper.heard(BO, start);
        keeper.moved(start);
        assert!(keeper.due(start, everyone).is_empty());
        let ended = start + Duration::from_mins(5);
        keeper.unlinked(BO, ended);
        let soon = ended + Duration::from_millis(400);
        assert_eq!(keeper.due(soon, everyone), vec![BO]);
    }

    #[test]
    fn who_closes_every_link_at_once_is_dialled_with_growing_pauses() {
        let (mut keeper, mut now) = (ana(), Instant::now());
        keeper.keep(vec![Contact::new(BO)], now, |_| false);
        let mut dials = 0;
        let end = now + Duration::from_mins(10);
        while now < end {
            assert_eq!(keeper.due(now, everyone), vec![BO]);
            keeper.dialling(BO);
            keeper.linked(BO, now);
            keeper.unlinked(BO, now);
            dials += 1;
            now = keeper.next(everyone).unwrap();
        }
        assert!(dials < 20, "{dials} dials in ten minutes");
    }

    #[test]
    fn who_cannot_be_reached_costs_nothing() {
        let (mut keeper, start) = (ana(), Instant::now());
        keeper.keep(vec![Contact::new(BO)], start, |_| false);
        assert!(keeper.due(start, |_| false).is_empty());
        assert_eq!(keeper.next(|_| false), None);
    }

    #[test]
    fn a_hundred_contacts_are_not_all_dialled_at_once() {
        let (mut keeper, start) = (ana(), Instant::now());
        let contacts = (2..102).map(|n| Contact::new(DeviceId::from_bytes([n; 32])));
        keeper.keep(contacts.collect(), start, |_| false);
        assert_eq!(keeper.due(start, everyone).len(), AT_ONCE);
    }

    #[test]
    fn pauses_differ_from_device_to_device() {
        let keepers = (10..20).map(|n| Keeper::new(DeviceId::from_bytes([n; 32])));
        let mut pauses: Vec<_> = keepers.map(|keeper| keeper.pause(BO, 0)).collect();
        pauses.sort_unstable();
        pauses.dedup();
        assert!(pauses.len() > 5);
    }

    #[test]
    fn nobody_keeps_in_touch_with_themselves() {
        let (mut keeper, start) = (ana(), Instant::now());
        keeper.keep(
            vec![Contact::new(DeviceId::from_bytes([1; 32]))],
            start,
            |_| false,
        );
        assert!(keeper.due(start, everyone).is_empty());
    }
}
