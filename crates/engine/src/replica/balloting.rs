//! Casting ballots, counting them, publishing what weighted criteria come to.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tresse_model::{
    Answer, Ballot, BallotEdit, CastId, Count, CountId, DecisionContent, DecisionEdit,
    DecisionField, DocId, DocKind, Edit, MemberId, Method, NetworkId, Standing, Terms, tally,
};

use super::{
    Replica,
    decisions::{not_open, refused},
    undo::{Stays, Way},
};
use crate::{CommandError, Moment, Phase};

impl Replica {
    /// My ballot: in my notebook, and a mark of it in the decision. Undone as one.
    pub(super) fn cast(
        &mut self,
        network: NetworkId,
        decision: DocId,
        answer: Answer,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let (content, phase) = self.decision_now(&network, decision, moment)?;
        let me = self.may_vote(&network, &content, phase)?;
        Terms::of(&content)
            .takes(&answer)
            .map_err(|error| refused(&error))?;
        self.write_ballot(network, decision, me, answer, content.closes, moment)
    }

    pub(super) fn take_ballot_back(
        &mut self,
        network: NetworkId,
        decision: DocId,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let (content, phase) = self.decision_now(&network, decision, moment)?;
        let me = self.may_vote(&network, &content, phase)?;
        let state = self.network_ref(&network)?;
        let mut all = state.ballots_of(&decision);
        let held = all.any(|one| one.member == me && one.holds_by(content.closes));
        drop(all);
        if !held {
            return Err(CommandError::new(
                "no-ballot",
                "there is no ballot of yours in this decision",
            ));
        }
        self.write_ballot(
            network,
            decision,
            me,
            Answer::Withdrawn {},
            content.closes,
            moment,
        )
    }

    fn may_vote(
        &self,
        network: &NetworkId,
        content: &DecisionContent,
        phase: Phase,
    ) -> Result<MemberId, CommandError> {
        match phase {
            Phase::Open => {}
            Phase::Concluded if !content.method.is_counted() && content.closes.is_none() => {}
            Phase::Collecting => {
                return Err(CommandError::new(
                    "still-collecting",
                    "criteria are still collected: they are weighed in the next step",
                ));
            }
            phase => return Err(not_open(phase)),
        }
        let me = self.me_in(network)?;
        if !content.concerned.is_empty() && !content.concerned.contains(&me) {
            return Err(CommandError::new(
                "not-asked",
                "this decision is put to others: it names who is asked",
            ));
        }
        Ok(me)
    }

    fn write_ballot(
        &mut self,
        network: NetworkId,
        decision: DocId,
        me: MemberId,
        answer: Answer,
        closes: Option<i64>,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let state = self.network_ref(&network)?;
        let mine = state.ballots_of(&decision).filter(|one| one.member == me);
        let last = mine
            .filter(|one| one.holds_by(closes))
            .map(|one| one.at)
            .max();
        // What is said now holds over what was said before, even where a clock was put back meanwhile.
        let at = last.map_or(moment.now, |last| moment.now.max(last.saturating_add(1)));
        // Of two that claim the closing moment itself nobody could tell which was meant.
        if closes.is_some_and(|closes| at > closes) {
            return Err(CommandError::new(
                "ballot-last-moment",
                "your last ballot bears the closing moment itself, by a clock that was ahead: no later one can take its place",
            ));
        }
        let (ballot, _) = Ballot::new(decision, me, at, answer.clone());
        let notebook = DocId::notebook(&network, &me);
        let cast = Edit::Ballot(BallotEdit::Cast {
            decision,
            member: me,
            at,
            answer,
        });
        let mark = Edit::Decision(DecisionEdit::Mark {
            member: me,
            ballot: ballot.id,
        });
        self.apply_together(&network, &[(notebook, cast), (decision, mark)], moment)?;
        Ok(json!({ "ballot": ballot.id }))
    }

    /// Refuses to undo, or redo, a ballot of which nothing can change any more; and leaves it out of the history, so that what was done
    /// before it can still be undone.
    pub(super) fn ballot_may_turn(
        &mut self,
        network: &NetworkId,
        docs: &[DocId],
        way: Way,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let of = |kind: DocKind| docs.iter().find(|doc| doc.kind() == Some(kind));
        // Only a ballot is one step in both.
        let (Some(decision), Some(_)) = (of(DocKind::Decision), of(DocKind::Notebook)) else {
            return Ok(());
        };
        let (content, phase) = self.decision_now(network, *decision, moment)?;
        let over = match phase {
            Phase::ToCount | Phase::Counted => true,
            Phase::Concluded => content.method.is_counted() || content.closes.is_some(),
            Phase::Draft | Phase::Collecting | Phase::Open | Phase::Withdrawn => false,
        };
        if !over {
            return Ok(());
        }
        self.network_mut(network)?.undo.forget_next(way);
        Err(CommandError::new(
            "ballot-stays",
            "the ballot is closed: yours stays as it was. What you did before it can still be undone",
        ))
    }

