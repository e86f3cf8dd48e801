#![doc = include_str!("../../../../docs/governance.md")]

mod adopted;
mod cases;
mod gather;
mod invitation;
mod judge;
mod lists;
mod may;
mod order;
mod past;
mod records;
mod refusal;
mod sift;
mod stand;
mod turns;

pub use gather::evaluate;
pub use invitation::Invitation;
pub use records::{
    Adoption, Case, CaseState, Closed, ClosingCase, Decided, DeviceRecord, DeviceStanding, Ended,
    EndedMandate, Ending, Equivocation, Former, Invalid, Late, Mandate, Member, Readmission,
    Removal, ReopeningCase, RuleChange, Said, Version,
};
pub use refusal::{ActRefusal, JoinRefusal};
pub use sift::{Sifted, sift};

use std::collections::{BTreeMap, BTreeSet};

use tresse_model::{DeviceId, DocId, MemberId, NetworkId};

use crate::{ACTOR_LEN, ActId, Body, Cuts, InviteKey, Rules};

/// Who is in a network and by which rules, as far as the acts known here tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    network: NetworkId,
    members: BTreeMap<MemberId, Member>,
    former: BTreeMap<MemberId, Former>,
    /// Whose device each is that ever came in by a valid act, whether that act still counts or not.
    entered: BTreeMap<DeviceId, MemberId>,
    /// The devices that are in.
    devices: BTreeMap<DeviceId, MemberId>,
    /// All devices that are or were in.
    records: BTreeMap<MemberId, Vec<DeviceRecord>>,
    /// Which stay of which person each act began.
    stays: BTreeMap<ActId, (MemberId, u32)>,
    invitations: BTreeMap<InviteKey, Invitation>,
    cuts: Vec<Cuts>,
    removals: Vec<Removal>,
    readmissions: Vec<Readmission>,
    rule_changes: Vec<RuleChange>,
    adoptions: Vec<Adoption>,
    closings: Vec<ClosingCase>,
    reopenings: Vec<ReopeningCase>,
    closed: Option<Closed>,
    turned_by: Option<ActId>,
    rules: Rules,
    rules_set_by: Option<ActId>,
    mandates: Vec<Mandate>,
    ended_mandates: Vec<EndedMandate>,
    late: Vec<Late>,
    invalid: Vec<Invalid>,
    equivocations: Vec<Equivocation>,
    left_out: BTreeSet<ActId>,
    newest: Vec<(ActId, DeviceId)>,
    unseen: BTreeSet<MemberId>,
}

impl Membership {
    /// Which network.
    pub const fn network(&self) -> NetworkId {
        self.network
    }

    /// The members, by id.
    pub fn members(&self) -> impl ExactSizeIterator<Item = &Member> {
        self.members.values()
    }

    /// One member.
    pub fn member(&self, id: &MemberId) -> Option<&Member> {
        self.members.get(id)
    }

    /// The persons who left, were removed or lost all their devices, and are not back, by id.
    pub fn former(&self) -> impl ExactSizeIterator<Item = &Former> {
        self.former.values()
    }

    /// One of these persons.
    pub fn former_member(&self, id: &MemberId) -> Option<&Former> {
        self.former.get(id)
    }

    /// Whose device it is, of the members.
    pub fn member_of(&self, device: &DeviceId) -> Option<MemberId> {
        self.devices.get(device).copied()
    }

    /// Whether it is a device of a member.
    pub fn is_member_device(&self, device: &DeviceId) -> bool {
        self.devices.contains_key(device)
    }

    /// The members' devices, sorted.
    pub fn devices(&self) -> impl ExactSizeIterator<Item = &DeviceId> {
        self.devices.keys()
    }

    /// Whether it is a device of a member, was one, or never was.
    pub fn standing(&self, device: &DeviceId) -> DeviceStanding {
        if self.devices.contains_key(device) {
            DeviceStanding::Active
        } else if self.has_record(device) {
            DeviceStanding::Ended
        } else {
            DeviceStanding::Unknown
        }
    }

    /// Whose device it is, or was, or came in as by an act that was valid when it was signed, whatever became
    /// of it: names the authors of old work, and never turns back to nobody as more acts arrive.
    pub fn owner(&self, device: &DeviceId) -> Option<MemberId> {
        self.entered.get(device).copied()
    }

    fn has_record(&self, device: &DeviceId) -> bool {
        let mut records = self.records.values().flatten();
        records.any(|record| record.device == *device)
    }

    /// The devices that this person has or had, sorted.
    pub fn devices_of(&self, member: &MemberId) -> impl Iterator<Item = &DeviceRecord> {
        self.records.get(member).into_iter().flatten()
    }

    /// The hashes of the changes up to which this chain of an ended device counts in the document. None:
    /// nothing of it counts but what a change of somebody else rests on.
    pub fn cuts(&self, doc: &DocId, actor: &[u8; ACTOR_LEN]) -> Vec<[u8; 32]> {
        let cuts = self.cuts.iter().filter_map(|cuts| cuts.get(doc, actor));
        let hashes: BTreeSet<[u8; 32]> = cuts.map(|cut| cut.hash).collect();
        hashes.into_iter().collect()
    }

    /// Whether any device has ended.
    pub fn has_endings(&self) -> bool {
        let mut records = self.records.values().flatten();
        records.any(|record| record.ended.is_some())
    }

    /// Every invitation ever made, open or not, by key.
    pub fn invitations(&self) -> impl ExactSizeIterator<Item = &Invitation> {
        self.invitations.values()
    }

    /// One invitation.
    pub fn invitation(&self, key: &InviteKey) -> Option<&Invitation> {
        self.invitations.get(key)
    }

