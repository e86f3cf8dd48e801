//! The end of a network: acts that close and reopen it, and what views say of it.

use serde_json::{Value, json};
use tresse_model::{DocId, DocKind, Edit, MemberId, NetworkField, NetworkId};
use tresse_trust::{
    Body, Case, CaseState, Closed, Closing, MAX_CLOSING_BYTES, MAX_NAME_BYTES, Outcome,
    ReopeningCase, Said, Successor,
};

use super::{
    Network, Replica,
    archiving::Archives,
    edits::Planned,
    governance::{day, state_word},
    undo::Way,
};
use crate::{
    AfterView, ClosedView, ClosingCommand, ClosingOutcome, ClosingProposal, ClosingView,
    ClosingWords, CommandError, DecisionCommand, Moment, ReopeningProposal, ReviewView,
    SuccessorView,
};

/// As many documents that changed after a closing as are named.
const MOST_AFTER: usize = 50;

impl Replica {
    /// Carries out what is asked about the end of a network.
    pub(super) fn closing_command(
        &mut self,
        command: ClosingCommand,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        match command {
            ClosingCommand::Propose {
                network,
                outcome,
                into,
                name,
                words,
                decision,
            } => {
                let outcome = self.outcome(&network, outcome, into, name)?;
                let words = words_of(words)?;
                let decision = decision
                    .map(|decision| self.known(&network, decision, DocKind::Decision))
                    .transpose()?;
                let closing = Closing {
                    outcome,
                    words,
                    decision,
                };
                self.close(&network, closing, moment)
            }
            ClosingCommand::Consent { network, closing } => {
                let known = self.network_ref(&network)?.membership.closings();
                let mut known = known.iter();
                let found = known.find(|one| one.closing.id().to_string() == closing);
                let closing = found.map(|one| one.closing.clone()).ok_or_else(|| {
                    CommandError::new("no-closing", "nobody proposed to close the network so")
                })?;
                self.close(&network, closing, moment)
            }
            ClosingCommand::Reopen { network, words } => self.reopen(&network, words, moment),
            ClosingCommand::Withdraw { network, closing } => {
                self.take_consent_back(&network, closing.as_deref(), moment)
            }
            ClosingCommand::Continue { network, until } => self.go_on(network, &until, moment),
            ClosingCommand::Decide { network } => self.decide_on_purpose(network, moment),
            ClosingCommand::Archive { .. } => Err(CommandError::new(
                "needs-folder",
                "an archive is written where the profile lies: this copy lies nowhere",
            )),
        }
    }

    /// What becomes of the network, in the words of an act.
    fn outcome(
        &mut self,
        id: &NetworkId,
        outcome: ClosingOutcome,
        into: Option<NetworkId>,
        name: Option<String>,
    ) -> Result<Outcome, CommandError> {
        self.network_ref(id)?;
        let named = name.map(|name| name.trim().to_owned());
        let named = named.filter(|name| !name.is_empty());
        match outcome {
            ClosingOutcome::Merged => {}
            _ if into.is_some() || named.is_some() => {
                return Err(CommandError::new(
                    "closing-into",
                    "only a network that goes on in another one names it: say `merged`",
                ));
            }
            ClosingOutcome::PurposeMet => return Ok(Outcome::PurposeMet),
            ClosingOutcome::NoLongerNeeded => return Ok(Outcome::NoLongerNeeded),
        }
        let Some(into) = into else {
            let name = named.ok_or_else(|| {
                CommandError::new("closing-into-none", "say in which network it goes on")
            })?;
            if name.len() > MAX_NAME_BYTES || name.chars().any(char::is_control) {
                return Err(CommandError::new(
                    "bad-name",
                    "a network's name is one line of at most 256 bytes",
                ));
            }
            return Ok(Outcome::MergedInto(Successor {
                name,
                network: None,
            }));
        };
        if into == *id {
            return Err(CommandError::new(
                "own-network",
                "a network does not go on in itself: choose another one",
            ));
        }
        if self.network_ref(&into)?.membership.closed().is_some() {
            return Err(CommandError::new(
                "closing-into-closed",
                "the network that it would go on in is closed itself",
            ));
        }
        let doc = DocId::singleton(&into, DocKind::Network);
        let name = self.read(&into, &doc, |doc, authors| {
            tresse_model::read_network(doc, authors).name
        })?;
        let name: String = cut(name.trim(), MAX_NAME_BYTES);
        let name = name.chars().filter(|letter| !letter.is_control()).collect();
        Ok(Outcome::MergedInto(Successor {
            name,
            network: Some(into),
        }))
    }

