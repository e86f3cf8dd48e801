//! Where a rule of working together is broken, or something waits to be done. Kindly meant: each says what it is about, and
//! nothing is kept from anybody for it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Held, Piloting, RoleFacts};
use crate::MemberId;

/// Roles whose holders stand between the network and its piloting.
const BETWEEN: [&str; 2] = ["facilitator", "coordinator"];

/// What a warning is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WarningCode {
    /// Who facilitates pilots as well: the safeguard is missing.
    FacilitatorIsPilot,
    /// Nobody but who pilots has named who facilitates.
    NamedByPilotAlone,
    /// There are roles, and nobody facilitates or coordinates.
    NobodyFacilitates,
    /// A role's last mandate has run out, and nobody holds it.
    MandateEnded,
    /// Who holds a role has left the network.
    HolderLeft,
    /// A mandate ends before it begins: another program wrote it.
    EndsBeforeStart,
    /// A rotation is agreed, and nobody who is a member is in it.
    RotationEmpty,
    /// People stand in an order, and it is not said when their turns begin or how long they are.
    RotationUndated,
    /// A turn has begun, and nobody has recorded the hand-over.
    HandOverDue,
}

impl WarningCode {
    /// Every one.
    pub const ALL: [Self; 9] = [
        Self::FacilitatorIsPilot,
        Self::NamedByPilotAlone,
        Self::NobodyFacilitates,
        Self::MandateEnded,
        Self::HolderLeft,
        Self::EndsBeforeStart,
        Self::RotationEmpty,
        Self::RotationUndated,
        Self::HandOverDue,
    ];
}

/// One thing that the members should know.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Warning {
    /// What it is about.
    pub code: WarningCode,
    /// In which role, as [`crate::role_key`] spells it.
    pub role: String,
    /// Who is concerned.
    pub member: Option<MemberId>,
    /// Which mandate.
    pub mandate: Option<String>,
    /// Since or until which day, ISO 8601 date, or empty.
    pub day: String,
}

impl Warning {
    fn new(code: WarningCode, role: &str) -> Self {
        Self {
            code,
            role: role.to_owned(),
            member: None,
            mandate: None,
            day: String::new(),
        }
    }

    fn of(mut self, member: MemberId) -> Self {
        self.member = Some(member);
        self
    }

    fn on(mut self, day: &str) -> Self {
        day.clone_into(&mut self.day);
        self
    }

    fn in_mandate(mut self, mandate: &Held) -> Self {
        self.mandate = Some(mandate.mandate.clone());
        self.of(mandate.holder)
    }
}

pub(super) fn of(roles: &[RoleFacts], held: &[&Held], from: &Piloting<'_>) -> Vec<Warning> {
    let mut warnings = Vec::new();
    facilitation(roles, held, from, &mut warnings);
    for role in roles {
        mandates(role, held, from, &mut warnings);
        rotation(role, from, &mut warnings);
    }
    warnings.sort();
    warnings.dedup();
    warnings
}

fn facilitation(
    roles: &[RoleFacts],
    held: &[&Held],
    from: &Piloting<'_>,
    warnings: &mut Vec<Warning>,
) {
    let of = |role: &str| roles.iter().find(|facts| facts.role == role);
    let pilots: BTreeSet<MemberId> = of("pilot")
        .iter()
        .flat_map(|pilot| &pilot.holders)
        .map(|one| one.member)
        .collect();
    let piloted_on = |member: &MemberId, day: &str| {
        held.iter().any(|mandate| {
            mandate.holder == *member
                && mandate.runs_on(day)
                && crate::role_key(&mandate.role) == "pilot"
        })
    };
    for one in of("facilitator").iter().flat_map(|role| &role.holders) {
        if pilots.contains(&one.member) {
            let warning = Warning::new(WarningCode::FacilitatorIsPilot, "facilitator");
            warnings.push(warning.of(one.member));
            continue;
        }
        let named = held
            .iter()
            .filter(|mandate| one.mandates.contains(&mandate.mandate));
        let alone = named
            .clone()
            .all(|mandate| piloted_on(&mandate.by, &mandate.said_on));
        if let Some(first) = named.clone().next().filter(|_| alone) {
            let warning = Warning::new(WarningCode::NamedByPilotAlone, "facilitator");
            warnings.push(warning.in_mandate(first));
        }
    }
    let facilitated = BETWEEN
        .iter()
        .any(|role| of(role).is_some_and(|role| !role.holders.is_empty()));
    // Alone one needs nobody in between; and who has given no role yet is not told how to.
    if !facilitated && from.present.len() > 1 && roles.iter().any(|role| !role.holders.is_empty()) {
        warnings.push(Warning::new(WarningCode::NobodyFacilitates, "facilitator"));
    }
}

fn mandates(role: &RoleFacts, held: &[&Held], from: &Piloting<'_>, warnings: &mut Vec<Warning>) {
    let theirs = || {
        let of = held.iter().copied();
        of.filter(|mandate| crate::role_key(&mandate.role) == role.role)
    };
    for mandate in theirs() {
        if mandate.to.as_ref().is_some_and(|to| *to < mandate.from) {
            let warning = Warning::new(WarningCode::EndsBeforeStart, &role.role);
            warnings.push(warning.in_mandate(mandate).on(&mandate.from));
        } else if mandate.runs_on(from.today) && !from.present.contains(&mandate.holder) {
            let warning = Warning::new(WarningCode::HolderLeft, &role.role);
            warnings.push(warning.in_mandate(mandate));
        }
    }
    let expected = role
        .rotation
        .as_ref()
        .and_then(|round| round.current.as_ref());
    let over = theirs().filter(|mandate| mandate.to.as_deref().is_some_and(|to| to < from.today));
    let last = over.max_by(|a, b| (&a.to, &a.mandate).cmp(&(&b.to, &b.mandate)));
    let to_come = theirs().any(|mandate| mandate.from.as_str() > from.today);
    if let Some(last) = last
        && role.holders.is_empty()
        && expected.is_none()
        && !to_come
    {
        let warning = Warning::new(WarningCode::MandateEnded, &role.role);
        let day = last.to.clone().unwrap_or_default();
        warnings.push(warning.in_mandate(last).on(&day));
    }
}

fn rotation(role: &RoleFacts, from: &Piloting<'_>, warnings: &mut Vec<Warning>) {
    let Some(round) = &role.rotation else {
        return;
    };
    if round.order.is_empty() {
        warnings.push(Warning::new(WarningCode::RotationEmpty, &role.role));
        return;
    }
    let said = from.roles.iter().find(|said| said.role == role.role);
    if said.is_some_and(|said| said.start.is_empty() || said.term.is_empty()) {
        warnings.push(Warning::new(WarningCode::RotationUndated, &role.role));
    }
    if let Some(turn) = &round.current {
        let held = role.holders.iter().any(|one| one.member == turn.member);
        if !held {
            let warning = Warning::new(WarningCode::HandOverDue, &role.role);
            warnings.push(warning.of(turn.member).on(&turn.from));
        }
    }
}
