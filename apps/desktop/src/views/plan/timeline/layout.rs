//! Where everything lies on the timeline: worked out when the plan changed, not when it is painted.

use std::collections::{BTreeSet, HashMap};

use tresse_engine::{
    PlanView,
    model::{Action, ItemId},
};

use crate::views::plan::{days::number_of_iso, grouping::Line};

/// When an action is: numbers of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::views::plan) enum When {
    /// Nobody said.
    Never,
    /// From a day on, nobody said until when.
    From(i64),
    /// On one day.
    Day(i64),
    /// From one day to another.
    Days(i64, i64),
}

impl When {
    /// When an action is.
    pub(super) fn of(action: &Action) -> Self {
        let due = number_of_iso(&action.next_due);
        // What comes again is a day each time.
        let start = match action.every {
            Some(_) => None,
            None => number_of_iso(&action.start),
        };
        match (start, due) {
            (Some(start), Some(due)) if start < due => Self::Days(start, due),
            (_, Some(due)) => Self::Day(due),
            (Some(start), None) => Self::From(start),
            (None, None) => Self::Never,
        }
    }

    /// Its first and last day.
    pub(super) const fn ends(self) -> Option<(i64, i64)> {
        match self {
            Self::Never => None,
            Self::From(day) | Self::Day(day) => Some((day, day)),
            Self::Days(first, last) => Some((first, last)),
        }
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Row {
    /// A heading, and how many actions stand under it.
    Head(String, usize),
    /// An action.
    Bar(Bar),
}

/// An action's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bar {
    /// Its place in the plan.
    pub(super) at: usize,
    /// When it is.
    pub(super) when: When,
    /// It cannot go on.
    pub(super) blocked: bool,
    /// The rows that it waits for and the rows that wait for it.
    pub(super) links: Vec<Link>,
}

/// What waits for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    /// The row that must be done before.
    pub(super) from: usize,
    /// The row that waits.
    pub(super) to: usize,
}

/// The whole timeline.
#[derive(Default)]
pub(super) struct Layout {
    pub(super) rows: Vec<Row>,
}

impl Layout {
    /// Lays the lines out; under each heading, what begins first stands first where `by_day`.
    pub(super) fn new(plan: &PlanView, lines: &[Line], by_day: bool) -> Self {
        let blocked: BTreeSet<ItemId> = plan.facts.blocked.iter().map(|one| one.action).collect();
        let actions = &plan.content.actions;
        let mut rows: Vec<Row> = lines
            .iter()
            .filter_map(|line| match line {
                Line::Head(title, count) => Some(Row::Head(title.clone(), *count)),
                Line::Action(at, _) => actions.get(*at).map(|action| {
                    Row::Bar(Bar {
                        at: *at,
                        when: When::of(action),
                        blocked: blocked.contains(&action.id),
                        links: Vec::new(),
                    })
                }),
            })
            .collect();
        if by_day {
            let under_one = |a: &Row, b: &Row| matches!((a, b), (Row::Bar(_), Row::Bar(_)));
            for part in rows.chunk_by_mut(under_one) {
                part.sort_by_key(|row| match row {
                    Row::Bar(bar) => bar.when.ends().unwrap_or((i64::MAX, i64::MAX)),
                    Row::Head(..) => (0, 0),
                });
            }
        }
        link(&mut rows, actions);
        Self { rows }
    }

    /// The row of an action nearest to this one: it may stand in several.
    pub(super) fn nearest_row_of(&self, action: usize, row: usize) -> Option<usize> {
        let rows = self.rows.iter().enumerate();
        let its = rows.filter(|(_, row)| matches!(row, Row::Bar(bar) if bar.at == action));
        its.map(|(at, _)| at).min_by_key(|at| at.abs_diff(row))
    }

    /// The next row of an action after this one, or before it.
    pub(super) fn step(&self, row: usize, down: bool) -> Option<usize> {
        let is_bar = |at: &usize| matches!(self.rows.get(*at), Some(Row::Bar(_)));
        if down {
            (row + 1..self.rows.len()).find(is_bar)
        } else {
            (0..row).rev().find(is_bar)
        }
    }

