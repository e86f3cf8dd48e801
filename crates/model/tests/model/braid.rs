//! Copies braid together: whatever is written, merged, undone and restarted, in whatever order, all
//! who have met hold the same.

use proptest::prelude::*;

use crate::support::{Dice, Peer, content, dice, edit_of, kinds};

#[derive(Debug, Clone)]
enum Step {
    Edit(usize, Dice),
    Undo(usize),
    Redo(usize),
    Meet(usize, usize),
    Restart(usize),
}

const PEERS: usize = 5;

fn step() -> impl Strategy<Value = Step> {
    let peer = 0..PEERS;
    prop_oneof![
        8 => (peer.clone(), dice()).prop_map(|(peer, dice)| Step::Edit(peer, dice)),
        2 => peer.clone().prop_map(Step::Undo),
        1 => peer.clone().prop_map(Step::Redo),
        3 => (peer.clone(), peer.clone()).prop_map(|(a, b)| Step::Meet(a, b)),
        1 => peer.prop_map(Step::Restart),
    ]
}

fn two(peers: &mut [Peer], a: usize, b: usize) -> Option<(&mut Peer, &mut Peer)> {
    match peers.get_disjoint_mut([a, b]) {
        Ok([a, b]) => Some((a, b)),
        Err(_) => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whoever_has_met_everyone_holds_the_same(
        kind in kinds(),
        steps in proptest::collection::vec(step(), 1..60),
    ) {
        let mut peers: Vec<Peer> = (0..PEERS).map(|n| Peer::new(n as u8, kind)).collect();
        for step in steps {
            match step {
                Step::Edit(n, dice) => {
                    let edit = edit_of(&peers[n].doc, kind, n as u8, &dice);
                    if let Ok(applied) = peers[n].try_edit(&edit) {
                        peers[n].undo.record((), applied.undo);
                    }
                }
                Step::Undo(n) => drop(peers[n].undo()),
                Step::Redo(n) => drop(peers[n].redo()),
                Step::Restart(n) => peers[n].restart(),
                Step::Meet(a, b) => {
                    if let Some((a, b)) = two(&mut peers, a, b) {
                        a.meet(b);
                    }
                }
            }
        }
        for n in 1..PEERS {
            let (hub, other) = two(&mut peers, 0, n).unwrap();
            hub.meet(other);
        }
        for n in 1..PEERS {
            let (hub, other) = two(&mut peers, 0, n).unwrap();
            other.meet(hub);
            prop_assert_eq!(hub.doc.get_heads(), other.doc.get_heads());
            prop_assert_eq!(content(&hub.doc), content(&other.doc));
        }
        let before = content(&peers[0].doc);
        peers[0].restart();
        prop_assert_eq!(before, content(&peers[0].doc));
    }
}
