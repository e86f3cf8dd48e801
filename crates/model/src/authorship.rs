//! Who wrote each character of a text: of every line, which changes its characters came with.

use std::ops::Range;

use automerge::{Automerge, ChangeHash, ObjId, ReadDoc, ScalarValueRef, ValueRef};

use crate::{GENESIS_ACTOR, read};

/// Whose change something came with, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The change.
    pub change: ChangeHash,
    /// The actor who made it. Whose device that is, only seals can tell.
    pub actor: Vec<u8>,
    /// When, as the author's clock claimed: milliseconds since 1970, UTC.
    pub time_ms: i64,
}

/// Characters that stand side by side in a line and came with one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strand {
    /// The change.
    pub by: Stamp,
    /// How many characters.
    pub chars: usize,
}

/// A line of a text and who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineAuthors {
    /// The line without its end.
    pub text: String,
    /// Who wrote its characters, from left to right.
    pub strands: Vec<Strand>,
}

/// Who wrote these lines (counted from 0) of the document's one text. Lines beyond the end are left out.
///
/// Exact for each character, whoever wrote at once: every character has a name that its author's change gave it, and
/// keeps it while others write around it. A passage that was taken out and put back was put there by whoever put
/// it back.
pub fn line_authors(doc: &Automerge, lines: Range<usize>) -> Vec<LineAuthors> {
    let Some(body) = read::body(doc, None) else {
        return Vec::new();
    };
    let mut found: Vec<LineAuthors> = Vec::new();
    let mut number = 0;
    let mut stamps = Stamps::new(doc);
    if lines.contains(&0) {
        found.push(LineAuthors::default());
    }
    for item in doc.list_range(&body, ..) {
        let text = words(&item.value);
        if !lines.contains(&number) {
            number += text.matches('\n').count();
            if number >= lines.end {
                break;
            }
            if found.is_empty() && lines.contains(&number) {
                found.push(LineAuthors::default());
            }
            continue;
        }
        let id = item.id();
        for char in text.chars() {
            if char == '\n' {
                number += 1;
                if lines.contains(&number) {
                    found.push(LineAuthors::default());
                }
            } else if lines.contains(&number)
                && let Some(line) = found.last_mut()
            {
                line.text.push(char);
                line.add(stamps.of(&id));
            }
        }
        if number >= lines.end {
            break;
        }
    }
    found
}

impl LineAuthors {
    fn add(&mut self, by: Option<&Stamp>) {
        let Some(by) = by else { return };
        match self.strands.last_mut() {
            Some(last) if last.by.change == by.change => last.chars += 1,
            _ => self.strands.push(Strand {
                by: by.clone(),
                chars: 1,
            }),
        }
    }
}

/// What an element of a text says.
pub(crate) fn words<'a>(value: &'a ValueRef<'_>) -> &'a str {
    match value {
        ValueRef::Scalar(ScalarValueRef::Str(text)) => text,
        // As it stands in the plain text: something that is no text.
        _ => "\u{fffc}",
    }
}

/// Finds the changes of operations; the last found is at hand, since neighbours mostly came together.
pub(crate) struct Stamps<'a> {
    doc: &'a Automerge,
    last: Option<(Range<u64>, Stamp)>,
}

impl<'a> Stamps<'a> {
    pub(crate) const fn new(doc: &'a Automerge) -> Self {
        Self { doc, last: None }
    }

    /// The change that an operation came with; nothing for the genesis, which is nobody's.
    pub(crate) fn of(&mut self, id: &ObjId) -> Option<&Stamp> {
        let ObjId::Id(counter, actor, _) = id else {
            return None;
        };
        let known = self
            .last
            .as_ref()
            .is_some_and(|(ops, stamp)| ops.contains(counter) && stamp.actor == actor.to_bytes());
        if !known {
            let change = self.doc.hash_for_opid(id)?;
            let meta = self.doc.get_change_meta_by_hash(&change)?;
            let stamp = Stamp {
                change,
                actor: meta.actor.to_bytes().to_vec(),
                time_ms: meta.timestamp,
            };
            self.last = Some((meta.start_op..meta.max_op + 1, stamp));
        }
        let stamp = self.last.as_ref().map(|(_, stamp)| stamp);
        stamp.filter(|stamp| stamp.actor != GENESIS_ACTOR)
    }
}
