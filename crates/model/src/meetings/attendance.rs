//! Who came how often.
//!
//! A member's own word, in their notebook, counts before what others noted in the meeting. Somebody who was not yet a member
//! on the day, or no longer, does not count, whatever is noted of them. Nobody counts twice, however many devices or stays they have.
//! At the meeting of a working group its members are expected, and whoever else came is counted with them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{Attended, DocId, MemberId};

/// What is known of one meeting's attendance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldMeeting {
    /// Which.
    pub meeting: DocId,
    /// On which day it was, ISO 8601.
    pub on: String,
    /// Whom it was for; `None`: every member.
    pub expected: Option<BTreeSet<MemberId>>,
    /// What others noted.
    pub noted: BTreeMap<MemberId, Attended>,
    /// What each said of themselves.
    pub own: BTreeMap<MemberId, Attended>,
}

impl HeldMeeting {
    /// Whether somebody counts, if a member on the day: it was for them, or it is said whether they came.
    pub fn concerns(&self, member: &MemberId) -> bool {
        let expected = self.expected.as_ref();
        expected.is_none_or(|all| all.contains(member)) || self.word(member).is_some()
    }

    /// What counts of somebody.
    pub fn word(&self, member: &MemberId) -> Option<&Attended> {
        self.own.get(member).or_else(|| self.noted.get(member))
    }
}

/// A time during which somebody was a member, both days counted in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// Who.
    pub member: MemberId,
    /// From which day, ISO 8601.
    pub from: String,
    /// Until which day; empty: still.
    pub to: String,
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
pub struct AttendedCounts {
    /// Meetings at which one was expected: of a whole network, the sum over its members.
    pub expected: u32,
    /// One was there.
    pub present: u32,
    /// Somebody came in one's place.
    pub represented: u32,
    /// One had said that one could not.
    pub excused: u32,
    /// One was not there.
    pub absent: u32,
    /// Nothing was said.
    pub unsaid: u32,
}

impl AttendedCounts {
    fn add(&mut self, word: Option<&Attended>) {
        self.expected += 1;
        let count = match word {
            Some(Attended::Present) => &mut self.present,
            Some(Attended::Represented(_)) => &mut self.represented,
            Some(Attended::Excused) => &mut self.excused,
            Some(Attended::Absent) => &mut self.absent,
            None => &mut self.unsaid,
        };
        *count += 1;
    }

    /// Present or represented, of a hundred that were expected; `None`: nobody was.
    pub fn rate(&self) -> Option<u32> {
        let came = self.present + self.represented;
        (came * 100 + self.expected / 2).checked_div(self.expected)
    }
}

/// One member's attendance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MemberAttendance {
    /// Who.
    pub member: MemberId,
    /// How often.
    pub counts: AttendedCounts,
}

/// Attendance in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct AttendanceFacts {
    /// Meetings that count: of at least one member it is known whether they came.
    pub meetings: u32,
    /// Of all members together.
    pub all: AttendedCounts,
    /// Of each who was expected at one, by id: in no order of merit.
    pub members: Vec<MemberAttendance>,
}

