//! A ticket given to this process, and whom it asks.
//!
//! Any member named in the ticket may let us in. One of them may not have heard of the invitation
//! yet, or have a full disk or a wrong clock: only what no other member could answer differently
//! (it was withdrawn, it is used up) ends the asking before all have been asked.

use std::collections::BTreeSet;

use tresse_model::{DeviceId, NetworkId};
use tresse_net::Contact;
use tresse_sync::JoinRequest;
use tresse_trust::JoinRefusal;

use crate::{JoinState, JoinView};

/// A ticket given to this process.
pub(crate) struct Join {
    request: JoinRequest,
    contacts: Vec<Contact>,
    refused: BTreeSet<DeviceId>,
    state: JoinState,
}

impl Join {
    pub(crate) fn new(request: JoinRequest, contacts: Vec<Contact>) -> Self {
        Self {
            request,
            contacts,
            refused: BTreeSet::new(),
            state: JoinState::Reaching,
        }
    }

    pub(crate) fn network(&self) -> NetworkId {
        self.request.network
    }

    pub(crate) fn view(&self) -> JoinView {
        JoinView {
            network: self.network(),
            state: self.state.clone(),
        }
    }

    /// Whom to reach: those named in the ticket who have not refused, while nobody let us in.
    pub(crate) fn to_reach(&self) -> impl Iterator<Item = Contact> + '_ {
        self.contacts
            .iter()
            .filter(|contact| self.asks(&contact.device))
            .cloned()
    }

    /// Whether this device is one to ask.
    pub(crate) fn asks(&self, device: &DeviceId) -> bool {
        self.state == JoinState::Reaching
            && !self.refused.contains(device)
            && self
                .contacts
                .iter()
                .any(|contact| contact.device == *device)
    }

    /// What to ask this device, if it is one to ask.
    pub(crate) fn request_for(&self, device: &DeviceId) -> Option<JoinRequest> {
        self.asks(device).then(|| self.request.clone())
    }

    /// A member refused. `true`: it was the last word.
    pub(crate) fn refused_by(&mut self, device: DeviceId, refusal: JoinRefusal) -> bool {
        self.refused.insert(device);
        let everywhere = matches!(refusal, JoinRefusal::Used | JoinRefusal::Revoked);
        let over = everywhere || self.to_reach().next().is_none();
        if over {
            self.state = JoinState::Refused {
                code: refusal.code().to_owned(),
            };
        }
        over
    }

    /// This device was let into a network.
    pub(crate) fn admitted(&mut self, network: &NetworkId) {
        if self.network() == *network && self.state == JoinState::Reaching {
            self.state = JoinState::Admitted;
        }
    }

    /// A network's documents are here.
    pub(crate) fn arrived(&mut self, network: &NetworkId) {
        if self.network() == *network && self.state == JoinState::Admitted {
            self.state = JoinState::Arrived;
        }
    }
}

#[cfg(test)]
mod tests {
    use tresse_trust::{Consent, DeviceKey, InviteSecret, member_id};

    use super::*;

    const NETWORK: NetworkId = NetworkId::from_bytes([1; 20]);
    const ANA: DeviceId = DeviceId::from_bytes([2; 32]);
    const BO: DeviceId = DeviceId::from_bytes([3; 32]);

    fn join() -> Join {
        let (secret, key) = (
            InviteSecret::from_seed([4; 32]),
            DeviceKey::from_seed([5; 32]),
        );
        let consent = Consent::sign(NETWORK, &secret, &key, member_id(&key.id()), "Cy");
        let request = JoinRequest {
            network: NETWORK,
            secret,
            consent,
        };
        Join::new(request, vec![Contact::new(ANA), Contact::new(BO)])
    }

    #[test]
    fn one_members_clock_or_full_disk_does_not_end_the_asking() {
        let mut join = join();
        assert!(!join.refused_by(BO, JoinRefusal::Expired));
        assert!(join.request_for(&BO).is_none() && join.request_for(&ANA).is_some());
        assert_eq!(join.to_reach().count(), 1);
        join.admitted(&NETWORK);
        assert_eq!(join.view().state, JoinState::Admitted);
        join.arrived(&NETWORK);
        assert_eq!(join.view().state, JoinState::Arrived);
    }

    #[test]
    fn a_withdrawn_or_used_invitation_ends_it_and_so_does_the_last_refusal() {
        let mut withdrawn = join();
        assert!(withdrawn.refused_by(BO, JoinRefusal::Revoked));
        assert_eq!(withdrawn.to_reach().count(), 0);
        let mut unlucky = join();
        assert!(!unlucky.refused_by(BO, JoinRefusal::Unavailable));
        assert!(unlucky.refused_by(ANA, JoinRefusal::Invalid));
        let code = "invite-invalid".to_owned();
        assert_eq!(unlucky.view().state, JoinState::Refused { code });
    }
}
