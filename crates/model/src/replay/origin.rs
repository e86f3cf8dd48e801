//! Where something was first written.
//!
//! An element's name (an actor and a count) is not enough to find it again in another document: of
//! an actor who forked, each document may know another change by that name. So things are matched by
//! the change that wrote them and their place in it. What a replay writes again keeps its first
//! origin: the change that it makes carries [`Notes`] of that in its message.
//!
//! ```text
//!   old:  change A  ‹b›‹o›‹n›          new:  change R  ‹b›‹o›‹n›
//!                                            message: operations 0..3 are A's 0..3
//! ```
//!
//! A message is only a claim. It is believed of an operation that does just what it is said to
//! repeat, in the same place; so a false one hides nothing that the document does not hold.

use std::{collections::HashMap, fmt::Write as _};

use automerge::{ActorId, Automerge, ChangeHash};
use data_encoding::BASE64URL_NOPAD;

use crate::elems::Elem;

/// Names a change: the first half of its hash.
pub(super) type Mark = [u8; 16];

fn mark_of(hash: &ChangeHash) -> Mark {
    let mut mark = Mark::default();
    mark.copy_from_slice(&hash.0[..16]);
    mark
}

/// One operation, by the change that did it first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Origin {
    pub(super) change: Mark,
    /// The operation's place in the change.
    pub(super) op: u64,
}

/// Which operations of a change repeat which others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Notes(Vec<Note>);

/// A run of operations, one after the other both here and where they come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Note {
    at: u64,
    len: u64,
    from: Origin,
}

impl Note {
    fn nth(&self, index: u64) -> Origin {
        Origin {
            change: self.from.change,
            op: self.from.op + index,
        }
    }
}

impl Notes {
    const FIRST_LINE: &'static str = "tresse replay 1";

    /// Notes the operation at this place, which must be after all noted before.
    pub(super) fn push(&mut self, at: u64, from: Origin) {
        match self.0.last_mut() {
            Some(last) if last.at + last.len == at && last.nth(last.len) == from => last.len += 1,
            _ => self.0.push(Note { at, len: 1, from }),
        }
    }

    /// Each operation that is noted, and what it repeats.
    fn iter(&self) -> impl Iterator<Item = (u64, Origin)> {
        let runs = self.0.iter();
        runs.flat_map(|note| (0..note.len).map(|index| (note.at + index, note.nth(index))))
    }

    fn origin(&self, at: u64) -> Option<Origin> {
        let after = self.0.partition_point(|note| note.at <= at);
        let note = self.0.get(after.checked_sub(1)?)?;
        (at - note.at < note.len).then(|| note.nth(at - note.at))
    }

    /// As a change's message; `None` where there is nothing to say.
    pub(super) fn message(&self) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        let mut message = Self::FIRST_LINE.to_owned();
        let mut end = 0;
        for Note { at, len, from } in &self.0 {
            let (gap, change) = (at - end, BASE64URL_NOPAD.encode(&from.change));
            // Writing to a string cannot fail.
            write!(message, "\n{gap} {len} {change} {}", from.op).unwrap_or_default();
            end = at + len;
        }
        Some(message)
    }

    /// What a change of so many operations says; `None` where that is not of this form, or cannot be.
    fn read(message: &str, operations: u64) -> Option<Self> {
        let rest = message.strip_prefix(Self::FIRST_LINE)?;
        let mut notes = Vec::new();
        let mut end: u64 = 0;
        for line in rest.lines().skip(1) {
            let mut words = line.split(' ');
            let mut number = || words.next()?.parse::<u64>().ok();
            let (gap, len) = (number()?, number()?);
            let change = BASE64URL_NOPAD.decode(words.next()?.as_bytes()).ok()?;
            let change = change.try_into().ok()?;
            let op = words.next()?.parse().ok()?;
            // Each operation at most once, so that reading costs no more than the change itself.
            let at = end.checked_add(gap)?;
            end = at.checked_add(len).filter(|end| *end <= operations)?;
            len.checked_add(op)?;
            let from = Origin { change, op };
            notes.push(Note { at, len, from });
        }
        Some(Self(notes))
    }
}

/// A change's operations by their counts.
struct Span {
    start: u64,
    /// After the last.
    end: u64,
    hash: ChangeHash,
}

/// Every change of a document, by what it wrote.
pub(super) struct Ledger {
    /// In the order of their counts.
    by_actor: HashMap<ActorId, Vec<Span>>,
    /// With the name of its first operation.
    by_mark: HashMap<Mark, (ChangeHash, Elem)>,
    notes: HashMap<ChangeHash, Notes>,
}