/// Who came how often to the meetings of a period (both days counted in). In whatever order meetings and stays are given, the
/// answer is the same.
pub fn attendance(
    meetings: &[HeldMeeting],
    stays: &[Stay],
    period: (&str, &str),
) -> AttendanceFacts {
    let mut facts = AttendanceFacts::default();
    let mut members: BTreeMap<MemberId, AttendedCounts> = BTreeMap::new();
    let mut met = BTreeSet::new();
    for meeting in meetings {
        let day = meeting.on.as_str();
        if day < period.0 || day > period.1 || !met.insert(meeting.meeting) {
            continue;
        }
        let there = stays.iter().filter(|stay| {
            let stayed =
                stay.from.as_str() <= day && (stay.to.is_empty() || stay.to.as_str() >= day);
            stayed && meeting.concerns(&stay.member)
        });
        let there: BTreeSet<MemberId> = there.map(|stay| stay.member).collect();
        if !there.iter().any(|member| meeting.word(member).is_some()) {
            continue;
        }
        facts.meetings += 1;
        for member in there {
            let word = meeting.word(&member);
            facts.all.add(word);
            members.entry(member).or_default().add(word);
        }
    }
    let members = members.into_iter();
    facts.members = members
        .map(|(member, counts)| MemberAttendance { member, counts })
        .collect();
    facts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn member(at: u8) -> MemberId {
        MemberId::from_bytes([at; 20])
    }

    fn stay(at: u8, from: &str, to: &str) -> Stay {
        Stay {
            member: member(at),
            from: from.into(),
            to: to.into(),
        }
    }

    fn held(at: u8, on: &str, noted: &[(u8, Attended)], own: &[(u8, Attended)]) -> HeldMeeting {
        let words = |words: &[(u8, Attended)]| {
            words
                .iter()
                .map(|(at, word)| (member(*at), word.clone()))
                .collect()
        };
        HeldMeeting {
            meeting: DocId::meeting([at; 16]),
            on: on.into(),
            expected: None,
            noted: words(noted),
            own: words(own),
        }
    }

    #[test]
    fn ones_own_word_counts_before_what_others_noted() {
        let meetings = [held(
            1,
            "2026-11-03",
            &[(1, Attended::Absent), (2, Attended::Present)],
            &[(1, Attended::Represented("Zoé".into()))],
        )];
        let stays = [
            stay(1, "2026-01-01", ""),
            stay(2, "2026-01-01", ""),
            stay(3, "2026-01-01", ""),
        ];
        let facts = attendance(&meetings, &stays, ("2026-01-01", "2026-12-31"));
        assert_eq!(facts.meetings, 1);
        assert_eq!(facts.all.represented, 1);
        assert_eq!(facts.all.absent, 0);
        assert_eq!(facts.all.unsaid, 1);
        assert_eq!(facts.all.rate(), Some(67));
    }

    #[test]
    fn who_was_not_yet_a_member_does_not_count_whatever_is_noted() {
        let meetings = [held(
            1,
            "2026-11-03",
            &[(1, Attended::Present), (2, Attended::Present)],
            &[],
        )];
        let stays = [stay(1, "2026-01-01", ""), stay(2, "2026-11-04", "")];
        let facts = attendance(&meetings, &stays, ("2026-01-01", "2026-12-31"));
        assert_eq!(facts.all.expected, 1);
        assert_eq!(facts.members.len(), 1);
    }

    #[test]
    fn at_a_groups_meeting_its_members_are_expected_and_who_else_came_counts_with_them() {
        let mut meeting = held(
            1,
            "2026-11-03",
            &[(1, Attended::Present), (4, Attended::Present)],
            &[(2, Attended::Excused)],
        );
        // Of a group of three; the fourth of five came as a guest, the fifth has nothing to do with it.
        meeting.expected = Some([1, 2, 3].map(member).into());
        let stays: Vec<Stay> = (1..=5).map(|at| stay(at, "2026-01-01", "")).collect();
        let period = ("2026-01-01", "2026-12-31");
        let facts = attendance(&[meeting.clone()], &stays, period);
        let AttendedCounts {
            expected,
            present,
            excused,
            unsaid,
            ..
        } = facts.all;
        assert_eq!((expected, present, excused, unsaid), (4, 2, 1, 1));
        assert!(facts.members.iter().all(|one| one.member != member(5)));
        meeting.expected = None;
        assert_eq!(attendance(&[meeting], &stays, period).all.expected, 5);
    }

    #[test]
    fn a_meeting_of_which_nobody_said_anything_does_not_count() {
        let meetings = [held(1, "2026-11-03", &[], &[])];
        let facts = attendance(
            &meetings,
            &[stay(1, "2026-01-01", "")],
            ("2026-01-01", "2026-12-31"),
        );
        assert_eq!(facts, AttendanceFacts::default());
        assert_eq!(facts.all.rate(), None);
    }

    fn any_word() -> impl Strategy<Value = Attended> {
        prop_oneof![
            Just(Attended::Present),
            Just(Attended::Excused),
            Just(Attended::Absent),
            Just(Attended::Represented(String::new())),
        ]
    }

    fn any_meeting() -> impl Strategy<Value = HeldMeeting> {
        let words = || proptest::collection::btree_map((0u8..5).prop_map(member), any_word(), 0..5);
        let group = proptest::option::of(proptest::collection::btree_set(
            (0u8..5).prop_map(member),
            0..4,
        ));
        (0u8..6, 1u8..=28, group, words(), words()).prop_map(|(at, day, expected, noted, own)| {
            HeldMeeting {
                meeting: DocId::meeting([at; 16]),
                on: format!("2026-11-{day:02}"),
                expected,
                noted,
                own,
            }
        })
    }

    fn any_stay() -> impl Strategy<Value = Stay> {
        (0u8..5, 1u8..=28, 0u8..=28).prop_map(|(at, from, to)| Stay {
            member: member(at),
            from: format!("2026-11-{from:02}"),
            to: if to == 0 {
                String::new()
            } else {
                format!("2026-11-{to:02}")
            },
        })
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_does_not_matter_and_nobody_counts_twice(
            meetings in proptest::collection::vec(any_meeting(), 0..8),
            stays in proptest::collection::vec(any_stay(), 0..8),
            turn in any::<prop::sample::Index>(),
        ) {
            // One document is one meeting.
            let mut known = BTreeSet::new();
            let meetings: Vec<_> = meetings.into_iter().filter(|one| known.insert(one.meeting)).collect();
            let period = ("2026-11-05", "2026-11-25");
            let facts = attendance(&meetings, &stays, period);
            let mut other = meetings.clone();
            other.reverse();
            if !other.is_empty() {
                let at = turn.index(other.len());
                other.rotate_left(at);
                // The same meeting come again by another way is the same meeting.
                other.push(other[0].clone());
            }
            let mut twice = stays.clone();
            twice.extend(stays.iter().rev().cloned());
            prop_assert_eq!(attendance(&other, &twice, period), facts.clone());
            for one in &facts.members {
                prop_assert!(one.counts.expected <= facts.meetings);
            }
        }
    }
}
