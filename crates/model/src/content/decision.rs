//! What a decision says.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Conflict, Line};
use crate::{Adopting, CastId, DocId, ItemId, MemberId};

/// A decision. Two people who write different fields, options or criteria at once both keep what they wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct DecisionContent {
    /// Its title.
    pub title: String,
    /// Its title when it was put to the members: what is asked where no question is written. Empty unless it is open.
    #[serde(skip)]
    pub put_as: String,
    /// Who put it to the members, by the seal of the device that did. Nobody unless it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub put_by: Option<MemberId>,
    /// It is open, and others meanwhile changed apart what can be chosen or who is asked. It still goes by what it said when it was put.
    #[serde(skip)]
    pub drifted: bool,
    /// What is written of the version of the charter that it is about: believed where it goes with the decision's name ([`Self::adopts`]).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub adopting: Vec<Adopting>,
    /// The meeting that it comes from.
    pub meeting: Option<DocId>,
    /// What is asked, in one sentence; may be empty.
    pub question: String,
    /// How it is taken.
    pub method: Method,
    /// Whether it is prepared, put to the members or given up.
    pub stage: Stage,
    /// Until when ballots are cast: milliseconds since 1970, UTC.
    pub closes: Option<i64>,
    /// The rules of the ballot as they were written; see [`crate::Terms`] for what they mean.
    #[serde(flatten)]
    pub rules: BTreeMap<&'static str, String>,
    /// What can be chosen, in its own order.
    pub options: Vec<Line>,
    /// What it is judged by, in its own order.
    pub criteria: Vec<Line>,
    /// Who is asked; nobody named: every member.
    pub concerned: BTreeSet<MemberId>,
    /// Which ballot each member's own machine says it cast last. Of others nothing is believed.
    pub marks: BTreeMap<MemberId, CastId>,
    /// How objections were answered, by the ballot that raised them.
    pub replies: BTreeMap<CastId, String>,
    /// The actions of the plan that were made of it.
    pub actions: BTreeSet<ItemId>,
    /// What came of it, as it was stated; empty until then.
    pub outcome: String,
    /// On which day that was stated, ISO 8601 date.
    pub outcome_on: String,
    /// Who stated it, by the seal of the device that did; of several that were stated at once, who chose it in place of the one that was
    /// shown. Nobody until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome_by: Option<MemberId>,
    /// When it will be looked at again, ISO 8601 date, or empty.
    pub review: String,
    /// Why it was given up.
    pub why: String,
    /// The page of the library in which its table was published.
    pub published: Option<DocId>,
    /// Its Markdown text: what it is about.
    pub body: Arc<str>,
    /// It is in the bin.
    pub binned: bool,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

words!(
    /// How a decision is taken. One of which nothing else is said was taken by word of mouth.
    #[derive(Default)]
    Method {
        /// By word of mouth; only what came of it is noted.
        #[default]
        Noted = "noted",
        /// How does this land? Nothing is decided by it.
        Sense = "sense",
        /// Advice of those concerned, before one person decides.
        Advice = "advice",
        /// A proposal to which nobody objects.
        Consent = "consent",
        /// One person, one vote: for, against or neither.
        Vote = "vote",
        /// How far each can go along, in eight steps.
        Gradients = "gradients",
        /// Each chooses one option, or as many as are allowed.
        ChooseSimple = "choose-simple",
        /// Each shares out some dots.
        ChooseDots = "choose-dots",
        /// Each gives every option a score.
        ChooseScore = "choose-score",
        /// Each ranks the options; instant run-off.
        ChooseRanked = "choose-ranked",
        /// Criteria are collected, weighed, and options scored by them.
        Criteria = "criteria",
    }
);

words!(
    /// How far a decision has come by what somebody said; that it is closed, counted or concluded follows from more.
    #[derive(Default)]
    Stage {
        /// It is prepared; nobody is asked yet.
        #[default]
        Draft = "draft",
        /// Members are asked.
        Open = "open",
        /// It was given up.
        Withdrawn = "withdrawn",
    }
);

words!(
    /// What a person says where a method offers a few answers.
    Stance {
        /// Sense check: this lands well.
        Well = "well",
        /// Sense check: I do not know yet.
        Unsure = "unsure",
        /// Sense check: this worries me.
        Worried = "worried",
        /// Consent: nothing against it.
        Consent = "consent",
        /// Consent: a reservation, which does not hold it up.
        Reservation = "reservation",
        /// Consent: an objection, which does.
        Objection = "objection",
        /// Consent: I objected, and the proposal took it in.
        Integrated = "integrated",
        /// Consent: I objected, and take it back.
        Lifted = "lifted",
        /// Vote: for.
        For = "for",
        /// Vote: against.
        Against = "against",
        /// Vote and consent: neither.
        Abstain = "abstain",
        /// Gradients: wholly.
        Endorse = "endorse",
        /// Gradients: with a small reserve.
        Minor = "minor",
        /// Gradients: with reservations.
        Reserved = "reserved",
        /// Gradients: I stand by what the others decide.
        Aside = "aside",
        /// Gradients: let us speak more.
        Discuss = "discuss",
        /// Gradients: I disagree and go along.
        GoAlong = "go-along",
        /// Gradients: I disagree and will not help.
        Disagree = "disagree",
        /// Gradients: I stand in the way.
        Block = "block",
    }
);

