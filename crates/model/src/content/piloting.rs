//! What documents say of roles: what each is for, in which order it goes round, who swaps with whom, and what the
//! facilitator and the pilot write to each other.
//!
//! Who *holds* a role is no matter of documents: that is recorded by signed acts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Conflict;
use crate::{ItemId, MemberId};

/// A role as the network document describes it. Two people who describe or order it at once both keep what they
/// did, field by field and person by person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Role {
    /// The role, as [`role_key`] spells it.
    pub role: String,
    /// What it is there for, in words.
    pub remit: String,
    /// The first day of its first turn, ISO 8601 date, or empty.
    pub start: String,
    /// How long a turn is: `6 months`, `8 weeks`, or empty.
    pub term: String,
    /// Who takes turns, in order; also those who have left the network since. Everybody stands in it once at most,
    /// whatever two people do at once.
    pub order: Vec<MemberId>,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// One person's word for a swap of two turns, in their own notebook. It holds once the other says the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwapWord {
    /// The role.
    pub role: String,
    /// The first day of the turn given up.
    pub mine: String,
    /// The first day of the turn taken.
    pub theirs: String,
    /// Whose that is.
    pub with: MemberId,
    /// On which day that was said, ISO 8601 date.
    pub on: String,
}

/// Something written from the facilitation to the piloting, or back, in its author's own notebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Names it.
    pub id: ItemId,
    /// What begins the conversation; `None`: this does.
    pub thread: Option<ItemId>,
    /// What is said.
    pub text: String,
    /// On which day, ISO 8601 date, as the author's clock claimed.
    pub on: String,
    /// How many there were before it in the conversation, as its author saw it.
    pub after: u64,
    /// The objective that was made of the conversation by this.
    pub objective: Option<ItemId>,
    /// Concurrent values of its fields (two machines of one person).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

fields!(
    /// Fields of a role.
    RoleField {
        /// What it is there for.
        Remit = "remit",
        /// A date: the first day of its first turn.
        Start = "start",
        /// How long a turn is: `6 months`, `8 weeks`.
        Term = "term",
    }
);

/// The one spelling of a role: without spaces around it, one between words, in small letters; so that « Trésorier »
/// and « trésorier » are one role.
pub fn role_key(role: &str) -> String {
    let words: Vec<&str> = role.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
