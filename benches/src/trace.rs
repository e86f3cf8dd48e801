//! A page as somebody types it: in bursts at one place, with slips taken back, then a little further on or
//! somewhere else. (Of a recorded trace of a scientific paper, 260 000 keystrokes long, thirty in a hundred take away; so here.)

use rand::Rng;
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use tresse_model::Splice;

/// What is typed without a rest.
pub(crate) type Burst = Vec<Splice>;

/// Letters as often as French has them, more or less.
const LETTERS: &[u8] = b"eeeeeeeassiittnnrruullooddccppmm    vqfbghj,.x";

/// So many keystrokes, each putting in or taking away one character.
pub(crate) fn typed(keystrokes: usize, seed: u64) -> Vec<Burst> {
    let mut writer = Writer {
        chance: ChaCha8Rng::seed_from_u64(seed),
        length: 0,
        at: 0,
        left: keystrokes,
    };
    let mut bursts = Vec::new();
    while writer.left > 0 {
        bursts.push(writer.burst());
    }
    bursts
}

struct Writer {
    chance: ChaCha8Rng,
    length: usize,
    at: usize,
    left: usize,
}

impl Writer {
    fn burst(&mut self) -> Burst {
        let mut burst = Burst::new();
        let mut letters: usize = self.chance.random_range(4..60);
        while letters > 0 && self.left > 0 {
            letters -= 1;
            if self.at > 0 && self.chance.random_ratio(1, 9) {
                // A slip is seen a few letters later.
                let back = self.chance.random_range(1..8).min(self.at).min(self.left);
                for _ in 0..back {
                    burst.push(self.take_away());
                }
            } else {
                burst.push(self.put_in());
            }
        }
        self.go_on();
        burst
    }

    fn put_in(&mut self) -> Splice {
        let letter = LETTERS[self.chance.random_range(0..LETTERS.len())];
        let splice = Splice {
            at: self.at,
            delete: 0,
            insert: char::from(letter).to_string(),
        };
        self.at += 1;
        self.length += 1;
        self.left -= 1;
        splice
    }

    fn take_away(&mut self) -> Splice {
        self.at -= 1;
        self.length -= 1;
        self.left -= 1;
        Splice {
            at: self.at,
            delete: 1,
            insert: String::new(),
        }
    }

    /// Where the next burst begins: mostly just there, often near, now and then anywhere.
    fn go_on(&mut self) {
        match self.chance.random_range(0..20) {
            0..12 => {}
            12..18 => {
                let far = self.chance.random_range(0..400);
                self.at = (self.at + far).saturating_sub(200).min(self.length);
            }
            _ => self.at = self.chance.random_range(0..=self.length),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_is_as_long_as_was_asked_and_makes_a_text() {
        let bursts = typed(20_000, 7);
        assert_eq!(bursts.iter().map(Vec::len).sum::<usize>(), 20_000);
        let mut text = String::new();
        let mut away = 0;
        for splice in bursts.iter().flatten() {
            assert_eq!(splice.delete + splice.insert.len(), 1);
            away += splice.delete;
            assert!(splice.apply_to(&mut text));
        }
        assert!((5_000..8_000).contains(&away), "{away}");
        assert_eq!(bursts, typed(20_000, 7));
    }
}
