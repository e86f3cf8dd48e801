//! Persons for tests, each with their own view of the acts.

use tresse_model::{Adopting, DeviceId, DocId, DocKind, MemberId, NetworkId};
use tresse_trust::{
    ActId, ActSet, Body, Closing, Consent, Cuts, DeviceKey, InviteSecret, LinkConsent, Membership,
    Outcome, Rules, VerifiedAct, evaluate, member_id,
};

pub(crate) fn charter(network: &NetworkId) -> DocId {
    DocId::singleton(network, DocKind::Charter)
}

/// What one of several decisions about a version is about.
pub(crate) fn about(which: u8, heads: &[[u8; 32]]) -> Adopting {
    Adopting::new([which; 16], [0; 16], heads.to_vec()).unwrap()
}

/// A device of a person and the acts it knows.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) key: DeviceKey,
    pub(crate) name: String,
    pub(crate) acts: ActSet,
    member: MemberId,
}

impl Person {
    pub(crate) fn founder(name: &str, seed: u8) -> Self {
        let key = DeviceKey::from_seed([seed; 32]);
        let acts = ActSet::found(&key, 1_000, name, [seed; 16]).unwrap();
        Self {
            member: member_id(&key.id()),
            key,
            name: name.to_owned(),
            acts,
        }
    }

    pub(crate) fn outsider(name: &str, seed: u8, network: NetworkId) -> Self {
        let key = DeviceKey::from_seed([seed; 32]);
        Self {
            member: member_id(&key.id()),
            key,
            name: name.to_owned(),
            acts: ActSet::new(network),
        }
    }

    /// Another device of the same person, not linked yet, that knows nothing yet.
    pub(crate) fn device_of(&self, seed: u8) -> Self {
        Self {
            member: self.member,
            ..Self::outsider(&self.name, seed, self.acts.network())
        }
    }

    pub(crate) fn device(&self) -> DeviceId {
        self.key.id()
    }

    pub(crate) fn member(&self) -> MemberId {
        self.member
    }

    pub(crate) fn says(&mut self, body: &Body) -> VerifiedAct {
        self.says_seeing(&self.sees(), body)
    }

