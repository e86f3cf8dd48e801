//! The engine's stable codes in words: what happened and what one can do.

use crate::{
    i18n::{Args, I18n},
    tr,
};

/// Every code that has a sentence of its own.
pub const CODES: &[&str] = &[
    "not-needed",
    "not-offered",
    "bad-length",
    "bad-meeting-state",
    "bad-rhythm",
    "bad-pulse-rhythm",
    "never-occurs",
    "not-a-meeting-day",
    "not-an-option",
    "not-member-then",
    "floor-not-agreed",
    "floor-not-wanted",
    "bad-attendance",
    "nothing-to-carry",
    "carry-to-itself",
    "no-next-meeting",
    "no-meeting",
    "act-consent",
    "act-device-ended",
    "act-device-revoked",
    "act-device-taken",
    "act-founded",
    "act-invite-closed",
    "act-malformed",
    "act-newer-version",
    "act-no-consent",
    "act-not-a-member",
    "act-not-yours",
    "act-old-rules",
    "act-old-turn",
    "act-signature",
    "act-too-long",
    "act-unknown-mandate",
    "act-unknown-person",
    "act-was-a-member",
    "act-wrong-network",
    "act-wrong-person",
    "act-wrong-stay",
    "act-yourself",
    "already-member",
    "another-answer",
    "bad-choice",
    "bad-date",
    "bad-effort",
    "bad-expiry",
    "bad-label",
    "bad-moment",
    "bad-name",
    "bad-number",
    "bad-photo",
    "bad-quorum",
    "bad-recurrence",
    "bad-relay",
    "bad-role",
    "bad-rules",
    "bad-scale",
    "bad-share",
    "bad-score",
    "bad-term",
    "bad-text-edit",
    "bad-time",
    "bad-threshold",
    "bad-uses",
    "bad-value",
    "bad-version",
    "ballot-closed",
    "ballot-last-moment",
    "ballot-stays",
    "ballot-too-long",
    "bundle-unreadable",
    "bundle-newer-version",
    "bundle-foreign",
    "bundle-damaged",
    "bundle-not-a-member",
    "bundle-not-kept",
    "charter-empty",
    "charter-moved",
    "charter-names-no-rule",
    "charter-not-in-force",
    "charter-says-how",
    "charter-scattered",
    "nothing-adopted",
    "version-adopted",
    "version-put",
    "closed",
    "closing-into",
    "closing-into-closed",
    "closing-into-none",
    "closing-too-long",
    "closes-before",
    "cycle",
    "damaged",
    "database",
    "decision-counted",
    "decision-draft",
    "decision-drifted",
    "decision-open",
    "decision-withdrawn",
    "demo",
    "disk-full",
    "document-damaged",
    "document-damaged-here",
    "document-incomplete",
    "document-malformed",
    "document-miscounted",
    "document-not-allowed",
    "document-not-kept",
    "document-too-large",
    "document-unsealed",
    "empty",
    "empty-passphrase",
    "ends-before-start",
    "exists",
    "file-exists",
    "bad-file",
    "file-damaged",
    "file-damaged-here",
    "file-disk-full",
    "file-io",
    "file-nobody-reachable",
    "file-not-given",
    "file-not-here",
    "file-stopped",
    "file-store",
    "file-too-large",
    "too-many-files",
    "folder-not-empty",
    "hand-over-early",
    "has-its-command",
    "internal",
    "invite-awaited",
    "invite-expired",
    "invite-former",
    "invite-invalid",
    "invite-revoked",
    "invite-unavailable",
    "invite-used",
    "io",
    "key-damaged",
    "keyring",
    "lan-not-allowed",
    "lan-other",
    "lan-port-held",
    "last-protection",
    "link-busy",
    "link-cancelled",
    "link-code-differs",
    "link-expired",
    "link-lost",
    "link-not-allowed",
    "link-nothing",
    "link-nothing-to-confirm",
    "link-own-ticket",
    "link-pending",
    "link-revoked",
    "link-somebody-else",
    "link-unavailable",
    "link-under-way",
    "link-unknown",
    "link-unreachable",
    "link-used",
    "looked-ahead",
    "malformed",
    "measured",
    "needs-folder",
    "needs-network",
    "needs-passphrase",
    "needs-score",
    "network",
    "network-closed",
    "network-open",
    "newer-version",
    "no-ballot",
    "no-ballots",
    "no-case",
    "no-closing",
    "no-document",
    "no-invitation",
    "no-key",
    "no-mandate",
    "no-member",
    "no-network",
    "no-page",
    "no-decision",
    "no-profile",
    "no-rotation",
    "no-rules",
    "not-a-member",
    "not-a-profile",
    "not-admitted",
    "not-an-occurrence",
    "not-asked",
    "not-counted",
    "not-found",
    "not-recurring",
    "not-saved",
    "not-text",
    "not-the-decider",
    "not-their-turn",
    "not-yours",
    "nothing-aside",
    "nothing-shared",
    "nothing-to-publish",
    "objection-without-words",
    "own-network",
    "passage-stands",
    "profile-busy",
    "profile-damaged",
    "profile-exists",
    "profile-gone",
    "profile-in-use",
    "profile-leftover",
    "profile-not-found",
    "profile-read-only",
    "profile-too-new",
    "quorum-out-of-reach",
    "pulse-off",
    "reach-no-answer",
    "reach-nobody",
    "reach-not-an-address",
    "reach-own",
    "reach-stranger",
    "read-only",
    "review-not-ahead",
    "recount-reason",
    "save-abandoned",
    "seal-malformed",
    "seal-newer-version",
    "seal-signature",
    "stays-adoption",
    "stays-charter",
    "stays-closing",
    "stays-count",
    "stays-device",
    "stays-invitation",
    "stays-invitation-closed",
    "stays-leaving",
    "stays-readmission",
    "stays-removal",
    "stays-reopening",
    "stays-rules",
    "stays-withdrawal",
    "still-collecting",
    "still-open",
    "stopped",
    "swap-alone",
    "ticket-damaged",
    "ticket-expired",
    "ticket-for-a-device",
    "ticket-for-joining",
    "ticket-is-an-address",
    "ticket-newer-version",
    "ticket-not-a-ticket",
    "ticket-truncated",
    "timeout",
    "too-few-options",
    "too-large",
    "too-long",
    "too-many",
    "too-many-cuts",
    "too-many-moved",
    "too-much",
    "too-old",
    "turn-begun",
    "unknown-choice",
    "unknown-version",
    "unreachable",
    "version-not-adopted",
    "version-not-here",
    "wrong-passphrase",
];

