//! Persons for tests, each with their own view of the acts.

use tresse_model::{DeviceId, MemberId, NetworkId};
use tresse_trust::{
    ActSet, Body, Consent, DeviceKey, InviteSecret, Membership, VerifiedAct, evaluate, member_id,
};

/// A person with one device and the acts they know.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) key: DeviceKey,
    pub(crate) name: String,
    pub(crate) acts: ActSet,
}

impl Person {
    pub(crate) fn founder(name: &str, seed: u8) -> Self {
        let key = DeviceKey::from_seed([seed; 32]);
        let acts = ActSet::found(&key, 1_000, name, [seed; 16]).unwrap();
        Self {
            key,
            name: name.to_owned(),
            acts,
        }
    }

    pub(crate) fn outsider(name: &str, seed: u8, network: NetworkId) -> Self {
        Self {
            key: DeviceKey::from_seed([seed; 32]),
            name: name.to_owned(),
            acts: ActSet::new(network),
        }
    }

    pub(crate) fn device(&self) -> DeviceId {
        self.key.id()
    }

    pub(crate) fn member(&self) -> MemberId {
        member_id(&self.key.id())
    }

    pub(crate) fn says(&mut self, body: &Body) -> VerifiedAct {
        let act = self.acts.sign(&self.key, 2_000, body).unwrap();
        self.acts.insert(act.clone()).unwrap();
        act
    }

    pub(crate) fn invites(&mut self, secret: &InviteSecret, uses: u32) -> VerifiedAct {
        self.says(&Body::Invite {
            invite: secret.key(),
            uses,
            expires_ms: 10_000,
        })
    }

    pub(crate) fn revokes(&mut self, secret: &InviteSecret) -> VerifiedAct {
        let invite = secret.key();
        self.says(&Body::RevokeInvite { invite })
    }

    pub(crate) fn consents(&self, secret: &InviteSecret) -> Consent {
        Consent::sign(
            self.acts.network(),
            secret,
            &self.key,
            self.member(),
            &self.name,
        )
    }

    pub(crate) fn admits(&mut self, other: &Self, secret: &InviteSecret) -> VerifiedAct {
        let consent = other.consents(secret);
        self.says(&Body::Admit { consent })
    }

    pub(crate) fn learns_from(&mut self, other: &Self) {
        for act in other.acts.iter() {
            self.acts.insert(act.clone()).unwrap();
        }
    }

    pub(crate) fn sees(&self) -> Membership {
        evaluate(&self.acts)
    }

    pub(crate) fn is_in(&self, membership: &Membership) -> bool {
        membership.member_of(&self.device()) == Some(self.member())
    }
}

pub(crate) fn ticket(seed: u8) -> InviteSecret {
    InviteSecret::from_seed([seed; 32])
}
