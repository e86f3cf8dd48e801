//! The keys that are put together while running.

/// Beginnings of keys, each with the ends it may have: `("month-", &["1", "2", …])`.
///
/// The tests refuse a combination that a file lacks, and a key that neither the code nor this list names.
pub const DYNAMIC: &[(&str, &[&str])] = &[
    (
        "month-",
        &[
            "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12",
        ],
    ),
    (
        "month-short-",
        &[
            "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12",
        ],
    ),
    (
        "past-kind-",
        &[
            "orientation",
            "objective",
            "indicator",
            "measure",
            "action",
            "check",
            "group",
            "watch",
        ],
    ),
    (
        "past-field-",
        &[
            "text",
            "title",
            "words",
            "deadline",
            "means",
            "learned",
            "orientation",
            "name",
            "unit",
            "baseline",
            "target",
            "current",
            "value",
            "date",
            "note",
            "objective",
            "status",
            "start",
            "due",
            "every",
            "territory",
            "territory_scale",
            "effort",
            "working_group",
            "group",
            "owners",
            "depends_on",
            "done_on",
            "done",
            "remit",
            "planned_end",
            "closed",
            "members",
            "summary",
            "link",
            "on",
            "tags",
        ],
    ),
    (
        "pulse-question-",
        &[
            "satisfaction",
            "added-value",
            "confidence",
            "heard",
            "meetings",
        ],
    ),
    (
        "statement-",
        &[
            "want-value",
            "want-trust",
            "want-voice",
            "want-energy",
            "can-place",
            "can-means",
            "can-rules",
            "can-others",
            "know-language",
            "know-picture",
            "know-tools",
            "know-methods",
        ],
    ),
    ("given-kind-", GIVEN),
    ("given-", GIVEN),
    ("error-", crate::app::errors::CODES),
    ("pass-error-", crate::app::errors::OF_A_PASS),
];

/// Kinds of contribution.
const GIVEN: &[&str] = &[
    "pages",
    "actions",
    "meetings",
    "facilitated",
    "decisions",
    "roles",
    "feedback",
    "ballots",
    "answers",
    "own",
];
