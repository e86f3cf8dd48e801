//! How much changes and documents unfold to, told before they are unfolded.
//!
//! Operations lie in columns, in which what repeats is written once with a number: a hundred bytes can
//! say "insert nothing, four thousand million times", and merely reading that takes minutes and
//! all memory. But whatever is made honestly is said: a character, a key, a value. So what a
//! message holds makes at most as many things as it has bytes (uncompressed), and a few more ([`MORE`]) for what may
//! repeat itself. Only taking away is said in fewer: whole texts, at most. And a change without an operation is rare.
//!
//! Beyond that, whatever honest people write has its measure: no value or key is longer than a long field
//! (what is longer is a text, whose characters are values of their own), one change makes no more than [`MOST_THINGS`]
//! things that are not characters, and things lie in things no deeper than [`MOST_LEVELS`] levels.
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

mod levels;
mod numbers;

use std::{borrow::Cow, io::Read};

use flate2::bufread::DeflateDecoder;
use sha2::{Digest as _, Sha256};
use tresse_model::TEXT_MAX;

use self::{levels::Levels, numbers::Numbers};
use crate::DocRefusal;

/// How many more things what a message holds may make than it has bytes.
pub(crate) const MORE: u64 = 100_000;
/// How many more it may take away.
const MORE_REMOVED: u64 = 2 * TEXT_MAX as u64;
/// The most bytes that the columns of one document may have, uncompressed.
const MOST_UNFOLDED: usize = 128 * 1024 * 1024;
/// So many bytes of a key or a name count as one thing more.
const LONG: u64 = 64;
/// The longest value, in bytes: some more than the longest field has.
const MOST_VALUE: u64 = 64 * 1024;
/// The longest key or name, in bytes.
const MOST_KEY: u64 = 1024;
/// How many things one change may make, apart from the characters of texts.
pub(crate) const MOST_THINGS: u64 = 100_000;
/// How many things a saved document may hold, apart from the characters of texts: what is looked at one by one. Each of many
/// messages may have made [`MORE`] more than it had bytes, so that is asked of no document as a whole.
const MOST_THINGS_SAVED: u64 = 2_000_000;
/// How deep things may lie in things.
pub(crate) const MOST_LEVELS: u8 = 64;

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
    /// Of which sort and how long the value of each operation is.
    Values,
    Other,
}

/// What stands before the length in the header of a change or document: four bytes that are always the same, a checksum
/// of four, and its kind.
const KIND: usize = 8;
const DOCUMENT: u8 = 0;
const CHANGE: u8 = 1;
/// This bit of a column's kind says that it is compressed.
const COMPRESSED: u64 = 8;
/// The action that takes away.
const DELETE: u64 = 3;

const fn values(kind: u64) -> Holds {
    match kind & 7 {
        5 => Holds::Texts,
        6 => Holds::Values,
        _ => Holds::Other,
    }
}

const fn of_change(kind: u64) -> Holds {
    match kind {
        0x42 => Holds::Actions,
        0x70 => Holds::Replaced,
        _ => values(kind),
    }
}

const fn of_operations(kind: u64) -> Holds {
    match kind {
        0x42 => Holds::Actions,
        0x80 => Holds::Replaced,
        _ => values(kind),
    }
}

const fn of_changes(kind: u64) -> Holds {
    match kind {
        0x01 => Holds::Changes,
        _ => values(kind),
    }
}

/// Whether these bytes are one saved document, whole and as it was written: by its header's checksum, which is the beginning of the hash of all
/// that follows it.
pub(crate) fn is_saved_document(saved: &[u8]) -> bool {
    let whole = body_of(saved, DOCUMENT).is_some();
    whole
        && saved
            .get(4..KIND)
            .is_some_and(|sum| Sha256::digest(&saved[KIND..])[..4] == *sum)
}

/// How much what a message holds makes and takes away.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unfolded {
    bytes: u64,
    made: u64,
    characters: u64,
    removed: u64,
    changes: u64,
    /// Of a saved document: whether every operation that it lists makes a thing or a value, and nothing else.
    plain: bool,
    /// The longest of its values, keys and names.
    value: u64,
    key: u64,
}

