//! Ranked choices, counted by instant run-off: everybody's ballot stands with the first option on it that is still in; where none
//! has more than half of those, the lowest goes out.
//!
//! Run-off rather than a comparison of all pairs, because each round can be told in a sentence and followed with a finger. Options
//! that are lowest alike go out together, so that chance decides nothing; where only such are left, they tie.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Verdict;
use crate::ItemId;

/// One round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Round {
    /// How many ballots stand with each option that is still in, the most first.
    pub votes: Vec<(ItemId, usize)>,
    /// Which go out after this round.
    pub out: Vec<ItemId>,
    /// How many ballots name nothing that is still in.
    pub spent: usize,
}

pub(super) fn run_off(options: &[ItemId], ballots: &[Vec<ItemId>]) -> (Vec<Round>, Verdict) {
    let mut left: BTreeSet<ItemId> = options.iter().copied().collect();
    let mut rounds = Vec::new();
    while !left.is_empty() {
        let mut votes: BTreeMap<ItemId, usize> = left.iter().map(|one| (*one, 0)).collect();
        let mut spent = 0;
        for ballot in ballots {
            match ballot
                .iter()
                .find_map(|one| left.contains(one).then_some(*one))
            {
                Some(first) => *votes.entry(first).or_default() += 1,
                None => spent += 1,
            }
        }
        let all: usize = votes.values().sum();
        let most = votes.values().max().copied().unwrap_or(0);
        let least = votes.values().min().copied().unwrap_or(0);
        let lowest: Vec<ItemId> = with(&votes, least);
        let won = all > 0 && most * 2 > all;
        let alike = most == least;
        let mut standing: Vec<(ItemId, usize)> = votes.into_iter().collect();
        standing.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let first = standing.first().map(|(id, _)| *id);
        let out = if won || alike {
            Vec::new()
        } else {
            lowest.clone()
        };
        rounds.push(Round {
            votes: standing,
            out,
            spent,
        });
        match first {
            _ if all == 0 => return (rounds, Verdict::Nothing {}),
            Some(option) if won => return (rounds, Verdict::Chosen { option }),
            _ if alike => return (rounds, Verdict::Tie { options: lowest }),
            _ => lowest.iter().for_each(|one| {
                left.remove(one);
            }),
        }
    }
    (rounds, Verdict::Nothing {})
}

fn with(votes: &BTreeMap<ItemId, usize>, number: usize) -> Vec<ItemId> {
    let those = votes.iter().filter(|(_, votes)| **votes == number);
    those.map(|(id, _)| *id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(of: &[u8]) -> Vec<ItemId> {
        of.iter().map(|n| ItemId::from_bytes([*n; 10])).collect()
    }

    fn run(ballots: &[&[u8]]) -> (usize, Verdict) {
        let ballots: Vec<_> = ballots.iter().map(|one| ids(one)).collect();
        let (rounds, verdict) = run_off(&ids(&[1, 2, 3]), &ballots);
        (rounds.len(), verdict)
    }

    #[test]
    fn who_has_more_than_half_wins_at_once() {
        let option = ids(&[2])[0];
        assert_eq!(run(&[&[2], &[2, 1], &[1]]), (1, Verdict::Chosen { option }));
    }

    #[test]
    fn the_second_choice_of_who_chose_the_last_decides() {
        let ballots: [&[u8]; 5] = [&[1], &[1], &[2], &[2, 1], &[3, 2]];
        let option = ids(&[2])[0];
        assert_eq!(run(&ballots), (2, Verdict::Chosen { option }));
    }

    #[test]
    fn a_tie_is_said_and_nothing_is_drawn() {
        let options = ids(&[1, 2]);
        assert_eq!(
            run(&[&[1], &[2], &[1, 2], &[2, 1]]),
            (2, Verdict::Tie { options })
        );
        assert_eq!(run(&[]), (1, Verdict::Nothing {}));
        assert_eq!(run(&[&[], &[]]), (1, Verdict::Nothing {}));
    }
}
