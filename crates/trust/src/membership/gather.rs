//! From what stands to the membership that others read.

use std::collections::{BTreeMap, BTreeSet};

use tresse_model::{DeviceId, MemberId};

use super::{
    DeviceRecord, Former, Late, Member, Membership, Said,
    judge::judge,
    past::{self, Author, Entry, Judged, Matter, Stay, Way},
    records::{Ended, Ending},
    stand::{Standing, settle},
};
use crate::{ActSet, Body, VerifiedAct};

/// The membership that follows from a set of acts: the page of this module says by which rules.
pub fn evaluate(acts: &ActSet) -> Membership {
    let judged = judge(acts);
    let standing = settle(&judged);
    Gather::new(&judged, &standing).membership(acts)
}

/// Reads off what stands.
pub(super) struct Gather<'a> {
    pub(super) judged: &'a Judged<'a>,
    pub(super) standing: &'a Standing,
    /// The first act in the order that ends each stay, and each device.
    stay_ends: BTreeMap<Stay, (usize, Ending)>,
    device_ends: BTreeMap<DeviceId, (usize, Ending)>,
    /// The stays that go on, with their devices.
    pub(super) active: BTreeMap<Stay, BTreeSet<DeviceId>>,
}

impl<'a> Gather<'a> {
    fn new(judged: &'a Judged<'a>, standing: &'a Standing) -> Self {
        let mut gather = Self {
            judged,
            standing,
            stay_ends: BTreeMap::new(),
            device_ends: BTreeMap::new(),
            active: BTreeMap::new(),
        };
        for ending in &judged.endings {
            let stands = ending
                .completion
                .is_none_or(|completion| standing.completions.contains(&completion));
            if !stands {
                continue;
            }
            let how = match &gather.act(ending.at).act().body {
                Body::Leave { .. } => Ending::Left,
                Body::Remove { .. } => Ending::Removed,
                Body::Readmit { .. } => Ending::Readmitted,
                _ => Ending::Revoked,
            };
            match ending.what {
                past::Ended::Stay(stay) => {
                    gather.stay_ends.entry(stay).or_insert((ending.at, how));
                }
                past::Ended::Device(device) => {
                    gather.device_ends.entry(device).or_insert((ending.at, how));
                }
            }
        }
        for entry in gather.entries() {
            if gather.end_of(entry).is_none() {
                let devices = gather.active.entry(entry.stay).or_default();
                devices.insert(entry.device);
            }
        }
        gather
    }

