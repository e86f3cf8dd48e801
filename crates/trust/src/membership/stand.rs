//! The second pass: what stands, by the whole set.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use tresse_model::{DeviceId, MemberId};

use super::{
    order::Places,
    past::{Author, Completion, Consent, Ended, Judged, Stay, Way},
};
use crate::Body;

/// What follows if certain removals and re-admissions stand.
pub(super) struct World {
    /// For each entry: it came about by acts that no removal cuts off.
    pub(super) solid: Vec<bool>,
    /// For each entry: and if it is a link, no other ending cuts it off either.
    pub(super) strong: Vec<bool>,
    /// The acts that count.
    pub(super) counts: Places,
    /// The acts that stand before an act that counts.
    acknowledged: Places,
}

/// What stands.
pub(super) struct Standing {
    pub(super) world: World,
    /// The completions of removals and re-admissions that stand.
    pub(super) completions: BTreeSet<usize>,
}

/// Settles which removals and re-admissions stand.
///
/// Two bounds close in on the answer. `sure` holds what stands even if everything that might stand does;
/// `possible` what stands if only the sure does. What supposes fewer endings has more persons, and more
/// persons complete more, so the one grows and the other shrinks. Where they do not meet, each of
/// some completions would void those who consented to the other: one is taken to stand, by [`rank`], and the
/// bounds close in again.
pub(super) fn settle(judged: &Judged<'_>) -> Standing {
    let mut taken = BTreeSet::new();
    let mut sure = BTreeSet::new();
    loop {
        let most = World::under(judged, &sure);
        let possible = most.completed(judged);
        let least = World::under(judged, &possible);
        let mut closer = least.completed(judged);
        closer.extend(&taken);
        if closer != sure {
            sure = closer;
            continue;
        }
        let open = possible.difference(&sure).copied();
        let Some(first) = open.min_by_key(|open| rank(judged, &most, &least, *open)) else {
            return Standing {
                world: most,
                completions: sure,
            };
        };
        taken.insert(first);
        sure.insert(first);
    }
}

/// Of completions that void each other, the one with the lowest rank is taken: the one whose
/// consenters lead back to most persons who are in for sure; then one without a device that forked;
/// then the one that leads back to whoever was in first.
fn rank(
    judged: &Judged<'_>,
    most: &World,
    least: &World,
    completion: usize,
) -> (Reverse<usize>, bool, usize, usize) {
    let completion = &judged.completions[completion];
    let consents: Vec<_> = most.consents(judged, completion).collect();
    let anchors: BTreeSet<usize> = consents
        .iter()
        .map(|consent| anchor(judged, least, consent.by.0))
        .collect();
    let forked = consents.iter().any(|consent| {
        let mut forks = judged.forks.iter();
        forks.any(|(forked, ..)| *forked == consent.device)
    });
    let first = anchors.first().copied().unwrap_or(usize::MAX);
    (Reverse(anchors.len()), forked, first, completion.at)
}

/// Where the person came in, or whoever let them in, or whoever let those in, and so on until
/// somebody is in for sure. The founder is.
fn anchor(judged: &Judged<'_>, sure: &World, mut member: MemberId) -> usize {
    loop {
        let entries = judged.by_member.get(&member).map_or(&[][..], Vec::as_slice);
        let solid = entries.iter().find(|entry| sure.solid[**entry]);
        if let Some(entry) = solid {
            return judged.entries[*entry].at;
        }
        // The first entry of a person is an admission, and who admitted them came in before.
        let sponsor = entries
            .first()
            .and_then(|entry| judged.authors[judged.entries[*entry].at].as_ref());
        match sponsor {
            Some(author) if author.stay.0 != member => member = author.stay.0,
            _ => return usize::MAX,
        }
    }
}

/// Where the endings stand that cut off what is said without knowing of them.
#[derive(Default)]
struct Ends {
    stays: BTreeMap<Stay, Vec<usize>>,
    devices: BTreeMap<DeviceId, Vec<usize>>,
}

impl Ends {
    /// Those of removals, and the others: leaves, revocations and re-admissions. Of removals
    /// and re-admissions only these completions.
    fn of(judged: &Judged<'_>, completions: &BTreeSet<usize>) -> (Self, Self) {
        let (mut removals, mut others) = (Self::default(), Self::default());
        for ending in &judged.endings {
            let ends = match ending.completion {
                Some(completion) if !completions.contains(&completion) => continue,
                Some(completion) if judged.removes(completion) => &mut removals,
                _ => &mut others,
            };
            match ending.what {
                Ended::Stay(stay) => ends.stays.entry(stay).or_default().push(ending.at),
                Ended::Device(device) => ends.devices.entry(device).or_default().push(ending.at),
            }
        }
        (removals, others)
    }