    /// The invitations that let somebody in at this time.
    pub fn open_invitations(&self, now_ms: u64) -> impl Iterator<Item = &Invitation> {
        self.invitations
            .values()
            .filter(move |invitation| invitation.is_open(now_ms))
    }

    /// The removals that anybody consented to: open, done and overtaken.
    pub fn removals(&self) -> &[Removal] {
        &self.removals
    }

    /// The re-admissions that anybody consented to.
    pub fn readmissions(&self) -> &[Readmission] {
        &self.readmissions
    }

    /// The changes of rules that anybody consented to.
    pub fn rule_changes(&self) -> &[RuleChange] {
        &self.rule_changes
    }

    /// The versions of documents that anybody consented to, or said to be adopted by a decision: first those adopted by consent, in the order in
    /// which they were, then the others. Without decisions, the last one of a document that is adopted is in force; which of the decisions
    /// hold is for whoever has the decisions to say.
    pub fn adoptions(&self) -> &[Adoption] {
        &self.adoptions
    }

    /// The closings that anybody consented to: first those that stood, in the order in which they did, then the others.
    pub fn closings(&self) -> &[ClosingCase] {
        &self.closings
    }

    /// The reopenings that anybody consented to, in the same order.
    pub fn reopenings(&self) -> &[ReopeningCase] {
        &self.reopenings
    }

    /// How the network was closed, if it is closed now. It is closed for whoever knows the acts that closed it, and for nobody else:
    /// what was written without knowing of it counts like any other work.
    pub const fn closed(&self) -> Option<&Closed> {
        self.closed.as_ref()
    }

    /// The act since which it is open, or closed: what [`Body::Close`] and [`Body::Reopen`] name as their base. `None`
    /// before the founding act is known.
    pub const fn turned_by(&self) -> Option<ActId> {
        self.turned_by
    }

    /// The rules in force.
    pub const fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The act that set them: what [`Body::ChangeRules`] names as its base. `None` before the founding act is known.
    pub const fn rules_set_by(&self) -> Option<ActId> {
        self.rules_set_by
    }

    /// The mandates that count and were not ended (their dates may be over).
    pub fn mandates(&self) -> &[Mandate] {
        &self.mandates
    }

    /// The mandates that count and that a member ended, in the order in which they were given.
    pub fn ended_mandates(&self) -> &[EndedMandate] {
        &self.ended_mandates
    }

    /// The acts that do not count because their authors had been put out when they said them, as far as
    /// anybody can tell.
    pub fn late(&self) -> &[Late] {
        &self.late
    }

    /// The acts against the rules.
    pub fn invalid(&self) -> &[Invalid] {
        &self.invalid
    }

    /// The devices that said two things of which neither knew the other.
    pub fn equivocations(&self) -> &[Equivocation] {
        &self.equivocations
    }

    /// What this person should say again, since they consented to it, enough others did too, and none of
    /// them knew: with this word it is done.
    pub fn ready_to_complete(&self, me: &MemberId) -> Vec<Body> {
        let mine = |case: &Case| {
            case.state == CaseState::Ready && case.consents.iter().any(|said| said.by == *me)
        };
        let removals = self.removals.iter().filter(|one| mine(&one.case));
        let removals = removals.map(|removal| Body::Remove {
            member: removal.member,
            stay: removal.stay,
            cuts: Cuts::default(),
        });
        let changes = self.rule_changes.iter().filter(|one| mine(&one.case));
        let changes = changes.map(|change| Body::ChangeRules {
            base: change.base,
            rules: change.rules,
        });
        let readmissions = self.readmissions.iter().filter(|one| mine(&one.case));
        let readmissions = readmissions.map(|one| Body::Readmit {
            member: one.member,
            stay: one.stay,
            consent: one.consent.clone(),
            cuts: Cuts::default(),
        });
        let adoptions = self.adoptions.iter().filter(|one| mine(&one.case));
        let adoptions = adoptions.map(|one| Body::Adopt {
            document: one.document,
            heads: one.heads.clone(),
        });
        let closings = self.closings.iter().filter(|one| mine(&one.case));
        let closings = closings.map(|one| Body::Close {
            base: one.base,
            closing: one.closing.clone(),
        });
        let reopenings = self.reopenings.iter().filter(|one| mine(&one.case));
        let reopenings = reopenings.map(|one| Body::Reopen {
            base: one.base,
            words: one.words.clone(),
        });
        let others = readmissions.chain(changes).chain(adoptions);
        let turns = closings.chain(reopenings);
        removals.chain(others).chain(turns).collect()
    }

    /// Whether this person should sign a [`Body::Witness`] (or anything else) before long: somebody came in
    /// or went since they last spoke. Persons who never acknowledged the others could, once gone bad, claim a
    /// past in which these were not there.
    pub fn should_witness(&self, member: &MemberId) -> bool {
        self.unseen.contains(member)
    }

    /// Whether the act holds. One that does not is kept and passed on, and an honest act never
    /// names it (but for one of the words that ended a stay where each of these was cut off by another).
    pub fn holds(&self, act: &ActId) -> bool {
        !self.left_out.contains(act)
    }

    /// What an act said now comes after, at most `most`: the newest acts that hold, those of this device first, so
    /// that its acts form a chain.
    pub(crate) fn newest(&self, device: &DeviceId, most: usize) -> Vec<ActId> {
        let (mine, others): (Vec<_>, Vec<_>) = self.newest.iter().partition(|(_, by)| by == device);
        let newest = mine.into_iter().chain(others);
        newest.map(|(act, _)| act).take(most).collect()
    }
}