    fn close(
        &mut self,
        id: &NetworkId,
        closing: Closing,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let me = self.me_in(id)?;
        let network = self.network_ref(id)?;
        let base = network.membership.turned_by().ok_or_else(no_turn)?;
        let name = closing.id().to_string();
        let mut known = network.membership.closings().iter();
        let mine = known.any(|one| {
            one.base == base
                && one.closing == closing
                && one.case.state == CaseState::Pending
                && one.case.consents.iter().any(|said| said.by == me)
        });
        // Said once, it stays said, unless it must be said again to be complete.
        if !mine {
            self.say_on_command(id, &Body::Close { base, closing }, moment)?;
        }
        let closed = self.network_ref(id)?.membership.closed().is_some();
        Ok(json!({ "closing": name, "closed": closed }))
    }

    fn reopen(
        &mut self,
        id: &NetworkId,
        words: Option<String>,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let me = self.me_in(id)?;
        let network = self.network_ref(id)?;
        let base = network.membership.turned_by().ok_or_else(no_turn)?;
        let case = open_reopening(network);
        let said = case.is_some_and(|one| {
            one.case.state == CaseState::Pending
                && one.case.consents.iter().any(|said| said.by == me)
        });
        let words = match words {
            None => case.map(|one| one.words.clone()).unwrap_or_default(),
            words => words_of(words)?,
        };
        if !said {
            self.say_on_command(id, &Body::Reopen { base, words }, moment)?;
        }
        let reopened = self.network_ref(id)?.membership.closed().is_none();
        Ok(json!({ "reopened": reopened }))
    }

    /// Takes back what I consented to and what is not done: the closing that is named, or the reopening.
    fn take_consent_back(
        &mut self,
        id: &NetworkId,
        closing: Option<&str>,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let me = self.me_in(id)?;
        let members = &self.network_ref(id)?.membership;
        let closings = members.closings().iter();
        let found = if let Some(named) = closing {
            let mut named = closings.filter(|one| one.closing.id().to_string() == named);
            named.find_map(|one| my_consent(&one.case, &me))
        } else {
            let mut reopenings = members.reopenings().iter();
            reopenings.find_map(|one| my_consent(&one.case, &me))
        };
        let Some(Said { act: consent, .. }) = found.copied() else {
            return Err(CommandError::new(
                "act-no-consent",
                "there is no consent of yours to take back: it never was, or it is done",
            ));
        };
        self.say_on_command(id, &Body::Withdraw { consent }, moment)?;
        Ok(json!({ "withdrawn": true }))
    }

    /// Takes back my last consent to a closing or reopening that is not done, if there is one: whether it did.
    pub(super) fn unsay_turn(
        &mut self,
        id: &NetworkId,
        moment: &Moment,
    ) -> Result<bool, CommandError> {
        let me = self.me_in(id)?;
        let members = &self.network_ref(id)?.membership;
        let closings = members.closings().iter().map(|one| &one.case);
        let cases = closings.chain(members.reopenings().iter().map(|one| &one.case));
        let mine = cases.filter_map(|case| my_consent(case, &me));
        let Some(consent) = mine.max_by_key(|said| said.at_ms).map(|said| said.act) else {
            return Ok(false);
        };
        self.say_if_allowed(id, &Body::Withdraw { consent }, moment)?;
        self.network_mut(id)?.undo.forget_next(Way::Undo);
        Ok(true)
    }

    /// Sets the next day on which the network looks at its purpose.
    fn go_on(
        &mut self,
        network: NetworkId,
        until: &str,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        day(until)?;
        if until.trim() <= moment.today().as_str() {
            return Err(CommandError::new(
                "review-not-ahead",
                "the next review comes after today: choose a later day",
            ));
        }
        let edit = Edit::SetNetwork {
            field: NetworkField::ReviewDate,
            value: Some(until.trim().to_owned()),
        };
        self.carry_out(Planned::of(network, DocKind::Network, edit), moment)
    }

