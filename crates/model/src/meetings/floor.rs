//! Who spoke how long.

use std::collections::{BTreeMap, BTreeSet};

use crate::{FloorTurn, MemberId};

/// How many seconds each of those spoke who agree to be named, by id; and how many all others did together. Who agrees and has not
/// spoken is in it with nothing.
pub fn floor_balance(
    turns: &[FloorTurn],
    agree: &BTreeSet<MemberId>,
) -> (BTreeMap<MemberId, u32>, u32) {
    let mut named: BTreeMap<MemberId, u32> = agree.iter().map(|member| (*member, 0)).collect();
    let mut others = 0u32;
    for turn in turns {
        let to = turn.member.and_then(|member| named.get_mut(&member));
        let sum = to.unwrap_or(&mut others);
        *sum = sum.saturating_add(turn.seconds);
    }
    (named, others)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ItemId;

    #[test]
    fn who_does_not_agree_is_never_named() {
        let (ana, bo) = (MemberId::from_bytes([1; 20]), MemberId::from_bytes([2; 20]));
        let turn = |member, seconds| FloorTurn {
            id: ItemId::from_bytes([9; 10]),
            member,
            seconds,
        };
        let turns = [
            turn(Some(ana), 40),
            turn(Some(bo), 30),
            turn(None, 5),
            turn(Some(ana), 20),
        ];
        let (named, others) = floor_balance(&turns, &[ana].into());
        assert_eq!(named, [(ana, 60)].into());
        assert_eq!(others, 35);
    }
}
