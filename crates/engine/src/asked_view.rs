//! What waits for the person who uses this profile, in one network.

use serde::Serialize;
use tresse_model::{DocId, ItemId};

use crate::PilotingAsked;

/// Something that a network asks of me.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum AskedView {
    /// My ballot in a decision.
    Ballot {
        /// Which.
        decision: DocId,
        /// Its title.
        title: String,
    },
    /// A ballot that has ended and that nobody has counted.
    Count {
        /// Which decision.
        decision: DocId,
        /// Its title.
        title: String,
    },
    /// A decision whose day to be looked at again has come: until another day is written, or none.
    LookAgain {
        /// Which decision.
        decision: DocId,
        /// Its title.
        title: String,
    },
    /// Something that I borrowed and was to give back before today.
    GiveBack {
        /// Which resource.
        resource: ItemId,
        /// Its name.
        name: String,
        /// Until which day I had it, ISO 8601.
        until: String,
    },
    /// My consent to a version of the charter that somebody proposed.
    CharterConsent {
        /// Which version.
        version: String,
        /// Who proposed it, by name.
        by: String,
    },
    /// A decision adopted a version of the charter, and nobody has written that down.
    CharterRecord {
        /// Which decision.
        decision: DocId,
        /// Its title.
        title: String,
    },
    /// My signature under the charter in force.
    CharterSign {
        /// Which version.
        version: String,
    },
    /// My answer to the days proposed for a meeting.
    MeetingDays {
        /// Which meeting.
        meeting: DocId,
        /// Its title.
        title: String,
    },
    /// My word in matters between members: removals, returns, changes of rules.
    Cases {
        /// How many.
        count: usize,
    },
    /// Something of a role: a hand-over, a swap, an answer.
    Role(PilotingAsked),
    /// The pulse's questions.
    Pulse {
        /// Until which day, ISO 8601.
        until: String,
    },
    /// What my organisation expects to gain: I never stated it.
    StateAddedValue {},
    /// The same: I stated it, and never looked at it again in a year, or did not say when I did.
    ReadAddedValue {},
    /// My word on closing the network.
    Closing {
        /// Which proposal.
        closing: String,
        /// Who proposed it, by name.
        by: String,
    },
    /// My word on opening it again.
    Reopening {
        /// Who proposed it, by name.
        by: String,
    },
    /// The day has come to look at the network's purpose.
    Review {},
    /// It is closed, and nothing of it is kept in an archive here.
    Archive {},
}
