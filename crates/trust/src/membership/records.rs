//! What a membership tells: plain records.

use std::fmt;

use data_encoding::HEXLOWER;
use tresse_model::{DeviceId, DocId, MemberId};

use super::ActRefusal;
use crate::{ActId, Closing, LinkConsent, Rules};

/// A person in a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: MemberId,
    /// The name they gave when they came in.
    pub name: String,
    /// Their devices that are in, sorted.
    pub devices: Vec<DeviceId>,
    /// Who let them in (of those who re-admitted them, the one whose consent was the last that was needed);
    /// `None` for the founder.
    pub admitted_by: Option<MemberId>,
    /// The act that began their present stay.
    pub act: ActId,
    /// When that was, as claimed.
    pub at_ms: u64,
}

/// A person who was in a network and is no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// Who.
    pub id: MemberId,
    /// The name they gave when they came in.
    pub name: String,
    /// The act that began their last stay: a re-admission names it.
    pub act: ActId,
    /// How it ended.
    pub ended: Ended,
}

/// How a stay or a device ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// In which way.
    pub how: Ending,
    /// The act that ended it.
    pub act: ActId,
    /// Who said so: one person, or all who consented.
    pub by: Vec<MemberId>,
    /// When that was, as claimed.
    pub at_ms: u64,
}

/// The ways in which a stay or a device ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// The person left.
    Left,
    /// The person was removed by others.
    Removed,
    /// The person was re-admitted on another device, and this ended with their earlier stay.
    Readmitted,
    /// The person said that the device is lost or stolen; of a stay, that all its devices are.
    Revoked,
}

impl Ending {
    /// A stable word for this way.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Removed => "removed",
            Self::Readmitted => "readmitted",
            Self::Revoked => "revoked",
        }
    }
}

/// What a device is in a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeviceStanding {
    /// A device of a member.
    Active,
    /// It was one. Its work counts as far as the cuts say ([`super::Membership::cuts`]).
    Ended,
    /// It never was one, as far as is known here.
    Unknown,
}

/// A device of a person, in or ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceRecord {
    /// Which device.
    pub device: DeviceId,
    /// The act by which it came in.
    pub since: ActId,
    /// The device that signed that act; `None` for the founding act, which a device signs for itself.
    pub linked_by: Option<DeviceId>,
    /// When that was, as claimed.
    pub at_ms: u64,
    /// How it ended, if it did.
    pub ended: Option<Ended>,
}

/// A person's word in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// Who.
    pub by: MemberId,
    /// The act that says it.
    pub act: ActId,
    /// When that was, as claimed.
    pub at_ms: u64,
}

/// How far several persons' consents to one thing have come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The consents that count, one for each person, in order.
    pub consents: Vec<Said>,
    /// How many are needed.
    pub need: usize,
    /// Of how many persons.
    pub of: usize,
    /// How far it has come.
    pub state: CaseState,
}

impl Case {
    /// Whether it needs more persons than there are.
    pub const fn is_out_of_reach(&self) -> bool {
        self.need > self.of
    }
}

/// How far a case has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CaseState {
    /// It waits for consents.
    Pending,
    /// There are consents enough, of persons who did not know of each other's: one of them must say so again
    /// ([`super::Membership::ready_to_complete`]).
    Ready,
    /// It is done.
    Complete,
    /// Something else came first: the person left, or other rules were adopted.
    Overtaken,
}

/// Consents to remove a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// Whom.
    pub member: MemberId,
    /// The act that began the stay that it ends.
    pub stay: ActId,
    /// How far it has come.
    pub case: Case,
}

/// Consents to re-admit a person on a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readmission {
    /// Whom.
    pub member: MemberId,
    /// The act that began the stay that it follows.
    pub stay: ActId,
    /// The device.
    pub device: DeviceId,
    /// What the device signed: a further consent passes it on.
    pub consent: LinkConsent,
    /// How far it has come.
    pub case: Case,
}

/// Consents to new rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleChange {
    /// The act that set the rules they replace.
    pub base: ActId,
    /// The new rules.
    pub rules: Rules,
    /// How far it has come. [`CaseState::Overtaken`]: not adopted, others were.
    pub case: Case,
}

