//! A network on one page: drawn from views that are already built.

use std::collections::{BTreeMap, HashMap};

use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};
use tresse_model::{
    Action, Conflict, ItemId, MeetingState, MemberId, NetworkContent, NetworkId, NetworkKind,
    Objective, Relation, Status,
};

use super::{Replica, plan_view::progress};
use crate::{
    ClosedId, ClosedSort, ClosedThing, DecisionRow, HeldMandate, MeetingRow, MembersView,
    OrganisationPeople, OverviewView, PersonView, Phase, PlanView, RelationView,
};

/// How many days back something closed lately.
const LATELY: i64 = 90;
/// As many things that closed lately as are shown.
const MOST: usize = 30;

impl Replica {
    /// The ties of a network, with the names that the others have here.
    pub(super) fn relation_views(&self, content: &NetworkContent) -> Vec<RelationView> {
        let known = |other: &NetworkId| {
            let network = self.networks.get(other)?;
            let name = network.views.name().unwrap_or_default();
            Some(name.to_owned())
        };
        let views = content.relations.iter().map(|one| {
            let here = known(&one.other);
            RelationView {
                other: one.other,
                kind: one.kind,
                words: one.words.clone(),
                name: here
                    .clone()
                    .filter(|name| !name.is_empty())
                    .unwrap_or_else(|| one.name.clone()),
                here: here.is_some(),
                conflicts: conflicts_of(content, one),
            }
        });
        views.collect()
    }
}

/// Where it is looked for what closed lately.
pub(super) struct Lately<'a> {
    pub(super) plan: &'a PlanView,
    /// When each action was done.
    pub(super) done: &'a BTreeMap<ItemId, i64>,
    pub(super) decisions: &'a [DecisionRow],
    pub(super) meetings: &'a [MeetingRow],
    pub(super) members: &'a MembersView,
    pub(super) today: &'a str,
}

/// The conflicts of one tie, its fields called as in the command that sets it. Of its name there is none to settle: that is the other network's own.
fn conflicts_of(content: &NetworkContent, relation: &Relation) -> Vec<Conflict> {
    let named = |conflict: &Conflict| {
        let field = Relation::field_of(&relation.other, &conflict.field)?;
        ["kind", "words"].contains(&field).then(|| Conflict {
            field: field.to_owned(),
            ..conflict.clone()
        })
    };
    content.conflicts.iter().filter_map(named).collect()
}

/// The page.
pub(super) fn overview(
    content: &NetworkContent,
    relations: Vec<RelationView>,
    from: &Lately<'_>,
) -> OverviewView {
    let mut objectives = progress(from.plan);
    objectives.sort_by_key(|one| one.percent == Some(100));
    let own_words = NetworkKind::from_word(&content.kind).is_none();
    OverviewView {
        name: content.name.clone(),
        kinds: content.kinds.clone(),
        kind_words: if own_words {
            content.kind.clone()
        } else {
            String::new()
        },
        membership: content.membership.clone(),
        review_date: content.review_date.clone(),
        purposes: content.purposes.clone(),
        directory: directory(from.members),
        mandates: mandates(from.members, from.today),
        objectives,
        // What is said of meetings and decisions is added by who has their lists.
        next_meeting: None,
        open_decisions: Vec::new(),
        closed: from.closed(),
        relations,
    }
}

fn directory(members: &MembersView) -> Vec<OrganisationPeople> {
    let mut found: BTreeMap<(bool, String), OrganisationPeople> = BTreeMap::new();
    for member in &members.members {
        let name = member.organisation.trim();
        let entry = found.entry((name.is_empty(), name.to_lowercase()));
        let group = entry.or_insert_with(|| OrganisationPeople {
            organisation: name.to_owned(),
            people: Vec::new(),
        });
        group.people.push(PersonView {
            member: member.id,
            name: member.name.clone(),
            engagement: member.engagement.clone(),
            brings: member.brings.clone(),
            expects: member.expects.clone(),
            added_value: member.added_value.clone(),
            added_value_on: member.added_value_on.clone(),
            photo: member.photo.clone(),
        });
    }
    found.into_values().collect()
}

fn mandates(members: &MembersView, today: &str) -> Vec<HeldMandate> {
    let held = members.mandates.iter().map(|mandate| HeldMandate {
        role: mandate.role.clone(),
        holder: mandate.holder,
        name: members.name_of(&mandate.holder),
        from: act_day(mandate.from),
        to: mandate.to.map(act_day).unwrap_or_default(),
    });
    let now = held.filter(|one| one.from.as_str() <= today);
    let mut now: Vec<_> = now
        .filter(|one| one.to.is_empty() || one.to.as_str() >= today)
        .collect();
    now.sort_by(|a, b| {
        let key = |one: &HeldMandate| (one.to.is_empty(), one.to.clone(), one.role.clone());
        key(a).cmp(&key(b))
    });
    now
}

