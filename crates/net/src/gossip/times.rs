//! How long the protocols wait before they repair.
//!
//! A word goes along the tree at once, whatever stands here. These times say only when a device that was told of a word
//! by a short notice, and does not have it, takes it for lost and asks for it. Whoever asks too early gets the word twice and
//! changes the tree, in which the next words are under way. That is what iroh-gossip's own times (5, 80 and 40 ms) do where a line takes up to
//! 80 ms: of 30 devices every other one asks for each word. Whoever asks too late lets a tree that is broken stay so, while further words
//! come, are all asked for at once, and break it again: at 100, 800 and 400 ms a word came after more than a second. `tests.rs` plays it, and docs/network.md has
//! the figures.
//!
//! What is said here is not urgent to a second: text that is written goes over links, a caret that stands where it stood a second
//! ago misleads nobody, and that somebody is here holds for 50 seconds.

use std::time::Duration;

use iroh_gossip::proto::{Config, PlumtreeConfig};

use super::MAX_MESSAGE;

/// How long notices are gathered. A little more than the pause between two words of a device that moves
/// (`tresse_sync::PACE`), so that somebody who writes makes a notice of two words, and several who write one of all theirs.
const NOTICE: Duration = Duration::from_millis(300);
/// How long a word of which there was a notice may take before it is asked for.
const LATE: Duration = Duration::from_millis(200);
/// How long whoever was asked may take before another is: the way there and back by a line as slow as in `bad_lines.rs`.
const AGAIN: Duration = Duration::from_millis(400);
/// By how many steps another way must be shorter to be taken instead: never. A whole branch would change over at the same word, each of its
/// devices for itself, and part from the tree.
const SHORTER: u16 = u16::MAX;

/// What both protocols go by. All else is as iroh-gossip has it, from the two papers.
pub(super) fn config() -> Config {
    Config {
        max_message_size: MAX_MESSAGE,
        broadcast: PlumtreeConfig {
            dispatch_timeout: NOTICE,
            graft_timeout_1: LATE,
            graft_timeout_2: AGAIN,
            optimization_threshold: SHORTER.into(),
            ..PlumtreeConfig::default()
        },
        ..Config::default()
    }
}
