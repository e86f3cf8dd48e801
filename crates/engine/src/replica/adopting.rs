//! Which versions of the charter are ours: by the consents of members, or by a decision that this machine counts for itself.
//!
//! One function says so ([`Network::ours`]), and all that asks goes by it: what is in force, what may be signed, what views show. It goes
//! through what acts say in their order:
//!
//! ```text
//!   consents enough ──────────────────────────────────────────────────▶ in force from here on
//!   « this decision adopted it » ─▶ put while the version in force was? ─▶ counted by that version's rule? ─▶ likewise
//!                                      no: overtaken                        no, or not yet: nothing
//! ```

use std::collections::BTreeSet;

use tresse_model::{
    Adopting, Deciding, DecisionContent, DocId, DocKind, MemberId, Settled, Terms, VotingRule,
    settled,
};
use tresse_trust::{Adoption, Decided, Said, Version};

use super::Network;
use crate::Phase;

/// A version of the charter that somebody spoke of: by an act, or by putting a decision about it.
pub(super) struct Known<'a> {
    pub(super) version: Version,
    /// The newest changes that it is made of, sorted.
    pub(super) heads: Vec<[u8; 32]>,
    /// What acts say of it.
    pub(super) acts: Option<&'a Adoption>,
    /// How it became ours, if it did.
    pub(super) adopted: Option<Adopted>,
    /// The decisions about it.
    pub(super) votes: Vec<Vote>,
}

/// How a version became ours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Adopted {
    /// Where, in the order of acts.
    place: usize,
    /// When, as was claimed: milliseconds since 1970.
    pub(super) at_ms: u64,
    /// By which decision; `None`: by consents.
    pub(super) decision: Option<DocId>,
}

/// A decision about a version.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vote {
    pub(super) decision: DocId,
    /// The version that was in force when it was put.
    replaces: Version,
    /// It is here, and members are still at it.
    under_way: bool,
    /// Who said first that it adopted the version.
    pub(super) said: Option<Said>,
    pub(super) state: VoteState,
}

/// What came of a decision about a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum VoteState {
    /// By it the version is ours.
    Adopted,
    /// It came out so, and nobody has said so yet.
    ToRecord,
    /// Nobody has counted, or a ballot that it hangs on is not here.
    Open,
    /// Somebody says that it came out so, and that cannot be checked here yet.
    Waiting,
    /// It did not come out so.
    NotAdopted,
    /// It was counted by other terms than the charter's.
    OtherTerms,
    /// A version was adopted before it came out: another one, or this one by consents.
    Overtaken,
}

impl VoteState {
    /// Its word in views.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Adopted => "adopted",
            Self::ToRecord => "to-record",
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::NotAdopted => "not-adopted",
            Self::OtherTerms => "other-terms",
            Self::Overtaken => "overtaken",
        }
    }

    /// Whether something may still come of it.
    pub(super) const fn goes_on(self) -> bool {
        matches!(self, Self::Open | Self::ToRecord | Self::Waiting)
    }
}

impl Known<'_> {
    /// Whether something is proposed by it: a consent that was given, or a decision that goes on.
    pub(super) fn is_open(&self) -> bool {
        let consents = self.acts.is_some_and(|acts| !acts.case.consents.is_empty());
        self.adopted.is_none() && (consents || self.votes.iter().any(|vote| vote.state.goes_on()))
    }

    fn vote(&mut self, decision: DocId, replaces: Version) -> &mut Vote {
        let known = self.votes.iter().position(|one| one.decision == decision);
        let at = known.unwrap_or_else(|| {
            self.votes.push(Vote {
                decision,
                replaces,
                under_way: false,
                said: None,
                state: VoteState::Overtaken,
            });
            self.votes.len() - 1
        });
        &mut self.votes[at]
    }
}

/// All versions of the charter that are spoken of.
pub(super) struct Ours<'a> {
    /// Those adopted in the order in which they were, then the others.
    pub(super) versions: Vec<Known<'a>>,
    /// How many are adopted.
    adopted: usize,
}

impl<'a> Ours<'a> {
    /// The version adopted last.
    pub(super) fn in_force(&self) -> Option<&Known<'a>> {
        self.versions[..self.adopted].last()
    }

    /// The version with this name.
    pub(super) fn get(&self, version: &str) -> Option<&Known<'a>> {
        let mut all = self.versions.iter();
        all.find(|one| one.version.to_string() == version)
    }
}

/// Something that may make a version ours, at its place in the order of acts.
struct Event<'a> {
    place: usize,
    /// Which version.
    which: usize,
    /// Somebody's word of a decision; `None`: consents enough.
    word: Option<&'a Decided>,
}

