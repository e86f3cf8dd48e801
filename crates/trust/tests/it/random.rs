//! Random networks of up to eight persons and twelve devices, each device with its own copy of the
//! acts: honest and modified clients, partitions, every kind of act.
//!
//! More cases, faster: `cargo xtask properties`.

use std::collections::BTreeSet;

use proptest::{prelude::*, sample::Index};
use tresse_model::NetworkId;
use tresse_trust::{
    ActId, ActRefusal, ActSet, Body, CaseState, Cuts, DeviceStanding, LinkConsent, Membership,
    Quorum, Rules, VerifiedAct, evaluate,
};

use crate::people::{Person, about, charter, purpose_met, stay, ticket};

const PEOPLE: usize = 8;
const DEVICES: usize = 12;

/// What somebody says.
#[derive(Debug, Clone)]
pub(crate) enum What {
    Invite(u8, u32),
    Close(u8),
    Admit(usize, u8),
    Link(usize),
    Revoke(usize),
    Leave,
    Remove(usize),
    Readmit(usize, usize),
    Rules(u8),
    Mandate(usize),
    EndMandate(Index),
    Adopt(u8),
    Decided(u8, u8),
    Shut(u8),
    Reopen(u8),
    /// Naming any act as the last turn.
    ShutLate(Index),
    /// What somebody consented to last, or any act.
    Withdraw(Index, bool),
    Unknown,
}

/// One thing that happens.
#[derive(Debug, Clone)]
enum Deed {
    Says(usize, What),
    Completes(usize),
    /// A modified client says something, after any acts it knows.
    Forges(usize, What, [Index; 2]),
    Meet(usize, usize),
}

pub(crate) fn whats() -> impl Strategy<Value = What> {
    let person = 0..PEOPLE;
    let device = 0..DEVICES;
    prop_oneof![
        3 => (0u8..4, 0u32..4).prop_map(|(t, uses)| What::Invite(t, uses)),
        1 => (0u8..4).prop_map(What::Close),
        6 => (person.clone(), 0u8..4).prop_map(|(p, t)| What::Admit(p, t)),
        2 => device.clone().prop_map(What::Link),
        1 => device.clone().prop_map(What::Revoke),
        1 => Just(What::Leave),
        6 => person.clone().prop_map(What::Remove),
        3 => (person.clone(), device).prop_map(|(p, d)| What::Readmit(p, d)),
        2 => (0u8..4).prop_map(What::Rules),
        1 => person.prop_map(What::Mandate),
        1 => any::<Index>().prop_map(What::EndMandate),
        3 => (0u8..3).prop_map(What::Adopt),
        3 => (0u8..4, 0u8..2).prop_map(|(version, decision)| What::Decided(version, decision)),
        4 => (0u8..3).prop_map(What::Shut),
        4 => (0u8..2).prop_map(What::Reopen),
        1 => any::<Index>().prop_map(What::ShutLate),
        4 => any::<(Index, bool)>().prop_map(|(which, own)| What::Withdraw(which, own)),
        1 => Just(What::Unknown),
    ]
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let device = 0..DEVICES;
    let deed = prop_oneof![
        10 => (device.clone(), whats()).prop_map(|(d, what)| Deed::Says(d, what)),
        2 => device.clone().prop_map(Deed::Completes),
        2 => (device.clone(), whats(), any::<[Index; 2]>())
            .prop_map(|(d, what, after)| Deed::Forges(d, what, after)),
        10 => (device.clone(), device).prop_map(|(a, b)| Deed::Meet(a, b)),
    ];
    proptest::collection::vec(deed, 0..60)
}

pub(crate) struct World {
    pub(crate) devices: Vec<Person>,
}

impl World {
    /// A founder, whose invitation lets in the first few.
    fn new(let_in: usize) -> Self {
        let mut founder = Person::founder("p0", 1);
        founder.invites(&ticket(0), 8);
        let mut devices = vec![founder.clone()];
        for i in 1..PEOPLE {
            let person = Person::outsider(&format!("p{i}"), 1 + i as u8, founder.acts.network());
            if i <= let_in {
                founder.admits(&person, &ticket(0));
            }
            devices.push(person);
        }
        devices[0] = founder.clone();
        for i in PEOPLE..DEVICES {
            devices.push(devices[i - PEOPLE].device_of(1 + i as u8));
        }
        for device in &mut devices {
            device.learns_from(&founder);
        }
        Self { devices }
    }

