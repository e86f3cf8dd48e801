//! Which of the known changes of a document count: one function of what is known.
//!
//! Every peer keeps all sealed changes of a document that reached it. They are a set that only grows, as the acts are,
//! and both are brought into step between peers. What the document *shows* is a function of these two
//! sets, so peers that know the same show the same, in whatever order it came. For nearly every
//! document all known changes count. Two things make an exception:
//!
//! **A device that was put out** (revoked, or its person left or was removed). The acts that did it
//! name, for each of its chains, the last change that its members had seen: the chain up to there counts. What
//! comes after counts only if a change that counts by itself depends on it.
//!
//! **A fork**: two changes in one place of one chain, both sealed: a disk was copied, or somebody
//! cheats. Automerge cannot hold both. Of the branches at one place the one is chosen on which more
//! *other persons* have built; among equals the one with the lowest hash. Whoever forks later, to do
//! harm, finds that the others have long built on the first, and gains nothing. Once two villages that
//! each built on one branch have met, all go on from the chosen one, so the choice does not turn again.
//!
//! In steps, for known changes `K` (closed under dependencies):
//! 1. *base* `B`: changes of active devices, and of ended ones up to where they count, without what is worthless (below);
//! 2. *candidates*: `B` and everything it depends on;
//! 3. at each place of a chain with several candidates, choose; the others, and all that depends on
//!    them, are *lost*;
//! 4. what counts: `B` without what is lost, and everything it depends on.
//!
//! Support is counted over all candidates, lost or not, so that no choice depends on another and the
//! order in which they are made does not matter.
//!
//! What does not count is kept *aside*, sent on like the rest, shown, and can be adopted by any
//! member. So that a cheat cannot fill disks with branches, of the branches of one place
//! that only their own chain has built on, no more than [`MOST_BRANCHES`] are kept (those with the
//! lowest hashes; of late ones as many again); further ones are *worthless* and forgotten. They have no voice before that either: what
//! they support was chosen without them, so forgetting them changes nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use tresse_model::MemberId;

use crate::ACTOR_LEN;

/// How many branches of one place are kept that nobody but their own device has built on.
pub const MOST_BRANCHES: usize = 4;

/// A known change as a link of its chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its hash.
    pub hash: [u8; 32],
    /// Whose chain it is in.
    pub actor: [u8; ACTOR_LEN],
    /// Its place in the chain, from 1.
    pub seq: u64,
    /// The changes it depends on.
    pub deps: Vec<[u8; 32]>,
}

/// What weight an actor's changes have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Voice {
    /// The beginning that every document of a kind has.
    Genesis,
    /// A device of this active member.
    Active(MemberId),
    /// A device that was put out: its chain counts up to these changes.
    Ended(MemberId, Vec<[u8; 32]>),
}

/// What counts, by the places of the links given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    /// For each link whether it counts.
    pub counts: Vec<bool>,
    /// For each link whether it need not be kept.
    pub worthless: Vec<bool>,
    /// Places where a chain forks, each told once.
    pub forks: Vec<Fork>,
}

/// A place where two changes of one chain stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fork {
    /// The chain.
    pub actor: [u8; ACTOR_LEN],
    /// The place.
    pub seq: u64,
    /// The change chosen.
    pub chosen: [u8; 32],
    /// The others, lowest hash first.
    pub others: Vec<[u8; 32]>,
}

/// Which of these changes count. Every dependency of a link must be among the links: a link for
/// which that is not so does not count, nor does what depends on it.
pub fn count(links: &[Link], voice: impl Fn(&[u8; ACTOR_LEN]) -> Voice) -> Counted {
    let graph = Graph::of(links);
    let voices = graph.voices(&voice);
    let by_itself = graph.base(&voices);
    let forked = graph.forked();
    let worthless = graph.worthless(&forked, &by_itself);
    let base: Vec<bool> = (0..links.len())
        .map(|at| by_itself[at] && !worthless[at])
        .collect();
    let candidates = graph.with_pasts(&base);
    let mut lost = graph.loose();
    let mut forks = Vec::new();
    for branches in forked {
        let alive = branches.iter().copied().filter(|at| candidates[*at]);
        let mut ranked: Vec<Branch> = alive.map(|at| graph.branch(at, &base, &voices)).collect();
        ranked.sort_by(|a, b| b.support.cmp(&a.support).then(a.hash.cmp(&b.hash)));
        for branch in ranked.iter().skip(1) {
            lost[branch.at] = true;
        }
        forks.extend(graph.told(&ranked, &branches));
    }
    graph.pass_on(&mut lost);
    let left: Vec<bool> = (0..links.len()).map(|at| base[at] && !lost[at]).collect();
    Counted {
        counts: graph.with_pasts(&left),
        worthless,
        forks,
    }
}

/// The links with their dependencies as places, in an order in which each comes after those.
struct Graph<'a> {
    links: &'a [Link],
    deps: Vec<Vec<usize>>,
    order: Vec<usize>,
    /// The link of the same chain just before, found among the dependencies.
    previous: Vec<Option<usize>>,
    chains: BTreeMap<[u8; ACTOR_LEN], usize>,
    chain: Vec<usize>,
}

