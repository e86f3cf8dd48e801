//! What views say of decisions.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use tresse_model::{
    Adopting, Answer, CastId, DecisionContent, Departure, DocId, ItemId, MemberId, Method, Stage,
    Tally, Terms,
};

use crate::TextView;

/// The register of decisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct DecisionsView {
    /// Those that are not in the bin, last changed first.
    pub decisions: Vec<DecisionRow>,
    /// Those in the bin, likewise.
    pub binned: Vec<DecisionRow>,
    /// Those that wait for my ballot, the first to close first.
    pub asked: Vec<DocId>,
}

impl DecisionsView {
    /// The decision with this id, also from the bin.
    pub fn get(&self, id: &DocId) -> Option<&DecisionRow> {
        let mut all = self.decisions.iter().chain(&self.binned);
        all.find(|row| row.id == *id)
    }
}

/// How far a decision has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// It is prepared.
    Draft,
    /// Criteria are collected.
    Collecting,
    /// Members say what they think.
    Open,
    /// The end has come, and nobody has counted.
    ToCount,
    /// Somebody has counted; what comes of it is not stated yet.
    Counted,
    /// What came of it is stated.
    Concluded,
    /// It was given up.
    Withdrawn,
}

impl Phase {
    /// Every one, in order.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Collecting,
        Self::Open,
        Self::ToCount,
        Self::Counted,
        Self::Concluded,
        Self::Withdrawn,
    ];

    /// Its word in views.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Collecting => "collecting",
            Self::Open => "open",
            Self::ToCount => "to-count",
            Self::Counted => "counted",
            Self::Concluded => "concluded",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether ballots are cast no more.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::ToCount | Self::Counted | Self::Concluded)
    }

    /// Whether members are still at it: it is open, or waits to be counted.
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Open | Self::Collecting | Self::ToCount)
    }

    /// How far a decision has come at a time, by what is known of it.
    pub(crate) fn of(facts: &DecisionFacts, counted: bool, now: i64) -> Self {
        let concluded = !facts.outcome.is_empty();
        match facts.stage {
            Stage::Withdrawn => Self::Withdrawn,
            _ if concluded => Self::Concluded,
            Stage::Draft => Self::Draft,
            Stage::Open if counted => Self::Counted,
            Stage::Open if facts.closes.is_some_and(|closes| closes <= now) => Self::ToCount,
            Stage::Open if facts.collects => Self::Collecting,
            Stage::Open => Self::Open,
        }
    }
}

/// One decision in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionRow {
    /// The decision.
    pub id: DocId,
    /// Its title.
    pub title: String,
    /// How it is taken.
    pub method: Method,
    /// How far it has come.
    pub phase: Phase,
    /// Until when ballots are cast: milliseconds since 1970, UTC.
    pub closes: Option<i64>,
    /// My ballot is waited for.
    pub asked: bool,
    /// I have cast a ballot that holds.
    pub voted: bool,
    /// The first words of what came of it; empty until it is stated.
    pub outcome: String,
    /// On which day that was stated, ISO 8601 date; empty until it is, and in lists that an older version wrote.
    pub outcome_on: String,
    /// When it will be looked at again, ISO 8601 date, or empty.
    pub review: String,
    /// The meeting that it comes from.
    pub meeting: Option<DocId>,
    /// That meeting's title.
    pub meeting_title: String,
    /// How many actions were made of it.
    pub actions: usize,
    /// Its first words, for the list.
    pub excerpt: String,
    /// When it last changed, as its author's clock claimed: milliseconds since 1970, UTC.
    pub changed: i64,
    /// Who changed it last, as a name.
    pub author: String,
}

/// One open decision.
#[allow(clippy::struct_excessive_bools, reason = "each says another thing")]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DecisionView {
    /// The decision.
    pub id: DocId,
    /// Its content.
    pub content: DecisionContent,
    /// The Markdown text for an editor.
    pub body: TextView,
    /// Written by a newer Tresse: shown, not edited.
    pub read_only: bool,
    /// How far it has come.
    pub phase: Phase,
    /// What is asked and how it is counted: as it was counted, once it was.
    pub terms: Terms,
    /// In which of its rules it departs from the charter's, until it is counted: as the charter is while the decision is prepared, as it was
    /// when it was put to the members from then on.
    pub departs: Vec<Departure>,
    /// I am among those who are asked.
    pub asked: bool,
    /// My ballot that holds, or counts.
    pub mine: Option<MyBallot>,
    /// Others' ballots are not shown before it closes.
    pub hidden: bool,
    /// What comes of the ballots; `None` while they are hidden.
    pub tally: Option<Tally>,
    /// What may still change: nobody has counted, or a ballot has not arrived.
    pub provisional: bool,
    /// How many ballots are known of and have not arrived.
    pub awaited: usize,
    /// How many are asked.
    pub electors: usize,
    /// How many of these have a ballot that holds, here or not.
    pub voted: usize,
    /// The ballots that hold, by name; where names are left out, by what they say. Only mine while they are hidden.
    pub ballots: Vec<BallotView>,
    /// Ballots that were cast in time by their voters' word and are in no count.
    pub late: Vec<LateView>,
    /// How many ballots claim to have been cast after the end. They never count.
    pub after_close: usize,
    /// Who counted, in the order of claimed times.
    pub counts: Vec<CountView>,
    /// Of whom counts made at once name different ballots, by name.
    pub disputed: Vec<String>,
    /// The actions that were made of it.
    pub actions: Vec<DecisionAction>,
    /// The title of the meeting that it comes from.
    pub meeting_title: String,
    /// The names of everybody whom it speaks of.
    pub names: BTreeMap<String, String>,
    /// The version of the charter that it is about.
    pub about: Option<AboutVersion>,
}

