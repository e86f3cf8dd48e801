//! What falls on which day: worked out when the plan or the month changed, not when it is painted.

use std::collections::{BTreeMap, HashSet};

use jiff::{ToSpan, civil::Date};
use tresse_engine::{PlanView, model::Action};

use crate::{app::dates, views::plan::days::number_of};

/// Something that falls on a day: its place in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// An action is due.
    Due(usize),
    /// A recurring action comes this day, and was done or not.
    Again {
        /// Its place.
        at: usize,
        /// It was done that time.
        done: bool,
    },
    /// An objective's deadline.
    Deadline(usize),
    /// A working group means to have finished.
    GroupEnd(usize),
}

/// The days of a month's leaf.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    pub(super) weeks: Vec<[Date; 7]>,
    on: BTreeMap<i64, Vec<What>>,
}

impl Agenda {
    /// Whether the leaf has this day.
    pub(super) fn shows(&self, day: Date) -> bool {
        self.weeks.iter().any(|week| week.contains(&day))
    }

    /// The leaf of a month: these actions (places in the plan), and, where `whole`, deadlines of objectives and ends
    /// of working groups.
    pub(super) fn new(plan: &PlanView, actions: &[usize], whole: bool, month: Date) -> Self {
        let weeks: Vec<[Date; 7]> = dates::weeks(month).collect();
        let (Some(first), Some(last)) = (weeks.first(), weeks.last()) else {
            return Self::default();
        };
        let mut agenda = Self {
            on: BTreeMap::new(),
            weeks: Vec::new(),
        };
        let within = (first[0], last[6]);
        if whole {
            let content = &plan.content;
            for (at, one) in content.objectives.iter().enumerate() {
                agenda.put(within, &one.deadline, What::Deadline(at));
            }
            for (at, one) in content.groups.iter().enumerate() {
                if one.closed.is_empty() {
                    agenda.put(within, &one.planned_end, What::GroupEnd(at));
                }
            }
        }
        for &at in actions {
            let Some(action) = plan.content.actions.get(at) else {
                continue;
            };
            if action.every.is_some() {
                agenda.put_again(within, action, at);
            } else {
                agenda.put(within, &action.due, What::Due(at));
            }
        }
        agenda.weeks = weeks;
        agenda
    }

    /// What falls on a day.
    pub(super) fn on(&self, day: Date) -> &[What] {
        self.on.get(&number_of(day)).map_or(&[], Vec::as_slice)
    }

    fn put(&mut self, (first, last): (Date, Date), day: &str, what: What) {
        if let Some(day) = dates::from_iso(day)
            && (first..=last).contains(&day)
        {
            self.on.entry(number_of(day)).or_default().push(what);
        }
    }

    /// Every time of a recurring action on this leaf. What is done with or given up comes no more, but was done when it was.
    fn put_again(&mut self, within: (Date, Date), action: &Action, at: usize) {
        let done: HashSet<&str> = action.done_on.iter().map(String::as_str).collect();
        for day in &action.done_on {
            self.put(within, day, What::Again { at, done: true });
        }
        let (Some(every), Some(begin)) = (action.every, dates::from_iso(&action.due)) else {
            return;
        };
        if !action.is_open() {
            return;
        }
        let eve = within.0.checked_sub(1.day()).ok();
        let mut next = every.next(begin, eve);
        while let Some(day) = next.filter(|day| *day <= within.1) {
            let text = day.to_string();
            if !done.contains(text.as_str()) {
                self.put(within, &text, What::Again { at, done: false });
            }
            next = every.next(begin, Some(day)).filter(|after| *after > day);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use tresse_engine::model::{
        DocId, DocKind, ItemId, NetworkId, PlanContent, PlanFacts, Recurrence,
    };

    fn plan(actions: Vec<Action>) -> PlanView {
        let network = NetworkId::from_bytes([1; 20]);
        PlanView {
            doc: DocId::singleton(&network, DocKind::Plan),
            content: PlanContent {
                actions,
                ..PlanContent::default()
            },
            facts: PlanFacts::default(),
            gone: Vec::new(),
            organisations: Vec::new(),
            read_only: false,
        }
    }

    #[test]
    fn what_comes_again_falls_on_each_of_its_days_and_what_was_done_says_so() {
        let mut weekly = Action::new(ItemId::from_bytes([1; 10]), "Panneau");
        weekly.due = "2090-05-01".into();
        weekly.every = Some(Recurrence::Weekly);
        weekly.done_on = vec!["2090-05-01".into()];
        let mut once = Action::new(ItemId::from_bytes([2; 10]), "Fiche");
        once.due = "2090-05-08".into();
        let agenda = Agenda::new(&plan(vec![weekly, once]), &[0, 1], true, date(2090, 5, 17));
        let on = |day| agenda.on(date(2090, 5, day)).to_vec();
        assert_eq!(on(1), [What::Again { at: 0, done: true }]);
        assert_eq!(on(8), [What::Again { at: 0, done: false }, What::Due(1)]);
        assert_eq!(on(29), [What::Again { at: 0, done: false }]);
        assert_eq!(on(9), []);
        assert_eq!(agenda.weeks.len(), 5);
    }

    #[test]
    fn what_is_given_up_comes_no_more() {
        let mut monthly = Action::new(ItemId::from_bytes([1; 10]), "Relevé");
        monthly.due = "2090-01-31".into();
        monthly.every = Some(Recurrence::Monthly);
        let days = |monthly: &Action| {
            let agenda = Agenda::new(&plan(vec![monthly.clone()]), &[0], true, date(2090, 2, 1));
            agenda.on.len()
        };
        // The last of January lies on February's leaf, as does the last of February.
        assert_eq!(days(&monthly), 2);
        monthly.status = tresse_engine::model::Status::Dropped;
        assert_eq!(days(&monthly), 0);
    }
}
