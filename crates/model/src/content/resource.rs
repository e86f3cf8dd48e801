//! What members offer to each other or need, and what is lent of it.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Conflict;
use crate::{ItemId, MemberId};

/// A network's resources: one document for all of them. Everybody adds under an id of their own, so two who add apart both keep
/// what they added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct ResourcesContent {
    /// What is offered and what is needed, in the order in which it was added.
    pub resources: Vec<Resource>,
}

/// Something that a member offers or needs. Whether it is offered or needed is said when it is added, and stays. Where two people set
/// one field at once, both values can be seen; who set different fields at once are both heard. Tags keep whatever anybody put on.
/// One who removes it while another lends it: it stays out of sight, and has that loan when it is brought back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Resource {
    /// Names it.
    pub id: ItemId,
    /// What it is, in a line.
    pub name: String,
    /// Whether it is offered or needed.
    pub side: Side,
    /// What sort of thing it is.
    pub kind: ResourceKind,
    /// Who offers or needs it; of what says nothing of it, whoever wrote it.
    pub member: Option<MemberId>,
    /// For which organisation, in words, or empty.
    pub organisation: String,
    /// What there is to know of it, in words.
    pub description: String,
    /// Where it is, in words.
    pub place: String,
    /// How it may be used, in words.
    pub conditions: String,
    /// Its tags, sorted.
    pub tags: Vec<String>,
    /// The need that this offer answers. Two who answer one need at once have both answered it.
    pub answers: Option<ItemId>,
    /// On which day this need was met, ISO 8601 date; empty while it is not.
    pub met: String,
    /// When it was and will be lent, in the order in which that was written. Two who lend it apart have both lent it
    /// ([`Resource::overlapping`]).
    pub loans: Vec<Loan>,
    /// Who added it, where their machine is known: whoever wrote it, not what it says.
    pub by: Option<MemberId>,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// A time for which a resource is somebody's; one with days to come is a booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Loan {
    /// Names it.
    pub id: ItemId,
    /// To whom.
    pub borrower: Option<MemberId>,
    /// From which day, ISO 8601 date.
    pub from: String,
    /// Until which day, that day too; empty where no end is said.
    pub until: String,
    /// What for, in a line.
    pub purpose: String,
    /// On which day it was given back, or empty.
    pub back: String,
    /// Who wrote it, where their machine is known.
    pub by: Option<MemberId>,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

words!(
    /// Whether something is there to be had, or looked for.
    #[derive(Default)]
    Side {
        /// A member offers it.
        #[default]
        Offered = "offered",
        /// A member needs it.
        Needed = "needed",
    }
);
words!(
    /// What sort of thing a resource is.
    #[derive(Default)]
    ResourceKind {
        /// What somebody knows or can do.
        Expertise = "expertise",
        /// A place to meet or work in.
        Room = "room",
        /// Something to use.
        Equipment = "equipment",
        /// Money.
        Money = "money",
        /// Documents to consult.
        Documents = "documents",
        /// Anything else.
        #[default]
        Other = "other",
    }
);

fields!(
    /// Fields of a resource.
    ResourceField {
        /// What it is, in a line.
        Name = "name",
        /// What sort of thing it is.
        Kind = "kind",
        /// Who offers or needs it.
        Member = "member",
        /// For which organisation.
        Organisation = "organisation",
        /// What there is to know of it.
        Description = "description",
        /// Where it is.
        Place = "place",
        /// How it may be used.
        Conditions = "conditions",
        /// The id of the need that an offer answers.
        Answers = "answers",
        /// A date: when a need was met.
        Met = "met",
    }
);
fields!(
    /// Fields of a loan.
    LoanField {
        /// To whom.
        Borrower = "borrower",
        /// A date: its first day.
        From = "from",
        /// A date: its last day.
        Until = "until",
        /// What for.
        Purpose = "purpose",
        /// A date: when it was given back.
        Back = "back",
    }
);

impl ResourceKind {
    /// Whether a thing of this sort has to be given back. Of a room, or what somebody knows, a time that is over is over, and nobody
    /// has anything to bring.
    pub const fn comes_back(self) -> bool {
        !matches!(self, Self::Expertise | Self::Room)
    }
}

