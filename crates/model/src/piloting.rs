//! What follows from roles: who holds them, whose turn it is, when it is handed over to whom, and where the rules of
//! working together are broken.
//!
//! Pure functions of what documents and acts say and of the day: peers that hold the same say the same
//! on the same day, in whatever order it came to them. Nobody gets any power by it.
//!
//! # Who holds a role
//! Who a recorded mandate names, from its first day to its last. A rotation only says who is *expected*: until somebody records
//! the hand-over, who held the role goes on, and [`WarningCode::HandOverDue`] says so.

mod before;
mod rotation;
mod term;
mod warnings;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

pub use before::{EndedHeld, PastHolding, held_before};
pub use rotation::{Coming, RotationFacts, SwapFacts, SwapSaid, SwapState, Turn};
pub use term::Term;
pub use warnings::{Warning, WarningCode};

use crate::{MemberId, Role};

/// The roles that have a word of their own, in the order in which they are shown.
pub const ROLES: [&str; 5] = [
    "pilot",
    "coordinator",
    "facilitator",
    "secretary",
    "treasurer",
];

/// Orders roles: the known ones first, then by name.
pub fn role_rank(role: &str) -> (usize, String) {
    let known = ROLES.iter().position(|known| *known == role);
    (known.unwrap_or(ROLES.len()), role.to_owned())
}

/// A mandate as it was recorded and not ended; its days may be over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Names it.
    pub mandate: String,
    /// The role, as it was written.
    pub role: String,
    /// Who holds it.
    pub holder: MemberId,
    /// Its first day, ISO 8601 date.
    pub from: String,
    /// Its last day, if that is set.
    pub to: Option<String>,
    /// Who recorded it.
    pub by: MemberId,
    /// On which day, as claimed.
    pub said_on: String,
}

impl Held {
    /// Whether it runs on a day.
    pub fn runs_on(&self, day: &str) -> bool {
        self.from.as_str() <= day && self.to.as_deref().is_none_or(|to| to >= day)
    }
}

/// What piloting is worked out from.
#[derive(Debug, Clone, Copy)]
pub struct Piloting<'a> {
    /// What the network document says of roles.
    pub roles: &'a [Role],
    /// Mandates that were recorded and not ended.
    pub held: &'a [Held],
    /// Who is a member now.
    pub present: &'a BTreeSet<MemberId>,
    /// Every member's word for swaps.
    pub swaps: &'a [SwapSaid],
    /// The day, ISO 8601 date.
    pub today: &'a str,
}

/// What follows from roles on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct PilotingFacts {
    /// Every role that somebody holds or held, or of which something is said; the known ones first.
    pub roles: Vec<RoleFacts>,
    /// Where a rule of working together is broken, or something waits to be done.
    pub warnings: Vec<Warning>,
}

/// One role on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoleFacts {
    /// The role, as [`crate::role_key`] spells it.
    pub role: String,
    /// The role as people write it.
    pub name: String,
    /// Who holds it today, the longest first. Several: it is shared.
    pub holders: Vec<Holding>,
    /// How it goes round, where that is agreed.
    pub rotation: Option<RotationFacts>,
}

/// Somebody who holds a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Holding {
    /// Who.
    pub member: MemberId,
    /// Since which day, ISO 8601 date.
    pub from: String,
    /// The last day, if that is set.
    pub to: Option<String>,
    /// The mandates that say so: several where several recorded the same.
    pub mandates: Vec<String>,
    /// Who recorded it.
    pub by: Vec<MemberId>,
}

/// What follows from roles on a day.
pub fn piloting_facts(from: &Piloting<'_>) -> PilotingFacts {
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    for role in from.roles {
        names.insert(role.role.clone(), &role.role);
    }
    let mut held: Vec<&Held> = from.held.iter().collect();
    held.sort_by(|a, b| (&a.from, &a.mandate).cmp(&(&b.from, &b.mandate)));
    for mandate in &held {
        // As it was written last.
        names.insert(crate::role_key(&mandate.role), mandate.role.trim());
    }
    let mut roles: Vec<RoleFacts> = names
        .into_iter()
        .map(|(role, name)| RoleFacts {
            holders: holders(&role, &held, from),
            rotation: rotation::of(&role, &held, from),
            name: name.to_owned(),
            role,
        })
        .collect();
    roles.sort_by_cached_key(|facts| role_rank(&facts.role));
    let warnings = warnings::of(&roles, &held, from);
    PilotingFacts { roles, warnings }
}

/// Who holds a role today; what several recorded alike is one.
fn holders(role: &str, held: &[&Held], from: &Piloting<'_>) -> Vec<Holding> {
    let mut found: Vec<Holding> = Vec::new();
    let run = held.iter().filter(|mandate| {
        mandate.runs_on(from.today)
            && from.present.contains(&mandate.holder)
            && crate::role_key(&mandate.role) == role
    });
    for mandate in run {
        let same = found.iter_mut().find(|one| one.member == mandate.holder);
        if let Some(one) = same {
            // The mandate that runs longest is the one that is meant; with it, all that say the same.
            if one.from == mandate.from && one.to == mandate.to {
                one.mandates.push(mandate.mandate.clone());
                one.by.push(mandate.by);
                continue;
            }
            let longer = match (&one.to, &mandate.to) {
                (None, _) => false,
                (Some(_), None) => true,
                (Some(known), Some(to)) => to > known,
            };
            if longer {
                *one = Holding::new(mandate);
            }
        } else {
            found.push(Holding::new(mandate));
        }
    }
    for one in &mut found {
        one.by.sort_unstable();
        one.by.dedup();
    }
    found.sort_by(|a, b| (&a.from, a.member).cmp(&(&b.from, b.member)));
    found
}

impl Holding {
    fn new(mandate: &Held) -> Self {
        Self {
            member: mandate.holder,
            from: mandate.from.clone(),
            to: mandate.to.clone(),
            mandates: vec![mandate.mandate.clone()],
            by: vec![mandate.by],
        }
    }
}
