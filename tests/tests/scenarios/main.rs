//! Scenarios: members write, meet, part, lose power and find each other again, each in processes
//! of their own. One binary, so that it is linked once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::too_many_lines,
    reason = "a scenario stops at the first surprise, tells its seed and figures, and reads from top to bottom"
)]

mod adversary;
mod always_on;
mod attachments;
mod bad_lines;
mod bundles;
mod by_address;
mod cable;
mod charter;
mod charter_votes;
mod closing;
mod closing_links;
mod command_line;
mod commands;
mod crowd;
mod deciding;
mod deciding_shown;
mod deciding_ways;
mod digest;
mod evaluating;
mod evaluating_results;
mod files;
mod full_disk;
mod in_the_field;
mod joining;
mod killed_meeting;
mod killed_saving;
mod legible;
mod linking;
mod live;
mod lost_files;
mod meeting;
mod meeting_people;
mod meetings;
mod nearby;
mod newer;
mod past;
mod piloting;
mod planning;
mod planning_refused;
mod presence;
mod profiles;
mod protection;
mod relayed;
mod resources;
mod rolling;
mod searching;
mod soak;
mod strangers;
mod viewing;
mod village;
mod watch;
