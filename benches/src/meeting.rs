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

use crate::{Anyhow, twins::beside, village::Village};

/// How many frames that came one after the other are dealt with together, as the engine does.
const TOGETHER: usize = 16;

/// What is done with a document that arrives.
#[derive(Clone, Copy)]
pub(crate) enum Taking<'a> {
    /// As Tresse does it: its seals are checked, the rules of chains, and that there is no harm in it.
    Sealed,
    /// The same harm is looked for; nobody knows of seals, none is sent.
    Unsealed,
    /// It is loaded from the same bytes, as they were saved by the sender, and believed. No seal is sent either.
    Believed(&'a BTreeMap<DocId, Vec<u8>>),
}

/// One machine.
struct Machine<'a> {
    acts: ActSet,
    members: Arc<Membership>,
    copies: BTreeMap<DocId, Copy>,
    heads: BTreeMap<DocId, Heads>,
    taking: Taking<'a>,
    /// On how many processors it does what need not be done in turn.
    processors: usize,
    /// What was taken before its turn, where nothing that comes first can change it: without seals.
    early: BTreeMap<DocId, Copy>,
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

/// Two machines that have not met yet.
pub(crate) struct Meeting<'a> {
    ends: [Machine<'a>; 2],
    sessions: [Session; 2],
}

/// A newcomer's machine, before anything came.
pub(crate) struct Newcomer<'a> {
    machine: Machine<'a>,
    session: Session,
}

impl<'a> Meeting<'a> {
    /// Of the first device of the village with the second, which has nothing yet but the acts.
    pub(crate) fn new(village: &Village, taking: Taking<'a>, processors: usize) -> Anyhow<Self> {
        let [here, there] = two(village)?;
        let unsealed: Vec<Copy>;
        let copies = if matches!(taking, Taking::Sealed) {
            &village.copies
        } else {
            unsealed = village.copies.iter().map(Copy::unsealed).collect();
            &unsealed
        };
        Ok(Self {
            ends: [
                Machine::new(&village.acts, copies, Taking::Sealed, 1),
                Machine::new(&village.acts, &[], taking, processors),
            ],
            sessions: [
                session(Role::Dialer, here, there),
                session(Role::Listener, there, here),
            ],
        })
    }

    /// All that both ends do until they are in step.
    pub(crate) fn hold(self) -> Anyhow<Got> {
        let Self {
            mut ends,
            mut sessions,
        } = self;
        let mut waiting = VecDeque::new();
        for end in [0, 1] {
            let effects = sessions[end].start(&mut ends[end]);
            send(1 - end, effects, &mut waiting)?;
        }
        let mut frames = Vec::new();
        while let Some((end, frame)) = waiting.pop_front() {
            let mut together = vec![frame];
            while let Some((_, next)) =
                waiting.pop_front_if(|(other, _)| *other == end && together.len() < TOGETHER)
            {
                together.push(next);
            }
            let came = together.iter().map(Vec::as_slice);
            let effects = sessions[end].receive_all(&mut ends[end], came);
            send(1 - end, effects, &mut waiting)?;
            if end == 1 {
                frames.extend(together);
            }
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
}

impl<'a> Newcomer<'a> {
    /// The second device of the village.
    pub(crate) fn new(village: &Village, taking: Taking<'a>, processors: usize) -> Anyhow<Self> {
        let [here, there] = two(village)?;
        Ok(Self {
            machine: Machine::new(&village.acts, &[], taking, processors),
            session: session(Role::Listener, there, here),
        })
    }

    /// What it does at a meeting at which it is sent these frames.
    pub(crate) fn take_in(self, frames: &[Vec<u8>]) -> Anyhow<BTreeMap<DocId, Copy>> {
        let Self {
            mut machine,
            mut session,
        } = self;
        let mut waiting = VecDeque::new();
        send(0, session.start(&mut machine), &mut waiting)?;
        for together in frames.chunks(TOGETHER) {
            let came = together.iter().map(Vec::as_slice);
            send(0, session.receive_all(&mut machine, came), &mut waiting)?;
        }
        Ok(machine.copies)
    }
}

fn two(village: &Village) -> Anyhow<[&DeviceKey; 2]> {
    match village.devices.as_slice() {
        [here, there, ..] => Ok([here, there]),
        _ => Err("a meeting needs two devices".into()),
    }
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

/// A document of which nothing is known yet.
fn nothing(network: NetworkId, doc: DocId) -> Copy {
    let empty = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint);
    Copy::new(network, doc, empty)
}

impl<'a> Machine<'a> {
    fn new(acts: &ActSet, copies: &[Copy], taking: Taking<'a>, processors: usize) -> Self {
        let heads = copies.iter().map(|copy| (copy.id(), copy.heads()));
        let copies = copies.iter().map(|copy| (copy.id(), copy.clone()));
        Self {
            acts: acts.clone(),
            members: Arc::new(evaluate(acts)),
            heads: heads.collect(),
            copies: copies.collect(),
            taking,
            processors,
            early: BTreeMap::new(),
            seals: 0,
        }
    }
}

impl Taking<'_> {
    /// What is done before their turn with documents that came together, on one of so many processors: what is taken then.
    fn ahead(
        self,
        part: &mut [Coming],
        members: &Arc<Membership>,
        processors: usize,
    ) -> Vec<(DocId, Copy)> {
        if matches!(self, Self::Sealed) {
            Coming::prove(part);
        }
        if processors == 1 {
            return Vec::new();
        }
        let mut taken = Vec::new();
        for one in part {
            let (network, doc) = (one.network(), one.doc());
            if matches!(self, Self::Sealed) {
                one.check(&nothing(network, doc), members);
            } else if let Ok(copy) = self.alone(network, doc, one.incoming()) {
                taken.push((doc, copy));
            }
        }
        taken
    }

    /// What is done with a document by itself, where nobody asks who wrote it.
    fn alone(
        self,
        network: NetworkId,
        doc: DocId,
        incoming: &Incoming,
    ) -> Result<Copy, DocRefusal> {
        if let Self::Believed(saved) = self {
            let bytes = saved.get(&doc).ok_or(DocRefusal::Malformed)?;
            let loaded = tresse_model::load(bytes).map_err(|_| DocRefusal::Malformed)?;
            return Ok(Copy::new(network, doc, loaded));
        }
        let mut copy = nothing(network, doc);
        copy.take_unsealed(incoming)?;
        Ok(copy)
    }
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
        let (taking, members, processors) = (self.taking, &self.members, self.processors);
        let work = |part: &mut [Coming]| taking.ahead(part, members, processors);
        let mut parts = Coming::parts(coming, processors);
        let mine = parts.pop();
        self.early = thread::scope(|scope| {
            let others = parts
                .into_iter()
                .map(|part| scope.spawn(|| beside(|| work(part))));
            let others: Vec<_> = others.collect();
            let mine = mine.map(work).unwrap_or_default();
            let others = others
                .into_iter()
                .flat_map(|other| other.join().unwrap_or_default());
            mine.into_iter().chain(others).collect()
        });
    }

