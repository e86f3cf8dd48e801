//! Scenarios: members write, meet, part, lose power and find each other again, each in processes
//! of their own. One binary, so that it is linked once.

mod cable;
mod command_line;
mod files;
mod joining;
mod killed_meeting;
mod killed_saving;
mod live;
mod meeting;
mod newer;
mod profiles;
mod strangers;
