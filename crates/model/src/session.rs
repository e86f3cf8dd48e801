//! One editor typing ahead of the engine.
//!
//! A window must show a letter at once, before the engine has it, and others write meanwhile. So
//! the editor counts positions in *its own* text: that of the version it last adopted, with
//! its own edits since. It adopts a newer text of the engine's only when that holds all it has
//! sent ([`TextSession::acked`]). The engine's half, here, knows which of others' splices the
//! editor cannot have seen, and moves the editor's splices past them (the two-party rule of
//! Jupiter):
//!
//! ```text
//!   editor                                engine
//!   text of version 7                     text of version 7
//!   types (base 7, seq 1) ─────────┐      others write: version 8
//!   types (base 7, seq 2) ──────┐  └────▶ placed past 8: version 9, acked 1
//!                               └───────▶ placed past 8: version 10, acked 2
//!   adopts version 10 ◀────────────────── text, version 10, acked 2
//! ```
//!
//! What one writes inside a stretch that the other takes out stays; where both write at
//! one place, the editor's words come first, so that its caret need not move.

use std::collections::VecDeque;

use crate::{
    Splice,
    delta::{Delta, cross},
};

/// Why an editor's splice cannot be placed. The editor must adopt the engine's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SessionError {
    /// The splice does not fit the editor's text.
    #[error("the text has {len} characters: it cannot change {delete} of them at {at}")]
    OutOfBounds {
        /// Where the splice begins.
        at: usize,
        /// How much it takes out.
        delete: usize,
        /// How long the editor's text is.
        len: usize,
    },
    /// The base is a version that was never there, or that was adopted against the rule.
    #[error("version {base} of the text is not one that this edit can build on")]
    BadBase {
        /// The version as given.
        base: u64,
    },
    /// The edit's number does not follow the last one.
    #[error("edit {seq} does not follow edit {acked}")]
    BadSeq {
        /// The number as given.
        seq: u64,
        /// The newest edit that is in the text.
        acked: u64,
    },
}

impl SessionError {
    /// A stable word for the error, for scripts and translations.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OutOfBounds { .. } => "out-of-bounds",
            Self::BadBase { .. } => "bad-base",
            Self::BadSeq { .. } => "bad-seq",
        }
    }
}

/// The engine's half of a text session with one editor.
///
/// Every change of the text must pass through here, in the order in which it is made: the
/// editor's by [`TextSession::local`], all others (other members', undo, a command without a
/// base) by [`TextSession::remote`].
#[derive(Debug, Clone)]
pub struct TextSession {
    /// Names the text's state now.
    version: u64,
    /// How long the text is now.
    len: usize,
    /// The editor's newest edit in the text.
    acked: u64,
    /// The version that the editor last told it builds on; `None` once an edit was refused, since
    /// what it typed after that builds on what was refused.
    base: Option<u64>,
    /// The version that the editor's newest edit made: nothing older can be adopted.
    own: u64,
    /// Others' splices since `base`, with the version each belongs to, as they are to be made one
    /// after the other in the editor's text to get the engine's.
    unseen: VecDeque<(u64, Delta<()>)>,
}

impl TextSession {
    /// A session on a text of `len` characters, whose state now is called `version`.
    pub fn new(version: u64, len: usize) -> Self {
        Self {
            version,
            len,
            acked: 0,
            base: Some(version),
            own: version,
            unseen: VecDeque::new(),
        }
    }

    /// The name of the text's state now. It grows by one with every change, from either side.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The number of the newest edit of the editor's that is in the text (0: none).
    pub fn acked(&self) -> u64 {
        self.acked
    }

    /// How many characters the text has now.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether the text is empty now.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Others' splices have just landed in the engine's text, in this order. Answers the version
    /// that the text has now.
    pub fn remote(&mut self, splices: &[Splice]) -> u64 {
        if splices.is_empty() {
            return self.version;
        }
        self.version += 1;
        for splice in splices {
            let shape = Delta::shape(splice);
            let (inserted, deleted) = shape.lengths();
            self.len = (self.len + inserted).saturating_sub(deleted);
            self.unseen.push_back((self.version, shape));
        }
        self.version
    }

    /// The editor's splice number `seq`, in its own text that builds on version `base`. Answers the
    /// same change in the engine's text (several splices where others have written inside what it
    /// takes out), which the engine must make now. After an error nothing has changed.
    ///
    /// An editor that starts again counts from 1 again.
    pub fn local(
        &mut self,
        base: u64,
        seq: u64,
        splice: &Splice,
    ) -> Result<Vec<Splice>, SessionError> {
        self.check(base, seq)?;
        let seen = self
            .unseen
            .iter()
            .take_while(|(version, _)| *version <= base)
            .count();
        let len = self.editor_len(seen);
        let Splice { at, delete, .. } = *splice;
        if at.checked_add(delete).is_none_or(|end| end > len) {
            return Err(SessionError::OutOfBounds { at, delete, len });
        }
        self.unseen.drain(..seen);
        let mut mine = Delta::from_splice(splice);
        for (_, theirs) in &mut self.unseen {
            (mine, *theirs) = cross(&mine, theirs);
        }
        let (inserted, deleted) = mine.lengths();
        self.len = (self.len + inserted).saturating_sub(deleted);
        self.base = Some(base);
        self.settle(seq);
        Ok(mine.into_splices())
    }

    /// Where a place of the editor's text, which builds on version `base` and holds its newest edit, lies in the
    /// engine's. `None` where the editor's text has no such place.
    pub fn place(&self, base: u64, at: usize) -> Option<usize> {
        let seen = self.unseen.iter();
        let seen = seen.take_while(|(version, _)| *version <= base).count();
        if at > self.editor_len(seen) {
            return None;
        }
        // It moves as a letter would that is typed there.
        let mut mine = Delta::from_splice(&Splice {
            at,
            delete: 0,
            insert: "|".to_owned(),
        });
        for (_, theirs) in self.unseen.iter().skip(seen) {
            mine = cross(&mine, theirs).0;
        }
        mine.into_splices().first().map(|splice| splice.at)
    }

    /// The editor's edit `seq` is not taken: it counts as answered, so that the editor adopts the
    /// engine's text instead of waiting for ever.
    pub fn refuse(&mut self, seq: u64) {
        self.base = None;
        self.settle(seq.max(self.acked));
    }

    fn settle(&mut self, seq: u64) {
        self.acked = seq;
        self.version += 1;
        self.own = self.version;
    }

    fn check(&self, base: u64, seq: u64) -> Result<(), SessionError> {
        let acked = self.acked;
        if seq != acked + 1 && seq != 1 {
            return Err(SessionError::BadSeq { seq, acked });
        }
        // Going on from the same base, or from a version adopted since the editor's last edit.
        let goes_on = self.base == Some(base) && seq == acked + 1;
        let adopted = base >= self.own && base <= self.version;
        if goes_on || adopted {
            return Ok(());
        }
        Err(SessionError::BadBase { base })
    }

    /// How long the editor's text is, once it has seen so many of others' splices.
    fn editor_len(&self, seen: usize) -> usize {
        let (inserted, deleted) = self
            .unseen
            .iter()
            .skip(seen)
            .map(|(_, delta)| delta.lengths())
            .fold((0, 0), |(ins, del), (i, d)| (ins + i, del + d));
        (self.len + deleted).saturating_sub(inserted)
    }
}
