//! The one writer of documents. It makes a change and notes, for every field and text it
//! touches, how to take that back; so [`mod@crate::undo`] needs no code for any single edit.

use automerge::{
    ActorId, AutomergeError, ChangeHash, ObjId, ObjType, ReadDoc, ScalarValue, Value,
    transaction::{CommitOptions, Transactable, Transaction},
};

use crate::{
    Splice,
    elems::{Elem, Moves, Run, elem_at},
    keys,
};

/// How one piece of a change is taken back.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Reversal {
    /// A field goes back to what it held, if it still holds what was put there.
    Field {
        /// The map that holds the field.
        obj: ObjId,
        key: String,
        /// What was put there; null: nothing.
        holds: ScalarValue,
        /// Who put it there.
        writer: ActorId,
        /// What it goes back to; null: nothing.
        back: ScalarValue,
    },
    /// What was put into a text goes out; what was taken out comes back.
    Text {
        text: ObjId,
        inserted: Vec<Run>,
        removed: Vec<Piece>,
        /// What stood just before and just after; `None`: the beginning or the end.
        left: Option<Elem>,
        right: Option<Elem>,
    },
}

impl Reversal {
    /// Learns the new names of elements that came back.
    pub(crate) fn follow(&mut self, moves: &Moves) {
        let Self::Text {
            inserted,
            removed,
            left,
            right,
            ..
        } = self
        else {
            return;
        };
        *inserted = inserted
            .iter()
            .flat_map(|run| moves.follow_run(run))
            .collect();
        *removed = removed
            .iter()
            .flat_map(|piece| piece.follow(moves))
            .collect();
        for elem in left.iter_mut().chain(right.iter_mut()) {
            moves.follow(elem);
        }
    }
}

/// Elements that were taken out of a text, and what they said. Longer than one element only
/// where each is one character.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Piece {
    pub(crate) run: Run,
    pub(crate) text: String,
}

impl Piece {
    /// Both parts of the piece, cut before this element.
    pub(crate) fn split(&self, index: usize) -> (Self, Self) {
        let (head, tail) = self.run.split(index);
        let cut = match self.text.char_indices().nth(index) {
            Some((at, _)) if index < self.run.len => at,
            _ => self.text.len(),
        };
        let piece = |run, text: &str| Self {
            run,
            text: text.to_owned(),
        };
        (
            piece(head, &self.text[..cut]),
            piece(tail, &self.text[cut..]),
        )
    }

    /// Takes the next element of the text in, if it goes on from the last.
    fn grow(&mut self, elem: &Elem, said: &str) -> bool {
        // A run of several is of one character each, by induction.
        let one_each = self.run.len > 1 || self.text.chars().count() == 1;
        let next = one_each && said.chars().count() == 1 && self.run.goes_on_with(elem);
        if next {
            self.run.len += 1;
            self.text.push_str(said);
        }
        next
    }

    fn follow(&self, moves: &Moves) -> Vec<Self> {
        let mut rest = self.clone();
        let mut pieces = Vec::new();
        for run in moves.follow_run(&self.run) {
            let (head, tail) = rest.split(run.len);
            pieces.push(Self {
                run,
                text: head.text,
            });
            rest = tail;
        }
        pieces
    }
}

/// What a recorded change was.
pub(crate) struct Recorded {
    /// The change, unless nothing had to be written.
    pub(crate) change: Option<ChangeHash>,
    pub(crate) reversals: Vec<Reversal>,
    pub(crate) splices: Vec<Splice>,
    /// The text holds elements of other software that are not one character each, so `splices` may
    /// be wrong.
    pub(crate) odd: bool,
}

/// A change in the making.
pub(crate) struct Recorder<'doc> {
    tx: Transaction<'doc>,
    actor: ActorId,
    /// The count of the change's first operation.
    start: u64,
    reversals: Vec<Reversal>,
    splices: Vec<Splice>,
    odd: bool,
}

impl<'doc> Recorder<'doc> {
    pub(crate) fn new(doc: &'doc mut automerge::Automerge) -> Self {
        let actor = doc.get_actor().clone();
        // Automerge counts operations on from the highest count it has seen, and a change counts
        // higher than all it builds on: that is a head's.
        let start = doc
            .get_heads()
            .iter()
            .filter_map(|head| Some(doc.get_change_meta_by_hash(head)?.max_op))
            .max()
            .unwrap_or(0)
            + 1;
        Self {
            tx: doc.transaction(),
            actor,
            start,
            reversals: Vec::new(),
            splices: Vec::new(),
            odd: false,
        }
    }

