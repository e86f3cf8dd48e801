//! What follows from ballots: which of them count, and what comes of them.
//!
//! Pure functions of what notebooks and the decision say: peers that hold the same say the same, in whatever order it came
//! to them. `docs/decisions.md` tells the whole.
//!
//! ```text
//!   voters' notebooks ── ballots ─┐
//!   anybody's notebook ── counts ─┼─▶ standing ─▶ who is asked, which ballot of each counts ─▶ tally ─▶ verdict
//!   the decision ── terms, marks ─┘
//! ```

mod adopting;
mod ballot;
mod count;
mod ranked;
mod share;
mod standing;
mod table;
mod tally;
mod terms;
mod voting_rule;

pub use adopting::{Adopting, MAX_VERSION_HEADS, Settled, settled};
pub use ballot::{Answer, BALLOT_MAX, Ballot, MOST_BALLOTS};
pub use count::{COUNT_MAX, Count};
pub use ranked::Round;
pub use share::{Abstentions, Quorum, Share, ShareOf};
pub use standing::{Deciding, Elector, Standing, is_counted, standing};
pub use table::{Cell, Rated, Table, WEIGHT_MAX, Weighed};
pub use tally::{ChoiceCount, QuorumFacts, StanceCount, Tally, Verdict, tally};
pub use terms::{MOST_CHOICES, Terms, TermsError, Thing};
pub use voting_rule::{Departure, VotingRule};
