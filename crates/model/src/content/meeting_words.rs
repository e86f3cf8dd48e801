//! What a member says about meetings in their own notebook: nobody else can say it for them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Attended, DateOption};
use crate::DocId;

/// What somebody said about one meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct MeetingWords {
    /// Whether they come or came. It counts before what others noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attended: Option<Attended>,
    /// Which of the days they can come on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<DateAnswer>,
    /// Their word in the closing round, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub round: String,
}

/// What somebody said about meetings, by meeting.
pub type WordsOfMeetings = BTreeMap<DocId, MeetingWords>;

/// An answer to one of the days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateAnswer {
    /// Which day.
    #[serde(flatten)]
    pub option: DateOption,
    /// Whether they can.
    pub answer: Can,
}

words!(
    /// Whether somebody can come.
    Can {
        /// They can.
        Yes = "yes",
        /// They can if it must be.
        Maybe = "maybe",
        /// They cannot.
        No = "no",
    }
);
