//! Which file is fetched next, of those that are fetched unasked: the smallest, so that most are here soon; but now and then the one that
//! waits longest, so that a large one comes to its turn however many small ones are attached meanwhile.

use std::collections::BTreeMap;

use tresse_model::BlobId;

/// Every so many turns, the one that waits longest has its turn.
const PATIENT: u64 = 4;

/// Who waits since when, in turns.
#[derive(Debug, Default)]
pub(super) struct Turns {
    turn: u64,
    since: BTreeMap<(BlobId, u64), u64>,
}

impl Turns {
    /// The place of the next among these, the smallest first. Those that are no longer among them wait no longer.
    pub(super) fn next(&mut self, files: impl Iterator<Item = (BlobId, u64)>) -> Option<usize> {
        let files: Vec<_> = files.collect();
        let turn = self.turn;
        self.since = files
            .iter()
            .map(|file| (*file, self.since.get(file).copied().unwrap_or(turn)))
            .collect();
        if files.is_empty() {
            return None;
        }
        self.turn += 1;
        if !self.turn.is_multiple_of(PATIENT) {
            return Some(0);
        }
        // Of those that wait as long, the largest: the smallest come first anyway.
        (0..files.len()).min_by_key(|at| (self.since[&files[*at]], usize::MAX - at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(number: u32, size: u64) -> (BlobId, u64) {
        let mut name = [0; 32];
        name[..4].copy_from_slice(&number.to_be_bytes());
        (BlobId::from_bytes(name), size)
    }

    #[test]
    fn small_files_come_first_and_a_flood_of_them_keeps_no_large_one_waiting_for_ever() {
        let large = [file(0, 20_000), file(1, 10_000)];
        let (mut turns, mut waiting) = (Turns::default(), large.to_vec());
        let mut fetched = Vec::new();
        for number in 2..40 {
            // With each that is fetched, two small ones more are attached.
            waiting.extend([file(number * 2, 10), file(number * 2 + 1, 11)]);
            waiting.sort_by_key(|(_, size)| *size);
            let next = turns.next(waiting.iter().copied()).unwrap();
            fetched.push(waiting.remove(next));
        }
        assert!(fetched[..3].iter().all(|(_, size)| *size < 100));
        for one in large {
            let turn = fetched.iter().position(|other| *other == one);
            assert!(turn.is_some_and(|turn| turn < 12), "{turn:?}");
        }
        assert_eq!(turns.next(std::iter::empty()), None);
    }
}
