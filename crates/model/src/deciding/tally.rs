//! What comes of the ballots that count.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use serde::Serialize;

use super::{
    Abstentions, Answer, Round, ShareOf, Standing, Table, Terms,
    ballot::sum,
    ranked::{how_far, run_off},
    table::table,
};
use crate::{ItemId, Method, Stance};

/// What comes of the ballots that count.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tally {
    /// How many are asked.
    pub electors: usize,
    /// How many took part, whatever they said.
    pub cast: usize,
    /// How many of these said nothing that can be counted: they went beyond what each may give, or chose only what is no longer
    /// asked, or used a newer Tresse. They count for the quorum.
    pub unusable: usize,
    /// How many must take part, and whether they did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quorum: Option<QuorumFacts>,
    /// How many gave each answer that the method offers, in its order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stances: Vec<StanceCount>,
    /// How many votes are needed, where a threshold decides, and of how many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needed: Option<(usize, usize)>,
    /// What each option got, the most first, so that what is chosen stands first; ranked: who stayed in longest. Of as much, in the order in
    /// which they were put.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<ChoiceCount>,
    /// How ranked choices went out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rounds: Vec<Round>,
    /// What weights and scores come to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<Table>,
    /// What comes of it.
    pub verdict: Verdict,
}

/// Whether enough took part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct QuorumFacts {
    /// How many must.
    pub need: usize,
    /// They did.
    pub reached: bool,
}

/// How many gave one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct StanceCount {
    /// Which.
    pub stance: Stance,
    /// How many.
    pub people: usize,
}

/// What one option got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChoiceCount {
    /// Which.
    pub option: ItemId,
    /// Its words.
    pub label: String,
    /// How many votes, dots or points. Ranked: how many put it first.
    pub points: u64,
    /// How many people gave it any.
    pub people: usize,
}

/// What comes of it, as far as counting says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Verdict {
    /// Nobody said anything that could decide it.
    Nothing {},
    /// Not enough took part.
    NoQuorum {},
    /// Views were gathered; people say what comes of them.
    Gathered {},
    /// It is adopted.
    Adopted {},
    /// It is not.
    Rejected {},
    /// So many objections are open.
    Objected {
        /// How many.
        open: usize,
    },
    /// One option is chosen.
    Chosen {
        /// Which.
        option: ItemId,
    },
    /// Several options got as much as each other, and more than the rest.
    Tie {
        /// Which.
        options: Vec<ItemId>,
    },
}

/// What comes of the ballots that count.
pub fn tally(standing: &Standing) -> Tally {
    let terms = &standing.terms;
    let said: Vec<&Answer> = standing
        .answers()
        .map(|(_, answer)| answer)
        .filter(|answer| answer.says())
        .collect();
    let electors = standing.electors.len();
    let mut tally = Tally {
        electors,
        cast: said.len(),
        unusable: 0,
        quorum: terms.quorum.map(|quorum| {
            let need = quorum.need(electors);
            let reached = said.len() >= need;
            QuorumFacts { need, reached }
        }),
        stances: Vec::new(),
        needed: None,
        choices: Vec::new(),
        rounds: Vec::new(),
        table: None,
        verdict: Verdict::Nothing {},
    };
    let verdict = match terms.method {
        Method::Noted => Verdict::Gathered {},
        Method::Advice => tally.gather(&said),
        Method::Sense | Method::Consent | Method::Vote | Method::Gradients => {
            tally.stances(terms, &said)
        }
        Method::ChooseSimple | Method::ChooseDots | Method::ChooseScore => {
            tally.choices(terms, &said)
        }
        Method::ChooseRanked => tally.ranked(terms, &said),
        Method::Criteria => tally.weighed(terms, &said),
    };
    let short = tally.quorum.is_some_and(|quorum| !quorum.reached);
    tally.verdict = match verdict {
        _ if tally.cast == 0 && terms.method != Method::Noted => Verdict::Nothing {},
        _ if short => Verdict::NoQuorum {},
        verdict => verdict,
    };
    tally
}

impl Tally {
    fn gather(&mut self, said: &[&Answer]) -> Verdict {
        let words = |answer: &&&Answer| matches!(answer, Answer::Words { .. });
        self.unusable = self.cast - said.iter().filter(words).count();
        Verdict::Gathered {}
    }

    fn stances(&mut self, terms: &Terms, said: &[&Answer]) -> Verdict {
        let offered = terms.method.stances();
        let taken: Vec<Stance> = said
            .iter()
            .filter_map(|answer| match answer {
                Answer::Stance { stance, .. } => Some(*stance),
                _ => None,
            })
            .filter(|stance| offered.contains(stance))
            .collect();
        self.unusable = self.cast - taken.len();
        let count = |stance: Stance| taken.iter().filter(|one| **one == stance).count();
        self.stances = offered
            .iter()
            .map(|stance| StanceCount {
                stance: *stance,
                people: count(*stance),
            })
            .collect();
        match terms.method {
            Method::Consent => match count(Stance::Objection) {
                _ if taken.iter().all(|one| *one == Stance::Abstain) => Verdict::Nothing {},
                0 => Verdict::Adopted {},
                open => Verdict::Objected { open },
            },
            Method::Vote => self.vote(
                terms,
                count(Stance::For),
                count(Stance::Against),
                count(Stance::Abstain),
            ),
            _ => Verdict::Gathered {},
        }
    }

