//! What waits for me in a network: gathered from the views that are already built.

use jiff::{Span, civil::Date};

use crate::{
    AskedView, CaseAbout, CharterVersionsView, ClosingView, ConsentView, DecisionRow,
    DecisionsView, EvaluationView, MeetingsView, MemberView, MembersView, Phase, PilotingView,
    ResourcesView,
};

/// Where it is looked for.
pub(super) struct Asking<'a> {
    pub(super) members: &'a MembersView,
    pub(super) versions: &'a CharterVersionsView,
    pub(super) decisions: &'a DecisionsView,
    pub(super) resources: &'a ResourcesView,
    pub(super) meetings: &'a MeetingsView,
    pub(super) piloting: &'a PilotingView,
    pub(super) evaluation: &'a EvaluationView,
    pub(super) closing: &'a ClosingView,
    pub(super) today: &'a str,
}

impl Asking<'_> {
    /// All of it. Nothing is asked of who only reads; of a closed network, nothing but what its end asks.
    pub(super) fn all(&self) -> Vec<AskedView> {
        let mut asked = Vec::new();
        if !self.members.writable {
            return asked;
        }
        if !self.closing.is_closed() {
            self.decisions(&mut asked);
            self.to_give_back(&mut asked);
            self.charter(&mut asked);
            let days = self.meetings.to_answer.iter();
            asked.extend(days.map(|ask| AskedView::MeetingDays {
                meeting: ask.meeting,
                title: ask.title.clone(),
            }));
            self.people(&mut asked);
        }
        self.end(&mut asked);
        asked
    }

    fn decisions(&self, asked: &mut Vec<AskedView>) {
        let waiting = self.decisions.asked.iter();
        let waiting = waiting.filter_map(|id| self.decisions.get(id));
        asked.extend(waiting.map(|row| AskedView::Ballot {
            decision: row.id,
            title: row.title.clone(),
        }));
        let rows = self.decisions.decisions.iter();
        let ended = rows.filter(|row| row.phase == Phase::ToCount);
        asked.extend(ended.map(|row| AskedView::Count {
            decision: row.id,
            title: row.title.clone(),
        }));
        let due = |row: &&DecisionRow| {
            let taken = matches!(row.phase, Phase::Counted | Phase::Concluded);
            taken && !row.review.is_empty() && *row.review <= *self.today
        };
        let mut due: Vec<&DecisionRow> = self.decisions.decisions.iter().filter(due).collect();
        due.sort_by(|a, b| a.review.cmp(&b.review).then_with(|| a.id.cmp(&b.id)));
        asked.extend(due.into_iter().map(|row| AskedView::LookAgain {
            decision: row.id,
            title: row.title.clone(),
        }));
    }

    /// What I borrowed and was to give back before today.
    fn to_give_back(&self, asked: &mut Vec<AskedView>) {
        let due = self.resources.mine_due.iter();
        asked.extend(due.filter_map(|(resource, loan)| {
            let row = self.resources.resource(resource)?;
            let loan = row.loans.iter().find(|one| one.loan.id == *loan)?;
            Some(AskedView::GiveBack {
                resource: *resource,
                name: row.resource.name.clone(),
                until: loan.loan.until.clone(),
            })
        }));
    }

    fn charter(&self, asked: &mut Vec<AskedView>) {
        for version in &self.versions.versions {
            let proposed = matches!(&*version.state, "pending" | "ready") && !version.mine;
            if let Some(by) = first(&version.consents).filter(|_| proposed) {
                let version = version.version.clone();
                asked.push(AskedView::CharterConsent { version, by });
            }
        }
        let votes = self.versions.versions.iter().flat_map(|one| &one.votes);
        let due = votes.filter(|vote| vote.state == "to-record");
        asked.extend(due.map(|vote| AskedView::CharterRecord {
            decision: vote.decision,
            title: vote.title.clone(),
        }));
        if let Some(adopted) = self.versions.adopted().filter(|one| !one.signed) {
            let version = adopted.version.clone();
            asked.push(AskedView::CharterSign { version });
        }
    }

    fn people(&self, asked: &mut Vec<AskedView>) {
        let me = self.members.members.iter().find(|one| one.is_me);
        let open = self.members.cases.iter();
        let open = open.filter(|case| matches!(case.state.as_str(), "pending" | "ready"));
        let count = open
            .filter(|case| !case.mine && !is_about(me, &case.about))
            .count();
        if count > 0 {
            asked.push(AskedView::Cases { count });
        }
        asked.extend(self.piloting.asked.iter().cloned().map(AskedView::Role));
        if self.evaluation.asked > 0 {
            let period = self.evaluation.pulse.period.as_ref();
            let until = period.map(|one| one.until.clone()).unwrap_or_default();
            asked.push(AskedView::Pulse { until });
        }
        asked.extend(me.and_then(|me| self.added_value(me)));
    }

    /// What one's organisation expects is stated once one has an organisation, and read again every year.
    fn added_value(&self, me: &MemberView) -> Option<AskedView> {
        if me.added_value.trim().is_empty() {
            let has_one = !me.organisation.trim().is_empty();
            return has_one.then_some(AskedView::StateAddedValue {});
        }
        let looked = me.added_value_on.parse::<Date>().ok();
        let today = self.today.parse::<Date>().ok()?;
        let year_ago = today.checked_sub(Span::new().years(1)).ok()?;
        looked
            .is_none_or(|looked| looked < year_ago)
            .then_some(AskedView::ReadAddedValue {})
    }

    fn end(&self, asked: &mut Vec<AskedView>) {
        let view = self.closing;
        for proposal in view.proposals.iter().filter(|one| !one.mine) {
            asked.extend(first(&proposal.consents).map(|by| AskedView::Closing {
                closing: proposal.closing.clone(),
                by,
            }));
        }
        let reopening = view.reopening.as_ref().filter(|one| !one.mine);
        let by = reopening.and_then(|one| first(&one.consents));
        asked.extend(by.map(|by| AskedView::Reopening { by }));
        if view.review.due {
            asked.push(AskedView::Review {});
        }
        let kept = view.archive.as_ref().is_some_and(|one| one.of_this);
        if view.is_closed() && !view.archives_itself && !kept {
            asked.push(AskedView::Archive {});
        }
    }
}

/// Who proposed something, by name.
fn first(consents: &[ConsentView]) -> Option<String> {
    consents.first().map(|one| one.name.clone())
}

/// Nobody is asked about themselves.
fn is_about(me: Option<&MemberView>, about: &CaseAbout) -> bool {
    match about {
        CaseAbout::Removal { member, .. } | CaseAbout::Readmission { member, .. } => {
            me.is_some_and(|me| me.id == *member)
        }
        CaseAbout::Rules { .. } => false,
    }
}