impl Unfolded {
    /// Adds a change, if what it and those before unfold to is no more than may be.
    ///
    /// # Errors
    /// [`DocRefusal::Malformed`] if it cannot be told; [`DocRefusal::TooLarge`] if it is more.
    pub(crate) fn add_change(&mut self, change: &[u8]) -> Result<(), DocRefusal> {
        let mut one = Self::default();
        one.read_change(change).ok_or(DocRefusal::Malformed)?;
        let sound = one.things() <= MOST_THINGS;
        self.take_in(&one);
        (sound && self.is_bounded(MORE))
            .then_some(())
            .ok_or(DocRefusal::TooLarge)
    }

    /// What a saved document makes.
    ///
    /// # Errors
    /// [`DocRefusal::Malformed`] if it cannot be told; [`DocRefusal::TooLarge`] if it is more than may be.
    pub(crate) fn of_document(saved: &[u8]) -> Result<Self, DocRefusal> {
        let mut unfolded = Self::default();
        let levels = unfolded.read_document(saved);
        let levels = levels.ok_or(DocRefusal::Malformed)?;
        let done = unfolded.made.saturating_add(unfolded.removed);
        let sound = unfolded.is_bounded(MOST_THINGS_SAVED)
            && unfolded.things() <= MOST_THINGS_SAVED
            && unfolded.changes <= done.saturating_add(MORE);
        if !sound {
            return Err(DocRefusal::TooLarge);
        }
        let deepest = levels.deepest(MOST_LEVELS);
        let (deepest, plain) = deepest.ok_or(DocRefusal::Malformed)?;
        unfolded.plain = plain;
        (deepest <= MOST_LEVELS)
            .then_some(unfolded)
            .ok_or(DocRefusal::TooLarge)
    }

    /// How many bytes it has, uncompressed.
    pub(crate) const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether every operation that a saved document lists makes a thing or a value: no counting, no marks.
    pub(crate) const fn is_plain(&self) -> bool {
        self.plain
    }

    fn take_in(&mut self, other: &Self) {
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.made = self.made.saturating_add(other.made);
        self.characters = self.characters.saturating_add(other.characters);
        self.removed = self.removed.saturating_add(other.removed);
        self.changes = self.changes.saturating_add(other.changes);
        self.value = self.value.max(other.value);
        self.key = self.key.max(other.key);
    }

    fn read_change(&mut self, change: &[u8]) -> Option<()> {
        let mut body = body_of(change, CHANGE)?;
        body.hashes()?;
        body.piece()?;
        for _ in ["seq", "start", "time"] {
            body.number()?;
        }
        // What a change says of itself is a text like others once the document is saved.
        self.key = self.key.max(body.length()?);
        body.pieces()?;
        self.bytes = self.bytes.saturating_add(change.len() as u64);
        for (kind, length) in body.columns()? {
            self.add(&of_change(kind), body.skip(length)?)?;
        }
        // Nothing that nobody reads.
        body.0.is_empty().then_some(())
    }

