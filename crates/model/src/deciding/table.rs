//! Weighted criteria: what everybody's weights and scores come to, and where they differ.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Answer, Terms, Thing, Verdict};
use crate::ItemId;

/// Weights and scores go from nothing to this.
pub const WEIGHT_MAX: u32 = 5;
/// From this spread on people differ: more than a quarter of the whole scale.
const DIFFER: f64 = 1.25;

/// The table of criteria and options.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// The criteria, in the order of the decision.
    pub criteria: Vec<Weighed>,
    /// The options, likewise.
    pub options: Vec<Rated>,
    /// Nobody gave any criterion any weight: all weigh the same.
    pub equal_weights: bool,
}

/// One criterion.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weighed {
    /// Which.
    pub criterion: Thing,
    /// What everybody's weights come to.
    pub weight: Cell,
}

/// One option.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rated {
    /// Which.
    pub option: Thing,
    /// Its mean score by each criterion, in the order of [`Table::criteria`].
    pub scores: Vec<Cell>,
    /// The mean of these, each by the weight of its criterion: 0 to 5. `None`: nobody scored it by a criterion that weighs.
    pub value: Option<f64>,
    /// By some criterion that weighs nobody scored it: its value leaves that criterion out.
    pub partial: bool,
}

/// What several people gave.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Default)]
pub struct Cell {
    /// How many people.
    pub people: usize,
    /// Their mean; `None`: nobody gave any.
    pub mean: Option<f64>,
    /// How far they are from it: the standard deviation.
    pub spread: f64,
    /// The least that somebody gave.
    pub least: u32,
    /// The most that somebody gave.
    pub most: u32,
    /// People differ so much that it is worth speaking about.
    pub differ: bool,
}

impl Cell {
    /// Whole numbers are added up first, so that the order of people changes nothing.
    fn of(given: &[u32]) -> Self {
        let (Some(least), Some(most)) = (given.iter().min(), given.iter().max()) else {
            return Self::default();
        };
        let n = given.len() as u64;
        let sum: u64 = given.iter().map(|one| u64::from(*one)).sum();
        let squares: u64 = given
            .iter()
            .map(|one| u64::from(*one) * u64::from(*one))
            .sum();
        let spread = ((n * squares - sum * sum) as f64).sqrt() / n as f64;
        Self {
            people: given.len(),
            mean: Some(sum as f64 / n as f64),
            spread,
            least: *least,
            most: *most,
            differ: spread >= DIFFER,
        }
    }
}

/// What everybody's weights and scores come to. What is out of scale, and what speaks of a criterion or option that is no longer
/// asked, is left out; it stays in its ballot, and counts again should the criterion come back before the count.
pub(super) fn table(terms: &Terms, answers: &[&Answer]) -> (Table, Verdict) {
    let grids: Vec<Grid<'_>> = answers
        .iter()
        .filter_map(|answer| Grid::of(answer))
        .collect();
    let given = |of: &dyn Fn(&Grid<'_>) -> Option<u32>| {
        let all = grids.iter().filter_map(of);
        Cell::of(&all.filter(|one| *one <= WEIGHT_MAX).collect::<Vec<_>>())
    };
    let criteria: Vec<Weighed> = terms
        .criteria
        .iter()
        .map(|criterion| Weighed {
            weight: given(&|grid| grid.weights.get(&criterion.id).copied()),
            criterion: criterion.clone(),
        })
        .collect();
    let mean = |one: &Weighed| one.weight.mean.unwrap_or(0.0);
    let equal_weights = criteria.iter().all(|one| mean(one) <= 0.0);
    let weights: Vec<f64> = criteria
        .iter()
        .map(|one| if equal_weights { 1.0 } else { mean(one) })
        .collect();
    let options: Vec<Rated> = terms
        .options
        .iter()
        .map(|option| {
            let score = |criterion: &Weighed| {
                let id = criterion.criterion.id;
                given(&|grid| grid.scores.get(&option.id)?.get(&id).copied())
            };
            rated(option, criteria.iter().map(score).collect(), &weights)
        })
        .collect();
    let verdict = best(&options);
    let table = Table {
        criteria,
        options,
        equal_weights,
    };
    (table, verdict)
}

fn rated(option: &Thing, scores: Vec<Cell>, weights: &[f64]) -> Rated {
    let (mut sum, mut whole, mut partial) = (0.0, 0.0, false);
    for (score, weight) in scores.iter().zip(weights) {
        match score.mean {
            Some(mean) => {
                sum += mean * weight;
                whole += weight;
            }
            None => partial |= *weight > 0.0,
        }
    }
    Rated {
        option: option.clone(),
        scores,
        value: (whole > 0.0).then(|| sum / whole),
        partial,
    }
}

/// The option with the highest value; values that differ by less than a millionth are one.
fn best(options: &[Rated]) -> Verdict {
    let millionths = |one: &Rated| one.value.map(|value| (value * 1e6).round());
    let best = options
        .iter()
        .filter_map(millionths)
        .fold(None, |best: Option<f64>, one| {
            Some(best.map_or(one, |best| best.max(one)))
        });
    let Some(best) = best else {
        return Verdict::Gathered {};
    };
    let first: Vec<ItemId> = options
        .iter()
        .filter(|one| millionths(one).is_some_and(|value| value >= best))
        .map(|one| one.option.id)
        .collect();
    match first[..] {
        [option] => Verdict::Chosen { option },
        _ => Verdict::Tie { options: first },
    }
}

struct Grid<'a> {
    weights: &'a BTreeMap<ItemId, u32>,
    scores: &'a BTreeMap<ItemId, BTreeMap<ItemId, u32>>,
}

impl<'a> Grid<'a> {
    fn of(answer: &'a Answer) -> Option<Self> {
        match answer {
            Answer::Grid {
                weights, scores, ..
            } => Some(Self { weights, scores }),
            _ => None,
        }
    }
}
