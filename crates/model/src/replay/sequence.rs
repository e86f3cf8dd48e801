//! Carrying over what was done in a text or a list.
//!
//! One walk along the old text: what is in the new one too is a place to stand on, what the carried
//! changes typed is gathered and put in after the last such place.
//!
//! ```text
//!   old:  B o n |j o u r|   à   t o u s          |…|: carried
//!   new:  B o n   s o i r   à   t o u s
//!             └ goes in here, as others' words do that were typed at one place
//! ```
//!
//! Such a place may have been taken out of the new text. It still tells where it was; but what is put in there lies before it or
//! behind it as it happens. So things wait until a place is met that still shows, and go in before that and after the last such one.

use std::collections::HashSet;

use automerge::{
    AutomergeError, ObjId, ObjType, ReadDoc, ScalarValue, Value, transaction::Transactable,
};

use super::{
    Pair, Replay,
    sides::{At, same},
};
use crate::{
    Splice,
    elems::{Elem, elem_at},
};

/// Things that are to come into the new sequence at one place, and what stands or stood to the left and right of it.
struct Waiting {
    left: Option<Elem>,
    right: Option<Elem>,
    coming: Vec<Coming>,
}

/// Something of the old sequence that is to come into the new.
struct Coming {
    /// Its name in the old one.
    name: Elem,
    value: Value<'static>,
    /// Its name there as an object.
    id: ObjId,
}

impl Replay<'_, '_> {
    pub(super) fn sequence(&mut self, pair: &Pair) -> Result<(), AutomergeError> {
        let (old, sides) = (self.old, self.sides);
        let touched = sides.touched(&pair.old);
        let mut out: HashSet<&Elem> = touched.iter().flat_map(|touched| &touched.elems).collect();
        let mut left: Option<Elem> = None;
        let mut coming: Vec<Coming> = Vec::new();
        let mut waiting: Vec<Waiting> = Vec::new();
        // The last place that is still to be seen.
        let mut anchor: Option<Elem> = None;
        let mut lost = false;
        for item in old.list_range(&pair.old, ..) {
            let id = item.id();
            let Some(shown) = Elem::of(&id) else {
                continue;
            };
            let over = touched.and_then(|touched| touched.over.get(&shown));
            let name = over.unwrap_or(&shown).clone();
            let value = Value::from(item.value);
            // What was taken out and has come back by another's hand stays.
            out.remove(&name);
            let mine = pair.whole || sides.carried(&name) || sides.carried(&shown);
            let Some(new) = &pair.new else {
                lost |= mine;
                self.item(pair, &value, id, None, mine);
                continue;
            };
            let said = over.is_none().then_some(&value);
            let names = sides.names(&name, said, (&pair.old, new), At::Elem);
            if let Some(mut name) = self.best(new, &names) {
                waiting.push(Waiting {
                    left: left.take(),
                    right: Some(name.clone()),
                    coming: std::mem::take(&mut coming),
                });
                let is_there = self.place(new, &name).is_some();
                if is_there {
                    let between = (anchor.as_ref(), Some(&name));
                    self.bring_all(pair, between, std::mem::take(&mut waiting))?;
                }
                if over.is_some() && sides.carried(&shown) {
                    name = self.put_over(pair, name, &shown, &value)?;
                } else {
                    let there = self.place(new, &name).is_some();
                    let there = there.then(|| ObjId::Id(name.ctr, name.actor.clone(), 0));
                    self.item(pair, &value, id, there, mine);
                }
                if is_there {
                    anchor = Some(name.clone());
                }
                left = Some(name);
            } else if mine {
                coming.push(Coming { name, value, id });
            } else {
                self.item(pair, &value, id, None, mine);
            }
        }
        self.left_out += usize::from(lost);
        waiting.push(Waiting {
            left,
            right: None,
            coming,
        });
        self.bring_all(pair, (anchor.as_ref(), None), waiting)?;
        self.take_out(pair, &out)
    }

    /// Goes on with an item that is an object.
    fn item(&mut self, pair: &Pair, value: &Value<'_>, old: ObjId, new: Option<ObjId>, mine: bool) {
        if let Value::Object(kind) = *value {
            self.rest.push(Pair {
                kind,
                old,
                new,
                whole: pair.whole || mine,
                fresh: false,
            });
        }
    }

    /// Of several names in the new sequence one that is there, else any.
    fn best(&self, new: &ObjId, names: &[Elem]) -> Option<Elem> {
        let there = |name: &&Elem| names.len() == 1 || self.place(new, name).is_some();
        names.iter().find(there).or(names.first()).cloned()
    }

    /// Where an element stands in the new sequence, if it is there.
    fn place(&self, new: &ObjId, name: &Elem) -> Option<usize> {
        let doc = self.to.doc();
        let at = name.position(doc, new)?;
        name.stands_at(doc, new, at).then_some(at)
    }

    /// Puts what waits into the new sequence, each where it was and in their order, between two elements that show.
    fn bring_all(
        &mut self,
        pair: &Pair,
        (first, last): (Option<&Elem>, Option<&Elem>),
        waiting: Vec<Waiting>,
    ) -> Result<(), AutomergeError> {
        let Some(new) = &pair.new else {
            return Ok(());
        };
        let mut from = first.map_or(0, |first| self.after(pair.kind, new, first, None));
        for waits in waiting {
            if waits.coming.is_empty() {
                continue;
            }
            let (left, right) = (waits.left.as_ref(), waits.right.as_ref());
            let at = left.map_or(0, |left| self.after(pair.kind, new, left, right));
            let most = last.and_then(|last| self.place(new, last));
            let at = most.map_or(at, |most| at.min(most)).max(from);
            from = self.bring(pair, new, at, waits.coming)?;
        }
        Ok(())
    }