/// Names a version of a document: a hash of which document it is and of its heads.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version([u8; 16]);

impl Version {
    /// The version of a document that ends in these changes, sorted.
    pub fn of(document: &DocId, heads: &[[u8; 32]]) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("tresse 2026 version of a document");
        hasher.update(&document.to_bytes());
        for head in heads {
            hasher.update(head);
        }
        let mut name = [0; 16];
        hasher.finalize_xof().fill(&mut name);
        Self(name)
    }
}

impl Version {
    /// The version with this name.
    pub const fn named(name: [u8; 16]) -> Self {
        Self(name)
    }

    /// Its name.
    pub const fn name(&self) -> [u8; 16] {
        self.0
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Version({self})")
    }
}

/// What was said of a version of a document, of a charter say: by whom it was consented to, and which decisions are said to have adopted it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// The document.
    pub document: DocId,
    /// The newest changes that the version is made of, sorted.
    pub heads: Vec<[u8; 32]>,
    /// Its name.
    pub version: Version,
    /// How far it has come by consent: it is adopted by as many as change the rules. Nobody consents where only a decision is spoken of.
    pub case: Case,
    /// The place in the order of acts at which the consents were enough, if they are.
    pub completed: Option<usize>,
    /// What was said of decisions, in the order of acts.
    pub decided: Vec<Decided>,
}

/// Somebody's word that a decision adopted a version. It is true or not by what the decision comes to, which no act tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The decision: its name follows from what it is about.
    pub decision: DocId,
    /// The version that was in force when it was put to the members. Where another is by now, the decision comes too late.
    pub replaces: Version,
    /// Who said so.
    pub said: Said,
    /// The place of the word in the order of acts: of two adoptions, the one with the greater place is in force.
    pub place: usize,
    /// Who was a member by what stands before the word, sorted: so many at least were to be asked.
    pub members: Vec<MemberId>,
}

/// Consents to close the network so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosingCase {
    /// The act since which the network was open.
    pub base: ActId,
    /// How it ends.
    pub closing: Closing,
    /// How far it has come: as many as change the rules close. [`CaseState::Complete`] stays when the network is reopened;
    /// [`CaseState::Overtaken`]: it closed another way.
    pub case: Case,
}

/// Consents to open the network again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReopeningCase {
    /// The act since which it was closed.
    pub base: ActId,
    /// Why, in the words of whoever said so first.
    pub words: String,
    /// How far it has come: as many as change the rules reopen.
    pub case: Case,
}

/// How a network was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// How it ended.
    pub closing: Closing,
    /// The act with which it was done.
    pub act: ActId,
    /// Who consented, sorted.
    pub by: Vec<MemberId>,
    /// When that was, as claimed.
    pub at_ms: u64,
}

/// Who holds a role. It gives no power over data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// The role's word.
    pub role: String,
    /// Who holds it.
    pub holder: MemberId,
    /// From when, in milliseconds since 1970.
    pub from_ms: u64,
    /// Until when, if that is set.
    pub to_ms: Option<u64>,
    /// Who recorded it, by which act.
    pub said: Said,
}

/// A mandate that a member ended, and who did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedMandate {
    /// What was given.
    pub mandate: Mandate,
    /// The word that ended it: of several said apart, the first in the order of acts, the same everywhere.
    pub ended: Said,
}

/// An act that does not count, because its author had been put out, or was let in by somebody who had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Late {
    /// The act.
    pub act: ActId,
    /// The device that signed it.
    pub device: DeviceId,
    /// Whose device that is, or claims to be.
    pub by: MemberId,
}

/// An act against the rules: it never counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invalid {
    /// The act.
    pub act: ActId,
    /// The device that signed it.
    pub device: DeviceId,
    /// What is wrong with it.
    pub why: ActRefusal,
}

/// Two acts of one device of which neither knew the other: a copied profile, or somebody who says
/// different things to different people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Equivocation {
    /// The device.
    pub device: DeviceId,
    /// The two acts.
    pub acts: [ActId; 2],
}
