//! Whom to stay connected with, and where they may be; and what the person allows for that.

use std::collections::{BTreeMap, BTreeSet};

use tresse_model::DeviceId;
use tresse_net::{Contact, LanStatus};

use super::{Links, reaching::there};
use crate::{LanView, NetOptions, Replica, joins::Join, linking::Current};

impl Links {
    /// Tells the network side whom to stay connected with.
    pub(super) fn keep(&mut self, replica: &Replica) {
        let Some(net) = &self.net else { return };
        let mut contacts: BTreeMap<DeviceId, Contact> = BTreeMap::new();
        for network in replica.network_ids() {
            match replica.contacts(&network) {
                Ok(known) => known
                    .iter()
                    .for_each(|one| add(&mut contacts, dialable(one))),
                Err(error) => tracing::warn!(code = %error.code, "contacts do not read: {error}"),
            }
        }
        let members: BTreeSet<DeviceId> = contacts.keys().copied().collect();
        for (device, contact) in &mut contacts {
            let said = self.places.of(device);
            contact
                .addrs
                .extend(said.filter(|one| self.is_worth_dialling(*one)));
        }
        let peers = self.options.iter().flat_map(|options| &options.peers);
        let peers = peers.map(|(device, addr)| there(*device, *addr));
        let given = self.given(&members).into_iter().chain(peers);
        let asked = self.joins.iter().flat_map(Join::to_reach);
        let linking = self.linking.iter().flat_map(Current::to_reach);
        for contact in given.chain(asked).chain(linking) {
            add(&mut contacts, contact);
        }
        for contact in contacts.values_mut() {
            // Who shares a network mostly shares its relay.
            contact.relay = contact.relay.take().or_else(|| self.relay.clone());
            let mut seen = BTreeSet::new();
            contact.addrs.retain(|address| seen.insert(*address));
        }
        let contacts: Vec<_> = contacts.into_values().collect();
        if contacts != self.kept {
            self.kept.clone_from(&contacts);
            net.keep(contacts);
        }
    }

    /// The person switched finding others on local networks on or off.
    pub(crate) fn lan_switched(&self, replica: &Replica) {
        if let (Some(net), Some(options)) = (&self.net, &self.options) {
            net.lan(options.lan && replica.profile().lan);
        }
    }
}

/// Whether the internet is to be used, and through which relay of one's own.
pub(super) fn wanted(options: &NetOptions, replica: &Replica) -> (bool, Option<String>) {
    let profile = replica.profile();
    let internet = options.internet && profile.internet;
    (internet, profile.relay.clone().filter(|_| internet))
}

pub(super) fn lan_view(status: LanStatus) -> LanView {
    LanView {
        on: status.on,
        interfaces: status.interfaces,
        trouble: status.trouble.map(|trouble| trouble.code().to_owned()),
    }
}

/// Adds a contact to those there are: where several things are known of one device, all are tried.
fn add(contacts: &mut BTreeMap<DeviceId, Contact>, contact: Contact) {
    let known = contacts
        .entry(contact.device)
        .or_insert_with(|| Contact::new(contact.device));
    known.addrs.extend(contact.addrs);
    known.relay = known.relay.take().or(contact.relay);
}

pub(super) fn dialable(contact: &tresse_trust::Contact) -> Contact {
    Contact {
        device: contact.device,
        addrs: contact.addresses.clone(),
        relay: contact.relay.clone(),
    }
}
