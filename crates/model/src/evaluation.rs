//! What follows from answers: results of what the network asks, and how its people see working together.
//!
//! Pure functions of notebooks, of what the network asks and of the day: peers that hold the same say the same on the same day, in whatever
//! order it came to them. A person has one notebook, however many machines, and so counts once.
//!
//! # Few answers
//! Under the network's threshold nothing is said but how many answers there are. This keeps a screen, a file or a projector from telling
//! who said what; it hides nothing from somebody who sets out to read a member's notebook, and nothing here claims so.

mod assessment;
mod pulse;

pub use assessment::{
    AssessmentFacts, NetworkTriangle, STATEMENTS, Said, Spread, Statement, Triangle, WEAK,
    assessment_facts, statement,
};
pub use pulse::{
    Distribution, Period, PeriodResults, PulseFacts, QuestionResult, answers_in, pulse_facts,
    running_period,
};

/// A mean in hundredths, rounded half up; `None` of nothing.
fn mean(sum: u64, count: usize) -> Option<u16> {
    let count = u64::try_from(count).ok().filter(|count| *count > 0)?;
    u16::try_from((sum + count / 2) / count).ok()
}
