//! Where devices were last reached: what tickets carry, and what is dialled first.
//!
//! Kept as lines of text: addresses as `IP:PORT`, and a relay's URL.

use std::net::SocketAddr;

use serde_json::{Value, json};
use tresse_model::{DeviceId, NetworkId};
use tresse_trust::{AddressTicket, Contact};

use super::{Replica, is_relay, meta, writes::Write};
use crate::CommandError;

impl Replica {
    /// This device, and where it was last reached. A relay is named only if it is one's own: through a public one the
    /// device is found by its name.
    pub(crate) fn own_contact(&self) -> Result<Contact, CommandError> {
        let relay = self.profile.relay.clone();
        Ok(Contact {
            relay: relay.filter(|_| self.profile.internet),
            ..self.contact_at(meta::ADDRESSES, self.device())?
        })
    }

    /// This device's address, to be given to somebody who shares a network: where it was last reached, without those that mean something on this
    /// machine only (unless there are no others).
    pub(super) fn own_address(&self) -> Result<Value, CommandError> {
        let mut contact = self.own_contact()?;
        let elsewhere = |address: &SocketAddr| !address.ip().is_loopback();
        if contact.addresses.iter().any(elsewhere) {
            contact.addresses.retain(elsewhere);
        }
        let places: Vec<_> = contact.addresses.iter().map(ToString::to_string).collect();
        let address = AddressTicket { contact };
        Ok(json!({
            "address": address.to_string(),
            "qr": address.to_qr_text(),
            "device": self.device(),
            "places": places,
        }))
    }

    /// The other members' devices in a network, with where they were last reached.
    pub(crate) fn contacts(&self, id: &NetworkId) -> Result<Vec<Contact>, CommandError> {
        let mine = self.device();
        self.network_ref(id)?
            .membership
            .devices()
            .filter(|device| **device != mine)
            .map(|device| self.contact_at(&reached_key(device), *device))
            .collect()
    }

    fn contact_at(&self, key: &str, device: DeviceId) -> Result<Contact, CommandError> {
        let text = self.store.meta(key)?.unwrap_or_default();
        let text = String::from_utf8(text).unwrap_or_default();
        Ok(Contact {
            device,
            addresses: text.lines().filter_map(|line| line.parse().ok()).collect(),
            relay: text.lines().find(|line| is_relay(line)).map(str::to_owned),
        })
    }

    /// Remembers where a member's device was reached: at an address, or through a relay. What was
    /// known of the other way stays; and an address on this machine (another profile of it, or what carries for a cable without
    /// addresses) takes no other's place, since it means nothing tomorrow.
    pub(crate) fn remember_reached(
        &mut self,
        device: &DeviceId,
        address: Option<SocketAddr>,
        relay: Option<String>,
    ) {
        let key = reached_key(device);
        let known = self.contact_at(&key, *device).unwrap_or_else(|error| {
            tracing::warn!(code = %error.code, "where a device was reached does not read: {error}");
            Contact {
                device: *device,
                addresses: Vec::new(),
                relay: None,
            }
        });
        let lasts = |at: &SocketAddr| !at.ip().is_loopback();
        let better = |at: &SocketAddr| lasts(at) || !known.addresses.iter().any(lasts);
        let addresses = address
            .filter(better)
            .map_or(known.addresses, |address| vec![address]);
        self.remember(&key, &addresses, relay.or(known.relay));
    }

    /// Remembers where this device can be reached: goes into the tickets it makes.
    pub(crate) fn remember_own(&mut self, addresses: &[SocketAddr]) {
        self.remember(meta::ADDRESSES, addresses, None);
        if let Some(first) = addresses.first() {
            self.pending
                .push(Write::meta(meta::PORT, &first.port().to_be_bytes()));
        }
    }

    /// Forgets through which relays others were reached: who chose another relay is likely not to be alone.
    pub(super) fn forget_relays(&mut self) -> Result<(), CommandError> {
        for network in self.network_ids() {
            for contact in self.contacts(&network)? {
                if contact.relay.is_some() {
                    self.remember(&reached_key(&contact.device), &contact.addresses, None);
                }
            }
        }
        Ok(())
    }

    fn remember(&mut self, key: &str, addresses: &[SocketAddr], relay: Option<String>) {
        let addresses = addresses.iter().map(ToString::to_string);
        let lines: Vec<_> = addresses.chain(relay).collect();
        self.pending
            .push(Write::meta(key, lines.join("\n").as_bytes()));
    }

    /// The port this device listened at last, if it ever did.
    pub(crate) fn last_port(&self) -> Result<Option<u16>, CommandError> {
        let bytes = self.store.meta(meta::PORT)?;
        Ok(bytes
            .and_then(|bytes| bytes.try_into().ok())
            .map(u16::from_be_bytes))
    }
}

fn reached_key(device: &DeviceId) -> String {
    format!("reached/{device}")
}
