//! Taking up what a starting frame suggests.

use crate::{DocKind, ItemId};

/// What was suggested and somebody accepted. Each remembers which suggestion it came of, so that of two people who accept the same
/// one apart nothing stands twice: of twins in which nobody changed a word one is shown, and of others those that somebody changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SuggestionEdit {
    /// Adds a purpose, after the last. Two people who accept the same one at once see it once.
    Purpose {
        /// Its new id.
        id: ItemId,
        /// Which suggestion.
        suggestion: String,
        /// The purpose in words.
        text: String,
    },
    /// Adds an objective with its indicators, after the last. Two people who accept the same one at once see it once, unless either
    /// wrote in theirs: what somebody wrote in stands, and if both did, both stand.
    Objective {
        /// Its new id.
        id: ItemId,
        /// Which suggestion.
        suggestion: String,
        /// Its title.
        title: String,
        /// Its indicators: the new id of each, what is measured, and in what it is counted.
        indicators: Vec<(ItemId, String, Option<String>)>,
    },
    /// Puts the charter's text in the place of what stands there, with headings at its end. Two people who accept the same heading
    /// at once have it twice in the text until their machines have met: then who wrote it a second time takes theirs out, as far
    /// as nobody wrote under it ([`crate::twin_headings`]).
    Headings {
        /// The whole new text.
        text: String,
        /// The headings that were put in: which suggestion, and what was written of it.
        headings: Vec<(String, String)>,
    },
}

impl SuggestionEdit {
    /// The document that it edits.
    pub(crate) const fn kind(&self) -> DocKind {
        match self {
            Self::Purpose { .. } => DocKind::Network,
            Self::Objective { .. } => DocKind::Plan,
            Self::Headings { .. } => DocKind::Charter,
        }
    }
}
