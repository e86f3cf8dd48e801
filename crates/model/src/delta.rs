//! A change of a text as a walk along it, and the two-party rule for changes that crossed.

use crate::Splice;

/// One step of a [`Delta`]. Lengths count characters; an insertion also carries what it puts in
/// (`String`), or nothing where only its length matters (`()`).
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step<T> {
    Keep(usize),
    Insert(usize, T),
    Delete(usize),
}

/// A change of a text: steps from its beginning on. What no step reaches is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Delta<T>(Vec<Step<T>>);

impl<T> Delta<T> {
    fn splice(at: usize, insert: (usize, T), delete: usize) -> Self {
        let mut delta = Self(Vec::new());
        delta.keep(at);
        if insert.0 > 0 {
            delta.0.push(Step::Insert(insert.0, insert.1));
        }
        delta.delete(delete);
        delta
    }

    fn keep(&mut self, len: usize) {
        match self.0.last_mut() {
            _ if len == 0 => {}
            Some(Step::Keep(last)) => *last += len,
            _ => self.0.push(Step::Keep(len)),
        }
    }

    fn delete(&mut self, len: usize) {
        match self.0.last_mut() {
            _ if len == 0 => {}
            Some(Step::Delete(last)) => *last += len,
            _ => self.0.push(Step::Delete(len)),
        }
    }

    /// How many characters it puts in, and how many it takes out.
    pub(crate) fn lengths(&self) -> (usize, usize) {
        self.0.iter().fold((0, 0), |(ins, del), step| match step {
            Step::Keep(_) => (ins, del),
            Step::Insert(len, _) => (ins + len, del),
            Step::Delete(len) => (ins, del + len),
        })
    }
}

impl Delta<()> {
    /// The shape of a splice, without its words.
    pub(crate) fn shape(splice: &Splice) -> Self {
        let len = splice.insert.chars().count();
        Self::splice(splice.at, (len, ()), splice.delete)
    }
}

impl Delta<String> {
    pub(crate) fn from_splice(splice: &Splice) -> Self {
        let len = splice.insert.chars().count();
        Self::splice(splice.at, (len, splice.insert.clone()), splice.delete)
    }

    /// The same change as splices, each in the text that the one before it left.
    pub(crate) fn into_splices(self) -> Vec<Splice> {
        let mut splices: Vec<Splice> = Vec::new();
        let mut at = 0;
        // Where the last splice can still grow: at its end.
        let mut open = false;
        for step in self.0 {
            let (insert, len, delete) = match step {
                Step::Keep(len) => {
                    at += len;
                    open = false;
                    continue;
                }
                Step::Insert(len, text) => (text, len, 0),
                Step::Delete(len) => (String::new(), 0, len),
            };
            match splices.last_mut() {
                Some(last) if open => {
                    last.insert.push_str(&insert);
                    last.delete += delete;
                }
                _ => splices.push(Splice { at, delete, insert }),
            }
            open = true;
            at += len;
        }
        splices
    }
}

/// Two changes of one text, made by two who did not know of each other: answers each as it must
/// be made after the other, so that both ways end in the same text. What one takes out, the other
/// no longer takes out; what one puts in inside a stretch that the other takes out, stays; where
/// both put in at one place, `mine` comes first.
pub(crate) fn cross<A: Clone, B: Clone>(
    mine: &Delta<A>,
    theirs: &Delta<B>,
) -> (Delta<A>, Delta<B>) {
    let (mut mine_after, mut theirs_after) = (Delta(Vec::new()), Delta(Vec::new()));
    let (mut a, mut b) = (Walk::new(mine), Walk::new(theirs));
    loop {
        match (a.head(), b.head()) {
            (None, None) => return (mine_after, theirs_after),
            (Some(Step::Insert(len, what)), _) => {
                mine_after.0.push(Step::Insert(len, what));
                theirs_after.keep(len);
                a.advance(len);
            }
            (_, Some(Step::Insert(len, what))) => {
                theirs_after.0.push(Step::Insert(len, what));
                mine_after.keep(len);
                b.advance(len);
            }
            (one, other) => {
                let len = match (&one, &other) {
                    (Some(one), Some(other)) => length(one).min(length(other)),
                    (Some(step), None) => length(step),
                    (None, Some(step)) => length(step),
                    (None, None) => 0,
                };
                let (mine_out, theirs_out) = (
                    matches!(one, Some(Step::Delete(_))),
                    matches!(other, Some(Step::Delete(_))),
                );
                match (mine_out, theirs_out) {
                    (true, true) => {}
                    (true, false) => mine_after.delete(len),
                    (false, true) => theirs_after.delete(len),
                    (false, false) => {
                        mine_after.keep(len);
                        theirs_after.keep(len);
                    }
                }
                a.advance(len);
                b.advance(len);
            }
        }
    }
}

fn length<T>(step: &Step<T>) -> usize {
    match step {
        Step::Keep(len) | Step::Insert(len, _) | Step::Delete(len) => *len,
    }
}

/// Goes along a delta by parts of steps.
struct Walk<'a, T> {
    steps: &'a [Step<T>],
    /// How much of the first step is behind.
    done: usize,
}

impl<'a, T: Clone> Walk<'a, T> {
    fn new(delta: &'a Delta<T>) -> Self {
        Self {
            steps: &delta.0,
            done: 0,
        }
    }

    /// What is left of the step here. Insertions are never cut.
    fn head(&self) -> Option<Step<T>> {
        Some(match self.steps.first()? {
            Step::Keep(len) => Step::Keep(len - self.done),
            Step::Delete(len) => Step::Delete(len - self.done),
            Step::Insert(len, what) => Step::Insert(*len, what.clone()),
        })
    }

    fn advance(&mut self, len: usize) {
        let Some(first) = self.steps.first() else {
            return;
        };
        self.done += len;
        if self.done >= length(first) {
            self.steps = &self.steps[1..];
            self.done = 0;
        }
    }
}
