//! What follows from a plan: how far objectives are, what is late, what waits for what.
//!
//! Pure functions of the content and, where a day matters, of the day: peers that hold the same documents
//! say the same on the same day, in whatever order the documents' changes came to them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{Action, Indicator, ItemId, NotebookContent, Objective, PlanContent, Status};

/// What follows from a plan on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct PlanFacts {
    /// Each objective's, in their order.
    pub objectives: Vec<ObjectiveFacts>,
    /// Each orientation's, in their order.
    pub orientations: Vec<OrientationFacts>,
    /// Open actions whose day is past, in their order.
    pub late: Vec<ItemId>,
    /// Open actions that cannot go on, in their order.
    pub blocked: Vec<Blocked>,
    /// Actions that wait for each other in a circle. Among themselves these links hold up nothing.
    pub cycles: Vec<Vec<ItemId>>,
    /// Actions and groups that end before they start, because two people set the two days at once.
    pub ends_before_start: Vec<ItemId>,
}

/// How far an objective is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ObjectiveFacts {
    /// The objective.
    pub id: ItemId,
    /// How far, in hundredths: by its indicators; without one that is in numbers, by its actions. `None`: nothing to go by.
    pub percent: Option<u8>,
    /// How far by its indicators, each counting alike: of the way from baseline (else zero) to target.
    pub by_indicators: Option<u8>,
    /// Its actions that are done.
    pub done: usize,
    /// Its actions, without those given up.
    pub total: usize,
    /// Its actions that are late.
    pub late_actions: usize,
    /// Its deadline is past and it is not reached.
    pub late: bool,
}

/// How an orientation is carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrientationFacts {
    /// The orientation.
    pub id: ItemId,
    /// Its objectives. None: nobody has said yet how it will be carried out.
    pub objectives: usize,
    /// Actions of these objectives, without those given up.
    pub actions: usize,
    /// How far its objectives are, each counting alike, of those that can be told.
    pub percent: Option<u8>,
}

/// An action that cannot go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Blocked {
    /// The action.
    pub action: ItemId,
    /// What it waits for that is neither done nor given up; empty where only its status says that it waits.
    pub by: Vec<ItemId>,
}

/// An objective that an organisation has for itself, and whether the network serves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnFacts {
    /// The organisation's objective.
    pub id: ItemId,
    /// Its words.
    pub text: String,
    /// The network's objective that it is linked to, if it stands in the plan.
    pub objective: Option<ItemId>,
    /// That objective has an action that is not given up.
    pub served: bool,
}

/// What follows from a plan on a day (ISO 8601 date).
pub fn plan_facts(plan: &PlanContent, today: &str) -> PlanFacts {
    let objectives: Vec<_> = plan
        .objectives
        .iter()
        .map(|objective| objective_facts(plan, objective, today))
        .collect();
    let cycles = Waiting::new(&plan.actions).cycles();
    let late = plan.actions.iter().filter(|action| action.is_late(today));
    PlanFacts {
        orientations: orientations(plan, &objectives),
        late: late.map(|action| action.id).collect(),
        blocked: blocked(&plan.actions, &cycles),
        ends_before_start: ends_before_start(plan),
        objectives,
        cycles,
    }
}

/// Whether the network serves each objective that a member's organisation has for itself.
pub fn is_served(plan: &PlanContent, notebook: &NotebookContent) -> Vec<OwnFacts> {
    let known = |id: &ItemId| plan.objectives.iter().any(|objective| objective.id == *id);
    let acted_on = |id: ItemId| {
        plan.actions
            .iter()
            .any(|action| action.objective == Some(id) && action.status != Status::Dropped)
    };
    let own = notebook.own_objectives.iter();
    own.map(|own| {
        let objective = own.objective.map(|id| plan.shown_for(id)).filter(known);
        OwnFacts {
            id: own.id,
            text: own.text.clone(),
            objective,
            served: objective.is_some_and(acted_on),
        }
    })
    .collect()
}

fn objective_facts(plan: &PlanContent, objective: &Objective, today: &str) -> ObjectiveFacts {
    let actions = || {
        let all = plan.actions.iter();
        all.filter(|action| {
            action.objective == Some(objective.id) && action.status != Status::Dropped
        })
    };
    let done = actions()
        .filter(|action| action.status == Status::Done)
        .count();
    let total = actions().count();
    let by_indicators = mean(objective.indicators.iter().filter_map(Indicator::way));
    let percent = by_indicators.or_else(|| mean_of(done * 100, total));
    let past = !objective.deadline.is_empty() && objective.deadline.as_str() < today;
    ObjectiveFacts {
        id: objective.id,
        percent,
        by_indicators,
        done,
        total,
        late_actions: actions().filter(|action| action.is_late(today)).count(),
        late: past && percent != Some(100),
    }
}

fn orientations(plan: &PlanContent, facts: &[ObjectiveFacts]) -> Vec<OrientationFacts> {
    let all = plan.orientations.iter();
    all.map(|orientation| {
        let objectives = plan.objectives.iter().zip(facts);
        let theirs: Vec<_> = objectives
            .filter(|(objective, _)| objective.orientation == Some(orientation.id))
            .map(|(_, facts)| facts)
            .collect();
        OrientationFacts {
            id: orientation.id,
            objectives: theirs.len(),
            actions: theirs.iter().map(|facts| facts.total).sum(),
            percent: mean(theirs.iter().filter_map(|facts| facts.percent)),
        }
    })
    .collect()
}

/// The mean of hundredths, rounded down: all reached is a hundred, and nothing less is.
fn mean(of: impl Iterator<Item = u8>) -> Option<u8> {
    let (sum, count) = of.fold((0, 0), |(sum, count), one| {
        (sum + usize::from(one), count + 1)
    });
    mean_of(sum, count)
}

