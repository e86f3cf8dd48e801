//! What views say of roles: mandates, rotations, hand-overs and conversations put together.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Span, civil::Date};
use tresse_model::{
    Action, DocId, EndedHeld, Held, ItemId, MemberId, NetworkContent, NetworkId, Piloting,
    PlanContent, Post, Role, RoleFacts, SwapSaid, SwapState, held_before, piloting_facts, role_key,
    role_rank,
};
use tresse_trust::Mandate;

use super::{
    Network,
    plan_view::{Briefs, progress, soonest},
};
use crate::{
    HandOverView, LibraryView, MembersView, ObjectiveProgress, PilotingAsked, PilotingView,
    PlanView, PostView, RoleView, ThreadView,
};

/// A hand-over is near from this many days before.
const NEAR: i64 = 30;
/// An objective is near its deadline from this many days before.
const DEADLINE_NEAR: i64 = 60;
/// So many open actions a hand-over shows.
const OPEN: usize = 50;

/// The page where is written where a role's things are: the same for everybody, so that two who begin it at once
/// write into one.
pub(super) fn hand_over_page(network: &NetworkId, role: &str) -> DocId {
    let mut hasher = blake3::Hasher::new_derive_key("tresse 2026 hand-over page");
    hasher.update(network.as_bytes());
    hasher.update(role_key(role).as_bytes());
    let mut key = [0; 16];
    key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    DocId::page(key)
}

/// What piloting is worked out from, as this copy has it.
pub(super) struct Known {
    pub(super) roles: Vec<Role>,
    pub(super) held: Vec<Held>,
    /// Mandates that somebody ended.
    pub(super) ended: Vec<EndedHeld>,
    pub(super) present: BTreeSet<MemberId>,
    pub(super) swaps: Vec<SwapSaid>,
}

impl Known {
    pub(super) fn on<'a>(&'a self, today: &'a str) -> Piloting<'a> {
        Piloting {
            roles: &self.roles,
            held: &self.held,
            present: &self.present,
            swaps: &self.swaps,
            today,
        }
    }
}

impl Network {
    /// What is known of roles; the views of documents must be fresh.
    pub(super) fn piloting_known(&self, content: &NetworkContent) -> Known {
        let mandates = self.membership.mandates().iter();
        let ended = self.membership.ended_mandates().iter();
        let ended = ended.map(|one| EndedHeld {
            held: held(&one.mandate),
            by: one.ended.by,
            on: day_of(one.ended.at_ms),
        });
        let swaps = self.views.all_notebooks().flat_map(|(by, notebook)| {
            notebook.swaps.iter().map(move |word| SwapSaid {
                role: word.role.clone(),
                by: *by,
                mine: word.mine.clone(),
                theirs: word.theirs.clone(),
                with: word.with,
            })
        });
        Known {
            roles: content.roles.clone(),
            held: mandates.map(held).collect(),
            ended: ended.collect(),
            present: self.membership.members().map(|one| one.id).collect(),
            swaps: swaps.collect(),
        }
    }

    /// Everything that is shown of roles.
    pub(super) fn piloting_view(
        &self,
        content: &NetworkContent,
        plan: &PlanView,
        library: &LibraryView,
        members: &MembersView,
        me: &MemberId,
        today: &str,
    ) -> PilotingView {
        let known = self.piloting_known(content);
        let facts = piloting_facts(&known.on(today));
        let threads = threads(&self.posts(), &known, &plan.content, me, today);
        let near = Near {
            plan,
            library,
            members,
            today,
            network: &self.id,
        };
        let past = only_before(&facts.roles, &known.ended);
        let mut roles: Vec<(RoleFacts, bool)> = facts
            .roles
            .into_iter()
            .map(|facts| (facts, false))
            .collect();
        roles.extend(past.into_iter().map(|facts| (facts, true)));
        roles.sort_by_cached_key(|(facts, _)| role_rank(&facts.role));
        let roles = roles.into_iter().map(|(facts, past)| {
            let said = content.roles.iter().find(|said| said.role == facts.role);
            let said = said.cloned().unwrap_or_default();
            RoleView {
                hand_over: near.hand_over(&facts),
                before: held_before(
                    &facts.role,
                    &facts.holders,
                    &known.held,
                    &known.ended,
                    today,
                ),
                past,
                remit: said.remit,
                start: said.start,
                term: said.term,
                conflicts: said.conflicts,
                facts,
            }
        });
        let mut view = PilotingView {
            roles: roles.collect(),
            warnings: facts.warnings,
            threads,
            asked: Vec::new(),
            names: BTreeMap::new(),
        };
        view.asked = asked(&view, &known.held, me, today);
        view.names = spoken_of(&view)
            .into_iter()
            .map(|member| (member.to_string(), members.name_of(&member)))
            .collect();
        view
    }

