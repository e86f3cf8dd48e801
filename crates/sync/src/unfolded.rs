//! How much changes and documents unfold to, told before they are unfolded.
//!
//! Operations lie in columns, in which what repeats is written once with a number: a hundred bytes can
//! say "insert nothing, four thousand million times", and merely reading that takes minutes and
//! all memory. But whatever is made honestly is said: a character, a key, a value. So what a
//! message holds makes at most as many things as it has bytes (uncompressed), and a few more ([`MORE`]) for what may
//! repeat itself. Only taking away is said in fewer: whole texts, at most. In a saved document, which holds what was taken away as
//! well, each thing is taken away once, or a few times at once; and a change without an operation is rare.
//!
//! ```text
//! a change, after its header (each number LEB128):      a saved document, after its header:
//!   dependencies   count, 32 bytes each                   actors              count; length, bytes each
//!   actor          length, bytes                          heads               count, 32 bytes each
//!   seq, start, time                                      columns of changes     count; kind, length each
//!   message        length, bytes                          columns of operations  count; kind, length each
//!   other actors   count; length, bytes each              the columns of both, in that order
//!   columns        count; kind, length each
//!   the columns, in that order
//!
//! a column of numbers or of texts: runs, each beginning with a signed count
//!   n > 0   the item that follows, n times
//!   n < 0   -n items that follow
//!   n = 0   nothing, as often as the number that follows says
//! ```

mod numbers;

use std::io::Read;

use flate2::bufread::DeflateDecoder;
use tresse_model::TEXT_MAX;

use self::numbers::Numbers;

/// How many more things what a message holds may make than it has bytes.
pub(crate) const MORE: u64 = 100_000;
/// How many more it may take away.
const MORE_REMOVED: u64 = 2 * TEXT_MAX as u64;
/// The most bytes that the columns of one document may have, uncompressed.
const MOST_UNFOLDED: usize = 128 * 1024 * 1024;
/// So many bytes of a key or a name count as one thing more.
const LONG: u64 = 64;

/// What a column holds, as far as it is looked at.
enum Holds {
    /// What each operation does.
    Actions,
    /// How many operations each one is instead of, or is replaced by.
    Replaced,
    /// Something for each change.
    Changes,
    /// Keys, names.
    Texts,
    Other,
}

/// This bit of a column's kind says that it is compressed.
const COMPRESSED: u64 = 8;
/// The action that takes away.
const DELETE: u64 = 3;

const fn texts(kind: u64) -> Holds {
    if kind & 7 == 5 {
        Holds::Texts
    } else {
        Holds::Other
    }
}

const fn of_change(kind: u64) -> Holds {
    match kind {
        0x42 => Holds::Actions,
        0x70 => Holds::Replaced,
        _ => texts(kind),
    }
}

const fn of_operations(kind: u64) -> Holds {
    match kind {
        0x42 => Holds::Actions,
        0x80 => Holds::Replaced,
        _ => texts(kind),
    }
}

const fn of_changes(kind: u64) -> Holds {
    match kind {
        0x01 => Holds::Changes,
        _ => texts(kind),
    }
}

/// How much what a message holds makes and takes away.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unfolded {
    bytes: u64,
    made: u64,
    removed: u64,
    changes: u64,
}

impl Unfolded {
    /// Adds a change whose header has this length. `None` if it cannot be told what it makes.
    pub(crate) fn add_change(&mut self, change: &[u8], header: usize) -> Option<()> {
        let mut body = Numbers(change.get(header..)?);
        body.hashes()?;
        body.piece()?;
        for _ in ["seq", "start", "time"] {
            body.number()?;
        }
        body.piece()?;
        body.pieces()?;
        self.bytes = self.bytes.saturating_add(change.len() as u64);
        for (kind, length) in body.columns()? {
            self.add(&of_change(kind), body.skip(length)?)?;
        }
        Some(())
    }

    /// What the saved document makes whose header has this length. `None` if it cannot be told, or if it is more than
    /// may be.
    pub(crate) fn of_document(saved: &[u8], header: usize) -> Option<Self> {
        let mut unfolded = Self::default();
        unfolded.add_document(saved, header)?;
        let Self {
            made,
            removed,
            changes,
            ..
        } = unfolded;
        let sound = unfolded.is_bounded()
            && removed <= made.saturating_mul(2).saturating_add(MORE)
            && changes <= made.saturating_add(removed).saturating_add(MORE);
        sound.then_some(unfolded)
    }

    fn add_document(&mut self, saved: &[u8], header: usize) -> Option<()> {
        let mut body = Numbers(saved.get(header..)?);
        body.pieces()?;
        body.hashes()?;
        let (changes, operations) = (body.columns()?, body.columns()?);
        let mut room = MOST_UNFOLDED;
        let changes = changes
            .into_iter()
            .map(|column| (of_changes as fn(u64) -> Holds, column));
        let operations = operations
            .into_iter()
            .map(|column| (of_operations as fn(u64) -> Holds, column));
        for (holds, (kind, length)) in changes.chain(operations) {
            let column = body.skip(length)?;
            let inflated;
            let column = if kind & COMPRESSED == 0 {
                column
            } else {
                inflated = inflate(column, room)?;
                &inflated
            };
            room = room.checked_sub(column.len())?;
            self.bytes = self.bytes.saturating_add(column.len() as u64);
            self.add(&holds(kind & !COMPRESSED), column)?;
        }
        Some(())
    }

