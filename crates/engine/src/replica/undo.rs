//! Undo and redo of one's own edits, per network.
//!
//! [`Stacks`] knows how to reverse each edit, field by field and letter by letter, so that undoing never
//! takes back what others did since. Letters typed one after the other in one text or field
//! are one step, as a person counts. The history lasts as long as the process.
//!
//! What a member *said* (an act) stands between the edits, in the order in which it was done, so that undoing always concerns what was
//! done last. A mandate given is ended, one ended is given again: everybody may do that. A consent that the network close, or reopen, is
//! taken back as long as that is not done. An invitation just made is closed, for good. Anything else that was said stays
//! ([`Stays`]): undoing says so, and goes no further back than that.

use automerge::Automerge;
use tresse_model::{DocId, EditError, MemberId, Stacks, Undo, Undone};
use tresse_trust::{ActId, Body, InviteKey};

use crate::CommandError;

/// Letters typed within this many milliseconds of each other are one step.
const ONE_BREATH: i64 = 1_200;
/// How many edits of letters make a step at the most.
const LONGEST: usize = 200;

/// What can be undone and redone in one network.
#[derive(Debug, Default)]
pub(super) struct UndoHistory {
    stacks: Stacks<Step>,
    typing: Option<Typing>,
}

/// The step under way, if the last thing done was typing.
#[derive(Debug)]
struct Typing {
    doc: DocId,
    /// The field, or empty for the document's text.
    field: String,
    at: i64,
    letters: usize,
}

/// One step of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// An edit of this document.
    Edit(DocId),
    /// Mandates given and ended by one command, in that order.
    Mandates(Vec<Turned>),
    /// An invitation made.
    Invitation(InviteKey),
    /// Something said that no command of this person alone takes back.
    Stays(Stays),
}

/// What was done to a mandate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Turned {
    /// This act gave it.
    Given(ActId),
    /// This one, which an act gave, was ended.
    Ended(ActId, Terms),
}

/// What a mandate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Terms {
    pub(super) role: String,
    pub(super) holder: MemberId,
    pub(super) from_ms: u64,
    pub(super) to_ms: Option<u64>,
}

/// Said, and not to be unsaid by whoever said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stays {
    /// A count of ballots: no act, but others may rely on it all the same.
    Count,
    /// Another's invitation confirmed.
    Invitation,
    InvitationClosed,
    Device,
    Leaving,
    Removal,
    Readmission,
    Rules,
    Charter,
    /// That a decision adopted a version of the charter.
    Adoption,
    Closing,
    Reopening,
    Withdrawal,
}

impl Stays {
    /// What sort of saying an act is; `None`: an edit's or a mandate's, or one that no person says on purpose.
    pub(super) const fn of(body: &Body) -> Option<Self> {
        Some(match body {
            Body::Invite { .. } => Self::Invitation,
            Body::RevokeInvite { .. } => Self::InvitationClosed,
            Body::Revoke { .. } => Self::Device,
            Body::Leave { .. } => Self::Leaving,
            Body::Remove { .. } => Self::Removal,
            Body::Readmit { .. } => Self::Readmission,
            Body::ChangeRules { .. } => Self::Rules,
            Body::Adopt { .. } => Self::Charter,
            Body::Decided { .. } => Self::Adoption,
            Body::Close { .. } => Self::Closing,
            Body::Reopen { .. } => Self::Reopening,
            Body::Withdraw { .. } => Self::Withdrawal,
            Body::Found { .. }
            | Body::Admit { .. }
            | Body::Link { .. }
            | Body::Mandate { .. }
            | Body::EndMandate { .. }
            | Body::Witness
            | Body::Unknown { .. } => return None,
        })
    }

    /// Whether whoever said it may take it back as long as it is not done.
    pub(super) const fn can_be_unsaid(self) -> bool {
        matches!(self, Self::Closing | Self::Reopening)
    }

    /// Why nothing is undone, and what leads back.
    pub(super) fn refusal(self) -> CommandError {
        let (code, message) = match self {
            Self::Count => (
                "stays-count",
                "what you did last stays: you counted a decision, and others may rely on it. To go back, count it again and say why",
            ),
            Self::Invitation => (
                "stays-invitation",
                "what you did last stays: you confirmed an invitation. To go back, close it",
            ),
            Self::InvitationClosed => (
                "stays-invitation-closed",
                "what you did last stays: you closed an invitation. To go back, make another one",
            ),
            Self::Device => (
                "stays-device",
                "what you did last stays: a machine that was declared lost never comes back. Link another one",
            ),
            Self::Leaving => (
                "stays-leaving",
                "what you did last stays: you left. To go back, ask the members to take you back",
            ),
            Self::Removal => (
                "stays-removal",
                "what you did last stays: you consented to a removal. Who is removed can be taken back",
            ),
            Self::Readmission => (
                "stays-readmission",
                "what you did last stays: you consented that somebody comes back. To go back, propose to remove them",
            ),
            Self::Rules => (
                "stays-rules",
                "what you did last stays: you consented to rules. To go back, propose the earlier ones",
            ),
            Self::Charter => (
                "stays-charter",
                "what you did last stays: you consented to a version of the charter. To go back, change the charter and propose it anew",
            ),
            Self::Adoption => (
                "stays-adoption",
                "what you did last stays: you wrote down that a decision adopted a version of the charter. To go back, change the charter and decide anew",
            ),
            Self::Closing => (
                "stays-closing",
                "what you did last stays: you consented that the network closes. A closed network can be reopened",
            ),
            Self::Reopening => (
                "stays-reopening",
                "what you did last stays: you consented that the network reopens. To go back, propose to close it again",
            ),
            Self::Withdrawal => (
                "stays-withdrawal",
                "what you did last stays: you took your consent back. To go back, consent again",
            ),
        };
        CommandError::new(code, message)
    }
}

