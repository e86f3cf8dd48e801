//! What is known of single documents at the peer, and what follows from it.

use std::collections::BTreeMap;

use automerge::ChangeHash;
use tresse_model::DocId;

use crate::{
    Copy, DocRefusal, Heads,
    clock::{Clock, known_among},
    document::{Outgoing, outgoing},
    memory::Memory,
};

/// What is longer than the clock so many times will not be shorter when it is pressed: that is not tried.
const MOST_PRESSED: usize = 4;

/// What is known of one document at the peer.
#[derive(Debug, Default)]
pub(super) struct Note {
    /// Changes that the peer has, with all they depend on (sorted).
    pub(super) peer: Heads,
    /// Changes sent to it since (sorted).
    pub(super) sent: Heads,
    /// What the peer was told to be here, and may wait for (sorted).
    pub(super) told: Heads,
    /// What the peer said it has of each actor, until it has been sent the rest; and whether nothing
    /// else is to be taken to be there.
    pub(super) clock: Option<(Clock, bool)>,
    /// The own clock is out.
    pub(super) asked: bool,
    /// It is out for the second time, since what came did not fit.
    pub(super) strict: bool,
    /// One of the two refuses this document.
    pub(super) refused: bool,
}

/// What to do about one document.
pub(super) enum Step {
    Nothing,
    Ask(Clock),
    Send(Outgoing),
    Refuse(DocRefusal),
}

/// What there is to do about a document; and whether the peer has something of it that is not here.
/// `remembered` (sorted) is what both had when they were last in step.
pub(super) fn next_step(
    copy: &Copy,
    note: &Note,
    mine: &[ChangeHash],
    remembered: &[ChangeHash],
) -> (Step, bool) {
    let mut has = known_among(copy, &note.peer);
    let strange = note.peer.iter().any(|head| !copy.has_seen(head));
    join(&mut has, &known_among(copy, &note.sent));
    if note.clock.is_none() {
        if is_within(mine, &has) {
            return (Step::Nothing, strange);
        }
        if strange {
            // Unchanged since then, the peer has what is here and knows that it alone is to send.
            let step = if note.asked || is_within(mine, remembered) {
                Step::Nothing
            } else {
                // Whoever is further along is so from there, unless they lost it: then they ask.
                join(&mut has, &known_among(copy, remembered));
                send_or_ask(copy, &has)
            };
            return (step, strange);
        }
    }
    let step = match outgoing(copy, &has, note.clock.as_ref()) {
        Ok(Some(out)) => Step::Send(out),
        // The peer is further along a chain whose end is not known here, and cannot tell from heads
        // what is: it may be another branch of that chain.
        Ok(None) if strange && !note.asked => Step::Ask(Clock::of(copy)),
        Ok(None) => Step::Nothing,
        Err(refusal) => Step::Refuse(refusal),
    };
    (step, strange)
}

/// Each lacks something of the other's. What is new here since both had the same is sent at once where that is shorter than asking, with
/// the clock of everybody who ever wrote here, what of it the other may have from elsewhere.
fn send_or_ask(copy: &Copy, has: &[ChangeHash]) -> Step {
    let clock = Clock::of(copy);
    if !has.is_empty()
        && let Ok(Some(out)) = outgoing(copy, has, None)
        && out.size() <= MOST_PRESSED * clock.size()
    {
        let out = out.pressed();
        if out.size() <= clock.size() {
            return Step::Send(out);
        }
    }
    Step::Ask(clock)
}

/// The note on a document; a new one begins with what both remember.
pub(super) fn note<'a>(
    notes: &'a mut BTreeMap<DocId, Note>,
    memory: &Memory,
    doc: DocId,
) -> &'a mut Note {
    notes.entry(doc).or_insert_with(|| Note {
        peer: memory
            .heads(&doc)
            .map(|heads| sorted(heads))
            .unwrap_or_default(),
        ..Note::default()
    })
}

pub(super) fn sorted(heads: &[ChangeHash]) -> Heads {
    let mut heads = heads.to_vec();
    heads.sort_unstable();
    heads
}

/// Adds `more` to a sorted set.
pub(super) fn join(set: &mut Heads, more: &[ChangeHash]) {
    set.extend_from_slice(more);
    set.sort_unstable();
    set.dedup();
}

pub(super) fn is_within(part: &[ChangeHash], whole: &[ChangeHash]) -> bool {
    part.iter().all(|hash| whole.binary_search(hash).is_ok())
}