    fn add(&mut self, holds: &Holds, column: &[u8]) -> Option<()> {
        let mut column = Numbers(column);
        let Self {
            made,
            removed,
            changes,
            ..
        } = self;
        let add = |sum: &mut u64, more: u64| *sum = sum.saturating_add(more);
        while !column.0.is_empty() {
            match holds {
                Holds::Actions => column.run(Numbers::number, |action, times| {
                    add(if action == DELETE { removed } else { made }, times);
                }),
                Holds::Changes => column.run(Numbers::number, |_, times| add(changes, times)),
                Holds::Replaced => column.run(Numbers::number, |each, times| {
                    add(removed, each.saturating_mul(times));
                }),
                Holds::Texts => column.run(Numbers::length, |length, times| {
                    add(made, (length / LONG).saturating_mul(times));
                }),
                Holds::Other => break,
            }?;
        }
        Some(())
    }

    /// Whether it is no more than may be.
    pub(crate) const fn is_bounded(&self) -> bool {
        self.made <= self.bytes.saturating_add(MORE)
            && self.removed <= self.bytes.saturating_add(MORE_REMOVED)
    }
}

/// The bytes of a compressed column, if they are no more than there is room for.
fn inflate(column: &[u8], room: usize) -> Option<Vec<u8>> {
    let mut inflated = Vec::new();
    let mut reader = DeflateDecoder::new(column).take(room as u64 + 1);
    reader.read_to_end(&mut inflated).ok()?;
    (inflated.len() <= room).then_some(inflated)
}

#[cfg(test)]
mod tests {
    use automerge::{
        ActorId, Automerge, Change, ObjType, ROOT, ReadDoc, transaction::CommitOptions,
        transaction::Transactable,
    };

    use super::*;

    fn last(doc: &mut Automerge) -> Change {
        doc.get_last_local_change().unwrap()
    }

    fn header(bytes: &[u8]) -> usize {
        let digits = bytes[9..].iter().take_while(|digit| **digit >= 0x80);
        9 + digits.count() + 1
    }

    fn of_document(saved: &[u8]) -> Option<Unfolded> {
        Unfolded::of_document(saved, header(saved))
    }

    fn made_by(change: &Change) -> u64 {
        let bytes = change.raw_bytes();
        let mut unfolded = Unfolded::default();
        unfolded.add_change(bytes, header(bytes)).unwrap();
        unfolded.made
    }

    #[test]
    fn a_long_text_may_be_written_and_taken_away_at_once() {
        let mut doc = Automerge::new().with_actor(ActorId::from(&[1; 16][..]));
        let mut transaction = doc.transaction();
        let text = transaction.put_object(ROOT, "t", ObjType::Text).unwrap();
        let words = "répétition ".repeat(2_000);
        transaction.splice_text(&text, 0, 0, &words).unwrap();
        transaction.commit();
        let change = last(&mut doc);
        assert_eq!(made_by(&change), change.len() as u64);
        assert!(made_by(&change) <= change.raw_bytes().len() as u64);
        let mut transaction = doc.transaction();
        let length = transaction.length(&text);
        transaction
            .splice_text(&text, 0, length.cast_signed(), "fin")
            .unwrap();
        transaction.commit();
        let change = last(&mut doc);
        assert!(change.raw_bytes().len() < 400 && change.len() > 20_000);
        assert_eq!(made_by(&change), 3);
    }

    #[test]
    fn many_nothings_in_few_bytes_are_counted_as_many() {
        let mut doc = Automerge::new().with_actor(ActorId::from(&[1; 16][..]));
        let mut transaction = doc.transaction();
        let list = transaction.put_object(ROOT, "l", ObjType::List).unwrap();
        for at in 0..1_000 {
            transaction.insert(&list, at, ()).unwrap();
        }
        transaction.commit();
        let change = last(&mut doc);
        assert!(change.raw_bytes().len() < 200);
        assert_eq!(made_by(&change), 1_001);
    }

    #[test]
    fn a_document_is_told_to_make_what_its_changes_make_compressed_or_not() {
        let mut doc = Automerge::new().with_actor(ActorId::from(&[1; 16][..]));
        let mut transaction = doc.transaction();
        let text = transaction.put_object(ROOT, "t", ObjType::Text).unwrap();
        let words = "répétition ".repeat(2_000);
        transaction.splice_text(&text, 0, 0, &words).unwrap();
        transaction.splice_text(&text, 0, 5, "").unwrap();
        transaction.commit();
        let (plain, squeezed) = (doc.save_nocompress(), doc.save());
        assert!(squeezed.len() * 10 < plain.len());
        let unfolded = of_document(&squeezed).unwrap();
        assert_eq!(Some(unfolded), of_document(&plain));
        assert_eq!(unfolded.made, 1 + words.chars().count() as u64);
        assert_eq!(unfolded.changes, 1);
        assert_eq!(unfolded.removed, 5);
    }

    #[test]
    fn as_many_changes_as_there_are_keystrokes_are_no_excess() {
        let mut doc = Automerge::new();
        let mut transaction = doc.transaction();
        let text = transaction.put_object(ROOT, "t", ObjType::Text).unwrap();
        transaction.commit();
        for at in 0..3_000 {
            let mut transaction = doc.transaction();
            transaction.splice_text(&text, at, 0, "a").unwrap();
            transaction.commit_with(CommitOptions::default().with_time(0));
        }
        let unfolded = of_document(&doc.save()).unwrap();
        assert_eq!(unfolded.changes, 3_001);
        assert!(unfolded.made <= unfolded.bytes, "without anything more");
    }

    #[test]
    fn what_is_cut_off_is_not_told() {
        let mut doc = Automerge::new();
        let mut transaction = doc.transaction();
        transaction.put(ROOT, "k", "v").unwrap();
        transaction.commit();
        let saved = doc.save();
        for end in 9..saved.len() - 2 {
            assert_eq!(of_document(&saved[..end]), None, "{end}");
        }
    }
}
