//! How many persons have built on a change.

use std::collections::BTreeMap;

use tresse_model::MemberId;

use super::{Voice, graph::Graph};

/// For each change, who built on it: a bit for each person.
pub(super) struct Support {
    /// How many words the bits of one change take.
    words: usize,
    bits: Vec<u64>,
    /// For each change, the number of the person whose it is.
    whose: Vec<Option<usize>>,
}

impl Support {
    /// Counted over the changes of the base only.
    pub(super) fn of(graph: &Graph<'_>, base: &[bool], voices: &[Voice]) -> Self {
        let mut numbers: BTreeMap<MemberId, usize> = BTreeMap::new();
        let mut number = |voice: &Voice| match voice {
            Voice::Genesis => None,
            Voice::Active(member) | Voice::Ended(member, _) => {
                let next = numbers.len();
                Some(*numbers.entry(*member).or_insert(next))
            }
        };
        let of_chain: Vec<Option<usize>> = voices.iter().map(&mut number).collect();
        let words = numbers.len().div_ceil(64);
        let mut support = Self {
            words,
            bits: vec![0; words * graph.links.len()],
            whose: graph.chain.iter().map(|chain| of_chain[*chain]).collect(),
        };
        for &at in graph.order.iter().rev() {
            if let Some(person) = support.whose[at].filter(|_| base[at]) {
                support.bits[at * words + person / 64] |= 1 << (person % 64);
            }
            for &dep in &graph.deps[at] {
                for word in 0..words {
                    let built = support.bits[at * words + word];
                    support.bits[dep * words + word] |= built;
                }
            }
        }
        support
    }

    /// How many persons other than the one whose it is.
    pub(super) fn others(&self, at: usize) -> u32 {
        let bits = &self.bits[at * self.words..(at + 1) * self.words];
        let own = |person: usize| (bits[person / 64] >> (person % 64)) as u32 & 1;
        let all: u32 = bits.iter().map(|word| word.count_ones()).sum();
        all - self.whose[at].map_or(0, own)
    }
}