    /// The bar in a row.
    pub(super) fn bar(&self, row: usize) -> Option<&Bar> {
        match self.rows.get(row)? {
            Row::Bar(bar) => Some(bar),
            Row::Head(..) => None,
        }
    }
}

/// Gives each row its links. An action under several headings is linked where it stands first.
fn link(rows: &mut [Row], actions: &[Action]) {
    let mut first: HashMap<ItemId, usize> = HashMap::new();
    for (row, one) in rows.iter().enumerate() {
        if let Row::Bar(bar) = one
            && let Some(action) = actions.get(bar.at)
        {
            first.entry(action.id).or_insert(row);
        }
    }
    let mut links = Vec::new();
    for (id, to) in &first {
        let Some(Row::Bar(bar)) = rows.get(*to) else {
            continue;
        };
        let waits = actions.get(bar.at).filter(|action| action.id == *id);
        for on in waits.into_iter().flat_map(|action| &action.depends_on) {
            links.extend(first.get(on).map(|from| Link {
                from: *from,
                to: *to,
            }));
        }
    }
    links.sort_unstable();
    for link in links {
        for row in [link.from, link.to] {
            if let Some(Row::Bar(bar)) = rows.get_mut(row) {
                bar.links.push(link);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tresse_engine::model::{DocId, NetworkId, PlanContent, Recurrence};

    fn action(number: u8, start: &str, due: &str, waits: &[u8]) -> Action {
        let mut action = Action::new(ItemId::from_bytes([number; 10]), "");
        action.start = start.into();
        action.due = due.into();
        action.next_due = due.into();
        let waits = waits.iter().map(|on| ItemId::from_bytes([*on; 10]));
        action.depends_on = waits.collect();
        action
    }

    fn plan(actions: Vec<Action>) -> PlanView {
        let network = NetworkId::from_bytes([1; 20]);
        PlanView {
            doc: DocId::singleton(&network, tresse_engine::model::DocKind::Plan),
            content: PlanContent {
                actions,
                ..PlanContent::default()
            },
            facts: tresse_engine::model::PlanFacts::default(),
            gone: Vec::new(),
            organisations: Vec::new(),
            read_only: false,
        }
    }

    #[test]
    fn an_action_is_over_days_on_a_day_from_a_day_or_at_no_time() {
        let when = |start, due| When::of(&action(1, start, due, &[]));
        assert_eq!(when("1970-01-02", "1970-01-05"), When::Days(1, 4));
        assert_eq!(when("", "1970-01-05"), When::Day(4));
        assert_eq!(when("1970-01-02", ""), When::From(1));
        assert_eq!(when("", ""), When::Never);
        let mut again = action(1, "1970-01-02", "1970-01-05", &[]);
        again.every = Some(Recurrence::Monthly);
        assert_eq!(When::of(&again), When::Day(4));
    }

    #[test]
    fn under_each_heading_what_begins_first_stands_first_and_links_find_their_rows() {
        let plan = plan(vec![
            action(1, "", "1970-03-01", &[2]),
            action(2, "1970-01-02", "1970-02-01", &[]),
            action(3, "", "", &[]),
            action(4, "", "1970-01-01", &[3]),
        ]);
        let lines = [
            Line::Head("A".into(), 2),
            Line::Action(0, 0),
            Line::Action(1, 0),
            Line::Head("B".into(), 2),
            Line::Action(2, 1),
            Line::Action(3, 1),
        ];
        let layout = Layout::new(&plan, &lines, true);
        let order: Vec<_> = (0..6)
            .map(|row| layout.bar(row).map(|bar| bar.at))
            .collect();
        assert_eq!(order, [None, Some(1), Some(0), None, Some(3), Some(2)]);
        let link = Link { from: 1, to: 2 };
        assert_eq!(layout.bar(1).unwrap().links, [link]);
        assert_eq!(layout.bar(2).unwrap().links, [link]);
        assert_eq!(layout.bar(4).unwrap().links, [Link { from: 5, to: 4 }]);
        assert_eq!(
            (layout.step(2, true), layout.step(4, false)),
            (Some(4), Some(2))
        );
        assert_eq!((layout.step(1, false), layout.step(5, true)), (None, None));
        assert_eq!(layout.nearest_row_of(3, 0), Some(4));
    }
}
