//! Characters by name. In Automerge every character of a text is an element with a name of
//! its own (who typed it, at which count), which stays when others write around it, and even
//! after it was taken out. Undo works on these names, never on positions.

use automerge::{ActorId, Cursor, ObjId, ReadDoc, ScalarValue, Value};

/// The name of one element of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Elem {
    pub(crate) actor: ActorId,
    pub(crate) ctr: u64,
}

impl Elem {
    pub(crate) fn of(id: &ObjId) -> Option<Self> {
        match id {
            ObjId::Root => None,
            ObjId::Id(ctr, actor, _) => Some(Self {
                actor: actor.clone(),
                ctr: *ctr,
            }),
        }
    }

    /// Where the element stands in the text, or where it would stand had it not been taken out.
    ///
    /// Automerge 0.12 finds this for any element, but its debug assertions are wrong about one that
    /// was the last of the text; the workspace builds it without them.
    pub(crate) fn position(&self, doc: &impl ReadDoc, text: &ObjId) -> Option<usize> {
        let cursor = Cursor::try_from(format!("{}@{}", self.ctr, self.actor)).ok()?;
        doc.get_cursor_position(text, &cursor, None).ok()
    }

    /// Whether the element is the one that stands at this position.
    pub(crate) fn stands_at(&self, doc: &impl ReadDoc, text: &ObjId, at: usize) -> bool {
        elem_at(doc, text, at).is_some_and(|(elem, _)| elem == *self)
    }
}

/// The element at a position, and its text (one character, unless other software wrote it).
pub(crate) fn elem_at(doc: &impl ReadDoc, text: &ObjId, at: usize) -> Option<(Elem, String)> {
    let (value, id) = doc.get(text, at).ok()??;
    let value = match value {
        Value::Scalar(value) => match value.into_owned() {
            ScalarValue::Str(text) => text.to_string(),
            _ => OBJECT.to_owned(),
        },
        Value::Object(_) => OBJECT.to_owned(),
    };
    Some((Elem::of(&id)?, value))
}

/// What stands in a plain text for an element that is no text.
const OBJECT: &str = "\u{fffc}";

/// Elements that one actor made one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) first: Elem,
    pub(crate) len: usize,
}

impl Run {
    pub(crate) fn new(first: Elem, len: usize) -> Self {
        Self { first, len }
    }

    /// The element at this place of the run.
    pub(crate) fn nth(&self, index: usize) -> Elem {
        Elem {
            actor: self.first.actor.clone(),
            ctr: self.first.ctr + index as u64,
        }
    }

    pub(crate) fn last(&self) -> Elem {
        self.nth(self.len.saturating_sub(1))
    }

    /// Whether this element would be the next of the run.
    pub(crate) fn goes_on_with(&self, elem: &Elem) -> bool {
        elem.ctr == self.first.ctr + self.len as u64 && elem.actor == self.first.actor
    }

    /// The place of an element in the run.
    pub(crate) fn index_of(&self, elem: &Elem) -> Option<usize> {
        let index = usize::try_from(elem.ctr.checked_sub(self.first.ctr)?).ok()?;
        (index < self.len && elem.actor == self.first.actor).then_some(index)
    }

    /// Both parts of the run, cut before this place.
    pub(crate) fn split(&self, index: usize) -> (Self, Self) {
        (
            Self::new(self.first.clone(), index),
            Self::new(self.nth(index), self.len - index),
        )
    }

    /// Where those of the run's elements that are still in the text stand, as stretches without
    /// gaps, from the first to the last.
    pub(crate) fn stretches(&self, doc: &impl ReadDoc, text: &ObjId) -> Vec<(usize, usize)> {
        let (Some(from), Some(to)) = (
            self.first.position(doc, text),
            self.last().position(doc, text),
        ) else {
            return Vec::new();
        };
        let mut stretches: Vec<(usize, usize)> = Vec::new();
        for at in from..=to {
            let mine =
                elem_at(doc, text, at).is_some_and(|(elem, _)| self.index_of(&elem).is_some());
            match stretches.last_mut() {
                _ if !mine => {}
                Some((start, len)) if *start + *len == at => *len += 1,
                _ => stretches.push((at, 1)),
            }
        }
        stretches
    }
}

/// Elements that came back into a text under new names.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Moves(Vec<(Run, Elem)>);

impl Moves {
    /// Notes that the elements of `old` are from now on those that begin with `new`.
    pub(crate) fn push(&mut self, old: Run, new: Elem) {
        self.0.push((old, new));
    }

    pub(crate) fn extend(&mut self, later: &Self) {
        self.0.extend(later.0.iter().cloned());
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The element's newest name.
    pub(crate) fn follow(&self, elem: &mut Elem) {
        for (old, new) in &self.0 {
            if let Some(index) = old.index_of(elem) {
                *elem = Run::new(new.clone(), old.len).nth(index);
            }
        }
    }

    /// The run under its newest names, in as many parts as that takes, each with the place in the
    /// run where it begins.
    pub(crate) fn follow_run(&self, run: &Run) -> Vec<Run> {
        let mut parts = vec![run.clone()];
        for (old, new) in &self.0 {
            parts = parts
                .iter()
                .flat_map(|part| Self::one(part, old, new))
                .collect();
        }
        parts
    }

    fn one(part: &Run, old: &Run, new: &Elem) -> Vec<Run> {
        let (begin, end) = (part.first.ctr, part.first.ctr + part.len as u64);
        let from = begin.max(old.first.ctr);
        let to = end.min(old.first.ctr + old.len as u64);
        if from >= to || part.first.actor != old.first.actor {
            return vec![part.clone()];
        }
        let (head, rest) = part.split((from - begin) as usize);
        let (middle, tail) = rest.split((to - from) as usize);
        let moved = Elem {
            actor: new.actor.clone(),
            ctr: new.ctr + (from - old.first.ctr),
        };
        [head, Run::new(moved, middle.len), tail]
            .into_iter()
            .filter(|run| run.len > 0)
            .collect()
    }
}
