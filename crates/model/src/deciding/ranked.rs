//! Ranked choices, counted by instant run-off: everybody's ballot stands with the first option on it that is still in; where none
//! has more than half of those, the lowest goes out.
//!
//! Run-off rather than a comparison of all pairs, because each round can be told in a sentence and followed with a finger. Options
//! that are lowest alike go out together, so that chance decides nothing; where only such are left, they tie.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use serde::Serialize;

use super::Verdict;
use crate::ItemId;

/// One round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Round {
    /// How many ballots stand with each option that is still in, the most first; of as many, in the order in which they were put.
    pub votes: Vec<(ItemId, usize)>,
    /// Which go out after this round, in the order in which they were put.
    pub out: Vec<ItemId>,
    /// How many ballots name nothing that is still in.
    pub spent: usize,
}

/// The rounds, and what comes of them. `options` are in the order in which they were put to the members: options that are alike are named
/// in it, for ids are drawn by lot and nobody could follow them.
pub(super) fn run_off(options: &[ItemId], ballots: &[Vec<ItemId>]) -> (Vec<Round>, Verdict) {
    let mut left: BTreeSet<ItemId> = options.iter().copied().collect();
    let mut rounds = Vec::new();
    while !left.is_empty() {
        let (votes, spent) = votes(options, &left, ballots);
        let all: usize = votes.iter().map(|(_, votes)| votes).sum();
        let most = votes.iter().map(|(_, votes)| *votes).max().unwrap_or(0);
        let least = votes.iter().map(|(_, votes)| *votes).min().unwrap_or(0);
        let lowest = votes.iter().filter(|(_, votes)| *votes == least);
        let lowest: Vec<ItemId> = lowest.map(|(id, _)| *id).collect();
        let won = all > 0 && most * 2 > all;
        let alike = most == least;
        let mut standing = votes;
        standing.sort_by_key(|(_, votes)| Reverse(*votes));
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

/// How many ballots stand with each option that is still in, in the order in which they were put; and how many name none of these.
fn votes(
    options: &[ItemId],
    left: &BTreeSet<ItemId>,
    ballots: &[Vec<ItemId>],
) -> (Vec<(ItemId, usize)>, usize) {
    let mut stand: BTreeMap<ItemId, usize> = BTreeMap::new();
    let mut spent = 0;
    for ballot in ballots {
        match ballot.iter().find(|one| left.contains(one)) {
            Some(first) => *stand.entry(*first).or_default() += 1,
            None => spent += 1,
        }
    }
    let still = options.iter().filter(|one| left.contains(one));
    let votes = still.map(|one| (*one, stand.get(one).copied().unwrap_or_default()));
    (votes.collect(), spent)
}

/// How far an option came: who stayed in longest first, of those who went out together who had more then.
pub(super) fn how_far(rounds: &[Round], option: &ItemId) -> Reverse<(usize, usize)> {
    let last = rounds.iter().enumerate().rev().find_map(|(number, round)| {
        let mut votes = round.votes.iter();
        let (_, votes) = votes.find(|(id, _)| id == option)?;
        Some((number, *votes))
    });
    Reverse(last.unwrap_or_default())
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

    #[test]
    fn those_that_are_alike_are_named_in_the_order_in_which_they_were_put_whatever_their_ids() {
        let put = ids(&[7, 3, 9, 1]);
        let ballots: Vec<_> = [&[9u8][..], &[1], &[7], &[3], &[9], &[7]]
            .iter()
            .map(|one| ids(one))
            .collect();
        let mut turned = ballots.clone();
        for _ in 0..ballots.len() {
            turned.rotate_left(1);
            let (rounds, verdict) = run_off(&put, &turned);
            let named = |of: &Round| of.votes.iter().map(|(id, _)| *id).collect::<Vec<_>>();
            assert_eq!(named(&rounds[0]), ids(&[7, 9, 3, 1]));
            assert_eq!(rounds[0].out, ids(&[3, 1]));
            let options = ids(&[7, 9]);
            assert_eq!(verdict, Verdict::Tie { options });
        }
    }
}