/// Those that speak of an invitation, and say something else of a pass from my other machine.
pub const OF_A_PASS: &[&str] = &[
    "ticket-damaged",
    "ticket-expired",
    "ticket-newer-version",
    "ticket-not-a-ticket",
    "ticket-truncated",
];

/// A sentence for a code about a pass.
pub fn of_a_pass(words: &I18n, code: &str, message: &str) -> String {
    words
        .find(&format!("pass-error-{code}"), &Args::new())
        .unwrap_or_else(|| sentence(words, code, message))
}

/// A sentence for a code; for one without, the engine's own sentence is passed on.
pub fn sentence(words: &I18n, code: &str, message: &str) -> String {
    // Where the mistake is, and what it is, is the point of this one.
    if code == "bad-template"
        && let Some((line, detail)) = message
            .strip_prefix("line ")
            .and_then(|rest| rest.split_once(": "))
    {
        let (line, detail) = (line.to_owned(), mistake(words, detail));
        return tr!(words, "template-broken", line = line, detail = detail);
    }
    words
        .find(&format!("error-{code}"), &Args::new())
        .unwrap_or_else(|| tr!(words, "error-other", detail = message.to_owned()))
}

/// What is wrong on a line of a template, in words: anything that has none of its own is a sign out of place.
fn mistake(words: &I18n, detail: &str) -> String {
    let name = |after: &str| {
        let rest = detail.strip_prefix(after)?;
        Some(rest.split('`').next().unwrap_or_default().to_owned())
    };
    let number_after = |before: &str| {
        let (_, rest) = detail.split_once(before)?;
        let number = rest.split(' ').next()?;
        number.parse::<usize>().ok()
    };
    if let Some(name) = name("unknown field `").or_else(|| name("unknown variant `")) {
        tr!(words, "template-unknown", name = name)
    } else if let Some(name) = name("missing field `") {
        tr!(words, "template-missing", name = name)
    } else if let Some(name) = name("duplicate field `") {
        tr!(words, "template-twice", name = name)
    } else if let Some(number) = number_after("has at most ") {
        tr!(words, "template-long", count = number)
    } else if let Some(number) = number_after("a template is light: at most ") {
        tr!(words, "template-many", count = number)
    } else if detail.contains("of form ") {
        tr!(words, "template-newer")
    } else if detail.ends_with("may not be empty") {
        tr!(words, "template-empty")
    } else if detail.ends_with("stands on one line") {
        tr!(words, "template-line")
    } else if detail.ends_with("no UTF-8 text") {
        tr!(words, "template-no-text")
    } else if detail.starts_with("EOF") {
        tr!(words, "template-cut")
    } else if detail.starts_with("invalid type") || detail.starts_with("invalid value") {
        tr!(words, "template-other-sort")
    } else {
        tr!(words, "template-sign")
    }
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
            for code in OF_A_PASS {
                let said = of_a_pass(&words, code, "");
                assert_ne!(said, sentence(&words, code, ""), "{code} in {lang:?}");
            }
            assert!(sentence(&words, "never-heard-of", "the detail").contains("the detail"));
            for (detail, said) in [
                ("unknown field `chartre`, expected one of `name`", "chartre"),
                ("missing field `name`", "name"),
                ("duplicate field `name`", "name"),
                ("a text here has at most 300 characters", "300"),
                ("a template has at most 200000 bytes", "200"),
                ("a template is light: at most 50 of one thing", "50"),
                ("EOF while parsing a value", ""),
                ("a text here may not be empty", ""),
                ("a title stands on one line", ""),
                ("this is no UTF-8 text", ""),
                (
                    "this is a template of form 2, and this Tresse knows form 1",
                    "Tresse",
                ),
                ("invalid type: map, expected a string", ""),
                ("expected `,` or `}`", ""),
            ] {
                let sentence = sentence(&words, "bad-template", &format!("line 12: {detail}"));
                assert!(
                    sentence.contains("12") && sentence.contains(said),
                    "{sentence}"
                );
                for word in ["EOF", "expected", "UTF", "invalid", "field"] {
                    assert!(!sentence.contains(word), "{sentence}");
                }
            }
        }
    }
}
