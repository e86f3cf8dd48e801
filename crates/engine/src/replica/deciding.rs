//! What views say of decisions: the register, and one decision with its ballots put together from everybody's notebook.

use std::collections::{BTreeMap, BTreeSet};

use automerge::Automerge;
use tresse_model::{
    Answer, Ballot, CastId, Count, Deciding, DecisionContent, DocId, DocKind, MemberId, NetworkId,
    Standing, Terms, VotingRule, excerpt, is_counted, read_decision, standing, tally,
};
use tresse_report::DecisionExport;
use tresse_store::Summary;
use tresse_trust::Version;

use super::{
    Network, Replica,
    summaries::{EXCERPT, kept},
};
use crate::{
    AboutVersion, BallotView, CommandError, CountView, DecisionAction, DecisionRow, DecisionView,
    DecisionsView, LateView, MyBallot, Phase, PlanView, decision_view::DecisionFacts,
};

/// One open decision before ballots are looked at.
#[derive(Debug, Clone)]
pub(super) struct OpenDecision {
    pub(super) content: DecisionContent,
    pub(super) body: crate::TextView,
    pub(super) read_only: bool,
}

/// Whether what others say is not shown yet.
fn is_hidden(content: &DecisionContent, phase: Phase) -> bool {
    content.reveals_late() && !phase.is_over()
}

/// How far the clock of who counted may be ahead of this one: milliseconds.
const AHEAD: i64 = 5 * 60 * 1_000;

impl Replica {
    /// A decision that is not in the bin, with what comes of its ballots, and when it changed.
    pub(super) fn export_decision(
        &mut self,
        id: &NetworkId,
        doc: &DocId,
        now: i64,
    ) -> Result<Option<(i64, DecisionExport)>, CommandError> {
        let row = self.network_ref(id)?.rows.get(doc);
        let Some(changed) = row.filter(|row| !row.binned).map(|row| row.changed_ms) else {
            return Ok(None);
        };
        // Ballots stand in notebooks.
        self.refresh(id)?;
        let content = self.read(id, doc, |doc, authors| read_decision(doc, authors))?;
        let standing = self.network_ref(id)?.decision_standing(doc, &content, now);
        let phase = Phase::of(&DecisionFacts::of(&content), standing.counted, now);
        let export = DecisionExport {
            id: *doc,
            phase: phase.word().to_owned(),
            tally: (!is_hidden(&content, phase)).then(|| tally(&standing)),
            provisional: standing.is_provisional(),
            terms: standing.terms,
            content,
        };
        Ok(Some((changed, export)))
    }
}

impl Network {
    /// What the list says of a decision.
    pub(super) fn list_decision(decision: &DocId, doc: &Automerge, row: &mut Summary) {
        let content = read_decision(doc, &());
        row.facts = kept(&DecisionFacts::named(&content, decision));
        row.excerpt = excerpt(&content.body, EXCERPT);
        row.title = content.title;
        row.binned = content.binned;
    }

    /// Everybody's ballots in a decision, as far as their notebooks are here.
    pub(super) fn ballots_of(&self, decision: &DocId) -> impl Iterator<Item = &Ballot> {
        let said = self
            .views
            .said()
            .filter_map(|said| said.ballots.get(decision));
        said.flatten()
    }

    /// Everybody's counts of a decision. One that claims to come from the future is heard when that has come.
    pub(super) fn counts_of(&self, decision: &DocId, now: i64) -> Vec<&Count> {
        let said = self
            .views
            .said()
            .filter_map(|said| said.counts.get(decision));
        said.flatten()
            .filter(|count| count.at <= now.saturating_add(AHEAD))
            .collect()
    }

    /// Whether it is counted, `closes` being when it ends by what it says.
    pub(super) fn is_counted(&self, decision: &DocId, closes: Option<i64>, now: i64) -> bool {
        // Notebooks are read of nobody else than who is or was a member.
        is_counted(&self.counts_of(decision, now), closes, |_| true)
    }

    /// Who is asked now: who is a member and named, or every member where nobody is.
    pub(super) fn electors(&self, concerned: &BTreeSet<MemberId>) -> BTreeSet<MemberId> {
        let members = self.membership.members().map(|one| one.id);
        members
            .filter(|one| concerned.is_empty() || concerned.contains(one))
            .collect()
    }

    /// Which ballots of a decision count, by what is here.
    pub(super) fn decision_standing(
        &self,
        decision: &DocId,
        content: &DecisionContent,
        now: i64,
    ) -> Standing {
        let members = self.membership.members().map(|one| one.id);
        let known = members.chain(self.membership.former().map(|one| one.id));
        standing(&Deciding {
            terms: &Terms::of(content),
            ballots: &self.ballots_of(decision).collect::<Vec<_>>(),
            counts: &self.counts_of(decision, now),
            marks: &content.marks,
            electors: &self.electors(&content.concerned),
            known: &known.collect(),
        })
    }

