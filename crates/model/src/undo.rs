//! Taking edits back.
//!
//! An [`Undo`] is what the recording writer noted while it made a change, so it serves every
//! edit there is and will be. It never takes anything from somebody else: a field goes back only
//! if it still holds what I put there, and of a text only my own characters go out, wherever they
//! stand by now. Undoing an undo is redoing.

use automerge::{Automerge, ChangeHash, ObjId, ReadDoc, ScalarValue, Value};

use crate::{
    Access, EditError, Splice, access,
    apply::reported,
    elems::{Elem, Moves, Run},
    record::{Piece, Recorder, Reversal},
};

/// How to take one edit back. Keep it as long as the person may undo.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Undo {
    /// In the order in which it was done.
    reversals: Vec<Reversal>,
    /// The change that all names in the reversals are known since.
    since: Option<ChangeHash>,
}

impl Undo {
    pub(crate) fn new(reversals: Vec<Reversal>, since: Option<ChangeHash>) -> Self {
        Self { reversals, since }
    }

    /// Whether there is nothing to take back.
    pub fn is_empty(&self) -> bool {
        self.reversals.is_empty()
    }

    /// Takes in a later edit of the same document, so that both are undone as one (letters typed
    /// in a row, say).
    pub fn absorb(&mut self, later: Self) {
        self.reversals.extend(later.reversals);
        self.since = later.since.or(self.since);
    }

    fn follow(&mut self, moves: &Moves, change: ChangeHash) {
        for reversal in &mut self.reversals {
            reversal.follow(moves);
        }
        self.since = Some(change);
    }
}

/// What an undo did.
#[derive(Debug, Clone, PartialEq)]
pub struct Undone {
    /// How to take the undo back.
    pub redo: Undo,
    /// How many fields and pieces of text were put back.
    pub restored: usize,
    /// How many were left because somebody has changed them since.
    pub skipped: usize,
    /// What it did to the document's text, in order.
    pub splices: Vec<Splice>,
    /// Whether there is a new change in the document.
    pub changed: bool,
    moves: Moves,
    change: Option<ChangeHash>,
}

impl Undone {
    /// Whether there is something to make again.
    pub fn can_be_redone(&self) -> bool {
        !self.redo.is_empty()
    }
}

/// Takes an edit back, in one new change, or none when nothing of it stands any more. On an error
/// nothing is changed.
///
/// To undo several edits in a row use [`Stacks`], which tells why.
pub fn undo(doc: &mut Automerge, undo: &Undo, time_ms: i64) -> Result<Undone, EditError> {
    if let Access::ReadOnly { schema } = access(doc) {
        return Err(EditError::ReadOnly { schema });
    }
    let before = doc.get_heads();
    let known = undo
        .since
        .is_none_or(|change| doc.get_change_meta_by_hash(&change).is_some());
    let mut rest = if known {
        undo.reversals.clone()
    } else {
        Vec::new()
    };
    let mut restored = 0;
    let mut moves = Moves::default();
    let mut writer = Recorder::new(doc);
    while let Some(reversal) = rest.pop() {
        let mut renamed = Moves::default();
        if take_back(&mut writer, &reversal, &mut renamed)? {
            restored += 1;
        }
        for earlier in &mut rest {
            earlier.follow(&renamed);
        }
        moves.extend(&renamed);
    }
    let recorded = writer.commit(time_ms);
    Ok(Undone {
        splices: reported(doc, &recorded, &before),
        changed: recorded.change.is_some(),
        change: recorded.change,
        redo: Undo::new(recorded.reversals, recorded.change),
        restored,
        skipped: undo.reversals.len() - restored,
        moves,
    })
}

/// Whether there was something to take back.
fn take_back(
    recorder: &mut Recorder<'_>,
    reversal: &Reversal,
    renamed: &mut Moves,
) -> Result<bool, EditError> {
    match reversal {
        Reversal::Field {
            obj,
            key,
            holds,
            writer,
            back,
        } => {
            let held = recorder.doc().get_all(obj, key.as_str());
            let mine = match held.as_deref() {
                Ok(held) if *holds == ScalarValue::Null => held.iter().all(|(value, _)| {
                    matches!(value, Value::Scalar(value) if **value == ScalarValue::Null)
                }),
                Ok([(Value::Scalar(value), ObjId::Id(_, actor, _))]) => {
                    **value == *holds && actor == writer
                }
                Err(_) | Ok(_) => false,
            };
            if mine {
                recorder.put(obj, key, back.clone())?;
            }
            Ok(mine)
        }
        Reversal::Text {
            text,
            inserted,
            removed,
            left,
            right,
        } => {
            if recorder.doc().object_type(text).is_err() {
                return Ok(false);
            }
            let out = take_out(recorder, text, inserted)?;
            let place = Place { text, left, right };
            put_back(recorder, &place, removed, renamed)?;
            Ok(out || !removed.is_empty())
        }
    }
}