/// The version of the charter that a decision is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AboutVersion {
    /// The version.
    pub version: String,
    /// The version that it is to replace.
    pub replaces: String,
    /// What came of it for the charter: as in [`crate::CharterVoteView::state`]; empty while it is prepared or given up.
    pub state: String,
    /// Who said that it adopted the version, by name, if anybody did.
    pub said_by: Option<String>,
    /// All that both versions are made of has arrived here.
    pub here: bool,
}

impl DecisionView {
    /// The name of somebody whom it speaks of.
    pub fn name(&self, member: Option<MemberId>) -> Option<String> {
        self.names.get(&member?.to_string()).cloned()
    }
}

/// My ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MyBallot {
    /// Names it.
    pub ballot: CastId,
    /// When, as this person's clock claimed: milliseconds since 1970, UTC.
    pub at: i64,
    /// What it says.
    pub answer: Answer,
}

/// A ballot that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BallotView {
    /// Names it; not where names are left out.
    pub ballot: Option<CastId>,
    /// Whose it is; not where names are left out.
    pub member: Option<MemberId>,
    /// Their name.
    pub name: String,
    /// It is mine.
    pub mine: bool,
    /// When it was cast, as its voter's clock claimed: milliseconds since 1970, UTC. 0 where names are left out.
    pub at: i64,
    /// What it says.
    pub answer: Answer,
    /// How the objection was answered.
    pub reply: String,
}

/// A ballot that is in no count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LateView {
    /// Whose.
    pub name: String,
    /// When it claims to have been cast: milliseconds since 1970, UTC.
    pub at: i64,
}

/// Somebody counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountView {
    /// Who.
    pub name: String,
    /// When, as their clock claimed: milliseconds since 1970, UTC.
    pub at: i64,
    /// Why it was counted again; empty the first time.
    pub reason: String,
    /// How many ballots they named.
    pub ballots: usize,
    /// Of how many people.
    pub electors: usize,
}

/// An action that was made of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionAction {
    /// The action.
    pub id: ItemId,
    /// Its title; empty where it is in the plan no more.
    pub title: String,
    /// It is done.
    pub done: bool,
}

/// What the list keeps of a decision in the store, so that it need not be loaded to stand there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct DecisionFacts {
    /// The meeting that it comes from.
    pub(crate) meeting: Option<DocId>,
    pub(crate) method: Method,
    pub(crate) stage: Stage,
    pub(crate) closes: Option<i64>,
    pub(crate) collects: bool,
    pub(crate) concerned: BTreeSet<MemberId>,
    pub(crate) outcome: String,
    pub(crate) outcome_on: String,
    pub(crate) review: String,
    pub(crate) actions: usize,
    /// The version of the charter that it is about, and by what terms it is counted as it says now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) adopting: Option<Adopting>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) terms: Option<Terms>,
}

impl Default for DecisionFacts {
    fn default() -> Self {
        Self::of(&DecisionContent::default())
    }
}

/// So many characters of what came of it lists keep.
const OUTCOME: usize = 240;

impl DecisionFacts {
    pub(crate) fn of(content: &DecisionContent) -> Self {
        Self {
            meeting: content.meeting,
            method: content.method,
            stage: content.stage,
            closes: content.closes,
            collects: content.collects(),
            concerned: content.concerned.clone(),
            outcome: content.outcome.chars().take(OUTCOME).collect(),
            outcome_on: content.outcome_on.clone(),
            review: content.review.clone(),
            actions: content.actions.len(),
            adopting: None,
            terms: None,
        }
    }

    /// The same of the decision with this name, with what it is about.
    pub(crate) fn named(content: &DecisionContent, decision: &DocId) -> Self {
        let adopting = content.adopts(decision).cloned();
        Self {
            terms: adopting.is_some().then(|| Terms::of(content)),
            adopting,
            ..Self::of(content)
        }
    }

    /// Whether a member is asked.
    pub(crate) fn asks(&self, member: &MemberId) -> bool {
        self.concerned.is_empty() || self.concerned.contains(member)
    }
}
