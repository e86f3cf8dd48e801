//! Tresse's domain: what a network's documents say and how they are changed, over Automerge.
//! Pure: no I/O, no clock, no randomness, no threads; time and ids come in as arguments. (Automerge
//! draws a throw-away actor id for every document it makes or opens: set your own before you edit.)
//!
//! ```text
//!            bytes                          changes of others
//!              │ load                              │ (merge)
//!              ▼                                   ▼
//!  genesis ─▶ document (automerge::Automerge) ─────┬──▶ read_network, read_charter, … ─▶ content
//!              ▲            ▲                      ├──▶ text_splices ─▶ Splice, for an editor
//!              │            │                      └──▶ changes ─▶ who and when
//!   Edit ─▶ apply         undo ◀─ Undo ◀─ Stacks
//!              │            │       ▲
//!              └─ Recorder ─┴───────┘        the one writer: makes the change and
//!                                            notes how each piece is taken back
//!
//!   an editor's splice ─▶ TextSession ─▶ the same splice, past what others wrote
//! ```
//!
//! | part | what it does |
//! |---|---|
//! | `id`, `content`, `keys` | names of things; what documents say, as plain data; how that lies on disk |
//! | `document` | the genesis change, opening, who may write |
//! | `read` | documents to content, tolerant of anything |
//! | `remembered` | what was read of plan and notebooks, written down so that they need not be read again |
//! | `edit`, `check`, `apply` | every edit as a value; what fields may hold; making edits |
//! | `facts`, `recurrence` | what follows from a plan: progress, what is late, what waits; what comes again |
//! | `piloting` | what follows from roles: whose turn it is, when it is handed over, where the rules are broken |
//! | `evaluation` | what follows from answers: results by period, how people see working together |
//! | `deciding` | what follows from ballots: which count, and what comes of them |
//! | `record`, `elems`, `undo` | the recording writer; characters by name; taking edits back |
//! | `replay` | carrying work over to a document that lacks it, after a fork |
//! | `text`, `delta`, `session`, `patches` | splices; changes that cross; an editor that types ahead; what others did |
//! | `markdown` | excerpts, plain words |
//! | `history`, `compare`, `read/items` | who changed what, when; what differs between two states: words, and items of plan and lists |
//! | `authorship`, `restoring` | who wrote each character; putting a passage of an earlier state back |
//!
//! # What people get who write at once
//!
//! - **The same everywhere.** Whoever holds the same changes reads the same content, in whatever
//!   order they came. Two who never met write into the same document, since it begins
//!   with the same genesis change.
//! - **Texts** merge by character.
//! - **A field** set by two at once shows one value, the same everywhere; both are kept, with their
//!   authors, in `conflicts` until somebody sets the field again. Clearing counts as setting. The
//!   same value set twice is no conflict.
//! - **Items** added at once are all kept, in one order.
//! - **Sets** (owners, members of a group, what an action waits for, times done, tags) keep whatever anybody put in;
//!   of putting in and taking out one thing at once, one is shown, the same everywhere.
//! - **Removed by one while another edits it**: the item stays out of sight, and shows the
//!   edit when it is brought back. What is removed is marked, never erased.
//! - **Undo** takes back what I wrote and nothing of others: a field somebody has set since is left
//!   and counted; of a text my own characters go, wherever they now stand, and what I took out
//!   comes back around what others typed there. (If two took out the same words and both take
//!   that back, the words stand there twice.)
//! - **One edit, one change**, or none if all stood so already or the edit is refused.
//!
//! # What newer versions write
//!
//! Only the fields an edit sets are ever written, so fields, items and values that this
//! version does not know stay as they are. A document whose schema is newer than [`SCHEMA`] is
//! [`Access::ReadOnly`].
//!
//! # Example
//!
//! ```
//! use tresse_model::{DocKind, Edit, PageField, apply, genesis, read_page};
//!
//! let mut page = genesis(DocKind::Page);
//! let title = Edit::SetPage { field: PageField::Title, value: Some("Trace du 3 mars".into()) };
//! let applied = apply(&mut page, &title, 1_772_500_000_000)?;
//! assert!(applied.changed);
//! assert_eq!(read_page(&page, &()).title, "Trace du 3 mars");
//! # Ok::<(), tresse_model::EditError>(())
//! ```

