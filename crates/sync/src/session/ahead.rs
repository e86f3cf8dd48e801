//! Documents that came in one frame: their seals are checked together before the first of them is looked at.
//!
//! A first meeting brings hundreds of documents, several in a frame, each with a seal for every device that wrote in it. What is
//! proved here is proved as it would be document by document; only the time differs.

use std::{collections::VecDeque, sync::Arc};

use tresse_model::{DocId, NetworkId};
use tresse_trust::{Proved, ReadSeal};

use crate::{CloseReason, stream::Inbox, wire::Message};

/// What was read of the messages that came, and waits its turn.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    messages: VecDeque<Message>,
    /// Why there is no more after them.
    fault: Option<CloseReason>,
    proved: Arc<Proved>,
}

impl Ahead {
    /// The next message, none of which may be longer than `most`. With changes of a document, those that follow at once
    /// are read too.
    pub(super) fn next(
        &mut self,
        inbox: &mut Inbox,
        most: usize,
        shared: impl Fn(&NetworkId) -> bool,
    ) -> Result<Option<Message>, CloseReason> {
        if let Some(message) = self.messages.pop_front() {
            return Ok(Some(message));
        }
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        let mut next = inbox.next(most)?;
        while let Some(message) = next {
            let goes_on = is_changes(&message);
            self.messages.push_back(message);
            if !goes_on {
                break;
            }
            next = inbox.next(most).unwrap_or_else(|fault| {
                self.fault = Some(fault);
                None
            });
        }
        self.proved = Arc::new(self.prove(shared));
        Ok(self.messages.pop_front())
    }

    /// The seals of the messages read last that were proved together.
    pub(super) const fn proved(&self) -> &Arc<Proved> {
        &self.proved
    }

    fn prove(&self, shared: impl Fn(&NetworkId) -> bool) -> Proved {
        let mut read = Vec::new();
        for message in &self.messages {
            let Message::Changes {
                network,
                doc,
                seals,
                ..
            } = message
            else {
                continue;
            };
            let (network, doc) = (NetworkId::from_bytes(*network), DocId::from_bytes(*doc));
            if shared(&network) {
                let seals = seals.iter();
                read.extend(seals.filter_map(|seal| ReadSeal::read(&seal.0, &network, &doc).ok()));
            }
        }
        Proved::of(&read)
    }
}

const fn is_changes(message: &Message) -> bool {
    matches!(message, Message::Changes { .. })
}