/// Takes my elements out of a text, as far as they are still there.
fn take_out(recorder: &mut Recorder<'_>, text: &ObjId, runs: &[Run]) -> Result<bool, EditError> {
    let mut some = false;
    for run in runs {
        for (at, delete) in run.stretches(recorder.doc(), text).into_iter().rev() {
            let insert = String::new();
            recorder.splice(text, &Splice { at, delete, insert })?;
            some = true;
        }
    }
    Ok(some)
}

/// Where something was taken out.
struct Place<'a> {
    text: &'a ObjId,
    left: &'a Option<Elem>,
    right: &'a Option<Elem>,
}

impl Place<'_> {
    /// Where this begins by now: after the left neighbour.
    fn begin(&self, doc: &impl ReadDoc) -> usize {
        let Some(left) = self.left else { return 0 };
        let at = left.position(doc, self.text).unwrap_or(0);
        at + usize::from(left.stands_at(doc, self.text, at))
    }

    /// Where this ends by now: before the right neighbour.
    fn end(&self, doc: &impl ReadDoc) -> usize {
        self.right
            .as_ref()
            .and_then(|right| right.position(doc, self.text))
            .unwrap_or_else(|| doc.length(self.text))
    }
}

/// Puts back what was taken out: each element where it stood (Automerge remembers that), so
/// that what others wrote between stays between; and always between its neighbours, which may
/// themselves have gone and come back since.
fn put_back(
    recorder: &mut Recorder<'_>,
    place: &Place<'_>,
    pieces: &[Piece],
    renamed: &mut Moves,
) -> Result<(), EditError> {
    let text = place.text;
    let mut begin = place.begin(recorder.doc());
    let mut rest: Vec<Piece> = pieces.iter().rev().cloned().collect();
    while let Some(piece) = rest.pop() {
        let doc = recorder.doc();
        let at = piece.run.first.position(doc, text).unwrap_or(begin);
        let apart = piece.run.len > 1 && piece.run.last().position(doc, text) != Some(at);
        if apart {
            let (head, tail) = piece.split(piece.run.len / 2);
            rest.extend([tail, head]);
            continue;
        }
        let at = at.min(place.end(doc)).max(begin);
        let insert = piece.text;
        begin = at + insert.chars().count();
        let splice = Splice {
            at,
            delete: 0,
            insert,
        };
        let first = recorder.splice(text, &splice)?;
        renamed.push(piece.run, first);
    }
    Ok(())
}

/// What a person can undo and redo, newest last, over many documents named by `K`.
///
/// Use this rather than keep [`Undo`]s in lists of your own: when an undo brings back
/// text that a later edit had removed, the characters that come back have new names in
/// Automerge, and the older entries must learn them. This sees to that.
#[derive(Debug, Clone)]
pub struct Stacks<K> {
    undo: Vec<Entry<K>>,
    redo: Vec<Entry<K>>,
}

/// How to take back one edit of one document; or, with nothing to take back in any, what was only noted.
#[derive(Debug, Clone)]
struct Entry<K> {
    key: K,
    undo: Undo,
    /// It was made together with the one below it: both go, or none.
    with_below: bool,
}

impl<K> Entry<K> {
    /// Something that is no edit, in its place.
    fn noted(key: K) -> Self {
        Self {
            key,
            undo: Undo::default(),
            with_below: false,
        }
    }
}

impl<K> Default for Stacks<K> {
    fn default() -> Self {
        Self {
            undo: Vec::new(),
            redo: Vec::new(),
        }
    }
}

impl<K: PartialEq + Clone> Stacks<K> {
    /// How many edits can be undone; older ones are forgotten.
    pub const LIMIT: usize = 1_000;

    /// Notes an edit of mine that was just made. What could be redone no longer can.
    pub fn record(&mut self, key: K, undo: Undo) {
        self.record_together([(key, undo)]);
    }

    /// Notes edits of mine that one deed made, in the order in which they were made: they are undone, redone and forgotten as one.
    pub fn record_together(&mut self, edits: impl IntoIterator<Item = (K, Undo)>) {
        let mut with_below = false;
        for (key, undo) in edits {
            if undo.is_empty() {
                continue;
            }
            self.redo.clear();
            self.undo.push(Entry {
                key,
                undo,
                with_below,
            });
            with_below = true;
        }
        self.keep_within_limit();
    }

    fn keep_within_limit(&mut self) {
        while self.undo.len() > Self::LIMIT {
            self.undo.remove(0);
            // The rest of what was made together goes as well: half of it is nothing that anybody did.
            while self.undo.first().is_some_and(|entry| entry.with_below) {
                self.undo.remove(0);
            }
        }
    }

    /// Notes something of mine that is no edit of a document, named by `key`, in its place between the edits. It is not taken back
    /// by [`Stacks::undo`]: whoever noted it does that, and says so ([`Stacks::turned_back`]). What could be redone no longer can.
    pub fn note(&mut self, key: K) {
        self.redo.clear();
        self.undo.push(Entry::noted(key));
        self.keep_within_limit();
    }

