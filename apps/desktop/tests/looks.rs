//! The looks of the plan, each driven and each in pictures: the roadmap, the timeline, the calendar, working groups,
//! coherence, and what the table does with several actions at once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

#[path = "looks/stage.rs"]
mod stage;

#[path = "looks/roadmap.rs"]
mod roadmap;

#[path = "looks/timeline.rs"]
mod timeline;

#[path = "looks/calendar.rs"]
mod calendar;

#[path = "looks/groups.rs"]
mod groups;

#[path = "looks/coherence.rs"]
mod coherence;

#[path = "looks/table.rs"]
mod table;

#[path = "looks/many.rs"]
mod many;

#[path = "looks/people.rs"]
mod people;

#[path = "looks/crowd.rs"]
mod crowd;

#[path = "looks/arriving.rs"]
mod arriving;
