//! The side that made a device ticket: it vouches for the peer's device.

use tresse_trust::{InviteKey, LinkConsent, LinkRefusal, Nonce, Signature};

use super::{Session, linking::Become};
use crate::{
    CloseReason, Compare, Effect, Host, Linked, Linking,
    wire::{self, Message},
};

/// The peer asks to be linked.
#[derive(Debug)]
pub(super) struct Giving {
    ticket: InviteKey,
    networks: Become,
    stage: GivingStage,
}

#[derive(Debug)]
enum GivingStage {
    /// The peer is bound to a number; this is the other.
    Bound {
        commitment: [u8; 32],
        nonce: Nonce,
        label: String,
    },
    /// The code is shown here: whether this person confirmed, and what the peer signed once its person did.
    Comparing {
        mine: bool,
        theirs: Option<Vec<LinkConsent>>,
    },
    /// Other members must consent; what was told of that last.
    Pending {
        consents: Vec<LinkConsent>,
        told: (u16, u16),
    },
}

impl Giving {
    /// The ticket's key.
    pub(super) const fn ticket(&self) -> InviteKey {
        self.ticket
    }

    /// This person confirmed.
    pub(super) const fn confirmed(&mut self) {
        if let GivingStage::Comparing { mine, .. } = &mut self.stage {
            *mine = true;
        }
    }
}

impl Session {
    /// Whether the peer showed this ticket on this connection, and holds it.
    fn holds(&mut self, ticket: &InviteKey, present: &Signature) -> Result<(), CloseReason> {
        let shown = std::mem::take(&mut self.offers).contains(ticket);
        let holds = shown && ticket.is_present(self.ends.exporter(), present);
        (holds && self.giving.is_none())
            .then_some(())
            .ok_or(CloseReason::NothingShared)
    }

    pub(super) fn on_link_claim(
        &mut self,
        ticket: InviteKey,
        present: &Signature,
        label: String,
        commitment: [u8; 32],
        host: &mut dyn Host,
    ) -> Result<(), CloseReason> {
        self.holds(&ticket, present)?;
        let offer = match host.link_claimed(&ticket, &self.ends.peer()) {
            Ok(offer) => offer,
            Err(refusal) => return self.turn_away(refusal),
        };
        let mut networks = offer.networks;
        networks.sort_unstable();
        let nonce = self.ends.nonce();
        self.line.send(&Message::LinkOffer {
            name: offer.name,
            label: offer.label,
            nonce,
            networks: networks
                .iter()
                .map(|(network, member)| (wire::network(network), wire::member(member)))
                .collect(),
        });
        self.giving = Some(Giving {
            ticket,
            networks,
            stage: GivingStage::Bound {
                commitment,
                nonce,
                label,
            },
        });
        Ok(())
    }

    pub(super) fn on_link_reveal(&mut self, theirs: &Nonce) -> Result<(), CloseReason> {
        let Some(Giving {
            ticket,
            networks,
            stage,
        }) = &mut self.giving
        else {
            // It was refused here meanwhile.
            return self.passed_over();
        };
        let comparison = self.ends.comparison(ticket);
        let comparing = GivingStage::Comparing {
            mine: false,
            theirs: None,
        };
        let GivingStage::Bound {
            commitment,
            nonce,
            label,
        } = std::mem::replace(stage, comparing)
        else {
            return Err(CloseReason::OutOfPlace);
        };
        if comparison.commitment(theirs) != commitment {
            return Err(CloseReason::OutOfPlace);
        }
        self.line
            .tell(Effect::Linking(Linking::Compare(Box::new(Compare {
                ticket: *ticket,
                code: comparison.code(theirs, &nonce),
                name: String::new(),
                label,
                networks: networks.clone(),
            }))));
        Ok(())
    }

    pub(super) fn on_link_confirm(
        &mut self,
        consents: Vec<LinkConsent>,
        host: &mut dyn Host,
    ) -> Result<(), CloseReason> {
        let peer = self.ends.peer();
        let Some(giving) = &mut self.giving else {
            return self.passed_over();
        };
        let GivingStage::Comparing { theirs, .. } = &mut giving.stage else {
            return Err(CloseReason::OutOfPlace);
        };
        if theirs.is_some() {
            return Err(CloseReason::OutOfPlace);
        }
        let for_these = consents.iter().map(|one| (one.network, one.member));
        if !for_these.eq(giving.networks.iter().copied()) {
            return Err(CloseReason::OutOfPlace);
        }
        if !consents
            .iter()
            .all(|one| one.device == peer && one.verify())
        {
            return Err(CloseReason::BadAct);
        }
        *theirs = Some(consents);
        self.line.tell(Effect::Linking(Linking::Confirmed));
        self.give_if_confirmed(host)
    }

    pub(super) fn on_link_resume(
        &mut self,
        ticket: InviteKey,
        present: &Signature,
        consents: Vec<LinkConsent>,
        host: &mut dyn Host,
    ) -> Result<(), CloseReason> {
        self.holds(&ticket, present)?;
        let peer = self.ends.peer();
        let sound = |one: &LinkConsent| one.device == peer && one.verify();
        if consents.is_empty() || !consents.iter().all(sound) {
            return Err(CloseReason::BadAct);
        }
        if !host.link_waits(&ticket, &peer) {
            return self.turn_away(LinkRefusal::Unknown);
        }
        let networks = consents.iter().map(|one| (one.network, one.member));
        self.giving = Some(Giving {
            ticket,
            networks: networks.collect(),
            stage: GivingStage::Comparing {
                mine: true,
                theirs: Some(consents),
            },
        });
        self.give_if_confirmed(host)
    }

    /// Signs and welcomes, once both persons have confirmed.
    pub(super) fn give_if_confirmed(&mut self, host: &mut dyn Host) -> Result<(), CloseReason> {
        let Some(giving) = &mut self.giving else {
            return Ok(());
        };
        let GivingStage::Comparing { mine: true, theirs } = &mut giving.stage else {
            return Ok(());
        };
        let Some(consents) = theirs.take() else {
            return Ok(());
        };
        giving.stage = GivingStage::Pending {
            consents,
            told: (0, 0),
        };
        self.give_what_waits(host)
    }

    /// Asks the host how far it is, and welcomes the device if it is done.
    pub(super) fn give_what_waits(&mut self, host: &mut dyn Host) -> Result<(), CloseReason> {
        let Some(Giving {
            ticket,
            networks,
            stage: GivingStage::Pending { consents, told },
        }) = &mut self.giving
        else {
            return Ok(());
        };
        match host.link(ticket, consents) {
            Err(refusal) => self.refuse(refusal),
            Ok(Linked::Pending { have, need }) => {
                if std::mem::replace(told, (have, need)) != (have, need) {
                    self.line.send(&Message::LinkPending { have, need });
                    self.line
                        .tell(Effect::Linking(Linking::Pending { have, need }));
                }
                Ok(())
            }
            Ok(Linked::Done) => {
                let networks = std::mem::take(networks);
                self.giving = None;
                for (network, _) in &networks {
                    self.welcome(network, host)?;
                }
                for (network, _) in &networks {
                    self.open(*network, host)?;
                }
                self.line.tell(Effect::Linking(Linking::Done(networks)));
                Ok(())
            }
        }
    }
}