    /// Puts things into the new sequence from this place on. Answers where they end.
    fn bring(
        &mut self,
        pair: &Pair,
        new: &ObjId,
        mut at: usize,
        coming: Vec<Coming>,
    ) -> Result<usize, AutomergeError> {
        let mut letters: Vec<Elem> = Vec::new();
        let mut word = String::new();
        for Coming { name, value, id } in coming {
            if let Some(letter) = letter(pair.kind, &value) {
                letters.push(name);
                word.push(letter);
                continue;
            }
            at += self.write(new, at, &mut letters, &mut word)?;
            let len = self.to.doc().length(new);
            match value {
                Value::Object(ObjType::Table) => self.left_out += 1,
                Value::Object(kind) => {
                    let made = self.noting(&name, |to| to.odd().insert_object(new, at, kind))?;
                    self.rest.push(Pair {
                        kind,
                        old: id,
                        new: Some(made),
                        whole: true,
                        fresh: true,
                    });
                }
                Value::Scalar(value) => {
                    let value = value.into_owned();
                    self.noting(&name, |to| to.odd().insert(new, at, value))?;
                }
            }
            at += self.to.doc().length(new).saturating_sub(len);
        }
        at += self.write(new, at, &mut letters, &mut word)?;
        Ok(at)
    }

    /// Puts the gathered letters into a text. Answers how many they were.
    fn write(
        &mut self,
        new: &ObjId,
        at: usize,
        letters: &mut Vec<Elem>,
        word: &mut String,
    ) -> Result<usize, AutomergeError> {
        let names = std::mem::take(letters);
        let insert = std::mem::take(word);
        let splice = Splice {
            at,
            delete: 0,
            insert,
        };
        let first = self.to.operations();
        self.to.splice(new, &splice)?;
        let (count, len) = (names.len(), names.len() as u64);
        if self.to.operations() == first + len {
            for (at, name) in (first..).zip(names) {
                if let Some(origin) = self.sides.origin(&name) {
                    self.notes.push(at, origin);
                }
            }
        }
        Ok(count)
    }

    /// The place after an element, or where that would be had it not been taken out. What was put
    /// in around there since may have come before it, even what belongs to the right.
    fn after(&self, kind: ObjType, new: &ObjId, left: &Elem, right: Option<&Elem>) -> usize {
        let doc = self.to.doc();
        let at = left.position(doc, new).unwrap_or(0);
        match elem_at(doc, new, at) {
            Some((elem, said)) if elem == *left && kind == ObjType::Text => {
                at + said.chars().count()
            }
            Some((elem, _)) if elem == *left => at + 1,
            _ => {
                let end = right.and_then(|right| right.position(doc, new));
                end.map_or(at, |end| at.min(end))
            }
        }
    }

    /// Puts a value over an element, unless somebody else has. Answers what stands there for it then.
    fn put_over(
        &mut self,
        pair: &Pair,
        name: Elem,
        shown: &Elem,
        value: &Value<'static>,
    ) -> Result<Elem, AutomergeError> {
        let Some(new) = &pair.new else {
            return Ok(name);
        };
        let place = (&pair.old, new);
        let stood = self.sides.names(shown, Some(value), place, At::Over);
        let Some(at) = self.place(new, &name).filter(|_| stood.is_empty()) else {
            return Ok(name);
        };
        let Value::Scalar(value) = value else {
            self.left_out += 1;
            return Ok(name);
        };
        let held = self.to.doc().get(new, at)?;
        if matches!(held, Some((Value::Scalar(held), _)) if same(&held, value)) {
            return Ok(name);
        }
        let value = ScalarValue::clone(value);
        self.noting(shown, |to| to.odd().put(new, at, value))?;
        let put = self.to.doc().get(new, at)?;
        Ok(put.and_then(|(_, id)| Elem::of(&id)).unwrap_or(name))
    }

    /// Takes elements out of the new sequence, as far as they are there.
    fn take_out(&mut self, pair: &Pair, out: &HashSet<&Elem>) -> Result<(), AutomergeError> {
        let Some(new) = &pair.new else {
            return Ok(());
        };
        let place = (&pair.old, new);
        let names = out
            .iter()
            .flat_map(|name| self.sides.names(name, None, place, At::Elem));
        let mut places: Vec<usize> = names.filter_map(|name| self.place(new, &name)).collect();
        places.sort_unstable();
        places.dedup();
        while let Some(last) = places.pop() {
            if pair.kind == ObjType::List {
                self.to.odd().delete(new, last)?;
                continue;
            }
            let mut at = last;
            while at > 0 && places.last() == Some(&(at - 1)) {
                at -= 1;
                places.pop();
            }
            let width = elem_at(self.to.doc(), new, last);
            let width = width.map_or(1, |(_, said)| said.chars().count());
            self.to.splice(
                new,
                &Splice {
                    at,
                    delete: last + width - at,
                    insert: String::new(),
                },
            )?;
        }
        Ok(())
    }
}

/// What is a character of its own in a text.
fn letter(kind: ObjType, value: &Value<'_>) -> Option<char> {
    let mut chars = value.as_str()?.chars();
    let letter = chars.next()?;
    (kind == ObjType::Text && chars.next().is_none()).then_some(letter)
}
