//! Documents that came together: they are shown to the host together before the first of them is taken.
//!
//! A first meeting brings hundreds of documents, several in a frame, each with a seal for every device that wrote in it. What is
//! found out of them before their turn is what would be found in turn; only the time differs ([`Coming`]).

use std::collections::VecDeque;

use tresse_model::{DocId, NetworkId};

use crate::{
    CloseReason, Coming, Host, Incoming,
    stream::Inbox,
    wire::{self, Message},
};

/// How many documents are shown together at most. (How many bytes they have is bounded by what came
/// in one frame, or in a few: [`super::Session::receive_all`]; what they unfold to, by the host: [`Coming::check`].)
const MOST: usize = 128;

/// What was read of the messages that came, and waits its turn: first the documents, then what came after them.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    coming: VecDeque<Coming>,
    after: Option<Message>,
    /// Why there is no more after them.
    fault: Option<CloseReason>,
}

/// What came next.
pub(super) enum Next {
    /// Changes of a document.
    Changes(Box<Coming>),
    /// Anything else.
    Message(Message),
}

impl Ahead {
    /// The next message, none of which may be longer than `most`. With changes of a document, those that follow at once
    /// are read too, and shown to the host.
    pub(super) fn next(
        &mut self,
        inbox: &mut Inbox,
        most: usize,
        shared: impl Fn(&NetworkId) -> bool,
        host: &mut dyn Host,
    ) -> Result<Option<Next>, CloseReason> {
        if let Some(next) = self.waiting() {
            return Ok(Some(next));
        }
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        let mut next = inbox.next(most)?;
        while let Some(message) = next {
            match read(message, &shared) {
                Ok(Next::Changes(coming)) => self.coming.push_back(*coming),
                Ok(Next::Message(message)) => {
                    self.after = Some(message);
                    break;
                }
                Err(fault) => {
                    self.fault = Some(fault);
                    break;
                }
            }
            if self.coming.len() >= MOST {
                break;
            }
            next = inbox.next(most).unwrap_or_else(|fault| {
                self.fault = Some(fault);
                None
            });
        }
        if !self.coming.is_empty() {
            host.ahead(self.coming.make_contiguous());
        } else if self.after.is_none()
            && let Some(fault) = self.fault.take()
        {
            return Err(fault);
        }
        Ok(self.waiting())
    }

    fn waiting(&mut self) -> Option<Next> {
        let changes = self.coming.pop_front().map(Box::new).map(Next::Changes);
        changes.or_else(|| self.after.take().map(Next::Message))
    }
}

fn read(message: Message, shared: impl Fn(&NetworkId) -> bool) -> Result<Next, CloseReason> {
    let Message::Changes {
        network,
        doc,
        heads,
        body,
        aside,
        seals,
    } = message
    else {
        return Ok(Next::Message(message));
    };
    let network = NetworkId::from_bytes(network);
    let shared = shared(&network);
    let mut incoming = Incoming::new(body, aside, seals);
    // Of what is not shared nothing is read.
    if shared && !incoming.unpack() {
        return Err(CloseReason::Malformed);
    }
    Ok(Next::Changes(Box::new(Coming::new(
        network,
        DocId::from_bytes(doc),
        wire::heads(heads),
        incoming,
        shared,
    ))))
}
