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
    undo: Vec<(K, Undo)>,
    redo: Vec<(K, Undo)>,
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
        if undo.is_empty() {
            return;
        }
        self.redo.clear();
        self.undo.push((key, undo));
        if self.undo.len() > Self::LIMIT {
            self.undo.remove(0);
        }
    }

    /// Notes an edit of mine that belongs with the one before it (the next letter of a word): both
    /// are undone as one, if they are in one document and nothing was undone between them.
    pub fn join(&mut self, key: K, undo: Undo) {
        match self.undo.last_mut() {
            Some((last, entry)) if *last == key && self.redo.is_empty() => entry.absorb(undo),
            _ => self.record(key, undo),
        }
    }

    /// The document that the next [`Stacks::undo`] would change.
    pub fn next_undo(&self) -> Option<&K> {
        self.undo.last().map(|(key, _)| key)
    }

    /// The document that the next [`Stacks::redo`] would change.
    pub fn next_redo(&self) -> Option<&K> {
        self.redo.last().map(|(key, _)| key)
    }

    /// How many edits can be undone, and how many redone.
    pub fn counts(&self) -> (usize, usize) {
        (self.undo.len(), self.redo.len())
    }

    /// Forgets everything about a document.
    pub fn forget(&mut self, key: &K) {
        self.undo.retain(|(of, _)| of != key);
        self.redo.retain(|(of, _)| of != key);
    }

    /// Takes back the newest edit in `doc`, which must be the document of [`Stacks::next_undo`].
    /// `None`: there is none. After an error the edit can still be undone.
    pub fn undo(&mut self, doc: &mut Automerge, time_ms: i64) -> Result<Option<Undone>, EditError> {
        let done = Self::take(&mut self.undo, &mut self.redo, doc, time_ms)?;
        Ok(self.settle(done))
    }

    /// Makes again what was last undone, in `doc`, which must be the document of
    /// [`Stacks::next_redo`]. `None`: there is none. After an error it can still be redone.
    pub fn redo(&mut self, doc: &mut Automerge, time_ms: i64) -> Result<Option<Undone>, EditError> {
        let done = Self::take(&mut self.redo, &mut self.undo, doc, time_ms)?;
        Ok(self.settle(done))
    }

    /// Takes the newest entry of one stack back and puts its opposite on the other.
    fn take(
        from: &mut Vec<(K, Undo)>,
        to: &mut Vec<(K, Undo)>,
        doc: &mut Automerge,
        time_ms: i64,
    ) -> Result<Option<(K, Undone)>, EditError> {
        let Some((key, entry)) = from.last() else {
            return Ok(None);
        };
        let done = undo(doc, entry, time_ms)?;
        let key = key.clone();
        from.pop();
        if !done.redo.is_empty() {
            to.push((key.clone(), done.redo.clone()));
        }
        Ok(Some((key, done)))
    }

    /// Tells every other entry of the document which characters have new names.
    fn settle(&mut self, done: Option<(K, Undone)>) -> Option<Undone> {
        let (key, done) = done?;
        if let Some(change) = done.change.filter(|_| !done.moves.is_empty()) {
            for (of, entry) in self.undo.iter_mut().chain(&mut self.redo) {
                if *of == key {
                    entry.follow(&done.moves, change);
                }
            }
        }
        Some(done)
    }
}
