//! The side that holds a device ticket: this device becomes a person's.

use std::collections::BTreeMap;

use tresse_model::{MemberId, NetworkId};
use tresse_trust::{InviteKey, LinkRefusal, Nonce};

use super::{Session, linking::Become};
use crate::{CloseReason, Compare, Effect, Host, LinkRequest, Linking, wire::Message};

/// This device asks to be linked.
#[derive(Debug)]
pub(super) struct Taking {
    request: LinkRequest,
    stage: TakingStage,
}

#[derive(Debug)]
enum TakingStage {
    /// The ticket is shown, or will be.
    Asking,
    /// Bound to this number.
    Claimed(Nonce),
    /// The code is shown here.
    Comparing(Become),
    /// This person confirmed: what has not come yet, and what has.
    Waiting {
        left: BTreeMap<NetworkId, MemberId>,
        came: Become,
    },
}

impl Taking {
    pub(super) const fn new(request: LinkRequest) -> Self {
        Self {
            request,
            stage: TakingStage::Asking,
        }
    }

    /// The ticket's key.
    pub(super) fn ticket(&self) -> InviteKey {
        self.request.secret.key()
    }

    /// This person confirmed; `false` where nothing is compared.
    pub(super) fn confirmed(&mut self) -> bool {
        let TakingStage::Comparing(networks) = &self.stage else {
            return false;
        };
        self.stage = TakingStage::waiting(networks.iter().copied());
        true
    }
}

impl Session {
    /// The device ticket that a hello is to show.
    pub(super) fn ticket_to_show(&self) -> Option<InviteKey> {
        let taking = self.taking.as_ref();
        let asking = taking.filter(|taking| matches!(taking.stage, TakingStage::Asking));
        asking.map(Taking::ticket)
    }

    /// Whether this person confirmed that the peer is who they mean.
    pub(super) const fn trusts_peer(&self) -> bool {
        matches!(
            self.taking,
            Some(Taking {
                stage: TakingStage::Waiting { .. },
                ..
            })
        )
    }

    /// The peer showed that it knows the ticket, or that it does not.
    pub(super) fn claim_link(&mut self, known: bool) -> Result<(), CloseReason> {
        let Some(taking) = &mut self.taking else {
            return Ok(());
        };
        if !known {
            return self.end_link(LinkRefusal::Unknown, true);
        }
        let secret = &taking.request.secret;
        let ticket = secret.key();
        let present = Box::new(secret.present(self.ends.exporter()));
        if let Some(consents) = taking.request.settled.clone() {
            let networks = consents.iter().map(|one| (one.network, one.member));
            taking.stage = TakingStage::waiting(networks);
            self.line.send(&Message::LinkResume {
                ticket,
                present,
                consents,
            });
        } else {
            let nonce = self.ends.nonce();
            taking.stage = TakingStage::Claimed(nonce);
            self.line.send(&Message::LinkClaim {
                ticket,
                present,
                label: taking.request.label.clone(),
                commitment: self.ends.comparison(&ticket).commitment(&nonce),
            });
        }
        Ok(())
    }

    pub(super) fn on_link_offer(
        &mut self,
        name: String,
        label: String,
        theirs: &Nonce,
        networks: Become,
        host: &mut dyn Host,
    ) -> Result<(), CloseReason> {
        let Some(taking) = &mut self.taking else {
            return Err(CloseReason::OutOfPlace);
        };
        let TakingStage::Claimed(nonce) = taking.stage else {
            return Err(CloseReason::OutOfPlace);
        };
        if networks.is_empty() {
            return Err(CloseReason::Malformed);
        }
        let ticket = taking.ticket();
        taking.stage = TakingStage::Comparing(networks.clone());
        if let Err(refusal) = host.may_become(&networks) {
            return self.refuse(refusal);
        }
        self.line.send(&Message::LinkReveal { nonce });
        let code = self.ends.comparison(&ticket).code(&nonce, theirs);
        self.line
            .tell(Effect::Linking(Linking::Compare(Box::new(Compare {
                ticket,
                code,
                name,
                label,
                networks,
            }))));
        Ok(())
    }

    /// Whether a welcome to this network is waited for.
    pub(super) fn waits_for_welcome(&self, network: &NetworkId) -> bool {
        let taking = self.taking.as_ref().map(|taking| &taking.stage);
        matches!(taking, Some(TakingStage::Waiting { left, .. }) if left.contains_key(network))
    }

    /// The acts that came make this device that person's: it must be the one that was confirmed.
    pub(super) fn linked_in(
        &mut self,
        network: &NetworkId,
        me: Option<MemberId>,
    ) -> Result<(), CloseReason> {
        let taking = self.taking.as_mut().map(|taking| &mut taking.stage);
        let Some(TakingStage::Waiting { left, came }) = taking else {
            return Err(CloseReason::OutOfPlace);
        };
        let wanted = left.remove(network);
        match me.filter(|me| wanted == Some(*me)) {
            None => Err(CloseReason::BadAct),
            Some(me) => {
                came.push((*network, me));
                Ok(())
            }
        }
    }

    pub(super) fn link_done_if_all_came(&mut self) {
        let taking = self.taking.as_mut().map(|taking| &mut taking.stage);
        if let Some(TakingStage::Waiting { left, came }) = taking
            && left.is_empty()
        {
            let came = std::mem::take(came);
            self.taking = None;
            self.line.tell(Effect::Linking(Linking::Done(came)));
        }
    }
}

impl TakingStage {
    fn waiting(networks: impl Iterator<Item = (NetworkId, MemberId)>) -> Self {
        Self::Waiting {
            left: networks.collect(),
            came: Vec::new(),
        }
    }
}
