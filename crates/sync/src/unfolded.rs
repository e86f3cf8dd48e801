//! How much a change unfolds to, told before it is unfolded.
//!
//! Operations lie in columns, in which what repeats is written once with a number: a hundred bytes can
//! say "insert nothing, four thousand million times", and merely reading that takes minutes and
//! all memory. But whatever an honest change makes, it says: a character, a key, a value. So the changes of a
//! message make at most as many things as they have bytes, and a few more ([`MORE`]) for what may repeat itself. Only
//! taking away is said in fewer: a whole text, at most.
//!
//! ```text
//! after the header, each number LEB128:
//!   dependencies   count, 32 bytes each
//!   actor          length, bytes
//!   seq, start, time
//!   message        length, bytes
//!   other actors   count; length, bytes each
//!   columns        count; kind, length each
//!   the columns, in that order
//! a column of numbers: runs, each beginning with a signed count
//!   n > 0   the number that follows, n times
//!   n < 0   -n numbers that follow
//!   n = 0   nothing, as often as the number that follows says
//! ```

use tresse_model::TEXT_MAX;

/// What an operation does.
const ACTIONS: u64 = (4 << 4) | 2;
/// How many operations each of them is instead of.
const REPLACED: u64 = 7 << 4;
/// The action that takes away.
const DELETE: u64 = 3;

/// The most operations, and the most operations that these are instead of, in one change.
const MOST: u64 = 2 * TEXT_MAX as u64;

/// How many more operations the changes of one message may have than they have bytes.
pub(crate) const MORE: u64 = 100_000;

/// How many operations the change in these bytes, whose header has this length, has that make something;
/// `None` if it cannot be told, or if those that take something away are more than an honest one has.
pub(crate) fn made(change: &[u8], header: usize) -> Option<u64> {
    let body = change.get(header..)?;
    let (made, removed, replaced) = counts(&mut Numbers(body))?;
    (removed <= MOST && replaced <= MOST).then_some(made)
}

/// How many operations make something, how many take something away, and how many they all are instead of.
fn counts(body: &mut Numbers<'_>) -> Option<(u64, u64, u64)> {
    let dependencies = body.number()?;
    body.skip(dependencies.checked_mul(32)?)?;
    body.piece()?;
    for _ in ["seq", "start", "time"] {
        body.number()?;
    }
    body.piece()?;
    for _ in 0..body.number()? {
        body.piece()?;
    }
    let mut columns = Vec::new();
    for _ in 0..body.number()? {
        columns.push((body.number()?, body.number()?));
    }
    let (mut made, mut removed, mut replaced) = (0_u64, 0_u64, 0_u64);
    for (kind, length) in columns {
        let mut column = Numbers(body.skip(length)?);
        while !column.0.is_empty() {
            if kind == ACTIONS {
                column.run(|action, times| {
                    let sum = if action == DELETE {
                        &mut removed
                    } else {
                        &mut made
                    };
                    *sum = sum.saturating_add(times);
                })?;
            } else if kind == REPLACED {
                column.run(|each, times| {
                    replaced = replaced.saturating_add(each.saturating_mul(times));
                })?;
            } else {
                break;
            }
        }
    }
    Some((made, removed, replaced))
}

/// Bytes, read from the front.
struct Numbers<'a>(&'a [u8]);

impl<'a> Numbers<'a> {
    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for place in (0..64).step_by(7) {
            let (digit, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(digit & 0x7f) << place;
            if digit & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn signed(&mut self) -> Option<i64> {
        let before = self.0;
        let number = self.number()?;
        let digits = before.len() - self.0.len();
        let unused = 64_u32.saturating_sub(7 * u32::try_from(digits).ok()?);
        Some((number << unused).cast_signed() >> unused)
    }

    fn skip(&mut self, count: u64) -> Option<&'a [u8]> {
        let (skipped, rest) = self.0.split_at_checked(usize::try_from(count).ok()?)?;
        self.0 = rest;
        Some(skipped)
    }

    fn piece(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        self.skip(length)
    }

    /// Shows each number of the next run with how often it stands there. (Nothing counts as zero.)
    fn run(&mut self, mut show: impl FnMut(u64, u64)) -> Option<()> {
        match self.signed()? {
            0 => show(0, self.number()?),
            count @ 1.. => show(self.number()?, count.unsigned_abs()),
            count => {
                for _ in 0..count.unsigned_abs() {
                    show(self.number()?, 1);
                }
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use automerge::{
        ActorId, Automerge, Change, ObjType, ROOT, ReadDoc, transaction::Transactable,
    };

    use super::*;

    fn last(doc: &mut Automerge) -> Change {
        doc.get_last_local_change().unwrap()
    }

    fn made_by(change: &Change) -> u64 {
        let bytes = change.raw_bytes();
        let digits = bytes[9..].iter().take_while(|digit| **digit >= 0x80);
        made(bytes, 9 + digits.count() + 1).unwrap()
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
    fn numbers_are_read_with_their_sign() {
        let signed = |bytes: &[u8]| Numbers(bytes).signed();
        assert_eq!(signed(&[0x7f]), Some(-1));
        assert_eq!(signed(&[0x3f]), Some(63));
        assert_eq!(signed(&[0x80, 0x7f]), Some(-128));
        assert_eq!(signed(&[0xe8, 0x07]), Some(1_000));
        assert_eq!(signed(&[0x80]), None);
        assert_eq!(signed(&[0x80; 12]), None);
    }
}
