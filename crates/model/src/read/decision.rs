//! Reading a decision.

use automerge::ROOT;

use super::{At, AuthorOf, Row};
use crate::{DecisionContent, DecisionField, keys};

/// Reads a decision.
pub fn read_decision<'a>(at: impl Into<At<'a>>, authors: &'a dyn AuthorOf) -> DecisionContent {
    let mut row = Row::new(at.into(), ROOT, authors);
    DecisionContent {
        title: row.text(DecisionField::Title.key()),
        meeting: row.text(DecisionField::Meeting.key()).parse().ok(),
        body: row.at.body().into(),
        binned: row.mark(keys::BINNED),
        conflicts: row.conflicts,
    }
}