    fn vote(&mut self, terms: &Terms, yes: usize, no: usize, neither: usize) -> Verdict {
        let of = match (terms.threshold_of, terms.abstentions) {
            (ShareOf::Members, _) => self.electors,
            (ShareOf::Cast, Abstentions::Cast) => yes + no + neither,
            (ShareOf::Cast, Abstentions::Aside) => yes + no,
        };
        self.needed = Some((terms.threshold.need(of), of));
        if yes + no == 0 {
            return Verdict::Nothing {};
        }
        if terms.threshold.reached(yes, of) {
            Verdict::Adopted {}
        } else {
            Verdict::Rejected {}
        }
    }

    fn choices(&mut self, terms: &Terms, said: &[&Answer]) -> Verdict {
        let ballots: Vec<BTreeMap<ItemId, u32>> = said
            .iter()
            .filter_map(|answer| points(terms, answer))
            .collect();
        self.unusable = self.cast - ballots.len();
        self.choices = counted(terms, &ballots);
        let verdict = most(&self.choices);
        self.choices.sort_by_key(|one| Reverse(one.points));
        verdict
    }

    fn ranked(&mut self, terms: &Terms, said: &[&Answer]) -> Verdict {
        let ballots: Vec<Vec<ItemId>> = said.iter().filter_map(|one| order(terms, one)).collect();
        self.unusable = self.cast - ballots.len();
        let firsts: Vec<BTreeMap<ItemId, u32>> = ballots
            .iter()
            .map(|ballot| ballot.iter().take(1).map(|id| (*id, 1)).collect())
            .collect();
        self.choices = counted(terms, &firsts);
        let options: Vec<ItemId> = terms.options.iter().map(|one| one.id).collect();
        let (rounds, verdict) = run_off(&options, &ballots);
        self.choices
            .sort_by_key(|one| how_far(&rounds, &one.option));
        self.rounds = rounds;
        verdict
    }

    fn weighed(&mut self, terms: &Terms, said: &[&Answer]) -> Verdict {
        let grids: Vec<&Answer> = said
            .iter()
            .copied()
            .filter(|answer| matches!(answer, Answer::Grid { .. }))
            .collect();
        self.unusable = self.cast - grids.len();
        let (table, verdict) = table(terms, &grids);
        self.table = Some(table);
        verdict
    }
}

/// What a ballot gives to which option, if it is one and keeps within what each may give.
fn points(terms: &Terms, answer: &Answer) -> Option<BTreeMap<ItemId, u32>> {
    let asked = |id: &ItemId| terms.option(id).is_some();
    let given: BTreeMap<ItemId, u32> = match (terms.method, answer) {
        (Method::ChooseSimple, Answer::Choice { options, .. }) => {
            let chosen: BTreeSet<&ItemId> = options.iter().collect();
            (chosen.len() <= terms.most as usize)
                .then(|| chosen.into_iter().map(|id| (*id, 1)).collect())?
        }
        (Method::ChooseDots, Answer::Points { points, .. }) => {
            (sum(points) <= terms.dots).then(|| points.clone())?
        }
        (Method::ChooseScore, Answer::Points { points, .. }) => {
            let within = points.values().all(|one| *one <= terms.max);
            within.then(|| points.clone())?
        }
        _ => return None,
    };
    let kept: BTreeMap<ItemId, u32> = given.into_iter().filter(|(id, _)| asked(id)).collect();
    (!kept.is_empty()).then_some(kept)
}

/// The order of a ballot, each option once and only those that are asked.
fn order(terms: &Terms, answer: &Answer) -> Option<Vec<ItemId>> {
    let Answer::Ranking { options, .. } = answer else {
        return None;
    };
    let mut seen = BTreeSet::new();
    let kept: Vec<ItemId> = options
        .iter()
        .copied()
        .filter(|id| terms.option(id).is_some() && seen.insert(*id))
        .collect();
    (!kept.is_empty()).then_some(kept)
}

fn counted(terms: &Terms, ballots: &[BTreeMap<ItemId, u32>]) -> Vec<ChoiceCount> {
    let options = terms.options.iter();
    options
        .map(|option| {
            let given = ballots.iter().filter_map(|ballot| ballot.get(&option.id));
            ChoiceCount {
                option: option.id,
                label: option.label.clone(),
                points: given.clone().map(|one| u64::from(*one)).sum(),
                people: given.filter(|one| **one > 0).count(),
            }
        })
        .collect()
}

fn most(choices: &[ChoiceCount]) -> Verdict {
    let most = choices.iter().map(|one| one.points).max().unwrap_or(0);
    if most == 0 {
        return Verdict::Nothing {};
    }
    let first: Vec<ItemId> = choices
        .iter()
        .filter(|one| one.points == most)
        .map(|one| one.option)
        .collect();
    match first[..] {
        [option] => Verdict::Chosen { option },
        _ => Verdict::Tie { options: first },
    }
}