    fn read_document<'a>(&mut self, saved: &'a [u8]) -> Option<Levels<'a>> {
        let mut body = body_of(saved, DOCUMENT)?;
        body.pieces()?;
        body.hashes()?;
        let (changes, operations) = (body.columns()?, body.columns()?);
        let mut room = MOST_UNFOLDED;
        let mut next = |(kind, length): (u64, u64)| {
            let mut column = Cow::Borrowed(body.skip(length)?);
            if kind & COMPRESSED != 0 {
                column = Cow::Owned(inflate(&column, room)?);
            }
            room = room.checked_sub(column.len())?;
            self.bytes = self.bytes.saturating_add(column.len() as u64);
            Some((kind & !COMPRESSED, column))
        };
        let changes: Option<Vec<_>> = changes.into_iter().map(&mut next).collect();
        let operations: Option<Vec<_>> = operations.into_iter().map(&mut next).collect();
        for (kind, column) in changes? {
            self.add(&of_changes(kind), &column)?;
        }
        let operations = operations?;
        for (kind, column) in &operations {
            self.add(&of_operations(*kind), column)?;
        }
        Some(Levels::of(operations))
    }

    fn add(&mut self, holds: &Holds, column: &[u8]) -> Option<()> {
        const CHARACTER: u64 = 4;
        const TEXT: u64 = 6;
        let mut column = Numbers(column);
        let add = |sum: &mut u64, more: u64| *sum = sum.saturating_add(more);
        while !column.0.is_empty() {
            match holds {
                Holds::Actions => column.run(Numbers::number, |action, times| {
                    let removes = action == DELETE;
                    let sum = if removes {
                        &mut self.removed
                    } else {
                        &mut self.made
                    };
                    add(sum, times);
                }),
                Holds::Changes => {
                    column.run(Numbers::number, |_, times| add(&mut self.changes, times))
                }
                Holds::Replaced => column.run(Numbers::number, |each, times| {
                    add(&mut self.removed, each.saturating_mul(times));
                }),
                Holds::Texts => column.run(Numbers::length, |length, times| {
                    self.key = self.key.max(length);
                    add(&mut self.made, (length / LONG).saturating_mul(times));
                }),
                Holds::Values => column.run(Numbers::number, |sort, times| {
                    let (sort, length) = (sort & 0xf, sort >> 4);
                    self.value = self.value.max(length);
                    if sort == TEXT && length <= CHARACTER {
                        add(&mut self.characters, times);
                    }
                }),
                Holds::Other => break,
            }?;
        }
        Some(())
    }

    /// How much it makes that is not a character.
    const fn things(&self) -> u64 {
        self.made.saturating_sub(self.characters)
    }

    /// Whether it is no more than may be, and makes no more things than it has bytes and so many.
    const fn is_bounded(&self, more: u64) -> bool {
        self.made <= self.bytes.saturating_add(more)
            && self.removed <= self.bytes.saturating_add(MORE_REMOVED)
            && self.value <= MOST_VALUE
            && self.key <= MOST_KEY
    }
}

/// What follows the header, if there is one chunk of this kind in the bytes and nothing else. (Chunks of other
/// kinds, which loading takes as well, unfold to anything.)
fn body_of(chunk: &[u8], kind: u8) -> Option<Numbers<'_>> {
    const MOST_DIGITS: usize = 9;
    let (is, rest) = chunk.get(KIND..)?.split_first()?;
    let mut body = Numbers(rest);
    let length = body.number()?;
    let digits = rest.len() - body.0.len();
    let whole = *is == kind && digits <= MOST_DIGITS && length == body.0.len() as u64;
    whole.then_some(body)
}

/// The bytes of a compressed column, if they are no more than there is room for.
fn inflate(column: &[u8], room: usize) -> Option<Vec<u8>> {
    // Most columns grow less than fourfold.
    let mut inflated = Vec::with_capacity(room.min(column.len().saturating_mul(4)));
    let mut reader = DeflateDecoder::new(column).take(room as u64 + 1);
    reader.read_to_end(&mut inflated).ok()?;
    (inflated.len() <= room).then_some(inflated)
}

#[cfg(test)]
mod tests {
    use automerge::{
        ActorId, Automerge, Change, ObjType, ROOT, ReadDoc, ScalarValue,
        transaction::CommitOptions, transaction::Transactable,
    };

    use super::*;

    fn last(doc: &mut Automerge) -> Change {
        doc.get_last_local_change().unwrap()
    }

    fn made_by(change: &Change) -> u64 {
        let bytes = change.raw_bytes();
        let mut unfolded = Unfolded::default();
        unfolded.add_change(bytes).unwrap();
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
        let unfolded = Unfolded::of_document(&squeezed).unwrap();
        assert_eq!(Ok(unfolded), Unfolded::of_document(&plain));
        assert_eq!(unfolded.made, 1 + words.chars().count() as u64);
        assert_eq!(unfolded.changes, 1);
        assert_eq!(unfolded.removed, 5);
    }

