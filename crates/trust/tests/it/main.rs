//! Trust, from outside: acts, memberships and tickets as other crates meet them.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod acts;
mod adoptions;
mod attacks;
mod closings;
mod devices;
mod governance;
mod membership;
mod people;
mod random;
mod removed;
mod rules;
mod strangers;
mod tickets;
