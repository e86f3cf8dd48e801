//! Contributions: what is asked about them, and their view, put together only where somebody looks.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tresse_model::{
    ContributionEdit, DocId, DocKind, Edit, ItemId, MemberId, NotebookContent, Status,
};

use super::{Network, Replica, edits::Planned, piloting::day_of};
use crate::{
    CommandError, ContributionCommand, MembersView, Moment, PlanView,
    contribution_view::{
        ContributionKind as Kind, ContributionsView, Given, GivenThing, MemberContributions,
    },
};

/// So many things of a kind are named.
const MOST: usize = 30;

impl Replica {
    /// Carries out what is asked about contributions.
    pub(super) fn contribution_command(
        &mut self,
        command: ContributionCommand,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let (network, edit, answer) = match command {
            ContributionCommand::Add { network, text, on } => {
                let id = ItemId::from_bytes(moment.random());
                let on = on.or_else(|| Some(moment.today()));
                (network, ContributionEdit::Add { id, text, on }, Some(id))
            }
            ContributionCommand::Set {
                network,
                contribution: id,
                text,
            } => (network, ContributionEdit::Set { id, text }, None),
            ContributionCommand::Remove {
                network,
                contribution: id,
                restore,
            } => (network, ContributionEdit::Remove { id, restore }, None),
            ContributionCommand::Open { network } => {
                self.network_mut(&network)?
                    .views
                    .look_at_contributions(true);
                return Ok(json!({}));
            }
            ContributionCommand::Close { network } => {
                self.network_mut(&network)?
                    .views
                    .look_at_contributions(false);
                return Ok(json!({}));
            }
        };
        let notebook = DocId::notebook(&network, &self.me_in(&network)?);
        let planned = Planned::new(network, notebook, Edit::Contribution(edit));
        let planned = match &answer {
            Some(id) => planned.answering("contribution", id),
            None => planned,
        };
        self.carry_out(planned, moment)
    }
}

/// Everybody's things, by kind.
#[derive(Default)]
struct Gathered {
    by: BTreeMap<MemberId, BTreeMap<Kind, BTreeSet<Named>>>,
    together: BTreeMap<Kind, BTreeSet<Named>>,
}

/// A thing, and what tells it from others of the same title.
type Named = (GivenThing, String);

impl Gathered {
    fn add(&mut self, member: MemberId, kind: Kind, thing: GivenThing, key: &str) {
        let named = (thing, key.to_owned());
        self.together.entry(kind).or_default().insert(named.clone());
        let theirs = self.by.entry(member).or_default();
        theirs.entry(kind).or_default().insert(named);
    }
}

impl Network {
    /// What members gave. The views of documents must be fresh.
    pub(super) fn contributions_view(
        &self,
        plan: &PlanView,
        members: &MembersView,
        today: &str,
    ) -> ContributionsView {
        let mut gathered = Gathered::default();
        self.gather_written(&mut gathered);
        self.gather_facilitated(today, &mut gathered);
        self.gather_ballots(&mut gathered);
        self.gather_actions(plan, &mut gathered);
        self.gather_lent(today, &mut gathered);
        // One that was ended counts where it was held for a day at least: what was given by mistake is no contribution.
        let ended = self.membership.ended_mandates().iter();
        let ended = ended.filter(|one| day_of(one.mandate.from_ms) < day_of(one.ended.at_ms));
        let held = self.membership.mandates().iter();
        for mandate in held.chain(ended.map(|one| &one.mandate)) {
            let thing = GivenThing {
                on: day_of(mandate.from_ms),
                title: mandate.role.trim().to_owned(),
                doc: None,
            };
            gathered.add(
                mandate.holder,
                Kind::Roles,
                thing,
                &mandate.said.act.to_string(),
            );
        }
        for (member, notebook) in self.views.all_notebooks() {
            gather_own(*member, notebook, &mut gathered);
        }
        let people = members.members.iter().map(|one| {
            let theirs = gathered.by.remove(&one.id).unwrap_or_default();
            let notebook = self.views.notebook(&DocId::notebook(&self.id, &one.id));
            let mut given = given(theirs);
            // What they say themselves stands beside, whole.
            given.retain(|one| one.kind != Kind::Own);
            MemberContributions {
                member: one.id,
                name: one.name.clone(),
                given,
                own: notebook.gifts,
                is_me: one.is_me,
            }
        });
        ContributionsView {
            members: people.collect(),
            together: given(gathered.together),
        }
    }

