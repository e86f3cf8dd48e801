//! Known changes as a graph: by places instead of hashes, each after those it depends on.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Link, Voice};
use crate::ACTOR_LEN;

/// The links with their dependencies as places, in an order in which each comes after those.
pub(super) struct Graph<'a> {
    pub(super) links: &'a [Link],
    pub(super) deps: Vec<Vec<usize>>,
    pub(super) order: Vec<usize>,
    /// The link of the same chain just before, found among the dependencies.
    previous: Vec<Option<usize>>,
    chains: BTreeMap<[u8; ACTOR_LEN], usize>,
    /// For each link, which chain it is in.
    pub(super) chain: Vec<usize>,
}

impl<'a> Graph<'a> {
    pub(super) fn of(links: &'a [Link]) -> Self {
        let places: HashMap<&[u8; 32], usize> = links
            .iter()
            .enumerate()
            .map(|(at, link)| (&link.hash, at))
            .collect();
        let mut chains = BTreeMap::new();
        let mut chain = Vec::with_capacity(links.len());
        let mut deps = Vec::with_capacity(links.len());
        let mut whole = vec![true; links.len()];
        for (at, link) in links.iter().enumerate() {
            let number = chains.len();
            chain.push(*chains.entry(link.actor).or_insert(number));
            let found: Vec<usize> = link
                .deps
                .iter()
                .filter_map(|dep| places.get(dep).copied())
                .collect();
            whole[at] = found.len() == link.deps.len();
            deps.push(found);
        }
        let mut graph = Self {
            links,
            order: order(&deps, &whole),
            previous: vec![None; links.len()],
            deps,
            chains,
            chain,
        };
        graph.find_previous();
        graph
    }

    pub(super) fn voices(&self, voice: &impl Fn(&[u8; ACTOR_LEN]) -> Voice) -> Vec<Voice> {
        let mut voices = vec![Voice::Genesis; self.chains.len()];
        for (actor, number) in &self.chains {
            voices[*number] = voice(actor);
        }
        voices
    }

    fn find_previous(&mut self) {
        let depths = self.depths();
        // Per place how many stand there, one of them, and how deep the least deep lies.
        let mut at_place: HashMap<(usize, u64), (usize, usize, usize)> = HashMap::new();
        for &at in &self.order {
            let place = (self.chain[at], self.links[at].seq);
            let (count, one, depth) = at_place.entry(place).or_insert((0, at, usize::MAX));
            (*count, *one, *depth) = (*count + 1, at, depths[at].min(*depth));
        }
        for &at in &self.order {
            let Some(before) = self.links[at].seq.checked_sub(1) else {
                continue;
            };
            self.previous[at] = match at_place.get(&(self.chain[at], before)) {
                None => None,
                Some((1, only, _)) => Some(*only),
                Some((_, _, depth)) => self.first_in_past(at, before, *depth, &depths),
            };
        }
    }

    /// How many links lie one after the other up to each.
    fn depths(&self) -> Vec<usize> {
        let mut depths = vec![0; self.links.len()];
        for &at in &self.order {
            let before = self.deps[at].iter().map(|dep| depths[*dep]);
            depths[at] = before.max().map_or(0, |depth| depth + 1);
        }
        depths
    }

    /// The link in that place of the same chain that this one comes after. None of them is less deep than `depth`.
    fn first_in_past(&self, at: usize, seq: u64, depth: usize, depths: &[usize]) -> Option<usize> {
        let mut seen = HashSet::new();
        let mut next = vec![at];
        while let Some(here) = next.pop() {
            for &dep in &self.deps[here] {
                let own = self.chain[dep] == self.chain[at];
                if own && self.links[dep].seq == seq {
                    return Some(dep);
                }
                // A chain's link comes after those before it only.
                if !own && depths[dep] > depth && seen.insert(dep) {
                    next.push(dep);
                }
            }
        }
        None
    }

    pub(super) fn base(&self, voices: &[Voice]) -> Vec<bool> {
        let mut base = vec![false; self.links.len()];
        let mut until: BTreeSet<[u8; 32]> = BTreeSet::new();
        for voice in voices {
            if let Voice::Ended(_, tips) = voice {
                until.extend(tips);
            }
        }
        for &at in &self.order {
            base[at] = !matches!(voices[self.chain[at]], Voice::Ended(..));
        }
        for &at in &self.order {
            if !until.contains(&self.links[at].hash) {
                continue;
            }
            let mut next = Some(at);
            while let Some(here) = next.filter(|here| !base[*here]) {
                base[here] = true;
                next = self.previous[here];
            }
        }
        base
    }

    /// These and everything they depend on.
    pub(super) fn with_pasts(&self, these: &[bool]) -> Vec<bool> {
        let mut all = these.to_vec();
        for &at in self.order.iter().rev() {
            if all[at] {
                for &dep in &self.deps[at] {
                    all[dep] = true;
                }
            }
        }
        all
    }

    /// Marks what depends on the marked.
    pub(super) fn pass_on(&self, marked: &mut [bool]) {
        for &at in &self.order {
            marked[at] |= self.deps[at].iter().any(|dep| marked[*dep]);
        }
    }

    /// Links that do not hang on their own chain: no honest peer makes or passes on such.
    pub(super) fn loose(&self) -> Vec<bool> {
        let hangs = |at: usize| self.links[at].seq == 1 || self.previous[at].is_some();
        (0..self.links.len()).map(|at| !hangs(at)).collect()
    }

    /// Links that stand in one place of a chain, after the same one.
    pub(super) fn forked(&self) -> Vec<Vec<usize>> {
        let mut places: BTreeMap<(usize, u64, Option<usize>), Vec<usize>> = BTreeMap::new();
        for &at in &self.order {
            let place = (self.chain[at], self.links[at].seq, self.previous[at]);
            places.entry(place).or_default().push(at);
        }
        places
            .into_values()
            .filter(|branches| branches.len() > 1)
            .collect()
    }
}

/// Each place after those it depends on; without what depends on something that is not there.
fn order(deps: &[Vec<usize>], whole: &[bool]) -> Vec<usize> {
    let mut waits: Vec<usize> = deps.iter().map(Vec::len).collect();
    let mut followers = vec![Vec::new(); deps.len()];
    for (at, deps) in deps.iter().enumerate() {
        for dep in deps {
            followers[*dep].push(at);
        }
    }
    let mut ready: Vec<usize> = (0..deps.len())
        .rev()
        .filter(|at| waits[*at] == 0 && whole[*at])
        .collect();
    let mut order = Vec::with_capacity(deps.len());
    while let Some(at) = ready.pop() {
        order.push(at);
        for &follower in &followers[at] {
            waits[follower] -= 1;
            if waits[follower] == 0 && whole[follower] {
                ready.push(follower);
            }
        }
    }
    order
}