    /// Makes the decision by which the network answers whether it has met its purpose.
    fn decide_on_purpose(
        &mut self,
        network: NetworkId,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let create = DecisionCommand::Create {
            network,
            title: String::new(),
            meeting: None,
            template: Some("purpose-met".to_owned()),
            question: None,
        };
        self.decision_command(create, moment)
    }

    /// Whether the network is open, as far as is known here: in a closed one nothing is written.
    pub(super) fn is_open(&self, network: &NetworkId) -> Result<(), CommandError> {
        match self.network_ref(network)?.membership.closed() {
            None => Ok(()),
            Some(_) => Err(CommandError::new(
                "network-closed",
                "this network is closed: it can be read and exported, and reopened by as many as change its rules",
            )),
        }
    }

    /// Whether this person may write in the document now: its network is open, and [`Replica::may_write`].
    pub(super) fn may_edit(&self, network: &NetworkId, doc: &DocId) -> Result<(), CommandError> {
        self.may_write(network, doc)?;
        self.is_open(network)
    }

    /// What views say of the end of a network.
    pub(super) fn closing_view(
        &self,
        id: &NetworkId,
        review_date: &str,
        today: &str,
        archives: Option<Archives>,
    ) -> Result<ClosingView, CommandError> {
        let me = self.me_in(id)?;
        let network = self.network_ref(id)?;
        let members = &network.membership;
        let proposed = |state: CaseState| matches!(state, CaseState::Pending | CaseState::Ready);
        let open = members.closed().is_none();
        let proposals = members.closings().iter();
        let mut proposals: Vec<ClosingProposal> = proposals
            .filter(|one| open && proposed(one.case.state))
            .map(|one| ClosingProposal {
                closing: one.closing.id().to_string(),
                says: self.closing_words(network, &one.closing),
                consents: network.consent_views(&one.case),
                need: one.case.need,
                of: one.case.of,
                state: state_word(one.case.state).to_owned(),
                mine: one.case.consents.iter().any(|said| said.by == me),
            })
            .collect();
        proposals.sort_by_key(|one| std::cmp::Reverse(one.consents.len()));
        let reopening = open_reopening(network).map(|one| ReopeningProposal {
            words: one.words.clone(),
            consents: network.consent_views(&one.case),
            need: one.case.need,
            of: one.case.of,
            state: state_word(one.case.state).to_owned(),
            mine: one.case.consents.iter().any(|said| said.by == me),
        });
        let of = members.members().len();
        Ok(ClosingView {
            closed: members
                .closed()
                .map(|closed| self.closed_view(network, closed)),
            proposals,
            reopening,
            past: self.past_closings(network),
            need: members.rules().change_need(of),
            of,
            review: review(review_date, today, open),
            archive: network.archive_view(),
            archiving: None,
            archives_itself: archives == Some(Archives::ByItself),
        })
    }

    fn closing_words(&self, network: &Network, closing: &Closing) -> ClosingWords {
        let (outcome, into) = match &closing.outcome {
            Outcome::PurposeMet => (ClosingOutcome::PurposeMet, None),
            Outcome::NoLongerNeeded => (ClosingOutcome::NoLongerNeeded, None),
            Outcome::MergedInto(into) => (ClosingOutcome::Merged, Some(into)),
        };
        let into = into.map(|into| {
            let here = into.network.and_then(|id| self.networks.get(&id));
            let name = here.and_then(|here| here.views.name());
            SuccessorView {
                name: name
                    .filter(|name| !name.is_empty())
                    .unwrap_or(&into.name)
                    .to_owned(),
                network: into.network,
                here: here.is_some(),
            }
        });
        let decision = closing.decision.and_then(|id| network.rows.get(&id));
        ClosingWords {
            outcome,
            into,
            words: closing.words.clone(),
            decision: closing.decision,
            decision_title: decision.map(|row| row.title.clone()).unwrap_or_default(),
        }
    }

