//! Who held a role before: mandates whose days are over, and those that somebody ended.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Held, Holding};
use crate::MemberId;

/// A mandate that somebody ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedHeld {
    /// What was given.
    pub held: Held,
    /// Who ended it.
    pub by: MemberId,
    /// On which day, ISO 8601 date, as claimed.
    pub on: String,
}

impl EndedHeld {
    /// The mandate as it was held: to the day on which it was ended, unless it was over by then.
    #[must_use]
    pub fn as_held(&self) -> Held {
        let until = self
            .held
            .to
            .as_ref()
            .map_or(&self.on, |to| to.min(&self.on));
        Held {
            to: Some(until.clone()),
            ..self.held.clone()
        }
    }
}

/// Somebody who held a role and does so no more, or not by that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PastHolding {
    /// Who.
    pub member: MemberId,
    /// Since which day, ISO 8601 date.
    pub from: String,
    /// The last day.
    pub to: String,
    /// Who recorded it.
    pub by: Vec<MemberId>,
    /// Who ended it; `None`: its days were over.
    pub ended_by: Option<MemberId>,
}

/// Who held a role before today, the last first. What several recorded alike is one; what ended before it began was never
/// held; and who still holds the role since that day, by another record of it, is no matter of the past.
pub fn held_before(
    role: &str,
    holders: &[Holding],
    held: &[Held],
    ended: &[EndedHeld],
    today: &str,
) -> Vec<PastHolding> {
    let ran_out = |one: &&Held| one.to.as_deref().is_some_and(|to| to < today);
    let over = held.iter().filter(ran_out);
    let over = over.map(|one| (one.clone(), None));
    let ended = ended.iter().map(|one| {
        let until = one.as_held();
        // Whose days were over already held it to their end.
        let early = until.to != one.held.to;
        (until, early.then_some(one.by))
    });
    let mut found: BTreeMap<(String, MemberId), PastHolding> = BTreeMap::new();
    for (one, ended_by) in over.chain(ended) {
        let Some(to) = one.to.filter(|to| *to >= one.from) else {
            continue;
        };
        let holds = |now: &Holding| now.member == one.holder && now.from == one.from;
        if crate::role_key(&one.role) != role || holders.iter().any(holds) {
            continue;
        }
        let key = (one.from.clone(), one.holder);
        let known = found.entry(key).or_insert_with(|| PastHolding {
            member: one.holder,
            from: one.from,
            to: String::new(),
            by: Vec::new(),
            ended_by: None,
        });
        known.by.push(one.by);
        // The record that ran longest says how long it was; of equals, that the days were over.
        if (&to, ended_by.is_none()) > (&known.to, known.ended_by.is_none()) {
            known.to = to;
            known.ended_by = ended_by;
        } else if to == known.to {
            known.ended_by = known.ended_by.min(ended_by);
        }
    }
    let mut before: Vec<PastHolding> = found.into_values().collect();
    for one in &mut before {
        one.by.sort_unstable();
        one.by.dedup();
    }
    before.sort_by(|a, b| (&b.to, &b.from, a.member).cmp(&(&a.to, &a.from, b.member)));
    before
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(number: u8) -> MemberId {
        MemberId::from_bytes([number; 20])
    }

    fn held(holder: u8, from: &str, to: Option<&str>, by: u8) -> Held {
        Held {
            mandate: format!("{holder}/{from}/{by}"),
            role: "Pilot".into(),
            holder: member(holder),
            from: from.into(),
            to: to.map(Into::into),
            by: member(by),
            said_on: from.into(),
        }
    }

    fn ended(held: Held, by: u8, on: &str) -> EndedHeld {
        EndedHeld {
            held,
            by: member(by),
            on: on.into(),
        }
    }

    fn told(before: &[PastHolding]) -> Vec<(u8, &str, &str, usize, Option<u8>)> {
        let number = |member: &MemberId| member.as_bytes()[0];
        let told = before.iter().map(|one| {
            (
                number(&one.member),
                one.from.as_str(),
                one.to.as_str(),
                one.by.len(),
                one.ended_by.as_ref().map(number),
            )
        });
        told.collect()
    }

    #[test]
    fn who_held_a_role_stays_known_with_who_recorded_it_and_who_ended_it() {
        let today = "2027-03-10";
        let given = [
            held(1, "2025-01-01", Some("2025-12-31"), 1),
            held(1, "2025-01-01", Some("2025-12-31"), 2),
            held(4, "2027-01-01", None, 1),
        ];
        let closed = [
            ended(held(2, "2026-01-01", None, 3), 1, "2026-06-30"),
            // Its days were over before somebody ended it.
            ended(
                held(3, "2024-01-01", Some("2024-06-30"), 1),
                1,
                "2026-06-30",
            ),
            // Never held: it was ended before it began.
            ended(held(3, "2028-01-01", None, 1), 1, "2027-01-01"),
            // Another record says that they still hold it since then.
            ended(
                held(4, "2027-01-01", Some("2027-12-31"), 2),
                1,
                "2027-02-01",
            ),
        ];
        let now = [Holding::new(&given[2])];
        let before = held_before("pilot", &now, &given, &closed, today);
        assert_eq!(
            told(&before),
            [
                (2, "2026-01-01", "2026-06-30", 1, Some(1)),
                (1, "2025-01-01", "2025-12-31", 2, None),
                (3, "2024-01-01", "2024-06-30", 1, None),
            ]
        );
        assert!(held_before("secretary", &[], &given, &closed, today).is_empty());
    }

    #[test]
    fn of_two_records_of_one_holding_the_one_that_ran_longest_says_how_long_it_was_in_any_order() {
        let over = [held(1, "2025-01-01", Some("2025-12-31"), 1)];
        let closed = [
            ended(held(1, "2025-01-01", None, 2), 3, "2025-06-30"),
            ended(held(1, "2025-01-01", None, 3), 2, "2025-06-30"),
        ];
        let turned = [closed[1].clone(), closed[0].clone()];
        let told_of = |held: &[Held], closed: &[EndedHeld]| {
            held_before("pilot", &[], held, closed, "2027-03-10")
        };
        assert_eq!(
            told(&told_of(&over, &closed)),
            [(1, "2025-01-01", "2025-12-31", 3, None)]
        );
        assert_eq!(
            told(&told_of(&[], &closed)),
            [(1, "2025-01-01", "2025-06-30", 2, Some(2))]
        );
        assert_eq!(told_of(&[], &closed), told_of(&[], &turned));
    }
}
