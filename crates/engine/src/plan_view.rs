//! What the window paints of the plan and of working groups.

use serde::Serialize;
use tresse_model::{DocId, Group, ItemId, MemberId, OwnFacts, PlanContent, PlanFacts, Status};

use crate::PageRow;

/// Roadmap and action plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanView {
    /// The document.
    pub doc: DocId,
    /// Its content.
    pub content: PlanContent,
    /// What follows from it today.
    pub facts: PlanFacts,
    /// Owners of open actions who are no members now.
    pub gone: Vec<GoneOwner>,
    /// What organisations want for themselves, and whether the network serves it; by name.
    pub organisations: Vec<OrganisationView>,
    /// Written by a newer Tresse: shown, not edited.
    pub read_only: bool,
}

/// Somebody who left while an action was theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoneOwner {
    /// The action.
    pub action: ItemId,
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
}

/// What an organisation wants for itself, as its members say in their notebooks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrganisationView {
    /// Its name, as its first member here writes it; empty for somebody who names none.
    pub organisation: String,
    /// Its objectives.
    pub objectives: Vec<OwnObjectiveView>,
    /// How many of them the network does not serve.
    pub unserved: usize,
}

/// One objective of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnObjectiveView {
    /// Whose notebook it stands in.
    pub member: MemberId,
    /// The objective.
    #[serde(flatten)]
    pub own: OwnFacts,
}

/// An objective and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ObjectiveProgress {
    /// The objective's item id.
    pub id: ItemId,
    /// Its title.
    pub title: String,
    /// Its deadline, ISO 8601, if set.
    pub deadline: Option<String>,
    /// Actions done.
    pub done: usize,
    /// Actions in all, without those given up.
    pub total: usize,
    /// How far, in hundredths, if there is anything to go by.
    pub percent: Option<u8>,
    /// Its deadline is past and it is not reached.
    pub late: bool,
}

/// An action in a short list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActionBrief {
    /// The action's item id.
    pub id: ItemId,
    /// Its title.
    pub title: String,
    /// When it is due next, ISO 8601, if that is set.
    pub due: Option<String>,
    /// Who does it, as names; empty when nobody is named.
    pub owner: String,
    /// How it stands.
    pub status: Status,
    /// Its day is past.
    pub late: bool,
    /// It cannot go on.
    pub blocked: bool,
}

/// A working group on one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupView {
    /// What the plan says of it.
    #[serde(flatten)]
    pub content: Group,
    /// Who is in it, by name.
    pub people: Vec<GroupMember>,
    /// Its actions, soonest due first; those that are over last.
    pub actions: Vec<ActionBrief>,
    /// Its pages, last changed first.
    pub pages: Vec<PageRow>,
    /// It has not closed.
    pub open: bool,
    /// It works on after the day on which it meant to have finished.
    pub overdue: bool,
}

/// Somebody in a working group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupMember {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// They are no member of the network now.
    pub gone: bool,
}
