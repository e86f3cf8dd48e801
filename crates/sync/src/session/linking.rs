//! A machine becomes a person's further one, or their first one anew.
//!
//! ```text
//!  holds the ticket                               made the ticket
//!        LinkClaim ─────────────────────────────►  the ticket is known, its key present here and now
//!        ◄───────────────────────────── LinkOffer  who it would be, where; a number
//!        LinkReveal ────────────────────────────►  the number that the claim was bound to
//!            both show the same six digits, and wait for their persons
//!        LinkConfirm, what the device signs ────►
//!        ◄────────── Welcome, a network at a time  once both persons confirmed, and the acts are signed
//!        ◄─────────────────────────── LinkPending  or: other members must consent first
//! ```
//!
//! Nothing is signed and nothing taken before both persons have confirmed. Either may refuse at any time.

use tresse_model::{MemberId, NetworkId};
use tresse_trust::{InviteKey, LinkConsent, LinkRefusal};

use super::{Session, Stage, taking::Taking};
use crate::{CloseReason, Effect, Host, LinkRequest, Linking, wire::Message};

/// Who a device would be, where.
pub(super) type Become = Vec<(NetworkId, MemberId)>;

impl Session {
    /// Asks the peer to vouch for this device, with a device ticket of its. Before
    /// [`Session::start`] or on a connection that stands.
    pub fn link(&mut self, host: &mut dyn Host, request: LinkRequest) -> Vec<Effect> {
        self.run(host, |session, host| {
            session.taking = Some(Taking::new(request));
            session.hello_if_begun(host);
            Ok(())
        })
    }

    /// The person here says that both devices show the same code for this ticket. At the device that holds
    /// it, with what it signs for every network of [`crate::Compare::networks`]; at the other, with nothing.
    /// Where nothing is compared, it does nothing.
    pub fn confirm_link(
        &mut self,
        host: &mut dyn Host,
        ticket: &InviteKey,
        consents: Vec<LinkConsent>,
    ) -> Vec<Effect> {
        self.run(host, |session, host| {
            let taking = session.taking.as_mut();
            if let Some(taking) = taking.filter(|taking| taking.ticket() == *ticket)
                && taking.confirmed()
            {
                session.line.send(&Message::LinkConfirm { consents });
            }
            let giving = session.giving.as_mut();
            if let Some(giving) = giving.filter(|giving| giving.ticket() == *ticket) {
                giving.confirmed();
            }
            session.give_if_confirmed(host)
        })
    }

    /// The person here refuses, or gives it up. Where nothing is under way, it does nothing.
    pub fn refuse_link(&mut self, host: &mut dyn Host, refusal: LinkRefusal) -> Vec<Effect> {
        self.run(host, |session, _| session.refuse(refusal))
    }

    pub(super) fn about_linking(
        &mut self,
        message: Message,
        host: &mut dyn Host,
    ) -> Result<(), CloseReason> {
        match message {
            Message::LinkClaim {
                ticket,
                present,
                label,
                commitment,
            } => self.on_link_claim(ticket, &present, label, commitment, host),
            Message::LinkOffer {
                name,
                label,
                nonce,
                networks,
            } => {
                let networks = networks
                    .into_iter()
                    .map(|(network, member)| {
                        (NetworkId::from_bytes(network), MemberId::from_bytes(member))
                    })
                    .collect();
                self.on_link_offer(name, label, &nonce, networks, host)
            }
            Message::LinkReveal { nonce } => self.on_link_reveal(&nonce),
            Message::LinkConfirm { consents } => self.on_link_confirm(consents, host),
            Message::LinkResume {
                ticket,
                present,
                consents,
            } => self.on_link_resume(ticket, &present, consents, host),
            Message::LinkPending { have, need } => {
                if !self.trusts_peer() {
                    return Err(CloseReason::OutOfPlace);
                }
                self.line
                    .tell(Effect::Linking(Linking::Pending { have, need }));
                Ok(())
            }
            Message::LinkRefused { refusal } => {
                if self.stage == Stage::Strangers {
                    return Err(CloseReason::OutOfPlace);
                }
                self.end_link(refusal, true)
            }
            _ => Err(CloseReason::OutOfPlace),
        }
    }

    /// Says no to the peer.
    pub(super) fn refuse(&mut self, refusal: LinkRefusal) -> Result<(), CloseReason> {
        if self.taking.is_none() && self.giving.is_none() {
            return Ok(());
        }
        self.line.send(&Message::LinkRefused { refusal });
        self.end_link(refusal, false)
    }

    /// It comes to nothing.
    pub(super) fn end_link(
        &mut self,
        refusal: LinkRefusal,
        by_peer: bool,
    ) -> Result<(), CloseReason> {
        let taking = self.taking.take();
        let taking = taking.map(|taking| taking.ticket());
        let giving = self.giving.take().map(|giving| giving.ticket());
        let Some(ticket) = taking.or(giving) else {
            // Both said so at the same moment.
            return self.passed_over();
        };
        self.line.tell(Effect::Linking(Linking::Refused {
            ticket,
            refusal,
            by_peer,
        }));
        self.finished_if_idle()
    }

    /// Says no to whoever holds the ticket, before anything is compared.
    pub(super) fn turn_away(&mut self, refusal: LinkRefusal) -> Result<(), CloseReason> {
        self.line.send(&Message::LinkRefused { refusal });
        self.finished_if_idle()
    }

    /// What was on its way when it ended here.
    pub(super) fn passed_over(&self) -> Result<(), CloseReason> {
        (self.stage == Stage::Acquainted)
            .then_some(())
            .ok_or(CloseReason::OutOfPlace)
    }
}
