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

mod graph;
mod support;
mod worthless;

use tresse_model::MemberId;

use self::{graph::Graph, support::Support};
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
///
/// Takes time in proportion to the links and what they depend on, whatever they are, times one in sixty-four of the persons
/// who write (once, and only where a chain forks).
pub fn count(links: &[Link], voice: impl Fn(&[u8; ACTOR_LEN]) -> Voice) -> Counted {
    let graph = Graph::of(links);
    let voices = graph.voices(&voice);
    let by_itself = graph.base(&voices);
    let forked = graph.forked();
    let worthless = worthless::worthless(&graph, &forked, &by_itself);
    let base: Vec<bool> = (0..links.len())
        .map(|at| by_itself[at] && !worthless[at])
        .collect();
    let candidates = graph.with_pasts(&base);
    let mut lost = graph.loose();
    let mut forks = Vec::new();
    if !forked.is_empty() {
        let support = Support::of(&graph, &base, &voices);
        for branches in forked {
            let mut ranked: Vec<usize> = branches.clone();
            ranked.retain(|at| candidates[*at]);
            let rank = |at: &usize| (std::cmp::Reverse(support.others(*at)), links[*at].hash);
            ranked.sort_by_cached_key(rank);
            for at in ranked.iter().skip(1) {
                lost[*at] = true;
            }
            forks.extend(told(links, ranked.first().copied(), &branches));
        }
    }
    graph.pass_on(&mut lost);
    let left: Vec<bool> = (0..links.len()).map(|at| base[at] && !lost[at]).collect();
    Counted {
        counts: graph.with_pasts(&left),
        worthless,
        forks,
    }
}

/// A place of a chain where several changes stand, and which of them is chosen (none that counts: the lowest hash).
fn told(links: &[Link], chosen: Option<usize>, all: &[usize]) -> Option<Fork> {
    let hashes = all.iter().map(|at| links[*at].hash);
    let chosen = chosen.map_or_else(|| hashes.clone().min(), |at| Some(links[at].hash))?;
    let mut others: Vec<[u8; 32]> = hashes.filter(|hash| *hash != chosen).collect();
    others.sort_unstable();
    let link = &links[*all.first()?];
    Some(Fork {
        actor: link.actor,
        seq: link.seq,
        chosen,
        others,
    })
}

#[cfg(test)]
mod tests;
