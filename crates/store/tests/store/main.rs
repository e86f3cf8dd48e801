//! The store on real files: one binary, one subject a file.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod backup;
mod documents;
#[cfg(unix)]
mod gone;
mod killed;
mod profile;
mod recovery;
mod remembered;
mod search;
mod support;
mod trust;
mod vault;
