//! Which actions the plan shows and in what order: worked out anew only when the plan, the members, the
//! day or the question changed.

use std::sync::Arc;

use jiff::civil::Date;
use tresse_engine::{
    MembersView, PlanView,
    model::{Action, ItemId, Status},
};

use super::{
    grouping::{self, GroupBy, Line},
    question::{Column, OwnerFilter, Question, StatusFilter},
    status::STATUSES,
};
use crate::{
    app::text::fold,
    i18n::{I18n, Lang},
};

/// Whether there is still something to do.
pub(super) const fn is_open(status: Status) -> bool {
    matches!(status, Status::Todo | Status::Doing | Status::Blocked)
}

/// Whether an action should have been finished by now.
pub fn is_late(action: &Action, today: Date) -> bool {
    is_open(action.status) && action.next_due.parse::<Date>().is_ok_and(|due| due < today)
}

/// The answer, kept until something it depends on changes.
#[derive(Default)]
pub struct Rows {
    known: Option<Known>,
    /// Positions in the plan's actions, in the order to show.
    pub shown: Vec<usize>,
    /// The same by status, in the order of the board.
    pub by_status: [Vec<usize>; 5],
    /// Those shown, under headings if there are any.
    pub lines: Vec<Line>,
    arranged: Option<(u64, Option<GroupBy>, Lang)>,
    version: u64,
    /// How often it was worked out.
    pub computed: u64,
}

struct Known {
    plan: Arc<PlanView>,
    members: Arc<MembersView>,
    question: Question,
    today: Date,
}

impl Rows {
    /// Works the answer out, unless it is known already.
    pub fn update(
        &mut self,
        plan: &Arc<PlanView>,
        members: &Arc<MembersView>,
        question: &Question,
        today: Date,
    ) {
        if let Some(known) = &self.known
            && Arc::ptr_eq(&known.plan, plan)
            && Arc::ptr_eq(&known.members, members)
            && known.question == *question
            && known.today == today
        {
            return;
        }
        self.computed += 1;
        let words: Vec<String> = question
            .text
            .split_whitespace()
            .map(fold)
            .filter(|word| !word.is_empty())
            .collect();
        self.shown = (0..plan.content.actions.len())
            .filter(|&at| {
                keeps(
                    question,
                    &words,
                    plan,
                    members,
                    &plan.content.actions[at],
                    today,
                )
            })
            .collect();
        if let Some(column) = question.sort {
            sort(&mut self.shown, column, question.descending, plan, members);
        }
        self.by_status = STATUSES.map(|status| {
            let of_status = |at: &&usize| plan.content.actions[**at].status == status;
            self.shown.iter().filter(of_status).copied().collect()
        });
        self.known = Some(Known {
            plan: Arc::clone(plan),
            members: Arc::clone(members),
            question: question.clone(),
            today,
        });
    }
}

impl Rows {
    /// Puts what is shown under headings, unless it stands there already.
    pub(super) fn arrange(
        &mut self,
        words: &I18n,
        plan: &PlanView,
        members: &MembersView,
        by: Option<GroupBy>,
    ) {
        let wanted = (self.computed, by, words.lang());
        if self.arranged == Some(wanted) {
            return;
        }
        self.lines = grouping::lines(words, plan, members, &self.shown, by);
        self.arranged = Some(wanted);
        self.version += 1;
    }

    /// Names what [`Rows::lines`] holds: another number, other lines.
    pub(super) const fn version(&self) -> u64 {
        self.version
    }
}