    /// The document as it stands in the middle of the change.
    pub(crate) fn doc(&self) -> &Transaction<'doc> {
        &self.tx
    }

    /// Sets a field; null clears it. Nothing is written when it holds just that already.
    pub(crate) fn put(
        &mut self,
        obj: &ObjId,
        key: &str,
        value: ScalarValue,
    ) -> Result<(), AutomergeError> {
        let held = self.tx.get_all(obj, key)?;
        let mut same = held
            .iter()
            .map(|(held, _)| *held == Value::from(value.clone()));
        if same.all(|same| same) && (!held.is_empty() || value == ScalarValue::Null) {
            return Ok(());
        }
        let back = match held.last() {
            Some((Value::Scalar(back), _)) => back.as_ref().clone(),
            _ => ScalarValue::Null,
        };
        self.reversals.push(Reversal::Field {
            obj: obj.clone(),
            key: key.to_owned(),
            holds: value.clone(),
            writer: self.actor.clone(),
            back,
        });
        self.tx.put(obj, key, value)
    }

    /// Makes a new item after the last of `parent`. Taken back, it lies in the bin.
    pub(crate) fn item(
        &mut self,
        parent: &ObjId,
        key: &str,
        order: f64,
    ) -> Result<ObjId, AutomergeError> {
        let item = self.tx.put_object(parent, key, ObjType::Map)?;
        self.tx.put(&item, keys::ORDER, order)?;
        self.born(&item, keys::REMOVED);
        Ok(item)
    }

    /// Notes that something new is taken back by marking it with `key`, whatever is written in it
    /// now.
    pub(crate) fn born(&mut self, obj: &ObjId, key: &str) {
        self.reversals.push(Reversal::Field {
            obj: obj.clone(),
            key: key.to_owned(),
            holds: ScalarValue::Null,
            writer: self.actor.clone(),
            back: ScalarValue::Boolean(true),
        });
    }

    /// Sets a field of something born in this change: nothing to take back. Null writes nothing.
    pub(crate) fn fill(
        &mut self,
        obj: &ObjId,
        key: &str,
        value: ScalarValue,
    ) -> Result<(), AutomergeError> {
        if value == ScalarValue::Null {
            return Ok(());
        }
        self.tx.put(obj, key, value)
    }

    /// Makes an object in something born in this change.
    pub(crate) fn fill_object(
        &mut self,
        obj: &ObjId,
        key: &str,
        kind: ObjType,
    ) -> Result<ObjId, AutomergeError> {
        self.tx.put_object(obj, key, kind)
    }

    /// Takes a key out of a map.
    pub(crate) fn clear(&mut self, obj: &ObjId, key: &str) -> Result<(), AutomergeError> {
        if let Some((Value::Scalar(back), _)) = self.tx.get(obj, key)? {
            self.reversals.push(Reversal::Field {
                obj: obj.clone(),
                key: key.to_owned(),
                holds: ScalarValue::Null,
                writer: self.actor.clone(),
                back: back.into_owned(),
            });
        }
        self.tx.delete(obj, key)
    }

    /// Writes elements that no Tresse makes, so without a way back: items of lists, and what stands
    /// in a text and is no character.
    pub(crate) fn odd(&mut self) -> &mut Transaction<'doc> {
        self.odd = true;
        &mut self.tx
    }

    /// How many operations the change has so far: the place in it of the next.
    pub(crate) fn operations(&self) -> u64 {
        self.tx.pending_ops() as u64
    }

    /// Changes a text. The caller has checked the bounds. Answers the first new element.
    pub(crate) fn splice(&mut self, text: &ObjId, splice: &Splice) -> Result<Elem, AutomergeError> {
        let first = Elem {
            actor: self.actor.clone(),
            ctr: self.start + self.tx.pending_ops() as u64,
        };
        let inserted = splice.insert.chars().count();
        if inserted == 0 && splice.delete == 0 {
            return Ok(first);
        }
        let neighbour = |at: usize| elem_at(&self.tx, text, at).map(|(elem, _)| elem);
        let left = splice.at.checked_sub(1).and_then(neighbour);
        let right = neighbour(splice.at + splice.delete);
        let removed = self.pieces(text, splice.at, splice.delete);
        let before = self.tx.length(text);

        let delete = isize::try_from(splice.delete).unwrap_or(isize::MAX);
        self.tx
            .splice_text(text, splice.at, delete, &splice.insert)?;

        if before + inserted != self.tx.length(text) + splice.delete
            || (inserted > 0 && !first.stands_at(&self.tx, text, splice.at))
        {
            self.odd = true;
        }
        self.reversals.push(Reversal::Text {
            text: text.clone(),
            inserted: (inserted > 0)
                .then(|| Run::new(first.clone(), inserted))
                .into_iter()
                .collect(),
            removed,
            left,
            right,
        });
        self.splices.push(splice.clone());
        Ok(first)
    }

    /// What stands in a text from `at` on, by name.
    fn pieces(&mut self, text: &ObjId, at: usize, len: usize) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut next = at;
        while next < at + len {
            let Some((elem, said)) = elem_at(&self.tx, text, next) else {
                break;
            };
            let width = said.chars().count();
            next += width.max(1);
            self.odd |= width != 1;
            if !pieces
                .last_mut()
                .is_some_and(|piece| piece.grow(&elem, &said))
            {
                pieces.push(Piece {
                    run: Run::new(elem, 1),
                    text: said,
                });
            }
        }
        pieces
    }

    /// Makes the change.
    pub(crate) fn commit(self, time_ms: i64) -> Recorded {
        self.commit_saying(time_ms, None)
    }

    /// Makes the change, with a message that lies beside what it does.
    pub(crate) fn commit_saying(self, time_ms: i64, message: Option<String>) -> Recorded {
        let mut options = CommitOptions::default().with_time(time_ms);
        options.message = message;
        let (change, _) = self.tx.commit_with(options);
        Recorded {
            change,
            reversals: self.reversals,
            splices: self.splices,
            odd: self.odd,
        }
    }

    /// Forgets how to take back what was written so far.
    pub(crate) fn forget_reversals(&mut self) {
        self.reversals.clear();
    }
}
