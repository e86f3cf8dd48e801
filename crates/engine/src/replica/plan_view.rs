//! What views say of the plan beyond its content, and the views of working groups.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use tresse_model::{
    Action, DocId, ItemId, MemberId, PlanContent, PlanFacts, SavedFilter, is_served, plan_facts,
};

use super::Network;
use crate::{
    ActionBrief, GoneOwner, GroupMember, GroupView, LibraryView, MembersView, ObjectiveProgress,
    OrganisationView, OwnObjectiveView, PlanView,
};

impl Network {
    /// The plan with what follows from it today; the very same view where nothing changed.
    pub(super) fn plan_today(
        &self,
        plan: &Arc<PlanView>,
        members: &MembersView,
        today: &str,
    ) -> Arc<PlanView> {
        let content = &plan.content;
        let facts = plan_facts(content, today);
        let gone = gone(content, members);
        let organisations = self.organisations(content, members);
        let same = plan.facts == facts && plan.gone == gone && plan.organisations == organisations;
        if same {
            return Arc::clone(plan);
        }
        Arc::new(PlanView {
            doc: plan.doc,
            content: content.clone(),
            facts,
            gone,
            organisations,
            read_only: plan.read_only,
        })
    }

    fn organisations(&self, plan: &PlanContent, members: &MembersView) -> Vec<OrganisationView> {
        let mut found: BTreeMap<(String, Option<MemberId>), OrganisationView> = BTreeMap::new();
        for row in &members.members {
            let notebook = self.views.notebook(&DocId::notebook(&self.id, &row.id));
            let name = row.organisation.trim();
            // Those who name no organisation are not one for that.
            let alone = name.is_empty().then_some(row.id);
            for own in is_served(plan, &notebook) {
                let view = found
                    .entry((name.to_lowercase(), alone))
                    .or_insert_with(|| OrganisationView {
                        organisation: name.to_owned(),
                        objectives: Vec::new(),
                        unserved: 0,
                    });
                view.unserved += usize::from(!own.served);
                view.objectives.push(OwnObjectiveView {
                    member: row.id,
                    own,
                });
            }
        }
        found.into_values().collect()
    }

    /// The filters that I saved.
    pub(super) fn filters(&self, me: &MemberId) -> Arc<Vec<SavedFilter>> {
        let notebook = self.views.notebook(&DocId::notebook(&self.id, me));
        Arc::new(notebook.filters)
    }

    /// What my organisation wants for itself, as it stands with the network.
    pub(super) fn my_organisation<'a>(
        plan: &'a PlanView,
        members: &MembersView,
        me: &MemberId,
    ) -> Option<&'a OrganisationView> {
        let mine = members.members.iter().find(|row| row.id == *me)?;
        let name = mine.organisation.trim().to_lowercase();
        plan.organisations.iter().find(|one| {
            if name.is_empty() {
                one.organisation.is_empty() && one.objectives.iter().any(|own| own.member == *me)
            } else {
                one.organisation.to_lowercase() == name
            }
        })
    }
}

/// Working groups on a page each.
pub(super) fn group_views(
    plan: &PlanView,
    library: &LibraryView,
    members: &MembersView,
    today: &str,
) -> Vec<GroupView> {
    let briefs = Briefs::new(&plan.facts, members, today);
    let present = present(members);
    let groups = plan.content.groups.iter();
    groups
        .map(|group| {
            let mut people: Vec<_> = group
                .members
                .iter()
                .map(|member| GroupMember {
                    member: *member,
                    name: members.name_of(member),
                    gone: !present.contains(member),
                })
                .collect();
            people.sort_by_cached_key(|one| (one.name.to_lowercase(), one.member));
            let actions = plan.content.actions.iter();
            let mut actions: Vec<&Action> = actions
                .filter(|action| action.working_group == Some(group.id))
                .collect();
            actions.sort_by_key(|action| (!action.is_open(), soonest(action)));
            let pages = library.pages.iter();
            let open = group.closed.is_empty();
            GroupView {
                people,
                actions: actions.into_iter().map(|one| briefs.of(one)).collect(),
                pages: pages
                    .filter(|page| page.group == Some(group.id))
                    .cloned()
                    .collect(),
                open,
                overdue: open
                    && !group.planned_end.is_empty()
                    && group.planned_end.as_str() < today,
                content: group.clone(),
            }
        })
        .collect()
}

/// Orders actions by when they are due, those without a day last.
pub(super) fn soonest(action: &Action) -> (bool, &str, ItemId) {
    (action.next_due.is_empty(), &action.next_due, action.id)
}

/// Makes entries of short lists.
pub(super) struct Briefs<'a> {
    members: &'a MembersView,
    today: &'a str,
    blocked: BTreeSet<ItemId>,
}

impl<'a> Briefs<'a> {
    pub(super) fn new(facts: &PlanFacts, members: &'a MembersView, today: &'a str) -> Self {
        Self {
            members,
            today,
            blocked: facts.blocked.iter().map(|blocked| blocked.action).collect(),
        }
    }

    pub(super) fn of(&self, action: &Action) -> ActionBrief {
        let owners = action.owners.iter();
        let owners: Vec<_> = owners.map(|owner| self.members.name_of(owner)).collect();
        ActionBrief {
            id: action.id,
            title: action.title.clone(),
            due: Some(action.next_due.clone()).filter(|due| !due.is_empty()),
            owner: owners.join(", "),
            status: action.status,
            late: action.is_late(self.today),
            blocked: self.blocked.contains(&action.id),
        }
    }
}

/// How far each objective is.
pub(super) fn progress(plan: &PlanView) -> Vec<ObjectiveProgress> {
    let objectives = plan.content.objectives.iter().zip(&plan.facts.objectives);
    objectives
        .map(|(objective, facts)| ObjectiveProgress {
            id: objective.id,
            title: objective.title.clone(),
            deadline: Some(objective.deadline.clone()).filter(|date| !date.is_empty()),
            done: facts.done,
            total: facts.total,
            percent: facts.percent,
            late: facts.late,
        })
        .collect()
}

fn present(members: &MembersView) -> BTreeSet<MemberId> {
    members.members.iter().map(|row| row.id).collect()
}

fn gone(plan: &PlanContent, members: &MembersView) -> Vec<GoneOwner> {
    let present = present(members);
    let open = plan.actions.iter().filter(|action| action.is_open());
    open.flat_map(|action| action.owners.iter().map(move |owner| (action.id, owner)))
        .filter(|(_, owner)| !present.contains(owner))
        .map(|(action, owner)| GoneOwner {
            action,
            member: *owner,
            name: members.name_of(owner),
        })
        .collect()
}