    #[test]
    fn what_was_saved_is_told_from_what_is_altered_cut_or_something_else() {
        let mut doc = Automerge::new().with_actor(ActorId::from(&[1; 16][..]));
        let mut transaction = doc.transaction();
        let text = transaction.put_object(ROOT, "t", ObjType::Text).unwrap();
        let words = "répétition ".repeat(200);
        transaction.splice_text(&text, 0, 0, &words).unwrap();
        transaction.commit();
        for saved in [doc.save(), doc.save_nocompress()] {
            assert!(is_saved_document(&saved));
            for at in 4..saved.len() {
                let mut altered = saved.clone();
                altered[at] ^= 1;
                assert!(!is_saved_document(&altered), "{at}");
                assert!(!is_saved_document(&saved[..at]), "{at}");
            }
            assert!(!is_saved_document(&[saved.as_slice(), &saved].concat()));
        }
        assert!(!is_saved_document(last(&mut doc).raw_bytes()));
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
        let unfolded = Unfolded::of_document(&doc.save()).unwrap();
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
            let refused = Unfolded::of_document(&saved[..end]);
            assert_eq!(refused, Err(DocRefusal::Malformed), "{end}");
        }
    }

    #[test]
    fn what_lies_too_deep_or_is_too_long_is_told_before_it_is_loaded() {
        let deep = |levels: u8| {
            let mut doc = Automerge::new();
            let mut transaction = doc.transaction();
            let mut within = ROOT;
            for level in 0..levels {
                within = if level % 2 == 0 {
                    transaction.put_object(&within, "k", ObjType::List).unwrap()
                } else {
                    transaction.insert_object(&within, 0, ObjType::Map).unwrap()
                };
            }
            transaction.commit();
            Unfolded::of_document(&doc.save()).map(drop)
        };
        assert_eq!(deep(MOST_LEVELS), Ok(()));
        assert_eq!(deep(MOST_LEVELS + 1), Err(DocRefusal::TooLarge));
        let long = |key: u64, value: u64| {
            let mut doc = Automerge::new();
            let mut transaction = doc.transaction();
            let text = |length: u64| "a".repeat(usize::try_from(length).unwrap());
            transaction.put(ROOT, text(key), text(value)).unwrap();
            transaction.commit();
            let saved = Unfolded::of_document(&doc.save()).map(drop);
            let change = Unfolded::default().add_change(last(&mut doc).raw_bytes());
            assert_eq!(saved, change);
            saved
        };
        assert_eq!(long(MOST_KEY, MOST_VALUE), Ok(()));
        assert_eq!(long(MOST_KEY + 1, 1), Err(DocRefusal::TooLarge));
        assert_eq!(long(1, MOST_VALUE + 1), Err(DocRefusal::TooLarge));
    }

    #[test]
    fn a_change_may_make_a_long_text_and_no_long_list() {
        let made = |count: usize, text: bool| {
            let mut doc = Automerge::new();
            let mut transaction = doc.transaction();
            if text {
                let text = transaction.put_object(ROOT, "t", ObjType::Text).unwrap();
                transaction
                    .splice_text(&text, 0, 0, &"é".repeat(count))
                    .unwrap();
            } else {
                let list = transaction.put_object(ROOT, "l", ObjType::List).unwrap();
                let items = (0..).take(count).map(ScalarValue::Int);
                transaction.splice(&list, 0, 0, items).unwrap();
            }
            transaction.commit();
            Unfolded::default().add_change(last(&mut doc).raw_bytes())
        };
        assert_eq!(made(MOST_THINGS as usize + 9, true), Ok(()));
        assert_eq!(made(MOST_THINGS as usize - 1, false), Ok(()));
        assert_eq!(made(MOST_THINGS as usize, false), Err(DocRefusal::TooLarge));
    }
}
