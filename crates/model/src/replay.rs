//! Carrying work over to a document that lacks it.
//!
//! An actor may have forked: it made two different changes with one number, because its disk was
//! copied or because somebody cheats. A document cannot hold both, so one branch is chosen, and whoever
//! held the other rebuilds the document without it. Honest changes that were built on the losing
//! branch fall with it. [`replay`] writes what they *visibly did* again, as one new change:
//!
//! ```text
//!   old:  genesis ── a ── x′ ── b ── c         x and x′ bear the same number; x is chosen,
//!   new:  genesis ── a ── x ── R               R does again what b and c still show in old
//! ```
//!
//! - **A field** that still shows what the changes set, or that they cleared, does so again; and one
//!   that would, were it not for what others set at the same moment and lost. It is set over what
//!   stands there by now, as by a person who sets it now.
//! - **An item** they added is made again, whole: with what anybody wrote in it, which would
//!   otherwise be lost with it.
//! - **In a text** the characters they typed come back, each after the nearest to its left
//!   that is still there, and those they took out go.
//! - **Nothing else is touched**, and what somebody has changed since it was carried over stays as
//!   they left it, however often it is carried over again, and by whomever.
//! - What would belong in an item that is not there (one that another added on the losing branch) is
//!   left out, and counted. It can be carried over once the item is.
//!
//! So that nothing is written twice, the new change says in its message which operations it
//! repeats (see the `origin` part). Not carried over: marks in texts, increments of counters, and
//! tables, which no Tresse writes; nor a value that stood behind another in a conflict.

mod origin;
mod sequence;
mod sides;

use automerge::{
    Automerge, AutomergeError, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value,
    iter::MapRangeItem,
};

use crate::{
    Access, EditError, ItemId, Splice, Undo, access,
    elems::Elem,
    keys, kind,
    record::{Recorded, Recorder},
    text_splices,
};
use origin::Notes;
use sides::{At, Sides, same};

/// What a replay did.
#[derive(Debug, Clone, PartialEq)]
pub struct Replayed {
    /// How to take it back, but for what only other software makes (lists, objects that are no items).
    pub undo: Undo,
    /// What it did to the document's text, in order.
    pub splices: Vec<Splice>,
    /// Whether there is a new change in the document.
    pub changed: bool,
    /// How many fields and texts were left out, because what they belong in is not in the document
    /// or has become something else.
    pub left_out: usize,
}

/// Writes into `new`, in one change by its actor, what the changes `which` visibly did in `old`
/// and `new` has not shown yet; or none, when there is nothing of that. On an error nothing is changed.
///
/// Both documents must have begun with the same genesis change. Changes that `old` does not have,
/// or that `new` has too, are passed over.
///
/// An actor whose own changes fell must not go on in its old name: its next change would bear a number
/// that is taken, and be a fork itself. Give `new` a new actor first.
pub fn replay(
    old: &Automerge,
    which: &[ChangeHash],
    new: &mut Automerge,
    time_ms: i64,
) -> Result<Replayed, EditError> {
    if let Access::ReadOnly { schema } = access(new) {
        return Err(EditError::ReadOnly { schema });
    }
    if let Some(expected) = kind(old)
        && kind(new) != Some(expected)
    {
        return Err(EditError::WrongDocument { expected });
    }
    let before = new.get_heads();
    let sides = Sides::new(old, which, new);
    let (recorded, left_out) = Replay::new(old, &sides, new).make(time_ms)?;
    Ok(Replayed {
        splices: text_splices(new, &before, &new.get_heads()),
        changed: recorded.change.is_some(),
        undo: Undo::new(recorded.reversals, recorded.change),
        left_out,
    })
}

/// A replay in the making.
struct Replay<'a, 'doc> {
    old: &'a Automerge,
    sides: &'a Sides,
    to: Recorder<'doc>,
    notes: Notes,
    left_out: usize,
    /// The objects still to be gone through. (Not by recursion: others choose how deep they lie.)
    rest: Vec<Pair>,
}

/// An object that shows in the old document, and the one that stands for it in the new.
struct Pair {
    kind: ObjType,
    old: ObjId,
    /// `None`: it is not there.
    new: Option<ObjId>,
    /// Everything in it is carried over, whoever wrote it.
    whole: bool,
    /// It was made by this replay.
    fresh: bool,
}

impl<'a, 'doc> Replay<'a, 'doc> {
    fn new(old: &'a Automerge, sides: &'a Sides, new: &'doc mut Automerge) -> Self {
        Self {
            old,
            sides,
            to: Recorder::new(new),
            notes: Notes::default(),
            left_out: 0,
            rest: Vec::new(),
        }
    }

    /// Makes the change, and tells how much was left out. On an error nothing is changed.
    fn make(mut self, time_ms: i64) -> Result<(Recorded, usize), AutomergeError> {
        if !self.sides.is_empty() {
            self.all()?;
        }
        let recorded = self.to.commit_saying(time_ms, self.notes.message());
        Ok((recorded, self.left_out))
    }

    fn all(&mut self) -> Result<(), AutomergeError> {
        self.rest.push(Pair {
            kind: ObjType::Map,
            old: ROOT,
            new: Some(ROOT),
            whole: false,
            fresh: false,
        });
        while let Some(pair) = self.rest.pop() {
            match pair.kind {
                ObjType::Map => self.map(&pair)?,
                ObjType::List | ObjType::Text => self.sequence(&pair)?,
                ObjType::Table => self.left_out += usize::from(pair.whole),
            }
        }
        Ok(())
    }

