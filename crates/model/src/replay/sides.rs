//! The two documents of a replay, as far as they are read: what the carried changes did in the
//! old one, and what of that the new one holds already.

use std::collections::{BTreeSet, HashMap, HashSet};

use automerge::{
    Automerge, ChangeHash, ObjId, ReadDoc, ScalarValue, Value,
    legacy::{Key, ObjectId, Op, OpId, OpType},
};

use super::origin::{Ledger, Origin};
use crate::elems::Elem;

/// What the carried changes did in one object of the old document, beside what shows there.
#[derive(Default)]
pub(super) struct Touched {
    /// The keys that were taken out.
    pub(super) keys: BTreeSet<String>,
    /// The elements that were taken out.
    pub(super) elems: Vec<Elem>,
    /// What was put over an element: the element it was put over.
    pub(super) over: HashMap<Elem, Elem>,
}

/// An operation of the new document that repeats another.
struct Copy {
    name: Elem,
    op: Op,
}

/// A place in an object of the new document.
#[derive(Clone, Copy)]
pub(super) enum At<'a> {
    Key(&'a str),
    /// An element of its own.
    Elem,
    /// Put over an element.
    Over,
}

pub(super) struct Sides {
    here: Ledger,
    there: Ledger,
    /// The changes that are carried over: those asked for that only the old document has.
    which: HashSet<ChangeHash>,
    touched: HashMap<Option<Elem>, Touched>,
    copies: HashMap<Origin, Vec<Copy>>,
}

impl Sides {
    pub(super) fn new(old: &Automerge, which: &[ChangeHash], new: &Automerge) -> Self {
        let (here, there) = (Ledger::of(old), Ledger::of(new));
        let which = which.iter().copied();
        let which: HashSet<_> = which
            .filter(|hash| here.has(hash) && !there.has(hash))
            .collect();
        let touched = touched(old, &which, new);
        let copies = copies(new, &there, &here);
        Self {
            here,
            there,
            which,
            touched,
            copies,
        }
    }

    /// Whether there is nothing to carry over.
    pub(super) fn is_empty(&self) -> bool {
        self.which.is_empty()
    }

    /// Whether what has this name in the old document was written by a carried change.
    pub(super) fn carried(&self, name: &Elem) -> bool {
        let change = self.here.change(name);
        change.is_some_and(|change| self.which.contains(&change))
    }

    /// What the carried changes did in an object of the old document.
    pub(super) fn touched(&self, obj: &ObjId) -> Option<&Touched> {
        self.touched.get(&Elem::of(obj))
    }

    /// Where what has this name in the old document was first written.
    pub(super) fn origin(&self, name: &Elem) -> Option<Origin> {
        self.here.origin(name)
    }

    /// Whether a change that both have wrote what has this name in the old document.
    fn shared(&self, name: &Elem) -> bool {
        let change = self.here.change(name);
        change.is_some_and(|change| self.there.has(&change))
    }

    /// Whether what has this name in the new document was in the old one too (if only for a time).
    pub(super) fn known(&self, id: &ObjId) -> bool {
        let Some(name) = Elem::of(id) else {
            return true;
        };
        let change = self.there.change(&name);
        let origin = self.there.origin(&name);
        change.is_some_and(|change| self.here.has(&change))
            || origin.is_some_and(|origin| self.here.began(&origin))
    }

    /// Under which names something of the old document has been in the new one, in the object `to`
    /// that stands for the object `from`, whether it still shows there or not.
    pub(super) fn names(
        &self,
        name: &Elem,
        value: Option<&Value<'_>>,
        (from, to): (&ObjId, &ObjId),
        at: At<'_>,
    ) -> Vec<Elem> {
        if self.shared(name) {
            let (from, to) = (Elem::of(from), Elem::of(to));
            let same = from == to && from.is_none_or(|from| self.shared(&from));
            return same.then(|| name.clone()).into_iter().collect();
        }
        let Some(copies) = self.origin(name).and_then(|from| self.copies.get(&from)) else {
            return Vec::new();
        };
        let to = Elem::of(to);
        let found = copies.iter().filter(|copy| {
            obj_of(&copy.op) == to
                && stands_at(&copy.op, at)
                && value.is_none_or(|value| says(&copy.op, value))
        });
        found.map(|copy| copy.name.clone()).collect()
    }
}

fn touched(
    old: &Automerge,
    which: &HashSet<ChangeHash>,
    new: &Automerge,
) -> HashMap<Option<Elem>, Touched> {
    let mut touched: HashMap<_, Touched> = HashMap::new();
    if which.is_empty() {
        return touched;
    }
    // All that only the old one has, since that is read in one go.
    for change in new.get_changes_added(old) {
        if !which.contains(&change.hash()) {
            continue;
        }
        let start = change.start_op().get();
        for (index, op) in change.decode().operations.into_iter().enumerate() {
            let here = touched.entry(obj_of(&op)).or_default();
            match (&op.action, op.key) {
                (OpType::Delete, Key::Map(key)) => drop(here.keys.insert(key.to_string())),
                (OpType::Delete, key) => here.elems.extend(key.to_opid().map(elem)),
                (OpType::Put(_) | OpType::Make(_), key @ Key::Seq(_)) if !op.insert => {
                    let name = Elem {
                        actor: change.actor_id().clone(),
                        ctr: start + index as u64,
                    };
                    here.over
                        .extend(key.to_opid().map(|over| (name, elem(over))));
                }
                _ => {}
            }
        }
    }
    touched
}

fn copies(new: &Automerge, there: &Ledger, here: &Ledger) -> HashMap<Origin, Vec<Copy>> {
    let mut copies: HashMap<_, Vec<Copy>> = HashMap::new();
    let mut open: Option<(ChangeHash, Vec<Op>)> = None;
    for (hash, at, origin) in there.repeated(here) {
        if open.as_ref().is_none_or(|(open, _)| *open != hash) {
            let change = new.get_change_by_hash(&hash);
            open = change.map(|change| (hash, change.decode().operations));
        }
        let op = open.as_ref().and_then(|(_, operations)| {
            let at = usize::try_from(at).ok()?;
            operations.get(at)
        });
        if let (Some(op), Some(name)) = (op, there.name(&hash, at)) {
            let op = op.clone();
            copies.entry(origin).or_default().push(Copy { name, op });
        }
    }
    copies
}

fn elem(OpId(ctr, actor): OpId) -> Elem {
    Elem { actor, ctr }
}

/// The object that an operation is in; `None`: the root.
fn obj_of(op: &Op) -> Option<Elem> {
    match &op.obj {
        ObjectId::Root => None,
        ObjectId::Id(id) => Some(elem(id.clone())),
    }
}

fn stands_at(op: &Op, at: At<'_>) -> bool {
    match (&op.key, at) {
        (Key::Map(key), At::Key(at)) => key == at,
        (Key::Seq(_), At::Elem) => op.insert,
        (Key::Seq(_), At::Over) => !op.insert,
        _ => false,
    }
}

fn says(op: &Op, value: &Value<'_>) -> bool {
    match (&op.action, value) {
        (OpType::Make(kind), Value::Object(said)) => kind == said,
        (OpType::Put(put), Value::Scalar(said)) => same(put, said),
        _ => false,
    }
}

/// Whether two values are one. (A number that is none is not equal to itself.)
pub(super) fn same(one: &ScalarValue, other: &ScalarValue) -> bool {
    match (one, other) {
        (ScalarValue::F64(one), ScalarValue::F64(other)) => one.to_bits() == other.to_bits(),
        _ => one == other,
    }
}
