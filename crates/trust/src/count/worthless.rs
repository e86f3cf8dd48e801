//! What need not be kept: of the branches of one place on which nothing but their own chain is built, all but those with the lowest
//! hashes ([`MOST_BRANCHES`]), with all that depends on them.
//!
//! What is built and is worthless itself builds nothing, so one thing leads to another until no more is found; it comes to the same
//! in whatever order it is found, and when some of it is forgotten already. For each change it is kept of which chains
//! something stands in its future: none, one, or several. That only ever shrinks, at most twice for each
//! change, so all of it takes time in proportion to the changes and what they depend on.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{MOST_BRANCHES, graph::Graph};

/// For each link whether it need not be kept.
pub(super) fn worthless(graph: &Graph<'_>, forked: &[Vec<usize>], by_itself: &[bool]) -> Vec<bool> {
    let crowded = forked.iter().any(|branches| branches.len() > MOST_BRANCHES);
    if !crowded {
        return vec![false; graph.links.len()];
    }
    let mut search = Search::new(graph, forked, by_itself);
    for branches in forked {
        for &at in branches {
            search.look_at(at);
        }
    }
    search.run();
    search.worthless
}

/// The chains of which something that is not worthless stands somewhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chains {
    None,
    One(usize),
    Several,
}

/// The futures of what follows a change at once.
#[derive(Clone, Default)]
struct Tally {
    one: BTreeMap<usize, usize>,
    several: usize,
}

/// The branches of one place that nothing but their own chain is built on, by their hashes: no more than are kept.
#[derive(Default)]
struct Unbuilt {
    own: BTreeSet<([u8; 32], usize)>,
    /// Late ones take no room from those that count by themselves.
    late: BTreeSet<([u8; 32], usize)>,
}

struct Search<'a> {
    graph: &'a Graph<'a>,
    by_itself: &'a [bool],
    followers: Vec<Vec<usize>>,
    /// For each change, what stands in its future, itself included.
    futures: Vec<Chains>,
    tallies: Vec<Tally>,
    /// In which place each branch stands.
    places: HashMap<usize, usize>,
    unbuilt: Vec<Unbuilt>,
    worthless: Vec<bool>,
    found: Vec<usize>,
}

impl<'a> Search<'a> {
    fn new(graph: &'a Graph<'a>, forked: &[Vec<usize>], by_itself: &'a [bool]) -> Self {
        let count = graph.links.len();
        let places = forked.iter().enumerate();
        let mut search = Self {
            graph,
            by_itself,
            followers: vec![Vec::new(); count],
            futures: vec![Chains::None; count],
            tallies: vec![Tally::default(); count],
            places: places
                .flat_map(|(place, branches)| branches.iter().map(move |at| (*at, place)))
                .collect(),
            unbuilt: forked.iter().map(|_| Unbuilt::default()).collect(),
            worthless: vec![false; count],
            found: Vec::new(),
        };
        for &at in graph.order.iter().rev() {
            search.futures[at] = search.future(at);
            for &dep in &graph.deps[at] {
                search.followers[dep].push(at);
                search.tallies[dep].add(search.futures[at]);
            }
        }
        search
    }

    fn run(&mut self) {
        while let Some(at) = self.found.pop() {
            if std::mem::replace(&mut self.worthless[at], true) {
                continue;
            }
            self.found.extend(&self.followers[at]);
            self.shrink(at);
        }
    }

    /// A change became worthless: the futures of what it depends on may hold less now.
    fn shrink(&mut self, at: usize) {
        let mut next = vec![at];
        while let Some(at) = next.pop() {
            let now = self.future(at);
            let before = std::mem::replace(&mut self.futures[at], now);
            if before == now {
                continue;
            }
            for &dep in &self.graph.deps[at] {
                self.tallies[dep].take(before);
                self.tallies[dep].add(now);
                next.push(dep);
            }
            self.look_at(at);
        }
    }

    fn future(&self, at: usize) -> Chains {
        let own = (!self.worthless[at]).then_some(self.graph.chain[at]);
        self.tallies[at].with(own)
    }

    /// If nothing but its own chain is built on this branch, it takes room among those kept, or is one too many.
    fn look_at(&mut self, at: usize) {
        let Some(place) = self.places.get(&at) else {
            return;
        };
        let built_on = match self.futures[at] {
            Chains::None => false,
            Chains::One(chain) => chain != self.graph.chain[at],
            Chains::Several => true,
        };
        if built_on {
            return;
        }
        let unbuilt = &mut self.unbuilt[*place];
        let few = if self.by_itself[at] {
            &mut unbuilt.own
        } else {
            &mut unbuilt.late
        };
        few.insert((self.graph.links[at].hash, at));
        if few.len() > MOST_BRANCHES {
            self.found.extend(few.pop_last().map(|(_, at)| at));
        }
    }
}

impl Tally {
    fn add(&mut self, chains: Chains) {
        match chains {
            Chains::None => {}
            Chains::One(chain) => *self.one.entry(chain).or_default() += 1,
            Chains::Several => self.several += 1,
        }
    }

    fn take(&mut self, chains: Chains) {
        match chains {
            Chains::None => {}
            Chains::One(chain) => {
                if let Some(count) = self.one.get_mut(&chain) {
                    *count -= 1;
                    if *count == 0 {
                        self.one.remove(&chain);
                    }
                }
            }
            Chains::Several => self.several -= 1,
        }
    }

    /// All of these, and one more.
    fn with(&self, own: Option<usize>) -> Chains {
        let mut all = self.one.keys().copied().chain(own);
        let first = all.next();
        match first {
            _ if self.several > 0 => Chains::Several,
            None => Chains::None,
            Some(first) if all.all(|chain| chain == first) => Chains::One(first),
            Some(_) => Chains::Several,
        }
    }
}