    pub(super) fn act(&self, at: usize) -> &'a VerifiedAct {
        self.judged.order.acts[at]
    }

    pub(super) fn author(&self, at: usize) -> Option<&'a Author> {
        self.judged.authors[at].as_ref()
    }

    /// The entries that stand, in order.
    pub(super) fn entries(&self) -> impl Iterator<Item = &'a Entry> + use<'a> {
        let strong = self.standing.world.strong.iter();
        let entries = self.judged.entries.iter().zip(strong);
        entries.filter_map(|(entry, strong)| strong.then_some(entry))
    }

    /// Every device that a valid act let in, and as whose: one that two persons call theirs, whose it was first.
    fn entered(&self) -> BTreeMap<DeviceId, MemberId> {
        let mut entered = BTreeMap::new();
        for entry in &self.judged.entries {
            entered.entry(entry.device).or_insert(entry.stay.0);
        }
        entered
    }

    /// The act that began this stay, if it stands.
    pub(super) fn beginning(&self, stay: &Stay) -> Option<&'a Entry> {
        self.judged
            .by_member
            .get(&stay.0)?
            .iter()
            .filter(|entry| self.standing.world.strong[**entry])
            .map(|entry| &self.judged.entries[*entry])
            .find(|entry| entry.begins_stay() && entry.stay == *stay)
    }

    fn active_stay(&self, member: &MemberId) -> Option<Stay> {
        self.active
            .range((*member, 0)..=(*member, u32::MAX))
            .next_back()
            .map(|(stay, _)| *stay)
    }

    pub(super) fn stay_has_ended(&self, stay: &Stay) -> bool {
        self.stay_ends.contains_key(stay)
    }

    /// How the device ended that came in so: by its own ending or its stay's, whichever is first.
    fn end_of(&self, entry: &Entry) -> Option<(usize, Ending)> {
        let stay = self.stay_ends.get(&entry.stay);
        let device = self.device_ends.get(&entry.device);
        stay.into_iter()
            .chain(device)
            .min_by_key(|(at, _)| *at)
            .copied()
    }

    fn ended(&self, (at, how): (usize, Ending)) -> Ended {
        let act = self.act(at);
        let completion = self.judged.completion_at.get(&at);
        let by: BTreeSet<MemberId> = match completion {
            Some(completion) => {
                let completion = &self.judged.completions[*completion];
                let consents = self.standing.world.consents(self.judged, completion);
                consents.map(|consent| consent.by.0).collect()
            }
            None => self
                .author(at)
                .map(|author| author.stay.0)
                .into_iter()
                .collect(),
        };
        Ended {
            how,
            act: act.id(),
            by: by.into_iter().collect(),
            at_ms: act.act().at_ms,
        }
    }

    pub(super) fn said(&self, at: usize, by: MemberId) -> Said {
        let act = self.act(at);
        Said {
            by,
            act: act.id(),
            at_ms: act.act().at_ms,
        }
    }

    fn membership(&self, acts: &ActSet) -> Membership {
        let (rules, rules_set_by) = self.rules();
        let turns = self.turns(&rules);
        let (mandates, ended_mandates) = self.mandates();
        let mut membership = Membership {
            entered: self.entered(),
            network: acts.network(),
            members: BTreeMap::new(),
            former: BTreeMap::new(),
            devices: BTreeMap::new(),
            records: self.records(),
            stays: BTreeMap::new(),
            invitations: self.invitations(&rules),
            cuts: self.cuts(),
            removals: self.removals(&rules),
            readmissions: self.readmissions(&rules),
            rule_changes: self.rule_changes(&rules),
            adoptions: self.adoptions(&rules),
            closings: turns.closings,
            reopenings: turns.reopenings,
            closed: turns.closed,
            turned_by: turns.since,
            rules,
            rules_set_by,
            mandates,
            ended_mandates,
            late: Vec::new(),
            invalid: self.invalid(),
            equivocations: self.equivocations(),
            left_out: BTreeSet::new(),
            newest: self.newest(),
            unseen: self.unseen(),
        };
        self.people(&mut membership);
        for entry in self.entries().filter(|entry| self.end_of(entry).is_none()) {
            let owner = membership.devices.entry(entry.device);
            owner.or_insert(entry.stay.0);
        }
        for act in acts.iter() {
            let place = self.judged.order.place(&act.id());
            let author = place.and_then(|at| self.author(at));
            if place.is_some_and(|at| author.is_some() && self.holds(at)) {
                continue;
            }
            membership.left_out.insert(act.id());
            if let Some(author) = author {
                membership.late.push(Late {
                    act: act.id(),
                    device: act.act().device,
                    by: author.stay.0,
                });
            }
        }
        membership
    }

    pub(super) fn holds(&self, at: usize) -> bool {
        self.standing.world.holds(self.judged, at)
    }

    fn people(&self, membership: &mut Membership) {
        let names = self.names();
        let mut last: BTreeMap<MemberId, Stay> = BTreeMap::new();
        for entry in self.entries().filter(|entry| entry.begins_stay()) {
            let id = self.act(entry.at).id();
            membership.stays.insert(id, entry.stay);
            let stay = last.entry(entry.stay.0).or_insert(entry.stay);
            *stay = entry.stay.max(*stay);
        }
        for (id, last) in last {
            let name = names.get(&id).copied().unwrap_or_default().to_owned();
            let active = self.active_stay(&id);
            let Some(entry) = self.beginning(&active.unwrap_or(last)) else {
                continue;
            };
            let act = self.act(entry.at);
            if let Some(stay) = active {
                let sponsor = self.author(entry.at).filter(|_| entry.way != Way::Founded);
                let member = Member {
                    id,
                    name,
                    devices: self.active[&stay].iter().copied().collect(),
                    admitted_by: sponsor.map(|author| author.stay.0),
                    act: act.id(),
                    at_ms: act.act().at_ms,
                };
                membership.members.insert(id, self.with_all_devices(member));
            } else {
                let ended = self.stay_ends.get(&last).copied().or_else(|| {
                    // No ending of the stay: all its devices are revoked.
                    let entries = self.entries().filter(|entry| entry.stay == last);
                    entries
                        .filter_map(|entry| self.end_of(entry))
                        .max_by_key(|(at, _)| *at)
                });
                let Some(ended) = ended else { continue };
                let former = Former {
                    id,
                    name,
                    act: act.id(),
                    ended: self.ended(ended),
                };
                membership.former.insert(id, former);
            }
        }
    }

    /// The devices of all stays of the person that go on: two, if two villages re-admitted them at once.
    fn with_all_devices(&self, mut member: Member) -> Member {
        let stays = self.active.range((member.id, 0)..=(member.id, u32::MAX));
        let devices: BTreeSet<_> = stays.flat_map(|(_, devices)| devices).copied().collect();
        member.devices = devices.into_iter().collect();
        member
    }

    fn names(&self) -> BTreeMap<MemberId, &'a str> {
        let mut names = BTreeMap::new();
        for entry in self.entries() {
            let name = match &self.act(entry.at).act().body {
                Body::Found { name, .. } => name,
                Body::Admit { consent } => &consent.name,
                _ => continue,
            };
            names.entry(entry.stay.0).or_insert(name.as_str());
        }
        names
    }

    /// The devices of each person, each once: as it is now, or as it last was.
    fn records(&self) -> BTreeMap<MemberId, Vec<DeviceRecord>> {
        let mut newest: BTreeMap<(MemberId, DeviceId), &Entry> = BTreeMap::new();
        for entry in self.entries() {
            let shown = newest.entry((entry.stay.0, entry.device)).or_insert(entry);
            let goes_on = |entry: &Entry| self.end_of(entry).is_none();
            if (goes_on(entry), entry.stay) > (goes_on(shown), shown.stay) {
                *shown = entry;
            }
        }
        let mut records: BTreeMap<MemberId, Vec<DeviceRecord>> = BTreeMap::new();
        for ((member, device), entry) in newest {
            let act = self.act(entry.at);
            let by_itself = entry.way == Way::Founded;
            records.entry(member).or_default().push(DeviceRecord {
                device,
                since: act.id(),
                linked_by: (!by_itself).then_some(act.act().device),
                at_ms: act.act().at_ms,
                ended: self.end_of(entry).map(|end| self.ended(end)),
            });
        }
        records
    }

    /// Whether what is said at `at` counts in this matter.
    pub(super) fn consents_at(&self, at: usize, matter: &Matter) -> bool {
        let removes = matches!(matter, Matter::Remove(_));
        self.standing.world.consents_at(self.judged, at, removes)
    }
}
