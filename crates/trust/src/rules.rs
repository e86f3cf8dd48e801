//! The rules by which a network lets in, removes, re-admits, and changes its rules.

use serde::{Deserialize, Serialize};

use crate::wire;

/// How many persons must agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Quorum {
    /// This many.
    Count(u16),
    /// More than half.
    Majority,
    /// Two thirds, rounded up.
    TwoThirds,
    /// Everybody.
    All,
}

impl Quorum {
    /// How many of `of` persons that is: at least one, and more than `of` where the rule asks for more
    /// than there are.
    pub fn need(self, of: usize) -> usize {
        let need = match self {
            Self::Count(count) => usize::from(count),
            Self::Majority => of / 2 + 1,
            Self::TwoThirds => (of * 2).div_ceil(3),
            Self::All => of,
        };
        need.max(1)
    }

    /// Whether the rule says in so many words that one person is enough.
    const fn one_is_enough(self) -> bool {
        matches!(self, Self::Count(1))
    }
}

/// The rules in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Rules {
    /// How many persons must make the same invitation before it lets anybody in. One: any member alone.
    pub invite: u8,
    /// How many of the other members remove somebody.
    pub removal: Quorum,
    /// How many of the other members take somebody back, or take over a person's devices.
    pub readmission: Quorum,
    /// How many of all members change these rules.
    pub change: Quorum,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            invite: 1,
            removal: Quorum::Majority,
            readmission: Quorum::Majority,
            change: Quorum::Majority,
        }
    }
}

impl Rules {
    /// How many of the `others` must consent to remove a person. More than `others` means that it is out of
    /// reach: at least two are needed, unless the rule says in so many words that one is
    /// enough, so of two members neither removes the other.
    pub fn removal_need(&self, others: usize) -> usize {
        let need = self.removal.need(others);
        if self.removal.one_is_enough() {
            need
        } else {
            need.max(2)
        }
    }

    /// How many of the `others` must consent to re-admit a person. `present`: the person is still
    /// in, so the re-admission ends what they have, and needs what a removal needs if that is more.
    /// Otherwise at least two are needed where there are two, and never more than there are.
    pub fn readmission_need(&self, others: usize, present: bool) -> usize {
        let mut need = self.readmission.need(others);
        if !self.readmission.one_is_enough() {
            need = need.max(2);
        }
        need = need.min(others).max(1);
        if present {
            need.max(self.removal_need(others))
        } else {
            need
        }
    }

    /// How many of all `members` must consent to new rules: never more than there are, so that no
    /// rule locks itself in.
    pub fn change_need(&self, members: usize) -> usize {
        self.change.need(members).min(members).max(1)
    }

    /// How many persons must make the same invitation.
    pub fn invite_need(&self) -> usize {
        usize::from(self.invite).max(1)
    }

    /// Whether every number in them means something: none is zero.
    pub fn are_sound(&self) -> bool {
        let quorums = [self.removal, self.readmission, self.change];
        self.invite > 0 && !quorums.contains(&Quorum::Count(0))
    }

    /// Decides between rules that were adopted at the same time by as many persons.
    pub(crate) fn hash(&self) -> [u8; 32] {
        blake3::derive_key("tresse 2026 rules", &wire::encode(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_quorum_counts_as_it_says() {
        let need = |quorum: Quorum| [0, 1, 2, 3, 4, 5, 6].map(|of| quorum.need(of));
        assert_eq!(need(Quorum::Majority), [1, 1, 2, 2, 3, 3, 4]);
        assert_eq!(need(Quorum::TwoThirds), [1, 1, 2, 2, 3, 4, 4]);
        assert_eq!(need(Quorum::All), [1, 1, 2, 3, 4, 5, 6]);
        assert_eq!(need(Quorum::Count(3)), [3; 7]);
        assert_eq!(need(Quorum::Count(0)), [1; 7]);
    }

    #[test]
    fn of_two_members_neither_removes_the_other_unless_the_rule_says_that_one_is_enough() {
        let rules = Rules::default();
        assert_eq!([1, 2, 3, 4].map(|of| rules.removal_need(of)), [2, 2, 2, 3]);
        let one = Rules {
            removal: Quorum::Count(1),
            ..rules
        };
        assert_eq!(one.removal_need(1), 1);
    }

    #[test]
    fn a_readmission_is_in_reach_of_the_others_and_no_easier_than_a_removal_of_who_is_in() {
        let rules = Rules::default();
        let need = |present| [0, 1, 2, 3, 4].map(|of| rules.readmission_need(of, present));
        assert_eq!(need(false), [1, 1, 2, 2, 3]);
        assert_eq!(need(true), [2, 2, 2, 2, 3]);
        let lax = Rules {
            readmission: Quorum::Count(1),
            ..rules
        };
        assert_eq!(lax.readmission_need(5, false), 1);
        assert_eq!(lax.readmission_need(5, true), 3);
        let strict = Rules {
            readmission: Quorum::Count(9),
            ..rules
        };
        assert_eq!(strict.readmission_need(3, false), 3);
    }

    #[test]
    fn rules_never_lock_themselves_in() {
        let rules = Rules {
            change: Quorum::Count(50),
            ..Rules::default()
        };
        assert_eq!(rules.change_need(4), 4);
    }
}
