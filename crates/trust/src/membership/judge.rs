//! The first pass, act by act: which acts are valid, and what each of them does.

use std::collections::BTreeSet;

use tresse_model::MemberId;

use super::{
    ActRefusal, Version,
    order::Order,
    past::{
        Author, Case, Completion, Consent as Said, Ended, Ending, Entry, Judged, Made, Matter,
        Stay, Way, Word,
    },
};
use crate::{Act, ActId, ActSet, Body, Consent, InviteKey, LinkConsent, Rules, member_id};

/// Judges every act of the set whose past is known.
pub(super) fn judge(acts: &ActSet) -> Judged<'_> {
    let mut judged = Judged::new(Order::of(acts));
    for at in 0..judged.order.len() {
        let act = judged.order.acts[at].act();
        match judged.look_at(at, act) {
            Ok(author) => judged.spoke(at, act.device, author),
            Err(refusal) => {
                judged.invalid.push((at, refusal));
                judged.authors.push(None);
            }
        }
    }
    judged
}

impl Judged<'_> {
    fn look_at(&mut self, at: usize, act: &Act) -> Result<Author, ActRefusal> {
        if let Body::Found { member, .. } = &act.body {
            return self.found(at, act, *member);
        }
        let author = self.author(&act.device, at)?;
        let stay = author.stay;
        let person = stay.0;
        match &act.body {
            Body::Invite {
                invite,
                uses,
                expires_ms,
            } => self.invites.entry(*invite).or_default().made.push(Made {
                at,
                by: stay,
                uses: *uses,
                expires_ms: *expires_ms,
            }),
            Body::RevokeInvite { invite } => {
                self.invites.entry(*invite).or_default().closed.push(at);
            }
            Body::Admit { consent } => self.admit(at, consent)?,
            Body::Link { consent } => self.link(at, stay, consent)?,
            Body::Revoke { device, .. } => {
                if !self
                    .entries_before(&person, at)
                    .any(|entry| entry.device == *device)
                {
                    return Err(ActRefusal::NotYours);
                }
                self.end(Ending {
                    at,
                    what: Ended::Device(*device),
                    completion: None,
                });
            }
            Body::Leave { .. } => self.end(Ending {
                at,
                what: Ended::Stay(stay),
                completion: None,
            }),
            Body::Remove { member, stay, .. } => self.remove(at, author.stay, *member, stay)?,
            Body::Readmit { stay, consent, .. } => self.readmit(at, author.stay, stay, consent)?,
            Body::Mandate { holder, .. } => {
                self.last_stay_before(holder, at)
                    .ok_or(ActRefusal::UnknownPerson)?;
                self.mandates.insert(at);
            }
            Body::EndMandate { mandate } => {
                let given = self
                    .order
                    .place_before(mandate, at)
                    .filter(|given| self.mandates.contains(given))
                    .ok_or(ActRefusal::UnknownMandate)?;
                self.mandate_ends.push((at, given));
            }
            Body::ChangeRules { base, rules } => self.change_rules(at, stay, base, *rules)?,
            Body::Adopt { document, heads } => {
                let members = self.members_before(at);
                let (_, rules) = self.rules_before(at);
                let need = rules.change_need(members.len());
                let version = Version::of(document, heads);
                self.consent(at, stay, Matter::Adopt(version), &members, need);
            }
            Body::Decided { document, about } => {
                let members = self.members_before(at);
                self.words.push(Word {
                    at,
                    by: person,
                    version: Version::of(document, about.heads()),
                    members,
                });
            }
            Body::Close { base, closing } => self.turn(at, stay, base, Some(closing.id())),
            Body::Reopen { base, .. } => self.turn(at, stay, base, None),
            Body::Withdraw { consent } => self.withdraw(at, stay, consent),
            Body::Found { .. } | Body::Witness | Body::Unknown { .. } => {}
        }
        Ok(author)
    }

    fn found(&mut self, at: usize, act: &Act, member: MemberId) -> Result<Author, ActRefusal> {
        if member != member_id(&act.device) {
            return Err(ActRefusal::WrongPerson);
        }
        let stay = (member, 0);
        self.enter(Entry {
            at,
            device: act.device,
            stay,
            way: Way::Founded,
        });
        Ok(Author {
            stay,
            entries: vec![self.entries.len() - 1],
        })
    }

    fn admit(&mut self, at: usize, consent: &Consent) -> Result<(), ActRefusal> {
        let (member, device) = (consent.member, consent.device);
        if member != member_id(&device) {
            return Err(ActRefusal::WrongPerson);
        }
        if self.is_taken_before(&device, &member, at) {
            return Err(ActRefusal::DeviceTaken);
        }
        if self.revoked_before(&device, at) {
            return Err(ActRefusal::DeviceRevoked);
        }
        if let Some(last) = self.last_stay_before(&member, at)
            && (last.1 > 0 || self.stay_ended_before(&last, at))
        {
            return Err(ActRefusal::WasAMember);
        }
        if !self.is_open_before(&consent.invite, &member, at) {
            return Err(ActRefusal::InviteClosed);
        }
        self.enter(Entry {
            at,
            device,
            stay: (member, 0),
            way: Way::Admitted(consent.invite),
        });
        Ok(())
    }

    /// Whether the invitation lets this person in, by what stands before `at`.
    fn is_open_before(&self, key: &InviteKey, member: &MemberId, at: usize) -> bool {
        let Some(invited) = self.invites.get(key) else {
            return false;
        };
        let before = |place: usize| self.order.stands_before(place, at);
        let made = invited
            .made
            .iter()
            .filter(|made| before(made.at) && !self.stay_ended_before(&made.by, at))
            .map(|made| (made.by.0, made.uses));
        let (_, rules) = self.rules_before(at);
        let uses = agreed(made, rules.invite_need());
        let others: BTreeSet<MemberId> = self
            .entries
            .iter()
            .filter(|entry| entry.way == Way::Admitted(*key) && before(entry.at))
            .map(|entry| entry.stay.0)
            .filter(|other| other != member)
            .collect();
        !invited.closed.iter().any(|place| before(*place))
            && uses.is_some_and(|uses| others.len() < uses as usize)
    }

    fn link(&mut self, at: usize, stay: Stay, consent: &LinkConsent) -> Result<(), ActRefusal> {
        if consent.member != stay.0 {
            return Err(ActRefusal::WrongPerson);
        }
        self.may_join(at, consent)?;
        self.enter(Entry {
            at,
            device: consent.device,
            stay,
            way: Way::Linked,
        });
        Ok(())
    }

    /// Whether the device may become the person's.
    fn may_join(&self, at: usize, consent: &LinkConsent) -> Result<(), ActRefusal> {
        if self.is_taken_before(&consent.device, &consent.member, at) {
            return Err(ActRefusal::DeviceTaken);
        }
        if self.revoked_before(&consent.device, at) {
            return Err(ActRefusal::DeviceRevoked);
        }
        Ok(())
    }

    /// The stay that the named act began, of this person, by what stands before `at`.
    fn stay_begun_by(&self, act: &ActId, member: &MemberId, at: usize) -> Option<Stay> {
        let place = self.order.place_before(act, at)?;
        let entry = &self.entries[*self.entry_at.get(&place)?];
        (entry.begins_stay() && entry.stay.0 == *member).then_some(entry.stay)
    }

    fn remove(
        &mut self,
        at: usize,
        by: Stay,
        member: MemberId,
        stay: &ActId,
    ) -> Result<(), ActRefusal> {
        if by.0 == member {
            return Err(ActRefusal::Yourself);
        }
        let stay = self
            .stay_begun_by(stay, &member, at)
            .ok_or(ActRefusal::WrongStay)?;
        let mut others = self.members_before(at);
        others.remove(&member);
        let (_, rules) = self.rules_before(at);
        let need = rules.removal_need(others.len());
        if let Some(completion) = self.consent(at, by, Matter::Remove(stay), &others, need) {
            self.end(Ending {
                at,
                what: Ended::Stay(stay),
                completion: Some(completion),
            });
        }
        Ok(())
    }

    fn readmit(
        &mut self,
        at: usize,
        by: Stay,
        stay: &ActId,
        consent: &LinkConsent,
    ) -> Result<(), ActRefusal> {
        let (member, device) = (consent.member, consent.device);
        if by.0 == member {
            return Err(ActRefusal::Yourself);
        }
        let stay = self
            .stay_begun_by(stay, &member, at)
            .filter(|stay| self.last_stay_before(&member, at) == Some(*stay))
            .ok_or(ActRefusal::WrongStay)?;
        self.may_join(at, consent)?;
        let mut others = self.members_before(at);
        let present = others.remove(&member);
        let (_, rules) = self.rules_before(at);
        let need = rules.readmission_need(others.len(), present);
        let matter = Matter::Readmit(stay, device);
        if let Some(completion) = self.consent(at, by, matter, &others, need) {
            self.end(Ending {
                at,
                what: Ended::Stay(stay),
                completion: Some(completion),
            });
            self.enter(Entry {
                at,
                device,
                stay: (member, stay.1 + 1),
                way: Way::Readmitted(completion),
            });
        }
        Ok(())
    }

    fn change_rules(
        &mut self,
        at: usize,
        by: Stay,
        base: &ActId,
        rules: Rules,
    ) -> Result<(), ActRefusal> {
        let (in_force, now) = self.rules_before(at);
        self.order
            .place_before(base, at)
            .filter(|place| self.sets_rules(*place, in_force))
            .ok_or(ActRefusal::OldRules)?;
        let members = self.members_before(at);
        let need = now.change_need(members.len());
        self.consent(at, by, Matter::Rules(in_force, rules), &members, need);
        Ok(())
    }

    /// Keeps a consent. Says which completion it is, if the `voters` who consented by now meet the need.
    pub(super) fn consent(
        &mut self,
        at: usize,
        by: Stay,
        matter: Matter,
        voters: &BTreeSet<MemberId>,
        need: usize,
    ) -> Option<usize> {
        let next = self.cases.len();
        let case = *self.case_of.entry(matter).or_insert(next);
        if case == next {
            self.cases.push(Case {
                matter,
                consents: Vec::new(),
                withdrawals: Vec::new(),
                completions: Vec::new(),
            });
        }
        let device = self.order.acts[at].act().device;
        self.cases[case].consents.push(Said { at, by, device });
        let mut devices = BTreeSet::new();
        let consents: Vec<Said> = self.cases[case]
            .consents
            .iter()
            .filter(|consent| {
                let known = |place| self.order.stands_before(place, at);
                !self.is_withdrawn(&self.cases[case], consent, known)
            })
            .filter(|consent| {
                self.order.is_known_at(consent.at, at) && voters.contains(&consent.by.0)
            })
            .filter(|consent| devices.insert((consent.device, consent.by)))
            .copied()
            .collect();
        let persons: BTreeSet<_> = consents.iter().map(|consent| consent.by.0).collect();
        if persons.len() < need {
            return None;
        }
        let completion = self.completions.len();
        self.completions.push(Completion {
            at,
            case,
            consents,
            need,
            of: voters.len(),
        });
        self.completion_at.insert(at, completion);
        self.cases[case].completions.push(completion);
        Some(completion)
    }
}

/// The most that as many persons as are needed said, each of them at least: `None` if they are too few.
pub(super) fn agreed<T: Ord + Copy>(
    said: impl Iterator<Item = (MemberId, T)>,
    need: usize,
) -> Option<T> {
    let mut most = std::collections::BTreeMap::new();
    for (member, value) in said {
        let known = most.entry(member).or_insert(value);
        *known = value.max(*known);
    }
    let mut values: Vec<T> = most.into_values().collect();
    values.sort_unstable_by(|a, b| b.cmp(a));
    values.get(need.max(1) - 1).copied()
}