    pub(crate) fn body(&self, speaker: usize, sees: &Membership, what: &What) -> Option<Body> {
        let speaker = &self.devices[speaker];
        let network = speaker.acts.network();
        let known = |person: usize| {
            let id = self.devices[person].member();
            let in_or_out = sees.member(&id).is_some() || sees.former().any(|one| one.id == id);
            in_or_out.then(|| (id, stay(sees, &id)))
        };
        let cuts = Cuts::default();
        Some(match *what {
            What::Invite(t, uses) => Body::Invite {
                invite: ticket(t).key(),
                uses,
                expires_ms: 10_000,
            },
            What::Close(t) => Body::RevokeInvite {
                invite: ticket(t).key(),
            },
            What::Admit(person, t) => Body::Admit {
                consent: self.devices[person].consents(&ticket(t)),
            },
            What::Link(device) => Body::Link {
                consent: LinkConsent::sign(network, speaker.member(), &self.devices[device].key),
            },
            What::Revoke(device) => Body::Revoke {
                device: self.devices[device].device(),
                cuts,
            },
            What::Leave => Body::Leave { cuts },
            What::Remove(person) => {
                let (member, stay) = known(person)?;
                Body::Remove { member, stay, cuts }
            }
            What::Readmit(person, device) => {
                let (member, stay) = known(person)?;
                Body::Readmit {
                    member,
                    stay,
                    consent: LinkConsent::sign(network, member, &self.devices[device].key),
                    cuts,
                }
            }
            What::Rules(which) => Body::ChangeRules {
                base: sees.rules_set_by()?,
                rules: rules(which),
            },
            What::Mandate(person) => Body::Mandate {
                role: "pilot".to_owned(),
                holder: known(person)?.0,
                from_ms: 1,
                to_ms: None,
            },
            What::EndMandate(which) => {
                let mandates = sees.mandates();
                if mandates.is_empty() {
                    return None;
                }
                Body::EndMandate {
                    mandate: which.get(mandates).said.act,
                }
            }
            What::Adopt(version) => Body::Adopt {
                document: charter(&network),
                heads: vec![[version; 32]],
            },
            What::Decided(version, which) => decided(which, version, &network),
            What::Shut(words) => Body::Close {
                base: sees.turned_by()?,
                closing: purpose_met(&words.to_string()),
            },
            What::Reopen(words) => Body::Reopen {
                base: sees.turned_by()?,
                words: words.to_string(),
            },
            What::ShutLate(which) => Body::Close {
                base: *which.get(&speaker.acts.ids().copied().collect::<Vec<_>>()),
                closing: purpose_met("late"),
            },
            What::Withdraw(which, own) => {
                let closings = sees.closings().iter().map(|one| &one.case);
                let cases = closings.chain(sees.reopenings().iter().map(|one| &one.case));
                let me = speaker.member();
                let said = cases.flat_map(|case| &case.consents);
                let mine = said
                    .filter(|said| own && said.by == me)
                    .map(|said| said.act);
                let mut acts: Vec<ActId> = mine.collect();
                if acts.is_empty() {
                    acts = speaker.acts.ids().copied().collect();
                }
                Body::Withdraw {
                    consent: *which.get(&acts),
                }
            }
            What::Unknown => Body::Unknown {
                kind: 700,
                bytes: vec![1],
            },
        })
    }

    pub(crate) fn forges(&mut self, speaker: usize, what: &What, after: [Index; 2]) {
        let sees = self.devices[speaker].sees();
        let known: Vec<ActId> = self.devices[speaker].acts.ids().copied().collect();
        if let Some(body) = self.body(speaker, &sees, what) {
            let after = after.map(|one| *one.get(&known));
            self.devices[speaker].forges(&after, &body);
        }
    }

    /// What an honest client does: it asks before it signs. What it may say holds.
    fn says(&mut self, speaker: usize, what: &What) -> Result<(), TestCaseError> {
        let sees = self.devices[speaker].sees();
        let Some(body) = self.body(speaker, &sees, what) else {
            return Ok(());
        };
        let one = &mut self.devices[speaker];
        if sees.may(&one.device(), &body).is_ok() {
            let said = one.says_seeing(&sees, &body);
            let sees = one.sees();
            prop_assert!(
                sees.holds(&said.id()),
                "{body:?} by {} does not hold",
                one.name
            );
        }
        Ok(())
    }

