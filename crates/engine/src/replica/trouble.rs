//! What members are shown of trust: who was refused what, what is set aside, who wrote two things as one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use tresse_model::{DeviceId, DocId, MemberId, NetworkId};
use tresse_sync::{ChangeHash, Copy};
use tresse_trust::{Case, DeviceStanding, Ended, Mandate, Membership, Rules};

use super::{
    Network, Replica,
    governance::{quorum_word, state_word},
    writes::Write,
};
use crate::{
    CaseAbout, CaseView, ConsentView, EndedMandateView, EndedView, FormerView, MachineView,
    MandateView, Moment, RulesView, TroubleView,
};

/// How many refusals are remembered for each network.
const MOST_REFUSALS: usize = 64;

/// What is set aside of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct AsideOf {
    /// For each machine and reason, how many changes that nobody has adopted.
    works: BTreeMap<(DeviceId, &'static str), usize>,
    /// Machines that wrote two things as one.
    forked: BTreeSet<DeviceId>,
}

/// A peer sent something of a document that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Refusal {
    doc: DocId,
    device: DeviceId,
    code: String,
    times: u64,
    at: i64,
}

impl Replica {
    /// Remembers that what a peer sent of a document was refused.
    pub(crate) fn note_refusal(
        &mut self,
        id: &NetworkId,
        doc: DocId,
        device: DeviceId,
        code: &str,
        moment: &Moment,
    ) {
        let Some(network) = self.networks.get_mut(id) else {
            return;
        };
        let old = network
            .refusals
            .iter()
            .position(|old| old.doc == doc && old.device == device && old.code == code);
        let times = old.map_or(0, |at| network.refusals.remove(at).times);
        network.refusals.insert(
            0,
            Refusal {
                doc,
                device,
                code: code.to_owned(),
                times: times + 1,
                at: moment.now,
            },
        );
        network.refusals.truncate(MOST_REFUSALS);
        network.views.dirty_all();
        match serde_json::to_vec(&network.refusals) {
            Ok(bytes) => self.pending.push(Write::meta(&refusals_key(id), &bytes)),
            Err(error) => tracing::error!("refusals are not kept: {error}"),
        }
    }

    /// Notes what is aside of a loaded document, for the views.
    pub(super) fn note_aside(&mut self, id: &NetworkId, doc: &DocId) {
        let Some(network) = self.networks.get(id) else {
            return;
        };
        let Some(loaded) = network.loaded.get(doc) else {
            return;
        };
        // Nearly always there is nothing: then nothing is looked up.
        let aside = (!loaded.copy.aside().is_empty())
            .then(|| aside_of(&loaded.copy, &network.membership, &self.handled_in(id, doc)));
        let Some(network) = self.networks.get_mut(id) else {
            return;
        };
        match aside {
            Some(aside) => drop(network.aside.insert(*doc, aside)),
            None => drop(network.aside.remove(doc)),
        }
    }

    /// Looks into the documents of which something is set aside, once at opening.
    pub(super) fn find_aside(&mut self) -> Result<(), crate::EngineError> {
        for id in self.network_ids() {
            for (doc, _) in self.store.aside_counts(&id)? {
                if let Err(error) = self.copy(&id, &doc) {
                    tracing::error!(code = %error.code, %doc, "a document does not read: {error}");
                    continue;
                }
                self.note_aside(&id, &doc);
            }
        }
        Ok(())
    }

    /// These set-aside changes were adopted: they are no longer shown as waiting.
    pub(super) fn handled(&mut self, id: &NetworkId, doc: &DocId, which: &[ChangeHash]) {
        let mut handled = self.handled_in(id, doc);
        handled.extend(which);
        let bytes: Vec<u8> = handled.iter().flat_map(|hash| hash.0).collect();
        let key = handled_key(id, doc);
        self.pending.push(Write::meta(&key, &bytes));
        if let Some(network) = self.networks.get_mut(id) {
            network.handled.insert(*doc, handled);
            network.views.dirty_all();
        }
        self.note_aside(id, doc);
    }

