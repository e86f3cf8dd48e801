//! Cases and invitations as they stand.

use std::collections::{BTreeMap, BTreeSet};

use tresse_model::MemberId;

use super::{
    Case, CaseState, Invitation, Readmission, Removal, RuleChange, Said,
    gather::Gather,
    judge::agreed,
    past::{self, Completion, Matter, Way},
};
use crate::{ActId, Body, InviteKey, LinkConsent, Rules};

impl Gather<'_> {
    /// The rules in force and the act that set them.
    pub(super) fn rules(&self) -> (Rules, Option<ActId>) {
        let (set_by, rules) = self.rules_in_force();
        (rules, self.rules_act(set_by))
    }

    fn rules_in_force(&self) -> (Option<usize>, Rules) {
        let world = &self.standing.world;
        self.judged.rules_among(
            |completion| world.is_completed(self.judged, completion),
            |case| {
                let consents = case.consents.iter();
                consents
                    .filter(|consent| self.consents_at(consent.at, &case.matter))
                    .map(|consent| consent.by.0)
                    .collect()
            },
        )
    }

    /// The act that set these rules, or took this turn: of several the first in the order.
    pub(super) fn rules_act(&self, set_by: Option<usize>) -> Option<ActId> {
        let at = match set_by {
            None => {
                let entries = self.judged.entries.iter();
                let mut founded = entries.filter(|entry| entry.way == Way::Founded);
                founded.next()?.at
            }
            Some(case) => self.completed(&self.judged.cases[case])?.at,
        };
        Some(self.act(at).id())
    }

    /// The first completion of the case that stands.
    pub(super) fn completed(&self, case: &past::Case) -> Option<&Completion> {
        let removes = matches!(case.matter, Matter::Remove(_));
        let mut completions = case.completions.iter();
        let stands = |number: &&usize| {
            if removes {
                self.standing.completions.contains(number)
            } else {
                let completion = &self.judged.completions[**number];
                self.standing.world.is_completed(self.judged, completion)
            }
        };
        completions
            .find(stands)
            .map(|number| &self.judged.completions[*number])
    }

    /// Whether a consent was not taken back, or too late: what it completed is done.
    pub(super) fn stays_said(&self, case: &past::Case, consent: &past::Consent) -> bool {
        let counts = |at: usize| self.standing.world.counts.contains(at);
        let done = || {
            let completed = self.completed(case);
            completed.is_some_and(|done| done.consents.iter().any(|one| one.by.0 == consent.by.0))
        };
        !self.judged.is_withdrawn(case, consent, counts) || done()
    }

    /// How far a case has come: `voters` and `need` as they are now, `overtaken` if it leads nowhere any more.
    pub(super) fn state(
        &self,
        case: &past::Case,
        voters: &BTreeSet<MemberId>,
        need: usize,
        overtaken: bool,
    ) -> Option<Case> {
        let completed = self.completed(case);
        let mut consents: BTreeMap<MemberId, usize> = BTreeMap::new();
        for consent in &case.consents {
            let past::Consent { at, by, .. } = consent;
            let member = &by.0;
            if !self.stays_said(case, consent) {
                continue;
            }
            let counts = if completed.is_some() || overtaken {
                self.consents_at(*at, &case.matter)
            } else {
                // Whoever repeats their consent knows the others' only if these count, and they
                // count only if whoever gave them is still in.
                self.standing.world.counts.contains(*at) && voters.contains(member)
            };
            if counts {
                consents.entry(*member).or_insert(*at);
            }
        }
        if consents.is_empty() {
            return None;
        }
        let state = match completed {
            Some(_) if !overtaken || !case.matter.can_be_undone() => CaseState::Complete,
            _ if overtaken => CaseState::Overtaken,
            _ if consents.len() >= need => CaseState::Ready,
            _ => CaseState::Pending,
        };
        let mut said: Vec<(usize, Said)> = consents
            .into_iter()
            .map(|(member, at)| (at, self.said(at, member)))
            .collect();
        said.sort_unstable_by_key(|(at, _)| *at);
        Some(Case {
            consents: said.into_iter().map(|(_, said)| said).collect(),
            need: completed.map_or(need, |completion| completion.need),
            of: completed.map_or(voters.len(), |completion| completion.of),
            state,
        })
    }

    pub(super) fn members(&self) -> BTreeSet<MemberId> {
        self.active.keys().map(|stay| stay.0).collect()
    }

    pub(super) fn removals(&self, rules: &Rules) -> Vec<Removal> {
        let mut removals = Vec::new();
        for case in &self.judged.cases {
            let Matter::Remove(stay) = case.matter else {
                continue;
            };
            let Some(entry) = self.beginning(&stay) else {
                continue;
            };
            let mut others = self.members();
            others.remove(&stay.0);
            let need = rules.removal_need(others.len());
            let gone = self.stay_has_ended(&stay) || !self.active.contains_key(&stay);
            if let Some(case) = self.state(case, &others, need, gone) {
                removals.push(Removal {
                    member: stay.0,
                    stay: self.act(entry.at).id(),
                    case,
                });
            }
        }
        removals
    }

    pub(super) fn readmissions(&self, rules: &Rules) -> Vec<Readmission> {
        let mut readmissions = Vec::new();
        for case in &self.judged.cases {
            let Matter::Readmit(stay, device) = case.matter else {
                continue;
            };
            let Some(entry) = self.beginning(&stay) else {
                continue;
            };
            let mut others = self.members();
            let present = others.remove(&stay.0);
            let need = rules.readmission_need(others.len(), present);
            let followed = self.beginning(&(stay.0, stay.1 + 1)).is_some();
            let consent = case
                .consents
                .iter()
                .find_map(|consent| self.link_consent(consent.at));
            if let (Some(case), Some(consent)) =
                (self.state(case, &others, need, followed), consent)
            {
                readmissions.push(Readmission {
                    member: stay.0,
                    stay: self.act(entry.at).id(),
                    device,
                    consent,
                    case,
                });
            }
        }
        readmissions
    }

    fn link_consent(&self, at: usize) -> Option<LinkConsent> {
        match &self.act(at).act().body {
            Body::Readmit { consent, .. } => Some(consent.clone()),
            _ => None,
        }
    }

    pub(super) fn rule_changes(&self, now: &Rules) -> Vec<RuleChange> {
        let (in_force, _) = self.rules_in_force();
        let mut adopted = BTreeSet::new();
        let mut set_by = in_force;
        while let Some(case) = set_by {
            adopted.insert(case);
            set_by = match self.judged.cases[case].matter {
                Matter::Rules(base, _) => base,
                _ => None,
            };
        }
        let members = self.members();
        let mut changes = Vec::new();
        for (number, case) in self.judged.cases.iter().enumerate() {
            let Matter::Rules(base, rules) = case.matter else {
                continue;
            };
            let Some(act) = self.rules_act(base) else {
                continue;
            };
            let need = now.change_need(members.len());
            let overtaken = base != in_force && !adopted.contains(&number);
            if let Some(case) = self.state(case, &members, need, overtaken) {
                changes.push(RuleChange {
                    base: act,
                    rules,
                    case,
                });
            }
        }
        changes
    }

    pub(super) fn invitations(&self, rules: &Rules) -> BTreeMap<InviteKey, Invitation> {
        let counts = |at: usize| self.standing.world.counts.contains(at);
        let mut used_by: BTreeMap<InviteKey, BTreeSet<MemberId>> = BTreeMap::new();
        for (entry, solid) in self.judged.entries.iter().zip(&self.standing.world.solid) {
            if let (Way::Admitted(key), true) = (entry.way, solid) {
                used_by.entry(key).or_default().insert(entry.stay.0);
            }
        }
        let need = rules.invite_need();
        let mut invitations = BTreeMap::new();
        for (key, invited) in &self.judged.invites {
            let made: Vec<_> = invited.made.iter().filter(|made| counts(made.at)).collect();
            let Some(first) = made.first() else { continue };
            let open = || {
                made.iter()
                    .filter(|made| self.active.contains_key(&made.by))
            };
            let made_by: BTreeSet<MemberId> = open().map(|made| made.by.0).collect();
            let uses = agreed(open().map(|made| (made.by.0, made.uses)), need);
            let expires = agreed(open().map(|made| (made.by.0, made.expires_ms)), need);
            let closed = invited.closed.iter().any(|at| counts(*at));
            let invitation = Invitation {
                key: *key,
                by: first.by.0,
                awaits: need.saturating_sub(made_by.len()),
                uses: uses.unwrap_or(first.uses),
                used_by: used_by.remove(key).into_iter().flatten().collect(),
                expires_ms: expires.unwrap_or(first.expires_ms),
                at_ms: self.act(first.at).act().at_ms,
                revoked: closed || made_by.is_empty(),
                made_by: made_by.into_iter().collect(),
            };
            invitations.insert(*key, invitation);
        }
        invitations
    }
}
