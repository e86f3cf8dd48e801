//! What views say of the end of a network.

use serde::Serialize;
use tresse_model::{DocId, NetworkId};

use crate::{ClosingOutcome, ConsentView};

/// Whether a network is open or closed, what is proposed, and when it looks at its purpose again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct ClosingView {
    /// How it was closed, if it is closed.
    pub closed: Option<ClosedView>,
    /// The closings proposed while it is open, the one with most consents first.
    pub proposals: Vec<ClosingProposal>,
    /// That it open again, if somebody proposed it while it is closed.
    pub reopening: Option<ReopeningProposal>,
    /// The closings that were followed by a reopening, the first first.
    pub past: Vec<ClosedView>,
    /// How many must consent to close or to reopen, by the rules in force.
    pub need: usize,
    /// Of how many members.
    pub of: usize,
    /// When it looks at its purpose again.
    pub review: ReviewView,
    /// The archive made here last.
    pub archive: Option<ArchiveView>,
    /// One is being made: how many documents are gathered for it, of how many; once all are, it is being written.
    pub archiving: Option<(usize, usize)>,
    /// Archives are made here by themselves once it is closed. Not where the profile is protected: what lies in an archive can be
    /// read by whoever has the disk.
    pub archives_itself: bool,
}

impl ClosingView {
    /// Whether the network can only be read, as far as is known here.
    pub const fn is_closed(&self) -> bool {
        self.closed.is_some()
    }
}

/// How a network ends, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClosingWords {
    /// What becomes of it.
    pub outcome: ClosingOutcome,
    /// The network that it goes on in.
    pub into: Option<SuccessorView>,
    /// What there is to say of it.
    pub words: String,
    /// The decision that this follows.
    pub decision: Option<DocId>,
    /// Its title, where it is here.
    pub decision_title: String,
}

/// The network that another one goes on in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SuccessorView {
    /// Its name: as it is here, else as whoever closed knew it.
    pub name: String,
    /// Its id, where that was known.
    pub network: Option<NetworkId>,
    /// It is in this profile.
    pub here: bool,
}

/// How a network was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClosedView {
    /// Names the closing.
    pub closing: String,
    /// How it ended.
    #[serde(flatten)]
    pub says: ClosingWords,
    /// Who consented, in order.
    pub by: Vec<ConsentView>,
    /// Since when, as claimed: milliseconds since 1970, UTC.
    pub at: i64,
    /// Documents that others changed after that, by their clocks, since they had not heard: the newest first. What they wrote counts.
    pub after: Vec<AfterView>,
    /// When it was opened again: milliseconds since 1970, UTC.
    pub reopened: Option<i64>,
    /// Why it was opened again.
    pub reopened_words: String,
}

/// A document that changed after the closing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AfterView {
    /// The document.
    pub doc: DocId,
    /// Its title, where it has one.
    pub title: String,
    /// Who changed it last, as a name.
    pub author: String,
    /// When, as claimed: milliseconds since 1970, UTC.
    pub at: i64,
}

/// A closing that waits for consents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClosingProposal {
    /// Names it, for [`crate::ClosingCommand::Consent`].
    pub closing: String,
    /// How it would end.
    #[serde(flatten)]
    pub says: ClosingWords,
    /// Who consents, the first being who proposed it.
    pub consents: Vec<ConsentView>,
    /// How many are needed.
    pub need: usize,
    /// Of how many persons.
    pub of: usize,
    /// `pending`, or `ready`: enough consent, and one of them says so once more.
    pub state: String,
    /// Whether I am among those who consent.
    pub mine: bool,
}

/// A reopening that waits for consents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReopeningProposal {
    /// Why.
    pub words: String,
    /// Who consents, the first being who proposed it.
    pub consents: Vec<ConsentView>,
    /// How many are needed.
    pub need: usize,
    /// Of how many persons.
    pub of: usize,
    /// `pending` or `ready`.
    pub state: String,
    /// Whether I am among those who consent.
    pub mine: bool,
}

/// When a network looks at its purpose again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct ReviewView {
    /// On which day, ISO 8601 date, or empty.
    pub date: String,
    /// In how many days; negative once it is past.
    pub days: Option<i64>,
    /// It is past, or in at most [`ReviewView::AHEAD`] days, and the network is open.
    pub due: bool,
}

impl ReviewView {
    /// How many days ahead members are reminded.
    pub const AHEAD: i64 = 30;
}

/// An archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArchiveView {
    /// The folder, relative to the profile's.
    pub folder: String,
    /// On which day it was made.
    pub on: String,
    /// It was made of the network as it is now, what each looked at aside.
    pub current: bool,
    /// It was made of the network as this closing left it, or, of an open network, since it was opened.
    pub of_this: bool,
}
