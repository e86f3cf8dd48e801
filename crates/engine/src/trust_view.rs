//! What a network's members see of trust: machines, who left, what is being decided, what was refused.

use serde::Serialize;
use tresse_model::{DeviceId, DocId, MemberId};

/// A machine that a member has or had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MachineView {
    /// The machine.
    pub device: DeviceId,
    /// What its person calls it, where this machine was told (when one was linked by the other).
    pub label: String,
    /// Since when, as claimed: milliseconds since 1970, UTC.
    pub since: i64,
    /// Whether the window asking runs on it.
    pub is_this: bool,
    /// Whether it is connected now.
    pub here: bool,
    /// How it ended, if it did.
    pub ended: Option<EndedView>,
}

/// How a stay or a machine ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EndedView {
    /// `left`, `removed`, `readmitted` or `revoked`.
    pub how: String,
    /// Who said so.
    pub by: Vec<MemberId>,
    /// When, as claimed: milliseconds since 1970, UTC.
    pub at: i64,
}

/// Somebody who was a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormerView {
    /// The person.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// How they went.
    pub ended: EndedView,
}

/// How far several persons' consents to one thing have come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseView {
    /// What it is about.
    #[serde(flatten)]
    pub about: CaseAbout,
    /// Who consents so far.
    pub consents: Vec<ConsentView>,
    /// How many are needed.
    pub need: usize,
    /// Of how many persons.
    pub of: usize,
    /// `pending`, `ready`, `complete` or `overtaken`.
    pub state: String,
    /// Whether I am among those who consent.
    pub mine: bool,
    /// Whether more persons are needed than there are.
    pub out_of_reach: bool,
}

/// What a case is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "about", rename_all = "kebab-case")]
pub enum CaseAbout {
    /// A member is removed.
    Removal {
        /// Whom.
        member: MemberId,
        /// Their name.
        name: String,
    },
    /// A person comes back, or goes on, on another machine.
    Readmission {
        /// Whom.
        member: MemberId,
        /// Their name.
        name: String,
        /// The machine.
        device: DeviceId,
    },
    /// The rules change.
    Rules {
        /// The new ones.
        rules: RulesView,
    },
}

/// A person's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConsentView {
    /// Who.
    pub by: MemberId,
    /// Their name.
    pub name: String,
    /// When, as claimed: milliseconds since 1970, UTC.
    pub at: i64,
}

/// The rules by which members are let in, removed and taken back. A quorum is `majority`,
/// `two-thirds`, `all` or a number of persons.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RulesView {
    /// How many persons must make the same invitation.
    pub invite: u8,
    /// How many of the others remove a member.
    pub removal: String,
    /// How many of the others take somebody back.
    pub readmission: String,
    /// How many of all change the rules.
    pub change: String,
}

/// Who holds a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MandateView {
    /// Names it: the act that gave it.
    pub id: String,
    /// The role.
    pub role: String,
    /// Who holds it.
    pub holder: MemberId,
    /// From when: milliseconds since 1970, UTC.
    pub from: i64,
    /// Until when.
    pub to: Option<i64>,
    /// Who recorded it.
    pub by: MemberId,
}

/// A mandate that somebody ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EndedMandateView {
    /// As it was given.
    #[serde(flatten)]
    pub mandate: MandateView,
    /// Who ended it.
    pub ended_by: MemberId,
    /// When, as claimed: milliseconds since 1970, UTC.
    pub ended_at: i64,
}

/// Something that happened to the trust between copies, in words a person can act on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "trouble", rename_all = "kebab-case")]
pub enum TroubleView {
    /// Changes that are known and do not count: they can be adopted by any member.
    SetAside {
        /// In which document.
        document: DocId,
        /// Its title, where it has one.
        title: String,
        /// The machine that wrote them.
        device: DeviceId,
        /// Its owner's name.
        name: String,
        /// How many.
        changes: usize,
        /// `late` (written after its owner was put out), `fork` (one of two contradicting branches) or
        /// `fallen` (honest work that rested on a branch that lost: its author's machine writes it again by itself).
        reason: String,
    },
    /// One machine wrote two different things as one: its disk was copied, or somebody cheats.
    Fork {
        /// The machine.
        device: DeviceId,
        /// Its owner's name.
        name: String,
        /// In how many documents.
        documents: usize,
    },
    /// One machine signed acts that do not know of each other.
    Equivocation {
        /// The machine.
        device: DeviceId,
        /// Its owner's name.
        name: String,
    },
    /// Acts that do not count: signed after their author was put out, or against the rules.
    ActsLeftOut {
        /// The machine that signed them.
        device: DeviceId,
        /// Its owner's name.
        name: String,
        /// How many.
        acts: usize,
    },
    /// What another machine sent of a document was refused.
    Refused {
        /// The document.
        document: DocId,
        /// Its title, where it has one.
        title: String,
        /// The machine that passed it on.
        device: DeviceId,
        /// Its owner's name.
        name: String,
        /// Why: a stable code (`document-unsealed`, …).
        code: String,
        /// How often.
        times: u64,
        /// When last, by this machine's clock: milliseconds since 1970, UTC.
        at: i64,
    },
}