impl Vote {
    /// Whether members are at it while this version is in force, or only have to write down what came of it. What somebody merely says of a decision
    /// that is not here holds nobody up.
    pub(super) fn goes_on_after(&self, in_force: Version) -> bool {
        let due = self.under_way || self.state == VoteState::ToRecord;
        self.replaces == in_force && due
    }

    /// Takes in what comes of somebody's word about it.
    fn hear(&mut self, said: Said, state: VoteState) {
        self.said.get_or_insert(said);
        // Of several words, one that still may hold says more than one that does not.
        if state == VoteState::Adopted || self.state != VoteState::Waiting {
            self.state = state;
        }
    }
}

impl Network {
    /// Which versions of the charter are ours, at this moment (milliseconds since 1970, UTC): counts that claim to be later are not heard yet.
    /// Views must be fresh, and the charter in memory.
    pub(super) fn ours(&self, now: i64) -> Ours<'_> {
        #[cfg(test)]
        self.views.weighed.set(self.views.weighed.get() + 1);
        let mut versions = self.spoken_of(now);
        let mut in_force: Option<usize> = None;
        for event in events(&versions) {
            if versions[event.which].adopted.is_some() {
                continue;
            }
            let before = in_force.map(|at| &versions[at]);
            let state = event.word.map_or(VoteState::Adopted, |word| {
                let members = word.members.iter().copied().collect();
                match self.came_of(&word.decision, word.replaces, before, &members, now) {
                    VoteState::Overtaken if awaits(&versions, word.replaces) => VoteState::Waiting,
                    state => state,
                }
            });
            let one = &mut versions[event.which];
            if let Some(word) = event.word {
                one.vote(word.decision, word.replaces)
                    .hear(word.said, state);
            }
            if state == VoteState::Adopted {
                one.adopted = Some(event.adopted(one.acts));
                in_force = Some(event.which);
            }
        }
        self.look_at_unrecorded(&mut versions, in_force, now);
        let last = usize::MAX;
        versions.sort_by_key(|one| one.adopted.map_or(last, |adopted| adopted.place));
        let adopted = versions.iter().filter(|one| one.adopted.is_some());
        let adopted = adopted.count();
        Ours { versions, adopted }
    }

    /// The version that a decision is about, if it came out that it adopts it and nobody has said so.
    pub(super) fn to_record(&self, decision: &DocId, now: i64) -> Option<Adopting> {
        let ours = self.ours(now);
        let mut votes = ours.versions.iter().flat_map(|one| &one.votes);
        let vote = votes.find(|vote| vote.decision == *decision)?;
        let row = self.rows.get(decision)?;
        let facts = self.decision_facts.of(decision, &row.facts);
        (vote.state == VoteState::ToRecord).then(|| facts.adopting.clone())?
    }

    /// How decisions about the charter are taken while this version is in force; `None`: not all of it is here.
    pub(super) fn rule_of(&self, version: &Known<'_>) -> Option<VotingRule> {
        // What was here once may be set aside since: a removal cuts it off.
        self.taken_apart(&version.heads).ok()?;
        let mut known = self.views.rules.borrow_mut();
        if let Some(rule) = known.get(&version.version) {
            return Some(rule.clone());
        }
        let rule = VotingRule::of(&self.version_says(&version.heads).ok()?);
        known.insert(version.version, rule.clone());
        Some(rule)
    }

    /// Every version that acts name, and every other one that a decision was put about.
    fn spoken_of(&self, now: i64) -> Vec<Known<'_>> {
        let charter = DocId::singleton(&self.id, DocKind::Charter);
        let acts = self.membership.adoptions().iter();
        let acts = acts.filter(|one| one.document == charter);
        let mut versions: Vec<Known<'_>> = acts
            .map(|acts| Known {
                version: acts.version,
                heads: acts.heads.clone(),
                acts: Some(acts),
                adopted: None,
                votes: Vec::new(),
            })
            .collect();
        let rows = self.rows.iter();
        for (decision, row) in rows.filter(|(doc, _)| doc.kind() == Some(DocKind::Decision)) {
            let facts = self.decision_facts.of(decision, &row.facts);
            let Some(about) = facts.adopting.as_ref().filter(|_| !row.binned) else {
                continue;
            };
            let counted = self.is_counted(decision, facts.closes, now);
            let phase = Phase::of(&facts, counted, now);
            if matches!(phase, Phase::Draft | Phase::Withdrawn) {
                continue;
            }
            let version = Version::of(&charter, about.heads());
            let known = versions.iter().position(|one| one.version == version);
            let at = known.unwrap_or_else(|| {
                versions.push(Known {
                    version,
                    heads: about.heads().to_vec(),
                    acts: None,
                    adopted: None,
                    votes: Vec::new(),
                });
                versions.len() - 1
            });
            let vote = versions[at].vote(*decision, Version::named(about.replaces()));
            vote.under_way = phase.is_under_way();
        }
        versions
    }

    /// What comes by now of the decisions that adopted nothing so far.
    fn look_at_unrecorded(&self, versions: &mut [Known<'_>], in_force: Option<usize>, now: i64) {
        let members: BTreeSet<MemberId> = self.membership.members().map(|one| one.id).collect();
        for which in 0..versions.len() {
            if versions[which].adopted.is_some() {
                continue;
            }
            for at in 0..versions[which].votes.len() {
                let vote = versions[which].votes[at];
                let before = in_force.map(|at| &versions[at]);
                let came = self.came_of(&vote.decision, vote.replaces, before, &members, now);
                versions[which].votes[at].state = match came {
                    // Also where somebody said so at a place where it did not hold: one untrue word keeps no true one out.
                    VoteState::Adopted => VoteState::ToRecord,
                    _ if vote.said.is_some() => vote.state,
                    VoteState::Waiting => VoteState::Open,
                    VoteState::Overtaken if awaits(versions, vote.replaces) => VoteState::Open,
                    state => state,
                };
            }
        }
    }

    /// What comes of a decision that is to replace a version, where `before` is in force and these persons are members: by what is here.
    fn came_of(
        &self,
        decision: &DocId,
        replaces: Version,
        before: Option<&Known<'_>>,
        members: &BTreeSet<MemberId>,
        now: i64,
    ) -> VoteState {
        let Some(before) = before.filter(|one| one.version == replaces) else {
            return VoteState::Overtaken;
        };
        let (Some(rule), Some(row)) = (self.rule_of(before), self.rows.get(decision)) else {
            return VoteState::Waiting;
        };
        let facts = self.decision_facts.of(decision, &row.facts);
        // What the decision says by now only tells apart what as many persons wrote down: somebody may have taken it out of there.
        let terms = facts.terms.clone();
        let terms = terms.unwrap_or_else(|| Terms::of(&DecisionContent::default()));
        let known = self.membership.members().map(|one| one.id);
        let known = known.chain(self.membership.former().map(|one| one.id));
        let from = Deciding {
            terms: &terms,
            ballots: &self.ballots_of(decision).collect::<Vec<_>>(),
            counts: &self.counts_of(decision, now),
            marks: &std::collections::BTreeMap::new(),
            electors: &self.electors(&BTreeSet::new()),
            known: &known.collect(),
        };
        match settled(&from, &rule, members) {
            Settled::Adopted => VoteState::Adopted,
            Settled::NotAdopted => VoteState::NotAdopted,
            Settled::OtherTerms => VoteState::OtherTerms,
            Settled::Uncounted | Settled::Awaited => VoteState::Waiting,
        }
    }
}

