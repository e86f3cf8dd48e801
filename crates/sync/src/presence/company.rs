//! Who is here, by what their devices said lately.

use std::collections::BTreeMap;

use tresse_model::{DeviceId, NetworkId};
use tresse_trust::{DeviceStanding, Membership, NetworkSecret};

use super::{Claimed, Order, PresenceRefusal, SILENCE, Said, Spot};

/// Where the end of a link leaves a device that was heard: it may be heard by other ways for so long, in milliseconds.
const AFTER_LINK: u64 = 10_000;

/// The devices of a network that are heard. As many as members have, at most.
#[derive(Debug, Clone, Default)]
pub struct Company {
    pub(super) devices: BTreeMap<DeviceId, Entry>,
}

/// What is known of a device. It stays when the device has gone, so that old words are known as old.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) order: Order,
    here: Option<Here>,
    /// From when on its silence means that it has gone.
    until: u64,
}

/// One device that is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Here {
    /// The device.
    pub device: DeviceId,
    /// What its person looks at.
    pub spot: Option<Spot>,
}

/// What a word changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// The device was not here before: it may not know who is.
    Came,
    /// It looks at something else, or has gone.
    Moved,
    /// It is still here.
    Still,
}

impl Company {
    /// Takes a sealed word that somebody passed on.
    ///
    /// # Errors
    /// Why it is not believed; nothing has changed then.
    pub fn hear(
        &mut self,
        bytes: &[u8],
        (network, secret): (&NetworkId, &NetworkSecret),
        members: &Membership,
        me: &DeviceId,
        now: u64,
    ) -> Result<Heard, PresenceRefusal> {
        let claimed = Claimed::open(secret, network, bytes)?;
        let device = claimed.device;
        if device == *me {
            return Err(PresenceRefusal::Own);
        }
        match members.standing(&device) {
            DeviceStanding::Active => {}
            DeviceStanding::Ended => return Err(PresenceRefusal::Ended),
            DeviceStanding::Unknown => return Err(PresenceRefusal::Unknown),
        }
        let order = claimed.word.order;
        let known = self.devices.get(&device);
        if known.is_some_and(|known| known.order >= order) {
            return Err(PresenceRefusal::Old);
        }
        if !claimed.is_signed(network) {
            return Err(PresenceRefusal::BadSignature);
        }
        let before = known.and_then(|known| known.here);
        let here = match claimed.word.said.into() {
            Said::Here(spot) => Some(Here { device, spot }),
            Said::Leaving => None,
        };
        let until = now.saturating_add(SILENCE);
        self.devices.insert(device, Entry { order, here, until });
        Ok(match (before, here) {
            (None, Some(_)) => Heard::Came,
            (before, here) if before == here => Heard::Still,
            _ => Heard::Moved,
        })
    }

    /// The link with a device ended: it is expected to be heard by other ways soon, if it is still here.
    pub fn unlinked(&mut self, device: &DeviceId, now: u64) {
        if let Some(entry) = self.devices.get_mut(device) {
            entry.until = entry.until.min(now.saturating_add(AFTER_LINK));
        }
    }

    /// Time has passed: whoever was silent for too long is gone. Answers whether anybody is.
    pub fn pass(&mut self, now: u64) -> bool {
        let mut gone = false;
        for entry in self.devices.values_mut() {
            if entry.until <= now {
                gone |= entry.here.take().is_some();
            }
        }
        gone
    }

    /// When somebody will be gone, unless they are heard before.
    pub fn next(&self) -> Option<u64> {
        let here = self.devices.values().filter(|entry| entry.here.is_some());
        here.map(|entry| entry.until).min()
    }

    /// Forgets the devices that are no member's any more. Answers whether one of them was here.
    pub fn keep_members(&mut self, members: &Membership) -> bool {
        let before = self.here().count();
        self.devices
            .retain(|device, _| members.is_member_device(device));
        self.here().count() != before
    }

    /// Everybody who is here, by device.
    pub fn here(&self) -> impl Iterator<Item = Here> {
        self.devices.values().filter_map(|entry| entry.here)
    }
}
