//! What a member says about meetings, in their own notebook.

use crate::{Attended, Can, DateOption, DocId};

/// One thing that a member says about a meeting. Only their own devices can say it; of two said at once one counts, the same
/// everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeetingWord {
    /// Whether they come or came.
    Attend {
        /// Which meeting.
        meeting: DocId,
        /// Whether; `None`: they say nothing.
        word: Option<Attended>,
    },
    /// Whether they can come on one of the days.
    Date {
        /// Which meeting.
        meeting: DocId,
        /// Which day.
        option: DateOption,
        /// Whether; `None`: they say nothing.
        answer: Option<Can>,
    },
    /// Their word in the closing round.
    Round {
        /// Which meeting.
        meeting: DocId,
        /// The word; `None` or empty: nothing.
        word: Option<String>,
    },
    /// They agree that it is shown by name how long they spoke.
    Floor {
        /// Not any more.
        off: bool,
    },
}