impl Event<'_> {
    /// How the version became ours by it.
    fn adopted(&self, acts: Option<&Adoption>) -> Adopted {
        let said = self.word.map(|word| word.said);
        let consent = || acts.and_then(|acts| acts.case.consents.last().copied());
        Adopted {
            place: self.place,
            at_ms: said.or_else(consent).map_or(0, |said| said.at_ms),
            decision: self.word.map(|word| word.decision),
        }
    }
}

/// Whether a version may turn out to be ours once more has arrived, so that it is too early to say what became of decisions that are to replace it.
fn awaits(versions: &[Known<'_>], version: Version) -> bool {
    let mut named = versions.iter().filter(|one| one.version == version);
    named.any(|one| {
        one.votes
            .iter()
            .any(|vote| vote.state == VoteState::Waiting)
    })
}

/// What may make versions ours, in the order of acts.
fn events<'a>(versions: &[Known<'a>]) -> Vec<Event<'a>> {
    let mut events = Vec::new();
    for (which, one) in versions.iter().enumerate() {
        let Some(acts) = one.acts else { continue };
        let consents = acts.completed.map(|place| (place, None));
        let words = acts.decided.iter().map(|word| (word.place, Some(word)));
        events.extend(
            consents
                .into_iter()
                .chain(words)
                .map(|(place, word)| Event { place, which, word }),
        );
    }
    events.sort_by_key(|event| event.place);
    events
}