impl Ledger {
    pub(super) fn of(doc: &Automerge) -> Self {
        let mut ledger = Self {
            by_actor: HashMap::new(),
            by_mark: HashMap::new(),
            notes: HashMap::new(),
        };
        for meta in doc.get_changes_meta(&[]) {
            let (hash, start, end) = (meta.hash, meta.start_op, meta.max_op + 1);
            let actor = meta.actor.into_owned();
            let first = Elem {
                actor: actor.clone(),
                ctr: start,
            };
            let notes = meta.message.as_deref();
            let notes = notes.and_then(|said| Notes::read(said, end.saturating_sub(start)));
            ledger.by_mark.insert(mark_of(&hash), (hash, first));
            ledger.notes.extend(notes.map(|notes| (hash, notes)));
            let spans = ledger.by_actor.entry(actor).or_default();
            spans.push(Span { start, end, hash });
        }
        for spans in ledger.by_actor.values_mut() {
            spans.sort_by_key(|span| span.start);
        }
        ledger
    }

    pub(super) fn has(&self, change: &ChangeHash) -> bool {
        let found = self.by_mark.get(&mark_of(change));
        found.is_some_and(|(hash, _)| hash == change)
    }

    fn span(&self, name: &Elem) -> Option<&Span> {
        let spans = self.by_actor.get(&name.actor)?;
        let after = spans.partition_point(|span| span.start <= name.ctr);
        let span = spans.get(after.checked_sub(1)?)?;
        (name.ctr < span.end).then_some(span)
    }

    /// The change that wrote what has this name.
    pub(super) fn change(&self, name: &Elem) -> Option<ChangeHash> {
        self.span(name).map(|span| span.hash)
    }

    /// Where what has this name was first written, as far as is said.
    pub(super) fn origin(&self, name: &Elem) -> Option<Origin> {
        let span = self.span(name)?;
        let op = name.ctr - span.start;
        let noted = self.notes.get(&span.hash);
        let noted = noted.and_then(|notes| notes.origin(op));
        Some(noted.unwrap_or(Origin {
            change: mark_of(&span.hash),
            op,
        }))
    }

    /// Whether what has this name was first written in a change of this document.
    pub(super) fn began(&self, origin: &Origin) -> bool {
        self.by_mark.contains_key(&origin.change)
    }

    /// Every operation of this document that repeats another, by its change and place, then those of
    /// its own changes that `other` repeats. Always in the same order.
    pub(super) fn repeated(&self, other: &Self) -> Vec<(ChangeHash, u64, Origin)> {
        let mut all: Vec<_> = self.said().collect();
        let theirs = other.said().filter_map(|(_, _, origin)| {
            let (hash, _) = self.by_mark.get(&origin.change)?;
            Some((*hash, origin.op, origin))
        });
        all.extend(theirs);
        all.sort_by_key(|(hash, at, origin)| (*hash, *at, origin.change, origin.op));
        all.dedup();
        all
    }

    fn said(&self) -> impl Iterator<Item = (ChangeHash, u64, Origin)> {
        let changes = self.notes.iter();
        changes.flat_map(|(hash, notes)| notes.iter().map(|(at, origin)| (*hash, at, origin)))
    }

    /// The name of a change's operation.
    pub(super) fn name(&self, change: &ChangeHash, op: u64) -> Option<Elem> {
        let (_, first) = self.by_mark.get(&mark_of(change))?;
        Some(Elem {
            actor: first.actor.clone(),
            ctr: first.ctr.checked_add(op)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(change: u8, op: u64) -> Origin {
        Origin {
            change: [change; 16],
            op,
        }
    }

    #[test]
    fn notes_come_back_from_a_message_as_they_went_in() {
        let mut notes = Notes::default();
        assert_eq!(notes.message(), None);
        let said = [(2, origin(1, 7)), (3, origin(1, 8)), (4, origin(1, 8))];
        for (at, from) in said {
            notes.push(at, from);
        }
        let message = notes.message().unwrap();
        assert_eq!(message.lines().count(), 3);
        let back = Notes::read(&message, 5).unwrap();
        assert_eq!(back, notes);
        assert_eq!(back.iter().collect::<Vec<_>>(), said);
        assert_eq!(
            [1, 2, 3, 4, 5].map(|at| back.origin(at)),
            [
                None,
                Some(origin(1, 7)),
                Some(origin(1, 8)),
                Some(origin(1, 8)),
                None
            ]
        );
    }

    #[test]
    fn a_message_that_says_too_much_is_not_believed() {
        let of = BASE64URL_NOPAD.encode(&[1; 16]);
        let read = |lines: &str| Notes::read(&format!("tresse replay 1\n{lines}"), 5);
        assert!(read(&format!("0 5 {of} 0")).is_some());
        assert!(read(&format!("0 2 {of} 0\n1 2 {of} 0")).is_some());
        for wrong in [
            format!("0 6 {of} 0"),
            format!("1 5 {of} 0"),
            format!("0 2 {of} 0\n2 2 {of} 0"),
            format!("0 2 {of} {}", u64::MAX),
            format!("{} 2 {of} 0", u64::MAX),
            format!("-1 2 {of} 0"),
            "0 2 AQEB 0".to_owned(),
            format!("0 2 {of}"),
            "a".to_owned(),
        ] {
            assert!(read(&wrong).is_none(), "{wrong}");
        }
        assert!(Notes::read("something else", 5).is_none());
    }
}
