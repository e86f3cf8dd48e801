//! Changes of a text, positions in Unicode scalar values.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// The text without case and without the accents of Western Europe, to compare and to search.
pub fn fold(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => plain.push('a'),
            'ç' => plain.push('c'),
            'è' | 'é' | 'ê' | 'ë' => plain.push('e'),
            'ì' | 'í' | 'î' | 'ï' => plain.push('i'),
            'ñ' => plain.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => plain.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => plain.push('u'),
            'ý' | 'ÿ' => plain.push('y'),
            'œ' => plain.push_str("oe"),
            'æ' => plain.push_str("ae"),
            '’' => plain.push('\''),
            other => plain.push(other),
        }
    }
    plain
}

/// One change of a text: at `at`, takes out `delete` characters and puts in `insert`. Positions
/// count Unicode scalar values.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
pub struct Splice {
    /// Where it begins.
    pub at: usize,
    /// How many characters it takes out.
    pub delete: usize,
    /// What it puts in.
    pub insert: String,
}

impl Splice {
    /// Makes the change in a plain text. `false`, and nothing done, where it does not fit.
    pub fn apply_to(&self, text: &mut String) -> bool {
        let Some(from) = byte_at(text, 0, self.at) else {
            return false;
        };
        let Some(to) = byte_at(text, from, self.delete) else {
            return false;
        };
        text.replace_range(from..to, &self.insert);
        true
    }
}

/// The byte that is `chars` characters after the byte `from`, if the text is as long.
fn byte_at(text: &str, from: usize, chars: usize) -> Option<usize> {
    let rest = &text[from..];
    rest.char_indices()
        .map(|(at, _)| at)
        .chain([rest.len()])
        .nth(chars)
        .map(|at| from + at)
}

/// Up to how many characters, old and new together, are compared one by one. It bounds what a
/// comparison can cost; beyond, whole lines are compared first.
const BY_CHARACTER: usize = 4_000;

/// A few splices that make `new` of `old`, each in the text that the one before it left. What
/// both have in common at the beginning and the end is never touched. The answer depends on
/// nothing but the two texts, and its cost is bounded, at the price of not always being the
/// shortest.
pub fn minimal_splices(old: &str, new: &str) -> Vec<Splice> {
    let old: Vec<char> = old.chars().collect();
    let new: Vec<char> = new.chars().collect();
    let mut splices = Vec::new();
    compare(&old, &new, 0, &mut splices, true);
    splices
}

/// Compares a stretch of the old text with the stretch of the new that takes its place and begins
/// at `at` in the new text.
fn compare(old: &[char], new: &[char], at: usize, splices: &mut Vec<Splice>, by_line: bool) {
    let same = |(a, b): &(&char, &char)| a == b;
    let head = old.iter().zip(new).take_while(same).count();
    let (old, new, at) = (&old[head..], &new[head..], at + head);
    let tail = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take_while(same)
        .count();
    let (old, new) = (&old[..old.len() - tail], &new[..new.len() - tail]);
    if old.is_empty() && new.is_empty() {
        return;
    }
    if old.is_empty() || new.is_empty() {
        splices.push(Splice {
            at,
            delete: old.len(),
            insert: new.iter().collect(),
        });
    } else if old.len() + new.len() <= BY_CHARACTER {
        for (old_range, new_range) in differences(old, new) {
            splices.push(Splice {
                at: at + new_range.start,
                delete: old_range.len(),
                insert: new[new_range].iter().collect(),
            });
        }
    } else if by_line {
        let (old_lines, new_lines) = (lines(old), lines(new));
        let (mut old_at, mut new_at, mut old_line, mut new_line) = (0, 0, 0, 0);
        for (old_range, new_range) in differences(&old_lines, &new_lines) {
            old_at += total(&old_lines[old_line..old_range.start]);
            new_at += total(&new_lines[new_line..new_range.start]);
            let old_end = old_at + total(&old_lines[old_range.clone()]);
            let new_end = new_at + total(&new_lines[new_range.clone()]);
            let (before, after) = (&old[old_at..old_end], &new[new_at..new_end]);
            compare(before, after, at + new_at, splices, false);
            (old_at, new_at) = (old_end, new_end);
            (old_line, new_line) = (old_range.end, new_range.end);
        }
    } else {
        splices.push(Splice {
            at,
            delete: old.len(),
            insert: new.iter().collect(),
        });
    }
}