impl Method {
    /// The answers that a method offers, in the order of the form; none where one chooses, weighs or writes.
    pub const fn stances(self) -> &'static [Stance] {
        use Stance as S;
        match self {
            Self::Sense => &[S::Well, S::Unsure, S::Worried],
            Self::Consent => &[
                S::Consent,
                S::Reservation,
                S::Objection,
                S::Integrated,
                S::Lifted,
                S::Abstain,
            ],
            Self::Vote => &[S::For, S::Against, S::Abstain],
            Self::Gradients => &[
                S::Endorse,
                S::Minor,
                S::Reserved,
                S::Aside,
                S::Discuss,
                S::GoAlong,
                S::Disagree,
                S::Block,
            ],
            _ => &[],
        }
    }

    /// Whether members cast ballots.
    pub const fn has_ballots(self) -> bool {
        !matches!(self, Self::Noted)
    }

    /// Whether there is something to choose among.
    pub const fn has_options(self) -> bool {
        matches!(
            self,
            Self::ChooseSimple
                | Self::ChooseDots
                | Self::ChooseScore
                | Self::ChooseRanked
                | Self::Criteria
        )
    }

    /// Whether Tresse may leave out who said what. Where one speaks to somebody (advice, objections), names are shown.
    pub const fn may_hide_names(self) -> bool {
        !matches!(self, Self::Noted | Self::Advice | Self::Consent)
    }

    /// Whether a count says what came of it; else people state it when they are ready.
    pub const fn is_counted(self) -> bool {
        !matches!(self, Self::Noted | Self::Sense | Self::Advice)
    }
}

fields!(
    /// Fields of a decision.
    DecisionField {
        /// Its title.
        Title = "title",
        /// The id of the meeting that it comes from.
        Meeting = "meeting",
        /// What is asked, in one sentence.
        Question = "question",
        /// A [`Method`].
        Method = "method",
        /// A [`Stage`].
        Stage = "stage",
        /// The moment until which ballots are cast: `2026-12-01T18:00:00Z`, or with another offset.
        Closes = "closes",
        /// `as-they-come` or `after-close`: when others' ballots are shown.
        Reveal = "reveal",
        /// `shown` or `hidden`: whether it is shown who said what.
        Names = "names",
        /// How many must be for it: `>1/2`, `>=2/3`, `75%`.
        Threshold = "threshold",
        /// `cast` or `members`: of whom.
        ThresholdOf = "threshold_of",
        /// `aside` or `cast`: whether who abstains counts among the votes cast.
        Abstentions = "abstentions",
        /// How many must take part: `5` persons, or `>=1/2` of those asked.
        Quorum = "quorum",
        /// How many options one may choose.
        Most = "most",
        /// How many dots one shares out.
        Dots = "dots",
        /// The highest score.
        Max = "max",
        /// The id of the member who decides once advice was given.
        Decider = "decider",
        /// `collect` or `confront`: which step of the criteria it is at.
        Step = "step",
        /// What came of it.
        Outcome = "outcome",
        /// A date: when that was stated.
        OutcomeOn = "outcome_on",
        /// A date: when it will be looked at again.
        Review = "review",
        /// Why it was given up.
        Why = "why",
        /// What came with its method, by rule (`{"quorum":"50%"}`): what stands otherwise in the decision was set by hand.
        Taken = "taken",
        /// What the charter said of its method when it was put to the members, likewise.
        Charter = "charter",
        /// The version of the charter that it is about ([`Adopting`]): said when it is made, and bound to its name.
        Adopts = "adopts",
        /// The id of the page in which its table was published.
        Published = "published",
    }
);

impl DecisionField {
    /// Those that say how a ballot is held: fixed while it is open.
    pub const RULES: [Self; 13] = [
        Self::Reveal,
        Self::Names,
        Self::Threshold,
        Self::ThresholdOf,
        Self::Abstentions,
        Self::Quorum,
        Self::Most,
        Self::Dots,
        Self::Max,
        Self::Decider,
        Self::Step,
        Self::Taken,
        Self::Charter,
    ];

    /// Those in which nobody chooses between values that two programs noted at once.
    pub(crate) const RECORDS: [Self; 2] = [Self::Taken, Self::Charter];

    /// Those that the charter may say something of.
    pub const OF_CHARTER: [Self; 4] = [
        Self::Threshold,
        Self::ThresholdOf,
        Self::Abstentions,
        Self::Quorum,
    ];
}

impl DecisionContent {
    /// A rule of the ballot as it was written, or nothing.
    pub fn rule(&self, field: DecisionField) -> &str {
        self.rules.get(field.key()).map_or("", String::as_str)
    }

    /// The version of the charter that this decision, which has this name, is about. Whatever somebody else writes there, now or later, does not go
    /// with the name.
    pub fn adopts(&self, decision: &DocId) -> Option<&Adopting> {
        let mut said = self.adopting.iter();
        said.find(|one| one.decision() == *decision)
    }

    /// Whether others' ballots are shown only once it is closed.
    pub fn reveals_late(&self) -> bool {
        self.rule(DecisionField::Reveal) == "after-close"
    }

    /// Whether it is left out who said what.
    pub fn hides_names(&self) -> bool {
        self.method.may_hide_names() && self.rule(DecisionField::Names) == "hidden"
    }

    /// Who decides once advice was given.
    pub fn decider(&self) -> Option<MemberId> {
        self.rule(DecisionField::Decider).parse().ok()
    }

    /// Whether criteria are still collected, and not yet weighed.
    pub fn collects(&self) -> bool {
        self.method == Method::Criteria && self.rule(DecisionField::Step) != "confront"
    }
}