struct Branch {
    at: usize,
    hash: [u8; 32],
    support: usize,
}

impl<'a> Graph<'a> {
    fn of(links: &'a [Link]) -> Self {
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

    fn voices(&self, voice: &impl Fn(&[u8; ACTOR_LEN]) -> Voice) -> Vec<Voice> {
        let mut voices = vec![Voice::Genesis; self.chains.len()];
        for (actor, number) in &self.chains {
            voices[*number] = voice(actor);
        }
        voices
    }

    fn find_previous(&mut self) {
        let mut at_place: HashMap<(usize, u64), Vec<usize>> = HashMap::new();
        for &at in &self.order {
            at_place
                .entry((self.chain[at], self.links[at].seq))
                .or_default()
                .push(at);
        }
        for &at in &self.order {
            let Some(before) = self.links[at].seq.checked_sub(1) else {
                continue;
            };
            let Some(choices) = at_place.get(&(self.chain[at], before)) else {
                continue;
            };
            self.previous[at] = match choices.as_slice() {
                [only] => Some(*only),
                several => self.first_in_past(at, several),
            };
        }
    }

    fn first_in_past(&self, at: usize, wanted: &[usize]) -> Option<usize> {
        let mut seen = BTreeSet::new();
        let mut next = vec![at];
        while let Some(here) = next.pop() {
            for &dep in &self.deps[here] {
                if wanted.contains(&dep) {
                    return Some(dep);
                }
                if seen.insert(dep) {
                    next.push(dep);
                }
            }
        }
        None
    }

    fn base(&self, voices: &[Voice]) -> Vec<bool> {
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
    fn with_pasts(&self, these: &[bool]) -> Vec<bool> {
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
    fn pass_on(&self, marked: &mut [bool]) {
        for &at in &self.order {
            marked[at] |= self.deps[at].iter().any(|dep| marked[*dep]);
        }
    }

    /// Links that do not hang on their own chain: no honest peer makes or passes on such.
    fn loose(&self) -> Vec<bool> {
        let hangs = |at: usize| self.links[at].seq == 1 || self.previous[at].is_some();
        (0..self.links.len()).map(|at| !hangs(at)).collect()
    }

    /// Links that stand in one place of a chain, after the same one.
    fn forked(&self) -> Vec<Vec<usize>> {
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

    /// What need not be kept: of the branches of one place on which nothing but their own chain is built, all
    /// but those with the lowest hashes, with all that depends on them. What is built and is worthless itself
    /// builds nothing, so this goes on until no more is found; it comes to the same when some of it is forgotten already.
    fn worthless(&self, forked: &[Vec<usize>], by_itself: &[bool]) -> Vec<bool> {
        let mut worthless = vec![false; self.links.len()];
        loop {
            let before = worthless.clone();
            for branches in forked {
                let unbuilt = branches.iter().filter(|at| self.is_unbuilt(**at, &before));
                // Late ones take no room from those that count by themselves.
                let (mut own, mut late): (Vec<usize>, Vec<usize>) =
                    unbuilt.partition(|at| by_itself[**at]);
                for few in [&mut own, &mut late] {
                    few.sort_by_key(|at| self.links[*at].hash);
                    for at in few.iter().skip(MOST_BRANCHES) {
                        worthless[*at] = true;
                    }
                }
            }
            self.pass_on(&mut worthless);
            if worthless == before {
                return worthless;
            }
        }
    }

    /// Whether nothing but its own chain is built on a branch, worthless things left out.
    fn is_unbuilt(&self, at: usize, worthless: &[bool]) -> bool {
        let built = self.future(at);
        (0..self.links.len())
            .filter(|place| built[*place] && !worthless[*place])
            .all(|place| self.chain[place] == self.chain[at])
    }

    /// A link and what depends on it.
    fn future(&self, at: usize) -> Vec<bool> {
        let mut built = vec![false; self.links.len()];
        built[at] = true;
        self.pass_on(&mut built);
        built
    }

    fn branch(&self, at: usize, base: &[bool], voices: &[Voice]) -> Branch {
        let built = self.future(at);
        let person = |chain: usize| match &voices[chain] {
            Voice::Genesis => None,
            Voice::Active(member) | Voice::Ended(member, _) => Some(*member),
        };
        let forker = person(self.chain[at]);
        let others: BTreeSet<MemberId> = (0..self.links.len())
            .filter(|place| built[*place] && base[*place])
            .filter_map(|place| person(self.chain[place]))
            .filter(|member| Some(*member) != forker)
            .collect();
        Branch {
            at,
            hash: self.links[at].hash,
            support: others.len(),
        }
    }

    fn told(&self, ranked: &[Branch], all: &[usize]) -> Option<Fork> {
        let chosen = ranked.first().map_or_else(
            || all.iter().map(|at| self.links[*at].hash).min(),
            |branch| Some(branch.hash),
        )?;
        let mut others: Vec<[u8; 32]> = all
            .iter()
            .map(|at| self.links[*at].hash)
            .filter(|hash| *hash != chosen)
            .collect();
        others.sort_unstable();
        let link = &self.links[all[0]];
        Some(Fork {
            actor: link.actor,
            seq: link.seq,
            chosen,
            others,
        })
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

#[cfg(test)]
mod tests;
