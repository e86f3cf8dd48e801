//! The first pass: what holds at an act by what stands before it, and by nothing else.

use std::collections::{BTreeMap, BTreeSet};

use tresse_model::{DeviceId, MemberId};

use super::{ActRefusal, Version, order::Order};
use crate::{ClosingId, InviteKey, Rules};

/// A person's stay: their first, or the one that followed so many re-admissions.
pub(super) type Stay = (MemberId, u32);

/// By which kind of act a device came in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Founded,
    Admitted(InviteKey),
    Linked,
    /// By this completion.
    Readmitted(usize),
}

/// A device that came in, by a valid act.
pub(super) struct Entry {
    pub(super) at: usize,
    pub(super) device: DeviceId,
    pub(super) stay: Stay,
    pub(super) way: Way,
}

impl Entry {
    /// Whether it begins (or began again) its stay: every way but a link.
    pub(super) fn begins_stay(&self) -> bool {
        self.way != Way::Linked
    }
}

/// Who speaks in a valid act.
pub(super) struct Author {
    pub(super) stay: Stay,
    /// The entries of the device that stand before the act and were not ended before it.
    pub(super) entries: Vec<usize>,
}

/// What several persons may consent to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Matter {
    Remove(Stay),
    /// After this stay, on this device.
    Readmit(Stay, DeviceId),
    /// Rules that replace those of this case (`None`: the first ones).
    Rules(Option<usize>, Rules),
    Adopt(Version),
    /// So, after the reopening of this case (`None`: the founding).
    Close(Option<usize>, ClosingId),
    /// After the closing of this case.
    Reopen(usize),
}

impl Matter {
    /// Whether another of its kind, completed at the same time, may take its place.
    pub(super) const fn can_be_undone(self) -> bool {
        matches!(self, Self::Rules(..) | Self::Close(..) | Self::Reopen(_))
    }
}

/// One consent.
#[derive(Clone, Copy)]
pub(super) struct Consent {
    pub(super) at: usize,
    pub(super) by: Stay,
    pub(super) device: DeviceId,
}

/// The consents to one matter.
pub(super) struct Case {
    pub(super) matter: Matter,
    pub(super) consents: Vec<Consent>,
    /// Where somebody took back what they had consented to before.
    pub(super) withdrawals: Vec<Consent>,
    pub(super) completions: Vec<usize>,
}

/// A consent with which the need is met by what stands before it and itself.
pub(super) struct Completion {
    pub(super) at: usize,
    pub(super) case: usize,
    /// The consents that count for it: of persons who were in by its past, each device's first. (Where a
    /// device's later one counts, so does its first, which stands before it; of a person who took theirs back, the first since then.)
    pub(super) consents: Vec<Consent>,
    pub(super) need: usize,
    pub(super) of: usize,
}

/// Somebody's word that a decision adopted a version.
pub(super) struct Word {
    pub(super) at: usize,
    pub(super) by: MemberId,
    pub(super) version: Version,
    /// Who was in by what stands before it.
    pub(super) members: BTreeSet<MemberId>,
}

/// What an ending ends.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ended {
    Stay(Stay),
    Device(DeviceId),
}

pub(super) struct Ending {
    pub(super) at: usize,
    pub(super) what: Ended,
    /// `None`: one person's own word, a leave or a revocation.
    pub(super) completion: Option<usize>,
}

/// An invitation as one act makes it.
pub(super) struct Made {
    pub(super) at: usize,
    pub(super) by: Stay,
    pub(super) uses: u32,
    pub(super) expires_ms: u64,
}

#[derive(Default)]
pub(super) struct Invited {
    pub(super) made: Vec<Made>,
    pub(super) closed: Vec<usize>,
}

/// Two acts of one device of which neither knew the other.
pub(super) type Fork = (DeviceId, usize, usize);