    fn closed_view(&self, network: &Network, closed: &Closed) -> ClosedView {
        let at = i64::try_from(closed.at_ms).unwrap_or(i64::MAX);
        let mut case = network.membership.closings().iter().rev();
        let case =
            case.find(|one| one.case.state == CaseState::Complete && one.closing == closed.closing);
        ClosedView {
            closing: closed.closing.id().to_string(),
            says: self.closing_words(network, &closed.closing),
            by: case
                .map(|one| network.consent_views(&one.case))
                .unwrap_or_default(),
            at,
            after: network.changed_after(at),
            reopened: None,
            reopened_words: String::new(),
        }
    }

    /// The closings that were followed by a reopening.
    fn past_closings(&self, network: &Network) -> Vec<ClosedView> {
        let complete = |state: CaseState| state == CaseState::Complete;
        let members = &network.membership;
        let closings = members.closings().iter();
        let closings = closings.filter(|one| complete(one.case.state));
        let reopenings = members.reopenings().iter();
        let reopenings = reopenings.filter(|one| complete(one.case.state));
        // Both stand in the order in which they took effect, one after the other.
        let last = |consents: &[crate::ConsentView]| consents.last().map_or(0, |one| one.at);
        closings
            .zip(reopenings)
            .map(|(closing, reopening)| {
                let by = network.consent_views(&closing.case);
                ClosedView {
                    closing: closing.closing.id().to_string(),
                    says: self.closing_words(network, &closing.closing),
                    at: last(&by),
                    by,
                    after: Vec::new(),
                    reopened: Some(last(&network.consent_views(&reopening.case))),
                    reopened_words: reopening.words.clone(),
                }
            })
            .collect()
    }
}

/// What I said in a case that is not done.
fn my_consent<'a>(case: &'a Case, me: &MemberId) -> Option<&'a Said> {
    let open = matches!(case.state, CaseState::Pending | CaseState::Ready);
    case.consents.iter().find(|said| open && said.by == *me)
}

impl Network {
    /// Documents that changed after a time, by their authors' clocks. What each has looked at is no change of the network.
    fn changed_after(&self, at: i64) -> Vec<crate::AfterView> {
        let rows = self.rows.iter();
        let mut after: Vec<AfterView> = rows
            .filter(|(doc, row)| !doc.is_personal() && row.changed_ms > at)
            .map(|(doc, row)| AfterView {
                doc: *doc,
                title: row.title.clone(),
                author: self.author_name(doc, &row.changed_actor),
                at: row.changed_ms,
            })
            .collect();
        after.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.doc.cmp(&b.doc)));
        after.truncate(MOST_AFTER);
        after
    }
}

/// The reopening that waits for consents, if the network is closed and somebody proposed it.
fn open_reopening(network: &Network) -> Option<&ReopeningCase> {
    let members = &network.membership;
    members.closed()?;
    let mut cases = members.reopenings().iter();
    cases.find(|one| matches!(one.case.state, CaseState::Pending | CaseState::Ready))
}

/// When the network looks at its purpose again.
fn review(date: &str, today: &str, open: bool) -> ReviewView {
    let day = |text: &str| text.parse::<jiff::civil::Date>().ok();
    let days = day(date).zip(day(today)).and_then(|(date, today)| {
        let span = today.until((jiff::Unit::Day, date)).ok()?;
        Some(i64::from(span.get_days()))
    });
    ReviewView {
        date: date.to_owned(),
        days,
        due: open && days.is_some_and(|days| days <= ReviewView::AHEAD),
    }
}

/// Words within the bounds of an act.
fn words_of(words: Option<String>) -> Result<String, CommandError> {
    let words = words.unwrap_or_default();
    let words = words.trim();
    if words.len() > MAX_CLOSING_BYTES {
        return Err(CommandError::new(
            "closing-too-long",
            "these words are too long: at most 4,096 bytes; write the rest on a page",
        ));
    }
    Ok(words.to_owned())
}

/// The beginning of a text, of at most so many bytes.
fn cut(text: &str, most: usize) -> String {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}

fn no_turn() -> CommandError {
    CommandError::new(
        "no-rules",
        "the act since which the network is open or closed is not here yet",
    )
}
