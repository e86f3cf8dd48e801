//! What came together of documents that are new here, checked on all processors.
//!
//! The core thread waits for it: nothing else is done meanwhile, and what is found is what it would find by itself, one after the
//! other. A member who comes into a network of hundreds of documents sees it sooner.

use std::{collections::HashMap, num::NonZero, sync::Arc, thread};

use tresse_model::{DocId, NetworkId};
use tresse_sync::{Coming, Copy};
use tresse_trust::Membership;

use super::{Replica, documents::beginning};

/// Below so many bytes one processor is done before others have begun.
const WORTH_WHILE: usize = 8 * 1024;
/// What each processor finds out before is kept in memory until its turn: about so many bytes, and one document more at most.
const MOST_AHEAD: u64 = 32 * 1024 * 1024;

/// Of each document that is new here, what is known of it: its beginning, and who is in its network.
type New = HashMap<(NetworkId, DocId), (Copy, Arc<Membership>)>;

impl Replica {
    /// Checks what is about to be taken, as far as that can be done before.
    pub(super) fn check_ahead(&self, coming: &mut [Coming]) {
        let size: usize = coming.iter().map(Coming::size).sum();
        if coming.len() == 1 || size < WORTH_WHILE {
            return Coming::prove(coming);
        }
        // Asked only here: the system reads a dozen files to answer, which a word that somebody types must not wait for.
        let processors = thread::available_parallelism().map_or(1, NonZero::get);
        if processors == 1 {
            return Coming::prove(coming);
        }
        let new = self.new_among(coming);
        let mut parts = Coming::parts(coming, processors);
        let mine = parts.pop();
        thread::scope(|scope| {
            for part in parts {
                scope.spawn(|| check(part, &new));
            }
            if let Some(mine) = mine {
                check(mine, &new);
            }
        });
    }

    /// Those documents of which nothing is here yet.
    fn new_among(&self, coming: &[Coming]) -> New {
        let mut new = New::new();
        for one in coming {
            let (network, doc) = (one.network(), one.doc());
            let Some(state) = self.networks.get(&network) else {
                continue;
            };
            if !state.heads.contains_key(&doc) && !state.loaded.contains_key(&doc) {
                let copy = Copy::new(network, doc, beginning(&doc));
                new.insert((network, doc), (copy, Arc::clone(&state.membership)));
            }
        }
        new
    }
}

fn check(part: &mut [Coming], new: &New) {
    Coming::prove(part);
    let mut weight = 0;
    for one in part {
        // What is left is checked in its turn.
        if weight > MOST_AHEAD {
            break;
        }
        if let Some((copy, members)) = new.get(&(one.network(), one.doc())) {
            weight += one.check(copy, members);
        }
    }
}
