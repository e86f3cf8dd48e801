//! The engine's stable codes in words: what happened and what one can do.

use crate::{
    i18n::{Args, I18n},
    tr,
};

/// Every code that has a sentence of its own.
pub const CODES: &[&str] = &[
    "already-member",
    "bad-date",
    "bad-expiry",
    "bad-name",
    "bad-text-edit",
    "bad-uses",
    "bad-value",
    "closed",
    "damaged",
    "database",
    "demo",
    "disk-full",
    "document-damaged",
    "empty",
    "exists",
    "file-exists",
    "folder-not-empty",
    "internal",
    "invite-expired",
    "invite-invalid",
    "invite-revoked",
    "invite-unavailable",
    "invite-used",
    "io",
    "malformed",
    "needs-network",
    "network",
    "newer-version",
    "no-invitation",
    "no-network",
    "no-page",
    "no-profile",
    "not-a-profile",
    "not-admitted",
    "not-found",
    "not-saved",
    "not-text",
    "nothing-shared",
    "profile-busy",
    "profile-damaged",
    "profile-exists",
    "profile-in-use",
    "profile-leftover",
    "profile-not-found",
    "profile-read-only",
    "profile-too-new",
    "read-only",
    "save-abandoned",
    "ticket-damaged",
    "ticket-expired",
    "ticket-newer-version",
    "ticket-not-a-ticket",
    "ticket-truncated",
    "timeout",
    "too-large",
    "too-long",
    "unreachable",
];

/// A sentence for a code; for one without, the engine's own sentence is passed on.
pub fn sentence(words: &I18n, code: &str, message: &str) -> String {
    words
        .find(&format!("error-{code}"), &Args::new())
        .unwrap_or_else(|| tr!(words, "error-other", detail = message.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn every_code_has_a_sentence_in_both_languages_and_the_rest_is_passed_on() {
        for lang in Lang::ALL {
            let words = I18n::new(lang);
            for code in CODES {
                let said = sentence(&words, code, "\u{0}");
                assert!(!said.contains('\u{0}'), "{code} in {lang:?}");
            }
            assert!(sentence(&words, "never-heard-of", "the detail").contains("the detail"));
        }
    }
}