    fn handled_in(&self, id: &NetworkId, doc: &DocId) -> BTreeSet<ChangeHash> {
        let known = self
            .networks
            .get(id)
            .and_then(|network| network.handled.get(doc));
        known.cloned().unwrap_or_else(|| {
            let bytes = self
                .store
                .meta(&handled_key(id, doc))
                .ok()
                .flatten()
                .unwrap_or_default();
            let hashes = bytes
                .chunks_exact(32)
                .filter_map(|hash| hash.try_into().ok());
            hashes.map(ChangeHash).collect()
        })
    }
}

pub(super) fn refusals_key(id: &NetworkId) -> String {
    format!("refusals/{id}")
}

fn handled_key(id: &NetworkId, doc: &DocId) -> String {
    format!("adopted/{id}/{doc}")
}

fn aside_of(copy: &Copy, members: &Membership, handled: &BTreeSet<ChangeHash>) -> AsideOf {
    let forks = copy.forks(members);
    let forked: BTreeSet<DeviceId> = forks
        .iter()
        .filter_map(|fork| copy.author(&fork.actor))
        .collect();
    let mut works = BTreeMap::new();
    for change in copy
        .aside()
        .iter()
        .filter(|change| !handled.contains(&change.hash()))
    {
        let Some(device) = copy.author(change.actor_id().to_bytes()) else {
            continue;
        };
        let reason = if members.standing(&device) != DeviceStanding::Active {
            "late"
        } else if forked.contains(&device) {
            "fork"
        } else {
            "fallen"
        };
        *works.entry((device, reason)).or_default() += 1;
    }
    AsideOf { works, forked }
}

impl Network {
    /// The machines that a person has or had.
    pub(super) fn machines(
        &self,
        member: &MemberId,
        this: &DeviceId,
        here: &BTreeSet<DeviceId>,
    ) -> Vec<MachineView> {
        let records = self.membership.devices_of(member);
        records
            .map(|record| MachineView {
                device: record.device,
                label: String::new(),
                since: ms(record.at_ms),
                is_this: record.device == *this,
                here: here.contains(&record.device),
                ended: record.ended.as_ref().map(ended),
            })
            .collect()
    }

    /// Who was a member, by name.
    pub(super) fn former_views(&self) -> Vec<FormerView> {
        let former = self.membership.former().map(|former| FormerView {
            id: former.id,
            name: self.name_of(&former.id),
            ended: ended(&former.ended),
        });
        let mut former: Vec<_> = former.collect();
        former.sort_by_cached_key(|one| (one.name.to_lowercase(), one.id));
        former
    }

    /// What waits for consents: removals, returns, rules.
    pub(super) fn case_views(&self, me: &MemberId) -> Vec<CaseView> {
        let members = &self.membership;
        let removals = members.removals().iter().map(|removal| {
            let about = CaseAbout::Removal {
                member: removal.member,
                name: self.name_of(&removal.member),
            };
            self.case_view(about, &removal.case, me)
        });
        let returns = members.readmissions().iter().map(|readmission| {
            let about = CaseAbout::Readmission {
                member: readmission.member,
                name: self.name_of(&readmission.member),
                device: readmission.device,
            };
            self.case_view(about, &readmission.case, me)
        });
        let rules = members.rule_changes().iter().map(|change| {
            let about = CaseAbout::Rules {
                rules: rules_view(&change.rules),
            };
            self.case_view(about, &change.case, me)
        });
        removals.chain(returns).chain(rules).collect()
    }

    fn case_view(&self, about: CaseAbout, case: &Case, me: &MemberId) -> CaseView {
        CaseView {
            about,
            consents: self.consent_views(case),
            need: case.need,
            of: case.of,
            state: state_word(case.state).to_owned(),
            mine: case.consents.iter().any(|said| said.by == *me),
            out_of_reach: case.is_out_of_reach(),
        }
    }

    pub(super) fn consent_views(&self, case: &Case) -> Vec<ConsentView> {
        let consents = case.consents.iter().map(|said| ConsentView {
            by: said.by,
            name: self.name_of(&said.by),
            at: ms(said.at_ms),
        });
        consents.collect()
    }

