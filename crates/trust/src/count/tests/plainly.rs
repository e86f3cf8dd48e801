//! What is worthless, found as the rule says it, again and again until no more is found.

use super::super::graph::Graph;
use super::*;

pub(super) fn worthless(links: &[Link], voice: &impl Fn(&[u8; ACTOR_LEN]) -> Voice) -> Vec<bool> {
    let graph = Graph::of(links);
    let by_itself = graph.base(&graph.voices(voice));
    let mut worthless = vec![false; links.len()];
    loop {
        let before = worthless.clone();
        for branches in graph.forked() {
            let unbuilt = branches
                .iter()
                .filter(|at| is_unbuilt(&graph, **at, &before));
            let (own, late): (Vec<usize>, Vec<usize>) = unbuilt.partition(|at| by_itself[**at]);
            for mut few in [own, late] {
                few.sort_by_key(|at| links[*at].hash);
                for at in few.iter().skip(MOST_BRANCHES) {
                    worthless[*at] = true;
                }
            }
        }
        graph.pass_on(&mut worthless);
        if worthless == before {
            return worthless;
        }
    }
}

/// Whether nothing but its own chain is built on a branch, worthless things left out.
fn is_unbuilt(graph: &Graph<'_>, at: usize, worthless: &[bool]) -> bool {
    let mut built = vec![false; graph.links.len()];
    built[at] = true;
    graph.pass_on(&mut built);
    (0..built.len())
        .filter(|place| built[*place] && !worthless[*place])
        .all(|place| graph.chain[place] == graph.chain[at])
}
