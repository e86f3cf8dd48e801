//! One network on one connection, from the moment both have shown that they know its secret.
//!
//! ```text
//! Open ─► acts differ? ActIds, Acts ─► peer is a member? ─► Docs ─► equal? ───────────┐
//!                                      │ no: Shut             │ no                   ▼
//!                                                             List ─► Clock, Changes ─► Digest
//!                                                                        ▲     live     │
//!                                                                        └──────────────┘
//! ```

mod acts;
mod docs;

use std::collections::BTreeSet;

use tresse_model::{DocId, NetworkId};

use crate::{
    CloseReason, Coming, Effect, NetStatus, Standing,
    line::{Context, Flight},
    memory::digest,
    wire::{self, Message},
};

pub(crate) use self::acts::{messages as acts_messages, read as read_act};
use self::{acts::Acts, docs::Docs};

/// Digests as one side last told them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Told {
    acts: Option<[u8; 32]>,
    docs: Option<[u8; 32]>,
    /// How many of the other's messages of changes the digests include.
    seen: u64,
}

impl Told {
    fn same_state(&self, other: &Self) -> bool {
        self.acts.is_some()
            && self.acts == other.acts
            && self.docs.is_some()
            && self.docs == other.docs
    }
}

/// Said in a digest in place of how many messages of changes it includes: there is more to say, and the other is asked how it stands.
const MORE: u64 = u64::MAX;

/// One network on one connection.
#[derive(Debug)]
pub(crate) struct Link {
    network: NetworkId,
    acts: Acts,
    docs: Docs,
    told: Told,
    theirs: Told,
    in_step: bool,
    /// Nothing is said of documents before the other does.
    patient: bool,
    /// Documents that changed by way of others, of which nothing was said yet.
    elsewhere: BTreeSet<DocId>,
    /// Something happened since digests were last compared.
    stirred: bool,
    /// The two digests over which whole lists were last exchanged in vain.
    disagreed: Option<([u8; 32], [u8; 32])>,
}

impl Link {
    /// Opens the network on this connection.
    pub(crate) fn open(
        network: NetworkId,
        patient: bool,
        context: &mut Context<'_>,
    ) -> Result<Self, CloseReason> {
        let acts = Acts::open(&network, context)?;
        let told = Told {
            acts: Some(acts.opened_with()),
            ..Told::default()
        };
        context.line.tell(Effect::Shared(network));
        Ok(Self {
            network,
            acts,
            docs: Docs::default(),
            told,
            theirs: Told::default(),
            in_step: false,
            patient,
            elsewhere: BTreeSet::new(),
            stirred: true,
            disagreed: None,
        })
    }

    /// Goes on as far as what is known of the peer allows. `false`: no further, shut the network.
    pub(crate) fn gate(&mut self, context: &mut Context<'_>) -> Result<bool, CloseReason> {
        let settled = self.acts.settled();
        match context.host.standing(&self.network, &context.peer) {
            Standing::Removed => return Ok(false),
            Standing::Unknown => return Ok(!settled),
            Standing::Member => {}
        }
        if self.patient && !self.docs.was_told() {
            return Ok(true);
        }
        if let Some(digest) = self.docs.offer(&self.network, context)? {
            self.told.docs = Some(digest);
        }
        if settled {
            self.docs.begin(&self.network, context)?;
        }
        Ok(true)
    }

    /// Takes a message about this network.
    pub(crate) fn take(
        &mut self,
        message: Message,
        context: &mut Context<'_>,
    ) -> Result<(), CloseReason> {
        self.stirred = true;
        match message {
            Message::Open { acts, .. } => {
                self.theirs.acts = Some(acts);
                self.acts.on_open(&self.network, acts, context)
            }
            Message::ActIds { ids, .. } => self.acts.on_ids(&self.network, ids, context),
            Message::Acts { acts, .. } => {
                if self.acts.on_acts(&self.network, &acts, context)? {
                    self.docs.forgive();
                    // They may have shown that the peer was let in.
                    self.acts.push(&self.network, context)?;
                }
                Ok(())
            }
            Message::Docs { digest, tokens, .. } => {
                self.theirs.docs = Some(digest);
                self.docs.on_docs(digest, tokens)
            }
            Message::List {
                since,
                answer,
                docs,
                ..
            } => self
                .docs
                .on_list(&self.network, since, answer, docs, context),
            Message::Clock {
                doc,
                entries,
                strict,
                ..
            } => self.docs.on_clock(
                &self.network,
                DocId::from_bytes(doc),
                entries,
                strict,
                context,
            ),
            Message::Unwanted { doc, .. } => {
                self.docs
                    .on_unwanted(&self.network, DocId::from_bytes(doc), context)
            }
            Message::Digest {
                acts, docs, seen, ..
            } => {
                self.docs.must_be_live()?;
                self.theirs = Told {
                    acts: Some(acts),
                    docs: Some(docs),
                    seen,
                };
                Ok(())
            }
            _ => Err(CloseReason::OutOfPlace),
        }
    }

    /// Takes changes of a document of this network.
    pub(crate) fn take_changes(
        &mut self,
        coming: Coming,
        context: &mut Context<'_>,
    ) -> Result<(), CloseReason> {
        self.stirred = true;
        let doc = coming.doc();
        let Coming {
            heads, incoming, ..
        } = coming;
        self.docs
            .on_changes(&self.network, doc, &heads, incoming, context)
    }

