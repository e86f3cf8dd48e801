//! Why an edit was refused.

use crate::DocKind;

/// Why an edit was refused. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// A newer Tresse has written the document.
    #[error(
        "this document was written by a newer version of Tresse (schema {schema}): update Tresse to edit it"
    )]
    ReadOnly {
        /// The schema it was written with.
        schema: u32,
    },
    /// The edit is for another kind of document.
    #[error("this edit is for a {} document", expected.word())]
    WrongDocument {
        /// The kind that it is for.
        expected: DocKind,
    },
    /// The document has no collaborative text.
    #[error("this document has no text to edit")]
    NoText,
    /// There is no such item.
    #[error("there is no {what} with the id {id} here")]
    NotFound {
        /// What was looked for (`objective`, `action`…).
        what: &'static str,
        /// Its id as given.
        id: String,
    },
    /// A new item's id is in use, or a page is written already.
    #[error("this {what} exists already")]
    Exists {
        /// What exists (`objective`, `page`…).
        what: &'static str,
    },
    /// A value that may not be empty.
    #[error("the {field} may not be empty")]
    Empty {
        /// Which field.
        field: &'static str,
    },
    /// A value over its bound.
    #[error("the {field} is too long: at most {max} characters")]
    TooLong {
        /// Which field.
        field: &'static str,
        /// The bound in characters.
        max: usize,
    },
    /// Not a date.
    #[error("« {value} » is not a date: write it as 2026-11-24")]
    BadDate {
        /// What was given, cut to 80 characters.
        value: String,
    },
    /// Not a status.
    #[error("« {value} » is not a status: todo, doing, blocked, done or dropped")]
    BadStatus {
        /// What was given, cut to 80 characters.
        value: String,
    },
    /// Not a length of work.
    #[error("« {value} » is not an effort: write hours as 3 h or days as 1.5 d")]
    BadEffort {
        /// What was given, cut to 80 characters.
        value: String,
    },
    /// Not the length of a turn.
    #[error(
        "« {value} » is not how long a turn is: write it as 6 months or 8 weeks, of ten years at the most"
    )]
    BadTerm {
        /// What was given, cut to 80 characters.
        value: String,
    },
    /// Not a time of day.
    #[error("« {value} » is not a time of day: write it as 18:30")]
    BadTime {
        /// What was given, cut to 80 characters.
        value: String,
    },
    /// Not a number of minutes.
    #[error("« {value} » is not a length: write a whole number of minutes, 1 to 1440")]
    BadLength {
        /// What was given, cut to 80 characters.
        value: String,
    },
    /// Not the state of a meeting.
    #[error("« {value} » is not the state of a meeting: planned, running, closed or cancelled")]
    BadMeetingState {
        /// What was given, cut to 80 characters.
        value: String,
    },
    /// Not how a meeting comes again.
    #[error(
        "« {value} » is not how a meeting comes again: write `2 weeks tue`, `1 months day 31`, `1 months 2 tue` or `1 months last fri`"
    )]
    BadRhythm {
        /// What was given, cut to 80 characters.
        value: String,
    },
    /// A rule that no day fulfils.
    #[error(
        "a meeting by this rule would never take place: no such day comes from {from} until {until}; end it later, or choose another day"
    )]
    NeverOccurs {
        /// From which day.
        from: String,
        /// Until which day.
        until: String,
    },
    /// A day on which a rule has no meeting.
    #[error("the rule has no meeting on {day}")]
    NotAMeetingDay {
        /// The day as given.
        day: String,
    },
    /// So many of a rule's days are moved that no more is.
    #[error("{most} days of this rule are moved or skipped already: make a new rule")]
    TooManyMoved {
        /// How many there may be.
        most: usize,
    },
    /// Not a word of a field that has few.
    #[error("« {value} » is not known here: {known}")]
    BadChoice {
        /// What was given, cut to 80 characters.
        value: String,
        /// The words that are known.
        known: &'static str,
    },
    /// Not a share of people, or one that nobody can reach or that is always reached.
    #[error(
        "« {value} » is not a share that can be reached: write >1/2, >=2/3 or 75%, or for a quorum a number of persons"
    )]
    BadShare {
        /// What was given, cut to 80 characters.
        value: String,
    },
    /// Not a moment.
    #[error("« {value} » is not a moment: write it as 2026-12-01T18:00:00Z")]
    BadMoment {
        /// What was given, cut to 80 characters.
        value: String,
    },
    /// Not a whole number within bounds.
    #[error("« {value} » is not a whole number from 1 to {most}")]
    BadNumber {
        /// What was given, cut to 80 characters.
        value: String,
        /// The highest.
        most: u32,
    },
    /// A ballot or a count longer than is kept.
    #[error("this is too long to be kept: {most} bytes at the most")]
    TooLarge {
        /// The bound.
        most: usize,
    },
    /// Not a recurrence.
    #[error("« {value} » is not a recurrence: weekly, monthly, quarterly or yearly")]
    BadRecurrence {
        /// What was given, cut to 80 characters.
        value: String,
    },
    /// Not a scale of territory.
    #[error("« {value} » is not a scale: region, department, employment-area or town")]
    BadScale {
        /// What was given, cut to 80 characters.
        value: String,
    },
    /// It would end before it starts.
    #[error("it would start on {start} and end on {end}: give it an end on or after its start")]
    EndsBeforeStart {
        /// The first day.
        start: String,
        /// The last day.
        end: String,
    },
    /// A need that would be lent, or answer a need.
    #[error("this is needed, not offered: offer something for it first")]
    NotOffered,
    /// An offer that would be met or answered.
    #[error("this is offered, not needed: only a need is answered or met")]
    NotNeeded,
    /// It would wait for itself, directly or through others.
    #[error("it would wait for itself: {}; take one of these links out first", path.join(" → "))]
    Cycle {
        /// The actions' titles, from the one that would wait back to itself.
        path: Vec<String>,
    },
    /// An occurrence of what does not come again.
    #[error(
        "this action does not come again: give it a due date and how often it comes, or set its status to done"
    )]
    NotRecurring,
    /// A day on which a recurring action does not come.
    #[error("this action does not come on {day}: it is next due on {next}")]
    NotAnOccurrence {
        /// The day as given.
        day: String,
        /// The next day it comes.
        next: String,
    },
    /// A field that is shown no more, since there are measures.
    #[error("this indicator has measures: add a measure to say where it is now")]
    Measured,
    /// Not an engagement.
    #[error("« {value} » is not an engagement: volunteer or employee")]
    BadEngagement {
        /// What was given, cut to 80 characters.
        value: String,
    },
    /// Not a membership.
    #[error("« {value} » is not a membership: open or closed")]
    BadMembership {
        /// What was given, cut to 80 characters.
        value: String,
    },
    /// Not an answer.
    #[error("« {value} » is not an answer: from 1 to 5")]
    BadScore {
        /// What was given.
        value: String,
    },
    /// Not a rhythm.
    #[error("« {value} » is not a rhythm: monthly, quarterly, half-yearly or yearly")]
    BadPulseRhythm {
        /// What was given, cut to 80 characters.
        value: String,
    },
    /// Not a threshold.
    #[error("« {value} » is not a threshold: from 2 to 100 answers")]
    BadThreshold {
        /// What was given, cut to 80 characters.
        value: String,
    },
    /// More questions than anybody would answer.
    #[error("there are {max} questions already: take one out first")]
    TooMany {
        /// The bound.
        max: usize,
    },
    /// Not a picture of a person, small enough.
    #[error("this is no picture that can be kept: a JPEG or PNG file of 16,384 bytes at most")]
    BadPhoto,
    /// A file larger than may be attached, or a name, type or record that does not fit.
    #[error("a file has a name and at most {max_bytes} bytes", max_bytes = crate::FILE_MAX)]
    BadFile,
    /// So many files are attached that no more is.
    #[error("{max} files are attached here already: remove one first")]
    TooManyFiles {
        /// The bound.
        max: usize,
    },
    /// Not the name of a version.
    #[error("« {value} » is not the name of a version: it has 32 digits and letters from a to f")]
    BadVersion {
        /// What was given, cut to 80 characters.
        value: String,
    },
    /// Not a name of something.
    #[error(transparent)]
    BadId(#[from] crate::IdError),
    /// A splice that does not fit the text.
    #[error("the text has {len} characters: it cannot change {delete} of them at {at}")]
    OutOfBounds {
        /// Where the splice begins.
        at: usize,
        /// How much it takes out.
        delete: usize,
        /// How long the text was.
        len: usize,
    },
    /// A passage that would be put back where it stands already.
    #[error("this passage stands in the text already")]
    Stands,
    /// Something that every document of its kind is born with is missing or of another type.
    #[error("the document is damaged: « {key} » is missing")]
    Damaged {
        /// The missing key.
        key: &'static str,
    },
    /// Automerge refused.
    #[error("the document refused the edit: {0}")]
    Document(#[from] automerge::AutomergeError),
}

impl EditError {
    /// A stable word for the error, for scripts and translations.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ReadOnly { .. } => "read-only",
            Self::WrongDocument { .. } => "wrong-document",
            Self::NoText => "no-text",
            Self::NotFound { .. } => "not-found",
            Self::Exists { .. } => "exists",
            Self::Empty { .. } => "empty",
            Self::TooLong { .. } => "too-long",
            Self::BadDate { .. } => "bad-date",
            Self::BadStatus { .. } => "bad-status",
            Self::BadEngagement { .. } => "bad-engagement",
            Self::BadEffort { .. } => "bad-effort",
            Self::BadTerm { .. } => "bad-term",
            Self::BadTime { .. } => "bad-time",
            Self::BadLength { .. } => "bad-length",
            Self::BadMeetingState { .. } => "bad-meeting-state",
            Self::BadRhythm { .. } => "bad-rhythm",
            Self::NeverOccurs { .. } => "never-occurs",
            Self::NotAMeetingDay { .. } => "not-a-meeting-day",
            Self::TooManyMoved { .. } => "too-many-moved",
            Self::BadChoice { .. } => "bad-choice",
            Self::BadShare { .. } => "bad-share",
            Self::BadMoment { .. } => "bad-moment",
            Self::BadNumber { .. } => "bad-number",
            Self::TooLarge { .. } => "too-large",
            Self::BadRecurrence { .. } => "bad-recurrence",
            Self::BadScale { .. } => "bad-scale",
            Self::EndsBeforeStart { .. } => "ends-before-start",
            Self::NotOffered => "not-offered",
            Self::NotNeeded => "not-needed",
            Self::Cycle { .. } => "cycle",
            Self::NotRecurring => "not-recurring",
            Self::NotAnOccurrence { .. } => "not-an-occurrence",
            Self::Measured => "measured",
            Self::BadMembership { .. } => "bad-membership",
            Self::BadScore { .. } => "bad-score",
            Self::BadPulseRhythm { .. } => "bad-pulse-rhythm",
            Self::BadThreshold { .. } => "bad-threshold",
            Self::TooMany { .. } => "too-many",
            Self::BadPhoto => "bad-photo",
            Self::BadFile => "bad-file",
            Self::TooManyFiles { .. } => "too-many-files",
            Self::BadVersion { .. } => "bad-version",
            Self::BadId(_) => "bad-id",
            Self::OutOfBounds { .. } => "out-of-bounds",
            Self::Stands => "passage-stands",
            Self::Damaged { .. } => "document-damaged",
            Self::Document(_) => "document",
        }
    }
}