impl Lately<'_> {
    /// What closed lately, the newest first.
    fn closed(&self) -> Vec<ClosedThing> {
        let (from, today) = (since(self.today), self.today);
        let lately =
            |one: &ClosedThing| !one.on.is_empty() && *one.on >= *from && *one.on <= *today;
        let mut closed: Vec<_> = self
            .reached()
            .chain(self.groups())
            .chain(self.decided())
            .chain(self.met())
            .chain(self.actions())
            .filter(lately)
            .collect();
        closed.sort_by(|a, b| b.on.cmp(&a.on));
        closed.truncate(MOST);
        closed
    }

    fn names(&self, ids: &[MemberId]) -> String {
        let names: Vec<String> = ids.iter().map(|id| self.members.name_of(id)).collect();
        names.join(", ")
    }

    fn actions(&self) -> impl Iterator<Item = ClosedThing> {
        self.plan.content.actions.iter().filter_map(|action| {
            let at = self
                .done
                .get(&action.id)
                .filter(|_| action.status == Status::Done)?;
            Some(ClosedThing {
                what: ClosedSort::Action,
                id: ClosedId::Item(action.id),
                title: action.title.clone(),
                on: day(*at),
                who: self.names(&action.owners),
            })
        })
    }

    fn reached(&self) -> impl Iterator<Item = ClosedThing> {
        let content = &self.plan.content;
        let mut last_done: HashMap<ItemId, i64> = HashMap::new();
        let served = content
            .actions
            .iter()
            .filter_map(|one| served(one, self.done));
        for (objective, at) in served {
            let last = last_done.entry(objective).or_insert(at);
            *last = at.max(*last);
        }
        let objectives = content.objectives.iter().zip(&self.plan.facts.objectives);
        let reached = objectives.filter(|(_, facts)| facts.percent == Some(100));
        reached.map(move |(objective, _)| ClosedThing {
            what: ClosedSort::Objective,
            id: ClosedId::Item(objective.id),
            title: objective.title.clone(),
            on: reached_on(objective, last_done.get(&objective.id).copied()),
            who: String::new(),
        })
    }

    fn groups(&self) -> impl Iterator<Item = ClosedThing> {
        let groups = self.plan.content.groups.iter();
        groups.map(|group| ClosedThing {
            what: ClosedSort::Group,
            id: ClosedId::Item(group.id),
            title: group.name.clone(),
            on: group.closed.clone(),
            who: self.names(&group.members),
        })
    }

    fn decided(&self) -> impl Iterator<Item = ClosedThing> {
        let rows = self.decisions.iter();
        let concluded = rows.filter(|row| row.phase == Phase::Concluded);
        concluded.map(|row| ClosedThing {
            what: ClosedSort::Decision,
            id: ClosedId::Document(row.id),
            title: row.title.clone(),
            on: if row.outcome_on.is_empty() {
                day(row.changed)
            } else {
                row.outcome_on.clone()
            },
            who: String::new(),
        })
    }

    fn met(&self) -> impl Iterator<Item = ClosedThing> {
        let held = |row: &&MeetingRow| match row.state {
            MeetingState::Closed => true,
            MeetingState::Cancelled => false,
            // Nobody needs to close a meeting for it to be over.
            MeetingState::Planned | MeetingState::Running => *row.on < *self.today,
        };
        let rows = self.meetings.iter().filter(held);
        rows.map(|row| ClosedThing {
            what: ClosedSort::Meeting,
            id: ClosedId::Document(row.id),
            title: row.title.clone(),
            on: row.on.clone(),
            who: self.names(&row.facilitators),
        })
    }
}

fn served(action: &Action, done: &BTreeMap<ItemId, i64>) -> Option<(ItemId, i64)> {
    let at = done
        .get(&action.id)
        .filter(|_| action.status == Status::Done)?;
    Some((action.objective?, *at))
}

/// On which day an objective was reached: that of its last measure, or else when the last of its actions was done.
fn reached_on(objective: &Objective, last_done: Option<i64>) -> String {
    let measures = objective.indicators.iter().flat_map(|one| &one.measures);
    let last = measures.map(|measure| measure.date.clone()).max();
    let done = last_done.map(day);
    last.or(done).unwrap_or_default()
}

/// The first day that is lately.
fn since(today: &str) -> String {
    let day = today.parse::<Date>().ok();
    let from = day.and_then(|day| day.checked_sub(Span::new().days(LATELY)).ok());
    from.map(|day| day.to_string()).unwrap_or_default()
}

/// The day of a mandate: it runs from day to day, and its days are those of UTC everywhere.
fn act_day(at: i64) -> String {
    let at = Timestamp::from_millisecond(at).unwrap_or_default();
    at.to_zoned_datetime(TimeZone::UTC).date().to_string()
}

/// The day of a time, where this machine is.
fn day(at: i64) -> String {
    let at = Timestamp::from_millisecond(at).unwrap_or_default();
    at.to_zoned_datetime(TimeZone::system()).date().to_string()
}