/// What the next step this way concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    /// There is none.
    Nothing,
    /// Edits of these documents, in the order in which they are turned.
    Edits(Vec<DocId>),
    /// Mandates, in the order in which they were given and ended.
    Mandates(Vec<Turned>),
    /// An invitation that was made.
    Invitation(InviteKey),
    /// It stays.
    Stays(Stays),
}

/// Which way to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Undo,
    Redo,
}

impl UndoHistory {
    /// Notes an edit just made. What was undone before it can no longer be redone.
    pub(super) fn did(&mut self, doc: DocId, undo: Undo) {
        self.typing = None;
        self.stacks.record(Step::Edit(doc), undo);
    }

    /// Notes mandates that one command gave and ended, in that order.
    pub(super) fn did_mandates(&mut self, turned: Vec<Turned>) {
        self.typing = None;
        if !turned.is_empty() {
            self.stacks.note(Step::Mandates(turned));
        }
    }

    /// Notes something said that stays: nothing before it is undone any more.
    pub(super) fn said(&mut self, stays: Stays) {
        self.typing = None;
        self.stacks.note(Step::Stays(stays));
    }

    /// Notes an invitation just made.
    pub(super) fn did_invite(&mut self, invite: InviteKey) {
        self.typing = None;
        self.stacks.note(Step::Invitation(invite));
    }

    /// The invitation of the next step to undo is closed. It never opens again, so there is nothing to redo.
    pub(super) fn closed_invitation(&mut self) {
        self.typing = None;
        self.stacks.turned_back(None);
    }

    /// The mandates of the next step this way were turned; `turned`: what was done to them, in order. Those that were given again go
    /// by another name from now on (`renamed`).
    pub(super) fn turned_mandates(
        &mut self,
        way: Way,
        turned: Vec<Turned>,
        renamed: &[(ActId, ActId)],
    ) {
        self.typing = None;
        let step = (!turned.is_empty()).then_some(Step::Mandates(turned));
        match way {
            Way::Undo => self.stacks.turned_back(step),
            Way::Redo => self.stacks.turned_again(step),
        }
        for key in self.stacks.keys_mut() {
            let Step::Mandates(turned) = key else {
                continue;
            };
            for one in turned {
                let (Turned::Given(act) | Turned::Ended(act, _)) = one;
                let newer = renamed.iter().find(|(old, _)| old == act);
                *act = newer.map_or(*act, |(_, new)| *new);
            }
        }
    }

    /// Notes edits that one command made, in the order in which they were made: they are undone as one, and forgotten as one.
    pub(super) fn did_together(&mut self, edits: Vec<(DocId, Undo)>) {
        self.typing = None;
        let edits = edits.into_iter();
        self.stacks
            .record_together(edits.map(|(doc, undo)| (Step::Edit(doc), undo)));
    }

    /// What the next step this way concerns.
    pub(super) fn next(&self, way: Way) -> Next {
        let steps = match way {
            Way::Undo => self.stacks.together_undone(),
            Way::Redo => self.stacks.together_redone(),
        };
        match steps.first() {
            None => Next::Nothing,
            Some(Step::Mandates(turned)) => Next::Mandates(turned.clone()),
            Some(Step::Invitation(invite)) => Next::Invitation(*invite),
            Some(Step::Stays(stays)) => Next::Stays(*stays),
            Some(Step::Edit(_)) => {
                let docs = steps.into_iter().filter_map(|step| match step {
                    Step::Edit(doc) => Some(*doc),
                    Step::Mandates(_) | Step::Invitation(_) | Step::Stays(_) => None,
                });
                Next::Edits(docs.collect())
            }
        }
    }

    /// Leaves out the next step this way.
    pub(super) fn forget_next(&mut self, way: Way) {
        self.typing = None;
        match way {
            Way::Undo => self.stacks.forget_next_undo(),
            Way::Redo => self.stacks.forget_next_redo(),
        }
    }

    /// Notes letters just typed at `now` (milliseconds) in a field, or in the text (`field` empty):
    /// they join the step before if it is the same breath.
    pub(super) fn typed(&mut self, doc: DocId, field: String, undo: Undo, now: i64) {
        let same_breath = self.typing.as_ref().is_some_and(|typing| {
            typing.doc == doc
                && typing.field == field
                && typing.letters < LONGEST
                && now >= typing.at
                && now.abs_diff(typing.at) <= ONE_BREATH.unsigned_abs()
        });
        let letters = self
            .typing
            .as_ref()
            .filter(|_| same_breath)
            .map_or(1, |t| t.letters + 1);
        if same_breath {
            self.stacks.join(Step::Edit(doc), undo);
        } else {
            self.stacks.record(Step::Edit(doc), undo);
        }
        self.typing = Some(Typing {
            doc,
            field,
            at: now,
            letters,
        });
    }

    /// Takes back (or makes again) the next edit this way, in the first document of [`Next::Edits`]; `joined`: it is not
    /// the first of a step.
    pub(super) fn step(
        &mut self,
        way: Way,
        doc: &mut Automerge,
        joined: bool,
        now: i64,
    ) -> Result<Option<Undone>, EditError> {
        self.typing = None;
        match way {
            Way::Undo => self.stacks.undo(doc, joined, now),
            Way::Redo => self.stacks.redo(doc, joined, now),
        }
    }

    /// How many steps stand in the history, and how many can be redone. One that stays is among the first: undoing tells of it.
    pub(super) fn counts(&self) -> (usize, usize) {
        self.stacks.counts()
    }
}
