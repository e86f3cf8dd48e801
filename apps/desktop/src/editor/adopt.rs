//! Going from the editor's text to a newer one of the engine's, so that caret and view stay where they were.

use std::{ops::Range, time::Duration};

use similar::{Algorithm, DiffOp};

/// What became of one stretch of the old text, in scalar values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    /// Where it was.
    pub(super) old: Range<usize>,
    /// Where what replaced it stands in the new text.
    pub(super) new: Range<usize>,
}

/// The changes between two texts, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Changes(Vec<Change>);

/// A comparison line by line that takes longer than this settles for a coarser result.
const PATIENCE: Duration = Duration::from_millis(20);

impl Changes {
    /// Compares two texts: first what they share at both ends, then line by line what lies between, then again the ends of each
    /// changed stretch.
    pub(super) fn between(old: &str, new: &str) -> Self {
        let head = common_prefix(old, new);
        let tail = common_suffix(&old[head..], &new[head..]);
        let (a, b) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
        let at = old[..head].chars().count();
        if a.is_empty() && b.is_empty() {
            return Self::default();
        }
        let mut changes = Vec::new();
        let (lines_a, lines_b) = (split(a), split(b));
        if lines_a.len() < 3 || lines_b.len() < 3 {
            changes.extend(trim(a, b, at, at));
            return Self(changes);
        }
        let ops = similar::capture_diff_slices_deadline(
            Algorithm::Myers,
            &lines_a,
            &lines_b,
            std::time::Instant::now().checked_add(PATIENCE),
        );
        let (starts_a, starts_b) = (starts(&lines_a, at), starts(&lines_b, at));
        for op in ops {
            if matches!(op, DiffOp::Equal { .. }) {
                continue;
            }
            let (from, to) = (op.old_range(), op.new_range());
            let gone: String = lines_a[from.clone()].concat();
            let come: String = lines_b[to.clone()].concat();
            changes.extend(trim(&gone, &come, starts_a[from.start], starts_b[to.start]));
        }
        Self(changes)
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &Change> {
        self.0.iter()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where a place of the old text is in the new one. What is inserted right at the place comes after it.
    pub(super) fn map(&self, at: usize) -> usize {
        let mut shift = 0_isize;
        for change in &self.0 {
            if at <= change.old.start {
                break;
            }
            if at < change.old.end {
                // Inside what changed: as far in as before, or at the end of what came.
                return (change.new.start + (at - change.old.start)).min(change.new.end);
            }
            shift = change.new.end.cast_signed() - change.old.end.cast_signed();
        }
        at.saturating_add_signed(shift)
    }

    /// Like [`Changes::map`], but what is inserted right at the place comes before it.
    pub(super) fn map_after(&self, at: usize) -> usize {
        let inserted = self
            .0
            .iter()
            .find(|change| change.old.is_empty() && change.old.start == at);
        inserted.map_or_else(|| self.map(at), |change| change.new.end)
    }

    /// The end of the first changed stretch, in the new text.
    pub(super) fn first_end(&self) -> Option<usize> {
        self.0.first().map(|change| change.new.end)
    }
}

fn split(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn starts(lines: &[&str], at: usize) -> Vec<usize> {
    let mut start = at;
    let mut starts = Vec::with_capacity(lines.len() + 1);
    starts.push(start);
    for line in lines {
        start += line.chars().count();
        starts.push(start);
    }
    starts
}

/// One changed stretch without the ends that both sides share.
fn trim(old: &str, new: &str, old_at: usize, new_at: usize) -> Option<Change> {
    let head = common_prefix(old, new);
    let tail = common_suffix(&old[head..], &new[head..]);
    let chars = |text: &str| text.chars().count();
    let start = chars(&old[..head]);
    let change = Change {
        old: old_at + start..old_at + start + chars(&old[head..old.len() - tail]),
        new: new_at + start..new_at + start + chars(&new[head..new.len() - tail]),
    };
    (!change.old.is_empty() || !change.new.is_empty()).then_some(change)
}

/// Bytes that both texts begin with, up to a character's edge.
fn common_prefix(a: &str, b: &str) -> usize {
    let mut same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    while !a.is_char_boundary(same) || !b.is_char_boundary(same) {
        same -= 1;
    }
    same
}

/// Bytes that both texts end with, from a character's edge.
fn common_suffix(a: &str, b: &str) -> usize {
    let mut same = a
        .bytes()
        .rev()
        .zip(b.bytes().rev())
        .take_while(|(a, b)| a == b)
        .count();
    while !a.is_char_boundary(a.len() - same) || !b.is_char_boundary(b.len() - same) {
        same -= 1;
    }
    same
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn apply(old: &str, new: &str, changes: &Changes) -> String {
        let new: Vec<char> = new.chars().collect();
        let mut text: Vec<char> = old.chars().collect();
        for change in changes.iter().rev() {
            text.splice(change.old.clone(), new[change.new.clone()].iter().copied());
        }
        text.into_iter().collect()
    }

    #[test]
    fn a_place_between_two_far_changes_keeps_its_line() {
        let old = "un\ndeux\ntrois\nquatre\ncinq\nsix\n";
        let new = "UN et plus\ndeux\ntrois\nquatre\ncinq\nsix et sept\n";
        let changes = Changes::between(old, new);
        let place = old[..old.find("rois").unwrap()].chars().count();
        let after: String = new.chars().skip(changes.map(place)).collect();
        assert!(after.starts_with("rois"), "{after}");
    }

    #[test]
    fn what_others_put_at_the_caret_comes_after_it() {
        assert_eq!(Changes::between("ab", "aXb").map(1), 1);
        assert_eq!(Changes::between("ab", "aXb").map(2), 3);
        assert_eq!(Changes::between("éa", "ça").map(1), 1);
    }

    proptest! {
        #[test]
        fn applying_the_changes_gives_the_new_text(
            old in "[aé\nb]{0,50}", new in "[aé\nbè]{0,50}",
        ) {
            let changes = Changes::between(&old, &new);
            prop_assert_eq!(apply(&old, &new, &changes), new.clone());
            let end = new.chars().count();
            for place in 0..=old.chars().count() {
                prop_assert!(changes.map(place) <= end);
                prop_assert!(place == 0 || changes.map(place - 1) <= changes.map(place));
            }
        }
    }
}
