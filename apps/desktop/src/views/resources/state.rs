//! What is said of a resource in a word or two: what sort of thing it is, whether it is there.

use tresse_engine::{
    ResourceRow,
    model::{Availability, ResourceKind, Side},
};

use crate::{i18n::I18n, theme::Tone, tr};

/// A sort of thing.
pub(in crate::views) fn kind_name(words: &I18n, kind: ResourceKind) -> String {
    match kind {
        ResourceKind::Expertise => tr!(words, "resource-kind-expertise"),
        ResourceKind::Room => tr!(words, "resource-kind-room"),
        ResourceKind::Equipment => tr!(words, "resource-kind-equipment"),
        ResourceKind::Money => tr!(words, "resource-kind-money"),
        ResourceKind::Documents => tr!(words, "resource-kind-documents"),
        ResourceKind::Other => tr!(words, "resource-kind-other"),
    }
}

pub(super) fn side_name(words: &I18n, side: Side) -> String {
    match side {
        Side::Offered => tr!(words, "resource-offered"),
        Side::Needed => tr!(words, "resource-needed"),
    }
}

/// How it stands today, and how that is to be looked at.
pub(super) fn standing(words: &I18n, row: &ResourceRow) -> (Tone, String) {
    let day = |day: &str| words.date_short(day);
    match &row.availability {
        Some(Availability::Free { next }) if next.is_empty() => {
            (Tone::Good, tr!(words, "resource-free"))
        }
        Some(Availability::Free { next }) => (
            Tone::Good,
            tr!(words, "resource-free-until", day = day(next)),
        ),
        Some(Availability::Out { until, late: true }) => {
            (Tone::Warn, tr!(words, "resource-late", day = day(until)))
        }
        Some(Availability::Out { until, .. }) if until.is_empty() => {
            (Tone::Accent, tr!(words, "resource-lent"))
        }
        Some(Availability::Out { until, .. }) => (
            Tone::Accent,
            tr!(words, "resource-lent-until", day = day(until)),
        ),
        None if !row.resource.met.is_empty() => (
            Tone::Good,
            tr!(words, "resource-met", day = day(&row.resource.met)),
        ),
        None if row.answered_by.is_empty() => (Tone::Accent, tr!(words, "resource-wanted")),
        None => {
            let count = row.answered_by.len();
            (Tone::Accent, tr!(words, "resource-answers", count = count))
        }
    }
}
