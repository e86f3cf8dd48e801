//! Putting a passage of an earlier state back into a text as it is now.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use automerge::{Automerge, ChangeHash, ObjId, ReadDoc};

use crate::{EditError, Splice, authorship::words, elems::Elem, read};

/// A stretch of the document's one text as it stood at some heads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The state's heads.
    pub heads: Vec<ChangeHash>,
    /// Where it begins there, in characters.
    pub at: usize,
    /// How many characters it has.
    pub len: usize,
}

/// So many characters in the same order are no chance.
const TELLING: usize = 20;

/// How far from its place a passage that was put back is looked for, in characters: others may have written in between.
const NEAR: usize = 1_000;

/// How a passage comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restoring {
    /// What to do to the text as it is now: an edit like any other ([`crate::Edit::SpliceText`]).
    pub splices: Vec<Splice>,
    /// What stood beside the passage still stands there. Otherwise it goes to the nearest place that is left.
    pub exact: bool,
}

/// What brings a passage back to where it stood, and takes out what came `instead` of it (as far as that still
/// stands).
///
/// Nothing else goes, and the place is found by the names of the passage's characters, so whatever others wrote
/// before, inside or after it stays. Characters of the passage that stand in the text are left where they are.
///
/// # Errors
/// [`EditError::NoText`], [`EditError::OutOfBounds`] where the state has no such passage, and
/// [`EditError::Stands`] where it stands in the text already.
pub fn restoring(
    doc: &Automerge,
    passage: &Passage,
    instead: Option<&Passage>,
) -> Result<Restoring, EditError> {
    let body = read::body(doc, None).ok_or(EditError::NoText)?;
    let old = Stood::read(doc, &body, passage)?;
    let new = instead
        .map(|instead| Stood::read(doc, &body, instead))
        .transpose()?
        .unwrap_or_default();
    let now = Now::read(doc, &body, [&old, &new]);
    let mut changes: Vec<Splice> = Vec::new();
    for run in old.gone(&now) {
        old.put_back(doc, &body, run, &mut changes);
    }
    if let Some(copies) = now.reads_here(&old, &changes)
        && copies
            .into_iter()
            .any(|copy| came_since(doc, &body, &passage.heads, copy))
    {
        return Err(EditError::Stands);
    }
    let kept: HashSet<&Elem> = old.elems.iter().map(|(elem, _)| elem).collect();
    for (elem, _) in &new.elems {
        if let Some(place) = now.places.get(elem).filter(|_| !kept.contains(elem)) {
            changes.push(Splice {
                at: place.start,
                delete: place.len(),
                insert: String::new(),
            });
        }
    }
    if changes.is_empty() {
        return Err(EditError::Stands);
    }
    let beside = [&old.before, &old.after];
    let exact = beside
        .into_iter()
        .flatten()
        .any(|elem| now.places.contains_key(elem))
        || old
            .elems
            .iter()
            .any(|(elem, _)| now.places.contains_key(elem));
    Ok(Restoring {
        splices: in_order(changes),
        exact,
    })
}

/// Whether a stretch of the text as it is now was written after a state: one that stood there already is no copy of what
/// has gone since, but another of the same words.
fn came_since(doc: &Automerge, body: &ObjId, state: &[ChangeHash], copy: Range<usize>) -> bool {
    let mut here = 0;
    let mut written: HashSet<Elem> = HashSet::new();
    for item in doc.list_range(body, ..) {
        let from = here;
        here += words(&item.value).chars().count();
        if from >= copy.end {
            break;
        }
        if here > copy.start {
            written.extend(Elem::of(&item.id()));
        }
    }
    let then = doc.list_range_at(body, .., state);
    !then
        .filter_map(|item| Elem::of(&item.id()))
        .any(|elem| written.contains(&elem))
}

/// From the end to the beginning, so that none moves the place of the next.
fn in_order(mut changes: Vec<Splice>) -> Vec<Splice> {
    // What is put in at a place goes in before what stood there goes out: so a stable order keeps both as said.
    changes.sort_by(|a, b| b.at.cmp(&a.at).then(b.delete.cmp(&a.delete)));
    let mut splices: Vec<Splice> = Vec::new();
    for change in changes {
        match splices.last_mut() {
            // Neighbours that go out one by one go out together.
            Some(last)
                if change.insert.is_empty()
                    && last.insert.is_empty()
                    && change.at + change.delete == last.at =>
            {
                last.at = change.at;
                last.delete += change.delete;
            }
            _ => splices.push(change),
        }
    }
    splices
}

/// A passage as it stood: its characters by name, and those beside it.
#[derive(Default)]
struct Stood {
    elems: Vec<(Elem, String)>,
    before: Option<Elem>,
    after: Option<Elem>,
}

