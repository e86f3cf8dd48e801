//! Actions under headings: by how they stand, by who does them, by what they serve, by who carries them.

use std::collections::BTreeMap;

use tresse_engine::{
    MembersView, PlanView,
    model::{Action, ItemId, MemberId, Scale},
};

use super::{
    action::scale_name,
    status::{STATUSES, status_name},
};
use crate::{app::text::fold, i18n::I18n, tr};

/// By what actions are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GroupBy {
    /// How they stand.
    Status,
    /// Who does them: an action of several owners stands under each.
    Owner,
    /// The objective they serve.
    Objective,
    /// The working group that carries them.
    WorkingGroup,
    /// Where they are, the largest territories first.
    Territory,
    /// How large the territory is.
    Scale,
}

impl GroupBy {
    /// Every way, in the order shown.
    pub const ALL: [Self; 6] = [
        Self::Status,
        Self::Owner,
        Self::Objective,
        Self::WorkingGroup,
        Self::Territory,
        Self::Scale,
    ];

    /// Its name.
    pub fn name(self, words: &I18n) -> String {
        match self {
            Self::Status => tr!(words, "group-by-status"),
            Self::Owner => tr!(words, "group-by-owner"),
            Self::Objective => tr!(words, "group-by-objective"),
            Self::WorkingGroup => tr!(words, "group-by-working-group"),
            Self::Territory => tr!(words, "group-by-territory"),
            Self::Scale => tr!(words, "group-by-scale"),
        }
    }

    /// Its word in commands.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Owner => "owner",
            Self::Objective => "objective",
            Self::WorkingGroup => "working_group",
            Self::Territory => "territory",
            Self::Scale => "territory_scale",
        }
    }

    /// The way with this word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.word() == word)
    }
}

/// One line of a list of actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A heading, and how many actions stand under it.
    Head(String, usize),
    /// An action, by its place in the plan, and the number of its heading.
    Action(usize, usize),
}

/// Lists actions (places in the plan) in this order, under headings if there are any.
pub(super) fn lines(
    words: &I18n,
    plan: &PlanView,
    members: &MembersView,
    shown: &[usize],
    by: Option<GroupBy>,
) -> Vec<Line> {
    let Some(by) = by else {
        return shown.iter().map(|&at| Line::Action(at, 0)).collect();
    };
    let ranks = Ranks::new(words, plan, members);
    let mut heads: BTreeMap<Rank, Vec<usize>> = BTreeMap::new();
    for &at in shown {
        for rank in ranks.of(&plan.content.actions[at], by) {
            heads.entry(rank).or_default().push(at);
        }
    }
    let mut lines = Vec::with_capacity(shown.len() + heads.len());
    for (number, (rank, actions)) in heads.into_iter().enumerate() {
        lines.push(Line::Head(rank.title, actions.len()));
        lines.extend(actions.into_iter().map(|at| Line::Action(at, number)));
    }
    lines
}

/// A territory of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// As it is written where it is named first.
    pub(super) name: String,
    /// As large as is said of it anywhere; the largest, where that differs.
    pub(super) scale: Option<Scale>,
}

/// The territories that actions name, each once however it is written: accents and capitals aside.
pub(super) fn places(plan: &PlanView) -> BTreeMap<String, Place> {
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    for action in &plan.content.actions {
        let name = action.territory.trim();
        if name.is_empty() {
            continue;
        }
        let place = places.entry(fold(name)).or_insert_with(|| Place {
            name: name.to_owned(),
            scale: None,
        });
        let known = [place.scale, action.territory_scale];
        place.scale = known.into_iter().flatten().min();
    }
    places
}

/// A heading and its place among the headings.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    place: usize,
    folded: String,
    title: String,
    /// Two people of one name have a heading each.
    who: Option<MemberId>,
}

struct Ranks<'a> {
    words: &'a I18n,
    objectives: BTreeMap<ItemId, (usize, &'a str)>,
    groups: BTreeMap<ItemId, (usize, &'a str)>,
    names: BTreeMap<MemberId, String>,
    members: &'a MembersView,
    places: BTreeMap<String, Rank>,
}

impl<'a> Ranks<'a> {
    fn new(words: &'a I18n, plan: &'a PlanView, members: &'a MembersView) -> Self {
        let content = &plan.content;
        let objectives = content.objectives.iter().enumerate();
        let groups = content.groups.iter().enumerate();
        let names = members.members.iter();
        Self {
            words,
            objectives: objectives
                .map(|(at, one)| (one.id, (at, &*one.title)))
                .collect(),
            groups: groups.map(|(at, one)| (one.id, (at, &*one.name))).collect(),
            names: names.map(|one| (one.id, one.name.clone())).collect(),
            members,
            places: places(plan)
                .into_iter()
                .map(|(key, place)| {
                    let at = place.scale.map_or(Scale::ALL.len(), |scale| scale as usize);
                    (key, rank(at, place.name))
                })
                .collect(),
        }
    }

    fn of(&self, action: &Action, by: GroupBy) -> Vec<Rank> {
        let last = usize::MAX;
        match by {
            GroupBy::Status => {
                let place = STATUSES.iter().position(|one| *one == action.status);
                let title = status_name(self.words, action.status);
                vec![rank(place.unwrap_or(last), title)]
            }
            GroupBy::Owner if action.owners.is_empty() => {
                vec![rank(last, tr!(self.words, "owner-nobody"))]
            }
            GroupBy::Owner => {
                let owners = action.owners.iter();
                let name = |owner: &MemberId| match self.names.get(owner) {
                    Some(name) => name.clone(),
                    None => self.members.name_of(owner),
                };
                let headed = |owner: &MemberId| Rank {
                    who: Some(*owner),
                    ..rank(0, name(owner))
                };
                owners.map(headed).collect()
            }
            GroupBy::Objective => {
                let found = action.objective.and_then(|id| self.objectives.get(&id));
                vec![self.placed(found, || tr!(self.words, "objective-none"))]
            }
            GroupBy::WorkingGroup => {
                let found = action.working_group.and_then(|id| self.groups.get(&id));
                if found.is_none() && !action.group.is_empty() {
                    return vec![rank(last - 1, action.group.clone())];
                }
                vec![self.placed(found, || tr!(self.words, "group-none"))]
            }
            GroupBy::Territory => {
                let key = fold(action.territory.trim());
                let none = || rank(last, tr!(self.words, "territory-none"));
                vec![self.places.get(&key).cloned().unwrap_or_else(none)]
            }
            GroupBy::Scale => match action.territory_scale {
                Some(scale) => {
                    vec![rank(scale as usize, scale_name(self.words, scale.word()))]
                }
                None => vec![rank(last, tr!(self.words, "scale-none"))],
            },
        }
    }

    fn placed(&self, found: Option<&(usize, &str)>, none: impl Fn() -> String) -> Rank {
        match found {
            Some((at, "")) => rank(*at, tr!(self.words, "untitled")),
            Some((at, title)) => rank(*at, (*title).to_owned()),
            None => rank(usize::MAX, none()),
        }
    }
}

fn rank(place: usize, title: String) -> Rank {
    Rank {
        place,
        folded: fold(&title),
        title,
        who: None,
    }
}
