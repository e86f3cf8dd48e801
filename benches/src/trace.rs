//! A page as somebody types it: in bursts at one place, with slips taken back, then a little further on or
//! somewhere else. (Of a recorded trace of a scientific paper, 260 000 keystrokes long, thirty in a hundred take away; so here.)
//! Or a recorded one, read from a file in the form of the [public traces](https://github.com/josephg/editing-traces) that are counted in characters.

use std::{fs, path::Path};

use rand::Rng;
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use serde::Deserialize;
use tresse_model::Splice;

use crate::{Anyhow, Asked};

/// What is typed without a rest.
pub(crate) type Burst = Vec<Splice>;

/// Letters as often as French has them, more or less.
const LETTERS: &[u8] = b"eeeeeeeassiittnnrruullooddccppmm    vqfbghj,.x";

/// The page that is asked for.
pub(crate) fn page(asked: &Asked) -> Anyhow<Vec<Burst>> {
    match &asked.trace {
        Some(file) => recorded(file),
        None => Ok(typed(asked.edits, asked.seed)),
    }
}

/// How many keystrokes of a recorded page, each where the one before it ended, are a burst at most.
const BURST: usize = 60;

#[derive(Deserialize)]
struct Recorded {
    #[serde(default, rename = "startContent")]
    start: String,
    txns: Vec<Turn>,
}

#[derive(Deserialize)]
struct Turn {
    patches: Vec<(usize, usize, String)>,
}

/// What somebody really typed. The file says what was put in and taken away, not when: a burst is what goes on at one place.
fn recorded(file: &Path) -> Anyhow<Vec<Burst>> {
    let recorded: Recorded = serde_json::from_slice(&fs::read(file)?)?;
    let start = (!recorded.start.is_empty()).then_some((0, 0, recorded.start));
    let patches = recorded.txns.into_iter().flat_map(|turn| turn.patches);
    let (mut bursts, mut caret, mut length) = (Vec::<Burst>::new(), None, 0);
    for (at, delete, insert) in start.into_iter().chain(patches) {
        if at + delete > length {
            return Err(format!(
                "there is no place {at} in a page of {length}: is it counted in characters?"
            )
            .into());
        }
        let put_in = insert.chars().count();
        length = length - delete + put_in;
        let goes_on = caret == Some(at) || caret == Some(at + delete);
        let splice = Splice { at, delete, insert };
        match bursts.last_mut() {
            Some(burst) if goes_on && burst.len() < BURST => burst.push(splice),
            _ => bursts.push(vec![splice]),
        }
        caret = Some(at + put_in);
    }
    Ok(bursts)
}

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

    #[test]
    fn a_recorded_page_is_typed_as_it_was_and_one_that_cannot_be_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("trace.json");
        let write = |text: &str| fs::write(&file, text).unwrap();
        write(
            r#"{"startContent": "é", "endContent": "école", "txns": [
                {"time": "then", "patches": [[1, 0, "c"]]}, {"patches": [[2, 0, "x"], [2, 1, ""], [2, 0, "ole!"]]}, {"patches": [[5, 1, ""]]}
            ]}"#,
        );
        let bursts = recorded(&file).unwrap();
        assert_eq!(bursts.len(), 1, "all of it goes on where it ended");
        let mut text = String::new();
        for splice in bursts.iter().flatten() {
            assert!(splice.apply_to(&mut text));
        }
        assert_eq!(text, "école");
        write(r#"{"txns": [{"patches": [[0, 0, "abc"]]}, {"patches": [[0, 0, "d"]]}]}"#);
        assert_eq!(recorded(&file).unwrap().len(), 2, "the caret was moved");
        write(r#"{"txns": [{"patches": [[4, 0, "c"]]}]}"#);
        assert!(recorded(&file).is_err());
        write("not a trace");
        assert!(recorded(&file).is_err());
    }
}