    fn run(deeds: &[Deed], let_in: usize) -> Result<Self, TestCaseError> {
        let mut world = Self::new(let_in);
        for deed in deeds {
            match deed {
                Deed::Says(speaker, what) => world.says(*speaker, what)?,
                Deed::Completes(speaker) => {
                    let one = &mut world.devices[*speaker];
                    if one.is_in(&one.sees()) {
                        // New rules may make further consents enough.
                        for _ in 0..4 {
                            one.completes();
                        }
                        let left = one.sees().ready_to_complete(&one.member());
                        prop_assert!(left.is_empty(), "said again and not done: {left:?}");
                    }
                }
                Deed::Forges(speaker, what, after) => world.forges(*speaker, what, *after),
                Deed::Meet(a, b) => {
                    let other = world.devices[*b].clone();
                    world.devices[*a].learns_from(&other);
                    let one = world.devices[*a].clone();
                    world.devices[*b].learns_from(&one);
                }
            }
        }
        Ok(world)
    }

    pub(crate) fn acts(&self) -> Vec<VerifiedAct> {
        let mut all = ActSet::new(self.devices[0].acts.network());
        for act in self.devices.iter().flat_map(|one| one.acts.iter()) {
            all.insert(act.clone()).unwrap();
        }
        all.iter().cloned().collect()
    }
}

fn decided(which: u8, version: u8, network: &NetworkId) -> Body {
    Body::Decided {
        document: charter(network),
        about: about(which, &[[version; 32]]),
    }
}

fn rules(which: u8) -> Rules {
    let default = Rules::default();
    match which {
        0 => Rules {
            invite: 2,
            ..default
        },
        1 => Rules {
            removal: Quorum::Count(1),
            ..default
        },
        2 => Rules {
            removal: Quorum::TwoThirds,
            readmission: Quorum::All,
            change: Quorum::Count(1),
            ..default
        },
        _ => default,
    }
}

fn set_of(acts: &[VerifiedAct]) -> ActSet {
    let mut set = ActSet::new(acts[0].act().network);
    for act in acts {
        set.insert(act.clone()).unwrap();
    }
    set
}

fn invalid(sees: &Membership) -> BTreeSet<ActId> {
    sees.invalid().iter().map(|one| one.act).collect()
}

/// The acts that were judged, whose whole past is known.
fn judged(set: &ActSet, sees: &Membership) -> BTreeSet<ActId> {
    let late: BTreeSet<ActId> = sees.late().iter().map(|one| one.act).collect();
    let invalid = invalid(sees);
    let ids = set.ids().copied();
    ids.filter(|id| sees.holds(id) || late.contains(id) || invalid.contains(id))
        .collect()
}

fn whole(sees: &Membership) -> Result<(), TestCaseError> {
    let mut devices = BTreeSet::new();
    for member in sees.members() {
        prop_assert!(!member.devices.is_empty());
        prop_assert!(sees.former().all(|former| former.id != member.id));
        devices.extend(member.devices.iter().copied());
        let records: Vec<_> = sees.devices_of(&member.id).collect();
        for device in &member.devices {
            let record = records.iter().find(|record| record.device == *device);
            prop_assert!(record.is_some_and(|record| record.ended.is_none()));
        }
    }
    prop_assert_eq!(&devices, &sees.devices().copied().collect::<BTreeSet<_>>());
    for former in sees.former() {
        for record in sees.devices_of(&former.id) {
            prop_assert!(record.ended.is_some());
            prop_assert!(sees.owner(&record.device).is_some());
        }
    }
    for device in &devices {
        prop_assert_eq!(sees.standing(device), DeviceStanding::Active);
    }
    turns_are_whole(sees)?;
    adoptions_are_whole(sees)?;
    for removal in sees.removals() {
        let case = &removal.case;
        let persons: BTreeSet<_> = case.consents.iter().map(|said| said.by).collect();
        prop_assert_eq!(persons.len(), case.consents.len());
        prop_assert!(!persons.contains(&removal.member));
    }
    Ok(())
}