    /// The peer has a message of changes that was sent to it.
    pub(crate) fn landed(&mut self, flight: &Flight, context: &mut Context<'_>) {
        self.stirred = true;
        self.docs.landed(&self.network, flight, context);
    }

    /// Documents changed here.
    pub(crate) fn changed(&mut self, docs: &[DocId]) {
        self.stirred = true;
        self.docs.changed(docs);
    }

    /// Documents changed here by way of others.
    pub(crate) fn changed_elsewhere(&mut self, docs: &[DocId], context: &mut Context<'_>) {
        // What begins later begins with all there is.
        if self.docs.is_live() {
            self.elsewhere.extend(docs);
            self.step(false, context);
        }
    }

    /// Says how this side stands, where it kept something back.
    pub(crate) fn compare(&mut self, context: &mut Context<'_>) -> Result<(), CloseReason> {
        self.patient = false;
        if self.elsewhere.is_empty() || !self.docs.is_live() {
            return Ok(());
        }
        let now = Told {
            seen: MORE,
            ..self.now(context)?
        };
        if now != self.told {
            self.tell(now, context);
        }
        self.stirred = true;
        Ok(())
    }

    /// Goes on with what was kept back.
    pub(crate) fn catch_up(&mut self) {
        self.patient = false;
        let docs: Vec<DocId> = std::mem::take(&mut self.elsewhere).into_iter().collect();
        if !docs.is_empty() {
            self.changed(&docs);
        }
    }

    /// Acts changed here.
    pub(crate) fn acts_changed(&mut self, context: &mut Context<'_>) -> Result<(), CloseReason> {
        self.stirred = true;
        self.docs.forgive();
        self.acts.changed(&self.network, context)
    }

    /// Sends what may be sent now. `true` if something was.
    pub(crate) fn pump(&mut self, context: &mut Context<'_>) -> Result<bool, CloseReason> {
        self.docs.pump(&self.network, context)
    }

    /// Nothing is left to send: compares where both stand. `true` if that gave something to send.
    pub(crate) fn rest(&mut self, context: &mut Context<'_>) -> Result<bool, CloseReason> {
        if !self.stirred || !self.docs.is_live() {
            return Ok(false);
        }
        if !self.docs.is_idle() {
            self.step(false, context);
            return Ok(false);
        }
        let now = self.now(context)?;
        if now.acts != self.told.acts {
            self.acts.push(&self.network, context)?;
        }
        let equal = now.same_state(&self.theirs);
        if !self.elsewhere.is_empty() && !equal {
            // Others may be telling the peer; and what is here is not all said.
            self.stirred = false;
            self.step(false, context);
            return Ok(false);
        }
        self.elsewhere.clear();
        if now.docs != self.told.docs && !equal {
            self.docs.scan(&self.network, context)?;
            if !self.docs.is_idle() {
                self.step(false, context);
                return Ok(true);
            }
        }
        if now != self.told && !(equal && now.same_state(&self.told)) {
            self.tell(now, context);
        }
        self.stirred = false;
        if equal {
            self.docs.in_step(&self.network, context)?;
        }
        self.step(equal, context);
        if !equal {
            self.disagree(now, context)?;
        }
        Ok(false)
    }

    /// The digests as they are.
    fn now(&self, context: &Context<'_>) -> Result<Told, CloseReason> {
        let acts = context.host.acts(&self.network);
        let picture = context.host.heads(&self.network);
        let (Some(acts), Some(picture)) = (acts, picture) else {
            return Err(CloseReason::HostFailed);
        };
        Ok(Told {
            acts: Some(acts.digest()),
            docs: Some(digest(&self.network, picture)),
            seen: context.line.seen,
        })
    }

    fn tell(&mut self, now: Told, context: &mut Context<'_>) {
        if let (Some(acts), Some(docs)) = (now.acts, now.docs) {
            context.line.send(&Message::Digest {
                network: wire::network(&self.network),
                acts,
                docs,
                seen: now.seen,
            });
            self.told = now;
        }
    }

    fn step(&mut self, in_step: bool, context: &mut Context<'_>) {
        if self.in_step != in_step {
            self.in_step = in_step;
            context.line.tell(if in_step {
                Effect::InStep(self.network)
            } else {
                Effect::OutOfStep(self.network)
            });
        }
    }

    /// Both have said all they had to say, and yet the documents differ: what one believes of the
    /// other is wrong (a store that lost something). The dialer then asks for whole lists, once.
    fn disagree(&mut self, now: Told, context: &mut Context<'_>) -> Result<(), CloseReason> {
        let (Some(mine), Some(theirs)) = (now.docs, self.theirs.docs) else {
            return Ok(());
        };
        let all_said = context.dialer && self.theirs.seen == context.line.sent;
        let explained = mine == theirs || self.docs.refused() > 0;
        if all_said && !explained && self.disagreed != Some((mine, theirs)) {
            self.disagreed = Some((mine, theirs));
            self.docs.relist(&self.network, context)?;
        }
        Ok(())
    }

    /// The connection is over: saves what is worth remembering.
    pub(crate) fn ended(&mut self, context: &mut Context<'_>) {
        self.docs.save(&self.network, context);
    }

    pub(crate) fn status(&self) -> NetStatus {
        NetStatus {
            in_step: self.in_step,
            ..self.docs.status()
        }
    }
}