/// Which stretches of the old make way for which of the new, in order.
fn differences<T: Eq + std::hash::Hash + Ord>(
    old: &[T],
    new: &[T],
) -> Vec<(Range<usize>, Range<usize>)> {
    let mut stretches: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        if op.tag() == DiffTag::Equal {
            continue;
        }
        let (old, new) = (op.old_range(), op.new_range());
        match stretches.last_mut() {
            Some((last_old, last_new))
                if last_old.end == old.start && last_new.end == new.start =>
            {
                last_old.end = old.end;
                last_new.end = new.end;
            }
            _ => stretches.push((old, new)),
        }
    }
    stretches
}

/// The lines of a text, each with its end.
fn lines(text: &[char]) -> Vec<&[char]> {
    text.split_inclusive(|char| *char == '\n').collect()
}

fn total(lines: &[&[char]]) -> usize {
    lines.iter().map(|line| line.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn splice(at: usize, delete: usize, insert: &str) -> Splice {
        let insert = insert.to_owned();
        Splice { at, delete, insert }
    }

    fn applied(old: &str, splices: &[Splice]) -> String {
        let mut text = old.to_owned();
        for splice in splices {
            assert!(
                splice.apply_to(&mut text),
                "{splice:?} does not fit {text:?}"
            );
        }
        text
    }

    #[test]
    fn a_word_added_is_one_splice_counted_in_characters() {
        assert_eq!(
            minimal_splices("Été à Dié", "Été doux à Dié"),
            [splice(4, 0, "doux ")]
        );
        assert_eq!(minimal_splices("abc", ""), [splice(0, 3, "")]);
        assert_eq!(minimal_splices("même", "même"), []);
    }

    #[test]
    fn a_splice_that_does_not_fit_leaves_the_text_alone() {
        let mut text = "été".to_owned();
        assert!(!splice(4, 0, "x").apply_to(&mut text));
        assert!(!splice(2, 2, "x").apply_to(&mut text));
        assert!(!splice(2, usize::MAX, "x").apply_to(&mut text));
        assert_eq!(text, "été");
        assert!(splice(1, 1, "x").apply_to(&mut text));
        assert_eq!(text, "éxé");
    }

    #[test]
    fn far_apart_edits_of_a_long_text_leave_what_lies_between_alone() {
        let old: String = (0..3_000).fold(String::new(), |text, n| text + &format!("ligne {n}\n"));
        let new = old
            .replace("ligne 7\n", "ligne sept\n")
            .replace("ligne 2990\n", "");
        let splices = minimal_splices(&old, &new);
        assert_eq!(applied(&old, &splices), new);
        let touched: usize = splices.iter().map(|s| s.delete + s.insert.len()).sum();
        assert!(touched < 40, "{splices:?}");
    }

    #[test]
    fn two_long_texts_with_nothing_in_common_are_compared_in_bounded_time() {
        let old: String = (0..60_000u32)
            .map(|n| char::from(b'a' + (n * 7 % 26) as u8))
            .collect();
        let new: String = (0..60_000u32)
            .map(|n| char::from(b'A' + (n * 11 % 26) as u8))
            .collect();
        assert_eq!(minimal_splices(&old, &new).len(), 1);
        let lines = |text: &str| text.chars().flat_map(|c| [c, '\n']).collect::<String>();
        let (old, new) = (lines(&old), lines(&new));
        assert_eq!(applied(&old, &minimal_splices(&old, &new)), new);
    }

    proptest! {
        #[test]
        fn the_splices_always_make_the_new_text(old in "[abé\n]{0,40}", new in "[abé\n]{0,40}") {
            prop_assert_eq!(applied(&old, &minimal_splices(&old, &new)), new);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn long_texts_too(
            seed in "[ab\n]{50,100}",
            edits in proptest::collection::vec((0..5_000usize, "[abc\n]{0,9}"), 0..30),
        ) {
            let old = seed.repeat(90);
            let mut new: Vec<String> = old.chars().map(String::from).collect();
            let len = new.len();
            for (at, text) in edits {
                new[at % len] = text;
            }
            let new = new.concat();
            prop_assert_eq!(applied(&old, &minimal_splices(&old, &new)), new);
        }
    }
}