    /// Adds to a new count who was asked and left out of all counts before: who was a member when it was first counted.
    pub(super) fn add_left_out(
        &self,
        ballots: &mut BTreeMap<MemberId, Option<CastId>>,
        decision: &DocId,
        content: &DecisionContent,
        standing: &Standing,
        first: i64,
    ) {
        let electors = self.electors(&content.concerned);
        for member in self.membership.members() {
            let since = i64::try_from(member.at_ms).unwrap_or(i64::MAX);
            if !electors.contains(&member.id) || since > first || ballots.contains_key(&member.id) {
                continue;
            }
            let theirs = self
                .ballots_of(decision)
                .filter(|one| one.member == member.id);
            let in_time = theirs.filter(|one| one.holds_by(standing.terms.closes));
            let newest = in_time.max_by_key(|one| (one.at, one.id));
            ballots.insert(member.id, newest.map(|one| one.id));
        }
    }

    /// The register, from the list and everybody's notebook; and when it will next change by itself.
    pub(super) fn decisions_view(&self, me: &MemberId, now: i64) -> (DecisionsView, i64) {
        let all = self.rows.iter();
        let ours = all.filter(|(doc, _)| doc.kind() == Some(DocKind::Decision));
        let mut view = DecisionsView::default();
        let mut next = i64::MAX;
        for (doc, row) in ours {
            let list = if row.binned {
                &mut view.binned
            } else {
                &mut view.decisions
            };
            let row = self.decision_row(doc, row, me, now);
            if !row.phase.is_over()
                && let Some(closes) = row.closes.filter(|closes| *closes > now)
            {
                next = next.min(closes);
            }
            list.push(row);
        }
        let newest = |a: &DecisionRow, b: &DecisionRow| {
            b.changed.cmp(&a.changed).then_with(|| a.id.cmp(&b.id))
        };
        view.decisions.sort_by(newest);
        view.binned.sort_by(newest);
        let mut asked: Vec<&DecisionRow> = view.decisions.iter().filter(|row| row.asked).collect();
        // Those that end at no time have no order of their own: a name is one that people can follow, and an id is drawn by lot.
        asked.sort_by_cached_key(|row| {
            let closes = row.closes.unwrap_or(i64::MAX);
            (closes, tresse_model::fold(&row.title), row.id)
        });
        view.asked = asked.into_iter().map(|row| row.id).collect();
        (view, next)
    }

    fn decision_row(&self, doc: &DocId, row: &Summary, me: &MemberId, now: i64) -> DecisionRow {
        let facts = self.decision_facts.of(doc, &row.facts);
        let counted = self.is_counted(doc, facts.closes, now);
        let phase = Phase::of(&facts, counted, now);
        let mine = self.ballots_of(doc).filter(|one| one.member == *me);
        let last = mine
            .filter(|one| one.holds_by(facts.closes))
            .max_by_key(|one| (one.at, one.id));
        let voted = last.is_some_and(|one| one.answer.says());
        let asked = phase == Phase::Open && facts.asks(me) && !voted && !row.binned;
        let title = |meeting: &DocId| self.rows.get(meeting).map(|row| row.title.clone());
        DecisionRow {
            id: *doc,
            title: row.title.clone(),
            method: facts.method,
            phase,
            closes: facts.closes,
            asked,
            voted,
            outcome: facts.outcome.clone(),
            outcome_on: facts.outcome_on.clone(),
            review: facts.review.clone(),
            meeting_title: facts.meeting.as_ref().and_then(title).unwrap_or_default(),
            meeting: facts.meeting,
            actions: facts.actions,
            excerpt: row.excerpt.clone(),
            changed: row.changed_ms,
            author: self.author_name(doc, &row.changed_actor),
        }
    }

