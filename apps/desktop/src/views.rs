//! The views of a network. Each is painted from the engine's newest immutable data and puts what the person
//! asks for into [`Cx::asks`](cx::Cx::asks); none changes anything itself.

pub(crate) mod attachments;
mod authored;
pub mod backup;
pub mod band;
pub mod carry;
pub mod charter;
mod charter_stated;
mod charter_versions;
pub mod charter_votes;
mod choosing;
pub mod closing;
pub(crate) mod confirm;
mod cx;
pub mod decisions;
pub mod differences;
pub(crate) mod digest;
pub mod evaluation;
pub mod export;
pub mod fields;
pub(crate) mod hands;
pub mod here;
pub mod history;
pub mod home;
pub mod library;
mod lines;
pub mod lines_authors;
pub mod linking;
pub mod long_work;
pub mod meetings;
pub mod members;
pub mod nearby;
pub mod overview;
pub mod palette;
pub(crate) mod parts;
pub mod passphrase;
pub mod plan;
pub mod reach;
pub mod relay;
pub mod resources;
mod tall;
pub(crate) mod thumbnails;
pub mod ticket;
pub mod watch;
pub mod writing;

pub use cx::Cx;
pub use meetings::ROOM;

/// What the views of one network remember: where one was, what one looked for.
#[derive(Default)]
pub struct NetworkUi {
    /// Of the first page.
    pub home: home::HomeUi,
    /// Of the charter.
    pub charter: charter::CharterUi,
    /// Of the plan.
    pub plan: plan::PlanUi,
    /// Of the meetings.
    pub meetings: meetings::MeetingsUi,
    /// Of the decisions.
    pub decisions: decisions::DecisionsUi,
    /// Of the library.
    pub library: library::LibraryUi,
    /// Of resources.
    pub resources: resources::ResourcesUi,
    /// Of the watch.
    pub watch: watch::WatchUi,
    /// Of the members.
    pub members: members::MembersUi,
    /// Of evaluation.
    pub evaluation: evaluation::EvaluationUi,
}
