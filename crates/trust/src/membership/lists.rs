//! The lists of a membership: cuts, mandates, what does not hold, and what comes next.

use std::collections::{BTreeMap, BTreeSet};

use tresse_model::{DeviceId, MemberId};

use super::{
    EndedMandate, Equivocation, Invalid, Mandate, Said,
    gather::Gather,
    order::Places,
    past::{Ended, Ending},
};
use crate::{ActId, Body, Cuts};

impl Gather<'_> {
    /// The cuts of the acts that make the endings which stand. A late word carries none, or whoever was removed
    /// could leave once more and say how far their own work counts; but a consent does that made a removal stand.
    pub(super) fn cuts(&self) -> Vec<Cuts> {
        let world = &self.standing.world;
        let mut places = BTreeSet::new();
        for ending in &self.judged.endings {
            match ending.completion {
                None if world.counts.contains(ending.at) => drop(places.insert(ending.at)),
                Some(number) if self.standing.completions.contains(&number) => {
                    let completion = &self.judged.completions[number];
                    let needed = world.consents(self.judged, completion);
                    places.extend(needed.map(|consent| consent.at));
                    let consents = self.judged.cases[completion.case].consents.iter();
                    let further = consents.map(|consent| consent.at);
                    places.extend(further.filter(|at| world.counts.contains(*at)));
                }
                None | Some(_) => {}
            }
        }
        places
            .into_iter()
            .filter_map(|at| match &self.act(at).act().body {
                Body::Revoke { cuts, .. }
                | Body::Leave { cuts }
                | Body::Remove { cuts, .. }
                | Body::Readmit { cuts, .. } => Some(cuts.clone()),
                _ => None,
            })
            .filter(|cuts| !cuts.is_empty())
            .collect()
    }

    /// The mandates that count, in order: those that were not ended, and those that were.
    pub(super) fn mandates(&self) -> (Vec<Mandate>, Vec<EndedMandate>) {
        let counts = |at: usize| self.standing.world.counts.contains(at);
        let mut over: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, mandate) in &self.judged.mandate_ends {
            if counts(*at) {
                let first = over.entry(*mandate).or_insert(*at);
                *first = *at.min(first);
            }
        }
        let (mut held, mut ended) = (Vec::new(), Vec::new());
        for at in self
            .judged
            .mandates
            .iter()
            .copied()
            .filter(|at| counts(*at))
        {
            let Some(mandate) = self.mandate(at) else {
                continue;
            };
            match over.get(&at).and_then(|end| self.said_at(*end)) {
                Some(said) => ended.push(EndedMandate {
                    mandate,
                    ended: said,
                }),
                None => held.push(mandate),
            }
        }
        (held, ended)
    }

    fn said_at(&self, at: usize) -> Option<Said> {
        let author = self.author(at)?;
        Some(self.said(at, author.stay.0))
    }

    fn mandate(&self, at: usize) -> Option<Mandate> {
        let Body::Mandate {
            role,
            holder,
            from_ms,
            to_ms,
        } = &self.act(at).act().body
        else {
            return None;
        };
        Some(Mandate {
            role: role.clone(),
            holder: *holder,
            from_ms: *from_ms,
            to_ms: *to_ms,
            said: self.said_at(at)?,
        })
    }

    pub(super) fn invalid(&self) -> Vec<Invalid> {
        let invalid = self.judged.invalid.iter();
        invalid
            .map(|(at, why)| Invalid {
                act: self.act(*at).id(),
                device: self.act(*at).act().device,
                why: *why,
            })
            .collect()
    }

    /// The first of each device that is or was somebody's.
    pub(super) fn equivocations(&self) -> Vec<Equivocation> {
        let mut open: BTreeSet<DeviceId> = self.entries().map(|entry| entry.device).collect();
        let forks = self.judged.forks.iter();
        forks
            .filter(|(device, ..)| open.remove(device))
            .map(|(device, one, other)| Equivocation {
                device: *device,
                acts: [self.act(*one).id(), self.act(*other).id()],
            })
            .collect()
    }

    /// What an honest act comes after: the acts that hold (and [`Self::unheard_endings`]) and that no other of them comes after.
    pub(super) fn newest(&self) -> Vec<(ActId, DeviceId)> {
        let count = self.judged.order.len();
        let mut named = Places::none(count);
        for at in (0..count).filter(|at| self.author(*at).is_some() && self.holds(*at)) {
            named.insert(at);
        }
        for at in self.unheard_endings(&named) {
            named.insert(at);
        }
        let mut known = Places::none(count);
        let mut newest = Vec::new();
        for at in (0..count).rev().filter(|at| named.contains(*at)) {
            if !known.contains(at) {
                newest.push((self.act(at).id(), self.act(at).act().device));
                known.add(self.judged.order.past(at));
            }
        }
        newest.sort_unstable();
        newest
    }

    /// Words that ended a stay or a device and do not count: since a second such word, said without knowing of the first, cuts each off (two by
    /// which one person left); or since those who completed a removal were put out themselves, by people who did not know of it. Whom they are about are gone
    /// all the same; but what is said by others would for ever be judged as if they were still in, as long as nobody comes after any of these words. Of each
    /// that ended, it is the first all of whose past counts: to come after that one makes nothing else count that would not. What a person says of
    /// themselves whom the others put out stays unheard.
    fn unheard_endings(&self, counts: &Places) -> Vec<usize> {
        let stands = |number: &usize| self.standing.completions.contains(number);
        let (own, by_others): (Vec<_>, Vec<_>) = self
            .judged
            .endings
            .iter()
            .filter(|ending| ending.completion.as_ref().is_none_or(stands))
            .partition(|ending| ending.completion.is_none());
        let gone: BTreeSet<Ended> = by_others.iter().map(|ending| ending.what).collect();
        let put_out = |ending: &&Ending| {
            let device = self.act(ending.at).act().device;
            let stay = self.author(ending.at).map(|author| author.stay);
            let mut speaker = stay
                .map(Ended::Stay)
                .into_iter()
                .chain([Ended::Device(device)]);
            gone.contains(&ending.what) || speaker.any(|one| gone.contains(&one))
        };
        let mut words: BTreeMap<Ended, Vec<usize>> = BTreeMap::new();
        let own = own.into_iter().filter(|ending| !put_out(ending));
        // Whoever is re-admitted stays a person among the others.
        let removes =
            |ending: &&Ending| matches!(self.act(ending.at).act().body, Body::Remove { .. });
        for ending in own.chain(by_others.into_iter().filter(removes)) {
            words.entry(ending.what).or_default().push(ending.at);
        }
        let unheard = words
            .into_values()
            .filter(|words| !words.iter().any(|at| counts.contains(*at)));
        let first = unheard.filter_map(|words| {
            let mut words = words.into_iter();
            words.find(|at| self.judged.order.past(*at).is_within(counts))
        });
        first.collect()
    }

    /// The members who have not said anything since somebody came in or went.
    pub(super) fn unseen(&self) -> BTreeSet<MemberId> {
        let count = self.judged.order.len();
        let mut seen: BTreeMap<MemberId, Places> = BTreeMap::new();
        for at in (0..count).filter(|at| self.holds(*at)) {
            if let Some(author) = self.author(at) {
                let places = seen.entry(author.stay.0);
                let places = places.or_insert_with(|| Places::none(count));
                places.add(self.judged.order.past(at));
                places.insert(at);
            }
        }
        let entries = self.judged.entries.iter().map(|entry| entry.at);
        let endings = self.judged.endings.iter().map(|ending| ending.at);
        let news: BTreeSet<usize> = entries
            .chain(endings)
            .filter(|at| self.holds(*at))
            .collect();
        let members = self.active.keys().map(|stay| stay.0);
        members
            .filter(|member| {
                let seen = seen.get(member);
                !seen.is_some_and(|seen| news.iter().all(|at| seen.contains(*at)))
            })
            .collect()
    }
}
