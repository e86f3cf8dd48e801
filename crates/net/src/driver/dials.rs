//! Whom the driver dials, and what becomes of it.

use std::time::{Duration, Instant};

use tokio::{task::AbortHandle, time::sleep};
use tresse_model::DeviceId;

use super::{Driver, Inside};
use crate::{Contact, NetEvent, Purpose, accept, greet::GreetError};

/// How long a link that the other side chose may take to show, before a dial has failed.
const SETTLE: Duration = Duration::from_secs(5);

/// A dial under way.
pub(super) struct Dial {
    number: u64,
    contact: Contact,
    pub(super) task: AbortHandle,
}

impl Driver {
    pub(super) fn reachable(&self, contact: &Contact) -> bool {
        self.internet
            || !contact.addrs.is_empty()
            || self.book.knows(contact.device, Instant::now())
    }

    pub(super) fn dial_due(&mut self) {
        for device in self
            .keeper
            .due(Instant::now(), |contact| self.reachable(contact))
        {
            self.keeper.dialling(device);
            if !self.dials.contains_key(&device)
                && let Some(contact) = self.keeper.contact(device)
            {
                self.dial(contact.clone());
            }
        }
    }

    pub(super) fn dial_asked(&mut self, contact: Contact, purpose: Purpose) {
        let device = contact.device;
        if let Some(link) = self.table.of(device) {
            self.table.with(link, |link| link.present(purpose));
            return;
        }
        self.asked.entry(device).or_default().push(purpose);
        // One dial at a time: the new one knows more addresses than the one it replaces.
        if let Some(dial) = self.dials.remove(&device) {
            dial.task.abort();
        }
        let mut contact = contact;
        if let Some(kept) = self.keeper.contact(device) {
            contact.addrs.extend(&kept.addrs);
            contact.relay = contact.relay.or_else(|| kept.relay.clone());
        }
        self.keeper.dialling(device);
        self.dial(contact);
    }

    fn dial(&mut self, contact: Contact) {
        let device = contact.device;
        let mut told = contact.clone();
        told.addrs.extend(self.book.look_up(device, Instant::now()));
        self.dialled += 1;
        let dial = tokio::spawn(accept::dial(
            self.endpoint.clone(),
            told,
            self.internet,
            self.memory.clone(),
            self.dialled,
            self.inside.clone(),
        ));
        let dial = Dial {
            number: self.dialled,
            contact,
            task: dial.abort_handle(),
        };
        self.dials.insert(device, dial);
    }

    /// Begins every dial anew: what was sent before this machine moved is lost.
    pub(super) fn redial(&mut self) {
        for (_, dial) in std::mem::take(&mut self.dials) {
            dial.task.abort();
            self.dial(dial.contact);
        }
    }

    /// A dial came to nothing.
    pub(super) fn refused(&mut self, device: DeviceId, number: u64, error: GreetError) {
        if self
            .dials
            .get(&device)
            .is_none_or(|dial| dial.number != number)
        {
            return;
        }
        self.dials.remove(&device);
        self.keeper.failed(device, Instant::now());
        match error {
            GreetError::Lost(reason) => self.unanswered(device, &reason),
            // The other connection is about to be the link.
            GreetError::Duplicate => {
                let inside = self.inside.clone();
                tokio::spawn(async move {
                    sleep(SETTLE).await;
                    if inside.send(Inside::Settled(device)).is_err() {
                        tracing::trace!("too late, the network has ended");
                    }
                });
            }
        }
    }

    /// Tells that the dials that were asked for have failed, unless one is under way again.
    pub(super) fn unanswered(&mut self, device: DeviceId, reason: &str) {
        if self.dials.contains_key(&device) {
            return;
        }
        for purpose in self.asked.remove(&device).unwrap_or_default() {
            self.say(NetEvent::DialFailed {
                device,
                purpose,
                reason: reason.to_owned(),
            });
        }
    }
}