/// Each version is listed once, what adopted it by consent holds, and every word that is listed is one that counts.
fn adoptions_are_whole(sees: &Membership) -> Result<(), TestCaseError> {
    let versions: BTreeSet<_> = sees.adoptions().iter().map(|one| one.version).collect();
    prop_assert_eq!(versions.len(), sees.adoptions().len());
    for one in sees.adoptions() {
        prop_assert!(!one.case.consents.is_empty() || !one.decided.is_empty());
        let complete = one.case.state == CaseState::Complete;
        prop_assert_eq!(complete, one.completed.is_some());
        prop_assert!(one.decided.is_sorted_by_key(|word| word.place));
        for word in &one.decided {
            prop_assert!(sees.holds(&word.said.act));
            prop_assert!(word.members.contains(&word.said.by));
        }
    }
    Ok(())
}

/// Closings and reopenings that stand follow one another, each by persons enough who each count once.
fn turns_are_whole(sees: &Membership) -> Result<(), TestCaseError> {
    let complete = |state: CaseState| state == CaseState::Complete;
    let closings = sees
        .closings()
        .iter()
        .filter(|one| complete(one.case.state));
    let reopenings = sees.reopenings().iter();
    let reopenings = reopenings.filter(|one| complete(one.case.state)).count();
    let closings: Vec<_> = closings.collect();
    prop_assert_eq!(
        closings.len() - reopenings,
        usize::from(sees.closed().is_some())
    );
    let cases = sees.closings().iter().map(|one| &one.case);
    for case in cases.chain(sees.reopenings().iter().map(|one| &one.case)) {
        let persons: BTreeSet<_> = case.consents.iter().map(|said| said.by).collect();
        prop_assert_eq!(persons.len(), case.consents.len());
        prop_assert!(!complete(case.state) || persons.len() >= case.need);
    }
    if let Some(closed) = sees.closed() {
        let last = closings[closings.len() - 1];
        prop_assert_eq!(&closed.closing, &last.closing);
        prop_assert_eq!(closed.by.len(), last.case.consents.len());
        prop_assert!(sees.holds(&closed.act));
    }
    Ok(())
}

proptest! {
    #[test]
    fn what_an_older_version_does_not_know_is_judged_as_that_one_judges_it(
        deeds in deeds(), let_in in 0..5usize,
    ) {
        let acts = World::run(&deeds, let_in)?.acts();
        let sees = evaluate(&set_of(&acts));
        for invalid in sees.invalid() {
            let act = acts.iter().find(|act| act.id() == invalid.act);
            let newer = act.is_some_and(|act| {
                matches!(
                    act.act().body,
                    Body::Close { .. }
                        | Body::Reopen { .. }
                        | Body::Withdraw { .. }
                        | Body::Decided { .. }
                )
            });
            let nobodys = matches!(invalid.why, ActRefusal::NotAMember | ActRefusal::Ended);
            prop_assert!(!newer || nobodys, "{invalid:?}");
        }
    }

    #[test]
    fn every_copy_with_the_same_acts_sees_the_same_in_whatever_order_they_came(
        deeds in deeds(), let_in in 0..5usize, seed: [Index; 12],
    ) {
        let world = World::run(&deeds, let_in)?;
        let acts = world.acts();
        let mut shuffled: Vec<_> = acts.iter().chain(&acts).cloned().collect();
        for (at, index) in seed.iter().cycle().take(shuffled.len()).enumerate() {
            let other = index.index(shuffled.len());
            shuffled.swap(at, other);
        }
        let sees = evaluate(&set_of(&acts));
        prop_assert_eq!(&evaluate(&set_of(&shuffled)), &sees);
        whole(&sees)?;
        for device in &world.devices {
            whole(&device.sees())?;
        }
    }

    #[test]
    fn more_acts_never_change_whether_an_act_is_valid(
        deeds in deeds(), let_in in 0..5usize, keep: [u64; 2],
    ) {
        let acts = World::run(&deeds, let_in)?.acts();
        let kept: Vec<_> = acts
            .iter()
            .enumerate()
            .filter(|(at, act)| {
                act.act().after.is_empty() || (keep[0] | keep[1]) >> (at % 64) & 1 == 1
            })
            .map(|(_, act)| act.clone())
            .collect();
        let (some, all) = (set_of(&kept), set_of(&acts));
        let (few, many) = (evaluate(&some), evaluate(&all));
        let refused = invalid(&many);
        for id in judged(&some, &few) {
            prop_assert_eq!(invalid(&few).contains(&id), refused.contains(&id));
        }
    }
}