fn keeps(
    question: &Question,
    words: &[String],
    plan: &PlanView,
    members: &MembersView,
    action: &Action,
    today: Date,
) -> bool {
    let status = match question.status {
        StatusFilter::All => true,
        StatusFilter::Open => is_open(action.status),
        StatusFilter::Late => is_late(action, today),
        StatusFilter::One(status) => action.status == status,
    };
    let owner = match question.owner {
        OwnerFilter::All => true,
        OwnerFilter::Nobody => action.owners.is_empty(),
        OwnerFilter::One(member) => action.owners.contains(&member),
    };
    let objective = question.objective.is_none() || action.objective == question.objective;
    let group = question.working_group.is_none() || action.working_group == question.working_group;
    status
        && owner
        && objective
        && group
        && question
            .territory
            .as_ref()
            .is_none_or(|place| place.takes(action))
        && (words.is_empty() || {
            let mut text = [&*action.title, &*action.territory, &*action.group].join("\n");
            for owner in &action.owners {
                text.push('\n');
                text.push_str(&members.name_of(owner));
            }
            if let Some(title) = action.objective.and_then(|id| objective_title(plan, &id)) {
                text.push('\n');
                text.push_str(title);
            }
            let text = fold(&text);
            words.iter().all(|word| text.contains(word))
        })
}

/// The title of an objective of the plan.
pub(super) fn objective_title<'a>(plan: &'a PlanView, id: &ItemId) -> Option<&'a str> {
    let objective = plan
        .content
        .objectives
        .iter()
        .find(|objective| objective.id == *id)?;
    Some(&objective.title)
}

