//! Two machines in memory, one of which has everything and the other nothing, and two sessions between them.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    thread,
};

use automerge::{Automerge, TextEncoding};
use tresse_model::{DeviceId, DocId, NetworkId};
use tresse_sync::{
    Coming, Copy, DocRefusal, Effect, Heads, Host, HostError, Incoming, Role, Session, Standing,
    Welcome,
};
use tresse_trust::{
    ActSet, Consent, DeviceKey, InviteKey, JoinRefusal, Membership, NetworkSecret, VerifiedAct,
    evaluate,
};

use crate::{Anyhow, village::Village};

/// What is done with a document that arrives.
#[derive(Clone, Copy)]
pub(crate) enum Taking<'a> {
    /// It is checked, then taken, on so many processors.
    Checked(usize),
    /// It is loaded from the same bytes, as they were saved by the sender, and believed.
    Believed(&'a BTreeMap<DocId, Vec<u8>>),
}

/// One machine.
struct Machine<'a> {
    acts: ActSet,
    members: Arc<Membership>,
    copies: BTreeMap<DocId, Copy>,
    heads: BTreeMap<DocId, Heads>,
    taking: Taking<'a>,
    /// How many seals came.
    seals: usize,
}

/// What a newcomer's machine got.
pub(crate) struct Got {
    pub(crate) copies: BTreeMap<DocId, Copy>,
    #[cfg_attr(not(test), allow(dead_code, reason = "only tests ask for it"))]
    pub(crate) seals: usize,
    /// What it was sent, frame by frame.
    pub(crate) frames: Vec<Vec<u8>>,
}

/// The first device of the village meets the second, which has nothing yet but the acts.
pub(crate) fn first_meeting(village: &Village, taking: Taking<'_>) -> Anyhow<Got> {
    let [here, there, ..] = village.devices.as_slice() else {
        return Err("a meeting needs two devices".into());
    };
    let mut ends = [
        Machine::new(&village.acts, &village.copies, Taking::Checked(1)),
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
    let mut frames = Vec::new();
    while let Some((end, frame)) = waiting.pop_front() {
        if end == 1 {
            frames.push(frame.clone());
        }
        let effects = sessions[end].receive(&mut ends[end], &frame);
        send(1 - end, effects, &mut waiting)?;
    }
    let [sender, newcomer] = ends;
    if sender.heads != newcomer.heads {
        return Err("the two machines are not in step".into());
    }
    Ok(Got {
        copies: newcomer.copies,
        seals: newcomer.seals,
        frames,
    })
}

/// What the newcomer's machine does at a meeting at which it is sent these frames.
pub(crate) fn take_in(
    village: &Village,
    frames: &[Vec<u8>],
    taking: Taking<'_>,
) -> Anyhow<BTreeMap<DocId, Copy>> {
    let [here, there, ..] = village.devices.as_slice() else {
        return Err("a meeting needs two devices".into());
    };
    let mut newcomer = Machine::new(&village.acts, &[], taking);
    let mut session = session(Role::Listener, there, here);
    let mut waiting = VecDeque::new();
    send(0, session.start(&mut newcomer), &mut waiting)?;
    for frame in frames {
        send(0, session.receive(&mut newcomer, frame), &mut waiting)?;
    }
    Ok(newcomer.copies)
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
            members: Arc::new(evaluate(acts)),
            heads: copies
                .iter()
                .map(|copy| (copy.id(), copy.heads()))
                .collect(),
            copies: copies
                .iter()
                .map(|copy| (copy.id(), copy.clone()))
                .collect(),
            taking,
            seals: 0,
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

    fn ahead(&mut self, coming: &mut [Coming]) {
        let processors = match self.taking {
            Taking::Believed(_) => return,
            Taking::Checked(processors) => processors,
        };
        if processors == 1 {
            return Coming::prove(coming);
        }
        let members = &self.members;
        let check = |part: &mut [Coming]| {
            Coming::prove(part);
            for one in part {
                one.check(&nothing(one.network(), one.doc()), members);
            }
        };
        let mut parts = Coming::parts(coming, processors);
        let mine = parts.pop();
        thread::scope(|scope| {
            for part in parts {
                scope.spawn(|| check(part));
            }
            mine.map(check)
        });
    }

    fn apply(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        incoming: Incoming,
    ) -> Result<(), DocRefusal> {
        self.seals += incoming.seals.len();
        let copy = match self.taking {
            Taking::Checked(_) => {
                let mut copy = nothing(*network, *doc);
                let verified = copy.verify_in_turn(incoming, &self.members)?;
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
        let got = first_meeting(&village, Taking::Checked(1)).unwrap();
        assert_eq!((got.copies.len(), got.seals), (4, 12));
        let again = take_in(&village, &got.frames, Taking::Checked(2)).unwrap();
        for copy in &village.copies {
            for there in [&got.copies[&copy.id()], &again[&copy.id()]] {
                assert_eq!(there.heads(), copy.heads());
                assert_eq!(there.seals().count(), 3);
            }
        }
    }
}