    pub(super) fn mandate_views(&self) -> Vec<MandateView> {
        self.membership
            .mandates()
            .iter()
            .map(mandate_view)
            .collect()
    }

    /// The mandates that somebody ended, the last ended first.
    pub(super) fn ended_mandate_views(&self) -> Vec<EndedMandateView> {
        let ended = self.membership.ended_mandates().iter();
        let mut views: Vec<EndedMandateView> = ended
            .map(|one| EndedMandateView {
                mandate: mandate_view(&one.mandate),
                ended_by: one.ended.by,
                ended_at: ms(one.ended.at_ms),
            })
            .collect();
        views.sort_by(|a, b| (b.ended_at, &a.mandate.id).cmp(&(a.ended_at, &b.mandate.id)));
        views
    }

    /// What went wrong between copies, the gravest first.
    pub(super) fn trouble_views(&self) -> Vec<TroubleView> {
        let mut troubles = Vec::new();
        let mut forked: BTreeMap<DeviceId, usize> = BTreeMap::new();
        for device in self.aside.values().flat_map(|aside| &aside.forked) {
            *forked.entry(*device).or_default() += 1;
        }
        troubles.extend(
            forked
                .into_iter()
                .map(|(device, documents)| TroubleView::Fork {
                    device,
                    name: self.owner_name(&device),
                    documents,
                }),
        );
        let equivocations: BTreeSet<DeviceId> = self
            .membership
            .equivocations()
            .iter()
            .map(|one| one.device)
            .collect();
        troubles.extend(
            equivocations
                .into_iter()
                .map(|device| TroubleView::Equivocation {
                    device,
                    name: self.owner_name(&device),
                }),
        );
        let mut left_out: BTreeMap<DeviceId, usize> = BTreeMap::new();
        let late = self.membership.late().iter().map(|act| act.device);
        let invalid = self.membership.invalid().iter().map(|act| act.device);
        for device in late.chain(invalid) {
            *left_out.entry(device).or_default() += 1;
        }
        troubles.extend(
            left_out
                .into_iter()
                .map(|(device, acts)| TroubleView::ActsLeftOut {
                    device,
                    name: self.owner_name(&device),
                    acts,
                }),
        );
        for (doc, aside) in &self.aside {
            troubles.extend(aside.works.iter().map(|((device, reason), changes)| {
                TroubleView::SetAside {
                    document: *doc,
                    title: self.title_of(doc),
                    device: *device,
                    name: self.owner_name(device),
                    changes: *changes,
                    reason: (*reason).to_owned(),
                }
            }));
        }
        troubles.extend(self.refusals.iter().map(|refusal| TroubleView::Refused {
            document: refusal.doc,
            title: self.title_of(&refusal.doc),
            device: refusal.device,
            name: self.owner_name(&refusal.device),
            code: refusal.code.clone(),
            times: refusal.times,
            at: refusal.at,
        }));
        troubles
    }

    fn title_of(&self, doc: &DocId) -> String {
        self.rows
            .get(doc)
            .map(|row| row.title.clone())
            .unwrap_or_default()
    }

    /// The name of the person whose machine it is or was.
    pub(super) fn owner_name(&self, device: &DeviceId) -> String {
        let owner = self.membership.owner(device);
        owner.map_or_else(|| device.short(), |owner| self.name_of(&owner))
    }
}

fn ended(ended: &Ended) -> EndedView {
    EndedView {
        how: ended.how.code().to_owned(),
        by: ended.by.clone(),
        at: ms(ended.at_ms),
    }
}

pub(super) fn rules_view(rules: &Rules) -> RulesView {
    RulesView {
        invite: rules.invite,
        removal: quorum_word(rules.removal),
        readmission: quorum_word(rules.readmission),
        change: quorum_word(rules.change),
    }
}

fn ms(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX)
}

fn mandate_view(mandate: &Mandate) -> MandateView {
    MandateView {
        id: mandate.said.act.to_string(),
        role: mandate.role.clone(),
        holder: mandate.holder,
        from: ms(mandate.from_ms),
        to: mandate.to_ms.map(ms),
        by: mandate.said.by,
    }
}
