//! What the window paints of contributions: what was really done, and what people add about themselves.
//!
//! It makes visible and never compares: people come by their names, nobody has a total, nothing is in hundredths.

use serde::Serialize;
use tresse_model::{DocId, Gift, MemberId};

/// What members gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct ContributionsView {
    /// What was done together, by kind.
    pub together: Vec<Given>,
    /// What each member did, by name.
    pub members: Vec<MemberContributions>,
}

impl ContributionsView {
    /// What this member did.
    pub fn of(&self, member: &MemberId) -> Option<&MemberContributions> {
        self.members.iter().find(|one| one.member == *member)
    }
}

/// What a member did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MemberContributions {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// By kind; only kinds of which there is something.
    pub given: Vec<Given>,
    /// What they say themselves, the newest first.
    pub own: Vec<Gift>,
    /// It is me.
    pub is_me: bool,
}

/// Things of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Given {
    /// Of which kind.
    pub kind: ContributionKind,
    /// How many there are.
    pub count: usize,
    /// The newest of them, at most 30; empty where only the count is told.
    pub things: Vec<GivenThing>,
}

/// Kinds of contribution, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContributionKind {
    /// Pages that they wrote in: a seal of a machine of theirs stands under it.
    Pages,
    /// Actions that are done, of which they are an owner.
    Actions,
    /// Meetings in whose notes they wrote.
    Meetings,
    /// Meetings that took place, of which they were a facilitator.
    Facilitated,
    /// Decisions in whose text they wrote.
    Decisions,
    /// Roles that they hold or held.
    Roles,
    /// What they offer and somebody else borrowed; each loan counts, from its first day.
    Lent,
    /// What they said in conversations between facilitation and piloting.
    Feedback,
    /// In how many decisions they gave a ballot; never in which, nor what it says.
    Ballots,
    /// How often they answered when the network asked: how many periods, and days on which they looked at working together.
    Answers,
    /// What people say themselves.
    Own,
}

impl ContributionKind {
    /// Every kind, in order.
    pub const ALL: [Self; 11] = [
        Self::Pages,
        Self::Actions,
        Self::Meetings,
        Self::Facilitated,
        Self::Decisions,
        Self::Roles,
        Self::Lent,
        Self::Feedback,
        Self::Ballots,
        Self::Answers,
        Self::Own,
    ];

    /// Its word in views.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pages => "pages",
            Self::Actions => "actions",
            Self::Meetings => "meetings",
            Self::Facilitated => "facilitated",
            Self::Decisions => "decisions",
            Self::Roles => "roles",
            Self::Lent => "lent",
            Self::Feedback => "feedback",
            Self::Ballots => "ballots",
            Self::Answers => "answers",
            Self::Own => "own",
        }
    }
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct GivenThing {
    /// On which day, ISO 8601 date, or empty.
    pub on: String,
    /// What it is called.
    pub title: String,
    /// The document, where it is one.
    pub doc: Option<DocId>,
}
