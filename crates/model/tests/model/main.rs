//! What the model promises, shown on whole documents: several people, each with a copy, who write
//! without seeing each other and then meet.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod adopting;
mod apart;
mod attachments;
mod braid;
mod compared;
mod conflicts;
mod deciding;
mod edits;
mod evaluation;
mod legible;
mod meetings;
mod odd;
mod opening;
mod past;
mod piloting;
mod plan;
mod remembered;
mod replay;
mod replayed;
mod resources;
mod session;
mod signing;
mod support;
mod twins;
mod undo;
mod watch;