    fn apply(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        incoming: Incoming,
    ) -> Result<(), DocRefusal> {
        self.seals += incoming.seals.len();
        let copy = if matches!(self.taking, Taking::Sealed) {
            let mut copy = nothing(*network, *doc);
            let verified = copy.verify_in_turn(incoming, &self.members)?;
            copy.take(verified)?;
            copy
        } else if let Some(copy) = self.early.remove(doc) {
            copy
        } else {
            self.taking.alone(*network, *doc, &incoming)?
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
    fn a_newcomer_gets_everything_and_sees_who_wrote_it_and_its_twins_get_the_same_without() {
        let size = Size {
            documents: 4,
            changes: 400,
            devices: 3,
        };
        let village = Village::new(size, 2).unwrap();
        let saved = village.saved();
        let ways = [
            (Taking::Sealed, 3),
            (Taking::Unsealed, 0),
            (Taking::Believed(&saved), 0),
        ];
        for (taking, seals) in ways {
            let met = Meeting::new(&village, taking, 1).unwrap().hold().unwrap();
            assert_eq!((met.copies.len(), met.seals), (4, 4 * seals));
            for processors in [1, 2] {
                let newcomer = Newcomer::new(&village, taking, processors).unwrap();
                let again = newcomer.take_in(&met.frames).unwrap();
                for copy in &village.copies {
                    for there in [&met.copies[&copy.id()], &again[&copy.id()]] {
                        assert_eq!(there.heads(), copy.heads());
                        assert_eq!(there.doc().save(), copy.doc().save());
                        assert_eq!(there.seals().count(), seals);
                    }
                }
            }
        }
    }

    #[test]
    fn harm_is_refused_with_seals_and_without_and_only_who_believes_everything_takes_it() {
        let size = Size {
            documents: 1,
            changes: 10,
            devices: 2,
        };
        let mut village = Village::new(size, 2).unwrap();
        village.lay_deep(70).unwrap();
        let saved = village.saved();
        let meet = |taking| {
            let meeting = Meeting::new(&village, taking, 1).unwrap();
            meeting.hold().map(drop).map_err(|error| error.to_string())
        };
        let refused = Err(DocRefusal::TooLarge.code().to_owned());
        assert_eq!(meet(Taking::Sealed), refused);
        assert_eq!(meet(Taking::Unsealed), refused);
        assert_eq!(meet(Taking::Believed(&saved)), Ok(()));
    }
}