fn sort(
    shown: &mut [usize],
    column: Column,
    descending: bool,
    plan: &PlanView,
    members: &MembersView,
) {
    // What is empty stands last whichever way one sorts.
    let key = |at: usize| -> (bool, String) {
        let action = &plan.content.actions[at];
        let text = match column {
            Column::Title => fold(&action.title),
            Column::Status => (action.status as u8).to_string(),
            Column::Owner => action
                .owners
                .first()
                .map(|id| fold(&members.name_of(id)))
                .unwrap_or_default(),
            Column::Due => action.due.clone(),
            Column::Objective => action
                .objective
                .and_then(|id| {
                    plan.content
                        .objectives
                        .iter()
                        .position(|objective| objective.id == id)
                })
                .map(|place| format!("{place:06}"))
                .unwrap_or_default(),
            Column::Territory => fold(&action.territory),
            Column::Group => fold(&action.group),
        };
        (text.is_empty(), text)
    };
    let mut keyed: Vec<_> = shown.iter().map(|&at| (key(at), at)).collect();
    keyed.sort_by(|(a, at_a), (b, at_b)| {
        let order = match (descending, a.0 == b.0) {
            (true, true) => b.1.cmp(&a.1),
            _ => a.cmp(b),
        };
        order.then_with(|| {
            if descending {
                at_b.cmp(at_a)
            } else {
                at_a.cmp(at_b)
            }
        })
    });
    for (place, (_, at)) in shown.iter_mut().zip(keyed) {
        *place = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use tresse_engine::model::{DocId, DocKind, NetworkId, PlanContent, PlanFacts, Scale};

    use super::super::question::TerritoryFilter;

    fn action(number: u32, title: &str, due: &str, status: Status) -> Action {
        let mut id = [0; 10];
        id[..4].copy_from_slice(&number.to_be_bytes());
        Action {
            due: due.into(),
            next_due: due.into(),
            status,
            ..Action::new(ItemId::from_bytes(id), title)
        }
    }

    fn plan(actions: Vec<Action>) -> Arc<PlanView> {
        let network = NetworkId::from_bytes([0; 20]);
        Arc::new(PlanView {
            doc: DocId::singleton(&network, DocKind::Plan),
            content: PlanContent {
                actions,
                ..PlanContent::default()
            },
            facts: PlanFacts::default(),
            gone: Vec::new(),
            organisations: Vec::new(),
            read_only: false,
        })
    }

    fn nobody() -> Arc<MembersView> {
        Arc::new(MembersView::default())
    }

    #[test]
    fn every_word_is_looked_for_whatever_the_accents_and_the_case() {
        let plan = plan(vec![
            action(1, "Évaluer la Rencontre d'été", "", Status::Todo),
            action(2, "Rencontre d'hiver", "", Status::Todo),
        ]);
        let mut rows = Rows::default();
        let question = Question {
            text: "ete  RENCONTRE".into(),
            ..Question::default()
        };
        rows.update(&plan, &nobody(), &question, date(2026, 1, 1));
        assert_eq!(rows.shown, [0]);
    }

    #[test]
    fn one_working_group_leaves_out_what_others_and_nobody_carry() {
        let [ours, theirs] = [1, 2].map(|id| ItemId::from_bytes([id; 10]));
        let mut actions = vec![
            action(1, "a", "", Status::Todo),
            action(2, "b", "", Status::Todo),
            action(3, "c", "", Status::Todo),
        ];
        actions[0].working_group = Some(theirs);
        actions[2].working_group = Some(ours);
        let mut rows = Rows::default();
        let question = Question {
            working_group: Some(ours),
            ..Question::default()
        };
        assert!(question.filters());
        rows.update(&plan(actions), &nobody(), &question, date(2026, 1, 1));
        assert_eq!(rows.shown, [2]);
    }

    #[test]
    fn a_territory_is_asked_for_by_its_name_however_it_is_written_or_by_how_large_it_is() {
        let mut actions = vec![
            action(1, "a", "", Status::Todo),
            action(2, "b", "", Status::Todo),
            action(3, "c", "", Status::Todo),
        ];
        actions[0].territory = "Vallée nord".into();
        actions[0].territory_scale = Some(Scale::EmploymentArea);
        actions[2].territory = "vallee Nord ".into();
        let plan = plan(actions);
        let mut rows = Rows::default();
        for (asked, shown) in [
            (TerritoryFilter::Place("Vallée Nord".into()), vec![0, 2]),
            (TerritoryFilter::Scale(Scale::EmploymentArea), vec![0]),
            (TerritoryFilter::Scale(Scale::Town), vec![]),
        ] {
            let question = Question {
                territory: Some(asked),
                ..Question::default()
            };
            assert!(question.filters());
            rows.update(&plan, &nobody(), &question, date(2026, 1, 1));
            assert_eq!(rows.shown, shown);
        }
    }

    #[test]
    fn late_is_open_and_past() {
        let plan = plan(vec![
            action(1, "a", "2026-01-01", Status::Done),
            action(2, "b", "2026-01-01", Status::Doing),
            action(3, "c", "2027-01-01", Status::Todo),
            action(4, "d", "", Status::Todo),
        ]);
        let mut rows = Rows::default();
        let question = Question {
            status: StatusFilter::Late,
            ..Question::default()
        };
        rows.update(&plan, &nobody(), &question, date(2026, 6, 1));
        assert_eq!(rows.shown, [1]);
    }

    #[test]
    fn what_has_no_date_comes_last_both_ways() {
        let plan = plan(vec![
            action(1, "a", "", Status::Todo),
            action(2, "b", "2026-05-01", Status::Todo),
            action(3, "c", "2026-02-01", Status::Todo),
        ]);
        let mut rows = Rows::default();
        let mut question = Question {
            sort: Some(Column::Due),
            ..Question::default()
        };
        rows.update(&plan, &nobody(), &question, date(2026, 1, 1));
        assert_eq!(rows.shown, [2, 1, 0]);
        question.descending = true;
        rows.update(&plan, &nobody(), &question, date(2026, 1, 1));
        assert_eq!(rows.shown, [1, 2, 0]);
    }

    #[test]
    fn nothing_is_worked_out_twice_for_the_same_plan_and_question() {
        let actions = (0..10_000)
            .map(|n| action(n, &format!("Action {n}"), "", Status::Todo))
            .collect();
        let (plan, members) = (plan(actions), nobody());
        let mut rows = Rows::default();
        let question = Question {
            sort: Some(Column::Title),
            ..Question::default()
        };
        for _ in 0..100 {
            rows.update(&plan, &members, &question, date(2026, 1, 1));
        }
        assert_eq!(rows.computed, 1);
        assert_eq!(rows.shown.len(), 10_000);
        assert_eq!(rows.by_status[0].len(), 10_000);
    }
}