    /// Whether what the device says at `at` stands before all of them (or is one of them).
    fn spare(&self, judged: &Judged<'_>, at: usize, author: &Author, device: &DeviceId) -> bool {
        let stay = self.stays.get(&author.stay).into_iter().flatten();
        stay.chain(self.devices.get(device).into_iter().flatten())
            .all(|end| judged.order.is_known_at(at, *end))
    }
}

impl World {
    /// What follows if these completions stand and no others: the least that the rules of the page above
    /// give, so that nothing acknowledges itself.
    fn under(judged: &Judged<'_>, completions: &BTreeSet<usize>) -> Self {
        let count = judged.order.len();
        let (removals, others) = Ends::of(judged, completions);
        // For each valid act: whether the removals, and the other endings, spare it.
        let spared: Vec<(bool, bool)> = (0..count)
            .map(|at| {
                let device = &judged.order.acts[at].act().device;
                judged.authors[at]
                    .as_ref()
                    .map_or((false, false), |author| {
                        (
                            removals.spare(judged, at, author, device),
                            others.spare(judged, at, author, device),
                        )
                    })
            })
            .collect();
        let mut world = Self {
            solid: vec![false; judged.entries.len()],
            strong: vec![false; judged.entries.len()],
            counts: Places::none(count),
            acknowledged: Places::none(count),
        };
        while world.grow(judged, &spared) {}
        world
    }

    fn grow(&mut self, judged: &Judged<'_>, spared: &[(bool, bool)]) -> bool {
        let mut grown = false;
        for (at, author) in judged.authors.iter().enumerate() {
            let Some(author) = author else { continue };
            let (by_removals, by_others) = spared[at];
            let acknowledged = self.acknowledged.contains(at);
            let on_time = by_removals || acknowledged;
            let founds = judged
                .entry_at
                .get(&at)
                .map(|entry| (*entry, judged.entries[*entry].way));
            let any = |entries: &[bool]| author.entries.iter().any(|entry| entries[*entry]);
            let counts = match founds {
                Some((_, Way::Founded)) => true,
                _ => on_time && (by_others || acknowledged) && any(&self.strong),
            };
            if counts && !self.counts.contains(at) {
                self.counts.insert(at);
                self.acknowledged.add(judged.order.past(at));
                grown = true;
            }
            let Some((entry, way)) = founds else { continue };
            let (solid, strong) = match way {
                Way::Founded => (true, true),
                // Only a removal undoes that the person let somebody in.
                Way::Admitted(_) => {
                    let stands = on_time && any(&self.solid);
                    (stands, stands)
                }
                Way::Linked => (on_time && any(&self.solid), counts),
                Way::Readmitted(completion) => {
                    let stands = self.is_completed(judged, &judged.completions[completion]);
                    (stands, stands)
                }
            };
            grown |= (solid && !self.solid[entry]) || (strong && !self.strong[entry]);
            self.solid[entry] |= solid;
            self.strong[entry] |= strong;
        }
        grown
    }

    /// The consents of a completion that count. A consent to a removal counts though its author is removed
    /// at the same time; the others must themselves be acts that count.
    pub(super) fn consents<'a>(
        &self,
        judged: &'a Judged<'_>,
        completion: &'a Completion,
    ) -> impl Iterator<Item = Consent> {
        let removes = judged.case_removes(completion.case);
        completion
            .consents
            .iter()
            .copied()
            .filter(move |consent| self.consents_at(judged, consent.at, removes))
    }

    /// Whether what is said at `at` counts as a consent.
    pub(super) fn consents_at(&self, judged: &Judged<'_>, at: usize, removes: bool) -> bool {
        if removes {
            judged.authors[at]
                .as_ref()
                .is_some_and(|author| author.entries.iter().any(|entry| self.strong[*entry]))
        } else {
            self.counts.contains(at)
        }
    }

    /// Whether the consents that count still meet the need.
    pub(super) fn is_completed(&self, judged: &Judged<'_>, completion: &Completion) -> bool {
        let members: BTreeSet<MemberId> = self
            .consents(judged, completion)
            .map(|consent| consent.by.0)
            .collect();
        members.len() >= completion.need
    }

    /// The completions of removals and re-admissions that stand here.
    fn completed(&self, judged: &Judged<'_>) -> BTreeSet<usize> {
        judged
            .endings
            .iter()
            .filter_map(|ending| ending.completion)
            .filter(|completion| self.is_completed(judged, &judged.completions[*completion]))
            .collect()
    }

    /// Whether the act is an admission that counts, or counts.
    pub(super) fn holds(&self, judged: &Judged<'_>, at: usize) -> bool {
        let admits = matches!(judged.order.acts[at].act().body, Body::Admit { .. });
        match judged.entry_at.get(&at) {
            Some(entry) if admits => self.solid[*entry],
            _ => self.counts.contains(at),
        }
    }
}