/// Every act judged by its past. Numbers called `at` are places in the order; the others are places in the lists here.
pub(super) struct Judged<'a> {
    pub(super) order: Order<'a>,
    /// Who speaks, for each act; `None` where the act is invalid.
    pub(super) authors: Vec<Option<Author>>,
    pub(super) invalid: Vec<(usize, ActRefusal)>,
    pub(super) entries: Vec<Entry>,
    pub(super) entry_at: BTreeMap<usize, usize>,
    pub(super) by_device: BTreeMap<DeviceId, Vec<usize>>,
    pub(super) by_member: BTreeMap<MemberId, Vec<usize>>,
    pub(super) endings: Vec<Ending>,
    stay_ends: BTreeMap<Stay, Vec<usize>>,
    device_ends: BTreeMap<DeviceId, Vec<usize>>,
    pub(super) cases: Vec<Case>,
    pub(super) case_of: BTreeMap<Matter, usize>,
    pub(super) completions: Vec<Completion>,
    pub(super) completion_at: BTreeMap<usize, usize>,
    /// What was said of decisions, in order.
    pub(super) words: Vec<Word>,
    pub(super) invites: BTreeMap<InviteKey, Invited>,
    pub(super) mandates: BTreeSet<usize>,
    /// The ends of mandates: where each stands, and where the mandate does.
    pub(super) mandate_ends: Vec<(usize, usize)>,
    pub(super) forks: Vec<Fork>,
    newest_of: BTreeMap<(DeviceId, Stay), usize>,
}

impl<'a> Judged<'a> {
    pub(super) fn new(order: Order<'a>) -> Self {
        Self {
            authors: Vec::with_capacity(order.len()),
            order,
            invalid: Vec::new(),
            entries: Vec::new(),
            entry_at: BTreeMap::new(),
            by_device: BTreeMap::new(),
            by_member: BTreeMap::new(),
            endings: Vec::new(),
            stay_ends: BTreeMap::new(),
            device_ends: BTreeMap::new(),
            cases: Vec::new(),
            case_of: BTreeMap::new(),
            completions: Vec::new(),
            completion_at: BTreeMap::new(),
            words: Vec::new(),
            invites: BTreeMap::new(),
            mandates: BTreeSet::new(),
            mandate_ends: Vec::new(),
            forks: Vec::new(),
            newest_of: BTreeMap::new(),
        }
    }

    fn any_before(&self, places: Option<&Vec<usize>>, at: usize) -> bool {
        places
            .into_iter()
            .flatten()
            .any(|place| self.order.stands_before(*place, at))
    }

    /// Whether an ending of this stay stands before `at`.
    pub(super) fn stay_ended_before(&self, stay: &Stay, at: usize) -> bool {
        self.any_before(self.stay_ends.get(stay), at)
    }

    /// Whether a revocation of this device stands before `at`.
    pub(super) fn revoked_before(&self, device: &DeviceId, at: usize) -> bool {
        self.any_before(self.device_ends.get(device), at)
    }

    /// Whether this entry stands before `at` and no ending of it does.
    fn is_live(&self, entry: &Entry, at: usize) -> bool {
        self.order.stands_before(entry.at, at)
            && !self.stay_ended_before(&entry.stay, at)
            && !self.revoked_before(&entry.device, at)
    }

    /// Who speaks with this device at `at`. A device that two persons call theirs is whose it was first.
    pub(super) fn author(&self, device: &DeviceId, at: usize) -> Result<Author, ActRefusal> {
        let entries = self.by_device.get(device).map_or(&[][..], Vec::as_slice);
        let live = |entry: &usize| self.is_live(&self.entries[*entry], at);
        let Some(first) = entries.iter().find(|entry| live(entry)) else {
            let was_in = entries
                .iter()
                .any(|entry| self.order.stands_before(self.entries[*entry].at, at));
            return Err(if was_in {
                ActRefusal::Ended
            } else {
                ActRefusal::NotAMember
            });
        };
        let stay = self.entries[*first].stay;
        Ok(Author {
            stay,
            entries: entries
                .iter()
                .filter(|entry| live(entry) && self.entries[**entry].stay == stay)
                .copied()
                .collect(),
        })
    }

    /// The persons who are in by what stands before `at`.
    pub(super) fn members_before(&self, at: usize) -> BTreeSet<MemberId> {
        self.entries
            .iter()
            .filter(|entry| self.is_live(entry, at))
            .map(|entry| entry.stay.0)
            .collect()
    }

    /// The entries of this person that stand before `at`.
    pub(super) fn entries_before(
        &self,
        member: &MemberId,
        at: usize,
    ) -> impl Iterator<Item = &Entry> {
        self.by_member
            .get(member)
            .into_iter()
            .flatten()
            .map(|entry| &self.entries[*entry])
            .filter(move |entry| self.order.stands_before(entry.at, at))
    }

    /// The person's last stay by what stands before `at`.
    pub(super) fn last_stay_before(&self, member: &MemberId, at: usize) -> Option<Stay> {
        self.entries_before(member, at)
            .map(|entry| entry.stay)
            .max()
    }