/// Whether a resource is there on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Availability {
    /// Nobody has it.
    Free {
        /// The next day from which it is lent, ISO 8601 date, or empty.
        next: String,
    },
    /// Somebody has it.
    Out {
        /// The last day of that, ISO 8601 date; empty where none is said. Of several loans at once the last; of what is late the
        /// first.
        until: String,
        /// It was to be given back on `until`, and was not.
        late: bool,
    },
}

impl Loan {
    /// Whether it takes the resource on a day (ISO 8601 date): up to its last day; once it was given back, no more from that day on.
    pub fn covers(&self, day: &str) -> bool {
        let over = if self.back.is_empty() {
            !self.until.is_empty() && self.until.as_str() < day
        } else {
            self.back.as_str() <= day
        };
        self.from.as_str() <= day && !over
    }

    /// Whether it and another take the resource on one day, this day (ISO 8601 date) or later.
    pub fn overlaps(&self, other: &Self, since: &str) -> bool {
        let later = self.from.as_str().max(&other.from).max(since);
        self.covers(later) && other.covers(later)
    }

    /// Whether the borrower has it on a day: from the first day until it is given back; of what is not given back, until the last day.
    pub fn is_out(&self, kind: ResourceKind, today: &str) -> bool {
        self.covers(today) || self.is_due(kind, today)
    }

    /// Whether it was to be given back before this day, and was not.
    pub fn is_due(&self, kind: ResourceKind, today: &str) -> bool {
        let past = !self.until.is_empty() && self.until.as_str() < today;
        past && kind.comes_back() && self.back.is_empty()
    }

    /// The order of ends: that of none is last; of one day, that on which it was given back is before that which is used to its end.
    fn end(&self) -> (bool, &str, bool) {
        if self.back.is_empty() {
            (self.until.is_empty(), &self.until, true)
        } else {
            (false, &self.back, false)
        }
    }
}

impl Resource {
    /// The loans that share a day with another one, this day (ISO 8601 date) or later: what is over is nobody's trouble any more. Both
    /// stay: it is for people to settle.
    pub fn overlapping(&self, since: &str) -> BTreeSet<ItemId> {
        let mut loans: Vec<&Loan> = self.loans.iter().collect();
        loans.sort_by_key(|loan| (loan.from.as_str().max(since), loan.id));
        let mut overlapping = BTreeSet::new();
        // Whoever overlaps any of those before overlaps the one of them that ends last; and all others that it overlaps overlap that
        // one as well, so that they are told already.
        let mut furthest: Option<&Loan> = None;
        for loan in loans {
            if let Some(earlier) = furthest.filter(|earlier| earlier.overlaps(loan, since)) {
                overlapping.extend([earlier.id, loan.id]);
            }
            if furthest.is_none_or(|earlier| earlier.end() < loan.end()) {
                furthest = Some(loan);
            }
        }
        overlapping
    }

    /// Whether it is there on a day (ISO 8601 date).
    pub fn availability(&self, today: &str) -> Availability {
        let out = self
            .loans
            .iter()
            .filter(|loan| loan.is_out(self.kind, today));
        let late = out.clone().filter(|loan| loan.is_due(self.kind, today));
        if let Some(until) = late.map(|loan| &loan.until).min() {
            let (until, late) = (until.clone(), true);
            return Availability::Out { until, late };
        }
        if let Some(last) = out.max_by_key(|loan| loan.end()) {
            let (until, late) = (last.until.clone(), false);
            return Availability::Out { until, late };
        }
        let coming = self.loans.iter().filter(|loan| loan.back.is_empty());
        let coming = coming.map(|loan| &loan.from);
        let next = coming.filter(|from| from.as_str() > today).min();
        Availability::Free {
            next: next.cloned().unwrap_or_default(),
        }
    }

    /// Who offers or needs it: who is named, else who wrote it.
    pub fn whose(&self) -> Option<MemberId> {
        self.member.or(self.by)
    }
}