fn mean_of(sum: usize, count: usize) -> Option<u8> {
    u8::try_from(sum.checked_div(count)?).ok()
}

impl Indicator {
    /// How much of the way from baseline to target an indicator has gone, in hundredths, if it is in numbers.
    /// Where both are one, it is kept or it is not.
    pub fn way(&self) -> Option<u8> {
        let target = number(&self.target)?;
        let baseline = if self.baseline.trim().is_empty() {
            0.0
        } else {
            number(&self.baseline)?
        };
        let current = if self.current.trim().is_empty() {
            baseline
        } else {
            number(&self.current)?
        };
        let gone = if (target - baseline).abs() < f64::EPSILON {
            f64::from(u8::from(current >= target))
        } else {
            (current - baseline) / (target - baseline)
        };
        // Within 0 and 100, so nothing is cut off.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Some((gone.clamp(0.0, 1.0) * 100.0).floor() as u8)
    }
}

/// A number as people type it: with a decimal comma or point, spaces between thousands, a percent sign.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('%');
    let bare: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c == ',' { '.' } else { c })
        .collect();
    let plain = bare.trim_start_matches(['-', '+']);
    let digits = plain
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: f64 = bare.parse().ok()?;
    (digits && number.is_finite()).then_some(number)
}

fn blocked(actions: &[Action], cycles: &[Vec<ItemId>]) -> Vec<Blocked> {
    let by_id: BTreeMap<_, _> = actions.iter().map(|action| (action.id, action)).collect();
    let mut circle: BTreeMap<ItemId, usize> = BTreeMap::new();
    for (number, cycle) in cycles.iter().enumerate() {
        circle.extend(cycle.iter().map(|id| (*id, number)));
    }
    let holds_up = |action: &Action, on: &ItemId| {
        let together = circle.get(&action.id);
        let in_circle = together.is_some() && together == circle.get(on);
        // What comes again is done for this purpose once it has been done once.
        let waits = by_id
            .get(on)
            .is_some_and(|on| on.is_open() && on.done_on.is_empty());
        waits && !in_circle
    };
    let open = actions.iter().filter(|action| action.is_open());
    open.filter_map(|action| {
        let waits = action.depends_on.iter();
        let by: Vec<ItemId> = waits.filter(|on| holds_up(action, on)).copied().collect();
        let is_blocked = action.status == Status::Blocked || !by.is_empty();
        is_blocked.then_some(Blocked {
            action: action.id,
            by,
        })
    })
    .collect()
}

fn ends_before_start(plan: &PlanContent) -> Vec<ItemId> {
    let wrong = |start: &str, end: &str| !start.is_empty() && !end.is_empty() && end < start;
    let actions = plan.actions.iter();
    let actions = actions.filter(|action| wrong(&action.start, &action.due));
    let groups = plan.groups.iter().filter(|group| {
        wrong(&group.start, &group.planned_end) || wrong(&group.start, &group.closed)
    });
    actions
        .map(|action| action.id)
        .chain(groups.map(|group| group.id))
        .collect()
}

/// Who waits for whom.
struct Waiting {
    ids: Vec<ItemId>,
    /// By place in `ids`.
    waits_for: Vec<Vec<usize>>,
}

impl Waiting {
    fn new(actions: &[Action]) -> Self {
        let by_id: BTreeMap<_, _> = actions
            .iter()
            .map(|action| (action.id, &action.depends_on))
            .collect();
        let ids: Vec<ItemId> = by_id.keys().copied().collect();
        let place = |id: &ItemId| ids.binary_search(id).ok();
        let waits_for = by_id
            .values()
            .map(|waits| waits.iter().filter_map(place).collect())
            .collect();
        Self { ids, waits_for }
    }

    /// The circles, by Tarjan's strongly connected components, each sorted. (Not by recursion: others
    /// choose how long a chain is.)
    fn cycles(&self) -> Vec<Vec<ItemId>> {
        const UNSEEN: usize = usize::MAX;
        let count = self.ids.len();
        let (mut seen, mut low) = (vec![UNSEEN; count], vec![0; count]);
        let (mut open, mut is_open) = (Vec::new(), vec![false; count]);
        let mut clock = 0;
        let mut cycles = BTreeSet::new();
        for root in 0..count {
            if seen[root] != UNSEEN {
                continue;
            }
            // Where one is, and how many of its links are gone through.
            let mut way = vec![(root, 0)];
            while let Some((at, link)) = way.last_mut() {
                let at = *at;
                if *link == 0 {
                    (seen[at], low[at]) = (clock, clock);
                    clock += 1;
                    open.push(at);
                    is_open[at] = true;
                }
                if let Some(&next) = self.waits_for[at].get(*link) {
                    *link += 1;
                    if seen[next] == UNSEEN {
                        way.push((next, 0));
                    } else if is_open[next] {
                        low[at] = low[at].min(seen[next]);
                    }
                    continue;
                }
                way.pop();
                if let Some((before, _)) = way.last() {
                    low[*before] = low[*before].min(low[at]);
                }
                if low[at] == seen[at] {
                    let from = open.iter().rposition(|one| *one == at).unwrap_or_default();
                    let together = open.split_off(from);
                    for one in &together {
                        is_open[*one] = false;
                    }
                    if together.len() > 1 || self.waits_for[at].contains(&at) {
                        let mut cycle: Vec<_> = together.iter().map(|one| self.ids[*one]).collect();
                        cycle.sort_unstable();
                        cycles.insert(cycle);
                    }
                }
            }
        }
        cycles.into_iter().collect()
    }
}
