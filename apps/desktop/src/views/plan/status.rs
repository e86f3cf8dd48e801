//! How an action stands: in words, in colour, and in commands.

use tresse_engine::model::Status;

use crate::{i18n::I18n, theme::Tone, tr};

/// Every status, in the order of the board.
pub(super) const STATUSES: [Status; 5] = [
    Status::Todo,
    Status::Doing,
    Status::Blocked,
    Status::Done,
    Status::Dropped,
];

/// A status in words.
pub fn status_name(words: &I18n, status: Status) -> String {
    match status {
        Status::Todo => tr!(words, "status-todo"),
        Status::Doing => tr!(words, "status-doing"),
        Status::Blocked => tr!(words, "status-blocked"),
        Status::Done => tr!(words, "status-done"),
        Status::Dropped => tr!(words, "status-dropped"),
    }
}

/// The colour that goes with a status.
pub(super) const fn status_tone(status: Status) -> Tone {
    match status {
        Status::Todo | Status::Dropped => Tone::Neutral,
        Status::Doing => Tone::Accent,
        Status::Blocked => Tone::Warn,
        Status::Done => Tone::Good,
    }
}

/// The status of a command's word.
pub(super) fn status_of(word: &str) -> Option<Status> {
    STATUSES
        .into_iter()
        .find(|status| status_word(*status) == word)
}

/// The word of a status in commands.
pub(super) const fn status_word(status: Status) -> &'static str {
    match status {
        Status::Todo => "todo",
        Status::Doing => "doing",
        Status::Blocked => "blocked",
        Status::Done => "done",
        Status::Dropped => "dropped",
    }
}
