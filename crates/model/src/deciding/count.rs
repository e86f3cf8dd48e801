//! Counts: somebody's word, under their name, of who was asked and which ballot of each was there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Terms, ballot::hash};
use crate::{CastId, CountId, DocId, MemberId};

/// A count is never longer, in bytes: no longer value travels.
pub const COUNT_MAX: usize = 65_000;

/// What somebody found when they counted. It stands in their own notebook under a name that is the hash of its text, so that
/// nobody alters or takes it away. It holds names of ballots, not numbers: everybody works those out for themselves.
///
/// Two who count at once both leave a count; [`crate::standing`] says what follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Names it: the hash of all the rest.
    pub id: CountId,
    /// The decision.
    pub decision: DocId,
    /// Who counted.
    pub by: MemberId,
    /// When, as their clock claims: milliseconds since 1970, UTC.
    pub at: i64,
    /// The counts that they knew of.
    pub after: Vec<CountId>,
    /// Why it was counted again.
    pub reason: String,
    /// What was asked, and how it is counted.
    pub terms: Terms,
    /// Everybody who was asked, and the ballot of each that was there.
    pub ballots: BTreeMap<MemberId, Option<CastId>>,
}

#[derive(Serialize, Deserialize)]
struct Written {
    v: u32,
    decision: DocId,
    by: MemberId,
    at: i64,
    after: Vec<CountId>,
    reason: String,
    terms: Terms,
    ballots: BTreeMap<MemberId, Option<CastId>>,
}

impl Count {
    /// The count with its name, and its text as it is written in the notebook. What `id` holds does not matter.
    pub fn named(mut self) -> (Self, String) {
        let count = self.clone();
        let written = Written {
            v: 1,
            decision: count.decision,
            by: count.by,
            at: count.at,
            after: count.after,
            reason: count.reason,
            terms: count.terms,
            ballots: count.ballots,
        };
        // Names, numbers and texts: nothing here can fail to be written.
        let text = serde_json::to_string(&written).unwrap_or_default();
        self.id = Self::name(&text);
        (self, text)
    }

    /// The name of a text.
    pub fn name(text: &str) -> CountId {
        CountId::from_bytes(hash("tresse 2026 count", text))
    }

    /// The count that a text is, if it is one by this person of this decision, bears its own hash as its name, and was
    /// made after the moment that it says ballots end at.
    pub fn read(id: CountId, text: &str, decision: &DocId, by: &MemberId) -> Option<Self> {
        if text.len() > COUNT_MAX || Self::name(text) != id {
            return None;
        }
        let written: Written = serde_json::from_str(text).ok()?;
        let in_time = written
            .terms
            .closes
            .is_some_and(|closes| closes <= written.at);
        let theirs = written.decision == *decision && written.by == *by;
        (theirs && in_time && written.terms.are_bounded()).then_some(Self {
            id,
            decision: written.decision,
            by: written.by,
            at: written.at,
            after: written.after,
            reason: written.reason,
            terms: written.terms,
            ballots: written.ballots,
        })
    }
}
