//! Sending documents: one step for one document at a time, as far as there is room.

use automerge::ChangeHash;
use tresse_model::{DocId, NetworkId};

use super::{
    Docs,
    notes::{Step, is_within, join, next_step, note, sorted},
    picture, tell,
};
use crate::{
    CloseReason, DocRefusal,
    document::Outgoing,
    line::{Context, Flight},
};

impl Docs {
    pub(crate) fn landed(
        &mut self,
        network: &NetworkId,
        flight: &Flight,
        context: &mut Context<'_>,
    ) {
        self.in_flight = self.in_flight.saturating_sub(1);
        let note = self.notes.get_mut(&flight.doc);
        let Some(note) = note.filter(|note| !note.refused) else {
            return;
        };
        let here = picture(network, context).ok();
        let all = here.and_then(|picture| picture.get(&flight.doc)) == Some(&flight.heads);
        if all && !self.awaited.contains(&flight.doc) {
            note.peer.clone_from(&flight.heads);
            note.peer.sort_unstable();
        } else {
            join(&mut note.peer, &flight.heads);
        }
    }

    /// Sends what is queued, as far as there is room. `true` if something was done.
    pub(crate) fn pump(
        &mut self,
        network: &NetworkId,
        context: &mut Context<'_>,
    ) -> Result<bool, CloseReason> {
        let mut done = false;
        while context.line.has_room() {
            let Some(doc) = self.queue.pop_front() else {
                break;
            };
            self.queued.remove(&doc);
            self.advance(network, doc, context)?;
            done = true;
        }
        Ok(done)
    }

    /// Does the next thing there is to do about one document.
    fn advance(
        &mut self,
        network: &NetworkId,
        doc: DocId,
        context: &mut Context<'_>,
    ) -> Result<(), CloseReason> {
        let mine = picture(network, context)?
            .get(&doc)
            .map(|heads| sorted(heads))
            .unwrap_or_default();
        let remembered = sorted(self.memory.heads(&doc).map_or(&[][..], Vec::as_slice));
        let note = note(&mut self.notes, &self.memory, doc);
        if note.refused {
            return Ok(());
        }
        if note.peer == mine && note.clock.is_none() {
            self.awaited.remove(&doc);
            return self.take_back(network, doc, &mine, context);
        }
        if mine.is_empty() {
            self.awaited.insert(doc);
            return Ok(());
        }
        let nothing_there = note.peer.is_empty() && note.sent.is_empty() && note.clock.is_none();
        if nothing_there && let Some(out) = Outgoing::as_it_lies(context.host, network, &doc) {
            self.awaited.remove(&doc);
            self.send(network, doc, out, context);
            return Ok(());
        }
        let mut step = Step::Nothing;
        let mut strange = false;
        let found = context.host.read(network, &doc, &mut |copy| {
            (step, strange) = next_step(copy, note, &mine, &remembered);
        })?;
        if !found {
            self.refuse(network, doc, &DocRefusal::DamagedHere, context);
            return Ok(());
        }
        if strange {
            self.awaited.insert(doc);
        } else {
            self.awaited.remove(&doc);
            if is_within(&mine, &note.peer) {
                note.peer.clone_from(&mine);
            }
        }
        match step {
            Step::Nothing => {
                note.clock = None;
                self.take_back(network, doc, &mine, context)
            }
            Step::Ask(clock) => {
                note.asked = true;
                note.clock = None;
                tell(network, doc, &clock, false, context);
                Ok(())
            }
            Step::Send(out) => {
                self.send(network, doc, out, context);
                Ok(())
            }
            Step::Refuse(refusal) => {
                self.refuse(network, doc, &refusal, context);
                Ok(())
            }
        }
    }

    /// Where a branch was let go that the peer was told of, and there is nothing to send, says how the document is now: the
    /// peer would wait for that branch for ever.
    fn take_back(
        &mut self,
        network: &NetworkId,
        doc: DocId,
        mine: &[ChangeHash],
        context: &mut Context<'_>,
    ) -> Result<(), CloseReason> {
        let told = &note(&mut self.notes, &self.memory, doc).told;
        if is_within(told, mine) {
            return Ok(());
        }
        let mut gone = false;
        context.host.read(network, &doc, &mut |copy| {
            gone = told.iter().any(|head| !copy.knows(head));
        })?;
        if gone {
            self.send(network, doc, Outgoing::nothing(mine), context);
        }
        Ok(())
    }

    fn send(&mut self, network: &NetworkId, doc: DocId, out: Outgoing, context: &mut Context<'_>) {
        let note = note(&mut self.notes, &self.memory, doc);
        join(&mut note.sent, &out.heads);
        note.told = sorted(&out.heads);
        note.clock = None;
        let heads = out.heads.clone();
        let message = out.message(network, doc);
        context.line.launch(&message, *network, doc, heads);
        self.in_flight += 1;
        self.sent += 1;
    }
}