impl Stood {
    fn read(doc: &Automerge, body: &ObjId, passage: &Passage) -> Result<Self, EditError> {
        let (at, len) = (passage.at, passage.len);
        let end = at.saturating_add(len);
        let mut stood = Self::default();
        let mut here = 0;
        for item in doc.list_range_at(body, .., &passage.heads) {
            let text = words(&item.value);
            let next = here + text.chars().count();
            if here >= end {
                stood.after = Elem::of(&item.id());
                break;
            }
            if next > at {
                stood
                    .elems
                    .extend(Elem::of(&item.id()).map(|elem| (elem, text.to_owned())));
            } else if next == at {
                stood.before = Elem::of(&item.id());
            }
            here = next;
        }
        if len == 0 || here < end {
            let len = here;
            return Err(EditError::OutOfBounds {
                at,
                delete: passage.len,
                len,
            });
        }
        Ok(stood)
    }

    /// The stretches of the passage that no longer stand.
    fn gone(&self, now: &Now) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (place, (elem, _)) in self.elems.iter().enumerate() {
            if now.places.contains_key(elem) {
                continue;
            }
            match runs.last_mut() {
                Some(run) if run.end == place => run.end += 1,
                _ => runs.push(place..place + 1),
            }
        }
        runs
    }

    /// Puts a stretch back; where others wrote in the midst of it, around that.
    fn put_back(&self, doc: &Automerge, body: &ObjId, run: Range<usize>, to: &mut Vec<Splice>) {
        let place = |index: usize| {
            let (elem, _) = &self.elems[index];
            elem.position(doc, body)
        };
        let (Some(from), Some(last)) = (place(run.start), place(run.end - 1)) else {
            return;
        };
        if from == last || run.len() == 1 {
            let text = self.elems[run].iter().map(|(_, text)| text.as_str());
            let splice = Splice {
                at: from,
                delete: 0,
                insert: text.collect(),
            };
            match to.last_mut() {
                Some(before) if before.at == from && before.delete == 0 => {
                    before.insert.push_str(&splice.insert);
                }
                _ => to.push(splice),
            }
            return;
        }
        let middle = run.start + run.len() / 2;
        self.put_back(doc, body, run.start..middle, to);
        self.put_back(doc, body, middle..run.end, to);
    }
}

/// Where the characters asked for stand in the text as it is now.
struct Now {
    places: HashMap<Elem, Range<usize>>,
    text: Vec<char>,
}

impl Now {
    fn read(doc: &Automerge, body: &ObjId, asked: [&Stood; 2]) -> Self {
        let mut wanted: HashMap<Elem, Option<Range<usize>>> = HashMap::new();
        for stood in asked {
            let beside = stood.before.iter().chain(&stood.after);
            for elem in stood.elems.iter().map(|(elem, _)| elem).chain(beside) {
                wanted.insert(elem.clone(), None);
            }
        }
        let mut text = Vec::new();
        for item in doc.list_range(body, ..) {
            let from = text.len();
            text.extend(words(&item.value).chars());
            if let Some(elem) = Elem::of(&item.id())
                && let Some(place) = wanted.get_mut(&elem)
            {
                *place = Some(from..text.len());
            }
        }
        let standing = wanted.into_iter();
        Self {
            places: standing
                .filter_map(|(elem, place)| Some((elem, place?)))
                .collect(),
            text,
        }
    }

    /// Where the text reads as the passage does, gone as that is: at its place, or, where it is long enough to be no chance, near
    /// it. Anybody may have put it back there already.
    fn reads_here(&self, old: &Stood, changes: &[Splice]) -> Option<Vec<Range<usize>>> {
        let [only] = changes else { return None };
        let len = only.insert.chars().count();
        let said = only.insert.trim().chars().count();
        if len < old.elems.len() || said < 3 {
            return None;
        }
        let near = if said < TELLING { 0 } else { NEAR };
        let from = only.at.saturating_sub(len + near);
        let to = (only.at + len + near).min(self.text.len());
        if near == 0 {
            let beside = [only.at.checked_sub(len), Some(only.at)];
            let reads = |start: &usize| {
                let here = self.text.get(*start..start + len);
                here.is_some_and(|here| here.iter().copied().eq(only.insert.chars()))
            };
            let beside = beside.into_iter().flatten().filter(reads);
            return Some(beside.map(|start| start..start + len).collect());
        }
        // The library's search takes time in proportion to the text, whatever it says.
        let around: String = self.text[from..to].iter().collect();
        let (mut places, mut bytes, mut chars) = (Vec::new(), 0, from);
        for (at, _) in around.match_indices(only.insert.as_str()) {
            chars += around[bytes..at].chars().count();
            bytes = at;
            places.push(chars..chars + len);
        }
        Some(places)
    }
}