    /// Pages, meetings and decisions, by the seals under them: nothing is loaded.
    fn gather_written(&self, gathered: &mut Gathered) {
        for (doc, member) in self.writers() {
            let kind = match doc.kind() {
                Some(DocKind::Page) => Kind::Pages,
                Some(DocKind::Meeting) => Kind::Meetings,
                Some(DocKind::Decision) => Kind::Decisions,
                _ => continue,
            };
            let Some(row) = self.rows.get(&doc).filter(|row| !row.binned) else {
                continue;
            };
            let thing = GivenThing {
                on: u64::try_from(row.changed_ms)
                    .map(day_of)
                    .unwrap_or_default(),
                title: row.title.clone(),
                doc: Some(doc),
            };
            gathered.add(member, kind, thing, &doc.to_string());
        }
    }

    /// Meetings whose day has come and that were not cancelled, for everybody who is named as facilitating them.
    fn gather_facilitated(&self, today: &str, gathered: &mut Gathered) {
        for (doc, row, facts) in self.all_meeting_facts() {
            if row.binned || !facts.took_place(today) {
                continue;
            }
            for member in &facts.facilitators {
                let thing = GivenThing {
                    on: facts.on.clone(),
                    title: row.title.clone(),
                    doc: Some(doc),
                };
                gathered.add(*member, Kind::Facilitated, thing, &doc.to_string());
            }
        }
    }

    /// Loans whose first day has come, for whoever offers what was lent; what one books of one's own is none.
    fn gather_lent(&self, today: &str, gathered: &mut Gathered) {
        for resource in self.views.shelf.offered() {
            let Some(whose) = resource.whose() else {
                continue;
            };
            let begun = |from: &str| !from.is_empty() && from <= today;
            let loans = resource.loans.iter();
            for loan in loans.filter(|one| begun(&one.from) && one.borrower != Some(whose)) {
                let thing = GivenThing {
                    on: loan.from.clone(),
                    title: resource.name.clone(),
                    doc: None,
                };
                gathered.add(whose, Kind::Lent, thing, &loan.id.to_string());
            }
        }
    }

    /// In how many decisions somebody gave a ballot that they did not take back: never what it says, nor in which.
    fn gather_ballots(&self, gathered: &mut Gathered) {
        for said in self.views.said() {
            for (decision, ballots) in &said.ballots {
                let here = self.rows.get(decision).is_some_and(|row| !row.binned);
                let standing = ballots.iter().filter(|one| one.off.is_none());
                let last = standing.max_by_key(|one| (one.at, one.id));
                let Some(last) = last.filter(|one| here && one.answer.says()) else {
                    continue;
                };
                let nameless = GivenThing {
                    on: String::new(),
                    title: String::new(),
                    doc: None,
                };
                let key = format!("{} {decision}", last.member);
                gathered.add(last.member, Kind::Ballots, nameless, &key);
            }
        }
    }

    fn gather_actions(&self, plan: &PlanView, gathered: &mut Gathered) {
        for action in &plan.content.actions {
            let id = action.id.to_string();
            // One that comes again counts each time it was done.
            let mut days: Vec<(String, String)> = action
                .done_on
                .iter()
                .map(|day| (day.clone(), format!("{id} {day}")))
                .collect();
            if action.status == Status::Done {
                let at = self.views.done_at(&action.id);
                let on = at.and_then(|at| u64::try_from(at).ok()).map(day_of);
                days.push((on.unwrap_or_default(), id.clone()));
            }
            for (on, key) in days {
                for owner in &action.owners {
                    let thing = GivenThing {
                        on: on.clone(),
                        title: action.title.clone(),
                        doc: None,
                    };
                    gathered.add(*owner, Kind::Actions, thing, &key);
                }
            }
        }
    }
}

/// What a member's own notebook shows that they did.
fn gather_own(member: MemberId, notebook: &NotebookContent, gathered: &mut Gathered) {
    let thing = |on: &str, title: &str| GivenThing {
        on: on.to_owned(),
        title: title.to_owned(),
        doc: None,
    };
    for post in &notebook.posts {
        let key = post.id.to_string();
        gathered.add(member, Kind::Feedback, thing(&post.on, ""), &key);
    }
    for gift in &notebook.gifts {
        let key = gift.id.to_string();
        gathered.add(member, Kind::Own, thing(&gift.on, &gift.text), &key);
    }
    // That they answered, never what.
    let own = &notebook.evaluation;
    let periods = own.answers.iter().map(|one| ("pulse", &one.period));
    let looks = own.assessed.iter().map(|one| ("assess", &one.on));
    let times: BTreeSet<_> = periods.chain(looks).collect();
    for (what, day) in times {
        let key = format!("{member} {what} {day}");
        gathered.add(member, Kind::Answers, thing(day, ""), &key);
    }
}

fn given(things: BTreeMap<Kind, BTreeSet<Named>>) -> Vec<Given> {
    things
        .into_iter()
        .map(|(kind, things)| Given {
            kind,
            count: things.len(),
            things: things
                .into_iter()
                .rev()
                .map(|(thing, _)| thing)
                .filter(|thing| !thing.title.is_empty())
                .take(MOST)
                .collect(),
        })
        .collect()
}