    /// Everything that members, and those who were, wrote in conversations.
    pub(super) fn posts(&self) -> Vec<(MemberId, Post)> {
        let all = self.views.all_notebooks();
        all.flat_map(|(by, notebook)| notebook.posts.iter().map(|post| (*by, post.clone())))
            .collect()
    }
}

fn held(mandate: &Mandate) -> Held {
    Held {
        mandate: mandate.said.act.to_string(),
        role: mandate.role.clone(),
        holder: mandate.holder,
        from: day_of(mandate.from_ms),
        to: mandate.to_ms.map(day_of),
        by: mandate.said.by,
        said_on: day_of(mandate.said.at_ms),
    }
}

/// The roles of which nothing is left but who held them.
fn only_before(roles: &[RoleFacts], ended: &[EndedHeld]) -> Vec<RoleFacts> {
    let mut found: BTreeMap<String, &str> = BTreeMap::new();
    for one in ended {
        // As it was written last.
        found.insert(role_key(&one.held.role), one.held.role.trim());
    }
    found.retain(|role, _| !roles.iter().any(|facts| facts.role == *role));
    let blank = |(role, name): (String, &str)| RoleFacts {
        role,
        name: name.to_owned(),
        holders: Vec::new(),
        rotation: None,
    };
    found.into_iter().map(blank).collect()
}

/// What hand-overs are put together from.
struct Near<'a> {
    plan: &'a PlanView,
    library: &'a LibraryView,
    members: &'a MembersView,
    today: &'a str,
    network: &'a NetworkId,
}

impl Near<'_> {
    fn hand_over(&self, facts: &RoleFacts) -> HandOverView {
        let briefs = Briefs::new(&self.plan.facts, self.members, self.today);
        let holds = |action: &Action| {
            let mut holders = facts.holders.iter();
            action.is_open() && holders.any(|one| action.owners.contains(&one.member))
        };
        let mut open: Vec<&Action> = self
            .plan
            .content
            .actions
            .iter()
            .filter(|one| holds(one))
            .collect();
        open.sort_by_key(|action| (!action.is_late(self.today), soonest(action)));
        let page = hand_over_page(self.network, &facts.role);
        let next = facts
            .rotation
            .as_ref()
            .and_then(|round| round.next.as_ref());
        HandOverView {
            on: next.map(|turn| turn.from.clone()).unwrap_or_default(),
            to: next.map(|turn| turn.member),
            open: open
                .into_iter()
                .take(OPEN)
                .map(|one| briefs.of(one))
                .collect(),
            objectives: self.objectives(),
            page: self
                .library
                .pages
                .iter()
                .any(|row| row.id == page)
                .then_some(page),
        }
    }

    fn objectives(&self) -> Vec<ObjectiveProgress> {
        let until = days_after(self.today, DEADLINE_NEAR).unwrap_or_default();
        let mut near = progress(self.plan);
        near.retain(|one| {
            let soon = one.deadline.as_ref().is_some_and(|day| *day <= until);
            one.percent != Some(100) && (one.late || soon)
        });
        near.sort_by(|a, b| a.deadline.cmp(&b.deadline));
        near
    }
}

fn threads(
    posts: &[(MemberId, Post)],
    known: &Known,
    plan: &PlanContent,
    me: &MemberId,
    today: &str,
) -> Vec<ThreadView> {
    let mut found: BTreeMap<ItemId, Vec<&(MemberId, Post)>> = BTreeMap::new();
    for said in posts {
        let thread = said.1.thread.unwrap_or(said.1.id);
        found.entry(thread).or_default().push(said);
    }
    let ended: Vec<Held> = known.ended.iter().map(EndedHeld::as_held).collect();
    let roles_on = |member: &MemberId, day: &str| {
        // A role that was ended since was held then.
        let theirs = known
            .held
            .iter()
            .chain(&ended)
            .filter(|one| one.holder == *member && one.runs_on(day));
        let roles: BTreeSet<String> = theirs.map(|one| role_key(&one.role)).collect();
        roles.into_iter().collect::<Vec<_>>()
    };
    let pilots =
        |one: &Held| one.holder == *me && one.runs_on(today) && role_key(&one.role) == "pilot";
    let i_pilot = known.held.iter().any(pilots);
    let mut threads: Vec<ThreadView> = found
        .into_iter()
        .map(|(id, mut said)| {
            // What began it first; then as each saw how many there were, which every peer sees alike.
            said.sort_by_key(|(by, post)| {
                (post.id != id, post.after, post.on.clone(), *by, post.id)
            });
            let title = |objective: ItemId| plan.objectives.iter().find(|one| one.id == objective);
            let posts: Vec<PostView> = said
                .into_iter()
                .map(|(by, post)| PostView {
                    id: post.id,
                    author: *by,
                    roles: roles_on(by, &post.on),
                    text: post.text.clone(),
                    on: post.on.clone(),
                    mine: by == me,
                    objective: post.objective,
                    objective_title: post
                        .objective
                        .and_then(title)
                        .map(|one| one.title.clone())
                        .unwrap_or_default(),
                })
                .collect();
            let mut made = posts.iter().filter_map(|post| post.objective);
            let objective = made.find(|objective| title(*objective).is_some());
            let unanswered = objective.is_none()
                && posts
                    .last()
                    .is_some_and(|last| !last.roles.iter().any(|role| role == "pilot"));
            let not_mine = posts.last().is_some_and(|last| !last.mine);
            ThreadView {
                id,
                unanswered,
                waits_for_me: unanswered && i_pilot && not_mine,
                objective,
                posts,
            }
        })
        .collect();
    let newest = |thread: &ThreadView| thread.posts.iter().map(|post| post.on.clone()).max();
    threads.sort_by_key(|thread| std::cmp::Reverse((newest(thread), thread.id)));
    threads
}

