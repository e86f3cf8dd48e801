//! The protocol among named people in a little village: in memory, with connections that deliver
//! in any order, are cut at any frame, and machines that stop at any moment.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod bundles;
mod cost;
mod forks;
mod join;
mod linking;
mod machine;
mod meetings;
mod places;
mod random;
mod strangers;
mod versions;
mod village;
