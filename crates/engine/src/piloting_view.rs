//! What the window paints of roles: who holds them, how they go round, what is handed over, what is said between
//! facilitation and piloting.

use std::collections::BTreeMap;

use serde::Serialize;
use tresse_model::{Conflict, DocId, ItemId, MemberId, PastHolding, RoleFacts, Warning};

use crate::{ActionBrief, ObjectiveProgress};

/// Roles and piloting on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct PilotingView {
    /// Every role that somebody holds or held, or of which something is said; the known ones first.
    pub roles: Vec<RoleView>,
    /// Where a rule of working together is broken, or something waits to be done; the gravest first.
    pub warnings: Vec<Warning>,
    /// What facilitation and piloting wrote to each other, the newest first.
    pub threads: Vec<ThreadView>,
    /// What of all this is asked of me.
    pub asked: Vec<PilotingAsked>,
    /// The names of everybody who is spoken of here.
    pub names: BTreeMap<String, String>,
}

impl PilotingView {
    /// The role, however it is spelt.
    pub fn role(&self, role: &str) -> Option<&RoleView> {
        let key = tresse_model::role_key(role);
        self.roles.iter().find(|view| view.facts.role == key)
    }

    /// A person's name as shown.
    pub fn name_of(&self, member: &MemberId) -> String {
        let known = self.names.get(&member.to_string());
        known.cloned().unwrap_or_else(|| member.to_string())
    }
}

/// One role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoleView {
    /// Who holds it, and how it goes round.
    #[serde(flatten)]
    pub facts: RoleFacts,
    /// What it is there for, in words.
    pub remit: String,
    /// The first day of its first turn, ISO 8601 date, or empty.
    pub start: String,
    /// How long a turn is: `6 months`, `8 weeks`, or empty.
    pub term: String,
    /// What is handed over with it.
    pub hand_over: HandOverView,
    /// Who held it before, the last first.
    pub before: Vec<PastHolding>,
    /// Nothing else is left of it: every mandate was ended, and nothing is said of it.
    pub past: bool,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// What who takes over a role should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct HandOverView {
    /// When it is next handed over, ISO 8601 date; empty where that is not agreed.
    pub on: String,
    /// To whom.
    pub to: Option<MemberId>,
    /// Open actions of who holds it now: late ones first, then the soonest due.
    pub open: Vec<ActionBrief>,
    /// Objectives that are late, or due within two months.
    pub objectives: Vec<ObjectiveProgress>,
    /// The page where is written where things are, once somebody began it.
    pub page: Option<DocId>,
}

/// A conversation between facilitation and piloting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ThreadView {
    /// Names it: what began it.
    pub id: ItemId,
    /// What was said, in the same order everywhere. Where what began it was taken back, the answers stay.
    pub posts: Vec<PostView>,
    /// Who pilots has not answered what was said last.
    pub unanswered: bool,
    /// And that is me.
    pub waits_for_me: bool,
    /// The objective that was made of it, if it stands in the plan.
    pub objective: Option<ItemId>,
}

/// Something said in a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PostView {
    /// Names it.
    pub id: ItemId,
    /// Who says it: it stands in their own notebook.
    pub author: MemberId,
    /// The roles that they held on that day.
    pub roles: Vec<String>,
    /// What is said.
    pub text: String,
    /// On which day, ISO 8601 date, as the author's clock claimed.
    pub on: String,
    /// I said it.
    pub mine: bool,
    /// The objective that is made of the conversation by this.
    pub objective: Option<ItemId>,
    /// Its title, if it stands in the plan.
    pub objective_title: String,
}

/// What roles ask of me.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "asked", rename_all = "kebab-case")]
pub enum PilotingAsked {
    /// A role is handed over soon, by me or to me.
    HandOver {
        /// The role.
        role: String,
        /// The day, ISO 8601 date.
        on: String,
        /// To whom.
        to: MemberId,
        /// I am who takes over.
        mine: bool,
        /// The day has come.
        due: bool,
    },
    /// My mandate ends soon, the role does not go round, and nobody is recorded for after.
    MandateEnds {
        /// The role.
        role: String,
        /// Its last day, ISO 8601 date.
        on: String,
    },
    /// Somebody offers to swap a turn with me.
    Swap {
        /// The role.
        role: String,
        /// Who offers.
        by: MemberId,
        /// The first day of the turn that I would give.
        mine: String,
        /// The first day of the turn that I would take.
        theirs: String,
    },
    /// What was said to who pilots waits for my answer.
    Feedback {
        /// The conversation.
        thread: ItemId,
        /// Who spoke last.
        by: MemberId,
    },
}
