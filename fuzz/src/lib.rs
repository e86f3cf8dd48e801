//! What reads bytes of others, one module for each fuzz target.
//!
//! ```text
//!  fuzz_targets/ticket.rs ── target!(ticket) ──┐
//!                                              ▼
//!   libFuzzer ── bytes ──▶ under(ticket::bound(len)) ──▶ ticket::run(bytes)
//!                                              │
//!                                              └── more heap than that, a panic, a broken promise: a crash
//! ```
//!
//! Each module has three functions: `seeds`, valid inputs made by the code itself, for libFuzzer to
//! begin with; `bound`, the most heap that an input of so many bytes may make the code hold at once;
//! `run`, what is tried. `docs/fuzzing.md` tells how to run them and where the bounds come from.

pub mod act;
pub mod ballots;
pub mod bundle;
pub mod changes;
pub mod handshake;
pub mod message;
pub mod packed;
pub mod presence;
pub mod seal;
pub mod ticket;

mod chunk;
mod heap;
#[expect(
    dead_code,
    clippy::pedantic,
    reason = "shared with the tests of tresse-sync, which use all of it"
)]
#[path = "../../crates/sync/tests/it/machine.rs"]
mod machine;
mod people;
mod reader;

pub use heap::{begin, under};

/// One kibibyte.
const KIB: usize = 1024;
/// One mebibyte.
const MIB: usize = 1024 * KIB;

/// Makes a fuzz target of the module of this name.
#[macro_export]
macro_rules! target {
    ($name:ident) => {
        libfuzzer_sys::fuzz_target!(
            init: $crate::begin($crate::$name::seeds),
            |data: &[u8]| $crate::under($crate::$name::bound(data.len()), || {
                $crate::$name::run(data);
            })
        );
    };
}
