//! What documents say, as plain data: the result of reading them.
//!
//! Every scalar field is a register: where two people set it at once, the value shown is the one
//! that Automerge picks (the same at every peer), and all candidates stand in `conflicts` until
//! somebody sets the field again. Every list is a map by item id with an order number, so that two
//! people adding at once both keep theirs. What is removed is marked, never erased.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ItemId, MemberId, Twins};

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

/// A vocabulary: words that stand in the document and in a command.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
        )]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every one, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its word in the document and in a command.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The one with this word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

mod attachment;
mod contribution;
mod decision;
mod evaluation;
mod legible;
mod meeting;
mod meeting_words;
mod piloting;
mod plan;
pub use attachment::*;
pub use contribution::*;
mod resource;
mod series;
mod watch;
pub use decision::*;
pub use evaluation::*;
pub use legible::*;
pub use meeting::*;
pub use meeting_words::*;
pub use piloting::*;
pub use plan::*;
pub use resource::*;
pub use series::*;
pub use watch::*;

/// A field that holds more than one value because several people set it at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The field's name, as in the `set` command (`title`, `due`…).
    pub field: String,
    /// Every candidate; the first is the one shown.
    pub values: Vec<ConflictValue>,
}

/// One candidate of a [`Conflict`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// What it is for in words of its own, or one word of [`NetworkKind`] in documents of older versions; empty until chosen.
    pub kind: String,
    /// What it is for, of the known ones: those chosen, and the one that `kind` names.
    pub kinds: Vec<NetworkKind>,
    /// `open`, `closed` or empty.
    pub membership: String,
    /// When it will be reviewed, ISO 8601 date, or empty.
    pub review_date: String,
    /// What it is for, in its own order.
    pub purposes: Vec<Line>,
    /// Purposes that are not shown because another was taken up of the same suggestion: of each, the one shown for it.
    #[serde(skip)]
    pub twins: Twins,
    /// The networks that it says it is tied to: what it is part of, its parts, its partners.
    pub relations: Vec<Relation>,
    /// What its roles are for and how they go round; only those of which something is said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// What it asks its members from time to time.
    pub pulse: PulseSettings,
    /// Rules by which meetings come again, by title.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub series: Vec<Series>,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// The charter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct CharterContent {
    /// What the network is for, one text each, where that is part of what is looked at: a version is adopted and signed with it. It
    /// lies in the network document, so reading the charter alone leaves it out, and versions of older programs say nothing of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purposes: Option<Vec<String>>,
    /// Shared values, in their own order.
    pub values: Vec<Line>,
    /// Rules of exchange, in words.
    pub exchange_rules: String,
    /// How the network decides, in words.
    pub decision_rule: String,
    /// How decisions are usually taken: a [`Method`]'s word, or empty. See [`crate::VotingRule`] for what this and the next four mean.
    pub method: String,
    /// How many must be for it in a vote, or empty.
    pub threshold: String,
    /// Of whom, or empty.
    pub threshold_of: String,
    /// What becomes of who abstains, or empty.
    pub abstentions: String,
    /// How many must take part, or empty.
    pub quorum: String,
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
    /// The working group it belongs to.
    pub group: Option<ItemId>,
    /// Its attachments, the oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// Concurrent values of its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// Something that a member's organisation wants for itself. It stands in the member's notebook: nobody else writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnObjective {
    /// Names it.
    pub id: ItemId,
    /// The objective in words.
    pub text: String,
    /// The network's objective that serves it.
    pub objective: Option<ItemId>,
    /// Concurrent values of its fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// What a member says of themselves in a network: their notebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
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
    /// What their organisation wants for itself, in their own order.
    pub own_objectives: Vec<OwnObjective>,
    /// Their picture.
    pub photo: Option<Photo>,
    /// Swaps of turns that they gave their word for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub swaps: Vec<SwapWord>,
    /// What they wrote in conversations between facilitation and piloting.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub posts: Vec<Post>,
    /// What they answered when the network asked, and how they see working together.
    pub evaluation: Arc<OwnEvaluation>,
    /// What they say they gave, the newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gifts: Vec<Gift>,
    /// What they said about meetings.
    #[serde(default, skip_serializing_if = "WordsOfMeetings::is_empty")]
    pub meetings: WordsOfMeetings,
    /// They agree that it is shown by name how long they spoke in meetings.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub floor: bool,
    /// The filters that they saved, by name.
    pub filters: Vec<SavedFilter>,
    /// Concurrent values of its fields (two machines of one person).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// A question to the plan that a person saved, to ask it again on any machine of theirs. What a part says is up to who asks;
/// what is not understood is passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedFilter {
    /// Names it.
    pub id: ItemId,
    /// Its name.
    pub name: String,
    /// Words that must all be found in an action.
    pub text: String,
    /// A status, `open`, `late`, or empty.
    pub status: String,
    /// A member's id, `nobody`, or empty.
    pub owner: String,
    /// An objective's id, or empty.
    pub objective: String,
    /// A working group's id, or empty.
    pub working_group: String,
    /// A territory's name, or empty.
    pub territory: String,
    /// How large a territory, or empty.
    pub territory_scale: String,
    /// `status`, `owner`, `objective`, `working_group`, `territory`, `territory_scale`, or empty.
    pub group_by: String,
    /// The column that decides the order, after `-` where it falls; or empty.
    pub sort: String,
}

/// A member's signature under a version of the charter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The version's name.
    pub version: String,
    /// On which day, ISO 8601, as the signer's clock claimed.
    pub on: String,
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
        /// How decisions are usually taken: `consent`, `vote`…
        Method = "method",
        /// How many must be for it in a vote: `>1/2`, `>=2/3`, `75%`. New votes take it over.
        Threshold = "threshold",
        /// `cast` or `members`: of whom.
        ThresholdOf = "threshold_of",
        /// `aside` or `cast`: whether who abstains counts among the votes cast.
        Abstentions = "abstentions",
        /// How many must take part in a vote or a consent: `5` persons, or `>=1/2` of those asked.
        Quorum = "quorum",
        /// The network's language.
        Language = "language",
        /// A date.
        ReviewDate = "review_date",
    }
);
fields!(
    /// Fields of a page.
    PageField {
        /// Its title.
        Title = "title",
        /// A working group's id.
        Group = "group",
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
fields!(
    /// Parts of a filter that a person saved.
    FilterField {
        /// Its name.
        Name = "name",
        /// Words to find.
        Text = "text",
        /// A status, `open` or `late`.
        Status = "status",
        /// A member's id, or `nobody`.
        Owner = "owner",
        /// An objective's id.
        Objective = "objective",
        /// `status`, `owner`, `objective`, `working_group`, `territory` or `territory_scale`.
        GroupBy = "group_by",
        /// A territory's name.
        Territory = "territory",
        /// How large a territory: `region`, `department`, `employment-area` or `town`.
        TerritoryScale = "territory_scale",
        /// A working group's id.
        WorkingGroup = "working_group",
        /// A column, after `-` where it falls.
        Sort = "sort",
    }
);
fields!(
    /// Fields of an objective that an organisation has for itself.
    OwnObjectiveField {
        /// The objective in words.
        Text = "text",
        /// The id of the network's objective that serves it.
        Objective = "objective",
    }
);