mod apply;
mod authorship;
mod caret;
mod check;
mod compare;
mod content;
mod deciding;
mod delta;
mod document;
mod edit;
mod elems;
mod error;
mod evaluation;
mod facts;
mod history;
mod id;
mod keys;
mod markdown;
mod meetings;
mod patches;
mod piloting;
mod plain;
mod read;
mod record;
mod recurrence;
mod remembered;
mod replay;
mod restoring;
mod session;
mod text;
mod twins;
mod undo;

pub use apply::{SEEN_HEADS, apply, try_out};
pub use authorship::{LineAuthors, Stamp, Strand, line_authors};
pub use caret::Caret;
pub use check::{FIELD_MAX, LINK_MAX, PHOTO_MAX, TAG_MAX, TEXT_MAX, TITLE_MAX};
pub use compare::{
    Called, Difference, Piece, compare_charters, compare_networks, compare_pages, compare_words,
    same_charters, whole_charters, whole_decisions, whole_meetings, whole_networks, whole_pages,
    whole_rhythms, whole_roles,
};
pub use content::*;
pub use deciding::*;
pub use document::{
    Access, DocError, GENESIS_ACTOR, SCHEMA, access, genesis, genesis_hash, kind, load,
};
pub use edit::{
    Answered, Applied, AttachmentEdit, BallotEdit, ChoiceOf, ContributionEdit, DayTo, DecisionEdit,
    Edit, EvaluationEdit, MeetingEdit, MeetingWord, ResourceEdit, SeriesEdit, SuggestionEdit,
    TakenIn, WatchEdit, WatchReading,
};
pub use error::EditError;
pub use evaluation::{
    AssessmentFacts, Distribution, NetworkTriangle, Period, PeriodResults, PulseFacts,
    QuestionResult, STATEMENTS, Said, Spread, Statement, Triangle, WEAK, answers_in,
    assessment_facts, pulse_facts, running_period, statement,
};
pub use facts::{
    Blocked, ObjectiveFacts, OrientationFacts, OwnFacts, PlanFacts, is_served, number, plan_facts,
};
pub use history::{ChangeMeta, changes, heads_until, timeline};
pub use id::{
    BlobId, CastId, CountId, DeviceId, DocId, DocKind, IdError, ItemId, MemberId, NetworkId,
    WATCH_YEARS,
};
pub use markdown::{EXCERPT, excerpt, excerpt_reads, plain_line};
pub use meetings::{
    AttendanceFacts, AttendedCounts, HeldMeeting, MOST_MOVED, MemberAttendance, Nth, Occurrence,
    Rhythm, Stay, agenda_times, attendance, canonical_day, floor_balance, occurrences,
    plus_minutes,
};
pub use patches::{patched_splices, text_splices};
pub use piloting::{
    Coming, EndedHeld, Held, Holding, PastHolding, Piloting, PilotingFacts, ROLES, RoleFacts,
    RotationFacts, SwapFacts, SwapSaid, SwapState, Term, Turn, Warning, WarningCode, held_before,
    piloting_facts, role_rank,
};
pub use read::{
    At, AuthorOf, Balloting, FieldHeld, FieldTurn, ItemChange, ItemHands, ItemName, PartHand,
    body_text, body_text_at, charter_text, conflicts, done_times, files_in, has_text, item_changes,
    item_field, item_hands, item_is_removed, page_text, plan_counts, read_ballots, read_charter,
    read_decision, read_decision_as_written, read_meeting, read_network, read_notebook, read_page,
    read_page_listed, read_plan, read_resources, read_seen, read_watch, read_watch_read, watch_has,
    watch_items_until,
};
pub use remembered::{NotebookSaid, PlanSaid};
pub use replay::{Replayed, replay};
pub use restoring::{Passage, Restoring, restoring};
pub use session::{SessionError, TextSession};
pub use text::{Splice, fold, minimal_splices};
pub use twins::{Twins, twin_headings};
pub use undo::{Stacks, Undo, Undone, undo};
