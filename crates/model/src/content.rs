//! What documents say, as plain data: the result of reading them.
//!
//! Every scalar field is a register: where two people set it at once, the value shown is the one
//! that Automerge picks (the same at every peer), and all candidates stand in `conflicts` until
//! somebody sets the field again. Every list is a map by item id with an order number, so that two
//! people adding at once both keep theirs. What is removed is marked, never erased.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ItemId, MemberId};

/// A field that holds more than one value because several people set it at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The field's name, as in the `set` command (`title`, `due`…).
    pub field: String,
    /// Every candidate; the first is the one shown.
    pub values: Vec<ConflictValue>,
}

/// One candidate of a [`Conflict`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConflictValue {
    /// The value as text (empty: cleared).
    pub value: String,
    /// Who set it, where the device is known.
    pub author: Option<MemberId>,
}

/// A short text in a list (a purpose, a value).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Names the item.
    pub id: ItemId,
    /// The text.
    pub text: String,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// The network document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct NetworkContent {
    /// Its name.
    pub name: String,
    /// What kind of network it is: a known word (`produce`, `defend`, `share-practice`,
    /// `pool-means`, `mutual-learning`) or free text; empty until chosen.
    pub kind: String,
    /// `open`, `closed` or empty.
    pub membership: String,
    /// When it will be reviewed, ISO 8601 date, or empty.
    pub review_date: String,
    /// What it is for, in its own order.
    pub purposes: Vec<Line>,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// The charter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct CharterContent {
    /// Shared values, in their own order.
    pub values: Vec<Line>,
    /// Rules of exchange, in words.
    pub exchange_rules: String,
    /// How the network decides, in words.
    pub decision_rule: String,
    /// The network's language (`fr`, `en` or free text).
    pub language: String,
    /// When the charter will be reviewed, ISO 8601 date, or empty.
    pub review_date: String,
    /// The charter's Markdown text.
    pub body: Arc<str>,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// Roadmap and action plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct PlanContent {
    /// Objectives, in their own order.
    pub objectives: Vec<Objective>,
    /// Actions, in their own order.
    pub actions: Vec<Action>,
}

/// Where the network wants to get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Objective {
    /// Names the objective.
    pub id: ItemId,
    /// Its title.
    pub title: String,
    /// Its deadline, ISO 8601 date, or empty.
    pub deadline: String,
    /// The means given to it, in words.
    pub means: String,
    /// How it will be seen whether it is reached.
    pub indicators: Vec<Indicator>,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// A measure of an objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Indicator {
    /// Names the indicator.
    pub id: ItemId,
    /// What is measured.
    pub name: String,
    /// In what it is counted.
    pub unit: String,
    /// Where it should get to.
    pub target: String,
    /// Where it is now.
    pub current: String,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Action {
    /// Names the action.
    pub id: ItemId,
    /// Its title.
    pub title: String,
    /// The objective it serves.
    pub objective: Option<ItemId>,
    /// Who does it.
    pub owner: Option<MemberId>,
    /// Until when, ISO 8601 date, or empty.
    pub due: String,
    /// Where, in words.
    pub territory: String,
    /// How it stands.
    pub status: Status,
    /// The working group, in words.
    pub group: String,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// How an action stands.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
    Default,
)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Not begun.
    #[default]
    Todo,
    /// Under way.
    Doing,
    /// Waits for something.
    Blocked,
    /// Finished.
    Done,
    /// Given up.
    Dropped,
}

impl Status {
    /// Every status, in the order of the work.
    pub const ALL: [Self; 5] = [
        Self::Todo,
        Self::Doing,
        Self::Blocked,
        Self::Done,
        Self::Dropped,
    ];

    /// Its word in the document and in a command.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Doing => "doing",
            Self::Blocked => "blocked",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    /// The status with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// A page of the library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct PageContent {
    /// Its title.
    pub title: String,
    /// Its tags, sorted.
    pub tags: Vec<String>,
    /// Its Markdown text.
    pub body: Arc<str>,
    /// It is in the bin.
    pub binned: bool,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// What a member says of themselves in a network: their notebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct NotebookContent {
    /// Their name.
    pub name: String,
    /// Where they come from.
    pub organisation: String,
    /// `volunteer`, `employee` or empty.
    pub engagement: String,
    /// What they bring, in words.
    pub brings: String,
    /// What they expect, in words.
    pub expects: String,
    /// What their organisation expects to gain by being in the network.
    pub added_value: String,
    /// When that was last looked at, ISO 8601 date, or empty.
    pub added_value_on: String,
    /// The versions of the charter that they signed.
    pub signatures: Vec<Signature>,
    /// Concurrent values of its fields (two machines of one person).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// A member's signature under a version of the charter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// The version's name.
    pub version: String,
    /// On which day, ISO 8601, as the signer's clock claimed.
    pub on: String,
}

/// Fields whose key in the document and word in a command are one and the same.
macro_rules! fields {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $key:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $key)] $variant,)+
        }

        impl $name {
            /// Every field, in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The field's key in the document and its word in a command.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }
        }
    };
}

fields!(
    /// Fields of the network document.
    NetworkField {
        /// Its name.
        Name = "name",
        /// What kind of network it is.
        Kind = "kind",
        /// `open` or `closed`.
        Membership = "membership",
        /// A date.
        ReviewDate = "review_date",
    }
);
fields!(
    /// Structured fields of the charter.
    CharterField {
        /// Rules of exchange.
        ExchangeRules = "exchange_rules",
        /// How the network decides.
        DecisionRule = "decision_rule",
        /// The network's language.
        Language = "language",
        /// A date.
        ReviewDate = "review_date",
    }
);
fields!(
    /// Fields of an objective.
    ObjectiveField {
        /// Its title.
        Title = "title",
        /// A date.
        Deadline = "deadline",
        /// The means given to it.
        Means = "means",
    }
);
fields!(
    /// Fields of an indicator.
    IndicatorField {
        /// What is measured.
        Name = "name",
        /// In what it is counted.
        Unit = "unit",
        /// Where it should get to.
        Target = "target",
        /// Where it is now.
        Current = "current",
    }
);
fields!(
    /// Fields of an action.
    ActionField {
        /// Its title.
        Title = "title",
        /// An objective's id.
        Objective = "objective",
        /// A member's id.
        Owner = "owner",
        /// A date.
        Due = "due",
        /// Where.
        Territory = "territory",
        /// `todo`, `doing`, `blocked`, `done` or `dropped`.
        Status = "status",
        /// The working group.
        Group = "group",
    }
);
fields!(
    /// Fields of a page.
    PageField {
        /// Its title.
        Title = "title",
    }
);
fields!(
    /// Fields of a member's notebook.
    ProfileField {
        /// Their name.
        Name = "name",
        /// Where they come from.
        Organisation = "organisation",
        /// `volunteer` or `employee`.
        Engagement = "engagement",
        /// What they bring.
        Brings = "brings",
        /// What they expect.
        Expects = "expects",
        /// What their organisation expects to gain.
        AddedValue = "added_value",
        /// A date: when that was last looked at.
        AddedValueOn = "added_value_on",
    }
);
