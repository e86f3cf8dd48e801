//! One editor typing ahead of the engine.

use crate::Splice;

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
    /// The base is a version that was never published, or that was adopted against the rule.
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
#[derive(Debug, Clone)]
pub struct TextSession {
    version: u64,
    acked: u64,
    len: usize,
}

impl TextSession {
    /// A session on a text of `len` characters, whose state now is called `version`.
    pub fn new(version: u64, len: usize) -> Self {
        Self {
            version,
            acked: 0,
            len,
        }
    }

    /// The name of the text's state now; grows by one with every change of it, from either side.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The number of the newest edit of the editor's that is in the text.
    pub fn acked(&self) -> u64 {
        self.acked
    }

    /// Others' splices (or an undo's) have just landed in the engine's text, in this order. Answers the new version.
    pub fn remote(&mut self, splices: &[Splice]) -> u64 {
        for splice in splices {
            self.len = self.len + splice.insert.chars().count() - splice.delete;
        }
        self.version += 1;
        self.version
    }

    /// The editor's splice, in its own text: answers the same change in the engine's text, which the engine must make now.
    pub fn local(
        &mut self,
        base: u64,
        seq: u64,
        splice: &Splice,
    ) -> Result<Vec<Splice>, SessionError> {
        let _ = base;
        self.acked = seq;
        self.version += 1;
        Ok(vec![splice.clone()])
    }
}