fn asked(view: &PilotingView, held: &[Held], me: &MemberId, today: &str) -> Vec<PilotingAsked> {
    let mut asked = Vec::new();
    let until = days_after(today, NEAR).unwrap_or_default();
    for role in &view.roles {
        asked.extend(mandate_ends(role, held, me, today, &until));
        let Some(round) = &role.facts.rotation else {
            continue;
        };
        let holds = |member: &MemberId| role.facts.holders.iter().any(|one| one.member == *member);
        let due = round.current.iter().filter(|turn| !holds(&turn.member));
        let near = round.next.iter().filter(|turn| turn.from <= until);
        let turns = due
            .map(|turn| (turn, true))
            .chain(near.map(|turn| (turn, false)));
        for (turn, due) in turns {
            let mine = turn.member == *me;
            // Who goes on is handed nothing.
            let changes = !holds(&turn.member);
            if changes && (mine || holds(me)) {
                asked.push(PilotingAsked::HandOver {
                    role: role.facts.name.clone(),
                    on: turn.from.clone(),
                    to: turn.member,
                    mine,
                    due,
                });
            }
        }
        for swap in &round.swaps {
            if swap.state == SwapState::Offered && swap.with == *me {
                asked.push(PilotingAsked::Swap {
                    role: role.facts.name.clone(),
                    by: swap.by,
                    mine: swap.theirs.clone(),
                    theirs: swap.mine.clone(),
                });
            }
        }
    }
    for thread in view.threads.iter().filter(|thread| thread.waits_for_me) {
        asked.extend(thread.posts.last().map(|last| PilotingAsked::Feedback {
            thread: thread.id,
            by: last.author,
        }));
    }
    asked
}

/// A mandate of mine that ends soon. Where the role goes round, the hand-over is asked for instead; where somebody is recorded
/// for after, nothing waits.
fn mandate_ends(
    role: &RoleView,
    held: &[Held],
    me: &MemberId,
    today: &str,
    until: &str,
) -> Option<PilotingAsked> {
    let round = role.facts.rotation.as_ref();
    if round.is_some_and(|round| round.next.is_some()) {
        return None;
    }
    let to_come = |one: &Held| one.from.as_str() > today && role_key(&one.role) == role.facts.role;
    let mine = role.facts.holders.iter().find(|one| one.member == *me)?;
    let on = mine.to.as_ref().filter(|to| to.as_str() <= until)?;
    (!held.iter().any(to_come)).then(|| PilotingAsked::MandateEnds {
        role: role.facts.name.clone(),
        on: on.clone(),
    })
}

fn spoken_of(view: &PilotingView) -> BTreeSet<MemberId> {
    let mut members = BTreeSet::new();
    for role in &view.roles {
        for one in &role.facts.holders {
            members.insert(one.member);
            members.extend(&one.by);
        }
        for one in &role.before {
            members.insert(one.member);
            members.extend(one.by.iter().chain(&one.ended_by));
        }
        if let Some(round) = &role.facts.rotation {
            members.extend(round.order.iter().chain(&round.gone));
            members.extend(
                round
                    .coming
                    .iter()
                    .chain(&round.current)
                    .map(|turn| turn.member),
            );
            members.extend(round.swaps.iter().flat_map(|swap| [swap.by, swap.with]));
        }
    }
    members.extend(view.warnings.iter().filter_map(|warning| warning.member));
    let posts = view.threads.iter().flat_map(|thread| &thread.posts);
    members.extend(posts.map(|post| post.author));
    members
}

/// The day of an instant; mandates run from day to day in UTC, the same everywhere.
pub(super) fn day_of(ms: u64) -> String {
    let at = i64::try_from(ms)
        .ok()
        .and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
    let at = at.unwrap_or(jiff::Timestamp::MAX);
    at.to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .date()
        .to_string()
}

fn days_after(day: &str, days: i64) -> Option<String> {
    let day: Date = day.parse().ok()?;
    let later = day.checked_add(Span::new().try_days(days).ok()?).ok()?;
    Some(later.to_string())
}