    fn map(&mut self, pair: &Pair) -> Result<(), AutomergeError> {
        let old = self.old;
        for item in old.map_range(&pair.old, ..) {
            let Some((value, id)) = self.shown(pair, &item) else {
                continue;
            };
            let Some(name) = Elem::of(&id) else {
                continue;
            };
            let mine = pair.whole || self.sides.carried(&name);
            match value {
                Value::Object(kind) => {
                    let new = self.child(pair, &item.key, kind, &name, mine)?;
                    self.rest.push(Pair {
                        kind,
                        old: id,
                        fresh: new.as_ref().is_some_and(|(_, fresh)| *fresh),
                        new: new.map(|(new, _)| new),
                        whole: mine,
                    });
                }
                Value::Scalar(value) if mine => {
                    self.field(pair, &item.key, &name, value.into_owned())?;
                }
                Value::Scalar(_) => {}
            }
        }
        self.cleared(pair)
    }

    /// What the old document would show at a key without the work of others that is not carried over.
    fn shown(&self, pair: &Pair, item: &MapRangeItem<'_>) -> Option<(Value<'static>, ObjId)> {
        if pair.whole || !item.conflict {
            return Some((Value::from(item.value.clone()), item.id()));
        }
        let held = self.old.get_all(&pair.old, &*item.key).ok()?;
        let mut held = held.into_iter().rev();
        let found = held.find(|(value, id)| {
            let Some(name) = Elem::of(id) else {
                return false;
            };
            self.sides.carried(&name) || self.stood(pair, &item.key, &name, value)
        });
        found.map(|(value, id)| (value.into_owned(), id))
    }

    /// Whether a key of the new document has held what the old one's operation of this name put there.
    fn stood(&self, pair: &Pair, key: &str, name: &Elem, value: &Value<'_>) -> bool {
        let place = pair.new.as_ref().map(|new| (&pair.old, new));
        let names = place.map(|place| self.sides.names(name, Some(value), place, At::Key(key)));
        names.is_some_and(|names| !names.is_empty())
    }

    /// The object that stands at a key for one of the old document, and whether it is made just now.
    fn child(
        &mut self,
        pair: &Pair,
        key: &str,
        kind: ObjType,
        name: &Elem,
        mine: bool,
    ) -> Result<Option<(ObjId, bool)>, AutomergeError> {
        let Some(new) = &pair.new else {
            return Ok(None);
        };
        let held = self.to.doc().get(new, key)?;
        match &held {
            Some((Value::Object(held), id)) if *held == kind => {
                return Ok(Some((id.clone(), false)));
            }
            Some((Value::Object(_), id)) if !self.sides.known(id) => return Ok(None),
            _ => {}
        }
        if !mine || kind == ObjType::Table || self.stood(pair, key, name, &Value::Object(kind)) {
            return Ok(None);
        }
        let made = self.noting(name, |to| to.fill_object(new, key, kind))?;
        if !pair.fresh && kind == ObjType::Map && is_item(key) {
            self.to.born(&made, keys::REMOVED);
        }
        Ok(Some((made, true)))
    }

    /// Sets a field, unless that is so already or has been.
    fn field(
        &mut self,
        pair: &Pair,
        key: &str,
        name: &Elem,
        value: ScalarValue,
    ) -> Result<(), AutomergeError> {
        let Some(new) = &pair.new else {
            self.left_out += 1;
            return Ok(());
        };
        let held = self.to.doc().get(new, key)?;
        let stays = match &held {
            None => value == ScalarValue::Null,
            Some((Value::Scalar(held), _)) => same(held, &value),
            Some((Value::Object(_), id)) => !self.sides.known(id),
        };
        if stays {
            self.left_out += usize::from(matches!(held, Some((Value::Object(_), _))));
            return Ok(());
        }
        if self.stood(pair, key, name, &Value::from(value.clone())) {
            return Ok(());
        }
        self.noting(name, |to| {
            if pair.fresh {
                to.fill(new, key, value)
            } else {
                to.put(new, key, value)
            }
        })
    }

    /// Takes out the keys that the changes took out, unless somebody has set them since.
    fn cleared(&mut self, pair: &Pair) -> Result<(), AutomergeError> {
        let (Some(new), Some(touched)) = (&pair.new, self.sides.touched(&pair.old)) else {
            return Ok(());
        };
        for key in &touched.keys {
            if self.old.get(&pair.old, key.as_str())?.is_some() {
                continue;
            }
            let held = self.to.doc().get(new, key.as_str())?;
            if held.is_some_and(|(_, id)| self.sides.known(&id)) {
                self.to.clear(new, key)?;
            }
        }
        Ok(())
    }

    /// Writes something, and notes that it repeats what has this name in the old document.
    fn noting<T>(
        &mut self,
        name: &Elem,
        write: impl FnOnce(&mut Recorder<'_>) -> Result<T, AutomergeError>,
    ) -> Result<T, AutomergeError> {
        let at = self.to.operations();
        let written = write(&mut self.to)?;
        if self.to.operations() > at
            && let Some(origin) = self.sides.origin(name)
        {
            self.notes.push(at, origin);
        }
        Ok(written)
    }
}

/// Whether what lies at a key is an item, which is taken back by marking it.
fn is_item(key: &str) -> bool {
    let id = key.strip_prefix(keys::POST).unwrap_or(key);
    id.parse::<ItemId>().is_ok()
}