    /// What was noted newest, at the top of what can be undone, has been taken back; `again` names what would make it again, if
    /// anything would.
    pub fn turned_back(&mut self, again: Option<K>) {
        self.undo.pop();
        self.redo.extend(again.map(Entry::noted));
    }

    /// What was noted, at the top of what can be redone, has been made again; `back` names what would take it back.
    pub fn turned_again(&mut self, back: Option<K>) {
        self.redo.pop();
        self.undo.extend(back.map(Entry::noted));
    }

    /// The names of everything that can be undone or redone: what they name may come to be called otherwise.
    pub fn keys_mut(&mut self) -> impl Iterator<Item = &mut K> {
        let all = self.undo.iter_mut().chain(&mut self.redo);
        all.map(|entry| &mut entry.key)
    }

    /// Notes an edit of mine that belongs with the one before it (the next letter of a word): both
    /// are undone as one, if they are in one document and nothing was undone between them.
    pub fn join(&mut self, key: K, undo: Undo) {
        match self.undo.last_mut() {
            Some(last) if last.key == key && self.redo.is_empty() => last.undo.absorb(undo),
            _ => self.record(key, undo),
        }
    }

    /// The document that the next [`Stacks::undo`] would change.
    pub fn next_undo(&self) -> Option<&K> {
        self.undo.last().map(|entry| &entry.key)
    }

    /// The document that the next [`Stacks::redo`] would change.
    pub fn next_redo(&self) -> Option<&K> {
        self.redo.last().map(|entry| &entry.key)
    }

    /// The documents that go back together with the next undo, in the order in which that is done: the first is that of
    /// [`Stacks::next_undo`].
    pub fn together_undone(&self) -> Vec<&K> {
        together(&self.undo)
    }

    /// The documents that come again together with the next redo, in order.
    pub fn together_redone(&self) -> Vec<&K> {
        together(&self.redo)
    }

    /// Leaves out what the next undo would take back.
    pub fn forget_next_undo(&mut self) {
        let rest = self.undo.len() - together(&self.undo).len();
        self.undo.truncate(rest);
    }

    /// Leaves out what the next redo would make again.
    pub fn forget_next_redo(&mut self) {
        let rest = self.redo.len() - together(&self.redo).len();
        self.redo.truncate(rest);
    }

    /// How many edits can be undone, and how many redone.
    pub fn counts(&self) -> (usize, usize) {
        (self.undo.len(), self.redo.len())
    }

    /// Takes back the newest edit in `doc`, which must be the document of [`Stacks::next_undo`]. `joined`: what is redone
    /// of it goes together with what was undone just before. `None`: there is none. After an error the edit can still be undone.
    pub fn undo(
        &mut self,
        doc: &mut Automerge,
        joined: bool,
        time_ms: i64,
    ) -> Result<Option<Undone>, EditError> {
        let done = Self::take(&mut self.undo, (&mut self.redo, joined), doc, time_ms)?;
        Ok(self.settle(done))
    }

    /// Makes again what was last undone, in `doc`, which must be the document of [`Stacks::next_redo`]. `joined`: it goes
    /// together with what was redone just before. `None`: there is none. After an error it can still be redone.
    pub fn redo(
        &mut self,
        doc: &mut Automerge,
        joined: bool,
        time_ms: i64,
    ) -> Result<Option<Undone>, EditError> {
        let done = Self::take(&mut self.redo, (&mut self.undo, joined), doc, time_ms)?;
        Ok(self.settle(done))
    }

    /// Takes the newest entry of one stack back and puts its opposite on the other, where `joined` says whether it goes with what was
    /// put there last.
    fn take(
        from: &mut Vec<Entry<K>>,
        (to, joined): (&mut Vec<Entry<K>>, bool),
        doc: &mut Automerge,
        time_ms: i64,
    ) -> Result<Option<(K, Undone)>, EditError> {
        let Some(entry) = from.last() else {
            return Ok(None);
        };
        let done = undo(doc, &entry.undo, time_ms)?;
        let key = entry.key.clone();
        from.pop();
        if !done.redo.is_empty() {
            to.push(Entry {
                key: key.clone(),
                undo: done.redo.clone(),
                with_below: joined,
            });
        }
        Ok(Some((key, done)))
    }

    /// Tells every other entry of the document which characters have new names.
    fn settle(&mut self, done: Option<(K, Undone)>) -> Option<Undone> {
        let (key, done) = done?;
        if let Some(change) = done.change.filter(|_| !done.moves.is_empty()) {
            for entry in self.undo.iter_mut().chain(&mut self.redo) {
                if entry.key == key {
                    entry.undo.follow(&done.moves, change);
                }
            }
        }
        Some(done)
    }
}

/// The documents of what goes together at the top of a stack, the top first.
fn together<K>(stack: &[Entry<K>]) -> Vec<&K> {
    let mut keys = Vec::new();
    for entry in stack.iter().rev() {
        keys.push(&entry.key);
        if !entry.with_below {
            break;
        }
    }
    keys
}