    /// The same, by somebody who has just looked.
    pub(crate) fn says_seeing(&mut self, sees: &Membership, body: &Body) -> VerifiedAct {
        let act = self.acts.sign(sees, &self.key, 2_000, body).unwrap();
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

    /// Says something as a modified client would, after whatever acts it likes. It keeps the act.
    pub(crate) fn forges(&mut self, after: &[ActId], body: &Body) -> VerifiedAct {
        let network = self.acts.network();
        let act = VerifiedAct::sign(&self.key, network, after.to_vec(), 2_000, body).unwrap();
        self.acts.insert(act.clone()).unwrap();
        act
    }

    pub(crate) fn links(&mut self, other: &mut Self) -> VerifiedAct {
        let network = self.acts.network();
        let consent = LinkConsent::sign(network, self.member, &other.key);
        let act = self.says(&Body::Link { consent });
        other.learns_from(self);
        act
    }

    pub(crate) fn revokes_device(&mut self, device: &DeviceId) -> VerifiedAct {
        self.says(&Body::Revoke {
            device: *device,
            cuts: Cuts::default(),
        })
    }

    pub(crate) fn leaves(&mut self) -> VerifiedAct {
        self.says(&Body::Leave {
            cuts: Cuts::default(),
        })
    }

    /// Consents that this person be removed.
    pub(crate) fn removes(&mut self, other: &Self) -> VerifiedAct {
        let sees = self.sees();
        self.says(&removal(&sees, &other.member))
    }

    /// Consents to this version of the charter.
    pub(crate) fn adopts(&mut self, heads: &[[u8; 32]]) -> VerifiedAct {
        self.says(&Body::Adopt {
            document: charter(&self.acts.network()),
            heads: heads.to_vec(),
        })
    }

    /// Says that a decision adopted this version of the charter.
    pub(crate) fn says_decided(&mut self, heads: &[[u8; 32]], which: u8) -> VerifiedAct {
        self.says(&Body::Decided {
            document: charter(&self.acts.network()),
            about: about(which, heads),
        })
    }

    /// Consents that this person go on with this device.
    pub(crate) fn readmits(&mut self, device: &Self) -> VerifiedAct {
        let sees = self.sees();
        let body = Body::Readmit {
            member: device.member,
            stay: stay(&sees, &device.member),
            consent: LinkConsent::sign(self.acts.network(), device.member, &device.key),
            cuts: Cuts::default(),
        };
        self.says(&body)
    }

    /// Consents to these rules instead of the ones in force.
    pub(crate) fn changes(&mut self, rules: Rules) -> VerifiedAct {
        let base = self.sees().rules_set_by().unwrap();
        self.says(&Body::ChangeRules { base, rules })
    }

    /// Consents that the network close, its purpose met, in these words.
    pub(crate) fn closes(&mut self, words: &str) -> VerifiedAct {
        let base = self.sees().turned_by().unwrap();
        let closing = purpose_met(words);
        self.says(&Body::Close { base, closing })
    }

    /// Consents that it open again.
    pub(crate) fn reopens(&mut self, words: &str) -> VerifiedAct {
        let base = self.sees().turned_by().unwrap();
        let words = words.to_owned();
        self.says(&Body::Reopen { base, words })
    }

    /// Consents no longer to what this act said.
    pub(crate) fn withdraws(&mut self, consent: &VerifiedAct) -> VerifiedAct {
        let consent = consent.id();
        self.says(&Body::Withdraw { consent })
    }

    /// Repeats what was consented to in several places, as an engine does by itself.
    pub(crate) fn completes(&mut self) -> usize {
        let ready = self.sees().ready_to_complete(&self.member);
        for body in &ready {
            self.says(body);
        }
        ready.len()
    }

    pub(crate) fn learns_from(&mut self, other: &Self) {
        for act in other.acts.iter() {
            self.acts.insert(act.clone()).unwrap();
        }
    }

    pub(crate) fn sees(&self) -> Membership {
        evaluate(&self.acts)
    }

    /// What it would say something after now.
    pub(crate) fn sees_as_newest(&self) -> Vec<ActId> {
        let said = self.clone().says(&Body::Witness);
        said.act().after.clone()
    }

    pub(crate) fn is_in(&self, membership: &Membership) -> bool {
        membership.member_of(&self.device()) == Some(self.member())
    }
}

pub(crate) fn purpose_met(words: &str) -> Closing {
    Closing {
        outcome: Outcome::PurposeMet,
        words: words.to_owned(),
        decision: None,
    }
}

pub(crate) fn ticket(seed: u8) -> InviteSecret {
    InviteSecret::from_seed([seed; 32])
}

/// The act that began this person's present or last stay.
pub(crate) fn stay(sees: &Membership, member: &MemberId) -> ActId {
    let active = sees.member(member).map(|member| member.act);
    let former = || sees.former().find(|former| former.id == *member);
    active.unwrap_or_else(|| former().unwrap().act)
}

/// A consent to the removal of this person.
pub(crate) fn removal(sees: &Membership, member: &MemberId) -> Body {
    Body::Remove {
        member: *member,
        stay: stay(sees, member),
        cuts: Cuts::default(),
    }
}

/// A network in which the first lets in all the others, and all know it.
pub(crate) fn network<const COUNT: usize>(names: [&str; COUNT]) -> [Person; COUNT] {
    let mut founder = Person::founder(names[0], 1);
    let network = founder.acts.network();
    let mut seed = 0;
    let mut people = names.map(|name| {
        seed += 1;
        Person::outsider(name, seed, network)
    });
    founder.invites(&ticket(200), 100);
    for person in &people[1..] {
        founder.admits(person, &ticket(200));
    }
    people[0] = founder;
    meet(&mut people.iter_mut().collect::<Vec<_>>());
    people
}

/// These meet: afterwards each knows what any of them knew.
pub(crate) fn meet(people: &mut [&mut Person]) {
    let network = people[0].acts.network();
    let mut all = ActSet::new(network);
    for act in people.iter().flat_map(|person| person.acts.iter()) {
        all.insert(act.clone()).unwrap();
    }
    for person in people {
        person.acts = all.clone();
    }
}
