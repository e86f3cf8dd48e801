//! What views say of the charter's versions.

use tresse_model::{DocId, MemberId};
use tresse_trust::CaseState;

use super::{
    Network,
    adopting::{Known, Ours, Vote},
    charter::{InForce, purposes},
};
use crate::{
    AdoptingRule, CharterVoteView,
    view::{CharterVersionView, CharterVersionsView, MembersView, SignatureView},
};

impl Network {
    /// The versions of the charter, how far they have come and who signed them; `known` is what the one in force says.
    pub(super) fn charter_versions(
        &self,
        ours: &Ours<'_>,
        known: Option<&InForce>,
        members: &MembersView,
        me: &MemberId,
    ) -> CharterVersionsView {
        let in_force = ours.in_force().map(|one| one.version.to_string());
        let all = ours.versions.iter();
        let mut versions: Vec<CharterVersionView> = all
            .map(|one| self.version_view(one, in_force.as_deref(), members, me))
            .collect();
        versions.reverse();
        versions.sort_by_key(|one| matches!(&*one.state, "in-force" | "replaced"));
        let current = self.current_version(ours);
        let current = current.map(|one| one.version.to_string());
        let same = in_force.is_some() && current == in_force;
        let says = known.and_then(|known| known.says.clone());
        let then = says.as_ref().and_then(|says| says.purposes.as_ref());
        let purposes_changed =
            then.is_some_and(|then| *then != purposes(&self.views.content().purposes));
        let rule = self.rule_under(known);
        let adopting = rule.adopting();
        CharterVersionsView {
            versions,
            rule,
            adopting: adopting
                .filter(|_| in_force.is_some())
                .map(|(method, terms)| AdoptingRule {
                    method,
                    terms: terms
                        .into_iter()
                        .map(|(field, value)| (field.key(), value))
                        .collect(),
                }),
            changed: !same && (purposes_changed || self.charter_changed(known)),
            in_force,
            current,
            says,
            purposes_changed,
        }
    }

    fn version_view(
        &self,
        one: &Known<'_>,
        in_force: Option<&str>,
        members: &MembersView,
        me: &MemberId,
    ) -> CharterVersionView {
        let version = one.version.to_string();
        let case = one.acts.map(|acts| &acts.case);
        let state = match case.filter(|case| !case.consents.is_empty()) {
            _ if one.adopted.is_some() && in_force == Some(&version) => "in-force",
            _ if one.adopted.is_some() => "replaced",
            Some(case) if case.state == CaseState::Ready => "ready",
            Some(_) => "pending",
            None if one.is_open() => "voting",
            None => "refused",
        };
        let mut signatures = Vec::new();
        let mut unsigned = Vec::new();
        let present = members.members.iter().map(|one| (one.id, &one.name, false));
        // Who left signed it all the same.
        let former = members.former.iter().map(|one| (one.id, &one.name, true));
        for (member, name, former) in present.chain(former) {
            let notebook = DocId::notebook(&self.id, &member);
            match self.views.signed_on(&notebook, &version) {
                Some(on) => signatures.push(SignatureView {
                    member,
                    name: name.clone(),
                    on: on.to_owned(),
                    former,
                }),
                None if former => {}
                None => unsigned.push(name.clone()),
            }
        }
        let here = self.taken_apart(&one.heads).is_ok();
        let (of, rules) = (members.members.len(), self.membership.rules());
        let consents = case.map_or(&[][..], |case| &case.consents);
        CharterVersionView {
            state: state.to_owned(),
            consents: case
                .map(|case| self.consent_views(case))
                .unwrap_or_default(),
            need: case.map_or_else(|| rules.change_need(of), |case| case.need),
            of: case.map_or(of, |case| case.of),
            mine: consents.iter().any(|said| said.by == *me),
            adopted_at: one
                .adopted
                .map(|adopted| i64::try_from(adopted.at_ms).unwrap_or(i64::MAX)),
            by_decision: one.adopted.and_then(|adopted| adopted.decision),
            votes: one.votes.iter().map(|vote| self.vote_view(vote)).collect(),
            signed: signatures.iter().any(|one| one.member == *me),
            signatures,
            unsigned,
            here,
            version,
        }
    }

    fn vote_view(&self, vote: &Vote) -> CharterVoteView {
        let row = self.rows.get(&vote.decision);
        CharterVoteView {
            decision: vote.decision,
            title: row.map(|row| row.title.clone()).unwrap_or_default(),
            state: vote.state.word().to_owned(),
            said_by: vote.said.map(|said| self.name_of(&said.by)),
        }
    }
}
