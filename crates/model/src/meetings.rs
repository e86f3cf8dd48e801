//! What follows from what is said of meetings: the days of a rule, when each agenda item begins, who came how often, who
//! spoke how long. All pure: the same at every peer that holds the same documents.

mod attendance;
mod floor;
mod rhythm;
mod times;

pub use attendance::{
    AttendanceFacts, AttendedCounts, HeldMeeting, MemberAttendance, Stay, attendance,
};
pub use floor::floor_balance;
pub use rhythm::{MOST_MOVED, Nth, Occurrence, Rhythm, canonical_day, occurrences};
pub use times::{agenda_times, plus_minutes};
