//! Members tell each other where other members' devices are: where multicast does not pass, whoever is reached at one address
//! knows of the others.
//!
//! It is told only to a member's device, of members' devices, in a network that is being exchanged on this connection. Nothing here says when, or
//! what is made of it: an address is a hint, and what answers there proves its key like anyone else.

use std::net::SocketAddr;

use tresse_model::{DeviceId, NetworkId};

use super::Session;
use crate::{
    CloseReason, Effect, Host, MAX_PLACE_ADDRESSES, MAX_PLACES, Place, Standing,
    wire::{self, Message, RawPlace},
};

/// The first version that hears of places.
const SINCE: u16 = 2;

impl Session {
    /// Whether both sides are of versions that speak of places.
    pub fn knows_of_places(&self) -> bool {
        let both = self.theirs.map(|theirs| theirs.min(self.version));
        both.is_some_and(|version| version >= SINCE)
    }

    /// Whether both sides speak of places in this network now.
    pub fn hears_places(&self, network: &NetworkId) -> bool {
        let link = self.links.get(network);
        self.knows_of_places() && link.is_some_and(|link| link.status().syncing)
    }

    /// Tells the other side where devices of a network's members are: of the first [`MAX_PLACES`] of them, the first [`MAX_PLACE_ADDRESSES`] each.
    /// Devices that are no member's are left out, and so are both ends. Nothing at all is said where
    /// [`hears_places`](Self::hears_places) is false.
    pub fn tell_places(
        &mut self,
        host: &mut dyn Host,
        network: &NetworkId,
        places: &[Place],
    ) -> Vec<Effect> {
        self.run(host, |session, host| {
            if !session.hears_places(network) || !is_member(host, network, &session.peer()) {
                return Ok(());
            }
            let mut told: Vec<_> = places
                .iter()
                .filter(|place| session.is_of_others(host, network, &place.device))
                .take(MAX_PLACES)
                .map(|place| RawPlace {
                    device: *place.device.as_bytes(),
                    addresses: fitting(&place.addresses),
                })
                .collect();
            told.sort_unstable_by_key(|place| place.device);
            told.dedup_by_key(|place| place.device);
            if !told.is_empty() {
                session.line.send(&Message::Places {
                    network: wire::network(network),
                    places: told,
                });
            }
            Ok(())
        })
    }

    pub(super) fn on_places(
        &mut self,
        network: NetworkId,
        places: Vec<RawPlace>,
        host: &dyn Host,
    ) -> Result<(), CloseReason> {
        if !self.links.contains_key(&network) {
            // After this side shut a network, what was on its way still comes.
            let shut = self.shut.contains(&network);
            return shut.then_some(()).ok_or(CloseReason::OutOfPlace);
        }
        // Who was put out while it was on its way is not heard any more.
        if !is_member(host, &network, &self.peer()) {
            return Ok(());
        }
        let places: Vec<_> = places
            .into_iter()
            .map(|place| Place {
                device: DeviceId::from_bytes(place.device),
                addresses: place.addresses,
            })
            .filter(|place| self.is_of_others(host, &network, &place.device))
            .collect();
        if !places.is_empty() {
            self.line.tell(Effect::Places(network, places));
        }
        Ok(())
    }

    /// Whether a device is a member's, and at neither end of this connection.
    fn is_of_others(&self, host: &dyn Host, network: &NetworkId, device: &DeviceId) -> bool {
        *device != self.peer() && *device != self.ends.me() && is_member(host, network, device)
    }
}

fn is_member(host: &dyn Host, network: &NetworkId, device: &DeviceId) -> bool {
    host.standing(network, device) == Standing::Member
}

fn fitting(addresses: &[SocketAddr]) -> Vec<SocketAddr> {
    addresses
        .iter()
        .copied()
        .take(MAX_PLACE_ADDRESSES)
        .collect()
}
