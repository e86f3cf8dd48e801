//! What views of one network say: its list of pages, its members, its first page.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashSet},
};

use tresse_model::{Action, DeviceId, DocId, DocKind, MemberId, NetworkContent};
use tresse_trust::Invitation;

use super::{
    Network, Replica,
    plan_view::{Briefs, progress, soonest},
    trouble::rules_view,
};
use crate::{
    HomeView, InvitationState, InvitationView, LibraryView, MemberView, MembersView, PageRow,
    PlanView, RecentChange, SinceView,
};

const BRIEF: usize = 20;
const RECENT: usize = 30;

impl Replica {
    /// How many invitations are open at this time, over all networks.
    pub(crate) fn open_invitations(&self, now: u64) -> usize {
        let networks = self.networks.values();
        networks
            .map(|network| network.membership.open_invitations(now).count())
            .sum()
    }
}

impl Network {
    pub(super) fn library_view(&self) -> LibraryView {
        let mut pages: Vec<PageRow> = Vec::new();
        let mut binned = Vec::new();
        let mut tags: BTreeMap<&str, usize> = BTreeMap::new();
        for (doc, row) in &self.rows {
            if doc.kind() != Some(DocKind::Page) {
                continue;
            }
            let list = if row.binned { &mut binned } else { &mut pages };
            list.push(PageRow {
                id: *doc,
                title: row.title.clone(),
                tags: row.tags.clone(),
                group: row.group.parse().ok(),
                excerpt: row.excerpt.clone(),
                changed: row.changed_ms,
                author: self.author_name(doc, &row.changed_actor),
            });
            if !row.binned {
                for tag in &row.tags {
                    *tags.entry(tag).or_default() += 1;
                }
            }
        }
        for list in [&mut pages, &mut binned] {
            list.sort_by(|a, b| b.changed.cmp(&a.changed).then(a.id.cmp(&b.id)));
        }
        let mut tags: Vec<_> = tags
            .into_iter()
            .map(|(tag, n)| (tag.to_owned(), n))
            .collect();
        tags.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        LibraryView {
            pages,
            binned,
            tags,
        }
    }

    pub(super) fn members_view(
        &self,
        me: &MemberId,
        this: &DeviceId,
        here: &BTreeSet<DeviceId>,
        now: u64,
    ) -> MembersView {
        let mut members: Vec<_> = self
            .membership
            .members()
            .map(|record| {
                let notebook = self.views.notebook(&DocId::notebook(&self.id, &record.id));
                MemberView {
                    id: record.id,
                    name: self.name_of(&record.id),
                    organisation: notebook.organisation,
                    engagement: notebook.engagement,
                    brings: notebook.brings,
                    expects: notebook.expects,
                    added_value: notebook.added_value,
                    added_value_on: notebook.added_value_on,
                    photo: notebook.photo,
                    devices: record.devices.clone(),
                    machines: self.machines(&record.id, this, here),
                    admitted_by: record.admitted_by,
                    since: i64::try_from(record.at_ms).unwrap_or(i64::MAX),
                    is_me: record.id == *me,
                    here: record.devices.iter().any(|device| here.contains(device)),
                }
            })
            .collect();
        members.sort_by_cached_key(|member| (member.name.to_lowercase(), member.id));
        let mut all: Vec<_> = self.membership.invitations().collect();
        all.sort_by_key(|one| (Reverse(one.at_ms), one.key));
        let all = all.into_iter().map(|one| invitation_view(one, me, now));
        let (invitations, past_invitations): (Vec<_>, Vec<_>) =
            all.partition(|one| one.state.is_open());
        MembersView {
            members,
            former: self.former_views(),
            invitations,
            past_invitations,
            rules: rules_view(self.membership.rules()),
            cases: self.case_views(me),
            mandates: self.mandate_views(),
            ended_mandates: self.ended_mandate_views(),
            troubles: self.trouble_views(),
            writable: self.membership.is_member_device(this),
        }
    }

