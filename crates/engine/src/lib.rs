//! Tresse's engine: commands in, immutable views out.
//!
//! An app holds an [`Engine`] and never waits for it: it sends [`Command`]s and paints the newest
//! [`AppView`]. Behind the handle one thread owns everything.
//!
//! ```text
//!   window, tresse-node ── Command ──▶ ┌───────────── core thread ─────────────┐
//!                                      │  Replica: documents, acts, undo       │
//!   window ◀── Arc<AppView> ────────── │     │            ▲                    │
//!                                      │     ▼ commit     │ Host               │
//!   tresse-node ◀── Event ──────────── │   Store       Session (one per link)  │
//!                                      └──────────────────▲────────────────────┘
//!                                          frames, events │
//!                                                        Net (iroh, its own threads)
//! ```
//!
//! What it promises:
//! - an answer, a « saved » and a frame to a peer come only after the commit that they speak of;
//! - a view part is built anew only when a document behind it changed: equal `Arc`s, equal content;
//! - a command that is refused changes nothing and says why ([`CommandError`]).

mod archiving;
mod asked_view;
mod attachment_view;
mod awaited;
mod bundles;
mod charter_view;
mod closing_view;
mod coming_view;
mod command;
mod contribution_view;
mod core;
mod decision_templates;
mod decision_view;
mod demo;
mod digest;
mod digest_view;
mod error;
mod evaluation_view;
mod event;
mod export;
mod filing;
mod final_report;
mod handle;
mod hands;
mod joins;
mod keystrokes;
mod linking;
mod linking_view;
mod links;
mod media;
mod meet;
mod meeting_view;
mod moment;
mod overview_page;
mod overview_view;
mod past;
mod photo;
mod piloting_view;
mod plan_view;
mod presence_view;
mod progress;
mod protection;
mod putting_back;
mod reach_view;
mod replica;
mod resource_view;
mod templates;
mod thumbnail;
mod toolbox;
mod trust_view;
mod view;
mod watch_view;

pub use archiving::file_name;
pub use asked_view::AskedView;
pub use attachment_view::{FileJobView, FilePlace, FileRow, FilesView, KeepFiles, MEBIBYTE};
pub use awaited::Awaited;
pub use bundles::{BundleMade, BundleRefusal, BundleTaken};
pub use charter_view::*;
pub use closing_view::*;
pub use coming_view::ComingView;
pub use command::{
    AttachmentCommand, ClosingCommand, ClosingOutcome, Command, ContributionCommand,
    DecisionCommand, DigestCommand, EvaluationCommand, MakeWhat, MeetingCommand, NetCommand,
    PassageAt, ResourceCommand, TextEdit, VersionCommand, WatchCommand,
};
pub use contribution_view::*;
pub use decision_view::*;
pub use digest::{DigestSettings, NetworkDigest, QuietHours, Rhythm, TimeOfDay, Topic};
pub use digest_view::*;
pub use error::{CommandError, EngineError};
pub use evaluation_view::*;
pub use event::{Cost, Event};
pub use export::Format;
pub use filing::{BACKUP_FILES, BackedUp, FileLeftOut, Restored, WhyLeftOut};
pub use handle::{Engine, NetOptions, Options, default_profile};
pub use hands::{HandView, HandsView, PartHandView};
pub use linking_view::{LinkingState, LinkingView};
pub use links::is_address;
pub use media::{attachment_name, opens};
pub use meeting_view::{
    AttendanceRow, AttendanceView, ComingMeeting, DateAnswerView, DateAsk, DateRow, FloorRow,
    MadeView, MeetingRow, MeetingSheet, MeetingView, MeetingsView, RoundWord, SeriesView,
};
pub use moment::Moment;
pub use overview_view::*;
pub use past::{
    Compared, ComparedField, ItemView, LineAuthor, LineView, PutBack, Went, When,
    passages_that_went,
};
pub use piloting_view::*;
pub use plan_view::*;
pub use presence_view::*;
pub use progress::{Progress, Stage};
pub use protection::{
    Keyring, KeyringError, MemoryKeyring, NoKeyring, PassphraseCost, Protection, Secret, SlotKind,
    Unlock,
};
pub use reach_view::{LanView, ReachState, ReachView};
pub use replica::{CAUGHT_UP, Problem, Replica, is_relay};
pub use resource_view::*;
pub use templates::read_template;
pub use thumbnail::Thumbnail;
pub use toolbox::{Sheet, sheet, sheets, sheets_for};
pub use tresse_model as model;
pub use tresse_report::criteria_csv;
pub use tresse_trust::MAX_ROLE_BYTES;
pub use trust_view::*;
pub use view::*;
pub use watch_view::*;