    /// Whether the device is another person's by what stands before `at`.
    pub(super) fn is_taken_before(&self, device: &DeviceId, member: &MemberId, at: usize) -> bool {
        self.by_device
            .get(device)
            .into_iter()
            .flatten()
            .any(|entry| {
                let entry = &self.entries[*entry];
                entry.stay.0 != *member && self.order.stands_before(entry.at, at)
            })
    }

    /// The rules in force by what stands before `at`, and the case that set them.
    pub(super) fn rules_before(&self, at: usize) -> (Option<usize>, Rules) {
        self.rules_among(
            |completion| self.order.stands_before(completion.at, at),
            |case| {
                let consents = case.consents.iter();
                consents
                    .filter(|consent| self.order.stands_before(consent.at, at))
                    .map(|consent| consent.by.0)
                    .collect()
            },
        )
    }

    /// Follows the changes of rules that `count`, from the first rules on. Of several that replace the
    /// same rules, the one with most consenters, then the one with the lowest hash.
    pub(super) fn rules_among(
        &self,
        counts: impl Fn(&Completion) -> bool,
        consenters: impl Fn(&Case) -> BTreeSet<MemberId>,
    ) -> (Option<usize>, Rules) {
        let (mut set_by, mut rules) = (None, Rules::default());
        // A change stands after what it replaces, so the cases can be gone through once.
        loop {
            let next = self
                .case_of
                .iter()
                .filter_map(|(matter, case)| match matter {
                    Matter::Rules(base, new) if *base == set_by => Some((*case, *new)),
                    _ => None,
                })
                .filter(|(case, _)| {
                    let completions = self.cases[*case].completions.iter();
                    completions
                        .map(|completion| &self.completions[*completion])
                        .any(&counts)
                })
                .min_by_key(|(case, new)| {
                    let most = consenters(&self.cases[*case]).len();
                    (std::cmp::Reverse(most), new.hash())
                });
            let Some((case, new)) = next else {
                return (set_by, rules);
            };
            (set_by, rules) = (Some(case), new);
        }
    }

    /// Whether the act at `at` set the rules of this case, or took its turn (`None`: the founding).
    pub(super) fn sets_rules(&self, at: usize, set_by: Option<usize>) -> bool {
        let founds = || {
            let entry = self.entry_at.get(&at);
            entry.is_some_and(|entry| self.entries[*entry].way == Way::Founded)
        };
        match set_by {
            None => founds(),
            Some(case) => {
                let completion = self.completion_at.get(&at);
                completion.is_some_and(|completion| self.completions[*completion].case == case)
            }
        }
    }

    /// Whether consents to this case are consents to a removal.
    pub(super) fn case_removes(&self, case: usize) -> bool {
        matches!(self.cases[case].matter, Matter::Remove(_))
    }

    /// Whether this completes a removal.
    pub(super) fn removes(&self, completion: usize) -> bool {
        self.case_removes(self.completions[completion].case)
    }

    /// Whether the person who consented took it back afterwards, by an act that is `known`.
    pub(super) fn is_withdrawn(
        &self,
        case: &Case,
        consent: &Consent,
        known: impl Fn(usize) -> bool,
    ) -> bool {
        case.withdrawals.iter().any(|withdrawn| {
            withdrawn.by.0 == consent.by.0
                && self.order.stands_before(consent.at, withdrawn.at)
                && known(withdrawn.at)
        })
    }

    pub(super) fn enter(&mut self, entry: Entry) {
        let place = self.entries.len();
        self.entry_at.insert(entry.at, place);
        self.by_device.entry(entry.device).or_default().push(place);
        self.by_member.entry(entry.stay.0).or_default().push(place);
        self.entries.push(entry);
    }

    pub(super) fn end(&mut self, ending: Ending) {
        match ending.what {
            Ended::Stay(stay) => self.stay_ends.entry(stay).or_default().push(ending.at),
            Ended::Device(device) => self.device_ends.entry(device).or_default().push(ending.at),
        }
        self.endings.push(ending);
    }

    /// Keeps who spoke at `at`, and notices if the device did not know its own newest act.
    pub(super) fn spoke(&mut self, at: usize, device: DeviceId, author: Author) {
        let chain = (device, author.stay);
        if let Some(newest) = self.newest_of.insert(chain, at)
            && !self.order.stands_before(newest, at)
        {
            self.forks.push((device, newest, at));
        }
        self.authors.push(Some(author));
    }
}