    pub(super) fn home_view(
        &self,
        (content, since): (NetworkContent, SinceView),
        plan: &PlanView,
        library: &LibraryView,
        members: &MembersView,
        me: &MemberId,
        today: &str,
    ) -> HomeView {
        let organisations: HashSet<_> = members
            .members
            .iter()
            .map(|member| member.organisation.trim().to_lowercase())
            .filter(|organisation| !organisation.is_empty())
            .collect();
        let briefs = Briefs::new(&plan.facts, members, today);
        let soonest = |wanted: &dyn Fn(&Action) -> bool| {
            let open = plan.content.actions.iter().filter(|one| one.is_open());
            let mut actions: Vec<_> = open.filter(|action| wanted(action)).collect();
            actions.sort_by_key(|action| soonest(action));
            let first = actions.into_iter().take(BRIEF);
            first.map(|action| briefs.of(action)).collect::<Vec<_>>()
        };
        let mine = Self::my_organisation(plan, members, me);
        let unserved = mine.iter().flat_map(|mine| &mine.objectives);
        let groups = plan.content.groups.iter();
        HomeView {
            members: members.members.len(),
            organisations: organisations.len(),
            pages: library.pages.len(),
            objectives: progress(plan),
            // What waits is gathered by who has the views that say it.
            asked: Vec::new(),
            warnings: Vec::new(),
            mine: plan
                .content
                .actions
                .iter()
                .filter(|one| one.is_open() && one.owners.contains(me))
                .count(),
            my_actions: soonest(&|action| action.owners.contains(me)),
            late_actions: soonest(&|action| action.is_late(today)),
            late: plan.facts.late.len(),
            blocked: plan.facts.blocked.len(),
            groups: groups.filter(|group| group.closed.is_empty()).count(),
            unserved: unserved
                .filter(|view| !view.own.served)
                .map(|view| view.own.clone())
                .collect(),
            recent: self.recent(),
            since,
            read_only: self.read_only(&DocId::singleton(&self.id, DocKind::Network)),
            network: content,
        }
    }

    fn recent(&self) -> Vec<RecentChange> {
        let mut rows: Vec<_> = self
            .rows
            .iter()
            .filter(|(doc, row)| !row.binned && row.changed_ms > 0 && self.is_shared(doc))
            .collect();
        rows.sort_by(|a, b| b.1.changed_ms.cmp(&a.1.changed_ms).then(a.0.cmp(b.0)));
        rows.into_iter()
            .take(RECENT)
            .map(|(doc, row)| RecentChange {
                doc: *doc,
                title: row.title.clone(),
                author: self.author_name(doc, &row.changed_actor),
                at: row.changed_ms,
            })
            .collect()
    }
}

fn invitation_view(invitation: &Invitation, me: &MemberId, now: u64) -> InvitationView {
    let ms = |at: u64| i64::try_from(at).unwrap_or(i64::MAX);
    let uses_left = invitation.uses_left();
    let state = if invitation.revoked {
        InvitationState::Closed
    } else if uses_left == 0 {
        InvitationState::Used
    } else if invitation.expires_ms <= now {
        InvitationState::Expired
    } else if invitation.awaits > 0 {
        InvitationState::Awaited
    } else {
        InvitationState::Open
    };
    InvitationView {
        id: invitation.key.to_string(),
        by: invitation.by,
        made: ms(invitation.at_ms),
        expires: ms(invitation.expires_ms),
        uses: invitation.uses,
        uses_left,
        used_by: invitation.used_by.clone(),
        awaits: invitation.awaits,
        mine: invitation.made_by.contains(me),
        state,
    }
}

#[cfg(test)]
mod tests {
    use tresse_trust::InviteSecret;

    use super::*;

    #[test]
    fn an_invitation_says_the_gravest_reason_why_it_lets_nobody_in() {
        let [ana, bo] = [1, 2].map(|number| MemberId::from_bytes([number; 20]));
        let mut one = Invitation {
            key: InviteSecret::from_seed([1; 32]).key(),
            by: ana,
            made_by: vec![ana],
            awaits: 1,
            uses: 1,
            used_by: Vec::new(),
            expires_ms: 2000,
            at_ms: 1000,
            revoked: false,
        };
        let state = |one: &Invitation, now| invitation_view(one, &ana, now).state;
        assert_eq!(state(&one, 1500), InvitationState::Awaited);
        one.awaits = 0;
        assert_eq!(state(&one, 1999), InvitationState::Open);
        assert_eq!(state(&one, 2000), InvitationState::Expired);
        one.used_by = vec![bo];
        assert_eq!(state(&one, 2000), InvitationState::Used);
        one.revoked = true;
        assert_eq!(state(&one, 1500), InvitationState::Closed);
        let view = invitation_view(&one, &bo, 1500);
        assert_eq!((view.uses, view.uses_left, view.mine), (1, 0, false));
        assert_eq!((view.made, view.expires), (1000, 2000));
        for now in 1990..2010 {
            let open = state(&one, now) == InvitationState::Open;
            assert_eq!(open, one.is_open(now));
        }
    }
}
