//! Two machines in memory, one of which has everything and the other nothing, and two sessions between them.

use std::collections::{BTreeMap, VecDeque};

use automerge::{Automerge, TextEncoding};
use tresse_model::{DeviceId, DocId, NetworkId};
use tresse_sync::{
    Copy, DocRefusal, Effect, Heads, Host, HostError, Incoming, Role, Session, Standing, Welcome,
};
use tresse_trust::{
    ActSet, Consent, DeviceKey, InviteKey, JoinRefusal, Membership, NetworkSecret, VerifiedAct,
    evaluate,
};

use crate::{Anyhow, village::Village};

/// What is done with a document that arrives.
pub(crate) enum Taking<'a> {
    /// It is checked, then taken.
    Checked,
    /// It is loaded from the same bytes, as they were saved by the sender, and believed.
    Believed(&'a BTreeMap<DocId, Vec<u8>>),
}

/// One machine.
struct Machine<'a> {
    acts: ActSet,
    members: Membership,
    copies: BTreeMap<DocId, Copy>,
    heads: BTreeMap<DocId, Heads>,
    taking: Taking<'a>,
    /// What came, as it came.
    arrived: Vec<(DocId, Incoming)>,
}

/// What a newcomer's machine got.
pub(crate) struct Got {
    pub(crate) copies: BTreeMap<DocId, Copy>,
    pub(crate) arrived: Vec<(DocId, Incoming)>,
}

/// The first device of the village meets the second, which has nothing yet but the acts.
pub(crate) fn first_meeting(village: &Village, taking: Taking<'_>) -> Anyhow<Got> {
    let [here, there, ..] = village.devices.as_slice() else {
        return Err("a meeting needs two devices".into());
    };
    let mut ends = [
        Machine::new(&village.acts, &village.copies, Taking::Checked),
        Machine::new(&village.acts, &[], taking),
    ];
    let mut sessions = [
        session(Role::Dialer, here, there),
        session(Role::Listener, there, here),
    ];
    let mut waiting = VecDeque::new();
    for end in [0, 1] {
        let effects = sessions[end].start(&mut ends[end]);
        send(1 - end, effects, &mut waiting)?;
    }
    while let Some((end, frame)) = waiting.pop_front() {
        let effects = sessions[end].receive(&mut ends[end], &frame);
        send(1 - end, effects, &mut waiting)?;
    }
    let [sender, newcomer] = ends;
    if sender.heads != newcomer.heads {
        return Err("the two machines are not in step".into());
    }
    Ok(Got {
        copies: newcomer.copies,
        arrived: newcomer.arrived,
    })
}

fn session(role: Role, me: &DeviceKey, peer: &DeviceKey) -> Session {
    let seed = *me.id().as_bytes();
    Session::new(role, [9; 32], me.id(), peer.id(), seed, None)
}

fn send(to: usize, effects: Vec<Effect>, waiting: &mut VecDeque<(usize, Vec<u8>)>) -> Anyhow<()> {
    for effect in effects {
        match effect {
            Effect::Send(frame) => waiting.push_back((to, frame)),
            Effect::Close(reason) => return Err(reason.into()),
            Effect::DocumentRefused { code, .. } => return Err(code.into()),
            _ => {}
        }
    }
    Ok(())
}

impl<'a> Machine<'a> {
    fn new(acts: &ActSet, copies: &[Copy], taking: Taking<'a>) -> Self {
        Self {
            acts: acts.clone(),
            members: evaluate(acts),
            heads: copies
                .iter()
                .map(|copy| (copy.id(), copy.heads()))
                .collect(),
            copies: copies
                .iter()
                .map(|copy| (copy.id(), copy.clone()))
                .collect(),
            taking,
            arrived: Vec::new(),
        }
    }
}

/// A document of which nothing is known yet.
pub(crate) fn nothing(network: NetworkId, doc: DocId) -> Copy {
    let empty = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint);
    Copy::new(network, doc, empty)
}

impl Host for Machine<'_> {
    fn networks(&self) -> Vec<(NetworkId, NetworkSecret)> {
        vec![(self.acts.network(), NetworkSecret::from_bytes([5; 32]))]
    }

    fn invitations(&self) -> Vec<(NetworkId, InviteKey)> {
        Vec::new()
    }

    fn acts(&self, _: &NetworkId) -> Option<&ActSet> {
        Some(&self.acts)
    }

    fn add_acts(&mut self, _: &NetworkId, acts: Vec<VerifiedAct>) -> Result<(), HostError> {
        for act in acts {
            self.acts
                .insert(act)
                .map_err(|error| HostError(error.to_string()))?;
        }
        Ok(())
    }

    fn standing(&self, _: &NetworkId, device: &DeviceId) -> Standing {
        if self.members.is_member_device(device) {
            Standing::Member
        } else {
            Standing::Unknown
        }
    }

    fn heads(&self, _: &NetworkId) -> Option<&BTreeMap<DocId, Heads>> {
        Some(&self.heads)
    }

    fn read(
        &mut self,
        _: &NetworkId,
        doc: &DocId,
        look: &mut dyn FnMut(&Copy),
    ) -> Result<bool, HostError> {
        let found = self.copies.get(doc);
        if let Some(copy) = found {
            look(copy);
        }
        Ok(found.is_some())
    }

    fn apply(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        incoming: Incoming,
    ) -> Result<(), DocRefusal> {
        let copy = match self.taking {
            Taking::Checked => {
                let mut copy = nothing(*network, *doc);
                let verified = copy.verify(&incoming, &self.members)?;
                copy.take(verified)?;
                copy
            }
            Taking::Believed(saved) => {
                let bytes = saved.get(doc).ok_or(DocRefusal::Malformed)?;
                let loaded = tresse_model::load(bytes).map_err(|_| DocRefusal::Malformed)?;
                Copy::new(*network, *doc, loaded)
            }
        };
        self.heads.insert(*doc, copy.heads());
        self.copies.insert(*doc, copy);
        self.arrived.push((*doc, incoming));
        Ok(())
    }

    fn admit(&mut self, _: &NetworkId, _: &Consent) -> Result<(), JoinRefusal> {
        Err(JoinRefusal::Unavailable)
    }

    fn welcomed(&mut self, _: Welcome) -> Result<(), HostError> {
        Ok(())
    }

    fn memory(&self, _: &NetworkId, _: &DeviceId) -> Option<Vec<u8>> {
        None
    }

    fn save_memory(&mut self, _: &NetworkId, _: &DeviceId, _: Vec<u8>) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::village::Size;

    #[test]
    fn a_newcomer_gets_everything_and_sees_who_wrote_it() {
        let size = Size {
            documents: 4,
            changes: 400,
            devices: 3,
        };
        let village = Village::new(size, 2).unwrap();
        let got = first_meeting(&village, Taking::Checked).unwrap();
        assert_eq!(got.arrived.len(), 4);
        for copy in &village.copies {
            let there = &got.copies[&copy.id()];
            assert_eq!(there.heads(), copy.heads());
            assert_eq!(there.seals().count(), 3);
        }
    }
}