    /// One decision, whole.
    pub(super) fn decision_view(
        &self,
        id: DocId,
        open: &OpenDecision,
        plan: &PlanView,
        me: &MemberId,
        now: i64,
    ) -> DecisionView {
        let content = &open.content;
        let standing = self.decision_standing(&id, content, now);
        let phase = Phase::of(&DecisionFacts::of(content), standing.counted, now);
        let hidden = is_hidden(content, phase);
        let by_id: BTreeMap<CastId, &Ballot> =
            self.ballots_of(&id).map(|one| (one.id, one)).collect();
        let known = |cast: &CastId| by_id.get(cast).copied();
        let mut elector = standing.electors.iter();
        let own = elector.find(|one| one.member == *me);
        let mine = own.and_then(|one| known(&one.ballot?));
        let mine = mine.filter(|one| one.answer.says()).map(|one| MyBallot {
            ballot: one.id,
            at: one.at,
            answer: one.answer.clone(),
        });
        let late = standing.late.iter().filter_map(known).map(|one| LateView {
            name: self.name_of(&one.member),
            at: one.at,
        });
        let says = |answer: &Option<Answer>| answer.as_ref().is_some_and(Answer::says);
        let electors = standing.electors.iter();
        let voted = electors
            .filter(|one| one.awaited || says(&one.answer))
            .count();
        // A charter that was changed since it was put to the members, or counted, says nothing of it any more.
        let charter = match phase {
            Phase::Counted | Phase::Concluded | Phase::Withdrawn => None,
            Phase::Draft => Some(self.known_voting_rule()),
            Phase::Collecting | Phase::Open | Phase::ToCount => VotingRule::then(content),
        };
        let departs = charter.map(|rule| rule.departures(&standing.terms));
        DecisionView {
            id,
            phase,
            asked: own.is_some(),
            mine,
            hidden,
            tally: (!hidden).then(|| tally(&standing)),
            provisional: standing.is_provisional(),
            awaited: standing.awaited(),
            electors: standing.electors.len(),
            voted,
            ballots: self.ballot_views(&standing, content, &by_id, me, hidden),
            late: late.collect(),
            after_close: standing.after_close.len(),
            counts: self.count_views(&id, now),
            disputed: standing
                .disputed
                .iter()
                .map(|one| self.name_of(one))
                .collect(),
            actions: actions(content, plan),
            meeting_title: content
                .meeting
                .and_then(|meeting| Some(self.rows.get(&meeting)?.title.clone()))
                .unwrap_or_default(),
            names: self.names_in(content, &standing),
            about: self.about_version(&id, content),
            departs: departs.unwrap_or_default(),
            terms: standing.terms,
            content: content.clone(),
            body: open.body.clone(),
            read_only: open.read_only,
        }
    }

    /// The version that a decision is about, and how it stands by the versions as they were last looked at.
    fn about_version(&self, id: &DocId, content: &DecisionContent) -> Option<AboutVersion> {
        let about = content.adopts(id)?;
        let charter = DocId::singleton(&self.id, DocKind::Charter);
        let version = Version::of(&charter, about.heads()).to_string();
        let replaces = Version::named(about.replaces()).to_string();
        let versions = self.views.versions();
        let known = versions.get(&version);
        let mut votes = known.iter().flat_map(|one| &one.votes);
        let vote = votes.find(|vote| vote.decision == *id);
        let here = |version: &str| versions.get(version).is_some_and(|one| one.here);
        Some(AboutVersion {
            state: vote.map(|vote| vote.state.clone()).unwrap_or_default(),
            said_by: vote.and_then(|vote| vote.said_by.clone()),
            here: here(&version) && here(&replaces),
            version,
            replaces,
        })
    }

    fn ballot_views(
        &self,
        standing: &Standing,
        content: &DecisionContent,
        by_id: &BTreeMap<CastId, &Ballot>,
        me: &MemberId,
        hidden: bool,
    ) -> Vec<BallotView> {
        let nameless = content.hides_names();
        let here = standing
            .electors
            .iter()
            .filter_map(|one| by_id.get(&one.ballot?));
        let said = here.filter(|one| one.answer.says() && (!hidden || one.member == *me));
        let mut views: Vec<BallotView> = said
            .map(|one| {
                let reply = content.replies.get(&one.id).cloned().unwrap_or_default();
                let mut view = BallotView {
                    ballot: Some(one.id),
                    member: Some(one.member),
                    name: self.name_of(&one.member),
                    mine: one.member == *me,
                    at: one.at,
                    answer: one.answer.clone(),
                    reply,
                };
                if nameless {
                    // Nothing that would tell whose it is: neither when nor in which order.
                    (view.ballot, view.member, view.at) = (None, None, 0);
                    view.name.clear();
                }
                view
            })
            .collect();
        if nameless {
            views
                .sort_by_cached_key(|view| serde_json::to_string(&view.answer).unwrap_or_default());
        } else {
            views.sort_by_cached_key(|view| (view.name.to_lowercase(), view.member));
        }
        views
    }

    fn count_views(&self, decision: &DocId, now: i64) -> Vec<CountView> {
        let mut counts = self.counts_of(decision, now);
        counts.sort_by_key(|one| (one.at, one.id));
        let view = |count: &Count| CountView {
            name: self.name_of(&count.by),
            at: count.at,
            reason: count.reason.clone(),
            ballots: count.ballots.values().flatten().count(),
            electors: count.ballots.len(),
        };
        counts.into_iter().map(view).collect()
    }

    fn names_in(&self, content: &DecisionContent, standing: &Standing) -> BTreeMap<String, String> {
        let named = content.concerned.iter().copied().chain(content.decider());
        let named = named.chain(content.put_by).chain(content.outcome_by);
        let electors = standing.electors.iter().map(|one| one.member);
        named
            .chain(electors)
            .map(|one| (one.to_string(), self.name_of(&one)))
            .collect()
    }
}

fn actions(content: &DecisionContent, plan: &PlanView) -> Vec<DecisionAction> {
    let made = content.actions.iter();
    made.map(|id| {
        let action = plan.content.actions.iter().find(|one| one.id == *id);
        DecisionAction {
            id: *id,
            title: action.map(|one| one.title.clone()).unwrap_or_default(),
            done: action.is_some_and(|one| !one.is_open()),
        }
    })
    .collect()
}
