//! Chance that can be had again.

use std::ops::Range;

use rand::{Rng, RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Chance from a seed. The seed is printed; `TRESSE_SEED` sets it.
#[derive(Debug)]
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// Chance from `TRESSE_SEED`, else from the system, for the scenario of this name.
    pub fn new(scenario: &str) -> Self {
        let seed = std::env::var("TRESSE_SEED").ok().map_or_else(
            || rand::rng().next_u64(),
            |seed| seed.parse().expect("TRESSE_SEED is a number"),
        );
        println!("{scenario}: TRESSE_SEED={seed}");
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number in a range.
    pub fn pick(&mut self, range: Range<usize>) -> usize {
        self.0.random_range(range)
    }

    /// A number from 0 to 1.
    pub fn part(&mut self) -> f64 {
        self.0.random()
    }

    /// Whether one in `n` times something happens.
    pub fn one_in(&mut self, n: u32) -> bool {
        self.0.random_ratio(1, n)
    }

    /// Words that do not compress to nothing.
    pub fn noise(&mut self, length: usize) -> String {
        let letter = |_| char::from(*self.of(b"abcdefghijklmnopqrstuvwxyz  "));
        (0..length).map(letter).collect()
    }

    /// One of these.
    pub fn of<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.pick(0..things.len())]
    }
}

/// How many rounds a scenario of chance plays: `usual`, unless `TRESSE_ROUNDS` asks for more.
pub fn rounds(usual: usize) -> usize {
    std::env::var("TRESSE_ROUNDS").map_or(usual, |rounds| {
        rounds.parse().expect("TRESSE_ROUNDS is a number")
    })
}