    /// Records who is asked and which ballot of each is known here.
    pub(super) fn count(
        &mut self,
        network: NetworkId,
        decision: DocId,
        reason: Option<String>,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let (content, phase) = self.decision_now(&network, decision, moment)?;
        let again = matches!(phase, Phase::Counted | Phase::Concluded);
        if phase != Phase::ToCount && !again {
            return Err(match phase {
                Phase::Draft | Phase::Withdrawn => not_open(phase),
                _ => CommandError::new(
                    "still-open",
                    "people can still cast their ballots: it is counted once the end has come",
                ),
            });
        }
        let reason = reason.unwrap_or_default().trim().to_owned();
        let state = self.network_ref(&network)?;
        let known = state.counts_of(&decision, moment.now);
        if known.is_empty() && again {
            return Err(not_open(phase));
        }
        if again && reason.is_empty() {
            return Err(CommandError::new(
                "recount-reason",
                "this was counted already: say why it is counted again",
            ));
        }
        let standing = state.decision_standing(&decision, &content, moment.now);
        let mut ballots = named(&standing, &content);
        if again {
            let late = state
                .ballots_of(&decision)
                .filter(|one| standing.late.contains(&one.id));
            let mut late: Vec<&Ballot> = late.collect();
            late.sort_by_key(|one| (one.at, one.id));
            ballots.extend(late.into_iter().map(|one| (one.member, Some(one.id))));
            let first = known.iter().map(|one| one.at).min().unwrap_or(moment.now);
            state.add_left_out(&mut ballots, &decision, &content, &standing, first);
        }
        let count = Count {
            id: CountId::from_bytes([0; CountId::LEN]),
            decision,
            by: self.me_in(&network)?,
            at: moment.now,
            after: known.iter().map(|one| one.id).collect(),
            reason,
            terms: standing.terms.clone(),
            ballots,
        };
        let (count, _) = count.named();
        let (id, by) = (count.id, count.by);
        let notebook = DocId::notebook(&network, &by);
        let edit = Edit::Ballot(BallotEdit::Count(Box::new(count)));
        // Others may rely on it: nobody takes it back, and nothing that was done before.
        self.apply(&network, &notebook, &edit, moment)?;
        self.network_mut(&network)?.undo.said(Stays::Count);
        let version = self.record_counted(&network, &decision, moment);
        let mut answer = json!({ "count": id });
        if let Some(version) = version {
            answer["adopted"] = json!(version);
        }
        Ok(answer)
    }

    /// Makes a page of the table of weighted criteria, or brings the one that was made up to date. Two who publish at once make
    /// one page.
    pub(super) fn publish_table(
        &mut self,
        network: NetworkId,
        decision: DocId,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let (content, phase) = self.decision_now(&network, decision, moment)?;
        let ready = matches!(phase, Phase::Counted | Phase::Concluded);
        if content.method != Method::Criteria || !ready {
            return Err(CommandError::new(
                "nothing-to-publish",
                "the table of criteria is published once its ballots are counted",
            ));
        }
        let standing = self
            .network_ref(&network)?
            .decision_standing(&decision, &content, moment.now);
        let Some(table) = tally(&standing).table else {
            return Err(CommandError::new("internal", "criteria without a table"));
        };
        let french = self.profile.lang != "en";
        let text = tresse_report::criteria_markdown(&standing.terms.question, &table, french);
        let csv = tresse_report::criteria_csv(&table, french);
        let page = published_page(&network, &decision);
        let there = self.network_ref(&network)?.heads.contains_key(&page);
        let edit = if there {
            Edit::ReplaceText { text }
        } else {
            Edit::InitPage {
                title: content.title.clone(),
                tags: Vec::new(),
                text: Some(text),
            }
        };
        let link = Edit::Decision(DecisionEdit::Set {
            field: DecisionField::Published,
            value: Some(page.to_string()),
        });
        let made = self.apply_together(&network, &[(page, edit), (decision, link)], moment)?;
        self.text_landed(&network, &page, &made[0].splices);
        Ok(json!({ "page": page, "csv": csv }))
    }
}

/// Everybody who is asked, and the ballot of each that is known of: where their own machine speaks of one that has not arrived,
/// that one.
fn named(standing: &Standing, content: &DecisionContent) -> BTreeMap<MemberId, Option<CastId>> {
    let electors = standing.electors.iter();
    electors
        .map(|one| {
            let marked = content.marks.get(&one.member).copied();
            let marked = marked.filter(|_| one.awaited && !standing.counted);
            (one.member, marked.or(one.ballot))
        })
        .collect()
}

/// The page of a decision's table: the same for everybody.
fn published_page(network: &NetworkId, decision: &DocId) -> DocId {
    let mut hasher = blake3::Hasher::new_derive_key("tresse 2026 decision page");
    hasher.update(network.as_bytes());
    hasher.update(&decision.to_bytes());
    let mut key = [0; 16];
    key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    DocId::page(key)
}
